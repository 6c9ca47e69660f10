"""Districts and regions as printed, in the nominative: «Марковского района» → «Марковский район»."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import table
from pipeline.nlp import parses
from pipeline.nlp.morph import is_known

_ADJECTIVE = {"ий": "ий|ого|ому|им|ом", "ая": "ая|ой|ую|ою", "ый": "ый|ого|ому|ым|ом", "ой": "ой|ого|ому|ым|им|ом"}
_NOUNS = {
    "край": "кра(?:й|я|ю|ем|е)",
    "область": "обл(?:аст(?:ь|и|ью)|\\.)",
    "республика": "республик(?:а|и|е|у|ой)",
    "округ": "округ(?:а|у|ом|е)?",
}
_DISTRICT = re.compile(
    r"(?<![А-Яа-яЁё-])(?P<name>(?:[А-ЯЁ][а-яё]+-)?[А-ЯЁ][А-ЯЁа-яё-]*?(?:[сцСЦ][кК]|[нН]|[вВ]))(?P<ending>ий|"
    r"ого|ому|им|ом|ой|ый|ым|ИЙ|ОГО|ОМУ|ИМ|ОМ|ОЙ|ЫЙ|ЫМ)\s+"
    r"(?P<kind>(?:(?:муниципальн|городск|национальн)(?:ый|ого|ому|ым|ом|ой|им|ий)\s+)?(?:район|"
    r"округ|р-н))(?:а|у|ом|е)?(?![а-яё])",
    re.IGNORECASE,
)
# «Высокогривский районный совет», «Калининская районная организация»
_OF_DISTRICT = re.compile(
    r"(?<![А-Яа-яЁё-])(?P<name>[А-ЯЁ][а-яё]+[сц]к)(?:ий|ая|ое|ого|ой|ому|ом|им|ую)\s+районн(?:ый|ая|ое|ого|ой|ому|ом|ым|ую)(?![а-яё])"
)


# «городского округа Самара», «муниципальный округ «Тарский»», «ЗАТО Северск»: the name comes last and is not declined
_NAMED_LAST = re.compile(
    r"(?<![А-Яа-яЁё-])(?:(?i:(?P<kind>муниципальн|городск)(?:ый|ого|ому|ым|ом|ой|им)[ ]+"
    r"(?P<unit>округ|район)(?:а|у|ом|е)?)"
    r"|(?P<closed>ЗАТО)(?:[ ]+г\.)?)[ ]+[«\"]?(?P<name>[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*)(?![А-Яа-яё.-])"
    r"(?![ ]+[А-ЯЁ](?![а-яё-]+[сц]к(?:ой|ого|ая|ий)(?![а-яё])))"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the nominative and where it is printed."""

    name: str
    start: int
    end: int


def find_districts(text: str) -> list[Place]:
    """The districts and okrugs named in a text in order: «администрации Динского района»."""
    return [Place(_district_name(m, text), m.start(), m.end()) for m in _DISTRICT.finditer(text) if _is_name(m)] or [
        Place(f"{m['name'].capitalize()}ий район", m.start(), m.end()) for m in _OF_DISTRICT.finditer(text)
    ] or [Place(_named_last(m), m.start(), m.end()) for m in _NAMED_LAST.finditer(text) if not _is_person(m["name"])]


def _named_last(match: re.Match[str]) -> str:
    if match["closed"]:
        return f"ЗАТО {match['name']}"
    kind = "муниципальный" if match["kind"].lower() == "муниципальн" else "городской"
    return f"{kind} {match['unit'].lower()} {match['name']}"


def _is_person(word: str) -> bool:
    """«Глава городского округа Иванов» names a man."""
    first = parses(word)[0].grammemes
    return bool(first & {"Surn", "Name", "Patr"}) and "Geox" not in first


def _is_name(match: re.Match[str]) -> bool:
    name = match["name"]
    return name[0].isupper() and match["ending"].lower() != "им" and name.lower() not in _COMMON


