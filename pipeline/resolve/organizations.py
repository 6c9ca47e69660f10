"""Which names are one organization: the same name within one district."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pyarrow as pa

from pipeline.lexicon import table as lexicon
from pipeline.lexicon import words
from pipeline.resolve.tables import Tables, columns, digest, flat, with_column
from pipeline.rows import Row
from pipeline.schema import TABLES

Key = tuple[str, ...]


def resolve_organizations(tables: Tables) -> None:
    """Give the assignees their organizations, and add the table of organizations."""
    place: dict[str, tuple[str | None, str | None]] = {}
    spellings: dict[Key, Counter[str]] = defaultdict(Counter)
    district_of: dict[Key, str | None] = {}

    def mentioned(document_id: str, name: str) -> Key:
        region, district = place[document_id]
        key = flat(region), flat(district), flat(name)
        spellings[key][name] += 1
        district_of[key] = district
        return key

    for document_id, region, district in columns(tables["documents"], ("document_id", "region", "district")):
        place[document_id] = region, district
    for name in ("documents", "participants"):
        for document_id, organization in columns(tables[name], ("document_id", "organization")):
            if organization:
                mentioned(document_id, organization)
    ids = [
        digest("organization", *mentioned(document_id, name)) if entity == "organization" else None
        for document_id, name, entity in columns(tables["assignees"], ("document_id", "name", "entity_type"))
    ]
    tables["assignees"] = with_column(tables["assignees"], "organization_id", ids)
    rows = [_organization(key, spellings[key], district_of[key]) for key in sorted(spellings)]
    tables["organizations"] = pa.Table.from_pylist(rows, schema=TABLES["organizations"].schema)


def _organization(key: Key, spellings: Counter[str], district: str | None) -> Row:
    name = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
    return {
        "organization_id": digest("organization", *key),
        "name": name,
        "classification": classification(name),
        "district": district,
        "mention_count": spellings.total(),
    }


@cache
def classification(name: str) -> str | None:
    """What an organization is, by the word of its name that comes first: «МБОУ СОШ № 5» → «школа»."""
    found: list[tuple[int, str]] = []
    for kind in lexicon("lexicon")["classifications"]:
        match = words("classifications", kind).search(name)
        if match is not None and not name[match.start() - 1 : match.start()].isalpha():
            found.append((match.start(), kind))
    return min(found)[1] if found else None
