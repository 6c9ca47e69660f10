"""What a pass over the units remembers."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.model import BlockKind
from pipeline.segment.parts import Part
from pipeline.units import Unit


@dataclass
class State:
    kind: BlockKind = "header"
    role: str = "text"
    question: int | None = None
    titles: list[str] = field(default_factory=list)
    agenda_open: bool = False
    agenda_done: bool = False
    decided: bool = False
    has_items: bool = False
    last_number: int | None = None
    has_voted: bool = False


def part_of(state: State, unit: Unit, kind: BlockKind, role: str, content: int | None = None) -> Part:
    return Part(unit, kind, role, unit.body_start if content is None else content, state.question)
