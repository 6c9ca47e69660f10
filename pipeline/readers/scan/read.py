"""A picture of a page → its words in their places: prepared, tables cell by cell, the rest as Tesseract finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from typing import Final

import numpy as np

from pipeline.model import Box, PageGrade
from pipeline.nlp.morph import known_share
from pipeline.readers.layout.page import Grid, Page, Reading, Word, rows_of
from pipeline.readers.layout.tables import CellRows, fill
from pipeline.readers.scan.engine import Engine, Read, ReadLine, engine
from pipeline.readers.scan.image import Image, Matrix, paper_of
from pipeline.readers.scan.items import Items
from pipeline.readers.scan.latin import in_russian
from pipeline.readers.scan.mend import ListState, mended
from pipeline.readers.scan.numbers import checked
from pipeline.readers.scan.prepare import Prepared
from pipeline.readers.scan.rows import closed_up, rows_of_lines, snapped
from pipeline.readers.scan.rubbish import sorted_out
from pipeline.readers.scan.rulings import Ruled, find_tables
from pipeline.readers.scan.upright import stand_up

_EM: Final = 2.15  # heights of a small letter to the size of a font
_USUAL_SIZE: Final = 12.0
_USUAL_LETTERS: Final = 16.0
_DESCENT: Final = 0.22  # of the font size
_INK: Final = 128
_BLANK_CELL: Final = 12  # dark pixels: fewer are dust


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels; `points` is the length of a pixel in points."""

    pixels: Image
    page_no: int
    points: float


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A recognized page for the layout, its grade, and the way of its boxes back to the picture as it lay."""

    page: Page
    grade: PageGrade
    placed: Callable[[Box], Box]


def read_page(picture: Picture, timeout: float) -> ScannedPage:
    """Recognize a page; raises `PageTimeout`, and `ReaderError` where Tesseract is missing."""
    tesseract = engine()
    prepared, quarters = stand_up(picture.pixels, tesseract)
    tables, plain = find_tables(prepared.grey, prepared.letters)
    letters = prepared.letters or _USUAL_LETTERS
    rows = rows_of_lines(tesseract.page(_outside(plain, tables), timeout), letters)
    items, state = Items(plain, letters, tesseract), ListState()
    rows = [items.labelled(closed_up(row, plain, letters, tesseract)) for row in rows]
    cells = list(_cell_lines(tesseract, plain, tables, timeout))
    cells, rows = (in_russian(part, plain, letters, tesseract) for part in (cells, rows))
    cells, crumbs = _sorted_out(cells, state, letters)
    rows, noise = _sorted_out(rows, state, letters)
    cells, rows = (checked(part, plain, letters, tesseract) for part in (cells, rows))
    words = list(_words([*cells, *snapped(rows, letters)], prepared, picture.points / prepared.scale))
    page = _page(picture, prepared, tables, words)
    page.noise = rows_of(picture.page_no, _words([*crumbs, *noise], prepared, picture.points / prepared.scale))
    return ScannedPage(page, _grade(picture, words, quarters, prepared.turn), _way_back(prepared, picture.points))


def _cell_lines(tesseract: Engine, plain: Image, tables: list[Ruled], timeout: float) -> Iterator[ReadLine]:
    for x0, y0, x1, y1 in (cell for table in tables for cell in table.inner()):
        crop = plain[y0:y1, x0:x1]
        if np.count_nonzero(crop < _INK) > _BLANK_CELL:
            for line in tesseract.block(np.ascontiguousarray(crop), timeout):
                yield [_moved(word, x0, y0) for word in line]


def _sorted_out(rows: list[ReadLine], state: ListState, letters: float) -> tuple[list[ReadLine], list[ReadLine]]:
    """The rows of print, mended, and the rubbish."""
    pairs = [
        sorted_out(mended(row, state, below), letters) for row, below in zip_longest(rows, rows[1:]) if row is not None
    ]
    return [row for row, _ in pairs if row], [rubbish for _, rubbish in pairs if rubbish]


def _moved(word: Read, x: int, y: int) -> Read:
    return word._replace(x0=word.x0 + x, x1=word.x1 + x, top=word.top + y, bottom=word.bottom + y, foot=word.foot + y)


def _outside(plain: Image, tables: list[Ruled]) -> Image:
    """The page without its tables."""
    if not tables:
        return plain
    rest, paper = plain.copy(), paper_of(plain)
    for table in tables:
        x0, y0, x1, y1 = table.outer
        rest[y0:y1, x0:x1] = paper
    return rest


def _words(lines: list[ReadLine], prepared: Prepared, points: float) -> Iterator[Word]:
    """Words in points, all of a line standing on one foot, in the size of the page's print."""
    size = round(prepared.letters * points * _EM, 1) or _USUAL_SIZE
    for line in lines:
        for word in line:
            bottom = word.foot * points + _DESCENT * size
            reading = Reading(word.confidence / 100, word.raw, word.other)
            yield Word(word.text, word.x0 * points, bottom - size, word.x1 * points, bottom, size, False, reading)


def _page(picture: Picture, prepared: Prepared, tables: list[Ruled], words: list[Word]) -> Page:
    points = picture.points / prepared.scale
    height, width = (side * points for side in prepared.grey.shape)
    grids: list[Grid] = []
    for table in tables:
        grid, words = fill(picture.page_no, _in_points(table, points), words)
        grids += [grid] if grid else []
    return Page(picture.page_no, width, height, rows_of(picture.page_no, words), grids)


def _in_points(table: Ruled, points: float) -> CellRows:
    return [
        [(cell[0] * points, cell[1] * points, cell[2] * points, cell[3] * points) if cell else None for cell in row]
        for row in table.rows
    ]


def _grade(picture: Picture, words: list[Word], quarters: int, turn: float) -> PageGrade:
    letters = sum(len(word.text) for word in words)
    sure = sum(word.reading.confidence * len(word.text) for word in words if word.reading)
    return PageGrade(
        picture.page_no,
        "ocr",
        round(picture.pixels.shape[1] * picture.points, 2),
        round(picture.pixels.shape[0] * picture.points, 2),
        round(sure / letters, 4) if letters else None,
        known_share(" ".join(word.text for word in words)),
        round((90 * quarters + turn) % 360, 2),
    )


def _way_back(prepared: Prepared, points: float) -> Callable[[Box], Box]:
    """From a box on the level page to the box round it on the picture, both in points."""
    return partial(_placed, matrix=prepared.origin, scale=prepared.scale, points=points)


def _placed(box: Box, matrix: Matrix, scale: float, points: float) -> Box:
    corners = np.array([[x, y, 1.0] for x in (box.x0, box.x1) for y in (box.top, box.bottom)])
    corners[:, :2] *= scale / points
    there = corners @ matrix.T
    x, y = there[:, 0] / there[:, 2] * points, there[:, 1] / there[:, 2] * points
    return replace(
        box,
        x0=round(float(x.min()), 2),
        top=round(float(y.min()), 2),
        x1=round(float(x.max()), 2),
        bottom=round(float(y.max()), 2),
    )
