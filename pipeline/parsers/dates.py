"""Absolute dates of headers in all their spellings: «28.02.2024», «24» ноября 2021 г., «11апреля 2019»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = ("январ", "феврал", "март", "апрел", "ма[йя]", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
_DATE = re.compile(
    r"(?<![\d.])[«\"„(]?[\s_]*(?P<day>\d{1,2})[\s_]*[»\"“)]?[\s_]*(?:-?го\s*)?"
    r"(?:(?P<word>" + "|".join(_MONTHS) + r")[а-яё]*\.?\s*|(?P<sep>[.,/-])\s*(?P<month>\d{1,2})\s*(?P=sep)\s*)"
    r"(?P<year>(?:19|20)\s?\d{2}|\d{2})(?!\d)\s*(?:года?|г\.?(?![а-яё]))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and where it is printed."""

    value: date
    start: int
    end: int


def find_dates(text: str) -> list[FoundDate]:
    """The complete dates of a text in order; an impossible one («31.02.2024») is none."""
    found = []
    for match in _DATE.finditer(text):
        value = _read(match)
        if value:
            found.append(FoundDate(value, match.start(), match.end()))
    return found


def _read(match: re.Match[str]) -> date | None:
    month = int(match["month"]) if match["month"] else _month(match["word"])
    year = int(match["year"].replace(" ", ""))
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        return date(year, month, int(match["day"]))
    except ValueError:
        return None


def _month(word: str) -> int:
    return next(i for i, stem in enumerate(_MONTHS, 1) if re.match(stem, word, re.IGNORECASE))
