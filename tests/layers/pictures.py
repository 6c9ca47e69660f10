"""Pictures in PDF files: scans of pages, letterheads, stamps, photos; and letters drawn as curves."""

import ctypes
import io
import itertools
import random
from functools import cache

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from tests.fonts import roboto
from tests.layers.fonts import plain_font
from tests.layers.sheets import HEIGHT, WIDTH, Sheet, draw

Box = tuple[float, float, float, float]
PAGE: Box = (0.0, 0.0, WIDTH, HEIGHT)


def rendered(sheet: Sheet, dpi: float) -> Image.Image:
    """The printed page as a grey picture."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    draw(canvas, sheet)
    canvas.save()
    with pypdfium2.PdfDocument(out.getvalue()) as file:
        return file[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")


def scanned(sheet: Sheet, rng: random.Random, dpi: float = 0.0) -> Image.Image:
    """The page as a scanner sees it: skewed a little, grey, noisy."""
    paper = rendered(sheet, dpi or rng.choice((100, 120, 140)))
    paper = paper.rotate(rng.uniform(-0.8, 0.8), Image.Resampling.BILINEAR, fillcolor=255)
    paper = paper.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.7)))
    noise = np.random.default_rng(rng.randrange(2**32)).normal(rng.uniform(-14, 0), rng.uniform(1, 4), (paper.height, paper.width))
    return Image.fromarray(np.clip(np.asarray(paper) + noise, 0, 255).astype(np.uint8))


def bilevel(sheet: Sheet, dpi: float) -> Image.Image:
    """The page as a black and white scan."""
    return rendered(sheet, dpi).point(lambda grey: 255 * (grey > 150)).convert("1")


def place(canvas: Canvas, picture: Image.Image, box: Box = PAGE, quality: int = 40) -> None:
    """Put a picture into a box (left, bottom, width, height); black and white ones as fax data, others as JPEG."""
    stream = fax(picture) if picture.mode == "1" else jpeg(picture, quality)
    stream.dictionary["Type"], stream.dictionary["Subtype"] = PDFName("XObject"), PDFName("Image")
    stream.dictionary["Width"], stream.dictionary["Height"] = picture.size
    name = f"picture{len(canvas._doc.idToObject)}"
    canvas._doc.addForm(name, stream)
    canvas._formsinuse.append(name)
    canvas.saveState()
    canvas.transform(box[2], 0, 0, box[3], box[0], box[1])
    canvas._code.append(f"/{canvas._doc.getXObjectName(name)} Do")
    canvas.restoreState()


def jpeg(picture: Image.Image, quality: int) -> PDFStream:
    """The picture as a JPEG stream."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    stream = PDFStream(content=out.getvalue())
    stream.dictionary["Filter"] = PDFName("DCTDecode")
    stream.dictionary["BitsPerComponent"] = 8
    stream.dictionary["ColorSpace"] = PDFName("DeviceGray" if picture.mode == "L" else "DeviceRGB")
    return stream


def fax(picture: Image.Image) -> PDFStream:
    """The black and white picture as a CCITT group 4 stream."""
    out = io.BytesIO()
    picture.save(out, "TIFF", compression="group4", tiffinfo={278: picture.height})
    with Image.open(out) as tiff:
        start, length, is_black_one = tiff.tag_v2[273][0], tiff.tag_v2[279][0], tiff.tag_v2[262] == 1
    stream = PDFStream(content=out.getvalue()[start : start + length])
    stream.dictionary["Filter"] = PDFName("CCITTFaxDecode")
    stream.dictionary["BitsPerComponent"] = 1
    stream.dictionary["ColorSpace"] = PDFName("DeviceGray")
    stream.dictionary["DecodeParms"] = PDFDictionary({
        "K": -1, "Columns": picture.width, "Rows": picture.height, "BlackIs1": "true" if is_black_one else "false"})
    return stream


