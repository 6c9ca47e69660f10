"""The words of a phrase and its head: «начальника информационного отдела МКУ «ЦОДПО»» → «начальника», a genitive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from pipeline.nlp.morph import CASE_CODE, Case, Parse, fold, is_known, parses
from pipeline.nlp.people import words

_TOKEN = re.compile(
    r"«[^»]*»|\"[^\"]*\"|“[^”]*”|\([^)]*\)|\d+(?:-[а-яё]+)?|[А-ЯЁа-яёA-Za-z]+(?:[-‑][А-ЯЁа-яёA-Za-z]+)*\.?|[^\s]"
)
ADJECTIVAL: Final = frozenset({"ADJF", "PRTF"})
_PREFERENCE: Final = {"nomn": 0, "datv": 1, "gent": 2, "accs": 3, "ablt": 4, "loct": 5}
# nouns that pymorphy3 reads as participles: «заведующей» is a post
_SUBSTANTIVE = re.compile(
    r"^(?:заведующ|управляющ|исполняющ|обучающ|присутствующ|служащ|отвечающ|председательствующ|ведущ|дежурн|участков|уполномоченн|ответственн|рабоч|лесничь|лесничи|доверенн|обязанн|приглашенн|горничн|постов)"
)
# participles that govern the noun after them: «исполняющей обязанности», «заведующим отделом»
_GOVERNING = re.compile(r"^(?:исполняющ|заведующ|отвечающ)")
_ABBREVIATED: Final = "."


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a phrase, a quotation, a bracket or a mark."""

    start: int
    end: int
    text: str

    @property
    def is_word(self) -> bool:
        """A word that can be inflected: no quotation, number, mark or abbreviation."""
        return self.text[0].isalpha() and not self.text.endswith(_ABBREVIATED) and not is_abbreviation(self.text)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a phrase, what agrees with it before and after, and their common case and number."""

    index: int
    reading: Parse
    agreeing: tuple[tuple[int, Parse], ...]

    @property
    def lemma(self) -> str:
        """The dictionary form of the head: «заместитель»."""
        return fold(self.reading.normal_form)

    @property
    def is_plural(self) -> bool:
        """Whether the head stands in the plural."""
        return self.reading.number == "plur"


@lru_cache(maxsize=8_192)
def is_abbreviation(word: str) -> bool:
    """Tell an abbreviation, which keeps its form: «МКУ», «ЦОДПО», «КДНиЗП», «ОМВД» → True, «УПРАВЛЕНИЮ» → False."""
    letters = word.replace("-", "").replace("‑", "")
    if len(letters) < 2 or sum(c.isupper() for c in letters) < 2:
        return False
    if fold(word) in words("organizations", "forms") | words("organizations", "kinds"):
        return True
    if not letters.isupper():
        return True
    return not (is_known(word) and len(letters) > 4)


def tokens(phrase: str) -> list[Token]:
    """Cut a phrase into words, quotations and marks: «МКУ «ЦБ»» → «МКУ», ««ЦБ»»."""
    return [Token(m.start(), m.end(), m[0]) for m in islice(_TOKEN.finditer(phrase), _LONGEST)]


# words: the head of a phrase stands at its beginning, and no post is longer
_LONGEST: Final = 40


def find_head(items: list[Token], start: int = 0, case: Case | None = None) -> Head | None:
    """The head of the phrase that begins at a token: «всем членам комиссии» → «членам», with «всем» agreeing."""
    index = past_fixed(items, start)
    group: list[int] = []
    while index < len(items) and (items[index].is_word or (group and items[index].text[0] == "(")):
        if items[index].text[0] == "(":
            index += 1  # «крестьянским (фермерским) хозяйствам»
            continue
        readings = parses(items[index].text)
        if readings[0].part in ("PREP", "CONJ"):
            break  # «по» may be «программное обеспечение» to the dictionary
        group.append(index)
        if _is_noun(readings) and not _leads_on(items, index):
            break
        if not any(r.part in ADJECTIVAL or r.part == "NUMR" for r in readings):
            break
        if _SUBSTANTIVE.match(fold(items[index].text)) and not _leads_on(items, index):
            break
        index += 1
    return _agreement(items, group, case)


def past_fixed(items: list[Token], start: int) -> int:
    """Skip abbreviated posts and adverbs: «и.о.», «зам.», «лично»."""
    fixed = words("heads", "fixed")
    index = start
    while index < len(items):
        text = fold(items[index].text)
        if text in fixed or (text in ("и.", "о.", "вр.")) or text in ("лично", "также", "другим", "иным"):
            index += 1
        else:
            break
    return index


def _is_noun(readings: tuple[Parse, ...]) -> bool:
    return any(r.part == "NOUN" for r in readings) and "Surn" not in readings[0].grammemes


def _leads_on(items: list[Token], index: int) -> bool:
    """A word that is both adjective and noun goes with what agrees after it: «рабочей группе», «участковым врачам»."""
    readings = parses(items[index].text)
    if _GOVERNING.match(fold(items[index].text)):
        return False
    if not any(r.part in ADJECTIVAL for r in readings) or index + 1 >= len(items) or not items[index + 1].is_word:
        return False
    cells = {(r.case, r.number) for r in readings if r.part in ADJECTIVAL}
    at = index + 1
    while at + 1 < len(items) and items[at + 1].is_word and _is_plain_adjective(items[at].text, cells):
        at += 1  # «главному государственному санитарному врачу»
    after = items[at].text
    if any(fold(r.normal_form) in _BUSINESSES for r in parses(after)):
        return True  # «управляющие компании»
    agreeing = [
        r
        for r in parses(after)
        if (r.part == "NOUN" or (r.part in ADJECTIVAL and _SUBSTANTIVE.match(fold(after))))
        and (r.case, r.number) in cells
    ]
    has_genitive = any(r.part == "NOUN" and r.case == "gent" and (r.case, r.number) not in cells for r in parses(after))
    return bool(agreeing) and not (has_genitive and _SUBSTANTIVE.match(fold(items[index].text)))


_BUSINESSES: Final = frozenset({"компания", "организация", "предприятие", "учреждение"})


def _is_plain_adjective(word: str, cells: set[tuple[str | None, str | None]]) -> bool:
    first = parses(word)[0]
    return first.part in ADJECTIVAL and not _SUBSTANTIVE.match(fold(word)) and any(
        (r.case, r.number) in cells for r in parses(word) if r.part in ADJECTIVAL
    )


def _agreement(items: list[Token], group: list[int], case: Case | None) -> Head | None:
    """The last word of the group that agrees with all before it is the head; a lone participle may be one."""
    for length in range(len(group), 0, -1):
        head_index, before = group[length - 1], group[: length - 1]
        options = [o for o in _options(items, head_index, before) if o is not None]
        if options:
            return min(options, key=lambda head: _rank(head, case))
    return None


def _options(items: list[Token], head_index: int, before: list[int]) -> Iterator[Head | None]:
    word = items[head_index].text
    for reading in parses(word):
        if reading.part != "NOUN" and not (
            reading.part in ADJECTIVAL and (_SUBSTANTIVE.match(fold(word)) or not before)
        ):
            continue
        if "Surn" in reading.grammemes and fold(reading.normal_form) not in words("heads", "people"):
            continue
        agreeing = [agreeing_reading(items[index].text, reading) for index in before]
        if all(a is not None for a in agreeing):
            yield Head(
                head_index, reading, tuple((i, a) for i, a in zip(before, agreeing, strict=True) if a is not None)
            )


def agreeing_reading(word: str, head: Parse) -> Parse | None:
    for reading in parses(word):
        if reading.part not in ADJECTIVAL or reading.case != head.case or reading.number != head.number:
            continue
        if head.number == "plur" or reading.gender == head.gender or head.gender is None or "ms-f" in head.grammemes:
            return reading
    return None


def _rank(head: Head, case: Case | None) -> tuple[bool, bool, int, bool, float]:
    """The slot's case first, then a head the lexicon knows, then the likelier case."""
    code = CASE_CODE[case] if case else None
    return (
        code is not None and head.reading.case != code,
        not _is_listed(head.lemma),
        _PREFERENCE.get(head.reading.case or "", 9),
        head.reading.part in ADJECTIVAL and head.reading.gender == "neut",
        -head.reading.score,
    )


@lru_cache(maxsize=4_096)
def _is_listed(lemma: str) -> bool:
    return any(lemma_in(lemma, name) for name in ("people", "collectives", "bodies", "organizations"))


def lemma_in(lemma: str, name: str) -> bool:
    """Tell whether a head is in a list of the lexicon; of a compound either part counts: «педагог-психолог»."""
    known = words("heads", name)
    return lemma in known or any(part in known for part in lemma.split("-"))
