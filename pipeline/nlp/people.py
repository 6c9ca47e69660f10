"""The words of `models/lexicon_people.toml` and the lists of names, as sets and tables that rules ask."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from pipeline.lexicon import MODELS, table
from pipeline.nlp.morph import Gender, fold

_GENDER: Final[dict[str, Gender | None]] = {"m": "masculine", "f": "feminine", "-": None}


class NameEntry(NamedTuple):
    """A name of the list: its gender (None: both) and its rank, 0 for the most frequent."""

    gender: Gender | None
    rank: int


@cache
def words(section: str, name: str) -> frozenset[str]:
    """The words of one list: `words("heads", "people")` holds «директор»."""
    return frozenset(fold(word) for word in table("lexicon_people")[section][name])


@cache
def printed(section: str, name: str) -> tuple[str, ...]:
    """The words of one list as the lexicon prints them, in its order: «МБОУ», «ГО и ЧС»."""
    return tuple(table("lexicon_people")[section][name])


@cache
def _rows(file: str) -> tuple[tuple[str, ...], ...]:
    text = (MODELS / file).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


@cache
def given_names() -> dict[str, NameEntry]:
    """Given names: «виктория» → feminine."""
    return _entries("given")


@cache
def patronymics() -> dict[str, NameEntry]:
    """Patronymics: «вячеславовна» → feminine."""
    return _entries("patronymic")


def _entries(kind: str) -> dict[str, NameEntry]:
    entries: dict[str, NameEntry] = {}
    for name, row_kind, gender in _rows("given_names.tsv"):
        if row_kind == kind:
            entries.setdefault(fold(name), NameEntry(_GENDER[gender], len(entries)))
    return entries


@cache
def rare_type_surnames() -> dict[str, int]:
    """Surnames of the types whose nominative the ending does not tell, with their counts: «кравец», «толстой»."""
    return {fold(name): int(count) for name, count in _rows("surnames.tsv")}
