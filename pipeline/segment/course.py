"""The course of the meeting: who attended, was heard, what was decided and voted; where each part ends."""

from __future__ import annotations

import re

from pipeline.clauses import is_bare_deadline, opens_clause
from pipeline.lexicon import words
from pipeline.markers import Marker, find_marker, is_assignment_heading, is_decision_like, question_number
from pipeline.nlp import find_names
from pipeline.nlp.morph import is_finite
from pipeline.segment.parts import Part
from pipeline.segment.questions import refer, title_index
from pipeline.segment.state import State, part_of
from pipeline.units import Unit


def assignment(state: State, unit: Unit, _marker: Marker | None, _units: list[Unit], _index: int) -> Part | None:
    if not is_assignment_heading(unit.text) or state.kind == "agenda":
        return None
    state.kind, state.role, state.decided = "decision", "item", True
    return part_of(state, unit, "decision", "item")


def decision_marker(state: State, unit: Unit, marker: Marker | None, units: list[Unit], index: int) -> Part | None:
    if _heads_items(unit, units, index):
        marker = Marker("decision", unit.end, True, True, False)
    if marker is None or marker.name != "decision" or unit.row:
        return None
    if state.kind == "header" and re.search(r"протокол", unit.text, re.I):
        return None  # «РЕШЕНИЕ (ПРОТОКОЛ) № 7» is the title
    if state.kind == "decision" and unit.label and not marker.is_heading:
        return None
    if state.kind == "agenda" and unit.label and not _items_follow(units, index):
        return None
    refer(state, unit, marker)
    state.kind, state.role, state.decided, state.has_items = "decision", "item", True, False
    state.has_voted = False
    state.agenda_done = state.agenda_done or state.agenda_open
    return part_of(state, unit, "decision", "marker", marker.content)


def _heads_items(unit: Unit, units: list[Unit], index: int) -> bool:
    """«Поручения главы» over a numbered list of commitments, without a colon."""
    if unit.label or unit.row or len(unit.text) > 60 or unit.text[-1] in ".;,:" or index + 1 >= len(units):
        return False
    following = units[index + 1]
    begins = following.label is not None and following.label.numbers in ((1,), (1, 1))
    return begins and is_decision_like(following.body) and bool(words("markers", "decision").match(unit.text))


def _items_follow(units: list[Unit], index: int) -> bool:
    return any(is_decision_like(u.body) for u in units[index + 1 : index + 3])


def vote(state: State, unit: Unit, marker: Marker | None, _units: list[Unit], _index: int) -> Part | None:
    if marker is None or marker.name != "vote" or state.kind in ("header", "attendance"):
        return None
    state.has_voted = state.kind == "decision"
    return part_of(state, unit, "vote", "vote", unit.start)


def attachment(state: State, unit: Unit, marker: Marker | None, _units: list[Unit], _index: int) -> Part | None:
    if marker is None or marker.name != "attachment" or not state.decided or unit.label:
        return None
    state.kind, state.role = "attachment", "text"
    return part_of(state, unit, "attachment", "marker", marker.content)


# «Глава района: Остроумов Н.Ф. (председатель)», «Руководитель группы (председатель): Белоножко К.Ю.»
_PRESIDES = re.compile(r"\(председател[ья]?\w*\)", re.IGNORECASE)


def attendance(state: State, unit: Unit, marker: Marker | None, _units: list[Unit], _index: int) -> Part | None:
    presiding = _PRESIDES.search(unit.text) if state.kind in ("header", "attendance") and not unit.label else None
    if presiding and (marker is None or marker.name == "attendee") and find_names(unit.text):
        state.kind, state.role = "attendance", "chair"
        colon = unit.text.find(":")
        return part_of(state, unit, "attendance", "chair", unit.start + colon + 1 if colon >= 0 else unit.start)
    names = ("chair", "secretary", "attendee", "absent", "invited")
    if marker is None or marker.name not in names or state.kind not in ("header", "attendance", "agenda"):
        return None
    if state.kind == "agenda":
        if unit.label or not marker.has_colon:
            return None
        state.agenda_done = True
    state.kind, state.role = "attendance", marker.name
    return part_of(state, unit, "attendance", marker.name, marker.content)


