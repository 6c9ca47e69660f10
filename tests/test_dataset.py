"""Publishing: checked, whole, repeatable, and never half-seen."""

from __future__ import annotations

import fcntl
import json
import threading
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline.dataset import DatasetError, load, publish, snapshot
from pipeline.quality import check, check_document, check_raw
from pipeline.rows import document_rows
from pipeline.schema import TABLES
from tests.outcomes import outcome, tables

ONE = outcome("Соловьева Виктория Вячеславовна", "Филимонова Л.А.")
TWO = outcome("Соловьева В.В.", number="8")
LETTER = outcome("Дубкова Е.В.", kind="letter")


def test_every_table_is_written_and_read_by_pandas(tmp_path: Path) -> None:
    (tmp_path / ".gitkeep").touch()
    manifest = publish(tables(ONE, TWO, LETTER), tmp_path, "1.0")
    for name in TABLES:
        assert len(pd.read_parquet(tmp_path / f"{name}.parquet")) == manifest["counts"][name]
    assert json.loads((tmp_path / "dataset.json").read_text())["files_by_status"] == {"extracted": 2, "not_a_protocol": 1}
    assert (tmp_path / ".gitkeep").exists()


def test_load_gives_types(tmp_path: Path) -> None:
    publish(tables(ONE), tmp_path, "1.0")
    deadlines = pipeline.load("deadlines", tmp_path)
    assert deadlines["due_date"].dtype.kind == "M"
    assert deadlines["due_date"][0] == pd.Timestamp(2023, 11, 1)
    assert deadlines["position"].dtype == pd.Int32Dtype()
    assert deadlines["is_ambiguous"].dtype == pd.BooleanDtype()
    assert isinstance(deadlines["text"].dtype, pd.StringDtype)
    assert load("votes", tmp_path)["value"].isna().all()


def test_load_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="make extract"):
        load("decisions", tmp_path)
    with pytest.raises(DatasetError, match="есть: files, documents"):
        load("decision", tmp_path)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (publish(tables(ONE, TWO, LETTER), tmp_path / name, "1.0") for name in "ab")
    assert first["run_id"] == second["run_id"]
    for name in TABLES:
        assert (tmp_path / "a" / f"{name}.parquet").read_bytes() == (tmp_path / "b" / f"{name}.parquet").read_bytes()


def test_other_input_gives_another_run_id(tmp_path: Path) -> None:
    assert publish(tables(ONE), tmp_path, "1.0")["run_id"] != publish(tables(TWO), tmp_path, "1.0")["run_id"]


def spoil(data: dict[str, pa.Table], table: str, column: str, values: list[object]) -> dict[str, pa.Table]:
    index = data[table].schema.get_field_index(column)
    field = data[table].schema.field(index)
    return {**data, table: data[table].set_column(index, field, pa.array(values, field.type))}


@pytest.mark.parametrize(
    ("table", "column", "values", "rule"),
    [
        ("decisions", "decision_id", ["x", "x"], "is not unique"),  # two rows with one key
        ("decisions", "agenda_item_id", [None, "nowhere"], "is not in agenda_items"),  # points at nothing
        ("decisions", "parent_id", [None, "nowhere"], "is not in decisions"),
        ("decisions", "outcome", ["adopted", "maybe"], "unknown values"),
        ("decisions", "text", ["a", None], "text is NULL"),
        ("decisions", "end", [10_000, 60], "out of bounds"),  # behind the text
        ("decisions", "start", [-1, 60], "out of bounds"),
        ("documents", "meeting_id", [None], "does not agree with kind"),
        ("files", "status", ["failed"], "differ in number"),
    ],
)
def test_a_broken_dataset_is_not_published(tmp_path: Path, table: str, column: str, values: list, rule: str) -> None:
    publish(tables(TWO), tmp_path, "1.0")
    before = snapshot(tmp_path)
    broken = spoil(tables(ONE), table, column, values)
    assert any(rule in str(violation) for violation in check(broken))
    with pytest.raises(DatasetError):
        publish(broken, tmp_path, "1.0")
    assert snapshot(tmp_path) == before


def test_a_foreign_schema_is_not_published() -> None:
    data = tables(ONE)
    assert any("schema differs" in str(item) for item in check({**data, "votes": data["votes"].drop(["value"])}))


