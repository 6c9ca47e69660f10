"""Words that Tesseract took for Latin ones in a Russian row: «no yn.» for «по ул.»."""

from __future__ import annotations

import re
from typing import Final

from pipeline.nlp.morph import is_known
from pipeline.readers.scan.crop import cropped, framed
from pipeline.readers.scan.engine import Engine, Read, ReadLine
from pipeline.readers.scan.image import Image

_LATIN: Final = re.compile(r"[«(\"]*([A-Za-z]{2,})[»)\".,:;]*")
_CYRILLIC: Final = re.compile(r"[«(\"]*[А-Яа-яЁё]+[-А-Яа-яЁё]*\W*")
_ROMAN: Final = re.compile(r"[IVXLC]+")
_SURE: Final = 60.0


def in_russian(rows: list[ReadLine], grey: Image, letters: float, tesseract: Engine) -> list[ReadLine]:
    """The rows with such words read again; one stays Latin where that gives no word of the dictionary."""
    return [
        [_read(word, grey, letters, tesseract) if _is_asked(word) else word for word in row]
        if _is_russian(row)
        else row
        for row in rows
    ]


def _is_russian(row: ReadLine) -> bool:
    words = [word.text for word in row if any(map(str.isalpha, word.text))]
    return sum(bool(_CYRILLIC.fullmatch(word)) for word in words) * 2 >= len(words)


def _is_asked(word: Read) -> bool:
    found = _LATIN.fullmatch(word.text)
    return bool(found) and not _ROMAN.fullmatch(found[1] if found else "")


def _read(word: Read, grey: Image, letters: float, tesseract: Engine) -> Read:
    crop = cropped(word, grey, letters)
    found = tesseract.russian(framed(crop, grey, letters)) if crop.size else None
    if found is None or found.confidence < _SURE or not _CYRILLIC.fullmatch(found.text):
        return word
    core = re.sub(r"\W", "", found.text)
    return word._replace(text=found.text) if core and is_known(core) else word
