"""Texts as sources, for tests that need no reader."""

from __future__ import annotations

from pipeline.model import Cell, Paragraph, Source


def source(text: str) -> Source:
    """A source with one paragraph per line; a line of cells is written «a | b | c»."""
    paragraphs: list[Paragraph] = []
    canonical = ""
    row = 0
    for line in filter(None, (line.strip() for line in text.splitlines())):
        cells = [cell.strip() for cell in line.split("|")] if " | " in line else [line]
        for column, cell in enumerate(cells):
            if not cell:
                continue
            canonical += "\n" * bool(canonical)
            place = Cell(0, row, column) if len(cells) > 1 else None
            paragraphs.append(Paragraph(len(canonical), len(canonical) + len(cell), cell=place))
            canonical += cell
        row += len(cells) > 1
    return Source(canonical, tuple(paragraphs), (), "text/plain")
