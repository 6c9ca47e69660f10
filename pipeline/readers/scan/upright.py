"""Which way up a page lies: by the rows that its letters make, and by how well a few of its lines can be read."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from pipeline.readers.scan.engine import Engine, ReadLine, sureness
from pipeline.readers.scan.image import Image, quarter_turned
from pipeline.readers.scan.prepare import Prepared, prepare

_SURE: Final = 70.0
_CLEAR: Final = 15.0  # so much surer one way up must be than the other
_STRIP: Final = 7.0  # heights of a small letter: three lines of print
_STRIP_SECONDS: Final = 10.0
_CUT: Final = 2


def stand_up(picture: Image, engine: Engine) -> tuple[Prepared, int]:
    """The page prepared with its lines upright, and by how many quarters it was turned counter-clockwise for it."""
    quarters = 0
    prepared = prepare(picture)
    if prepared.is_across:
        quarters = 1
        prepared = _turned(picture, quarters)
    first = _strip_confidence(prepared, engine)
    if first >= _SURE or not prepared.letters:
        return prepared, quarters
    upside_down = quarter_turned(prepared.grey, 2)[0]
    second = _strip_confidence(prepared, engine, upside_down)
    if max(first, second) < _SURE or abs(second - first) < _CLEAR:
        turn = engine.orientation(prepared.grey)
        quarters += turn // 90 if turn else 0
    elif second > first:
        quarters += 2
    return (_turned(picture, quarters), quarters % 4) if quarters % 4 else (prepared, 0)


def _turned(picture: Image, quarters: int) -> Prepared:
    turned, back = quarter_turned(picture, quarters)
    found = prepare(turned)
    return replace(found, origin=back @ found.origin)


def _strip_confidence(prepared: Prepared, engine: Engine, grey: Image | None = None) -> float:
    """How sure Tesseract is of the words of the page's densest few lines, from 0 to 100."""
    grey = prepared.grey if grey is None else grey
    height = min(int(_STRIP * (prepared.letters or 20)), grey.shape[0])
    ink = np.concatenate([[0], np.cumsum((grey < 128).sum(axis=1))])
    top = int(np.argmax(ink[height:] - ink[:-height]))
    lines = engine.block(grey[top : top + height], _STRIP_SECONDS)
    return sureness([word for line in lines if _is_whole(line, height) for word in line])


def _is_whole(line: ReadLine, height: int) -> bool:
    """Whether a line stands inside the strip, and was not cut by its edge."""
    return min(word.top for word in line) > _CUT and max(word.bottom for word in line) < height - _CUT

