"""Tables typed in a text file: lines with the same number of tabs or bars, or with columns set by spaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pipeline.model import Cell
from pipeline.readers.common import Draft
from pipeline.readers.joining import begins_item, flowed, is_label
from pipeline.readers.typed_lines import TypedLine

_MIN_ROWS: Final = 2
_MIN_COLUMNS: Final = 3
_BAR: Final = re.compile(r"[|│┃║]")
_RULE: Final = re.compile(r"[-+=:|\s─━═│┃║┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╟╫╢╓╥╖╙╨╜]+")
_RULE_MARK: Final = re.compile(r"-{2,}|={2,}|[─━═]{2,}")
_WIDE: Final = re.compile(r"\S {2,}\S.*\S {2,}\S")
_COLUMN: Final = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_LOOSE: Final = re.compile(r"\S+(?:[ \u00a0]{1,2}\S+)*")  # two spaces may be a slip in wide columns
_HEADING: Final = re.compile(r"№|N\b|[А-ЯЁа-яё]{3}|п/п")
_LONGEST: Final = 20_000  # lines of a table
_FILLER: Final = re.compile(r"[\s_./]*_[\s_./]*")

Row = list[str]


def typed_tables(lines: list[TypedLine]) -> dict[int, tuple[list[Draft], int]]:
    """Tables by the index of their first line: the paragraphs of the cells, and the index after the last line."""
    if not any("\t" in line.raw.strip() or _BAR.search(line.raw) or _WIDE.search(line.raw.strip()) for line in lines):
        return {}
    found: dict[int, tuple[list[Draft], int]] = {}
    at = 0
    while at < len(lines):
        rows, end = _bar_table(lines, at)
        if not rows:
            rows, tab_end = _tab_table(lines, at)
            end = tab_end if rows else max(end, tab_end)
        if not rows:
            rows, space_end = _space_table(lines, at)
            end = space_end if rows else max(end, space_end)
        if rows:
            found[at] = (list(_cells(rows, len(found))), end)
        at = end  # past a run that is no table too: looking into it again would take quadratic time
    return found


def _is_rule(line: TypedLine) -> bool:
    return bool(_RULE.fullmatch(line.text) and _RULE_MARK.search(line.text))


def _bar_cells(line: TypedLine) -> Row:
    """«| 1 | Провести | июнь |» → three cells."""
    cells = [cell.strip() for cell in _BAR.split(line.text)]
    return cells[bool(not cells[0]) : len(cells) - bool(not cells[-1])] if len(cells) > 1 else []


def _tab_cells(line: TypedLine) -> Row:
    return [cell.strip() for cell in line.raw.split("\t")]


def _run(lines: list[TypedLine], at: int, split: Callable[[TypedLine], Row]) -> tuple[list[Row | None], int]:
    """Consecutive lines with one number of cells; a rule line gives None."""
    rows: list[Row | None] = []
    width, end = 0, at
    while end < len(lines) and (end == at or split is _bar_cells or not lines[end].is_after_blank):
        row = None if _is_rule(lines[end]) else split(lines[end])
        if split is _bar_cells and row is not None and len(row) == width - 1 and lines[end].text.startswith("|"):
            row = ["", *row]  # the table has no bars at its edges, so that this one parts an empty cell
        if split is _tab_cells and row is not None and _MIN_COLUMNS - 1 <= len(row) < width:
            row += [""] * (width - len(row))  # the tabs of empty cells at a line's end are lost
        if row is not None and (len(row) < _MIN_COLUMNS or (width and len(row) != width)):
            break
        width = width or len(row or ())
        rows.append(row)
        end += 1
    return rows, end


def _bar_table(lines: list[TypedLine], at: int) -> tuple[list[Row], int]:
    """The rows of a table with bars that begins here, if one does, and where its lines end."""
    if not (_BAR.search(lines[at].text) or _is_rule(lines[at])):
        return [], at + 1
    run, end = _run(lines, at, _bar_cells)
    rows = list(_merged(run))
    return rows if _is_table(rows) else [], max(end, at + 1)


def _tab_table(lines: list[TypedLine], at: int) -> tuple[list[Row], int]:
    if "\t" not in lines[at].raw.strip():
        return [], at + 1
    run, end = _run(lines, at, _tab_cells)
    rows = [row for row in run if row is not None]
    is_full = _is_table(rows) and all(sum(map(bool, row)) >= _MIN_COLUMNS - 1 for row in rows)
    return rows if is_full and sum(map(bool, rows[0])) >= _MIN_COLUMNS else [], max(end, at + 1)


def _space_table(lines: list[TypedLine], at: int) -> tuple[list[Row], int]:
    """A table whose columns are set by spaces: three headings or more, and below them lines that keep the gaps."""
    heads = [(m.start(), m.end()) for m in _COLUMN.finditer(lines[at].raw.rstrip())]
    is_wide = all(b[0] - a[1] > 2 for a, b in pairwise(heads))
    if len(heads) < _MIN_COLUMNS or not all(_HEADING.match(lines[at].raw, start) for start, _ in heads):
        return [], at + 1
    columns, rows, end = heads, [[lines[at].raw[start:stop].strip() for start, stop in heads]], at + 1
    while end < len(lines) and end - at < _LONGEST:
        wider = _widened(columns, _COLUMN.finditer(lines[end].raw.rstrip()))
        if is_wide and len(wider) != len(columns):
            wider = _widened(columns, _LOOSE.finditer(lines[end].raw.rstrip()))
        row = [lines[end].raw[start:stop].strip() for start, stop in wider]
        is_poor = sum(map(bool, row)) < 1 + bool(row[0]) or (lines[end].is_after_blank and not row[0])
        if is_poor or len(wider) != len(columns):
            break
        if row[0] or len(rows) == 1 or not rows[-1][0]:
            rows.append(row)
        else:
            rows[-1] = ["\n".join(filter(None, pair)) for pair in zip(rows[-1], row, strict=True)]
        columns, end = wider, end + 1
    least = _MIN_ROWS if is_wide else _MIN_ROWS + 1
    return (rows, end) if len(rows) >= least and _is_table(rows) else ([], max(at + 1, end - 1))


def _widened(columns: list[tuple[int, int]], cells: Iterator[re.Match[str]]) -> list[tuple[int, int]]:
    """The columns with the room that the cells of a further line take; two that meet become one."""
    spans = sorted([*columns, *((m.start(), m.end()) for m in cells)])
    joined = spans[:1]
    for start, end in spans[1:]:
        if start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _merged(run: list[Row | None]) -> Iterator[Row]:
    """Rows of a ruled table may take several lines: with rules between all rows, or where the first cell is empty."""
    rules = run.count(None)
    group: list[Row] = []
    for row in run:
        if group and (row is None or not (rules > 3 or (rules > 1 and not row[0]))):
            yield _one_row(group)
            group = []
        if row is not None:
            group.append(row)
    if group:
        yield _one_row(group)


def _one_row(lines: list[Row]) -> Row:
    return ["\n".join(filter(None, cells)) for cells in zip(*lines, strict=True)]


def _is_table(rows: list[Row]) -> bool:
    """At least two rows and three columns with text; a gap of underscores belongs to signatures."""
    if len(rows) < _MIN_ROWS or any(_FILLER.fullmatch(cell) for row in rows for cell in row):
        return False
    return sum(any(column) for column in zip(*rows, strict=True)) >= _MIN_COLUMNS


def _cells(rows: list[Row], table: int) -> Iterator[Draft]:
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            yield from _cell(text, Cell(table, number, column))


def _cell(text: str, cell: Cell) -> Iterator[Draft]:
    """The paragraphs of a cell: its lines joined, but for list items and labels."""
    group: list[str] = []
    for line in filter(None, text.split("\n")):
        if group and (begins_item(line) or is_label(line)):
            yield replace(flowed(group), cell=cell)
            group = []
        group.append(line)
    if group:
        yield replace(flowed(group), cell=cell)
