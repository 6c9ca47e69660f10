"""What is no print: crumbs of seals, strokes of pens, dust; kept apart as noise, so that no name is read into it."""

from __future__ import annotations

import re
from typing import Final

from pipeline.nlp.morph import is_known
from pipeline.readers.scan.engine import Read, ReadLine, sureness

_SIGNS: Final = frozenset("-–—−«»\"'()№•*/%+§_.…:;,?!&=<>≤≥$")
_WORD: Final = re.compile(r"[А-ЯЁа-яё]{3,}")
_CYRILLIC: Final = re.compile(r"[А-Яа-яЁё]")
_NAME: Final = re.compile(r"(?:^|\s)(?:[А-ЯЁ]\.\s?){1,2}(?:\s|\W|$)")
_DATE_LIKE: Final = re.compile(r"\d{1,2}\.\d{2}|\d{4}")  # a lost date is worse than a crumb kept
_SURE: Final = 75.0
_BAD: Final = 45.0
_BAD_ROW: Final = 55.0
_NOTHING: Final = 35.0
_SHORT: Final = 3
_TALL: Final = 4.2  # of the height of small letters
_FLAT: Final = 0.35


def sorted_out(row: ReadLine, letters: float) -> tuple[ReadLine, ReadLine]:
    """The words of a row, and what is rubbish beside them or instead of them."""
    good = [word for word in row if not _is_crumb(word, letters)]
    if not good or _is_rubbish(good):
        return [], row
    while len(good) > 1 and _is_loose_end(good[-1]):
        good.pop()
    while len(good) > 1 and _is_loose_end(good[0]):
        good.pop(0)
    kept = set(map(id, good))
    return good, [word for word in row if id(word) not in kept]


def _is_crumb(word: Read, letters: float) -> bool:
    """An unsure sign, one that no text has, or something of a shape that print has not."""
    if not any(map(str.isalnum, word.text)):
        bar = _BAD if set(word.text) <= _SIGNS else _SURE
        return word.confidence < bar and word.text not in ("-", "–", "—")
    height = word.bottom - word.top
    return word.confidence < _SURE and (height > _TALL * letters or height < _FLAT * letters)


def _is_loose_end(word: Read) -> bool:
    """A short unsure word that means nothing at the end of a row: «ft», «Aa»; a number or an initial may mean much."""
    core = word.text.strip("«»\"'().,;:-–—")
    if word.confidence >= _BAD or len(core) > _SHORT or any(map(str.isdigit, core)) or "." in word.text:
        return False
    return not (_CYRILLIC.search(core) and (len(core) == 1 or core.isupper())) and not is_known(core)


def _is_rubbish(row: ReadLine) -> bool:
    """A row of unsure letters without a word, a name, a number: strokes of a pen, the edge of a seal."""
    text = " ".join(word.text for word in row)
    words = _WORD.findall(text)
    if any(is_known(word) for word in words if len(word) > _SHORT) or _DATE_LIKE.search(text) or _NAME.search(text):
        return False
    if words or any(map(str.isdigit, text)):
        return sureness(row) < _NOTHING
    return sureness(row) < _BAD_ROW
