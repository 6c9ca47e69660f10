"""A picture of a page made fit for recognition: each repair only when its own measure asks for it.

The order matters: coloured ink, sheet, light, specks, skew, size. What is done to a good page harms it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from pipeline.readers.scan.image import (
    Image,
    Marks,
    Matrix,
    letter_height,
    letters_of,
    marks_of,
    resized,
    rotated,
)
from pipeline.readers.scan.level import level_turn, lies_across, without_fan
from pipeline.readers.scan.sheet import flat_sheet

_CHROMA: Final = 40
_FADE: Final = 2.0  # ink of JPEG has half its colour left
_REACH: Final = 9  # pixels beside ink that may have its colour
_PRINT: Final = 0.8  # of the brightness of the paper: print is darker than that
_INK_SHARE: Final = 0.0002  # of the page: one signature in blue
_LIGHT_RATIO: Final = 0.8  # of the darkest paper to the brightest
_SPECK_SHARE: Final = 0.0004  # of the page, in pixels of specks
_SPECK_AREA: Final = 4
_MOST_MARKS: Final = 60_000  # a page of small print has 6,000, one full of dust five times as many
_LEAST_SKEW: Final = 0.12
_SMALL_LETTERS: Final = 9.5  # pixels from the foot to the top of «н»: 12 points at 130 dpi
_LARGE_LETTERS: Final = 30.0
_GOOD_LETTERS: Final = 20.0
_MOST_ENLARGED: Final = 2.5
_SMOOTH_SCALE: Final = 1.5
_BRIGHTEST: Final = 255.0
_DARK: Final = 64
_BRIGHT: Final = 192
_EDGES: Final = 0.15  # grey pixels to black ones: soft edges have 0.6 and more


class TooManyMarks(Exception):
    """A page of dots and scratches, over which Tesseract would sit for hours and not heed its time limit."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A grey page with level lines: its letters' height in pixels, the turn in degrees that it took.

    `origin` leads from its pixels to those of the picture (a 3 × 3 matrix); `scale` is its size to theirs. It
    `is_across` where its lines run up the page: the sheet was laid across.
    """

    grey: Image
    letters: float
    turn: float
    scale: float
    origin: Matrix
    is_across: bool


def prepare(page: Image) -> Prepared:
    """Grey or RGB pixels → the page as Tesseract reads it best."""
    grey, origin = flat_sheet(_without_ink(page))
    is_one_bit = _is_one_bit(grey)
    if not is_one_bit:
        grey = _even_light(grey)
    marks = marks_of(grey)
    if len(marks) > _MOST_MARKS:
        raise TooManyMarks
    if not is_one_bit and _speck_share(marks, grey.size) > _SPECK_SHARE:
        grey = cv2.medianBlur(grey, 3).astype(np.uint8)  # it costs fewer letters than the specks do
        marks = marks_of(grey)
    letters = letters_of(marks)
    turn = level_turn(letters)
    if abs(turn) >= _LEAST_SKEW:
        grey, back = rotated(grey, turn)
        origin = origin @ back
        letters = letters_of(marks_of(grey))
        grey = without_fan(grey, letters)  # it moves lines by a few pixels: too little for the way back
    height = letter_height(letters)
    grey, scale = _of_readable_size(grey, height, is_one_bit)
    origin = origin @ np.diag([1 / scale, 1 / scale, 1.0])
    return Prepared(grey, height * scale, turn, scale, origin, lies_across(letters))


def _of_readable_size(grey: Image, height: float, is_one_bit: bool) -> tuple[Image, float]:
    """A page whose letters are neither too small nor needlessly large, and its scale to what it was."""
    if is_one_bit and height < _LARGE_LETTERS:
        return _smooth(grey), _SMOOTH_SCALE
    if not height or _SMALL_LETTERS <= height <= _LARGE_LETTERS:
        return grey, 1.0
    scale = min(_GOOD_LETTERS / height, _MOST_ENLARGED)
    return resized(grey, scale), scale


def _without_ink(page: Image) -> Image:
    """Grey, where blue, red and violet ink of seals and pens has faded into the paper and black print stays."""
    if page.ndim == 2:
        return page
    red, green, blue = cv2.split(page)
    brightest, darkest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    chroma = cv2.subtract(brightest, darkest)
    if np.count_nonzero(chroma > _CHROMA) < _INK_SHARE * chroma.size:
        return cv2.cvtColor(page, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    return _faded(brightest.astype(np.uint8), chroma.astype(np.uint8))


def _faded(brightest: Image, chroma: Image) -> Image:
    """Ink made paper. Black print beside it takes its colour in a JPEG: the darker a pixel, the less it fades.

    What is left of the edges of ink is grey; where there was ink, only what is as dark as print stays.
    """
    paper = _paper(brightest).astype(np.float32)
    fading = cv2.multiply(_FADE * chroma.astype(np.float32), np.square(brightest.astype(np.float32) / _BRIGHTEST))
    out = np.minimum(brightest + fading, paper)
    inked = cv2.dilate((chroma > _CHROMA).astype(np.uint8), np.ones((_REACH, _REACH), np.uint8)) > 0
    out[inked] = np.minimum(out[inked] / _PRINT, paper[inked])
    faded: Image = out.astype(np.uint8)
    return faded


def _even_light(grey: Image) -> Image:
    """Divided by the brightness of its paper where that falls off over the page."""
    paper = _paper(grey)
    dark, bright = np.percentile(paper[::8, ::8], (2, 98))
    if dark >= _LIGHT_RATIO * bright:
        return grey
    return cv2.divide(grey, np.maximum(paper, 1), scale=235).astype(np.uint8)


def _paper(grey: Image) -> Image:
    """The brightness of the paper everywhere: print closed away and the rest blurred, at a small scale."""
    small = resized(grey, min(1.0, 400 / max(grey.shape)))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    blurred = cv2.medianBlur(closed.astype(np.uint8), 21)
    return cv2.resize(blurred, grey.shape[::-1], interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def _speck_share(marks: Marks, size: int) -> float:
    """The share of a page's pixels in black specks of a few pixels."""
    areas = marks[:, cv2.CC_STAT_AREA]
    return float(areas[areas <= _SPECK_AREA].sum() / size)


def _is_one_bit(grey: Image) -> bool:
    """Whether the edges of its letters have no grey: a scanner set to black and white, or a fax."""
    dark, bright = np.count_nonzero(grey < _DARK), np.count_nonzero(grey >= _BRIGHT)
    return bool(grey.size - dark - bright < _EDGES * dark)


def _smooth(grey: Image) -> Image:
    """The stairs and specks of a black-and-white page made into soft edges, half as large again."""
    return cv2.GaussianBlur(cv2.medianBlur(resized(grey, _SMOOTH_SCALE), 3), (0, 0), 1.2).astype(np.uint8)
