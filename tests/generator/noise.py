"""Noise that changes nothing of what a protocol says: each takes typed text and a seed, and gives other text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Noise = Callable[[str, int], str]


def blank_lines(text: str, seed: int) -> str:
    """A blank line between all paragraphs."""
    del seed
    return "\n\n".join(text.split("\n"))


def _page_end(text: str, seed: int) -> tuple[list[str], int]:
    """The lines, and where a page may end: in the second half, not within a table; else at the very end."""
    lines = text.split("\n")
    places = [at for at in range(len(lines) // 2, len(lines) - 3) if "|" not in lines[at]]
    return lines, random.Random(seed).choice(places or [len(lines)])


def page_numbers(text: str, seed: int) -> str:
    """A page number on a line of its own, between two paragraphs."""
    lines, at = _page_end(text, seed)
    return "\n".join([*lines[:at], "- 2 -", *lines[at:]])


def form_feed(text: str, seed: int) -> str:
    """A page break with its number."""
    lines, at = _page_end(text, seed)
    return "\n".join([*lines[:at], "\f2", *lines[at:]])


def letterhead(text: str, seed: int) -> str:
    """Telephone and address above the title."""
    del seed
    return f"171000, ул. Ленина, д. 1, тел. (48200) 2-15-41, e-mail: adm@example.org\n{text}"


def trailing_spaces(text: str, seed: int) -> str:
    """Spaces that nobody sees."""
    chance = random.Random(seed)
    return "\n".join(line + " " * chance.choice((0, 0, 1, 3)) for line in text.split("\n"))


def double_spaces(text: str, seed: int) -> str:
    """Here and there two spaces for one, inside words of a sentence."""
    chance = random.Random(seed)
    return re.sub(r"(?<=[а-я]) (?=[а-я])", lambda m: "  " if chance.random() < 0.1 else m[0], text)


def hard_spaces(text: str, seed: int) -> str:
    """No-break spaces as Word puts them before initials and after numbers."""
    del seed
    return re.sub(r"(?<=\d) (?=[а-я])|(?<=№) ", "\u00a0", text)


def other_dashes(text: str, seed: int) -> str:
    """Every dash typed as another."""
    return text.replace("–", random.Random(seed).choice(("-", "—")))


def stamp(text: str, seed: int) -> str:
    """The text of a stamp under the signatures."""
    del seed
    return f"{text}\nКОПИЯ ВЕРНА"


def windows_breaks(text: str, seed: int) -> str:
    """Line ends of Windows."""
    del seed
    return text.replace("\n", "\r\n")


NOISES: dict[str, Noise] = {
    noise.__name__: noise
    for noise in (blank_lines, page_numbers, form_feed, letterhead, trailing_spaces, double_spaces, hard_spaces, other_dashes, stamp, windows_breaks)
}
