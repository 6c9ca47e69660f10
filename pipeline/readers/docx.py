"""DOCX → Source: the XML walked in reading order, with the list numbers that Word computes and does not store.

python-docx parses the parts and gives its tree; its objects for paragraphs and tables are passed by, because they
see neither list numbers nor text boxes, content controls and tracked changes, and opening a document with them takes
twenty times as long.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.model import Cell, Issue, Source, Zone
from pipeline.readers import common
from pipeline.readers.common import Draft, ReaderError
from pipeline.readers.docx_package import Package
from pipeline.readers.docx_paragraph import MC, SKIPPED, Bit, ParagraphReader, choice, segments
from pipeline.readers.docx_pictures import page_pictures, read_scans
from pipeline.readers.joining import page_number
from pipeline.readers.numbering import VAL, Counter, Numbering, Style, Styles, W, centered, number, toggle

_LITTLE_TEXT: Final = 200
_MAX_SPAN: Final = 1000
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PICTURES: Final = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)

_WRAPPERS: Final = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_PART_NAMES: Final = ("styles", "numbering", "footnotes", "endnotes", "settings")


def read_docx(data: bytes, threads: int = 1) -> Source:
    """The text of a DOCX with its automatic numbers: «1.1. Провести семинар.» although «1.1.» is not in the file."""
    return read_package(Package(data), threads)


def read_package(package: Package, threads: int = 1) -> Source:
    """The text of an opened DOCX; of one that holds little but pictures of pages, what can be recognized on them."""
    document = _Document(package)
    drafts = document.drafts()
    size = sum(len(draft.text) for draft in drafts if draft.zone in ("body", "footnote"))
    if size < _LITTLE_TEXT and (scans := page_pictures(document.pictures())):
        return read_scans(drafts, scans, package.issues, threads)
    if size < _LITTLE_TEXT and any(True for _ in document.body.iter(*_PICTURES)):
        message = "В документе есть изображения, а текста мало: возможно, не хватает страниц"
        package.issues.append(Issue("warning", "little_text", message))
    if any(True for _ in document.body.iter(W + "altChunk")):
        message = "В документ вложен другой файл, и его текст не прочитан: сохраните документ в Word заново"
        package.issues.append(Issue("warning", "nested_file", message))
    if not size:
        reason = package.issues[-1].message if package.issues else "документ пуст"
        raise ReaderError("no_text", f"В документе нет текста: {reason[0].lower()}{reason[1:]}")
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

    def pictures(self) -> Iterator[bytes]:
        """The files of the pictures in the order of the text, each once."""
        attributes = (_R + "embed", _R + "id")
        keys = [element.get(name) for element in self.body.iter(*_PICTURES) for name in attributes]
        for key in dict.fromkeys(filter(None, keys)):
            name = self._relations.get(key, ("", ""))[1]
            data = self._package.part(name)
            if data:
                yield data
            elif name:
                self._package.issues.append(Issue("error", "missing_picture", f"В документе нет картинки {name}"))

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
class _Carried:
    """A paragraph without its end mark: it goes on in the next one."""

    bits: list[Bit] = field(default_factory=list)
    label: str | None = None
    level: int | None = None


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
        self._carried = _Carried()

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
            if tag == W + "p":
                self._paragraph(child)
            elif tag == W + "tbl":
                self._flush()
                self._table(child)
            elif tag == MC + "AlternateContent":
                self._members(choice(child))
            elif tag not in SKIPPED:
                self._members(child)

    def _flush(self) -> None:
        """A paragraph whose end mark is gone, but with nothing after it to flow into."""
        carried, self._carried = self._carried, _Carried()
        self._emit(carried, False)

    def _paragraph(self, element: Element) -> None:
        properties = element.find(W + "pPr")
        name = None if properties is None else properties.find(W + "pStyle")
        style = self._styles.paragraph(None if name is None else name.get(VAL))
        reader = ParagraphReader(self._styles, style)
        reader.read(element, bool(style.is_bold), bool(style.is_hidden))
        self.notes += reader.notes
        self._end(properties, style, reader.bits)
        carried, self._carried = self._carried, _Carried()
        for box in reader.boxes:
            self._blocks(box)
        self._carried = carried

    def _end(self, properties: Element | None, style: Style, bits: list[Bit]) -> None:
        """What the end mark says: a paragraph of its own, the first part of the next, or nothing at all."""
        bits, carried = [*self._carried.bits, *bits], self._carried
        mark = None if properties is None else properties.find(W + "rPr")
        if _is_drop_cap(properties) or _has(mark, "del", "moveFrom"):
            self._carried = replace(carried, bits=bits)
        elif any(bit.text.strip() for bit in bits) or not _has(mark, "vanish"):
            label, level = self._label(properties, style)
            now = _Carried(bits, label or carried.label, level if label else carried.level)
            self._carried = now if _has(mark, "specVanish") else _Carried()
            if not _has(mark, "specVanish"):
                own = centered(properties)
                self._emit(now, bool(style.is_centered if own is None else own))

    def _label(self, properties: Element | None, style: Style) -> tuple[str | None, int | None]:
        place = self._numbering.place(properties, style)
        label = self._counter.next(*place) if place else None
        return (label, place[1]) if place and label else (None, None)

    def _emit(self, whole: _Carried, is_centered: bool) -> None:
        label, level = whole.label, whole.level
        parts = list(segments(whole.bits))
        if not parts and label and self._cell and any(char.isalnum() for char in label):
            parts = [("", False)]  # the column «№ п/п» often holds nothing but automatic numbers
        for index, (text, is_bold) in enumerate(parts):
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
        column = _columns(before, 0)
        for element in _inside(row, W + "tc"):
            properties = element.find(W + "tcPr")
            if not _is_continued(properties, column, merged) and not _is_gone(properties):
                self._cell = replace(first, column=column)
                self._blocks(element)
            span = None if properties is None else properties.find(W + "gridSpan")
            column += _columns(span, 1)


def _columns(element: Element | None, least: int) -> int:
    return min(max(number(element, least), least), _MAX_SPAN)


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those in content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _is_gone(properties: Element | None) -> bool:
    """A row or a cell deleted with tracking, or a hidden row."""
    return _has(properties, "del", "cellDel", "hidden")


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


def _is_drop_cap(properties: Element | None) -> bool:
    frame = None if properties is None else properties.find(W + "framePr")
    return frame is not None and frame.get(W + "dropCap", "none") != "none"


def _has(properties: Element | None, *names: str) -> bool:
    return properties is not None and any(toggle(properties.find(W + name)) for name in names)