def test_places_are_checked_in_each_document() -> None:
    rows = document_rows(ONE, "a.txt", "1.0")
    assert check_document(rows, ONE.source.text) == []
    rows["assignees"][0]["start"] += 1
    rows["lines"][0]["end"] = 10_000
    assert [item.table for item in check_document(rows, ONE.source.text)] == ["lines", "assignees"]


def test_raw_values_are_checked_over_a_dataset() -> None:
    data = tables(ONE, TWO)
    assert check_raw(data) == []
    names = data["assignees"]["name_raw"].to_pylist()
    assert len(check_raw(spoil(data, "assignees", "name_raw", ["не то", *names[1:]]))) == 1


def test_readers_never_see_a_mix(tmp_path: Path) -> None:
    """While two datasets are published in turn, every run opened by a reader belongs together."""
    small, large = tables(TWO), tables(ONE, TWO, LETTER)
    publish(small, tmp_path, "1.0")
    done, mixed, seen = threading.Event(), [], set()

    def read() -> None:
        while not done.is_set():
            run = snapshot(tmp_path)
            try:
                sizes = [pq.read_table(run / f"{name}.parquet").num_rows for name in ("documents", "texts")]
            except FileNotFoundError:  # two publishes passed while we read: the run is gone, not mixed
                continue
            seen.add(sizes[0])
            mixed.extend([sizes] if sizes[0] != sizes[1] else [])

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(20):
        publish(large if turn % 2 else small, tmp_path, "1.0")
    done.set()
    reader.join()
    assert not mixed
    assert seen == {1, 3}


def test_a_killed_publish_leaves_the_old_dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tables(TWO), tmp_path, "1.0")
    before = pd.read_parquet(tmp_path / "documents.parquet")

    def fail(*args: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(pq, "write_table", fail)
        with pytest.raises(DatasetError, match="No space left"):
            publish(tables(ONE), tmp_path, "1.0")
    pd.testing.assert_frame_equal(before, pd.read_parquet(tmp_path / "documents.parquet"))


def test_what_killed_runs_left_is_swept_and_one_run_is_kept(tmp_path: Path) -> None:
    (tmp_path / ".runs/run-killed").mkdir(parents=True)
    for item in (ONE, TWO, ONE):
        publish(tables(item), tmp_path, "1.0")
    runs = {path.name for path in (tmp_path / ".runs").glob("run-*")}
    assert len(runs) == 2
    assert "run-killed" not in runs


def test_two_publishers_do_not_meet(tmp_path: Path) -> None:
    publish(tables(ONE), tmp_path, "1.0")
    with (tmp_path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(DatasetError, match="другой запуск"):
            publish(tables(ONE), tmp_path, "1.0")


def test_a_run_can_be_read_by_others(tmp_path: Path) -> None:
    publish(tables(ONE), tmp_path, "1.0")
    assert snapshot(tmp_path).stat().st_mode & 0o055 == 0o055


def test_an_empty_archive_has_all_tables(tmp_path: Path) -> None:
    assert set(publish(tables(), tmp_path, "1.0")["counts"].values()) == {0}
    assert load("decisions", tmp_path).empty


def test_ids_do_not_depend_on_the_rest_of_the_archive() -> None:
    alone, among = tables(ONE), tables(TWO, LETTER, ONE)
    for table, key in (("decisions", "decision_id"), ("deadlines", "deadline_id"), ("meetings", "meeting_id")):
        assert set(alone[table][key].to_pylist()) <= set(among[table][key].to_pylist())


def test_a_document_that_is_no_protocol_has_no_meeting_and_no_decisions() -> None:
    data = tables(LETTER)
    assert [data[name].num_rows for name in ("meetings", "decisions", "deadlines", "assignees", "votes")] == [0] * 5
    assert data["participants"]["meeting_id"].to_pylist() == [None]
    assert data["participants"]["name"].to_pylist() == ["Дубкова Е.В."]


def test_rows_carry_the_place_in_the_source() -> None:
    data = tables(ONE)
    assert data["lines"]["block_kind"].to_pylist() == ["header", "header"]
    assert data["lines"]["label"].to_pylist() == ["1.", None]
    assert data["lines"]["x1"].to_pylist() == [3.0, None]
    assert data["decisions"]["page_no"].to_pylist() == [2, 2]
    assert data["decisions"]["parent_id"].to_pylist() == [None, f"{ONE.document_id}-d0"]
    assert data["deadlines"]["due_date"].to_pylist() == [date(2023, 11, 1)]
