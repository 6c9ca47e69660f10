"""One protocol says the same in every format, typed or scanned: only the offsets may differ."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from pipeline.run import extract_bytes
from tests import seed_files
from tests.archive import docx_file, txt_file
from tests.archive.markup import Document, parse_line
from tests.conftest import needs_program
from tests.office import convert
from tests.scans.degrade import clean
from tests.scans.printing import picture_pdf, rendered

TEXT = """Протокол

совещания с заведующими детскими садами Ольшанского района № 4

Дата – 14.03.2024 г.

Председатель: Рябинина Вера Павловна, начальник управления образования

Секретарь: Тополев И.И.

Присутствовали: заведующие детскими садами, методисты.

Повестка дня:

1. Подготовка к летней оздоровительной кампании.
2. Организация питания воспитанников.

По первому вопросу слушали Осинина Петра Ильича, директора центра. Он рассказал о подготовке площадок и закупке инвентаря.

По второму вопросу выступила Берёзова К.К., технолог. Было отмечено, что меню согласовано.

Решили:

С целью подготовки площадок руководителям учреждений:

1. Проверить состояние игрового оборудования и оформить акты.

Срок: до 15.04.24

Ответственные: заведующие детскими садами, Осинин П.И.

2. Для улучшения питания:

- обновить примерное десятидневное меню;

Ответственные: Берёзова К.К.

Сроки: март-апрель 2024 года.

- проводить дни открытых дверей для родителей. Срок: ежеквартально

Ответственные: методисты

3. Контроль за исполнением решения возложить на Рябинину В.П.

Голосовали: за – 14, против – 0, воздержались – 1.

Председатель ________ В.П. Рябинина

Секретарь ________ И.И. Тополев"""

MAKERS = {"txt": str.encode, "cp1251": lambda text: text.encode("cp1251"), "docx": seed_files.docx, "pdf": seed_files.pdf}
PLACES = {"start", "end"}


def said(value: Any) -> Any:
    """A value without its places: what the document says, wherever it says it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: said(getattr(value, f.name)) for f in fields(value) if f.name not in PLACES}
    return [said(item) for item in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_protocol_in_another_format(name: str) -> None:
    expected = said(extract_bytes(TEXT.encode()).protocol)
    assert len(expected["decisions"]) == 5
    assert said(extract_bytes(MAKERS[name](TEXT)).protocol) == expected


def test_what_it_says() -> None:
    protocol = extract_bytes(TEXT.encode()).protocol
    leaves = [d for d in protocol.decisions if d.is_leaf]
    assert [(d.path, [a.name for a in d.assignees], [str(x.due_date or x.rrule) for x in d.deadlines]) for d in leaves] == [
        ("1", ["заведующие детскими садами", "Осинин П.И."], ["2024-04-15"]),
        ("2/1", ["Берёзова К.К."], ["2024-04-30"]),
        ("2/2", ["методисты"], ["FREQ=MONTHLY;INTERVAL=3"]),
        ("3", ["Рябинина В.П."], []),
    ]


# Formats that need LibreOffice, and scans: what is decided, until when, and who answers for it

TABLE = """^^ПРОТОКОЛ № 7
^^совещания при главе Ольшанского района
от 14.03.2024
Председатель: Рябинина В.П.
РЕШИЛИ:
|№|Поручение|Ответственный|Срок
|1|Проверить состояние игрового оборудования|руководители учреждений|до 15.04.2024
|2|Обновить примерное десятидневное меню|Берёзова К.К.|постоянно
|3|Подготовить смету ремонта кровли школы № 2|Осинин П.И., Тополев И.И.|до 1 июня 2024 года
Председатель В.П. Рябинина"""

Decided = list[tuple[str, list[tuple[Any, ...]], list[tuple[Any, ...]]]]


def table() -> Document:
    """The protocol with a decision table, in the markup of the sample archive."""
    return Document({"size": "11"}, tuple(parse_line(line) for line in TABLE.splitlines()))


def decided(data: bytes) -> Decided:
    """The leaves: text, deadlines and assignees."""
    return [
        (
            d.text,
            [(t.kind, t.start_date, t.due_date, t.rrule) for t in d.deadlines],
            [(a.name, a.entity_type, a.role) for a in d.assignees],
        )
        for d in extract_bytes(data).protocol.decisions
        if d.is_leaf
    ]


def scan(pdf: bytes) -> bytes:
    """A clean scan at 200 dpi of a printed PDF."""
    return picture_pdf([clean(page, 7) for page in rendered(pdf, 200)], 200)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Both protocols in all formats: «text.doc», «table.scan»."""
    needs_program("soffice")
    needs_program("tesseract")
    folder = tmp_path_factory.mktemp("formats")
    made = {"text.docx": seed_files.docx(TEXT), "table.docx": docx_file.build(table())}
    for name, data in made.items():
        (folder / name).write_bytes(data)
    for target in ("doc", "rtf", "odt", "pdf"):
        convert([folder / name for name in made], target, folder)
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    found |= {"text.txt": TEXT.encode(), "table.txt": txt_file.build(Document({"encoding": "utf-8"}, table().blocks))}
    return found | {f"{stem}.scan": scan(found[f"{stem}.pdf"]) for stem in ("text", "table")}


@pytest.mark.parametrize("stem", ["text", "table"])
@pytest.mark.parametrize("suffix", ["txt", "docx", "doc", "rtf", "odt", "pdf", "scan"])
def test_the_same_is_decided_in_every_format(stem: str, suffix: str, files: dict[str, bytes]) -> None:
    expected = decided(files[f"{stem}.docx"])
    assert len(expected) == (4 if stem == "text" else 3)
    assert all(text and assignees for text, _, assignees in expected)
    assert decided(files[f"{stem}.{suffix}"]) == expected
