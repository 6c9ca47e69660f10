"""One protocol as TXT, DOCX and PDF says the same: only the offsets may differ."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from pipeline.run import extract_bytes
from tests import seed_files

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
