"""What needs the whole archive: which documents tell of one meeting, which names are one person or organization.

Two things become one only when exactly one candidate is left; what is merely likely becomes a row of `issues`.
Everything goes by content, never by the order of files.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import pyarrow as pa

from pipeline.model import Issue
from pipeline.rows import Row, issue_row
from pipeline.schema import TABLES

Tables = dict[str, pa.Table]

SAME_TEXT: Final = 0.8
"""Share of common words above which two protocols with the same head are one meeting …"""
SAME_BARE_TEXT: Final = 0.97
"""… when neither organization nor district and number are known …"""
MAYBE_SAME_TEXT: Final = 0.6
"""… and above which a person should look."""
SAME_PEOPLE: Final = 0.8
"""Share of common people below which they are two meetings: pro-forma protocols differ in names only."""

_WORD = re.compile(r"[а-яa-z]{3,}")
_QUOTES = re.compile(r"[«»„“”\"'`]")
_NAME_PART = re.compile(r"[^\W\d_][\w'’-]*")
_SOURCE_RANK = {"text_layer": 0, "mixed": 1, "ocr": 2}


def resolve(tables: Tables) -> Tables:
    """Fill in the ids that go across documents, and add `persons` and `organizations`."""
    resolved = dict(tables)
    _Meetings(resolved).apply()
    _Persons(resolved).apply()
    _organizations(resolved)
    return resolved


def flat(value: str | None) -> str:
    """A key for comparison: «МБОУ  "Школа №1"» and «мбоу «Школа №1»» agree."""
    return " ".join(_QUOTES.sub("", value or "").casefold().replace("ё", "е").split())


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def _with(table: pa.Table, name: str, values: Iterable[Any]) -> pa.Table:
    index = table.schema.get_field_index(name)
    return table.set_column(index, table.schema.field(index), pa.array(values, table.schema.field(index).type))


def _add_issues(tables: Tables, issues: list[Row]) -> None:
    if issues:
        tables["issues"] = pa.concat_tables(
            [tables["issues"], pa.Table.from_pylist(issues, schema=TABLES["issues"].schema)]
        )


# Meetings


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
                meeting_id = _digest("meeting", *key, *([] if is_only else ids[:1]))
                meeting_of.update(dict.fromkeys(ids, meeting_id))
                best.add(min(ids, key=self.rank.__getitem__))
        for name in TABLES:
            table = self.tables.get(name)
            if table is not None and "meeting_id" in table.schema.names:
                owners = table["document_id"].to_pylist()
                self.tables[name] = _with(table, "meeting_id", [meeting_of.get(key) for key in owners])
        keep = [row["document_id"] in best for row in self.rows]
        self.tables["meetings"] = self.tables["meetings"].filter(pa.array(keep, pa.bool_()))
        _add_issues(self.tables, self.issues)

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


# Persons


@dataclass(frozen=True, slots=True)
class PersonName:
    """A surname and what follows it: «Соловьева» + («Виктория», «Вячеславовна») or («В», «В»)."""

    family: str
    parts: tuple[str, ...]

    @classmethod
    def parse(cls, name: str) -> PersonName:
        """«Соловьева В.В.» → family «Соловьева», parts («В», «В»)."""
        family, _, rest = name.strip().partition(" ")
        return cls(family, tuple(_NAME_PART.findall(rest))[:2])

    @property
    def key(self) -> tuple[str, ...]:
        return (flat(self.family), *map(flat, self.parts))

    @property
    def initials(self) -> str:
        return "".join(f"{part[0].upper()}." for part in self.parts)


@dataclass(slots=True)
class _Mention:
    count: int = 0
    first: date | None = None
    last: date | None = None
    spellings: Counter[str] = field(default_factory=Counter)

    def add(self, spelling: str, day: date | None) -> None:
        self.count += 1
        self.spellings[spelling] += 1
        if day is not None:
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)

    def merge(self, other: _Mention) -> None:
        self.count += other.count
        for day in (other.first, other.last):
            if day is not None:
                self.first, self.last = min(self.first or day, day), max(self.last or day, day)

    @property
    def best(self) -> str:
        return min(self.spellings, key=lambda name: (-self.spellings[name], name))


Scope = tuple[str, ...]
Name = tuple[str, ...]


def covers(person: Name, name: Name) -> bool:
    """Whether `name` is the same person said with less: «Соловьева В.В.» for «Соловьева Виктория Вячеславовна»."""
    if person[0] != name[0] or len(name) > len(person):
        return False
    pairs = zip(name, person, strict=False)
    return all(part == whole or (len(part) == 1 and whole.startswith(part)) for part, whole in pairs)


class _Persons:
    """A person is a surname with initials or names within one district (or one organization, or one document)."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.scopes: dict[str, Scope] = {}
        self.districts: dict[Scope, str | None] = {}
        self.days: dict[str, date | None] = {}
        names = ("document_id", "region", "district", "organization", "date")
        for key, region, district, organization, day in _columns(tables["documents"], names):
            scope = _scope(key, region, district, organization)
            self.scopes[key], self.days[key] = scope, day
            self.districts[scope] = district
        self.mentions: dict[Scope, dict[Name, _Mention]] = defaultdict(lambda: defaultdict(_Mention))
        self.person_of: dict[tuple[Scope, Name], str | None] = {}
        self.rows: list[Row] = []

    def apply(self) -> None:
        for table in ("participants", "assignees"):
            for key, name, entity in _columns(self.tables[table], ("document_id", "name", "entity_type")):
                if entity == "person":
                    self.mentions[self.scopes[key]][PersonName.parse(name).key].add(name, self.days[key])
        for scope in sorted(self.mentions):
            self._resolve(scope, self.mentions[scope])
        doubts: dict[tuple[str, str], None] = {}
        for table in ("participants", "assignees"):
            ids = []
            for key, name, entity in _columns(self.tables[table], ("document_id", "name", "entity_type")):
                form = PersonName.parse(name)
                person = self.person_of[self.scopes[key], form.key] if entity == "person" else None
                ids.append(person)
                if entity == "person" and person is None and form.parts:
                    doubts[key, name] = None
            self.tables[table] = _with(self.tables[table], "person_id", ids)
        self.rows.sort(key=lambda row: (flat(row["name"]), row["person_id"]))
        self.tables["persons"] = pa.Table.from_pylist(self.rows, schema=TABLES["persons"].schema)
        _add_issues(self.tables, [_unclear(key, name) for key, name in sorted(doubts)])

    def _resolve(self, scope: Scope, mentions: dict[Name, _Mention]) -> None:
        """The fullest forms first: each shorter one joins the only person that it can mean."""
        people: dict[str, list[Name]] = defaultdict(list)
        own: dict[Name, _Mention] = {}
        target: dict[Name, Name | None] = {}
        for name in sorted(mentions, key=lambda name: (_detail(name), name), reverse=True):
            candidates = [person for person in people[name[0]] if covers(person, name)]
            target[name] = candidates[0] if len(candidates) == 1 else None
            if not candidates and len(name) > 1:
                people[name[0]].append(name)
                own[name] = mentions[name]
                target[name] = name
        shared = Counter(_initials(person) for person in own)
        ids = {
            person: _digest("person", *scope, *(_initials(person) if shared[_initials(person)] == 1 else person))
            for person in own
        }
        spelling = {person: mention.best for person, mention in own.items()}
        for name, person in target.items():
            if person is not None and person != name:
                own[person].merge(mentions[name])
            self.person_of[scope, name] = ids[person] if person is not None else None
        self.rows += [self._row(scope, ids[person], spelling[person], own[person]) for person in own]

    def _row(self, scope: Scope, person_id: str, name: str, mention: _Mention) -> Row:
        form = PersonName.parse(name)
        given, patronymic = [*(part if len(part) > 1 else None for part in form.parts), None, None][:2]
        return {
            "person_id": person_id,
            "name": name,
            "family_name": form.family,
            "given_name": given,
            "patronymic_name": patronymic,
            "initials": form.initials,
            "mention_count": mention.count,
            "first_date": mention.first,
            "last_date": mention.last,
            "district": self.districts[scope],
        }


