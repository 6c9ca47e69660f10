"""Addressees: whom a sentence or a lead-in charges with the deed, in the dative (of «обязать», the accusative).

«Директорам школ обеспечить …» has one at its head, «Рекомендовать главам поселений …» after the verb, a lead-in
«… руководителям ОО:» at its end. Who only benefits stands after the main infinitive: «оказать помощь семьям».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.model import Assignee
from pipeline.nlp.given import given_readings, patronymic_readings
from pipeline.nlp.heads import find_head, is_abbreviation, tokens
from pipeline.nlp.inflect import ODD, SURE, surname_cells
from pipeline.nlp.morph import CASE_CODE, Case, Parse, fold, is_known, parses
from pipeline.nlp.names import LIKELY, Name, surname_score
from pipeline.nlp.people import words
from pipeline.parsers.assignee_lists import NAMED, Listed, is_listed, listed
from pipeline.parsers.assignee_reading import parse_assignees

_LABEL = re.compile(r"\s*(?:\d+(?:\.\d+)*[.)]?\s+|[-–—•*]\s*|[а-я]\)\s*)*")
_WORD = re.compile(r"[А-ЯЁа-яёA-Za-z]+(?:-[А-ЯЁа-яёA-Za-z]+)*|\x02+|\x01+|[:;,.–—-]")
# where the addressee ends though the deed has not begun: a purpose, a time, a manner
_CUT = re.compile(
    r"[\s,(]+(?:в\s+целях|с\s+целью|для|на\s+основ\w+|при(?!\s+(?:участии|содействии|поддержке))|в\s+соответствии|согласно|в\s+рамках|в\s+связи|в\s+ходе|в\s+случае|в\s+период|в\s+срок|в\s+\S+\s+срок|срок\w*|до\s+\d"
    r"|до\s+(?:конца|начала|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)|не\s+позднее|в\s+течени\w+|по\s+мере|по\s+итогам|по\s+результатам|на\s+постоянной|с\s+\d|к\s+\d|в\s+\d|с\s+учетом|с\s+учётом|путем|путём|в\s+том\s+числе"
    r"|необходимо|следует|надлежит|нужно|надо|должн\w+|обязательно|учитывая|руководствуясь)(?![А-ЯЁа-яё])",
    re.IGNORECASE,
)
_LAID_ON = re.compile(
    r"(?<![А-ЯЁа-яё])(?:возложить|возлагается|возлагаю)\s+(?:(?:обязанност|ответственност|организаци|"
    r"подготовк|исполнени|выполнени|проведени|координаци|руководств|функци|полномочи|ведени|работ)[^.;:\n\x02]{0,80}?\s)?"
    r"на\s+", re.IGNORECASE
)
_CONTROL = re.compile(r"(?<![А-ЯЁа-яё])контрол", re.IGNORECASE)
_KEPT_ADVERBS: Final = frozenset({"совместно", "вместе", "также"})
_DEED: Final = frozenset({"INFN"})
_ABBREVIATIONS: Final = ("forms", "kinds", "bodies")
_NO_CHARGE: Final = frozenset({"кандидатура", "кандидатуру", "опыт", "материалы", "информация", "информацию"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence outside quotations and brackets; a name is one word."""

    start: int
    end: int
    text: str


def _past_label(text: str) -> int:
    label = _LABEL.match(text)
    return label.end() if label else 0


def find_addressees(text: str) -> list[Assignee]:
    """Find whom the sentence charges: «Директорам школ обеспечить …» → «директора школ»; «помощь семьям» → nobody."""
    source = listed(text)
    items = [Word(m.start(), m.end(), m[0]) for m in _WORD.finditer(source.masked, _past_label(text))]
    if not items:
        return []
    charge = _charge(items)
    if charge is not None:
        return _charged(source, items, *charge)
    together = _together(source, items)
    if together:
        return together
    return _laid_on(source, items) or _all(source, items) or _at_head(source, items) or _subject(source, items)


def _together(source: Listed, items: Sequence[Word]) -> list[Assignee]:
    """«Совместно с отделом полиции директорам школ проверить …»: the co-executor comes first."""
    if fold(items[0].text) not in ("совместно", "вместе") or len(items) < 4:
        return []
    end = _region_end(source, items, 0)
    if end >= len(items):
        return []
    for index in range(3, end):
        if items[index].text[0].isalpha() and _is_only(items, index, "dative") and not _is_governed(items, index) and (
            _starts_phrase(source, items, index, end, "dative")
        ):
            first = _read(source, items, index, end, "dative", "dative_head")
            return [*first, *_read(source, items, 0, index, None, "together_before")]
    return []


