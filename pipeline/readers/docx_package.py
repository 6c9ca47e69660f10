"""The package of a DOCX or an ODT: a ZIP archive of XML parts, opened as if somebody meant harm."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Final

from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from lxml import etree

from pipeline.model import Issue
from pipeline.readers import common
from pipeline.readers.common import ReaderError

MAX_MEMBERS: Final = 5_000
_STRICT: Final = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/": b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
"""«Strict Open XML» of Word differs in its namespaces."""
_TABLE_STYLE: Final = b'<w:style w:type="table"'
_STYLE_END: Final = b"</w:style>"
_DOCTYPES: Final = (b"<!DOCTYPE", "<!DOCTYP".encode("utf-16-le"))
_BAD_ZIP: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)


class Package:
    """The ZIP archive: parts by name, within limits."""

    def __init__(self, data: bytes, kind: str = "DOCX") -> None:
        self.issues: list[Issue] = []
        self._kind = kind
        _check_members(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BAD_ZIP as error:
            raise self._damaged("архив не открывается") from error
        members = self._zip.infolist()
        _check_size(sum(member.file_size for member in members), len(data))
        self._members = {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in members}

    def tree(self, name: str) -> Element | None:
        """A part as XML; None where there is none."""
        data = self.part(name)
        return None if data is None else self._parsed(data, name)

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none."""
        member = self._members.get(name.lower())
        return None if member is None else self._bytes(member)

    def optional(self, name: str | None) -> Element | None:
        """A part that the text can be read without: a damaged one leaves a warning."""
        try:
            return None if name is None else self.tree(name)
        except ReaderError as error:
            if error.code == "zip_bomb":
                raise
            message = f"Часть документа повреждена и не прочитана: {name}"
            self.issues.append(Issue("warning", "damaged_part", message))
            return None

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that a part names, by their id: «rId3» → («header», «word/header1.xml»)."""
        folder, base = posixpath.split(part)
        root = self.optional(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, tuple[str, str]] = {}
        for element in () if root is None else root:
            target = element.get("Target")
            if target and element.get("TargetMode") != "External":
                name = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                found[element.get("Id", "")] = (element.get("Type", "").rsplit("/", 1)[-1], name)
        return found

    def _bytes(self, member: zipfile.ZipInfo) -> bytes:
        """What the directory declares and not a byte more: whoever lies there fails the checksum."""
        if member.file_size > common.MAX_XML_BYTES:
            raise ReaderError("zip_bomb", f"Часть документа слишком велика: {member.filename}")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._damaged("неизвестный способ сжатия")
        try:
            with self._zip.open(member) as stream:
                return stream.read(member.file_size + 1)
        except _BAD_ZIP as error:
            raise self._damaged(f"не читается {member.filename}") from error

    def _parsed(self, data: bytes, name: str) -> Element:
        """The tree of a part. Office files have no DTD, so one is an attempt to make entities swell or read files."""
        for strict, usual in _STRICT.items() if b"purl.oclc.org" in data else ():
            data = data.replace(strict, usual)
        try:
            if any(doctype in data for doctype in _DOCTYPES):
                raise ValueError("DTD")
            root = parse_xml(_without_table_styles(data))
            if root.getroottree().docinfo.internalDTD is not None:
                raise ValueError("DTD")
        except (etree.LxmlError, ValueError, LookupError) as error:
            raise self._damaged(f"не читается {name}") from error
        return root

    def _damaged(self, how: str) -> ReaderError:
        return ReaderError(f"damaged_{self._kind.lower()}", f"Файл {self._kind} повреждён: {how}")


def _check_members(data: bytes) -> None:
    """Counted before the directory is read: a million entries would take their time."""
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise ReaderError("zip_bomb", "В архиве документа слишком много файлов")


def _check_size(unpacked: int, packed: int) -> None:
    is_dense = unpacked > common.RATIO_FROM_BYTES and unpacked > common.MAX_RATIO * packed
    if unpacked > common.MAX_UNPACKED_BYTES or is_dense:
        raise ReaderError("zip_bomb", "Распакованный документ слишком велик")


def _without_table_styles(data: bytes) -> bytes:
    """They say nothing of the text and are often nine tenths of the styles: parsing them would take longest of all."""
    kept, at = [], 0
    while (start := data.find(_TABLE_STYLE, at)) >= 0:
        end = data.find(_STYLE_END, start)
        if end < 0 or data.find(b"<w:style ", start + 1, end) >= 0:
            break
        kept.append(data[at:start])
        at = end + len(_STYLE_END)
    return b"".join([*kept, data[at:]]) if at else data
