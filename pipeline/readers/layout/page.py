"""A page as words on rows, whether printed or recognized: words → stretches of a row that wide gaps divide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from pipeline.model import Box, Doubt
from pipeline.readers.common import Draft, Piece
from pipeline.readers.joining import begins_item

_WIDE_GAP: Final = 2.0  # of the font size
_LONE_WIDE_GAP: Final = 2.5  # where no other gap on the row can tell how far it is stretched
_STRETCH: Final = 2.5  # to the other gaps of the row: in justified text they are all alike
_GUTTER_ROWS: Final = 10
_GUTTER_SHARE: Final = 0.6
_GUTTER_WIDTH: Final = 9.0
_GUTTER_STEP: Final = 3


class Reading(NamedTuple):
    """How a word was recognized: with what confidence (0 to 1), and as what before its repair.

    `other` is what a number gave when it was read once more, if that differs.
    """

    confidence: float
    raw: str
    other: str | None = None


class Word(NamedTuple):
    """A word of a page, its place in points from the top left; `reading` if it was recognized and not typed."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    is_bold: bool
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand on one row without a wide gap."""

    page_no: int
    words: tuple[Word, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    is_bold: bool

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    def draft(self) -> Draft:
        """The line as a paragraph of its own."""
        box = Box(round(self.x0, 2), round(self.top, 2), round(self.x1, 2), round(self.bottom, 2))
        piece = Piece(0, len(self.text), self.page_no, box, *self._reading())
        return Draft(self.text, (piece,), self.page_no, is_bold=self.is_bold)


    def _reading(self) -> tuple[float | None, str | None, tuple[Doubt, ...]]:
        """Confidence, raw text if it differs, and doubts of a recognized line."""
        readings = [word.reading for word in self.words if word.reading]
        if not readings:
            return None, None, ()
        raw = " ".join(reading.raw for reading in readings if reading.raw)
        letters = sum(len(word.text) for word in self.words)
        confidence = sum(word.reading.confidence * len(word.text) for word in self.words if word.reading) / letters
        return round(confidence, 4), raw if raw != self.text else None, tuple(self._doubts())

    def _doubts(self) -> Iterator[Doubt]:
        at = 0
        for word in self.words:
            if word.reading and word.reading.other is not None:
                yield Doubt(at, at + len(word.text), word.reading.other)
            at += len(word.text) + 1


Row = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table of a page: per row its cells, each with its column and its lines."""

    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: tuple[tuple[tuple[int, tuple[Segment, ...]], ...], ...]


@dataclass(slots=True)
class Page:
    """What a page holds; running lines leave `rows` for `zones` later."""

    page_no: int
    width: float
    height: float
    rows: list[Row] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    noise: list[Row] = field(default_factory=list)
    is_drawing: bool = False


def segment(page_no: int, words: Sequence[Word]) -> Segment:
    """Make a line of words: «РЕШИЛИ:» and «утвердить» → «РЕШИЛИ: утвердить»."""
    letters = sum(len(word.text) for word in words)
    bold = sum(len(word.text) for word in words if word.is_bold)
    sizes = Counter[float]()
    for word in words:
        sizes[word.size] += len(word.text)
    return Segment(
        page_no,
        tuple(words),
        " ".join(word.text for word in words),
        words[0].x0,
        min(word.top for word in words),
        words[-1].x1,
        max(word.bottom for word in words),
        sizes.most_common(1)[0][0],
        bold > 0.8 * letters,
    )


def rows_of(page_no: int, words: Iterable[Word]) -> list[Row]:
    """Put words on rows, and divide the rows at wide gaps: «г. Вологда     12.04.2023» → two segments."""
    rows = [sorted(row, key=lambda placed: placed[0]) for row in _by_height(words)]
    gutter = _gutter(rows)
    return [tuple(segment(page_no, part) for part in _parts([word for _, word in row], gutter)) for row in rows]


def _by_height(words: Iterable[Word]) -> Iterator[list[tuple[float, Word]]]:
    """Words that overlap vertically by half stand on one row; a superscript and a larger letter too."""
    row: list[tuple[float, Word]] = []
    top = bottom = 0.0
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.x0)):
        shared = min(bottom, word.bottom) - max(top, word.top)
        if row and shared < 0.5 * min(bottom - top, word.bottom - word.top):
            yield row
            row = []
        if not row or word.bottom - word.top > bottom - top:
            top, bottom = word.top, word.bottom
        row.append((word.x0, word))
    if row:
        yield row


def _parts(words: list[Word], gutter: float | None) -> Iterator[list[Word]]:
    """Divide the words of a row where a gap is wide for this row, or where the page has its gutter."""
    gaps = [right.x0 - left.x1 for left, right in pairwise(words)]
    start = 0
    for index, gap in enumerate(gaps, start=1):
        left, right = words[index - 1], words[index]
        is_gutter = gutter is not None and left.x1 <= gutter <= right.x0
        label = " ".join(word.text for word in words[:index])
        if is_gutter or (_is_wide(gap, gaps, left.size) and not _is_list_label(label)):
            yield words[start:index]
            start = index
    yield words[start:]


def _is_wide(gap: float, gaps: list[float], size: float) -> bool:
    """A gap far wider than the narrowest of the row: where all are wide, the row is stretched."""
    if len(gaps) == 1:
        return gap >= _LONE_WIDE_GAP * size
    return gap >= max(_WIDE_GAP * size, _STRETCH * min(gaps))


def _is_list_label(text: str) -> bool:
    return len(text) <= 7 and begins_item(text + " Слово")


def _gutter(rows: list[list[tuple[float, Word]]]) -> float | None:
    """Where a page of two columns has its gutter: a gap that most of its rows share."""
    if len(rows) < _GUTTER_ROWS:
        return None
    counts = Counter[int]()
    for row in rows:
        for (_, left), (_, right) in pairwise(row):
            if right.x0 - left.x1 >= _GUTTER_WIDTH:
                counts.update(range(int(left.x1 // _GUTTER_STEP) + 1, int(right.x0 // _GUTTER_STEP) + 1))
    if not counts:
        return None
    at, count = counts.most_common(1)[0]
    return float(at * _GUTTER_STEP) if count >= _GUTTER_SHARE * len(rows) else None
