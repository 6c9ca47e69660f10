"""The door to Tesseract: grey pixels → words with their boxes and confidences.

tesserocr rather than a call of the program for each page: the models stay loaded, one line or one cell can be read
alone, and the interpreter is free meanwhile, so that threads read pages side by side. Its wheel brings the library
without data; those are Debian's packages.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from PIL import Image as Picture

from pipeline.readers.common import ReaderError
from pipeline.readers.scan.image import Image

PACKAGES: Final = ("tesseract-ocr-rus", "tesseract-ocr-eng", "tesseract-ocr-osd")
"""Debian packages with the data, in which Latin letters are known too."""
LANGUAGES: Final = "rus+eng"  # Latin words and numbers come out better than with «rus» alone
_FOLDERS: Final = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
)
_NEEDED: Final = ("rus", "eng", "osd")
_DPI: Final = 200  # what Tesseract is told: the letters of a prepared page are about so large
_PAGE, _BLOCK, _LINE, _WORD_MODE, _CHAR = 3, 6, 7, 8, 10
_LINE_LEVEL: Final = 2  # RIL.TEXTLINE
_WORD_LEVEL: Final = 3  # RIL.WORD
_WORD_SECONDS: Final = 5.0
_LEAST_SIDE: Final = 8
_NUMERIC: Final = "0123456789.,-–/:()№%"

Rectangle = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


class Read(NamedTuple):
    """A recognized word: its box and the height of its line's foot in pixels, the confidence from 0 to 100.

    `raw` is what Tesseract read, `text` what that was mended to; `other` is a second reading that differs.
    """

    text: str
    confidence: float
    x0: float
    top: float
    x1: float
    bottom: float
    foot: float
    raw: str = ""
    other: str | None = None


ReadLine = list[Read]


def sureness(words: ReadLine) -> float:
    """The confidence of words, each by its length, from 0 to 100; 0 of none."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


class PageTimeout(Exception):
    """A page that Tesseract did not finish in its time."""


@lru_cache(maxsize=1)
def data_folder() -> Path | None:
    """Where Tesseract's data for Russian, English and orientation lie, or None where a part is missing."""
    named = [os.environ["TESSDATA_PREFIX"]] if os.environ.get("TESSDATA_PREFIX") else []
    for folder in map(Path, (*named, *_FOLDERS)):
        if all((folder / f"{name}.traineddata").is_file() for name in _NEEDED):
            return folder
    return None


def require() -> None:
    """Raise `ReaderError` with the code `ocr_missing` where nothing can be recognized on this machine."""
    if data_folder() is None:
        packages = " ".join(PACKAGES)
        raise ReaderError("ocr_missing", f"Страницы отсканированы, а распознавать нечем: sudo apt install {packages}")


class Engine:
    """Tesseract with its models loaded; one for each thread."""

    def __init__(self) -> None:
        import tesserocr

        require()
        self._api = tesserocr.PyTessBaseAPI(path=str(data_folder()), lang=LANGUAGES, psm=_PAGE)
        self._osd: Any = None
        self._russian: Any = None

    def page(self, grey: Image, timeout: float) -> list[ReadLine]:
        """The lines of a whole page, columns and blocks found by Tesseract; raises `PageTimeout`."""
        return self._read(grey, _PAGE, timeout)

    def block(self, grey: Image, timeout: float) -> list[ReadLine]:
        """The lines of a cell or strip of a page; where a block gives none, it may be one line or one character."""
        return next(filter(None, (self._read(grey, mode, timeout) for mode in (_BLOCK, _LINE, _CHAR))), [])

    def line(self, grey: Image, timeout: float) -> list[ReadLine]:
        """A crop with one line."""
        return self._read(grey, _LINE, timeout)

    def number(self, grey: Image) -> Read | None:
        """A crop with one number, read as nothing but digits and signs: «01.11.23»."""
        self._api.SetVariable("tessedit_char_whitelist", _NUMERIC)
        try:
            return self.word(grey)
        finally:
            self._api.SetVariable("tessedit_char_whitelist", "")

    def word(self, grey: Image) -> Read | None:
        """A crop with one word."""
        words = [word for line in self._read(grey, _WORD_MODE, _WORD_SECONDS) for word in line]
        if not words:
            return None
        text = "".join(word.text for word in words)
        return words[0]._replace(text=text, confidence=min(word.confidence for word in words), x1=words[-1].x1)

    def russian(self, grey: Image) -> Read | None:
        """A crop with one word, read as Russian and nothing else: «по», which looks like «no»."""
        import tesserocr

        if self._russian is None:
            self._russian = tesserocr.PyTessBaseAPI(path=str(data_folder()), lang="rus", psm=_WORD_MODE)
        both, self._api = self._api, self._russian
        try:
            return self.word(grey)
        finally:
            self._api = both

    def orientation(self, grey: Image) -> int | None:
        """By how many degrees (90, 180, 270) a page is turned clockwise, or None where it cannot be told."""
        import tesserocr

        if self._osd is None:
            self._osd = tesserocr.PyTessBaseAPI(path=str(data_folder()), lang="osd", psm=0)
        self._osd.SetImage(Picture.fromarray(grey))
        self._osd.SetSourceResolution(_DPI)
        found = self._osd.DetectOrientationScript()
        return int(found["orient_deg"]) if found else None

    def _read(self, grey: Image, mode: int, timeout: float) -> list[ReadLine]:
        if min(grey.shape) < _LEAST_SIDE:  # Tesseract dies of a picture one pixel high
            return []
        self._api.SetPageSegMode(mode)
        self._api.SetImage(Picture.fromarray(grey))
        self._api.SetSourceResolution(_DPI)
        return list(self._lines(timeout))

    def _lines(self, timeout: float) -> Iterator[ReadLine]:
        from tesserocr import iterate_level

        if not self._api.Recognize(int(timeout * 1000)):
            raise PageTimeout
        found = self._api.GetIterator()
        line: ReadLine = []
        for word in iterate_level(found, _WORD_LEVEL) if found else ():
            if line and word.IsAtBeginningOf(_LINE_LEVEL):
                yield line
                line = []
            try:
                text, box = word.GetUTF8Text(_WORD_LEVEL).strip(), word.BoundingBox(_WORD_LEVEL)
            except RuntimeError:  # so the library says that a block holds no word
                continue
            if text and box:
                x0, top, x1, bottom = map(float, box)
                baseline = word.Baseline(_WORD_LEVEL)
                foot = (baseline[0][1] + baseline[1][1]) / 2 if baseline else bottom
                line.append(Read(text, word.Confidence(_WORD_LEVEL), x0, top, x1, bottom, foot, text))
        if line:
            yield line


os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # Tesseract's own threads get in the way of ours
_LOCAL: Final = threading.local()


def engine() -> Engine:
    """The engine of this thread."""
    if not hasattr(_LOCAL, "engine"):
        _LOCAL.engine = Engine()
    found: Engine = _LOCAL.engine
    return found
