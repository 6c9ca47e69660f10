"""PDF pages of which it is known whether their text layer is to be taken or the page must go to OCR.

Written by somebody who saw no rule of the reader, from what lies in offices' archives; never edited to fit a rule.
``python -m tests.layer_pages FOLDER`` writes all files for looking.

Left out as debatable:
* blank pages, and pages of photos with a single caption: nothing is lost either way;
* an OCR layer with 5 to 27 % of wrong characters, and one that covers half of its page;
* a layer in which only capitals are wrong (cp1251 taken for Mac Cyrillic), or only the bold words;
* Russian transliterated on purpose, pages wholly in English, text hidden as white on white;
* letters that are garbled on the paper too: OCR would give the same;
* a typed page with a picture of text in it (a scanned table between paragraphs): both ways lose something;
* words placed without space characters and with gaps under 3 points: that tests the splitting of words, not the layer;
* scans in handwriting: neither way reads them.
"""

import io
import random
import sys
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.layers.unusable import UNUSABLE
from tests.layers.usable import USABLE

PAINTERS = {**USABLE, **UNUSABLE}
PAGES = 3  # of each kind, in a file of its own
MIXED = {
    "scanned_title": ("scan_grey", "typed", "typed", "signatures"),
    "scanned_title_stamped": ("scan_certificate", "typed_glyphs", "typed_hyphens", "heading_only", "figures"),
    "scan_behind": ("typed", "typed", "scan_fax"),
    "scan_between": ("typed_glyphs", "scan_page_number", "typed_glyphs", "tail"),
    "good_ocr_behind": ("typed", "typed", "good_ocr", "good_ocr_fax"),
    "half_recognised": ("good_ocr", "scan_grey", "ocr_bad", "good_ocr_under"),
    "stamped_all": ("scan_edms_footer", "stamped", "scan_edms_footer", "stamped"),
    "broken_font_between": ("typed", "mojibake_latin", "typed", "no_table"),
    "attachments": ("typed_columns", "heading_only", "register", "heading_only", "scan_smaller", "photos"),
    "outlined_cover": ("outlines", "letter_spaced", "typed_words", "big_logo"),
    "english_ocr_title": ("ocr_english", "good_ocr", "typed_letters"),
    "turned_attachment": ("typed", "typed_landscape", "scan_turned", "typed"),
}


@dataclass(frozen=True)
class LayerPage:
    """What is known of a page: the short name of its case, and whether its text layer is to be taken."""

    kind: str
    is_usable: bool


@dataclass(frozen=True)
class LayerFile:
    """A PDF file and the truth about its pages."""

    name: str
    data: bytes
    pages: tuple[LayerPage, ...]


def layer_files(seed: int = 0) -> list[LayerFile]:
    """All files: each kind by itself, then mixed ones."""
    plans = {**{kind: (kind,) * PAGES for kind in PAINTERS}, **{f"mixed_{name}": kinds for name, kinds in MIXED.items()}}
    return [layer_file(name, kinds, seed) for name, kinds in plans.items()]


def layer_file(name: str, kinds: tuple[str, ...], seed: int) -> LayerFile:
    """A file with a page of each of these kinds."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    for number, kind in enumerate(kinds):
        canvas.setPageSize(A4)
        canvas.setPageRotation(0)
        PAINTERS[kind](canvas, random.Random(f"{seed}/{name}/{number}"))
        canvas.showPage()
    canvas.save()
    return LayerFile(f"{name}.pdf", out.getvalue(), tuple(LayerPage(kind, kind in USABLE) for kind in kinds))


def main(folder: Path) -> None:
    """Write all files."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in layer_files():
        (folder / file.name).write_bytes(file.data)
        print(file.name, *(f"{page.kind}:{'take' if page.is_usable else 'ocr'}" for page in file.pages))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
