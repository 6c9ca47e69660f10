"""DOCX: list numbers as Word shows them, and everything that stands in a paragraph or hides from it."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from pipeline.model import Cell, Paragraph, Source
from pipeline.readers.common import ReaderError
from pipeline.readers.docx import read_docx
from pipeline.readers.numbering import bullet, formatted

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def part(tag: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {SPACES}>{inner}</w:{tag}>'


def package(body: str, **parts: str) -> bytes:
    """A DOCX of the body and of other parts: numbering, styles, header1 … by the inside of their root."""
    tags = {"header": "hdr", "footer": "ftr"}
    kinds = {name: name.rstrip("0123456789") for name in parts}
    links = "".join(f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{name}.xml"/>' for name, kind in kinds.items())
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    files = {
        "_rels/.rels": rels.format(f'<Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/>'),
        "word/_rels/document.xml.rels": rels.format(links),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    files |= {f"word/{name}.xml": part(tags.get(kinds[name], kinds[name]), inner) for name, inner in parts.items()}
    return zipped(files)


def zipped(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def p(text: str = "т", num: int | None = None, level: int | None = None, style: str = "", inner: str = "") -> str:
    """A paragraph: in list `num` at `level`, of a style, with further properties."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    of = "" if num is None else f'<w:numId w:val="{num}"/>'
    place = f"<w:numPr>{at}{of}</w:numPr>" if at or of else ""
    return f"<w:p><w:pPr>{styled}{inner}{place}</w:pPr>{r(text)}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def lvl(index: int, form: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: int, of: int, *overrides: str) -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


def start(level: int, value: int) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{value}"/></w:lvlOverride>'


def style(name: str, inner: str = "", base: str = "", kind: str = "paragraph", default: str = "") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"{default}>{based}{inner}</w:style>'


def in_list(num_id: int | None, level: int | None = None) -> str:
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    of = "" if num_id is None else f'<w:numId w:val="{num_id}"/>'
    return f"<w:pPr><w:numPr>{at}{of}</w:numPr></w:pPr>"


def texts(source: Source) -> list[str]:
    return [source.text[q.start : q.end] for q in source.paragraphs]


def labels(source: Source) -> list[str | None]:
    return [q.label for q in source.paragraphs]


def only(source: Source) -> Paragraph:
    (paragraph,) = source.paragraphs
    return paragraph


