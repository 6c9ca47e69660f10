"""The questions of the course: headings that name one, references to the agenda by number or by words."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from pipeline.clauses import opens_clause
from pipeline.markers import (
    Marker,
    find_marker,
    is_assignment_heading,
    is_decision_like,
    is_miscellaneous,
    is_question_title,
    question_number,
    quoted_question,
)
from pipeline.segment.parts import Part
from pipeline.segment.state import State, part_of
from pipeline.units import Unit


def question(state: State, unit: Unit, marker: Marker | None, units: list[Unit], index: int) -> Part | None:
    """A heading of the course that names a question: «По первому вопросу:», «Вопрос 2. О …», «II. О ходе …»."""
    if unit.row:
        return None
    if marker is not None and marker.name in ("heard", "spoke"):
        return None
    number = question_number(unit.text)
    if number is not None and _is_agenda_of_questions(state, unit, units, index, number):
        return None
    title = title_index(state, unit)
    if number is None and title is None and not _is_new_title(state, unit, units, index):
        return None
    _set_question(state, unit, number, title)
    state.agenda_done = state.agenda_done or state.agenda_open
    keeps_deciding = state.kind == "decision" and not _course_follows(units, index)
    if keeps_deciding:
        return part_of(state, unit, "decision", "question")
    state.kind, state.role = "hearing", "text"
    return part_of(state, unit, "hearing", "question")


def _is_agenda_of_questions(state: State, unit: Unit, units: list[Unit], index: int, number: int) -> bool:
    """«Вопрос 1. О паводке. Вопрос 2. О пожарах.» one under the other is the agenda, not the course."""
    if (
        not is_question_title(unit)
        or state.kind not in ("header", "attendance", "agenda")
        or number != len(state.titles) + 1
    ):
        return False
    if state.kind == "agenda":
        return not state.agenda_done
    following = units[index + 1] if index + 1 < len(units) else None
    if following is None or question_number(following.text) != number + 1 or not is_question_title(following):
        return False
    state.kind, state.role, state.agenda_open = "agenda", "item", True
    return True


def title_index(state: State, unit: Unit) -> int | None:
    """Which question of the agenda the unit repeats or quotes, if any."""
    if state.kind == "agenda" and not state.agenda_done and not _repeats_first(state, unit):
        return None
    quoted = quoted_question(unit.text)
    text = quoted or unit.body
    if len(text) > 600 or not state.titles or (quoted is None and state.kind == "decision" and is_decision_like(text)):
        return None
    scores = [_likeness(_key(text), _key(title)) for title in state.titles]
    best = max(range(len(scores)), key=scores.__getitem__)
    if scores[best] >= 86:
        return best
    return 0 if state.kind == "agenda" else None


def _likeness(text: str, title: str) -> float:
    """How alike a line and a question are, 0–100; they must begin alike, a report often repeats the matter's words."""
    return min(fuzz.ratio(text, title), fuzz.ratio(text[:40], title[:40]))


def _repeats_first(state: State, unit: Unit) -> bool:
    """The course begins with the first question again, perhaps in fewer words: «1. О переводе обучающихся»."""
    if not state.titles:
        return False
    text, title = _key(unit.body), _key(state.titles[0])
    shortened = (
        unit.label is not None and unit.label.numbers == (1,) and len(state.titles) > 1 and title.startswith(text)
    )
    return shortened or fuzz.ratio(text, title) >= 90


def _key(text: str) -> str:
    return re.sub(r"[^а-яa-z0-9]+", " ", text.lower().replace("ё", "е")).strip()


def _is_new_title(state: State, unit: Unit, units: list[Unit], index: int) -> bool:
    """A heading «I. О состоянии …» where no agenda list stood before."""
    if _is_course_number(state, unit) and _course_follows(units, index):
        return True
    if state.agenda_open:
        return False
    if is_question_title(unit) or (state.kind in ("header", "attendance") and _is_plain_title(unit)):
        return _course_follows(units, index) or not state.decided or is_miscellaneous(unit)
    return _is_numbered_title(state, unit) and _course_follows(units, index)


def _is_plain_title(unit: Unit) -> bool:
    """The one matter of a meeting on a line of its own: «О результатах экспертизы рабочих программ»."""
    return (
        bool(re.match(r"(?:О|Об|Обо)\s+[а-яё«]", unit.text))
        and len(unit.text) < 300
        and not re.search(r"[:;,]$|[А-ЯЁ]\.\s?[А-ЯЁ]\.", unit.text)
    )


def _is_course_number(state: State, unit: Unit) -> bool:
    """«3. Рассмотрен протокол …» after the decisions on question 2: the number of the next question, no commitment."""
    label = unit.label
    if label is None or label.system == "paren" or state.kind not in ("decision", "hearing") or opens_clause(unit.body):
        return False
    if unit.body.rstrip()[-1:] in (":", ";") or unit.body[:1].islower():
        return False
    if state.last_number is not None and label.numbers == (state.last_number + 1,):
        return False
    return label.numbers == ((-1 if state.question is None else state.question) + 2,) and not is_decision_like(
        unit.body
    )


def _is_numbered_title(state: State, unit: Unit) -> bool:
    """«1. Как прошли праздники»: the next number, neither a commitment nor a person."""
    label = unit.label
    if label is None or label.numbers != (len(state.titles) + 1,):
        return False
    if state.kind == "hearing" and state.question is None:
        return False
    return len(unit.body) < 160 and not is_decision_like(unit.body) and not re.search(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.", unit.body)


def _course_follows(units: list[Unit], index: int) -> bool:
    """Whether a hearing or a decision marker of its own comes before the next question."""
    for unit in units[index + 1 : index + 40]:
        marker = find_marker(unit)
        if marker and marker.name in ("heard", "spoke", "decision"):
            return True
        if question_number(unit.text) is not None or is_question_title(unit) or is_assignment_heading(unit.text):
            return is_assignment_heading(unit.text)
    return False


def _set_question(state: State, unit: Unit, number: int | None, title: int | None) -> None:
    if title is not None:
        state.question = title
    elif number is not None:
        state.question = number - 1
    elif _is_course_number(state, unit) and unit.label:
        state.question = unit.label.numbers[0] - 1
        state.titles += [unit.body] * (not state.agenda_open)
    else:
        state.question = len(state.titles)
        state.titles.append(unit.body)


def refer(state: State, unit: Unit, marker: Marker) -> None:
    """The question that a marker's own words or number name: «2. РЕШИЛИ:», «Решение по второму вопросу:»."""
    number = question_number(unit.text)
    if number is None and unit.label and marker.name in ("heard", "spoke") and len(unit.label.numbers) == 1:
        number = unit.label.numbers[0]
    if number is not None and (not state.titles or number <= len(state.titles)):
        state.question = number - 1
