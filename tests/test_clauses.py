"""Labelled clauses inside and below a decision."""

import pytest

from pipeline.clauses import find_clauses, opens_clause


def found(text: str) -> list[tuple[str, str]]:
    return [(c.kind, text[c.content_start : c.content_end]) for c in find_clauses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Срок: до 01.11.23", [("deadline", "до 01.11.23")]),
        ("Сроки – 2024, 2025 г.г.", [("deadline", "2024, 2025 г.г.")]),
        ("Срок до 15.05.2024", [("deadline", "до 15.05.2024")]),  # no separator
        ("Срок исполнения – постоянно", [("deadline", "постоянно")]),
        ("Отв.: руководители ОО", [("assignee", "руководители ОО")]),
        ("Отв. Иванов И.И.", [("assignee", "Иванов И.И.")]),
        ("Ответственные за исполнение: Иванов И.И.", [("assignee", "Иванов И.И.")]),
        ("Ответственный исполнитель – Петрова С.В.", [("assignee", "Петрова С.В.")]),
        ("Контроль: Петрова С.В.", [("controller", "Петрова С.В.")]),
        ("Сформировать базы. Срок: до 01.11.23", [("deadline", "до 01.11.23")]),
        ("ресурсы - внутренние и внешние. срок: до 01.11.23", [("deadline", "до 01.11.23")]),
        ("Срок: до 01.11.23, Отв.: Иванов И.И.", [("deadline", "до 01.11.23"), ("assignee", "Иванов И.И.")]),
        ("Подготовить план (отв. Иванова И.И., срок – до 15.05)", [("assignee", "Иванова И.И."), ("deadline", "до 15.05")]),
        ("Подготовить план в срок до 20 января", []),  # inside the sentence
        ("Установить ответственность за нарушение", []),  # no label
        ("Назначить ответственного за подвоз", []),
        ("срочное совещание", []),
    ],
)
def test_clauses(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("Срок: постоянно", True), ("- Отв.: ОО", True), ("Сроки проведения работ определить", False)])
def test_opens_clause(text: str, expected: bool) -> None:
    assert opens_clause(text) is expected
