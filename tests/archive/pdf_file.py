"""PDF files of the sample archive: own line breaking, justified or ragged, with hyphens where asked."""

import io
import re
from collections.abc import Iterator
from itertools import groupby

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.archive.markup import Block, Document, plain
from tests.fonts import roboto

LEFT, RIGHT, TOP, BOTTOM = 78.0, 46.0, 58.0, 62.0
VOWELS = "аеёиоуыэюя"


def build(document: Document) -> bytes:
    """The bytes of a PDF file with a text layer."""
    for style in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(f"Roboto-{style}", str(roboto(style))))
    out = io.BytesIO()
    writer = Writer(Canvas(out, pagesize=A4, invariant=1), document.meta)
    writer.write(document.blocks)
    return out.getvalue()


class Writer:
    """Lays blocks out on pages."""

    def __init__(self, canvas: Canvas, meta: dict[str, str]) -> None:
        self.canvas, self.meta = canvas, meta
        self.size = float(meta.get("size", "11"))
        self.leading = self.size * 1.32
        self.width = A4[0] - LEFT - RIGHT
        self.page, self.y = 1, A4[1] - TOP
        self.shares: list[float] = []
        self.running_lines()

    def write(self, blocks: tuple[Block, ...]) -> None:
        """Write all blocks and close the file."""
        for kind, run in groupby(blocks, key=lambda block: block.kind):
            if kind == "row":
                self.table([block.cells for block in run])
            else:
                for block in run:
                    self.block(block)
        self.canvas.save()

    def running_lines(self) -> None:
        """The running header and the page number, if the source asks for them."""
        self.canvas.setFont("Roboto-Regular", 9)
        if self.meta.get("header"):
            self.canvas.drawString(LEFT, A4[1] - 34, self.meta["header"])
        if self.meta.get("pages") == "bottom":
            self.canvas.drawCentredString(A4[0] / 2, 30, str(self.page))
        elif self.meta.get("pages") == "top" and self.page > 1:
            self.canvas.drawCentredString(A4[0] / 2, A4[1] - 34, str(self.page))

    def new_page(self) -> None:
        """Go to the top of the next page."""
        self.canvas.showPage()
        self.page, self.y = self.page + 1, A4[1] - TOP
        self.running_lines()

    def room(self, height: float) -> None:
        """Make sure that so much fits on the page."""
        if self.y - height < BOTTOM:
            self.new_page()

    def block(self, block: Block) -> None:
        """Write one block that is not a table row."""
        if block.kind == "blank":
            self.y -= self.leading * 0.6
        elif block.kind == "page":
            self.new_page()
        elif block.kind == "widths":
            self.shares = [float(share) for share in block.text.split()]
        elif block.kind in ("ends", "columns"):
            self.ends(*block.cells)
        else:
            for part in plain(block.text).split("\n"):
                self.paragraph(part, block.kind)

    def ends(self, left: str, right: str) -> None:
        """Write the two ends of a line."""
        self.room(self.leading)
        self.canvas.setFont("Roboto-Regular", self.size)
        self.canvas.drawString(LEFT, self.y, left)
        self.canvas.drawRightString(LEFT + self.width, self.y, right)
        self.y -= self.leading

    def paragraph(self, text: str, kind: str) -> None:
        """Write a paragraph line by line."""
        font = "Roboto-Bold" if kind in ("title", "label") else "Roboto-Regular"
        indent = 30.0 if kind == "paragraph" else 0.0
        lines = list(broken(text, font, self.size, self.width, indent, self.meta.get("hyphens") == "yes"))
        for index, words in enumerate(lines):
            self.room(self.leading)
            last = index == len(lines) - 1
            self.line(words, font, indent if index == 0 else 0.0, kind, justify=not last and kind == "paragraph")
            self.y -= self.leading

    def line(self, words: list[str], font: str, indent: float, kind: str, justify: bool) -> None:
        """Draw one line, its words spread over the width if justified."""
        self.canvas.setFont(font, self.size)
        natural = pdfmetrics.stringWidth(" ".join(words), font, self.size)
        spare = self.width - indent - natural
        shift = {"title": spare / 2, "centre": spare / 2, "right": spare}.get(kind, 0.0)
        extra = spare / (len(words) - 1) if justify and len(words) > 1 and self.meta.get("justify") == "yes" else 0.0
        x = LEFT + indent + shift
        for word in words:
            self.canvas.drawString(x, self.y, word + " ")
            x += pdfmetrics.stringWidth(word + " ", font, self.size) + extra

    def table(self, rows: list[tuple[str, ...]]) -> None:
        """Draw a ruled table; a row that does not fit goes to the next page."""
        shares = self.shares or [100 / len(rows[0])] * len(rows[0])
        widths = [self.width * share / 100 for share in shares]
        self.y += self.leading * 0.4
        for index, row in enumerate(rows):
            self.row(row, widths, "Roboto-Bold" if index == 0 else "Roboto-Regular")
        self.y -= self.leading * 1.2
        self.shares = []

    def row(self, row: tuple[str, ...], widths: list[float], font: str) -> None:
        """Draw one row: its frame and the lines of its cells."""
        size = self.size - 1
        cells = [cell_lines(cell, font, size, width - 8) for cell, width in zip(row, widths, strict=True)]
        height = max(map(len, cells)) * size * 1.25 + 6
        self.room(height)
        x = LEFT
        for lines, width in zip(cells, widths, strict=True):
            self.canvas.rect(x, self.y - height, width, height)
            self.canvas.setFont(font, size)
            for index, line in enumerate(lines):
                self.canvas.drawString(x + 4, self.y - size * 1.25 * (index + 1), line)
            x += width
        self.y -= height


def cell_lines(text: str, font: str, size: float, width: float) -> list[str]:
    """The lines of a table cell."""
    parts = plain(text).split("\n")
    return [" ".join(words) for part in parts for words in broken(part, font, size, width, 0.0, False)]


def broken(text: str, font: str, size: float, width: float, indent: float, hyphens: bool) -> Iterator[list[str]]:
    """The words of each line; the first line is shorter by the indent."""
    line: list[str] = []
    room = width - indent
    for word in re.split(r"[ \t]", text):
        if line and pdfmetrics.stringWidth(" ".join([*line, word]), font, size) > room:
            head, word = hyphenated(line, word, font, size, room) if hyphens else ("", word)
            yield [*line, head] if head else line
            line, room = [], width
        line.append(word)
    yield line


def hyphenated(line: list[str], word: str, font: str, size: float, room: float) -> tuple[str, str]:
    """The longest part of the word (with its hyphen) that still fits the line, and the rest."""
    for cut in reversed(cuts(word)):
        if pdfmetrics.stringWidth(" ".join([*line, word[:cut] + "-"]), font, size) <= room:
            return word[:cut] + "-", word[cut:]
    return "", word


def cuts(word: str) -> list[int]:
    """Where a Russian word may be divided: after a vowel before a syllable, or between two consonants."""
    bare = re.match(r"[а-яё]+", word)
    end = bare.end() if bare else 0
    return [i for i in range(3, end - 2) if is_cut(word[:end], i)]


def is_cut(word: str, i: int) -> bool:
    """Whether the word may be divided before its letter i."""
    tail_has_vowel = any(letter in VOWELS for letter in word[i:])
    opens_syllable = word[i] not in VOWELS + "йьъ" and word[i + 1] in VOWELS
    return tail_has_vowel and opens_syllable and any(letter in VOWELS for letter in word[:i])
