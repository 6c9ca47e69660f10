"""Days and how they are named: dates, lists of days, weekdays, the n-th of a month; times of day are dropped."""

from __future__ import annotations

from pipeline.deadlines.dates import Nth, Relative, Span, Year
from pipeline.deadlines.layers import Layer
from pipeline.deadlines.periods import SOME_YEAR, numbers, year_in
from pipeline.deadlines.symbols import Built, Rule, Tokens, has, pick


def _day(tokens: Tokens) -> Built:
    day, month = numbers(tokens)[0], pick(tokens, "M")[0]
    if has(tokens, "chis") and pick(tokens, "chis") == ["plural"]:
        return _about(day, month, year_in(tokens))
    if not 1 <= day <= 31:
        return None
    return "D", Span.of_day(day, month, year_in(tokens))


def _about(number: int, month: int, year: Year | None) -> Built:
    """«в первых числах сентября»: the decade."""
    decade = {1: (1, 10), 10: (10, 19), 20: (20, 29), -1: (21, -1)}.get(number)
    return ("P", Span(month, decade[0], month, decade[1], year, is_doubtful=True)) if decade else None


def _day_short_year(tokens: Tokens) -> Built:
    day, year = numbers(tokens)[0], numbers(tokens)[-1]
    if not 1 <= day <= 31 or year > 99:
        return None
    return "D", Span.of_day(day, pick(tokens, "M")[0], Year(year, None, True))


def _day_dashes(tokens: Tokens) -> Built:
    """«20-Сен-2024»."""
    figures, years = pick(tokens, "n"), pick(tokens, "YR")
    year = years[0] if years else Year(figures[-1], None, True)
    return ("D", Span.of_day(figures[0], pick(tokens, "M")[0], year)) if 1 <= figures[0] <= 31 else None


def _day_list(tokens: Tokens) -> Built:
    days, month, year = numbers(tokens), pick(tokens, "M")[0], year_in(tokens)
    return ("DL", [Span.of_day(d, month, year) for d in days]) if all(1 <= d <= 31 for d in days) else None


def _day_figures(tokens: Tokens) -> Built:
    span: Span = tokens[0].value
    return "D", span.with_year(year_in(tokens) or span.year)


def _relative_day(tokens: Tokens) -> Built:
    return "D", Relative("day", pick(tokens, "relday")[0])


def _next_day(tokens: Tokens) -> Built:
    return "D", Relative("workday" if has(tokens, "work") else "day", 1)


def _weekday(tokens: Tokens) -> Built:
    return "D", Relative("weekday", 1 if has(tokens, "nxt") else 0, pick(tokens, "W")[0])


def _month_of(tokens: Tokens) -> Span | Relative | None:
    """«марта 2024», «следующего месяца», «месяца» (None: the first that fits)."""
    months = pick(tokens, "M")
    if months:
        return Span.of_month(months[0], year_in(tokens))
    if has(tokens, "mon") and has(tokens, "cur", "nxt"):
        return Relative("month", 1 if has(tokens, "nxt") else 0)
    year = year_in(tokens)
    return Span(1, 1, 12, -1, year) if year else None


def _nth(tokens: Tokens) -> Built:
    number = numbers(tokens)[0]
    if not -5 <= number <= 31 or number == 0:
        return None
    what: int | str = "work" if has(tokens, "work") else "day"
    weekdays = pick(tokens, "W")
    return "D", Nth(number, weekdays[0] if weekdays else what, _month_of(tokens))


def _nth_stretch(tokens: Tokens) -> Built:
    number = numbers(tokens)[0]
    if has(tokens, "week"):
        return "P", Nth(number, "week", _month_of(tokens))
    if number not in (1, 2, 3, -1):
        return None
    return "P", Nth(number, "dek", _month_of(tokens))


def _as_day(tokens: Tokens) -> Built:
    return "D", pick(tokens, "D")[0]


MONTH_OF = f"(v? M {SOME_YEAR}? | (cur | nxt)? mon)"
DAY_LAYER = Layer(
    Rule("nth_weekday", f"(n | ord) W {MONTH_OF}?", _nth),
    Rule("nth_working_day", f"(ord work day ({MONTH_OF} | YR)? | n work day {MONTH_OF})", _nth),
    Rule("nth_day", f"ord day {MONTH_OF}", _nth),
    Rule("nth_decade", f"(n | ord | rom) dek {MONTH_OF}?", _nth_stretch),
    Rule("nth_week", f"(n | ord | rom) week v? M {SOME_YEAR}?", _nth_stretch),
    Rule("day_list", f"n ((comma | and) by? n)+ chis? M {SOME_YEAR}?", _day_list),
    Rule("day_dashes", "n dash M dash (Y | YR | n) g?", _day_dashes),
    Rule("day_short_year", "(n | ord) M n g", _day_short_year),
    Rule("day", f"(n | ord) chis? M (comma? {SOME_YEAR})?", _day),
    Rule("day_figures", f"DM {SOME_YEAR}?", _day_figures),
    Rule("day_with_year_word", "D g", _as_day),
    Rule("relative_day", "relday day?", _relative_day),
    Rule("next_day", "nxt work? day", _next_day),
    Rule("next_weekday", "(nxt | cur) W", _weekday),
)
DAY_NAME_LAYER = Layer(
    Rule("day_and_weekday", "D (comma | lp)? W rp?", _as_day),  # «15 марта (пятница)»
    Rule("weekday_and_day", "W comma? D", _as_day),
    Rule("weekday", "W", _weekday),
)


def _nothing(_: Tokens) -> Built:
    return "", None


# a time of day says nothing of the day; alone («до 17:00») it stays
CLOCK_LAYER = Layer(
    Rule("time_range", "lp? (s | v | by | k)? time ((dash | by | po | and | comma) time)+ rp?", _nothing),
    Rule("time_before_day", "time (?= v? (D | nxt))", _nothing),
    Rule("hour_before_day", "(?<= [by k v nl s]) n hour dot? (n minute dot?)? (?= v? D)", _nothing),
    Rule(
        "time_after",
        "(?<= [^ by nl k s v na]) (comma | lp)* (v | k | s | by | nl | na)? time rp? (?! v? (D | nxt))",
        _nothing,
    ),
    Rule("hour_after_day", "(?<= D) (comma | lp)* (v | k | by | nl | s) n hour (n minute)? rp?", _nothing),
    Rule("in_the_term", "v srok (?= by | nl | po | k | s | D | P)", _nothing),  # «в срок до 1 мая»
    # «в период с … по …», «на период 2013–2015 годов»
    Rule("chosen", "(v? per (?= s (n | D | M | Y | YR)) | (v | na) per (?= P | YR | M))", _nothing),
    Rule("not_later_than_by", "(?<= nl) by", _nothing),  # «не позднее, чем до 20 ноября»
    Rule("inclusive", "(?<= [^ YR M q h g]) (comma | lp)* incl rp?", _nothing),
)
