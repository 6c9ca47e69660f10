"""The PDF reader: pages are printed here by reportlab, each for one reason."""

from __future__ import annotations

import contextlib
import io
import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.model import Source
from pipeline.readers.common import ReaderError
from pipeline.readers.pdf import read_pdf
from tests.conftest import needs_program
from tests.fonts import roboto

LEFT, WIDTH, SIZE, LEADING = 70.0, 455.0, 12.0, 14.4
PLAIN, BOLD = "Roboto-Regular", "Roboto-Bold"
RUN = "Комиссия рассмотрела итоги работы школ района за прошедший учебный год и отметила"


def width(text: str, font: str = PLAIN) -> float:
    return float(pdfmetrics.stringWidth(text, font, SIZE))


class Sheet:
    """A canvas that counts from the top, as the eye does."""

    def __init__(self, encrypt: str | None = None) -> None:
        for style in ("Regular", "Bold"):
            pdfmetrics.registerFont(TTFont(f"Roboto-{style}", str(roboto(style))))
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4, invariant=1, encrypt=encrypt)
        self.y = 70.0

    def at(self, x: float, y: float, text: str, font: str = PLAIN) -> None:
        self.canvas.setFont(font, SIZE)
        self.canvas.drawString(x, A4[1] - y, text)

    def line(self, text: str, x: float = LEFT, font: str = PLAIN, gap: float = 0.0) -> None:
        self.y += gap
        self.at(x, self.y, text, font)
        self.y += LEADING

    def centre(self, text: str, font: str = PLAIN, gap: float = 0.0) -> None:
        self.line(text, LEFT + (WIDTH - width(text, font)) / 2, font, gap)

    def full(self, text: str, indent: float = 0.0) -> None:
        """A justified line: its words are spread over the width."""
        words = text.split()
        spare = (WIDTH - indent - sum(map(width, words))) / (len(words) - 1)
        assert 0 < spare < 14, "choose a text that nearly fills the line"
        x = LEFT + indent
        for word in words:
            self.at(x, self.y, word + " ")
            x += width(word) + spare
        self.y += LEADING

    def row(self, *cells: Sequence[str], height: float = 40.0, widths: Sequence[float] = (40.0, 255.0, 160.0)) -> None:
        x = LEFT
        for lines, wide in zip(cells, widths, strict=True):
            self.canvas.rect(x, A4[1] - self.y - height, wide, height)
            for index, text in enumerate(lines):
                self.at(x + 4, self.y + 12 + index * LEADING, text)
            x += wide
        self.y += height

    def page(self) -> None:
        self.canvas.showPage()
        self.y = 70.0

    def bytes(self) -> bytes:
        self.canvas.save()
        return self.out.getvalue()

    def read(self) -> Source:
        return read_pdf(self.bytes())


def texts(source: Source, zone: str = "body") -> list[str]:
    return [source.text[p.start : p.end] for p in source.paragraphs if p.zone == zone]


def cells(source: Source) -> list[tuple[int, int, int, str]]:
    found = [(p.cell, source.text[p.start : p.end]) for p in source.paragraphs]
    return [(cell.table, cell.row, cell.column, text) for cell, text in found if cell]


def check_form(source: Source) -> None:
    """The promises of every reader: paragraphs tile the text, lines lie inside them."""
    assert source.text == "\n".join(source.text[p.start : p.end] for p in source.paragraphs)
    assert all(above.end + 1 == below.start for above, below in pairwise(source.paragraphs))
    spans = [(p.start, p.end) for p in source.paragraphs]
    for start, end in spans:
        assert source.text[start:end] == source.text[start:end].strip() != ""
        inside = [line for line in source.lines if start <= line.start and line.end <= end]
        assert inside
        assert (inside[0].start, inside[-1].end) == (start, end)
    assert all(line.box and line.page_no and line.start < line.end for line in source.lines)


