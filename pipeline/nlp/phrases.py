"""Posts, groups and organizations in the nominative, and what kind each is.

Only the head noun and what agrees with it is inflected: «начальника отдела МКУ «ЦОДПО»» → «начальник отдела МКУ
«ЦОДПО»». The genitive tail, quotes and brackets stay as printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline.model import EntityType
from pipeline.nlp.heads import (
    ADJECTIVAL,
    Head,
    Token,
    agreeing_reading,
    find_head,
    is_abbreviation,
    lemma_in,
    past_fixed,
    tokens,
)
from pipeline.nlp.morph import CASE_CODE, Case, fold, inflect, parses
from pipeline.nlp.people import words


def nominative_phrase(phrase: str, case: Case | None = None) -> str:
    """Put a post, a group or an organization into the nominative: «руководителям ОО» → «руководители ОО».

    `case` is what the slot dictates («возложить на директора» is no plural); without it a phrase that can be a
    nominative is left as it is.
    """
    items = tokens(phrase)
    forms: dict[int, str] = {}
    for index, form in _nominatives(items, case):
        forms.setdefault(index, form)
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
    if head is None or not head.is_plural or any(fold(item.text) in _GENITIVE_AFTER for item in items[: head.index]):
        return phrase  # «зам. директора» is one
    text = phrase
    gender = head.reading.gender or "masc"
    for index, reading in sorted((*head.agreeing, (head.index, head.reading)), reverse=True):
        grammemes = {"nomn", "sing"} | ({gender} if reading.part in ADJECTIVAL else set())
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
        is_pair = second.index == start and all(lemma_in(h.lemma, "organizations") for h in (head, second))
        if head.reading.case == "datv" or second.lemma in words("heads", "people") or is_pair:
            yield from _inflected(items, second)


def _conjunctions(items: list[Token], after: int) -> Iterator[int]:
    for index, token in enumerate(items[:-1]):
        if index > after and token.text in (",", "и", "/", "–", "—", "-"):
            yield index + 1


def _inflected(items: list[Token], head: Head) -> Iterator[tuple[int, str]]:
    number = head.reading.number or "sing"
    before = fold(items[head.index - 1].text) if head.index else ""
    if any(fold(item.text) in _GENITIVE_AFTER for item in items[: head.index]):
        yield from _repaired_deputy(items, head)
        return
    if before == "зав." and head.reading.case == "ablt":
        return  # «зав. отделом» is said so
    goal = {"nomn", number}
    for index, reading in (*head.agreeing, (head.index, head.reading)):
        grammemes = set(goal)
        if reading.part in ADJECTIVAL and number == "sing":
            grammemes.add(head.reading.gender or reading.gender or "masc")
        form = inflect(items[index].text, reading, frozenset(grammemes))
        if form is not None:
            yield index, form
    yield from _after_head(items, head)
    yield from _bracketed(items, head)


# abbreviated posts after which a genitive stands
_GENITIVE_AFTER: Final = frozenset({"зам.", "пом.", "и.о.", "о.", "ио", "врио", "врид", "нач.", "рук.", "дир."})


def _repaired_deputy(items: list[Token], head: Head) -> Iterator[tuple[int, str]]:
    """«зам. директору» is «зам. директора»."""
    form = inflect(items[head.index].text, head.reading, frozenset({"gent", head.reading.number or "sing"}))
    if form is not None:
        yield head.index, form


def _after_head(items: list[Token], head: Head) -> Iterator[tuple[int, str]]:
    """«врачу-педиатру участковому»: an adjective right behind the head, with no noun of its own."""
    index = head.index + 1
    if index >= len(items) or not items[index].is_word:
        return
    reading = agreeing_reading(items[index].text, head.reading)
    after = next((parses(t.text)[0] for t in items[index + 1 :] if t.text[0] != "(" and t.is_word), None)
    if reading is None or (after is not None and after.part in ("NOUN", "ADJF", "PRTF")):
        return
    first = parses(items[index].text)[0]
    if first.part == "NOUN" or first.case != head.reading.case:
        return
    form = inflect(items[index].text, reading, _goal(head))
    if form is not None:
        yield index, form


def _bracketed(items: list[Token], head: Head) -> Iterator[tuple[int, str]]:
    """«родителей (законных представителей)»: what is said otherwise in brackets stands in the same case."""
    for index in range(head.index - 1, head.index + 2):
        if 0 <= index < len(items) and items[index].text[0] == "(":
            inner = tokens(items[index].text[1:-1])
            own = find_head(inner, 0, _case_name(head.reading.case))
            if own is not None and (own.reading.case, own.reading.number) == (head.reading.case, head.reading.number):
                case = _case_name(head.reading.case)
                yield index, f"({nominative_phrase(items[index].text[1:-1], case)})"


def _goal(head: Head) -> frozenset[str]:
    """The nominative of what agrees with a head."""
    number = head.reading.number or "sing"
    return frozenset({"nomn", number} | ({head.reading.gender or "masc"} if number == "sing" else set()))


def _after_comma(items: list[Token], head: Head) -> Iterator[tuple[int, str]]:
    """A participle after a comma agrees too: «работникам, занимающимся профориентацией»."""
    for index, token in enumerate(items[:-1]):
        if token.text == "," and index > head.index and items[index + 1].is_word:
            for reading in parses(items[index + 1].text):
                if (
                    (reading.part == "PRTF" or fold(items[index + 1].text).startswith("ответственн"))
                    and reading.part in ADJECTIVAL
                    and reading.case == head.reading.case
                    and reading.number == head.reading.number
                ):
                    form = inflect(items[index + 1].text, reading, _goal(head))
                    if form is not None:
                        yield index + 1, form
                    break


def _case_name(code: str | None) -> Case | None:
    return next((case for case, known in CASE_CODE.items() if known == code), None)


def _as_printed(word: str, form: str) -> str:
    """Keep capitals: «Управлению» → «Управление», «КОМИТЕТУ» → «КОМИТЕТ»."""
    if word.isupper() and len(word) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if word[:1].isupper() else form


# --- kinds


@lru_cache(maxsize=8_192)
def entity_type(phrase: str) -> EntityType:
    """Tell what a phrase names: «руководители ОО» group, «директор» post, «Управление образования» organization."""
    items = tokens(phrase)
    start = past_fixed(items, 0)
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
    if head.reading.part in ADJECTIVAL or "anim" in head.reading.grammemes:
        return "group" if head.is_plural else "post"
    return "organization" if items[head.index].text[0].isupper() or not head.is_plural else "group"
