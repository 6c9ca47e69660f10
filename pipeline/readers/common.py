"""What all readers share: the error for the clerk, the limits, and the builder of a `Source`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from pipeline.model import Box, Cell, Doubt, Issue, Line, PageGrade, Paragraph, Source, Zone

MEGABYTE: Final = 1024 * 1024
MAX_FILE_BYTES: Final = 150 * MEGABYTE
MAX_TEXT_BYTES: Final = 5 * MEGABYTE
MAX_TEXT_LINES: Final = 100_000
"""A protocol has some 10 kB of text in 200 lines; a text file beyond this is a log or a dump."""
MAX_UNPACKED_BYTES: Final = 500 * MEGABYTE
MAX_XML_BYTES: Final = 60 * MEGABYTE
"""One XML part of a DOCX: its tree takes about ten times the memory."""
MAX_RATIO: Final = 250
"""Unpacked to packed size of a large archive member: typed XML reaches 50, a zip bomb 1000."""
RATIO_FROM_BYTES: Final = 10 * MEGABYTE
MAX_HTML_BYTES: Final = 30 * MEGABYTE
"""A web page may have pictures in it; its text has the limit of any text."""
MAX_PAGES: Final = 1000
MAX_PAGE_CHARS: Final = 40_000
"""A printed page has 3,000 characters; a drawing or a map of hundreds of thousands would hold the reader for hours."""
MAX_PAGE_RULES: Final = 5_000

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"
TXT: Final = "text/plain"
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/tiff", "image/gif", "image/bmp", "image/webp"})
DOC: Final = "application/msword"
ODT: Final = "application/vnd.oasis.opendocument.text"
FLAT_ODT: Final = "application/vnd.oasis.opendocument.text-flat-xml"
RTF: Final = "application/rtf"
WORD_XML: Final = "application/vnd.ms-word.2003+xml"
HTML: Final = "text/html"
MHTML: Final = "multipart/related"
BY_OFFICE: Final = (DOC, ODT, FLAT_ODT, RTF)
"""What LibreOffice turns into DOCX for us."""


class ReaderError(Exception):
    """A file that cannot be read: bad input, not a bug. `message` is in Russian, for the clerk."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message

    @property
    def is_unsupported(self) -> bool:
        """Whether the format is none of ours, so that nothing is wrong with the file itself."""
        return self.code == "unsupported_format"


@dataclass(frozen=True, slots=True)
class Piece:
    """A physical line of a paragraph before it has its place: a stretch of the paragraph's text.

    The places of `doubts` count from the line's own start.
    """

    start: int
    end: int
    page_no: int | None = None
    box: Box | None = None
    confidence: float | None = None
    raw: str | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph before its place in the canonical text is known; without pieces its text is one line."""

    text: str
    pieces: tuple[Piece, ...] = ()
    page_no: int | None = None
    zone: Zone = "body"
    label: str | None = None
    level: int | None = None
    cell: Cell | None = None
    is_bold: bool = False
    is_centered: bool = False
    is_soft: bool = False


def build(
    drafts: Iterable[Draft],
    media_type: str,
    *,
    page_count: int | None = None,
    pages: Iterable[PageGrade] = (),
    issues: Iterable[Issue] = (),
) -> Source:
    """Put the paragraphs one after another and give everything its offsets: «А», «Б» → «А\\nБ»."""
    texts: list[str] = []
    paragraphs: list[Paragraph] = []
    lines: list[Line] = []
    doubts: list[Doubt] = []
    at = 0
    for draft in drafts:
        end = at + len(draft.text)
        texts.append(draft.text)
        paragraphs.append(_placed(draft, at, end))
        for piece in draft.pieces or (Piece(0, len(draft.text), draft.page_no),):
            start = at + piece.start
            lines.append(Line(start, at + piece.end, piece.page_no, piece.box, piece.confidence, piece.raw))
            doubts += [replace(doubt, start=start + doubt.start, end=start + doubt.end) for doubt in piece.doubts]
        at = end + 1
    return Source(
        "\n".join(texts),
        tuple(paragraphs),
        tuple(lines),
        media_type,
        pages=tuple(pages),
        page_count=page_count,
        doubts=tuple(doubts),
        issues=tuple(issues),
    )


def _placed(draft: Draft, start: int, end: int) -> Paragraph:
    return Paragraph(
        start,
        end,
        page_no=draft.page_no,
        zone=draft.zone,
        label=draft.label,
        level=draft.level,
        cell=draft.cell,
        is_bold=draft.is_bold,
        is_centered=draft.is_centered,
        is_soft=draft.is_soft,
    )


def join(first: Draft, second: Draft, separator: str, *, drop: int = 0) -> Draft:
    """Append a paragraph's text to another's: «ис-» and «пользование» with drop 1 → «использование»."""
    kept = first.text[: len(first.text) - drop]
    text = kept + separator + second.text
    shift = len(kept) + len(separator)
    before = [replace(piece, end=min(piece.end, len(kept))) for piece in pieces_of(first)]
    after = [replace(piece, start=piece.start + shift, end=piece.end + shift) for piece in pieces_of(second)]
    return replace(first, text=text, pieces=(*before, *after))


def pieces_of(draft: Draft) -> tuple[Piece, ...]:
    """The physical lines of a draft, also where it was made without any."""
    return draft.pieces or (Piece(0, len(draft.text), draft.page_no),)
