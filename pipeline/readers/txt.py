"""Plain text → paragraphs: charset, line ends, hard-wrapped lines, hyphenation, page numbers, typed tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.clean import compose
from pipeline.model import Cell, Line, Paragraph, Source, Zone
from pipeline.readers.charset import decode
from pipeline.readers.common import ReaderError
from pipeline.readers.limits import MAX_TEXT
from pipeline.readers.wrapping import PAGE_NUMBER, join_hyphenated, opens_item

_MAX_WIDTH = 130
"""A hard-wrapped line is not longer; a paragraph typed in one line mostly is."""


def read_txt(data: bytes) -> Source:
    """The paragraphs of a plain text in any Cyrillic charset."""
    if len(data) > MAX_TEXT:
        raise ReaderError("too_large", f"Текст больше {MAX_TEXT // 2**20} МБ – это не протокол")
    text = compose(decode(data))
    if not text.strip():
        raise ReaderError("empty_file", "В файле нет текста")
    rows = _rows(text.split("\n"))
    return _source(_paragraphs(rows))


@dataclass(frozen=True, slots=True)
class _Row:
    """A physical line: its text without margins, how far it is indented, how many blank lines stand before it."""

    text: str
    indent: int
    blank: int
    width: int


@dataclass(slots=True)
class _Draft:
    """A paragraph in the making: its physical lines as they stand in it, and its place."""

    pieces: list[str]
    zone: Zone = "body"
    cell: Cell | None = None
    is_soft: bool = False


def _rows(lines: list[str]) -> list[_Row]:
    rows, blank = [], 0
    for line in lines:
        expanded = line.expandtabs(8)
        if not line.strip():
            blank += 1
            continue
        indent = len(expanded) - len(expanded.lstrip())
        rows.append(_Row(line.strip(), indent, blank, len(expanded.rstrip())))
        blank = 0
    return rows


def _paragraphs(rows: list[_Row]) -> list[_Draft]:
    cells = _tables(rows)
    width = _wrap_width(rows)
    drafts: list[_Draft] = []
    last: _Row | None = None
    for index, row in enumerate(rows):
        if index in cells:
            drafts += [_Draft([text], cell=cell) for cell, text in cells[index]]
            last = None
        elif _is_page_number(rows, index):
            drafts.append(_Draft([row.text], zone="page_number"))
        elif last is not None and _continues(last, row, width, _numbers_between(drafts)):
            _extend(drafts, row.text)
            last = row
        else:
            drafts.append(_Draft([row.text], is_soft=row.blank == 0 and last is not None))
            last = row
    return drafts


def _numbers_between(drafts: list[_Draft]) -> bool:
    return bool(drafts) and drafts[-1].zone == "page_number"


def _extend(drafts: list[_Draft], text: str) -> None:
    """Append a line to the last paragraph of the body; a page number in between does not break it."""
    draft = next(d for d in reversed(drafts) if d.zone == "body")
    joined = join_hyphenated(draft.pieces[-1], text)
    if joined.startswith(draft.pieces[-1]):
        draft.pieces.append(joined[len(draft.pieces[-1]) :])
    else:
        draft.pieces[-1:] = [joined[: len(draft.pieces[-1]) - 1], joined[len(draft.pieces[-1]) - 1 :]]


def _is_page_number(rows: list[_Row], index: int) -> bool:
    """A number alone on its line between two halves of a sentence or at a page's edge: «- 2 -», «Страница 1 из 6»."""
    row = rows[index]
    if not PAGE_NUMBER.fullmatch(row.text) or not 0 < index < len(rows) - 1:
        return False
    if re.search(r"[А-Яа-я–—-]", row.text):
        return True
    before, after = rows[index - 1].text, rows[index + 1].text
    return before[-1] not in ".;:!?" or after[0].islower() or row.blank > 0 and rows[index + 1].blank > 0


