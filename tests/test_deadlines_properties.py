"""What must hold for any text: dates round-trip, nothing leaves the century, nothing crashes, cost grows with length."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.deadlines import dispatch as dispatching
from pipeline.deadlines import find_deadlines, is_deadline, parse_deadlines

ANCHOR = date(2024, 2, 28)
GENITIVE = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
SHORT = ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
Spelling = Callable[[date], str]
SPELLINGS: dict[str, Spelling] = {
    "dots": lambda d: f"{d:%d.%m.%Y}",
    "dots_year_letter": lambda d: f"{d:%d.%m.%Y}г.",
    "dots_bare": lambda d: f"{d.day}.{d.month}.{d.year}",
    "dots_spaced": lambda d: f"{d:%d.%m}. {d.year}",
    "two_digits": lambda d: f"{d:%d.%m.%y}",
    "two_digits_letter": lambda d: f"{d:%d.%m.%y} г.",
    "slashes": lambda d: f"{d:%d/%m/%Y}",
    "dashes": lambda d: f"{d:%d-%m-%Y}",
    "commas": lambda d: f"{d:%d,%m,%Y}",
    "iso": lambda d: d.isoformat(),
    "words": lambda d: f"{d.day} {GENITIVE[d.month - 1]} {d.year} года",
    "words_short_year": lambda d: f"{d.day} {GENITIVE[d.month - 1]} {d:%y} г.",
    "words_zero": lambda d: f"{d:%d} {GENITIVE[d.month - 1]} {d.year} г",
    "glued": lambda d: f"{d.day}{GENITIVE[d.month - 1]} {d.year}г.",
    "quoted": lambda d: f"«{d:%d}» {GENITIVE[d.month - 1]} {d.year} года",
    "quoted_spaced": lambda d: f'" {d.day} " {GENITIVE[d.month - 1]} {d.year} г.',
    "ordinal": lambda d: f"{d.day}-го {GENITIVE[d.month - 1]} {d.year} года",
    "short_month": lambda d: f"{d.day} {SHORT[d.month - 1]}{'' if d.month == 5 else '.'} {d.year}",
    "month_dashes": lambda d: f"{d.day}-{SHORT[d.month - 1].title()}-{d.year}",
    "roman": lambda d: f"{d.day}.{ROMAN[d.month - 1]}.{d.year}",
    "ocr_zero": lambda d: f"{d:%d.%m.%Y}".replace("0", "О", 1),
    "capitals": lambda d: f"{d.day} {GENITIVE[d.month - 1]} {d.year} ГОДА".upper(),
    "double_spaces": lambda d: f"{d.day}  {GENITIVE[d.month - 1]}   {d.year}  г.",
}
FRAMES = {
    "{}": "on_date",
    "до {}": "by_date",
    "не позднее {}": "by_date",
    "в срок до {}": "by_date",
    "к {}": "by_date",
    "по {}": "by_date",
    "Срок: {}.": "on_date",
    "Срок исполнения – до {}": "by_date",
    "до {} (включительно)": "by_date",
    "до 17:00 {}": "by_date",
}
days = st.dates(date(1975, 1, 1), date(2073, 12, 31))


@settings(max_examples=1_000, deadline=None)
@given(day=days, spelling=st.sampled_from(sorted(SPELLINGS)), frame=st.sampled_from(sorted(FRAMES)))
def test_any_date_in_any_spelling(day: date, spelling: str, frame: str) -> None:
    text = frame.format(SPELLINGS[spelling](day))
    (row,) = parse_deadlines(text, ANCHOR)
    assert (row.kind, row.due_date) == (FRAMES[frame], day), text


@settings(max_examples=300, deadline=None)
@given(anchor=days, ahead=st.integers(-49, 49), month=st.integers(1, 12), day=st.integers(1, 28))
def test_two_digits_find_their_century(anchor: date, ahead: int, month: int, day: int) -> None:
    said = date(anchor.year + ahead, month, day)
    (row,) = parse_deadlines(f"до {said:%d.%m.%y}", anchor)
    assert row.due_date == said


@settings(max_examples=300, deadline=None)
@given(anchor=days, day=days)
def test_no_year_is_the_next_such_day(anchor: date, day: date) -> None:
    (row,) = parse_deadlines(f"до {day.day} {GENITIVE[day.month - 1]}", anchor)
    assert row.due_date is not None
    assert anchor <= row.due_date < anchor + timedelta(366 * 8 + 1)
    assert (row.due_date.day, row.due_date.month) == (day.day, day.month)


WORDS = [
    "до",
    "с",
    "по",
    "к",
    "в",
    "на",
    "за",
    "через",
    "после",
    "при",
    "не",
    "позднее",
    "ранее",
    "течение",
    "срок",
    "1",
    "5",
    "15",
    "31",
    "2024",
    "2025",
    "23",
    "99",
    "1900",
    "2099",
    "I",
    "III",
    "IV",
    "мая",
    "марта",
    "января",
    "сентябрь",
    "октябрь",
    "года",
    "год",
    "учебного",
    "квартал",
    "полугодие",
    "декада",
    "месяца",
    "недели",
    "дней",
    "рабочих",
    "конца",
    "начала",
    "середине",
    "каждый",
    "ежемесячно",
    "ежегодно",
    "ежеквартально",
    "постоянно",
    "числа",
    "следующего",
    "за",
    "отчетным",
    "раз",
    "раза",
    "реже",
    "и",
    ",",
    "-",
    "–",
    "(",
    ")",
    ";",
    ":",
    ".",
    "01.11.23",
    "01.09",
    "2023/2024",
    "г.",
    "т.г.",
    "понедельник",
    "пятницам",
    "первый",
    "последний",
    "далее",
    "план",
    "согласно",
    "мере",
    "необходимости",
    "17:00",
    "двадцать",
]
soup = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
junk = st.text(
    alphabet='абвгдежзийклмнопрстуфхцчшщъыьэюяёАЯІiIlO0123456789 .,;:-–—()«»"/№%\n\t\u00a0xyzİß', max_size=300
)


@settings(max_examples=1_500, deadline=None)
@given(text=st.one_of(soup, junk), anchor=st.one_of(st.none(), days))
def test_nothing_crashes_or_leaves_the_century(text: str, anchor: date | None) -> None:
    rows = parse_deadlines(text, anchor)
    rows += [d for found in find_deadlines(text, anchor) for d in found.deadlines]
    is_deadline(text)
    for row in rows:
        assert text[row.start : row.end] == row.text
        for day in (row.start_date, row.due_date):
            assert day is None or anchor is None or anchor.year - 50 <= day.year <= anchor.year + 49
        if row.start_date and row.due_date and row.kind != "recurring":
            assert row.start_date <= row.due_date or row.is_ambiguous
        if row.rrule:
            rrulestr(row.rrule)


@settings(max_examples=500, deadline=None)
@given(text=st.one_of(soup, junk), anchor=days)
def test_found_places_lie_in_the_text(text: str, anchor: date) -> None:
    done = 0
    for found in find_deadlines(text, anchor):
        assert done <= found.start < found.end <= len(text)
        assert all(found.start <= d.start < d.end <= found.end for d in found.deadlines)
        done = found.end


HEADS = [
    "ежемесячно", "ежеквартально", "ежегодно", "еженедельно", "ежедневно", "раз в полугодие", "2 раза в год", "2 раза в неделю",
    "не реже 3 раз в месяц", "каждый понедельник", "каждые две недели", "по вторникам и пятницам", "раз в три года",
    "каждую последнюю пятницу месяца", "раз в декаду", "каждые 10 дней", "ежедневно в рабочие дни", "до 5 числа каждого месяца",
    "в конце каждого квартала", "до 15 числа месяца, следующего за отчетным кварталом", "до 31 числа каждого месяца",
]  # fmt: skip
TAILS = [
    "", " до 5 числа", " до 1 марта", " в сентябре", " в мае-июне", " с 1 по 15 октября", " с сентября по май", " в 2024 году",
    " до 31 декабря 2024 года", " в течение года", " в течение учебного года", " с 1 марта 2024 года", " в первой декаде марта",
    " в последний рабочий день", " до конца года", " до 15 января и 15 июля", " в апреле и октябре", " до 30 февраля",
]  # fmt: skip


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("head", HEADS)
def test_every_rule_has_a_first_date(head: str, tail: str) -> None:
    """DTSTART of a rule is the row's start, else the anchor; a bound may leave nothing («каждый понедельник до четверга»)."""
    rows = [row for row in parse_deadlines(head + tail, ANCHOR) if row.rrule]
    assert rows
    for row in rows:
        start = datetime.combine(row.start_date or ANCHOR, datetime.min.time())
        unbounded = re.sub(r";UNTIL=\d{8}", "", row.rrule or "")
        assert rrulestr(unbounded, dtstart=start).after(start, inc=True) is not None, row.rrule


