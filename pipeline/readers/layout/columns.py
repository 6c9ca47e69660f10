"""Rows that a wide gap divides: columns of their own, lists of pairs, or single rows with a tab."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Final

from pipeline.readers.common import Draft, join
from pipeline.readers.joining import begins_item, ends_sentence, is_label, joined
from pipeline.readers.layout.page import Row, Segment
from pipeline.readers.layout.zones import tabbed

_STAMP: Final = re.compile(r"(?:УТВЕРЖД|СОГЛАСОВ|ПРИНЯТ|РАССМОТРЕН)[А-Я]+", re.IGNORECASE)
_NAME: Final = re.compile(
    r"[А-ЯЁ][а-яё\-]+\s+[А-ЯЁ]\.\s?[А-ЯЁ]|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]|[А-ЯЁ][а-яё]+(?:вич|вна)\b"
)
_TIGHT: Final = 1.9  # row distance to the font size within a block
_ALIGNED: Final = 6.0
_PAIR_SHARE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Column:
    """Lines that flow one under another, apart from the text around them."""

    lines: tuple[Segment, ...]


@dataclass(slots=True)
class Region:
    """Rows that share a gap; `left` and `right` are where it begins and ends."""

    rows: list[Row]
    left: float
    right: float

    def takes(self, row: Row) -> bool:
        """Widen the region by the next row if its words leave the gap free."""
        if len(row) > 2 or not _is_tight(self.rows[-1], row):
            return False
        left, right = self._narrowed(row)
        if right - left < 0.7 * row[0].size:
            return False
        self.rows.append(row)
        self.left, self.right = left, right
        return True

    def _narrowed(self, row: Row) -> tuple[float, float]:
        if len(row) == 2:
            return max(self.left, row[0].x1), min(self.right, row[1].x0)
        if row[0].middle < (self.left + self.right) / 2:
            return max(self.left, row[0].x1), self.right
        return self.left, min(self.right, row[0].x0)

    def sides(self, row: Row) -> tuple[Segment | None, Segment | None]:
        """What of a row stands left and right of the gap."""
        if len(row) == 2:
            return row[0], row[1]
        return (row[0], None) if row[0].middle < (self.left + self.right) / 2 else (None, row[0])


def blocks(rows: Sequence[Row]) -> Iterator[Segment | Draft | Column]:
    """Rows in reading order: a plain row as its line, a single divided one with a tab, columns one after another."""
    plain: list[Row] = []
    index = 0
    while index < len(rows):
        region = _region(rows, index)
        if region is None:
            plain.append(rows[index])
            index += 1
            continue
        index += len(region.rows)
        while plain and _is_above(plain[-1], region):
            region.rows.insert(0, plain.pop())
        yield from map(_plain, plain)
        plain = []
        yield from _read(region)
    yield from map(_plain, plain)


def _plain(row: Row) -> Segment | Draft:
    return row[0] if len(row) == 1 else tabbed(row)


def _region(rows: Sequence[Row], index: int) -> Region | None:
    """The rows from a divided one on that share its gap; its tail of left lines is text below it."""
    first = rows[index]
    if len(first) != 2:
        return None
    region = Region([first], first[0].x1, first[1].x0)
    for row in rows[index + 1 :]:
        if not region.takes(row):
            break
    while len(region.rows) > 1 and _is_text_below(region):
        region.rows.pop()
    return region if len(region.rows) > 1 else None


def _is_text_below(region: Region) -> bool:
    left, right = region.sides(region.rows[-1])
    above = region.sides(region.rows[-2])[0]
    return right is None and not (left and above and left.text[0].islower() and not ends_sentence(above.text))


def _is_above(row: Row, region: Region) -> bool:
    """Whether a right-hand line belongs to the right column although nothing stands to its left."""
    right = next(side for row in region.rows if (side := region.sides(row)[1]))
    if len(row) > 1 or row[0].x0 < region.left or not _is_tight(row, region.rows[0]):
        return False
    return abs(row[0].x0 - right.x0) <= _ALIGNED or abs(row[0].middle - right.middle) <= _ALIGNED


def _is_tight(above: Row, row: Row) -> bool:
    return row[0].bottom - above[0].bottom <= _TIGHT * max(row[0].size, above[0].size)


def _read(region: Region) -> Iterator[Draft | Column]:
    sides = [region.sides(row) for row in region.rows]
    if _are_columns(sides):
        yield Column(tuple(left for left, _ in sides if left))
        yield Column(tuple(right for _, right in sides if right))
    else:
        yield from _pairs(sides)


_Sides = tuple[Segment | None, Segment | None]


def _are_columns(sides: Sequence[_Sides]) -> bool:
    """Stamps and blocks of text are columns; names with their posts, and rows that are all whole, are pairs."""
    lines = [line for pair in sides for line in pair if line]
    if any(_STAMP.match(line.text) for line in lines):
        return True
    whole = [(left, right) for left, right in sides if left and right]
    named = sum(_is_pair(left, right) for left, right in whole)
    if named >= _PAIR_SHARE * len(whole):
        return False
    if len(whole) == 1:
        return _is_staggered(sides)
    return len(whole) < len(sides) or any(line.text[0].islower() for pair in whole[1:] for line in pair)


def _is_pair(left: Segment, right: Segment) -> bool:
    return bool(_NAME.search(left.text) or _NAME.search(right.text)) or right.text[0] in "-–—"


def _is_staggered(sides: Sequence[_Sides]) -> bool:
    """Under one divided row: lines to the right that run on belong to it, others are a block of their own."""
    rights = [right for _, right in sides if right]
    return sides[0][0] is None or any(
        right.text[0].isupper() and not above.text.endswith(",") and above.x1 < max(line.x1 for line in rights) - 40
        for above, right in pairwise(rights)
    )


def _pairs(sides: Sequence[_Sides]) -> Iterator[Draft]:
    """One paragraph for each pair; a line with one side only runs on from the pair above."""
    lefts: list[Segment] = []
    rights: list[Segment] = []
    for left, right in sides:
        opens = left and (right or _opens(left))
        if opens and (lefts or rights):
            yield _pair(lefts, rights)
            lefts, rights = [], []
        lefts += [left] if left else []
        rights += [right] if right else []
    if lefts or rights:
        yield _pair(lefts, rights)


def _opens(left: Segment) -> bool:
    return begins_item(left.text) or is_label(left.text)


def _pair(lefts: Sequence[Segment], rights: Sequence[Segment]) -> Draft:
    sides = [reduce(joined, [line.draft() for line in lines]) for lines in (lefts, rights) if lines]
    return sides[0] if len(sides) == 1 else join(sides[0], sides[1], "\t")
