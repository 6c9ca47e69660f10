"""A recurrence with what is said beside it: «ежегодно до 1 марта», «ежемесячно с сентября по май»."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.deadlines.clauses import Clause
from pipeline.deadlines.dates import Context, Nth, Relative, Span
from pipeline.deadlines.edges import Edge
from pipeline.deadlines.limits import limits
from pipeline.deadlines.recurrence import QUARTER_ENDS, WORKDAYS, MonthDays, Rec
from pipeline.deadlines.words import DAY_CODES

MONTH_ENDS = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


@dataclass(slots=True)
class Refined:
    """The recurrences (one row each) and their common bounds."""

    recs: list[Rec]
    start: date | None = None
    end: date | None = None
    anchored: bool = False
    doubtful: bool = False

    @property
    def last(self) -> Rec:
        return self.recs[-1]

    def put(self, rec: Rec) -> None:
        self.recs[-1] = rec


def refine(rec: Rec, bounds: list[Clause], context: Context) -> Refined:
    """The recurrence of «ежегодно в мае-июне» is due on the last day of June."""
    out = Refined([rec], doubtful=rec.is_doubtful)
    if _is_date_list(rec, bounds):
        out.put(Rec("YEARLY", is_doubtful=rec.is_doubtful))
    for bound in bounds:
        if bound.kind == "days" and bound.days is not None:
            _by_month_days(out, bound.days)
            continue
        kept = [when for when in bound.whens if not _by_when(out, when, bound)]
        if kept or not bound.whens:
            _limit(out, replace(bound, whens=tuple(kept)), context)
    out.recs = _month_ends(out.recs)
    return out


def _is_date_list(rec: Rec, bounds: list[Clause]) -> bool:
    """«ежеквартально до 15 апреля, 15 июля …»: dates without years say the months themselves."""
    days = [w for b in bounds for w in b.whens if isinstance(w, Span) and w.year is None and (w.is_day or w.is_month)]
    return len(days) > 1 and (rec.is_quarterly or rec.is_half_yearly)


def _limit(out: Refined, bound: Clause, context: Context) -> None:
    found = limits(bound, context)
    if bound.kind == "on" and found.start is not None and found.start == found.end:
        found = found._replace(start=None, doubtful=True)  # a single day can only be the last one
    out.start, out.end = found.start or out.start, found.end or out.end
    out.anchored |= found.anchored
    out.doubtful |= found.doubtful


# --- days of the month ---------------------------------------------------------------------------------------------


def month_days_rec(days: MonthDays, base: Rec | None = None) -> Rec:
    """«до 15 числа месяца, следующего за отчетным кварталом» → BYMONTH=1,4,7,10."""
    period = days.period
    if base is not None and not period and days.relation in ("after_report", "next", "of_quarter"):
        period = "q" if base.is_quarterly else "h" if base.is_half_yearly else "g" if base.freq == "YEARLY" else ""
    if days.relation == "of_quarter" or (period and days.relation in ("after_report", "next")):
        length = {"q": 3, "h": 6, "g": 12}.get(period, 3)
        number = length if days.number == -1 else days.number
        return Rec("YEARLY", month=tuple(range(number, 13, length)), day=days.days)
    if base is not None and base.freq == "MONTHLY":
        return replace(base, day=days.days, is_doubtful=base.interval > 1)
    return Rec("MONTHLY", day=days.days)


def _by_month_days(out: Refined, days: MonthDays) -> None:
    if out.last.weekday and out.last.freq != "WEEKLY":
        out.doubtful = True  # «каждую последнюю пятницу до 5 числа»: both cannot be
    elif out.last.day and out.last.freq == "MONTHLY":
        out.put(replace(out.last, day=out.last.day + days.days))
    else:
        out.put(month_days_rec(days, out.last))


# --- something of the calendar -------------------------------------------------------------------------------------


def _by_when(out: Refined, when: object, bound: Clause) -> bool:
    """Take a bound into the rule itself; False: it bounds the whole series."""
    if bound.kind == "from":
        return False
    if isinstance(when, Nth):
        return _by_nth(out, when)
    if isinstance(when, Relative):
        return _by_relative(out, when, bound)
    if isinstance(when, Edge):
        return _by_edge(out, when, bound)
    return isinstance(when, Span) and _by_span(out, when, bound)


def _by_nth(out: Refined, when: Nth) -> bool:
    month = (when.month.m1,) if isinstance(when.month, Span) else ()
    rec = Rec("YEARLY" if month else "MONTHLY", 1 if month else max(out.last.interval, 1), month=month)
    if when.what == "work":
        rec = replace(rec, weekday=WORKDAYS, position=when.number)
    elif isinstance(when.what, int):
        rec = replace(rec, weekday=(f"{when.number}{DAY_CODES[when.what]}",))
    elif when.what == "day":
        rec = replace(rec, day=(when.number,))
    else:
        step = 10 if when.what == "dek" else 7
        rec = replace(rec, day=(-1 if when.number in (-1, 31 // step) else when.number * step,))
    if out.last.freq not in ("MONTHLY", "YEARLY") or (out.last.freq == "YEARLY" and not month):
        return False
    out.put(rec)
    return True


def _by_relative(out: Refined, when: Relative, bound: Clause) -> bool:
    if when.unit == "weekday" and out.last.freq == "WEEKLY":
        out.put(replace(out.last, weekday=(*out.last.weekday, DAY_CODES[when.extra])))
        return True
    if when.unit == "weekday" and out.last.freq == "MONTHLY" and when.number == 0:
        out.put(replace(out.last, weekday=(DAY_CODES[when.extra],), is_doubtful=True))
        return True
    # «ежегодно в течение года» says no more than «ежегодно»
    return when.unit == "year" and when.number == 0 and out.last.freq == "YEARLY" and bound.kind == "running"


def _by_edge(out: Refined, when: Edge, bound: Clause) -> bool:
    rec, base = out.last, when.base
    if base is None:
        return _by_unit_edge(out, when, bound)
    if not isinstance(base, Span) or base.year is not None or rec.freq != "YEARLY":
        return False
    if when.is_school:
        month, day = (5, -1) if when.side == "end" else (8, -1) if bound.prep == "by" else (9, 0)
        if when.side == "beg" and bound.prep == "k":
            day = 1
    else:
        month, day = base.m2 if when.side == "end" else base.m1, {"beg": 10, "mid": 20, "end": -1}[when.side]
        if bound.kind == "by_date" and when.side == "mid":
            day = 15
        if bound.kind == "by_date" and when.side == "beg":
            month, day = ((month - 2) % 12 + 1, -1) if bound.prep == "by" else (month, 1)
    out.put(replace(rec, month=(month,), day=(day,) if day else ()))
    return True


def _by_unit_edge(out: Refined, when: Edge, bound: Clause) -> bool:
    rec = out.last
    if when.unit == "month" and rec.freq == "MONTHLY" and not rec.is_quarterly:
        out.put(replace(rec, day=({"beg": 10, "mid": 15 if bound.kind == "by_date" else 20, "end": -1}[when.side],)))
    elif when.unit == "quarter" and rec.is_quarterly:
        out.put(
            Rec("YEARLY", month=QUARTER_ENDS, day=(-1,)) if when.side == "end" else Rec("YEARLY", month=(1, 4, 7, 10))
        )
    elif when.unit == "half" and rec.is_half_yearly:
        out.put(Rec("YEARLY", month=(6, 12), day=(-1,)) if when.side == "end" else Rec("YEARLY", month=(1, 7)))
    elif when.unit == "year" and rec.freq == "YEARLY":
        month = {"beg": 1, "mid": 6, "end": 12}[when.side]
        day = () if when.side == "beg" or bound.kind != "by_date" else (-1,)
        out.put(replace(rec, month=(month,), day=day))
    elif when.unit == "week" and rec.freq == "WEEKLY":
        out.put(replace(rec, weekday=({"beg": "MO", "mid": "WE", "end": "SU"}[when.side],)))
    else:
        return False
    return True


def _by_span(out: Refined, span: Span, bound: Clause) -> bool:
    rec = out.last
    if rec.freq == "YEARLY" and bound.kind == "running":
        return True  # «ежегодно в течение учебного года» says no more than «ежегодно»
    relative = span.year is not None and span.year.rel == 0 and rec.freq == "YEARLY" and not span.is_year
    if (span.year is not None and not relative) or span.is_year or (span.is_school and span.m1 == 9 and span.d2 == -1):
        return False
    if span.is_school and bound.kind != "by_date":
        return False
    if relative:  # «ежегодно в сентябре текущего года» = of each year
        out.doubtful = True
    if rec.freq == "YEARLY":
        return _yearly(out, span, bound)
    if rec.freq == "MONTHLY" and not span.is_day and bound.kind == "on":
        months = _months(span)
        if rec.interval == 1 and (span.d1, span.d2) == (1, -1):
            out.put(replace(rec, month=rec.month + months))
            out.doubtful |= len(months) > 1
            return True
        if span.is_month:  # «2 раза в год, в мае»: the months say it
            out.put(Rec("YEARLY", month=months))
            out.doubtful = True
            return True
    return False


def _months(span: Span) -> tuple[int, ...]:
    count = (span.m2 - span.m1) % 12 + 1
    return tuple((span.m1 + i - 1) % 12 + 1 for i in range(count))


def _yearly(out: Refined, span: Span, bound: Clause) -> bool:
    month, day = span.m2, span.d2
    if span.is_month and bound.kind == "on":
        day = 0
    elif not span.is_day and bound.prep == "by":
        before = date(2023, span.m1, span.d1) - timedelta(1)  # «ежегодно до марта»
        month, day = before.month, -1
    elif not span.is_day and bound.prep == "k":
        month, day = span.m1, span.d1
    rec = out.last
    days = (day,) if day and day <= MONTH_ENDS[month] else ()  # «ежегодно до 30 февраля»
    if not rec.month:
        out.put(replace(rec, month=(month,), day=days))
    elif rec.day == days:
        out.put(replace(rec, month=(*rec.month, month)))
    else:
        out.recs.append(replace(rec, month=(month,), day=days))
    return True


def _month_ends(recs: list[Rec]) -> list[Rec]:
    """«до 31 марта, 30 июня, 30 сентября, 31 декабря»: the last day of each."""
    ends = all(len(r.month) and len(r.day) == 1 and all(r.day[0] == MONTH_ENDS[m] for m in r.month) for r in recs)
    if len(recs) < 2 or not ends:
        return recs
    months = tuple(sorted(m for r in recs for m in r.month))
    return [replace(recs[0], month=months, day=(-1,))]
