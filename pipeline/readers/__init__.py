"""Bytes → Source: the content tells the format, the name of the file does not matter."""

from __future__ import annotations

import io
import zipfile
import zlib

from pipeline.model import Source
from pipeline.readers.common import ReaderError

__all__ = ["ReaderError", "read", "sniff"]

_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = _OFFICE + "wordprocessingml.document"
_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    (b"{\\rtf", "application/rtf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
)
_NAMES = {
    "application/msword": "старый документ Word (DOC) или защищённый паролем",
    "application/rtf": "документ RTF",
    "application/vnd.oasis.opendocument.text": "документ OpenDocument (ODT)",
    _OFFICE + "spreadsheetml.sheet": "таблица Excel",
    _OFFICE + "presentationml.presentation": "презентация PowerPoint",
    "application/zip": "архив ZIP",
    "text/html": "страница HTML",
}


def sniff(data: bytes) -> str:
    """The media type by content: a PDF named «протокол.docx» is `application/pdf`."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "application/x-empty"
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zip_type(data)
    found = next((media for magic, media in _MAGIC if data.startswith(magic)), None)
    if found and not (found == "image/bmp" and _is_text(data)):
        return found
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    return "text/plain" if _is_text(data) else "application/octet-stream"


def _zip_type(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return archive.read("mimetype").decode("ascii", errors="replace").strip()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return DOCX if b"word/" in data[:65536] else "application/zip"
    for folder, media in (("word/", DOCX), ("xl/", _OFFICE + "spreadsheetml.sheet"), ("ppt/", _OFFICE + "presentationml.presentation")):
        if any(name.startswith(folder) for name in names):
            return media
    return "application/zip"


def _is_text(data: bytes) -> bool:
    """No control bytes but blanks, unless it is UTF-16."""
    sample = data[:4096]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    zeros = sample.count(0)
    if zeros:
        return zeros > len(sample) // 16 and (sample[1::2].count(4) + sample[0::2].count(4)) > len(sample) // 8
    return sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a\x1b" for byte in sample) * 50 < len(sample)


def read(data: bytes) -> Source:
    """The text of a DOCX, PDF or TXT; raises `ReaderError` where there is none to be had."""
    media = sniff(data)
    if media == DOCX:
        from pipeline.readers.docx import read_docx

        return read_docx(data)
    if media == "application/pdf":
        from pipeline.readers.pdf import read_pdf

        return read_pdf(data)
    if media == "text/plain":
        from pipeline.readers.txt import read_txt

        return read_txt(data)
    if media == "application/x-empty":
        raise ReaderError("empty_file", "Файл пуст")
    name = _NAMES.get(media, media)
    raise ReaderError("unsupported_format", f"Формат не поддерживается: {name}")