ADVERSARIAL = [
    "до ", "с момента ", "в течение ", "1 ", "1.1.", "01.01.2024 ", "( ", ",", "1-", "x-", "мая ", "1 мая, ", "январь, ", "I, II, ",
    "не позднее ", "ежемесячно ", "раз в ", "до 5 числа месяца, следующего за ", "срок: ", "в срок до ", "О1.", "в  ", "двадцать ",
    "после ", "если ", "далее ", "до мая и до ", "10 (десяти) ", "с 1 по ", "по мере ", "согласно ", "за 10 дней до ", "а", '"',
    "ежегодно в ", "по понедельникам и ", "январь - ", "2024-", "№ 1 ",
]  # fmt: skip


def steps(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many tries of a rule a text costs, each with the tokens it could see: a count, no clock."""
    count = 0
    match = dispatching.Dispatch.match

    def counted(self: dispatching.Dispatch, line: str, at: int) -> re.Match[str] | None:
        nonlocal count
        found = match(self, line, at)
        count += 1 + (found.end() - at if found else 0)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(dispatching.Dispatch, "match", counted)
        find_deadlines(text, ANCHOR)
        parse_deadlines(text[:1_000], ANCHOR)
    return count


@pytest.mark.parametrize("atom", ADVERSARIAL)
def test_cost_grows_with_length(atom: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = ((atom * (size // len(atom) + 1))[:size] for size in (2_500, 10_000))
    assert steps(large, monkeypatch) <= 6 * steps(small, monkeypatch) + 1_000
    assert steps(large, monkeypatch) <= 40 * len(large)


def test_no_unbounded_repetition_in_a_rule() -> None:
    """Every rule over tokens has bounded quantifiers, so a match looks at a bounded stretch."""
    from pipeline.deadlines.forms import INLINE
    from pipeline.deadlines.grammar import LAYERS
    from pipeline.deadlines.table import CLAUSES

    for dispatch in (*(layer.dispatch for layer in LAYERS), CLAUSES, INLINE):
        for name, pattern, _ in dispatch.rows:
            assert not re.search(r"[*+]", pattern), name
