"""Lists that others wrote from the rulebook and the field guide alone, without having seen a rule.

Their first-run figures stand in CHANGELOG.md. A defect that they show is mended as a class; the floors only ever rise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sources import source
from test_deadlines_dev import agrees, iso, rule_key

from pipeline.deadlines import parse_deadlines
from pipeline.model import Assignee, Decision
from pipeline.nlp import entity_type, find_names, nominative_name, nominative_phrase
from pipeline.nlp.ner import ner_persons
from pipeline.parsers import parse
from pipeline.parsers.assignees import parse_assignees

LISTS = Path(__file__).parent / "independent" / "lists"
HEAD = "ПРОТОКОЛ № 3\nзаседания комиссии\n{date}Повестка дня:\n1. О ремонте школ.\nСлушали: Иванова И.И.\nРешили:\n"
Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (LISTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def leaves(item: str, meeting: str | None = "2023-04-12") -> list[Decision]:
    """The decisions that an item makes in a protocol, but for the one that follows it there."""
    day = f"{date.fromisoformat(meeting):%d.%m.%Y}\n" if meeting else ""
    text = f"{HEAD.format(date=day)}1. {item}\n2. Завершить ремонт.\nПредседатель И.И. Иванов"
    return [d for d in parse(source(text))[1].decisions if d.is_leaf][:-1]


def share(good: int, bad: list[str], wrong: int, floor: float, ceiling: float) -> None:
    """Right at least, wrong at most: silence lies between them."""
    total = good + len(bad)
    assert good / total >= floor, "\n".join(bad)
    assert wrong / total <= ceiling, "\n".join(bad)


@pytest.mark.parametrize("name", ["expressions", "expressions_2"])
def test_deadline_expressions(name: str) -> None:
    bad: list[str] = []
    wrong = 0
    table = rows(name)
    for row in table:
        found = parse_deadlines(row["text"], date.fromisoformat(row["reference_date"]))
        parts = row.get("parts") or [row]
        good = len(found) == len(parts) and all(agrees(d, p, row) for d, p in zip(found, parts, strict=True))
        if not good or (row.get("offset") and found[0].offset != row["offset"]):
            said = {value for d in found for value in (iso(d.due_date), d.rrule) if value}
            known = {value for p in parts for value in (p.get("end"), p.get("rrule")) if value}
            wrong += bool(said - known - set(row.get("alt_end") or ()) - set(row.get("rrule_alt") or ()))
            bad.append(f"{row['text']}: {found}")
    share(len(table) - len(bad), bad, wrong, 0.995, 0.005)


@pytest.mark.parametrize("name", ["in_place", "in_place_2"])
def test_deadlines_in_place(name: str) -> None:
    bad: list[str] = []
    wrong = 0
    table = rows(name)
    for row in table:
        terms = [term for d in leaves(row["text"], row["meeting_date"]) for term in d.deadlines]
        found = [(t.kind, iso(t.start_date), iso(t.due_date), rule_key(t.rrule)) for t in terms]
        gold = [(g["kind"], g["start"], g["end"], rule_key(g["rrule"])) for g in row["deadlines"]]
        if sorted(found, key=str) != sorted(gold, key=str):
            wrong += bool(set(map(str, found)) - set(map(str, gold)))
            bad.append(f"{row['text']}: {found}, not {gold}")
    share(len(table) - len(bad), bad, wrong, 0.98, 0.01)


def flat(text: str) -> str:
    """Quotes, case, ё and closing dots do not count."""
    return " ".join(re.sub(r"[«»\"“”]", "", text.lower().replace("ё", "е")).split()).strip(" .")


def test_names() -> None:
    """Found: surnames that stand alone are not looked for. Nominatives of those found."""
    missed: list[str] = []
    bad: list[str] = []
    table = rows("names")
    for row in table:
        text = row["text"]
        found = [*find_names(text), *ner_persons([(0, text)])]
        name = next((n for n in found if flat(text[n.start : n.end]) == flat(row["written"])), None)
        if name is None:
            missed.append(f"{text}: {[text[n.start : n.end] for n in found]}")
        elif flat(nominative_name(name, row["slot"]).text) != flat(row["nominative"]):
            bad.append(f"{row['written']}: {nominative_name(name, row['slot']).text}, not {row['nominative']}")
    share(len(table) - len(missed), missed, 0, 0.92, 0)
    share(len(table) - len(missed) - len(bad), bad, len(bad), 0.985, 0.015)


def test_no_names() -> None:
    for row in rows("not_names"):
        assert not [*find_names(row["text"]), *ner_persons([(0, row["text"])])], row["text"]


@pytest.mark.parametrize("row", rows("posts"), ids=lambda row: row["text"][:40])
def test_posts(row: Row) -> None:
    name = nominative_phrase(row["text"], row["case"])
    assert flat(name) == flat(row["nominative"])
    kinds = row.get("entity_type_alt", [])
    assert entity_type(name) in (row["entity_type"], *([kinds] if isinstance(kinds, str) else kinds))


def people(found: Sequence[Assignee | Row]) -> list[tuple[str, str, str]]:
    fields = ("name", "entity_type", "role")
    read = ([a[f] if isinstance(a, dict) else getattr(a, f) for f in fields] for a in found)
    return sorted((flat(name), kind, role) for name, kind, role in read)


def test_assignees() -> None:
    bad: list[str] = []
    invented = 0
    table = rows("assignees")
    for row in table:
        if row["is_clause"]:
            found = parse_assignees(row["text"])
        else:
            found = [a for d in leaves(row["text"]) for a in d.assignees]
        others = row.get("alt_assignees") or []
        readings = [row["assignees"], *([others] if others and isinstance(others[0], dict) else others)]
        if people(found) not in [people(reading) for reading in readings]:
            invented += bool(found) and not row["assignees"]
            bad.append(f"{row['text']}: {people(found)}, not {people(row['assignees'])}")
    share(len(table) - len(bad), bad, invented, 0.985, 0.005)


# what a review of the rules found: each was read otherwise for a while
REVIEWED = [
    ("Руководителям школ, заведующим детскими садами провести проверку в мае 2024 года.", ["2024-05-31"]),
    ("Установить, что отчёты представляются до 1 мая 2024 года.", ["2024-05-01"]),
    ("Утвердить график и организовать дежурство с 1 по 9 мая 2024 года.", ["2024-05-09"]),
    ("Принять участие в акции с 1 по 15 апреля 2024 года.", ["2024-04-15"]),
    ("Поручить им 15 мая 2024 года провести собрание.", ["2024-05-15"]),
    ("Довести информацию до населения.", []),
    ("Провести водопровод до здания школы.", []),
]


@pytest.mark.parametrize(("text", "expected"), REVIEWED)
def test_reviewed_deadlines(text: str, expected: list[str]) -> None:
    assert [iso(t.due_date) for d in leaves(text, "2024-03-14") for t in d.deadlines] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Возложить цветы к мемориалу на площади Победы.", []),
        ("Возложить организацию дежурства на классных руководителей 8–11 классов.", ["классные руководители 8–11 классов"]),
        ("Директору школы им. Пушкина и Иванову И.И. провести ремонт.", ["директор школы им. пушкина", "иванов и.и"]),
        ("Провести ремонт. Отв.: и.о. главы поселения, и.о. начальника отдела.", ["и.о. главы поселения", "и.о. начальника отдела"]),
    ],
)
def test_reviewed_assignees(text: str, expected: list[str]) -> None:
    assert [flat(a.name) for d in leaves(text) for a in d.assignees] == expected
