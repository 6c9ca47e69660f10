"""Files that are pictures: TIFF of many pages, JPEG, PNG and the like → Source."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps, ImageSequence

from pipeline.model import Issue, Source
from pipeline.readers.common import MAX_PAGES, ReaderError
from pipeline.readers.scan import Picture
from pipeline.readers.scan.assemble import Recognized
from pipeline.readers.scan.engine import require

Pillow.MAX_IMAGE_PIXELS = None  # the limit is ours
MAX_PIXELS: Final = 80_000_000
_LONGEST: Final = 30_000  # Tesseract takes no side of more than 32,767 pixels
_WORKING_PIXELS: Final = 12_000_000  # a sheet at 300 dpi has 8.7; more takes time and gives nothing
_SHEET: Final = (595.0, 842.0)  # A4 in points
_LARGEST: Final = 1250.0  # A3: a resolution that makes the sheet larger is the screen's
_KNOWN_DPI: Final = (90.0, 1300.0)  # what cameras and editors write, 72 and 1, says nothing


def read_picture(data: bytes, media_type: str, threads: int = 1) -> Source:
    """The text of a scan or photograph: «ПРОТОКОЛ № 3» on a TIFF → its paragraphs."""
    require()
    found = Recognized()
    found.take(pages_of(data), threads)
    return found.source(media_type)


def pages_of(data: bytes, first: int = 1) -> Iterator[Picture | Issue]:
    """The pages of a file one after another; an `Issue` in the place of those that cannot be had.

    Raises `ReaderError` where that is all of them.
    """
    number = first - 1
    try:
        with Pillow.open(io.BytesIO(data)) as file:
            if getattr(file, "n_frames", 1) > MAX_PAGES:
                raise ReaderError("too_large", f"В файле больше {MAX_PAGES} страниц")
            for frame in ImageSequence.Iterator(file):
                page = _picture(frame, number + 1)
                number += 1
                yield page
    except ReaderError:
        raise
    except Exception as error:  # Pillow lets all kinds out of a damaged file
        if number < first:
            raise ReaderError("damaged_picture", "Картинка повреждена и не открывается") from error
        count = number - first + 1
        yield Issue("error", "missing_pages", f"Картинка повреждена: прочитано страниц {count}, дальше не читается")


def _picture(frame: Pillow.Image, number: int) -> Picture | Issue:
    """A frame as the camera held it upright, on white where it is transparent, no larger than need be."""
    if frame.width * frame.height > MAX_PIXELS or max(frame.size) > _LONGEST:
        return Issue("error", "too_large", f"Страница {number}: картинка слишком велика для страницы", number)
    dpi = _resolution(frame)
    image = _eight_bit(ImageOps.exif_transpose(frame))
    if dpi and not 0.9 < dpi[0] / dpi[1] < 1.1:  # a fax has twice as many dots across as down
        image = image.resize((round(image.width * max(dpi) / dpi[0]), round(image.height * max(dpi) / dpi[1])))
    points = 72 / max(dpi) if dpi else 0.0
    if not 0 < points * max(image.size) <= _LARGEST:
        points = max(_SHEET) / max(image.size)
    if image.width * image.height > _WORKING_PIXELS:
        scale = (_WORKING_PIXELS / (image.width * image.height)) ** 0.5
        size = max(round(image.width * scale), 1), max(round(image.height * scale), 1)
        image = image.resize(size, Pillow.Resampling.LANCZOS)
        points /= scale
    return Picture(np.asarray(image), number, points)


def _resolution(frame: Pillow.Image) -> tuple[float, float] | None:
    """Dots to the inch across and down, if they can be those of a scanner."""
    try:
        across, down = map(float, frame.info.get("dpi", ()))
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return (across, down) if all(_KNOWN_DPI[0] <= value <= _KNOWN_DPI[1] for value in (across, down)) else None


def _eight_bit(image: Pillow.Image) -> Pillow.Image:
    """Grey or RGB of 8 bits; of 16 bits the upper ones, of other numbers their range."""
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Pillow.alpha_composite(Pillow.new("RGBA", image.size, "white"), image)
    if image.mode.startswith(("I", "F")):
        values = np.asarray(image).astype(np.float64)
        low, high = (0.0, 65535.0) if image.mode.startswith("I;16") else (float(values.min()), float(values.max()))
        return Pillow.fromarray(np.clip((values - low) / max(high - low, 1.0) * 255, 0, 255).astype(np.uint8))
    return image.convert("L" if image.mode in ("1", "L") else "RGB")
