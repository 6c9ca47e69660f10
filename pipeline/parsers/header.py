"""The head of a document: title, number, date, place, body, organization, district and region."""

from __future__ import annotations

import re
from datetime import date

from pipeline.lexicon import words
from pipeline.model import Header, Kind, Source, Value
from pipeline.nlp import Case, nominative_phrase
from pipeline.parsers.dates import find_dates
from pipeline.parsers.places import Place, common_district, find_districts, find_regions
from pipeline.segment import Segmentation
from pipeline.units import Unit

_TITLE = re.compile(r"п\s?р\s?о\s?т\s?о\s?к\s?о\s?л(?![а-яё])", re.IGNORECASE)
_MEETING = re.compile(
    rf"(?:{words('header', 'meeting_adjectives').pattern}\s+)*{words('header', 'meeting').pattern}", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:№|N[oо°]?\.?(?=\s?\d)|номер\s*:?)\s*(?P<number>\d[\w/\-–]*(?:\.\d+)?)", re.IGNORECASE)
_NUMBERED_NAME = re.compile(r"[«\"][^«»\"]*№\s?\d+[^«»\"]*[»\"]\s*$")
_FOREIGN_NUMBER = re.compile(
    rf"(?<![а-яё]){words('header', 'foreign_number').pattern}\s*(?:[«\"][^»\"]*[»\"]\s*)?$", re.IGNORECASE
)


# «заседания комиссии № 9» numbers the sitting, «МБОУ СОШ № 9» the school
_OWN_NUMBER = re.compile(r"(?:заседани[яе]|совещани[яе])\s+(?:[а-яё]+\s+){0,3}комисси[ияю]\s*$", re.IGNORECASE)


def parse_header(source: Source, segmentation: Segmentation, kind: Kind) -> Header:
    """The header fields; what is not printed stays None."""
    if kind != "protocol":
        return _other_header(source, segmentation)
    units = [p.unit for p in segmentation.parts if p.kind in ("header", "attendance")]
    units = units or [p.unit for p in segmentation.parts[:12]]
    title_at = next(
        (
            i
            for i, u in enumerate(units[:40])
            if _TITLE.match(u.text.strip('«" ')) or (_MEETING.match(u.text) and len(u.text) < 200)
        ),
        None,
    )
    title = units[title_at] if title_at is not None else None
    near = units[title_at : title_at + 8] if title_at is not None else units[:15]
    return Header(
        title=_title(source, title, near),
        number=_number(near),
        date=_date(segmentation, near, units),
        place=_place(units),
        organization=_organization(source, units[:title_at] if title_at else []),
        body=_body(source, near),
        district=_district(source, segmentation, near[:4], units),
        region=_region(source, segmentation, units),
    )


def _other_header(source: Source, segmentation: Segmentation) -> Header:
    """The head of a document that is no protocol: its own number and date, not those of what it cites."""
    units = [p.unit for p in segmentation.parts[:25]]
    own = [u for u in units if len(u.text) < 160 and u.label is None and not _CITES.search(u.text)]
    return Header(
        title=_first_title(source, units),
        number=_number(own),
        date=_date(segmentation, own, own),
        place=_place(own),
        organization=None,
        district=_district(source, segmentation, units[:4], units),
        region=_region(source, segmentation, units),
    )


_CITES = re.compile(
    r"протокол|состоится|пройд[её]т|заседани|на\s+№|шаг\s+\d|\d{4}\s*г?(?:од[а-я]*|\.)?\s+в\s+\d", re.IGNORECASE
)


def _value(source: Source, start: int, end: int, rule: str) -> Value[str]:
    text = re.sub(r"\s+", " ", source.clean[start:end]).strip(" .;,")
    return Value(text, start, end, rule)


def _title(source: Source, title: Unit | None, near: list[Unit]) -> Value[str] | None:
    if title is None:
        return None
    last = title
    for unit in near[1:3]:
        if _MEETING.search(unit.text) and len(unit.text) < 260 and not _TITLE.match(unit.text):
            last = unit
            break
    return _value(source, title.start, last.end, "title_line")


def _first_title(source: Source, units: list[Unit]) -> Value[str] | None:
    unit = next((u for u in units[:20] if u.is_centered or u.text.isupper() or len(u.text) < 90), None)
    return _value(source, unit.start, unit.end, "first_line") if unit else None


def _number(near: list[Unit]) -> Value[str] | None:
    """The number after the title's word, on a line of its own, beside the date, or closing the body's name."""
    for unit in near:
        for match in _NUMBER.finditer(unit.text):
            before = unit.text[: match.start()]
            is_foreign = _FOREIGN_NUMBER.search(before) and not _OWN_NUMBER.match(before)
            if _NUMBERED_NAME.search(before):
                before, is_foreign = _NUMBERED_NAME.sub("", before), None  # «МБОУ «Школа № 51» № 3»
            if len(unit.text) > 320 or "№" in before or is_foreign:
                continue
            own_line = not before.strip(" .–-")
            closes = 0 < near.index(unit) < 5 and not unit.text[match.end() :].strip(" .")
            if (
                own_line
                or closes
                or _TITLE.search(before)
                or _MEETING.search(before)
                or re.search(r"\d{4}\s*(?:г\.?|года)?\s*$|от\s.{6,24}$", before)
            ):
                return Value(
                    match["number"].rstrip("-–/"),
                    unit.start + match.start("number"),
                    unit.start + match.end("number"),
                    "number_near_title",
                )
    return None


