"""The agenda: its heading, its items, lists that have no heading."""

from __future__ import annotations

import re

from pipeline.lexicon import words
from pipeline.markers import Marker, find_marker, is_decision_like, question_number
from pipeline.segment.parts import Part
from pipeline.segment.state import State, part_of
from pipeline.units import Unit


def agenda(state: State, unit: Unit, marker: Marker | None, units: list[Unit], index: int) -> Part | None:
    if state.agenda_open or state.kind not in ("header", "attendance"):
        return None
    if _lists_matters(units, index):
        state.kind, state.role, state.agenda_open = "agenda", "item", True
        return None
    if (
        unit.text.endswith(":")
        and (marker is None or marker.name in ("heard", "spoke"))
        and _lists_matters(units, index + 1)
    ):
        state.kind, state.role, state.agenda_open = "agenda", "item", True
        return part_of(state, unit, "agenda", "marker", unit.end)
    if marker is None or marker.name != "agenda":
        return None
    state.kind, state.role, state.agenda_open = "agenda", "item", True
    if marker.is_heading:
        return part_of(state, unit, "agenda", "marker", marker.content)
    if re.match(r"тема", unit.body, re.I):
        state.kind, state.role, state.agenda_open = "header", "text", False
        return part_of(state, unit, "agenda", "theme", marker.content)
    part = part_of(state, unit, "agenda", "item", marker.content)
    state.titles.append(agenda_title(part.text))
    return part


def _lists_matters(units: list[Unit], index: int) -> bool:
    """An agenda without its heading: «1. Подготовка к эпидсезону 2. Диспансеризация», then the course refers to it."""
    if index + 1 >= len(units):
        return False
    first, second = units[index], units[index + 1]
    if not all(u.label and u.label.numbers == (n,) and _is_matter(u) for u, n in ((first, 1), (second, 2))):
        return False
    following = next((u for u in units[index + 2 : index + 14] if not (u.label and _is_matter(u))), None)
    if following is None:
        return False
    marker = find_marker(following)
    return question_number(following.text) == 1 or bool(marker and marker.name in ("heard", "spoke"))


def _is_matter(unit: Unit) -> bool:
    """A question rather than a person or a deed; its reporter may follow: «О паводке (докл. Юсупов Р.Х.)»."""
    matter = re.sub(r"\([^()]*\)\W*$|\s[–—-]\s.*$", "", unit.body)
    return not is_decision_like(matter) and not re.search(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.", matter) and find_marker(unit) is None


def agenda_item(state: State, unit: Unit, _marker: Marker | None, _units: list[Unit], _index: int) -> Part | None:
    if state.kind != "agenda":
        return None
    role = _agenda_role(state, unit)
    if role == "end":
        state.kind, state.role, state.agenda_done = "hearing", "text", True
        return None
    content = None
    if role == "item":
        bare = re.match(r"\d{1,2}\s+(?=[А-ЯЁ])", unit.text) if unit.label is None else None
        content = unit.start + bare.end() if bare else None
        state.titles.append(agenda_title(unit.text[bare.end() :] if bare else unit.body))
    return part_of(state, unit, "agenda", role, content)


def _is_bare_numbered(state: State, unit: Unit) -> bool:
    """«2 Ремонт кровли»: a number without a full stop, the next in the list."""
    match = re.match(r"(\d{1,2})\s+[А-ЯЁ]", unit.text)
    return match is not None and int(match[1]) == len(state.titles) + 1


def agenda_title(text: str) -> str:
    return re.sub(r"\s*(?:\([^()]*\)\s*|[-–]\s*[А-ЯЁ][^.]{0,60})?$", "", text)


def _agenda_role(state: State, unit: Unit) -> str:
    if unit.row or unit.label or _is_bare_numbered(state, unit):
        return "item"
    if words("markers", "reporter").match(unit.text) or unit.text.startswith("("):
        return "reporter"
    if not state.titles:
        return "item"
    if state.titles[-1].rstrip().endswith(";"):
        return "item"
    if unit.text[0].islower():
        return "continuation"
    if re.match(r"(?:О|Об|Обо)\s+[а-яё«]", unit.text) and len(unit.text) < 400:
        return "item"
    return "reporter" if _is_reporter(unit.text) else "end"


def _is_reporter(text: str) -> bool:
    """A bare name with a post under an agenda item: «Иванова И.И. – заместитель главы»."""
    return len(text) < 140 and bool(re.match(r"[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.?\s*[-–,(]", text))
