"""Scans from end to end: formats of pictures, turns, tables, places, grades, doubts, and machines without Tesseract."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date

import cv2
import docx
import numpy as np
import pypdfium2
import pytest
from PIL import Image as Pillow
from rapidfuzz.distance import Levenshtein
from rich.console import Console

from pipeline import deadlines as deadlines_module
from pipeline.model import Decision, Doubt, Header, Line, PageGrade, Paragraph, Protocol, Source, Value
from pipeline.parsers.misreadings import mark_misreadings
from pipeline.readers import ReaderError, read
from pipeline.readers.scan import engine as engine_module
from pipeline.readers.scan.engine import Read
from pipeline.readers.scan.image import quarter_turned
from pipeline.readers.scan.latin import in_russian
from pipeline.readers.scan.numbers import checked
from pipeline.run import extract_bytes
from pipeline.screen import show_outcome
from tests.conftest import needs_program
from tests.scans.degrade import CONDITIONS, Image, clean, rotated
from tests.scans.paper import LEFT, PROSE, Sheet
from tests.scans.printing import picture_pdf

LINES = ("ПРОТОКОЛ № 3", "заседания комиссии от 12.04.2023", "РЕШИЛИ:", "1. Провести проверку школ. Срок: до 01.06.2023")


@pytest.fixture(scope="module", autouse=True)
def _tesseract() -> None:
    needs_program("tesseract")


@pytest.fixture(scope="module")
def page() -> Image:
    sheet = Sheet()
    for line in LINES:
        sheet.line(line)
    sheet.prose(12)
    return clean(sheet.pixels(200), 1)


def saved(pages: Sequence[Image], kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    first, *rest = [Pillow.fromarray(page) for page in pages]
    first.save(out, kind, **({"save_all": True, "append_images": rest} if rest else {}), **options)
    return out.getvalue()


def bilevel(page: Image) -> bytes:
    out = io.BytesIO()
    Pillow.fromarray(page).convert("L").point(lambda value: 255 * (value > 150)).convert("1").save(out, "TIFF", compression="group4")
    return out.getvalue()


FILES: dict[str, Callable[[Image], bytes]] = {
    "PDF": lambda page: picture_pdf([page], 200),
    "JPEG": lambda page: saved([page], "JPEG", quality=85, dpi=(200, 200)),
    "PNG without resolution": lambda page: saved([page], "PNG"),
    "TIFF": lambda page: saved([page], "TIFF", dpi=(200, 200)),
    "TIFF of a fax": bilevel,
    "WebP": lambda page: saved([page], "WEBP", quality=90),
    "BMP": lambda page: saved([page], "BMP"),
    "GIF": lambda page: saved([page], "GIF"),
}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_picture_is_read(name: str, page: Image) -> None:
    source = read(FILES[name](page))
    assert source.text.split("\n")[:4] == [*LINES[:3], LINES[3]]
    assert (source.text_source, source.page_count, source.issues) == ("ocr", 1, ())
    (grade,) = source.pages
    assert grade.confidence is not None
    assert grade.known_share is not None
    assert min(grade.confidence, grade.known_share) > 0.85
    assert grade.width == pytest.approx(595, abs=2)


def test_a_tiff_of_many_pages_has_them_in_order() -> None:
    sheet = Sheet()
    for number in range(1, 4):
        sheet.line(f"Вопрос {number}. Рассмотрение заявлений граждан")
        sheet.prose(4)
        sheet.page()
    source = read(saved(sheet.pictures(150)[:3], "TIFF", dpi=(150, 150)), threads=2)
    found = [(p.page_no, source.text[p.start : p.end]) for p in source.paragraphs if source.text.startswith("Вопрос", p.start)]
    assert found == [(n, f"Вопрос {n}. Рассмотрение заявлений граждан") for n in (1, 2, 3)]
    assert source.page_count == 3


@pytest.mark.parametrize("degrees", [0, 90, 180, 270, 3, -4])
def test_boxes_lie_on_the_picture_as_it_is(degrees: int) -> None:
    """However the sheet lay: where the box of a line is, there is its ink and no other line's."""
    sheet = Sheet()
    for _ in range(6):
        sheet.line(PROSE[0])
        sheet.y -= 40
    upright = clean(sheet.pixels(200), 1)
    picture = quarter_turned(upright, degrees // 90)[0] if degrees % 90 == 0 else rotated(upright, degrees)
    source = read(picture_pdf([picture], 200))
    ink = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) < 128
    boxes = [line.box for line in source.lines if line.box]
    assert len(boxes) == 6
    covered = np.zeros_like(ink)
    for box in boxes:
        x0, top, x1, bottom = (round(value * 200 / 72) for value in (box.x0, box.top, box.x1, box.bottom))
        part = ink[max(top, 0) : bottom, max(x0, 0) : x1]
        assert part.sum() > 0.12 * ink.sum()  # a sixth of all, but for the edges
        covered[max(top, 0) : bottom, max(x0, 0) : x1] = True
    assert (ink & covered).sum() > 0.97 * ink.sum()


