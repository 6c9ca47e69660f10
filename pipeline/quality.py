"""What must hold of every dataset: keys, references, allowed values, offsets, raw values and counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.rows import Rows
from pipeline.schema import TABLES, Table


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that does not hold: in `count` rows of a table, for example in `example`."""

    table: str
    rule: str
    count: int
    example: str = ""

    def __str__(self) -> str:
        return f"{self.table}: {self.rule} ({self.count}) {self.example}".rstrip()


def check(tables: Mapping[str, pa.Table]) -> list[Violation]:
    """Everything wrong with a dataset; nothing for a sound one."""
    found: list[Violation] = []
    for table in TABLES.values():
        data = tables[table.name]
        if not data.schema.equals(table.schema):
            found.append(Violation(table.name, "schema differs", 1))
            continue
        found += [*_nulls(table, data), *_values(table, data), *_keys(table, data)]
        found += [*_references(table, tables), *_offsets(table, tables)]
    return found + list(_counts(tables))


def check_document(rows: Rows, text: str) -> list[Violation]:
    """What is wrong with the places in one document's rows: bounds, and `text[start:end]` being the raw value."""
    found: list[Violation] = []
    for table in TABLES.values():
        if "start" not in table.names:
            continue
        for row in rows[table.name]:
            start, end = row["start"], row["end"]
            if start is None and end is None and table.name == "issues":
                continue
            if start is None or end is None or not 0 <= start <= end <= len(text):
                found.append(Violation(table.name, "offsets out of bounds", 1, f"{start}:{end}"))
            elif table.raw and text[start:end] != row[table.raw]:
                found.append(Violation(table.name, "raw value is not text[start:end]", 1, repr(row[table.raw])))
    return found


def check_raw(tables: Mapping[str, pa.Table]) -> list[Violation]:
    """`check_document` over a whole dataset: slow, for tests and audits."""
    texts = dict(_pairs(tables["texts"], "document_id", "text"))
    by_document: dict[str, Rows] = {}
    for table in TABLES.values():
        if "start" in table.names:
            for row in tables[table.name].to_pylist():
                if row["document_id"] is not None:
                    empty: Rows = {name: [] for name in TABLES}
                    by_document.setdefault(row["document_id"], empty)[table.name].append(row)
    return [item for key, rows in by_document.items() for item in check_document(rows, texts[key])]


def _nulls(table: Table, data: pa.Table) -> Iterator[Violation]:
    for column in table.columns:
        if not column.nullable and data[column.name].null_count:
            yield Violation(table.name, f"{column.name} is NULL", data[column.name].null_count)


def _values(table: Table, data: pa.Table) -> Iterator[Violation]:
    for column in table.columns:
        if column.values:
            strange = set(pc.unique(data[column.name]).to_pylist()) - {*column.values, None}
            if strange:
                yield Violation(table.name, f"{column.name} has unknown values", len(strange), str(sorted(strange)[0]))


def _keys(table: Table, data: pa.Table) -> Iterator[Violation]:
    if not table.key:
        return
    distinct = data.select(list(table.key)).group_by(list(table.key)).aggregate([]).num_rows
    if distinct != data.num_rows:
        yield Violation(table.name, f"key {', '.join(table.key)} is not unique", data.num_rows - distinct)


def _references(table: Table, tables: Mapping[str, pa.Table]) -> Iterator[Violation]:
    for name, target in table.references:
        if table.key == (name,):
            continue
        values = tables[table.name][name].drop_null()
        known = pc.is_in(values, value_set=_flat(tables[target][TABLES[target].key[0]]))
        missing = values.filter(pc.invert(known))
        if len(missing):
            yield Violation(table.name, f"{name} is not in {target}", len(missing), str(missing[0]))


def _offsets(table: Table, tables: Mapping[str, pa.Table]) -> Iterator[Violation]:
    if "start" not in table.names:
        return
    data = tables[table.name]
    data = data.filter(pc.is_valid(data["start"]))
    length = pc.take(
        _flat(pc.utf8_length(tables["texts"]["text"])),
        pc.index_in(data["document_id"], value_set=_flat(tables["texts"]["document_id"])),
    )
    ordered = pc.and_(pc.less_equal(0, data["start"]), pc.less_equal(data["start"], data["end"]))
    good = pc.fill_null(pc.and_(ordered, pc.less_equal(data["end"], length)), False)
    bad = data.num_rows - (pc.sum(good).as_py() or 0)
    if bad:
        yield Violation(table.name, "offsets out of bounds", bad)


def _counts(tables: Mapping[str, pa.Table]) -> Iterator[Violation]:
    """Texts, documents and the files that were read must agree in number; so must protocols and meetings' copies."""
    files, documents = tables["files"], tables["documents"]
    was_read = pc.is_in(files["status"], value_set=pa.array(["extracted", "partial", "not_a_protocol"]))
    read = pc.sum(was_read).as_py() or 0
    if not documents.num_rows == tables["texts"].num_rows == read:
        yield Violation("documents", "documents, texts and files read differ in number", abs(documents.num_rows - read))
    is_protocol = pc.equal(documents["kind"], "protocol")
    without = documents.num_rows - (pc.sum(pc.equal(is_protocol, pc.is_valid(documents["meeting_id"]))).as_py() or 0)
    if without:
        yield Violation("documents", "meeting_id does not agree with kind", without)


def _pairs(table: pa.Table, *names: str) -> Iterator[tuple[str, str]]:
    yield from zip(*(table[name].to_pylist() for name in names), strict=True)


def _flat(column: pa.ChunkedArray) -> pa.Array:
    combined = column.combine_chunks()
    return pa.concat_arrays(combined.chunks) if isinstance(combined, pa.ChunkedArray) else combined
