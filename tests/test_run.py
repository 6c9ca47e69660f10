"""A run over an archive with everything that an archive may hold."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import pipeline
from pipeline.dataset import load
from pipeline.discover import discover
from pipeline.engines import Crashed, Hung, Workers
from pipeline.quality import check_raw
from pipeline.run import Report, Task, process, run
from pipeline.schema import TABLES

GOOD = """ПРОТОКОЛ № {number}
совещания с руководителями образовательных организаций
Калининского района
от 06.06.2023

Председатель: Соловьева В.В.
Секретарь: Журавлева Л.А.

Повестка дня:
1. О подготовке школ к новому учебному году.

Слушали: Соловьеву В.В., начальника отдела образования.

Решили:
1. Завершить ремонт спортивных залов.
Срок: до 25.08.2023
Ответственные: руководители школ.
"""


def good(number: int = 1) -> bytes:
    return GOOD.format(number=number).encode()


def pdf(**options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, **options)
    for line in range(40):
        canvas.drawString(72, 800 - 15 * line, f"Line {line} of a document")
    canvas.save()
    return out.getvalue()


EMPTY_PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj
xref
0 3
0000000000 65535 f\x20
0000000009 00000 n\x20
0000000056 00000 n\x20
trailer <</Root 1 0 R /Size 3>>
startxref
106
%%EOF
"""