_LABELLED_DATE = re.compile(
    r"(?:дата(?:\s+и\s+(?:время|место))?(?:\s+(?:проведения|заседания|совещания))?|состоялось|от|время\s+проведения"
    r"|место\s+и\s+время\s+проведения)\s*[:–—-]?\s*",
    re.IGNORECASE,
)
_ACT_BEFORE = re.compile(
    rf"(?:{words('header', 'foreign_date').pattern}|(?<=\S\s)протокол\w*\s+№?\s*\d+\s+от)[^.]{{0,60}}$", re.IGNORECASE
)


def _date(segmentation: Segmentation, near: list[Unit], units: list[Unit]) -> Value[date] | None:
    """The date of the title or of its line, a labelled one, any of the head, last the one beside the signature."""
    groups = [near, units[:25], [p.unit for p in segmentation.of("signature")]]
    for number, group in enumerate(groups):
        for unit in sorted(group, key=lambda u: not _LABELLED_DATE.match(u.text)) if number == 1 else group:
            if number < 2 and len(unit.text) > 500:
                continue
            for found in find_dates(unit.text):
                if not _ACT_BEFORE.search(unit.text[: found.start]):
                    rule = ("date_near_title", "date_in_head", "date_at_signature")[number]
                    return Value(found.value, unit.start + found.start, unit.start + found.end, rule)
    return None


def _place(units: list[Unit]) -> Value[str] | None:
    for unit in units[:25]:
        match = re.match(
            r"место(?:\s+и\s+время)?\s+проведения(?:\s+\w+)?\s*[:–—-]\s*(?P<place>.+)", unit.text, re.I
        ) or re.search(
            r"(?<![а-яё])(?P<place>(?:г|п|с|пгт|д|ст|х|р\.п)\.\s?[А-ЯЁ][а-яё]+(?:[- ][А-ЯЁ][а-яё]+)?)(?=\s|"
            r"$|,)",
            unit.text,
        )
        if match and len(match["place"]) < 200:
            return Value(
                match["place"].strip(" .,;"),
                unit.start + match.start("place"),
                unit.start + match.end("place"),
                "place",
            )
    return None


def _organization(source: Source, letterhead: list[Unit]) -> Value[str] | None:
    lines = [
        u
        for u in letterhead[:8]
        if not find_dates(u.text)
        and not re.match(r"(?:утверждаю|согласовано|тел|факс|e-?mail|инн|\d{6})", u.text, re.I)
    ]
    if not lines or not re.search(r"[А-Яа-яЁё]{4}", lines[0].text):
        return None
    return _value(source, lines[0].start, lines[-1].end, "letterhead")


def _body(source: Source, near: list[Unit]) -> Value[str] | None:
    """Whose meeting it is, in the nominative: «совещания с директорами ОО» → «совещание с директорами ОО»."""
    for unit in near[:4]:
        match = _MEETING.search(unit.text)
        if match is None:
            continue
        rest = unit.text[match.start() :]
        cut = re.search(r"\s*(?:№\s*\d|от\s+[«\"]?\d|\d{1,2}\.\d{2}\.\d{4}|[«\"]\s*\d)", rest)
        raw = rest[: cut.start()] if cut else rest
        end = unit.start + match.start() + len(raw.rstrip(" .,;:"))
        if not cut and unit is not near[-1]:
            end = _continued(near, unit, end)
        text = re.sub(r"\s+", " ", source.clean[unit.start + match.start() : end]).strip(" .,;:")
        case: Case | None = "genitive" if re.match(r"\S+(?:я|ий|ого)(?=\s|$)", text) else None
        return Value(nominative_phrase(text, case), unit.start + match.start(), end, "body_of_title")
    return None


def _continued(near: list[Unit], unit: Unit, end: int) -> int:
    """The name of the body goes on over the next line that begins with a small letter or a genitive."""
    following = near[near.index(unit) + 1]
    if (following.text[0].islower() and not find_dates(following.text)) or re.match(
        r"[А-ЯЁ][а-яё]+(?:ского|ой)\s+(?:район|округ|област)", following.text
    ):
        return following.end
    return end


def _district(source: Source, segmentation: Segmentation, near: list[Unit], units: list[Unit]) -> Value[str] | None:
    """The district of the head, else of the signature, else the one that the text names most."""
    for group, rule in (
        (near, "district_near_title"),
        (units[:30], "district_in_head"),
        ([p.unit for p in segmentation.of("signature")], "district_in_signature"),
    ):
        for unit in group:
            found = find_districts(source.clean[unit.start : unit.end])
            if found:
                return _placed(found[0], unit.start, rule, source)
    place = common_district(source.clean)
    return _placed(place, 0, "district_in_text", source) if place else None


def _placed(place: Place, offset: int, rule: str, source: Source) -> Value[str]:
    name = place.name
    if name.endswith("ский район") and source.clean.find(name.replace("ский район", "ской район")) >= 0:
        name = name.replace("ский район", "ской район")
    return Value(name, place.start + offset, place.end + offset, rule)


def _region(source: Source, segmentation: Segmentation, units: list[Unit]) -> Value[str] | None:
    """The region of the head; else the only one that the text names."""
    for unit in [*units[:30], *[p.unit for p in segmentation.of("signature")]]:
        found = find_regions(source.clean[unit.start : unit.end])
        if found:
            return _placed(found[0], unit.start, "region_in_head", source)
    found = find_regions(source.clean)
    if len({p.name for p in found}) == 1:
        return _placed(found[0], 0, "region_in_text", source)
    return None
