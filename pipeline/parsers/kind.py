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
    r"протокол\w*\s+(?:№\s*\S+\s+)?(?:испытани|измерени|разногласи|об\s+административн|обыска|осмотра|допроса|результатов|намерени|"
    r"согласования|тестирования|экзамена|при[её]мки|олимпиад|соревновани|проверки\s+(?:работ|знаний))",
    re.IGNORECASE,
)
_BLANK = re.compile(r"_{4,}|«_+»|\{\{|\bФамилия И\.\s?О\.|ДД\.ММ\.ГГГГ|20_+|ФИО\d?\b|\[[^\]]{2,40}\]|<[^>]{2,40}>")
_ORDERS = re.compile(r"(?:^|\n|\s)(?:п\s?р\s?и\s?к\s?а\s?з\s?ы\s?в\s?а\s?ю|п\s?о\s?с\s?т\s?а\s?н\s?о\s?в\s?л\s?я\s?е\s?т|п\s?о\s?с\s?т\s?а\s?н\s?о\s?в\s?л\s?я\s?ю|обязываю)\s*:?", re.I)
_NEWS = re.compile(r"(?:состоял[ао]сь?|прош[её]л|прошл[ао]|провел[аи]?|провёл)\s+(?:[а-яё]+\s+){0,4}(?:заседани|совещани|собрани|комисси|встреч)", re.I)
_TRANSCRIPT = re.compile(r"(?:^|\n)\s*(?:Голос|Голос с места|Голос из зала|[А-ЯЁ][а-яё]+ [А-ЯЁ]\.[А-ЯЁ]\.)\s*[:.]\s", re.M)


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
    title = next((u for u in units[:25] if _is_protocol_title(u)), None)
    rival = _rival(units, title)
    parts = _protocol_parts(segmentation)
    if title is not None and (rival is None or units.index(title) <= _index_of(units, rival[1])):
        return _titled(units, text, parts)
    kinds = {p.kind for p in segmentation.parts}
    if rival is None and title is None and parts >= 4 and kinds & {"agenda", "attendance"}:
        return KindGuess("protocol", 0.6)
    if rival is not None:
        return KindGuess(rival[0], 0.9)
    return _untitled(text)


def _titled(units: list[Unit], text: str, parts: int) -> KindGuess:
    if _is_template(text):
        return KindGuess("template", 0.8)
    if len(_TRANSCRIPT.findall(text)) > 8 and parts < 3:
        return KindGuess("other", 0.6)
    return KindGuess("protocol", min(0.6 + 0.1 * parts, 1.0)) if parts else KindGuess("other", 0.5)


def _is_protocol_title(unit: Unit) -> bool:
    """A heading line «ПРОТОКОЛ № 3 заседания …», not a sentence about protocols nor a stamp «протокол от … № …»."""
    match = _PROTOCOL.match(unit.text.strip("«\" ")) or _PROTOCOL.search(unit.text) if len(unit.text) < 300 else None
    if match is None or _NOT_OF_A_MEETING.search(unit.text):
        return False
    before = unit.text[: match.start()].strip(" «\"")
    if before and not (len(before) < 140 and unit.text[match.start()].isupper() and before[-1:] not in ",("):
        return False
    opens = not before and len(unit.text) < 120 and bool(re.match(r"\S+\s*(?:$|№|от\s|заседани|совещани|собрани)", unit.text, re.I))
    return (opens or unit.text[match.start()].isupper()) and not re.search(r"(?:принят|утвержд|рассмотрен|согласован)\w*", before, re.I)


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
    return len(kinds & {"agenda", "decision", "attendance", "vote", "signature"}) + ("chair" in roles) + ("hearing" in kinds and "heard" in {p.role for p in segmentation.parts})


def _is_template(text: str) -> bool:
    blanks = len(_BLANK.findall(text))
    names = len(re.findall(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.", text))
    return blanks >= 4 and blanks > names + 1


def _untitled(text: str) -> KindGuess:
    head = text[:1500]
    if _is_template(text):
        return KindGuess("template", 0.6)
    if _ORDERS.search(text):
        return KindGuess("order", 0.8)
    if re.search(r"уважаем(?:ый|ая|ые)\s", head, re.I):
        return KindGuess("letter", 0.8)
    if _NEWS.search(head):
        return KindGuess("news", 0.7)
    return KindGuess("other", 0.4)
