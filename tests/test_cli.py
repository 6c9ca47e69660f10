"""The command: words, exit codes, and what stands on the screen."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from pipeline.cli import main
from tests.test_run import good


def protokol(*args: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would."""
    command = [sys.executable, "-m", "pipeline.cli", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    raw = tmp_path / "мой архив"
    raw.mkdir()
    (raw / "хороший.txt").write_bytes(good())
    (raw / "плохой.pdf").write_bytes(b"%PDF-1.4 nothing")
    (raw / "письмо.txt").write_text("Директорам школ\n\nУважаемые коллеги!\nНаправляем вам методические рекомендации.\n")
    return raw


def test_bad_files_among_good_ones_are_no_failure(archive: Path, tmp_path: Path) -> None:
    result = protokol("extract", archive, tmp_path / "out")
    assert result.returncode == 0, result.stderr
    assert sum("плохой.pdf" in line for line in result.stderr.splitlines()) == 1
    assert "Готово 3 из 3" in result.stderr
    assert "Итог" in result.stderr
    assert "\x1b" not in result.stderr  # no terminal, no colours and no bar
    assert "плохой.pdf" in (tmp_path / "out/protokol.log").read_text()


def test_strict_minds_bugs_and_not_bad_files(archive: Path, tmp_path: Path) -> None:
    assert protokol("extract", archive, tmp_path / "out", "--strict").returncode == 0


@pytest.mark.parametrize(("flags", "code"), [([], 0), (["--strict"], 1)])
def test_a_bug_is_loud_only_with_strict(
    archive: Path, tmp_path: Path, flags: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collections import Counter

    import pipeline.run

    report = pipeline.run.Report(Counter(extracted=1, failed=1), dict.fromkeys(("meetings", "decisions", "deadlines", "assignees"), 1), 1, 1.0)
    monkeypatch.setattr(pipeline.run, "run", lambda *args: report)
    assert main(["extract", str(archive), str(tmp_path / "out"), *flags]) == code


def test_quiet_prints_only_failures(archive: Path, tmp_path: Path) -> None:
    result = protokol("extract", archive, tmp_path / "out", "--quiet")
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stdout == ""


def test_nothing_read_is_a_failure_and_still_recorded(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").touch()
    assert protokol("extract", raw, tmp_path / "out").returncode == 1
    assert pipeline.load("files", tmp_path / "out")["status"].to_list() == ["failed"]


def test_an_empty_archive_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    result = protokol("extract", tmp_path / "raw", tmp_path / "out")
    assert result.returncode == 1
    assert "нет файлов" in result.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "не хватает аргументов: КОМАНДА"),
        (["extract"], "не хватает аргументов: RAW, OUT"),
        (["extract", "нет такой", "out"], "нет папки «нет такой»"),
        (["extract", ".", "out", "--workers", "0"], "нужно целое число от 1"),
        (["extract", ".", "out", "--workers", "x"], "неверное значение: 'x'"),
        (["extract", ".", "out", "--wat"], "неизвестные аргументы: --wat"),
        (["wat"], "нет такой команды: 'wat'"),
    ],
)
def test_wrong_use_is_said_in_russian(args: list[str], message: str, tmp_path: Path, root: Path) -> None:
    result = protokol(*args, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(root)})
    assert result.returncode == 2
    assert message in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", [[], ["extract"], ["show"], ["needs"], ["schema"]])
def test_help_is_all_russian(command: list[str]) -> None:
    result = protokol(*command, "--help")
    assert result.returncode == 0
    known = r"protokol|extract|show|needs|schema|RAW|OUT|FILE|N|S|h|help|version|workers|timeout|strict|quiet|DOCX|DOC|RTF|ODT|PDF|HTML|TXT|Debian|Parquet|Markdown|files|issues|Ctrl|C"
    assert set(re.findall("[A-Za-z]+", result.stdout)) <= set(known.split("|"))


def test_help_documents_every_exit_code() -> None:
    assert re.findall(r"^  (\d+) ", protokol("--help").stdout, re.MULTILINE) == ["0", "1", "2", "130"]


def test_version() -> None:
    assert protokol("--version").stdout == f"protokol {pipeline.__version__}\n"


def test_show_tells_what_is_in_a_file(archive: Path) -> None:
    result = protokol("show", archive / "хороший.txt")
    assert result.returncode == 0, result.stderr
    for text in ("протокол", "Дата: 06.06.2023", "Соловьева В.В., председатель", "Завершить ремонт", "25.08.2023", "руководители школ"):
        assert text in result.stdout


def test_show_of_a_bad_file(archive: Path) -> None:
    assert protokol("show", archive / "плохой.pdf").returncode == 1
    result = protokol("show", archive / "нет такого.txt")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr


def test_needs_of_an_archive(archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import pipeline.readers.office

    monkeypatch.setattr("pipeline.needs.data_folder", lambda: None)
    assert main(["needs", str(archive)]) == 0
    assert capsys.readouterr().out.split() == ["tesseract-ocr-rus", "tesseract-ocr-eng", "tesseract-ocr-osd"]  # for the PDF
    monkeypatch.setattr("pipeline.needs.data_folder", lambda: archive)
    assert main(["needs", str(archive)]) == 0
    assert capsys.readouterr().out == ""  # texts and a PDF need nothing of LibreOffice, wherever it is
    (archive / "старый.doc").write_bytes(b"{\\rtf1 \\'cf}")
    for program, packages in (("/usr/bin/soffice", ""), (None, "libreoffice-writer-nogui\n")):
        monkeypatch.setattr(pipeline.readers.office.shutil, "which", lambda *args, found=program, **options: found)
        assert main(["needs", str(archive)]) == 0
        assert capsys.readouterr().out == packages
    assert main(["needs", str(archive / "нет такой")]) == 2


def test_schema_is_the_dictionary() -> None:
    assert "## `decisions`" in protokol("schema").stdout


def test_an_unwritable_output_is_said_plainly(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = protokol("extract", archive, tmp_path / "file")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr


def test_importing_the_package_is_quick() -> None:
    code = "import sys, pipeline; print(sorted({'pandas', 'pyarrow', 'spacy', 'pymorphy3', 'rich'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
