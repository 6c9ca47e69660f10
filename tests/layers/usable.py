"""Pages whose text layer is to be taken."""

import random
import re
from collections.abc import Callable
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from tests.archive.markup import Block
from tests.layers import garble, pictures, texts
from tests.layers.fonts import glyph_font
from tests.layers.sheets import (
    HEIGHT,
    WIDTH,
    Look,
    Sheet,
    draw,
    draw_layer,
    draw_letters,
    draw_words,
    retold,
    some_blocks,
    some_look,
    some_sheet,
    standing,
    typeset,
)

Painter = Callable[[Canvas, random.Random], None]
LOWEST, HIGHEST = 0.005, 0.045  # character error of a good OCR layer


def typed(canvas: Canvas, rng: random.Random) -> None:
    """A typed page, its fonts in 8-bit subsets."""
    draw(canvas, some_sheet(rng))


def typed_glyphs(canvas: Canvas, rng: random.Random) -> None:
    """A typed page, its fonts composite as an office suite writes them."""
    draw(canvas, some_sheet(rng), glyph_font)


def typed_hyphens(canvas: Canvas, rng: random.Random) -> None:
    """Justified and hyphenated."""
    draw(canvas, some_sheet(rng, Look(rng.choice(("Regular", "Italic")), 13, is_justified=True, has_hyphens=True)))


def typed_columns(canvas: Canvas, rng: random.Random) -> None:
    """Two columns, hyphenated."""
    look = Look("Regular", rng.choice((9.0, 10.0)), 50, 40, is_justified=rng.random() < 0.5, has_hyphens=True, columns=2)
    draw(canvas, some_sheet(rng, look), rng.choice((glyph_font, glyph_font, lambda style: glyph_font("Light"))))


def typed_words(canvas: Canvas, rng: random.Random) -> None:
    """No space characters: words are placed."""
    draw_words(canvas, some_sheet(rng, wide(rng)), glyph_font)


def typed_letters(canvas: Canvas, rng: random.Random) -> None:
    """No space characters: letters are placed."""
    draw_letters(canvas, some_sheet(rng, wide(rng)))


def wide(rng: random.Random) -> Look:
    """A look whose gaps between words are plain to see: over 3 points. Narrower ones test the splitting of words, not the layer."""
    return Look(rng.choice(("Regular", "Light", "Medium")), rng.choice((13.0, 14.0)), leading=1.2)


def typed_landscape(canvas: Canvas, rng: random.Random) -> None:
    """A wide page, stored upright and turned by its /Rotate."""
    canvas.setPageSize((HEIGHT, WIDTH))  # the library swaps the sides of a turned page
    canvas.setPageRotation(90)
    canvas.translate(WIDTH, 0)
    canvas.rotate(90)
    draw(canvas, some_sheet(rng, Look(size=12, page=(HEIGHT, WIDTH)), 10))


def typed_bold_twice(canvas: Canvas, rng: random.Random) -> None:
    """Headings made bold by printing them twice."""
    sheet = some_sheet(rng, Look(size=12))
    draw(canvas, sheet)
    draw(canvas, tuple(replace(line, x=line.x + 0.35) for line in sheet if line.style == "Bold")[:6])


def typed_hard_spaces(canvas: Canvas, rng: random.Random) -> None:
    """No-break spaces after short words, soft hyphens where words are divided at the ends of lines."""
    def change(text: str) -> str:
        text = re.sub(r"\b(\w{1,3}\.?|№) (?=\S)", "\\1\u00a0", text)
        return text[:-1] + "\u00ad" if re.search(r"[а-яё]-$", text) else text
    draw(canvas, retold(some_sheet(rng, Look(size=13, has_hyphens=True)), change), glyph_font)


def typed_decomposed(canvas: Canvas, rng: random.Random) -> None:
    """Letters й and ё told as a letter and a mark, as some systems write them."""
    draw(canvas, some_sheet(rng), lambda style: glyph_font(style, "decomposed"))


def signatures(canvas: Canvas, rng: random.Random) -> None:
    """Two signatures, at times with a seal."""
    draw(canvas, few(texts.signatures(rng), rng))
    if rng.random() < 0.5:
        pictures.place(canvas, pictures.stamp(rng), (260, HEIGHT - 320, 110, 110), 60)


def tail(canvas: Canvas, rng: random.Random) -> None:
    """The end of a sentence and a page number."""
    draw(canvas, few(texts.tail(rng), rng))


def heading_only(canvas: Canvas, rng: random.Random) -> None:
    """Only «Приложение № 2»."""
    draw(canvas, few([Block(rng.choice(("right", "title")), texts.filled(rng.choice(texts.HEADINGS), rng))], rng))


def letter_spaced(canvas: Canvas, rng: random.Random) -> None:
    """A title page set «П Р О Т О К О Л»."""
    names = ("заседания жилищной комиссии", "совещания при директоре", "заседания педагогического совета", "общего собрания собственников")
    spaced = [Block("title", " ".join(word)) for word in ("ПРОТОКОЛ", "ЗАСЕДАНИЯ", "ПРАВЛЕНИЯ")[: rng.randint(1, 3)]]
    rest = texts.blocks(rng.choice(names), f"от {texts.day(rng)} № {rng.randint(1, 40)}", kind="centre")
    draw(canvas, few([*spaced, *rest, Block("left", "П Р И С У Т С Т В О В А Л И :"), Block("left", texts.name(rng))], rng), glyph_font)


