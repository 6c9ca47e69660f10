"""Running headers, footers and page numbers of PDF pages: found by place and repetition."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.model import Zone
from pipeline.readers.common import Draft, join
from pipeline.readers.joining import is_surely_page_number, page_number
from pipeline.readers.layout.page import Page, Row

_DEPTH: Final = 3  # rows at each end of a page that may be running ones
_EDGE: Final = 0.14  # of the height of the page
_MARGIN: Final = 0.085
_SAME_HEIGHT: Final = 3
_Key = tuple[str, int]
_Found = tuple[Zone, Row]
Zones = dict[tuple[int, int], list[Draft]]  # by page; 0 for its top, 1 for its foot


def take_zones(pages: Sequence[Page]) -> Zones:
    """Take the running lines out of the pages: «Страница 1 из 6», a title repeated on top of each page."""
    offsets = _number_offsets(pages)
    repeated = _repeated(pages)
    zones: Zones = {}
    for page in pages:
        for at, is_top in enumerate((True, False)):
            found = list(_walk(page, is_top, offsets, repeated))
            taken = {id(row) for _, row in found}
            page.rows = [row for row in page.rows if id(row) not in taken]
            found.sort(key=lambda pair: pair[1][0].top)
            found += [("noise", row) for row in page.noise] if not is_top else []
            zones[page.page_no, at] = [replace(tabbed(row), zone=zone) for zone, row in found]
    return zones


def tabbed(row: Row) -> Draft:
    """A row as one paragraph, a tab for each wide gap: «г. Вологда», «12.04.2023» → «г. Вологда\\t12.04.2023»."""
    draft = row[0].draft()
    for part in row[1:]:
        draft = join(draft, part.draft(), "\t")
    return replace(draft, is_bold=all(part.is_bold for part in row))


def _walk(page: Page, is_top: bool, offsets: Counter[int], repeated: set[_Key]) -> Iterator[_Found]:
    """Go inwards from an edge of the page as long as the rows are running ones."""
    rows = page.rows if is_top else page.rows[::-1]
    limits = [grid.top if is_top else -grid.bottom for grid in page.grids]
    for row in rows[:_DEPTH]:
        if any((row[0].top if is_top else -row[0].bottom) > limit for limit in limits):
            return
        if _is_number(page, row, offsets, is_top):
            yield "page_number", row
        elif _is_near_edge(page, row, _EDGE, is_top) and not repeated.isdisjoint(_keys(page, row)):
            yield "header" if is_top else "footer", row
        else:
            return


def _text(row: Row) -> str:
    return " ".join(part.text for part in row)


def _is_number(page: Page, row: Row, offsets: Counter[int], is_top: bool) -> bool:
    """A number that runs with the pages, or one alone in the margin; «5» at the end of a list is neither."""
    number = page_number(_text(row))
    if number is None or not _is_near_edge(page, row, _EDGE, is_top):
        return False
    offset = number - page.page_no
    is_known = is_surely_page_number(_text(row)) or offset == 0 or offsets[offset] > 1
    return is_known or _is_near_edge(page, row, _MARGIN, is_top)


def _number_offsets(pages: Sequence[Page]) -> Counter[int]:
    """How many pages have a number that stands this far from their count in the file."""
    offsets = Counter[int]()
    for page in pages:
        ends = [(row, True) for row in page.rows[:1]] + [(row, False) for row in page.rows[-1:]]
        numbers = {page_number(_text(row)) for row, is_top in ends if _is_near_edge(page, row, _EDGE, is_top)}
        offsets.update(number - page.page_no for number in numbers if number is not None)
    return offsets


def _is_near_edge(page: Page, row: Row, share: float, is_top: bool) -> bool:
    return row[0].bottom < share * page.height if is_top else row[0].top > (1 - share) * page.height


def _repeated(pages: Sequence[Page]) -> set[_Key]:
    """What stands at the same place of most pages, or of every second one; the first page may lack it."""
    found: dict[_Key, set[int]] = defaultdict(set)
    for page in pages:
        rows = [row for row in page.rows[:_DEPTH] if _is_near_edge(page, row, _EDGE, True)]
        rows += [row for row in page.rows[-_DEPTH:] if _is_near_edge(page, row, _EDGE, False)]
        for key in (key for row in rows for key in _keys(page, row)):
            found[key].add(page.page_no)
    numbers = [page.page_no for page in pages]
    return {key for key, on in found.items() if _is_running(on, numbers)}


def _is_running(on: set[int], numbers: Sequence[int]) -> bool:
    if len(on) >= max(2, len(numbers) // 2 + 1):
        return True
    return len(on) > 2 and any(set(numbers[start::2]) <= on for start in (1, 2))


def _keys(page: Page, row: Row) -> tuple[_Key, ...]:
    """The text without its page number and its height, rounded to both sides."""
    text = re.sub(rf"^{page.page_no}(?=\s)|\b{page.page_no}$|(?<=стр\. ){page.page_no}\b", "#", _text(row))
    height = row[0].top
    return tuple((text, round((height + shift) / _SAME_HEIGHT)) for shift in (-1, 1))
