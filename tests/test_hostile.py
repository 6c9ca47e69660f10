"""Texts that nobody would type and that must not cost a file: found by mutation and by inputs that grow."""

from __future__ import annotations

import pytest

from pipeline import quality
from pipeline.rows import document_rows
from pipeline.run import extract_bytes

HEAD = "ПРОТОКОЛ № 3\nзаседания комиссии\n12.04.2023\nПовестка дня:\n1. О ремонте школ.\nСЛУШАЛИ: Иванова И.И.\nРЕШИЛИ:\n"


@pytest.mark.parametrize(
    "text",
    [
        "Протокол поручено:|Срок:2",  # an item that is nothing but a clause
        "протокол½РЕШЕНО::\u2028н",  # a lead-in of colons
        "Председатель\nСЛУШАЛИ\nПОСТАНОВИЛ\nа)",  # a label without an item
        "ПРОТОКОЛ\nРешено\n1.о:\nа",
        "Протокол\nРЕШИЛ:ми: до 0.0.6426до 8.1",
        HEAD + "1. Подготовить план\u00a0до\u00a01 мая. Отв.: Иван\u006fв И.И.",  # no-break spaces, a Latin «o»
        HEAD + "1.\tПодготовить\tплан.\tСрок:\tдо\t1 мая.",
    ],
)
def test_rows_are_sound(text: str) -> None:
    outcome = extract_bytes(text.encode())
    rows = document_rows(outcome, "x.txt", "test")
    assert quality.check_document(rows, outcome.source.text) == []
    assert all(d.text.strip() and d.label != "" for d in outcome.protocol.decisions)
    assert all(len(set(d.deadlines)) == len(d.deadlines) for d in outcome.protocol.decisions)


@pytest.mark.parametrize(
    "piece",
    [".", ", ", "Иванов ", "| x ", "а\n", "Отв.: ", "Отв. по п. 1, 2, ", "И.И. ", "«", "РЕШИЛИ: 1. Принять к сведению. ", "1.1. "],
)
@pytest.mark.parametrize("place", ["item", "agenda", "attendance"])
def test_no_blow_up(piece: str, place: str) -> None:
    """20,000 characters of one kind are read to the end; what took minutes is ended by the test run's own limit."""
    filler = piece * (20_000 // len(piece))
    text = {
        "item": f"{HEAD}1. Провести {filler}",
        "agenda": HEAD.replace("О ремонте школ.", f"О ремонте {filler}"),
        "attendance": HEAD.replace("Повестка", f"Присутствовали: {filler}\nПовестка"),
    }[place]
    assert extract_bytes(text.encode()).protocol.kind == "protocol"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["Член комиссии" + " " * 3_000 + "И.И. Иванов"] * 10),  # a page number is looked for at the end only
        ("Слово  слово  слово\n" * 299 + "Слово  ____  слово\n") * 20,  # columns of spaces that are no table
    ],
    ids=["gaps", "columns"],
)
def test_no_blow_up_of_lines(text: str) -> None:
    assert text.split("\n")[0].strip() in extract_bytes(f"{HEAD}1. Провести ремонт.\n{text}".encode()).source.text


def test_a_number_without_end_costs_nothing() -> None:
    text = f"{HEAD}1. Провести ремонт. Отв. по п. {'1' * 4_400}-22: Иванов И.И."
    assert extract_bytes(text.encode()).protocol.decisions


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("1. Утвердить отчёт о работе за год (приложение) – стр. 5", "Утвердить отчёт о работе за год (приложение) – стр. 5"),
        ("Решение № 15 Думы от 12.03.2023 признать утратившим силу.", "Решение № 15 Думы от 12.03.2023 признать утратившим силу."),
    ],
)
def test_what_looks_like_a_page_or_a_label_stays(item: str, expected: str) -> None:
    assert [d.text for d in extract_bytes(f"{HEAD}{item}".encode()).protocol.decisions] == [expected]
