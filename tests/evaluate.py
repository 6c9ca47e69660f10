"""How right the pipeline is: ``python -m tests.evaluate [DOCUMENTS]`` (``make evaluate``).

Figures per field on the sample archive, on the independent protocols and on fresh protocols of the generator; there
also per form of heading, number, clause and file. Wrong and missing are told apart: a wrong record was found and says
something false, a missing one was not found. Last, whether the scores know it: what share of the wrong records
somebody would catch who reads the tenth with the lowest scores, and whoever reads the documents marked for review.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from pipeline.run import run
from tests.generator import NOISES, Form, Page, make_form, make_truth, to_docx, to_pdf, to_text, write
from tests.scoring import Record, Tally, score

HERE = Path(__file__).resolve().parent
AXES = ("file", "noise", "clauses", "number", "block", "marker", "hearing", "attendance", "title")
FILES: tuple[tuple[str, str, Callable[[Page], bytes]], ...] = (
    ("TXT", "txt", to_text),
    ("TXT, wrapped", "txt", lambda page: to_text(page, width=80)),
    ("TXT, cp1251, tabs", "txt", lambda page: to_text(page, table="tabs", encoding="cp1251")),
    ("TXT, columns of spaces", "txt", lambda page: to_text(page, table="spaces")),
    ("DOCX", "docx", to_docx),
    ("DOCX, automatic numbers", "docx", lambda page: to_docx(page, automatic=True)),
    ("PDF", "pdf", to_pdf),
)


def generate(count: int, documents: Path, gold: Path, *, first: int = 0) -> dict[str, dict[str, str]]:
    """Write protocols of even seeds and their gold; gives the form of each on the axes."""
    forms: dict[str, dict[str, str]] = {}
    for seed in range(first, first + 2 * count, 2):
        form = make_form(seed)
        page = write(make_truth(seed), form)
        kind, suffix, make = FILES[seed // 2 % len(FILES)]
        data, noise = make(page), "none"
        if kind in ("TXT", "TXT, columns of spaces") and seed % 3 == 0:
            noise = sorted(NOISES)[seed // 6 % len(NOISES)]
            data = NOISES[noise](data.decode(), seed).encode()
        stem = f"g{seed:05d}"
        (documents / f"{stem}.{suffix}").write_bytes(data)
        (gold / f"{stem}.json").write_text(json.dumps(page.gold, ensure_ascii=False), encoding="utf-8")
        forms[stem] = {**axes(form), "file": kind, "noise": noise}
    return forms


def axes(form: Form) -> dict[str, str]:
    return {name: getattr(form, name) for name in AXES if hasattr(form, name)}


def measured(documents: Path, gold: Path) -> tuple[Tally, set[str]]:
    """The tally of a folder, and the documents that the pipeline marks for review."""
    with tempfile.TemporaryDirectory() as out:
        run(documents, Path(out))
        files = pd.read_parquet(Path(out) / "files.parquet").merge(
            pd.read_parquet(Path(out) / "documents.parquet"), on="document_id"
        )
        marked = files[files["needs_review"]]["source_path"]
        return score(Path(out), gold), {Path(path).name.split(".")[0] for path in marked}


def fields(tally: Tally) -> Iterator[str]:
    """A line per field; for records, wrong and missing apart."""
    yield f"{'field':<18}{'P':>8}{'R':>8}{'F1':>8}{'right':>8}{'wrong':>8}{'missing':>9}"
    for name, (right, found, gold) in sorted(tally.counts.items()):
        precision, recall, f1 = right / (found or 1), right / (gold or 1), tally.f1[name]
        missing = sum(tally.missing.values()) if name == "record" else gold - right
        yield f"{name:<18}{precision:>8.3f}{recall:>8.3f}{f1:>8.3f}{right:>8}{found - right:>8}{missing:>9}"


def by_form(tally: Tally, forms: dict[str, dict[str, str]]) -> Iterator[str]:
    """Record F1 for each choice on each axis, the worst first."""
    rows: list[tuple[float, str, str, int]] = []
    found: dict[str, list[Record]] = defaultdict(list)
    for record in tally.records:
        found[record.stem].append(record)
    for axis in AXES:
        for choice in sorted({form[axis] for form in forms.values()}):
            stems = [stem for stem, form in forms.items() if form[axis] == choice]
            records = [record for stem in stems for record in found[stem]]
            right = sum(record.is_right for record in records)
            gold = sum(not record.is_extra for record in records) + sum(tally.missing[stem] for stem in stems)
            rows.append((2 * right / (len(records) + gold or 1), axis, choice, len(stems)))
    for f1, axis, choice, count in sorted(rows):
        yield f"{f1:>7.3f}  {axis}: {choice}  ({count} documents)"


def calibration(tally: Tally, marked: set[str]) -> Iterator[str]:
    """What somebody catches who reads the records with the lowest scores, or the documents marked for review."""
    wrong = sum(not record.is_right for record in tally.records)
    ranked = sorted(tally.records, key=lambda record: (record.score, record.stem))
    tenth = ranked[: -(-len(ranked) // 10)]
    caught = sum(not record.is_right for record in tenth)
    read = [record for record in tally.records if record.stem in marked]
    seen = sum(not record.is_right for record in read)
    yield f"the tenth with the lowest scores ({len(tenth)} records) holds {share(caught, wrong)} of the wrong ones"
    yield f"documents marked for review ({share(len(read), len(tally.records))} of the records) hold {share(seen, wrong)}"


def share(part: int, whole: int) -> str:
    return f"{part} of {whole}" + (f" ({part / whole:.0%})" if whole else "")


def report(title: str, documents: Path, gold: Path, forms: dict[str, dict[str, str]] | None = None) -> None:
    tally, marked = measured(documents, gold)
    print(f"\n## {title}\n", *fields(tally), "", *calibration(tally, marked), sep="\n")
    if forms:
        print("", *list(by_form(tally, forms))[:25], sep="\n")
    print(*tally.notes[:40], sep="\n")


def main(count: int) -> None:
    report("the sample archive", HERE.parent / "data" / "raw", HERE / "gold")
    report("independent protocols", HERE / "independent" / "protocols", HERE / "independent" / "gold")
    with tempfile.TemporaryDirectory() as folder:
        documents, gold = Path(folder) / "documents", Path(folder) / "gold"
        documents.mkdir()
        gold.mkdir()
        forms = generate(count, documents, gold)
        report(f"{count} generated protocols (evaluation seeds)", documents, gold, forms)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
