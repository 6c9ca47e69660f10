"""Lines of PDF pages → paragraphs, by indents, gaps, short last lines, bold and centred lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from statistics import median_low
from typing import Final

from pipeline.readers.common import Draft
from pipeline.readers.joining import begins_in_capitals, begins_item, ends_sentence, glue, is_label, joined
from pipeline.readers.layout.page import Segment

_INDENT: Final = 6.0  # points that the eye sees as an indent
_MAX_INDENT: Final = 80.0
_FLUSH: Final = 2.0
_JUSTIFIED: Final = 0.7
_CENTRED: Final = 4.0
_CENTRED_RAGGED: Final = 12.0  # the right edge of ragged text lies short of the margin
_CENTRED_MARGIN: Final = 12.0
_SIZE_STEP: Final = 0.8
_GAP: Final = 1.12  # to the usual distance of lines
_SHORT: Final = 0.12
_FAR_SHORT: Final = 0.25  # of the width: no word is so long
_FEW_LINES: Final = 8
_MANY: Final = 4
_STRETCHED: Final = 0.9  # word gap to the font size: a soft line break tears a justified line apart
_NEAR: Final = 12  # lines around one whose distances tell the usual one
_INITIALS: Final = re.compile(r"[А-ЯЁ]\.")
_NUMBER_WORD: Final = re.compile(r"(?:№|\b(?:пп?|пункт\w*|ст|стать\w*|от|до|в|с|по|к|на|и|за))\.?$", re.IGNORECASE)
_DASH_ITEM: Final = re.compile(r"[-–—−]\s")


@dataclass(frozen=True, slots=True)
class Unit:
    """A line with the frame that it fills: the left and right edge of its block."""

    line: Segment
    left: float
    right: float
    block: int

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def offset(self) -> float:
        return self.line.x0 - self.left

    @property
    def slack(self) -> float:
        return self.right - self.line.x1

    @property
    def width(self) -> float:
        return max(self.right - self.left, 1.0)


class Style:
    """How a document sets its paragraphs, measured over all its lines."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.indent = _first_line_indent(units)
        near_full = [unit.slack for unit in units if unit.slack < 0.12 * unit.width]
        flush = sum(slack <= _FLUSH for slack in near_full)
        self.is_justified = len(near_full) >= 4 and flush >= 0.6 * len(near_full)
        self.has_flush_starts = _has_flush_starts(units)
        self.off_centre = _CENTRED if self.is_justified else _CENTRED_RAGGED
        lines = Counter(unit.block for unit in units if unit.block)
        self.narrow = {block for block, count in lines.items() if count < _FEW_LINES}  # their edge tells nothing
        self._evidence = [index for index, pair in enumerate(pairwise(units), 1) if _surely_one(*pair)]
        self._units = units
        self._default = self._usual()
        self.has_gaps = self._has_gaps()

    def leading(self, index: int) -> float:
        """The usual distance of lines around a line: from sentences that run on, the nearest first."""
        at = bisect_left(self._evidence, index)
        near = [i for i in self._evidence[max(0, at - 3) : at + 3] if abs(i - index) <= _NEAR]
        size = self._units[index].line.size
        steps = [self.step(i) for i in near if abs(self._units[i].line.size - size) < _SIZE_STEP]
        return median_low(steps) if steps else self._default * size

    def step(self, index: int) -> float:
        """How far a line stands under the one above."""
        return self._units[index].line.bottom - self._units[index - 1].line.bottom

    def is_apart(self, index: int) -> bool:
        """Whether a line stands lower than the next line of a paragraph would."""
        return self.step(index) > _GAP * self.leading(index) + 0.5

    def _has_gaps(self) -> bool:
        """Whether paragraphs stand apart: measured where one ends far short of the edge."""
        ends = [
            index
            for index, (above, below) in enumerate(pairwise(self._units), 1)
            if above.line.page_no == below.line.page_no
            and above.slack > _FAR_SHORT * above.width
            and _begins_sentence(below)
        ]
        return len(ends) >= _MANY and sum(map(self.is_apart, ends)) >= 0.9 * len(ends)

    def _usual(self) -> float:
        """The usual distance of lines to the font size: where sentences run on, else the least frequent enough."""
        sure = Counter(round(self.step(i) / self._units[i].line.size, 2) for i in self._evidence)
        if sure:
            return sure.most_common(1)[0][0]
        pairs = enumerate(pairwise(self._units), 1)
        steps = [self.step(i) / b.line.size for i, (a, b) in pairs if a.line.page_no == b.line.page_no]
        counts = Counter(round(step, 2) for step in steps if 0.9 < step < 2.2)
        return min((step for step, n in counts.items() if n >= 0.15 * sum(counts.values())), default=1.3)


