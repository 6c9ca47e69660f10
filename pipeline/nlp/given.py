"""Nominatives of given names and patronymics, and the mending of their misprints through the name lists."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from pipeline.nlp.morph import CASE_CODE, GENDER_CODE, Case, Gender, fold, is_known, parses
from pipeline.nlp.people import NameEntry, given_names, patronymics, words

_PATRONYMIC = re.compile(
    r"^(?P<stem>.+(?:[оеё]в|вв|[ьикмт]))(?:(?P<m>ич(?:ем|ом|а|у|е)?))$|^(?P<fstem>.+(?:[оеё]в|ич|иш))(?P<f>н(?:а|ы|е|у|ой|ою))$"
)
_MASCULINE: Final[dict[str, tuple[Case, ...]]] = {
    "ич": ("nominative",), "ича": ("genitive", "accusative"), "ичу": ("dative",),
    "ичем": ("instrumental",), "ичом": ("instrumental",), "иче": ("prepositional",),
}  # fmt: skip
_FEMININE: Final[dict[str, tuple[Case, ...]]] = {
    "на": ("nominative",), "ны": ("genitive",), "не": ("dative", "prepositional"), "ну": ("accusative",),
    "ной": ("instrumental",), "ною": ("instrumental",),
}  # fmt: skip
# form ending → nominative ending, gender, cases
_GIVEN: Final[tuple[tuple[str, str, Gender, tuple[Case, ...]], ...]] = (
    ("", "", "masculine", ("nominative",)),
    ("", "", "feminine", ("nominative",)),
    ("а", "", "masculine", ("genitive", "accusative")),
    ("у", "", "masculine", ("dative",)),
    ("ом", "", "masculine", ("instrumental",)),
    ("ем", "", "masculine", ("instrumental",)),
    ("е", "", "masculine", ("prepositional",)),
    ("я", "й", "masculine", ("genitive", "accusative")),
    ("ю", "й", "masculine", ("dative",)),
    ("ем", "й", "masculine", ("instrumental",)),
    ("и", "й", "masculine", ("prepositional",)),
    ("е", "й", "masculine", ("prepositional",)),
    ("е", "ь", "masculine", ("prepositional",)),
    ("я", "ь", "masculine", ("genitive", "accusative")),
    ("ю", "ь", "masculine", ("dative",)),
    ("ем", "ь", "masculine", ("instrumental",)),
    ("ы", "а", "masculine", ("genitive",)),
    ("и", "а", "masculine", ("genitive",)),
    ("е", "а", "masculine", ("dative", "prepositional")),
    ("у", "а", "masculine", ("accusative",)),
    ("ой", "а", "masculine", ("instrumental",)),
    ("и", "я", "masculine", ("genitive",)),
    ("е", "я", "masculine", ("dative", "prepositional")),
    ("ю", "я", "masculine", ("accusative",)),
    ("ей", "я", "masculine", ("instrumental",)),
    ("ы", "а", "feminine", ("genitive",)),
    ("и", "а", "feminine", ("genitive",)),
    ("е", "а", "feminine", ("dative", "prepositional")),
    ("у", "а", "feminine", ("accusative",)),
    ("ой", "а", "feminine", ("instrumental",)),
    ("ою", "а", "feminine", ("instrumental",)),
    ("и", "я", "feminine", ("genitive", "dative", "prepositional")),
    ("е", "я", "feminine", ("dative", "prepositional")),
    ("ю", "я", "feminine", ("accusative",)),
    ("ей", "я", "feminine", ("instrumental",)),
    ("ею", "я", "feminine", ("instrumental",)),
    ("и", "ь", "feminine", ("genitive", "dative", "prepositional")),
    ("ью", "ь", "feminine", ("instrumental",)),
)
_FLED: Final[dict[str, str]] = {"павл": "павел", "льв": "лев", "любв": "любов", "орл": "орел", "петр": "петр"}
_CASES: Final[tuple[Case, ...]] = tuple(CASE_CODE)
# ranks, for given names and patronymics: of a name that a misprint may mean, and of one so frequent that it may be
# meant even where pymorphy3 knows the form at hand (its names hold misprints too)
_USUAL: Final = {False: 700, True: 150}
_FREQUENT: Final = {False: 120, True: 100}
_VARIANTS: Final = frozenset({"иь", "ьи", "ий", "йи", "еэ", "эе"})
_KNOWN_SCORE = {"listed": 4.0, "known": 3.0}


class Given(NamedTuple):
    """One reading of a given name or patronymic: «Викторю» → «виктория», mended."""

    nominative: str
    case: Case
    gender: Gender
    score: float
    is_mended: bool = False


def patronymic_readings(form: str) -> list[Given]:
    """Read a patronymic: «Вячеславовну» → «вячеславовна», accusative, feminine."""
    word = form.lower()
    particle = re.split(r"[\s-]+", word)[-1]
    if particle in words("names", "particles"):
        gender: Gender = "feminine" if particle in ("кызы", "гызы", "кизи") else "masculine"
        return [Given(word, case, gender, 3.0) for case in _CASES]
    readings = list(_regular_patronymic(word)) or list(_loose_patronymic(word))
    return _mended_options(readings, patronymics()) or readings


def _regular_patronymic(word: str) -> Iterator[Given]:
    match = _PATRONYMIC.match(word)
    if match is None:
        return
    if match["m"]:
        for case in _MASCULINE[match["m"]]:
            yield Given(match["stem"] + "ич", case, "masculine", 3.0)
    else:
        for case in _FEMININE[match["f"]]:
            yield Given(match["fstem"] + "на", case, "feminine", 3.0)


def _loose_patronymic(word: str) -> Iterator[Given]:
    """A misprint may break the suffix itself: «Вячеславону» is still a woman's accusative."""
    for ending, cases in _FEMININE.items():
        vowel = ending.removeprefix("н")
        if word.endswith(vowel):
            for case in cases:
                yield Given(word.removesuffix(vowel) + "а", case, "feminine", 0.5)
    for ending, cases in _MASCULINE.items():
        tail = ending.removeprefix("ич")
        if word.endswith(tail) and not (tail == "" and word[-1] in "аеёиоуыэюя"):
            for case in cases:
                yield Given(word.removesuffix(tail) if tail else word, case, "masculine", 0.5)


