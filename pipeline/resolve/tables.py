"""Columns, keys and added rows of the tables that are resolved."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from pipeline.rows import Row
from pipeline.schema import TABLES

Tables = dict[str, pa.Table]

_QUOTES = re.compile(r"[«»„“”\"'`]")


def flat(value: str | None) -> str:
    """A key for comparison: «МБОУ  "Школа №1"» and «мбоу «Школа №1»» agree."""
    return " ".join(_QUOTES.sub("", value or "").casefold().replace("ё", "е").split())


def digest(*parts: object) -> str:
    """An id that depends on nothing but its parts."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def with_column(table: pa.Table, name: str, values: Iterable[Any]) -> pa.Table:
    """The table with other values in a column."""
    index = table.schema.get_field_index(name)
    return table.set_column(index, table.schema.field(index), pa.array(values, table.schema.field(index).type))


def add_issues(tables: Tables, issues: list[Row]) -> None:
    """Further rows of `issues`."""
    if issues:
        added = pa.Table.from_pylist(issues, schema=TABLES["issues"].schema)
        tables["issues"] = pa.concat_tables([tables["issues"], added])


def columns(table: pa.Table, names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """The values of some columns row by row, a batch at a time."""
    for batch in table.select(list(names)).to_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