def bomb() -> bytes:
    """A DOCX of some kilobytes that unpacks to a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(1024):
                part.write(b" " * 2**20)
    return out.getvalue()


def rows(out: Path, table: str) -> pd.DataFrame:
    return load(table, out)


def run_on(folder: Path, **files: bytes) -> tuple[Report, pd.DataFrame, pd.DataFrame]:
    """Run over these files (the last «_» of a name is its dot) and one good one; gives files and issues by path."""
    raw = folder / "raw"
    raw.mkdir(exist_ok=True)
    for name, data in {"good_txt": good(), **files}.items():
        (raw / ".".join(name.rsplit("_", 1))).write_bytes(data)
    report = run(raw, folder / "out")
    return report, rows(folder / "out", "files").set_index("source_path"), rows(folder / "out", "issues")


BAD = {
    "an empty file": ("empty.docx", b""),
    "a DOCX that is no zip": ("nozip.docx", b"PK\x03\x04 this is not a zip file at all" + b"\x00\x01" * 50),
    "a zip that is no DOCX": ("other.docx", b"PK\x05\x06" + b"\x00" * 18),
    "a zip bomb": ("bomb.docx", b""),  # made by the test: it takes seconds
    "a truncated PDF": ("cut.pdf", pdf()[:300]),
    "an encrypted PDF": ("locked.pdf", pdf(encrypt=StandardEncryption("secret", canPrint=0))),
    "a PDF without pages": ("nopages.pdf", EMPTY_PDF),
    "a picture": ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4),
    "zeros": ("zeros.txt", b"\x00" * 5000),
    "spaces": ("blank.txt", b" \n" * 500),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_has_a_clear_row_and_costs_only_itself(tmp_path: Path, what: str) -> None:
    name, data = BAD[what]
    data = bomb() if name == "bomb.docx" else data
    report, files, issues = run_on(tmp_path, **{"_".join(name.rsplit(".", 1)): data})
    row = files.loc[name]
    assert row["status"] in ("failed", "unsupported")
    assert row["error_code"] != "internal_error", (tmp_path / "out").exists()
    assert row["error_code"].isascii()
    assert any("а" <= char <= "я" for char in row["error_message"])
    assert row["bytes"] == len(data)
    assert pd.isna(row["document_id"])
    issue = issues[issues["source_path"] == name].iloc[0]
    assert (issue["severity"], issue["code"]) == ("error", row["error_code"])
    assert files.loc["good.txt"]["status"] == "extracted"
    assert not report.bugs
    assert report.was_anything_read


def test_a_hundred_of_the_same_seen_once(tmp_path: Path) -> None:
    report, files, issues = run_on(tmp_path, **{f"copy{n:02}_txt": good() for n in range(5)}, other_txt=good(2))
    assert report.statuses == {"extracted": 2, "duplicate": 5 - 1 + 1}
    assert files["document_id"].nunique() == 2
    assert rows(tmp_path / "out", "documents").shape[0] == 2
    assert set(issues[issues["code"] == "duplicate"]["severity"]) == {"info"}


def test_a_copy_of_a_failed_file_has_no_document(tmp_path: Path) -> None:
    _, files, _ = run_on(tmp_path, a_txt=b"", b_txt=b"")
    assert files.loc["a.txt"]["status"] == "failed"
    assert files.loc["b.txt"]["status"] == "duplicate"
    assert files["document_id"].isna().sum() == 2


def test_names_with_spaces_cyrillic_and_control_characters(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    names = ["Протоколы 2023/Протокол № 1 (копия).txt", "a\nb\x1b[31m.txt", "с пробелом .txt"]
    for number, name in enumerate(names):
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_bytes(good(number))
    (raw / "broken").mkdir()
    Path(os.fsdecode(os.fsencode(raw) + b"/broken/\xef\xf0\xee.txt")).write_bytes(good(9))  # a cp1251 name
    report = run(raw, tmp_path / "out")
    assert report.statuses == {"extracted": 4}
    paths = set(rows(tmp_path / "out", "files")["source_path"])
    assert paths == {*names, "broken/\\xef\\xf0\\xee.txt"}


def test_links(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    (raw / "a").mkdir(parents=True)
    (raw / "a/good.txt").write_bytes(good())
    (tmp_path / "outside.txt").write_bytes(good(2))
    (raw / "a/up").symlink_to("..")
    (raw / "self").symlink_to("self")
    (raw / "gone").symlink_to("nowhere")
    (raw / "outside").symlink_to(tmp_path / "outside.txt")
    (raw / "folder").symlink_to("a")
    (raw / "same.txt").symlink_to("a/good.txt")
    run(raw, tmp_path / "out")
    files = rows(tmp_path / "out", "files").set_index("source_path")
    assert files["error_code"].dropna().to_dict() == {
        "a/up": "link_loop", "self": "link_loop", "gone": "broken_link", "outside": "link_outside", "folder": "link_to_folder",
    }  # fmt: skip
    assert files.loc["a/good.txt"]["status"] == "extracted"
    assert files.loc["same.txt"]["status"] == "duplicate"
    assert set(rows(tmp_path / "out", "issues")["source_path"]) == set(files.index) - {"a/good.txt"}


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        found = {item.source_path: item.problem and item.problem.code for item in discover(tmp_path)}
    assert found == {"pipe": "not_a_file", "s": "not_a_file"}


def test_hidden_files_are_passed_over_and_lock_files_are_named(tmp_path: Path) -> None:
    for name in (".gitkeep", ".hidden/a.txt", "~$b.docx", "b.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = {item.source_path: item.problem and item.problem.code for item in discover(tmp_path)}
    assert found == {"b.docx": None, "~$b.docx": "lock_file"}


def test_the_output_inside_the_archive_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(good())
    for _ in range(2):
        report = run(tmp_path, tmp_path / "out")
        assert report.total == 1


def test_a_200_megabyte_text_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    with (raw / "huge.txt").open("wb") as file:
        file.truncate(200 * 2**20)  # sparse: no disk is used
    (raw / "good.txt").write_bytes(good())
    opened: list[str] = []
    true_open = Path.open
    monkeypatch.setattr(Path, "open", lambda self, *args, **options: (opened.append(self.name), true_open(self, *args, **options))[1])
    run(raw, tmp_path / "out")
    row = rows(tmp_path / "out", "files").set_index("source_path").loc["huge.txt"]
    assert (row["status"], row["error_code"], row["bytes"]) == ("failed", "too_large", 200 * 2**20)
    assert "200 МБ" in row["error_message"]
    assert "huge.txt" not in opened
    assert "good.txt" in opened


def test_a_file_without_read_permission(tmp_path: Path) -> None:
    """Root may read everything, so under root the check is made by a process that takes the rights of nobody."""
    if os.geteuid() != 0:
        _check_forbidden(tmp_path / "archive")
        return
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to others
        os.chmod(folder, 0o777)
        code = f"from tests.test_run import check_as_nobody; check_as_nobody({folder!r})"
        root = Path(__file__).parents[1]
        result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def check_as_nobody(folder: str) -> None:
    """Called in a process of its own, which does not come back from its rights."""
    import pipeline.readers  # noqa: F401 - nobody may not even read this Python's own files, so no import after this

    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    _check_forbidden(Path(folder) / "archive")


def _check_forbidden(folder: Path) -> None:
    (folder / "secret").mkdir(parents=True)
    for name in ("closed.txt", "open.txt", "secret/inside.txt"):
        (folder / name).write_bytes(good())
    (folder / "closed.txt").chmod(0)
    (folder / "secret").chmod(0)
    found = {item.source_path: item for item in discover(folder)}
    problem = found["secret"].problem  # a folder that cannot be looked into is not passed over in silence
    assert problem is not None
    assert problem.code == "permission_denied"
    assert found["open.txt"].problem is None
    result = process(Task(folder / "closed.txt", "closed.txt", "0" * 64))
    assert result.status == "failed"
    assert result.error is not None
    assert result.error.code == "permission_denied"
    assert "прав" in result.error.message


def test_a_forbidden_file_in_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true_open = Path.open

    def forbid(self: Path, mode: str = "r", *args: object, **options: object) -> object:
        if self.name == "closed.txt" and "r" in mode:
            raise PermissionError(13, "Permission denied")
        return true_open(self, mode, *args, **options)

    monkeypatch.setattr(Path, "open", forbid)
    _, files, issues = run_on(tmp_path, closed_txt=good(2))
    assert files.loc["closed.txt"][["status", "error_code"]].to_list() == ["failed", "permission_denied"]
    assert files.loc["good.txt"]["status"] == "extracted"
    assert "permission_denied" in set(issues["code"])


# Workers


def behave(task: str) -> str:
    """A task that does what its name says."""
    if task == "hang":
        while True:
            pass
    if task == "crash":
        os.kill(os.getpid(), 11)
    if task == "bug":
        raise ZeroDivisionError
    return task


def test_a_hung_or_crashed_worker_costs_one_document() -> None:
    with Workers(behave, 2, timeout=1) as workers:
        waits = [workers.submit(task) for task in ("a", "hang", "b", "crash", "c", "bug", "d")]
        results = []
        for wait in waits:
            try:
                results.append(wait())
            except Exception as error:
                results.append(type(error))
    assert results == ["a", Hung, "b", Crashed, "c", ZeroDivisionError, "d"]


def test_a_bug_is_told_from_bad_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib

    import pipeline.parsers

    path = tmp_path / "a.txt"
    path.write_bytes(good())
    task = Task(path, "a.txt", hashlib.sha256(good()).hexdigest())

    def fail(*args: object) -> None:
        raise ZeroDivisionError("our own")

    monkeypatch.setattr(pipeline.parsers, "parse", fail)
    result = process(task)
    assert (result.status, result.error and result.error.code) == ("failed", "internal_error")
    assert "ZeroDivisionError: our own" in (result.trace or "")


def test_a_file_that_changes_under_our_hands_is_not_recorded_wrongly(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(good())
    result = process(Task(path, "a.txt", "0" * 64))
    assert result.error is not None
    assert result.error.code == "changed"


# The whole


def test_the_dataset_does_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(12):
        (raw / f"{number}.txt").write_bytes(good(number))
    for workers in (1, 3):
        run(raw, tmp_path / str(workers), workers=workers)
    for name in TABLES:
        one, other = (rows(tmp_path / workers, name) for workers in "13")
        if name == "files":  # seconds are measured
            one, other = one.drop(columns="seconds"), other.drop(columns="seconds")
            pd.testing.assert_frame_equal(one, other)
        else:
            one, other = ((tmp_path / workers / f"{name}.parquet").read_bytes() for workers in "13")
            assert one == other


def test_the_counts_add_up(tmp_path: Path) -> None:
    report, files, _ = run_on(tmp_path, bad_pdf=b"%PDF-", copy_txt=good(), letter_txt="Уважаемые коллеги!\n".encode())
    assert report.total == len(files) == 4
    assert report.statuses == files["status"].value_counts().to_dict()


def test_one_file_is_an_archive_of_one(tmp_path: Path) -> None:
    (tmp_path / "один.txt").write_bytes(good())
    assert run(tmp_path / "один.txt", tmp_path / "out").total == 1
    assert rows(tmp_path / "out", "files")["source_path"].to_list() == ["один.txt"]


def test_nothing_found_leaves_the_old_dataset(tmp_path: Path) -> None:
    run_on(tmp_path)
    (tmp_path / "nothing").mkdir()
    report = run(tmp_path / "nothing", tmp_path / "out")
    assert report.total == 0
    assert len(rows(tmp_path / "out", "files")) == 1


def test_extract_gives_an_outcome(tmp_path: Path) -> None:
    path = tmp_path / "протокол 1.txt"
    path.write_bytes(good())
    outcome = pipeline.extract(path)
    assert outcome.protocol.kind == "protocol"
    assert outcome.protocol.header.number is not None
    assert outcome.protocol.header.number.value == "1"
    assert outcome.document_id == pipeline.extract(path).document_id


def test_raw_values_stand_in_their_places(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    run_on(tmp_path)
    assert check_raw({name: pq.read_table(tmp_path / f"out/{name}.parquet") for name in TABLES}) == []
