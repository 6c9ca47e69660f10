"""Typed lines: is a text hard-wrapped, and which of its lines run on in the next one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pipeline.readers.joining import (
    are_halves,
    begins_in_capitals,
    begins_item,
    ends_sentence,
    glue,
    is_capitals,
    is_label,
)

_MIN_WIDTH: Final = 30
_MAX_WIDTH: Final = 160
_MIN_STRONG: Final = 2
_STRONG_SHARE: Final = 0.15  # of all pairs of lines, or …
_LONG_SHARE: Final = 0.4  # … of the long lines: a protocol of short items wraps few
_FAR: Final = 8
_GAP: Final = re.compile(r" {5,}|\t")
"""Two things on one line, set apart: «Председатель          И.И. Иванов»."""
_DASH_LABEL: Final = re.compile(r"[А-ЯЁ][а-яё]+(?: [а-яё]+)?\s+[-–—]\s")
"""A label with a dash for a colon: «Секретарь - Лапшина О.И.»."""


class TypedLine(NamedTuple):
    """A line of a text file that is not blank: its text without the blanks around it, and how it stands."""

    text: str
    raw: str
    indent: int
    is_after_blank: bool
    is_after_page: bool

    @property
    def width(self) -> int:
        return self.indent + len(self.text)


class Wrapping(NamedTuple):
    """How a hard-wrapped text is set: the width of a full line and the indent of a line that runs on."""

    width: int
    indent: int

    def continues(self, first: TypedLine, above: TypedLine, line: TypedLine) -> bool:
        """Whether a line runs on from the one above it, in the paragraph that begins with `first`."""
        if line.is_after_blank or begins_item(line.text) or is_label(line.text):
            return False
        if _GAP.search(above.text) or _GAP.search(line.text):
            return False
        if is_capitals(line.text) != is_capitals(above.text) and not line.text[0].islower():
            return False
        if (first is above and begins_in_capitals(line.text, above.text)) or _DASH_LABEL.match(line.text):
            return False
        if self._is_indented(first, above, line):
            return False
        if ends_sentence(above.text):
            return self._is_full(above, line, 0.98)
        if are_halves(above.text, line.text) or glue(above.text, line.text)[0] == "":
            return self._length(above) >= 0.6 * self.width
        return self._is_full(above, line, 0.92)

    def _is_indented(self, first: TypedLine, above: TypedLine, line: TypedLine) -> bool:
        """A first-line indent or a centred line; in a list item the lines hang and stand deeper."""
        if begins_item(first.text) and not ends_sentence(above.text):
            return line.indent > first.indent + _FAR
        return line.indent > self.indent + 1 and line.indent != (above.indent if above is not first else -1)

    def _is_full(self, above: TypedLine, line: TypedLine, share: float) -> bool:
        """Whether the next word would not have fitted on the line above."""
        return self._length(above) + 1 + len(line.text.split(maxsplit=1)[0]) > share * self.width

    def _length(self, line: TypedLine) -> int:
        """The width of a line; what stands far to the right is centred, and its indent fills nothing."""
        return len(line.text) if line.indent > self.indent + _FAR else line.width


def _hangs(above: TypedLine, line: TypedLine, width: int) -> bool:
    """A full line with a first-line indent, and the next at the margin."""
    return above.width >= 0.85 * width and line.indent + 2 <= above.indent <= _FAR and not begins_item(line.text)


def find_wrapping(lines: Sequence[TypedLine]) -> Wrapping | None:
    """How a text is hard-wrapped, or None where every paragraph is one line."""
    if not lines:
        return None
    widths = sorted(line.width for line in lines)
    width = widths[int(0.97 * (len(widths) - 1))]
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return None
    pairs = [(above, line) for above, line in pairwise(lines) if not line.is_after_blank]
    strong = [
        line
        for above, line in pairs
        if not is_label(line.text)
        and ((above.width >= 0.6 * width and are_halves(above.text, line.text)) or _hangs(above, line, width))
    ]
    long = sum(above.width >= 0.8 * width for above, _ in pairs)
    if len(strong) < _MIN_STRONG or (len(strong) < _STRONG_SHARE * len(pairs) and len(strong) < _LONG_SHARE * long):
        return None
    return Wrapping(width, Counter(line.indent for line in strong).most_common(1)[0][0])
