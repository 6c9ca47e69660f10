"""Whether the text layer of a PDF page is made of words, or the page is to be recognized as a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from pipeline.clean import clean
from pipeline.nlp.morph import is_known
from pipeline.readers.layout.page import Word

# Of 265 pages (tests/layer_pages.py): typed ones have 0.56 and more, Belarusian ones 0.14, false tables of letters 0.06
# and less; over a picture good layers have 0.72 and more, bad ones 0.19 and less.
_KNOWN_TYPED: Final = 0.1
_KNOWN_RECOGNIZED: Final = 0.4
_SURELY_GOOD: Final = 0.93  # no better reading of the picture under it is to be hoped for
_FEW_WORDS: Final = 8  # a page with two signatures has hardly any word of the dictionary
_CYRILLIC_SHARE: Final = 0.2  # of the words: then they decide, and not the Latin ones
_IMAGE_SHARE: Final = 0.5
_TEXT_SHARE: Final = 0.15  # of the height: less is a page number, a stamp, a line of the scanner
_LINE: Final = 12.0
_MANY_CURVES: Final = 200  # letters drawn as outlines
_MANY_BLANKS: Final = 20
_STRANGE_SHARE: Final = 0.3
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]+")
_STRANGE: Final = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]|\?{3,}")


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
    """Whether nothing is printed on a page: no word, no picture of one, no letters that say that they are spaces."""
    return not words and not is_picture(page) and len(page.chars) < _MANY_BLANKS


def check_layer(page: Any, words: Sequence[Word]) -> None:
    """Raise `PageError` for a scan or for a layer like «YTBep)l{)l;eHo»."""
    text = " ".join(word.text for word in words)
    has_picture = is_picture(page)
    if has_picture and (_text_share(page, words) < _TEXT_SHARE or not _WORD.search(text)):
        raise PageError("no_text_layer", "нет текста, страница отсканирована")
    if not words or not is_russian(text, _KNOWN_RECOGNIZED if has_picture else _KNOWN_TYPED):
        raise PageError("garbage_text_layer", "текстовый слой испорчен, вместо русских слов посторонние знаки")


def may_be_bettered(page: Any, share: float | None) -> bool:
    """Whether the layer was recognized by others, and not so well that another reading could not be better."""
    return share is not None and share < _SURELY_GOOD and is_picture(page)


def is_russian(text: str, least: float = _KNOWN_RECOGNIZED) -> bool:
    """Whether enough words are in the dictionary: «Решили утвердить план» yes, «Peumu ytbepdutb» no."""
    strange = sum(map(len, _STRANGE.findall(text)))
    if strange > _STRANGE_SHARE * len(text):
        return False
    words = _WORD.findall(clean(text))
    cyrillic = [word for word in words if _CYRILLIC.fullmatch(word)]
    if len(cyrillic) >= max(_FEW_WORDS, _CYRILLIC_SHARE * len(words)):
        words = cyrillic
    known = sum(map(is_known, words))
    if len(words) < _FEW_WORDS:
        return known > 0 or not words or bool(cyrillic)
    return known >= least * len(words)


def is_picture(page: Any) -> bool:
    """Images over more than half of the page, or a drawing with the outlines of letters."""
    area = sum(
        max(0.0, min(image["x1"], page.width) - max(image["x0"], 0.0))
        * max(0.0, min(image["bottom"], page.height) - max(image["top"], 0.0))
        for image in page.images
    )
    return bool(area > _IMAGE_SHARE * page.width * page.height) or len(page.curves) > _MANY_CURVES


def _text_share(page: Any, words: Sequence[Word]) -> float:
    """On which share of the height of a page words stand."""
    return len({word.top // _LINE for word in words}) * _LINE / float(page.height)
