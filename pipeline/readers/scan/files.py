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
MAX_PIXELS: Final = 150_000_000
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
    """The pages of a file one after another; what stands behind a damaged one cannot be had, which an `Issue` tells."""
    number = first - 1
    try:
        with Pillow.open(io.BytesIO(data)) as file:
            for frame in ImageSequence.Iterator(file):
                if number >= MAX_PAGES:
                    raise ReaderError("too_large", f"В файле больше {MAX_PAGES} страниц")
                if frame.width * frame.height > MAX_PIXELS:
                    raise ReaderError("too_large", "Картинка слишком велика для страницы")
                picture = _picture(frame, number + 1)
                number += 1
                yield picture
    except ReaderError:
        raise
    except Exception as error:  # Pillow lets all kinds out of a damaged file
        if number < first:
            raise ReaderError("damaged_picture", "Картинка повреждена и не открывается") from error
        yield Issue(
            "error", "missing_pages", f"Картинка повреждена: прочитано страниц {number - first + 1}, дальше не читается"
        )


def _picture(frame: Pillow.Image, number: int) -> Picture:
    """A frame as the camera held it upright, on white where it is transparent, no larger than need be."""
    dpi = float(frame.info.get("dpi", (0, 0))[0] or 0)
    image = ImageOps.exif_transpose(frame)
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Pillow.alpha_composite(Pillow.new("RGBA", image.size, "white"), image)
    image = image.convert("L" if image.mode in ("1", "L", "I;16") else "RGB")
    points = 72 / dpi if _KNOWN_DPI[0] <= dpi <= _KNOWN_DPI[1] else 0.0
    if not 0 < points * max(image.size) <= _LARGEST:
        points = max(_SHEET) / max(image.size)
    if image.width * image.height > _WORKING_PIXELS:
        scale = (_WORKING_PIXELS / (image.width * image.height)) ** 0.5
        image = image.resize((round(image.width * scale), round(image.height * scale)), Pillow.Resampling.LANCZOS)
        points /= scale
    return Picture(np.asarray(image), number, points)
