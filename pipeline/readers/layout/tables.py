"""Ruled tables of pages: cells by their rulings, rows stitched over page breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Final

from pipeline.model import Cell
from pipeline.readers.common import Draft
from pipeline.readers.joining import joined
from pipeline.readers.layout.page import Grid, Segment, Word, rows_of

_SAME_EDGE: Final = 4.0
Bounds = tuple[float, float, float, float]
CellRows = list[list[Bounds | None]]
"""The rows of a ruled table, in each the bounds of its cells; None where a merged cell goes on."""


def fill(page_no: int, rows: CellRows, words: list[Word]) -> tuple[Grid | None, list[Word]]:
    """Put the words into the cells; the other words are given back.

    A frame round a text, or a grid with words in one cell, is no table.
    """
    cells = [(r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell]
    top, bottom = min(cell[1] for _, _, cell in cells), max(cell[3] for _, _, cell in cells)
    inside: dict[tuple[int, int], list[Word]] = {}
    rest = []
    for word in words:
        at = _place(word, cells) if top <= word.bottom and word.top <= bottom else None
        if at is None:
            rest.append(word)
        else:
            inside.setdefault(at, []).append(word)
    if len(rows[0]) < 2 or len(inside) < 2 or len({column for _, column in inside}) < 2:
        return None, words
    edges = tuple(sorted({cell[0] for _, _, cell in cells} | {max(cell[2] for _, _, cell in cells)}))
    filled = tuple(
        tuple((c, _lines(page_no, inside[r, c])) for c in range(len(row)) if (r, c) in inside)
        for r, row in enumerate(rows)
    )
    return Grid(top, bottom, edges, filled), rest


def _place(word: Word, cells: Sequence[tuple[int, int, Bounds]]) -> tuple[int, int] | None:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return next(((r, c) for r, c, cell in cells if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]), None)


def _lines(page_no: int, words: list[Word]) -> tuple[Segment, ...]:
    return tuple(part for row in rows_of(page_no, words) for part in row)


@dataclass(slots=True)
class Table:
    """A table of the document, maybe of several pages: per row its cells by column."""

    edges: tuple[float, ...]
    page_no: int
    rows: list[dict[int, Draft]] = field(default_factory=list)

    def add(self, grid: Grid, page_no: int) -> None:
        """Append the rows of a page; a heading row printed anew is dropped, a divided row made whole."""
        rows = [{column: _cell(lines) for column, lines in row} for row in grid.rows]
        self.page_no = page_no
        if self.rows:
            if rows and _texts(rows[0]) == _texts(self.rows[0]):
                del rows[0]
            if rows and _runs_on(self.rows[-1], rows[0]):
                for column, draft in rows.pop(0).items():
                    above = self.rows[-1].get(column)
                    self.rows[-1][column] = joined(above, draft) if above else draft
        self.rows += rows

    def drafts(self, number: int) -> Iterator[Draft]:
        """The cells as paragraphs, row by row."""
        for index, row in enumerate(row for row in self.rows if row):
            for column, draft in sorted(row.items()):
                yield replace(draft, cell=Cell(number, index, column))

    def has_edges(self, grid: Grid) -> bool:
        """Whether a table at the top of the next page has the same columns."""
        return len(grid.edges) == len(self.edges) and all(
            abs(ours - theirs) <= _SAME_EDGE for ours, theirs in zip(self.edges, grid.edges, strict=True)
        )


def _cell(lines: Sequence[Segment]) -> Draft:
    drafts = [line.draft() for line in lines]
    return replace(reduce(joined, drafts), is_bold=all(draft.is_bold for draft in drafts))


def _texts(row: dict[int, Draft]) -> dict[int, str]:
    return {column: draft.text for column, draft in row.items()}


def _runs_on(above: dict[int, Draft], row: dict[int, Draft]) -> bool:
    """Whether a row without a first cell is the rest of the row above, and not a row under a merged cell."""
    if not row or 0 in row or 0 not in above:
        return False
    longest = max(row.values(), key=lambda draft: len(draft.text)).text
    is_whole = set(row) >= set(above) - {0} and len(row) > 1
    return not (is_whole and longest[0].isupper())
