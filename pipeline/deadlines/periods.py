"""Named periods: years, school years, months, quarters, half-years, seasons, weeks; ranges and lists of them."""

from __future__ import annotations

from dataclasses import replace

from pipeline.deadlines.dates import Relative, Span, Year
from pipeline.deadlines.edges import Edge, in_school_year
from pipeline.deadlines.layers import Layer
from pipeline.deadlines.symbols import SYMBOL, Built, Rule, Tokens, has, kinds, pick

NUM = "(n | ord | rom | card)"
SOME_YEAR = "(YR | lp YR rp)"
SEASONS = {1: (3, 5), 2: (6, 8), 3: (9, 11), 4: (12, 2)}
NUMBERS = kinds("n", "ord", "rom", "card")


def numbers(tokens: Tokens) -> list[int]:
    """The values of the figures among the tokens: Arabic, Roman, in words."""
    return [int(t.value) for t in tokens if t.kind in NUMBERS]


def year_in(tokens: Tokens) -> Year | None:
    """The last year said."""
    years = pick(tokens, "YR")
    return years[-1] if years else None


# --- numbers -----------------------------------------------------------------------------------------------------


def _sum(tokens: Tokens) -> Built:
    tens, ones = tokens[0].value, tokens[1].value
    if tens < 20 or tens % 10 or not 1 <= ones <= 9:
        return None
    return ("ord" if tokens[1].kind == SYMBOL["ord"] else "card"), tens + ones


def _first(tokens: Tokens) -> Built:
    return "n", tokens[0].value


NUMBER_LAYER = Layer(
    Rule("tens_and_ones", "card (ord | card)", _sum),  # «двадцать пятого»
    Rule("figure_in_words", "(n | card) lp (card | ord | n) (card | ord)? rp", _first),  # «10 (десяти) дней»
)


# --- years -------------------------------------------------------------------------------------------------------


def _school(start: int | None, is_next: bool = False, doubtful: bool = False) -> Span:
    year = None if start is None else Year(start)
    return Span(9, 1, 5, 31, year, is_school=True, is_next=is_next, is_doubtful=doubtful)


def _second_year(first: int, second: int) -> int | None:
    """«2023/24» → 2024: the second year of a pair, or None where it is no later year."""
    full = second if second > 99 else first // 100 * 100 + second
    return full if first < full <= first + 60 else None


def _school_year(tokens: Tokens) -> Built:
    first, second = pick(tokens, "Y", "n")[:2]
    if _second_year(first, second) != first + 1:
        return None
    return "SY", _school(first)


def _school_years(tokens: Tokens) -> Built:
    """«2023-2024 и 2024-2025 учебные годы»: from the first September to the last May."""
    figures = pick(tokens, "Y", "n")
    firsts = figures[::2]
    if [_second_year(a, b) for a, b in zip(firsts, figures[1::2], strict=False)] != [first + 1 for first in firsts]:
        return None
    if firsts != list(range(firsts[0], firsts[0] + len(firsts))):
        return None
    return "SY", replace(_school(firsts[0]), more_years=len(firsts) - 1)


def _school_relative(tokens: Tokens) -> Built:
    return "SY", _school(None, is_next=has(tokens, "new", "nxt"))


def _school_one(tokens: Tokens) -> Built:
    return "SY", _school(pick(tokens, "Y")[0], doubtful=True)


def _year(tokens: Tokens) -> Built:
    return "YR", Year(pick(tokens, "Y")[0])


def _year_relative(tokens: Tokens) -> Built:
    if has(tokens, "prev"):
        return "YR", Year(None, -1)
    return "YR", Year(None, 1 if has(tokens, "nxt") else 0)


def years_span(first: int, last: int) -> Span:
    """«2024–2026 годы»."""
    return Span(1, 1, 12, -1, Year(first), last - first)


def _year_range(tokens: Tokens) -> Built:
    first, last = pick(tokens, "Y", "n")[:2]
    full = _second_year(first, last)
    return ("P", years_span(first, full)) if full else None


def _year_list(tokens: Tokens) -> Built:
    years = pick(tokens, "Y")
    if years == list(range(years[0], years[0] + len(years))):
        return "P", years_span(years[0], years[-1])
    return "PL", [years_span(year, year) for year in years]


def _new_year(_: Tokens) -> Built:
    return "ny", Edge("beg", None, "year", is_new_year=True)


