"""Ruled tables of a picture: where their lines run, which cells they make, and the page without them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.engine import Rectangle
from pipeline.readers.scan.image import Image, black_of, paper_of

_STROKE: Final = 1.7  # of the letters' height: no stroke of a letter is so long
_GAP: Final = 1.2
_LINE: Final = 2.6
_LEAST_WIDTH: Final = 6.0  # of the letters' height
_SAME: Final = 0.8  # of the letters' height: two lines that stand so near are one
_COVERED: Final = 0.5  # of a side of a cell that a line must cover
_INSET: Final = 3
_LEAST_CELLS: Final = 2
_EDGE: Final = 4  # half of the thickest line
_LETTERS_ACROSS: Final = 110  # heights of a small letter over the width of a page, where there is none to measure


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table of a page: per row its cells in pixels; None where a merged cell goes on."""

    bounds: Rectangle
    rows: tuple[tuple[Rectangle | None, ...], ...]

    @property
    def outer(self) -> Rectangle:
        """The table with its lines."""
        x0, y0, x1, y1 = self.bounds
        return max(x0 - _EDGE, 0), max(y0 - _EDGE, 0), x1 + _EDGE, y1 + _EDGE

    def inner(self) -> list[Rectangle]:
        """The cells without their lines, row by row."""
        cells = [cell for row in self.rows for cell in row if cell]
        return [(x0 + _INSET, y0 + _INSET, x1 - _INSET, y1 - _INSET) for x0, y0, x1, y1 in cells]


def find_tables(grey: Image, letters: float) -> tuple[list[Ruled], Image]:
    """The ruled tables of a level page, and the page with their lines wiped out."""
    letters = letters or grey.shape[1] / _LETTERS_ACROSS
    black = black_of(grey)
    across, down = _lines(black, letters)
    found = [_table(area, across, down, letters) for area in _areas(across, down, letters)]
    tables = [table for table in found if table]
    return tables, _wiped(grey, across, down, tables) if tables else grey


def _lines(black: Image, letters: float) -> tuple[Image, Image]:
    """Masks of the horizontal and vertical lines: long strokes, once those of letters are gone and gaps closed."""
    return _strokes(black, letters), np.ascontiguousarray(_strokes(np.ascontiguousarray(black.T), letters).T)


def _strokes(black: Image, letters: float) -> Image:
    """The horizontal ones; a serif is short, so that letters in a row do not make a line."""
    rough = cv2.morphologyEx(black, cv2.MORPH_OPEN, np.ones((1, max(int(_STROKE * letters), 8)), np.uint8))
    closed = cv2.morphologyEx(rough, cv2.MORPH_CLOSE, np.ones((3, int(_GAP * letters)), np.uint8))
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, int(_LINE * letters)), np.uint8)).astype(np.uint8)


def _areas(across: Image, down: Image, letters: float) -> list[Rectangle]:
    """Where lines of both directions hang together."""
    joined = cv2.dilate(cv2.bitwise_or(across, down), np.ones((5, 5), np.uint8))
    stats = cv2.connectedComponentsWithStats(joined, connectivity=8)[2][1:]
    return [
        (int(x), int(y), int(x + width), int(y + height))
        for x, y, width, height, _ in stats
        if width > _LEAST_WIDTH * letters and height > 1.5 * letters
    ]


def _table(area: Rectangle, across: Image, down: Image, letters: float) -> Ruled | None:
    """The cells of an area, or None where its lines make fewer than two."""
    x0, y0, x1, y1 = area
    inside_across, inside_down = across[y0:y1, x0:x1], down[y0:y1, x0:x1]
    ys = _positions(inside_across.sum(axis=1, dtype=np.int64) / 255, _LEAST_WIDTH * letters * 0.5, _SAME * letters)
    xs = _positions(inside_down.sum(axis=0, dtype=np.int64) / 255, _LINE * letters * 0.5, _SAME * letters)
    walls, floors = _walls(inside_down, ys, xs), _walls(inside_across.T, xs, ys)
    xs = [x for at, x in enumerate(xs) if walls[:, at].any()]
    ys = [y for at, y in enumerate(ys) if floors[:, at].any()]
    if len(ys) < 2 or len(xs) < 3:
        return None
    walls, floors = _walls(inside_down, ys, xs), _walls(inside_across.T, xs, ys).T
    rows = _cells(ys, xs, walls, floors, (x0, y0))
    if sum(cell is not None for row in rows for cell in row) < _LEAST_CELLS:
        return None
    return Ruled((x0 + xs[0], y0 + ys[0], x0 + xs[-1], y0 + ys[-1]), rows)


def _positions(profile: NDArray[np.float64], least: float, same: float) -> list[int]:
    """Where lines stand along a profile of ink: the middles of its peaks."""
    found: list[list[int]] = []
    for at in np.flatnonzero(profile >= least):
        if found and at - found[-1][-1] <= same:
            found[-1].append(int(at))
        else:
            found.append([int(at)])
    return [int(np.average(group, weights=profile[group])) for group in found]


def _walls(lines: Image, ys: list[int], xs: list[int]) -> NDArray[np.bool_]:
    """For each row and each vertical position, whether a line stands there."""
    walls = np.zeros((max(len(ys) - 1, 0), len(xs)), bool)
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, x in enumerate(xs):
            strip = lines[top + 2 : max(bottom - 2, top + 3), max(x - 5, 0) : x + 6]
            walls[row, column] = bool(np.mean(strip.any(axis=1)) >= _COVERED)
    return walls


def _cells(
    ys: list[int], xs: list[int], walls: NDArray[np.bool_], floors: NDArray[np.bool_], origin: tuple[int, int]
) -> tuple[tuple[Rectangle | None, ...], ...]:
    """Cells from the top left on, each as far right and down as no line stops it."""
    height, width = len(ys) - 1, len(xs) - 1
    taken = np.zeros((height, width), bool)
    rows: list[tuple[Rectangle | None, ...]] = []
    for row in range(height):
        cells: list[Rectangle | None] = []
        for column in range(width):
            if taken[row, column]:
                cells.append(None)
                continue
            right = column + 1
            while right < width and not walls[row, right] and not taken[row, right]:
                right += 1
            bottom = row + 1
            while bottom < height and not floors[bottom, column:right].any():
                bottom += 1
            taken[row:bottom, column:right] = True
            cells.append((xs[column] + origin[0], ys[row] + origin[1], xs[right] + origin[0], ys[bottom] + origin[1]))
        rows.append(tuple(cells))
    return tuple(rows)


def _wiped(grey: Image, across: Image, down: Image, tables: list[Ruled]) -> Image:
    """The page without the lines of its tables."""
    lines = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    out, paper = grey.copy(), paper_of(grey)
    for table in tables:
        x0, y0, x1, y1 = table.outer
        out[y0:y1, x0:x1][lines[y0:y1, x0:x1] > 0] = paper
    return out
