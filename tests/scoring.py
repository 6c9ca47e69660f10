"""How well a dataset agrees with its gold: micro F1 of whole records and of their parts.

A record is a decision with its text, its deadlines and its assignees all right.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from rapidfuzz import fuzz

SAME_TEXT, SAME_NAME = 96.0, 97.0
HEADER = ("kind", "number", "date", "district", "region")
Row = dict[str, Any]


class Record(NamedTuple):
    """A decision that was found: in which document, whether all of it is right, and how sure the pipeline was."""

    stem: str
    is_right: bool
    score: float
    is_extra: bool = False


class Tally:
    """Right, found and expected of each field, and what was wrong."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        self.notes: list[str] = []
        self.records: list[Record] = []
        self.missing: Counter[str] = Counter()  # records, by document

    def add(self, field: str, right: int, found: int, gold: int) -> None:
        for index, number in enumerate((right, found, gold)):
            self.counts[field][index] += number

    @property
    def f1(self) -> dict[str, float]:
        """2·right / (found + gold)."""
        return {field: 2 * r / (f + g) if f + g else 1.0 for field, (r, f, g) in sorted(self.counts.items())}


def flat(value: object) -> str:
    """Case, ё, quotes, dashes, spacing and closing punctuation do not count."""
    text = "" if value is None or value != value else str(value)
    text = re.sub(r"[«»„“”\"'`*_]", "", text.lower().replace("ё", "е"))
    text = re.sub(r"\s*[‐‑‒–—−-]+\s*", "-", text)
    return re.sub(r"\s+", " ", text).strip(" .,;:-")


def name_key(value: object) -> str:
    """Surname and initials."""
    parts = re.findall(r"[a-zа-я-]+", flat(value).replace(".", ". "))
    return " ".join([parts[0], *(part[0] for part in parts[1:3])]) if parts else ""


def rule_parts(value: object) -> frozenset[tuple[str, str]]:
    """An RRULE without regard to order."""
    found = set()
    for part in filter(None, ("" if value is None or value != value else str(value)).split(";")):
        key, _, values = part.partition("=")
        days = [item[:8] if key == "UNTIL" else item for item in values.split(",")]
        if (key, values) != ("INTERVAL", "1") and key != "WKST":
            found.add((key, ",".join(sorted(days))))
    return frozenset(found)


def day(value: object) -> str | None:
    return None if value is None or pd.isna(value) else str(value)[:10]


def same_deadline(found: Row, gold: Row) -> bool:
    """The same reading of a deadline; an ambiguous one may be read in other ways that the gold lists."""
    doubtful = bool(gold.get("ambiguous"))
    kinds = {gold["kind"]} | ({"interval", "duration", "on_date"} if doubtful else set())
    ends = {gold.get("end"), *(gold.get("alt_end") or ())}
    rules = {rule_parts(rule) for rule in (gold.get("rrule"), *(gold.get("rrule_alt") or ()))}
    return (
        found["kind"] in kinds
        and day(found["due_date"]) in ends
        and rule_parts(found["rrule"]) in rules
        and (doubtful or day(found["start_date"]) == gold.get("start"))
    )


def same_assignee(found: Row, gold: Row) -> bool:
    key: Callable[[object], str] = name_key if gold["entity_type"] == "person" else flat
    own = name_key(found["name"]) if found["entity_type"] == "person" else flat(found["name"])
    names = [key(name) for name in (gold["name"], gold.get("alt_name")) if name]
    is_close = any(fuzz.ratio(own, name) >= SAME_NAME for name in names)
    return found["role"] == (gold.get("role") or "responsible") and is_close


def hits(found: list[Row], gold: list[Row], same: Callable[[Row, Row], bool]) -> int:
    """How many of the found have a partner of their own in the gold."""
    left = list(gold)
    for item in found:
        if partner := next((other for other in left if same(item, other)), None):
            left.remove(partner)
    return len(gold) - len(left)


def readings(decision: Row) -> list[str]:
    """The texts that will do: as annotated, whole, and without a deadline that could be cut out."""
    texts = [decision["text"], *filter(None, [decision.get("alt_text")])]
    for row in decision["deadlines"]:
        texts += [re.sub(r"\s+([.,;])", r"\1", text.replace(row["raw"], " ")) for text in list(texts) if row.get("raw")]
    return texts


def pairs(found: list[str], gold: list[list[str]]) -> list[tuple[int, int]]:
    """The likest texts as pairs, each used once."""
    likeness = (
        (max(fuzz.ratio(flat(text), flat(other)) for other in texts), i, j)
        for i, text in enumerate(found)
        for j, texts in enumerate(gold)
    )
    chosen: dict[int, int] = {}
    for score, i, j in sorted(likeness, reverse=True):
        if score >= SAME_TEXT and i not in chosen and j not in chosen.values():
            chosen[i] = j
    return list(chosen.items())


