"""The doors to assignees: a list after a label, an addressee in the dative, a controller, a clause in a sentence."""

from __future__ import annotations

from pipeline.parsers.addressees import find_addressees
from pipeline.parsers.assignee_clauses import InlineResponsible, find_controllers, find_inline_responsible
from pipeline.parsers.assignee_reading import parse_assignees

__all__ = ["InlineResponsible", "find_addressees", "find_controllers", "find_inline_responsible", "parse_assignees"]
