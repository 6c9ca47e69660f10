"""Files of old Word and of other word processors: read as their DOCX, and hostile ones refused."""

from __future__ import annotations

import hashlib
import http.server
import io
import os
import re
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.model import Source
from pipeline.readers import ReaderError, office, read, sniff
from pipeline.readers.common import DOC, FLAT_ODT, ODT, RTF, WORD_XML
from pipeline.run import Task, extract_bytes, process
from tests import seed_files
from tests.archive import docx_file
from tests.archive.markup import documents
from tests.conftest import ROOT, needs_program
from tests.office import convert
from tests.test_formats import TEXT, said
from tests.test_run import run_on

WRITERS = {
    DOC: ("doc", "MS Word 97"),
    ODT: ("odt", "writer8"),
    FLAT_ODT: ("fodt", "OpenDocument Text Flat XML"),
    RTF: ("rtf", "Rich Text Format"),
    WORD_XML: ("xml", "MS Word 2003 XML"),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)


def own_lists(data: bytes) -> bytes:
    """A DOCX whose lists are each a definition of its own.

    LibreOffice's DOC writer makes two lists of one that is told to begin again from 1; Word itself does not.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _own_lists(part.decode()) if name == "word/numbering.xml" else part)
    return out.getvalue()


def _own_lists(numbering: str) -> str:
    levels = dict(re.findall(r'(?s)<w:abstractNum [^>]*w:abstractNumId="(\d+)"[^>]*>(.*?)</w:abstractNum>', numbering))
    lists = re.findall(r'<w:num [^>]*w:numId="(\d+)"[^>]*><w:abstractNumId w:val="(\d+)"/>', numbering)
    head = numbering[: numbering.index("<w:abstractNum ")]
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:nsid w:val="{int(key) + 4096:08X}"/>{levels[shared]}</w:abstractNum>'
        for key, shared in lists
    )
    uses = "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key, _ in lists)
    return f"{head}{definitions}{uses}</w:numbering>"


def sample(stem: str) -> bytes:
    """A document of the sample archive as DOCX."""
    return docx_file.build(next(document for document in documents() if document.stem.startswith(stem)))


SAMPLES: dict[str, Callable[[], bytes]] = {
    "numbers of several levels": lambda: own_lists(seed_files.docx(TEXT)),
    "a decision table": lambda: sample("Планерное совещание"),
    "lists of a commission": lambda: own_lists(sample("КДН протокол 14")),
}


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], tuple[bytes, bytes]]:
    """A sample as DOCX and as LibreOffice saves it in a format; it saves all samples of a format at once."""
    needs_program("soffice")
    folder = tmp_path_factory.mktemp("saved")
    names = {what: f"{number}.docx" for number, what in enumerate(SAMPLES)}
    for what, make in SAMPLES.items():
        (folder / names[what]).write_bytes(make())

    def save(what: str, media_type: str) -> tuple[bytes, bytes]:
        suffix, writer = WRITERS[media_type]
        target = (folder / names[what]).with_suffix(f".{suffix}")
        if not target.exists():
            convert([folder / name for name in names.values()], f"{suffix}:{writer}", folder)
        return (folder / names[what]).read_bytes(), target.read_bytes()

    return save


@pytest.fixture
def soffice() -> None:
    needs_program("soffice")


@pytest.mark.parametrize("media_type", WRITERS)
@pytest.mark.parametrize("what", SAMPLES)
def test_the_same_protocol_in_another_format(saved: Callable[[str, str], tuple[bytes, bytes]], what: str, media_type: str) -> None:
    """Decisions with their numbers, deadlines and assignees; but for Word XML, whose writer loses tabs, all the rest too."""
    original, data = saved(what, media_type)
    expected, outcome = extract_bytes(original), extract_bytes(data)
    assert outcome.source.media_type == sniff(data) == media_type
    assert len(expected.protocol.decisions) >= 5
    assert said(outcome.protocol.decisions) == said(expected.protocol.decisions)
    assert media_type == WORD_XML or said(outcome.protocol) == said(expected.protocol)


def test_the_samples_have_what_they_stand_for() -> None:
    sources = {what: read(make()) for what, make in SAMPLES.items()}
    assert {"1.", "2.", "-"} <= {p.label for p in sources["numbers of several levels"].paragraphs}
    assert any(p.cell for p in sources["a decision table"].paragraphs)
    assert "3.1." in {p.label for p in sources["lists of a commission"].paragraphs}


def test_the_name_of_a_file_says_nothing(saved: Callable[[str, str], tuple[bytes, bytes]], tmp_path: Path) -> None:
    docx, doc = saved("numbers of several levels", DOC)
    _, rtf = saved("a decision table", RTF)
    page = f"<html><body><p>{TEXT.replace(chr(10) * 2, '<p>')}</body></html>".encode()
    _, files, _ = run_on(tmp_path, rtf_doc=rtf, docx_doc=docx, page_doc=page, doc_rtf=doc)
    assert files["media_type"].to_dict() == {
        "rtf.doc": RTF, "docx.doc": sniff(docx), "page.doc": "text/html", "doc.rtf": DOC, "good.txt": "text/plain",
    }  # fmt: skip
    assert set(files["status"]) == {"extracted"}


# RTF as other programs write it


def rtf(body: str) -> bytes:
    return rf"{{\rtf1\ansi\ansicpg1251\deff0{{\fonttbl{{\f0\fcharset204 Times;}}}}\f0 {body}\par}}".encode("cp1251")


RTF_TEXTS = [
    (r"\'cf\'f0\'ee\'f2\'ee\'ea\'ee\'eb", "Протокол", "cp1251 as hexadecimal"),
    (r"\uc1\u1055?\u1088?\u1086?\u1090?\u1086?\u1082?\u1086?\u1083? \u8470?", "Протокол №", "Unicode with a stand-in"),
    ("Протокол", "Протокол", "bare bytes beyond ASCII"),
    (r"Срок {\v скрыто}до 1 мая", "Срок до 1 мая", "hidden text"),
    (r"Один\line два", "Один\nдва", "a line break"),
    (r"До{\pict\pngblip 89504e470d0a1a0a}{\object{\*\objdata 0102}} мая", "До мая", "pictures and objects"),
    (r"Текст{\footer {\field{\*\fldinst PAGE}{\fldrslt 7}}\par}", "Текст", "the page number of a footer"),
    (
        r"{\pntext 1.\tab}{\*\pn\pnlvlbody\pndec\pnstart1{\pntxta .}}Первое\par {\pntext 2.\tab}Второе",
        "1. Первое\n2. Второе",
        "numbers as Word 6 wrote them",
    ),
    (
        r"\trowd\cellx2000\cellx5000\pard\intbl 1\cell Отчёт\par Акт\cell\row\pard Конец",
        "1\nОтчёт\nАкт\nКонец",
        "a cell of two paragraphs",
    ),
]


@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize(("body", "text", "reason"), RTF_TEXTS)
def test_rtf(body: str, text: str, reason: str) -> None:
    source = read(rtf(body))
    assert body_text(source) == text, reason
    assert [(p.cell.row, p.cell.column) for p in source.paragraphs if p.cell] == ([(0, 0), (0, 1), (0, 1)] if r"\cell" in body else [])


def body_text(source: Source) -> str:
    return "\n".join(source.text[p.start : p.end] for p in source.paragraphs if p.zone == "body")


@pytest.mark.usefixtures("soffice")
def test_the_day_of_the_conversion_does_not_get_into_the_text() -> None:
    """LibreOffice prints today's date in such a field, whatever the field showed when it was saved."""
    source = read(rtf(r'Дата: {\field{\*\fldinst DATE \\@ "dd.MM.yyyy"}{\fldrslt 15.01.2024}} г. Тверь'))
    assert source.text == "Дата:  г. Тверь"
    assert [issue.code for issue in source.issues] == ["todays_date"]
    assert f"{date.today():%Y}" not in source.text
    frozen = read(rtf(r'Дата: {\field\fldlock{\*\fldinst DATE \\@ "dd.MM.yyyy"}{\fldrslt 15.01.2024}}'))
    assert (frozen.text, frozen.issues) == ("Дата: 15.01.2024", ())


