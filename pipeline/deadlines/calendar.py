"""Working days by the Russian production calendar (`models/workdays.toml`); beyond its years Monday to Friday."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).resolve().parents[2] / "models" / "workdays.toml"


class Calendar(NamedTuple):
    """Days off on weekdays, worked weekends, and the years they are known for."""

    off: frozenset[date]
    worked: frozenset[date]
    first_year: int
    last_year: int


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """The vendored calendar; without its file every year is unknown."""
    if not TABLE.exists():
        return Calendar(frozenset(), frozenset(), 9999, 0)
    data = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    first, last = data["first_year"], data["last_year"]
    days = {kind: frozenset(date.fromisoformat(f"{year}-{day}") for year in range(first, last + 1)
                            for day in data[str(year)][kind]) for kind in ("off", "worked")}  # fmt: skip
    return Calendar(days["off"], days["worked"], first, last)


def is_known(day: date) -> bool:
    """Whether the calendar covers the year of this day."""
    return calendar().first_year <= day.year <= calendar().last_year


def is_working(day: date) -> bool:
    """8 March 2024 is not; Saturday 27 April 2024, moved, is."""
    known = calendar()
    return day in known.worked if day.weekday() > 4 else day not in known.off


def add_working_days(day: date, count: int) -> date:
    """The working day `count` after `day`; the first one counted is the next working day."""
    step = 1 if count >= 0 else -1
    for _ in range(min(abs(count), 2000)):
        day += timedelta(step)
        while not is_working(day):
            day += timedelta(step)
    return day


def next_working_day(day: date) -> date:
    """The day itself when it is worked, else the first worked one after it."""
    while not is_working(day):
        day += timedelta(1)
    return day


def nth_working_day(first: date, last: date, number: int) -> date | None:
    """The n-th working day from the front (or, negative, from the back) of a stretch of days."""
    days = [first + timedelta(i) for i in range((last - first).days + 1)]
    worked = [d for d in days if is_working(d)]
    index = number - 1 if number > 0 else number
    return worked[index] if -len(worked) <= index < len(worked) else None