def _charge(items: Sequence[Word]) -> tuple[int, Case] | None:
    """The verb that gives the deed to someone, if no other infinitive comes before it, and the case it asks for."""
    for index, word in enumerate(items):
        lemmas = {fold(p.normal_form) for p in parses(word.text)[:2] if _is_order(p)}
        if lemmas & words("slots", "dative_verbs"):
            return index, "dative"
        if lemmas & words("slots", "accusative_verbs"):
            return index, "accusative"
        if _is_deed(word):
            return None
    return None


def _is_order(reading: Parse) -> bool:
    """«рекомендовать», «рекомендовано», «поручается», «предлагаем» order; «рекомендовала» tells."""
    return reading.part in ("INFN", "PRTS") or (reading.part == "VERB" and "past" not in reading.grammemes)


def _is_deed(word: Word) -> bool:
    return word.text[0].isalpha() and parses(word.text)[0].part in _DEED


def _charged(source: Listed, items: Sequence[Word], verb: int, case: Case) -> list[Assignee]:
    """«Рекомендовать директорам школ …»; also before the verb: «Главам поселений рекомендуется …»."""
    end = _region_end(source, items, verb + 1)
    rule = "charged_dative" if case == "dative" else "charged_accusative"
    start = _first_addressee(source, items, verb + 1, end, case, is_charged=True)
    if start is None and case == "dative":
        start, end = _first_addressee(source, items, 0, verb, "dative", is_charged=False), verb
    return [] if start is None else _read(source, items, start, end, case, rule)


def _region_end(source: Listed, items: Sequence[Word], start: int) -> int:
    """The addressee ends before the deed, a colon or the end of the sentence."""
    for index in range(start, len(items)):
        word = items[index]
        if word.text == ":" or _is_deed(word):
            return index
        if word.text == "." and index + 1 < len(items) and not _is_abbreviated(source.text, word):
            return index
    return len(items)


def _is_abbreviated(text: str, stop: Word) -> bool:
    match = re.search(r"[А-ЯЁа-яё]+$", text[: stop.start])
    return match is not None and len(match[0]) < 4


def _at_head(source: Listed, items: Sequence[Word]) -> list[Assignee]:
    """The addressee before the main infinitive or the colon; without either it closes a lead-in."""
    end = _region_end(source, items, 0)
    is_lead_in = end == len(items) or (items[end].text == ":" and not any(_is_deed(w) for w in items[end:]))
    is_open = end == len(items) or items[end].text == "."
    is_verb = _is_predicate(items[0]) and not _starts_phrase(source, items, 0, end, "dative")  # «Сторожу закрывать …»
    if end == 0 or is_verb or (is_open and any(_is_predicate(w) for w in items[:end])):
        return []
    start = _first_addressee(source, items, 0, end, "dative", is_charged=False)
    if start is not None and _is_appointed(items, start, end):
        return []
    if start and items[start - 1].text == "," and _starts_abbreviation(items[0]):
        start = 0  # «КЦСОН, Мальцеву П.И. провести …»: what cannot be declined is the first of the list
    if start is not None:
        return _read(source, items, start, end, "dative", "dative_lead_in" if is_lead_in else "dative_head")
    return _nominative_head(source, items, end)


def _nominative_head(source: Listed, items: Sequence[Word], end: int) -> list[Assignee]:
    """«Иванова И.И. – подготовить …», «МКУ «ЦБ» провести …»: what cannot be declined, or is set off by a dash."""
    if end >= len(items) or not (_is_deed(items[end]) or items[end].text == ":"):
        return []
    is_set_off = items[end].text == ":" or items[end - 1].text in ("–", "—", "-")
    first = items[0]
    if _starts_abbreviation(first) and (_is_body(first.text) or _is_bound(source, items, end)):
        return _read(source, items, 0, end, "dative", "undeclined_head")
    if not is_set_off or (items[end].text == ":" and not any(_is_deed(w) for w in items[end:])):
        return []
    if first.text[0] == NAMED or _starts_phrase(source, items, 0, end, "nominative"):
        return _read(source, items, 0, end, None, "nominative_head")
    return []


def _is_body(word: str) -> bool:
    return any(fold(word) in words("organizations", name) for name in _ABBREVIATIONS)


def _is_bound(source: Listed, items: Sequence[Word], end: int) -> bool:
    """An unknown abbreviation is a body where a name, its people in brackets or «совместно» follow it."""
    after = source.text[items[0].end : items[end].start].lstrip()
    people = any(word.text[0] == NAMED for word in items[1:end])  # «КЦСОН, Мальцеву П.И. провести …»
    return after[:1] in ("«", '"', "(") or " (" in after or "совместно" in after or people


