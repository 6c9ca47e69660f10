"""Pages of rows and tables → the paragraphs of the document in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby
from typing import Final

from pipeline.model import Zone
from pipeline.readers.common import Draft
from pipeline.readers.pdf_columns import Column, blocks
from pipeline.readers.pdf_page import Grid, Page, Row, Segment
from pipeline.readers.pdf_paragraphs import RIGHT_BLOCK, Style, Unit, paragraphs
from pipeline.readers.pdf_tables import Table
from pipeline.readers.pdf_zones import Zones, take_zones

_FEW_ROWS: Final = 8
_OUTLIER: Final = 20.0
_SAME_WIDTH: Final = 5.0
_ABOVE: Final[tuple[Zone, ...]] = ("header",)
_Edges = tuple[float, float]
_Item = Unit | Draft | Table


def drafts_of(pages: Sequence[Page]) -> Iterator[Draft]:
    """The paragraphs of the pages; running lines stand after the paragraph that they interrupt."""
    zones = take_zones(pages)
    edges = _page_edges(pages)
    items = list(_items(pages, edges))
    yield from _with_zones(_paragraphs(items), zones)


def _with_zones(drafts: Iterable[Draft], zones: Zones) -> Iterator[Draft]:
    """Put what stands at the top of a page before its first paragraph, what stands at its foot after its last."""
    waiting = [(page_no, zone) for page_no in sorted(zones) for zone in (True, False)]
    for draft in drafts:
        first = draft.pieces[0].page_no or 0
        while waiting and waiting[0] <= (first, True) and (waiting[0][0] < first or waiting[0][1]):
            yield from _zone_drafts(zones, *waiting.pop(0))
        yield draft
    for page_no, is_top in waiting:
        yield from _zone_drafts(zones, page_no, is_top)
