"""What recurs, as an RRULE with exactly the parts said: «ежемесячно», «по пятницам», «2 раза в год», «до 5 числа»."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pipeline.deadlines.dates import Span
from pipeline.deadlines.layers import Layer
from pipeline.deadlines.periods import numbers
from pipeline.deadlines.symbols import SYMBOL, Built, Rule, Tokens, has, pick
from pipeline.deadlines.words import DAY_CODES

WORKDAYS = DAY_CODES[:5]
QUARTER_ENDS = (3, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class Rec:
    """A recurrence; `event` names what it waits for («итоги квартала»)."""

    freq: str
    interval: int = 1
    month: tuple[int, ...] = ()
    day: tuple[int, ...] = ()
    weekday: tuple[str, ...] = ()
    position: int = 0
    is_doubtful: bool = False
    event: str | None = None
    within: Span | None = None

    @property
    def is_plain(self) -> bool:
        """Nothing but the frequency was said."""
        return not (self.month or self.day or self.weekday)

    @property
    def is_quarterly(self) -> bool:
        return (self.freq, self.interval) == ("MONTHLY", 3)

    @property
    def is_half_yearly(self) -> bool:
        return (self.freq, self.interval) == ("MONTHLY", 6)

    def rrule(self, until: date | None) -> str:
        """The RRULE of RFC 5545, without its prefix."""
        parts = [f"FREQ={self.freq}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        for name, values in (("BYMONTH", self.month), ("BYMONTHDAY", self.day), ("BYDAY", self.weekday)):
            if values:
                parts.append(f"{name}=" + ",".join(map(str, values)))
        if self.position:
            parts.append(f"BYSETPOS={self.position}")
        if until:
            parts.append(f"UNTIL={until:%Y%m%d}")
        return ";".join(parts)


@dataclass(frozen=True, slots=True)
class MonthDays:
    """«до 5 и 20 числа» with what is said of the month: each, next, after the reporting period, n-th of the quarter."""

    days: tuple[int, ...]
    relation: str = ""  # "", "current", "next", "each", "after_report", "of_quarter"
    period: str = ""  # the reporting period: "q", "h", "g"
    number: int = 1  # which month of or after the period
    first: int = 0  # «с 1 по 10 число»: the first day


# --- times per period --------------------------------------------------------------------------------------------

UNIT_FREQ = {
    "day": ("DAILY", 1), "sut": ("DAILY", 1), "week": ("WEEKLY", 1), "mon": ("MONTHLY", 1), "q": ("MONTHLY", 3),
    "h": ("MONTHLY", 6), "hy": ("MONTHLY", 6), "g": ("YEARLY", 1), "SY": ("YEARLY", 1), "YR": ("YEARLY", 1),
    "hour": ("HOURLY", 1),
}  # fmt: skip
# the nearest even spacing within the period's own unit
EVEN: dict[tuple[str, int], Rec] = {
    ("week", 2): Rec("WEEKLY", weekday=("MO", "TH")), ("week", 3): Rec("WEEKLY", weekday=("MO", "WE", "FR")),
    ("week", 4): Rec("WEEKLY", weekday=("MO", "TU", "TH", "FR")), ("week", 5): Rec("WEEKLY", weekday=WORKDAYS),
    ("mon", 2): Rec("MONTHLY", day=(15, -1)), ("mon", 3): Rec("MONTHLY", day=(10, 20, -1)),
    ("mon", 4): Rec("MONTHLY", day=(7, 15, 22, -1)),
    ("q", 2): Rec("WEEKLY", 6), ("day", 2): Rec("HOURLY", 12), ("day", 3): Rec("HOURLY", 8),
}  # fmt: skip


def _unit_of(tokens: Tokens) -> str:
    return next(kind for kind in UNIT_FREQ if has(tokens, kind))


def spaced(unit: str, times: int, every: float) -> Rec:
    """«2 раза в год» → every six months; «раз в 3 года» → every three years."""
    freq, interval = UNIT_FREQ[unit]
    if every == 1.5:
        return Rec("MONTHLY", 18 if freq == "YEARLY" else 1, is_doubtful=True)
    if times <= 1:
        return Rec(freq, int(interval * every))
    even = EVEN.get((unit, times))
    if even is not None and every == 1:
        return replace(even, is_doubtful=True)
    months = {"q": 3, "h": 6, "hy": 6, "g": 12, "SY": 12, "YR": 12, "mon": 1}.get(unit, 0) * int(every)
    if months >= times:
        return Rec("MONTHLY", round(months / times), is_doubtful=True)
    if months:
        return Rec("WEEKLY", max(1, round(months * 52 / 12 / times)), is_doubtful=True)
    return Rec("DAILY" if freq == "WEEKLY" else freq, 1, is_doubtful=True)


def _split(tokens: Tokens, *joints: str) -> tuple[Tokens, Tokens]:
    at = next(i for i, t in enumerate(tokens) if t.kind in {SYMBOL[j] for j in joints})
    return tokens[:at], tokens[at + 1 :]


def _times(tokens: Tokens) -> Built:
    """«не реже 2 раз в год», «раз в две недели»; of «2-3 раза» the fewer, of «раз в 2-3 месяца» the more often."""
    before, after = _split(tokens, "raz", "twice")
    times = min([*numbers(before), *pick(tokens, "twice")], default=1)
    every = min([float(v) for v in pick(after, "n", "card", "ord")], default=1.0)
    if not 0 < times <= 60 or not 0 < every <= 120:
        return None
    unit = _unit_of(after)
    rec = spaced(unit, times, every)
    if has(before, "dash"):
        rec = replace(rec, is_doubtful=True)
    years, schools = pick(after, "YR"), pick(after, "SY")
    if years:
        rec = replace(rec, within=Span(1, 1, 12, -1, years[0]))
    elif schools and schools[0].year is not None:
        rec = replace(rec, within=schools[0])
    return "RC", rec


def _decade_times(_: Tokens) -> Built:
    return "RC", Rec("MONTHLY", day=(10, 20, -1))


def _school_quarter(_: Tokens) -> Built:
    return "RC", Rec("YEARLY", month=(10, 12, 3, 5), day=(-1,), is_doubtful=True)


def _adverb(tokens: Tokens) -> Built:
    freq, interval = pick(tokens, "rec", "recadj")[0]
    if freq == "DECADE":
        return "RC", Rec("MONTHLY", day=(10, 20, -1))
    return "RC", Rec(freq, interval)


def _every(tokens: Tokens) -> Built:
    every = min([float(v) for v in pick(tokens, "n", "card", "ord")], default=1.0)
    if has(tokens, "work"):
        return "RC", Rec("WEEKLY", weekday=WORKDAYS)
    return ("RC", spaced(_unit_of(tokens), 1, every)) if every > 0 else None


def _weekdays(tokens: Tokens) -> Built:
    return "RC", Rec("WEEKLY", weekday=tuple(DAY_CODES[d] for d in pick(tokens, "Wp", "W")))


def _nth_weekday(tokens: Tokens) -> Built:
    number, day = numbers(tokens)[0], DAY_CODES[pick(tokens, "W")[0]]
    return ("RC", Rec("MONTHLY", weekday=(f"{number}{day}",))) if -1 <= number <= 5 and number else None


def _nth_weekdays(tokens: Tokens) -> Built:
    """«второй и четвертый вторник месяца»."""
    day, found = DAY_CODES[pick(tokens, "W")[0]], numbers(tokens)
    if not all(number == -1 or 1 <= number <= 5 for number in found):
        return None
    return "RC", Rec("MONTHLY", weekday=tuple(f"{number}{day}" for number in found))


def _nth_working(tokens: Tokens) -> Built:
    number = numbers(tokens)[0]
    return ("RC", Rec("MONTHLY", weekday=WORKDAYS, position=number)) if -5 <= number <= 20 and number else None


def _nth_day(tokens: Tokens) -> Built:
    number = numbers(tokens)[0]
    return ("RC", Rec("MONTHLY", day=(number,))) if number == -1 or 1 <= number <= 31 else None


def _nth_decade(tokens: Tokens) -> Built:
    number = numbers(tokens)[0]
    days = {1: 10, 2: 20, 3: -1, -1: -1}
    return ("RC", Rec("MONTHLY", day=(days[number],))) if number in days else None


def _workdays(tokens: Tokens) -> Built:
    if has(tokens, "day") and pick(tokens, "day") != ["plural"]:
        return None
    return "RC", Rec("WEEKLY", weekday=WORKDAYS)


def _weekends(_: Tokens) -> Built:
    return "RC", Rec("WEEKLY", weekday=("SA", "SU"))


def _month_of_quarter(tokens: Tokens) -> Built:
    number = numbers(tokens)[0]
    first = 3 if number == -1 else number
    return ("RC", Rec("YEARLY", month=tuple(range(first, 13, 3)))) if 1 <= first <= 3 else None


def _every_day_of_year(tokens: Tokens) -> Built:
    """«каждое 1 сентября», «каждый сентябрь»."""
    return "RC", Rec("YEARLY", month=tuple(pick(tokens, "M")), day=tuple(numbers(tokens)[:1]))


def _by_parts(tokens: Tokens) -> Built:
    """«по кварталам», «по полугодиям»."""
    if pick(tokens, "q", "h") != ["dative"]:
        return None
    return "RC", Rec("MONTHLY", 3 if has(tokens, "q") else 6)


def _edge_of_each(tokens: Tokens) -> Built:
    """«в конце каждого квартала»: the due day is the edge."""
    unit, end = _unit_of(tokens), has(tokens, "end", "evw")
    if has(tokens, "by", "k") and has(tokens, "beg"):
        return _start_of_each(unit, has(tokens, "by"))
    events = pick(tokens, "evw")
    event = f"{events[0]} {PERIOD_GENITIVE.get(unit, '')}".strip() if events else None
    if unit == "week":
        rec = Rec("WEEKLY", weekday=("FR" if end else "MO",), is_doubtful=True)
    elif unit == "mon":
        rec = Rec("MONTHLY", day=(-1,) if end else (10,) if has(tokens, "beg") else (20,), is_doubtful=not end)
    elif unit in ("q", "h", "hy", "g", "SY") and end:
        months = {"q": QUARTER_ENDS, "g": (12,), "SY": (5,)}.get(unit, (6, 12))
        rec = Rec("YEARLY", month=months, day=(-1,))
    elif has(tokens, "beg"):
        months = {"q": (1, 4, 7, 10), "g": (1,), "SY": (9,)}.get(unit, (1, 7))
        rec = Rec("YEARLY", month=months, is_doubtful=True)
    else:
        return None
    return "RC", replace(rec, event=event)


def _start_of_each(unit: str, before: bool) -> Built:
    """«до начала каждого учебного года» → 31 August of each; «к началу» → 1 September."""
    months = {"q": (1, 4, 7, 10), "g": (1,), "SY": (9,), "h": (1, 7), "hy": (1, 7)}.get(unit)
    if months is None:
        return ("RC", Rec("MONTHLY", day=(-1 if before else 1,))) if unit == "mon" else None
    shifted = tuple((m - 2) % 12 + 1 for m in months)
    return "RC", Rec("YEARLY", month=shifted if before else months, day=(-1 if before else 1,))


PERIOD_GENITIVE = {
    "q": "квартала", "h": "полугодия", "hy": "полугодия", "g": "года", "SY": "учебного года", "mon": "месяца",
    "week": "недели", "day": "дня",
}  # fmt: skip


# --- days of the month -------------------------------------------------------------------------------------------


def _month_days(tokens: Tokens) -> tuple[int, ...]:
    """The days before «числа»; of a range the last (the due day)."""
    figures = numbers(tokens)
    chosen = figures[-1:] if has(tokens, "dash", "po") else figures
    return tuple(-1 if d == -1 else d for d in chosen)


def _chis(tokens: Tokens) -> Built:
    head, tail = _split(tokens, "chis")
    days = _month_days(head)
    if not days or not all(d == -1 or 1 <= d <= 31 for d in days):
        return None
    if pick(tokens, "chis") == ["plural"] and days == (1,):  # «в первых числах месяца»
        return "CH", MonthDays((10,), "each" if has(tokens, "each") else "", first=1)
    if has(tail, "nxt") and has(tail, "za", "after", "rep"):
        period = next((kind for kind in ("q", "h", "g") if has(tail, kind)), "")
        return "CH", MonthDays(days, "after_report", period, min(numbers(tail), default=1))
    if has(tail, "after", "po"):
        period = next((kind for kind in ("q", "h", "g") if has(tail, kind)), "")
        return "CH", MonthDays(days, "after_report", period)
    if has(tail, "q", "h"):
        return "CH", MonthDays(days, "of_quarter", "q" if has(tail, "q") else "h", min(numbers(tail), default=1))
    if has(tail, "ord"):  # «последнего месяца»: of which period the recurrence says
        return "CH", MonthDays(days, "of_quarter", "", min(numbers(tail)))
    if has(tokens, "each") or has(tail, "rep"):
        return "CH", MonthDays(days, "each")
    figures = numbers(head)
    first = figures[0] if has(head, "dash", "po") and len(figures) == 2 else 0
    relation = "next" if has(tail, "nxt") else "current" if has(tail, "cur") else ""
    return "CH", MonthDays(days, relation, first=first)


def _yearly_day(tokens: Tokens) -> Built:
    """«до 1 марта года, следующего за отчетным»."""
    span = pick(tokens, "D")[0]
    if getattr(span, "m1", None) is None or span.year is not None:
        return None
    return "RC", Rec("YEARLY", month=(span.m1,), day=(span.d1,))


NUMS = "(n | ord)"
LIST = f"{NUMS} ((comma | and | dash) {NUMS})*"
PERIOD = "(q | h | g | mon | per | week | SY)"
AFTER = f"(nxt comma? (za | after) (rep | prev)* {PERIOD}? mon? | nxt (rep | prev) {PERIOD}? mon?)"
NEXT_MONTH = (
    f"(ord? mon comma? {AFTER} | {AFTER} | nxt mon comma? (after | za) (rep | prev)* {PERIOD}?"
    f" | mon (after | po evw) (rep | prev)* {PERIOD}?)"
)
OF_QUARTER = "(ord mon (each | rep | cur | nxt)* (q | h) | (each | rep) q)"
TIMES = "(minim | maxim | by | po)? ((n | card) (dash (n | card))? (lp (n | card) rp)?)? raz"
EACH_UNIT = "(day | sut | week | mon | q | h | hy | g | hour)"
RECURRENCE_LAYER = Layer(
    Rule(
        "times_per",
        f"{TIMES} (v | slash | na | za | within) each? ((n | card | ord) (dash (n | card))?)? {EACH_UNIT}",
        _times,
    ),
    Rule("times_per_named_year", f"{TIMES} (v | za | within) each? (SY | YR)", _times),
    Rule("times_slash", f"{TIMES} dash {EACH_UNIT}", _times),
    Rule("twice_per", f"minim? twice (v | za) each? (card | n)? ({EACH_UNIT} | SY | YR)", _times),
    Rule("times_per_decade", f"{TIMES} v dek", _decade_times),
    Rule("every_decade", "v? each dek", _decade_times),
    Rule("times_per_school_quarter", f"{TIMES} v (each)? chet", _school_quarter),
    Rule("edge_of_each", f"((by | k)? (beg | mid | end) | po evw) each ({EACH_UNIT} | SY)", _edge_of_each),
    Rule("month_of_quarter", "v? ord mon (each | rep | cur)* q", _month_of_quarter),
    Rule("every_day_of_year", "each (n | ord) M", _every_day_of_year),
    Rule("every_month_name", "each M ((comma | and) M)*", _every_day_of_year),
    Rule("recurring_basis", "(na | v) recadj (basis | order)", _adverb),
    Rule("nth_weekdays", f"each? {NUMS} ((comma | and) {NUMS})+ W each? mon", _nth_weekdays),
    Rule("every_nth_weekday", "(v | po)? each (n | ord) W (each? mon)?", _nth_weekday),
    Rule("nth_weekday_of_each", "(n | ord) W each mon", _nth_weekday),
    Rule("nth_working_day_of_each", "each? (n | ord) work day (each mon)", _nth_working),
    Rule("every_nth_working_day", "each (n | ord) work day mon?", _nth_working),
    Rule("nth_working_day_after_report", f"(n | ord) work day {NEXT_MONTH}", _nth_working),
    Rule("last_day_of_each", "(each)? ord day each mon", _nth_day),
    Rule("decade_of_each", "(n | ord | rom) dek each mon", _nth_decade),
    Rule("every_weekday", "(v | po)? each W ((comma | and)+ each? W)*", _weekdays),
    Rule("on_weekdays", "po Wp ((comma | and)+ po? Wp)*", _weekdays),
    Rule("every_working_day", "(v | po)? each work day", _every),
    Rule("working_days", "(v | po)? (work day | wday day?)", _workdays),
    Rule("weekends", "(v | po) wend day?", _weekends),
    Rule("every_school_quarter", "v? (beg | end | po evw)? each chet", _school_quarter),
    Rule("every", f"(v | po)? each (n | card | ord)? ({EACH_UNIT} | SY)", _every),
    Rule("by_parts", "po (q | h)", _by_parts),
    Rule("month_days_after_report", f"{LIST} chis {NEXT_MONTH}", _chis),
    Rule("month_days_of_quarter", f"{LIST} chis {OF_QUARTER}", _chis),
    Rule("month_days_of_nth_month", f"{LIST} chis ord mon", _chis),
    Rule("month_days_span", f"s {NUMS} po {NUMS} chis (?! M) ((each | rep | nxt | cur)? mon)?", _chis),
    Rule("month_days_of_each", f"each {LIST} chis mon?", _chis),
    Rule("month_days", f"{LIST} chis (?! M) ((each | rep | nxt | cur)? mon)?", _chis),
    Rule("adverb", "rec", _adverb),
)


def _not_weekends(tokens: Tokens) -> Built:
    rec: Rec = tokens[0].value
    if rec.freq not in ("DAILY", "WEEKLY") or rec.weekday:
        return None
    gone = {DAY_CODES[d] for d in pick(tokens, "W")} or {"SA", "SU"}
    return "RC", Rec("WEEKLY", weekday=tuple(d for d in DAY_CODES if d not in gone))


def _not_months(tokens: Tokens) -> Built:
    rec: Rec = tokens[0].value
    gone = set(pick(tokens, "M"))
    return "RC", replace(rec, month=tuple(m for m in range(1, 13) if m not in gone))


YEAR_AFTER = "(comma? g)? comma? nxt (za | after) (rep | prev)+ (g | per)? g?"
AFTER_DAY_LAYER = Layer(
    Rule("year_after_report", f"D {YEAR_AFTER}", _yearly_day),
    Rule("day_of_next_year", "D g (after | po) rep g?", _yearly_day),
    Rule(
        "except_weekends",
        "RC (comma | lp)* za? ban (wend (day | and w day?)? rp? | W ((comma | and) W)*)",
        _not_weekends,
    ),
    Rule("except_months", "RC comma? ban M ((comma | and) M)*", _not_months),
)
