"""Publish a dataset so that no reader ever sees half of it, and load its tables.

Layout of the output folder:

    decisions.parquet -> .runs/current/decisions.parquet      one fixed link per table
    dataset.json      -> .runs/current/dataset.json
    .runs/current     -> run-k3x9                             the only thing that a publish changes
    .runs/run-k3x9/   the tables of this run; the previous run stays beside it until the next

A run is written whole into a folder of its own, checked, flushed to disk, and then `current` is replaced by one
rename: on Linux that is atomic, whatever stood there, so all tables change together. A folder cannot be renamed over
a non-empty one, and renaming file by file would show tables of two runs; hence links. `snapshot` gives a reader who
opens several tables one run that stays.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import quality
from pipeline.rows import Rows
from pipeline.schema import TABLES

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_FOLDER: Final = "data/processed"
_RUNS, _CURRENT, _MANIFEST = ".runs", "current", "dataset.json"


class DatasetError(Exception):
    """The dataset cannot be published or loaded; the message is in Russian, for the clerk."""


class Builder:
    """Gathers rows into Arrow tables, so that the memory held is Arrow's and not Python's."""

    def __init__(self, batch: int = 20_000) -> None:
        self._batch = batch
        self._rows: Rows = {name: [] for name in TABLES}
        self._chunks: dict[str, list[pa.Table]] = {name: [] for name in TABLES}

    def add(self, rows: Rows) -> None:
        """Add rows of any tables."""
        for name, new in rows.items():
            self._rows[name] += new
            if len(self._rows[name]) >= self._batch:
                self._flush(name)

    def tables(self) -> dict[str, pa.Table]:
        """All tables, the empty ones too."""
        for name in TABLES:
            self._flush(name)
        return {name: pa.concat_tables(chunks) for name, chunks in self._chunks.items()}

    def _flush(self, name: str) -> None:
        self._chunks[name].append(pa.Table.from_pylist(self._rows[name], schema=TABLES[name].schema))
        self._rows[name] = []


def publish(tables: Mapping[str, pa.Table], folder: Path, version: str) -> dict[str, Any]:
    """Check the tables, write them aside, and switch all of them at once; gives what `dataset.json` says."""
    if violations := quality.check(tables):
        raise DatasetError("Набор данных противоречив и не опубликован: " + "; ".join(map(str, violations[:5])))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _lock(folder):
            return _publish(tables, folder, version)
    except OSError as error:
        raise DatasetError(f"Не удалось записать набор данных в «{folder}»: {error.strerror or error}") from error


def _publish(tables: Mapping[str, pa.Table], folder: Path, version: str) -> dict[str, Any]:
    runs = folder / _RUNS
    runs.mkdir(exist_ok=True)
    run = Path(tempfile.mkdtemp(prefix="run-", dir=runs))
    try:
        run.chmod(0o777 & ~_umask())
        for name, table in tables.items():
            pq.write_table(table, run / f"{name}.parquet", compression="zstd")
        manifest = _manifest(tables, version)
        (run / _MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        for path in (*run.iterdir(), run):
            _sync(path)
        previous = _target(runs)
        _link(runs / _CURRENT, run.name)
    except BaseException:
        shutil.rmtree(run, ignore_errors=True)
        raise
    for name in (*(f"{table}.parquet" for table in TABLES), _MANIFEST):
        _link(folder / name, f"{_RUNS}/{_CURRENT}/{name}")
    _sync(runs)
    _sync(folder)
    _sweep(runs, {run.name, previous})
    return manifest


def _manifest(tables: Mapping[str, pa.Table], version: str) -> dict[str, Any]:
    rules = fingerprint()
    files = tables["files"].select(["source_path", "sha256", "status", "error_code"]).to_pylist()
    content = json.dumps([version, rules, files], ensure_ascii=False, sort_keys=True)
    statuses = Counter(tables["files"]["status"].to_pylist())
    return {
        "run_id": hashlib.sha256(content.encode()).hexdigest()[:16],
        "pipeline_version": version,
        "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rules_fingerprint": rules,
        "counts": {name: table.num_rows for name, table in tables.items()},
        "files_by_status": dict(sorted(statuses.items())),
    }


def fingerprint() -> str:
    """A hash of the code, the rules and the models: the same input and fingerprint give the same tables."""
    package = Path(__file__).parent
    models = package.parent / "models"
    paths = [*package.rglob("*.py"), *(path for path in models.rglob("*") if path.is_file())]
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.relative_to(package.parent).as_posix()):
        digest.update(path.relative_to(package.parent).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def snapshot(folder: str | Path = DEFAULT_FOLDER) -> Path:
    """The folder of the run published now: its tables belong together even if another run is published meanwhile."""
    target = _target(Path(folder) / _RUNS)
    if target is None:
        raise DatasetError(f"В папке «{folder}» нет набора данных; сделайте его командой make extract")
    return Path(folder) / _RUNS / target


def load(table: str, folder: str | Path = DEFAULT_FOLDER) -> pd.DataFrame:
    """A table as a typed DataFrame: `load("decisions")`."""
    import pandas as pd

    if table not in TABLES:
        raise DatasetError(f"Нет таблицы «{table}»; есть: {', '.join(TABLES)}")
    path = Path(folder) / f"{table}.parquet"
    if not path.exists():
        raise DatasetError(f"В папке «{folder}» нет набора данных; сделайте его командой make extract")
    types = {pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame: pd.DataFrame = pq.read_table(path).to_pandas(types_mapper=types.get, date_as_object=False)
    return frame


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """One publisher at a time; the system frees the lock of a killed one."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatasetError(f"В папку «{folder}» уже пишет другой запуск; дождитесь его конца") from None
        yield


def _link(path: Path, target: str) -> None:
    """Make `path` a link to `target`, in place of whatever file or link is there."""
    if path.is_symlink() and os.readlink(path) == target:
        return
    spare = path.with_name(f".{path.name}.new")
    spare.unlink(missing_ok=True)
    spare.symlink_to(target)
    os.replace(spare, path)


def _target(runs: Path) -> str | None:
    current = runs / _CURRENT
    return os.readlink(current) if current.is_symlink() and current.exists() else None


def _sweep(runs: Path, keep: set[str | None]) -> None:
    """Remove older runs, and what killed runs left."""
    for path in runs.glob("run-*"):
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
