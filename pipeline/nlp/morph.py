"""The door to pymorphy3: one analyzer, loaded at first use, and parses that are remembered."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

import pymorphy3

Case = Literal["nominative", "genitive", "dative", "accusative", "instrumental", "prepositional"]
Gender = Literal["masculine", "feminine"]
Number = Literal["singular", "plural"]

CASE_CODE: Final[dict[Case, str]] = {
    "nominative": "nomn",
    "genitive": "gent",
    "dative": "datv",
    "accusative": "accs",
    "instrumental": "ablt",
    "prepositional": "loct",
}
GENDER_CODE: Final[dict[Gender, str]] = {"masculine": "masc", "feminine": "femn"}
_REMEMBERED: Final = 65_536


class Parse(NamedTuple):
    """One reading of a word: what of pymorphy3's parse the rules ask for."""

    normal_form: str
    part: str | None
    case: str | None
    number: str | None
    gender: str | None
    grammemes: frozenset[str]
    score: float


@lru_cache(maxsize=1)
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=_REMEMBERED)
def parses(word: str) -> tuple[Parse, ...]:
    """Read a word: «руководителям» → one reading, a noun in the dative plural."""
    return tuple(
        Parse(
            p.normal_form,
            _plain(p.tag.POS),
            _plain(p.tag.case),
            _plain(p.tag.number),
            _plain(p.tag.gender),
            frozenset(p.tag.grammemes),
            p.score,
        )
        for p in _analyzer().parse(word.lower())
    )


def _plain(grammeme: object) -> str | None:
    return None if grammeme is None else str(grammeme)


@lru_cache(maxsize=_REMEMBERED)
@lru_cache(maxsize=_REMEMBERED)
def is_known(word: str) -> bool:
    """Tell whether the dictionary holds the word: «Иванов» → True, «Соловьевову» → False."""
    return bool(_analyzer().word_is_known(word.lower()))


_WORD: Final = re.compile(r"[^\W\d_]{3,}")


def known_share(text: str) -> float | None:
    """The share of words (three letters and more) in the dictionary: «Решили утвердить» → 1.0; None of no word."""
    words = _WORD.findall(text)
    return round(sum(map(is_known, words)) / len(words), 4) if words else None


# forms that the dictionary lists after a rarer one
_PREFERRED: Final = {"учители": "учителя", "директоры": "директора", "профессоры": "профессора"}


@lru_cache(maxsize=_REMEMBERED)
def inflect(word: str, reading: Parse, grammemes: frozenset[str]) -> str | None:
    """Put a word with this reading into another form: «заместителю», nominative singular → «заместитель».

    The letter ё appears only where the word as printed has it.
    """
    if "-" in word and reading.part == "NOUN":
        return _inflect_compound(word, reading, grammemes)
    for parse in _analyzer().parse(word.lower()):
        if frozenset(parse.tag.grammemes) == reading.grammemes and parse.normal_form == reading.normal_form:
            form = parse.inflect(set(grammemes))
            if form is None:
                return None
            found: str = _PREFERRED.get(form.word, form.word)
            return found if "ё" in word.lower() else found.replace("ё", "е")
    return None


_PREFIXES: Final = frozenset({"вице", "экс", "обер", "унтер", "пресс", "бизнес", "медиа", "веб", "штаб"})


def _inflect_compound(word: str, reading: Parse, grammemes: frozenset[str]) -> str | None:
    """«сестре-хозяйке» → «сестра-хозяйка»: each part that stands in the case of the whole."""
    forms: list[str] = []
    for part in word.lower().split("-"):
        if part in _PREFIXES:
            forms.append(part)
            continue
        own = [p for p in parses(part) if p.part == "NOUN" and (p.case, p.number) == (reading.case, reading.number)]
        forms.append((inflect(part, own[0], grammemes) if own and is_known(part) else None) or part)
    return "-".join(forms)


def has_tag(word: str, tag: str, *, known_only: bool = False) -> bool:
    """Tell whether some reading has the tag: «Филимонову», «Surn» → True."""
    if known_only and not is_known(word):
        return False
    return any(tag in p.grammemes for p in parses(word))


def is_infinitive(word: str) -> bool:
    """Tell whether the word is first of all an infinitive: «обеспечить» → True, «стать» → True, «знать» → True."""
    return parses(word)[0].part == "INFN"


def is_finite(word: str) -> bool:
    """Tell whether the word is first of all a verb in the present or future, third person: «составит» → True."""
    first = parses(word)[0]
    return first.part == "VERB" and "3per" in first.grammemes and "past" not in first.grammemes


def is_verb_form(word: str) -> bool:
    """Tell whether the word is first of all a finite verb or a short participle: «сообщила», «избран» → True."""
    return parses(word)[0].part in ("VERB", "PRTS")


_INFINITIVE = re.compile(r"(?<![А-Яа-яЁё-])[А-ЯЁа-яё-]+(?:ть|ти|чь)(?:ся|сь)?(?![А-Яа-яЁё])")


def has_infinitive(text: str) -> bool:
    """Tell whether an infinitive stands in the text: «Директорам школ обеспечить …» → True."""
    return first_infinitive(text) is not None


def first_infinitive(text: str) -> int | None:
    """Where the first infinitive begins: «План работы утвердить» → 12."""
    return next((match.start() for match in _INFINITIVE.finditer(text) if is_infinitive(match[0])), None)


def fold(word: str) -> str:
    """Make words comparable: «Семён» → «семен»."""
    return word.lower().replace("ё", "е")
