"""Repairs of what was recognized: (words read → words meant), and the like that must stay as it is."""

from __future__ import annotations

import pytest

from pipeline.readers.scan.engine import Read
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
    ("П. О мерах безопасности", "II. О мерах безопасности", "a Roman label before a question"),
    ("Ш.2. Утвердить план", "III.2. Утвердить план", "a Roman label with a number"),
    ("1. 06 итогах года", "1. Об итогах года", "«об» as a number after a label"),
    ("доклад 06 итогах года", "доклад об итогах года", "within a sentence"),
    ("2. 0 ходе подготовки", "2. О ходе подготовки", "«О» as zero"),
    ("Срок: 40 1 апреля", "Срок: до 1 апреля", "«до» as forty before a day"),
    ("Срок: 40 15.03.2024", "Срок: до 15.03.2024", "«до» before a date"),
    ("Срок: ЗО.06.2О23", "Срок: 30.06.2023", "letters among digits"),
    ("до З марта 2024", "до 3 марта 2024", "a letter before a month"),
    ("от 15.02.2023r.", "от 15.02.2023г.", "«г» as Latin r"),
    ("13; Заведующему садом", "13. Заведующему садом", "the dot of a label as a semicolon"),
    ("2: Обеспечить участие", "2. Обеспечить участие", "the dot of a label as a colon"),
    ("_ уведомить родителей", "- уведомить родителей", "a dash at the foot of the line"),
    ("руководители 00.", "руководители ОО.", "the usual short name of schools"),
    ("договор с 000 «Заря»", "договор с ООО «Заря»", "a company's form"),
    ("Юдин 0.0., директор", "Юдин О.О., директор", "initials as zeros after a surname"),
    ("С.0. Бахтин доложил", "С.О. Бахтин доложил", "one initial as a zero"),
    ("(Мамонтов 6.6.) посетить", "(Мамонтов Б.Б.) посетить", "initials as sixes after a surname"),
    ("Ирииято~60 решение единогласно", "Принято решение единогласно", "the one word that looks alike"),
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


def test_a_sixth_item_stays_a_number() -> None:
    state = ListState()
    rows = ["5) найти площадку;", "6) договориться о дне;"]
    assert [text(mended(row(line), state)) for line in rows] == rows


RUBBISH = [
    ("ПРОТОКОЛ № 3", "ПРОТОКОЛ № 3", "", "print"),
    ("Принять к сведению. Aa~25", "Принять к сведению.", "Aa", "a crumb at the end of a row"),
    (">~20 Принять к сведению", "Принять к сведению", ">", "a sign that no text has, before it"),
    ("f~30 =~20 {~25", "", "f = {", "a row of strokes"),
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
