"""Pages of rows and tables → the paragraphs of the document in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, groupby
from typing import Final, NamedTuple

from pipeline.readers.common import Draft
from pipeline.readers.pdf_columns import Column, blocks
from pipeline.readers.pdf_page import Grid, Page, Row, Segment
from pipeline.readers.pdf_paragraphs import Style, Unit, paragraphs
from pipeline.readers.pdf_tables import Table
from pipeline.readers.pdf_zones import Zones, take_zones

_FEW_ROWS: Final = 8
_OUTLIER: Final = 20.0
_SAME_WIDTH: Final = 5.0
_FAR_RIGHT: Final = 0.38  # of the width: where an address or a stamp begins
_CENTRED: Final = 4.0


class Edges(NamedTuple):
    """Where the text of a page begins and ends."""

    left: float
    right: float


_Item = Unit | Draft | Table


def drafts_of(pages: Sequence[Page]) -> Iterator[Draft]:
    """The paragraphs of the pages; running lines stand after the paragraph that they interrupt."""
    zones = take_zones(pages)
    yield from _with_zones(_paragraphs(_items(pages)), zones)


def _with_zones(drafts: Iterable[Draft], zones: Zones) -> Iterator[Draft]:
    waiting = sorted(zones)
    for draft in drafts:
        while waiting and waiting[0] <= (draft.page_no or 0, 0):
            yield from zones[waiting.pop(0)]
        yield draft
    for key in waiting:
        yield from zones[key]


def _paragraphs(items: Sequence[_Item]) -> Iterator[Draft]:
    style = Style([item for item in items if isinstance(item, Unit)])
    start = 0
    tables = count()
    for kind, run in groupby(items, key=type):
        if kind is Unit:
            units = [item for item in run if isinstance(item, Unit)]
            yield from paragraphs(units, style, start)
            start += len(units)
        else:
            for item in run:
                yield from item.drafts(next(tables)) if isinstance(item, Table) else _only_draft(item)


def _only_draft(item: _Item) -> Iterator[Draft]:
    if isinstance(item, Draft):
        yield item


def _items(pages: Sequence[Page]) -> list[_Item]:
    """All pages in reading order; a table at the top of a page may go on from the page before."""
    items: list[_Item] = []
    numbers = count(1)
    for page, edges in zip(pages, _edges(pages), strict=True):
        for part in _parts(page):
            if isinstance(part, Grid):
                _add_table(items, part, page.page_no)
            else:
                for block in blocks(part):
                    items += _units(block, edges, numbers)
    return items


def _parts(page: Page) -> Iterator[list[Row] | Grid]:
    """The rows between the tables, and the tables."""
    rows = list(page.rows)
    for grid in sorted(page.grids, key=lambda grid: grid.top):
        above = [row for row in rows if row[0].bottom <= (grid.top + grid.bottom) / 2]
        if above:
            yield above
            rows = rows[len(above) :]
        yield grid
    if rows:
        yield rows


def _add_table(items: list[_Item], grid: Grid, page_no: int) -> None:
    last = items[-1] if items else None
    if isinstance(last, Table) and last.page_no == page_no - 1 and last.has_edges(grid):
        last.add(grid, page_no)
    else:
        table = Table(grid.edges, page_no)
        table.add(grid, page_no)
        items.append(table)


def _units(block: Segment | Draft | Column, edges: Edges, numbers: Iterator[int]) -> Iterator[Unit | Draft]:
    """Give each line the frame that it fills: the page, its column, or the block far to the right."""
    if isinstance(block, Draft):
        yield block
    elif isinstance(block, Column):
        lines = block.lines
        left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
        number = next(numbers)
        yield from (Unit(line, left, right, number) for line in lines)
    else:
        yield Unit(block, edges.left, edges.right, 0)


def _edges(pages: Sequence[Page]) -> list[Edges]:
    """The text area of each page; a page of few lines has the one of its fellows."""
    own = [_own_edges(page) for page in pages]
    rich = [(page, edges) for page, edges in zip(pages, own, strict=True) if edges and len(page.rows) >= _FEW_ROWS]
    result = []
    for page, edges in zip(pages, own, strict=True):
        fellows = [other for fellow, other in rich if abs(fellow.width - page.width) <= _SAME_WIDTH]
        if len(page.rows) < _FEW_ROWS and fellows:
            near = (*fellows, *([edges] if edges else []))
            edges = Edges(min(edge.left for edge in fellows), max(edge.right for edge in near))
        result.append(edges or Edges(0.0, page.width))
    return result


def _own_edges(page: Page) -> Edges | None:
    """From the leftmost to the rightmost word; a lone line that juts out does not count."""
    lines = list(chain.from_iterable(page.rows))
    if not lines:
        return None
    lefts, rights = sorted(line.x0 for line in lines), sorted((line.x1 for line in lines), reverse=True)
    return Edges(_without_outlier(lefts), _without_outlier(rights))


def _without_outlier(values: list[float]) -> float:
    is_outlier = len(values) >= _FEW_ROWS and abs(values[1] - values[0]) > _OUTLIER
    return values[1] if is_outlier else values[0]
