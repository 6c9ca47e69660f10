"""Parts of an expression → rows: lists, «далее», joined periods, and the `Deadline` values."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.deadlines.calendar import next_working_day
from pipeline.deadlines.clauses import Clause
from pipeline.deadlines.dates import NOTHING, Bounds, Context, Nth, Relative, Span, When, Year, in_window
from pipeline.deadlines.edges import Edge
from pipeline.deadlines.events import event_text
from pipeline.deadlines.grammar import Part
from pipeline.deadlines.limits import limits
from pipeline.deadlines.recurrence import WORKDAYS, Rec
from pipeline.deadlines.refine import month_days_rec, refine
from pipeline.deadlines.words import DAY_CODES
from pipeline.model import Deadline, DeadlineKind

ONE_DAY = timedelta(1)
UNBOUNDED = Bounds()
SCHOOL_EDGE = {"beg": "начало учебного года", "mid": "середина учебного года", "end": "конец учебного года"}


@dataclass(slots=True)
class Draft:
    """A row before it gets its text and place."""

    kind: DeadlineKind
    rule: str
    bounds: Bounds = UNBOUNDED
    rrule: str | None = None
    event: str | None = None
    offset: str | None = None
    label: str | None = None
    is_after: bool = False
    can_join: bool = False


def deadlines(parts: list[Part], text: str, start: int, end: int, context: Context) -> list[Deadline]:
    """The rows of an expression that stands at start..end of the text."""
    _share_years(parts)
    drafts: list[Draft] = []
    for part in parts:
        for draft in _drafts(part, text, context, drafts):
            _place_after(draft, drafts)
            drafts.append(draft)
    drafts = _joined(drafts) if context.policy.join_contiguous else drafts
    return [_deadline(d, text[start:end], start, end, context) for d in drafts]


def _deadline(draft: Draft, raw: str, start: int, end: int, context: Context) -> Deadline:
    due, is_ambiguous = draft.bounds.end, draft.bounds.doubtful
    if due is not None and context.policy.roll_over and draft.kind in ("by_date", "duration"):
        due = next_working_day(due)
        is_ambiguous |= due != draft.bounds.end
    return Deadline(
        text=raw, kind=draft.kind, start=start, end=end, rule=draft.rule, start_date=draft.bounds.start, due_date=due,
        rrule=draft.rrule, event=draft.event, offset=draft.offset, part=draft.label,
        anchor_date=context.anchor if draft.bounds.anchored else None, is_ambiguous=is_ambiguous,
    )  # fmt: skip


# --- lists ---------------------------------------------------------------------------------------------------------


def _share_years(parts: list[Part]) -> None:
    """«май, август 2024 года»: the year said last holds for those before it, as far as their order allows."""
    later: Span | None = None
    for part in reversed(parts):
        clause = part.clause
        if clause.kind not in ("on", "by_date"):
            later = None
            continue
        whens = list(clause.whens)
        for i in range(len(whens) - 1, -1, -1):
            when = whens[i]
            if not isinstance(when, Span):
                later = None
                continue
            if when.year is None and not when.is_school and later is not None and later.year is not None:
                whens[i] = when = when.with_year(_year_before(when, later, later.year))
            later = when
        clause.whens = tuple(whens)
        if part.label is not None:
            later = None


def _year_before(span: Span, later: Span, year: Year) -> Year:
    back = int((span.m1, span.d1) > (later.m1, later.d1))
    if year.number is not None:
        return Year(year.number - back, None, year.short)
    return Year(None, (year.rel or 0) - back)


def _place_after(draft: Draft, before: list[Draft]) -> None:
    """«до X, далее – постоянно»: from the day after X (rule 12)."""
    end = before[-1].bounds.end if before else None
    if draft.is_after and end is not None and draft.bounds.start is None and draft.kind in ("permanent", "recurring"):
        draft.bounds = draft.bounds._replace(start=end + ONE_DAY)


def _joined(drafts: list[Draft]) -> list[Draft]:
    """Contiguous periods in a list are one interval (rule 5)."""
    if len(drafts) < 2 or not all(d.can_join and not d.label and d.bounds.start for d in drafts):
        return drafts
    touching = all(a.bounds.end and b.bounds.start == a.bounds.end + ONE_DAY for a, b in itertools.pairwise(drafts))
    if not touching:
        return drafts
    return [replace(drafts[0], bounds=drafts[0].bounds._replace(end=drafts[-1].bounds.end))]


# --- one part ------------------------------------------------------------------------------------------------------


def _drafts(part: Part, text: str, context: Context, before: list[Draft]) -> list[Draft]:
    clause = part.clause
    event = event_text(text, clause.event) if clause.event is not None else None
    made = _by_kind(part, clause, context, before)
    for draft in made:
        draft.event = draft.event or event
        draft.label = part.label
        draft.offset = clause.offset
        draft.is_after = part.is_after
        if part.is_doubtful:
            draft.bounds = draft.bounds._replace(doubtful=True)
    return made


def _by_kind(part: Part, clause: Clause, context: Context, before: list[Draft]) -> list[Draft]:
    if clause.kind == "recurring" and clause.rec is not None:
        return _recurring(clause, clause.rec, part.bounds, context)
    if clause.kind == "nth_weekday":
        return _nth_weekday(clause)
    if clause.kind == "days":
        return _month_days(clause, context)
    if clause.kind == "permanent":
        return [_permanent(clause, part.bounds, context)]
    if clause.kind in ("on", "by_date"):
        return _dated(clause, context, before)
    kinds: dict[str, DeadlineKind] = {
        "span": "interval", "from": "interval", "running": "interval", "until": "interval", "range": "interval",
        "before": "by_date", "duration": "duration", "event": "event", "conditional": "conditional",
    }  # fmt: skip
    found = limits(clause, context)
    doubtful = found.doubtful or clause.is_doubtful
    return [Draft(kinds.get(clause.kind, "unspecified"), clause.rule, found._replace(doubtful=doubtful))]


def _dated(clause: Clause, context: Context, before: list[Draft]) -> list[Draft]:
    """Days and periods, one row each; in a list without years each is the first after the one before it."""
    out: list[Draft] = []
    several = len(clause.whens) > 1
    for when in clause.whens:
        earlier = (out or before)[-1:] if context.policy.month_lists == "ordered" else []
        after = earlier[0].bounds.end if earlier and _is_list_row(earlier[0], clause.kind) else None
        if after is None or not isinstance(when, Span) or when.year is not None or context.anchor is None:
            here = context
        else:
            here = context._replace(after=after, anchor=max(context.anchor, after))
        found = limits(replace(clause, whens=(when,)) if several else clause, here)
        if not (in_window(found.start, context) and in_window(found.end, context)):
            found = NOTHING  # the century is that of the meeting, not of the deadline before
        listed = isinstance(when, Span) and when.year is None and not when.is_day and (several or after is not None)
        if listed and out:
            out[0].bounds = out[0].bounds._replace(doubtful=True)
        elif listed and before and after is not None:
            before[-1].bounds = before[-1].bounds._replace(doubtful=True)
        found = found._replace(doubtful=found.doubtful or listed or clause.is_doubtful)
        out.append(
            Draft(
                _dated_kind(clause, when), clause.rule, found, event=_edge_event(when), can_join=_can_join(clause, when)
            )
        )
    return out


def _is_list_row(draft: Draft, kind: str) -> bool:
    return draft.kind == "by_date" if kind == "by_date" else draft.kind in ("interval", "on_date")


def _dated_kind(clause: Clause, when: When | Edge) -> DeadlineKind:
    if clause.kind == "by_date":
        return "by_date"
    return "on_date" if when.is_day else "interval"


def _can_join(clause: Clause, when: When | Edge) -> bool:
    return clause.kind == "on" and isinstance(when, Span) and not when.is_day


def _edge_event(when: When | Edge) -> str | None:
    if not isinstance(when, Edge):
        return "начало учебного года" if isinstance(when, Span) and when.is_school and when.is_next else None
    if when.base is None and when.unit == "year" and when.is_new_year:
        return "Новый год"
    bare = isinstance(when.base, Span) and when.base.is_school and when.base.year is None
    return SCHOOL_EDGE[when.side] if bare else None


def _permanent(clause: Clause, bounds: list[Clause], context: Context) -> Draft:
    whole = Bounds(doubtful=clause.is_doubtful)
    for bound in bounds:
        found = limits(bound, context)
        whole = Bounds(
            found.start or whole.start,
            found.end or whole.end,
            whole.anchored or found.anchored,
            whole.doubtful or found.doubtful,
        )
    return Draft("permanent", clause.rule, whole)


def _recurring(clause: Clause, rec: Rec, bounds: list[Clause], context: Context) -> list[Draft]:
    if clause.whens:
        bounds = [*bounds, Clause("within", "on", clause.whens)]
    found = refine(rec, bounds, context)
    whole = Bounds(found.start, found.end, found.anchored, found.doubtful or clause.is_doubtful)
    return [Draft("recurring", clause.rule, whole, rrule=r.rrule(found.end), event=r.event) for r in found.recs]


def _nth_weekday(clause: Clause) -> list[Draft]:
    when = clause.whens[0]
    assert isinstance(when, Nth)
    assert isinstance(when.what, int)
    rec = Rec("MONTHLY", weekday=(f"{when.number}{DAY_CODES[when.what]}",))
    return [Draft("recurring", clause.rule, Bounds(doubtful=True), rrule=rec.rrule(None))]


def _month_days(clause: Clause, context: Context) -> list[Draft]:
    """«до 5 числа», «до 1 числа следующего месяца», «до 10 числа каждого месяца»."""
    days = clause.days
    assert days is not None
    if days.relation in ("each", "after_report", "of_quarter"):
        rec = month_days_rec(days)
        return [Draft("recurring", clause.rule, Bounds(), rrule=rec.rrule(None))]
    ahead = {"next": 1, "current": 0}.get(days.relation, -1)
    kind: DeadlineKind = "on_date" if clause.prep == "on" else "by_date"
    out: list[Draft] = []
    for day in days.days:
        found = Relative("mday", ahead, day).resolve(context)
        if kind == "by_date":
            found = found._replace(start=None)
        elif days.first and found.end is not None and days.first < found.end.day:
            kind, found = "interval", found._replace(start=found.end.replace(day=days.first))
        out.append(Draft(kind, clause.rule, found._replace(doubtful=found.doubtful or ahead < 0)))
    return out


__all__ = ["WORKDAYS", "date", "deadlines"]
