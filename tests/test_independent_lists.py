"""Lists that others wrote from the rulebook and the field guide alone, without having seen a rule.

Their first-run figures stand in CHANGELOG.md. A defect that they show is mended as a class; the floors only ever rise.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from sources import source
from test_deadlines_dev import agrees, iso, rule_key

from pipeline.deadlines import parse_deadlines
from pipeline.model import Decision
from pipeline.parsers import parse

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


def test_deadline_expressions() -> None:
    bad: list[str] = []
    wrong = 0
    table = rows("expressions")
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


def test_deadlines_in_place() -> None:
    bad: list[str] = []
    wrong = 0
    table = rows("in_place")
    for row in table:
        terms = [term for d in leaves(row["text"], row["meeting_date"]) for term in d.deadlines]
        found = [(t.kind, iso(t.start_date), iso(t.due_date), rule_key(t.rrule)) for t in terms]
        gold = [(g["kind"], g["start"], g["end"], rule_key(g["rrule"])) for g in row["deadlines"]]
        if sorted(found, key=str) != sorted(gold, key=str):
            wrong += bool(set(map(str, found)) - set(map(str, gold)))
            bad.append(f"{row['text']}: {found}, not {gold}")
    share(len(table) - len(bad), bad, wrong, 0.98, 0.01)
