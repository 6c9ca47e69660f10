"""Bytes in, `Source` out: the content of a file decides which reader takes it, never its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from pipeline.model import Source
from pipeline.readers.charset import utf16_without_mark
from pipeline.readers.common import (
    BY_OFFICE,
    DOC,
    DOCX,
    FLAT_ODT,
    HTML,
    MAX_FILE_BYTES,
    MEGABYTE,
    MHTML,
    ODT,
    PDF,
    PICTURES,
    RTF,
    TXT,
    WORD_XML,
    ReaderError,
)

__all__ = ["ReaderError", "read", "sniff"]

EMPTY: Final = "application/x-empty"
ZIP: Final = "application/zip"
OLE: Final = "application/x-ole-storage"
XML: Final = "application/xml"
UNKNOWN: Final = "application/octet-stream"
_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_XLSX: Final = _OOXML + "spreadsheetml.sheet"
_PPTX: Final = _OOXML + "presentationml.presentation"

_MAGIC: Final = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
)
_ZIP_FOLDERS: Final = (("word/", DOCX), ("xl/", _XLSX), ("ppt/", _PPTX))
_OLE_MARKS: Final = (
    ("WordDocument".encode("utf-16-le"), DOC),
    ("Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
    ("PowerPoint Document".encode("utf-16-le"), "application/vnd.ms-powerpoint"),
    ("EncryptedPackage".encode("utf-16-le"), "application/x-ole-encrypted"),
    (b"\xec\xa5\xc1\0", DOC),  # the head of the text, in a file cut off before its directory
    (b"\xec\xa5\x01\x01", DOC),  # … as LibreOffice writes it
)
_BLANK: Final = b"\0 \t\r\n\v\f\xef\xbb\xbf\xff\xfe"
_HEAD: Final = 4096
_PROLOGUE: Final = r"(?>(?:<\?xml[^>]*>|<!--.*?-->|\s)*)"
_TAGS: Final = r"!doctype\s+html|html|head|body|meta|title|style|div|table|center|font|h[1-6]|p|br|span|b|strong"
_TEXTS: Final = tuple(
    (re.compile(pattern, re.DOTALL), media_type)
    for pattern, media_type in (
        (_PROLOGUE + r"<\?mso-application [^>]*word\.document", WORD_XML),
        (r"<\?xml.*?<w:worddocument\b", WORD_XML),
        (r"<\?xml.*?<office:document\b.*?opendocument\.text\b", FLAT_ODT),
        (rf"{_PROLOGUE}<(?:{_TAGS})\b[^<]*>", HTML),
        (r"<\?xml\b", XML),
        (r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related\b", MHTML),
    )
)
_CONTROLS: Final = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a")
_UNSUPPORTED: Final = {
    "application/vnd.ms-excel": "таблица Excel (XLS)",
    "application/vnd.ms-powerpoint": "презентация PowerPoint",
    "application/x-ole-encrypted": "документ Office, защищённый паролем",
    OLE: "файл старого Office",
    _XLSX: "таблица Excel (XLSX)",
    _PPTX: "презентация PowerPoint (PPTX)",
    ZIP: "архив ZIP",
    "application/vnd.rar": "архив RAR",
    "application/x-7z-compressed": "архив 7-Zip",
    "application/gzip": "архив GZip",
    XML: "файл XML",
    "image/vnd.djvu": "скан DjVu",
    UNKNOWN: "неизвестный двоичный файл",
}


def read(data: bytes, threads: int = 1) -> Source:
    """Read a document: the bytes of «протокол.docx» → its canonical text with paragraphs and lines."""
    if len(data) > MAX_FILE_BYTES:
        raise ReaderError("too_large", f"Файл больше {MAX_FILE_BYTES // MEGABYTE} МБ: это не протокол")
    media_type = sniff(data)
    if media_type == TXT:
        from pipeline.readers.txt import read_txt

        return read_txt(data)
    if media_type == DOCX:
        from pipeline.readers.docx import read_docx

        return read_docx(data, threads)
    if media_type == PDF:
        from pipeline.readers.pdf import read_pdf

        return read_pdf(data, threads)
    if media_type in PICTURES:
        from pipeline.readers.scan.files import read_picture

        return read_picture(data, media_type, threads)
    if media_type in BY_OFFICE:
        from pipeline.readers.office import read_office

        return read_office(data, media_type)
    if media_type == HTML:
        from pipeline.readers.html import read_html

        return read_html(data)
    if media_type == MHTML:
        from pipeline.readers.html import read_mhtml

        return read_mhtml(data)
    if media_type == WORD_XML:
        from pipeline.readers.word_xml import read_word_xml

        return read_word_xml(data)
    if media_type == EMPTY:
        raise ReaderError("empty_file", "Файл пуст")
    what = _UNSUPPORTED[media_type]
    message = f"Это {what}; читаются DOCX, DOC, RTF, ODT, PDF, HTML, TXT и картинки: пересохраните в одном из них"
    raise ReaderError("unsupported_format", message)


def sniff(data: bytes) -> str:
    """The media type by content: b'%PDF-1.7 …' → «application/pdf», whatever the file is called."""
    if not data[:4096].strip(_BLANK) and not data.strip(_BLANK):
        return EMPTY
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if data[:64].lstrip(_BLANK).startswith(b"{\\rtf"):
        return RTF
    found = next((media_type for magic, media_type in _MAGIC if data.startswith(magic)), None)
    return _sniff_ole(data) if found == OLE else found or _sniff_text(data)


def _sniff_zip(data: bytes) -> str:
    """What is inside a ZIP; one that cannot be opened, but names a Word part, is a damaged DOCX."""
    if b"mimetype" + ODT.encode() in data[:200]:
        return ODT
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except Exception:  # zipfile raises a dozen kinds on damaged input
        return DOCX if b"word/" in data or b"[Content_Types].xml" in data[:4096] else ZIP
    return next((media for folder, media in _ZIP_FOLDERS if any(name.startswith(folder) for name in names)), ZIP)


def _sniff_ole(data: bytes) -> str:
    """The streams of an OLE file are named in its directory, in UTF-16."""
    return next((media_type for mark, media_type in _OLE_MARKS if mark in data), OLE)


def _sniff_text(data: bytes) -> str:
    wide = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else utf16_without_mark(data)
    head = data[:_HEAD].decode(wide or "latin-1", "replace").lstrip("\ufeffï»¿ \t\r\n").lower()
    if found := next((media_type for pattern, media_type in _TEXTS if pattern.match(head)), None):
        return found
    if wide:
        return TXT
    sample = data[:65_536]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return UNKNOWN if controls > 0.02 * len(sample) else TXT
