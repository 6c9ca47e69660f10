"""Clauses that name a controller or, inside a sentence, the responsible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pipeline.model import Assignee, AssigneeRole
from pipeline.nlp.morph import Case
from pipeline.parsers.assignee_lists import Listed, listed
from pipeline.parsers.assignee_reading import parse_assignees

_WORD: Final = "А-ЯЁа-яё"
_CONTROL: Final = rf"(?<![{_WORD}])контрол[ьяе][а-яё]*(?![{_WORD}])[^;\n\x02]{{0,200}}?"
_LAY: Final = r"\s(?:возложить|возлагается|возлагаю|возложен[а-яё]*|возлагать)\s+на\s+"
_DO: Final = r"\s(?:осуществляет|осуществляют|обеспечивает|обеспечивают|ведет|ведут)\s+"
_DATIVE: Final = r"(?=[а-яё]+(?:ому|ему|ам|ям|ю|у)\s|\x02)"


def _laid(rule: str, pattern: str, case: Case | None) -> tuple[str, re.Pattern[str], Case | None]:
    return rule, re.compile(pattern, re.IGNORECASE), case


# how the control is laid on someone, and the case that it asks for
_LAID: Final = (
    _laid("control_laid_on", _CONTROL + _LAY, "accusative"),
    _laid(
        "control_laid_on", rf"(?<![{_WORD}])(?:возложить|возлагаю)\s+контроль[^;\n\x02]{{0,200}}?\sна\s+", "accusative"
    ),
    _laid("control_given", rf"{_CONTROL}\s(?:поручить|поручается|поручаю)\s+", "dative"),
    _laid("control_given", rf"(?<![{_WORD}])поручить\s+контроль[^;,\n\x02]{{0,200}}?\s{_DATIVE}", "dative"),
    _laid("control_left_to", rf"{_CONTROL}\s(?:оставить|оставляю|закрепить|остается|оставлен)\s+за\s+", "instrumental"),
    _laid("control_done_by", _CONTROL + _DO, None),
    _laid("control_left_to", rf"{_CONTROL}\s*[:–—-]\s*за\s+", "instrumental"),
    _laid("control_label", rf"{_CONTROL}(?:\s*:\s*|\s+[–—-]\s*|[–—]\s*)", None),
    _laid("control_label", rf"(?<![{_WORD}])контрол(?:ирует|ируют|[её]р[ы]?)\s*[:–—-]?\s+", None),
    _laid("control_label", rf"(?<![{_WORD}])контроль\s+(?=\x02)", None),
)
_SELF = re.compile(r"\s*(?:собой|себя|мной|нами)(?![А-ЯЁа-яё])", re.IGNORECASE)
_SENTENCE_END = re.compile(r"\n|(?<=[а-яё\x01\x02)])\.\s+(?=[А-ЯЁ\x02])|(?<=[А-ЯЁ]{2})\.\s+(?=[А-ЯЁ])|\.\s*$|;\s*$")
_NOT_ON_CONTROL = re.compile(r"(?:на|с|под|для|без)\s+$", re.IGNORECASE)
_WHO: Final = r"(?:\s+(?:исполнител[ьи]|лиц[оа]|за\s+исполнение|за\s+выполнение)){0,2}"
_LABEL = re.compile(
    rf"(?<![{_WORD}])(?:отв\.(?:\s*исп\.|\s*исполнител[ьи])?\s*[:–—-]?"
    rf"|ответственн(?:ый|ые|ая|ым|ыми){_WHO}\s*[:–—-]|исполнител[ьи]\s*[:–—-])\s*",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"\(\s*(?:отв\.?|ответственн\w+|исп\.|исполнител\w+)(?![А-ЯЁа-яё])(?:[^()\n]|\([^()\n]*\))*\)", re.IGNORECASE
)
_APPOINTS = re.compile(
    r"(?:назначить|определить|избрать|утвердить|назначении|назначены?)\s+(?:[а-яё]+\s+){0,2}$", re.IGNORECASE
)
_DEADLINE_LABEL = re.compile(
    r"[\s,.;(]+(?:срок[а-яё]*\b\s*(?:исполнения|выполнения)?\s*[:–—-]|контроль\s*[:–—-])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class InlineResponsible:
    """A clause inside a sentence that names the responsible: «(отв. Иванова И.И., срок – до 15.05)»."""

    start: int
    end: int
    assignees: tuple[Assignee, ...]


def find_controllers(text: str) -> list[Assignee]:
    """Find who controls: «Контроль возложить на заместителя главы Петрова С.В.» → Петров С.В.; «за собой» → nobody."""
    source = listed(text)
    found: list[Assignee] = []
    used = 0
    for rule, start, case in _controls(source):
        if start < used or _SELF.match(text, start):
            continue
        end = _end(source, start)
        used = end
        found += _part(source, start, end, "controller", case, rule)
    return found


def _controls(source: Listed) -> list[tuple[str, int, Case | None]]:
    """Where a controller may begin; of the rules the first that matches a stretch of control words has it."""
    hits: list[tuple[int, int, str, Case | None]] = []
    for rule, pattern, case in _LAID:
        for match in pattern.finditer(source.masked):
            if not _NOT_ON_CONTROL.search(source.masked, max(0, match.start() - 200), match.start()) and not any(
                a <= match.start() < b for a, b, *_ in hits
            ):
                hits.append((match.start(), match.end(), rule, case))
    return [(rule, end, case) for _, end, rule, case in sorted(hits)]


def _end(source: Listed, start: int) -> int:
    match = _SENTENCE_END.search(source.masked, start)
    end = match.start() if match else len(source.text)
    label = _DEADLINE_LABEL.search(source.masked, start, end)
    return label.start() if label else end


def _part(source: Listed, start: int, end: int, role: AssigneeRole, case: Case | None, rule: str) -> Iterator[Assignee]:
    for assignee in parse_assignees(source.text[start:end], role=role, case=case):
        yield replace(assignee, start=assignee.start + start, end=assignee.end + start, rule=rule)


def find_inline_responsible(text: str) -> list[InlineResponsible]:
    """Find clauses that name the responsible: «Провести сверку (отв. Иванова И.И.)» → the bracket and Иванова И.И."""
    source = listed(text)
    found: list[InlineResponsible] = []
    for match in _BRACKET.finditer(text):
        people = tuple(_part(source, match.start() + 1, match.end() - 1, "responsible", None, "inline_bracket"))
        if people:
            found.append(InlineResponsible(match.start(), match.end(), people))
    for match in _LABEL.finditer(source.masked):
        if any(f.start <= match.start() < f.end for f in found) or _APPOINTS.search(source.masked, 0, match.start()):
            continue
        end = _end(source, match.end())
        while end > match.end() and text[end - 1] in " ,;":
            end -= 1
        people = tuple(_part(source, match.end(), end, "responsible", None, "inline_label"))
        if people:
            found.append(InlineResponsible(match.start(), end, people))
    return sorted(found, key=lambda clause: clause.start)
