"""Imports point one way, and each outside library has one door."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline"

# Layers from the bottom up: a module may import from its own layer and from those before it.
LAYERS = [
    ["model"],
    ["clean", "lexicon", "labels", "units"],
    ["nlp"],
    ["deadlines"],
    ["clauses", "markers", "tables"],
    ["segment"],
    ["readers", "parsers"],
    ["schema"],
    ["rows"],
    ["quality", "resolve"],
    ["dataset"],
    ["discover", "engines"],
    ["run", "needs"],
    ["screen", "warm"],
    ["cli"],
]
# Rooms that know nothing of each other although they stand side by side.
STRANGERS = [("readers", "parsers"), ("readers", "segment"), ("readers", "deadlines"), ("schema", "readers"), ("schema", "parsers")]

DOORS = {
    "pymorphy3": ["nlp", "readers"],  # readers ask it only whether a text layer is made of Russian words
    "natasha": ["nlp"], "slovnet": ["nlp"], "navec": ["nlp"], "razdel": ["nlp"], "spacy": ["nlp"], "numpy": ["nlp", "readers"],
    "tesserocr": ["readers"], "cv2": ["readers"], "PIL": ["readers"],
    "dateparser": ["deadlines", "parsers"],
    "docx": ["readers"], "lxml": ["readers"], "pdfplumber": ["readers"], "pdfminer": ["readers"], "pypdfium2": ["readers"],
    "charset_normalizer": ["readers"], "rapidfuzz": ["segment"],
    "pyarrow": ["schema", "resolve", "quality", "dataset"],
    "pandas": ["dataset"],
    "pebble": ["engines"], "multiprocessing": ["engines"],
    "rich": ["screen"],
    "argparse": ["cli"],
}  # fmt: skip

MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The part of the package that a module belongs to: «readers», «cli» …"""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """All modules that a module names, also within functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "pipeline":
                yield from (f"pipeline.{name.name}" for name in node.names)
            else:
                yield node.module


def own(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path) if name.startswith("pipeline.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    if room(path) == "__init__":  # the doors: they open lazily
        return
    level = {name: index for index, layer in enumerate(LAYERS) for name in layer}
    assert room(path) in level, "a new module has its place in LAYERS"
    allowed = {name for name, index in level.items() if index <= level[room(path)]} | {"__version__"}
    if room(path) == "model":
        allowed.add("clean")  # Source.clean: the one lazy import upwards
    strangers = {b if room(path) == a else a for a, b in STRANGERS if room(path) in (a, b)}
    assert own(path) <= allowed - strangers


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_has_one_door(path: Path) -> None:
    outside = {name.split(".")[0] for name in imports(path)} - {"pipeline"}
    strange = {name for name in outside if name not in sys.stdlib_module_names and name not in DOORS}
    assert not strange, "a new library has its place in DOORS"
    assert {name for name in outside if name in DOORS and room(path) not in DOORS[name]} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_fits_the_eye(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
