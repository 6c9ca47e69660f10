"""A sheet on a darker ground, as a telephone takes it: found by its four edges, cut out, made rectangular."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.image import Image, Matrix, black_of, paper_of, resized

Corners = NDArray[np.float32]

_SMALL: Final = 600
_NARROW: Final = 60
_LEAST_SHARE: Final = 0.25  # of the picture
_CONTRAST: Final = 1.12  # of the sheet to the ground beside its edge
_SEEN: Final = 0.75  # share of each edge where the contrast must show
_NEAR: Final = 7
_SAMPLES: Final = 60
_TRIM: Final = 0.008


def flat_sheet(grey: Image) -> tuple[Image, Matrix]:
    """The sheet alone, rectangular, and the way back; a page without a darker ground as it is."""
    corners = find_sheet(grey)
    if corners is None:
        return grey, np.eye(3)
    top_left, top_right, bottom_right, bottom_left = corners
    width = int(max(np.linalg.norm(top_right - top_left), np.linalg.norm(bottom_right - bottom_left)))
    height = int(max(np.linalg.norm(bottom_left - top_left), np.linalg.norm(bottom_right - top_right)))
    edge = _TRIM * width  # its own shadow and a strip of the ground
    target = np.array([[-edge, -edge], [width + edge, -edge], [width + edge, height + edge], [-edge, height + edge]])
    matrix = cv2.getPerspectiveTransform(corners, target.astype(np.float32))
    flat = cv2.warpPerspective(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper_of(grey))
    return flat.astype(np.uint8), np.linalg.inv(matrix.astype(np.float64))


def find_sheet(grey: Image) -> Corners | None:
    """Its corners from the top left clockwise, or None: the largest bright quadrilateral with all its edges seen."""
    scale = _SMALL / max(grey.shape)
    if min(grey.shape) * scale < _NARROW:
        return None
    small = cv2.GaussianBlur(resized(grey, scale), (5, 5), 0).astype(np.uint8)
    found = [corners for corners in _quadrilaterals(small) if _stands_out(small, corners)]
    return max(found, key=cv2.contourArea) / np.float32(scale) if found else None


def _quadrilaterals(small: Image) -> Iterator[Corners]:
    """Candidates by brightness and by edges at several levels: light that falls off hides one side from each."""
    edges = [cv2.dilate(cv2.Canny(small, level, 3 * level), np.ones((5, 5), np.uint8)) for level in (8, 15, 30)]
    for mask in (255 - black_of(small), *edges):
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
        for contour in cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
            hull = cv2.convexHull(contour)
            area = cv2.contourArea(hull)
            if area < _LEAST_SHARE * small.size:
                continue
            polygon = cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, True), True)
            if len(polygon) == 4 and cv2.contourArea(polygon) > 0.93 * area:
                yield _in_order(polygon.reshape(4, 2).astype(np.float32))


def _stands_out(small: Image, corners: Corners) -> bool:
    """Whether each edge has bright paper on its inner side and darker ground on its outer one."""
    middle = corners.mean(axis=0)
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        points = start + np.linspace(0.04, 0.96, _SAMPLES)[:, None] * (end - start)
        across = np.array([end[1] - start[1], start[0] - end[0]], np.float64)
        across /= max(float(np.linalg.norm(across)), 1e-6)
        if np.dot(middle - start, across) < 0:
            across = -across
        inner, outer = _samples(small, points + _NEAR * across), _samples(small, points - _NEAR * across)
        if np.mean(inner > _CONTRAST * outer) < _SEEN:
            return False
    return True


def _samples(small: Image, points: NDArray[np.float64]) -> NDArray[np.float64]:
    height, width = small.shape
    x = np.clip(points[:, 0], 0, width - 1).astype(int)
    y = np.clip(points[:, 1], 0, height - 1).astype(int)
    found: NDArray[np.float64] = small[y, x].astype(np.float64)
    return found


def _in_order(points: Corners) -> Corners:
    """Top left, top right, bottom right, bottom left."""
    total, difference = points.sum(axis=1), points[:, 0] - points[:, 1]
    return points[[total.argmin(), difference.argmax(), total.argmax(), difference.argmin()]]