def _is_appointed(items: Sequence[Word], start: int, end: int) -> bool:
    """«Ответственным за питание назначить Иванова» appoints: the form is an instrumental."""
    if end >= len(items) or not _is_deed(items[end]):
        return False
    is_appointing = fold(parses(items[end].text)[0].normal_form) in words("slots", "appointing_verbs")
    return is_appointing and any(p.case == "ablt" for p in parses(items[start].text))


def _laid_on(source: Listed, items: Sequence[Word]) -> list[Assignee]:
    """«Ответственность за подготовку возложить на Мальцеву И.Ю.»; the control so laid is another matter."""
    match = _LAID_ON.search(source.masked)
    if match is None or _CONTROL.search(source.masked):
        return []
    after = [word for word in items if word.start >= match.end()]
    return _read(source, after, 0, _region_end(source, after, 0), "accusative", "laid_on") if after else []


def _all(source: Listed, items: Sequence[Word]) -> list[Assignee]:
    """«Всем: …», «Всем – сдать планы»."""
    is_all = fold(items[0].text) == "всем" and len(items) > 1
    if not is_all or not (items[1].text in (":", "–", "—") or _is_deed(items[1])):
        return []
    first = items[0]
    raw = source.text[first.start : first.end]
    return [Assignee("все", raw, "group", "responsible", first.start, first.end, "all")]


def _subject(source: Listed, items: Sequence[Word]) -> list[Assignee]:
    """«Трофимчук Д.Д. проверяет инвентарь», «График составит Рожков Д.А.»: a deed to come, told of a person."""
    for index, word in enumerate(items):
        if not word.text[0].isalpha() or not _is_promise(word):
            continue
        if _CONTROL.search(source.masked):
            return []
        if any(w.text[0] == NAMED for w in items[:index]) and _begins_subject(source, items, index):
            return _people(_read(source, items, 0, index, "nominative", "subject"))
        if index + 1 < len(items) and items[index + 1].text[0] == NAMED:
            return _people(_read(source, items, index + 1, index + 2, "nominative", "subject"))
        return []
    return []


def _people(found: list[Assignee]) -> list[Assignee]:
    return [a for a in found if a.entity_type == "person"]


def _begins_subject(source: Listed, items: Sequence[Word], end: int) -> bool:
    return items[0].text[0] == NAMED or _starts_phrase(source, items, 0, end, "nominative")


def _is_promise(word: Word) -> bool:
    first = parses(word.text)[0]
    if first.part != "VERB" or "3per" not in first.grammemes or "past" in first.grammemes:
        return False
    return fold(first.normal_form) not in words("slots", "telling_verbs")


def _is_predicate(word: Word) -> bool:
    return word.text[0].isalpha() and parses(word.text)[0].part in ("VERB", "PRTS", "PRED")


# --- where the addressee begins


def _first_addressee(
    source: Listed, items: Sequence[Word], start: int, end: int, case: Case, *, is_charged: bool
) -> int | None:
    for index in range(start, end):
        is_first = index == start or items[index - 1].text in (",", "–", "—", "-", ":", ".")
        if items[index].text in ",–—-.:;" or (is_charged and index == start and fold(items[index].text) in _NO_CHARGE):
            if items[index].text not in ",–—-.:;":
                return None
            continue
        if not is_first and _is_governed(items, index):
            continue
        if _starts_name(source, items, index, case, is_first=is_first):
            return index
        is_free = is_first and (is_charged or end < len(items))
        if _starts_phrase(source, items, index, end, case) and (is_free or _is_only(items, index, case)):
            return index
        if index == start and end < len(items) and _starts_abbreviated_post(source, items, index):
            return index
        if index == start and _is_surname_alone(items, index, case):
            return index
        if is_charged and is_first and index == start and _starts_abbreviation(items[index]):
            return index
        if is_charged and index - start > 12:
            return None
    return None


def _starts_abbreviated_post(source: Listed, items: Sequence[Word], index: int) -> bool:
    """«И.о. директора завершить …», «Зам. директора по ВР Шаповаловой Г.С. организовать …»."""
    first = tokens(source.text[items[index].start : items[index].start + 40])[:2]
    joined = "".join(t.text for t in first)
    return any(fold(text) in words("heads", "fixed") and text.endswith(".") for text in (first[0].text, joined))


def _starts_abbreviation(word: Word) -> bool:
    return word.text[0].isalpha() and is_abbreviation(word.text)


def _is_governed(items: Sequence[Word], index: int) -> bool:
    """After a preposition or «помощь», «содействие» the dative is not an addressee."""
    back = index - 1
    while back > 0 and items[back].text[0].isalpha() and parses(items[back].text)[0].part == "ADJF":
        back -= 1  # «По жилищному фонду:»
    before = items[back].text
    if not before[0].isalpha():
        return False
    readings = parses(before)
    if readings[0].part in ("PREP", "CONJ"):
        return True
    return any(fold(p.normal_form) in words("slots", "governors") for p in readings[:3])


