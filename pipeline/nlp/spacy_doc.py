"""An outcome as a spaCy document: its spans for displaCy, for Matcher rules of an analyst, for training a model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy import blank
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.model import Outcome

GROUPS = ("agenda", "participants", "decisions", "deadlines", "assignees", "votes")


@cache
def _russian() -> Language:
    return blank("ru")


def to_spacy(outcome: Outcome) -> Doc:
    """The document with a span group per table: `doc.spans["deadlines"]` holds «до 01.11.23», labelled `by_date`.

    A span is widened to whole tokens; `doc.user_data["document_id"]` ties it to the dataset.
    """
    doc = _russian()(outcome.source.text)
    doc.user_data["document_id"] = outcome.document_id
    for group in GROUPS:
        found = [
            doc.char_span(start, end, label=label, alignment_mode="expand")
            for start, end, label in _spans(outcome, group)
        ]
        doc.spans[group] = [span for span in found if span is not None]
    return doc


def _spans(outcome: Outcome, group: str) -> Iterator[tuple[int, int, str]]:
    protocol = outcome.protocol
    if group == "agenda":
        yield from ((item.start, item.end, "agenda_item") for item in protocol.agenda)
    elif group == "participants":
        yield from ((p.start, p.end, p.role) for p in protocol.participants)
    elif group == "votes":
        yield from ((v.start, v.end, v.option) for v in protocol.votes)
    for decision in protocol.decisions:
        if group == "decisions":
            yield decision.start, decision.end, decision.classification
        elif group == "deadlines":
            yield from ((d.start, d.end, d.kind) for d in decision.deadlines)
        elif group == "assignees":
            yield from ((a.start, a.end, a.role) for a in decision.assignees)
