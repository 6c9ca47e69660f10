"""Pages of rows and tables → the paragraphs of the document in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, groupby
from typing import Final, NamedTuple

from pipeline.readers.common import Draft
from pipeline.readers.layout.columns import Column, blocks
from pipeline.readers.layout.page import Grid, Page, Row, Segment
from pipeline.readers.layout.paragraphs import Style, Unit, paragraphs
from pipeline.readers.layout.tables import Table
from pipeline.readers.layout.zones import Zones, take_zones

_MANY_LINES: Final = 5
_FULL_PAGE: Final = 15
_OUTLIERS: Final = 3
_SAME_EDGE: Final = 2.0
_FAR_RIGHT: Final = 0.38  # of the width: where an address or a stamp begins
_OFF_CENTRE: Final = 20.0


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
                items += _far_right_framed(
                    [u for block in blocks(part) for u in _units(block, edges, numbers)], numbers
                )
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
        yield from _framed(block.lines, numbers)
    else:
        yield Unit(block, edges.left, edges.right, 0)


def _far_right_framed(items: Sequence[Unit | Draft], numbers: Iterator[int]) -> Iterator[Unit | Draft]:
    """Lines far to the right, an address or a stamp, fill a frame of their own."""
    for is_far, run in groupby(items, key=_is_far_right):
        if is_far:
            yield from _framed([item.line for item in run if isinstance(item, Unit)], numbers)
        else:
            yield from run


def _is_far_right(item: Unit | Draft) -> bool:
    if isinstance(item, Draft) or item.block or item.offset < _FAR_RIGHT * item.width:
        return False
    return abs(item.offset - item.slack) > _OFF_CENTRE


def _framed(lines: Sequence[Segment], numbers: Iterator[int]) -> Iterator[Unit]:
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    number = next(numbers)
    return (Unit(line, left, right, number) for line in lines)


def _edges(pages: Sequence[Page]) -> list[Edges]:
    """The text area of each page: where many of its lines begin and end, else where those of its fellows do."""
    fellows: dict[int, list[Segment]] = defaultdict(list)
    for page in pages:
        fellows[round(page.width)] += chain.from_iterable(page.rows)
    common = {
        width: (_outer([x.x0 for x in lines]), _outer([-x.x1 for x in lines])) for width, lines in fellows.items()
    }
    result = []
    for page in pages:
        lines = list(chain.from_iterable(page.rows))
        left, right = common[round(page.width)]
        if len(lines) >= _FULL_PAGE:  # the last page may hold nothing but indented lines
            left, right = _common([x.x0 for x in lines]) or left, _common([-x.x1 for x in lines]) or right
        result.append(Edges(left or 0.0, -right if right else page.width))
    return result


def _common(values: Sequence[float]) -> float | None:
    """The outermost value that many lines share, or None; a lone line or two may jut out."""
    for value in sorted(values)[:_OUTLIERS]:
        if sum(abs(other - value) <= _SAME_EDGE for other in values) >= _MANY_LINES:
            return value
    return None


def _outer(values: Sequence[float]) -> float | None:
    return _common(values) or min(values, default=None)
