"""LibreOffice for tests: many files in one call, with a profile of its own."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

TIMEOUT = 600


def convert(files: Sequence[Path], target: str, out: Path) -> None:
    """Convert all files into `out`: «doc», or with a filter «txt:Text (encoded):UTF8»."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", target]
        subprocess.run([*command, "--outdir", out, *files], check=True, capture_output=True, timeout=TIMEOUT)
