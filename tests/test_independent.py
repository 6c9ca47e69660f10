"""Protocols and look-alikes that others wrote from the field guide alone, without having seen a rule.

They measure what the sample archive cannot: forms that nobody here had in mind. Their first-run figures stand in
CHANGELOG.md; a defect that they show is mended as a class, and the floors below only ever rise.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.run import run
from tests.scoring import Tally, score

HERE = Path(__file__).parent / "independent"
FLOORS = {"record": 0.97, "decision": 0.985, "agenda": 0.97, "people": 0.97, "votes": 0.98}


@pytest.fixture(scope="module")
def protocols(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of the protocols."""
    out = tmp_path_factory.mktemp("independent")
    assert not run(HERE / "protocols", out).bugs
    return out


@pytest.fixture(scope="module")
def tally(protocols: Path) -> Tally:
    return score(protocols, HERE / "gold")


@pytest.fixture(scope="module")
def look_alikes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of the documents that only look like protocols."""
    out = tmp_path_factory.mktemp("look_alikes")
    assert not run(HERE / "look_alikes", out).bugs
    return out


@pytest.mark.parametrize("field", FLOORS)
def test_fields(tally: Tally, field: str) -> None:
    assert tally.f1[field] >= FLOORS[field], "\n".join([str(tally.f1), *tally.notes])


def test_no_protocol_is_refused(protocols: Path) -> None:
    files = pd.read_parquet(protocols / "files.parquet")
    assert len(files) >= 60
    assert set(files["status"]) == {"extracted"}, files[files["status"] != "extracted"].to_string()


@pytest.mark.parametrize("field", ["header.kind", "header.number", "header.date"])
def test_heads_of_look_alikes(look_alikes: Path, field: str) -> None:
    found = score(look_alikes, HERE / "gold_look_alikes")
    assert found.f1[field] >= 0.96, "\n".join(found.notes)


def test_no_look_alike_is_a_protocol(look_alikes: Path) -> None:
    files = pd.read_parquet(look_alikes / "files.parquet")
    assert len(files) >= 30
    assert set(files["status"]) == {"not_a_protocol"}, files[files["status"] != "not_a_protocol"].to_string()
    assert len(pd.read_parquet(look_alikes / "decisions.parquet")) == 0
