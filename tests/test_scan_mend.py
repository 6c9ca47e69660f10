"""Repairs of what was recognized: (words read → words meant), and the like that must stay as it is."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.readers.scan.engine import Read
from pipeline.readers.scan.items import Items
from pipeline.readers.scan.mend import ListState, mended
from pipeline.readers.scan.rubbish import sorted_out

LETTERS = 16.0


def row(text: str, confidence: float = 90.0) -> list[Read]:
    """Words that stand on one line; «слово~40» was read with confidence 40."""
    words, x = [], 100.0
    for part in text.split():
        core, _, sure = part.partition("~")
        width = 10.0 * len(core)
        words.append(Read(core, float(sure or confidence), x, 76.0, x + width, 104.0, 100.0, core))
        x += width + 8
    return words


def text(words: list[Read]) -> str:
    return " ".join(word.text for word in words)


MENDED = [
    ("Малышев K.E., директор", "Малышев К.Е., директор", "initials in Latin look-alikes"),
    ("школа MБOУ COШ № 3", "школа МБОУ СОШ № 3", "Latin capitals within Russian words"),
    ("договор No 15 от", "договор № 15 от", "«№» as Latin letters"),
    ("школы Ме 3 района", "школы № 3 района", "«№» as Cyrillic letters"),
    ("школы No3 района", "школы №3 района", "«№» glued to its number"),
    ("ПРОТОКОЛ М 1", "ПРОТОКОЛ № 1", "«N» of a title as «М»"),
    ("в ПУ квартале 2023 года", "в IV квартале 2023 года", "a Roman number by what it counts"),
    ("за | полугодие", "за I полугодие", "a stroke is a Roman one there"),
    ("Г квартал 2023 года", "I квартал 2023 года", "one stroke with a hook, at the head of a cell"),
    ("П. О мерах безопасности", "II. О мерах безопасности", "a Roman label before a question"),
    ("1. 06 итогах года", "1. Об итогах года", "«об» as a number after a label"),
    ("доклад 06 итогах года", "доклад об итогах года", "within a sentence"),
    ("2. 0 ходе подготовки", "2. О ходе подготовки", "«О» as zero"),
    ("Срок: 40 1 апреля", "Срок: до 1 апреля", "«до» as forty before a day"),
    ("Срок: 40 15.03.2024", "Срок: до 15.03.2024", "«до» before a date"),
    ("Срок: ЗО.06.2О23", "Срок: 30.06.2023", "letters among digits"),
    ("до З марта 2024", "до 3 марта 2024", "a letter before a month"),
    ("от 15.02.2023r.", "от 15.02.2023г.", "«г» as Latin r"),
    ("_ уведомить родителей", "- уведомить родителей", "a dash at the foot of the line"),
    ("руководители 00.", "руководители ОО.", "the usual short name of schools"),
    ("договор с 000 «Заря»", "договор с ООО «Заря»", "a company's form"),
    ("Юдин 0.0., директор", "Юдин О.О., директор", "initials as zeros after a surname"),
    ("С.0. Бахтин доложил", "С.О. Бахтин доложил", "one initial as a zero"),
    ("(Мамонтов 6.6.) посетить", "(Мамонтов Б.Б.) посетить", "initials as sixes after a surname"),
    ("Ирииято~60 решение единогласно", "Принято решение единогласно", "a word of the lexicon that begins a row"),
    ("обсудили решенне~60 комиссии", "обсудили решение комиссии", "the one word of the dictionary that looks alike"),
    ("Ответстьенный~90", "Ответственный", "a long heading of a column with one letter wrong"),
    ("РЕШИЛН~90 единогласно:", "РЕШИЛИ единогласно:", "a heading in capitals"),
    ("нач. ГИБЛЛ~90 района", "нач. ГИБДД района", "capitals, of which Tesseract is too sure"),
    ("{очная форма}", "(очная форма)", "brackets"),
]
KEPT = [
    ("06 июня 2023 года", "a day before a month is a number"),
    ("в 10 часов 00 минут", "minutes"),
    ("начало в 9 00", "a time without words"),
    ("1 000 «счастливых» билетов", "thousands, with a number before"),
    ("П. Иванов доложил", "an initial and a surname"),
    ("П.И. Иванов доложил", "two initials"),
    ("Раздел 6.3. изложить", "a number after a common word"),
    ("ученик 5Б класса", "a class"),
    ("дом 8В по улице", "a house"),
    ("З.И. Сомова доложила", "an initial that looks like three"),
    ("отчёт разместить в Word и Zoom", "Latin words that are meant"),
    ("адрес school@mail.ru прежний", "an address"),
    ("IV квартал 2023 года", "a Roman number that is one"),
    ("до 40 человек", "a count after «до»"),
    ("не более 40 1-комнатных квартир", "a count before another number"),
    ("Шубина А.О., педагог", "initials that are right"),
    ("Ирженин~60 Иван Петрович", "a surname is never mended, however odd"),
    ("директор Ирженин~60 доложил", "nor within a sentence"),
    ("Срок: 12:30", "a time is no label"),
    ("школа N 3", "an N that may be a name"),
    # what a hostile tester saw changed on clean prints
    ("«против» – 0 голосов, «воздержались» – 0 человек", "no votes"),
    ("оценка от 0 до 5 баллов", "a scale"),
    ("0 нарушений выявлено", "a zero that begins a row"),
    ("с 06 по 12 июня", "a day before «по»"),
    ("до 06 числа", "a day of the month"),
    ("корпус 06 кабинет", "a building"),
    ("МБДОУ № 40 «Солнышко»", "a kindergarten by its number"),
    ("приказ № 40 12.05.2023", "an order by its number"),
    ("школа № 40 1 сентября", "a school by its number, before a day"),
    ("ЗИМИН А.А., ВЕБЕР И.И., ЯКУПОВА~90 К.К.", "names in capitals"),
    ("КОСГУ~90 ВСОКО~90 СОНКО~90 ОКАТО~90", "short names that the dictionary lacks"),
    ("Вебер~60 отметил рост", "a name begins a row more often than not"),
    ("Зимин~60 доложил", "the same"),
    ("дошкольного образо-~60", "half of a word at the end of a row"),
    ("реждений~60 района по", "half of a word at its beginning"),
    ("бетон класса В25 и В15, категория В1", "classes and categories"),
    ("каб. В12, корпус В-2, рейс В-12", "letters before a number"),
    ("II.3. Утвердить", "a Roman label"),
    ("решение № II/1", "a Roman number in a number"),
    ("У четвертых классов", "a preposition before an ordinal"),
    ("И четвертое направление", "a conjunction before an ordinal"),
    ("П.2. решения считать", "a point of an act"),
    ("П.1. Плана исполнен", "the same with a capital"),
    ("10 000 «паспортов»", "thousands"),
    ("КБК 000 «Доходы»", "a code"),
    ("класс 00 открыт", "a number after a word in the singular"),
    ("З. И. Петрова доложила", "an initial set apart"),
    ("Ле 5 лет", "no number sign"),
    ("Протокол Н 5", "a letter of a title"),
    ("12, Гимназии № 1", "the rest of a line that ended in a comma"),
]


@pytest.mark.parametrize(("read", "meant", "reason"), MENDED, ids=[reason for *_, reason in MENDED])
def test_misreadings_are_undone(read: str, meant: str, reason: str) -> None:
    found = mended(row(read), ListState())
    assert text(found) == meant, reason
    assert [word.raw for word in found] == [part.partition("~")[0] for part in read.split()]  # what was read is kept


@pytest.mark.parametrize(("read", "reason"), KEPT, ids=[reason for _, reason in KEPT])
def test_what_is_right_stays(read: str, reason: str) -> None:
    assert text(mended(row(read), ListState())) == " ".join(part.partition("~")[0] for part in read.split()), reason


def test_a_lettered_list_goes_on_with_letters() -> None:
    state = ListState()
    rows = ["а) найти площадку;", "6) договориться о дне;", "в) сообщить всем."]
    assert [text(mended(row(line), state)) for line in rows] == [rows[0], "б) договориться о дне;", rows[2]]


@pytest.mark.parametrize(
    "rows",
    [
        ["5) найти площадку;", "6) договориться о дне;"],
        ["а) смета;", "1) дом;", "6) договориться о дне;"],
    ],
)
def test_a_sixth_item_stays_a_number(rows: list[str]) -> None:
    state = ListState()
    assert [text(mended(row(line), state)) for line in rows] == rows


def test_a_roman_label_with_a_number_needs_one_before_it() -> None:
    state = ListState()
    rows = ["П. О мерах безопасности", "П.2. Утвердить план", "Ш.1. Провести проверку"]
    assert [text(mended(row(line), state)) for line in rows] == [
        "II. О мерах безопасности", "II.2. Утвердить план", "III.1. Провести проверку",
    ]  # fmt: skip


def test_the_row_below_may_prove_a_roman_number() -> None:
    assert text(mended(row("исполнения — М"), ListState(), row("квартал 2021 года"))) == "исполнения — IV"


RUBBISH = [
    ("ПРОТОКОЛ № 3", "ПРОТОКОЛ № 3", "", "print"),
    ("Принять к сведению. Aa~25", "Принять к сведению.", "Aa", "a crumb at the end of a row"),
    (">~20 Принять к сведению", "Принять к сведению", ">", "a sign that no text has, before it"),
    ("f~30 =~20 {~25", "", "f = {", "a row of strokes"),
    ("РЕШИЛИ : утвердить", "РЕШИЛИ : утвердить", "", "a colon set apart"),
    ("8А +~90", "8А +", "", "a plus in a table"),
    ("1.2.~44 утвердить", "1.2. утвердить", "", "an unsure label"),
    ("до 5Б~40", "до 5Б", "", "an unsure number"),
    ("Цой Ю.А.~44", "Цой Ю.А.", "", "a short name, unsure"),
    ("Шмыглюк~50 В.Ю.~50", "Шмыглюк В.Ю.", "", "a name that no dictionary has"),
    ("ГБУ~52 «МФЦ»~52", "ГБУ «МФЦ»", "", "short names"),
    ("Microsoft~62 Teams~62", "Microsoft Teams", "", "a Latin name"),
    ("ут~35 Ха~40", "", "ут Ха", "a row of unsure letters"),
    ("Секретарь Сомова Е.~40", "Секретарь Сомова Е.", "", "an initial is no crumb, however unsure"),
    ("91.1123~40", "91.1123", "", "what may be a date is never thrown away"),
    ("2~90", "2", "", "a page number"),
    ("Решили:~40", "Решили:", "", "a word is print, however unsure"),
    ("- –~80 №", "- – №", "", "signs that a text has"),
]


@pytest.mark.parametrize(("read", "kept", "thrown", "reason"), RUBBISH, ids=[reason for *_, reason in RUBBISH])
def test_rubbish_is_set_apart(read: str, kept: str, thrown: str, reason: str) -> None:
    good, bad = sorted_out(row(read), LETTERS)
    assert (text(good), text(bad)) == (kept, thrown), reason


# Labels of lists: what is read again in their place


class Reader:
    """A stand-in for Tesseract: whatever the crop, it reads this."""

    def __init__(self, text: str) -> None:
        self.text = text

    def word(self, grey: object) -> Read | None:
        return Read(self.text, 90.0, 0, 0, 1, 1, 1) if self.text else None

    number = word


def labelled(lines: list[str], again: str, gap: float = 40.0) -> list[str]:
    """The rows of a page, each with a gap after its first word, as they come out."""
    items = Items(np.full((300, 900), 255, np.uint8), LETTERS, Reader(again))  # type: ignore[arg-type]
    found = []
    for line in lines:
        first, *rest = row(line)
        found.append(text(items.labelled([first, *(word._replace(x0=word.x0 + gap, x1=word.x1 + gap) for word in rest)])))
    return found


@pytest.mark.parametrize(
    ("line", "again", "found", "reason"),
    [
        ("3. Утвердить план", "", "3. Утвердить план", "right as it is"),
        ("3; Утвердить план", "", "3. Утвердить план", "the dot as a semicolon"),
        ("3: Утвердить план", "", "3. Утвердить план", "the dot as a colon"),
        ("З. Утвердить план", "", "3. Утвердить план", "a letter for three"),
        ("За.~60 направить сведения", "3.", "3. направить сведения", "read again, it is a number"),
        ("2Л.~60 направить сведения", "2.1.", "2.1. направить сведения", "the list goes down a level"),
        ("Zz~50 направить сведения", "", "3. направить сведения", "lost for good: what must come"),
        ("10:00 Регистрация гостей", "10:00", "10:00 Регистрация гостей", "a time"),
        ("И.о. директора школы", "И.о.", "И.о. директора школы", "an acting director"),
        ("№ 5 от 12.03.2023", "№", "№ 5 от 12.03.2023", "a number sign"),
        ("М.П. Иванов доложил", "М.П.", "М.П. Иванов доложил", "initials"),
        ("XIV заседание совета", "XIV", "XIV заседание совета", "a Roman number"),
        ("ул. Ленина закрыта", "ул.", "ул. Ленина закрыта", "a street"),
        ("100% выполнение плана", "100%", "100% выполнение плана", "a share"),
        ("В соответствии с планом", "В", "В соответствии с планом", "a preposition"),
        ("а также директорам школ", "а", "а также директорам школ", "a conjunction"),
        ("31, Декабря не будет", "31,", "31, Декабря не будет", "a number that the list has not come to"),
    ],
    ids=lambda value: None,
)
def test_labels_are_read_again(line: str, again: str, found: str, reason: str) -> None:
    assert labelled(["1. Провести проверку", "2. Сдать отчёт", line], again)[-1] == found, reason


def test_a_number_below_a_comma_begins_no_item() -> None:
    lines = ["8. Провести ремонт в школах № 1, 5, 7,", "9; Администрации района выделить средства"]
    assert labelled(["7. Сдать отчёт", *lines], "")[-1] == lines[-1]
