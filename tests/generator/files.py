"""A page as a file: TXT with its line breaks, DOCX with typed or automatic numbers, PDF with a text layer."""

from __future__ import annotations

import textwrap
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.fonts import roboto
from tests.generator.writing import Page, Paragraph


def to_text(page: Page, *, width: int | None = None, table: str = "bars", encoding: str = "utf-8") -> bytes:
    """The page as typed text, wrapped at a width or not; tables with bars, tabs or columns set by spaces."""
    lines: list[str] = []
    at = 0
    while at < len(page.paragraphs):
        if page.paragraphs[at].row:
            end = next((i for i in range(at, len(page.paragraphs)) if not page.paragraphs[i].row), len(page.paragraphs))
            lines += _typed_table([p.row for p in page.paragraphs[at:end]], table)
            at = end
            continue
        lines += _typed(page.paragraphs[at], width)
        at += 1
    return "\n".join(lines).encode(encoding, "replace")


def _typed(paragraph: Paragraph, width: int | None) -> list[str]:
    text = f"{paragraph.label} {paragraph.text}".strip() if paragraph.label else paragraph.text
    if width is None:
        return [text]
    indent = "" if paragraph.is_centered else "    "
    return textwrap.wrap(text, width, initial_indent=indent, break_long_words=False, break_on_hyphens=False) or [""]


def _typed_table(rows: list[tuple[str, ...]], style: str) -> list[str]:
    if style == "tabs":
        return ["\t".join(row) for row in rows]
    if style == "bars":
        return ["| " + " | ".join(row) + " |" for row in rows]
    widths = [max(map(len, column)) + 3 for column in zip(*rows, strict=True)]
    return ["".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def to_docx(page: Page, *, automatic: bool = False) -> bytes:
    """The page as a Word file; with `automatic` numbers the labels are Word's, and stand in no text."""
    document = Document()
    numbers = _Numbers(document) if automatic else None
    at = 0
    while at < len(page.paragraphs):
        paragraph = page.paragraphs[at]
        if paragraph.row:
            end = next((i for i in range(at, len(page.paragraphs)) if not page.paragraphs[i].row), len(page.paragraphs))
            rows = [p.row for p in page.paragraphs[at:end]]
            table = document.add_table(rows=len(rows), cols=len(rows[0]))
            for cells, row in zip(table.rows, rows, strict=True):
                for cell, text in zip(cells.cells, row, strict=True):
                    cell.text = text
            at = end
            continue
        made = document.add_paragraph()
        if paragraph.is_centered:
            made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        is_numbered = numbers is not None and numbers.number(made, paragraph.label)
        made.add_run(paragraph.text if is_numbered or not paragraph.label else f"{paragraph.label} {paragraph.text}")
        at += 1
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class _Numbers:
    """Lists of Word: a new one where the numbers begin anew, so that each goes on as printed."""

    def __init__(self, document: Any) -> None:
        self.root = document.part.numbering_part.element
        self.next_id = 100
        self.open: dict[str, tuple[int, int]] = {}  # format → list, last number

    def number(self, paragraph: Any, label: str) -> bool:
        """Give the paragraph its automatic number; compound numbers and dashes stay typed."""
        figure = label.rstrip(".)")
        if not figure.isdigit():
            return False
        form = "%1" + label[len(figure) :]
        number = int(figure)
        list_id, last = self.open.get(form, (0, -1))
        if number != last + 1:
            list_id = self._list(form, number)
        self.open[form] = list_id, number
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{list_id}"/></w:numPr>')
        )
        return True

    def _list(self, form: str, start: int) -> int:
        self.next_id += 1
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self.next_id}"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
            f'<w:numFmt w:val="decimal"/><w:lvlText w:val="{form}"/></w:lvl></w:abstractNum>'
        )
        self.root.insert(0, abstract)
        self.root.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{self.next_id}"><w:abstractNumId w:val="{self.next_id}"/></w:num>')
        )
        return self.next_id


def to_pdf(page: Page) -> bytes:
    """The page as a PDF with a text layer; tables with ruling lines."""
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph as Flowable
    from reportlab.platypus import SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(TTFont("Roboto", str(roboto())))
    style = ParagraphStyle("plain", fontName="Roboto", fontSize=11, leading=14, firstLineIndent=20, spaceAfter=3)
    centered = ParagraphStyle("centered", style, alignment=TA_CENTER, firstLineIndent=0)
    cell = ParagraphStyle("cell", style, firstLineIndent=0, fontSize=10)
    story: list[Any] = []
    rows: list[list[Any]] = []

    def close_table() -> None:
        if rows:
            grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
            story.append(Table(list(rows), colWidths=[30, 220, 110, 110], style=grid))
            story.append(Spacer(1, 8))
            rows.clear()

    for paragraph in page.paragraphs:
        if paragraph.row:
            rows.append([Flowable(_escaped(text), cell) for text in paragraph.row])
            continue
        close_table()
        text = f"{paragraph.label} {paragraph.text}" if paragraph.label else paragraph.text
        story.append(Flowable(_escaped(text), centered if paragraph.is_centered else style))
    close_table()
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(story)
    return out.getvalue()


def _escaped(text: str) -> str:
    kept = text.replace("&", "&amp;").replace("<", "&lt;")
    return kept.replace("  ", "\u00a0 ")