def _first_line_indent(units: Sequence[Unit]) -> float | None:
    """The indent that first lines have, or None where paragraphs begin at the edge."""
    found = Counter[int]()
    for above, below in pairwise(units):
        if _INDENT < above.offset < _MAX_INDENT and abs(below.offset) < _FLUSH and above.block == below.block:
            found[round(above.offset)] += 1
    if not found:
        return None
    indent, count = found.most_common(1)[0]
    return float(indent) if count >= 2 else None


def _has_flush_starts(units: Sequence[Unit]) -> bool:
    """Whether paragraphs begin at the edge too: below a short line and with a capital, as at home in lists."""
    return any(
        abs(below.offset) < _FLUSH
        and above.block == below.block
        and _fits(above, below)
        and not below.text[0].islower()
        for above, below in pairwise(units)
    )


def _surely_one(above: Unit, below: Unit) -> bool:
    """Whether two lines are one sentence beyond doubt, so that their distance is that of lines."""
    return (
        above.line.page_no == below.line.page_no
        and above.block == below.block
        and 0 < below.line.bottom - above.line.bottom < 3 * below.line.size
        and below.text[0].islower()
        and not ends_sentence(above.text)
        and not begins_item(below.text)
        and not _fits(above, below)
    )


def paragraphs(units: Sequence[Unit], style: Style, start: int) -> Iterator[Draft]:
    """The paragraphs of lines that follow one another; `start` is the place of the first in the document."""
    current: list[Unit] = []
    for index, unit in enumerate(units, start):
        if current and not _runs_on(current, unit, style, index):
            yield _draft(current, style)
            current = []
        current.append(unit)
    if current:
        yield _draft(current, style)


def _draft(units: Sequence[Unit], style: Style) -> Draft:
    draft = reduce(joined, [unit.line.draft() for unit in units])
    is_even = all(abs(unit.offset - unit.slack) <= style.off_centre for unit in units)
    is_centered = is_even and any(_is_centred(unit, style) for unit in units)
    return replace(draft, is_bold=all(unit.line.is_bold for unit in units), is_centered=is_centered)


def _runs_on(current: Sequence[Unit], unit: Unit, style: Style, index: int) -> bool:
    """Whether a line belongs to the paragraph above it."""
    above = current[-1]
    if above.block != unit.block or abs(above.line.size - unit.line.size) > _SIZE_STEP:
        return False
    if above.line.page_no == unit.line.page_no and style.is_apart(index):
        return False
    if above.line.is_bold != unit.line.is_bold and not (unit.text[0].islower() and not _fits(above, unit)):
        return False
    if _begins(above, unit, style):
        return False
    if _is_centred(above, style) or _is_centred(unit, style):
        return _is_centred_run(above, unit, style)
    if not _is_aligned(current, unit, style):
        return False
    return _is_wrapped(above, unit, style)


def _begins(above: Unit, unit: Unit, style: Style) -> bool:
    """Whether a line begins a paragraph by its words: «2.1. Провести», «– обеспечить», «Срок: …»."""
    if begins_in_capitals(unit.text, above.text):
        return True
    is_full = not _fits(above, unit)
    if is_full and _cannot_begin(above, unit, style):
        return False
    is_open = is_full and not ends_sentence(above.text)
    if begins_item(unit.text):
        if _DASH_ITEM.match(unit.text) and is_open and above.text[-1] != ",":
            return unit.offset > _INDENT and unit.offset > above.offset - 1
        return not (is_open and _NUMBER_WORD.search(above.text))
    if not is_label(unit.text):
        return False
    label = unit.text.split(":")[0]
    return not is_open or (len(label.split()) <= 2 and not _INITIALS.search(label))


