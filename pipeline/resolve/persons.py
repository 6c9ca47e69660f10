"""Which names are one person: the same surname and initials within one district, or a misspelling of nobody else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from pipeline.model import Issue
from pipeline.nlp import is_surname
from pipeline.resolve.tables import Tables, add_issues, columns, digest, flat, with_column
from pipeline.rows import Row, issue_row
from pipeline.schema import TABLES

_NAME_PART = re.compile(r"[^\W\d_][\w'’-]*")
_MENTIONS = ("participants", "assignees")
_SHORTEST = 6  # letters of a surname in which one slip of the pen is looked for
OFTENER = 5  # times that a spelling is met for each time that its misspelling is

Scope = tuple[str, ...]
Name = tuple[str, ...]


def resolve_persons(tables: Tables) -> None:
    """Give every mention its person, and add the table of persons."""
    _Persons(tables).apply()


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
    def key(self) -> Name:
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
    documents: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)  # documents whose list of those present holds the name

    def add(self, spelling: str, document_id: str, day: date | None) -> None:
        self.count += 1
        self.documents.add(document_id)
        self.spellings[spelling] += 1
        if day is not None:
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)

    def merge(self, other: _Mention) -> None:
        self.count += other.count
        self.documents |= other.documents
        self.present |= other.present
        for day in (other.first, other.last):
            if day is not None:
                self.first, self.last = min(self.first or day, day), max(self.last or day, day)

    @property
    def best(self) -> str:
        return min(self.spellings, key=lambda name: (-self.spellings[name], name))


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
        self.keys: dict[str, Name] = {}  # of the names as printed, which repeat
        names = ("document_id", "region", "district", "organization", "date", "folder_region", "folder_district")
        for key, region, district, organization, day, *folders in columns(tables["documents"], names):
            district = district or (None if organization else folders[1])
            scope = _scope(key, region or folders[0], district, organization)
            self.scopes[key], self.days[key] = scope, day
            self.districts[scope] = district
        self.mentions: dict[Scope, dict[Name, _Mention]] = defaultdict(lambda: defaultdict(_Mention))
        self.person_of: dict[tuple[Scope, Name], str | None] = {}
        self.rows: list[Row] = []
        self.doubts: list[Row] = []

    def apply(self) -> None:
        for table in _MENTIONS:
            for key, name, role in self._people(table):
                mention = self.mentions[self.scopes[key]][self._key(name)]
                mention.add(name, key, self.days[key])
                if role == "attendee":
                    mention.present.add(key)
        for scope in sorted(self.mentions):
            self._resolve(scope, self.mentions[scope])
        unclear: dict[tuple[str, str], None] = {}
        for table in _MENTIONS:
            ids = []
            for key, name, entity in columns(self.tables[table], ("document_id", "name", "entity_type")):
                form = self._key(name) if entity == "person" else ()
                person = self.person_of[self.scopes[key], form] if form else None
                ids.append(person)
                if person is None and len(form) > 1:
                    unclear[key, name] = None
            self.tables[table] = with_column(self.tables[table], "person_id", ids)
        self.rows.sort(key=lambda row: (flat(row["name"]), row["person_id"]))
        self.tables["persons"] = pa.Table.from_pylist(self.rows, schema=TABLES["persons"].schema)
        add_issues(self.tables, [*(_unclear(key, name) for key, name in sorted(unclear)), *self.doubts])

    def _people(self, table: str) -> Iterator[tuple[str, str, str]]:
        for key, name, entity, role in columns(self.tables[table], ("document_id", "name", "entity_type", "role")):
            if entity == "person":
                yield key, name, role

    def _key(self, name: str) -> Name:
        key = self.keys.get(name)
        if key is None:
            key = self.keys[name] = PersonName.parse(name).key
        return key

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
        spelling = {person: mention.best for person, mention in own.items()}
        for name, person in target.items():
            if person is not None and person != name:
                own[person].merge(mentions[name])
        meant = self._misspelled(own)
        for wrong, right in meant.items():
            own[right].merge(own.pop(wrong))
        shared = Counter(_initials(person) for person in own)
        ids = {
            person: digest("person", *scope, *(_initials(person) if shared[_initials(person)] == 1 else person))
            for person in own
        }
        for name, person in target.items():
            self.person_of[scope, name] = ids[meant.get(person, person)] if person is not None else None
        self.rows += [self._row(scope, ids[person], spelling[person], own[person]) for person in own]

    def _misspelled(self, own: dict[Name, _Mention]) -> dict[Name, Name]:
        """«Агафронов И.И.» → «Агафонов И.И.», where nobody else can be meant; what is not sure is only told."""
        meant: dict[Name, Name] = {}
        for first, candidates in _near(own):
            fitting = [other for other in candidates if not own[first].present & own[other].present]
            wrong_of = [other for other in fitting if _is_slip(first, own[first], other, own[other])]
            if len(candidates) == 1 and wrong_of and wrong_of[0] not in meant:
                meant[first] = wrong_of[0]
            elif len(fitting) == 1 and first < fitting[0] and not _are_surnames(first, fitting[0]):
                self.doubts.append(_maybe_same(own[first].best, own[fitting[0]].best))
        return {wrong: right for wrong, right in meant.items() if right not in meant}

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


# Misspellings


def _near(people: Iterable[Name]) -> Iterator[tuple[Name, list[Name]]]:
    """Everybody with those of the same two initials whose surname is one letter away."""
    buckets: dict[Name, list[Name]] = defaultdict(list)
    for person in people:
        if len(person) == 3 and len(person[0]) >= _SHORTEST:
            buckets[_initials(person)[1:]].append(person)
    for bucket in buckets.values():
        index: dict[str, list[Name]] = defaultdict(list)
        for person in bucket:
            for key in _shortened(person[0]):
                index[key].append(person)
        for person in sorted(bucket):
            close = {other for key in _shortened(person[0]) for other in index[key]} - {person}
            found = sorted(other for other in close if _is_one_letter_away(person, other))
            if found:
                yield person, found


def _shortened(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))}


def _is_one_letter_away(a: Name, b: Name) -> bool:
    """One letter more, less or other, neither the first nor of the ending, which tells the gender."""
    if a[0] == b[0] or not all(x == y or 1 in (len(x), len(y)) for x, y in zip(a[1:], b[1:], strict=True)):
        return False
    short, long = sorted((a[0], b[0]), key=len)
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    same_rest = short[at:] == long[at + 1 :] if len(short) < len(long) else short[at + 1 :] == long[at + 1 :]
    return same_rest and 0 < at < len(long) - 2


def _is_slip(name: Name, mention: _Mention, other: Name, known: _Mention) -> bool:
    """A rare spelling that no dictionary has, of a surname that one has, or that the archive has much oftener, or
    that stands in the same protocol; two attested surnames are two people."""
    if is_surname(name[0].title()):
        return False
    if is_surname(other[0].title()):
        return mention.count <= known.count
    is_beside = not mention.documents.isdisjoint(known.documents) and (mention.count, name) < (known.count, other)
    return is_beside or OFTENER * mention.count <= known.count


def _are_surnames(*names: Name) -> bool:
    return all(is_surname(name[0].title()) for name in names)


def _maybe_same(first: str, second: str) -> Row:
    message = f"Возможно, одно лицо: «{first}» и «{second}»; записаны как разные"
    return issue_row(Issue("info", "possible_same_person", message), None)


# Scopes and keys


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
