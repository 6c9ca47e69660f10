"""The seeds, as they are and made into DOCX and PDF, score 1.000 in every field; clean scans of them 0.98."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from pipeline.run import run
from tests import seed_files
from tests.conftest import needs_program

SHARED = Path(__file__).parents[2] / "shared"
FORMATS = {"txt": str.encode, "docx": seed_files.docx, "pdf": seed_files.pdf, "scan.pdf": seed_files.scan}
LEAST = {"scan.pdf": 0.98}
"""What every field of a format must score; 1 where nothing else is said."""

pytestmark = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(),
    reason="the seeds are documents of their owners, not of this project: they are not in the folder shared beside it",
)


@pytest.fixture(scope="module", params=FORMATS)
def dataset(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of the seeds in one format."""
    if request.param == "scan.pdf":
        needs_program("tesseract")
    folder = tmp_path_factory.mktemp(request.param)
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        target = folder / f"raw/{path.stem}.{request.param}"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(FORMATS[request.param](path.read_text(encoding="utf-8")))
    report = run(folder / "raw", folder / "out")
    assert not report.bugs
    return folder / "out"


def test_every_field_is_right(dataset: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    least = LEAST.get(request.node.callspec.params["dataset"], 1.0)
    out = tmp_path / "score.json"
    command = [sys.executable, SHARED / "tools/score.py", "--dataset", dataset, "--gold", SHARED / "gold"]
    result = subprocess.run([*command, "--details", "--json", out], check=True, capture_output=True, text=True)
    table = json.loads(out.read_text())
    assert {field for field, row in table.items() if row["f1"] < least} == set(), result.stdout


@pytest.mark.parametrize("stem", ["003_75d7a2b357900bb1", "004_cb21dab4399b63f5"])
def test_a_look_alike_is_not_a_protocol(dataset: Path, stem: str) -> None:
    files = pd.read_parquet(dataset / "files.parquet")
    row = files[files["source_path"].str.startswith(stem)].iloc[0]
    assert row["status"] == "not_a_protocol"
    decisions = pd.read_parquet(dataset / "decisions.parquet")
    assert row["document_id"] not in set(decisions["document_id"])
