"""What scanners, faxes and telephones do to a page: grey or coloured pixels in, worse ones out, by seed.

A page is an array of 8-bit RGB; every degradation is deterministic, so that a figure can be had again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Degradation = Callable[[Image, int], Image]
WHITE: Final = (255, 255, 255)


def _random(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def _clipped(values: NDArray[np.float32]) -> Image:
    return np.clip(values, 0, 255).astype(np.uint8)


def clean(page: Image, seed: int) -> Image:
    """A good scanner: the paper is not quite white, the ink not quite black, the edges a little soft."""
    soft = cv2.GaussianBlur(page, (3, 3), 0.5).astype(np.float32)
    noise = _random(seed).normal(0, 3, page.shape[:2]).astype(np.float32)[..., None]
    return _clipped(soft * 0.86 + 30 + noise)


def skew(page: Image, seed: int) -> Image:
    """A sheet laid askew, by 1.5 to 5 degrees either way."""
    random = _random(seed)
    angle = random.uniform(1.5, 5.0) * random.choice((-1, 1))
    return rotated(clean(page, seed), float(angle))


def rotated(page: Image, degrees: float) -> Image:
    """Turned by any angle on a sheet large enough, the corners filled with paper."""
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    new_width, new_height = int(height * sin + width * cos), int(height * cos + width * sin)
    matrix[0, 2] += new_width / 2 - width / 2
    matrix[1, 2] += new_height / 2 - height / 2
    paper = tuple(int(value) for value in np.percentile(page.reshape(-1, 3), 90, axis=0))
    return cv2.warpAffine(page, matrix, (new_width, new_height), flags=cv2.INTER_CUBIC, borderValue=paper)


def salt(page: Image, seed: int) -> Image:
    """Dust and a dirty glass: black specks of one to three pixels, and white ones in the letters."""
    random, out = _random(seed), clean(page, seed)
    count = int(page.shape[0] * page.shape[1] * 0.0025)
    for value, share in ((0, 1.0), (255, 0.5)):
        ys = random.integers(0, page.shape[0] - 2, int(count * share))
        xs = random.integers(0, page.shape[1] - 2, int(count * share))
        out[ys, xs] = value
        half = len(ys) // 3
        out[ys[:half], xs[:half] + 1] = value
        out[ys[: half // 2] + 1, xs[: half // 2]] = value
    return out


def uneven_light(page: Image, seed: int) -> Image:
    """A book copier or an open lid: the light falls off to one side down to a third."""
    return _clipped(clean(page, seed).astype(np.float32) * _shade(page, seed, 0.30)[..., None])


def _shade(page: Image, seed: int, darkest: float) -> NDArray[np.float32]:
    height, width = page.shape[:2]
    y, x = np.mgrid[0:1 : height * 1j, 0:1 : width * 1j].astype(np.float32)
    angle = _random(seed + 1).uniform(0, 2 * np.pi)
    slope = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle)
    slope = (slope - slope.min()) / (slope.max() - slope.min())
    return (darkest + (1 - darkest) * slope**0.8).astype(np.float32)


def one_bit(page: Image, seed: int) -> Image:
    """A scanner set to black and white: a fixed threshold, with the noise of the paper near it."""
    grey = cv2.cvtColor(clean(page, seed), cv2.COLOR_RGB2GRAY).astype(np.float32)
    noise = _random(seed).normal(0, 14, grey.shape).astype(np.float32)
    return _grey((np.where(grey + noise < 150, 0, 255)).astype(np.uint8))


def fax(page: Image, seed: int) -> Image:
    """Fine fax: 204 × 196 points to the inch, black and white, a line lost here and there, specks."""
    random = _random(seed)
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    scale = 1728 / width
    small = cv2.resize(grey, (1728, round(height * scale)), interpolation=cv2.INTER_AREA).astype(np.float32)
    noise = cv2.GaussianBlur(random.normal(0, 40, small.shape).astype(np.float32), (3, 3), 0.8)
    black = np.where(small + noise < 160, 0, 255).astype(np.uint8)
    for row in random.integers(0, black.shape[0], 4):
        black[row] = 255
    specks = random.random(black.shape) < 0.0008
    black[specks] = 0
    return _grey(black)


def _grey(values: Image) -> Image:
    return np.repeat(values[..., None], 3, axis=2)


def turned_90(page: Image, seed: int) -> Image:
    """A sheet laid across."""
    return np.ascontiguousarray(np.rot90(clean(page, seed), 1 if seed % 2 else 3))


def turned_180(page: Image, seed: int) -> Image:
    """A sheet laid upside down."""
    return np.ascontiguousarray(np.rot90(clean(page, seed), 2))


def stamp(page: Image, seed: int) -> Image:
    """A round blue seal and a signature in pen over the text of the page."""
    return clean(_stamped(page, seed), seed)


def _stamped(page: Image, seed: int) -> Image:
    random = _random(seed + 2)
    height, width = page.shape[:2]
    ink = np.full_like(page, 255)
    radius = int(width * 0.11)
    centre = (int(width * random.uniform(0.25, 0.75)), int(height * random.uniform(0.25, 0.8)))
    blue = (60, 70, 190)
    for part, thick in ((1.0, 5), (0.93, 2), (0.62, 2)):
        cv2.circle(ink, centre, int(radius * part), blue, max(1, thick * width // 1700), cv2.LINE_AA)
    _ring_text(ink, centre, radius, blue)
    _signature(ink, random, blue)
    return np.minimum(page, ink)


def _ring_text(ink: Image, centre: tuple[int, int], radius: int, colour: tuple[int, int, int]) -> None:
    letters = "MUNICIPALNOE UCHREZHDENIE * OGRN 1022400 *"
    size = radius / 160
    for index, letter in enumerate(letters):
        angle = 2 * np.pi * index / len(letters)
        x = int(centre[0] + radius * 0.77 * np.cos(angle)) - int(9 * size)
        y = int(centre[1] + radius * 0.77 * np.sin(angle)) + int(9 * size)
        cv2.putText(ink, letter, (x, y), cv2.FONT_HERSHEY_SIMPLEX, size, colour, max(1, round(2 * size)), cv2.LINE_AA)
    cv2.putText(ink, "Shkola 5", (centre[0] - int(58 * size), centre[1]), cv2.FONT_HERSHEY_SIMPLEX, size, colour,
                max(1, round(2 * size)), cv2.LINE_AA)  # fmt: skip


def _signature(ink: Image, random: np.random.Generator, colour: tuple[int, int, int]) -> None:
    """Loops of a pen, drawn as a curve through random points."""
    height, width = ink.shape[:2]
    x0, y0 = width * random.uniform(0.35, 0.6), height * random.uniform(0.5, 0.9)
    t = np.linspace(0, 1, 200)
    x = x0 + width * 0.16 * t + width * 0.02 * np.sin(t * random.uniform(20, 30))
    y = y0 + height * 0.016 * np.sin(t * random.uniform(25, 40)) * (1.2 - t)
    points = np.stack([x, y], axis=1).astype(np.int32)
    cv2.polylines(ink, [points], False, colour, max(2, width // 550), cv2.LINE_AA)


def office(page: Image, seed: int) -> Image:
    """The usual office copy: seal, out of focus, askew, shaded to one side, saved as a small JPEG."""
    random = _random(seed + 3)
    out = rotated(_stamped(page, seed), float(random.uniform(-2.0, 2.0)))
    out = cv2.GaussianBlur(out, (0, 0), 0.9 * page.shape[1] / 1700).astype(np.float32)
    out = out * 0.85 + 25 + random.normal(0, 6, out.shape[:2]).astype(np.float32)[..., None]
    return jpeg(_clipped(out * _shade(_clipped(out), seed, 0.55)[..., None]), 45)


def phone(page: Image, seed: int) -> Image:
    """A telephone over a sheet on a desk: perspective, falling light, some blur, noise and JPEG."""
    random = _random(seed + 4)
    height, width = page.shape[:2]
    margin = int(width * 0.06)
    canvas = np.full((height + 2 * margin, width + 2 * margin, 3), (96, 84, 74), np.uint8)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    shift = random.uniform(-0.028, 0.028, (4, 2)).astype(np.float32) * width
    matrix = cv2.getPerspectiveTransform(corners, (corners + margin + shift).astype(np.float32))
    size = (canvas.shape[1], canvas.shape[0])
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size)
    sheet = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_CUBIC, borderValue=WHITE)
    out = np.where(mask[..., None] > 127, sheet, canvas)
    out = cv2.GaussianBlur(out, (0, 0), 0.8 * width / 1700).astype(np.float32) * 0.82 + 12
    out *= _shade(canvas, seed, 0.45)[..., None]
    out += random.normal(0, 5, out.shape).astype(np.float32)
    return jpeg(_clipped(out), 70)


def jpeg(page: Image, quality: int) -> Image:
    """Packed with loss and unpacked."""
    packed = cv2.imencode(".jpg", page[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.ascontiguousarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)[..., ::-1]).astype(np.uint8)


CONDITIONS: Final[dict[str, tuple[int, Degradation]]] = {
    "clean 150 dpi": (150, clean),
    "clean 200 dpi": (200, clean),
    "clean 300 dpi": (300, clean),
    "skew": (200, skew),
    "salt": (200, salt),
    "uneven light": (200, uneven_light),
    "1-bit": (200, one_bit),
    "fax": (200, fax),
    "turned 90°": (200, turned_90),
    "turned 180°": (200, turned_180),
    "stamp and signature": (200, stamp),
    "office": (200, office),
    "phone": (200, phone),
}
"""Resolution in dpi and degradation of each condition of the bench."""
