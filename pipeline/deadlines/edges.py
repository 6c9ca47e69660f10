"""Beginning, middle and end of a period: «до конца мая», «середина марта», «начало учебного года»."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from pipeline.deadlines.dates import NOTHING, Bounds, Context, Nth, Relative, Span, When, Year, add_months
from pipeline.deadlines.layers import Layer
from pipeline.deadlines.symbols import SYMBOL, Built, Rule, Tokens, has, kinds

Side = Literal["beg", "mid", "end"]
Cut = Callable[[Bounds], Bounds]  # of a whole period
UNITS = {"g": "year", "q": "quarter", "h": "half", "mon": "month", "week": "week", "day": "day"}


def in_school_year(span: Span, school: Span) -> Year | None:
    """The calendar year that a day or month without one has in a school year with figures: September opens it."""
    if span.year is not None or school.year is None or school.year.number is None or school.more_years:
        return None
    return Year(school.year.number + (span.m1 < school.m1))


@dataclass(frozen=True, slots=True)
class Edge:
    """A side of a period; as a point it is a day, as a period its decade, month or third."""

    side: Side
    base: When | None = None
    unit: str = ""
    is_new_year: bool = False

    @property
    def is_day(self) -> bool:
        return False

    @property
    def is_school(self) -> bool:
        return isinstance(self.base, Span) and self.base.is_school

    def resolve(self, context: Context) -> Bounds:
        """«середина марта» = 11–20; «начало учебного года» = September; «конец года» = December."""
        return self._first(context, self._as_period)

    def point(self, context: Context) -> Bounds:
        """The day meant by «до середины апреля» (the 15th), «к концу марта» (the 31st)."""
        return self._first(context, self._as_point)

    def _first(self, context: Context, cut: Cut) -> Bounds:
        """The edge of the period said, or of the first whose edge is not yet past."""
        if self.base is not None and not self._moves():
            return cut(self.base.resolve(context))
        anchor = context.anchor
        if anchor is None:
            return NOTHING
        for ahead in (0, 1):
            if isinstance(self.base, Span):
                base = replace(self.base, year=None, is_next=False)
                earlier = base.resolve(Context(anchor, context.policy))
                found = cut(earlier if ahead == 0 else base.resolve(context._replace(after=earlier.end)))
            else:
                found = cut(Relative(self.unit, ahead).resolve(context))
            if found.end is not None and found.end >= anchor:
                return found
        return found

    def _moves(self) -> bool:
        """Whether the period may be the next one: none was said."""
        return isinstance(self.base, Span) and self.base.year is None and not self.base.is_month

    def _as_point(self, whole: Bounds) -> Bounds:
        start, end = whole.start, whole.end
        if start is None or end is None:
            return NOTHING
        if self.side == "beg":
            return whole._replace(end=start)
        if self.side == "end":
            return whole._replace(start=end, doubtful=whole.doubtful or (end - start).days == 6)
        middle = _middle(start, end)
        return whole._replace(start=middle, end=middle, doubtful=True)

    def _as_period(self, whole: Bounds) -> Bounds:
        start, end = whole.start, whole.end
        if start is None or end is None:
            return NOTHING
        days = (end - start).days + 1
        if days <= 7:
            cuts = {
                "beg": (start, start + timedelta(1)),
                "mid": (start + timedelta(2),) * 2,
                "end": (end - timedelta(2), end),
            }
        elif days <= 31:
            tenth, twentieth = start + timedelta(9), start + timedelta(19)
            cuts = {
                "beg": (start, tenth),
                "mid": (tenth + timedelta(1), twentieth),
                "end": (twentieth + timedelta(1), end),
            }
        else:
            cuts = _months_of(start, end)
        first, last = cuts[self.side]
        return whole._replace(start=first, end=last, doubtful=True)


def _months_of(start: date, end: date) -> dict[str, tuple[date, date]]:
    """First, middle and last month of a longer period."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    middle = add_months(start, (months - 1) // 2)
    last = add_months(middle, 2 if months % 2 == 0 else 1)
    return {
        "beg": (start, add_months(start, 1) - timedelta(1)),
        "mid": (middle, last - timedelta(1)),
        "end": (end.replace(day=1), end),
    }


def _middle(start: date, end: date) -> date:
    days = (end - start).days + 1
    if days <= 7:
        return start + timedelta(2)
    if days <= 31:
        return start + timedelta(14)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    half = add_months(start, months // 2)
    return half - timedelta(1) if months % 2 == 0 else half + timedelta(14)


def _edge(tokens: Tokens) -> Built:
    side: Side = "beg" if has(tokens, "beg") else "mid" if has(tokens, "mid") else "end"
    last = tokens[-1]
    if last.kind in kinds("P", "SY", "ny"):
        return "E", Edge(side, last.value)
    for kind, unit in UNITS.items():
        if last.kind == SYMBOL[kind]:
            return "E", _unit_edge(side, unit, has(tokens, "work"))
    return None


def _unit_edge(side: Side, unit: str, working: bool) -> Edge | Relative:
    if unit == "day":
        return Edge(side, Relative("day", 0))
    if unit == "week" and working and side == "end":
        return Edge(side, Relative("weekday", 0, 4))
    return Edge(side, None, unit)


def _last_day(tokens: Tokens) -> Built:
    return _edge(tokens) if tokens[0].value == -1 else None


def _day_of_period(tokens: Tokens) -> Built:
    """«последний рабочий день» + «I квартала 2024 года»."""
    day, period = tokens[0].value, tokens[1].value
    if not isinstance(day, Nth) or day.month is not None or not isinstance(period, Span | Relative):
        return None
    return "D", replace(day, month=period)


def _day_of_school_year(tokens: Tokens) -> Built:
    """«1 марта 2023/2024 учебного года» = 1 March 2024."""
    day, school = tokens[0].value, tokens[1].value
    year = in_school_year(day, school) if isinstance(day, Span) and day.is_day else None
    return ("D", day.with_year(year)) if year else None


ATTRIBUTES = "(cur | rep | work | cal | fin)*"
EDGE_LAYER = Layer(
    Rule("edge", f"(beg | mid | end) {ATTRIBUTES} (P | SY | g | q | h | mon | week | day)", _edge),
    Rule("day_of_period", "D P", _day_of_period),
    Rule("day_of_school_year", "D SY", _day_of_school_year),
    Rule("last_day", f"ord (day | chis) {ATTRIBUTES} (P | SY | g | q | h | mon | week)", _last_day),
)
