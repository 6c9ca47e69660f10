"""Plain text: charset, paragraphs out of lines, tables typed with tabs or bars, page numbers between two halves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from pipeline.clean import compose
from pipeline.model import Issue, Source
from pipeline.readers.charset import decode
from pipeline.readers.common import MAX_TEXT_BYTES, MAX_TEXT_LINES, MEGABYTE, TXT, Draft, ReaderError, build
from pipeline.readers.joining import (
    are_halves,
    begins_item,
    flowed,
    is_in_bracket,
    is_running_head,
    is_surely_page_number,
    page_number,
)
from pipeline.readers.typed_lines import TypedLine, find_wrapping
from pipeline.readers.typed_tables import typed_tables

_TAB_WIDTH: Final = 8


def read_txt(data: bytes) -> Source:
    """Read a text file: bytes of «Срок: 30.06.2023» in any Russian charset → its paragraphs."""
    if len(data) > MAX_TEXT_BYTES:
        raise ReaderError("too_large", f"Текст больше {MAX_TEXT_BYTES // MEGABYTE} МБ: это не протокол")
    decoded = decode(data)
    lines = list(islice(typed_lines(decoded.text), MAX_TEXT_LINES + 1))
    if len(lines) > MAX_TEXT_LINES:
        raise ReaderError("too_large", f"В тексте больше {MAX_TEXT_LINES} строк: это не протокол")
    if not any(char.isalnum() for line in lines for char in line.text):
        raise ReaderError("no_text", "В файле нет текста")
    issues = []
    if decoded.is_damaged:
        message = f"Часть знаков не читается (кодировка {decoded.charset}): файл, видимо, повреждён"
        issues.append(Issue("warning", "damaged_charset", message))
    return build(_Paragraphs(lines).drafts(), TXT, issues=issues)


def typed_lines(text: str) -> Iterator[TypedLine]:
    """The lines that are not blank, each with its indent and what stands before it."""
    for number, page in enumerate(text.split("\f")):
        is_after_page, is_after_blank = number > 0, False
        for raw in compose(page).split("\n"):
            bare = raw.strip()
            if not bare:
                is_after_blank = True
                continue
            start = raw[: len(raw) - len(raw.lstrip())].expandtabs(_TAB_WIDTH)
            yield TypedLine(bare, raw.rstrip(), len(start), is_after_blank, is_after_page)
            is_after_page = is_after_blank = False


class _Paragraphs:
    """One pass over the lines: each opens a paragraph, runs on in the open one, or is a row or a page number."""

    def __init__(self, lines: list[TypedLine]) -> None:
        self._lines = lines
        self._page_numbers = _page_numbers(lines)
        self._tables = typed_tables(lines)
        tabular = {at for start, (_, end) in self._tables.items() for at in range(start, end)}
        plain = [line for at, line in enumerate(lines) if at not in self._page_numbers and at not in tabular]
        self._wrapping = find_wrapping(plain)
        self._has_blanks = sum(line.is_after_blank for line in lines) > 0.2 * len(lines)
        self._done: list[Draft] = []
        self._open: list[TypedLine] = []
        self._is_open_soft = False
        self._numbers: list[Draft] = []

    def drafts(self) -> list[Draft]:
        at = 0
        while at < len(self._lines):
            if at in self._tables:
                self._close()
                cells, at = self._tables[at]
                self._done += cells
                continue
            self._take(at)
            at += 1
        self._close()
        return self._done

    def _take(self, at: int) -> None:
        line = self._lines[at]
        if at in self._page_numbers:
            self._numbers.append(Draft(line.text, zone="page_number"))
            return
        if not self._runs_on(line):
            is_soft = self._is_soft(line)
            self._close()
            self._is_open_soft = is_soft
        self._open.append(line)

    def _runs_on(self, line: TypedLine) -> bool:
        """Over a page break only the sentence decides; within a page the wrapping does."""
        if not self._open:
            return False
        first, above = self._open[0], self._open[-1]
        if self._numbers or line.is_after_page:
            return are_halves(above.text, line.text)
        if self._wrapping is None:
            return False
        return is_in_bracket(above.text, line.text) or self._wrapping.continues(first, above, line)

    def _is_soft(self, line: TypedLine) -> bool:
        """A line within a block of lines is a soft break where blank lines part the paragraphs."""
        is_within = bool(self._open) and not (line.is_after_blank or line.is_after_page or self._numbers)
        return is_within and self._has_blanks and not begins_item(line.text)

    def _close(self) -> None:
        """The page numbers met inside a paragraph follow it, so that they do not break its sentence."""
        if self._open:
            self._done.append(replace(flowed([line.text for line in self._open]), is_soft=self._is_open_soft))
        self._done += self._numbers
        self._open, self._numbers = [], []


def _page_numbers(lines: list[TypedLine]) -> frozenset[int]:
    """The lines that are page numbers: by their words, by a form feed, or since they cut a sentence in two.

    Other bare numbers join them where they count on from a found one: «2» … «3».
    """
    bare = {at: number for at, line in enumerate(lines) if (number := page_number(line.text)) is not None}
    found = {at for at in bare if _is_surely_number(lines, at)} | {
        at for at, line in enumerate(lines) if is_running_head(line.raw)
    }
    for order in (sorted(bare), sorted(bare, reverse=True)):
        found |= set(_counted_on(order, bare, found, 1 if order == sorted(bare) else -1))
    return frozenset(found)


def _counted_on(order: Iterable[int], numbers: dict[int, int], found: set[int], step: int) -> Iterator[int]:
    last: int | None = None
    for at in order:
        if at in found or (last is not None and numbers[at] == last + step):
            last = numbers[at]
            yield at


def _is_surely_number(lines: list[TypedLine], at: int) -> bool:
    line, before, after = lines[at], lines[at - 1 : at], lines[at + 1 : at + 2]
    if is_surely_page_number(line.text) or line.is_after_page or any(next_.is_after_page for next_ in after):
        return True
    return bool(before and after) and are_halves(before[0].text, after[0].text)