def _continues(last: _Row, row: _Row, width: int | None, over_page: bool) -> bool:
    """Whether a line goes on with the paragraph of the line before."""
    ends = last.text[-1] in ".;:!?"
    if over_page:
        return not ends and (row.text[0].islower() or last.text[-1] in "-," or width is not None) and not opens_item(row.text)
    if width is None or row.blank > 0 or opens_item(row.text) or "\t" in last.text or "\t" in row.text:
        return False
    if last.text.endswith("-") and row.text[0].islower():
        return True
    if _fits(last, row, width):
        return not ends and row.text[0].islower() and last.width > width // 2
    if ends and row.indent > last.indent + 1:
        return False
    return not (ends and last.text[-1] in ":;") and not (_is_heading(last.text) != _is_heading(row.text))


def _fits(last: _Row, row: _Row, width: int) -> bool:
    """The next word had room on the line: whoever wrapped the text did not break here, the typist did."""
    word = re.split(r"[\s-]", row.text, maxsplit=1)[0]
    return last.width + 1 + len(word) <= width - 2


def _is_heading(text: str) -> bool:
    return text.isupper() and len(text) > 3


def _wrap_width(rows: list[_Row]) -> int | None:
    """The width at which the text is hard-wrapped, or None where a paragraph is a line."""
    widths = sorted(row.width for row in rows)
    if len(widths) < 6 or widths[-1] > 2 * _MAX_WIDTH:
        return None
    inner = sorted(a.width for a, b in pairwise(rows) if b.blank == 0)
    if len(inner) < 4:
        return None
    width = inner[int(len(inner) * 0.95)] if len(inner) > 20 else inner[-1]
    if width > _MAX_WIDTH or width < 40:
        return None
    full = [(a, b) for a, b in pairwise(rows) if b.blank == 0 and a.width >= 0.8 * width]
    broken = [1 for a, b in full if a.text[-1] not in ".;:!?" and not opens_item(b.text)]
    return width if len(full) >= 4 and len(broken) >= max(3, 0.3 * len(full)) else None


def _tables(rows: list[_Row]) -> dict[int, list[tuple[Cell, str]]]:
    """Lines typed as a table: with bars («| 1 | Провести … |») or at least two tabs, in equal number line after line."""
    cells: dict[int, list[tuple[Cell, str]]] = {}
    table, index = 0, 0
    while index < len(rows):
        end = index
        columns = _split(rows[index].text)
        while end < len(rows) and _same_shape(columns, rows[end].text):
            end += 1
        if end - index >= 2:
            for number, at in enumerate(range(index, end)):
                cells[at] = _cells(_split(rows[at].text), table, number)
            table += 1
        index = max(end, index + 1)
    return cells


_BAR_RULE = re.compile(r"[|+:\-–—=\s]+")


def _split(text: str) -> list[str]:
    if text.count("|") >= 2:
        return [cell.strip() for cell in text.strip("|").split("|")]
    return [cell.strip() for cell in re.split(r"\t+", text)]


def _same_shape(columns: list[str], text: str) -> bool:
    if len(columns) < 3 or "_" * 3 in text:
        return False
    return len(_split(text)) == len(columns) or bool(_BAR_RULE.fullmatch(text) and "|" in text)


def _cells(columns: list[str], table: int, row: int) -> list[tuple[Cell, str]]:
    if all(_BAR_RULE.fullmatch(text) or not text for text in columns):
        return []
    return [(Cell(table, row, column), text) for column, text in enumerate(columns) if text]


def _source(drafts: list[_Draft]) -> Source:
    paragraphs: list[Paragraph] = []
    lines: list[Line] = []
    parts: list[str] = []
    position = 0
    for draft in drafts:
        start = position
        for piece in draft.pieces:
            lead = len(piece) - len(piece.lstrip())
            lines.append(Line(position + lead, position + len(piece)))
            parts.append(piece)
            position += len(piece)
        paragraphs.append(Paragraph(start, position, zone=draft.zone, cell=draft.cell, is_soft=draft.is_soft))
        parts.append("\n")
        position += 1
    return Source("".join(parts)[:-1], tuple(paragraphs), tuple(lines), "text/plain")
