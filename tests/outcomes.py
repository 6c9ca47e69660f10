"""Outcomes made by hand, for tests of the dataset that need no reader and no parser."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime

import pyarrow as pa

from pipeline.dataset import Builder
from pipeline.model import (
    AgendaItem,
    Assignee,
    Block,
    Box,
    Deadline,
    Decision,
    Header,
    Issue,
    Kind,
    Line,
    Outcome,
    Paragraph,
    Participant,
    Protocol,
    Source,
    Speech,
    Value,
    Vote,
)
from pipeline.resolve import resolve
from pipeline.rows import document_rows

TEXT = "Протокол № 7 совещания директоров. Решили: 1. Сдать отчет. Срок: до 01.11.23. Отв.: {people}, МБОУ «Школа № 1»."


def outcome(
    *people: str,
    text: str = TEXT,
    kind: Kind = "protocol",
    day: date | None = date(2023, 10, 2),
    number: str | None = "7",
    district: str | None = "Калининский район",
    organization: str | None = None,
    issues: tuple[Issue, ...] = (),
) -> Outcome:
    """A small protocol whose decision is assigned to `people`."""
    text = text.format(people=", ".join(people))

    def value(content: object) -> Value[object] | None:
        return None if content is None else Value(content, 0, 8, "test")

    def place(raw: str) -> tuple[int, int]:
        start = text.index(raw)
        return start, start + len(raw)

    due = Deadline("до 01.11.23", "by_date", *place("до 01.11.23"), "test", due_date=date(2023, 11, 1))
    school = "МБОУ «Школа № 1»"
    assignees = [Assignee(name, name, "person", "responsible", *place(name), "test") for name in people]
    assignees.append(Assignee(school, school, "organization", "co_executor", *place(school), "test"))
    root = Decision("Сдать", *place("1. Сдать"), "test", 1.0, "1", label="1", is_leaf=False)
    leaf = Decision(
        "отчет", *place("отчет."), "test", 0.9, "1/1", parent=0, agenda_index=0,
        deadlines=(due,), assignees=tuple(assignees),
    )  # fmt: skip
    header = Header(
        number=value(number), date=value(day), district=value(district), organization=value(organization),
        body=value("совещание директоров"),
    )  # fmt: skip
    protocol = Protocol(
        kind, 0.9, header,
        participants=tuple(Participant(name, name, "person", "speaker", *place(name), "test") for name in people),
        agenda=(AgendaItem("Сдать отчет", *place("Сдать отчет"), "test", "1"),),
        speeches=(Speech("heard", "Сдать", *place("Сдать"), 0, 0 if people else None),),
        decisions=(root, leaf),
        votes=(Vote("yes", None, True, 0, 8, 0, 1),),
    )  # fmt: skip
    lines = (Line(0, 10, 1, Box(1, 2, 3, 4)), Line(10, len(text), 2))
    source = Source(text, (Paragraph(0, len(text), label="1."),), lines, "text/plain", page_count=2, issues=issues)
    key = hashlib.sha256(repr((text, day, number, district, organization)).encode()).hexdigest()
    return Outcome(key[:16], source, (Block("header", 0, len(text), "test"),), protocol, issues)


def tables(*outcomes: Outcome, names: Iterable[str] = ()) -> dict[str, pa.Table]:
    """The resolved tables of an archive of these documents."""
    builder = Builder()
    for index, (item, name) in enumerate(zip(outcomes, [*names, *map(str, range(len(outcomes)))], strict=False)):
        path = f"{name}.txt" if name else str(index)
        file = {
            "source_path": path, "document_id": item.document_id, "bytes": 1, "modified_at": datetime(2024, 1, 1, tzinfo=UTC),
            "media_type": "text/plain", "status": "extracted" if item.protocol.kind == "protocol" else "not_a_protocol",
            "error_code": None, "error_message": None, "seconds": 0.5, "sha256": item.document_id * 4,
        }  # fmt: skip
        builder.add({**document_rows(item, path, "1.0"), "files": [file]})
    return resolve(builder.tables())
