"""What segmentation gives: units with their roles, and blocks of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.model import Block, BlockKind, Source
from pipeline.units import Unit


@dataclass(frozen=True, slots=True)
class Part:
    """A unit with its role. `content` is the offset where the text after the marker begins («Решили: | …»).

    `question` counts the questions of the course from 0 in order of appearance; `role` is finer than the kind:
    the marker's name, «item», «question» (a heading that names a question), «text».
    """

    unit: Unit
    kind: BlockKind
    role: str
    content: int
    question: int | None = None

    @property
    def text(self) -> str:
        """What follows the marker, cleaned."""
        return self.unit.text[self.content - self.unit.start :]


@dataclass(frozen=True)
class Segmentation:
    """The parts in reading order."""

    parts: tuple[Part, ...]

    def of(self, *kinds: BlockKind) -> list[Part]:
        """The parts of the kinds, in order."""
        return [part for part in self.parts if part.kind in kinds]

    def blocks(self, source: Source) -> tuple[Block, ...]:
        """Adjoining parts of one kind as blocks; what is no body text is noise."""
        spans = [(p.unit.start, p.unit.end, p.kind, p.role) for p in self.parts]
        spans += [(p.start, p.end, "noise", p.zone) for p in source.paragraphs if p.zone != "body"]
        blocks: list[Block] = []
        for start, end, kind, rule in sorted(spans):
            if blocks and blocks[-1].kind == kind:
                blocks[-1] = replace(blocks[-1], end=max(end, blocks[-1].end))
            else:
                blocks.append(Block(kind, start, end, rule))
        return tuple(blocks)
