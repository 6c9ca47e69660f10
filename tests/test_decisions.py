"""The decision tree: nesting, lead-ins, inheritance, tables, votes; each document is an invention of one phenomenon."""

from __future__ import annotations

from pathlib import Path

import pytest
from sources import source

from pipeline.model import Decision
from pipeline.parsers import parse

HEAD = "ПРОТОКОЛ № 3\nзаседания комиссии\n12.04.2023\nПовестка дня:\n1. О ремонте школ.\nСлушали: Иванова И.И.\n"


def decisions(text: str) -> list[Decision]:
    _, protocol, _ = parse(source(HEAD + text))
    return list(protocol.decisions)


def leaves(text: str) -> list[Decision]:
    return [d for d in decisions(text) if d.is_leaf]


def rows(text: str) -> list[tuple[str, str | None]]:
    return [(d.text, d.context) for d in leaves(text)]


def terms(d: Decision) -> list[str]:
    return [str(x.due_date or x.rrule or x.kind) for x in d.deadlines]


def names(d: Decision) -> list[str]:
    return [a.name if a.role == "responsible" else f"{a.role}: {a.name}" for a in d.assignees]


def test_goal_with_dash_items() -> None:
    found = decisions("РЕШИЛИ:\n1. Для качества питания:\n- закупить посуду;\n- провести опрос.\n2. Утвердить план.")
    assert [(d.path, d.label, d.is_leaf) for d in found] == [("1", "1", False), ("1/1", "-", True), ("1/2", "-", True), ("2", "2", True)]
    assert found[1].parent == 0
    assert found[1].context == "Для качества питания"


def test_nested_numbers() -> None:
    found = leaves("РЕШИЛИ:\n1. Директорам школ:\n1.1. завершить ремонт;\n1.2. закупить мебель до 01.06.2023.\n2. Отделу образования:\n2.1. проверить готовность.")
    assert [(d.path, names(d)) for d in found] == [("1/1", ["директора школ"]), ("1/2", ["директора школ"]), ("2/1", ["Отдел образования"])]
    assert [d.is_inherited for d in found[0].assignees] == [True]
    assert terms(found[1]) == ["2023-06-01"]


def test_lead_in_governs_the_list() -> None:
    found = leaves("РЕШИЛИ:\nРекомендовать директорам школ в срок до 01.06.2023:\n1. Завершить ремонт.\n2. Закупить мебель. Срок: 15.05.2023.")
    assert [(names(d), terms(d), d.classification) for d in found] == [
        (["директора школ"], ["2023-06-01"], "recommendation"),
        (["директора школ"], ["2023-05-15"], "recommendation"),
    ]


def test_enumeration_melts_into_its_sentence() -> None:
    found = rows("РЕШИЛИ:\n1. Представить в отдел следующие документы:\n- копию паспорта;\n- справку о составе семьи.\n2. Утвердить план.")
    assert found == [("Представить в отдел следующие документы: копию паспорта; справку о составе семьи.", None), ("Утвердить план.", None)]


@pytest.mark.parametrize(
    "item",
    [
        "1. Подготовить план.\nСрок: до 01.06.2023\nОтв.: Петров П.П.",
        "1. Подготовить план.\nОтветственные: Петров П.П.\nСроки: до 1 июня 2023 года.",
        "1. Подготовить план. Срок: до 01.06.23\nОтветственный – Петров П.П.",
        "1. Подготовить план. срок: до 01.06.23, отв.: Петров П.П.",
        "1. Подготовить план (отв. Петров П.П., срок – до 01.06.23).",
        "1. Подготовить план.\nДо 01.06.2023 г.\nОтв. Петров П.П.",
        "1. Подготовить план.\nСрок исполнения:\nдо 01.06.2023\nОтветственный:\nПетров П.П.",
        "1. Подготовить план. Срок до 01.06.2023 г. Отв. Петров П.П.",
        "1. Подготовить план в срок до 01.06.2023. Отв.: Петров П.П.",
        "1. Подготовить план | до 01.06.2023 | Петров П.П.\n2. Утвердить смету | до 01.07.2023 | Петров П.П.",
    ],
)
def test_placements_of_term_and_responsible(item: str) -> None:
    found = leaves(f"РЕШИЛИ:\n{item}")[0]
    assert found.text.rstrip(".").removeprefix("1. ") == "Подготовить план"
    assert (terms(found), names(found)) == (["2023-06-01"], ["Петров П.П."])


@pytest.mark.parametrize(
    "heading",
    ["№ п/п | Мероприятие | Срок исполнения | Ответственный", "№ | Поручение | Сроки | Исполнитель"],
)
def test_decision_table(heading: str) -> None:
    found = leaves(f"РЕШИЛИ:\n{heading}\n1 | Провести сверку | до 01.06.2023 | Петров П.П.\n2 | Обновить стенды | ежемесячно | Отдел образования")
    assert [(d.text, d.label, terms(d), names(d)) for d in found] == [
        ("Провести сверку", "1", ["2023-06-01"], ["Петров П.П."]),
        ("Обновить стенды", "2", ["FREQ=MONTHLY"], ["Отдел образования"]),
    ]