def hearing(state: State, unit: Unit, marker: Marker | None, _units: list[Unit], _index: int) -> Part | None:
    if marker is None or marker.name not in ("heard", "spoke") or state.kind == "header":
        return None
    if state.kind == "agenda" and words("markers", "reporter").match(unit.body):
        return None
    if state.kind in ("agenda", "decision", "attendance") and not marker.is_strong:
        return None
    is_course = _LISTENED.match(unit.body) or (question_number(unit.text) and _LISTENED.search(unit.body[:80]))
    if state.kind == "decision" and unit.label and not is_course and is_decision_like(unit.body):
        return None
    before = state.question
    refer(state, unit, marker)
    advance = (state.decided and state.kind in ("decision", "vote")) or state.question is None
    title = title_index(state, unit)
    if title is not None:
        state.question = title
    elif marker.name == "heard" and advance and state.question == before and question_number(unit.text) is None:
        state.question = 0 if before is None else min(before + 1, max(len(state.titles) - 1, before))
    state.kind, state.role = "hearing", marker.name
    state.agenda_done = state.agenda_done or state.agenda_open
    return part_of(state, unit, "hearing", marker.name, marker.content)


_LISTENED = re.compile(r"(?:за)?слуша(?:ли|н[аоы]?)(?![а-яё])|выступил|выступал", re.IGNORECASE)


def _tells_at_length(state: State, unit: Unit) -> bool:
    """A long paragraph without names in the head: the course has begun without a word."""
    if state.kind not in ("header", "attendance") or len(unit.text) <= 260 or unit.label or unit.row:
        return False
    return state.kind == "header" or not re.search(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.", unit.text)


def inherit(state: State, unit: Unit, previous: Unit | None, following: Unit | None) -> Part:
    if state.kind == "decision" and _leads_to_marker(unit, following):
        state.kind, state.role = "hearing", "text"
    if state.kind == "decision" and _leaves_decisions(state, unit):
        state.kind, state.role = "hearing", "text"
    state.has_items = state.has_items or (state.kind == "decision" and bool(unit.label or unit.row))
    if unit.label and len(unit.label.numbers) > 0:
        state.last_number = unit.label.numbers[0] if state.kind == "decision" and len(unit.label.numbers) == 1 else None
    if _tells_at_length(state, unit):
        state.kind, state.role = "hearing", "text"
    if state.kind == "decision" and state.has_items and _is_remark(unit, previous) and not _tells_commitment(unit.text):
        return part_of(state, unit, "hearing", "remark")
    role = "item" if state.kind == "decision" else state.role
    return part_of(state, unit, state.kind, role)


def _leads_to_marker(unit: Unit, following: Unit | None) -> bool:
    """The words before a marker in one paragraph: «Кроме того, комиссия | решила: …»."""
    if following is None or following.start > unit.end + 1 or is_decision_like(unit.text):
        return False
    marker = find_marker(following)
    return marker is not None and marker.name == "decision"


def _leaves_decisions(state: State, unit: Unit) -> bool:
    """Whether the course goes on after the decisions: somebody speaks, a paragraph follows a vote."""
    if unit.label or unit.row or opens_clause(unit.text) or is_bare_deadline(unit.text) or is_decision_like(unit.text):
        return False
    if _tells_commitment(unit.text):
        return False
    if re.match(
        r"(?:[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+)[^.;]{0,60}?(?:\s|"
        r":)",
        unit.text,
    ):
        return bool(re.search(words("speech", "verbs").pattern + r"|:", unit.text[:140], re.I))
    return (
        (state.has_voted or not state.has_items)
        and len(unit.text) > 50
        and unit.text[0].isupper()
        and not unit.text.rstrip().endswith(":")
    )


def _is_remark(unit: Unit, previous: Unit | None) -> bool:
    """A whole sentence without a commitment between the items: «Следующее совещание состоится 20.03.2023.»."""
    if unit.label or unit.row or len(unit.text) < 30 or not unit.text.endswith(".") or previous is None:
        return False
    if (
        is_decision_like(unit.text)
        or opens_clause(unit.text)
        or is_bare_deadline(unit.text)
        or previous.text[-1] in ":,"
    ):
        return False
    return unit.text[0].isupper() and bool(previous.row or previous.text[-1] in ".;)»")


def _tells_commitment(text: str) -> bool:
    """«Эксперты Вдовенко А.А., Маликов Р.Х. проводят консультации»: a person with a verb in the present or future."""
    names = find_names(text)
    verbs = re.findall(r"[а-яё]{4,}(?:ет|ит|ют|ят|ут|ат|ся)(?![а-яё])", text)
    return bool(names) and any(is_finite(verb) for verb in verbs[:8])
