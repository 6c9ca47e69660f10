"""Parts of a decision block → entries: one per item, lead-in or row of a decision table, with its clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.clauses import Clause, ClauseKind, find_clauses, is_bare_deadline, opens_clause, unlabelled_clauses
from pipeline.labels import Label, parse_label
from pipeline.markers import is_decision_like
from pipeline.model import Source
from pipeline.nlp.morph import has_infinitive
from pipeline.parsers.assignees import find_addressees
from pipeline.segment import Part
from pipeline.tables import Columns, read_columns

TERM_HEADING = "term_heading"


@dataclass
class Entry:
    """An item, a lead-in or a table row. Spans are offsets into the document, the label stripped.

    `main` are the stretches of what is to be done, `clauses` its deadlines and assignees, `open_kind` a label whose
    value is still to come («Отв.:» at the end of a line).
    """

    main: list[tuple[int, int]]
    label: Label | None
    question: int | None
    rule: str
    is_lead_in: bool = False
    clauses: list[Clause] = field(default_factory=list)
    open_kind: ClauseKind | None = None

    @property
    def start(self) -> int:
        """Where the entry begins."""
        return min(self.main[0][0], *(c.start for c in self.clauses)) if self.clauses else self.main[0][0]

    @property
    def end(self) -> int:
        """Where the last of it ends."""
        return max(self.main[-1][1], *(c.end for c in self.clauses)) if self.clauses else self.main[-1][1]

    def text(self, source: Source) -> str:
        """The cleaned text of what is to be done."""
        return " ".join(source.clean[s:e].strip() for s, e in self.main).replace("\n", " ").strip()


def read_entries(source: Source, parts: list[Part]) -> list[Entry]:
    """The entries of one decision block in order."""
    entries: list[Entry] = []
    columns: Columns | None = None
    has_labels = any(p.unit.label for p in parts if p.role == "item" and not opens_clause(p.text))
    for index, part in enumerate(parts):
        if part.role in ("marker", "question"):
            continue
        if part.unit.row:
            columns = _columns_for(source, parts, part, columns)
            if columns is not None:
                _add_row(source, entries, part, columns)
                continue
        _add_unit(source, entries, part, has_labels, parts[index + 1] if index + 1 < len(parts) else None)
    return entries


def _columns_for(source: Source, parts: list[Part], part: Part, known: Columns | None) -> Columns | None:
    if known is not None and known.table == part.unit.table:
        return known
    rows = [p.unit for p in parts if p.unit.row and p.unit.table == part.unit.table]
    return read_columns(source, rows)


def _add_row(source: Source, entries: list[Entry], part: Part, columns: Columns) -> None:
    unit = part.unit
    if unit.start in columns.heading_rows:
        return
    cells = {column: (start, end) for column, start, end in unit.row}
    text = cells.get(columns.text)
    if text is None:
        _extend_row(source, entries, cells, columns)
        return
    if len(cells) == 1 and columns.text_is_merged(unit) and not is_decision_like(unit.text):
        entries.append(Entry([text], None, part.question, "table_group", is_lead_in=True))
        return
    own = parse_label(source.clean[slice(*text)])  # «1.1. Завершить замену котла» in the cell of the text
    label = own if own and own.numbers else columns.label_of(source, cells)
    if label is own and own is not None:
        text = text[0] + own.end, text[1]
    entry = Entry([text], label, part.question, "table_row")
    _split_clauses(source, entry)
    entry.clauses += [_meant(source, c, entries) for c in _cell_clauses(cells, columns)]
    entries.append(entry)


def _extend_row(source: Source, entries: list[Entry], cells: dict[int, tuple[int, int]], columns: Columns) -> None:
    """A row without text: a group heading in another column, or more values for the row above."""
    clauses = _cell_clauses(cells, columns)
    if clauses and entries and not entries[-1].is_lead_in:
        entries[-1].clauses += clauses
        return
    span = next(iter(cells.values()))
    if re.search(r"[А-Яа-яЁё]{4}", source.clean[span[0] : span[1]]):
        entries.append(Entry([span], None, None, "table_group", is_lead_in=True))


_DITTO = re.compile(r"\W*(?:(?:тот|та|те|то)\s+же|же)?\W*", re.IGNORECASE)


def _meant(source: Source, clause: Clause, entries: list[Entry]) -> Clause:
    """«тот же», «-//-» in a cell stand for what the row above has."""
    printed = source.clean[clause.start : clause.end]
    if not _DITTO.fullmatch(printed) or not re.search(r"же|//|\"", printed):
        return clause
    above = [c for e in reversed(entries) for c in e.clauses if c.kind == clause.kind]
    return above[0] if above else clause


