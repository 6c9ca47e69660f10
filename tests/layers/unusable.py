"""Pages that must go to OCR: no text layer, a layer of something else than the page, or a spoilt one."""

import random
from collections.abc import Callable
from functools import partial

from reportlab.pdfgen.canvas import Canvas

from tests.layers import garble, pictures, texts
from tests.layers.fonts import glyph_font, plain_font
from tests.layers.sheets import HEIGHT, WIDTH, Look, Sheet, draw, draw_layer, retold, some_sheet, standing
from tests.layers.usable import Painter

Garble = Callable[[str, random.Random], str]
Lines = Callable[[random.Random], list[str]]


def scan(canvas: Canvas, rng: random.Random) -> Sheet:
    """A scanned page, grey or black and white; what is printed on it."""
    sheet = some_sheet(rng)
    picture = pictures.scanned(sheet, rng) if rng.random() < 0.75 else pictures.bilevel(sheet, 150)
    pictures.place(canvas, picture, quality=rng.choice((30, 40, 50)))
    return sheet


def scan_grey(canvas: Canvas, rng: random.Random) -> None:
    """A JPEG over the whole page."""
    pictures.place(canvas, pictures.scanned(some_sheet(rng), rng))


def scan_colour(canvas: Canvas, rng: random.Random) -> None:
    """A colour JPEG with a seal on it."""
    picture = pictures.scanned(some_sheet(rng), rng, 110).convert("RGB")
    picture.paste(pictures.stamp(rng, 180), (picture.width - 330, picture.height - 300))
    pictures.place(canvas, picture)


def scan_fax(canvas: Canvas, rng: random.Random) -> None:
    """A black and white page as fax data."""
    pictures.place(canvas, pictures.bilevel(some_sheet(rng), rng.choice((150, 200))))


def scan_smaller(canvas: Canvas, rng: random.Random) -> None:
    """A picture with white margins around it."""
    left, bottom = rng.uniform(8, 45), rng.uniform(8, 60)
    pictures.place(canvas, pictures.scanned(some_sheet(rng), rng), (left, bottom, WIDTH - 2 * left, HEIGHT - 2 * bottom))


def scan_strips(canvas: Canvas, rng: random.Random) -> None:
    """A picture cut in strips."""
    pictures.tiled(canvas, pictures.scanned(some_sheet(rng), rng, 110), 1, rng.randint(5, 16))


def scan_tiles(canvas: Canvas, rng: random.Random) -> None:
    """A picture cut in tiles."""
    pictures.tiled(canvas, pictures.scanned(some_sheet(rng), rng, 110), rng.randint(2, 4), rng.randint(3, 5))


def scan_turned(canvas: Canvas, rng: random.Random) -> None:
    """A picture that lies on its side, put upright by /Rotate."""
    turn = rng.choice((90, 270))
    canvas.setPageRotation(turn)  # the library swaps the sides of a turned page
    pictures.place(canvas, pictures.scanned(some_sheet(rng), rng).rotate(turn, expand=True), (0, 0, HEIGHT, WIDTH))


def scan_upside_down(canvas: Canvas, rng: random.Random) -> None:
    """A page that went through the scanner upside down."""
    pictures.place(canvas, pictures.scanned(some_sheet(rng), rng).rotate(180))


def scan_in_form(canvas: Canvas, rng: random.Random) -> None:
    """A picture inside a form object, as printing into a file leaves it."""
    name = f"form{canvas.getPageNumber()}"
    canvas.beginForm(name)
    pictures.place(canvas, pictures.scanned(some_sheet(rng), rng))
    canvas.endForm()
    canvas.doForm(name)


def scan_half_page(canvas: Canvas, rng: random.Random) -> None:
    """A short paper: its scan fills the upper part of the page only."""
    sheet = tuple(line for line in some_sheet(rng) if line.y > HEIGHT * 0.4)
    picture = pictures.scanned(sheet, rng)
    height = HEIGHT * 0.62
    pictures.place(canvas, picture.crop((0, 0, picture.width, round(picture.height * 0.62))), (0, HEIGHT - height, WIDTH, height))


def with_lines(canvas: Canvas, rng: random.Random, make: Lines, x: float, top: float, size: float = 8) -> None:
    """A scan with typed lines over it."""
    scan(canvas, rng)
    draw(canvas, standing(make(rng), x, top, size), rng.choice((plain_font, glyph_font)))