def _cannot_begin(above: Unit, unit: Unit, style: Style) -> bool:
    """Whether a paragraph beginning here would lack the mark that they all have: the indent, the gap, a short line."""
    is_on_one_page = above.line.page_no == unit.line.page_no
    if style.indent is not None and not style.has_flush_starts and unit.offset < _FLUSH:
        return True
    if style.has_gaps and is_on_one_page:
        return True
    return style.is_justified and above.slack <= _JUSTIFIED and not _is_stretched(above)


def _is_stretched(unit: Unit) -> bool:
    gaps = [right.x0 - left.x1 for left, right in pairwise(unit.line.words)]
    return not gaps or min(gaps) > _STRETCHED * unit.line.size


def _is_centred(unit: Unit, style: Style) -> bool:
    """Even margins, and not by the chance of a paragraph's indent; a full line is not centred."""
    if abs(unit.offset - unit.slack) > style.off_centre or min(unit.offset, unit.slack) < _CENTRED_MARGIN:
        return False
    return unit.line.is_bold or style.indent is None or abs(unit.offset - style.indent) > _FLUSH


def _is_centred_run(above: Unit, unit: Unit, style: Style) -> bool:
    """A title that needs two lines: its next word had no room on the first, in the middle of the page."""
    if max(abs(line.offset - line.slack) for line in (above, unit)) > style.off_centre:
        return False
    if above.offset < _FLUSH and not unit.text[0].islower():
        return False
    return above.line.x1 - above.line.x0 + _need(above, unit) > above.width


def _need(above: Unit, unit: Unit) -> float:
    """The room that the first word of a line needs at the end of the line above."""
    word = unit.line.words[0]
    return word.x1 - word.x0 + 0.25 * above.line.size


def _fits(above: Unit, unit: Unit) -> bool:
    return _need(above, unit) <= above.slack


def _is_aligned(current: Sequence[Unit], unit: Unit, style: Style) -> bool:
    """Whether a line stands where the lines of this paragraph stand, and not at an indent or a new edge."""
    first, above = current[0], current[-1]
    if len(current) > 1:
        return abs(unit.offset - above.offset) <= _INDENT
    if _is_cut_short(above, unit):
        return abs(unit.offset - above.offset) <= _MAX_INDENT
    if begins_item(first.text) and len(first.line.words) > 1:
        hang = first.line.words[1].x0 - first.left
        if abs(unit.offset - hang) <= _INDENT:
            return True
    shift = unit.offset - above.offset
    if shift > _INDENT:
        return is_label(first.text) and not ends_sentence(above.text)
    if shift < -_INDENT:
        return shift >= -_MAX_INDENT
    is_indented = style.indent is not None and abs(unit.offset - style.indent) <= _FLUSH
    return not is_indented


def _is_cut_short(above: Unit, unit: Unit) -> bool:
    """Whether a sentence stops for want of room and goes on below, wherever that line begins: «до 8» and «декабря»."""
    goes_on = unit.text[0].islower() or unit.text[0].isdigit()
    return goes_on and not ends_sentence(above.text) and not _fits(above, unit)


def _is_wrapped(above: Unit, unit: Unit, style: Style) -> bool:
    """Whether the line above ended for want of room: its slack is less than the next word needs."""
    if glue(above.text, unit.text)[0] == "":
        return True
    is_open = not ends_sentence(above.text)
    if unit.block in style.narrow:
        return is_open and unit.text[0].islower()
    if is_open and (unit.text[0].islower() or unit.text[0].isdigit()):
        share = _SHORT if style.is_justified else _FAR_SHORT
        return above.slack < share * above.width or not _fits(above, unit)  # «12 апреля» is never divided
    if _fits(above, unit):
        return False
    if style.is_justified and above.slack > _JUSTIFIED:
        return False
    has_marks = style.is_justified or style.indent is not None or style.has_gaps
    return is_open or has_marks or not _begins_sentence(unit)


def _begins_sentence(unit: Unit) -> bool:
    return unit.text[0].isupper() or unit.text[0] in '«"„'
