"""Web pages: the text without the site around it, numbers of lists, tables, what Word writes, and hostile pages."""

from __future__ import annotations

import base64
import time

import pytest

from pipeline.model import Source
from pipeline.readers import ReaderError, read, sniff
from pipeline.readers.common import HTML, MAX_HTML_BYTES, MAX_TEXT_BYTES, MHTML
from pipeline.run import extract_bytes
from tests.test_formats import TEXT, said

LONG = "Провести в образовательных организациях района мероприятия по подготовке к новому учебному году."


def page(body: str) -> Source:
    return read(f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Сайт</title></head><body>{body}</body></html>'.encode())


def shown(source: Source) -> list[str]:
    """The paragraphs; «~» marks a soft one, «#» a bold one, «row.column: » the place of a cell."""
    return [
        "~" * p.is_soft + "#" * p.is_bold + (f"{p.cell.row}.{p.cell.column}: " if p.cell else "") + source.text[p.start : p.end]
        for p in source.paragraphs
    ]


BODIES = [
    ("<p>А</p><div>Б<div>В</div>Г</div>", ["А", "Б", "В", "Г"], "blocks part paragraphs, also without a tag of their own"),
    ("<p>Срок:\n   до 1&nbsp;мая <i>2024</i> г.</p>", ["Срок: до 1\u00a0мая 2024 г."], "white space is one space, but for a hard one"),
    ("<p>А<br>Б<br/><br>В</p>", ["А", "~Б", "В"], "a break is soft, an empty line parts paragraphs"),
    ("<p>&laquo;Школа &#8470;&nbsp;1&raquo; &mdash; &#1044;а</p>", ["«Школа №\u00a01» — Да"], "entities"),
    ("<h2>РЕШИЛИ:</h2><p><b>Срок:</b> май</p><p><span style='font-weight:700'>Итог</span></p>", ["#РЕШИЛИ:", "Срок: май", "#Итог"], "bold is all bold"),
    ("<ol><li>Раз<li>Два</ol>", ["1. Раз", "2. Два"], "items that nobody closed"),
    ("<ol start=3><li>Раз<li value=7>Два<li>Три</ol>", ["3. Раз", "7. Два", "8. Три"], "a list goes on elsewhere"),
    ("<ol reversed><li>Раз<li>Два</ol>", ["2. Раз", "1. Два"], "counted down"),
    ("<ol type=a><li>Раз<li>Два</ol><ol type=I><li>Раз<li>Два</ol>", ["a. Раз", "b. Два", "I. Раз", "II. Два"], "letters and Roman numbers"),
    ("<ol style='list-style-type: upper-roman'><li>Раз</ol>", ["I. Раз"], "the style says it"),
    ("<ol><li>Раз<ol><li>Два</ol><li>Три</ol>", ["1. Раз", "1. Два", "2. Три"], "a nested list counts for itself"),
    ("<ol><li><p>Раз</p><p>Срок: май</p></li></ol>", ["1. Раз", "Срок: май"], "one number for all paragraphs of an item"),
    ("<ol><li>1. Раз<li>2. Два</ol>", ["1. Раз", "2. Два"], "typed beside the automatic one"),
    ("<ol style='list-style:none'><li>1.1. Раз</ol>", ["1.1. Раз"], "a list that prints no numbers"),
    ("<ul><li>Раз<li>– два<li>1) три</ul>", ["• Раз", "– два", "1) три"], "a bullet, unless something else is typed"),
    ("<p>А</p><p style='display:none'>скрыто</p><p hidden>скрыто</p><span style='mso-hide:all'>скрыто</span><del>было</del>", ["А"], "what is not shown"),
    ("<p>А</p><script>var a='<p>Б</p>'</script><style>p{}</style><noscript>В</noscript><!-- Г -->", ["А"], "what is no text"),
    ("<pre>Срок:  май\nОтв.: Иванов И.И.\n\nКонец</pre>", ["Срок: май", "~Отв.: Иванов И.И.", "Конец"], "lines as typed"),
    ("<p>А<p>Б", ["А", "Б"], "nothing is closed"),
    ("<b><p>А</b>Б</p>", ["АБ"], "crossed tags, as browsers see them"),
    (
        "<table><tr><th rowspan=2>№<th colspan=2>Решение</tr><tr><td>Срок<td>Отв.</tr><tr><td>1<td><p>май</p><p>июнь</p><td></tr></table>",
        ["#0.0: №", "#0.1: Решение", "1.1: Срок", "1.2: Отв.", "2.0: 1", "2.1: май", "2.1: июнь"],
        "cells by their columns, as in Word",
    ),
    (
        "<table><tr><td><ol start=2><li></ol><td>Акт<tr><td><p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>3.</span></p><td>План</table>",
        ["0.0: 2.", "0.1: Акт", "1.0: 3.", "1.1: План"],
        "a column of nothing but automatic numbers",
    ),
    ("<table><tr style='display:none'><td>а<td>б</tr><tr><td>в<td>г</tr></table>", ["0.0: в", "0.1: г"], "a hidden row"),
    ("<table><tr><td>А</td></tr><tr><td>Б</td></tr></table>", ["А", "Б"], "one column is no table"),
    (
        f"<table><tr><td>Меню</td><td><p>{LONG}</p><table><tr><td>1<td>май</tr></table></td></tr></table>",
        ["Меню", LONG, "0.0: 1", "0.1: май"],
        "a table that holds the page, and one in it",
    ),
    (f"<table><tr><td>Новости</td><td>{LONG * 12}</td></tr></table>", ["Новости", LONG * 12], "a cell with most of the text is the page"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected", "reason"), BODIES)
def test_body(body: str, expected: list[str], reason: str) -> None:
    assert shown(page(body)) == expected, reason


def test_labels_and_levels() -> None:
    source = page("<ol><li>Раз<ul><li>два</ul></ol>")
    assert [(p.label, p.level) for p in source.paragraphs] == [("1.", 0), ("•", 1)]
    assert [p.is_centered for p in page("<center>А</center><p align=center>Б<p style='text-align:center'>В<p>Г").paragraphs] == [True] * 3 + [False]


SITE = """
<div class="cookie-notice">Мы используем cookie, чтобы сайт работал лучше. <a href="/policy">Подробнее</a> <button>Хорошо</button></div>
<header id="top"><div class="logo"><a href="/">Администрация района</a></div><p>Официальный сайт органа власти</p></header>
<nav><ul><li><a href="/a">Главная</a></li><li><a href="/b">Новости</a></li></ul></nav>
<div class="wrap">
  <div class="column"><ul><li><a href="/c">Постановления</a></li><li><a href="/d">Распоряжения</a></li></ul></div>
  <div class="breadcrumbs"><a href="/">Главная</a> / Протоколы</div>
  <div class="page-header"><h1>Протокол № 3</h1></div>
  <div class="text">{text}<div class="share">Поделиться: <a href="https://example.org">Сеть</a></div></div>
  <aside><h3>Объявления</h3><p>Приглашаем на ярмарку выходного дня на площади.</p></aside>
</div>
<footer><p>© Администрация района, 2024. Телефон: 2-22-22</p></footer>"""


def site(text: str) -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{SITE.format(text=text)}</body></html>'.encode()


def test_the_site_around_the_text_is_left_out() -> None:
    agenda = "<ol><li><a href='1.docx'>О ремонте школ.</a></li><li><a href='2.docx'>О питании.</a></li></ol>"
    assert shown(read(site(f"<p>{LONG}</p>{agenda}<p>{LONG}</p>"))) == [
        "#Протокол № 3", LONG, "1. О ремонте школ.", "2. О питании.", LONG,
    ]  # fmt: skip


def test_the_same_protocol_on_a_site() -> None:
    text = TEXT.replace("Протокол\n\nсовещания", "Протокол\nсовещания")
    body = "".join(f"<p>{'<br>'.join(part.splitlines())}</p>" for part in TEXT.split("\n\n"))
    expected = said(extract_bytes(text.encode()).protocol)
    for data in (f"<html><body>{body}</body></html>".encode(), site(body)):
        protocol = said(extract_bytes(data).protocol)
        for field in ("decisions", "agenda", "participants", "votes"):
            assert protocol[field] == expected[field]


def test_a_decision_table_on_a_site() -> None:
    rows = [("№", "Решение", "Срок", "Ответственный"), ("1", "Завершить ремонт спортивного зала", "до 25.08.2023", "Петров П.П.")]
    table = "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows) + "</table>"
    outcome = extract_bytes(site(f"<p>ПРОТОКОЛ № 3 совещания</p><p>12.04.2023</p><p>РЕШИЛИ:</p>{table}"))
    assert [(d.text, [str(x.due_date) for x in d.deadlines], [a.name for a in d.assignees]) for d in outcome.protocol.decisions] == [
        ("Завершить ремонт спортивного зала", ["2023-08-25"], ["Петров П.П."])
    ]


WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=windows-1251"><!--[if gte mso 9]><xml><o:Author>А</o:Author></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-unhide:no;} --></style></head><body lang=RU><div class=WordSection1>
<p class=MsoNormal align=center style='text-align:center'><b>ПРОТОКОЛ № 3<o:p></o:p></b></p>
<p class=MsoListParagraph style='margin-left:1cm;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.2.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Провести <span class=SpellE>семинар</span>.<o:p></o:p></p>
<p class=MsoNormal style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>Акт</p>
</div><div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>Сноска</p></div></div></body></html>"""


def test_a_page_that_word_saved() -> None:
    source = read(WORD.encode("cp1251"))
    assert shown(source) == ["#ПРОТОКОЛ № 3", "1.2. Провести семинар.", "• Акт", "Сноска"]
    assert [(p.label, p.level, p.zone, p.is_centered) for p in source.paragraphs] == [
        (None, None, "body", True), ("1.2.", 1, "body", False), ("•", 0, "body", False), (None, None, "footnote", False),
    ]  # fmt: skip


@pytest.mark.parametrize("encode", ["base64", "quoted-printable"])
def test_a_page_in_a_single_file(encode: str) -> None:
    raw = WORD.encode("cp1251")
    body = base64.encodebytes(raw) if encode == "base64" else b"".join(b"=%02X" % byte for byte in raw).replace(b"=0A", b"=0A=\r\n")
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\nText\r\n--x\r\nContent-Transfer-Encoding: {encode}\r\nContent-Type: text/html; charset="windows-1251"\r\n\r\n'
    data = head.encode() + body + b"\r\n--x\r\nContent-Type: image/png\r\n\r\nPNG\r\n--x--\r\n"
    source = read(data)
    assert sniff(data) == source.media_type == MHTML
    assert source.text == read(raw).text


CHARSETS = [
    ("utf-8", "", LONG, "bytes alone"),
    ("utf-8-sig", "windows-1251", LONG, "a mark"),
    ("utf-16", "", LONG, "Word's «Unicode»"),
    ("cp1251", "utf-8", LONG, "a page that lies about itself"),
    ("koi8-r", "windows-1251", LONG, "a server that changed the charset for others"),
    ("cp1251", "windows-1251", "№ 5", "too short to count letters"),
    ("cp866", "ibm866", "ЪЫЬ", "too short to count letters"),
    ("ascii", "", "<p>&#1055;&#1088;&#1086;&#1090;&#1086;&#1082;&#1086;&#1083;", "nothing but entities"),
]


@pytest.mark.parametrize(("charset", "named", "text", "reason"), CHARSETS)
def test_charset(charset: str, named: str, text: str, reason: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={named}">' if named else ""
    source = read(f"<html><head>{meta}</head><body><p>{text}</p></body></html>".encode(charset))
    assert source.text == ("Протокол" if "&#" in text else text), reason


SNIFFED = [
    (b"<html><body>", HTML, "a page"),
    (b"\xef\xbb\xbf\r\n  <!DOCTYPE HTML PUBLIC>", HTML, "after a mark and blanks"),
    (b"<!-- saved from url=(0014)about:internet -->\r\n<html>", HTML, "as browsers save it"),
    (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', HTML, "XHTML"),
    (b"<p class=a>text</p>", HTML, "a part of a page"),
    ("<html><body>".encode("utf-16"), HTML, "two bytes a letter"),
    (b"<- see above", "text/plain", "no tag"),
    ("< 5 % школ <br".encode(), "text/plain", "no tag at the beginning"),
    (b"<?xml version='1.0'?><FictionBook/>", "application/xml", "other XML"),
    (b"From: <Saved by Blink>\r\nSubject: a\r\n b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=a", MHTML, "as Chrome saves it"),
    ("Повестка: отчёт\nContent-Type: multipart/related".encode(), "text/plain", "a text about mail"),
    (b"<!-- -->" * 400 + b"x", "text/plain", "comments without a page, in linear time"),
]


@pytest.mark.parametrize(("data", "media_type", "reason"), SNIFFED)
def test_sniff(data: bytes, media_type: str, reason: str) -> None:
    started = time.perf_counter()
    assert sniff(data) == media_type, reason
    assert time.perf_counter() - started < 1


HOSTILE = [
    ("divs without end", b"<html>" + b"<div>" * 100_000 + LONG.encode(), "damaged_html"),
    ("a list within a list within a list", b"<html>" + b"<ol><li>" * 500 + LONG.encode(), ""),
    ("tables within tables", b"<html>" + b"<table><tr><td>a<td>" * 400 + LONG.encode(), ""),
    ("cells that reach over a thousand others", b"<html><table>" + b"<tr><td colspan=1000 rowspan=1000>1<td>2" * 20_000, ""),
    ("entities that swell", b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><body>&b;' + LONG.encode(), ""),
    ("a file of this machine", b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body>&a;' + LONG.encode(), ""),
    ("no text", b"<html><script>a</script>", "no_text"),
    ("an empty page", b"<html></html>", "no_text"),
    ("a page of links", b"<html><body>" + b"<a href=x>x</a> " * 100_000, ""),
    ("breaks without end", b"<html><body>a" + b"<br>" * 200_000, ""),
    ("a page of pictures", b"<html><body><img src='data:image/png;base64," + b"A" * 20_000_000 + b"'><p>" + LONG.encode(), ""),
    ("a book", b"<html><body>" + b"<p>text</p>" * (MAX_TEXT_BYTES // 4 + 1), "too_large"),
    ("a dump", b"<html>" + bytes([32]) * MAX_HTML_BYTES, "too_large"),
    ("NUL bytes", b"<html><body>a\0b\0" + LONG.encode(), ""),
    ("a single file without a page", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\na\n--x--", "damaged_mhtml"),
    ("a single file cut off", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<html>", "no_text"),
]


@pytest.mark.parametrize(("data", "code"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile(data: bytes, code: str) -> None:
    started = time.perf_counter()
    try:
        source = read(data)
        found = ""
        assert "root:" not in source.text
        assert len(source.text) < len(data) + 1000
    except ReaderError as error:
        found = error.code
    assert found == code
    assert time.perf_counter() - started < 20