def prose(sheet: Sheet, indent: float = 35.0) -> None:
    """A justified paragraph that shows the reader the edges of the page."""
    sheet.full("Комиссия рассмотрела итоги работы школ района за прошедший год", indent)
    sheet.full("и отметила, что планы выполнены в полном объёме, а замечания проверок")
    sheet.line("устранены в срок.")


def test_a_divided_word_is_made_whole_and_its_halves_adjoin() -> None:
    sheet = Sheet()
    sheet.full("Управление образования района подвело итоги года и отметило ис-", 35)
    sheet.full("пользование средств на ремонт школ района, а также социально-")
    sheet.line("экономический эффект.")
    source = sheet.read()
    check_form(source)
    assert texts(source) == [
        "Управление образования района подвело итоги года и отметило использование средств на ремонт школ района, "
        "а также социально-экономический эффект."
    ]
    first, second, _ = source.lines
    assert first.end == second.start  # the halves of «использование»
    assert source.text[first.start : first.end].endswith("отметило ис")


def test_a_first_line_indent_begins_a_paragraph() -> None:
    sheet = Sheet()
    prose(sheet)
    prose(sheet)
    assert [text[:8] for text in texts(sheet.read())] == ["Комиссия", "Комиссия"]


def test_a_page_number_does_not_break_a_sentence() -> None:
    sheet = Sheet()
    prose(sheet)
    sheet.full("Комиссия рассмотрела итоги работы школ района за прошедший год", 35)
    sheet.at(LEFT + WIDTH / 2, 810, "1")
    sheet.page()
    sheet.full("и отметила, что планы выполнены в полном объёме, а замечания проверок")
    sheet.line("устранены.")
    sheet.at(LEFT + WIDTH / 2, 810, "2")
    source = sheet.read()
    check_form(source)
    assert texts(source)[1].endswith("за прошедший год и отметила, что планы выполнены в полном объёме, а замечания проверок устранены.")
    assert texts(source, "page_number") == ["1", "2"]
    assert [line.page_no for line in source.lines] == [1, 1, 1, 1, 2, 2, 1, 2]


@pytest.mark.parametrize("number", ["- {} -", "Страница {} из 3", "стр. {}", "{}"])
def test_page_numbers_in_all_dresses(number: str) -> None:
    sheet = Sheet()
    for page in (1, 2, 3):
        sheet.y = 200
        prose(sheet)
        sheet.at(LEFT + 200, 800, number.format(page))
        sheet.page()
    assert texts(sheet.read(), "page_number") == [number.format(page) for page in (1, 2, 3)]


def test_a_running_header_is_no_body_text() -> None:
    sheet = Sheet()
    for page in "123":
        sheet.at(LEFT, 40, "ТСН «Северная Звезда», г. Вологда")
        sheet.line(f"{page}. Слушали доклад по вопросу.")
        sheet.y = 200
        prose(sheet)
        sheet.page()
    source = sheet.read()
    assert texts(source, "header") == ["ТСН «Северная Звезда», г. Вологда"] * 3
    assert len(texts(source)) == 6


def test_a_line_that_opens_two_pages_of_many_is_body_text() -> None:
    sheet = Sheet()
    for page in range(6):
        sheet.line("Срок: постоянно" if page in (2, 4) else f"{page}. Отметили пункт плана.")
        sheet.y = 200
        prose(sheet)
        sheet.page()
    assert texts(sheet.read()).count("Срок: постоянно") == 2


def test_a_date_line_stays_one_paragraph_with_a_tab() -> None:
    sheet = Sheet()
    sheet.line("г. Вологда")
    sheet.at(LEFT + 390, sheet.y - LEADING, "12.04.2023")
    prose(sheet)
    source = sheet.read()
    check_form(source)
    assert texts(source)[0] == "г. Вологда\t12.04.2023"


