"""The alphabet of the grammar: every token kind is one character of a «tape», so that rules are ordinary `re` patterns.

A rule is written with the names of the kinds: `by (D | P)` is compiled to two private characters and an alternation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

REPEATS = 12
NAMES = [
    "n",
    "card",
    "ord",
    "rom",
    "Y",
    "D",
    "DM",
    "MY",
    "M",
    "W",
    "Wp",
    "time",
    "g",
    "q",
    "h",
    "hy",
    "dek",
    "half",
    "beg",
    "end",
    "mid",
    "week",
    "day",
    "sut",
    "hour",
    "minute",
    "mon",
    "chis",
    "chet",
    "uch",
    "cur",
    "nxt",
    "new",
    "prev",
    "work",
    "cal",
    "fin",
    "rep",
    "all",
    "near",
    "each",
    "perm",
    "permadj",
    "rec",
    "recadj",
    "wday",
    "wend",
    "kal",
    "raz",
    "twice",
    "minim",
    "maxim",
    "by",
    "nl",
    "k",
    "po",
    "s",
    "v",
    "na",
    "za",
    "over",
    "after",
    "pri",
    "early",
    "start",
    "within",
    "until_w",
    "and",
    "or",
    "but",
    "then",
    "incl",
    "ban",
    "season",
    "seasadj",
    "per",
    "vac",
    "srok",
    "adjsrok",
    "mom",
    "srokadj",
    "order",
    "basis",
    "times",
    "vague",
    "none",
    "relday",
    "ny",
    "condp",
    "cw",
    "outp",
    "docw",
    "evp",
    "evw",
    "ot",
    "comma",
    "dash",
    "slash",
    "lp",
    "rp",
    "colon",
    "semi",
    "dot",
    "quot",
    "w",
    "x",
    "YR",
    "SY",
    "P",
    "PL",
    "DL",
    "E",
    "U",
    "RC",
    "CH",
    "CL",
]
SYMBOL = {name: chr(0xE000 + i) for i, name in enumerate(NAMES)}
NAME = {symbol: name for name, symbol in SYMBOL.items()}


class Token(NamedTuple):
    """A piece of the text: its kind (one character), what it says, and where it stands."""

    kind: str
    value: Any  # what a token says depends on its kind: int, Span, Length, Rec …
    start: int
    end: int


Tokens = Sequence[Token]
Built = tuple[str, Any] | None
Build = Callable[[Tokens], Built]


class Rule(NamedTuple):
    """A row of a table: its name, a pattern over kinds, and what is built of the tokens (None: the rule declines)."""

    name: str
    pattern: str
    build: Build


def tape(pattern: str) -> str:
    """A pattern over names as a pattern over tape characters: «by (D | P)»."""
    named = re.sub(r"[A-Za-z_]\w*", lambda m: SYMBOL[m[0]], pattern).replace(" ", "")
    # every repetition is bounded, so that no text costs more than its length
    return named.replace("*", f"{{0,{REPEATS}}}").replace("+", f"{{1,{REPEATS}}}")


def text_of(tokens: Tokens) -> str:
    """The tape of the tokens."""
    return "".join([t.kind for t in tokens])


@cache
def kinds(*names: str) -> frozenset[str]:
    """The characters of the kinds named."""
    return frozenset(SYMBOL[name] for name in names)


def pick(tokens: Tokens, *names: str) -> list[Any]:
    """The values of the tokens of these kinds, in order."""
    wanted = kinds(*names)
    return [t.value for t in tokens if t.kind in wanted]


def has(tokens: Tokens, *names: str) -> bool:
    """Whether a token of one of these kinds is among them."""
    wanted = kinds(*names)
    return any(token.kind in wanted for token in tokens)