def test_a_ruled_table_comes_cell_by_cell() -> None:
    sheet = Sheet()
    sheet.line("РЕШИЛИ:")
    rows = [("№", "Поручение", "Срок"), ("1", "Провести обучение", "до 01.06.2023"), ("2", "Сдать отчёт", "постоянно")]
    sheet.y -= 20
    sheet.table(rows, (40, 260, 150))
    sheet.prose(3)
    source = read(picture_pdf([clean(sheet.pixels(200), 2)], 200))
    cells = [(p.cell.row, p.cell.column, source.text[p.start : p.end]) for p in source.paragraphs if p.cell]
    assert cells == [(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_how_many_letters_are_wrong(condition: str) -> None:
    """A bound for CI; the figures are `make bench-ocr`'s."""
    sheet = Sheet()
    for line in LINES:
        sheet.line(line)
    sheet.prose(24)
    dpi, degrade = CONDITIONS[condition]
    source = read(picture_pdf([degrade(sheet.pixels(dpi), 11)], dpi, quality=95))
    found = " ".join(source.text[p.start : p.end] for p in source.paragraphs if p.zone == "body")
    expected = " ".join([*LINES, *PROSE * 6])
    limit = 0.04 if condition in ("office", "phone") else 0.012 if "stamp" in condition else 0.006
    assert Levenshtein.normalized_distance(found.replace("\n", " "), expected) <= limit, found


def test_a_mixed_file_says_so() -> None:
    sheet = Sheet()
    sheet.prose(10)
    typed = Sheet()
    typed.canvas.drawInlineImage(Pillow.fromarray(sheet.pixels(150)), 0, 0, 595, 842)
    typed.page()
    typed.prose(10)
    source = read(typed.pdf())
    assert source.text_source == "mixed"
    assert [page.text_source for page in source.pages] == ["ocr", "text_layer"]
    assert source.text.count(PROSE[0]) == 6


def test_a_page_without_a_word_is_an_issue_and_no_text() -> None:
    random = np.random.default_rng(1)
    strokes = np.full((1400, 1000, 3), 255, np.uint8)
    for _ in range(120):
        points = random.integers(100, 900, (6, 2)) + random.integers(0, 400, (1, 2)) * (0, 1)
        cv2.polylines(strokes, [points.astype(np.int32)], False, (0, 0, 0), 2)
    with pytest.raises(ReaderError) as caught:
        read(saved([strokes], "PNG"))
    assert caught.value.code == "no_text"


def test_a_page_that_takes_too_long_is_an_issue(page: Image, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.readers.scan.PAGE_SECONDS", 0.001)
    with pytest.raises(ReaderError) as caught:
        read(picture_pdf([page], 200))
    assert caught.value.code == "page_timeout"


# Without Tesseract


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "data_folder", lambda: None)


@pytest.mark.usefixtures("no_tesseract")
@pytest.mark.parametrize("name", ["PDF", "TIFF"])
def test_without_tesseract_a_scan_says_what_to_install(name: str, page: Image) -> None:
    with pytest.raises(ReaderError) as caught:
        read(FILES[name](page))
    assert caught.value.code == "ocr_missing"
    assert "apt install tesseract-ocr-rus" in caught.value.message


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_the_typed_pages_are_read(page: Image) -> None:
    typed = Sheet()
    typed.prose(10)
    typed.page()
    typed.canvas.drawInlineImage(Pillow.fromarray(page), 0, 0, 595, 842)
    source = read(typed.pdf())
    assert source.text.startswith(PROSE[0])
    assert [(issue.code, issue.page_no) for issue in source.issues] == [("ocr_missing", 2)]


# Numbers that may be misread


class TwoReadings:
    """A stand-in for Tesseract: what it reads of a crop, one answer after another."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    def line(self, grey: Image, timeout: float) -> list[list[Read]]:
        return [[Read(self.answers.pop(0), 90.0, 0, 0, 1, 1, 1)]]


@pytest.mark.parametrize(
    ("first", "confidence", "answers", "text", "other", "reason"),
    [
        ("01.11.23", 95, ["01.11.23"], "01.11.23", None, "both agree"),
        ("01.11.25", 85, ["01.11.23", "01.11.23"], "01.11.25", "01.11.23", "two others agree: in doubt, and not decided"),
        ("01.11.25", 95, ["01.11.23", "01.11.25"], "01.11.25", None, "a sure first one and the third"),
        ("01.11.25", 70, ["01.11.23", "01.11.25"], "01.11.25", "01.11.23", "an unsure first one"),
        ("20230,", 60, ["‚2023г.", ".2023r."], "2023г.", "20230,", "a crumb of the word before is no part of a reading"),
        ("91.1123", 40, ["01.11.23", "01.11.23"], "01.11.23", "91.1123", "the first one is no date"),
        ("июля", 95, ["июня", "июня"], "июля", "июня", "months are read twice too"),
        ("2023r.", 90, ["2023г."], "2023r.", None, "a look-alike is no difference"),
        ("12", 30, ["12"], "12", "12", "agreed, but so unsure that somebody should look"),
        ("школы", 60, [], "школы", None, "a word is not asked about"),
    ],
)
def test_numbers_are_read_twice(first: str, confidence: float, answers: list[str], text: str, other: str | None, reason: str) -> None:
    words = [Read("до", 95, 20, 80, 40, 104, 100, "до"), Read(first, confidence, 50, 80, 130, 104, 100, first)]
    engine = TwoReadings(*answers)
    ((_, word),) = checked([words], np.full((150, 300), 255, np.uint8), 16.0, engine)  # type: ignore[arg-type]
    assert (word.text, word.other, engine.answers) == (text, other, []), reason


def protocol(text: str, anchor: date, doubts: tuple[Doubt, ...]) -> tuple[Source, Protocol]:
    """A scanned protocol with one decision, its head the first line."""
    lines = (Line(0, len(text), 1),)
    source = Source(text, (Paragraph(0, len(text), 1),), lines, "application/pdf", (PageGrade(1, "ocr"),), 1, doubts)
    at = text.index("Срок")
    found = tuple(deadlines_module.parse_deadlines(text[at:], anchor))
    found = tuple(d.__class__(**{**{s: getattr(d, s) for s in d.__slots__}, "start": d.start + at, "end": d.end + at}) for d in found)
    decision = Decision("Сдать отчёт", at, len(text), "test", 1.0, "1", deadlines=found)
    header = Header(date=Value(anchor, 0, 10, "test"))
    return source, Protocol("protocol", 1.0, header, decisions=(decision,))


TEXT = "12.04.2023. Сдать отчёт. Срок: до 01.06.2023"


@pytest.mark.parametrize(
    ("text", "doubts", "is_ambiguous", "codes", "reason"),
    [
        (TEXT, (), False, [], "no doubt"),
        (TEXT, (Doubt(34, 44, "01.06.2025"),), True, ["misread_number"], "the date itself"),
        (TEXT, (Doubt(0, 10, "12.04.2025"),), False, ["misread_number"], "a full date does not hang on the meeting's"),
        (TEXT.replace("01.06.2023", "1 июня"), (Doubt(0, 10, "12.04.2025"),), True, ["misread_number"], "a date without its year does"),
        (TEXT, (Doubt(12, 17, "Слать"),), False, [], "a doubt elsewhere"),
        (TEXT.replace("01.06.2023", "31.06.2023"), (), True, [], "no such day: a digit is wrong"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value and "Срок" not in value else None,
)
def test_a_doubtful_number_makes_a_deadline_ambiguous(
    text: str, doubts: tuple[Doubt, ...], is_ambiguous: bool, codes: list[str], reason: str
) -> None:
    marked, issues = mark_misreadings(*protocol(text, date(2023, 4, 12), doubts))
    assert [t.is_ambiguous for t in marked.decisions[0].deadlines] == [is_ambiguous], reason
    assert [issue.code for issue in issues] == codes
    for doubt, issue in zip(doubts, issues, strict=False):
        assert text[doubt.start : doubt.end] in issue.message
        assert doubt.other in issue.message


def test_typed_text_is_never_in_doubt() -> None:
    source, found = protocol(TEXT, date(2023, 4, 12), (Doubt(34, 44, "01.06.2025"),))
    typed = Source(source.text, source.paragraphs, source.lines, source.media_type, (), 1, source.doubts)
    assert mark_misreadings(typed, found) == (found, ())


def test_left_margin_is_where_the_sheet_has_it(page: Image) -> None:
    source = read(picture_pdf([page], 200))
    assert all(line.box and abs(line.box.x0 - LEFT) < 3 for line in source.lines)


# Pictures that are none, or not whole


def grey(width: int, height: int, value: int = 255) -> Pillow.Image:
    return Pillow.new("L", (width, height), value)


def encoded(picture: Pillow.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def code(data: bytes) -> str:
    with pytest.raises(ReaderError) as caught:
        read(data)
    assert any("а" <= letter <= "я" for letter in caught.value.message)
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (encoded(grey(1, 1)), "no_text"),
        (encoded(grey(5000, 1)), "no_text"),
        (encoded(grey(1, 5000)), "no_text"),
        (encoded(grey(800, 600, 0)), "no_text"),
        (encoded(grey(31_000, 40)), "no_text"),
        (encoded(Pillow.fromarray((np.random.default_rng(1).random((2400, 2400)) > 0.02).astype(np.uint8) * 255)), "no_text"),
        (encoded(grey(400, 300))[:60], "damaged_picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "damaged_picture"),
        (encoded(grey(9000, 9000)), "no_text"),
    ],
    ids=["a dot", "a line", "a column", "black", "too long", "dots", "cut off", "a head only", "too large"],
)
def test_pictures_without_text_end_well(data: bytes, expected: str) -> None:
    assert code(data) == expected


def test_a_bad_page_of_a_tiff_costs_that_page(page: Image) -> None:
    good = Pillow.fromarray(page)
    source = read(encoded(good, "TIFF", save_all=True, append_images=[grey(31_000, 40), good], dpi=(200, 200)))
    assert source.text.count(LINES[0]) == 2
    assert [(issue.code, issue.page_no) for issue in source.issues] == [("too_large", 2)]


@pytest.mark.parametrize("mode", ["I;16", "I", "RGBA", "P", "LA", "CMYK"])
def test_every_mode_of_pixels_is_seen(mode: str, page: Image) -> None:
    picture = Pillow.fromarray(page)
    if mode.startswith("I"):
        values = np.asarray(picture.convert("L")).astype(np.uint16) * 180 + 9000  # as a scanner of 16 bits gives it
        picture = Pillow.fromarray(values if mode == "I;16" else values.astype(np.int32))
    else:
        picture = picture.convert(mode)
    assert read(encoded(picture, "TIFF" if mode in ("CMYK", "I") else "PNG")).text.startswith(LINES[0])


def test_a_coarse_fax_is_made_square() -> None:
    sheet = Sheet()
    for line in LINES:
        sheet.line(line)
    sheet.prose(8)
    picture = Pillow.fromarray(sheet.pixels(204)).convert("L")
    fax = picture.resize((picture.width, picture.height // 2)).point(lambda value: 255 * (value > 150)).convert("1")
    source = read(encoded(fax, "TIFF", compression="group4", dpi=(204, 102)))
    assert "12.04.2023" in source.text
    assert source.pages[0].height == pytest.approx(842, abs=5)


def docx_of(*pictures: bytes | None, text: str = "Приложение") -> bytes:
    """A DOCX with a little text and pictures; None is one whose file is missing."""
    document = docx.Document()
    document.add_paragraph(text)
    for picture in pictures:
        document.add_picture(io.BytesIO(picture or encoded(grey(900, 900))))
    out = io.BytesIO()
    document.save(out)
    if None not in pictures:
        return out.getvalue()
    lost = f"word/media/image{pictures.index(None) + 1}.png"
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            if name != lost:
                new.writestr(name, old.read(name))
    return changed.getvalue()


def test_a_docx_of_pictures_is_read(page: Image) -> None:
    picture = saved([page], "PNG", dpi=(200, 200))
    source = read(docx_of(picture, saved([page[:1200]], "PNG", dpi=(200, 200))))
    assert source.text.startswith("Приложение")
    assert source.text.count(LINES[0]) == 2
    assert source.text_source == "ocr"


def test_a_missing_picture_of_a_docx_is_told(page: Image) -> None:
    source = read(docx_of(saved([page], "PNG", dpi=(200, 200)), None))
    assert source.text.count(LINES[0]) == 1
    assert [issue.code for issue in source.issues] == ["missing_picture"]


def test_a_damaged_picture_of_a_docx_costs_a_page(page: Image) -> None:
    whole = saved([page], "PNG", dpi=(200, 200))
    source = read(docx_of(whole).replace(b"IDAT", b"IDAT", 1))
    assert source.issues == ()


@pytest.mark.parametrize("box", [(0, 0, 595, 842), (1000, 1000, 1595, 1842)])
def test_a_scan_is_seen_wherever_the_page_begins(box: tuple[int, int, int, int], page: Image) -> None:
    sheet = Sheet()
    x, y = box[:2]
    sheet.canvas.drawInlineImage(Pillow.fromarray(page), x, y, 595, 842)
    out = io.BytesIO()
    document = pypdfium2.PdfDocument(sheet.pdf())
    document[0].set_mediabox(*box)
    document.save(out)
    assert read(out.getvalue()).text.startswith(LINES[0])


def test_roman_numbers_of_quarters_are_told_by_their_strokes() -> None:
    sheet = Sheet()
    for number in ("I", "II", "III", "IV"):
        sheet.line(f"Срок исполнения поручения: {number} квартал 2024 года.")
    source = read(picture_pdf([clean(sheet.pixels(200), 3)], 200))
    assert re.findall(r"([IV]+) квартал", source.text) == ["I", "II", "III", "IV"]
    doubts = [source.text[doubt.start : doubt.end] for doubt in source.doubts]
    assert not {"I", "II", "IV"} & set(doubts)  # «III» of this font comes as «!», and stays in doubt


def test_a_stroke_too_few_is_a_doubt() -> None:
    sheet = Sheet()
    sheet.line("II")
    pixels = cv2.cvtColor(sheet.pixels(200), cv2.COLOR_RGB2GRAY)
    ys, xs = np.nonzero(pixels < 128)
    word = Read("I", 96, xs.min(), ys.min(), xs.max() + 1, ys.max() + 1, ys.max() + 1, "I")
    after = Read("квартал", 96, xs.max() + 10, ys.min(), xs.max() + 100, ys.max(), ys.max() + 1, "квартал")
    ((first, _),) = checked([[word, after]], pixels, 17.0, TwoReadings("I"))  # type: ignore[arg-type]
    assert first.other == "II"


@pytest.mark.parametrize(
    ("before", "other", "reason"),
    [
        ("ЦХ", "ЦХ квартал", "a crumb: the quarter was not read"),
        ("IV", None, "a Roman number"),
        ("2", None, "a number"),
        ("2-й", None, "an ordinal"),
        ("за", None, "a preposition"),
        ("каждый", None, "a word"),
    ],
)
def test_a_period_without_its_number_is_a_doubt(before: str, other: str | None, reason: str) -> None:
    row = [Read(text, 95, 30 * at, 80, 30 * at + 20, 104, 100, text) for at, text in enumerate((before, "квартал"))]
    ((_, period),) = checked([row], np.full((150, 300), 255, np.uint8), 16.0, TwoReadings(before))  # type: ignore[arg-type]
    assert period.other == other, reason


class Russian:
    """A stand-in for Tesseract that reads Russian only."""

    def __init__(self, answer: str, confidence: float = 90.0) -> None:
        self.answer = Read(answer, confidence, 0, 0, 1, 1, 1)

    def russian(self, grey: Image) -> Read:
        return self.answer


@pytest.mark.parametrize(
    ("words", "answer", "confidence", "found", "reason"),
    [
        ("дом 28 no Полевой", "по", 90, "дом 28 по Полевой", "a preposition in Latin letters"),
        ("Ha охрану объекта", "На", 90, "На охрану объекта", "a capital keeps its size"),
        ("в Zoom для педагогов", "700т", 90, "в Zoom для педагогов", "no Russian word"),
        ("в Word для педагогов", "Мога", 90, "в Word для педагогов", "not in the dictionary"),
        ("до no срока исполнения", "по", 40, "до no срока исполнения", "too unsure"),
        ("план на IV квартал", "ТУ", 90, "план на IV квартал", "a Roman number"),
        ("school number five", "по", 90, "school number five", "a row that is Latin"),
    ],
)
def test_latin_words_in_russian_rows(words: str, answer: str, confidence: float, found: str, reason: str) -> None:
    row = [Read(word, 90, 20 * at, 80, 20 * at + 15, 104, 100, word) for at, word in enumerate(words.split())]
    ((*read_again,),) = in_russian([row], np.full((150, 300), 255, np.uint8), 16.0, Russian(answer, confidence))  # type: ignore[arg-type]
    assert " ".join(word.text for word in read_again) == found, reason


def test_show_tells_how_well_a_scan_was_read(page: Image) -> None:
    out = io.StringIO()
    show_outcome(extract_bytes(picture_pdf([page], 200)), "скан.pdf", Console(file=out, width=100))
    assert "Распознано страниц: 1, уверенность 0.9" in out.getvalue()
