"""Pictures of pages → text: preparation, recognition by Tesseract, repairs, grades."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from pipeline.model import Issue
from pipeline.readers.scan.engine import PageTimeout
from pipeline.readers.scan.prepare import TooManyMarks
from pipeline.readers.scan.read import Picture, ScannedPage, read_page

__all__ = ["Picture", "ScannedPage", "read_pages"]

PAGE_SECONDS: Final = 60.0
"""A page of print takes one to three seconds; a page of dots and scratches would go on and on."""


def read_pages(pictures: Iterable[Picture | Issue], threads: int = 1) -> Iterator[ScannedPage | Issue]:
    """Recognize pages in their order, so many of them side by side; an `Issue` where one could not be had or done."""
    if threads <= 1:
        yield from map(_read, pictures)
        return
    waiting: deque[Future[ScannedPage | Issue]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for picture in pictures:
            waiting.append(pool.submit(_read, picture))
            if len(waiting) > threads:  # a page of pixels takes 10 MB and more
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _read(picture: Picture | Issue) -> ScannedPage | Issue:
    if isinstance(picture, Issue):
        return picture
    number = picture.page_no
    try:
        return read_page(picture, PAGE_SECONDS)
    except PageTimeout:
        return Issue("error", "page_timeout", f"Страница {number}: распознавалась слишком долго, пропущена", number)
    except TooManyMarks:
        return Issue("error", "unreadable_page", f"Страница {number}: одни точки и штрихи, печати не видно", number)
