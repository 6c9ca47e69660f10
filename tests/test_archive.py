"""The sample archive against its gold, and the invariants of its dataset."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline.quality import check, check_raw
from pipeline.schema import TABLES
from tests.scoring import score

GOLD = Path(__file__).parent / "gold"
OFFICIAL = Path(__file__).parents[2] / "shared/tools/score.py"


def test_records_agree_with_the_gold(sample: Path) -> None:
    tally = score(sample, GOLD)
    assert tally.f1["record"] >= 0.98, "\n".join([str(tally.f1), *tally.notes])


@pytest.mark.parametrize("field", ["agenda", "people", "votes", "header.kind", "header.number", "header.date"])
def test_the_other_fields_agree_with_the_gold(sample: Path, field: str) -> None:
    tally = score(sample, GOLD)
    assert tally.f1[field] >= 0.95, "\n".join([str(tally.f1), *tally.notes])


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the scorer shared by several projects is not beside this one")
def test_our_scorer_agrees_with_the_shared_one(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "score.json"
    command = [sys.executable, OFFICIAL, "--dataset", sample, "--gold", GOLD, "--json", out]
    subprocess.run(command, check=True, capture_output=True)
    official = json.loads(out.read_text())
    ours = score(sample, GOLD).f1
    for field, name in (("record", "record"), ("decision", "decision"), ("people", "people"), ("agenda", "agenda")):
        assert ours[field] == pytest.approx(official[name]["f1"], abs=0.001)


def test_every_file_was_read(sample: Path, root: Path) -> None:
    files = pd.read_parquet(sample / "files.parquet")
    found = {path.relative_to(root / "data/raw").as_posix() for path in (root / "data/raw").rglob("*") if path.is_file()}
    assert set(files["source_path"]) == {path for path in found if not Path(path).name.startswith(".")}
    assert set(files["status"]) <= {"extracted", "not_a_protocol"}, files[["source_path", "error_message"]].to_string()


def test_the_archive_is_varied(sample: Path) -> None:
    documents = pd.read_parquet(sample / "documents.parquet")
    types = Counter(Path(path).suffix for path in pd.read_parquet(sample / "files.parquet")["source_path"])
    assert (documents["kind"] == "protocol").sum() >= 20
    assert (documents["kind"] != "protocol").sum() >= 4
    assert documents["district"].nunique() >= 6
    assert documents["region"].nunique() >= 3
    assert documents["date"].map(lambda day: day and day.year).nunique() >= 3
    assert min(types[suffix] for suffix in (".docx", ".pdf", ".txt")) >= 4


def test_the_dataset_is_sound_and_every_raw_value_is_in_its_place(sample: Path) -> None:
    tables = {name: pq.read_table(sample / f"{name}.parquet") for name in TABLES}
    assert check(tables) == []
    assert check_raw(tables) == []
