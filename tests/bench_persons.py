"""Resolve synthetic mentions of people: ``python -m tests.bench_persons [MENTIONS]`` prints seconds, memory, precision and recall.

Precision and recall are of pairs of mentions: those put together that belong together, and the other way round. The
people have real and invented surnames, husbands, wives and namesakes among them; a mention is a full name, initials,
one initial or a bare surname, and one in two hundred has a slip of the pen in the surname.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass

import pyarrow as pa
import pymorphy3

from pipeline.nlp.people import given_names, patronymics
from pipeline.resolve.persons import resolve_persons
from pipeline.schema import TABLES

PER_DISTRICT = 150
SLIPS = 0.005
LETTERS = "абвгдежзиклмнопрстуфхчшя"


@dataclass(frozen=True)
class Person:
    district: str
    family: str
    given: str
    patronymic: str

    @property
    def key(self) -> tuple[str, ...]:
        return self.district, self.family, self.given[0], self.patronymic[0]


def surnames(chance: random.Random) -> list[tuple[str, str]]:
    """Of men and of women: those of pymorphy3's dictionary, and as many that no dictionary has."""
    known = {
        parse.word
        for parse in pymorphy3.MorphAnalyzer().iter_known_word_parses("")
        if "Surn" in parse.tag and {"nomn", "sing", "masc"} in parse.tag
    }
    pairs = [(word, f"{word}а") for word in sorted(known) if word.endswith(("ов", "ев", "ин"))]
    stems = ["".join(chance.choice("бвгдклмнпрстхш") + chance.choice("аеиоуя") for _ in range(chance.randint(2, 3))) for _ in pairs]
    return pairs + [(f"{stem}{end}", f"{stem}{end}а") for stem in stems for end in [chance.choice(["нов", "сов", "дин", "лев"])]]


def population(size: int, chance: random.Random) -> list[Person]:
    """Nobody has a namesake with the same initials in the district: no reader of initials could tell them apart."""
    families = surnames(chance)
    men = [n for n, e in given_names().items() if e.gender == "masculine"][:120]
    women = [n for n, e in given_names().items() if e.gender == "feminine"][:120]
    fathers = [n for n, e in patronymics().items() if e.gender == "masculine"][:120]
    mothers = [n for n, e in patronymics().items() if e.gender == "feminine"][:120]
    people: dict[tuple[str, ...], Person] = {}
    while len(people) < size:
        district = f"Район {len(people) // PER_DISTRICT}"
        his, hers = families[min(int(chance.expovariate(1 / 1500)), len(families) - 1)]
        pair = [(his, men, fathers), (hers, women, mothers)]
        for family, given, patronymic in pair if chance.random() < 0.2 else [chance.choice(pair)]:
            person = Person(district, family.title(), chance.choice(given).title(), chance.choice(patronymic).title())
            people.setdefault(person.key, person)
    return list(people.values())


def written(person: Person, chance: random.Random) -> str:
    family = person.family
    if chance.random() < SLIPS:
        at = chance.randrange(1, len(family))
        family = family[:at] + chance.choice([chance.choice(LETTERS), "", family[at] * 2]) + family[at + 1 :]
    form = chance.random()
    if form < 0.7:
        return f"{family} {person.given[0]}.{person.patronymic[0]}."
    if form < 0.9:
        return f"{family} {person.given} {person.patronymic}"
    return f"{family} {person.given[0]}." if form < 0.95 else family


def archive(mentions: int, seed: int = 1) -> tuple[dict[str, pa.Table], list[Person]]:
    """Tables of an archive with so many mentions, forty a protocol, and whom each one means."""
    chance = random.Random(seed)
    people = population(max(mentions // 60, 200), chance)
    by_district: dict[str, list[Person]] = {}
    for person in people:
        by_district.setdefault(person.district, []).append(person)
    districts = sorted(by_district)
    documents, rows, truth = [], [], []
    while len(truth) < mentions:
        district, key = chance.choice(districts), f"{len(documents):016x}"
        documents.append({"document_id": key, "district": district})
        for index in range(40):
            person = chance.choice(by_district[district])
            name = written(person, chance)
            rows.append({"participant_id": f"{key}{index}", "document_id": key, "name": name, "entity_type": "person", "role": "speaker"})
            truth.append(person)
    return {
        "documents": pa.Table.from_pylist(documents, schema=loose("documents")),
        "participants": pa.Table.from_pylist(rows, schema=loose("participants")),
        "assignees": pa.Table.from_pylist([], schema=loose("assignees")),
        "issues": pa.Table.from_pylist([], schema=TABLES["issues"].schema),
    }, truth


def loose(table: str) -> pa.Schema:
    """The schema of a table of which only some columns matter here."""
    return pa.schema([field.with_nullable(True) for field in TABLES[table].schema])


def pairs(groups: Counter[object]) -> int:
    return sum(n * (n - 1) // 2 for n in groups.values())


def agreement(ids: list[str | None], truth: list[Person]) -> tuple[float, float]:
    """Precision and recall of pairs; a mention without a person is with nobody."""
    known = [(person_id, person) for person_id, person in zip(ids, truth, strict=True) if person_id is not None]
    together = pairs(Counter(known))
    return together / (pairs(Counter(i for i, _ in known)) or 1), together / (pairs(Counter(truth)) or 1)


def main(mentions: int) -> None:
    tables, truth = archive(mentions)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    resolve_persons(tables)
    seconds = time.perf_counter() - started
    precision, recall = agreement(tables["participants"]["person_id"].to_pylist(), truth)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{len(truth):,} mentions of {len(set(truth)):,} people: {seconds:.1f} s, {memory / 1024:.0f} MB in all ({before / 1024:.0f} before)")
    print(f"pairs: precision {precision:.6f}, recall {recall:.4f}; {tables['persons'].num_rows:,} persons, {tables['issues'].num_rows:,} issues")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
