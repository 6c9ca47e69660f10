"""Which documents tell of one meeting: a typed file and the scan of the same protocol, copies, drafts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

import pyarrow as pa

from pipeline.model import Issue
from pipeline.resolve.tables import Tables, add_issues, digest, flat, with_column
from pipeline.rows import Row, issue_row
from pipeline.schema import TABLES

SAME_TEXT: Final = 0.8
"""Share of common words above which two protocols with the same head are one meeting …"""
SAME_BARE_TEXT: Final = 0.97
"""… when neither organization nor district and number are known …"""
MAYBE_SAME_TEXT: Final = 0.6
"""… and above which a person should look."""
SAME_PEOPLE: Final = 0.8
"""Share of common people below which they are two meetings: pro-forma protocols differ in names only."""

_WORD = re.compile(r"[а-яa-z]{3,}")
_SOURCE_RANK = {"text_layer": 0, "mixed": 1, "ocr": 2}


def resolve_meetings(tables: Tables) -> None:
    """Give every row its meeting, and leave one row of `meetings` for each."""
    _Meetings(tables).apply()


class _Meetings:
    """Copies of one protocol (typed and scanned, DOCX and PDF) share a meeting."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.rows: list[Row] = tables["meetings"].to_pylist()
        self.issues: list[Row] = []
        documents = tables["documents"]
        self.text_of = {key: index for index, key in enumerate(tables["texts"]["document_id"].to_pylist())}
        self.rank = {
            key: (_SOURCE_RANK[source], review, key)
            for key, source, review in zip(
                *(documents[name].to_pylist() for name in ("document_id", "text_source", "needs_review")), strict=True
            )
        }
        self.people: dict[str, set[str]] = defaultdict(set)
        people = tables["participants"].select(["document_id", "name", "entity_type"])
        for batch in people.to_batches():
            for key, name, entity in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                if entity == "person":
                    self.people[key].add(flat(name).partition(" ")[0])

    def apply(self) -> None:
        meeting_of, best = {}, set()
        for key, block in self._blocks():
            clusters = self._clusters(block, key)
            for cluster in clusters:
                ids = sorted(row["document_id"] for row in cluster)
                is_only = bool(key) and len(clusters) == 1
                meeting_id = digest("meeting", *key, *([] if is_only else ids[:1]))
                meeting_of.update(dict.fromkeys(ids, meeting_id))
                best.add(min(ids, key=self.rank.__getitem__))
        for name in TABLES:
            table = self.tables.get(name)
            if table is not None and "meeting_id" in table.schema.names:
                owners = table["document_id"].to_pylist()
                self.tables[name] = with_column(table, "meeting_id", [meeting_of.get(key) for key in owners])
        keep = [row["document_id"] in best for row in self.rows]
        self.tables["meetings"] = self.tables["meetings"].filter(pa.array(keep, pa.bool_()))
        add_issues(self.tables, self.issues)

    def _blocks(self) -> Iterator[tuple[tuple[str, ...], list[Row]]]:
        """Protocols that could be one meeting: same district, organization, body, number and date."""
        blocks: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in sorted(self.rows, key=lambda row: str(row["document_id"])):
            head = tuple(flat(row[name]) for name in ("district", "organization", "body", "number"))
            if row["date"] is None:
                yield (), [row]
            else:
                blocks[*head, row["date"].isoformat()].append(row)
        yield from blocks.items()

    def _clusters(self, block: list[Row], key: tuple[str, ...]) -> list[list[Row]]:
        if len(block) == 1:
            return [block]
        district, organization, _, number, _ = key
        bar = SAME_TEXT if organization or (district and number) else SAME_BARE_TEXT
        clusters: list[list[Row]] = []
        words: list[Counter[str]] = []
        for row in block:
            own = self._words(row["document_id"])
            pairs = zip(clusters, words, strict=True)
            likeness = [self._likeness(row, own, cluster[0], theirs) for cluster, theirs in pairs]
            same = next((index for index, like in enumerate(likeness) if like >= bar), None)
            if same is not None:
                clusters[same].append(row)
                continue
            if max(likeness, default=0) >= MAYBE_SAME_TEXT:
                self._doubt(row, clusters[likeness.index(max(likeness))][0])
            clusters.append([row])
            words.append(own)
        return clusters

    def _likeness(self, row: Row, words: Counter[str], other: Row, theirs: Counter[str]) -> float:
        mine, others = self.people[row["document_id"]], self.people[other["document_id"]]
        if (mine or others) and len(mine & others) < SAME_PEOPLE * len(mine | others):
            return 0.0
        total = words.total() + theirs.total()
        return 2 * (words & theirs).total() / total if total else 0.0

    def _words(self, document_id: str) -> Counter[str]:
        text = self.tables["texts"]["text"][self.text_of[document_id]].as_py()
        return Counter(_WORD.findall(flat(text)))

    def _doubt(self, row: Row, other: Row) -> None:
        message = f"Похоже на тот же протокол, что и документ {other['document_id']}, но тексты расходятся"
        issue = Issue("info", "possible_same_meeting", message)
        self.issues.append(issue_row(issue, None, row["document_id"]))
