"""Recognized pages and typed ones gathered into one document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.model import Box, Issue, Line, PageGrade, Source
from pipeline.readers.common import Draft, ReaderError, build
from pipeline.readers.layout import drafts_of
from pipeline.readers.layout.page import Page
from pipeline.readers.scan import Picture, ScannedPage, read_pages

_POOR_CONFIDENCE: Final = 0.8
_POOR_SHARE: Final = 0.75
_NO_WORDS: Final = 0.15


@dataclass(slots=True)
class Recognized:
    """The pages of a document so far, by their numbers."""

    pages: dict[int, Page] = field(default_factory=dict)
    grades: dict[int, PageGrade] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    _placed: dict[int, Callable[[Box], Box]] = field(default_factory=dict)

    def add(self, page: Page, grade: PageGrade) -> None:
        """A page with a text layer."""
        self.pages[page.page_no], self.grades[page.page_no] = page, grade

    def take(self, pictures: Iterable[Picture | Issue], threads: int) -> None:
        """Recognize pages; a poor one is told."""
        for result in read_pages(pictures, threads):
            if isinstance(result, Issue):
                self.issues.append(result)
                continue
            number = result.page.page_no
            before = self.grades.get(number)
            if before and (result.grade.known_share or 0) <= (before.known_share or 0):
                continue  # its text layer is the better reading
            if _is_unreadable(result):
                message = f"Страница {number}: на скане не читается ни одного слова"
                self.issues.append(Issue("error", "unreadable_page", message, number))
                continue
            self.add(result.page, result.grade)
            self._placed[number] = result.placed
            if _is_poor(result.grade):
                message = f"Страница {number}: скан плохого качества, сверьте текст с бумагой"
                self.issues.append(Issue("warning", "poor_scan", message, number))

    def source(self, media_type: str, page_count: int | None = None, drafts: Sequence[Draft] = ()) -> Source:
        """The document, with typed lines before its pages; raises `ReaderError` where there is no word at all."""
        pages = [self.pages[number] for number in sorted(self.pages)]
        if not drafts and not any(page.rows or page.grids for page in pages):
            problem = next((issue for issue in self.issues if issue.severity == "error"), None)
            raise ReaderError("no_text", problem.message if problem else "На картинке не найдено текста")
        grades = [self.grades[number] for number in sorted(self.grades)]
        built = build(
            (*drafts, *drafts_of(pages)),
            media_type,
            page_count=page_count or len(pages),
            pages=grades,
            issues=self.issues,
        )
        return replace(built, lines=tuple(map(self._line, built.lines)))

    def _line(self, line: Line) -> Line:
        """A line where it stands on the picture, not on the page made level."""
        way = self._placed.get(line.page_no or 0)
        return replace(line, box=way(line.box)) if way and line.box else line


def _is_unreadable(scanned: ScannedPage) -> bool:
    """Letters without a word: handwriting, another script, a picture."""
    share = scanned.grade.known_share
    if share is not None:
        return share < _NO_WORDS
    text = "".join(part.text for row in scanned.page.rows for part in row)
    return bool(text) and not scanned.page.grids and not any(map(str.isdigit, text))


def _is_poor(grade: PageGrade) -> bool:
    """Whether somebody should compare a recognized page with the paper."""
    if grade.text_source != "ocr" or grade.confidence is None:
        return False
    return grade.confidence < _POOR_CONFIDENCE or (grade.known_share is not None and grade.known_share < _POOR_SHARE)
