"""A paragraph of a DOCX as a reader sees it: no field codes, no hidden or deleted text, bold or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.clean import compose
from pipeline.readers.numbering import VAL, Style, Styles, W, bullet, toggle

MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_T, _RUN = W + "t", W + "r"
_CHARACTERS: Final = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n",
    W + "noBreakHyphen": "-", W + "softHyphen": "\u00ad",
}  # fmt: skip
SKIPPED: Final = frozenset(
    {W + name for name in ("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "rt")}
    | {W + "del", W + "moveFrom", W + "instrText", W + "delText", MC + "Fallback"}
)
_SIGNS: Final = {
    ("Wingdings", 0x6F): "☐", ("Wingdings", 0xA8): "☐", ("Wingdings", 0xFD): "☒", ("Wingdings", 0xFE): "☑",
    ("Wingdings", 0xFB): "✗", ("Wingdings", 0xFC): "✓", ("Wingdings 2", 0xA3): "☐", ("Wingdings 2", 0x51): "☒",
    ("Wingdings 2", 0x52): "☑", ("Wingdings 2", 0x4F): "✗", ("Wingdings 2", 0x50): "✓",
    ("Symbol", 0xA3): "≤", ("Symbol", 0xB0): "°", ("Symbol", 0xB1): "±", ("Symbol", 0xB3): "≥", ("Symbol", 0xB4): "×",
}  # fmt: skip
_NOTES: Final = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of a paragraph in one look; «\\n» alone is a line break."""

    text: str
    is_bold: bool


def choice(alternatives: Element) -> Iterable[Element]:
    """What a modern Word shows; the fallback would tell the same again."""
    for name in ("Choice", "Fallback"):
        found: Element | None = alternatives.find(MC + name)
        if found is not None:
            return found
    return ()


def segments(bits: Iterable[Bit]) -> Iterator[tuple[str, bool]]:
    """The printed lines between line breaks, each with whether all of it is bold: «**РЕШИЛИ:** утвердить» is not."""
    text, is_bold = "", True
    for bit in (*bits, Bit("\n", True)):
        if bit.text != "\n":
            text += bit.text
            is_bold = is_bold and (bit.is_bold or not bit.text.strip())
            continue
        yield from ((line.strip(), is_bold) for line in compose(text).split("\n") if line.strip())
        text, is_bold = "", True


class ParagraphReader:
    """Reads what a paragraph shows; text boxes are kept for later."""

    def __init__(self, styles: Styles, style: Style) -> None:
        self.bits: list[Bit] = []
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []
        self._styles = styles
        self._style = style
        self._codes: list[bool] = []

    def read(self, parent: Iterable[Element], is_bold: bool, is_hidden: bool) -> None:
        """Take up the visible text below an element."""
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self.read(child, *self._look(child.find(W + "rPr")))
            elif tag in SKIPPED:
                continue
            elif tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
            elif tag == MC + "AlternateContent":
                self.read(choice(child), is_bold, is_hidden)
            elif is_hidden or any(self._codes):
                if tag != W + "txbxContent":
                    self.read(child, is_bold, is_hidden)
            else:
                self._visible(child, tag, is_bold)

    def _visible(self, child: Element, tag: str, is_bold: bool) -> None:
        if tag in (_T, _MATH_TEXT):
            self.bits.append(Bit((child.text or "").replace("\n", " "), is_bold))
        elif tag in _CHARACTERS:
            self.bits.append(Bit(_CHARACTERS[tag], is_bold))
        elif tag == W + "sym":
            self.bits.append(Bit(_symbol(child), is_bold))
        elif tag in _NOTES:
            self.notes.append((_NOTES[tag], child.get(W + "id", "")))
        elif tag == W + "txbxContent":
            self.boxes.append(child)
        else:
            self.read(child, is_bold, False)

    def _look(self, properties: Element | None) -> tuple[bool, bool]:
        """Bold and hidden; where the styles of the paragraph and of the run both say so, they cancel out in Word."""
        bold, hidden = self._style.is_bold or False, self._style.is_hidden or False
        if properties is None:
            return bold, hidden
        name = properties.find(W + "rStyle")
        if name is not None:
            style = self._styles.character(name.get(VAL))
            bold, hidden = bold != bool(style.is_bold), hidden != bool(style.is_hidden)
        own_bold, own_hidden = toggle(properties.find(W + "b")), toggle(properties.find(W + "vanish"))
        return bold if own_bold is None else own_bold, hidden if own_hidden is None else own_hidden

    def _field(self, kind: str | None) -> None:
        """Between `begin` and `separate` stands the code of a field, after that its result."""
        if kind == "begin":
            self._codes.append(True)
        elif self._codes and kind == "separate":
            self._codes[-1] = False
        elif self._codes and kind == "end":
            self._codes.pop()


def _symbol(element: Element) -> str:
    """A sign of a symbol font: F0A8 of Wingdings → «☐», the dash F02D → «–»; of another font its own character."""
    font = element.get(W + "font", "")
    try:
        code = int(element.get(W + "char", ""), 16)
        return _SIGNS.get((font, code & 0xFF)) or bullet(chr(code), font)
    except (ValueError, OverflowError):
        return ""
