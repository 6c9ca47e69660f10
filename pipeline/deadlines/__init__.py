"""Russian administrative deadlines: «до 01.11.23», «в течение года», «ежеквартально до 5 числа», «постоянно»."""

from __future__ import annotations

import re
from datetime import date

from pipeline.deadlines.clauses import Clause
from pipeline.deadlines.dates import Context
from pipeline.deadlines.grammar import merged, read
from pipeline.deadlines.inline import Found, find_deadlines
from pipeline.deadlines.lexer import fold
from pipeline.deadlines.odd import odd_date
from pipeline.deadlines.place import is_infinitive
from pipeline.deadlines.policy import DEFAULT, Policy
from pipeline.deadlines.rows import deadlines
from pipeline.model import Deadline

LIMIT = 1_000  # no deadline is longer
LABEL = re.compile(
    r"[\s*_]*(?:сроки?(?:\s(?:исполнения|выполнения|реализации|проведения|представления|предоставления|сдачи|действия|завершения))?"
    r"\s?(?:[:.]|-|(?=\s(?:до|не|с|в|к|по|на)\s|\s\d))\s*)?[\s\-:*_]*"
)
ODD_FRAMES = frozenset(("until_event", "to_event"))
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
    if len(parts) == 1 and parts[0].clause.rule in ODD_FRAMES:
        _read_odd_date(parts[0].clause, text)
    return deadlines(parts, text, start, end, Context(anchor, policy))


def _read_odd_date(clause: Clause, text: str) -> None:
    """«до 2024 года 15 марта»: the frame is ours, the date a last reader's."""
    event = clause.event
    found = odd_date(text[event.start : event.end]) if event is not None else None
    if found is not None:
        clause.kind, clause.rule, clause.whens = "by_date", "by_odd_date", (found,)
        clause.prep, clause.event = "by", None


def _extent(folded: str) -> tuple[int, int]:
    """The expression without its label and closing punctuation."""
    label = LABEL.match(folded[:200])
    start = label.end() if label else 0
    return start, len(folded.rstrip(NOISE))


# clauses that any words after a preposition would make
LOOSE = frozenset(("at_event", "document", "next_event", "unit_alone", "to_event", "during", "recurring_adjective"))
UNTIL = re.compile(
    r"до\s(?:момента\s)?(?:особ|следующ|очередн|отмен|принят|утвержд|окончан|заверш|начал|вступл|передач|получен|подписан|истечен|полн|провед|востреб)"
)


def is_deadline(text: str) -> bool:
    """Tell whether a table cell or a line by itself reads as a deadline: «До 15.05.2024 г.», «постоянно»."""
    if len(text) > 200:
        return False
    folded = fold(text)
    start, end = _extent(folded)
    parts = merged(read(text, folded[:end], start)) if start < end else []
    if not parts or parts[0].has_prefix or any(p.is_doubtful for p in parts):
        return False
    first = parts[0].clause
    if first.rule in LOOSE or (first.rule == "until_event" and not UNTIL.match(folded[start:])):
        return False
    if first.length is not None and first.length.unit in ("H", "MIN") and re.match(r"(?:до\s)?\d", folded[start:]):
        return False  # «10 часов 00 минут» is a time of day, «до 10 минут» how long somebody may speak
    wordy = first.event is not None and len(text.split()) > 14
    return not wordy and not any(is_infinitive(word) for word in folded[start:end].split())


__all__ = ["DEFAULT", "Found", "Policy", "find_deadlines", "is_deadline", "parse_deadlines"]