# Hostile files


def odt(body: str, **parts: bytes) -> bytes:
    """A small ODT; further parts by name, «_» for «/» in it."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    names = "".join(f' xmlns:{name}="{space}{name}:1.0"' for name in ("office", "text"))
    names += f' xmlns:draw="{space}drawing:1.0" xmlns:svg="{space}svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    manifest = (
        f'<manifest:manifest xmlns:manifest="{space}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{ODT}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), ODT)
        archive.writestr("META-INF/manifest.xml", parts.get("manifest", manifest.encode()))
        content = f"<office:document-content{names}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        archive.writestr("content.xml", parts.get("content", content.encode()))
    return out.getvalue()


def word_head(flags: int) -> bytes:
    return OLE + b"\xec\xa5\xc1\0" + bytes(7) + bytes([flags]) + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(3000)


ENTITIES = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in b"bcdefghij") + b"]>"
WORDML = b'<?xml version="1.0"?>%s<?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>%s</w:body></w:wordDocument>'

HOSTILE: list[tuple[str, Callable[[], bytes], set[str]]] = [
    ("an OLE file that only says it is Word", lambda: OLE + "WordDocument".encode("utf-16-le"), {"damaged_doc"}),
    ("a DOC with a password", lambda: word_head(0x01), {"encrypted_doc"}),
    ("a DOC that is nothing but its head", lambda: word_head(0x00), {"damaged_doc"}),
    ("an RTF cut off", lambda: rtf("Протокол " * 500)[:3000], {"damaged_rtf"}),
    ("an RTF of nothing but its mark", lambda: b"{\\rtf1\\ansi", {"damaged_rtf", "no_text"}),
    ("an RTF with a million braces", lambda: b"{\\rtf1 " + b"{" * 10**6 + b" text " + b"}" * 10**6 + b"}", {"damaged_rtf", "office_timeout", ""}),
    ("an ODT cut off", lambda: odt("<text:p>Текст</text:p>" * 99)[:-90], {"damaged_odt"}),
    ("an ODT without text", lambda: odt(""), {"no_text"}),
    ("an ODT with a password", lambda: odt("", manifest=b"<m><manifest:encryption-data/></m>"), {"encrypted_odt"}),
    ("an ODT that unpacks to 400 MB", lambda: odt("", content=bytes(400 * 2**20)), {"zip_bomb"}),
    ("an ODT of entities", lambda: odt("", content=ENTITIES + b"<a>&j;</a>"), {"damaged_odt", "office_timeout", "no_text"}),
    ("a Word XML of entities", lambda: WORDML % (ENTITIES, b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>"), {"damaged_word_xml"}),
    ("a Word XML cut off", lambda: (WORDML % (b"", b"<w:p/>"))[:-30], {"damaged_word_xml"}),
    ("a Word XML without text", lambda: WORDML % (b"", b""), {"no_text"}),
]


@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize(("make", "codes"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile(make: Callable[[], bytes], codes: set[str]) -> None:
    started = time.monotonic()
    refusal = ReaderError("", "прочитан")
    try:
        read(make())
    except ReaderError as error:
        refusal = error
    assert refusal.code in codes
    assert any("а" <= char <= "я" for char in refusal.message)
    assert time.monotonic() - started < office.TIMEOUT + 10


@pytest.mark.parametrize("share", [0.5, 0.7, 0.9])
def test_a_doc_cut_off(saved: Callable[[str, str], tuple[bytes, bytes]], share: float) -> None:
    _, data = saved("lists of a commission", DOC)
    with pytest.raises(ReaderError) as caught:
        read(data[: int(share * len(data))])
    assert caught.value.code == "damaged_doc"


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """A server on this machine: its port, and what it was asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            paths.append(str(self.rfile.readline(1000)))

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, paths
        server.shutdown()


