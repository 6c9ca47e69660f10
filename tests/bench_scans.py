"""What scans cost in what counts: ``python -m tests.bench_scans [CONDITION …]`` (part of ``make bench-ocr``).

The sample archive printed, and the same pages scanned: record F1 of both against the gold, and the dates of deadlines
and meetings that the scan gives and the print does not: marked as doubtful, or wrong and given as certain.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.run import run
from tests.archive import pdf_file
from tests.archive.markup import documents
from tests.scans.degrade import CONDITIONS
from tests.scans.printing import picture_pdf, printed, scanned
from tests.scoring import score

GOLD = Path(__file__).parent / "gold"
COUNTED = ("clean 200 dpi", "clean 300 dpi", "skew", "stamp and signature")
SEED = 5


@dataclass(frozen=True, slots=True)
class Dates:
    """How many dates a run of scans gave; of those that the print has not, how many are marked and how many not."""

    given: int
    marked: int
    certain: tuple[str, ...]


def archive() -> dict[str, bytes]:
    """The sample archive as printed PDF files: in Word's fonts, and its own PDF files as they are."""
    found = printed(document for document in documents() if document.path.suffix != ".pdf")
    return found | {d.stem: pdf_file.build(d) for d in documents() if d.path.suffix == ".pdf"}


def measured(files: dict[str, bytes], folder: Path) -> tuple[float, Path]:
    """Record F1 of a dataset of these files, and where it lies."""
    raw, out = folder / "raw", folder / "out"
    raw.mkdir(parents=True)
    for stem, data in files.items():
        (raw / f"{stem}.pdf").write_bytes(data)
    report = run(raw, out)
    assert not report.bugs
    return score(out, GOLD).f1["record"], out


def scans_of(files: dict[str, bytes], condition: str) -> dict[str, bytes]:
    """The same pages as they come from the scanner."""
    dpi = CONDITIONS[condition][0]
    return {stem: picture_pdf(scanned(pdf, condition, SEED), dpi) for stem, pdf in files.items()}


def dates_of(out: Path) -> pd.DataFrame:
    """All dates of a dataset by file: of deadlines, their starts and ends, and of meetings, with their doubts."""
    read = {name: pd.read_parquet(out / f"{name}.parquet") for name in ("files", "documents", "deadlines", "issues")}
    stems = read["files"].set_index("document_id")["source_path"]
    doubtful = set(read["issues"].query("code == 'misread_number'")["document_id"])
    rows = [
        (stems[row.document_id], what, getattr(row, what), row.is_ambiguous)
        for row in read["deadlines"].itertuples()
        for what in ("start_date", "due_date")
    ]
    rows += [(stems[row.document_id], "date", row.date, row.document_id in doubtful) for row in read["documents"].itertuples()]
    return pd.DataFrame(rows, columns=["file", "what", "date", "is_marked"]).dropna(subset="date")


def compared(typed: Path, scan: Path) -> Dates:
    """The dates of the scans that the typed files do not have so often."""
    left = Counter(dates_of(typed)[["file", "what", "date"]].itertuples(index=False, name=None))
    found = dates_of(scan)
    marked, certain = 0, []
    for row in found.sort_values("is_marked").itertuples():
        key = (row.file, row.what, row.date)
        if left[key]:
            left[key] -= 1
        elif row.is_marked:
            marked += 1
        else:
            certain.append(f"{row.file}: {row.what} {row.date}")
    return Dates(len(found), marked, tuple(certain))


def main(conditions: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = archive()
        typed, typed_out = measured(files, folder / "typed")
        print(f"{'':<22}{'record F1':>10}{'of typed':>10}{'dates':>7}{'marked':>8}{'wrong, certain':>16}")
        print(f"{'typed':<22}{typed:>10.3f}")
        given = wrong = 0
        for condition in conditions or COUNTED:
            f1, out = measured(scans_of(files, condition), folder / condition.replace(" ", "_"))
            dates = compared(typed_out, out)
            given, wrong = given + dates.given, wrong + len(dates.certain)
            counts = f"{dates.given:>7}{dates.marked:>8}{len(dates.certain):>16}"
            print(f"{condition:<22}{f1:>10.3f}{f1 / typed:>10.3f}{counts}", *dates.certain, sep="\n    ", flush=True)
        print(f"wrong and certain: {wrong} of {given} dates ({wrong / given:.2%})")


if __name__ == "__main__":
    main(sys.argv[1:])
