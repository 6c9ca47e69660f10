"""DOCX → Source: the XML walked in reading order, with the list numbers that Word computes and does not store.

python-docx parses the parts and gives its tree; its objects for paragraphs and tables are passed by, because they
see neither list numbers nor text boxes, content controls and tracked changes, and opening a document with them takes
twenty times as long.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.clean import compose
from pipeline.model import Cell, Issue, Source, Zone
from pipeline.readers import common
from pipeline.readers.common import Draft, ReaderError
from pipeline.readers.docx_package import Package
from pipeline.readers.joining import page_number
from pipeline.readers.numbering import VAL, Counter, Numbering, Style, Styles, W, bullet, centered, number, toggle

_LITTLE_TEXT: Final = 200
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PICTURES: Final = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)

_P, _T, _RUN, _BR = W + "p", W + "t", W + "r", W + "br"
_CHARACTERS: Final = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n",
    W + "noBreakHyphen": "-", W + "softHyphen": "\u00ad",
}  # fmt: skip
_SKIPPED: Final = frozenset(
    {W + name for name in ("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "rt")}
    | {W + "del", W + "moveFrom", W + "instrText", W + "delText", _MC + "Fallback"}
)
_WRAPPERS: Final = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_NOTES: Final = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_PART_NAMES: Final = ("styles", "numbering", "footnotes", "endnotes", "settings")


def read_docx(data: bytes) -> Source:
    """The text of a DOCX with its automatic numbers: «1.1. Провести семинар.» although «1.1.» is not in the file."""
    package = Package(data)
    document = _Document(package)
    drafts = document.drafts()
    size = sum(len(draft.text) for draft in drafts if draft.zone in ("body", "footnote"))
    has_pictures = size < _LITTLE_TEXT and any(True for _ in document.body.iter(*_PICTURES))
    if not size:
        message = "В документе только изображения, текста нет" if has_pictures else "В документе нет текста"
        raise ReaderError("no_text", message)
    if has_pictures:
        message = "В документе есть изображения, а текста мало: возможно, страницы отсканированы"
        package.issues.append(Issue("warning", "little_text", message))
    return common.build(drafts, common.DOCX, issues=package.issues)


class _Document:
    """The parts of a document in their order: body, headers, footers, notes."""

    def __init__(self, package: Package) -> None:
        roots = package.relations("").values()
        main = next((name for kind, name in roots if kind == "officeDocument"), "word/document.xml")
        root = package.tree(main)
        if root is None:
            root = package.tree("word/document.xml")
        body = None if root is None else root.find(W + "body")
        if body is None:
            raise ReaderError("damaged_docx", "Файл DOCX повреждён: в нём нет текста документа")
        self.body: Element = body
        self._package = package
        self._relations = package.relations(main)
        folder = posixpath.dirname(main)
        self._names = {kind: posixpath.join(folder, kind + ".xml") for kind in _PART_NAMES}
        self._names |= dict(self._relations.values())
        styles = Styles(package.optional(self._names["styles"]))
        self._walk = _Walk(styles, Numbering(package.optional(self._names["numbering"]), styles))

    def drafts(self) -> list[Draft]:
        """All paragraphs; a header's text comes once, however many pages and sections repeat it."""
        walk = self._walk
        walk.story(self.body, "body")
        body, walk.drafts = walk.drafts, []
        margins: dict[tuple[Zone, str], Draft] = {}
        for zone, root in self._margins():
            walk.story(root, zone)
        for draft in walk.drafts:
            margins.setdefault((draft.zone, draft.text), _numbered_page(draft))
        walk.drafts = []
        for root in self._notes():
            walk.story(root, "footnote")
        return [*body, *margins.values(), *walk.drafts]

    def _margins(self) -> Iterator[tuple[Zone, Element]]:
        """Headers, then footers; those of first and even pages only where the document uses them."""
        sections = [s for s in self.body.iter(W + "sectPr") if s.getparent().tag != W + "sectPrChange"]
        kinds = {"default", None}
        if any(toggle(section.find(W + "titlePg")) for section in sections):
            kinds.add("first")
        if self._has_even(sections):
            kinds.add("even")
        zones: tuple[Zone, ...] = ("header", "footer")
        for zone in zones:
            references = [r for section in sections for r in section.iterchildren(f"{W}{zone}Reference")]
            for key in dict.fromkeys(r.get(_R + "id", "") for r in references if r.get(W + "type") in kinds):
                root = self._package.optional(self._relations.get(key, ("", None))[1])
                if root is not None:
                    yield zone, root

    def _has_even(self, sections: Iterable[Element]) -> bool:
        if not any(r.get(W + "type") == "even" for section in sections for r in section):
            return False
        settings = self._package.optional(self._names["settings"])
        return settings is not None and bool(toggle(settings.find(W + "evenAndOddHeaders")))

    def _notes(self) -> Iterator[Element]:
        """Footnotes and endnotes in the order in which the text refers to them."""
        for kind in ("footnote", "endnote"):
            wanted = [key for note, key in self._walk.notes if note == kind]
            root = self._package.optional(self._names[kind + "s"]) if wanted else None
            found = {} if root is None else {note.get(W + "id"): note for note in root.iterchildren(W + kind)}
            yield from (found[key] for key in dict.fromkeys(wanted) if key in found)