SCHOOL_PAIR = "Y (dash | slash) (Y | n) g?"
YEAR_LAYER = Layer(
    Rule("school_year", "(new | cur | nxt)? Y g? (dash | slash) (Y | n) (g? new)? uch g", _school_year),
    Rule("school_years", f"{SCHOOL_PAIR} ((comma | and) {SCHOOL_PAIR})+ uch g", _school_years),
    Rule("school_year_after", "uch g? Y (dash | slash) (Y | n) g?", _school_year),
    Rule("school_year_one", "(new | cur | nxt)? Y uch g", _school_one),
    Rule("school_year_slash", "Y slash (Y | n) g?", _school_year),
    Rule("school_year_relative", "(new | cur | nxt | all)? uch g", _school_relative),
    Rule("years_range", "Y g? dash (Y g? | n g)", _year_range),
    Rule("years_from_to", "s Y g? (po | by) Y g?", _year_range),
    Rule("years_list", "Y g? ((comma | and) Y g?)+", _year_list),
    Rule("year", "Y g?", _year),
    Rule("year_relative", "(cur | nxt | prev) (cal | fin)? g", _year_relative),
    Rule("new_year", "new g", _new_year),
)


# --- spans -------------------------------------------------------------------------------------------------------


def _month(tokens: Tokens) -> Built:
    return "P", Span.of_month(pick(tokens, "M")[0], year_in(tokens))


def _month_of_school_year(tokens: Tokens) -> Built:
    """«март 2023/2024 учебного года» = March 2024."""
    month = Span.of_month(tokens[0].value)
    year = in_school_year(month, tokens[-1].value)
    return ("P", month.with_year(year)) if year else None


def _month_short_year(tokens: Tokens) -> Built:
    year = numbers(tokens)[0]
    return ("P", Span.of_month(pick(tokens, "M")[0], Year(year, None, True))) if 10 <= year <= 99 else None


def join(first: Span, last: Span) -> Span:
    """From the one to the other; the years not said follow from the years said."""
    y1, y2 = first.year, last.year
    rolls = (last.m2, 99 if last.d2 == -1 else last.d2) < (first.m1, first.d1)
    more = 0
    if y1 and y2 and None not in (y1.number, y2.number):
        more = _years_between(y1, y2) - int(rolls)
        year: Year | None = y1
    elif y1 is None and y2 is not None:
        year = Year(
            None if y2.number is None else y2.number - int(rolls),
            None if y2.rel is None else y2.rel - int(rolls),
            y2.short,
        )
    else:
        year = y1
        if y1 is not None and y1.rel is not None and y2 is not None and y2.rel is not None:
            more = y2.rel - y1.rel - int(rolls)
    return Span(first.m1, first.d1, last.m2, last.d2, year, max(more, 0))


def _years_between(y1: Year, y2: Year) -> int:
    first, last = y1.number or 0, y2.number or 0
    return (last - first) % 100 if y1.short or y2.short else last - first


def _range(tokens: Tokens) -> Built:
    months: list[Span] = []
    for i, token in enumerate(tokens):
        if token.kind == SYMBOL["M"]:
            rest = tokens[i + 1 : i + 3]
            year = year_in(rest) if rest and rest[0].kind != SYMBOL["dash"] else None
            months.append(Span.of_month(token.value, year))
        elif token.kind == SYMBOL["MY"]:
            months.append(token.value)
    return _joined(months[0], months[-1])


def _joined(first: Span, last: Span) -> Built:
    y1, y2 = first.year, last.year
    if y1 and y2 and y1.number and y2.number and not (y1.short or y2.short) and y2.number < y1.number:
        return None
    return "P", join(first, last)


def _part(kind: str, number: int, year: Year | None) -> Span | None:
    months = 3 if kind == "q" else 6
    if not 1 <= number <= 12 // months:
        return None
    return Span((number - 1) * months + 1, 1, number * months, -1, year)


def _parts(tokens: Tokens) -> Built:
    """«I, III кварталы 2024 года», «1-2 кв.»: a list, joined where its members touch."""
    kind, found = ("q" if has(tokens, "q") else "h"), numbers(tokens)
    spans = [_part(kind, number, year_in(tokens)) for number in found]
    whole = [s for s in spans if s is not None]
    if len(whole) != len(spans) or not whole:
        return None
    if has(tokens, "dash", "po", "by") or found == list(range(found[0], found[0] + len(found))):
        return "P", join(whole[0].with_year(None), whole[-1])
    return "PL", whole


def _part_to_part(tokens: Tokens) -> Built:
    """«IV квартал 2023 г. – I квартал 2024 г.»"""
    units = [i for i, t in enumerate(tokens) if t.kind in kinds("q", "h")]
    ends = [tokens[: units[0] + 2], tokens[units[0] + 2 :]]
    kind = "q" if has(tokens, "q") else "h"
    spans = [_part(kind, numbers(end)[0], year_in(end)) for end in ends]
    return _joined(spans[0], spans[1]) if spans[0] and spans[1] else None


