"""What was not understood is told: every doubt has its row in `issues`, with its place, and no doubt is invented."""

from __future__ import annotations

import pytest
from sources import source

from pipeline.model import Issue
from pipeline.parsers import parse

DATED = "ПРОТОКОЛ № 3\nзаседания комиссии\n12.04.2023\n"
UNDATED = "ПРОТОКОЛ № 3\nзаседания комиссии\n"
COURSE = "Повестка дня:\n1. О ремонте школ.\nСлушали: {speaker}\nРешили:\n1. Завершить ремонт школ.\nСрок: {term}.\n"


def doubts(head: str, term: str = "до 01.06.2023", speaker: str = "Орлова О.О.") -> tuple[str, tuple[Issue, ...]]:
    document = source(head + COURSE.format(term=term, speaker=speaker))
    return document.text, parse(document)[2]


@pytest.mark.parametrize(
    ("head", "term", "code", "reason"),
    [
        (UNDATED, "до 1 мая", "deadline_without_anchor", "the year hangs on the meeting"),
        (UNDATED, "в течение года", "deadline_without_anchor", "of which year"),
        (UNDATED, "в течение 5 рабочих дней", "deadline_without_anchor", "counted from the meeting"),
        (UNDATED, "до 01.11.23", None, "two digits are read in the century of ours"),
        (UNDATED, "до 1 ноября 2023 года", None, "says all of it"),
        (UNDATED, "постоянно, начиная с 1 марта", "deadline_without_anchor", "only the beginning is open"),
        (UNDATED, "ежемесячно до 5 числа", None, "a rule has no year"),
        (UNDATED, "по мере необходимости", None, "no date is meant"),
        (DATED, "до 1 мая", None, "the first one after the meeting"),
        (DATED, "до 31 июня 2023 года", "deadline_impossible", "June has thirty days"),
        (DATED, "до 15.13.2023", "deadline_impossible", "no thirteenth month"),
        (DATED, "постоянно", None, "no date is meant"),
        (DATED, "как Бог на душу положит", "deadline_not_understood", "no rule knows it"),
    ],
)
def test_deadlines_left_open(head: str, term: str, code: str | None, reason: str) -> None:
    text, issues = doubts(head, term)
    told = [(i.code, text[i.start : i.end]) for i in issues if i.code.startswith("deadline")]
    assert told == ([(code, term)] if code else []), reason


def test_a_list_is_one_doubt() -> None:
    _, issues = doubts(UNDATED, "октябрь, март")
    assert [i.code for i in issues] == ["no_date", "deadline_without_anchor"]


def test_a_mended_name_is_told() -> None:
    text, (issue,) = doubts(DATED, speaker="Орлову Викторю Олеговну")
    assert (issue.severity, issue.code, text[issue.start : issue.end]) == ("info", "name_mended", "Орлову Викторю Олеговну")
    assert "Орлова Виктория Олеговна" in issue.message


def test_a_surname_of_either_gender_is_told() -> None:
    text, issues = doubts(DATED + "Присутствовали: Бучме О.П., Иванова И.И.\n")
    assert [text[i.start : i.end] for i in issues if i.code == "name_undecided"] == ["Бучме О.П."]


def test_a_protocol_without_decisions_is_told() -> None:
    _, _, issues = parse(source(DATED + "Повестка дня:\n1. О ремонте школ.\nСлушали: Орлова О.О.\nПредседатель И.И. Иванов"))
    assert [i.code for i in issues] == ["no_decisions"]
