"""The columns of a table: which holds what is to be done, the deadline, the responsible, in any order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.clauses import ClauseKind
from pipeline.deadlines import is_deadline
from pipeline.labels import Label
from pipeline.lexicon import words
from pipeline.model import Source
from pipeline.units import Unit

_HEADINGS = ("number", "deadline", "controller", "assignee", "note", "text")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of one table hold; `clauses` pairs a column with the kind of its value."""

    table: int | None
    text: int
    number: int | None
    clauses: tuple[tuple[int, ClauseKind], ...]
    heading_rows: frozenset[int]
    width: int

    def label_of(self, source: Source, cells: dict[int, tuple[int, int]]) -> Label | None:
        """The number of a row as a label: «3.» → 3."""
        if self.number is None or self.number not in cells:
            return None
        start, end = cells[self.number]
        match = re.match(r"\d{1,3}(?:\.\d{1,2})*", source.clean[start:end].strip())
        return Label(match[0], "decimal", tuple(map(int, match[0].split("."))), 0) if match else None

    def text_is_merged(self, unit: Unit) -> bool:
        """Whether a row of one cell is a group heading rather than a task without deadline."""
        return len(unit.row) == 1 and self.width > 2 and len(unit.text) < 200


def read_columns(source: Source, rows: list[Unit]) -> Columns | None:
    """The columns by their headings, else by what stands in them; None where the table holds no decisions."""
    for row in rows[:3]:
        found = _by_heading(source, row)
        if found:
            return _columns(found, rows, frozenset(_heading_rows(source, rows, row)))
    guessed = _by_content(source, rows)
    return _columns(guessed, rows, frozenset()) if guessed else None


def has_decision_columns(source: Source, rows: list[Unit]) -> bool:
    """Whether the headings of a table name what is to be done with its term or its responsible."""
    return any(_by_heading(source, row) for row in rows[:3])


def _by_heading(source: Source, row: Unit) -> dict[str, int] | None:
    found: dict[str, int] = {}
    for column, start, end in row.row:
        text = source.clean[start:end].strip()
        name = next(
            (n for n in _HEADINGS if n not in found and len(text) < 90 and words("columns", n).match(text)), None
        )
        if name:
            found[name] = column
    if "text" not in found and {"deadline", "assignee"} <= found.keys():
        rest = [c for c, s, e in row.row if c not in found.values() and e - s < 90]
        if rest:
            found["text"] = rest[0]
    return found if "text" in found and ("deadline" in found or "assignee" in found) else None


def _heading_rows(source: Source, rows: list[Unit], heading: Unit) -> list[int]:
    """The heading itself, its repetitions on later pages and the row of column numbers «1 | 2 | 3 | 4»."""
    starts = [r.start for r in rows if r.start <= heading.start]
    wanted = re.sub(r"\s+", " ", heading.text)
    for row in rows:
        cells = [source.clean[s:e].strip(" .") for _, s, e in row.row]
        if re.sub(r"\s+", " ", row.text) == wanted or (
            len(cells) > 2 and all(c.isdigit() and len(c) == 1 for c in cells)
        ):
            starts.append(row.start)
    return starts


def _by_content(source: Source, rows: list[Unit]) -> dict[str, int] | None:
    """Without headings: numbers, dates and the longest texts tell the columns apart."""
    numbers, dates, lengths, counts = Counter[int](), Counter[int](), Counter[int](), Counter[int]()
    for row in rows:
        for column, start, end in row.row:
            text = source.clean[start:end].strip()
            counts[column] += 1
            lengths[column] += len(text)
            numbers[column] += bool(re.fullmatch(r"\d{1,3}(?:\.\d{1,2})*\.?", text))
            dates[column] += is_deadline(text)
    date_columns = [c for c in counts if dates[c] * 2 > counts[c]]
    if not date_columns or len(counts) < 3:
        return None
    found = {"deadline": date_columns[0], "text": max(counts, key=lambda c: lengths[c] / counts[c])}
    number = [c for c in counts if numbers[c] * 2 > counts[c]]
    if number:
        found["number"] = number[0]
    rest = [c for c in counts if c not in found.values()]
    if rest:
        found["assignee"] = rest[0]
    return found


def _columns(found: dict[str, int], rows: list[Unit], headings: frozenset[int]) -> Columns:
    kinds: tuple[ClauseKind, ...] = ("deadline", "assignee", "controller")
    clauses = tuple((found[kind], kind) for kind in kinds if kind in found)
    return Columns(rows[0].table, found["text"], found.get("number"), clauses, headings, max(len(r.row) for r in rows))


def agenda_column(source: Source, rows: list[Unit]) -> int | None:
    """Which column of an agenda table holds the questions: by its heading, else the longest."""
    if not rows:
        return None
    for column, start, end in rows[0].row:
        if words("columns", "agenda").match(source.clean[start:end].strip()):
            return column
    lengths = Counter[int]()
    for row in rows:
        for column, start, end in row.row:
            lengths[column] += end - start
    return max(lengths, key=lengths.__getitem__)
