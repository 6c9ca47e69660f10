"""What a change does to the dataset: ``python -m tests.compare_revisions REVISION [ARCHIVE]`` (``make compare REV=…``).

The archive (the sample archive and the independent protocols, if none is named) is extracted by this tree and by
another revision, and the rows gained, lost and changed are shown, document by document. Rows are told by what they
say, not by their ids; a row whose text is the same and whose other values differ is changed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
ARCHIVES = (ROOT / "data" / "raw", ROOT / "tests" / "independent" / "protocols")
# by which columns a row is known again, and which of its values are compared
TABLES = {
    "documents": (("source_path",), ("kind", "number", "date", "district", "region")),
    "agenda_items": (("source_path", "text"), ("label",)),
    "participants": (("source_path", "role", "name"), ("post",)),
    "decisions": (("source_path", "text"), ("path", "label", "context", "classification", "outcome")),
    "deadlines": (("source_path", "decision", "text", "kind"), ("start_date", "due_date", "rrule", "event")),
    "assignees": (("source_path", "decision", "name", "role"), ("entity_type",)),
    "votes": (("source_path", "option", "start"), ("value",)),
}
Rows = dict[tuple[str, ...], Counter[tuple[str, ...]]]


def extract(tree: Path, archive: Path, out: Path) -> None:
    """Extract with the pipeline of a tree."""
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "extract", str(archive), str(out)]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{tree}: {done.stderr[-2000:]}")


def rows(dataset: Path, table: str) -> Rows:
    """The rows of a table by their keys; several rows may share one."""
    frame = pq.read_table(dataset / f"{table}.parquet").to_pandas()
    files = pq.read_table(dataset / "files.parquet", columns=["document_id", "source_path"]).to_pandas()
    frame = frame.merge(files.drop_duplicates("document_id"), on="document_id")
    if "decision_id" in frame and table != "decisions":
        decisions = pq.read_table(dataset / "decisions.parquet", columns=["decision_id", "text"]).to_pandas()
        frame = frame.merge(decisions.rename(columns={"text": "decision"}), on="decision_id")
    key, values = TABLES[table]
    found: Rows = {}
    for row in frame[[*key, *values]].astype(object).where(lambda f: ~pd.isna(f), "").astype(str).itertuples(index=False):
        found.setdefault(tuple(row[: len(key)]), Counter())[tuple(row[len(key) :])] += 1
    return found


def differences(table: str, before: Rows, after: Rows) -> Iterator[tuple[str, str]]:
    """«+» gained, «-» lost, «~» changed."""
    values = TABLES[table][1]
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, Counter()), after.get(key, Counter())
        if old == new:
            continue
        gone, come = list((old - new).elements()), list((new - old).elements())
        name = " | ".join(part[:70] for part in key)
        for one, other in zip(gone, come, strict=False):
            changed = [f"{n}: {a!r} → {b!r}" for n, a, b in zip(values, one, other, strict=True) if a != b]
            yield "~", f"{name}: {', '.join(changed)}"
        yield from (("-", name) for _ in gone[len(come) :])
        yield from (("+", name) for _ in come[len(gone) :])


def compare(revision: str, archive: Path) -> None:
    """Print what differs."""
    with tempfile.TemporaryDirectory() as folder:
        tree, before, after = (Path(folder) / name for name in ("tree", "before", "after"))
        subprocess.run(["git", "worktree", "add", "--detach", "--quiet", str(tree), revision], cwd=ROOT, check=True)
        try:
            extract(tree, archive, before)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)
        extract(ROOT, archive, after)
        print(f"\n## {archive.relative_to(ROOT) if archive.is_relative_to(ROOT) else archive}: {revision} → this tree")
        for table in TABLES:
            found = list(differences(table, rows(before, table), rows(after, table)))
            counts = Counter(sign for sign, _ in found)
            print(f"{table:<14} gained {counts['+']}, lost {counts['-']}, changed {counts['~']}")
            for sign, text in found[:60]:
                print(f"  {sign} {text}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    for place in [Path(sys.argv[2]).resolve()] if len(sys.argv) > 2 else ARCHIVES:
        compare(sys.argv[1], place)