@lru_cache(maxsize=8_192)
def _is_usual(nominative: str, is_patronymic: bool) -> bool:
    """A listed name is no misprint; a patronymic made of a listed name is none either."""
    lexicon = patronymics() if is_patronymic else given_names()
    if nominative in lexicon or not is_patronymic:
        return nominative in lexicon
    base = re.sub(r"(?:[оеё]вич|[оеё]вна|ич|ична|инична)$", "", nominative)
    return any(_is_usual(base + end, False) for end in ("", "ь", "й", "а", "я", "ий"))


@lru_cache(maxsize=8_192)
def given_readings(form: str) -> tuple[Given, ...]:
    """Read a given name: «Ольге» → «ольга», dative or prepositional; a misprint is mended: «Викторю» → «виктория»."""
    word = re.sub(r"ё(?=[мйю]$)", "е", form.lower())
    if "-" in word:
        return tuple(_double(*word.split("-", 1)))
    readings = list(_given_options(word))
    known = [r for r in readings if r.score >= 3]
    if any(_is_usual(fold(r.nominative), False) for r in known):
        return tuple(known)
    return tuple(_mended_options(known or readings, given_names()) or known or readings)


def _double(first: str, second: str) -> Iterator[Given]:
    """«Анне-Марии» → «анна-мария»; the first part of «Жан-Пьером» is not declined."""
    opening = given_readings(first)
    for own in given_readings(second):
        other = next((o for o in opening if (o.case, o.gender) == (own.case, own.gender) and o.score >= 3), None)
        yield own._replace(nominative=f"{other.nominative if other else first}-{own.nominative}", is_mended=False)


def _given_options(word: str) -> Iterator[Given]:
    for ending, nominative_ending, gender, cases in _GIVEN:
        if not word.endswith(ending):
            continue
        stem = word[: len(word) - len(ending)]
        nominative = (_FLED.get(stem, stem) if ending else stem) + nominative_ending
        if len(nominative) < 2:
            continue
        score = _name_score(nominative, gender)
        for case in cases:
            yield Given(nominative, case, gender, score)


@lru_cache(maxsize=16_384)
def _name_score(nominative: str, gender: Gender) -> float:
    entry = given_names().get(fold(nominative))
    if entry is not None and entry.gender == gender:
        return _KNOWN_SCORE["listed"] + 1 / (1 + entry.rank)
    if is_known(nominative):
        for p in parses(nominative):
            if (
                "Name" in p.grammemes
                and p.case == "nomn"
                and p.number == "sing"
                and (p.gender == GENDER_CODE[gender] or "ms-f" in p.grammemes)
            ):
                return _KNOWN_SCORE["known"]
    return 0.0


def _mended_options(readings: list[Given], lexicon: dict[str, NameEntry]) -> list[Given]:
    """For each case and gender the commonest name one slip of the pen away; a name met often is not mended."""
    is_patronymic = lexicon is patronymics()
    best: dict[tuple[Case, Gender], tuple[int, Given]] = {}
    for reading in readings:
        folded = fold(reading.nominative)
        if _is_usual(folded, is_patronymic):
            return []
        for name in _near(folded, is_patronymic):
            entry = lexicon[name]
            cell = (reading.case, reading.gender)
            if entry.gender == reading.gender and (cell not in best or entry.rank < best[cell][0]):
                best[cell] = entry.rank, reading._replace(nominative=name, score=2.0, is_mended=True)
    return [given for _, given in sorted(best.values(), key=lambda pair: pair[0])]


def _near(word: str, is_patronymic: bool) -> set[str]:
    """Names one insertion, deletion, substitution or swap away: frequent ones only where the word is known itself."""
    if len(word) < 5:
        return set()
    lexicon = patronymics() if is_patronymic else given_names()
    is_attested = is_known(word)
    limit = _FREQUENT[is_patronymic] if is_attested else _USUAL[is_patronymic]
    if is_attested and len(word) < 6:
        return set()
    index = _deletions(is_patronymic)
    found = {name for key in (word, *_shortened(word)) for name in index.get(key, ())}
    return {name for name in found if lexicon[name].rank < limit and _is_one_slip(word, name)}


@cache
def _deletions(is_patronymic: bool) -> dict[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for name in patronymics() if is_patronymic else given_names():
        for key in {name, *_shortened(name)}:
            index[key].append(name)
    return index


def _shortened(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def _is_one_slip(a: str, b: str) -> bool:
    if a == b:
        return False
    if len(a) == len(b) and any(x + y in _VARIANTS for x, y in zip(a, b, strict=True) if x != y):
        return False  # «Наталия» and «Наталья», «Татиана» and «Татьяна» are two names
    i = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return (
        a[i + 1 :] == b[i + 1 :]
        or a[i:] == b[i + 1 :]
        or a[i + 1 :] == b[i:]
        or (a[i + 1 : i + 2] + a[i : i + 1] == b[i : i + 2] and a[i + 2 :] == b[i + 2 :])
    )
