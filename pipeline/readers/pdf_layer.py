"""Whether the text layer of a PDF page is made of Russian words, or the page is a scan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from pipeline.clean import clean
from pipeline.nlp.morph import is_known
from pipeline.readers.layout.page import Word

_KNOWN_SHARE: Final = 0.4  # good pages have 0.67 and more, false layers 0.012 and less
_FEW_WORDS: Final = 8  # a page with two signatures has hardly any word of the dictionary
_FEW_CHARS: Final = 20
_IMAGE_SHARE: Final = 0.5
_MANY_CURVES: Final = 200  # letters drawn as outlines
_STRANGE_SHARE: Final = 0.3
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_STRANGE: Final = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")


class PageError(Exception):
    """A page that gives no text; `message` is in Russian, for the clerk."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    @property
    def is_scan(self) -> bool:
        """Whether the page may still be recognized as a picture."""
        return self.code in ("no_text_layer", "garbage_text_layer")


def is_blank(page: Any, words: Sequence[Word]) -> bool:
    """Whether nothing is printed on a page: no word and no picture of one."""
    return not words and not _is_picture(page)


def check_layer(page: Any, words: Sequence[Word]) -> None:
    """Raise `PageError` for a scan or for a layer like «YTBep)l{)l;eHo»."""
    text = " ".join(word.text for word in words)
    if len(text) < _FEW_CHARS and _is_picture(page):
        raise PageError("no_text_layer", "нет текста, страница отсканирована")
    if not is_russian(text):
        raise PageError("garbage_text_layer", "текстовый слой испорчен, вместо русских слов посторонние знаки")


def is_russian(text: str) -> bool:
    """Whether enough words are in the dictionary: «Решили утвердить план» yes, «Peumu ytbepdutb» no."""
    strange = sum(map(len, _STRANGE.findall(text)))
    if strange > _STRANGE_SHARE * len(text):
        return False
    words = _WORD.findall(clean(text))
    known = sum(map(is_known, words))
    if len(words) < _FEW_WORDS:
        return known > 0 or not words or _has_cyrillic(words)
    return known >= _KNOWN_SHARE * len(words)


def _has_cyrillic(words: Sequence[str]) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for word in words for letter in word)


def _is_picture(page: Any) -> bool:
    """Images over more than half of the page, or a drawing with the outlines of letters."""
    area = sum(
        max(0.0, min(image["x1"], page.width) - max(image["x0"], 0.0))
        * max(0.0, min(image["bottom"], page.height) - max(image["top"], 0.0))
        for image in page.images
    )
    return bool(area > _IMAGE_SHARE * page.width * page.height) or len(page.curves) > _MANY_CURVES
