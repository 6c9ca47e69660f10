"""Documents as pictures of their pages: printed to PDF, rendered, degraded, packed into a PDF of pictures."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image as Picture

from tests.archive import docx_file
from tests.archive.markup import Document
from tests.office import convert
from tests.scans.degrade import CONDITIONS, Image


def printed(documents: Iterable[Document]) -> dict[str, bytes]:
    """Documents of the sample archive as Word would print them: stem → PDF, through LibreOffice."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stems = {}
        for index, document in enumerate(documents):
            (folder / f"{index}.docx").write_bytes(docx_file.build(document))
            stems[str(index)] = document.stem
        convert(sorted(folder.glob("*.docx")), "pdf", folder)
        return {stem: (folder / f"{index}.pdf").read_bytes() for index, stem in stems.items()}


def rendered(pdf: bytes, dpi: int) -> list[Image]:
    """The pages of a PDF as RGB pixels."""
    document = pypdfium2.PdfDocument(pdf)
    return [np.asarray(page.render(scale=dpi / 72).to_pil().convert("RGB")) for page in document]


def scanned(pdf: bytes, condition: str, seed: int = 0) -> list[Image]:
    """The pages of a PDF as they come from a scanner in one of the conditions."""
    dpi, degrade = CONDITIONS[condition]
    return [degrade(page, seed * 100 + number) for number, page in enumerate(rendered(pdf, dpi))]


def picture_pdf(pages: Sequence[Image], dpi: int, *, quality: int = 85) -> bytes:
    """A PDF that holds pictures of pages only, as scanners write it."""
    out = io.BytesIO()
    first, *rest = [Picture.fromarray(page) for page in pages]
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=dpi, quality=quality)
    return out.getvalue()
