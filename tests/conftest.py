"""What many tests share: the root of the project, and the dataset of the sample archive, made once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.run import run

# The same examples at every run of CI; a run by hand looks for new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

ROOT = Path(__file__).parents[1]


def needs_program(name: str) -> None:
    """Skip a test where a program is not installed; CI has them all, so there it fails: `needs_program("soffice")`."""
    if shutil.which(name) is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"the program {name} is not installed: `make test` does it")


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the project."""
    return ROOT


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset made from the sample archive."""
    out = tmp_path_factory.mktemp("sample")
    report = run(ROOT / "data/raw", out)
    assert not report.bugs
    return out
