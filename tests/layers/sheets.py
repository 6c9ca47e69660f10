"""Lines of text laid out on A4 pages, and how they are drawn."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.archive.markup import Block, documents, plain
from tests.archive.pdf_file import broken, cell_lines
from tests.layers.fonts import plain_font

Font = Callable[[str], str]
WIDTH, HEIGHT = A4
STYLES = ("Regular", "Regular", "Light", "Medium", "Italic", "Bold", "Thin")


@dataclass(frozen=True)
class Line:
    """A line of text: where, in which style, and how much wider its spaces are."""

    x: float
    y: float
    text: str
    style: str
    size: float
    extra: float = 0.0

    @property
    def width(self) -> float:
        """The width on paper."""
        natural = float(pdfmetrics.stringWidth(self.text, plain_font(self.style), self.size))
        return natural + self.extra * self.text.count(" ")


Sheet = tuple[Line, ...]


@dataclass(frozen=True)
class Look:
    """How a document is set."""

    style: str = "Regular"
    size: float = 11.5
    left: float = 80.0
    right: float = 45.0
    leading: float = 1.3
    is_justified: bool = False
    has_hyphens: bool = False
    columns: int = 1
    page: tuple[float, float] = A4

    @property
    def column(self) -> float:
        """The width of a column."""
        gap = 18.0 * (self.columns - 1)
        return (self.page[0] - self.left - self.right - gap) / self.columns


def some_look(rng: random.Random) -> Look:
    """A look as offices have it."""
    return Look(rng.choice(STYLES), rng.choice((10.0, 11.0, 12.0, 13.0, 14.0)), rng.uniform(60, 90), rng.uniform(30, 60),
                rng.uniform(1.15, 1.5), rng.random() < 0.6)


class Setter:
    """Sets blocks line by line, column by column."""

    def __init__(self, look: Look, top: float) -> None:
        self.look, self.top, self.number, self.y = look, top, 0, top
        self.lines: list[list[Line]] = [[]]

    @property
    def x(self) -> float:
        """The left edge of the column."""
        return self.look.left + self.number * (self.look.column + 18.0)

    def room(self) -> None:
        """Go down one line, to the next column or to the next page."""
        self.y -= self.look.size * self.look.leading
        if self.y >= 50:
            return
        self.number += 1
        if self.number == self.look.columns:
            self.number = 0
            self.lines.append([])
        self.y = self.top

    def put(self, text: str, shift: float, style: str, extra: float = 0.0) -> None:
        """Set one line on a new row."""
        self.room()
        self.lines[-1].append(Line(self.x + shift, self.y, text, style, self.look.size, extra))

    def block(self, block: Block) -> None:
        """Set one block."""
        if block.kind == "row":
            self.row(block.cells)
        elif block.cells:
            self.ends(block.cells[0], block.cells[-1])
        elif block.text:
            for part in plain(block.text).split("\n"):
                self.paragraph(part, block.kind)
        elif block.kind == "blank":
            self.y -= self.look.size * 0.6

    def ends(self, left: str, right: str) -> None:
        """Set the two ends of one line."""
        self.put(left, 0.0, self.look.style)
        line = Line(0, self.y, right, self.look.style, self.look.size)
        self.lines[-1].append(replace(line, x=self.x + self.look.column - line.width))

    def row(self, cells: tuple[str, ...]) -> None:
        """Set a table row without rules."""
        width = self.look.column / len(cells)
        wrapped = [cell_lines(cell, plain_font(self.look.style), self.look.size, width - 8) for cell in cells]
        for number in range(max(map(len, wrapped))):
            self.room()
            self.lines[-1] += [Line(self.x + i * width, self.y, cell[number], self.look.style, self.look.size)
                               for i, cell in enumerate(wrapped) if number < len(cell)]

    def paragraph(self, text: str, kind: str) -> None:
        """Set a paragraph."""
        style = "Bold" if kind in ("title", "label") else self.look.style
        indent = 28.0 if kind in ("paragraph", "item") else 0.0
        lines = list(broken(text, plain_font(style), self.look.size, self.look.column, indent, self.look.has_hyphens))
        for number, words in enumerate(lines):
            first = indent if number == 0 else 0.0
            line = Line(0, 0, " ".join(words).rstrip(), style, self.look.size)
            spare = self.look.column - first - line.width
            shift = {"title": spare / 2, "centre": spare / 2, "right": spare}.get(kind, 0.0)
            is_wide = self.look.is_justified and kind in ("paragraph", "item") and number < len(lines) - 1 and " " in line.text
            self.put(line.text, first + shift, style, spare / line.text.count(" ") if is_wide else 0.0)


def typeset(blocks: Iterable[Block], look: Look, top: float = 0.0) -> list[Sheet]:
    """The pages of these blocks; the first line stands under ``top``, by default the upper margin."""
    setter = Setter(look, top or look.page[1] - 45)
    for block in blocks:
        setter.block(block)
    return [tuple(line for line in lines if line.text.strip()) for lines in setter.lines if lines]


@cache
def sources() -> tuple[tuple[Block, ...], ...]:
    """The blocks of all sample documents, without those that only steer the layout."""
    kinds = ("list", "widths", "page")
    return tuple(tuple(block for block in document.blocks if block.kind not in kinds) for document in documents())


def some_blocks(rng: random.Random) -> list[Block]:
    """The blocks of one of the sample documents."""
    return list(rng.choice(sources()))


def some_sheet(rng: random.Random, look: Look | None = None, least: int = 18) -> Sheet:
    """A full page of one of the sample documents, its first or another one."""
    while True:
        sheets = typeset(some_blocks(rng), look or some_look(rng))
        full = [sheet for sheet in sheets if len(sheet) >= least]
        if full:
            return rng.choice((full[0], rng.choice(full)))


def standing(texts: Iterable[str], x: float, top: float, size: float = 8.0) -> Sheet:
    """Lines set one under another at a place of the page."""
    return tuple(Line(x, top - number * size * 1.2, text, "Medium", size) for number, text in enumerate(texts))


def retold(sheet: Sheet, change: Callable[[str], str]) -> Sheet:
    """The page with the text of its lines changed."""
    return tuple(replace(line, text=change(line.text)) for line in sheet)


def draw(canvas: Canvas, sheet: Sheet, font: Font = plain_font) -> None:
    """Print the page, a string a line or (where spaces are stretched) a word."""
    for line in sheet:
        canvas.setFont(font(line.style), line.size)
        x = line.x
        for word in line.text.split(" ") if line.extra else [line.text]:
            canvas.drawString(x, line.y, word + (" " if line.extra else ""))
            x += canvas.stringWidth(word + " ") + line.extra


def draw_words(canvas: Canvas, sheet: Sheet, font: Font = plain_font) -> None:
    """Print the page word by word, without any space character."""
    for line in sheet:
        canvas.setFont(font(line.style), line.size)
        x = line.x
        for word in line.text.split(" "):
            canvas.drawString(x, line.y, word)
            x += canvas.stringWidth(word + " ") + line.extra


def draw_letters(canvas: Canvas, sheet: Sheet, font: Font = plain_font) -> None:
    """Print the page letter by letter, each one placed, without any space character."""
    for line in sheet:
        canvas.setFont(font(line.style), line.size)
        x = line.x
        for letter in line.text:
            if letter != " ":
                canvas.drawString(x, line.y, letter)
            x += canvas.stringWidth(letter) + (line.extra if letter == " " else 0.0)


def draw_layer(canvas: Canvas, picture: Sheet, told: Sheet, mode: int = 3, font: Font = plain_font) -> None:
    """Lay the told lines over the lines of the picture, each as wide as the line it stands for; mode 3 is invisible."""
    for seen, line in zip(picture, told, strict=True):
        width = replace(line, extra=0.0).width
        if not line.text.strip() or not width:
            continue
        text = canvas.beginText(seen.x, seen.y)
        text.setTextRenderMode(mode)
        text.setFont(font(line.style), line.size)
        text.setHorizScale(100 * seen.width / width)
        text.textOut(line.text)
        text.setHorizScale(100)
        text.setTextRenderMode(0)
        canvas.drawText(text)
