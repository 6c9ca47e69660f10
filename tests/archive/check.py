"""Check the gold files against the documents: ``python -m tests.archive.check``."""

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pdfplumber

from tests.archive.build import BUILDERS
from tests.archive.markup import Document, documents

GOLD = Path(__file__).parents[1] / "gold"
KINDS = {"protocol", "letter", "report", "order", "plan", "regulation", "notice", "news", "template", "other"}
ROLES = {"chair", "secretary", "attendee", "absent", "invited", "speaker", "assignee", "signatory"}
CLASSES = {"assignment", "recommendation", "information", "approval", "election", "other"}
DEADLINES = {
    "by_date", "on_date", "interval", "duration",
    "recurring", "permanent", "event", "conditional", "unspecified",
}
ENTITIES = {"person", "post", "group", "organization"}
ASSIGNEE_ROLES = {"responsible", "co_executor", "controller"}
KEYS = {
    "document": {"kind", "number", "date", "district", "region", "body", "chair", "secretary"},
    "decision": {"label", "context", "text", "classification", "outcome", "agenda_label", "deadlines", "assignees"},
    "deadline": {"raw", "kind", "start", "end", "rrule", "event"},
    "assignee": {"raw", "name", "entity_type", "role"},
    "vote": {"agenda_label", "yes", "no", "abstain", "unanimous"},
}
DATED = {"by_date": (False, True), "on_date": (True, True), "duration": (True, True)}
WORD = "[А-ЯЁ][а-яё]+"
NAME = re.compile(rf"{WORD}(-{WORD})? ([А-ЯЁ]\.([А-ЯЁ]\.)?|{WORD} {WORD}(ич|вна|ична))")
Gold = dict[str, Any]


def flat(text: str) -> str:
    """Text with all white space made single."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """Text without any white space or hyphens, for files whose lines are broken."""
    return re.sub(r"[\s-]+", "", text)


def built_text(document: Document) -> str:
    """The text of the built file, read back with the plainest means."""
    data, suffix = BUILDERS[document.path.suffix](document), document.path.suffix
    if suffix == ".txt":
        return data.decode(document.meta["encoding"])
    if suffix == ".docx":
        word = docx.Document(io.BytesIO(data))
        cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def lost_words(document: Document) -> Iterator[str]:
    """Words of the source that the built file does not hold."""
    text = bare(built_text(document))
    lost = [word for word in document.plain.split() if bare(word) not in text]
    allowed = 0.02 if document.path.suffix == ".pdf" else 0.0
    if len(lost) > allowed * len(document.plain.split()):
        yield f"words lost in the built file: {lost[:5]}"


def printed(gold: Gold) -> Iterator[str]:
    """All strings of a gold file that must stand in the document."""
    yield from (item["text"] for item in gold["agenda_items"])
    for decision in gold["decisions"]:
        yield from filter(None, (decision["text"], decision["context"], decision.get("alt_text")))
        yield from (row["raw"] for row in decision["deadlines"] + decision["assignees"])


def shapes(gold: Gold) -> Iterator[str]:
    """Wrong keys and wrong values from closed lists."""
    document = gold["document"]
    if set(document) != KEYS["document"] or document["kind"] not in KINDS:
        yield "document record"
    if document["kind"] != "protocol" and (gold["agenda_items"] or gold["decisions"] or gold["votes"]):
        yield "a document that is not a protocol has agenda items, decisions or votes"
    yield from (f"person {p}" for p in gold["people"] if p["role"] not in ROLES or not NAME.fullmatch(p["name"]))
    yield from (f"vote {vote}" for vote in gold["votes"] if set(vote) != KEYS["vote"])
    for decision in gold["decisions"]:
        yield from decision_shape(decision)


def decision_shape(decision: Gold) -> Iterator[str]:
    """Wrong keys and values of one decision."""
    if set(decision) - {"alt_text"} != KEYS["decision"]:
        yield f"decision keys {decision['label']}"
    if decision["classification"] not in CLASSES or decision["outcome"] not in {"adopted", "rejected"}:
        yield f"decision class {decision['label']}"
    for row in decision["deadlines"]:
        if not deadline_is_sound(row):
            yield f"deadline {row}"
    for row in decision["assignees"]:
        if not assignee_is_sound(row):
            yield f"assignee {row}"


def deadline_is_sound(row: Gold) -> bool:
    """Whether a deadline has the keys, the dates and the rule that its kind asks for."""
    start, end = (date.fromisoformat(row[key]) if row[key] else None for key in ("start", "end"))
    for other in row.get("alt_end", ()):
        date.fromisoformat(other)
    dated = DATED.get(row["kind"])
    return (
        row.keys() >= KEYS["deadline"]
        and row["kind"] in DEADLINES
        and (row["kind"] == "recurring") == bool(row["rrule"])
        and (dated is None or dated == (bool(start), bool(end)))
        and not (start and end and start > end)
        and (row["kind"] != "on_date" or start == end)
    )


def assignee_is_sound(row: Gold) -> bool:
    """Whether an assignee has the right keys and values, and a person the shape of a name."""
    known = row["entity_type"] in ENTITIES and row["role"] in ASSIGNEE_ROLES
    named = row["entity_type"] != "person" or bool(NAME.fullmatch(row["name"]))
    return row.keys() >= KEYS["assignee"] and known and named


def agreement(gold: Gold) -> Iterator[str]:
    """Contradictions between the header, the people and the decisions."""
    people = {(person["role"], person["name"]) for person in gold["people"]}
    for role in ("chair", "secretary"):
        name = gold["document"][role]
        if {n for r, n in people if r == role} != ({name} if name else set()):
            yield f"{role} differs between header and people"
    if len(people) != len(gold["people"]):
        yield "a person stands twice in one role"
    for decision in gold["decisions"]:
        missing = {("assignee", a["name"]) for a in decision["assignees"] if a["entity_type"] == "person"} - people
        yield from (f"no person row for {name}" for name in missing)


def faults(document: Document) -> Iterator[str]:
    """All that is wrong with one document and its gold."""
    path = GOLD / f"{document.stem}.json"
    if not path.exists():
        yield "no gold"
        return
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = flat(document.plain)
    yield from (f"not in the document: {string}" for string in printed(gold) if string not in text)
    yield from shapes(gold)
    yield from agreement(gold)
    yield from lost_words(document)


def main() -> list[str]:
    """All faults of the archive, one a line."""
    archive = documents()
    found = [f"{document.stem}: {fault}" for document in archive for fault in faults(document)]
    stems = [document.stem for document in archive]
    found += [f"stem used twice: {stem}" for stem in sorted(set(stems)) if stems.count(stem) > 1]
    return found + [f"gold without a document: {path.name}" for path in GOLD.glob("*.json") if path.stem not in stems]


if __name__ == "__main__":
    complaints = main()
    print("\n".join(complaints) or "all right")
    raise SystemExit(bool(complaints))
