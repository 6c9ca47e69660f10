"""Plain text: charsets, hard-wrapped lines, typed tables, page numbers, and what is refused."""

from __future__ import annotations

import io
import textwrap
import time
import tracemalloc
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import SimpleDocTemplate

from pipeline.clean import compose
from pipeline.model import Cell
from pipeline.readers import ReaderError, read, sniff
from pipeline.readers.charset import SINGLE_BYTE, decode
from pipeline.readers.common import MAX_FILE_BYTES, MAX_TEXT_BYTES
from pipeline.readers.joining import begins_item, glue, is_label, page_number
from tests.fonts import roboto

PROTOCOL = """ПРОТОКОЛ № 4 заседания районной комиссии по делам несовершеннолетних от 12.04.2023 г.
Председатель комиссии открыла заседание и сообщила, что кворум имеется; возражений против повестки не поступило.
Слушали: начальника отдела образования о занятости подростков в летний период. Объём субсидий вырос в 1,5 раза.
Решили: руководителям образовательных организаций представить списки обучающихся в срок до 1 июня 2023 года."""

TEXTS = {
    "protocol": PROTOCOL,
    "letter": """Уважаемые коллеги! Направляем Вам «Методические рекомендации» для изучения и использования в работе.
Просим ознакомить с ними педагогов, ещё раз проверить планы и доложить о результатах не позднее пятницы. Подъём флага
проводится еженедельно; съёмка и публикация фотографий – с согласия родителей (законных представителей).""",
    "capitals": "ОБ УТВЕРЖДЕНИИ ПЛАНА МЕРОПРИЯТИЙ ПО ПОДГОТОВКЕ ОБРАЗОВАТЕЛЬНЫХ ОРГАНИЗАЦИЙ К НОВОМУ УЧЕБНОМУ ГОДУ, "
    "ИСПОЛНЕНИИ БЮДЖЕТА И ХОДЕ РЕМОНТНЫХ РАБОТ НА ОБЪЕКТАХ ЖИЛИЩНОГО ХОЗЯЙСТВА РАЙОНА, ПРЕДЛОЖЕНИЯХ ЖИТЕЛЕЙ СЕЛА",
}
CHARSETS = [*SINGLE_BYTE, "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("size", [120, 200, 280, 1200])
@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("name", TEXTS)
def test_charset(name: str, charset: str, size: int) -> None:
    data = TEXTS[name][:size].encode(charset, "ignore")
    expected = data.decode(charset)
    assert decode(data).text == expected
    assert sniff(data) == "text/plain"


def test_broken_utf8_stays_utf8_and_is_told() -> None:
    data = PROTOCOL.encode()
    at = data.index("комиссии".encode())
    source = read(data[:at] + data[at + 1 :])
    assert "председатель" in source.text.lower()
    assert [issue.code for issue in source.issues] == ["damaged_charset"]


def texts(raw: str) -> list[str]:
    source = read(raw.encode())
    return [source.text[p.start : p.end] for p in source.paragraphs]


ITEMS = [
    ("1. Провести", True, "a number with a dot"),
    ("1.2.3. Провести", True, "levels"),
    ("2.1 Провести", True, "levels without the last dot"),
    ("3) провести", True, "a bracket"),
    ("а) директорам", True, "a letter"),
    ("-провести", True, "a dash without a space"),
    ("– провести", True, "a long dash"),
    ("• провести", True, "a bullet"),
    ("IV. О ремонте", True, "a Roman number"),
    ("1.Анализ", True, "no space after the number"),
    ("12.04.2023 состоялось", False, "a date"),
    ("2023 года", False, "a year"),
    ("5,6 млн рублей", False, "a decimal comma"),
    ("8.00 часов", False, "a time"),
    ("1.5 млн рублей", False, "a decimal point"),
    ("----", False, "a rule"),
    ("И.И. Иванов", False, "initials"),
]


@pytest.mark.parametrize(("line", "expected", "reason"), ITEMS)
def test_item(line: str, expected: bool, reason: str) -> None:
    assert begins_item(line) is expected, reason


LABELS = [
    ("Срок: 01.06.2023", True, "the label of a deadline"),
    ("Отв.: директора", True, "an abbreviation"),
    ("СЛУШАЛИ:", True, "a heading"),
    ("Отв. исполнители: ОО", True, "two words"),
    ("в срок: до июня", False, "within a sentence"),
    ("Начало в 10:00", False, "a time"),
    ("работу", False, "no colon"),
]


@pytest.mark.parametrize(("line", "expected", "reason"), LABELS)
def test_label(line: str, expected: bool, reason: str) -> None:
    assert is_label(line) is expected, reason


HYPHENS = [
    ("ис-", "пользование", "использование", "a divided word"),
    ("со-", "бственников", "собственников", "both halves are words, but so is the whole"),
    ("Ак-", "сёново", "Аксёново", "a name that no dictionary has"),
    ("социально-", "экономический", "социально-экономический", "a word with a hyphen of its own"),
    ("кто-", "то", "кто-то", "a particle"),
    ("по-", "русски", "по-русски", "a prefix with a hyphen"),
    ("школа-", "интернат", "школа-интернат", "two nouns"),
    ("научно-мето-", "дический", "научно-методический", "the last part is divided"),
    ("Санкт-", "Петербург", "Санкт-Петербург", "a capital"),
    ("ИС-", "ПОЛЬЗОВАНИЕ", "ИСПОЛЬЗОВАНИЕ", "all capitals"),
    ("2022-", "2023", "2022-2023", "numbers"),
    ("5-", "летний", "5-летний", "a number and a word"),
    ("работа -", "это", "работа - это", "a dash, not a hyphen"),
    ("работы", "района", "работы района", "no hyphen"),
]


@pytest.mark.parametrize(("first", "second", "expected", "reason"), HYPHENS)
def test_hyphen_at_line_end(first: str, second: str, expected: str, reason: str) -> None:
    separator, drop = glue(first, second)
    assert first[: len(first) - drop] + separator + second == expected, reason


@pytest.mark.parametrize(
    ("line", "number"), [("2", 2), ("- 3 -", 3), ("Страница 1 из 6", 1), ("стр. 4", 4), ("2023", None), ("№ 5", None)]
)
def test_page_number(line: str, number: int | None) -> None:
    assert page_number(line) == number


PARAGRAPHS = [
    ("А.\n\nБ.\r\n\r\nВ.\r\rГ.", ["А.", "Б.", "В.", "Г."], "line ends of all systems"),
    ("Слушали:\nИванова И.И.\nРешили:\nпринять", ["Слушали:", "Иванова И.И.", "Решили:", "принять"], "no wrapping"),
    ("акценты на степень\n\nих продвижения", ["акценты на степень", "их продвижения"], "a blank line parts"),
    ("  Срок:  июнь  ", ["Срок:  июнь"], "blanks within are as printed"),
    ("и\u0306од\u00adный", ["йодный"], "canonical characters"),
    (
        "состав педагогов\n2\nрайона утверждён.",
        ["состав педагогов района утверждён.", "2"],
        "a page number between halves",
    ),
    (
        "состав педагогов\n\n- 2 -\n\nрайона утверждён.",
        ["состав педагогов района утверждён.", "- 2 -"],
        "with blank lines",
    ),
    ("Состав утверждён.\f2\nРешили: принять.", ["Состав утверждён.", "2", "Решили: принять."], "after a form feed"),
    ("число жителей\fрайона выросло", ["число жителей района выросло"], "a form feed within a sentence"),
    ("Итого:\n12\nчеловек", ["Итого:", "12", "человек"], "a number that is no page number"),
]


@pytest.mark.parametrize(("raw", "expected", "reason"), PARAGRAPHS)
def test_paragraphs(raw: str, expected: list[str], reason: str) -> None:
    assert texts(raw) == expected, reason


WRAPPED = [
    "АДМИНИСТРАЦИЯ РАЙОНА",
    "Председатель          И.И. Петрова",
    "В докладе отмечено, что в апреле и мае учения проведены в шести школах и двух больницах района, замечания "
    "устранены в ходе проверок, а итоги доведены до руководителей организаций.",
    "1. Директорам школ провести повторную тренировку с персоналом и доложить о её результатах секретарю комиссии.",
    "Срок: до 12.04.2023",
    "Отв.: директора школ, заместители директоров по безопасности, специалисты управления образования и опеки.",
    "- организовать доклад начальников лагерей о сменах в дежурную службу администрации района без исключений;",
    "Секретарь - Лапшина О.И.",
]


@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize(("separator", "indent"), [("\n\n", ""), ("\n", ""), ("\n", "    ")])
def test_wrapped_lines_are_joined(width: int, separator: str, indent: str) -> None:
    wrapped = [
        "\n".join(textwrap.wrap(line, width, initial_indent=indent, break_on_hyphens=False)) if len(line) > 50 else line
        for line in WRAPPED
    ]
    assert texts(separator.join(wrapped)) == WRAPPED


def test_lines_of_a_joined_paragraph_keep_their_places() -> None:
    raw = "Педагогам района рекомендовано организовать ис-\nпользование новых программ обучения, разработан-\nных в центре.\n"
    source = read(raw.encode())
    assert (
        source.text
        == "Педагогам района рекомендовано организовать использование новых программ обучения, разработанных в центре."
    )
    assert [source.text[line.start : line.end] for line in source.lines] == [
        "Педагогам района рекомендовано организовать ис",
        "пользование новых программ обучения, разработан",
        "ных в центре.",
    ]


def test_soft_breaks_within_a_block() -> None:
    source = read("Руководителям  \nорганизаций\n\n1. Первое\n2. Второе\n\nИтог".encode())
    assert [p.is_soft for p in source.paragraphs] == [False, True, False, False, False]


TABLES = [
    ("1\tПровести\tиюнь\n2\tСобрать\tиюль", 6, "tabs"),
    ("| № | Что | Срок |\n|---|:--|---|\n| 1 | Провести | июнь |", 6, "bars of markdown"),
    ("---+---\n| 1 | Про- | июнь |\n|   | вести |  |\n---+---\n| 2 | Дать | май |\n---+---", 6, "a row of two lines"),
    ("│ 1 │ а │ б │\n│ 2 │ в │   │", 5, "box drawing, an empty cell"),
    ("г. Тверь\t\t12.04.2023\nпл. Мира\t\t№ 5", 0, "two columns only"),
    ("Председатель\t______\tИванов\nСекретарь\t______\tПетров", 0, "signatures"),
    ("1\tПровести\tиюнь", 0, "one row"),
    ("| текст |\n| ещё |", 0, "bars for ornament"),
    ("а | б", 0, "one bar"),
]


@pytest.mark.parametrize(("raw", "cells", "reason"), TABLES)
def test_typed_table(raw: str, cells: int, reason: str) -> None:
    assert sum(p.cell is not None for p in read(raw.encode()).paragraphs) == cells, reason


def test_cells_of_a_typed_table() -> None:
    source = read("Решили:\n1\tПровести\tиюнь\n2\t\tиюль\n\nКонец".encode())
    found = {p.cell: source.text[p.start : p.end] for p in source.paragraphs if p.cell}
    assert found == {
        Cell(0, 0, 0): "1",
        Cell(0, 0, 1): "Провести",
        Cell(0, 0, 2): "июнь",
        Cell(0, 1, 0): "2",
        Cell(0, 1, 2): "июль",
    }


def zipped(*names: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return raw.getvalue()


ODT = "application/vnd.oasis.opendocument.text"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SNIFFED = [
    (b"", "application/x-empty", "empty_file"),
    (b"\xef\xbb\xbf \r\n\n", "application/x-empty", "empty_file"),
    (bytes(10_000), "application/x-empty", "empty_file"),
    ("… --- …".encode(), "text/plain", "no_text"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "application/x-ole-encrypted", "unsupported_format"),
    (OLE, "application/x-ole-storage", "unsupported_format"),
    (zipped("a.txt"), "application/zip", "unsupported_format"),
    (
        zipped("xl/workbook.xml"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "unsupported_format",
    ),
    (b"<!DOCTYPE html><html><body>", "text/html", "no_text"),
    (b"<?xml version='1.0'?><a/>", "application/xml", "unsupported_format"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg", "damaged_picture"),
    (b"\x89PNG\r\n\x1a\n\0\0", "image/png", "damaged_picture"),
    (b"II*\0\x08\0\0\0", "image/tiff", "damaged_picture"),
    (bytes(range(256)) * 8, "application/octet-stream", "unsupported_format"),
]


@pytest.mark.parametrize(("data", "media_type", "code"), SNIFFED)
def test_refused(data: bytes, media_type: str, code: str) -> None:
    assert sniff(data) == media_type
    with pytest.raises(ReaderError) as caught:
        read(data)
    assert caught.value.code == code
    assert caught.value.is_unsupported is (code == "unsupported_format")


def test_opendocument_is_named() -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("mimetype", ODT)
    assert sniff(raw.getvalue()) == ODT


@pytest.mark.parametrize("size", [MAX_TEXT_BYTES + 1, MAX_FILE_BYTES + 1])
def test_too_large_is_refused_at_once(size: int) -> None:
    data = b"a" * size
    tracemalloc.start()
    started = time.perf_counter()
    with pytest.raises(ReaderError) as caught:
        read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "too_large"
    assert time.perf_counter() - started < 2
    assert peak < 10_000_000


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="аб Я1.)-|\t\n\f:;_«»\u00a0\r\u0306и2") | st.text())
def test_any_text_gives_a_sound_source(raw: str) -> None:
    try:
        source = read(raw.encode("utf-8", "replace"))
    except ReaderError:
        return
    assert source.text == "\n".join(source.text[p.start : p.end] for p in source.paragraphs)
    at = iter(source.paragraphs)
    paragraph = next(at)
    for line in source.lines:
        while line.start > paragraph.end:
            paragraph = next(at)
        assert paragraph.start <= line.start <= line.end <= paragraph.end


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    if sniff(data) != "text/plain":
        return
    if not any(char.isalnum() for char in compose(decode(data).text)):
        with pytest.raises(ReaderError, match="нет текста"):
            read(data)
    else:
        assert read(data).media_type == "text/plain"


SAME = [
    "ПРОТОКОЛ",
    "совещания руководителей образовательных организаций",
    "Слушали:",
    "Соловьеву В.В., начальника отдела, о подготовке образовательных организаций района к новому учебному году и о том, "
    "какие замечания надзорных органов остались неустранёнными к началу августа.",
    "1. Провести анализ мероприятий по информированию педагогического сообщества о новых задачах и требованиях "
    "к профессиональной компетентности работников.",
    "Срок: 30.06.2023",
    "Отв.: руководители ОО.",
]


def as_docx(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    raw = io.BytesIO()
    document.save(raw)
    return raw.getvalue()


def as_pdf(lines: list[str]) -> bytes:
    pdfmetrics.registerFont(TTFont("Roboto", str(roboto())))
    style = ParagraphStyle("body", fontName="Roboto", fontSize=12, leading=15, spaceAfter=8)
    raw = io.BytesIO()
    SimpleDocTemplate(raw, invariant=1).build([PdfParagraph(line, style) for line in lines])
    return raw.getvalue()


@pytest.mark.parametrize(
    "data", [as_docx(SAME), as_pdf(SAME), "\n\n".join(SAME).encode("cp1251")], ids=["docx", "pdf", "txt"]
)
def test_the_same_content_gives_the_same_paragraphs(data: bytes) -> None:
    source = read(data)
    assert [source.text[p.start : p.end] for p in source.paragraphs] == SAME
