"""One document's Outcome as rows of the tables: pure, so that every worker makes the same rows.

Ids are the document's id and the row's ordinal: the same bytes give the same ids whatever else is in the archive.
What needs the whole archive (meetings, persons, organizations) is filled in by `resolve`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final

from pipeline.model import Decision, Issue, Line, Outcome, PageGrade, Source, Value
from pipeline.nlp.organizations import organization_of
from pipeline.parsers.places import Place, find_districts, find_regions
from pipeline.schema import TABLES

Row = dict[str, Any]
Rows = dict[str, list[Row]]

LOW_SCORE: Final = 0.5
"""A kind or a decision below this is shown to a person."""


def document_rows(outcome: Outcome, source_path: str, version: str) -> Rows:
    """The rows of one document for every table but `files`, `persons` and `organizations`."""
    is_protocol = outcome.protocol.kind == "protocol"
    rows: Rows = {name: [] for name in TABLES}
    rows["documents"] = [{**_document(outcome, version), **_folder_places(source_path)}]
    rows["texts"] = [{"document_id": outcome.document_id, "text": outcome.source.text}]
    rows["lines"] = list(_lines(outcome))
    rows["pages"] = list(_pages(outcome))
    rows["participants"] = list(_participants(outcome))
    rows["issues"] = [issue_row(issue, source_path, outcome.document_id) for issue in outcome.issues]
    if is_protocol:
        rows["meetings"] = [_meeting(outcome)]
        for name, make in _PROTOCOL_TABLES.items():
            rows[name] = list(make(outcome))
    return rows


def _folder_places(source_path: str) -> Row:
    """The places that the folders name, the nearest first: the document itself may say none, or another."""
    folders = source_path.split("/")[-2::-1]
    return {"folder_district": _named_by(folders, find_districts), "folder_region": _named_by(folders, find_regions)}


def _named_by(folders: list[str], find: Callable[[str], list[Place]]) -> str | None:
    return next((place.name for folder in folders for place in find(folder)), None)


def issue_row(issue: Issue, source_path: str | None, document_id: str | None = None) -> Row:
    """A row of `issues`."""
    return {
        "document_id": document_id,
        "source_path": source_path,
        "severity": issue.severity,
        "code": issue.code,
        "message": issue.message,
        "page_no": issue.page_no,
        "start": issue.start,
        "end": issue.end,
    }


def _document(outcome: Outcome, version: str) -> Row:
    source, protocol, header = outcome.source, outcome.protocol, outcome.protocol.header
    return {
        "document_id": outcome.document_id,
        "kind": protocol.kind,
        "kind_score": protocol.kind_score,
        "title": _value(header.title),
        "number": _value(header.number),
        "date": _value(header.date),
        "organization": _value(header.organization),
        "district": _value(header.district),
        "region": _value(header.region),
        "text_source": source.text_source,
        "page_count": source.page_count,
        "character_count": len(source.text),
        "ocr_confidence": _mean(source, lambda page: page.confidence),
        "known_word_share": _mean(source, lambda page: page.known_share),
        "meeting_id": None,
        "needs_review": _needs_review(outcome),
        "pipeline_version": version,
    }


def _mean(source: Source, grade: Callable[[PageGrade], float | None]) -> float | None:
    """A grade of the document: that of its pages that have one, each by its text."""
    sizes = Counter[int]()
    for line in source.lines:
        sizes[line.page_no or 0] += line.end - line.start
    grades = [(value, sizes[page.page_no]) for page in source.pages if (value := grade(page)) is not None]
    total = sum(size for _, size in grades)
    return round(sum(value * size for value, size in grades) / total, 4) if total else None


def _needs_review(outcome: Outcome) -> bool:
    protocol = outcome.protocol
    return (
        any(issue.severity != "info" for issue in outcome.issues)
        or protocol.kind_score < LOW_SCORE
        or any(decision.score < LOW_SCORE for decision in protocol.decisions)
    )


def _meeting(outcome: Outcome) -> Row:
    protocol, header = outcome.protocol, outcome.protocol.header
    return {
        "meeting_id": None,
        "document_id": outcome.document_id,
        "body": _value(header.body),
        "number": _value(header.number),
        "date": _value(header.date),
        "place": _value(header.place),
        "organization": _value(header.organization),
        "district": _value(header.district),
        "region": _value(header.region),
        "quorum": protocol.quorum,
        "attendee_count": protocol.attendee_count,
    }


def _lines(outcome: Outcome) -> Iterator[Row]:
    source = outcome.source
    labels = {paragraph.start: paragraph.label for paragraph in source.paragraphs if paragraph.label}
    block_starts = [block.start for block in outcome.blocks]
    for number, line in enumerate(source.lines):
        block = bisect_right(block_starts, line.start) - 1
        yield {
            "document_id": outcome.document_id,
            "line_no": number,
            "start": line.start,
            "end": line.end,
            "page_no": line.page_no,
            **_box(line),
            "block_kind": outcome.blocks[block].kind if block >= 0 else "noise",
            "label": labels.get(line.start),
            "ocr_confidence": line.confidence,
            "raw_text": line.raw,
        }


def _pages(outcome: Outcome) -> Iterator[Row]:
    for page in outcome.source.pages:
        yield {
            "document_id": outcome.document_id,
            "page_no": page.page_no,
            "text_source": page.text_source,
            "width": page.width,
            "height": page.height,
            "ocr_confidence": page.confidence,
            "known_word_share": page.known_share,
            "turn": page.turn,
        }


def _box(line: Line) -> Row:
    box = line.box
    if box is None:
        return {"x0": None, "top": None, "x1": None, "bottom": None}
    return {"x0": box.x0, "top": box.top, "x1": box.x1, "bottom": box.bottom}


def _agenda(outcome: Outcome) -> Iterator[Row]:
    for position, item in enumerate(outcome.protocol.agenda):
        yield {
            "agenda_item_id": _id(outcome, "a", position),
            "meeting_id": None,
            "document_id": outcome.document_id,
            "position": position,
            "label": item.label,
            "text": item.text,
            "start": item.start,
            "end": item.end,
        }


def _speeches(outcome: Outcome) -> Iterator[Row]:
    for position, speech in enumerate(outcome.protocol.speeches):
        yield {
            "speech_id": _id(outcome, "s", position),
            "meeting_id": None,
            "document_id": outcome.document_id,
            "agenda_item_id": _id(outcome, "a", speech.agenda_index),
            "participant_id": _id(outcome, "p", speech.participant_index),
            "kind": speech.kind,
            "text": speech.text,
            "start": speech.start,
            "end": speech.end,
        }


def _participants(outcome: Outcome) -> Iterator[Row]:
    is_protocol = outcome.protocol.kind == "protocol"
    for position, person in enumerate(outcome.protocol.participants):
        yield {
            "participant_id": _id(outcome, "p", position),
            "meeting_id": None,
            "document_id": outcome.document_id,
            "person_id": None,
            "name": person.name,
            "name_raw": person.name_raw,
            "entity_type": person.entity_type,
            "role": person.role,
            "post": person.post,
            "organization": organization_of(person.post) if person.post else None,
            "start": person.start,
            "end": person.end,
            "agenda_item_id": _id(outcome, "a", person.agenda_index) if is_protocol else None,
            "rule": person.rule,
        }


def _decisions(outcome: Outcome) -> Iterator[Row]:
    pages = _Pages(outcome.source)
    for position, decision in enumerate(outcome.protocol.decisions):
        yield {
            "decision_id": _id(outcome, "d", position),
            "meeting_id": None,
            "document_id": outcome.document_id,
            "agenda_item_id": _id(outcome, "a", decision.agenda_index),
            "parent_id": _id(outcome, "d", decision.parent),
            "position": position,
            "label": decision.label,
            "path": decision.path,
            "is_leaf": decision.is_leaf,
            "classification": decision.classification,
            "outcome": decision.outcome,
            "text": decision.text,
            "context": decision.context,
            "start": decision.start,
            "end": decision.end,
            "page_no": pages.at(decision.start),
            "rule": decision.rule,
            "score": decision.score,
        }


def _deadlines(outcome: Outcome) -> Iterator[Row]:
    for decision_id, decision in _numbered(outcome):
        for position, deadline in enumerate(decision.deadlines):
            yield {
                "deadline_id": f"{decision_id}-t{position}",
                "decision_id": decision_id,
                "document_id": outcome.document_id,
                "position": position,
                "text": deadline.text,
                "kind": deadline.kind,
                "start_date": deadline.start_date,
                "due_date": deadline.due_date,
                "rrule": deadline.rrule,
                "event": deadline.event,
                "offset": deadline.offset,
                "anchor_date": deadline.anchor_date,
                "is_ambiguous": deadline.is_ambiguous,
                "is_inherited": deadline.is_inherited,
                "start": deadline.start,
                "end": deadline.end,
                "rule": deadline.rule,
                "part": deadline.part,
            }


def _assignees(outcome: Outcome) -> Iterator[Row]:
    for decision_id, decision in _numbered(outcome):
        for position, assignee in enumerate(decision.assignees):
            yield {
                "assignee_id": f"{decision_id}-r{position}",
                "decision_id": decision_id,
                "document_id": outcome.document_id,
                "position": position,
                "name": assignee.name,
                "name_raw": assignee.name_raw,
                "entity_type": assignee.entity_type,
                "person_id": None,
                "organization_id": None,
                "role": assignee.role,
                "is_inherited": assignee.is_inherited,
                "start": assignee.start,
                "end": assignee.end,
                "rule": assignee.rule,
                "post": assignee.post,
            }


def _votes(outcome: Outcome) -> Iterator[Row]:
    for position, vote in enumerate(outcome.protocol.votes):
        yield {
            "vote_id": _id(outcome, "v", position),
            "meeting_id": None,
            "document_id": outcome.document_id,
            "agenda_item_id": _id(outcome, "a", vote.agenda_index),
            "decision_id": _id(outcome, "d", vote.decision_index),
            "option": vote.option,
            "value": vote.value,
            "is_unanimous": vote.is_unanimous,
            "start": vote.start,
            "end": vote.end,
        }


_PROTOCOL_TABLES: Final[dict[str, Callable[[Outcome], Iterator[Row]]]] = {
    "agenda_items": _agenda,
    "speeches": _speeches,
    "decisions": _decisions,
    "deadlines": _deadlines,
    "assignees": _assignees,
    "votes": _votes,
}


class _Pages:
    """Which page an offset stands on."""

    def __init__(self, source: Source) -> None:
        lines = sorted(source.lines, key=lambda line: line.start)
        self._starts = [line.start for line in lines]
        self._pages = [line.page_no for line in lines]

    def at(self, offset: int) -> int | None:
        index = bisect_right(self._starts, offset) - 1
        return self._pages[index] if index >= 0 else None


def _numbered(outcome: Outcome) -> Iterator[tuple[str, Decision]]:
    for position, decision in enumerate(outcome.protocol.decisions):
        yield f"{outcome.document_id}-d{position}", decision


def _id(outcome: Outcome, letter: str, index: int | None) -> str | None:
    return None if index is None else f"{outcome.document_id}-{letter}{index}"


def _value(value: Value[Any] | None) -> Any:
    return None if value is None else value.value
