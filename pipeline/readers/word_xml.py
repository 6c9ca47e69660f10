"""«Word 2003 XML» → DOCX: the same language in another namespace, with lists and styles inside the one file.

LibreOffice opens these files too, but prints their list numbers as «%0%.1.».
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Final

from docx.oxml.parser import parse_xml
from lxml import etree
from lxml.etree import _Element as Element

from pipeline.model import Source
from pipeline.readers.common import MAX_XML_BYTES, WORD_XML, ReaderError
from pipeline.readers.docx import read_docx
from pipeline.readers.numbering import VAL, W

_OLD: Final = b"http://schemas.microsoft.com/office/word/2003/wordml"
_AML: Final = "{http://schemas.microsoft.com/aml/2001/core}"
_SHOWN: Final = frozenset({"Word.Insertion", "Word.Formatting", "Word.Bookmark.Start", "Word.Bookmark.End"})
_NAMES: Final = {
    "listPr": "numPr", "ilfo": "numId", "vmerge": "vMerge", "hmerge": "hMerge", "nfc": "numFmt",
    "footnote": "txbxContent", "endnote": "txbxContent",  # they stand in the middle of their sentence
}  # fmt: skip
_FORMATS: Final = {
    "0": "decimal", "1": "upperRoman", "2": "lowerRoman", "3": "upperLetter", "4": "lowerLetter", "5": "ordinal",
    "22": "decimalZero", "23": "bullet", "58": "russianLower", "59": "russianUpper", "255": "none",
}  # fmt: skip


def read_word_xml(data: bytes) -> Source:
    """The text of a «документ Word 2003 XML», with its automatic numbers."""
    if len(data) > MAX_XML_BYTES:
        raise ReaderError("too_large", "Файл Word XML слишком велик: это не протокол")
    try:
        if b"<!DOCTYPE" in data or "<!DOCTYP".encode("utf-16-le") in data:
            raise ValueError("DTD")
        root: Element = parse_xml(data.replace(_OLD, W[1:-1].encode()))
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise ReaderError("damaged_word_xml", "Файл Word XML повреждён и не читается") from error
    _rename(root)
    return replace(read_docx(_packed(root)), media_type=WORD_XML)


def _rename(root: Element) -> None:
    """Give the elements their names of today, and take out what a tracked change or a comment hides."""
    for element in list(root.iter(_AML + "annotation")):
        if element.get(W + "type") not in _SHOWN and (parent := element.getparent()) is not None:
            parent.remove(element)
    for old, new in _NAMES.items():
        for element in list(root.iter(W + old)):
            element.tag = W + new
    for element in root.iter(W + "numFmt"):
        element.set(VAL, _FORMATS.get(element.get(VAL, ""), "decimal"))


def _packed(root: Element) -> bytes:
    """A DOCX of what the reader needs: the text, its styles, its lists."""
    document, numbering, styles = (etree.Element(W + name) for name in ("document", "numbering", "styles"))
    document.extend(root.findall(W + "body"))
    numbering.extend([_numbered(element) for element in root.findall(f"{W}lists/*")])
    styles.extend(root.findall(f"{W}styles/*"))
    parts = {"document": document, "numbering": numbering, "styles": styles}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(f"word/{name}.xml", etree.tostring(part))
    return out.getvalue()


def _numbered(element: Element) -> Element:
    """`listDef` → `abstractNum`, `list` → `num`."""
    if element.tag == W + "listDef":
        element.tag = W + "abstractNum"
        element.set(W + "abstractNumId", element.get(W + "listDefId", ""))
    elif element.tag == W + "list":
        element.tag = W + "num"
        element.set(W + "numId", element.get(W + "ilfo", ""))
        for link in element.findall(W + "ilst"):
            link.tag = W + "abstractNumId"
    return element
