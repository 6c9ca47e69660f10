"""What kind of document it is: a protocol of a meeting, or one of those that only look like it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.lexicon import words
from pipeline.model import Kind
from pipeline.segment import Segmentation
from pipeline.units import Unit

_RIVALS: tuple[Kind, ...] = ("letter", "regulation", "order", "plan", "notice", "report", "other")
_PROTOCOL = re.compile(r"п\s?р\s?о\s?т\s?о\s?к\s?о\s?л(?![а-яё])", re.I)
_NOT_OF_A_MEETING = re.compile(
    r"протокол\w*\s+(?:№\s*\S+\s+)?(?:испытани|измерени|разногласи|об\s+административн|обыска|"
    r"осмотра|допроса|результатов|намерени|"
    r"согласования|тестирования|экзамена|при[её]мки|олимпиад|соревновани|проверки\s+(?:работ|знаний))",
    re.IGNORECASE,
)
_BLANK = re.compile(
    r"_{4,}|«_+»|\{\{|\bФамилия И\.\s?О\.|ДД\.ММ\.ГГГГ|20_+|ФИО\d?\b|<[^>]{2,40}>"
    r"|\[(?:указать|фио|дата|номер|название|наименование|место|тема)[^\]]{0,40}\]"
)
_ORDERS = re.compile(
    r"(?:^|\n|\s)(?:п\s?р\s?и\s?к\s?а\s?з\s?ы\s?в\s?а\s?ю|п\s?о\s?с\s?т\s?а\s?н\s?о\s?в\s?л\s?я\s?е\s?т|"
    r"п\s?о\s?с\s?т\s?а\s?н\s?о\s?в\s?л\s?я\s?ю|обязываю)\s*:?",
    re.I,
)
_NEWS = re.compile(
    r"(?:состоял(?:ось|ась|ся)|прош[её]л|прошл[ао]|пров[её]л[аи]?)\s+(?:\S+\s+){0,5}?(?:заседани|"
    r"совещани|собрани|комисси|встреч)"
    r"|(?:заседани|совещани|собрани|встреч)\S*\s+(?:[^.\n]{0,80}\s)?(?:состоял(?:ось|ась)|прошл[ао]|"
    r"пров[её]л[аи]?)(?![а-яё])",
    re.IGNORECASE,
)
_TRANSCRIPT = re.compile(
    r"(?:^|\n)\s*(?:Голос|Голос с места|Голос из зала|[А-ЯЁ][а-яё]+ [А-ЯЁ]\.[А-ЯЁ]\.)\s*[:.]\s", re.M
)


@dataclass(frozen=True, slots=True)
class KindGuess:
    """A kind with how sure it is, from 0 to 1."""

    kind: Kind
    score: float


def guess_kind(segmentation: Segmentation, text: str) -> KindGuess:
    """The kind of the document by its title and its parts: «ПРОТОКОЛ» with decisions is a protocol."""
    units = [p.unit for p in segmentation.parts]
    if not units:
        return KindGuess("other", 0.5)
    title = next((u for i, u in enumerate(units[:25]) if _is_protocol_title(u) and not _is_stamped(units, i)), None)
    rival = _rival(units, title)
    if title is not None and (rival is None or _index_of(units, title) <= _index_of(units, rival[1])):
        return _titled(text, _protocol_parts(segmentation))
    if rival is not None:
        return KindGuess(_refined(rival[0], units, text), 0.9)
    return _untitled(segmentation, text)


def _is_stamped(units: list[Unit], index: int) -> bool:
    """«Принято на заседании педсовета, протокол № 1 от …» over a regulation is its stamp."""
    return any(
        re.search(r"(?:^|\s)(?:принят|утвержд|рассмотрен|согласован)\w*", u.text, re.I)
        for u in units[max(0, index - 2) : index]
    )


def _refined(kind: Kind, units: list[Unit], text: str) -> Kind:
    """A court's decision is no order; «Уважаемые коллеги! … состоится совещание. Повестка: …» is a notice."""
    if any(re.search(r"именем\s+российской\s+федерации", u.text, re.I) for u in units[:6]):
        return "other"
    if (
        kind == "letter"
        and re.search(r"повестк\w+", text, re.I)
        and re.search(r"состоится|приглаша|пройд[её]т|явка", text, re.I)
    ):
        return "notice"
    return kind


