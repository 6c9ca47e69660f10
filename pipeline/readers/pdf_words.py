"""The characters of a PDF page → its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from pdfplumber.utils.text import extract_words

from pipeline.clean import compose
from pipeline.readers.layout.page import Word

_BOLD: Final = re.compile(r"bold|black|heavy|demi|[-,]bd", re.IGNORECASE)
_WORD_GAP: Final = 0.18  # of the font size: TeX prints no space characters, its word gap is 0.25 and more


def words_of(chars: Iterable[dict[str, Any]], area: tuple[float, float, float, float]) -> list[Word]:
    """The words inside the page in the order of the library: rows from the top, words from the left."""
    found = extract_words(_once(chars, area), x_tolerance_ratio=_WORD_GAP, return_chars=True)
    return [word for word in map(_word, found) if word]


def _once(chars: Iterable[dict[str, Any]], area: tuple[float, float, float, float]) -> list[dict[str, Any]]:
    """Upright characters without those printed twice: some programs make bold so."""
    seen: set[tuple[str, int, int]] = set()
    left, top, right, bottom = area
    kept = []
    for char in chars:
        text, x, y = char["text"], char["x0"], char["top"]
        if not char["upright"] or (text, int(x), int(y)) in seen:
            continue
        if not (left <= x <= right and top <= y <= bottom):
            continue
        for near in {int(x - 0.6), int(x), int(x + 0.6)}:
            seen.update((text, near, down) for down in {int(y - 0.6), int(y), int(y + 0.6)})
        kept.append(char)
    return kept


def _word(found: dict[str, Any]) -> Word | None:
    # Word prints hyphens as soft ones, which `compose` would take out
    text = "".join(compose(found["text"].replace("\u00ad", "-").replace("\ufffe", "-")).split())
    if not text:
        return None
    char = found["chars"][0]
    is_bold = _is_bold(str(char["fontname"]))
    return Word(text, found["x0"], found["top"], found["x1"], found["bottom"], round(char["size"], 1), is_bold)


@lru_cache(maxsize=1024)
def _is_bold(font: str) -> bool:
    return bool(_BOLD.search(font))