def _half_of(tokens: Tokens) -> Built:
    number = numbers(tokens)[0]
    second = number in (2, -1)
    if number not in (1, 2, -1):
        return None
    school = pick(tokens, "SY")
    if school:
        return "P", school_half(school[0], 2 if second else 1)
    if has(tokens, "M"):
        return "P", Span(*((m := pick(tokens, "M")[0]), 16 if second else 1, m, -1 if second else 15), year_in(tokens))
    if has(tokens, "mon"):
        return None
    part = _part("h", 2 if second else 1, year_in(tokens))
    return ("P", part) if part else None


def school_half(school: Span, number: int) -> Span:
    """I полугодие = 01.09–31.12, II = 01.01–31.05."""
    if number == 1:
        return Span(9, 1, 12, -1, school.year, is_next=school.is_next, is_doubtful=True)
    year = school.year
    later = year and year.number is not None and Year(year.number + 1)
    return Span(1, 1, 5, 31, later or None, is_school=True)


def _running(tokens: Tokens) -> Built:
    unit = next(u for k, u in UNIT_OF.items() if has(tokens, k))
    if has(tokens, "prev"):
        return "P", Relative(unit, -1)
    return "P", Relative(unit, 1 if has(tokens, "nxt", "new") else 0)


UNIT_OF = {"week": "week", "mon": "month", "q": "quarter", "h": "half"}


def _season(tokens: Tokens) -> Built:
    seasons = pick(tokens, "season", "seasadj")
    first, last = SEASONS[seasons[0]][0], SEASONS[seasons[-1]][1]
    years, spans = pick(tokens, "YR"), pick(tokens, "P", "SY")
    year = years[0] if years else getattr(spans[0], "year", None) if spans else None
    return "P", Span(first, 1, last, -1, year, is_doubtful=last < first or len(seasons) > 1)


def _day_range(tokens: Tokens) -> Built:
    days = pick(tokens, "n", "D")
    last = days[-1]
    first = Span.of_day(days[0], last.m1) if isinstance(days[0], int) and isinstance(last, Span) else days[0]
    if not isinstance(first, Span) or not isinstance(last, Span) or not 1 <= first.d1 <= 31:
        return None
    if first.m1 == last.m1 and first.d1 > last.d1 and isinstance(days[0], int):
        first = Span.of_day(first.d1, (first.m1 - 2) % 12 + 1)  # «с 25 по 5 марта» begins in February
    return _joined(first, last)


def _as_period(tokens: Tokens) -> Built:
    value = pick(tokens, "YR", "MY")[0]
    return "P", Span(1, 1, 12, -1, value) if isinstance(value, Year) else value


UNIT_YEAR = f"{SOME_YEAR}?"
SPAN_LAYER = Layer(
    Rule("days_from_to", "s (n | D) chis? comma? (po | by) D", _day_range),
    Rule("days_to", "(n | D) dash D", _day_range),
    Rule("days_between", "early D comma? (and | but)* (nl | po | by) D", _day_range),
    Rule("months_from_to", f"s (M {UNIT_YEAR} | MY) (po | by) (M {UNIT_YEAR} | MY)", _range),
    Rule("months_to", f"(M mon? {UNIT_YEAR} | MY) (dash | slash) (M {UNIT_YEAR} | MY)", _range),
    Rule("half_of_school_year", f"{NUM} (h | half) SY", _half_of),
    Rule("half_of", f"{NUM} half (M {UNIT_YEAR} | YR | g | SY)", _half_of),
    Rule("part_to_part", f"{NUM} (q | h) {UNIT_YEAR} dash {NUM} (q | h) {UNIT_YEAR}", _part_to_part),
    Rule("parts_from_to", f"s {NUM} (po | by) {NUM} (q | h) {UNIT_YEAR}", _parts),
    Rule("parts", f"{NUM} ((dash | comma | and | slash) {NUM})* (q | h) {UNIT_YEAR}", _parts),
    Rule("relative_period", "(cur | nxt | new | prev) (work | cal)? (week | mon | q | h)", _running),
    Rule("season_months", "seasadj (dash seasadj)? (per | mon) (YR | P | SY)?", _season),
    Rule("season", "season (YR | P | SY)?", _season),
    Rule("month_short_year", "M n g", _month_short_year),
    Rule("month_of_school_year", "M SY", _month_of_school_year),
    Rule("month", f"M mon? {UNIT_YEAR}", _month),
    Rule("month_figures", "MY g?", _as_period),
)


def _period_range(tokens: Tokens) -> Built:
    """«осень 2024 года – весна 2025 года»."""
    first, last = pick(tokens, "P")
    if not isinstance(first, Span) or not isinstance(last, Span) or first.is_day or last.is_day or first.is_year:
        return None
    return _joined(first, last)


YEAR_PERIOD_LAYER = Layer(
    Rule("year_period", "YR", _as_period),
    Rule("period_range", "P dash P", _period_range),
)
