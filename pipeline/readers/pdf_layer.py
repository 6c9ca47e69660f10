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
_SOME_IMAGE: Final = 0.05  # on a page without a word: a logo is smaller
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
    """Whether nothing is printed on a page: no word, no picture, no letters that say that they are spaces."""
    has_picture = is_picture(page) or _image_share(page) > _SOME_IMAGE
    return not words and not has_picture and len(page.chars) < _MANY_BLANKS


def check_layer(page: Any, words: Sequence[Word]) -> None:
    """Raise `PageError` for a scan or for a layer like «YTBep)l{)l;eHo»."""
    text = " ".join(word.text for word in words)
    has_picture = is_picture(page)
    if not words and page.images:
        raise PageError("no_text_layer", "нет текста, страница отсканирована")
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
    """Images over more than half of what is seen of the page, or a drawing with the outlines of letters."""
    return _image_share(page) > _IMAGE_SHARE or len(page.curves) > _MANY_CURVES


def _image_share(page: Any) -> float:
    left, top, right, bottom = _visible(page)
    area = sum(
        max(0.0, min(image["x1"], right) - max(image["x0"], left))
        * max(0.0, min(image["bottom"], bottom) - max(image["top"], top))
        for image in page.images
    )
    return float(area / max((right - left) * (bottom - top), 1.0))


def _visible(page: Any) -> tuple[float, float, float, float]:
    """The part of the page that is shown: its crop box within its bounds."""
    left, top, right, bottom = page.bbox
    x0, y0, x1, y1 = page.cropbox or page.bbox
    box = max(left, x0), max(top, y0), min(right, x1), min(bottom, y1)
    return box if box[0] < box[2] and box[1] < box[3] else page.bbox


def _text_share(page: Any, words: Sequence[Word]) -> float:
    """On which share of the height of a page words stand."""
    return len({word.top // _LINE for word in words}) * _LINE / float(page.height)
