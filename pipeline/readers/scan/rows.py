"""Recognized lines put on the rows of the page, rows torn apart by wide gaps read anew, edges made even.

Tesseract takes «1.2.» before a tab, and the stretched words of a justified line, for columns of their own, and reads
such crumbs badly. With their gaps closed they are a plain line.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np

from pipeline.readers.scan.engine import Engine, Read, ReadLine, sureness
from pipeline.readers.scan.image import Image, paper_of

_ONE_ROW: Final = 0.6  # of the letters' height: how far the feet of one row may differ
_WIDE: Final = 2.4  # of the letters' height: wider than a space
_SPACE: Final = 0.9
_ROOM: Final = 0.9  # above and below the small letters
_DESCENT: Final = 0.6
_LABEL: Final = 7  # characters of «2.1.10.»
_DOUBTFUL: Final = 85.0
_SECONDS: Final = 10.0
_SNAP_LEFT: Final = 0.45  # of the letters' height
_SNAP_RIGHT: Final = 0.7
_MANY: Final = 3
_MOST_ROWS: Final = 400


def rows_of_lines(lines: list[ReadLine], letters: float) -> list[ReadLine]:
    """Lines that stand on one foot beside each other are one row, its words from the left."""
    rows: list[ReadLine] = []
    for line in sorted(lines, key=_foot):
        foot, reach = _foot(line), _ONE_ROW * letters
        near = [row for row in rows[-6:] if abs(_foot(row) - foot) <= reach and _is_beside(row, line)]
        if near:
            near[-1].extend(line)
        else:
            rows.append(list(line))
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _foot(line: ReadLine) -> float:
    return float(np.median([word.foot for word in line]))


def _is_beside(row: ReadLine, line: ReadLine) -> bool:
    return not any(a.x0 < b.x1 and b.x0 < a.x1 for a in row for b in line)


def closed_up(row: ReadLine, grey: Image, letters: float, tesseract: Engine) -> ReadLine:
    """A row read anew with its wide gaps closed, where that gives surer words."""
    parts = list(_parts(row, letters))
    if len(parts) < 2 or not _is_torn(parts):
        return row
    crops, shifts = _glued(parts, grey, letters)
    lines = tesseract.line(crops, _SECONDS)
    found = [_placed(word, shifts, row, letters) for line in lines for word in line]
    return found if sureness(found) > sureness(row) else row


def _parts(row: ReadLine, letters: float) -> Iterator[ReadLine]:
    start = 0
    for index, (left, right) in enumerate(pairwise(row), 1):
        if right.x0 - left.x1 > _WIDE * letters:
            yield row[start:index]
            start = index
    yield row[start:]


def _is_torn(parts: list[ReadLine]) -> bool:
    """A label before its text, or crumbs that Tesseract was not sure of."""
    first = " ".join(word.text for word in parts[0])
    return len(first) <= _LABEL or any(word.confidence < _DOUBTFUL for part in parts for word in part)


_Shift = tuple[int, int, int]  # where a part begins and ends in the closed-up line, and how far it was moved


def _glued(parts: list[ReadLine], grey: Image, letters: float) -> tuple[Image, list[_Shift]]:
    """The parts side by side, and by how much each was moved."""
    foot = _foot([word for part in parts for word in part])
    top = max(int(foot - (1 + _ROOM) * letters), 0)
    bottom = int(foot + _DESCENT * letters)
    margin, space = int(0.4 * letters), int(_SPACE * letters)
    paper = paper_of(grey)
    pieces: list[Image] = []
    shifts = []
    at = 0
    for part in parts:
        left, right = max(int(part[0].x0) - margin, 0), min(int(part[-1].x1) + margin, grey.shape[1])
        crop = grey[top:bottom, left:right]
        pieces += [crop, np.full((crop.shape[0], max(space - 2 * margin, 1)), paper, np.uint8)]
        shifts.append((at, at + crop.shape[1], left - at))
        at += crop.shape[1] + pieces[-1].shape[1]
    edge = np.full((pieces[0].shape[0], margin), paper, np.uint8)
    return np.hstack([edge, *pieces]), [(a + margin, b + margin, shift - margin) for a, b, shift in shifts]


def _placed(word: Read, shifts: list[_Shift], row: ReadLine, letters: float) -> Read:
    """A word of the closed-up line at its place on the page."""
    middle = (word.x0 + word.x1) / 2
    start, end, shift = min(shifts, key=lambda part: max(part[0] - middle, middle - part[1], 0))
    x0, x1 = max(word.x0, start) + shift, min(word.x1, end) + shift
    foot = _foot(row)
    return word._replace(x0=x0, x1=max(x1, x0 + 1), top=foot - 1.5 * letters, bottom=foot, foot=foot)


def snapped(rows: list[ReadLine], letters: float) -> list[ReadLine]:
    """Rows whose edges meet the common ones: the side of «В» and of «—» is a pixel or three from where they stand."""
    lefts = _common([row[0].x0 for row in rows], _SNAP_LEFT * letters)
    rights = _common([row[-1].x1 for row in rows], _SNAP_RIGHT * letters)
    out = []
    for row in rows:
        first, last = lefts.get(row[0].x0, row[0].x0), rights.get(row[-1].x1, row[-1].x1)
        row = [row[0]._replace(x0=min(first, row[0].x1 - 1)), *row[1:]]
        row[-1] = row[-1]._replace(x1=max(last, row[-1].x0 + 1))
        out.append(row)
    return out



def _common(values: list[float], reach: float) -> dict[float, float]:
    """Each value that stands near many others → the middle of them."""
    found: dict[float, float] = {}
    left = sorted(values) if len(values) <= _MOST_ROWS else []  # a page has fewer; the search is quadratic
    while left:
        groups = [[other for other in left if abs(other - value) <= reach] for value in left]
        group = max(groups, key=len)
        if len(group) < _MANY:
            break
        found |= dict.fromkeys(group, float(np.median(group)))
        left = [value for value in left if value not in found]
    return found