def test_a_stamp_stands_after_the_text_to_its_left() -> None:
    sheet = Sheet()
    left = ["Администрация", "Каратузского района", "Управление образования"]
    right = ["УТВЕРЖДАЮ", "Глава района", "__________ И.И. Иванов", "«12» апреля 2023 г."]
    for index, text in enumerate(left):
        sheet.at(LEFT, 70 + index * LEADING, text)
    for index, text in enumerate(right):
        sheet.at(LEFT + 300, 70 + index * LEADING, text)
    sheet.y = 160
    prose(sheet)
    found = texts(sheet.read())
    assert "\t" not in "".join(found)
    joined = " ".join(found)
    assert joined.index("Управление") < joined.index("УТВЕРЖДАЮ") < joined.index("Глава") < joined.index("Комиссия")
    assert found[-5:-1] == right


def test_signatures_stay_row_by_row() -> None:
    sheet = Sheet()
    prose(sheet)
    for role, name in (("Председатель", "И.И. Иванов"), ("Секретарь", "П.П. Петрова")):
        sheet.at(LEFT, sheet.y, role)
        sheet.at(LEFT + 330, sheet.y, name)
        sheet.y += LEADING * 1.5
    assert texts(sheet.read())[-2:] == ["Председатель\tИ.И. Иванов", "Секретарь\tП.П. Петрова"]


def test_a_signature_with_underscores_is_one_paragraph() -> None:
    sheet = Sheet()
    prose(sheet)
    sheet.line("Председатель ____________ И.И. Иванов", gap=20)
    assert texts(sheet.read())[-1] == "Председатель ____________ И.И. Иванов"


def test_a_post_of_two_lines_stays_with_its_name() -> None:
    sheet = Sheet()
    for name, post in (
        ("Иванов И.И.", ["– заместитель главы администрации,", "начальник управления"]),
        ("Петрова П.П.", ["– директор школы"]),
    ):
        sheet.at(LEFT, sheet.y, name)
        for text in post:
            sheet.at(LEFT + 180, sheet.y, text)
            sheet.y += LEADING
    prose(sheet)
    assert texts(sheet.read())[:2] == [
        "Иванов И.И.\t– заместитель главы администрации, начальник управления",
        "Петрова П.П.\t– директор школы",
    ]


def test_list_items_begin_paragraphs_and_hang() -> None:
    sheet = Sheet()
    sheet.line("Решили:")
    sheet.line("1.   Провести анализ мероприятий по информированию педагогов о новых")
    sheet.line("тенденциях.", LEFT + width("1.   "))
    sheet.line("2.   Утвердить план.")
    sheet.line("– обеспечить доступ;")
    sheet.line("Срок: постоянно")
    sheet.line("Отв.: руководители ОО.")
    assert texts(sheet.read()) == [
        "Решили:",
        "1. Провести анализ мероприятий по информированию педагогов о новых тенденциях.",
        "2. Утвердить план.",
        "– обеспечить доступ;",
        "Срок: постоянно",
        "Отв.: руководители ОО.",
    ]


def test_a_number_that_opens_a_line_of_justified_text_is_no_item() -> None:
    sheet = Sheet()
    prose(sheet)
    sheet.full("В докладе будут отражены следующие вопросы: 1) итоги экзаменов;", 35)
    sheet.full("2) финансовая часть работы школ района; 3) достижения наших детей и")
    sheet.line("учителей.")
    assert len(texts(sheet.read())) == 2


def test_title_lines_stay_apart_and_are_centred_and_bold() -> None:
    sheet = Sheet()
    sheet.centre("ПРОТОКОЛ № 3", BOLD)
    sheet.centre("заседания комиссии", BOLD)
    sheet.centre("по делам несовершеннолетних")
    prose(sheet)
    source = sheet.read()
    assert texts(source)[:3] == ["ПРОТОКОЛ № 3", "заседания комиссии", "по делам несовершеннолетних"]
    assert [(p.is_bold, p.is_centered) for p in source.paragraphs] == [(True, True)] * 2 + [(False, True), (False, False)]


