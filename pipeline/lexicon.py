"""The word lists of `models/*.toml`, compiled once: words live there, apart from code."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

MODELS = Path(__file__).resolve().parent.parent / "models"


@cache
def table(name: str = "lexicon") -> dict[str, Any]:
    """The parsed contents of `models/<name>.toml`."""
    return tomllib.loads((MODELS / f"{name}.toml").read_text(encoding="utf-8"))


def phrase_pattern(phrase: str) -> str:
    """The regex of a phrase of the lexicon: «повестк* дня» → `повестк[а-я]*\\s+дня`."""
    words = [re.escape(word).replace(r"\*", "[а-я]*") for word in phrase.lower().replace("ё", "е").split()]
    pattern = r"\s+".join(words).replace("е", "[её]")
    return pattern + (r"(?![а-яё])" if phrase[-1].isalpha() else "")


def alternation(phrases: list[str]) -> str:
    """One group that matches any of the phrases, the longest first."""
    return "(?:" + "|".join(phrase_pattern(p) for p in sorted(phrases, key=len, reverse=True)) + ")"


@cache
def words(section: str, name: str) -> re.Pattern[str]:
    """The compiled phrases of a list: `words("markers", "agenda").match("ПОВЕСТКА ДНЯ:")`."""
    return re.compile(alternation(table()[section][name]), re.IGNORECASE)
