"""Which part of a protocol a line belongs to."""

import pytest
from sources import source

from pipeline.segment import segment

HEAD = "ПРОТОКОЛ № 3\nзаседания комиссии\n12.04.2023\nПрисутствовали: Иванов И.И.\nПовестка дня:\n1. О ремонте школ.\n2. О подвозе детей.\n"


def roles(text: str) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in segment(source(text)).parts]


def texts(text: str, kind: str) -> list[str]:
    return [p.text for p in segment(source(text)).parts if p.kind == kind and p.text]


@pytest.mark.parametrize(
    "marker",
    [
        "РЕШИЛИ:", "Решили:", "Решение:", "РЕШЕНИЕ", "Решения собрания:", "ПОСТАНОВИЛИ:", "Комиссия решила:", "КДН и ЗП РЕШИЛА:",
        "Заслушав и обсудив информацию, комиссия РЕШИЛА:", "Принято решение:", "Решение по первому вопросу:", "По первому вопросу решили:",
        "Решено:", "1. РЕШИЛИ:", "В ходе обсуждения принято решение:", "Протокольное решение:", "Приняты следующие решения:", "РЕШИЛИ единогласно:",
    ],
)  # fmt: skip
def test_decision_markers(marker: str) -> None:
    text = f"{HEAD}Слушали: Иванова И.И.\nДоклад о ремонте прилагается к делу.\n{marker}\n1. Завершить ремонт.\n2. Направить отчет."
    assert texts(text, "decision") == ["Завершить ремонт.", "Направить отчет."]


@pytest.mark.parametrize(
    "line",
    [
        "Решение проблемы кадров остается главной задачей.",  # a noun in a sentence
        "Принято решение суда о сносе, о чем сообщили жителям района.",  # no colon, retold
        "За 2022-2023 учебный год курсы прошли 411 работников.",  # a preposition, not a vote
    ],
)
def test_no_marker(line: str) -> None:
    text = f"{HEAD}Слушали: Иванова И.И.\n{line}\n1. Завершить ремонт.\nРешили:\n1. Утвердить план."
    assert texts(text, "decision") == ["Утвердить план."]


def test_marker_glued_to_a_paragraph() -> None:
    text = HEAD + "Слушали: Иванова И.И. Заслушав информацию Решили:\n1. Завершить ремонт."
    assert texts(text, "decision") == ["Завершить ремонт."]


def test_items_in_one_running_paragraph() -> None:
    text = HEAD + "СЛУШАЛИ: Иванова И.И. о ремонте. РЕШИЛИ: 1. Завершить ремонт. 2. Направить отчет."
    assert texts(text, "decision") == ["Завершить ремонт.", "Направить отчет."]


def test_lists_inside_the_hearing_are_no_decisions() -> None:
    text = HEAD + "Слушали: Иванова И.И. Поставлены следующие задачи:\n1. завершить ремонт\n2. закупить мебель\nРешили: принять к сведению."
    assert texts(text, "decision") == ["принять к сведению."]


def test_questions_advance() -> None:
    text = HEAD + "1. СЛУШАЛИ: Иванова И.И.\nРЕШИЛИ:\n1. Завершить ремонт.\n2. СЛУШАЛИ: Петрова П.П.\nРЕШИЛИ:\n1. Закупить автобус."
    found = [(p.question, p.text) for p in segment(source(text)).parts if p.kind == "decision" and p.text]
    assert found == [(0, "Завершить ремонт."), (1, "Закупить автобус.")]


def test_unmarked_commitments_under_question_headings() -> None:
    text = "ПРОТОКОЛ № 3\n12.04.2023\n1. О готовности школ\n1.1. Директорам школ завершить ремонт.\n2. О подвозе детей\n2.1. Отделу образования закупить автобус."
    assert texts(text, "decision") == ["Директорам школ завершить ремонт.", "Отделу образования закупить автобус."]


def test_signature_and_attachments() -> None:
    text = HEAD + "РЕШИЛИ:\n1. Завершить ремонт.\nОтв.: Петров П.П.\nПредседатель ______ И.И. Иванов\nСекретарь\nС.С. Сидорова\nПриложение 1\n1. Список школ"
    assert texts(text, "signature") == ["Председатель ______ И.И. Иванов", "Секретарь", "С.С. Сидорова"]
    assert texts(text, "attachment") == ["Приложение 1", "Список школ"]


def test_agenda_ends_with_the_list() -> None:
    text = "Протокол\n12.04.2023\nПовестка: Подготовка к зиме.\nНа совещании обсудили многое.\nРешение:\n1. Закупить уголь."
    assert texts(text, "agenda") == ["Подготовка к зиме."]


@pytest.mark.parametrize("heading", ["Вопросы:", "Обсуждали:", "Рассматриваемые вопросы:", "Повестка дня"])
def test_agenda_headings_with_reporters(heading: str) -> None:
    text = f"ПРОТОКОЛ № 3\n12.04.2023\n{heading}\n1) О паводке (докл. Юсупов Р.Х.)\n2) О празднике\nПо первому вопросу слушали Юсупова Р.Х.\nРешили:\n1. Закупить насосы."
    assert len(texts(text, "agenda")) == 2
    assert texts(text, "decision") == ["Закупить насосы."]
