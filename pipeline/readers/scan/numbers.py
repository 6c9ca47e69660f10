"""Numbers and months read again at other sizes: Tesseract takes «01.11.23» for «01.11.25» and is sure of it.

A second reading that differs is settled by a third. What two of the three, or a sure first one and another, agree on
stands in the text; where nothing is settled, or the first reading was the odd one, the other stands beside it as a
doubt, so that whoever makes a date of the word knows.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Final

import numpy as np

from pipeline.nlp.morph import is_known
from pipeline.readers.scan.crop import ABOVE, cropped, framed
from pipeline.readers.scan.engine import Engine, Read, ReadLine
from pipeline.readers.scan.image import Image, black_of
from pipeline.readers.scan.signs import DAY, MONTHS, ROMANS

_ASKED: Final = re.compile(rf"\d|^\W*{MONTHS}[а-я]{{0,3}}\W*$", re.IGNORECASE)
_ITEM: Final = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}[.)]")
_STROKES: Final = re.compile(r"I{1,3}")
_PERIOD: Final = re.compile(r"квартал|полугоди|четверт|этап|декад", re.IGNORECASE)
_ALONE: Final = ROMANS | {"1": "I", "11": "II", "111": "III", "ИП": "III"}
_COUNTED: Final = re.compile(r"[IVXХ]+|\d+(?:-?[а-я]{1,3})?")
_CRUMB: Final = 3
_UPRIGHT: Final = 0.7
_DAY_MONTH: Final = re.compile(r"(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:г\.?)?[.,;]?")
_WELL_FORMED: Final = re.compile(rf"(?:{DAY}\.(?:\d{{4}}|\d{{2}})|(?:19|20)\d\d)(?:г\.?)?[.,;]?")
_SIZES: Final = (30.0, 22.0)
"""Heights of a small letter in pixels for the second and third reading."""
_SURE: Final = 88.0
_UNSURE: Final = 45.0  # in doubt even where the readings agree
_SECONDS: Final = 5.0
_LOOKALIKES: Final = str.maketrans(
    {"о": "0", "o": "0", "з": "3", "l": "1", "i": "1", "б": "6", "x": "х", "y": "у", "r": "г"}
)


def checked(rows: list[ReadLine], grey: Image, letters: float, tesseract: Engine) -> list[ReadLine]:
    """The rows with a second reading at each number and month where it matters; list labels make no dates."""
    return [
        _whole_dates([_checked_in([*row, *(below or [])[:1]], at, grey, letters, tesseract) for at in range(len(row))])
        for row, below in zip_longest(rows, rows[1:])
        if row is not None
    ]


def _checked_in(row: ReadLine, at: int, grey: Image, letters: float, tesseract: Engine) -> Read:
    """A word of a row with its other readings, if it is one that may be part of a date."""
    word = row[at]
    if at + 1 < len(row) and _STROKES.fullmatch(word.text) and _PERIOD.match(row[at + 1].text):
        strokes = "I" * _strokes(cropped(word, grey, letters), letters)
        if strokes == word.text:
            return word
        again = _again(word, grey, letters, tesseract, _SIZES[0])
        if strokes and strokes == _ALONE.get(again, again):
            return word._replace(text=strokes)
        if strokes and word.confidence < _SURE:
            return word._replace(text=strokes, other=word.text)
        return word._replace(other=strokes or again)
    if at and _PERIOD.match(word.text) and _is_odd(row[at - 1]):
        return word._replace(other=f"{row[at - 1].text} {word.text}")
    return _checked(word, grey, letters, tesseract) if _is_asked(word, at) else word


def _is_odd(word: Read) -> bool:
    """Whether a crumb stands where «IV» of «IV квартал» should: the quarter was not read, and a year is none."""
    core = word.text.strip(".,:;()«»—–-")
    return bool(core) and len(core) <= _CRUMB and not (_COUNTED.fullmatch(core) or is_known(core))


def _whole_dates(row: ReadLine) -> ReadLine:
    """«15.02» and «2023г.», parted by a dot that was taken for a space, are one date."""
    out: ReadLine = []
    for at, word in enumerate(row):
        is_year = "г" in word.text or at == len(row) - 1  # «счёт 20.01 2023 рублей» is none
        if is_year and out and _DAY_MONTH.fullmatch(out[-1].text) and _YEAR.fullmatch(word.text):
            day = out.pop()
            separator = "" if day.text.endswith(".") else "."
            other = f"{day.other or day.text} {word.other or word.text}"
            text, raw = day.text + separator + word.text, f"{day.raw} {word.raw}"
            word = day._replace(
                text=text, raw=raw, x1=word.x1, confidence=min(day.confidence, word.confidence), other=other
            )
        out.append(word)
    return out


def _is_asked(word: Read, at: int) -> bool:
    return bool(_ASKED.search(word.text)) and not (at == 0 and _ITEM.fullmatch(word.text))


def _checked(word: Read, grey: Image, letters: float, tesseract: Engine) -> Read:
    second = _again(word, grey, letters, tesseract, _SIZES[0])
    if _core(second) == _core(word.text):
        return word._replace(other=word.text) if word.confidence < _UNSURE else word
    third = _again(word, grey, letters, tesseract, _SIZES[1])
    if _core(third) == _core(word.text) and word.confidence >= _SURE:
        return word
    if (
        _core(second) == _core(third)
        and _core(second) not in _core(word.text)
        and _WELL_FORMED.fullmatch(second)
        and not _WELL_FORMED.fullmatch(word.text)
    ):
        return word._replace(text=second, other=word.text)
    return word._replace(other=second or third)


def _strokes(crop: Image, letters: float) -> int:
    """How many upright strokes a Roman number has: «II» and «I» are alike to Tesseract."""
    if not crop.size:
        return 0
    black = black_of(crop)
    middle = black[int((ABOVE - 0.9) * letters) : int((ABOVE - 0.4) * letters)]  # no serif is so high
    columns = np.concatenate([[False], (middle > 0).mean(axis=0) > _UPRIGHT, [False]]) if middle.size else np.zeros(2)
    return int(np.count_nonzero(np.diff(columns.astype(np.int8)) == 1))


def _again(word: Read, grey: Image, letters: float, tesseract: Engine, size: float) -> str:
    """What a word gives alone and at another size."""
    crop = cropped(word, grey, letters)
    lines = tesseract.line(framed(crop, grey, letters, size / letters), _SECONDS) if crop.size else []
    text = "".join(read.text for line in lines for read in line)
    return re.sub(r"^[^\w(«№]+", "", text)  # crumbs of the word before


def _core(text: str) -> str:
    """What of a word must agree: its letters and digits; a look-alike of a digit is that digit."""
    return re.sub(r"[\W_]+", "", text.replace("|", "I").lower()).translate(_LOOKALIKES)
