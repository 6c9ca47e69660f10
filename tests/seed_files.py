"""A protocol's text as an automatically numbered DOCX, a PDF and a scan, by the builders of the sample archive."""

from __future__ import annotations

import re

from tests.archive import docx_file, pdf_file
from tests.archive.markup import Block, Document
from tests.scans.printing import picture_pdf, scanned

_NUMBERED = re.compile(r"(\d{1,2})\.\s+(.+)", re.DOTALL)
_DASHED = re.compile(r"[-–]\s+(.+)", re.DOTALL)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: blank lines part them; a break inside is written «\\n», as the markup has it."""
    bare = text.replace("\r\n", "\n").replace("***", "").replace("**", "").lstrip("\ufeff")
    found = []
    for part in re.split(r"\n\s*\n", bare):
        lines = [line.rstrip("\\ ").strip() for line in part.split("\n")]
        found += _split_items([line for line in lines if line and line != "---"])
    return found


def _split_items(lines: list[str]) -> list[str]:
    """Items of a list that stand line under line are paragraphs of their own."""
    found: list[str] = []
    for line in lines:
        if found and not (_NUMBERED.match(line) or _DASHED.match(line)):
            found[-1] += "\\n" + line
        else:
            found.append(line)
    return found


def docx(text: str) -> bytes:
    """A DOCX whose «1.», «2.» and «-» are Word's automatic numbers and not in the text."""
    blocks: list[Block] = []
    expected, in_list = 0, False
    for paragraph in paragraphs(text):
        numbered, dashed = _NUMBERED.fullmatch(paragraph), _DASHED.fullmatch(paragraph)
        if numbered and int(numbered[1]) in (1, expected):
            if int(numbered[1]) == 1:
                blocks.append(Block("list", "goals"))
            blocks.append(Block("item", numbered[2], level=1))
            expected, in_list = int(numbered[1]) + 1, True
        elif dashed:
            if not in_list:
                blocks.append(Block("list", "goals"))
                expected, in_list = 0, True
            blocks.append(Block("item", dashed[1], level=2))
        else:
            blocks.append(Block("paragraph", paragraph))
    return docx_file.build(Document({}, tuple(blocks)))


def pdf(text: str) -> bytes:
    """A PDF with a text layer; the numbers are printed."""
    blocks = [Block("paragraph", line) for paragraph in paragraphs(text) for line in (*paragraph.split("\\n"), "")]
    return pdf_file.build(Document({}, tuple(block if block.text else Block("blank") for block in blocks)))


def scan(text: str) -> bytes:
    """A PDF of pictures: the printed pages from a good scanner at 200 dpi."""
    return picture_pdf(scanned(pdf(text), "clean 200 dpi", 1), 200)
