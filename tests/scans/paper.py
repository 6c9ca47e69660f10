"""Pages to scan: a sheet that is printed on line by line, so that a test knows what stands where."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.fonts import roboto
from tests.scans.degrade import Image
from tests.scans.printing import rendered

LEFT, TOP, STEP, SIZE = 70.0, 780.0, 17.0, 12.0
PROSE = (
    "Комиссия отметила, что подготовка школ к новому учебному",
    "году проведена в полном объёме, акты подписаны, замечания",
    "по двум зданиям устранены. Директорам напомнили о порядке",
    "представления отчётов и о сроках ремонта спортивных залов.",
)


class Sheet:
    """A4 pages in Roboto, black on white."""

    def __init__(self) -> None:
        pdfmetrics.registerFont(TTFont("Paper", str(roboto())))
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=A4, invariant=1)
        self.y = TOP
        self._font()

    def _font(self) -> None:
        self.canvas.setFont("Paper", SIZE)

    def line(self, text: str, x: float = LEFT) -> float:
        """A line of print; gives the height of its foot from the top in points."""
        self.canvas.drawString(x, self.y, text)
        foot = A4[1] - self.y
        self.y -= STEP
        return foot

    def prose(self, lines: int) -> None:
        """So many lines of plain text."""
        for number in range(lines):
            self.line(PROSE[number % len(PROSE)])

    def signature(self, post: str, name: str) -> None:
        """A post, a line to sign on, and a name."""
        self.y -= STEP
        self.canvas.drawString(LEFT, self.y, post)
        self.canvas.line(LEFT + 120, self.y - 2, LEFT + 260, self.y - 2)
        self.canvas.drawString(LEFT + 280, self.y, name)
        self.y -= STEP

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A ruled table; a row of one cell is as wide as all."""
        for row in rows:
            x = LEFT
            for text, width in zip(row, widths if len(row) > 1 else (sum(widths),), strict=True):
                self.canvas.rect(x, self.y - 8, width, 24)
                self.canvas.drawString(x + 5, self.y, text)
                x += width
            self.y -= 24

    def page(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self.y = TOP
        self._font()

    def pdf(self) -> bytes:
        """The printed pages with their text layer."""
        self.canvas.save()
        return self._out.getvalue()

    def pictures(self, dpi: int) -> list[Image]:
        """The pages as pixels."""
        return rendered(self.pdf(), dpi)

    def pixels(self, dpi: int) -> Image:
        """The only page as pixels."""
        return self.pictures(dpi)[0]
