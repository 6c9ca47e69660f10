"""Pages of a PDF as pictures, at the resolution that they were scanned with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pypdfium2

from pipeline.model import Issue
from pipeline.readers.scan import Picture

_LEAST_DPI: Final = 150.0
_MOST_DPI: Final = 300.0
_OUTLINE_DPI: Final = 200.0  # letters drawn as curves have no resolution
_LARGE: Final = 0.2  # of the page: a picture that may be the scan
_LEAST_SIDE: Final = 30.0  # points
_MOST_SIDE: Final = 6000.0
_MOST_PIXELS: Final = 40_000_000


@dataclass(frozen=True, slots=True)
class Scan:
    """A page to recognize, and why its text layer is not used; None where it may be, if it is the better one."""

    number: int
    dpi: float
    reason: str | None = None


def scan_dpi(page: Any) -> float:
    """The resolution of the picture that a page holds, within what recognition needs."""
    found = []
    for image in page.images:
        area = max(image["x1"] - image["x0"], 0) * max(image["bottom"] - image["top"], 0)
        if area > _LARGE * page.width * page.height:
            width, height = image["srcsize"]
            if isinstance(width, int) and isinstance(height, int) and min(width, height) > 0:
                found.append((width * height / area) ** 0.5 * 72)
    return min(max(max(found, default=_OUTLINE_DPI), _LEAST_DPI), _MOST_DPI)


def page_count(data: bytes) -> int:
    """How many pages a file has by its own count; 0 where it cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
        document.close()
    except pypdfium2.PdfiumError:
        return 0
    return count


def rendered(data: bytes, scans: Sequence[Scan]) -> Iterator[Picture | Issue]:
    """The pages drawn one after another; an `Issue` where one cannot be."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        yield from (_undrawn(scan) for scan in scans)
        return
    for scan in scans:
        try:
            yield _picture(document[scan.number - 1], scan)
        except (pypdfium2.PdfiumError, IndexError, ValueError):
            yield _undrawn(scan)
    document.close()


def _picture(page: Any, scan: Scan) -> Picture:
    width, height = page.get_size()
    if min(width, height) < _LEAST_SIDE or max(width, height) > _MOST_SIDE:
        raise ValueError("no page of print has this size")
    scale = min(scan.dpi / 72, (_MOST_PIXELS / (width * height)) ** 0.5)
    pixels = np.asarray(page.render(scale=scale).to_pil().convert("RGB"))
    page.close()
    return Picture(pixels, scan.number, 1 / scale)


def _undrawn(scan: Scan) -> Issue:
    reason = scan.reason or "текстовый слой плох"
    message = f"Страница {scan.number}: {reason}, а как картинка она не открывается"
    return Issue("error" if scan.reason else "warning", "damaged_page", message, scan.number)