def test_decision_table_with_columns_in_another_order() -> None:
    found = leaves("РЕШИЛИ:\nОтветственный | Срок | Содержание поручения\nПетров П.П. | до 01.06.2023 | Провести сверку")
    assert [(d.text, terms(d), names(d)) for d in found] == [("Провести сверку", ["2023-06-01"], ["Петров П.П."])]


def test_term_below_a_group_holds_for_all_of_it() -> None:
    found = leaves("РЕШИЛИ:\n1. Директорам школ:\n- завершить ремонт;\n- закупить мебель.\nСрок: до 01.06.2023\n2. Утвердить план.")
    assert [terms(d) for d in found] == [["2023-06-01"], ["2023-06-01"], []]


def test_rejected_proposal() -> None:
    found = leaves("РЕШИЛИ:\n1. Повысить взнос.\nГолосовали: за – 3, против – 7.\nРешение НЕ ПРИНЯТО.")
    assert [d.outcome for d in found] == ["rejected"]


@pytest.mark.parametrize(
    ("text", "classification"),
    [
        ("Рекомендовать директорам школ завершить ремонт.", "recommendation"),
        ("Информацию Иванова И.И. принять к сведению.", "information"),
        ("Утвердить план работы.", "approval"),
        ("Избрать председателем Иванова И.И.", "election"),
        ("Признать работу удовлетворительной.", "other"),
        ("Снять с контроля пункт 3 протокола № 2.", "other"),
        ("Заслушать отчет на следующем заседании.", "assignment"),
        ("Директорам школ завершить ремонт.", "assignment"),
    ],
)
def test_classification(text: str, classification: str) -> None:
    assert [d.classification for d in leaves(f"РЕШИЛИ:\n1. {text}")] == [classification]


def test_nobody_is_responsible_for_an_election() -> None:
    assert leaves("РЕШИЛИ:\n1. Избрать председателем Иванова И.И.")[0].assignees == ()


def test_controller_line() -> None:
    found = leaves("РЕШИЛИ:\n1. Провести сверку.\nОтв.: Петров П.П.\nКонтроль: Сидорова С.С.")
    assert names(found[0]) == ["Петров П.П.", "controller: Сидорова С.С."]


def test_unnumbered_single_decision() -> None:
    assert rows("Решили: информацию принять к сведению.") == [("информацию принять к сведению.", None)]


def test_date_of_an_act_is_no_deadline() -> None:
    assert leaves("РЕШИЛИ:\n1. Руководствоваться приказом от 15.01.2024 № 12.")[0].deadlines == ()


def test_offsets_give_the_raw_values() -> None:
    text = HEAD + "РЕШИЛИ:\n1. Подготовить план.\nСрок: до\u00a01 июня 2023\u00a0г.\nОтветственные: Петров\u00a0П.П., Сидорова С.С."
    document = source(text)
    _, protocol, _ = parse(document)
    for decision in protocol.decisions:
        assert all(document.text[d.start : d.end] == d.text for d in decision.deadlines)
        assert all(document.text[a.start : a.end] == a.name_raw for a in decision.assignees)


def test_lexicon_is_where_words_live() -> None:
    """A marker word must not be in the code of the tree: adding one to the lexicon is enough."""
    code = (Path(__file__).parent.parent / "pipeline" / "parsers" / "tree.py").read_text(encoding="utf-8")
    assert "решили" not in code.lower()


def test_a_remark_between_the_items_does_not_end_their_lead_in() -> None:
    found = rows("РЕШИЛИ:\nДиректорам школ:\n1. Завершить ремонт.\nСмета была согласована с финансовым управлением в марте.\n2. Закупить мебель.")
    assert found == [("Завершить ремонт.", "Директорам школ"), ("Закупить мебель.", "Директорам школ")]


def test_a_row_with_only_a_task_is_a_decision() -> None:
    found = leaves("РЕШИЛИ:\n№ | Мероприятие | Кто отвечает | Дата\n1 | Провести субботник | Петров П.П. | 26 октября\n2 | Завезти дрова | тот же | 5 ноября")
    assert [(d.text, names(d)) for d in found] == [("Провести субботник", ["Петров П.П."]), ("Завезти дрова", ["Петров П.П."])]


def test_by_agreement_is_no_term() -> None:
    found = leaves("РЕШИЛИ:\n1. ООО «Рассвет» (Гладких П.П., по согласованию) предоставить автобусы до 9 мая.")
    assert terms(found[0]) == ["2023-05-09"]