def score(dataset: Path, gold_dir: Path) -> Tally:
    """Compare a dataset with the gold files of a folder: NAME.json belongs to the file NAME.*"""
    names = ("files", "documents", "agenda_items", "participants", "decisions", "deadlines", "assignees", "votes")
    tables = {name: pd.read_parquet(dataset / f"{name}.parquet") for name in names}
    files = tables["files"].dropna(subset=["document_id"])
    documents = {Path(path).name.split(".")[0]: key for path, key in zip(files["source_path"], files["document_id"], strict=True)}
    tally = Tally()
    for path in sorted(gold_dir.glob("*.json")):
        key = documents.get(path.stem.split(".")[0])
        rows = {
            name: table[table["document_id"] == key].to_dict("records")
            for name, table in tables.items()
        }  # fmt: skip
        _document(tally, path.stem, rows, json.loads(path.read_text(encoding="utf-8")))
    return tally


def _document(tally: Tally, stem: str, rows: dict[str, list[Row]], gold: Row) -> None:
    head = rows["documents"][0] if rows["documents"] else {}
    for field in HEADER:
        have, want = flat(head.get(field)), flat(gold["document"].get(field))
        same = have[:10] == want if field == "date" else have.replace(" ", "") == want.replace(" ", "")
        tally.add(f"header.{field}", same, 1, 1)
        if not same:
            tally.notes.append(f"{stem}: {field} is {have!r}, not {want!r}")
    agenda = pairs([row["text"] for row in rows["agenda_items"]], [[row["text"]] for row in gold["agenda_items"]])
    tally.add("agenda", len(agenda), len(rows["agenda_items"]), len(gold["agenda_items"]))
    _people(tally, stem, rows["participants"], gold["people"])
    _decisions(tally, stem, rows, gold["decisions"])
    want_votes = Counter((o, v[o]) for v in gold.get("votes", []) for o in ("yes", "no", "abstain") if v.get(o) is not None)
    have_votes = Counter((row["option"], int(row["value"])) for row in rows["votes"] if not pd.isna(row["value"]))
    tally.add("votes", (want_votes & have_votes).total(), have_votes.total(), want_votes.total())


def _people(tally: Tally, stem: str, found: list[Row], gold: list[Row]) -> None:
    """Persons by role. Whether chair and secretary are repeated as attendees or signatories does not count."""
    heads = {name_key(row["name"]) for row in gold if row["role"] in ("chair", "secretary")}

    def roles(rows: Iterable[Row]) -> set[tuple[str, str]]:
        keys = {(row["role"], name_key(row["name"])) for row in rows if row.get("entity_type", "person") == "person"}
        return {(role, key) for role, key in keys if role != "mentioned" and (role != "attendee" or key not in heads)}

    want, have = roles(gold), roles(found)
    have = {(role, key) for role, key in have if (role, key) in want or role != "signatory" or key not in heads}
    tally.add("people", len(want & have), len(have), len(want))
    tally.notes += [f"{stem}: person {item}" for item in sorted(want ^ have)]


def _decisions(tally: Tally, stem: str, rows: dict[str, list[Row]], gold: list[Row]) -> None:
    leaves = [row for row in rows["decisions"] if row["is_leaf"]]
    parts: dict[str, dict[str, list[Row]]] = {}
    for name in ("deadlines", "assignees"):
        parts[name] = defaultdict(list)
        for row in rows[name]:
            parts[name][row["decision_id"]].append(row)
    found = pairs([row["text"] for row in leaves], [readings(row) for row in gold])
    whole, right = 0, Counter[str]()
    for i, j in found:
        key, want = leaves[i]["decision_id"], gold[j]
        counts = {
            name: (hits(parts[name][key], want[name], same), len(parts[name][key]), len(want[name]))
            for name, same in (("deadlines", same_deadline), ("assignees", same_assignee))
        }
        right.update({name: count[0] for name, count in counts.items()})
        wrong = [name for name, (hit, have, wanted) in counts.items() if not hit == have == wanted]
        whole += not wrong
        tally.records.append(Record(stem, not wrong, leaves[i]["score"]))
        tally.notes += [f"{stem}: {name} of «{want['text'][:60]}»" for name in wrong]
        tally.add("classification", leaves[i]["classification"] == want["classification"], 1, 1)
    tally.notes += [f"{stem}: missing «{row['text'][:80]}»" for j, row in enumerate(gold) if j not in dict(found).values()]
    tally.notes += [f"{stem}: extra «{row['text'][:80]}»" for i, row in enumerate(leaves) if i not in dict(found)]
    tally.records += [Record(stem, False, row["score"], is_extra=True) for i, row in enumerate(leaves) if i not in dict(found)]
    tally.missing[stem] += len(gold) - len(found)
    tally.add("record", whole, len(leaves), len(gold))
    tally.add("decision", len(found), len(leaves), len(gold))
    for name in ("deadlines", "assignees"):
        tally.add(name, right[name], sum(len(parts[name][row["decision_id"]]) for row in leaves), sum(len(row[name]) for row in gold))
