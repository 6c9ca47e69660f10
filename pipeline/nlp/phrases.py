"""Posts, groups and organizations in the nominative, and what kind each is.

Only the head noun and what agrees with it is inflected: «начальника отдела МКУ «ЦОДПО»» → «начальник отдела МКУ
«ЦОДПО»». The genitive tail, quotes and brackets stay as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from pipeline.model import EntityType
from pipeline.nlp.morph import CASE_CODE, Case, Parse, fold, inflect, is_known, parses
from pipeline.nlp.people import words

_TOKEN = re.compile(
    r"«[^»]*»|\"[^\"]*\"|“[^”]*”|\([^)]*\)|\d+(?:-[а-яё]+)?|[А-ЯЁа-яёA-Za-z]+(?:[-‑][А-ЯЁа-яёA-Za-z]+)*\.?|[^\s]"
)
_ADJECTIVAL: Final = frozenset({"ADJF", "PRTF"})
_OBLIQUE: Final = ("datv", "gent", "accs", "ablt", "loct")
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


def nominative_phrase(phrase: str, case: Case | None = None) -> str:
    """Put a post, a group or an organization into the nominative: «руководителям ОО» → «руководители ОО».

    `case` is what the slot dictates («возложить на директора» is no plural); without it a phrase that can be a
    nominative is left as it is.
    """
    items = tokens(phrase)
    forms = dict(_nominatives(items, case))
    pieces: list[str] = []
    at = 0
    for index, form in sorted(forms.items()):
        token = items[index]
        pieces += [phrase[at : token.start], _as_printed(token.text, form)]
        at = token.end
    return "".join([*pieces, phrase[at:]])


def singular_phrase(phrase: str) -> str:
    """Put the head of a nominative phrase into the singular: «методисты МБУ» → «методист МБУ»."""
    items = tokens(phrase)
    head = find_head(items)
    if head is None or not head.is_plural:
        return phrase
    text = phrase
    gender = head.reading.gender or "masc"
    for index, reading in sorted((*head.agreeing, (head.index, head.reading)), reverse=True):
        grammemes = {"nomn", "sing"} | ({gender} if reading.part in _ADJECTIVAL else set())
        form = inflect(items[index].text, reading, frozenset(grammemes))
        if form is not None:
            text = text[: items[index].start] + _as_printed(items[index].text, form) + text[items[index].end :]
    return text


def _nominatives(items: list[Token], case: Case | None) -> Iterator[tuple[int, str]]:
    """The words to be changed: the first head, and further heads of the same case («директору и педагогам»)."""
    head = find_head(items, 0, case)
    if head is None or head.reading.case in (None, "nomn"):
        return
    yield from _inflected(items, head)
    yield from _after_comma(items, head)
    for start in _conjunctions(items, head.index):
        second = find_head(items, start, _case_name(head.reading.case))
        if second is None or second.reading.case != head.reading.case or second.index - start > 3:
            continue
        if head.reading.case == "datv" or second.lemma in words("heads", "people"):
            yield from _inflected(items, second)


def _conjunctions(items: list[Token], after: int) -> Iterator[int]:
    for index, token in enumerate(items[:-1]):
        if index > after and (token.text in (",", "и") or token.text == "/"):
            yield index + 1


def _inflected(items: list[Token], head: Head) -> Iterator[tuple[int, str]]:
    number = head.reading.number or "sing"
    goal = {"nomn", number}
    for index, reading in (*head.agreeing, (head.index, head.reading)):
        grammemes = set(goal)
        if reading.part in _ADJECTIVAL and number == "sing":
            grammemes.add(head.reading.gender or reading.gender or "masc")
        form = inflect(items[index].text, reading, frozenset(grammemes))
        if form is not None:
            yield index, form
    if head.index + 1 < len(items) and head.index:
        yield from _repaired_deputy(items, head)


def _repaired_deputy(items: list[Token], head: Head) -> Iterator[tuple[int, str]]:
    """«зам. директору» is «зам. директора»: after an abbreviated post its own genitive stands."""
    if fold(items[head.index - 1].text) in ("зам.", "пом."):
        form = inflect(items[head.index].text, head.reading, frozenset({"gent", head.reading.number or "sing"}))
        if form is not None:
            yield head.index, form


def _after_comma(items: list[Token], head: Head) -> Iterator[tuple[int, str]]:
    """A participle after a comma agrees too: «работникам, занимающимся профориентацией»."""
    for index, token in enumerate(items[:-1]):
        if token.text == "," and index > head.index and items[index + 1].is_word:
            for reading in parses(items[index + 1].text):
                if (
                    reading.part == "PRTF"
                    and reading.case == head.reading.case
                    and reading.number == head.reading.number
                ):
                    grammemes = {"nomn", head.reading.number or "sing"}
                    if head.reading.number == "sing":
                        grammemes.add(head.reading.gender or "masc")
                    form = inflect(items[index + 1].text, reading, frozenset(grammemes))
                    if form is not None:
                        yield index + 1, form
                    break


def find_head(items: list[Token], start: int = 0, case: Case | None = None) -> Head | None:
    """The head of the phrase that begins at a token: «всем членам комиссии» → «членам», with «всем» agreeing."""
    index = _past_fixed(items, start)
    group: list[int] = []
    while index < len(items) and items[index].is_word:
        readings = parses(items[index].text)
        group.append(index)
        if _is_noun(readings) and not _leads_on(items, index):
            break
        if not any(r.part in _ADJECTIVAL or r.part == "NUMR" for r in readings):
            break
        if _SUBSTANTIVE.match(fold(items[index].text)) and not _leads_on(items, index):
            break
        index += 1
    return _agreement(items, group, case)


def _past_fixed(items: list[Token], start: int) -> int:
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
    if not any(r.part in _ADJECTIVAL for r in readings) or index + 1 >= len(items) or not items[index + 1].is_word:
        return False
    cells = {(r.case, r.number) for r in readings if r.part in _ADJECTIVAL}
    after = items[index + 1].text
    agreeing = [
        r
        for r in parses(after)
        if (r.part == "NOUN" or (r.part in _ADJECTIVAL and _SUBSTANTIVE.match(fold(after))))
        and (r.case, r.number) in cells
    ]
    has_genitive = any(r.part == "NOUN" and r.case == "gent" and (r.case, r.number) not in cells for r in parses(after))
    return bool(agreeing) and not (has_genitive and _SUBSTANTIVE.match(fold(items[index].text)))


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
            reading.part in _ADJECTIVAL and (_SUBSTANTIVE.match(fold(word)) or not before)
        ):
            continue
        if "Surn" in reading.grammemes and fold(reading.normal_form) not in words("heads", "people"):
            continue
        agreeing = [_agreeing_reading(items[index].text, reading) for index in before]
        if all(a is not None for a in agreeing):
            yield Head(
                head_index, reading, tuple((i, a) for i, a in zip(before, agreeing, strict=True) if a is not None)
            )


def _agreeing_reading(word: str, head: Parse) -> Parse | None:
    for reading in parses(word):
        if reading.part not in _ADJECTIVAL or reading.case != head.case or reading.number != head.number:
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
        head.reading.part in _ADJECTIVAL and head.reading.gender == "neut",
        -head.reading.score,
    )


def _case_name(code: str | None) -> Case | None:
    return next((case for case, known in CASE_CODE.items() if known == code), None)


def _as_printed(word: str, form: str) -> str:
    """Keep capitals: «Управлению» → «Управление», «КОМИТЕТУ» → «КОМИТЕТ»."""
    if word.isupper() and len(word) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if word[:1].isupper() else form


# --- kinds


@lru_cache(maxsize=4_096)
def _is_listed(lemma: str) -> bool:
    return any(lemma_in(lemma, name) for name in ("people", "collectives", "bodies", "organizations"))


def lemma_in(lemma: str, name: str) -> bool:
    """Tell whether a head is in a list of the lexicon; of a compound either part counts: «педагог-психолог»."""
    known = words("heads", name)
    return lemma in known or any(part in known for part in lemma.split("-"))


@lru_cache(maxsize=8_192)
def entity_type(phrase: str) -> EntityType:
    """Tell what a phrase names: «руководители ОО» group, «директор» post, «Управление образования» organization."""
    items = tokens(phrase)
    start = _past_fixed(items, 0)
    if start:
        return _kind_after_fixed(items, start)
    if not items or is_abbreviation(items[0].text) or items[0].text[0] in '«"“':
        return "organization"
    head = find_head(items)
    if head is None:
        return "organization"
    return _kind(head, items)


def _kind_after_fixed(items: list[Token], start: int) -> EntityType:
    """«и.о. директора», «зам. начальника» are posts, «зам. директоров» a group."""
    head = find_head(items, start)
    is_group = head is not None and head.is_plural and head.reading.case in ("gent", "nomn")
    return "group" if is_group and head is not None and not _can_be_singular(items[head.index].text) else "post"


def _can_be_singular(word: str) -> bool:
    return any(r.part == "NOUN" and r.number == "sing" for r in parses(word))


def _kind(head: Head, items: list[Token]) -> EntityType:
    lemma = head.lemma
    if lemma_in(lemma, "people"):
        return "group" if head.is_plural else "post"
    if lemma_in(lemma, "collectives"):
        return "group"
    if lemma_in(lemma, "bodies"):
        return "group" if head.is_plural else "organization"
    if lemma_in(lemma, "organizations"):
        return "organization"
    if head.reading.part in _ADJECTIVAL or "anim" in head.reading.grammemes:
        return "group" if head.is_plural else "post"
    return "organization" if items[head.index].text[0].isupper() or not head.is_plural else "group"
