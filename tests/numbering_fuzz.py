"""List numbers against LibreOffice: ``python -m tests.numbering_fuzz 1500 [FIRST_SEED]`` compares so many labels.

Our reader and LibreOffice read the documents of `tests.numbering_cases`; what stands before a marker is its label.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.readers.docx import read_docx
from tests.numbering_cases import Case, case
from tests.office import convert

BATCH = 60
MARKER = re.compile(r"\[\d{3}\]")


def labels(text: str) -> dict[str, str]:
    """What stands before each marker in its line; every bullet is «•», as LibreOffice writes it into a text file."""
    found = {}
    for line in text.splitlines():
        before = 0
        for marker in MARKER.finditer(line):
            label = " ".join(line[before : marker.start()].split())
            found[marker[0]] = "•" if len(label) == 1 and not label.isalnum() else label
            before = marker.end()
    return found


def by_libreoffice(files: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """The labels of many documents, converted by one run of LibreOffice."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for stem, data in files.items():
            (folder / f"{stem}.docx").write_bytes(data)
        convert([folder / f"{stem}.docx" for stem in files], "txt:Text (encoded):UTF8", folder / "txt")
        return {stem: labels((folder / f"txt/{stem}.txt").read_text(encoding="utf-8-sig")) for stem in files}


def by_us(data: bytes) -> dict[str, str]:
    """The labels that our reader computes."""
    return labels(read_docx(data).text)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A label that we and LibreOffice print differently; None: the paragraph itself is missing."""

    seed: int
    marker: str
    ours: str | None
    oracle: str | None


def compare(cases: Iterable[Case]) -> tuple[int, list[Disagreement]]:
    """How many labels were compared, and those that differ."""
    known = {f"{one.seed}": one for one in cases}
    found, compared = [], 0
    printed = by_libreoffice({stem: one.oracle for stem, one in known.items()})
    for stem, one in known.items():
        ours, oracle = by_us(one.ours), printed[stem]
        compared += sum(bool(oracle.get(marker)) or bool(ours.get(marker)) for marker in one.markers)
        for marker in one.markers:
            if marker not in ours or ours[marker] != oracle.get(marker):
                found.append(Disagreement(one.seed, marker, ours.get(marker), oracle.get(marker)))
    return compared, found


def main(wanted: int, seed: int = 0) -> None:
    """Compare batch by batch until so many labels were seen."""
    first, compared, found = seed, 0, []
    while compared < wanted:
        count, differing = compare(map(case, range(seed, seed + BATCH)))
        seed, compared = seed + BATCH, compared + count
        found += differing
    for one in found:
        print(f"seed {one.seed} {one.marker}: we say {one.ours!r}, LibreOffice {one.oracle!r}")
    print(f"{compared} labels, {len(found)} disagreements, seeds {first}–{seed - 1}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3] or ["1500"]))
