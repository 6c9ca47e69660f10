"""What a text says of the calendar, before the anchor is known: days, spans, edges of spans; and their resolution."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from pipeline.deadlines.calendar import add_working_days, is_known, nth_working_day
from pipeline.deadlines.policy import DEFAULT, Policy


class Year(NamedTuple):
    """A year as said: a figure (`short`: of two digits) or relative to the anchor's («следующего года» = +1)."""

    number: int | None = None
    rel: int | None = None
    short: bool = False


class Context(NamedTuple):
    """What dates are resolved against; `after`: the end of the deadline before, in a list."""

    anchor: date | None
    policy: Policy = DEFAULT
    after: date | None = None


class Bounds(NamedTuple):
    """First and last day, and whether the anchor or a guess was needed."""

    start: date | None = None
    end: date | None = None
    anchored: bool = False
    doubtful: bool = False


class When(Protocol):
    """Anything of the calendar that an anchor turns into bounds."""

    @property
    def is_day(self) -> bool: ...

    def resolve(self, context: Context) -> Bounds: ...


NOTHING = Bounds(doubtful=True)


MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in_month(year: int, month: int) -> int:
    """28 to 31; `calendar.monthrange` would compute a weekday besides, which costs more than all the rest."""
    is_leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if is_leap else MONTH_DAYS[month - 1]


def make_day(year: int, month: int, day: int) -> date | None:
    """The date, the month's last day for day −1, or None where there is none."""
    if not 1 <= month <= 12 or not 1 <= year <= 9998:
        return None
    last = days_in_month(year, month)
    if day == -1:
        day = last
    return date(year, month, day) if 1 <= day <= last else None