def _numbered_page(draft: Draft) -> Draft:
    return draft if page_number(draft.text) is None else replace(draft, zone="page_number")


@dataclass(frozen=True, slots=True)
class _Bit:
    """A stretch of a paragraph in one look; «\\n» alone is a line break."""

    text: str
    is_bold: bool


class _Walk:
    """Goes through blocks and collects paragraphs."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.drafts: list[Draft] = []
        self.notes: list[tuple[str, str]] = []
        self._styles = styles
        self._numbering = numbering
        self._counter: Counter = numbering.counter()
        self._zone: Zone = "body"
        self._cell: Cell | None = None
        self._tables = 0
        self._carried: list[_Bit] = []

    def story(self, root: Element, zone: Zone) -> None:
        """Walk one text of its own: lists count afresh in a header."""
        self._counter, self._zone = self._numbering.counter(), zone
        self._blocks(root)

    def _blocks(self, container: Element) -> None:
        self._members(container)
        self._flush()

    def _members(self, container: Iterable[Element]) -> None:
        for child in container:
            tag = child.tag
            if tag == _P:
                self._paragraph(child)
            elif tag == W + "tbl":
                self._flush()
                self._table(child)
            elif tag == _MC + "AlternateContent":
                self._members(_choice(child))
            elif tag not in _SKIPPED:
                self._members(child)

    def _flush(self) -> None:
        """A paragraph whose end mark is gone, but with nothing after it to flow into."""
        bits, self._carried = self._carried, []
        self._emit(bits, None, None, False)

    def _paragraph(self, element: Element) -> None:
        properties = element.find(W + "pPr")
        name = None if properties is None else properties.find(W + "pStyle")
        style = self._styles.paragraph(None if name is None else name.get(VAL))
        reader = _ParagraphReader(self._styles, style)
        reader.read(element, style.is_bold or False, style.is_hidden or False)
        self.notes += reader.notes
        bits, self._carried = [*self._carried, *reader.bits], []
        if _flows_on(properties):
            self._carried = bits
        elif any(bit.text.strip() for bit in bits) or not _is_hidden(properties):
            place = self._numbering.place(properties, style)
            label = self._counter.next(*place) if place else None
            is_centered = centered(properties)
            is_centered = style.is_centered if is_centered is None else is_centered
            self._emit(bits, label, place[1] if place and label else None, bool(is_centered))
        for box in reader.boxes:
            self._blocks(box)

    def _emit(self, bits: list[_Bit], label: str | None, level: int | None, is_centered: bool) -> None:
        segments = list(_segments(bits))
        if not segments and label and self._cell and any(char.isalnum() for char in label):
            segments = [("", False)]  # the column «№ п/п» holds nothing but automatic numbers
        for index, (text, is_bold) in enumerate(segments):
            if index:
                label, level = None, None
            full = f"{label} {text}".rstrip() if label else text
            draft = Draft(full, (), None, self._zone, label, level, self._cell, is_bold, is_centered, index > 0)
            self.drafts.append(draft)

    def _table(self, element: Element) -> None:
        outer, table = self._cell, self._tables
        self._tables += 1
        merged: set[int] = set()
        rows = (row for row in _inside(element, W + "tr") if not _is_gone(row.find(W + "trPr")))
        for index, row in enumerate(rows):
            self._row(row, Cell(table, index, 0), merged)
        self._cell = outer

    def _row(self, row: Element, first: Cell, merged: set[int]) -> None:
        """The cells of a row; `merged` holds the columns in which a cell reaches down from above."""
        before = row.find(f"{W}trPr/{W}gridBefore")
        column = max(number(before, 0), 0)
        for element in _inside(row, W + "tc"):
            properties = element.find(W + "tcPr")
            if not _is_continued(properties, column, merged) and not _is_gone(properties):
                self._cell = replace(first, column=column)
                self._blocks(element)
            span = None if properties is None else properties.find(W + "gridSpan")
            column += max(number(span, 1), 1)


def _choice(alternatives: Element) -> Iterable[Element]:
    """What a modern Word shows; the fallback would tell the same again."""
    found = alternatives.find(_MC + "Choice")
    return (alternatives.find(_MC + "Fallback") if found is None else found) or ()


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those in content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _is_gone(properties: Element | None) -> bool:
    """A row or a cell deleted with tracking, or a hidden row."""
    if properties is None:
        return False
    is_deleted = any(properties.find(W + name) is not None for name in ("del", "cellDel"))
    return is_deleted or bool(toggle(properties.find(W + "hidden")))


def _is_continued(properties: Element | None, column: int, merged: set[int]) -> bool:
    if properties is None:
        return False
    across, down = properties.find(W + "hMerge"), properties.find(W + "vMerge")
    if across is not None and across.get(VAL) != "restart":
        return True
    if down is None:
        merged.discard(column)
    elif down.get(VAL) == "restart" or column not in merged:
        merged.add(column)
        return False
    return down is not None


def _flows_on(properties: Element | None) -> bool:
    """Whether a paragraph goes on in the next: its end mark is deleted or a style separator, or it is a drop cap."""
    if properties is None:
        return False
    frame, mark = properties.find(W + "framePr"), properties.find(W + "rPr")
    if frame is not None and frame.get(W + "dropCap", "none") != "none":
        return True
    return mark is not None and any(mark.find(W + name) is not None for name in ("del", "moveFrom", "specVanish"))


def _is_hidden(properties: Element | None) -> bool:
    mark = None if properties is None else properties.find(f"{W}rPr/{W}vanish")
    return bool(toggle(mark))


def _segments(bits: Iterable[_Bit]) -> Iterator[tuple[str, bool]]:
    """The printed lines between line breaks, each with whether all of it is bold; blank ones are left out."""
    text, is_bold = "", True
    for bit in (*bits, _Bit("\n", True)):
        if bit.text != "\n":
            text += bit.text
            is_bold = is_bold and (bit.is_bold or not bit.text.strip())
            continue
        yield from ((line.strip(), is_bold) for line in compose(text).split("\n") if line.strip())
        text, is_bold = "", True


class _ParagraphReader:
    """Reads what a paragraph shows; text boxes are kept for later."""

    def __init__(self, styles: Styles, style: Style) -> None:
        self.bits: list[_Bit] = []
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []
        self._styles = styles
        self._style = style
        self._codes: list[bool] = []

    def read(self, parent: Iterable[Element], is_bold: bool, is_hidden: bool) -> None:
        """Take up the visible text below an element."""
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self.read(child, *self._look(child.find(W + "rPr")))
            elif tag in _SKIPPED:
                continue
            elif tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
            elif tag == _MC + "AlternateContent":
                self.read(_choice(child), is_bold, is_hidden)
            elif is_hidden or any(self._codes):
                self.read(child, is_bold, is_hidden)
            else:
                self._visible(child, tag, is_bold)

    def _visible(self, child: Element, tag: str, is_bold: bool) -> None:
        if tag in (_T, _MATH_TEXT):
            self.bits.append(_Bit((child.text or "").replace("\n", " "), is_bold))
        elif tag in _CHARACTERS:
            self.bits.append(_Bit(_CHARACTERS[tag], is_bold))
        elif tag == W + "sym":
            self.bits.append(_Bit(_symbol(child), is_bold))
        elif tag in _NOTES:
            self.notes.append((_NOTES[tag], child.get(W + "id", "")))
        elif tag == W + "txbxContent":
            self.boxes.append(child)
        else:
            self.read(child, is_bold, False)

    def _look(self, properties: Element | None) -> tuple[bool, bool]:
        """Bold and hidden; where the styles of the paragraph and of the run both say so, they cancel out in Word."""
        bold, hidden = self._style.is_bold or False, self._style.is_hidden or False
        if properties is None:
            return bold, hidden
        name = properties.find(W + "rStyle")
        if name is not None:
            style = self._styles.character(name.get(VAL))
            bold, hidden = bold != bool(style.is_bold), hidden != bool(style.is_hidden)
        own_bold, own_hidden = toggle(properties.find(W + "b")), toggle(properties.find(W + "vanish"))
        return bold if own_bold is None else own_bold, hidden if own_hidden is None else own_hidden

    def _field(self, kind: str | None) -> None:
        """Between `begin` and `separate` stands the code of a field, after that its result."""
        if kind == "begin":
            self._codes.append(True)
        elif self._codes and kind == "separate":
            self._codes[-1] = False
        elif self._codes and kind == "end":
            self._codes.pop()


def _symbol(element: Element) -> str:
    """A sign of a symbol font: the dash F02D → «–»; of another font its own character."""
    try:
        sign = chr(int(element.get(W + "char", ""), 16))
    except (ValueError, OverflowError):
        return ""
    return bullet(sign, element.get(W + "font", ""))