def capitals(canvas: Canvas, rng: random.Random) -> None:
    """A page in capitals."""
    draw(canvas, retold(some_sheet(rng, Look(size=9.5)), str.upper))


def lookalikes(canvas: Canvas, rng: random.Random) -> None:
    """Latin letters inside some Russian words."""
    draw(canvas, retold(some_sheet(rng), lambda text: garble.lookalikes(text, rng)), glyph_font)


def big_logo(canvas: Canvas, rng: random.Random) -> None:
    """A letterhead picture over two fifths of the page or more, text under it."""
    height = HEIGHT * rng.uniform(0.41, 0.5)
    pictures.place(canvas, pictures.scene(rng), (0, HEIGHT - height, WIDTH, height), 70)
    draw(canvas, typeset(some_blocks(rng), some_look(rng), HEIGHT - height - 10)[0])


def stamped(canvas: Canvas, rng: random.Random) -> None:
    """A big seal as a picture behind the text, and the stamp of an electronic signature."""
    pictures.place(canvas, pictures.stamp(rng, 500), (300, 60, 220, 220), 60)
    draw(canvas, some_sheet(rng))
    draw(canvas, standing(texts.certificate(rng), 60, 120))


def photos(canvas: Canvas, rng: random.Random) -> None:
    """Two photos over about half of the page and what is to be said of them."""
    for bottom in (330, 60):
        pictures.place(canvas, pictures.scene(rng), (80, bottom, 440, 255), 60)
    draw(canvas, typeset(texts.captions(rng), Look(size=12), 760)[0])


def over_watermark(canvas: Canvas, rng: random.Random) -> None:
    """Typed text over a full-page picture: a slanting word."""
    pictures.place(canvas, pictures.watermark(rng.choice(("КОПИЯ", "ПРОЕКТ", "ОБРАЗЕЦ"))))
    draw(canvas, some_sheet(rng))


def over_paper(canvas: Canvas, rng: random.Random) -> None:
    """Typed text over a full-page picture: coloured paper."""
    pictures.place(canvas, pictures.paper(rng), quality=60)
    draw(canvas, some_sheet(rng), glyph_font)


def good_ocr(canvas: Canvas, rng: random.Random) -> None:
    """A scan with a good invisible layer."""
    sheet = some_sheet(rng)
    pictures.place(canvas, pictures.scanned(sheet, rng))
    well_read(canvas, sheet, rng)


def good_ocr_under(canvas: Canvas, rng: random.Random) -> None:
    """A good layer under the picture, black but covered."""
    sheet = some_sheet(rng)
    well_read(canvas, sheet, rng, 0)
    pictures.place(canvas, pictures.scanned(sheet, rng))


def good_ocr_fax(canvas: Canvas, rng: random.Random) -> None:
    """A black and white scan in strips with a good layer."""
    sheet = some_sheet(rng)
    pictures.tiled(canvas, pictures.bilevel(sheet, 150), 1, 6)
    well_read(canvas, sheet, rng)


def well_read(canvas: Canvas, sheet: Sheet, rng: random.Random, mode: int = 3) -> None:
    """Lay a good OCR layer."""
    rate = rng.uniform(LOWEST, HIGHEST)
    draw_layer(canvas, sheet, retold(sheet, lambda text: garble.recognised(text, rng, rate)), mode, glyph_font)


def few(blocks: list[Block], rng: random.Random) -> Sheet:
    """A page of a few lines."""
    return typeset(blocks, Look(rng.choice(("Regular", "Light", "Medium")), rng.choice((11.0, 12.0, 14.0))))[0]


def of(make: Callable[[random.Random], list[Block]], look: Look | None = None) -> Painter:
    """A typed page of the blocks that a function makes."""
    def paint(canvas: Canvas, rng: random.Random) -> None:
        draw(canvas, typeset(make(rng), look or some_look(rng))[0], rng.choice((glyph_font, lambda style: glyph_font("Regular"))))
    return paint


USABLE: dict[str, Painter] = {
    "typed": typed, "typed_glyphs": typed_glyphs, "typed_hyphens": typed_hyphens, "typed_columns": typed_columns,
    "typed_words": typed_words, "typed_letters": typed_letters, "typed_landscape": typed_landscape,
    "typed_bold_twice": typed_bold_twice, "typed_hard_spaces": typed_hard_spaces, "typed_decomposed": typed_decomposed,
    "signatures": signatures, "tail": tail, "heading_only": heading_only, "letter_spaced": letter_spaced, "capitals": capitals,
    "lookalikes": lookalikes, "big_logo": big_logo, "stamped": stamped, "photos": photos, "over_watermark": over_watermark,
    "over_paper": over_paper, "good_ocr": good_ocr, "good_ocr_under": good_ocr_under, "good_ocr_fax": good_ocr_fax,
    "register": of(texts.register, Look(size=11)), "figures": of(texts.figures, Look(size=11)), "streets": of(texts.streets),
    "contents": of(texts.contents, Look(size=11)), "form": of(texts.form, Look(size=9, left=40, right=20)),
    "latin": of(lambda rng: texts.sentences("latin", rng, 12)), "ukrainian": of(lambda rng: texts.sentences("ukrainian", rng, 14)),
    "belarusian": of(lambda rng: texts.sentences("belarusian", rng, 14)),
    "bilingual": of(lambda rng: [*texts.sentences("ukrainian", rng, 5), *some_blocks(rng)], Look()),
}
