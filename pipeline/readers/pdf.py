"""PDF → Source: typed pages by their text layer, scanned ones by recognition."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1

from pipeline.model import Issue, PageGrade, Source
from pipeline.nlp.morph import known_share
from pipeline.readers.common import MAX_PAGE_CHARS, MAX_PAGE_RULES, MAX_PAGES, MEGABYTE, PDF, ReaderError
from pipeline.readers.layout.page import Grid, Page, Word, rows_of
from pipeline.readers.layout.tables import fill
from pipeline.readers.pdf_layer import PageError, check_layer, is_blank, may_be_bettered
from pipeline.readers.pdf_pictures import Scan, page_count, rendered, scan_dpi
from pipeline.readers.pdf_words import words_of
from pipeline.readers.scan.assemble import Recognized
from pipeline.readers.scan.engine import require

_TAIL: Final = 2048
_MAX_CONTENT_BYTES: Final = 4 * MEGABYTE
"""Drawing commands of a page: a typed one has 0.1 MB; this much takes a quarter of a minute."""

for _name in ("pdfminer", "pdfplumber"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # a line for every odd font, which is no news to the clerk


def read_pdf(data: bytes, threads: int = 1) -> Source:
    """The text of a PDF: of its text layer, and page by page recognized where there is none that can be used."""
    document = _opened(data)
    found = _pages_of(document, data)
    read = Recognized(issues=_missing_pages(document, data, len(found)))
    scans: list[Scan] = []
    for number, page in enumerate(found, start=1):
        try:
            if _take_page(read, page, number):
                scans.append(Scan(number, scan_dpi(page)))
        except PageError as error:
            if error.is_scan:
                scans.append(Scan(number, scan_dpi(page), error.message))
            else:
                read.issues.append(_issue(error, number))
        page.close()
    if scans:
        _recognize(read, data, scans, threads)
    if not any(page.rows or page.grids for page in read.pages.values()):
        raise _nothing_read(len(found), read.issues)
    return read.source(PDF, len(found))


def _take_page(read: Recognized, page: Any, number: int) -> bool:
    """Take a page by its text layer; whether it is worth recognizing all the same."""
    taken = _page(page, number)
    share = known_share(" ".join(part.text for row in taken.rows for part in row))
    read.add(taken, PageGrade(number, "text_layer", float(page.width), float(page.height), known_share=share))
    if taken.is_drawing:
        read.issues.append(Issue("warning", "too_many_rules", f"Страница {number}: таблицы не искались", number))
    return may_be_bettered(page, share)


def _recognize(read: Recognized, data: bytes, scans: Sequence[Scan], threads: int) -> None:
    """Recognize the scanned pages, or say of each that it could not be done on this machine."""
    try:
        require()
    except ReaderError as error:
        for scan in scans:
            if scan.reason:
                read.issues.append(_issue(PageError(error.code, f"{scan.reason}. {error.message}"), scan.number))
    else:
        read.take(rendered(data, scans), threads)


def _issue(error: PageError, number: int) -> Issue:
    return Issue("error", error.code, f"Страница {number}: {error.message}", number)


def _opened(data: bytes) -> Any:
    try:
        return pdfplumber.open(io.BytesIO(data))
    except Exception as error:  # pdfminer lets all kinds out of a damaged file
        if any(isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in (error, *error.args)):
            raise ReaderError("encrypted_pdf", "Файл PDF защищён паролем") from error
        raise ReaderError("damaged_pdf", "Файл PDF повреждён и не открывается") from error


def _pages_of(document: Any, data: bytes) -> list[Any]:
    try:
        found = list(document.pages)
    except Exception as error:  # as above
        raise ReaderError("damaged_pdf", "Файл PDF повреждён: список страниц не читается") from error
    if not found and b"%%EOF" in data[-_TAIL:]:
        raise ReaderError("no_pages", "В файле PDF нет страниц")
    if not found:
        raise ReaderError("damaged_pdf", "Файл PDF повреждён: страницы не найдены")
    if len(found) > MAX_PAGES:
        raise ReaderError("too_large", f"В файле PDF {len(found)} страниц, предел – {MAX_PAGES}")
    return found


def _missing_pages(document: Any, data: bytes, count: int) -> list[Issue]:
    """Pages that are not to be had, though the page tree of a truncated file counts them, or pdfium sees them."""
    try:
        expected = int(resolve1(resolve1(document.doc.catalog["Pages"])["Count"]))
    except Exception:  # as above; and without a count there is nothing to compare with
        expected = 0
    expected = max(expected, page_count(data))
    if expected <= count:
        return []
    return [Issue("error", "missing_pages", f"Файл PDF повреждён: прочитано страниц {count} из {expected}")]


def _page(page: Any, number: int) -> Page:
    """The rows and tables of a page; raises `PageError` where it has no text that can be used."""
    try:
        if sum(len(stream.get_data()) for stream in page.page_obj.contents) > _MAX_CONTENT_BYTES:
            raise PageError("too_large", "слишком большое описание страницы")
        chars = page.chars
        rules = len(page.lines) + len(page.rects) + len(page.curves)
    except PageError:
        raise
    except Exception as error:  # as above
        raise PageError("damaged_page", "повреждена и не читается") from error
    if len(chars) > MAX_PAGE_CHARS:
        raise PageError("too_large", f"слишком много знаков: {len(chars)}")
    words = words_of(chars, page.bbox)
    if is_blank(page, words):
        return Page(number, page.width, page.height)
    check_layer(page, words)
    is_drawing = rules > MAX_PAGE_RULES
    grids, rest = _grids(page, number, words) if rules and not is_drawing else ([], words)
    return Page(number, page.width, page.height, rows_of(number, rest), grids, is_drawing=is_drawing)


def _grids(page: Any, page_no: int, words: list[Word]) -> tuple[list[Grid], list[Word]]:
    """The tables of a page, and the words that stand outside of them."""
    grids: list[Grid] = []
    for table in page.find_tables():
        grid, words = fill(page_no, [list(row.cells) for row in table.rows], words)
        grids += [grid] if grid else []
    return grids, words


def _nothing_read(count: int, issues: Sequence[Issue]) -> ReaderError:
    """The one reason why no page gave any text."""
    codes = {issue.code for issue in issues}
    if codes == {"damaged_page"}:
        return ReaderError("damaged_pdf", f"Файл PDF повреждён: не читается ни одна из страниц ({count})")
    if codes == {"too_large"}:
        return ReaderError("too_large", "Страницы PDF слишком велики: это не печатный текст")
    if "ocr_missing" in codes:
        require()
    if "page_timeout" in codes:
        return ReaderError("page_timeout", "Страницы PDF распознавались слишком долго")
    if "unreadable_page" in codes:
        return ReaderError("no_text", "На страницах PDF не читается ни одного слова")
    return ReaderError("no_text", "Страницы файла PDF пусты")
