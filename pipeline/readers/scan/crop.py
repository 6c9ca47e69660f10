"""A word of a page cut out, with some paper round it."""

from __future__ import annotations

from typing import Final

import cv2

from pipeline.readers.scan.engine import Read
from pipeline.readers.scan.image import Image, paper_of, resized

ABOVE: Final = 2.0  # of the letters' height, from the foot
_BELOW: Final = 0.7
_BESIDE: Final = 0.45
_EDGE: Final = 0.8


def cropped(word: Read, grey: Image, letters: float) -> Image:
    """The word as it stands."""
    top, left = max(int(word.foot - ABOVE * letters), 0), max(int(word.x0 - _BESIDE * letters), 0)
    return grey[top : int(word.foot + _BELOW * letters), left : int(word.x1 + _BESIDE * letters)]


def framed(crop: Image, grey: Image, letters: float, scale: float = 1.0) -> Image:
    """A crop in a frame of paper, at another scale: Tesseract misreads what touches the edge."""
    edge = int(_EDGE * letters)
    whole = cv2.copyMakeBorder(crop, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=paper_of(grey))
    return resized(whole.astype("uint8"), scale)