@pytest.mark.usefixtures("soffice")
def test_no_link_is_followed(asked: tuple[int, list[str]], tmp_path: Path) -> None:
    port, paths = asked
    (tmp_path / "secret.txt").write_text("TOP SECRET")
    sections = "".join(
        f'<text:section text:name="S{n}"><text:section-source xlink:href="{link}" text:filter-name="Text"/><text:p>старое</text:p></text:section>'
        for n, link in enumerate(((tmp_path / "secret.txt").as_uri(), f"http://127.0.0.1:{port}/section.txt"))
    )
    picture = f'<draw:image xlink:href="http://127.0.0.1:{port}/a.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
    frame = f'<text:p><draw:frame text:anchor-type="as-char" svg:width="5cm" svg:height="5cm">{picture}</draw:frame></text:p>'
    source = read(odt(sections + frame))
    assert source.text == "старое\nстарое"
    assert paths == []


# LibreOffice itself


@pytest.mark.parametrize(
    ("data", "name"),
    [(word_head(0), "DOC"), (rtf("Протокол"), "RTF"), (odt("<text:p>а</text:p>"), "ODT"), (b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.text"/>', "FODT")],
)
def test_without_libreoffice(data: bytes, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(ReaderError) as caught:
        read(data)
    assert caught.value.code == "office_missing"
    assert caught.value.message == f"Для чтения файла {name} нужен LibreOffice: sudo apt install libreoffice-writer-nogui"


def test_without_libreoffice_the_file_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    (tmp_path / "a.doc").write_bytes(word_head(0))
    result = process(Task(tmp_path / "a.doc", "a.doc", hashlib.sha256(word_head(0)).hexdigest()))
    assert (result.status, result.media_type, result.error and result.error.code) == ("failed", DOC, "office_missing")


def test_libreoffice_without_writer_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = script(tmp_path, "exit 1")
    monkeypatch.setattr(office.shutil, "which", lambda *args, **options: program)
    assert office.find_office() == program  # a wrapper: its parts lie elsewhere
    (tmp_path / "soffice.bin").touch()
    assert office.find_office() is None
    (tmp_path / "libswlo.so").touch()
    assert office.find_office() == program


def script(folder: Path, text: str) -> str:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)
    return str(program)


def test_a_hanging_libreoffice_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = script(tmp_path, f"echo $$ > {tmp_path}/pid; sleep 100")
    monkeypatch.setattr(office, "find_office", lambda: program)
    monkeypatch.setattr(office, "_GUARD", office._GUARD.replace(f"KILL {office.TIMEOUT}", "KILL 1"))
    monkeypatch.setattr(office.tempfile, "tempdir", str(tmp_path))
    started = time.monotonic()
    with pytest.raises(ReaderError) as caught:
        read(rtf("Протокол"))
    assert caught.value.code == "office_timeout"
    assert time.monotonic() - started < 10
    assert not list(tmp_path.glob("protokol-*"))
    state = Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_what_was_begun_is_cleared_up_after_our_death(tmp_path: Path) -> None:
    program = script(tmp_path, f"stat -c %a {tmp_path}/protokol-* > {tmp_path}/begun; sleep 2")
    code = (
        "import sys; from pipeline.readers import office, read; "
        "office.find_office = lambda: sys.argv[1]; read(b'{\\\\rtf1 a}')"
    )
    ours = subprocess.Popen([sys.executable, "-c", code, program], cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)})
    wait_for(lambda: (tmp_path / "begun").exists() and (tmp_path / "begun").read_text())
    ours.send_signal(signal.SIGKILL)
    ours.wait()
    assert (tmp_path / "begun").read_text() == "700\n"
    wait_for(lambda: not list(tmp_path.glob("protokol-*")))


def wait_for(happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)
