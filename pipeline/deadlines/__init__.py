"""Russian administrative deadlines: «до 01.11.23», «в течение учебного года», «ежеквартально до 5 числа», «постоянно»."""

from __future__ import annotations

import re
from datetime import date

from pipeline.deadlines.dates import Context
from pipeline.deadlines.grammar import merged, read
from pipeline.deadlines.guards import is_infinitive
from pipeline.deadlines.inline import Found, find_deadlines
from pipeline.deadlines.lexer import fold
from pipeline.deadlines.policy import DEFAULT, Policy
from pipeline.deadlines.rows import deadlines
from pipeline.model import Deadline

LIMIT = 1_000  # no deadline is longer
LABEL = re.compile(
    r"[\s*_]*(?:сроки?(?:\s(?:исполнения|выполнения|реализации|проведения|представления|предоставления|сдачи|действия|завершения))?"
    r"\s?(?:[:.]|-|(?=\s(?:до|не|с|в|к|по|на)\s))\s*)?[\s\-:*_]*"
)
NOISE = " \t\n\r.;,*_"


def parse_deadlines(text: str, anchor: date | None, policy: Policy = DEFAULT) -> list[Deadline]:
    """Read a deadline expression: «до 01.04 (проект), до 01.06 (итог)» → two rows with their dates."""
    folded = fold(text)
    start, end = _extent(folded)
    if start >= end:
        return []
    parts = merged(read(text, folded[:end], start)) if end - start <= LIMIT else []
    if not parts:
        return [Deadline(text[start:end], "unspecified", start, end, "unparsed", is_ambiguous=True)]
    return deadlines(parts, text, start, end, Context(anchor, policy))


def _extent(folded: str) -> tuple[int, int]:
    """The expression without its label and closing punctuation."""
    label = LABEL.match(folded[:200])
    start = label.end() if label else 0
    return start, len(folded.rstrip(NOISE))


# clauses that any words after a preposition would make
LOOSE = frozenset(("at_event", "document", "next_event", "unit_alone", "to_event", "until_event", "during", "recurring_adjective"))


def is_deadline(text: str) -> bool:
    """Tell whether a table cell or a line by itself reads as a deadline: «До 15.05.2024 г.», «постоянно»."""
    if len(text) > 200:
        return False
    folded = fold(text)
    start, end = _extent(folded)
    parts = merged(read(text, folded[:end], start)) if start < end else []
    if not parts or any(p.is_doubtful or (p.label and p is parts[0]) for p in parts):
        return False
    first = parts[0].clause
    loose = first.rule in LOOSE or (first.event is not None and len(text.split()) > 14)
    return not loose and not any(is_infinitive(word) for word in folded[start:end].split())


__all__ = ["DEFAULT", "Found", "Policy", "find_deadlines", "is_deadline", "parse_deadlines"]
