"""Pixels of a page: sizes, shapes of ink, turns."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Marks = NDArray[np.int32]
"""The connected black shapes of a page, a row for each: left, top, width, height, area."""

Matrix = NDArray[np.float64]
"""3 × 3: from the pixels of a picture to those of the one that it was made of."""

_FEW_LETTERS: Final = 20

cv2.setNumThreads(1)  # pages are read side by side already


def paper_of(grey: Image) -> int:
    """How bright the paper is: what is added to a page is as bright, or the threshold would part the two."""
    return int(np.percentile(grey[::8, ::8], 75))


def resized(grey: Image, scale: float) -> Image:
    """A page at another scale: averaged when smaller, cubic when larger."""
    if scale == 1.0:
        return grey
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    size = max(round(grey.shape[1] * scale), 1), max(round(grey.shape[0] * scale), 1)
    return cv2.resize(grey, size, interpolation=method).astype(np.uint8)


def rotated(grey: Image, degrees: float) -> tuple[Image, Matrix]:
    """Turned clockwise by a few degrees about its middle, in a frame that loses nothing of it; and the way back."""
    height, width = grey.shape
    matrix = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0), [0.0, 0.0, 1.0]])
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    size = int(height * sin + width * cos), int(height * cos + width * sin)
    matrix[0, 2] += (size[0] - width) / 2
    matrix[1, 2] += (size[1] - height) / 2
    turned = cv2.warpAffine(grey, matrix[:2], size, flags=cv2.INTER_CUBIC, borderValue=paper_of(grey)).astype(np.uint8)
    return turned, np.linalg.inv(matrix)


def quarter_turned(picture: Image, quarters: int) -> tuple[Image, Matrix]:
    """Turned counter-clockwise by quarters of a circle, and the way back."""
    height, width = picture.shape[:2]
    back = {
        0: [[1, 0, 0], [0, 1, 0]],
        1: [[0, -1, width], [1, 0, 0]],
        2: [[-1, 0, width], [0, -1, height]],
        3: [[0, 1, 0], [-1, 0, height]],
    }[quarters % 4]
    return np.ascontiguousarray(np.rot90(picture, quarters)), np.array([*back, [0, 0, 1]], np.float64)


def black_of(grey: Image) -> Image:
    """The ink of a page, 255 where it is: by the threshold that parts dark from bright best."""
    return cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1].astype(np.uint8)


def marks_of(grey: Image) -> Marks:
    """The connected black shapes of a page."""
    return cv2.connectedComponentsWithStats(black_of(grey), connectivity=8)[2][1:].astype(np.int32)


def letters_of(marks: Marks) -> Marks:
    """Those of the shapes that have the size and form of letters; none where they are too few to tell anything."""
    width, height, area = (marks[:, at] for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    letters = marks[(area > 12) & (height > 5) & (height < 150) & (width < 3 * height) & (height < 4 * width)]
    return letters if len(letters) >= _FEW_LETTERS else letters[:0]


def letter_height(letters: Marks) -> float:
    """The height of small letters in pixels, the most frequent one on a page; 0 where there are too few to tell.

    Each shape weighs as much as it is high, so that the crumbs of a seal do not pass for print.
    """
    if not len(letters):
        return 0.0
    heights = letters[:, cv2.CC_STAT_HEIGHT]
    weights = np.convolve(np.bincount(heights, weights=heights), np.ones(3), "same")
    height = int(weights.argmax())
    return float(height) if np.count_nonzero(abs(heights - height) <= 1) >= _FEW_LETTERS // 2 else 0.0
