"""DOCX files of the sample archive: automatic numbering, tables, and the same bytes on every build."""

import io
import re
import zipfile
from datetime import datetime
from itertools import groupby
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from tests.archive.markup import Block, Document

MOMENT = datetime(2024, 12, 2, 9, 0)
ALIGN = {"title": WD_ALIGN_PARAGRAPH.CENTER, "centre": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
DECIMAL = (("decimal", "%1."), ("decimal", "%1.%2."), ("decimal", "%1.%2.%3."))
SCHEMES: dict[str, tuple[tuple[str, str], ...]] = {
    "decimal": DECIMAL,
    "agenda": DECIMAL,
    "style": DECIMAL,
    "paren": (("decimal", "%1)"), ("russianLower", "%2)")),
    "roman": (("upperRoman", "%1."), ("legal", "%1.%2."), ("legal", "%1.%2.%3.")),
    "goals": (("decimal", "%1."), ("bullet", "-")),
    "dash": (("bullet", "–"),),
}


def build(document: Document) -> bytes:
    """The bytes of a DOCX file."""
    word = docx.Document()
    set_look(word)
    Writer(word).write(document.blocks)
    raw = io.BytesIO()
    word.save(raw)
    return repacked(raw.getvalue())


def set_look(word: Any) -> None:
    """Font, margins and fixed properties."""
    font = word.styles["Normal"].font
    font.name, font.size = "Times New Roman", Pt(12)
    word.styles["Normal"].paragraph_format.space_after = Pt(4)
    section = word.sections[0]
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    properties = word.core_properties
    properties.created = properties.modified = MOMENT
    properties.author = properties.last_modified_by = "Делопроизводитель"
    properties.title = properties.comments = ""


def repacked(data: bytes) -> bytes:
    """The same package with fixed times in its entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, MOMENT.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


class Numbering:
    """The numbering part: one abstract list per scheme, one list instance per beginning."""

    def __init__(self, word: Any) -> None:
        self.root = word.part.numbering_part.element
        for child in list(self.root):
            self.root.remove(child)
        self.abstract: dict[str, int] = {}
        self.count = 0

    def begin(self, scheme: str) -> int:
        """A new list of the scheme; its number starts from 1 again."""
        if scheme not in self.abstract:
            self.add_abstract(scheme)
        self.count += 1
        override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        abstract = f'<w:abstractNumId w:val="{self.abstract[scheme]}"/>'
        self.root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{self.count}">{abstract}{override}</w:num>'))
        return self.count

    def add_abstract(self, scheme: str) -> None:
        """Declare a scheme; abstract lists must stand before all instances."""
        number = self.abstract[scheme] = len(self.abstract)
        levels = "".join(level_xml(index, *level) for index, level in enumerate(SCHEMES[scheme]))
        xml = (f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
               f"{levels}</w:abstractNum>")
        self.root.insert(number, parse_xml(xml))


def level_xml(index: int, form: str, text: str) -> str:
    """One level of an abstract list."""
    legal = "<w:isLgl/>" if form == "legal" else ""
    form = "decimal" if form == "legal" else form
    indent = f'<w:pPr><w:ind w:left="{360 * (index + 1)}" w:hanging="360"/></w:pPr>'
    return (f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{legal}'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>{indent}</w:lvl>')


class Writer:
    """Puts blocks into a Word document one after another."""

    def __init__(self, word: Any) -> None:
        self.word = word
        self.numbering = Numbering(word)
        self.scheme = ""
        self.list_id = 0
        self.lists: dict[str, int] = {}
        self.widths: list[float] = []

    def write(self, blocks: tuple[Block, ...]) -> None:
        """Write all blocks, runs of table rows as one table."""
        for kind, run in groupby(blocks, key=lambda block: block.kind):
            if kind in ("row", "columns"):
                self.table([block.cells for block in run], ruled=kind == "row")
            else:
                for block in run:
                    self.block(block)

    def block(self, block: Block) -> None:
        """Write one block that is not a table row."""
        if block.kind == "list":
            self.begin_list(*block.text.split())
        elif block.kind == "widths":
            self.widths = [float(width) for width in block.text.split()]
        elif block.kind == "page":
            self.word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif block.kind != "blank":
            self.paragraph(block)

    def begin_list(self, scheme: str, resume: str = "") -> None:
        """Begin a list, or resume the last one of the scheme (``#list NAME +``)."""
        if not resume:
            self.lists[scheme] = self.numbering.begin(scheme)
        self.scheme, self.list_id = scheme, self.lists[scheme]

    def paragraph(self, block: Block) -> None:
        """Write a paragraph, an item of a list or a two-ended line."""
        paragraph = self.word.add_paragraph()
        if block.kind == "ends":
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(11))
        if block.kind == "item":
            self.number(paragraph, block.level)
        paragraph.alignment = ALIGN.get(block.kind, None if block.kind == "ends" else WD_ALIGN_PARAGRAPH.JUSTIFY)
        fill(paragraph, "\\t".join(block.cells) or block.text, bold=block.kind in ("title", "label"))

    def number(self, paragraph: Any, level: int) -> None:
        """Attach the current list: directly, or through the paragraph style."""
        if self.scheme == "style":
            paragraph.style = self.word.styles["List Number"]
            target = paragraph.style.element.get_or_add_pPr()
        else:
            target = paragraph._p.get_or_add_pPr()
        number = target.get_or_add_numPr()
        number.get_or_add_ilvl().set(qn("w:val"), str(level - 1))
        number.get_or_add_numId().set(qn("w:val"), str(self.list_id))

    def table(self, rows: list[tuple[str, ...]], ruled: bool) -> None:
        """Write a table; the first row of a ruled one is bold."""
        table = self.word.add_table(rows=len(rows), cols=len(rows[0]))
        table.autofit = False
        if ruled:
            table.style = "Table Grid"
        shares = self.widths or [100 / len(rows[0])] * len(rows[0])
        for index, row in enumerate(rows):
            for cell, text, share in zip(table.rows[index].cells, row, shares, strict=True):
                cell.width = Cm(16.5 * share / 100)
                fill(cell.paragraphs[0], text, bold=ruled and index == 0)
        self.widths = []


def fill(paragraph: Any, text: str, bold: bool) -> None:
    """Put marked text into a paragraph: bold runs, breaks and tabs."""
    for index, part in enumerate(text.split("**")):
        run = paragraph.add_run()
        run.bold = True if bold or index % 2 else None
        for piece in re.split(r"(\\n|\\t)", part):
            put(run, piece)


def put(run: Any, piece: str) -> None:
    """Add a piece of text, a break or a tab to a run."""
    if piece == "\\n":
        run.add_break()
    elif piece == "\\t":
        run.add_tab()
    elif piece:
        run.add_text(piece)
