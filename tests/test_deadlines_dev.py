"""The rulebook's own examples (`../shared/deadlines/dev.jsonl` beside the repository): every one must be right."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.deadlines import parse_deadlines
from pipeline.model import Deadline

EXAMPLES = Path(__file__).resolve().parents[2] / "shared" / "deadlines" / "dev.jsonl"
ROWS: list[dict[str, Any]] = (
    [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()] if EXAMPLES.exists() else []
)
Rule = tuple[tuple[str, tuple[str, ...]], ...] | None


def rule_key(rrule: str | None) -> Rule:
    """An RRULE as a set of its parts: their order, and INTERVAL=1, do not count."""
    if not rrule:
        return None
    parts = dict(part.split("=", 1) for part in rrule.split(";"))
    if parts.get("INTERVAL") == "1":
        del parts["INTERVAL"]
    return tuple(sorted((name, tuple(sorted(value.split(",")))) for name, value in parts.items()))


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def agrees(found: Deadline, gold: dict[str, Any], row: dict[str, Any]) -> bool:
    """Kind, start, end and rule; on a doubtful row any of the readings listed, and the start does not count."""
    doubtful = row["ambiguous"]
    kinds = {gold["kind"]} | ({"interval", "duration", "on_date"} if doubtful else set())
    ends = {gold["end"], *(row.get("alt_end") or ())}
    rules = {rule_key(gold["rrule"])} | ({rule_key(r) for r in row.get("rrule_alt") or ()} if gold["rrule"] else set())
    return (
        found.kind in kinds
        and iso(found.due_date) in ends
        and rule_key(found.rrule) in rules
        and (doubtful or iso(found.start_date) == gold["start"])
    )


@pytest.mark.skipif(not ROWS, reason="the folder `shared` with the examples does not stand beside the repository")
def test_examples_are_there() -> None:
    assert len(ROWS) > 100


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_example(row: dict[str, Any]) -> None:
    found = parse_deadlines(row["text"], date.fromisoformat(row["reference_date"]))
    parts = row.get("parts") or [row]
    assert [d.kind for d in found] == [p["kind"] for p in parts] or row["ambiguous"]
    assert len(found) == len(parts)
    assert all(agrees(d, p, row) for d, p in zip(found, parts, strict=True)), found
    assert [d.part for d in found] == [p.get("label") for p in parts]
    if row.get("offset"):
        assert found[0].offset == row["offset"]
