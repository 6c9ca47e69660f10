"""One hard phenomenon each: whole little protocols that somebody wrote who had seen no rule.

Known to be read wrong: KNOWN; a case leaves that list when it is mended, none is added without a reason.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.run import run
from tests.scoring import Tally, score

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "independent" / "phenomena.json").read_text(encoding="utf-8")
)
KNOWN = {
    # «заведующих детскими садами № 6» could as well number a kindergarten
    "one_deadline_for_group_of_items": {"header.number"},
}
# posts and classes have their own tests; here counts what the phenomenon can break
FIELDS = ("header.kind", "header.number", "header.date", "agenda", "people", "record", "votes")


@pytest.fixture(scope="module")
def tallies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tally]:
    """Each case by itself."""
    root = tmp_path_factory.mktemp("phenomena")
    documents = root / "documents"
    documents.mkdir()
    for case in CASES:
        (documents / f"{case['name']}.txt").write_text(case["text"], encoding="utf-8")
    run(documents, root / "out")
    tallies = {}
    for case in CASES:
        gold = root / case["name"]
        gold.mkdir()
        (gold / f"{case['name']}.json").write_text(json.dumps(case["gold"], ensure_ascii=False), encoding="utf-8")
        tallies[case["name"]] = score(root / "out", gold)
    return tallies


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_phenomenon(tallies: dict[str, Tally], case: dict[str, Any]) -> None:
    tally = tallies[case["name"]]
    wrong = {field for field in FIELDS if tally.f1[field] < 1}
    assert wrong == KNOWN.get(case["name"], set()), "\n".join([case["why"], *tally.notes])
