"""Numbers and months read a second time at another size: Tesseract takes «01.11.23» for «01.11.25» and is sure of it.

A second reading that differs leaves the first in the text and stands beside it, so that whoever makes a date of the
word knows that it is in doubt. A third one decides only where the first was sure already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.readers.scan.engine import Engine, Read, ReadLine
from pipeline.readers.scan.image import Image, paper_of, resized

_ASKED: Final = re.compile(
    r"\d|(?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*\W*$", re.IGNORECASE
)
_AT_A_TIME: Final = 8
_SIZES: Final = (30.0, 22.0)
"""Heights of a small letter in pixels for the second and third reading."""
_ABOVE, _BELOW, _BESIDE, _BETWEEN = 2.0, 0.7, 0.35, 1.6  # of the letters' height
_SURE: Final = 88.0
_UNSURE: Final = 45.0  # in doubt even where the readings agree
_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class _Crop:
    """A word of the page, and where it stands in the strip."""

    word: Read
    start: int
    end: int


def checked(rows: list[ReadLine], grey: Image, letters: float, tesseract: Engine) -> list[ReadLine]:
    """The rows with a second reading at each number and month where it differs."""
    asked = [word for row in rows for word in row if _ASKED.search(word.text)]
    doubts = dict(_differing(asked, grey, letters, tesseract, _SIZES[0]))
    if doubts:
        again = dict(_differing([word for word in asked if word in doubts], grey, letters, tesseract, _SIZES[1]))
        doubts = {word: other for word, other in doubts.items() if word in again or word.confidence < _SURE}
    doubts |= {word: doubts.get(word, word.text) for word in asked if word.confidence < _UNSURE}
    return [[word._replace(other=doubts[word]) if word in doubts else word for word in row] for row in rows]


def _differing(
    words: list[Read], grey: Image, letters: float, tesseract: Engine, size: float
) -> Iterator[tuple[Read, str]]:
    for group in (words[at : at + _AT_A_TIME] for at in range(0, len(words), _AT_A_TIME)):
        strip, crops = _strip(group, grey, letters, size)
        found = [word for line in tesseract.line(strip, _SECONDS) for word in line]
        for crop in crops:
            inside = [word for word in found if crop.start <= (word.x0 + word.x1) / 2 < crop.end]
            other = "".join(word.text for word in sorted(inside, key=lambda word: word.x0))
            if _core(other) != _core(crop.word.text):
                yield crop.word, other


def _strip(words: list[Read], grey: Image, letters: float, size: float) -> tuple[Image, list[_Crop]]:
    """The words cut out, enlarged and put side by side."""
    scale, paper = size / letters, paper_of(grey)
    height = int((_ABOVE + _BELOW) * letters)
    pieces: list[Image] = []
    crops: list[_Crop] = []
    at = 0
    for word in words:
        top, left = max(int(word.foot - _ABOVE * letters), 0), max(int(word.x0 - _BESIDE * letters), 0)
        cut = grey[top : top + height, left : int(word.x1 + _BESIDE * letters)]
        piece = np.full((height, cut.shape[1] + int(_BETWEEN * letters)), paper, np.uint8)
        piece[: cut.shape[0], : cut.shape[1]] = cut
        piece = resized(piece, scale)
        pieces.append(piece)
        crops.append(_Crop(word, at, at + piece.shape[1]))
        at += piece.shape[1]
    edge = np.full((pieces[0].shape[0], int(size)), paper, np.uint8)
    shift = edge.shape[1]
    return np.hstack([edge, *pieces]), [_Crop(crop.word, crop.start + shift, crop.end + shift) for crop in crops]


def _core(text: str) -> str:
    """What of a word must agree: its letters and digits; a look-alike of a digit beside digits is one."""
    text = re.sub(r"[\W_]+", "", text.replace("|", "I").lower())
    return text.translate(_LOOKALIKES)


_LOOKALIKES: Final = str.maketrans({"о": "0", "o": "0", "з": "3", "l": "1", "i": "1", "б": "6", "x": "х", "y": "у"})