def with_layer(canvas: Canvas, rng: random.Random, change: Garble) -> None:
    """A scan with a layer over its lines, invisible or covered by the picture."""
    sheet = some_sheet(rng)
    told = retold(sheet, lambda text: change(text, rng))
    is_covered = rng.random() < 0.3
    if is_covered:
        draw_layer(canvas, sheet, told, 0)
    pictures.place(canvas, pictures.scanned(sheet, rng))
    if not is_covered:
        draw_layer(canvas, sheet, told, 3, glyph_font)


def ocr_bad(canvas: Canvas, rng: random.Random) -> None:
    """Every fourth to second character misread."""
    rate = rng.uniform(0.28, 0.45)
    with_layer(canvas, rng, lambda text, rng: garble.recognised(text, rng, rate))


def ocr_heading_only(canvas: Canvas, rng: random.Random) -> None:
    """A good layer, but of the first two or three lines only."""
    sheet = scan(canvas, rng)[: rng.randint(2, 3)]
    draw_layer(canvas, sheet, sheet, 3, glyph_font)


def lying(canvas: Canvas, rng: random.Random, claims: tuple[str, ...]) -> None:
    """A typed page whose fonts tell wrong characters."""
    claim = rng.choice(claims)
    draw(canvas, some_sheet(rng), lambda style: glyph_font(style, claim))


def body_lies(canvas: Canvas, rng: random.Random) -> None:
    """Headings are told right, all the rest is not."""
    claim = rng.choice(("latin1", "private", "next", "none"))
    look = Look(rng.choice(("Regular", "Light", "Italic")), 11)
    draw(canvas, some_sheet(rng, look, 30), lambda style: glyph_font(style, "truth" if style == "Bold" else claim))


def outlines(canvas: Canvas, rng: random.Random) -> None:
    """Letters drawn as curves, no text."""
    pictures.draw_outlines(canvas, some_sheet(rng))


def outlines_stamp(canvas: Canvas, rng: random.Random) -> None:
    """Letters drawn as curves; only a page number or the foot of a management system is text."""
    outlines(canvas, rng)
    lines = rng.choice(([str(rng.randint(1, 30))], texts.edms_footer(rng)))
    draw(canvas, standing(lines, 60, 34))


def page_number(rng: random.Random) -> list[str]:
    """A page number in one of its forms."""
    number = rng.randint(1, 40)
    return [rng.choice((str(number), f"– {number} –", f"Стр. {number} из 40", f"Страница {number}"))]


UNUSABLE: dict[str, Painter] = {
    "scan_grey": scan_grey, "scan_colour": scan_colour, "scan_fax": scan_fax, "scan_smaller": scan_smaller, "scan_strips": scan_strips,
    "scan_tiles": scan_tiles, "scan_turned": scan_turned, "scan_upside_down": scan_upside_down, "scan_in_form": scan_in_form,
    "scan_half_page": scan_half_page, "outlines": outlines, "outlines_stamp": outlines_stamp,
    "scan_page_number": partial(with_lines, make=page_number, x=290, top=30, size=10),
    "scan_certificate": partial(with_lines, make=texts.certificate, x=330, top=62),
    "scan_app_mark": partial(with_lines, make=lambda rng: [texts.app_mark(rng)], x=400, top=22, size=9),
    "scan_mail_header": partial(with_lines, make=texts.mail_header, x=30, top=HEIGHT - 14),
    "scan_edms_footer": partial(with_lines, make=texts.edms_footer, x=60, top=34),
    "scan_registry_mark": partial(with_lines, make=texts.registry_mark, x=380, top=80, size=11),
    "ocr_bad": ocr_bad, "ocr_heading_only": ocr_heading_only,
    "ocr_english": partial(with_layer, change=garble.english), "ocr_upside_down": partial(with_layer, change=garble.upside_down),
    "ocr_shuffled": partial(with_layer, change=garble.shuffled), "ocr_glued": partial(with_layer, change=garble.glued),
    "layer_dots": partial(with_layer, change=garble.leaders), "layer_junk": partial(with_layer, change=garble.binary),
    "mojibake_latin": partial(lying, claims=("latin1", "cp1252", "macroman")),
    "mojibake_cyrillic": partial(lying, claims=("koi8", "dos")), "mojibake_utf8": partial(lying, claims=("utf8",)),
    "shifted": partial(lying, claims=("next", "back", "far")), "shifted_latin": partial(lying, claims=("latin",)),
    "shifted_all": partial(lying, claims=("all_next", "all_back")), "private_use": partial(lying, claims=("private", "private_all")),
    "replacement": partial(lying, claims=("replacement",)), "question_marks": partial(lying, claims=("question",)),
    "no_table": partial(lying, claims=("none",)), "blank_table": partial(lying, claims=("blank",)),
    "half_table": partial(lying, claims=("unmapped",)), "body_lies": body_lies,
}
