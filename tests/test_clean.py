"""Repairs: what `compose` drops or joins, and what `clean` replaces without moving a single offset."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import clean, compose

COMPOSED = [
    ("район\u0438\u0306", "районй", "decomposed «й» becomes one letter"),
    ("е\u0308лка", "ёлка", "and so does «ё»"),
    ("ис\u00adпользо\u200bвание\ufeff", "использование", "soft hyphen, zero width space and byte order mark"),
    ("a\r\nб\rв\u2028г\u2029д\x85е\vж\fз", "a\nб\nв\nг\nд\nе\nж\nз", "every line end of every system"),
    ("а\x00б\x07в\tг", "абв\tг", "controls go, the tab stays"),
    ("№ 5\u00a0км²", "№ 5\u00a0км²", "compatibility forms and no-break spaces are as printed"),
    ("а\ud800б", "а\ufffdб", "a lone surrogate cannot be written to Parquet"),
]


@pytest.mark.parametrize(("raw", "expected", "reason"), COMPOSED)
def test_compose(raw: str, expected: str, reason: str) -> None:
    assert compose(raw) == expected, reason


CLEANED = [
    ("COШ № 5", "СОШ № 5", "Latin C and Cyrillic О, Ш in one word"),
    ("МБOУ и MКУ", "МБОУ и МКУ", "one Latin letter within an abbreviation"),
    ("pуководители", "руководители", "a small look-alike within a word"),
    ("приëм", "приём", "Latin «ë» within a Russian word"),
    ("директорам OO района", "директорам ОО района", "a whole abbreviation of look-alikes on a Russian line"),
    ("MO Динской район", "МО Динской район", "the same before a name"),
    ("c 1 сентября", "с 1 сентября", "a Latin «c» typed for the preposition"),
    ("класс 9 A", "класс 9 А", "a single capital"),
    ("Иванов A.B.", "Иванов А.В.", "initials"),
    ("Ким X.А.", "Ким Х.А.", "«X» beside another initial is no Roman number"),
    ("XX век, X съезд", "XX век, X съезд", "Roman numbers stay"),
    ("I, II, IV квартал, XL", "I, II, IV квартал, XL", "Roman numbers stay"),
    ("режим ZOOM-конференции", "режим ZOOM-конференции", "a Latin word with a letter of its own stays"),
    ("файл MS Word", "файл MS Word", "words of a Latin name stay, whatever their letters"),
    ("E-Mail: ocpo@mo.ru", "E-Mail: ocpo@mo.ru", "addresses stay"),
    ("чат в MAX", "чат в MAX", "a name that is Latin though made of look-alikes"),
    ("IT-отдел", "IT-отдел", "two words with a hyphen are two words"),
    ("OO", "OO", "no Cyrillic letter on the line: nothing to go by"),
    ("Pages: 5 A", "Pages: 5 A", "a Latin line stays"),
    ("а\u00a0б\u2009в\tг", "а б в\tг", "odd spaces become spaces, a tab stays"),
    ("а — б ― в − г ‒ д", "а – б – в – г – д", "one dash"),
    ("учитель\u2011методист", "учитель-методист", "one hyphen"),
    ('„А“ “Б” «В» "Г"', '«А» «Б» «В» "Г"', "paired quotes become French ones, straight ones stay"),
    ("МКУ „Центр“, школа", "МКУ «Центр», школа", "the German pair closes with the sign that opens in English"),
    ("**ПРОТОКОЛ**", "  ПРОТОКОЛ  ", "bold of markdown"),
    ("***Итог:***", "   Итог:   ", "bold italics of markdown"),
    ("*На уровне* - анализ", " На уровне  - анализ", "emphasis of markdown"),
    ("сумма* без НДС", "сумма* без НДС", "a lone star is a footnote mark"),
    ("* пункт", "* пункт", "a star with a space is a bullet"),
    ("---", "   ", "a rule of markdown"),
    ("Секретарь _____", "Секретарь _____", "a gap for a signature is no rule"),
    ("Тверской области\\", "Тверской области ", "a soft line break of markdown"),
    ("## Решение", "   Решение", "a heading of markdown"),
    ("#5 Иванов", "#5 Иванов", "a hash before a number is no heading"),
    ("в„– 14", "  № 14", "«№» of UTF-8 read as cp1251"),
    ("\uf0b7 пункт", "• пункт", "a bullet of the Symbol font"),
]


@pytest.mark.parametrize(("raw", "expected", "reason"), CLEANED)
def test_clean(raw: str, expected: str, reason: str) -> None:
    assert clean(raw) == expected, reason


DIRT = "ABXMOcaoxWiАБОСшкё.- *\\#\n\t—–“„”'«»№в1\u00a0_|"


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet=DIRT) | st.text())
def test_length_is_kept_and_a_second_time_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=DIRT + "\r\u0306и\u00ad\ufeff") | st.text())
def test_composing_twice_changes_nothing(text: str) -> None:
    assert compose(compose(text)) == compose(text)


@pytest.mark.parametrize("pattern", ["*", " ", "\\ ", "A", "Аa", "# ", "-", "“", "X."])
def test_no_pattern_takes_quadratic_time(pattern: str) -> None:
    started = time.perf_counter()
    clean(pattern * (200_000 // len(pattern)) + "я")
    assert time.perf_counter() - started < 5