_COMMON = frozenset(
    {
        "городск",
        "сельск",
        "муниципальн",
        "федеральн",
        "автономн",
        "данн",
        "наш",
        "соседн",
        "избирательн",
        "административн",
        "военн",
        "судебн",
        "отдельн",
        "национальн",
    }
)


def _district_name(match: re.Match[str], text: str) -> str:
    stem, kind = match["name"], match["kind"].lower()
    stem = "-".join(part.capitalize() for part in stem.split("-"))
    kind = re.sub(r"(муниципальн|национальн)\w+", r"\1ый", kind)
    kind = kind.replace("р-н", "район")
    kind = re.sub(r"\s+", " ", re.sub(r"городск\w+", "городской", kind))
    return f"{stem}{_district_ending(stem, match['ending'].lower(), text)} {kind}"


def _district_ending(stem: str, ending: str, text: str) -> str:
    """-ской where the text itself or the list of such districts says so, else -ский, -ный."""
    if ending in ("ий", "ой", "ый"):
        return ending
    in_oy = {name.lower() for name in table("regions")["districts_in_oy"]}
    if f"{stem.lower()}ой" in in_oy or re.search(rf"{stem}ой\s+(?:район|округ)", text):
        return "ой"
    return "ий" if stem[-1] in "кг" else "ый"


def common_district(text: str) -> Place | None:
    """The district that a text names most, the first of equals."""
    found = find_districts(text)
    if not found:
        return None
    counts = Counter(p.name for p in found)
    return max(found, key=lambda p: (counts[p.name], -p.start))


# The alternation of all the regions is slow, so it looks only around the words that a region's name cannot lack.
_REACH = 48
_REGION_WORD = re.compile(r"обл(?:аст|\.)|кра[йяюе]|республик|автономн", re.IGNORECASE)


@cache
def _regions() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {f"r{i}": name for i, name in enumerate(table("regions")["regions"])}
    groups = "|".join(f"(?P<{key}>{_region_pattern(name)})" for key, name in names.items())
    return re.compile(rf"(?<![А-Яа-яЁё-])(?:{groups})(?![а-яё])", re.IGNORECASE), names


def _region_pattern(name: str) -> str:
    return r"\s+".join(_word_pattern(word) for word in name.split(" – ")[0].split(" (")[0].split())


def _word_pattern(word: str) -> str:
    if word.lower() in _NOUNS:
        return _NOUNS[word.lower()]
    ending = next((e for e in _ADJECTIVE if word.endswith(e) and len(word) > 5), None)
    if ending:
        return re.escape(word[: -len(ending)]) + f"(?:{_ADJECTIVE[ending]})"
    return re.escape(word[:-1]) + "[а-яё]{1,2}" if word[-1] in "яа" else re.escape(word) + "(?:а|у|ом|е)?"


def find_regions(text: str) -> list[Place]:
    """The regions named in a text in order: «Тверской области» → «Тверская область»."""
    pattern, names = _regions()
    found: dict[int, Place] = {}
    for word in _REGION_WORD.finditer(text):
        for match in pattern.finditer(text, max(0, word.start() - _REACH), word.end() + _REACH):
            if match[0][0].isupper():
                found[match.start()] = Place(names[match.lastgroup or ""], match.start(), match.end())
    return [found[start] for start in sorted(found)] or [
        Place(_region_name(match), match.start(), match.end())
        for match in _ANY_REGION.finditer(text)
        if not is_known(f"{match['name']}ий")  # «Технической области» знаний
    ]


# a region that no list has is named as printed
_ANY_REGION = re.compile(
    r"(?<![А-Яа-яЁё-])(?P<name>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?[сц]к)(?:(?:ая|ой|ую)\s+(?P<area>област)(?:ь|и|ью)"
    r"|(?:ий|ого|ому|им|ом)\s+кра(?:й|я|ю|ем|е))(?![а-яё])"
)


def _region_name(match: re.Match[str]) -> str:
    return f"{match['name']}ая область" if match["area"] else f"{match['name']}ий край"
