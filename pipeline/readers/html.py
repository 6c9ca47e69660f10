"""HTML → Source: a protocol from a web site, or one that Word saved as a web page (also in a single MHTML file)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from pipeline.model import Cell, Source, Zone
from pipeline.readers.common import HTML, MAX_HTML_BYTES, MAX_TEXT_BYTES, MEGABYTE, MHTML, Draft, ReaderError, build
from pipeline.readers.docx_paragraph import Bit, segments
from pipeline.readers.html_page import BLOCKS, parse_page, plan
from pipeline.readers.joining import begins_item
from pipeline.readers.numbering import formatted

_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_BOLD: Final = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_STYLE_BOLD: Final = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
_STYLE_CENTER: Final = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)
_STYLE_LIST: Final = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|[a-z]+-[a-z]+|decimal)\b", re.IGNORECASE)
_WORD_LABEL: Final = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_WORD_LEVEL: Final = re.compile(r"mso-list\s*:[^;]*\blevel(\d)", re.IGNORECASE)
_WORD_NOTE: Final = re.compile(r"mso-element\s*:\s*(?:foot|end)note\b", re.IGNORECASE)
_FORMS: Final = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "lower-russian": "russianLower", "upper-russian": "russianUpper",
}  # fmt: skip
_MAX_COLUMNS: Final = 100
_MAX_ROWS: Final = 1000


def read_html(data: bytes) -> Source:
    """The text of a web page without its menus: «<ol><li>Провести семинар» → «1. Провести семинар»."""
    if len(data) > MAX_HTML_BYTES:
        raise ReaderError("too_large", f"Веб-страница больше {MAX_HTML_BYTES // MEGABYTE} МБ: это не протокол")
    root = parse_page(data)
    walk = _Walk(root)
    size = sum(len(draft.text) for draft in walk.drafts)
    if size > MAX_TEXT_BYTES:
        raise ReaderError("too_large", f"Текст больше {MAX_TEXT_BYTES // MEGABYTE} МБ: это не протокол")
    if not any(char.isalnum() for draft in walk.drafts for char in draft.text):
        raise ReaderError("no_text", "На веб-странице нет текста")
    return build(walk.drafts, HTML)


def read_mhtml(data: bytes) -> Source:
    """The page in a «web page, single file» of Word or of a browser: the first HTML part of a letter without letter."""
    if len(data) > MAX_HTML_BYTES:
        raise ReaderError("too_large", f"Веб-страница больше {MAX_HTML_BYTES // MEGABYTE} МБ: это не протокол")
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == HTML:
            content = part.get_payload(decode=True)
            return replace(read_html(content if isinstance(content, bytes) else b""), media_type=MHTML)
    raise ReaderError("damaged_mhtml", "Файл MHTML повреждён: в нём нет веб-страницы")


@dataclass(slots=True)
class _List:
    """An open list: how it prints numbers, and the next one."""

    form: str | None
    next: int = 1
    step: int = 1

    def label(self, item: Element) -> str | None:
        """The number of one more item: «3.»; an item may set its own."""
        if self.form in (None, "bullet"):
            return "•" if self.form else None
        number = _number(item.get("value"), self.next)
        self.next = number + self.step
        return f"{formatted(number, self.form or '')}."


@dataclass(slots=True)
class _Table:
    """An open table: the place of its next cell, and the columns that cells from above reach into."""

    index: int
    row: int = -1
    column: int = 0
    reaching: dict[int, int] = field(default_factory=dict)
    outer: Cell | None = None

    def next_row(self) -> None:
        self.row, self.column = self.row + 1, 0
        self.reaching = {column: rows - 1 for column, rows in self.reaching.items() if rows > 1}

    def next_cell(self, element: Element) -> Cell:
        while self.column in self.reaching:
            self.column += 1
        at = min(self.column, _MAX_COLUMNS)
        self.column = min(at + max(_number(element.get("colspan"), 1), 1), _MAX_COLUMNS)
        height = min(max(_number(element.get("rowspan"), 1), 1), _MAX_ROWS)
        self.reaching |= dict.fromkeys(range(at, self.column), height)  # this row itself counts as one
        return Cell(self.index, max(self.row, 0), at)


class _Walk:
    """One pass over the tree in reading order."""

    def __init__(self, root: Element) -> None:
        self.drafts: list[Draft] = []
        found = plan(root)
        self._skip, self._layout = found.unwanted, found.layout
        self._bits: list[Bit] = []
        self._bold: list[bool] = [False]
        self._center: list[bool] = [False]
        self._lists: list[_List] = []
        self._tables: list[_Table] = []
        self._table_count = 0
        self._cell: Cell | None = None
        self._label: tuple[str | None, int | None] = (None, None)
        self._zone: Zone = "body"
        self._pre = 0
        walk = etree.iterwalk(root, events=("start", "end"), tag="*")
        for event, element in walk:
            if event == "start":
                if element in self._skip:
                    walk.skip_subtree()
                elif _WORD_LABEL.search(element.get("style", "")):
                    self._word_label(element)
                    walk.skip_subtree()
                else:
                    self._start(element)
                continue
            if element not in self._skip and not _WORD_LABEL.search(element.get("style", "")):
                self._end(element)
            self._text(element.tail)
        self._flush()

    def _start(self, element: Element) -> None:
        tag, style = element.tag, element.get("style", "")
        if tag in BLOCKS:
            self._flush()
            self._center.append(_is_centered(element, self._center[-1]))
        self._bold.append(_is_bold(element, self._bold[-1]))
        if tag == "br":
            self._break()
        elif tag == "pre":
            self._pre += 1
        elif tag in ("ol", "ul"):
            self._lists.append(_opened(element))
        elif tag == "li":
            label = self._lists[-1].label(element) if self._lists else "•"
            self._label = (label, max(len(self._lists) - 1, 0) if label else None)
        elif tag == "p" and (found := _WORD_LEVEL.search(style)):
            self._label = (None, int(found[1]) - 1)
        elif _WORD_NOTE.search(style):
            self._zone = "footnote"
        else:
            self._start_table(element)
        self._text(element.text)

    def _start_table(self, element: Element) -> None:
        if element.tag == "table" and element not in self._layout:
            self._tables.append(_Table(self._table_count, outer=self._cell))
            self._table_count += 1
        elif (table := self._table_of(element)) is None:
            return
        elif element.tag == "tr":
            table.next_row()
        elif element.tag in ("td", "th"):
            self._cell = table.next_cell(element)

    def _table_of(self, element: Element) -> _Table | None:
        """The open table that a row or a cell belongs to; None within a layout table."""
        if element.tag not in ("tr", "td", "th") or not self._tables:
            return None
        own = next(element.iterancestors("table"), None)
        return None if own is None or own in self._layout else self._tables[-1]

    def _end(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._flush()
            self._center.pop()
        self._bold.pop()
        if tag == "pre":
            self._pre -= 1
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif tag == "li" or (tag == "p" and _WORD_LEVEL.search(element.get("style", ""))):
            self._bare_number()
        elif tag == "table" and element not in self._layout:
            self._cell = self._tables.pop().outer
        elif tag in ("td", "th") and (table := self._table_of(element)):
            self._cell = table.outer
        elif _WORD_NOTE.search(element.get("style", "")):
            self._zone = "body"

    def _text(self, text: str | None) -> None:
        if not text:
            return
        lines = text.split("\n") if self._pre else [_SPACES.sub(" ", text)]
        for index, line in enumerate(lines):
            if index:
                self._break()
            self._bits.append(Bit(line.expandtabs() if self._pre else line, self._bold[-1]))

    def _break(self) -> None:
        """A line break; an empty line, that is two of them, ends the paragraph."""
        printed = [bit for bit in self._bits if bit.text == "\n" or bit.text.strip()]
        if printed and printed[-1].text == "\n":
            self._flush()
        elif printed:
            self._bits.append(Bit("\n", True))

    def _word_label(self, element: Element) -> None:
        """The number that Word computed and wrote before the text: «1.2.»."""
        label = " ".join("".join(element.itertext()).split())
        self._label = (_bullet(label) or None, self._label[1])

    def _bare_number(self) -> None:
        """An item without text: the column «№ п/п» often holds nothing but automatic numbers."""
        (label, level), self._label = self._label, (None, None)
        if label and self._cell and any(char.isalnum() for char in label):
            self.drafts.append(Draft(label, label=label, level=level, cell=self._cell, is_bold=self._bold[-1]))

    def _flush(self) -> None:
        bits, self._bits = self._bits, []
        for index, (text, is_bold) in enumerate(_lines(bits)):
            label, level = self._label
            if index or label is None or (begins_item(text) and label in ("•", text.split()[0])):
                label, level = None, None
            self._label = (None, None)
            full = f"{label} {text}" if label else text
            draft = Draft(full, (), None, self._zone, label, level, self._cell, is_bold, self._center[-1], index > 0)
            self.drafts.append(draft)


def _lines(bits: list[Bit]) -> Iterator[tuple[str, bool]]:
    """The lines of a paragraph, with single spaces: «<b>Срок:</b> до 1 мая» → («Срок: до 1 мая», not bold)."""
    for text, is_bold in segments(bits):
        yield re.sub(" {2,}", " ", text), is_bold


def _opened(element: Element) -> _List:
    found = _STYLE_LIST.search(element.get("style", ""))
    style = found[1].lower() if found else None
    if style == "none":
        return _List(None)
    if element.tag == "ul":
        return _List("bullet")
    form = _FORMS.get(style or "") or _FORMS.get(element.get("type", "1"), "decimal")
    if element.get("reversed") is None:
        return _List(form, _number(element.get("start"), 1))
    return _List(form, _number(element.get("start"), sum(1 for _ in element.iterchildren("li"))), -1)


def _number(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"\s*-?[0-9]{1,6}\s*", value) else default


def _is_bold(element: Element, outer: bool) -> bool:
    found = _STYLE_BOLD.search(element.get("style", ""))
    if found:
        return found[1].lower() == "bold" or found[1][0] in "6789"
    return outer or element.tag in _BOLD


def _is_centered(element: Element, outer: bool) -> bool:
    found = _STYLE_CENTER.search(element.get("style", ""))
    align = found[1] if found else element.get("align", "")
    return align.lower() == "center" if align else outer or element.tag == "center"


def _bullet(label: str) -> str:
    """Word's bullets are letters of symbol fonts: «·», «o», «§» → «•»."""
    return "•" if label in ("·", "o", "§", "Ø", "ü", "v", "q") else label
