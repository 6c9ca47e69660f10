"""Roboto as an embedded composite font whose ToUnicode table says what it is told to say: the truth, rubbish or nothing."""

import unicodedata
import zlib
from collections.abc import Callable
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFStream, PDFString, PDFZCompress
from reportlab.pdfbase.ttfonts import TTFont

from tests.fonts import roboto

Lie = Callable[[str], str | None]
CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
%s
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class GlyphFont(TTFont):
    """A Type0 font (Identity-H): a code is the number of a character in the order of its first use."""

    def __init__(self, name: str, filename: str, lie: Lie | None) -> None:
        super().__init__(name, filename, shapable=False)
        self.lie, self.base = lie, f"{tag(name)}+{self.face.name.decode('latin-1')}"
        self.face.name = name.encode("ascii")  # the library holds fonts of one face name for one font
        self.codes: dict[PDFDocument, dict[str, int]] = {}

    def splitString(self, text: str | bytes, doc: PDFDocument, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """Two bytes a character, all in one subset."""
        self._assignState(doc)
        text = text.decode(encoding) if isinstance(text, bytes) else text
        codes = self.codes.setdefault(doc, {"\0": 0})
        return [(0, b"".join(codes.setdefault(char, len(codes)).to_bytes(2, "big") for char in text))]

    def addObjects(self, doc: PDFDocument) -> None:
        """Add the font, its descendant and its tables to the document."""
        internal = self.getSubsetInternalName(0, doc)[1:]
        del self.state[doc]
        chars = list(self.codes.pop(doc))
        font = {"Type": PDFName("Font"), "Subtype": PDFName("Type0"), "BaseFont": PDFName(self.base),
                "Encoding": PDFName("Identity-H"), "DescendantFonts": PDFArray([self.descendant(doc, chars)])}
        if self.lie is not None:
            font["ToUnicode"] = doc.Reference(packed(to_unicode(chars, self.lie).encode("ascii")), f"lie:{self.fontName}")
        doc.idToObject["BasicFonts"].dict[internal] = PDFDictionary(font)

    def descendant(self, doc: PDFDocument, chars: list[str]) -> PDFDictionary:
        """The CIDFont: widths, glyphs and the subset of the font file."""
        subset = [ord(char) for char in chars]
        glyphs = self.glyphs(subset)
        identity = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        return PDFDictionary({
            "Type": PDFName("Font"), "Subtype": PDFName("CIDFontType2"), "BaseFont": PDFName(self.base),
            "CIDSystemInfo": PDFDictionary(identity), "DW": 500,
            "W": PDFArray([0, PDFArray([self.face.getCharWidth(code) for code in subset])]),
            "CIDToGIDMap": doc.Reference(packed(b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)), f"gid:{self.fontName}"),
            "FontDescriptor": self.face.addSubsetObjects(doc, self.base, subset)})

    def glyphs(self, subset: list[int]) -> list[int]:
        """The glyph number of each character in the subset file: the order in which ``makeSubset`` meets new glyphs."""
        found: dict[int, int] = {0: 0}
        return [found.setdefault(self.face.charToGlyph.get(code, 0), len(found)) for code in subset]


def tag(name: str) -> str:
    """Six capital letters for the subset of a font."""
    number = zlib.crc32(name.encode())
    return "".join(chr(65 + number // 26**i % 26) for i in range(6))


def packed(content: bytes) -> PDFStream:
    """A compressed stream."""
    stream = PDFStream(content=content)
    stream.filters = [PDFZCompress]
    return stream


def to_unicode(chars: list[str], lie: Lie) -> str:
    """The CMap: each code and what it claims to be; a character of which nothing is claimed is left out."""
    told = [(code, lie(char)) for code, char in enumerate(chars) if code]
    rows = [f"<{code:04X}> <{claim.encode('utf-16-be').hex().upper()}>" for code, claim in told if claim]
    parts = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    return CMAP % "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)


@cache
def plain_font(style: str) -> str:
    """Name of an honest font as the library writes it: 8-bit subsets."""
    return register(TTFont(f"Plain-{style}", str(roboto(style))))


@cache
def glyph_font(style: str, claim: str = "truth") -> str:
    """Name of a composite font whose table lies in the given way."""
    return register(GlyphFont(f"{claim}-{style}", str(roboto(style)), LIES[claim]))


def register(font: TTFont) -> str:
    """Make the font known by its name."""
    pdfmetrics.registerFont(font)
    return str(font.fontName)


def recoded(written: str, read: str) -> Lie:
    """Letters written in one charset and read in another."""
    return lambda char: char if char.isascii() else char.encode(written, "replace").decode(read, "replace")


def shifted(step: int) -> Lie:
    """Cyrillic letters moved by a constant; the rest is right."""
    return lambda char: chr(ord(char) + step) if is_cyrillic(char) else char


def all_shifted(step: int) -> Lie:
    """All characters moved by a constant, as when glyph numbers are taken for codes; a space too."""
    return lambda char: chr(max(1, ord(char) + step)) if char.isascii() else chr(ord(char) + step)


def instead(claim: str | None) -> Lie:
    """The same claim for every letter that is not ASCII."""
    return lambda char: char if char.isascii() else claim


def is_cyrillic(char: str) -> bool:
    """Whether this is a Cyrillic letter."""
    return "\u0400" <= char <= "\u04ff"


LIES: dict[str, Lie | None] = {
    "truth": lambda char: char,
    "decomposed": lambda char: unicodedata.normalize("NFD", char),
    "latin1": recoded("cp1251", "latin-1"),
    "cp1252": recoded("cp1251", "cp1252"),
    "koi8": recoded("cp1251", "koi8-r"),
    "macroman": recoded("cp1251", "mac_roman"),
    "dos": recoded("cp866", "cp1251"),
    "utf8": recoded("utf-8", "cp1251"),
    "next": shifted(1),
    "back": shifted(-3),
    "far": shifted(7),
    "latin": shifted(-0x3CF),
    "all_next": all_shifted(2),
    "all_back": all_shifted(-29),
    "private": lambda char: chr(0xF000 + char.encode("cp1251", "replace")[0]) if char != " " else char,
    "private_all": lambda char: chr(0xE000 + ord(char) % 0x800),
    "replacement": instead("\ufffd"),
    "question": instead("?"),
    "blank": lambda char: " ",
    "unmapped": instead(None),
    "none": None,
}