def add_months(day: date, months: int) -> date:
    """The same day number, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def in_window(day: date | None, context: Context) -> bool:
    """Whether a date lies in the century round the anchor (R−50 … R+49)."""
    if day is None or context.anchor is None:
        return True
    first = context.anchor.year - context.policy.century_before
    return first <= day.year <= first + 99


@dataclass(frozen=True, slots=True)
class Span:
    """From day and month to day and month of a year; day −1 is the last of its month. A day is a span of one day."""

    m1: int
    d1: int
    m2: int
    d2: int
    year: Year | None = None
    more_years: int = 0
    is_school: bool = False
    is_next: bool = False  # «новый учебный год»: begins on or after the anchor
    is_doubtful: bool = False

    @classmethod
    def of_day(cls, day: int, month: int, year: Year | None = None) -> Span:
        return cls(month, day, month, day, year)

    @classmethod
    def of_month(cls, month: int, year: Year | None = None) -> Span:
        return cls(month, 1, month, -1, year)

    @property
    def is_day(self) -> bool:
        return self.m1 == self.m2 and self.d1 == self.d2 and not self.more_years

    @property
    def is_month(self) -> bool:
        return self.m1 == self.m2 and (self.d1, self.d2) == (1, -1) and not self.more_years

    @property
    def is_year(self) -> bool:
        return (self.m1, self.d1, self.m2, self.d2) == (1, 1, 12, -1)

    def with_year(self, year: Year | None) -> Span:
        return replace(self, year=year)

    def _rolls(self) -> int:
        later = (self.m2, 99 if self.d2 == -1 else self.d2) < (self.m1, self.d1)
        return self.more_years + int(later)

    def _of(self, year: int, policy: Policy) -> Bounds:
        m2, d2 = self.m2, self.d2
        if self.is_school and (m2, d2) == (5, 31):
            m2, d2 = policy.school_year_end
        start, end = make_day(year, self.m1, self.d1), make_day(year + self._rolls(), m2, d2)
        if start is None or end is None:
            return NOTHING
        return Bounds(start, end, False, self.is_school or self.is_doubtful)

    def resolve(self, context: Context) -> Bounds:
        """A stated year is never moved; without one, the first whose last day is on or after the anchor (rule 4)."""
        said, anchor = self.year, context.anchor
        if said is not None and said.number is not None:
            return self._stated(said, context)
        if anchor is None:
            return NOTHING
        if said is not None and said.rel is not None:
            return self._of(anchor.year + said.rel, context.policy)._replace(anchored=True)
        for year in range(anchor.year - 1, anchor.year + 9):
            found = self._of(year, context.policy)
            if found.start is None or found.end is None:
                continue
            late = found.start > context.after if context.after else found.end >= anchor
            if late and not (self.is_next and found.start < anchor):
                return found._replace(anchored=True)
        return NOTHING

    def _stated(self, said: Year, context: Context) -> Bounds:
        number = said.number or 0
        if not said.short:
            found = self._of(number, context.policy)
            return found if in_window(found.end, context) and in_window(found.start, context) else NOTHING
        low = context.anchor.year - context.policy.century_before if context.anchor else 1980
        number += low // 100 * 100
        found = self._of(number if number >= low else number + 100, context.policy)
        # without an anchor the century of two digits is a guess: ours
        return found._replace(doubtful=found.doubtful or context.anchor is None)


@dataclass(frozen=True, slots=True)
class Relative:
    """A stretch counted from the anchor: «следующая неделя», «завтра», «до пятницы», «15 числа»."""

    unit: str
    number: int = 0
    extra: int = 0
    is_doubtful: bool = False

    @property
    def is_day(self) -> bool:
        return self.unit in ("day", "weekday", "workday", "mday", "lastday")

    @property
    def is_running(self) -> bool:
        """«в текущем месяце»: the period that holds the anchor, of which only the rest is left."""
        return not self.is_day and self.number == 0

    def resolve(self, context: Context) -> Bounds:
        if context.anchor is None:
            return NOTHING
        start, end = self._bounds(context.anchor)
        if start is None:
            return NOTHING
        sure = self.unit != "workday" or is_known(start)
        return Bounds(start, end, True, self.is_doubtful or not sure)

    def _bounds(self, anchor: date) -> tuple[date | None, date | None]:
        unit, n = self.unit, self.number
        if unit == "day":
            day: date | None = anchor + timedelta(n)
        elif unit == "workday":
            day = add_working_days(anchor, n)
        elif unit == "weekday":
            ahead = (self.extra - anchor.weekday() - 1) % 7 + 1
            day = anchor + timedelta(ahead if n == 0 else 7 * n - anchor.weekday() + self.extra)
        elif unit == "mday":
            day = self._month_day(anchor)
        else:
            return self._period(anchor)
        return day, day

    def _month_day(self, anchor: date) -> date | None:
        """«до 5 числа» without a month: the first such day on or after the anchor; else of the month said."""
        if self.number >= 0:
            first = add_months(anchor.replace(day=1), self.number)
            return make_day(first.year, first.month, self.extra)
        for ahead in range(0, 3):
            first = add_months(anchor.replace(day=1), ahead)
            day = make_day(first.year, first.month, self.extra)
            if day is not None and day >= anchor:
                return day
        return None

    def _period(self, anchor: date) -> tuple[date, date]:
        months = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(self.unit)
        if months is None:
            monday = anchor - timedelta(anchor.weekday() - 7 * self.number)
            return monday, monday + timedelta(6)
        first = date(anchor.year, (anchor.month - 1) // months * months + 1, 1)
        start = add_months(first, months * self.number)
        return start, add_months(start, months) - timedelta(1)


@dataclass(frozen=True, slots=True)
class Nth:
    """«последняя пятница марта», «первый рабочий день апреля», «вторая неделя мая»: the n-th of its kind in a month."""

    number: int
    what: int | str  # a weekday, "work", "day", "week" or "dek"
    month: Span | Relative | None = None

    @property
    def is_day(self) -> bool:
        return self.what not in ("week", "dek")

    def resolve(self, context: Context) -> Bounds:
        if self.month is not None:
            return self._in(self.month.resolve(context))
        if context.anchor is None:
            return NOTHING
        for ahead in range(0, 13):  # without a month: the first that is not yet over
            found = self._in(Relative("month", ahead).resolve(context))
            if found.end is not None and found.end >= context.anchor:
                return found
        return NOTHING

    def _in(self, month: Bounds) -> Bounds:
        if month.start is None or month.end is None:
            return NOTHING
        first, last, doubtful = month.start, month.end, month.doubtful
        if self.what == "work":
            day = nth_working_day(first, last, self.number)
            doubtful = doubtful or not is_known(first)
        elif self.what == "day":
            day = last if self.number == -1 else first + timedelta(self.number - 1)
        elif isinstance(self.what, int):
            day = _weekday_in(first, last, self.what, self.number)
        else:
            return self._stretch(month)
        return month._replace(start=day, end=day, doubtful=doubtful) if day else NOTHING

    def _stretch(self, month: Bounds) -> Bounds:
        assert month.start is not None
        assert month.end is not None
        n, first, last = self.number, month.start, month.end
        if self.what == "dek":
            start = first + timedelta(20 if n == -1 else 10 * (n - 1))
            return month._replace(start=start, end=last if n in (-1, 3) else start + timedelta(9))
        start = last - timedelta(6) if n == -1 else first + timedelta(7 * (n - 1))
        return month._replace(start=start, end=min(last, start + timedelta(6)), doubtful=True)


def _weekday_in(first: date, last: date, weekday: int, number: int) -> date | None:
    if number > 0:
        day = first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))
        return day if day <= last else None
    return last - timedelta((last.weekday() - weekday) % 7 + 7 * (-number - 1))
