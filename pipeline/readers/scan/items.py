"""Numbers and dashes of lists that Tesseract lost or misread: «1.2.» before a tab is a crumb to it, a dash is dust.

The place of a label is known: left of the text of a row, apart from it. What stands there is read again, alone and
enlarged; of several readings the one counts with which the list goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import cv2
import numpy as np

from pipeline.labels import next_numbers
from pipeline.nlp.morph import is_known
from pipeline.readers.scan.crop import framed
from pipeline.readers.scan.engine import Engine, Read, ReadLine
from pipeline.readers.scan.image import Image, black_of, paper_of

_APART: Final = 1.0  # of the letters' height: the gap between a label and its text
_STRETCH: Final = 1.6  # to the other gaps of the row: in justified text they are all wide
_SURE: Final = 80.0
_LABEL_WIDTH: Final = 5.5
_TAB_WIDTH: Final = 5.0
_LONGEST: Final = 8  # characters
_ABOVE, _BELOW = 1.7, 0.45  # of the letters' height, from the foot
_FLAT: Final = 0.4
_LEAST_INK: Final = 0.12  # of the square of the letters' height
_ENLARGED: Final = (32.0, 24.0)
_ITEM: Final = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}[.)]?|[IVXХ]{1,5}[.)]|[а-яё]\)|[-–—•]")
_NUMBER: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})(?:[.)]|$)")
_MISREAD_DOT: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[:;,]|З\.")
_DASH: Final = "-"
_LOST: Final = 75.0
"""Below this confidence what was read in the place of a label is nothing."""


class Items:
    """The labels of a page, row after row."""

    def __init__(self, grey: Image, letters: float, tesseract: Engine) -> None:
        self._grey, self._letters, self._tesseract = grey, letters, tesseract
        self._last: tuple[int, ...] = ()
        self._is_open = False

    def labelled(self, row: ReadLine) -> ReadLine:
        """The row with its label read again if it has a doubtful one, or has one that was not seen."""
        is_open, self._is_open = self._is_open, row[-1].text.endswith(",")
        if is_open and not _ITEM.fullmatch(row[0].text):
            return row  # «в школах № 8, 10,» and «12; Администрации» are one sentence
        row = self._with_dot(row)
        count = self._label_words(row)
        words = row[:count]
        text = "".join(word.text for word in words)
        if count and self._is_expected(text):
            return self._taken(row, text)
        left, right = (words[0].x0, words[-1].x1) if count else self._missed(row)
        if right <= left:
            return row
        found = self._best(words, list(self._readings(row, left, right)))
        if found is None or found == text:
            return self._taken(row, text)
        label = Read(found, row[0].confidence, left, row[0].top, right, row[0].bottom, row[0].foot, text)
        return self._taken([label, *row[count:]], found)

    def _with_dot(self, row: ReadLine) -> ReadLine:
        """«2: Обеспечить», «13; Заведующему», «З. Провести» → «2.», «13.», «3.», if that number must come."""
        found = _MISREAD_DOT.fullmatch(row[0].text)
        is_item = len(row) > 1 and re.match(r"[А-ЯЁ][а-яё]+$", row[1].text)
        if not found or not is_item:
            return row
        text = (found[1] or "3") + "."
        return [row[0]._replace(text=text), *row[1:]] if self._must_come(text) else row

    def _must_come(self, text: str) -> bool:
        """Whether a number goes on with the list, and does not merely begin one."""
        return bool(self._last) and tuple(map(int, text.rstrip(".").split("."))) in next_numbers(self._last)

    def _label_words(self, row: ReadLine) -> int:
        """How many words at the head of a row are a label or the rubbish that was read in its place."""
        if len(row) > 1 and _ITEM.fullmatch(row[0].text):
            return 1
        gaps = [right.x0 - left.x1 for left, right in pairwise(row)]
        apart = max(_APART * self._letters, _STRETCH * float(np.median(gaps))) if gaps else 0.0
        for count in (1, 2):
            head = row[:count]
            width = head[-1].x1 - head[0].x0
            is_short = sum(len(word.text) for word in head) <= _LONGEST and width <= _LABEL_WIDTH * self._letters
            if len(row) <= count or not is_short or any(map(_is_sure_word, head)):
                return 0
            if gaps[count - 1] >= apart:
                return count
        return 0

    def _missed(self, row: ReadLine) -> tuple[float, float]:
        """Where ink stands left of the first word, that no word was made of; nowhere if there is none."""
        letters, first = self._letters, row[0]
        start = max(int(first.x0 - (_LABEL_WIDTH + _TAB_WIDTH) * letters), 0)
        end = int(first.x0 - 0.35 * letters)
        strip = self._strip(first.foot, start, end)
        if not strip.size:
            return 0.0, 0.0
        ink = np.flatnonzero((strip < 0.65 * paper_of(self._grey)).sum(axis=0))
        if not len(ink) or ink[-1] - ink[0] > _LABEL_WIDTH * letters or len(ink) < 3:
            return 0.0, 0.0
        dark = strip[:, ink[0] : ink[-1] + 1] < 0.65 * paper_of(self._grey)
        if np.count_nonzero(dark) < _LEAST_INK * letters * letters:
            return 0.0, 0.0
        return float(start + ink[0]), float(start + ink[-1] + 1)

    def _strip(self, foot: float, left: int, right: int) -> Image:
        top = max(int(foot - _ABOVE * self._letters), 0)
        return self._grey[top : int(foot + _BELOW * self._letters), max(left, 0) : max(right, 0)]

    def _readings(self, row: ReadLine, left: float, right: float) -> Iterator[str]:
        """What the label may be: a dash by its form, else read at two sizes, as a number and as anything."""
        margin = int(0.4 * self._letters)
        crop = self._strip(row[0].foot, int(left) - margin, int(right) + margin)
        if not crop.size:
            return
        if _is_dash(crop, self._letters):
            yield _DASH
            return
        for size in _ENLARGED:
            image = framed(crop, self._grey, self._letters, size / self._letters)
            for read in (self._tesseract.number(image), self._tesseract.word(image)):
                if read is not None:
                    yield read.text

    def _best(self, words: ReadLine, readings: list[str]) -> str | None:
        """The reading with which the list goes on, else the first that is a label where the first one was none.

        Where nothing can be read, the number that must come; never in the place of something that was read for sure.
        """
        first = "".join(word.text for word in words)
        labels = [text for text in map(_plain, [*readings, first]) if _ITEM.fullmatch(text)]
        expected = [text for text in labels if self._is_expected(text)]
        if expected:
            return max(expected, key=lambda text: text[-1] in ".)")  # the dot is lost more easily than made up
        if any(_core(text) == _core(first) for text in readings) and first:
            return None
        if labels and not _ITEM.fullmatch(_plain(first)):
            return labels[0]
        is_lost = bool(words) and not labels and max(word.confidence for word in words) < _LOST
        return self._next() if is_lost and not re.search(r"[\d%№§]|[А-Яа-яЁё]{3}", first) else None

    def _is_expected(self, text: str) -> bool:
        """Whether the list goes on so: after 1.2 come 1.3, 1.2.1 and 2; a list may begin anew."""
        found = _NUMBER.match(text)
        if not found or not _ITEM.fullmatch(text):
            return text in ("-", "–", "—", "•") or bool(re.fullmatch(r"[а-яё]\)", text))
        numbers = tuple(map(int, found[1].split(".")))
        return numbers in (*next_numbers(self._last), (1,), (1, 1)) if self._last else numbers[-1] == 1

    def _next(self) -> str | None:
        """The number that must come, where the label of a running list cannot be read at all."""
        return ".".join(map(str, (*self._last[:-1], self._last[-1] + 1))) + "." if self._last else None

    def _taken(self, row: ReadLine, text: str) -> ReadLine:
        found = _NUMBER.match(text)
        if found and _ITEM.fullmatch(text):
            self._last = tuple(map(int, found[1].split(".")))
        return row


def _is_sure_word(word: Read) -> bool:
    return len(word.text) > 1 and word.confidence >= _SURE and is_known(word.text)


def _core(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def _plain(text: str) -> str:
    """A label without the crumbs round it: «.2.1.,» → «2.1.»."""
    return re.sub(r"^[^\w(–—•-]+|[,:;·'`]+$", "", text).replace(",", ".")


def _is_dash(crop: Image, letters: float) -> bool:
    """One flat stroke at half the height of the letters."""
    black = black_of(crop)
    count, _, stats, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    shapes = [stat for stat in stats[1:count] if stat[cv2.CC_STAT_AREA] > 0.05 * letters * letters]
    if len(shapes) != 1:
        return False
    width, height = shapes[0][cv2.CC_STAT_WIDTH], shapes[0][cv2.CC_STAT_HEIGHT]
    return bool(height <= _FLAT * letters and width >= 1.3 * height and width <= 3 * letters)
