"""The README's commands run as written, and it documents every command."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
COPIED = ("pipeline", "models", "data/raw", "Makefile", "pyproject.toml", "requirements.lock", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project without its results, with this environment as its `.venv` and a user's archive in the home folder."""
    folder = tmp_path_factory.mktemp("clone")
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    ready = Path(sys.prefix) / ".ready"
    if ready.exists():  # as new as it was: copying must not set the whole installation off
        for name in ("pyproject.toml", "requirements.lock"):
            os.utime(folder / name, (0, 0))
    (folder / "home/архив").mkdir(parents=True)
    shutil.copy2(next((ROOT / "data/raw").rglob("*.docx")), folder / "home/архив/протокол.docx")
    return folder


def shell(command: str, clone: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    environment |= {"HOME": str(clone / "home"), "PYTHONPATH": str(clone)}
    return subprocess.run(["bash", "-c", command], cwd=clone, env=environment, capture_output=True, text=True, check=False)


needs_environment = pytest.mark.skipif(
    not (Path(sys.prefix) / ".ready").exists(), reason="these tests run in the environment that `make test` prepares"
)


@needs_environment
def test_the_commands_run_as_written(clone: Path) -> None:
    """All in their order, but for `make test`, which is running now."""
    for command in COMMANDS:
        if command != "make test":
            result = shell(command, clone)
            assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
    assert (clone / "data/processed/decisions.parquet").exists()
    assert (clone / "home/результат/decisions.parquet").exists()


@needs_environment
def test_the_python_runs_as_written(clone: Path) -> None:
    if not (clone / "data/processed/decisions.parquet").exists():
        assert shell("make extract", clone).returncode == 0
    (clone / "session.py").write_text("\n".join(PYTHON), encoding="utf-8")
    result = shell(".venv/bin/python session.py", clone)
    assert result.returncode == 0, result.stderr
    assert "due_date" in result.stdout


def test_ci_runs_the_test_command_of_the_readme() -> None:
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert "make test" in COMMANDS
    assert lines[-1] == "make test"
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_every_target_is_documented() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert set(targets) == set(re.findall(r"^\.PHONY: (help .*)", makefile, re.MULTILINE)[0].split())
    help_text = shell("make -s --no-print-directory", ROOT).stdout
    for target in targets:
        assert f"make {target}" in help_text
        assert target == "help" or f"`make {target}`" in README or f"make {target}" in COMMANDS


def test_exit_codes_are_those_of_the_help() -> None:
    from pipeline import cli

    for code in (cli.OK, cli.NOTHING_READ, cli.USAGE, cli.INTERRUPTED):
        assert f"**{code}**" in README


def test_no_address_is_locked() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "pymorphy2" not in lock