def _starts_name(source: Listed, items: Sequence[Word], index: int, case: Case, *, is_first: bool) -> bool:
    if items[index].text[0] != NAMED:
        return False
    name = next((n for n in source.names if n.start == items[index].start), None)
    return name is not None and is_first and _can_stand_in(name, case)


def _is_surname_alone(items: Sequence[Word], index: int, case: Case) -> bool:
    """«Савчуку – подготовить …»: a surname the list knows, right before a dash or the deed."""
    word = items[index].text
    if not word.istitle() or index + 1 >= len(items) or surname_score(word) < LIKELY:
        return False
    is_next = items[index + 1].text in ("–", "—", "-", ":") or _is_deed(items[index + 1])
    return is_next and any(c == case and reading.score >= SURE for (c, _), reading in surname_cells(word).items())


def _can_stand_in(name: Name, case: Case) -> bool:
    readings = (
        patronymic_readings(name.patronymic) if name.patronymic else given_readings(name.given) if name.given else ()
    )
    if readings:
        return any(reading.case == case for reading in readings)
    return any(cell[0] == case and reading.score > ODD for cell, reading in surname_cells(name.family).items())


def _starts_phrase(source: Listed, items: Sequence[Word], index: int, end: int, case: Case) -> bool:
    stop = items[end - 1].end if end > index else items[index].end
    head = find_head(tokens(source.text[items[index].start : stop])[:8], 0, case)
    if head is None or head.reading.case != CASE_CODE[case]:
        return False
    return is_listed(head)


def _is_only(items: Sequence[Word], index: int, case: Case) -> bool:
    """In the middle of a sentence the form must be a dative and nothing else: «руководителям», not «администрации»."""
    readings = [p for p in parses(items[index].text) if p.case is not None]
    if not is_known(items[index].text):
        return bool(readings) and readings[0].case == CASE_CODE[case]
    plural = [p for p in readings if p.case == CASE_CODE[case] and p.number == "plur"]
    return all(p.case == CASE_CODE[case] for p in readings) or bool(
        plural and items[index].text.endswith(("м", "М")) and case == "dative"
    )


# --- reading it


def _read(source: Listed, items: Sequence[Word], start: int, end: int, case: Case | None, rule: str) -> list[Assignee]:
    begin = items[start].start
    stop = items[end].start if end < len(items) else len(source.text)
    cut = _CUT.search(source.masked, begin, stop)
    if cut is not None and cut.start() > begin:
        stop = cut.start()
    stop = _before_adverb(items, start, end, stop)
    found = parse_assignees(source.text[begin:stop], case=case)
    return [replace(_lowered(a, case), start=a.start + begin, end=a.end + begin, rule=rule) for a in found]


def _lowered(assignee: Assignee, case: Case | None) -> Assignee:
    """At a sentence's head the capital is the sentence's, not the group's: «Директорам школ» → «директора школ»."""
    if case in (None, "nominative"):
        return assignee
    name = _lower_first(assignee.name) if assignee.entity_type in ("group", "post") else assignee.name
    return replace(assignee, name=name, post=_lower_first(assignee.post) if assignee.post else None)


def _lower_first(phrase: str) -> str:
    first, *rest = phrase.split(" ", 1)
    return " ".join([first.lower() if first.istitle() else first, *rest])


def _before_adverb(items: Sequence[Word], start: int, end: int, stop: int) -> int:
    """«Директорам школ своевременно обеспечить»: the manner belongs to the deed, and so does its object before it."""
    for index in range(start + 1, min(end, len(items))):
        word = items[index]
        if (
            word.start >= stop
            or not word.text[0].isalpha()
            or fold(word.text) in _KEPT_ADVERBS
            or is_abbreviation(word.text)
        ):
            continue
        readings = parses(word.text)
        if readings[0].part in ("ADVB", "PRED", "GRND", "PRCL") and fold(word.text) not in ("и", "а"):
            return items[index - 1].end
        if is_known(word.text) and readings[0].part == "NOUN" and _is_object(items, index):
            return items[index - 1].end
    return stop


def _is_object(items: Sequence[Word], index: int) -> bool:
    """«планы» of «Начальникам отделов планы работы сдавать»: an accusative that is no part of the addressee."""
    cases = {p.case for p in parses(items[index].text)}
    before = items[index - 1].text
    is_governed = before[0].isalpha() and any(p.part == "PREP" for p in parses(before))
    return cases <= {"nomn", "accs", "voct"} and "accs" in cases and not is_governed
