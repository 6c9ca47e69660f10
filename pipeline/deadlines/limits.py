"""Bounds of one clause against the anchor: what «до», «к», «по», «с», «после» make of a day or a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pipeline.deadlines.clauses import Clause
from pipeline.deadlines.dates import NOTHING, Bounds, Context, Span, When, Year, add_months, in_window
from pipeline.deadlines.durations import Length
from pipeline.deadlines.edges import Edge

ONE_DAY = timedelta(1)


def limits(clause: Clause, context: Context) -> Bounds:
    """First and last day of a clause; a bound that it does not say is None."""
    if clause.kind == "duration" and clause.length is not None:
        found = _counted(clause, clause.length, context)
    elif clause.whens:
        found = _limits(clause, context)
    else:
        return Bounds()
    if in_window(found.start, context) and in_window(found.end, context):
        return found
    return NOTHING


def _limits(clause: Clause, context: Context) -> Bounds:
    first = clause.whens[0]
    if clause.kind == "span":
        return _from_to(clause, context)
    if clause.kind == "range":
        start = first.resolve(context)
        end = clause.whens[-1].resolve(context._replace(anchor=start.start or context.anchor))
        return Bounds(start.start, end.end, start.anchored or end.anchored, True)
    if clause.kind == "from":
        return _since(first, clause.prep, context)
    if clause.kind in ("by_date", "until"):
        return due(first, clause.prep, context)
    if clause.kind == "running":
        return _rest(first, clause, context)
    if clause.kind == "before":
        return _before(first, clause, context)
    if clause.kind == "event":
        found = point(first, context)
        return Bounds(found.end + ONE_DAY, None, found.anchored, True) if found.end else NOTHING
    return first.resolve(context)


def point(when: When | Edge, context: Context) -> Bounds:
    """A day of a day, the side of an edge, the whole of a period."""
    return when.point(context) if isinstance(when, Edge) else when.resolve(context)


def due(when: When | Edge, prep: str, context: Context) -> Bounds:
    """«до X» = X; «до марта» = the day before; «к марту» = its first day; «по март», «не позднее марта» = its last."""
    if isinstance(when, Edge):
        found = when.point(context)
        shift = ONE_DAY if when.side == "beg" and prep in ("by", "before") else timedelta(0)
        return found._replace(start=None, end=found.end - shift) if found.end else NOTHING
    if when.is_day:
        found = when.resolve(context)._replace(start=None)
        if prep == "before" and found.end is not None:  # «накануне 1 сентября»
            return found._replace(end=found.end - ONE_DAY, doubtful=True)
        return found
    if prep in ("by", "k", "before"):
        if isinstance(when, Span) and when.year is None:
            when = replace(when, is_next=True)
        found = when.resolve(context)
        if found.start is None:
            return NOTHING
        return Bounds(None, found.start if prep == "k" else found.start - ONE_DAY, found.anchored, True)
    return when.resolve(context)._replace(start=None)


def _since(when: When | Edge, prep: str, context: Context) -> Bounds:
    found = point(when, context)
    if found.start is None or found.end is None:
        return NOTHING
    start = found.end + ONE_DAY if prep == "after" else found.start
    return found._replace(start=start, end=None)


def _from_to(clause: Clause, context: Context) -> Bounds:
    first, last = clause.whens[0], clause.whens[-1]
    if isinstance(first, Span) and first.year is None:
        stated = point(last, context) if _is_stated(last) else Bounds()
        if stated.end is not None:
            same = first.with_year(Year(stated.end.year)).resolve(context)
            early = same.start is not None and same.start <= stated.end
            first = first.with_year(Year(stated.end.year if early else stated.end.year - 1))
    start = _since(first, "from", context)
    if start.start is None:
        return due(last, clause.prep, context)
    end = due(last, clause.prep, context._replace(anchor=start.start) if not _is_stated(last) else context)
    return Bounds(start.start, end.end, start.anchored or end.anchored, start.doubtful or end.doubtful)


def _is_stated(when: When | Edge) -> bool:
    base = when.base if isinstance(when, Edge) else when
    return isinstance(base, Span) and base.year is not None


def _rest(when: When | Edge, clause: Clause, context: Context) -> Bounds:
    """The rest of a running period, from the anchor (rule 8)."""
    found = when.resolve(context)
    if found.start is None or context.anchor is None or found.end is None:
        return found
    start, end = max(found.start, context.anchor), found.end
    if clause.prep == "year" and context.policy.bare_year == "rolling":
        end = add_months(start, 12)
    elif clause.prep == "year" and context.policy.bare_year == "school":
        end = Span(9, 1, 5, 31, is_school=True).resolve(context).end or end
    return Bounds(start, end, True, found.doubtful or clause.is_doubtful)


def _counted(clause: Clause, length: Length, context: Context) -> Bounds:
    """N units from the anchor, or from a day that is said; the first day counted is the next one."""
    start: date | None = context.anchor
    if clause.whens:
        start = point(clause.whens[0], context).end
    if start is None:
        return NOTHING
    end, doubtful = length.after(start)
    return Bounds(start, end, True, doubtful or length.is_bare or clause.is_doubtful)


def _before(when: When | Edge, clause: Clause, context: Context) -> Bounds:
    """«за 10 дней до 1 сентября»: the day that many before it."""
    found = point(when, context)
    if found.end is None or clause.length is None:
        return NOTHING
    return Bounds(None, clause.length.before(found.end), found.anchored, True)
