"""List labels as typed, and what only looks like one."""

import pytest

from pipeline.labels import parse_label, running_items


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("1. Провести анализ", "1", "Провести анализ"),
        ("1.Об утверждении", "1", "Об утверждении"),  # no space after the number
        ("2.1. Директорам школ", "2.1", "Директорам школ"),
        ("2.1 Директорам школ", "2.1", "Директорам школ"),  # no closing full stop
        ("1.1.1. Организовать", "1.1.1", "Организовать"),
        ("3) Утвердить", "3", "Утвердить"),
        ("а) обеспечить", "а", "обеспечить"),
        ("- создать РМО", "-", "создать РМО"),
        ("-создать РМО", "-", "создать РМО"),  # glued dash
        ("• создать", "•", "создать"),
        ("IV. О ходе ремонта", "IV", "О ходе ремонта"),
        ("Поручение 4. Подготовить", "4", "Подготовить"),
        ("№ 2. Подготовить", "2", "Подготовить"),
    ],
)
def test_label(text: str, label: str, rest: str) -> None:
    found = parse_label(text)
    assert found is not None
    assert (found.text, text[found.end :]) == (label, rest)


@pytest.mark.parametrize(
    "text",
    [
        "15.02.2023г.",  # a date
        "01.09 начало занятий",  # a day and month
        "12.04.2023 состоялось",  # a date in a sentence
        "2024, 2025 годы",  # years
        "10.00 – открытие",  # a clock
        "Провести анализ",
        "411 педагогов",  # a count
    ],
)
def test_no_label(text: str) -> None:
    assert parse_label(text) is None


def test_bare_number_only_where_word_made_it() -> None:
    assert parse_label("1 Утвердить план") is None
    automatic = parse_label("1 Утвердить план", automatic=True)
    assert automatic is not None
    assert automatic.text == "1"


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("1. Утвердить план. 2. Направить отчет. 3. Провести сбор.", ["2. Н", "3. П"]),
        ("1) утвердить план; 2) направить отчет", ["2) н"]),
        ("1.1. Утвердить план. 1.2. Направить отчет.", ["1.2. "]),
        ("1. Направить отчет в 2024 г. 5. классам не участвовать", []),  # 5 does not follow 1
        ("1. Принять к сведению п. 2 Положения", []),  # a reference
    ],
)
def test_running_items(text: str, starts: list[str]) -> None:
    label = parse_label(text)
    assert label is not None
    found = running_items(text, label)
    assert [text[at : at + len(s)] for at, s in zip(found, starts, strict=True)] == starts
