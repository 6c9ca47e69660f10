"""List numbers and bullets as typed: «1.», «2.1», «3)», «а)», «IV.», «-», «Вопрос 2.»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

System = Literal["decimal", "paren", "roman", "letter", "dash"]

_ROMAN = {"I": 1, "V": 5, "X": 10, "Х": 10, "L": 50}
_PATTERNS: tuple[tuple[System, re.Pattern[str]], ...] = (
    (
        "decimal",
        re.compile(
            r"(?:(?:поручение|пункт|п\.|вопрос)\s*№?\s*)(\d{1,2}(?:\.\d{1,2}){0,3})\s*(?:[.):–-]+\s*|"
            r"\s+(?=[А-ЯЁ]))",
            re.I,
        ),
    ),
    ("decimal", re.compile(r"решение\s*№?\s*(\d{1,2})\s*:\s*", re.I)),
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})(?:\.\)?|\))?(?:\s+|(?=[А-ЯЁа-яё«]))")),
    ("decimal", re.compile(r"([IVXХ]{1,5}(?:\.\d{1,2}){1,3})\.?\s+")),
    ("paren", re.compile(r"(\d{1,2})\.?\)\s*")),
    ("decimal", re.compile(r"№?\s?(\d{1,2})\s?\.(?:\s+|(?=[А-ЯЁа-яё«(\"]))")),
    ("decimal", re.compile(r"(\d{1,2})\s*[-–—]\s+(?=[А-ЯЁ])")),
    ("roman", re.compile(r"([IVXХL]{1,5})\s?[.)]\s*(?=\S)")),
    ("letter", re.compile(r"([а-я])\)\s*")),
    ("dash", re.compile(r"([-–—•·▪●■◦*])\s*(?=[А-ЯЁа-яёA-Z«\"(\d])")),
)
_BARE = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\s+(?=[А-ЯЁа-яё«])")


@dataclass(frozen=True, slots=True)
class Label:
    """A list label: `text` as printed without its closing mark, `numbers` its values, `end` where the item begins."""

    text: str
    system: System
    numbers: tuple[int, ...]
    end: int


def parse_label(text: str, automatic: bool = False) -> Label | None:
    """The label at the beginning of a line: «2.1. Провести …» → 2.1; a date or a count is none («15.02.2023 г.»)."""
    if automatic:
        bare = _BARE.match(text)
        if bare:
            return Label(bare[1], "decimal", _numbers(bare[1]), bare.end())
    for system, pattern in _PATTERNS:
        match = pattern.match(text)
        if match and not _is_date(text, match, system):
            return Label(match[1], system, _values(match[1], system), match.end())
    return None


def _is_date(text: str, match: re.Match[str], system: System) -> bool:
    """«01.09 начало», «15.02.2023», «09.00-10.00»: a day or a clock, not a number of the list."""
    if system != "decimal":
        return False
    if re.match(r"\d{1,2}[.:]\d{2}[.\-–—/:]\s?\d", text) and not re.match(r"\d{1,2}\.\d{1,2}\.\d{1,2}[.)\s]", text):
        return True
    parts = match[1].split(".")
    return any(len(part) == 2 and part[0] == "0" for part in parts[1:]) or parts[0] in {"0", "00"}


def _values(text: str, system: System) -> tuple[int, ...]:
    if system == "roman":
        return (_roman(text),)
    if system == "letter":
        return (ord(text) - ord("а") + 1,)
    return () if system == "dash" else _numbers(text)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else _roman(part) for part in text.split("."))


def _roman(text: str) -> int:
    values = [_ROMAN[char] for char in text]
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def next_numbers(numbers: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """The labels that may follow in a running list: after 1.2 come 1.3, 1.2.1 and 2."""
    bumped = [(*numbers[:depth], numbers[depth] + 1) for depth in range(len(numbers))]
    return (*bumped, (*numbers, 1))


def running_items(text: str, first: Label) -> list[int]:
    """Where the further items of a list typed into one paragraph begin: «1. А. 2. Б. 3. В.» → offsets of «2.», «3.»."""
    if not first.numbers or first.system not in ("decimal", "paren"):
        return []
    starts: list[int] = []
    numbers, position = first.numbers, first.end
    closing = r"\)" if first.system == "paren" else r"\."
    while True:
        wanted = "|".join(re.escape(".".join(map(str, n))) for n in next_numbers(numbers))
        match = re.compile(rf"(?<=[.;:!?)»])\s+({wanted}){closing}\s*(?=[А-ЯЁа-яё«])").search(text, position)
        if not match:
            return starts
        starts.append(match.start(1))
        numbers, position = _numbers(match[1]), match.end()
