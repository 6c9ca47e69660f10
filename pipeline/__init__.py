"""Russian meeting protocols turned into a normalized dataset.

>>> import pipeline
>>> outcome = pipeline.extract("data/raw/protocol.docx")      # one file, in memory
>>> decisions = pipeline.load("decisions")                     # a table of data/processed as a DataFrame
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.dataset import load
    from pipeline.deadlines import parse_deadlines
    from pipeline.nlp.spacy_doc import to_spacy
    from pipeline.parsers.assignees import parse_assignees
    from pipeline.run import extract

__version__ = "0.1.0"
__all__ = ["__version__", "extract", "load", "parse_assignees", "parse_deadlines", "to_spacy"]

_DOORS = {
    "extract": "pipeline.run",
    "load": "pipeline.dataset",
    "parse_assignees": "pipeline.parsers.assignees",
    "parse_deadlines": "pipeline.deadlines",
    "to_spacy": "pipeline.nlp.spacy_doc",
}


def __getattr__(name: str) -> Any:
    """Import a door when it is first used: `import pipeline` itself stays quick."""
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_DOORS[name]), name)