def test_a_short_last_line_ends_a_paragraph_without_indents() -> None:
    sheet = Sheet()
    prose(sheet, 0)
    prose(sheet, 0)
    assert len(texts(sheet.read())) == 2


def test_a_table_over_two_pages_is_one_table() -> None:
    sheet = Sheet()
    prose(sheet)
    heading = (["№"], ["Мероприятие"], ["Срок"])
    sheet.row(*heading)
    sheet.row(["1"], ["Провести обучение педаго-", "гов района"], ["до 1 июня"])
    sheet.row(["2"], ["Подготовить сводный отчёт о"], [])
    sheet.at(LEFT, 810, "1")
    sheet.page()
    sheet.row(*heading)
    sheet.row([], ["результатах проверки"], ["постоянно"])
    sheet.row(["3"], ["Утвердить план"], ["2024 год"])
    sheet.at(LEFT, 810, "2")
    source = sheet.read()
    check_form(source)
    assert cells(source) == [
        (0, 0, 0, "№"), (0, 0, 1, "Мероприятие"), (0, 0, 2, "Срок"),
        (0, 1, 0, "1"), (0, 1, 1, "Провести обучение педагогов района"), (0, 1, 2, "до 1 июня"),
        (0, 2, 0, "2"), (0, 2, 1, "Подготовить сводный отчёт о результатах проверки"), (0, 2, 2, "постоянно"),
        (0, 3, 0, "3"), (0, 3, 1, "Утвердить план"), (0, 3, 2, "2024 год"),
    ]  # fmt: skip
    assert source.text.count("Утвердить план") == 1


def test_a_row_under_a_merged_cell_is_a_row_of_its_own() -> None:
    sheet = Sheet()
    prose(sheet)
    sheet.row(["1"], ["Провести обучение"], ["до 1 июня"])
    sheet.page()
    sheet.row([], ["Утвердить план"], ["до 2 июня"])
    assert [(row, column) for _, row, column, _ in cells(sheet.read())] == [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2)]


def test_a_frame_round_a_text_is_no_table() -> None:
    sheet = Sheet()
    sheet.canvas.rect(LEFT - 10, A4[1] - 200, WIDTH + 20, 150)
    prose(sheet)
    source = sheet.read()
    assert cells(source) == []
    assert len(texts(source)) == 1


def test_two_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    for index in range(14):
        sheet.at(LEFT, 70 + index * LEADING, "левый столбец и его слова о плане")
        sheet.at(LEFT + 240, 70 + index * LEADING, "правый столбец и его слова о делах")
    found = " ".join(texts(sheet.read()))
    assert found.rindex("левый") < found.index("правый")


def test_words_printed_twice_for_boldness_are_read_once() -> None:
    sheet = Sheet()
    sheet.at(LEFT, 70, "ПРОТОКОЛ совещания директоров")
    sheet.at(LEFT + 0.3, 70, "ПРОТОКОЛ совещания директоров")
    assert texts(sheet.read()) == ["ПРОТОКОЛ совещания директоров"]


def scan(sheet: Sheet) -> None:
    from PIL import Image

    sheet.canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, *A4)


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.readers.scan.engine.data_folder", lambda: None)


@pytest.mark.usefixtures("no_tesseract")
def test_a_scanned_page_is_an_issue_and_the_others_are_read() -> None:
    sheet = Sheet()
    scan(sheet)
    sheet.page()
    prose(sheet)
    source = sheet.read()
    assert [(issue.severity, issue.code, issue.page_no) for issue in source.issues] == [("error", "ocr_missing", 1)]
    assert (source.page_count, source.paragraphs[0].page_no) == (2, 2)


def test_an_empty_page_is_nothing() -> None:
    sheet = Sheet()
    prose(sheet)
    sheet.page()
    sheet.page()
    source = sheet.read()
    assert source.issues == ()