DECIMAL = (lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2."), lvl(2, "decimal", "%1.%2.%3."))
PLAIN = abstract(0, *DECIMAL) + num(1, 0)


def one(form: str, text: str, extra: str = "", start: int = 1) -> str:
    return abstract(0, lvl(0, form, text, extra, start)) + num(1, 0)


def walk(*places: tuple[int, int]) -> str:
    """Paragraphs of (list, level)."""
    return "".join(p("т", n, level) for n, level in places)


NUMBERS: list[tuple[str, str, str, list[str | None]]] = [
    ("a flat list", PLAIN, walk((1, 0), (1, 0), (1, 0)), ["1.", "2.", "3."]),
    ("upper numbers come along", PLAIN, walk((1, 0), (1, 1), (1, 2), (1, 2)), ["1.", "1.1.", "1.1.1.", "1.1.2."]),
    ("a deeper level begins anew", PLAIN, walk((1, 0), (1, 1), (1, 0), (1, 1)), ["1.", "1.1.", "2.", "2.1."]),
    ("a missing upper level shows its start, and is counted", PLAIN, walk((1, 1), (1, 1), (1, 0)), ["1.1.", "1.2.", "2."]),
    ("a skipped level is counted too", PLAIN, walk((1, 0), (1, 2), (1, 1), (1, 0), (1, 1)), ["1.", "1.1.1.", "1.2.", "2.", "2.1."]),
    ("a missing upper level does not use up its startOverride", PLAIN + num(2, 0, start(0, 7)), walk((2, 1), (2, 0), (2, 1)), ["1.1.", "7.", "7.1."]),
    ("a level may be skipped", PLAIN, walk((1, 0), (1, 2)), ["1.", "1.1.1."]),
    ("text between the items does not stop the list", PLAIN, p("т", 1, 0) + p() + p("т", 1, 0), ["1.", None, "2."]),
    ("two nums of one abstract list count together", PLAIN + num(2, 0), walk((1, 0), (2, 0), (1, 0)), ["1.", "2.", "3."]),
    ("startOverride begins anew at its first use only", PLAIN + num(2, 0, start(0, 1)), walk((1, 0), (1, 0), (2, 0), (2, 0)), ["1.", "2.", "1.", "2."]),
    ("startOverride with another number", PLAIN + num(2, 0, start(0, 7)), walk((1, 0), (2, 0), (2, 0)), ["1.", "7.", "8."]),
    ("the first list goes on from the override", PLAIN + num(2, 0, start(0, 7)), walk((1, 0), (2, 0), (1, 0)), ["1.", "7.", "8."]),
    ("startOverride of a deeper level", PLAIN + num(2, 0, start(1, 4)), walk((2, 0), (2, 1), (2, 1)), ["1.", "1.4.", "1.5."]),
    ("startOverride holds when the level begins anew", PLAIN + num(2, 0, start(1, 4)), walk((2, 0), (2, 1), (2, 0), (2, 1)), ["1.", "1.4.", "2.", "2.4."]),
    ("separate abstract lists count apart", PLAIN + abstract(5, *DECIMAL) + num(2, 5), walk((1, 0), (2, 0), (1, 0)), ["1.", "1.", "2."]),
    ("a list may start from zero", one("decimal", "%1.", start=0), walk((1, 0), (1, 0)), ["0.", "1."]),
    ("lvlOverride replaces a level", PLAIN + num(2, 0, f'<w:lvlOverride w:ilvl="0">{lvl(0, "upperRoman", "%1)")}</w:lvlOverride>'), walk((1, 0), (2, 0)), ["1.", "II)"]),
    ("numId 0 is no list", PLAIN, p("т", 1, 0) + p("т", 0, 0) + p("т", 1, 0), ["1.", None, "2."]),
    ("an unknown list", PLAIN, p("т", 9, 0), [None]),
    ("a level that is not defined", PLAIN, p("т", 1, 7), [None]),
    ("a missing level is the first", PLAIN, p("т", 1), ["1."]),
    ("isLgl makes upper Roman numbers Arabic", abstract(0, lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%1.%2.", "<w:isLgl/>")) + num(1, 0), walk((1, 0), (1, 0), (1, 1)), ["I.", "II.", "2.1."]),
    ("without isLgl they stay Roman", abstract(0, lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%1.%2.")) + num(1, 0), walk((1, 0), (1, 1)), ["I.", "I.1."]),
    ("lvlRestart 0 goes on through the document", abstract(0, lvl(0, "decimal", "%1."), lvl(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')) + num(1, 0), walk((1, 0), (1, 1), (1, 0), (1, 1)), ["1.", "(1)", "2.", "(2)"]),
    ("lvlRestart 1 looks at the first level only", abstract(0, *DECIMAL[:2], lvl(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>')) + num(1, 0), walk((1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)), ["1.", "1.1.", "1)", "1.2.", "2)", "2.", "1)"]),
    ("a level that prints no number", one("none", ""), walk((1, 0)), [None]),
    ("words and a number", one("decimal", "Вопрос %1."), walk((1, 0), (1, 0)), ["Вопрос 1.", "Вопрос 2."]),
    ("a trailing space of the label is not doubled", one("decimal", "%1. "), walk((1, 0)), ["1."]),
    ("the suffix is one space whatever Word puts there", one("decimal", "%1.", '<w:suff w:val="nothing"/>'), walk((1, 0)), ["1."]),
    ("Russian letters skip ё and й", one("russianLower", "%1)", start=6), walk(*[(1, 0)] * 5), ["е)", "ж)", "з)", "и)", "к)"]),
    ("decimalZero", one("decimalZero", "%1.", start=9), walk((1, 0), (1, 0)), ["09.", "10."]),
    ("a custom format hides before its fallback", one("decimal", "%1.").replace('<w:numFmt w:val="decimal"/>', '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'), walk((1, 0)), ["001."]),
    ("a dash as typed", one("bullet", "-"), walk((1, 0)), ["-"]),
    ("a bullet of Symbol", one("bullet", "\uf0b7", '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>'), walk((1, 0)), ["•"]),
    ("a picture as a bullet", one("bullet", "", '<w:lvlPicBulletId w:val="0"/>'), walk((1, 0)), ["•"]),
    ("an empty numbered paragraph counts", PLAIN, p("т", 1, 0) + p("", 1, 0) + p("т", 1, 0), ["1.", "3."]),
    ("a deleted paragraph does not", PLAIN, p("т", 1, 0) + "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>нет</w:delText></w:r></w:del></w:p>" + p("т", 1, 0), ["1.", "2."]),
    ("nor does a hidden one", PLAIN, p("т", 1, 0) + p("", 1, 0, inner="<w:rPr><w:vanish/></w:rPr>") + p("т", 1, 0), ["1.", "2."]),
    ("a list that was removed with tracking is no list", PLAIN, p("т", inner='<w:pPrChange><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'), [None]),
    ("damaged numbers", PLAIN.replace('w:start w:val="1"', 'w:start w:val="один"'), p("т", 1, 0), ["0."]),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "numbering", "body", "expected"), NUMBERS, ids=[case[0] for case in NUMBERS])
def test_list_numbers(reason: str, numbering: str, body: str, expected: list[str | None]) -> None:
    source = read_docx(package(body, numbering=numbering))
    assert labels(source) == expected, reason
    assert texts(source) == [f"{label} т" if label else "т" for label in expected]


H1 = style("H1", in_list(1)) + style("H2", in_list(1, 1), base="H1")
STYLED: list[tuple[str, str, str, str, list[str | None]]] = [
    ("a style's list", PLAIN, H1, p(style="H1") + p(style="H2") + p(style="H1"), ["1.", "1.1.", "2."]),
    ("a list inherited by basedOn", PLAIN, H1 + style("Мой", base="H2"), p(style="H1") + p(style="Мой"), ["1.", "1.1."]),
    ("the level alone in the style, the list from its base", PLAIN, H1 + style("Мой", in_list(None, 2), base="H1"), p(style="Мой"), ["1.1.1."]),
    ("another list in the style, the level from its base", PLAIN + abstract(5, *DECIMAL) + num(2, 5), H1 + style("Мой", in_list(2), base="H2"), p(style="Мой"), ["1.1."]),
    ("a derived style leaves the list", PLAIN, H1 + style("Мой", in_list(0), base="H1"), p(style="H1") + p(style="Мой"), ["1.", None]),
    ("the paragraph leaves the list of its style", PLAIN, H1, p(style="H1", num=0) + p(style="H1"), [None, "1."]),
    ("the paragraph changes the level only", PLAIN, H1, p(style="H1") + p(style="H1", level=1), ["1.", "1.1."]),
    ("a list of its own beats the style's", PLAIN + abstract(3, lvl(0, "bullet", "–")) + num(3, 3), H1, p(style="H1", num=3, level=0), ["–"]),
    ("a level names its style", abstract(0, DECIMAL[0], lvl(1, "decimal", "%1.%2.", '<w:pStyle w:val="П"/>')) + num(1, 0), style("П"), p("т", 1, 0) + p(style="П"), ["1.", "1.1."]),
    ("… and decides the level where the style names the list", abstract(0, DECIMAL[0], lvl(1, "decimal", "%1.%2.", '<w:pStyle w:val="П"/>')) + num(1, 0), style("П", in_list(1)), p("т", 1, 0) + p(style="П"), ["1.", "1.1."]),
    ("numStyleLink leads to the styleLink list", abstract(0, '<w:styleLink w:val="Список"/>', *DECIMAL) + abstract(1, '<w:numStyleLink w:val="Список"/>') + num(1, 0) + num(2, 1), style("Список", in_list(1), kind="numbering"), p("т", 2, 0) + p("т", 2, 1) + p("т", 1, 0), ["1.", "1.1.", "2."]),
    ("numStyleLink through the style alone", abstract(0, *DECIMAL) + abstract(1, '<w:numStyleLink w:val="Список"/>') + num(1, 0) + num(2, 1), style("Список", in_list(1), kind="numbering"), p("т", 2, 0), ["1."]),
    ("the default style has a list", PLAIN, style("N", in_list(1), default=' w:default="1"'), p() + p(style="нет такого"), ["1.", "2."]),
    ("table styles are passed over, the next style is not", PLAIN, '<w:style w:type="table" w:styleId="T"><w:rPr/></w:style>' + H1, p(style="H1"), ["1."]),
    ("nor is it after a table style without contents", PLAIN, '<w:style w:type="table" w:styleId="T"/>' + H1, p(style="H1"), ["1."]),
    ("styles based on each other do not hang", PLAIN, style("A", base="B") + style("B", base="A"), p(style="A"), [None]),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "numbering", "styles", "body", "expected"), STYLED, ids=[case[0] for case in STYLED])
def test_numbers_through_styles(reason: str, numbering: str, styles: str, body: str, expected: list[str | None]) -> None:
    assert labels(read_docx(package(body, numbering=numbering, styles=styles))) == expected, reason


FORMATS = [
    (1, "decimal", "1"), (4, "upperRoman", "IV"), (49, "lowerRoman", "xlix"), (27, "lowerLetter", "aa"),
    (3, "upperLetter", "C"), (29, "russianLower", "я"), (30, "russianLower", "аа"), (10, "russianUpper", "К"),
    (25, "russianLower", "щ"), (26, "russianLower", "ы"), (27, "russianLower", "э"), (5, "none", ""), (2, "ordinal", "2-й"), (3, "numberInDash", "- 3 -"),
    (3, "decimalEnclosedParen", "(3)"), (255, "hex", "FF"), (2, "chicago", "†"), (4, "unknownFormat", "4"),
    (0, "upperRoman", "0"), (-1, "russianLower", "-1"), (10**9, "lowerLetter", "1000000000"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "form", "expected"), FORMATS)
def test_number_formats(value: int, form: str, expected: str) -> None:
    assert formatted(value, form) == expected


BULLETS = [
    ("\uf02d", "Symbol", "–"), ("-", "Symbol", "–"), ("\uf0b7", "Symbol", "•"), ("\uf0a7", "Wingdings", "•"),
    ("\uf0d8", "Wingdings", "•"), ("§", "Wingdings", "•"), ("\uf02d", "", "–"), ("o", "Courier New", "•"),
    ("–", "Times New Roman", "–"), ("-", "", "-"), ("●", "OpenSymbol", "•"), ("✓", "", "•"), ("*", "", "*"),
    ("№", "", "№"), ("", "", ""), ("-\u00a0", "", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("glyph", "font", "expected"), BULLETS)
def test_bullets(glyph: str, font: str, expected: str) -> None:
    assert bullet(glyph, font) == expected


def field(code: str, result: str) -> str:
    middle = FIELD.format("separate") + r(result) if result else ""
    return f"{FIELD.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{middle}{FIELD.format('end')}"


BOX = "<w:txbxContent>{}</w:txbxContent>"
INSIDE: list[tuple[str, str, list[str]]] = [
    ("runs are one text", r("Про") + r("ток") + r("ол"), ["Протокол"]),
    ("blanks at the ends go", r("  Решили: "), ["Решили:"]),
    ("blanks between runs stay", r("Срок: ") + r("постоянно"), ["Срок: постоянно"]),
    ("a tab", r("Председатель") + "<w:r><w:tab/></w:r>" + r("Иванов"), ["Председатель\tИванов"]),
    ("a line end of the file is a blank", r("до 1\nмая"), ["до 1 мая"]),
    ("a soft line break", r("1. А.") + "<w:r><w:br/></w:r>" + r("2. Б."), ["1. А.", "2. Б."]),
    ("a carriage return", r("А") + "<w:r><w:cr/></w:r>" + r("Б"), ["А", "Б"]),
    ("a page break", r("А") + '<w:r><w:br w:type="page"/></w:r>' + r("Б"), ["А", "Б"]),
    ("hyphens", r("Санкт") + "<w:r><w:noBreakHyphen/></w:r>" + r("Петер") + "<w:r><w:softHyphen/></w:r>" + r("бург"), ["Санкт-Петербург"]),
    ("letters are composed", r("рабочии\u0306 план"), ["рабочий план"]),
    ("insertions stay, deletions go", r("до ") + f"<w:del>{r('1')}</w:del><w:ins>{r('5')}</w:ins>" + r(" мая"), ["до 5 мая"]),
    ("moved text stands where it went", f"<w:moveFrom>{r('А')}</w:moveFrom><w:moveTo>{r('Б')}</w:moveTo>", ["Б"]),
    ("hidden text", r("видно") + r("скрыто", "<w:vanish/>"), ["видно"]),
    ("not hidden after all", r("видно", '<w:vanish w:val="0"/>'), ["видно"]),
    ("a hyperlink", f'<w:hyperlink r:id="x">{r("сайт")}</w:hyperlink>', ["сайт"]),
    ("a smart tag", f"<w:smartTag>{r('5 мая')}</w:smartTag>", ["5 мая"]),
    ("a content control", f"<w:sdt><w:sdtPr><w:rPr/></w:sdtPr><w:sdtContent>{r('дата')}</w:sdtContent></w:sdt>", ["дата"]),
    ("a field shows its result only", field(" DATE ", "05.05.2023"), ["05.05.2023"]),
    ("a simple field", f'<w:fldSimple w:instr="DATE">{r("05.05.2023")}</w:fldSimple>', ["05.05.2023"]),
    ("a field in the code of a field", FIELD.format("begin") + field("X", "нет") + FIELD.format("separate") + r("да") + FIELD.format("end") + r("!"), ["да!"]),
    ("the code of a hidden field", f'<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>{r("код")}{FIELD.format("end")}{r("т")}', ["т"]),
    ("a stray end of a field", FIELD.format("end") + r("т"), ["т"]),
    ("a dash of Symbol", '<w:r><w:sym w:font="Symbol" w:char="F02D"/></w:r>' + r(" пункт"), ["– пункт"]),
    ("a box that is ticked", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + r(" за"), ["☑ за"]),
    ("a damaged sign", '<w:r><w:sym w:font="Symbol" w:char="нет"/></w:r>' + r("т"), ["т"]),
    ("a formula", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", ["x=1"]),
    ("a reading over a word is left out", f"<w:r><w:ruby><w:rt>{r('нет')}</w:rt><w:rubyBase>{r('да')}</w:rubyBase></w:ruby></w:r>", ["да"]),
    ("a text box comes after its paragraph, once", r("Абзац") + "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>" + BOX.format(p("Рамка")) + "</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + BOX.format(p("Рамка")) + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>" + r(" дальше"), ["Абзац дальше", "Рамка"]),
    ("an old text box", "<w:r><w:pict><v:textbox>" + BOX.format(p("Рамка")) + "</v:textbox></w:pict></w:r>", ["Рамка"]),
    ("a fallback alone is read", f"<mc:AlternateContent><mc:Fallback>{r('т')}</mc:Fallback></mc:AlternateContent>", ["т"]),
    ("a hidden text box", r("т") + '<w:r><w:rPr><w:vanish/></w:rPr><w:pict><v:textbox>' + BOX.format(p("Рамка")) + "</v:textbox></w:pict></w:r>", ["т"]),
    ("a comment in the XML", "<!-- нет -->" + r("т"), ["т"]),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "inner", "expected"), INSIDE, ids=[case[0] for case in INSIDE])
def test_what_a_paragraph_shows(reason: str, inner: str, expected: list[str]) -> None:
    assert texts(read_docx(package(f"<w:p>{inner}</w:p>"))) == expected, reason


def mark(look: str, text: str = "А") -> str:
    return p(text, inner=f"<w:rPr>{look}</w:rPr>")


BLOCKS: list[tuple[str, str, list[str]]] = [
    ("empty paragraphs make none", p("А") + p("") + p("  ") + p("Б"), ["А", "Б"]),
    ("a content control around paragraphs", f"<w:sdt><w:sdtPr/><w:sdtContent>{p('А')}{p('Б')}</w:sdtContent></w:sdt>", ["А", "Б"]),
    ("custom XML around paragraphs", f"<w:customXml>{p('А')}</w:customXml>", ["А"]),
    ("an inserted and a deleted paragraph", f"<w:ins>{p('А')}</w:ins><w:del>{p('Б')}</w:del>", ["А"]),
    ("a deleted end mark joins two paragraphs", mark("<w:del/>", "до 1 ") + p("мая"), ["до 1 мая"]),
    ("an inserted end mark does not", mark("<w:ins/>") + p("Б"), ["А", "Б"]),
    ("a style separator joins two paragraphs", mark("<w:vanish/><w:specVanish/>", "Слушали: ") + p("Иванова"), ["Слушали: Иванова"]),
    ("a drop cap belongs to its word", p("В", inner='<w:framePr w:dropCap="drop"/>') + p("ологда"), ["Вологда"]),
    ("a text box does not swallow what flows on", mark("<w:del/>", "до 1 ").replace("</w:p>", f"<w:r><w:pict>{BOX.format(p('Рамка'))}</w:pict></w:r></w:p>") + p("мая"), ["Рамка", "до 1 мая"]),
    ("a deleted end mark at the end of all", p("А") + mark("<w:del/>", "Б"), ["А", "Б"]),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "body", "expected"), BLOCKS, ids=[case[0] for case in BLOCKS])
def test_which_paragraphs_there_are(reason: str, body: str, expected: list[str]) -> None:
    assert texts(read_docx(package(body))) == expected, reason


def test_a_style_separator_keeps_the_number() -> None:
    first = p("Слушали: ", 1, 0, inner="<w:rPr><w:vanish/><w:specVanish/></w:rPr>")
    source = read_docx(package(first + p("Иванова"), numbering=PLAIN))
    assert (texts(source), labels(source)) == (["1. Слушали: Иванова"], ["1."])


def test_a_soft_break_has_no_number() -> None:
    body = p("А", 1, 1).replace("</w:p>", f"<w:r><w:br/></w:r>{r('Б')}</w:p>")
    first, second = read_docx(package(body, numbering=PLAIN)).paragraphs
    assert (first.label, first.level, first.is_soft) == ("1.1.", 1, False)
    assert (second.label, second.level, second.is_soft) == (None, None, True)


STYLES = (
    style("Жирный", "<w:pPr><w:jc w:val='center'/></w:pPr><w:rPr><w:b/></w:rPr>")
    + style("Сын", base="Жирный")
    + style("Strong", "<w:rPr><w:b/></w:rPr>", kind="character")
)
LOOKS: list[tuple[str, str, bool, bool]] = [
    ("plain", p(), False, False),
    ("own bold and centre", f"<w:p><w:pPr><w:jc w:val='center'/></w:pPr>{r('т', '<w:b/>')}</w:p>", True, True),
    ("bold in part", f"<w:p>{r('РЕШИЛИ:', '<w:b/>')}{r(' утвердить')}</w:p>", False, False),
    ("a plain blank does not matter", f"<w:p>{r('т', '<w:b/>')}{r(' ')}</w:p>", True, False),
    ("of the paragraph style", p(style="Жирный"), True, True),
    ("of the base style", p(style="Сын"), True, True),
    ("of the run style", "<w:p>" + r("т", "<w:rStyle w:val='Strong'/>") + "</w:p>", True, False),
    ("two bold styles cancel out in Word", "<w:p><w:pPr><w:pStyle w:val='Сын'/></w:pPr>" + r("т", "<w:rStyle w:val='Strong'/>") + "</w:p>", False, True),
    ("switched off", "<w:p><w:pPr><w:pStyle w:val='Сын'/><w:jc w:val='left'/></w:pPr>" + r("т", "<w:b w:val='0'/>") + "</w:p>", False, False),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "body", "is_bold", "is_centered"), LOOKS, ids=[case[0] for case in LOOKS])
def test_bold_and_centred(reason: str, body: str, is_bold: bool, is_centered: bool) -> None:
    paragraph = only(read_docx(package(body, styles=STYLES)))
    assert (paragraph.is_bold, paragraph.is_centered) == (is_bold, is_centered), reason


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


DOWN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
TABLES: list[tuple[str, str, list[tuple[str, int, int, int]]]] = [
    ("rows and columns", tbl(tr(tc("А"), tc("Б")), tr(tc("В"), tc("Г"))), [("А", 0, 0, 0), ("Б", 0, 0, 1), ("В", 0, 1, 0), ("Г", 0, 1, 1)]),
    ("an empty cell keeps its column", tbl(tr(tc(p("")), tc("Б"))), [("Б", 0, 0, 1)]),
    ("every paragraph of a cell", tbl(tr(tc(p("А") + p("Б")))), [("А", 0, 0, 0), ("Б", 0, 0, 0)]),
    ("a wide cell takes its columns", tbl(tr(tc("А", '<w:gridSpan w:val="2"/>'), tc("Б")), tr(tc("1"), tc("2"), tc("3"))), [("А", 0, 0, 0), ("Б", 0, 0, 2), ("1", 0, 1, 0), ("2", 0, 1, 1), ("3", 0, 1, 2)]),
    ("a tall cell is read once", tbl(tr(tc("А", DOWN), tc("Б")), tr(tc("нет", GOES_ON), tc("В"))), [("А", 0, 0, 0), ("Б", 0, 0, 1), ("В", 0, 1, 1)]),
    ("a continuation of nothing is a cell", tbl(tr(tc("А", GOES_ON))), [("А", 0, 0, 0)]),
    ("a new tall cell below another", tbl(tr(tc("А", DOWN)), tr(tc("", GOES_ON)), tr(tc("Б", DOWN))), [("А", 0, 0, 0), ("Б", 0, 2, 0)]),
    ("an old wide cell", tbl(tr(tc("А", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("Б"))), [("А", 0, 0, 0), ("Б", 0, 0, 2)]),
    ("a row that begins later", tbl(tr(tc("А"), properties='<w:gridBefore w:val="2"/>')), [("А", 0, 0, 2)]),
    ("a deleted row", tbl(tr(tc("А"), properties="<w:del/>"), tr(tc("Б"))), [("Б", 0, 0, 0)]),
    ("a nested table comes in its cell", tbl(tr(tc(p("А") + tbl(tr(tc("Б"))) + p("В")), tc("Г"))), [("А", 0, 0, 0), ("Б", 1, 0, 0), ("В", 0, 0, 0), ("Г", 0, 0, 1)]),
    ("two tables", tbl(tr(tc("А"))) + tbl(tr(tc("Б"))), [("А", 0, 0, 0), ("Б", 1, 0, 0)]),
    ("a row and a cell in content controls", tbl(f"<w:sdt><w:sdtContent>{tr(tc('А'), f'<w:sdt><w:sdtContent>{tc(chr(1041))}</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt>"), [("А", 0, 0, 0), ("Б", 0, 0, 1)]),
    ("a monstrous span does no harm", tbl(tr(tc("А", '<w:gridSpan w:val="999999999"/>'), tc("Б"))), [("А", 0, 0, 0), ("Б", 0, 0, 1000)]),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "body", "expected"), TABLES, ids=[case[0] for case in TABLES])
def test_tables(reason: str, body: str, expected: list[tuple[str, int, int, int]]) -> None:
    source = read_docx(package(body))
    cells = [q.cell for q in source.paragraphs if q.cell]
    assert [(text, c.table, c.row, c.column) for text, c in zip(texts(source), cells, strict=True)] == expected, reason


def test_a_table_does_not_reach_beyond_its_end() -> None:
    source = read_docx(package(tbl(tr(tc("А"))) + p("после")))
    assert [q.cell for q in source.paragraphs] == [Cell(0, 0, 0), None]


def test_a_column_of_automatic_numbers_is_read() -> None:
    rows = [tr(tc(p("", 1, 0)), tc(text)) for text in ("Провести", "Утвердить")]
    source = read_docx(package(tbl(*rows), numbering=PLAIN))
    assert texts(source) == ["1.", "Провести", "2.", "Утвердить"]


def test_headers_footers_and_notes_stand_at_the_end() -> None:
    refs = "".join(
        f'<w:{kind}Reference w:type="{page}" r:id="{key}"/>'
        for kind, page, key in (("header", "default", "header1"), ("header", "first", "header2"), ("footer", "default", "footer1"))
    )
    body = p("Текст") + f"<w:p>{r('Сноска')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p><w:sectPr>{refs}</w:sectPr>"
    note = '<w:footnote w:id="{}">{}</w:footnote>'
    source = read_docx(
        package(
            body,
            header1=p("Школа № 3") + p("Школа № 3", 1, 0),
            header2=p("только на первой странице"),
            footer1=f"<w:p>{r('Страница ')}{field('PAGE', '2')}{r(' из 6')}</w:p>",
            footnotes=note.format(0, p("черта")) + note.format(2, p("пояснение")),
            numbering=PLAIN,
        )
    )
    assert [(text, q.zone) for text, q in zip(texts(source), source.paragraphs, strict=True)] == [
        ("Текст", "body"), ("Сноска", "body"), ("Школа № 3", "header"), ("1. Школа № 3", "header"),
        ("Страница 2 из 6", "page_number"), ("пояснение", "footnote"),
    ]  # fmt: skip


def test_a_first_page_header_counts_where_it_is_switched_on() -> None:
    section = '<w:sectPr><w:headerReference w:type="first" r:id="header1"/><w:titlePg/></w:sectPr>'
    assert texts(read_docx(package(p("Текст") + section, header1=p("Шапка")))) == ["Текст", "Шапка"]


def test_a_header_repeated_by_sections_comes_once() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="{}"/></w:sectPr>'
    body = f"<w:p><w:pPr>{section.format('header1')}</w:pPr>{r('Текст')}</w:p>" + section.format("header2")
    assert texts(read_docx(package(body, header1=p("Шапка"), header2=p("Шапка")))) == ["Текст", "Шапка"]


def test_the_text_is_its_paragraphs() -> None:
    source = read_docx(package(p("А") + tbl(tr(tc("Б"), tc("В"))) + p("Г", 1, 0), numbering=PLAIN))
    assert source.text == "\n".join(texts(source)) == "А\nБ\nВ\n1. Г"
    assert [(line.start, line.end) for line in source.lines] == [(q.start, q.end) for q in source.paragraphs]
    assert (source.page_count, source.text_source, source.media_type.rsplit(".", 1)[-1]) == (None, "text_layer", "document")


def saved(word: Any) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def test_a_document_of_python_docx() -> None:
    word = docx.Document()
    title = word.add_paragraph()
    title.add_run("ПРОТОКОЛ").bold = True
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("О планах", "Разное"):
        word.add_paragraph(text, style="List Number")
    word.add_paragraph("пункт", style="List Bullet")
    table = word.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Шапка"
    table.cell(1, 1).text = "Срок"
    word.sections[0].header.paragraphs[0].text = "Колонтитул"
    source = read_docx(saved(word))
    assert texts(source) == ["ПРОТОКОЛ", "1. О планах", "2. Разное", "• пункт", "Шапка", "Срок", "Колонтитул"]
    first = source.paragraphs[0]
    assert first.is_bold
    assert first.is_centered
    assert [q.cell for q in source.paragraphs if q.cell] == [Cell(0, 0, 0), Cell(0, 1, 1)]
    assert source.paragraphs[-1].zone == "header"


def test_strict_open_xml_is_read() -> None:
    strict = part("document", f"<w:body>{p('Протокол')}</w:body>").replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert texts(read_docx(zipped({"word/document.xml": strict}))) == ["Протокол"]


def test_another_name_of_the_main_part() -> None:
    rels = f'<R xmlns="x"><Relationship Id="a" Type="{R}/officeDocument" Target="/word/document2.xml"/></R>'
    assert texts(read_docx(zipped({"_rels/.rels": rels, "word/document2.xml": part("document", f"<w:body>{p('А')}</w:body>")}))) == ["А"]


def code(data: bytes) -> str:
    with pytest.raises(ReaderError) as caught:
        read_docx(data)
    assert any("а" <= char <= "я" for char in caught.value.message), "the clerk reads Russian"
    return caught.value.code


ENTITIES = '<!DOCTYPE d [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;">]>'
MAIN = part("document", f"<w:body>{p('А')}</w:body>")
NESTED = "<w:tbl><w:tr><w:tc>" * 200 + "</w:tc></w:tr></w:tbl>" * 200
PICTURE = "<w:p><w:r><w:drawing><a:blip r:embed='x'/></w:drawing></w:r></w:p>"
BAD: list[tuple[str, bytes, str]] = [
    ("no archive", b"PK\x03\x04 and nothing more", "damaged_docx"),
    ("an empty file", b"", "damaged_docx"),
    ("cut in the middle", package(p("А" * 1000))[:-40], "damaged_docx"),
    ("no main part", zipped({"word/styles.xml": part("styles", "")}), "damaged_docx"),
    ("no body", zipped({"word/document.xml": part("document", "")}), "damaged_docx"),
    ("broken XML", zipped({"word/document.xml": MAIN[:-5]}), "damaged_docx"),
    ("entities", zipped({"word/document.xml": MAIN.replace("<w:document", ENTITIES + "<w:document", 1)}), "damaged_docx"),
    ("no end of nesting", package(NESTED), "damaged_docx"),
    ("only a picture", package(PICTURE), "no_text"),
    ("nothing at all", package(p("")), "no_text"),
    ("text in the header only", package(PICTURE + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>', header1=p("Ш")), "no_text"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "data", "expected"), BAD, ids=[case[0] for case in BAD])
def test_bad_files(reason: str, data: bytes, expected: str) -> None:
    assert code(data) == expected, reason


BOMBS: list[tuple[str, Callable[[], dict[str, str]]]] = [
    ("a part too large for a tree", lambda: {"word/document.xml": MAIN + noise(61)}),
    ("a part that swells", lambda: {"word/document.xml": MAIN + " " * 20 * 2**20}),
    ("one that swells beside the text", lambda: {"word/document.xml": MAIN, "word/media/a.bin": "\0" * 20 * 2**20}),
    ("very many members", lambda: {"word/document.xml": MAIN} | {f"{i}": "" for i in range(5_001)}),
]


def noise(megabytes: int) -> str:
    """Text that packs badly enough to pass for honest."""
    return random.Random(1).randbytes(2**13).hex() * (64 * megabytes)


@pytest.mark.parametrize(("reason", "files"), BOMBS, ids=[case[0] for case in BOMBS])
def test_zip_bombs(reason: str, files: Callable[[], dict[str, str]]) -> None:
    assert code(zipped(files())) == "zip_bomb", reason


WARNED = [
    ("little text beside a picture", package(p("Приложение") + PICTURE), "little_text"),
    ("damaged numbering does not cost the text", package(p("А"), numbering="<w:num>"), "damaged_part"),
    ("a file within the file", package(p("А") + "<w:altChunk r:id='x'/>"), "nested_file"),
]


@pytest.mark.parametrize(("reason", "data", "expected"), WARNED, ids=[case[0] for case in WARNED])
def test_warnings(reason: str, data: bytes, expected: str) -> None:
    assert [issue.code for issue in read_docx(data).issues] == [expected], reason


def test_a_lying_directory_unpacks_no_more_than_it_says() -> None:
    data = package(p("А" * 5000))
    member = zipfile.ZipFile(io.BytesIO(data)).getinfo("word/document.xml")
    assert code(data.replace(member.file_size.to_bytes(4, "little"), (10).to_bytes(4, "little"))) == "damaged_docx"


def test_no_damage_raises_anything_but_our_error() -> None:
    chance = random.Random(7)
    body = p("Слушали", 1, 0) + tbl(tr(tc("А"), tc("Б"))) + p("Решили", 1, 1, "H1")
    data = package(body, numbering=PLAIN, styles=H1)
    for _ in range(300):
        broken = bytearray(data[: chance.choice((len(data), chance.randrange(len(data))))])
        for _ in range(chance.choice((1, 4, 16)) if broken else 0):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        try:
            source = read_docx(bytes(broken))
        except ReaderError:
            continue
        assert all(texts(source))