def _cell_clauses(cells: dict[int, tuple[int, int]], columns: Columns) -> list[Clause]:
    return [
        Clause(kind, *cells[column], *cells[column])
        for column, kind in columns.clauses
        if column in cells
    ]  # fmt: skip


def _add_unit(source: Source, entries: list[Entry], part: Part, has_labels: bool, following: Part | None) -> None:
    unit = part.unit
    last = entries[-1] if entries else None
    body = part.text
    if not re.search(r"[А-Яа-яЁёA-Za-z0-9]", body):
        return
    content = part.content
    if unit.label is None and body.rstrip().endswith(":") and _names_term(body):
        value = body.rstrip(" :")
        (clause,) = find_clauses(value)[:1]
        heading = Entry([(content, unit.end)], None, part.question, TERM_HEADING, is_lead_in=True)
        heading.clauses.append(_shift(clause, content))
        entries.append(heading)
        return
    if last is not None and _is_clause_line(unit.label, body, last):
        _attach(source, entries, unit.start if opens_clause(unit.text) else content, unit.end)
        return
    if last is not None and last.open_kind and unit.label is None and not is_decision_like(body):
        last.clauses.append(Clause(last.open_kind, content, unit.end, content, unit.end))
        last.open_kind = None
        return
    label = unit.label or _implied_label(body, entries, source)
    if last is not None and label is None and _continues(body, last, has_labels, source):
        last.main.append((content, unit.end))
        return
    if label is None and _is_lead_in(body, has_labels, following):
        entries.append(Entry([(content, unit.end)], None, part.question, "lead_in", is_lead_in=True))
        return
    for start, end in _commitments(body) if label is None else [(0, len(body))]:
        entry = Entry([(content + start, content + end)], label, part.question, "item" if label else "paragraph")
        _split_clauses(source, entry)
        _split_unlabelled(source, entry)
        if entry.main:
            entries.append(entry)
        elif entries:
            entries[-1].clauses += entry.clauses


def _names_term(body: str) -> bool:
    """«Срок – до 15.03.2024:» over a list is the term of its items."""
    clauses = find_clauses(body.rstrip(" :"))
    return len(clauses) == 1 and clauses[0].kind == "deadline" and clauses[0].content_end > clauses[0].content_start


def _implied_label(body: str, entries: list[Entry], source: Source) -> Label | None:
    """Items set in under a number without a mark of their own: «1. Провести: | гонки – 1 марта; | волейбол …»."""
    if not entries or not body[0].islower():
        return None
    last = entries[-1]
    printed = source.clean[last.main[-1][0] : last.end + 1].rstrip()
    below_number = last.label is not None and last.label.system != "dash" and printed.endswith(":")
    goes_on = last.label is not None and last.label.text == "" and printed.endswith((";", ","))
    return Label("", "dash", (), 0) if below_number or goes_on else None


def _is_clause_line(label: Label | None, body: str, last: Entry) -> bool:
    if label is not None and label.system != "dash":
        return False
    if opens_clause(body):
        return True
    if body.rstrip().endswith(":"):
        return False
    return label is None and not last.is_lead_in and is_bare_deadline(body)


def _attach(source: Source, entries: list[Entry], start: int, end: int) -> None:
    text = source.clean[start:end]
    clauses = find_clauses(text)
    if not clauses:
        value = text.strip(" ().;")
        offset = start + text.find(value)
        entries[-1].clauses.append(Clause("deadline", start, end, offset, offset + len(value)))
        return
    targets = _targets(entries, clauses)
    for c in clauses:
        for entry in targets:
            if c.content_start < c.content_end:
                entry.clauses.append(_shift(c, start))
            entry.open_kind = c.kind if c.content_start >= c.content_end else None


def _targets(entries: list[Entry], clauses: list[Clause]) -> list[Entry]:
    """The items a clause line is for: the last one, those it names, or all of the last one's list."""
    last = entries[-1]
    numbers = {number for c in clauses for number in c.items}
    if numbers:
        return [e for e in entries if e.label and e.label.text in numbers] or [last]
    if last.label and any(c.is_for_all for c in clauses):
        return [e for e in entries if e.label and e.label.system == last.label.system]
    return [last]


def _shift(clause: Clause, offset: int) -> Clause:
    return replace(
        clause,
        start=clause.start + offset,
        end=clause.end + offset,
        content_start=clause.content_start + offset,
        content_end=clause.content_end + offset,
    )