GARBAGE = "YTBep)l{)l;eHo npoTOKOJI M~ OT 3aceAaHHH KOMHCCHH paccMOTpeJIa HTOrH pa6oTbI IIIKOJI paHOHa H OTMeTHJIa"


def test_garbage_in_the_layer_and_on_the_paper_is_an_issue() -> None:
    needs_program("tesseract")
    sheet = Sheet()
    for _ in range(6):
        sheet.line(GARBAGE[:70])
    sheet.page()
    prose(sheet)
    source = sheet.read()
    assert [(issue.code, issue.page_no) for issue in source.issues] == [("unreadable_page", 1)]
    assert len(source.paragraphs) == 1


def code(data: bytes) -> str:
    with pytest.raises(ReaderError) as caught:
        read_pdf(data)
    assert any("а" <= letter <= "я" for letter in caught.value.message)
    return caught.value.code


def printed(fill: Callable[[Sheet], None] = prose, encrypt: str | None = None) -> bytes:
    sheet = Sheet(encrypt)
    fill(sheet)
    return sheet.bytes()


def garbage(sheet: Sheet) -> None:
    for _ in range(6):
        sheet.line(GARBAGE[:70])


NO_PAGES = (
    b"%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000056 00000 n \n"
    b"trailer <</Size 3 /Root 1 0 R>>\nstartxref\n107\n%%EOF\n"
)


def test_files_without_text_are_told_apart() -> None:
    needs_program("tesseract")
    assert code(printed(scan)) == "no_text"
    assert code(printed(garbage)) == "no_text"
    assert code(printed(Sheet.page)) == "no_text"
    assert code(printed(encrypt="секрет".encode().hex())) == "encrypted_pdf"
    assert code(NO_PAGES) == "no_pages"
    assert code(printed()[:2000]) == "damaged_pdf"
    assert code(b"%PDF-1.4\nnothing") == "damaged_pdf"
    assert code(b"") == "damaged_pdf"


def test_an_empty_user_password_opens() -> None:
    assert len(texts(read_pdf(printed(encrypt="")))) == 1


def test_a_page_of_endless_drawing_is_left_out() -> None:
    def fill(sheet: Sheet) -> None:
        prose(sheet)
        sheet.page()
        prose(sheet)
        sheet.canvas._code.append("0 0 m " * 800_000)  # it packs to some kilobytes

    assert [(issue.code, issue.page_no) for issue in read_pdf(printed(fill)).issues] == [("too_large", 2)]


def mutated(data: bytes, random_: random.Random) -> bytes:
    at, length = random_.randrange(len(data)), random_.randrange(1, 400)
    match random_.randrange(4):
        case 0:
            changed = bytearray(data)
            for _ in range(random_.randrange(1, 30)):
                changed[random_.randrange(len(data))] = random_.randrange(256)
            return bytes(changed)
        case 1:
            return data[:at]
        case 2:
            return data[:at] + data[at + length :]
        case _:
            other = random_.randrange(len(data))
            return data[:at] + data[other : other + length] + data[at:]


@pytest.mark.usefixtures("no_tesseract")
def test_damage_raises_nothing_but_a_reader_error() -> None:
    def fill(sheet: Sheet) -> None:
        sheet.canvas.setPageCompression(0)
        prose(sheet)
        sheet.row(["1"], ["Провести обучение"], ["до 1 июня"])
        sheet.page()
        prose(sheet)

    data, random_ = printed(fill), random.Random(5)
    for _ in range(60):
        with contextlib.suppress(ReaderError):
            check_form(read_pdf(mutated(data, random_)))


def test_every_sample_of_the_archive_keeps_its_form() -> None:
    files = sorted((Path(__file__).parents[1] / "data" / "raw").rglob("*.pdf"))
    for file in files:
        check_form(read_pdf(file.read_bytes()))
