"""The sample archive as clean scans: nearly what the typed files give, and no wrong date given as certain."""

from __future__ import annotations

from pathlib import Path

from tests.bench_scans import archive, compared, measured, scans_of
from tests.conftest import needs_program


def test_scans_say_what_the_typed_files_say(tmp_path: Path) -> None:
    needs_program("soffice")
    needs_program("tesseract")
    files = archive()
    typed, typed_out = measured(files, tmp_path / "typed")
    scanned, scanned_out = measured(scans_of(files, "clean 200 dpi"), tmp_path / "scanned")
    assert scanned >= 0.95 * typed
    dates = compared(typed_out, scanned_out)
    assert dates.given > 100
    assert dates.certain == ()