def _split_clauses(source: Source, entry: Entry) -> None:
    """Take the labelled clauses out of the running text: «Сформировать базы. Срок: до 01.11.23»."""
    start, end = entry.main[0]
    text = source.clean[start:end]
    clauses = [c for c in find_clauses(text) if text[: c.start].strip(" .,;(–-")]
    if not clauses or (entry.is_lead_in and text[: clauses[0].start].count("(") == 0 and clauses[0].end >= len(text)):
        return
    cursor, kept = 0, []
    for clause in clauses:
        kept.append((cursor, clause.start))
        cursor = max(cursor, clause.end)
        if clause.content_start < clause.content_end:
            entry.clauses.append(_shift(clause, start))
        else:
            entry.open_kind = clause.kind
    kept.append((cursor, len(text)))
    entry.main = [(start + s, start + e) for s, e in kept if re.search(r"[А-Яа-яЁё0-9]", text[s:e])]


def _split_unlabelled(source: Source, entry: Entry) -> None:
    """Take out what closes the item without a label: «… – Иванов И.И., ноябрь»."""
    if not entry.main:
        return
    start, end = entry.main[-1]
    text = source.clean[start:end]
    clauses = unlabelled_clauses(text.replace("\n", " "))
    kinds = {c.kind for c in entry.clauses}
    clauses = [c for c in clauses if c.kind not in kinds]
    if not clauses or not re.search(r"[А-Яа-яЁё]{3}", text[: clauses[0].start]):
        return
    entry.clauses += [_shift(c, start) for c in clauses]
    cursor, kept = 0, []
    for left, right in sorted({(c.start, c.end) for c in clauses}):
        kept.append((cursor, left))
        cursor = right
    kept.append((cursor, len(text)))
    pieces = [(start + s, start + e) for s, e in kept if re.search(r"[А-Яа-яЁё0-9]", text[s:e])]
    entry.main = [*entry.main[:-1], *pieces]


def _continues(body: str, last: Entry, has_labels: bool, source: Source) -> bool:
    """Whether an unnumbered line goes on with the item above: a broken sentence, an explanation without a verb."""
    if last.is_lead_in or last.clauses:
        return False
    before = source.clean[slice(*last.main[-1])].strip()
    if _is_title(body) and before.endswith((".", ";")):
        return False
    if body[0].islower() and not before.endswith("."):
        return not is_decision_like(body) or not before.endswith((";", ":"))
    return has_labels and last.label is not None and not is_decision_like(body) and not body.rstrip().endswith(":")


def _is_lead_in(body: str, has_labels: bool, following: Part | None) -> bool:
    if body.rstrip().endswith(":"):
        return True
    if following is None or has_infinitive(body):
        return False
    return (has_labels and following.unit.label is not None) or _is_title(body)


def _is_title(body: str) -> bool:
    """A heading of a group without a colon: «Новые поручения»."""
    return len(body) < 80 and body[0].isupper() and body.rstrip()[-1] not in ".;," and not has_infinitive(body)


_BREAK = re.compile(
    r"[;,]\s+|(?:(?<=[а-яё»)])|(?<=[А-ЯЁ]{3}))\.\s+(?=[А-ЯЁ])|(?<=[а-яё]\s[А-ЯЁ]\.[А-ЯЁ])\.\s+(?=[А-ЯЁ][а-яё]+\s)"
)


def _commitments(body: str) -> list[tuple[int, int]]:
    """An unnumbered paragraph cut where another commitment begins: «создать комиссию; проверки проводить»."""
    edges = [0]
    for match in _BREAK.finditer(body):
        ahead = body[match.end() :]
        clause = re.split(r"[;,]\s+|(?:(?<=[а-яё»)])|(?<=[А-ЯЁ]{3}))\.\s+", ahead, maxsplit=1)[0]
        if _is_open_bracket(body[: match.start()]) or opens_clause(ahead) or re.match(r"(?:о|об)\s", ahead, re.I):
            continue
        if match[0][0] == "," and not (_DATIVE.match(clause) and find_addressees(clause)):
            continue
        if has_infinitive(clause) and has_infinitive(body[edges[-1] : match.start()]):
            edges.append(match.end())
    return [(start, end) for start, end in pairwise([*edges, len(body)])]


# a cheap look before the addressee is read: a word in the dative opens the clause
_DATIVE = re.compile(r"[А-ЯЁа-яё-]+(?:ам|ям|у|ю|ому|ему|ой|ей|ым|им|е|и)\s")


def _is_open_bracket(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count("«") > text.count("»")
