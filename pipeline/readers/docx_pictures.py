"""A DOCX whose pages are pictures: scans pasted into Word."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from PIL import Image as Pillow

from pipeline.model import Issue, Source
from pipeline.readers.common import DOCX, Draft, ReaderError
from pipeline.readers.scan import Picture
from pipeline.readers.scan.assemble import Recognized
from pipeline.readers.scan.engine import require
from pipeline.readers.scan.files import pages_of

_PAGE_SIDE: Final = 700
"""Pixels: a page at 85 dpi; a logo or a signature is smaller."""


def page_pictures(pictures: Iterable[bytes]) -> list[bytes]:
    """Those that are large enough for a page of print; a damaged one of that size counts, so that it is told."""
    return [data for data in pictures if min(_size(data)) >= _PAGE_SIDE]


def _size(data: bytes) -> tuple[int, int]:
    try:
        with Pillow.open(io.BytesIO(data)) as picture:
            return picture.size
    except Exception:  # a drawing of Windows, or damaged: no page in any case
        return 0, 0


def read_scans(drafts: Sequence[Draft], scans: Sequence[bytes], issues: Sequence[Issue], threads: int) -> Source:
    """The typed lines and what stands on the pictures; raises `ReaderError` where nothing can be recognized."""
    require()
    found = Recognized(issues=list(issues))
    found.take(_pages(scans), threads)
    return found.source(DOCX, drafts=drafts)


def _pages(scans: Sequence[bytes]) -> Iterator[Picture | Issue]:
    number = 0
    for scan in scans:
        try:
            for page in pages_of(scan, number + 1):
                number += 1
                yield page
        except ReaderError as error:  # one bad picture costs a page
            number += 1
            yield Issue("error", error.code, f"Страница {number}: {error.message}", number)
