"""Source → units with roles: header, attendance, agenda, hearing, decision, vote, signature, attachment.

One pass over the units with a small state: a marker word of the lexicon opens a part, what follows belongs to it.
The signature is looked for from the end, because names with posts stand everywhere.
"""

from __future__ import annotations

from pipeline.markers import find_marker
from pipeline.model import Source
from pipeline.segment.agenda import agenda, agenda_item
from pipeline.segment.course import assignment, attachment, attendance, decision_marker, hearing, inherit, vote
from pipeline.segment.ends import attachment_start, signature_range
from pipeline.segment.parts import Part, Segmentation
from pipeline.segment.promote import promote_proposals, promote_unmarked
from pipeline.segment.questions import question
from pipeline.segment.state import State, part_of
from pipeline.tables import has_decision_columns
from pipeline.units import Unit, build_units

__all__ = ["Part", "Segmentation", "segment"]


def segment(source: Source) -> Segmentation:
    """Give each unit of the document its role: «Решили:» opens the decisions, «Слушали:» the next hearing."""
    units = build_units(source)
    tail = signature_range(units)
    attachments = attachment_start(units, tail)
    tables = _decision_tables(source, units)
    state, parts = State(), []
    for index, unit in enumerate(units):
        if attachments is not None and index >= attachments:
            parts.append(Part(unit, "attachment", "text", unit.body_start))
        elif tail[0] <= index < tail[1]:
            parts.append(Part(unit, "signature", "line", unit.start))
        elif unit.row and unit.table in tables:
            state.kind, state.role, state.decided, state.has_items = "decision", "item", True, True
            parts.append(part_of(state, unit, "decision", "item"))
        else:
            parts.append(_step(state, unit, units, index))
    return Segmentation(tuple(promote_proposals(promote_unmarked(parts))))


def _decision_tables(source: Source, units: list[Unit]) -> set[int | None]:
    """The tables whose headings say that they hold decisions: «№ | Поручение | Срок | Ответственный»."""
    rows: dict[int | None, list[Unit]] = {}
    for unit in units:
        if unit.row:
            rows.setdefault(unit.table, []).append(unit)
    return {table for table, found in rows.items() if has_decision_columns(source, found)}


def _step(state: State, unit: Unit, units: list[Unit], index: int) -> Part:
    marker = find_marker(unit)
    for rule in (assignment, decision_marker, vote, agenda, attachment, attendance, question, hearing, agenda_item):
        part = rule(state, unit, marker, units, index)
        if part:
            return part
    return inherit(
        state, unit, units[index - 1] if index else None, units[index + 1] if index + 1 < len(units) else None
    )
