"""PDF with a text layer → Source."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from pipeline.model import Issue, Source
from pipeline.readers.common import MAX_PAGE_CHARS, MAX_PAGE_RULES, MAX_PAGES, PDF, ReaderError, build
from pipeline.readers.pdf_layer import PageError, check_layer, is_blank
from pipeline.readers.pdf_layout import drafts_of
from pipeline.readers.pdf_page import Page, rows_of, words_of
from pipeline.readers.pdf_tables import take_grids

_TAIL: Final = 2048

for _name in ("pdfminer", "pdfplumber"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # a line for every odd font, which is no news to the clerk


def read_pdf(data: bytes) -> Source:
    """The text of a PDF with a text layer: «ис-» and «пользование» on two lines → «использование»."""
    found = _pages_of(_opened(data), data)
    pages: list[Page] = []
    issues: list[Issue] = []
    for number, page in enumerate(found, start=1):
        try:
            pages.append(_page(page, number))
        except PageError as error:
            issues.append(Issue("error", error.code, f"Страница {number}: {error.message}", number))
        page.close()
    if not any(page.rows or page.grids for page in pages):
        raise _nothing_read(len(found), issues)
    return build(drafts_of(pages), PDF, page_count=len(found), issues=issues)


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


def _page(page: Any, number: int) -> Page:
    """The rows and tables of a page; raises `PageError` where it has no text that can be used."""
    try:
        chars = page.chars
        rules = len(page.lines) + len(page.rects) + len(page.curves)
    except Exception as error:  # as above
        raise PageError("damaged_page", "повреждена и не читается") from error
    if len(chars) > MAX_PAGE_CHARS:
        raise PageError("too_large", f"слишком много знаков: {len(chars)}")
    words = words_of(chars, page.bbox)
    if is_blank(page, words):
        return Page(number, page.width, page.height)
    check_layer(page, words)
    grids, rest = take_grids(page, number, words) if 0 < rules <= MAX_PAGE_RULES else ([], words)
    return Page(number, page.width, page.height, rows_of(number, rest), grids)


def _nothing_read(count: int, issues: Sequence[Issue]) -> ReaderError:
    """The one reason why no page gave any text."""
    codes = {issue.code for issue in issues}
    if codes == {"damaged_page"}:
        return ReaderError("damaged_pdf", f"Файл PDF повреждён: не читается ни одна из страниц ({count})")
    if codes == {"too_large"}:
        return ReaderError("too_large", "Страницы PDF слишком велики: это не печатный текст")
    if "garbage_text_layer" in codes:
        return ReaderError("no_text", "Текстовый слой PDF испорчен: вместо русских слов посторонние знаки")
    if "no_text_layer" in codes:
        return ReaderError("no_text", "В файле PDF нет текста: страницы отсканированы, нужно распознавание")
    return ReaderError("no_text", "Страницы файла PDF пусты")