def _titled(text: str, parts: int) -> KindGuess:
    if _is_template(text):
        return KindGuess("template", 0.8)
    if len(_TRANSCRIPT.findall(text)) > 8 and parts < 3:
        return KindGuess("other", 0.6)
    return KindGuess("protocol", min(0.6 + 0.1 * parts, 1.0)) if parts else KindGuess("other", 0.5)


def _is_protocol_title(unit: Unit) -> bool:
    """A heading line «ПРОТОКОЛ № 3 заседания …», not a sentence about protocols nor a stamp «протокол от … № …»."""
    match = _PROTOCOL.match(unit.text.strip('«" ')) or _PROTOCOL.search(unit.text) if len(unit.text) < 300 else None
    if match is None or _NOT_OF_A_MEETING.search(unit.text):
        return False
    before = re.sub(r"\d{4}\s*г(?:\.|ода)?$", "", unit.text[: match.start()].strip(' «"')).strip()
    if before and not (
        len(before) < 140 and unit.text[match.start()].isupper() and not re.search(r"[.!?:;,]$|\s\S+\s*\($", before)
    ):
        return False
    opens = (
        not before
        and len(unit.text) < 120
        and bool(re.match(r"\S+\s*(?:$|№|от\s|заседани|совещани|собрани)", unit.text, re.I))
    )
    return (opens or unit.text[match.start()].isupper()) and not re.search(
        r"(?:принят|утвержд|рассмотрен|согласован)\w*", before, re.I
    )


def _rival(units: list[Unit], title: Unit | None) -> tuple[Kind, Unit] | None:
    """The first line that names another kind as its own title."""
    for unit in units[:30]:
        if unit is title:
            return None
        for kind in _RIVALS:
            if words("kinds", kind).match(unit.text) and _is_title_line(unit, kind):
                return kind, unit
    return None


def _is_title_line(unit: Unit, kind: Kind) -> bool:
    if kind == "letter":
        return True
    if unit.label is not None or len(unit.text) > 260 or not unit.text[0].isupper():
        return False
    return unit.text.isupper() or unit.text.rstrip()[-1] not in ".;:," or len(unit.text) < 40


def _index_of(units: list[Unit], unit: Unit) -> int:
    return next(i for i, u in enumerate(units) if u is unit)


def _protocol_parts(segmentation: Segmentation) -> int:
    kinds = {p.kind for p in segmentation.parts}
    roles = {p.role for p in segmentation.parts if p.kind == "attendance"}
    return (
        len(kinds & {"agenda", "decision", "attendance", "vote", "signature"})
        + ("chair" in roles)
        + ("hearing" in kinds and "heard" in {p.role for p in segmentation.parts})
    )


def _is_template(text: str) -> bool:
    blanks = len(_BLANK.findall(text))
    names = len(re.findall(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.", text))
    return blanks >= 4 and blanks > names + 1


_LETTER = re.compile(
    r"(?:^|\n)\s*(?:направля(?:ем|ю)|просим|сообщаем|информируем|в ответ на|на ваш\w*|напоминаем)(?![а-яё])|"
    r"уважаем(?:ый|ая|ые)\s",
    re.I,
)


def _untitled(segmentation: Segmentation, text: str) -> KindGuess:
    """No title: the wording decides; a protocol must have an agenda or a chair besides its decisions."""
    if _is_template(text):
        return KindGuess("template", 0.6)
    if _ORDERS.search(text):
        return KindGuess("order", 0.8)
    has_officers = any(p.kind == "attendance" and p.role in ("chair", "secretary") for p in segmentation.parts)
    if _NEWS.search(text[:1500]) and not has_officers:
        return KindGuess("news", 0.7)
    kinds = {p.kind for p in segmentation.parts}
    if _protocol_parts(segmentation) >= 4 and kinds & {"agenda", "attendance"}:
        return KindGuess("protocol", 0.6)
    if _LETTER.search(text[:2500]):
        return KindGuess("letter", 0.7)
    return KindGuess("other", 0.4)
