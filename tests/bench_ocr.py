"""How well scans are read: ``python -m tests.bench_ocr [PAGES] [CONDITION …] [--details]`` (``make bench-ocr``).

Pages of the sample archive, printed and degraded (tests/scans), through our reader, through bare Tesseract and, where
it is installed, through ``ocrmypdf --rotate-pages --deskew --clean``, all in one run: character and word error rates in
percent, processor seconds a page. What does not count: white space, kinds of dashes and quotes, the space after «№»,
the lines to sign on.
"""

from __future__ import annotations

import io
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
from PIL import Image as Picture
from rapidfuzz.distance import Levenshtein

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

from pipeline.readers import read
from pipeline.readers.joining import flowed
from tests.archive import pdf_file
from tests.archive.markup import documents
from tests.scans.degrade import CONDITIONS, Image
from tests.scans.printing import picture_pdf, printed, rendered

Reader = Callable[[Image, int], str]
_SAME = str.maketrans({"—": "-", "–": "-", "−": "-", "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "\u00a0": " "})


def flat(text: str) -> str:
    """Text for comparison."""
    text = re.sub(r"№\s*", "№ ", re.sub(r"_{2,}", " ", text.translate(_SAME)))
    text = re.sub(r"\b(?:[А-ЯЁ] ){4,}[А-ЯЁ]\b", lambda found: found[0].replace(" ", ""), text)  # «П Р О Т О К О Л»
    return " ".join(text.split())


def ours(page: Image, dpi: int) -> str:
    """A page through our reader."""
    return read(picture_pdf([page], dpi, quality=95)).text


def tesseract(page: Image, dpi: int) -> str:
    """A page through bare Tesseract, its line-end hyphens undone."""
    import tesserocr

    from pipeline.readers.scan.engine import LANGUAGES, data_folder

    global _api
    if _api is None:
        _api = tesserocr.PyTessBaseAPI(path=str(data_folder()), lang=LANGUAGES, psm=3)
    _api.SetImage(Picture.fromarray(page))
    _api.SetSourceResolution(dpi)
    return unwrapped(_api.GetUTF8Text())


_api = None


def unwrapped(text: str) -> str:
    """Lines put together."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return flowed(lines).text if lines else ""


def ocrmypdf(page: Image, dpi: int) -> str:
    """A page through ocrmypdf."""
    with tempfile.TemporaryDirectory() as folder:
        source, target, text = (Path(folder) / name for name in ("in.pdf", "out.pdf", "out.txt"))
        source.write_bytes(picture_pdf([page], dpi, quality=95))
        command = ["ocrmypdf", "-l", "rus+eng", "--rotate-pages", "--deskew", "--clean", "--jobs", "1", "-q",
                   "--sidecar", text, source, target]  # fmt: skip
        subprocess.run(command, check=False, capture_output=True)
        return unwrapped(text.read_text(encoding="utf-8")) if text.exists() else ""


def truths(pdf: bytes, number: int) -> list[str]:
    """The text of a printed page in the order of the file and in that of our layout: either will do."""
    out = io.BytesIO()
    source = pypdfium2.PdfDocument(pdf)
    alone = pypdfium2.PdfDocument.new()
    alone.import_pages(source, [number])
    alone.save(out)
    plain = source[number].get_textpage().get_text_bounded().replace("\ufffe", "-").replace("\x02", "-")
    return [flat(read(out.getvalue()).text), flat(unwrapped(plain))]


def errors(text: str, references: list[str]) -> tuple[int, int, int, int]:
    """Wrong and all characters, wrong and all words, against the nearest reference."""
    found = flat(text)
    best = min(references, key=lambda reference: Levenshtein.distance(reference, found))
    words = best.split()
    return Levenshtein.distance(best, found), len(best), Levenshtein.distance(words, found.split()), len(words)


def pages(count: int) -> Iterator[tuple[str, bytes, int]]:
    """Full pages spread over the archive, in the fonts of Word and of the sample PDF files."""
    found = []
    archive = documents()
    files = printed(archive) | {d.stem + " (pdf)": pdf_file.build(d) for d in archive if d.path.suffix == ".pdf"}
    for stem, pdf in sorted(files.items()):
        for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
            if page.get_textpage().count_chars() > 700:
                found.append((stem, pdf, number))
    step = max(len(found) / count, 1.0)
    yield from (found[int(at * step)] for at in range(min(count, len(found))))


def cpu() -> float:
    """Processor seconds of this process and of those that it waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def differences(text: str, references: list[str]) -> Iterator[str]:
    """What was misread, a line each."""
    found = flat(text)
    best = min(references, key=lambda reference: Levenshtein.distance(reference, found))
    for op in Levenshtein.opcodes(best, found):
        if op.tag != "equal":
            before, after = best[max(0, op.src_start - 15) : op.src_end + 10], found[max(0, op.dest_start - 15) : op.dest_end + 10]
            yield f"    {before!r} → {after!r}"


def main(count: int, conditions: list[str], *, details: bool) -> None:
    readers: dict[str, Reader] = {"ours": ours}
    if not details:
        readers["tesseract"] = tesseract
        if shutil.which("ocrmypdf"):
            readers["ocrmypdf"] = ocrmypdf
    sample = [(stem, pdf, number, truths(pdf, number)) for stem, pdf, number in pages(count)]
    print(f"{len(sample)} pages; CER %, WER %, processor seconds a page")
    print(f"{'':<22}" + "".join(f"{name:^25}" for name in readers))
    for condition in conditions or list(CONDITIONS):
        dpi, degrade = CONDITIONS[condition]
        print(f"{condition:<22}", end="", flush=True)
        scans = [degrade(rendered(pdf, dpi)[number], seed) for seed, (_, pdf, number, _) in enumerate(sample)]
        notes = []
        for reader in readers.values():
            counts, began = [0, 0, 0, 0], cpu()
            for scan, (stem, _, number, references) in zip(scans, sample, strict=True):
                text = reader(scan, dpi)
                counts = [a + b for a, b in zip(counts, errors(text, references), strict=True)]
                if details:
                    notes += [f"  {stem} {number + 1}", *differences(text, references)]
            seconds = (cpu() - began) / len(sample)
            print(f"{100 * counts[0] / counts[1]:>9.2f}{100 * counts[2] / counts[3]:>8.2f}{seconds:>7.2f} ", end="", flush=True)
        print("", *notes, sep="\n" if notes else "")


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--details"]
    number = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 12
    main(number, arguments, details="--details" in sys.argv)
