"""Patterns over token kinds, tried only where their first kind stands: what makes a hundred rules cheap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.deadlines.symbols import SYMBOL, tape

ITEM = re.compile(r"\s*([A-Za-z_]\w*|\(\?(?:<=|<!|=|!|:)|\(|\)|\||\[\^?|\]|\.|[?*+]|\{[\d,]*\})")
EVERY = frozenset(SYMBOL.values())
First = tuple[frozenset[str], bool]


class _Reader:
    """Reads a pattern far enough to know with which kinds a match can begin."""

    def __init__(self, pattern: str) -> None:
        self.items = ITEM.findall(pattern)
        self.at = 0

    def peek(self) -> str:
        return self.items[self.at] if self.at < len(self.items) else ""

    def take(self) -> str:
        self.at += 1
        return str(self.items[self.at - 1])

    def choice(self) -> First:
        kinds, nullable = self.sequence()
        while self.peek() == "|":
            self.take()
            more, empty = self.sequence()
            kinds, nullable = kinds | more, nullable or empty
        return kinds, nullable

    def sequence(self) -> First:
        kinds: frozenset[str] = frozenset()
        nullable = True
        while self.peek() not in ("", "|", ")"):
            more, empty = self.quantified()
            if nullable:
                kinds |= more
            nullable = nullable and empty
        return kinds, nullable

    def quantified(self) -> First:
        kinds, nullable = self.atom()
        while self.peek() in ("?", "*", "+") or self.peek().startswith("{"):
            sign = self.take()
            nullable = nullable or sign in "?*" or sign.startswith("{0")
        return kinds, nullable

    def atom(self) -> First:
        item = self.take()
        if item == ".":
            return EVERY, False
        if item.startswith("["):
            return self.kinds_in_brackets(item == "[^"), False
        if item.startswith("("):
            found = self.choice()
            self.take()
            return found if item in ("(", "(?:") else (frozenset(), True)  # a look aside takes nothing
        return frozenset(SYMBOL[item]), False

    def kinds_in_brackets(self, negated: bool) -> frozenset[str]:
        names: set[str] = set()
        while self.peek() != "]":
            names.add(SYMBOL[self.take()])
        self.take()
        return EVERY - names if negated else frozenset(names)


def first_kinds(pattern: str) -> frozenset[str]:
    """The kinds with which a match of the pattern can begin."""
    kinds, nullable = _Reader(pattern).choice()
    if nullable:
        raise ValueError(f"a rule that matches nothing: {pattern}")
    return kinds


class Dispatch:
    """Named patterns in order; at a place only those that can begin with its kind are tried, the first match wins."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self.rows = [(name, tape(pattern), first_kinds(pattern)) for name, pattern in rows]
        self.starts = frozenset[str]().union(*(first for _, _, first in self.rows))
        self.patterns: dict[str, re.Pattern[str]] = {}
        self.single: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def match(self, line: str, at: int) -> re.Match[str] | None:
        """The match at this place; its `lastgroup` is the name of the row."""
        kind = line[at]
        if kind not in self.starts:
            return None
        pattern = self.patterns.get(kind)
        if pattern is None:
            fitting = [f"(?P<{name}>{pattern})" for name, pattern, first in self.rows if kind in first]
            pattern = self.patterns[kind] = re.compile("|".join(fitting), re.DOTALL)
        return pattern.match(line, at)

    def each(self, line: str, at: int) -> Iterator[tuple[str, int]]:
        """Every row that matches here, in order, with the end of its match."""
        kind = line[at]
        if kind not in self.starts:
            return
        if kind not in self.single:
            self.single[kind] = [
                (name, re.compile(text, re.DOTALL)) for name, text, first in self.rows if kind in first
            ]
        for name, pattern in self.single[kind]:
            found = pattern.match(line, at)
            if found is not None:
                yield name, found.end()
