"""What a protocol says and we could not read, or read with a guess: the rows of `issues` that its parsing leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.deadlines import parse_deadlines
from pipeline.model import Assignee, Deadline, Issue, Participant, Protocol
from pipeline.nlp import find_names, nominative_name

# any day: a deadline that would be counted from it cannot be dated without the meeting's day
SOME_DAY = date(2024, 1, 9)
DATED = ("by_date", "on_date", "interval", "duration")


def find_doubts(protocol: Protocol) -> tuple[Issue, ...]:
    """Misprints mended, parts not found, deadlines left open: «до 1 мая» in a protocol without a date."""
    issues = [*_mended(protocol), *_undecided(protocol)]
    has_date = protocol.header.date is not None
    if not has_date:
        issues.append(Issue("warning", "no_date", "дата заседания в документе не найдена"))
    if not protocol.decisions:
        issues.append(Issue("warning", "no_decisions", "решения в протоколе не найдены"))
    places: set[tuple[int, int]] = set()  # an expression of several deadlines is one doubt
    for decision in protocol.decisions:
        for deadline in decision.deadlines:
            doubt = _of_deadline(deadline, has_date)
            if doubt is not None and (deadline.start, deadline.end) not in places:
                places.add((deadline.start, deadline.end))
                code, message = doubt
                text = f"{message}: «{deadline.text}»"
                issues.append(Issue("warning", code, text, start=deadline.start, end=deadline.end))
    return tuple(issues)


def _of_deadline(deadline: Deadline, has_date: bool) -> tuple[str, str] | None:
    """Code and message where a deadline was not understood, or stayed without the date that it should have."""
    if deadline.rule == "unparsed":
        return "deadline_not_understood", "срок не понят"
    if not has_date and any(row.anchor_date for row in parse_deadlines(deadline.text, SOME_DAY)):
        return "deadline_without_anchor", "срок отсчитывается от даты заседания, а её в документе нет"
    if has_date and deadline.kind in DATED and deadline.start_date is None and deadline.due_date is None:
        return "deadline_impossible", "такой даты нет"
    return None


def _undecided(protocol: Protocol) -> Iterator[Issue]:
    """Surnames that may be a man's or a woman's, and stayed as printed: «поручить Шевчук О.П.»."""
    assignees = [a for d in protocol.decisions for a in d.assignees if not a.is_inherited]
    people: list[Participant | Assignee] = [*protocol.participants, *assignees]
    seen: set[str] = set()
    for person in people:
        if person.is_undecided and person.name_raw not in seen:
            seen.add(person.name_raw)
            message = f"род не определён, фамилия оставлена как напечатана: «{person.name_raw}»"
            yield Issue("info", "name_undecided", message, start=person.start, end=person.end)


def _mended(protocol: Protocol) -> Iterator[Issue]:
    """The misprints that were mended in given names and patronymics: «Викторю» → «Виктория»."""
    seen: set[str] = set()
    for person in protocol.participants:
        if person.entity_type != "person" or len(person.name_raw.split()) < 3 or person.name_raw in seen:
            continue
        seen.add(person.name_raw)
        if any(nominative_name(name).is_mended for name in find_names(person.name_raw)):
            message = f"опечатка в имени исправлена: «{person.name_raw}» → «{person.name}»"
            yield Issue("info", "name_mended", message, start=person.start, end=person.end)
