"""Lines of print made level: the whole page turned, and what is left of perspective taken out band by band."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.image import Image, Marks, paper_of

_MAX_SKEW: Final = 12.0
_BANDS: Final = 6
_BAND_LETTERS: Final = 40
_BAND_SKEW: Final = 3.0
_LEAST_FAN: Final = 0.25  # degrees between the slopes of the highest and lowest lines

_Values = NDArray[np.float64]


def level_turn(letters: Marks) -> float:
    """The turn in degrees that makes the lines of a page level: there the feet of letters meet in the fewest rows."""
    return _best_turn(*_feet(letters), _MAX_SKEW) if len(letters) else 0.0


def lies_across(letters: Marks) -> bool:
    """Whether the letters of a level page stand in columns rather than in rows: the sheet was laid across."""
    if not len(letters):
        return False
    left, top, width, height = (letters[:, at].astype(np.float64) for at in range(4))
    rows = max(_evenness(left, edge, 0.0) for edge in (top, top + height))
    columns = max(_evenness(top, edge, 0.0) for edge in (left, left + width))
    return columns > rows


def _feet(letters: Marks) -> tuple[_Values, _Values]:
    x = letters[:, cv2.CC_STAT_LEFT] + letters[:, cv2.CC_STAT_WIDTH] / 2
    return x, (letters[:, cv2.CC_STAT_TOP] + letters[:, cv2.CC_STAT_HEIGHT]).astype(np.float64)


def _best_turn(x: _Values, feet: _Values, span: float) -> float:
    best = 0.0
    for width, step in ((span, 0.25), (0.25, 0.05), (0.05, 0.01)):
        angles = np.arange(best - width, best + width + step / 2, step)
        best = float(max(angles, key=lambda angle: _evenness(x, feet, float(angle))))
    return best


def _evenness(x: _Values, feet: _Values, angle: float) -> float:
    """How many pairs of letters stand on one row once the page is turned."""
    radians = np.deg2rad(angle)
    rows = np.rint(feet * np.cos(radians) + x * np.sin(radians)).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float(np.square(counts[1:] + counts[:-1]).sum())


def without_fan(grey: Image, letters: Marks) -> Image:
    """Lines that fan out, as on a page seen from the side, made parallel; a page whose lines are so stays as it is."""
    slopes = _slopes(letters, grey.shape[0])
    if len(slopes) < 3:
        return grey
    fan, middle = np.polyfit([at for at, _ in slopes], [turn for _, turn in slopes], 1)
    if abs(fan) * grey.shape[0] < _LEAST_FAN:
        return grey
    height, width = grey.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    slope = np.tan(np.deg2rad(fan * y + middle)).astype(np.float32)
    return cv2.remap(grey, x, y - slope * (x - width / 2), cv2.INTER_CUBIC, borderValue=paper_of(grey)).astype(np.uint8)


def _slopes(letters: Marks, height: int) -> list[tuple[float, float]]:
    """The turn that each band of the page would need, by the middle of the band."""
    found = []
    x, feet = _feet(letters)
    for top in range(0, height, max(height // _BANDS, 1)):
        inside = (feet >= top) & (feet < top + height / _BANDS)
        if np.count_nonzero(inside) >= _BAND_LETTERS:
            found.append((float(feet[inside].mean()), _best_turn(x[inside], feet[inside], _BAND_SKEW)))
    return found
