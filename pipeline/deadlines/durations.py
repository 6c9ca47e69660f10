"""Lengths of time: «10 рабочих дней», «3-дневный срок», «двух недель», «полугода», «5-7 дней»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.deadlines.calendar import add_working_days, is_known
from pipeline.deadlines.dates import add_months
from pipeline.deadlines.layers import Layer
from pipeline.deadlines.symbols import SYMBOL, Built, Rule, Tokens, has, pick

UNIT = {
    "day": "D",
    "sut": "D",
    "week": "W",
    "mon": "M",
    "g": "Y",
    "hour": "H",
    "q": "Q",
    "hy": "HY",
    "minute": "MIN",
    "dek": "DEK",
}
IN_DAYS = {"D": 1, "W": 7, "DEK": 10}
IN_MONTHS = {"M": 1, "Q": 3, "HY": 6, "Y": 12}


@dataclass(frozen=True, slots=True)
class Length:
    """A number of units; `is_bare`: the unit alone («в течение недели»), which may be meant loosely."""

    number: float
    unit: str
    is_working: bool = False
    is_bare: bool = False
    is_doubtful: bool = False

    def after(self, day: date) -> tuple[date, bool]:
        """The last day of the length counted from the next day, and whether it is doubtful."""
        if self.unit in ("H", "MIN"):
            return day + timedelta(int(self.number // 24) if self.unit == "H" else 0), self.number % 24 != 0
        if self.unit in IN_DAYS:
            days = int(self.number * IN_DAYS[self.unit])
            if self.is_working:
                end = add_working_days(day, days)
                return end, not (is_known(day) and is_known(end))
            return day + timedelta(min(days, 40_000)), self.is_doubtful
        months = self.number * IN_MONTHS[self.unit]
        end = add_months(day, min(int(months), 1_200))
        return end + timedelta(round(months % 1 * 30)), self.is_doubtful or months % 1 > 0

    def before(self, day: date) -> date:
        """The day that many units before: «за месяц до 1 сентября» → 1 August."""
        if self.unit in IN_DAYS:
            days = int(self.number * IN_DAYS[self.unit])
            return add_working_days(day, -days) if self.is_working else day - timedelta(min(days, 40_000))
        if self.unit in IN_MONTHS:
            return add_months(day, -min(int(self.number * IN_MONTHS[self.unit]), 1_200))
        return day

    @property
    def iso(self) -> str:
        """`P10D`, `P5D/work`, `P1M`, `PT3H`."""
        number = int(self.number)
        if self.unit == "M" and self.number == 1.5:
            return "P1M15D"
        if self.unit in ("H", "MIN"):
            return f"PT{number}{self.unit[0]}"
        if self.unit in ("Q", "HY", "DEK"):
            text = f"P{number * 10}D" if self.unit == "DEK" else f"P{number * IN_MONTHS[self.unit]}M"
        else:
            text = f"P{number}{self.unit}"
        return text + "/work" * self.is_working


def _unit(tokens: Tokens) -> str:
    return next(code for kind, code in UNIT.items() if has(tokens, kind))


def _length(tokens: Tokens) -> Built:
    """«5-7 дней»: the longer."""
    return "U", Length(
        max(pick(tokens, "n", "card")), _unit(tokens), has(tokens, "work") or "work" in pick(tokens, "day")
    )


def _quarters(tokens: Tokens) -> Built:
    return _length(tokens) if pick(tokens, "q") == ["plural"] else None


def _half_year(_: Tokens) -> Built:
    return "U", Length(1, "HY")


def _adjective(tokens: Tokens) -> Built:
    number, unit = pick(tokens, "adjsrok")[0]
    figures = pick(tokens, "n", "card")
    if number is None and not figures:
        return None
    return "U", Length((number or 1) * max(figures, default=1), unit, has(tokens, "work"))


UNITS = "(day | sut | week | mon | g | hour | minute | dek)"
LENGTH_LAYER = Layer(
    Rule("length_adjective", "((n | card) dash?)* adjsrok (work | cal)? srok?", _adjective),
    Rule("length", f"(n | card) (dash (n | card))? (lp (n | card) rp)? (work | cal)? {UNITS}", _length),
    Rule("length_quarters", "(n | card) q", _quarters),
    Rule("half_year", "hy", _half_year),
)
BARE = {SYMBOL[kind]: Length(1, code, is_bare=kind != "sut") for kind, code in (UNIT | {"h": "HY"}).items()}