def tiled(canvas: Canvas, picture: Image.Image, across: int, down: int, box: Box = PAGE) -> None:
    """Put a picture as a grid of pieces."""
    xs = [picture.width * i // across for i in range(across + 1)]
    ys = [picture.height * i // down for i in range(down + 1)]
    for top, bottom in itertools.pairwise(ys):
        for left, right in itertools.pairwise(xs):
            fx, fy = box[2] / picture.width, box[3] / picture.height
            place(canvas, picture.crop((left, top, right, bottom)),
                  (box[0] + left * fx, box[1] + (picture.height - bottom) * fy, (right - left) * fx, (bottom - top) * fy))


def scene(rng: random.Random, width: int = 700, height: int = 500) -> Image.Image:
    """A photo of sorts: sky, ground, buildings and trees."""
    shade = np.linspace(rng.randint(150, 230), rng.randint(60, 130), height)[:, None, None]
    tint = np.array([rng.uniform(0.7, 1), rng.uniform(0.8, 1), rng.uniform(0.8, 1.1)])
    picture = Image.fromarray(np.clip(np.repeat(shade * tint, width, 1), 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(picture)
    for _ in range(14):
        x, base, size = rng.randrange(width), rng.randint(height // 2, height), rng.randint(30, 160)
        shape = pen.rectangle if rng.random() < 0.5 else pen.ellipse
        shape((x, base - size, x + size, base), fill=tuple(rng.randrange(40, 220) for _ in range(3)))
    return picture.filter(ImageFilter.GaussianBlur(1.5))


def stamp(rng: random.Random, size: int = 300) -> Image.Image:
    """A round seal on white: rings, a blot and an unreadable legend."""
    picture = Image.new("RGB", (size, size), "white")
    pen = ImageDraw.Draw(picture)
    ink = (rng.randint(20, 90), rng.randint(40, 110), rng.randint(150, 220))
    for margin in (6, 14, size // 4):
        pen.ellipse((margin, margin, size - margin, size - margin), outline=ink, width=4)
    for turn in range(0, 360, 12):
        pen.arc((size // 7, size // 7, size * 6 // 7, size * 6 // 7), turn, turn + rng.randint(3, 9), fill=ink, width=16)
    pen.polygon([(size / 2, size / 3), (size * 0.62, size * 0.6), (size * 0.38, size * 0.6)], outline=ink, width=5)
    return picture.rotate(rng.uniform(-20, 20), fillcolor="white")


def watermark(word: str, dpi: int = 60) -> Image.Image:
    """A pale full-page picture with a slanting word."""
    size = (int(WIDTH * dpi / 72), int(HEIGHT * dpi / 72))
    picture = Image.new("L", size, 255)
    font = ImageFont.truetype(str(roboto("Bold")), size[0] // 5)
    ImageDraw.Draw(picture).text((size[0] / 2, size[1] / 2), word, fill=225, font=font, anchor="mm")
    return picture.rotate(50, Image.Resampling.BICUBIC, fillcolor=255)


def paper(rng: random.Random, dpi: int = 60) -> Image.Image:
    """The texture of coloured paper, for a page background."""
    size = (int(HEIGHT * dpi / 72), int(WIDTH * dpi / 72), 1)
    noise = np.random.default_rng(rng.randrange(2**32)).normal(0, 3, size)
    colour = np.array([rng.randint(238, 252), rng.randint(236, 250), rng.randint(222, 246)])
    return Image.fromarray(np.clip(noise + colour, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1))


@cache
def loaded(style: str) -> tuple[object, ...]:
    """A font of the renderer, last, and what must live as long as it does."""
    data = roboto(style).read_bytes()
    buffer = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
    file = pypdfium2.PdfDocument.new()
    return file, buffer, pdfium.FPDFText_LoadFont(file.raw, buffer, len(data), pdfium.FPDF_FONT_TRUETYPE, True)


@cache
def outline(style: str, char: str) -> tuple[tuple[int, float, float], ...]:
    """The curves of a letter for size 1: (kind of segment, x, y)."""
    path = pdfium.FPDFFont_GetGlyphPath(loaded(style)[-1], ord(char), 1.0)
    return tuple(segment(path, i) for i in range(max(0, pdfium.FPDFGlyphPath_CountGlyphSegments(path))))


def segment(path: object, number: int) -> tuple[int, float, float]:
    """One segment of a path."""
    found = pdfium.FPDFGlyphPath_GetGlyphPathSegment(path, number)
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(found, x, y)
    return pdfium.FPDFPathSegment_GetType(found), x.value, y.value


def draw_outlines(canvas: Canvas, sheet: Sheet) -> None:
    """Print the page as filled curves, with no text at all."""
    for line in sheet:
        x = line.x
        for char in line.text:
            if char != " ":
                canvas._code.append(curve(outline(line.style, char), x, line.y, line.size))
            x += canvas.stringWidth(char, plain_font(line.style), line.size) + (line.extra if char == " " else 0.0)


def curve(segments: tuple[tuple[int, float, float], ...], x: float, y: float, size: float) -> str:
    """The operators that fill the curves of one letter; a Bézier segment comes as three points."""
    parts, bends = [], 0
    for kind, dx, dy in segments:
        bends = bends + 1 if kind == pdfium.FPDF_SEGMENT_BEZIERTO else 0
        sign = {pdfium.FPDF_SEGMENT_MOVETO: " m", pdfium.FPDF_SEGMENT_LINETO: " l"}.get(kind, " c" if bends % 3 == 0 else "")
        parts.append(f"{x + dx * size:.2f} {y + dy * size:.2f}{sign}")
    return " ".join([*parts, "f"]) if parts else "n"