def _scope(document_id: str, region: str | None, district: str | None, organization: str | None) -> Scope:
    if district:
        return ("district", flat(region), flat(district))
    if organization:
        return ("organization", flat(region), flat(organization))
    return ("document", document_id)


def _detail(name: Name) -> tuple[int, int]:
    return sum(len(part) > 1 for part in name[1:]), len(name)


def _initials(name: Name) -> Name:
    return (name[0], *(part[0] for part in name[1:]))


def _unclear(document_id: str, name: str) -> Row:
    message = f"Непонятно, о ком речь: имени «{name}» отвечают несколько человек"
    return issue_row(Issue("info", "ambiguous_person", message), None, document_id)


# Organizations


def _organizations(tables: Tables) -> None:
    """An organization is a name within one district."""
    place: dict[str, tuple[str | None, str | None]] = {}
    found: dict[tuple[str, ...], _Mention] = defaultdict(_Mention)
    district_of: dict[tuple[str, ...], str | None] = {}

    def key_of(document_id: str, name: str) -> tuple[str, ...]:
        region, district = place[document_id]
        return flat(region), flat(district), flat(name)

    def mention(document_id: str, name: str | None) -> None:
        if name:
            key = key_of(document_id, name)
            found[key].add(name, None)
            district_of[key] = place[document_id][1]

    for document_id, region, district in _columns(tables["documents"], ("document_id", "region", "district")):
        place[document_id] = region, district
    for table in ("documents", "participants"):
        for document_id, name in _columns(tables[table], ("document_id", "organization")):
            mention(document_id, name)
    ids: list[str | None] = []
    for document_id, name, entity in _columns(tables["assignees"], ("document_id", "name", "entity_type")):
        is_organization = entity == "organization"
        mention(document_id, name if is_organization else None)
        ids.append(_digest("organization", *key_of(document_id, name)) if is_organization else None)
    tables["assignees"] = _with(tables["assignees"], "organization_id", ids)
    rows = [_organization(key, found[key], district_of[key]) for key in sorted(found)]
    tables["organizations"] = pa.Table.from_pylist(rows, schema=TABLES["organizations"].schema)


def _organization(key: tuple[str, ...], mention: _Mention, district: str | None) -> Row:
    return {
        "organization_id": _digest("organization", *key),
        "name": mention.best,
        "classification": None,
        "district": district,
        "mention_count": mention.count,
    }


def _columns(table: pa.Table, names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """The values of some columns row by row, a batch at a time."""
    for batch in table.select(list(names)).to_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
