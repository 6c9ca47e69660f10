"""Organizations by rule: a legal form with its name, a department word with its genitive tail.

«МБУ ДО «Радуга»», «ОМВД России по Ленинскому району», «Управление культуры, спорта и молодёжной политики».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from pipeline.nlp.heads import Token, is_abbreviation, tokens
from pipeline.nlp.morph import Parse, fold, parses
from pipeline.nlp.names import find_names
from pipeline.nlp.people import printed, words
from pipeline.nlp.phrases import nominative_phrase

_WORD: Final = "А-ЯЁа-яёA-Za-z"
_NAME: Final = r"(?:«[^»\n]{1,120}»|\"[^\"\n]{1,120}\"|“[^”\n]{1,120}”)"
_NUMBER: Final = r"№\s?\d+"
_PLACE: Final = r"(?:г|с|п|д|ст|х|пос|р\.\s?п|пгт)\.\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*"
_AREA: Final = (
    r"\s(?:по|МО|г\.)\s(?:[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*(?:ому|ой|кой|ий)\s)?"
    r"(?:району|области|краю|округу|район|городу\s[А-ЯЁ][а-яё]+)"
)
_FULL = re.compile(
    r"(?<![А-ЯЁа-яё])(?:[А-ЯЁа-яё]+(?:ное|ная|вое|вая|ого|ому|ой|ым|ый|ий)\s+){1,6}(?:учреждени|предприяти|обществ|организаци|объединени|партнерств|партнёрств|товариществ|кооператив|школ|лице|гимнази|колледж|техникум|университет|институт|академи|центр|больниц|библиотек|музе|фонд)"
    rf"[а-яё]*(?:\s+[а-яё]+){{0,8}}?\s+(?:{_NUMBER}\s+)?{_NAME}",
    re.IGNORECASE,
)
_DEEDS: Final = frozenset(
    {
        "организация",
        "объединение",
        "общество",
        "учреждение",
        "собрание",
        "хозяйство",
        "надзор",
        "консультация",
        "структура",
    }
)
_BREAK: Final = frozenset({".", ":", ";", "(", ")", "–", "—", "-"})


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization as printed: `text[start:end]`, and the rule that found it."""

    start: int
    end: int
    rule: str


def find_organizations(text: str) -> list[Organization]:
    """Find the organizations of a text: «методисты МБУ ДО «Радуга» и ОО» → «МБУ ДО «Радуга»», «ОО»."""
    people = [(n.start, n.end) for n in find_names(text)]
    taken: list[Organization] = []
    for found in (*_full_forms(text), *_short_forms(text), *_departments(text)):
        end = min([found.end, *(start for start, _ in people if found.start < start < found.end)])
        trimmed = len(text[:end].rstrip(" ,.;:–—-\t")) if end < found.end else end
        if not any(found.start < other.end and other.start < trimmed for other in taken):
            taken.append(Organization(found.start, trimmed, found.rule))
    return sorted(taken, key=lambda found: found.start)


@lru_cache(maxsize=4_096)
def organization_of(post: str) -> str | None:
    """The organization that a post names, in the nominative: «директор МБОУ СОШ № 3» → «МБОУ СОШ № 3».

    A department is no name of its own: «начальник отдела кадров», «начальник отдела ГО и ЧС» give None.
    """
    for found in find_organizations(post):
        name = post[found.start : found.end]
        if found.start and name[0].isupper() and fold(name.split()[0]) not in words("organizations", "matters"):
            return nominative_phrase(name, "genitive")
    return None


def _full_forms(text: str) -> Iterator[Organization]:
    """«Муниципальное бюджетное учреждение «Центр …»»: adjectives, a kind, a name in quotes."""
    return (Organization(m.start(), m.end(), "full_form") for m in _FULL.finditer(text))


@cache
def _short() -> re.Pattern[str]:
    forms = "|".join(sorted((re.escape(f) for f in printed("organizations", "forms")), key=len, reverse=True))
    joined = "|".join(re.escape(j) for j in printed("organizations", "joined"))
    more = rf"(?:\s(?:{forms}|ДО|ДОД|[А-ЯЁ]{{2,8}})(?![{_WORD}]))"
    named = r"\s(?:им\.|имени)\s?[А-ЯЁ][А-ЯЁа-яё. ]+[а-яё]"
    tail = rf"(?:\s?{_NUMBER}|\s?{_NAME}|{named}|\s{_PLACE}|\sРоссии|{_AREA})"
    return re.compile(rf"(?<![{_WORD}-])(?:{joined}|(?:{forms})(?![{_WORD}])){more}*{tail}*")


def _short_forms(text: str) -> Iterator[Organization]:
    """«МКУ «ЦОДПО Калининского района»», «МБОУ СОШ № 3», «КДН и ЗП»."""
    return (Organization(m.start(), m.end(), "short_form") for m in _short().finditer(text))


# --- department words


def _departments(text: str) -> Iterator[Organization]:
    """«Управление образования администрации района», and in any case: «отдела опеки и попечительства»."""
    at = 0
    for line in text.split("\n"):
        yield from _in_line(line, at)
        at += len(line) + 1


def _in_line(line: str, offset: int) -> Iterator[Organization]:
    items = tokens(line)
    used = 0
    for index, token in enumerate(items):
        if index < used or not token.is_word or not _is_department(token.text):
            continue
        start = _with_adjectives(items, index, used)
        if start == index and _needs_adjective(token.text):
            continue
        end = _tail(items, index)
        if end > index or start < index:
            used = end + 1
            yield Organization(offset + items[start].start, offset + items[end].end, "department")


def _is_department(word: str) -> bool:
    heads = words("heads", "organizations") | words("heads", "bodies")
    return any(p.part == "NOUN" and fold(p.normal_form) in heads for p in parses(word)[:3])


def _needs_adjective(word: str) -> bool:
    """«организация работы», «объединение усилий» are deeds; with an adjective they are bodies."""
    return any(fold(p.normal_form) in _DEEDS for p in parses(word)[:3])


def _with_adjectives(items: Sequence[Token], index: int, used: int) -> int:
    """The adjectives that agree with the head: «районный отдел», «Линская школа-интернат»."""
    cells = {(p.case, p.number) for p in parses(items[index].text) if p.part == "NOUN"}
    start = index
    while start > used and items[start - 1].is_word and _agrees(parses(items[start - 1].text), cells):
        start -= 1
    return start


def _agrees(readings: Sequence[Parse], cells: set[tuple[str | None, str | None]]) -> bool:
    return any(p.part == "ADJF" and "Apro" not in p.grammemes and (p.case, p.number) in cells for p in readings)


def _tail(items: Sequence[Token], index: int) -> int:
    """The last token of the genitive tail: «культуры, спорта и молодёжной политики администрации района»."""
    end = at = index
    while at + 1 < len(items):
        at += 1
        token = items[at]
        if token.text in _BREAK:
            break
        if token.text[0] in '«"“' or token.text == "№" or token.text.isdigit() or is_abbreviation(token.text):
            end = at
        elif token.text in (",", "и"):
            if not _is_genitive(items, at + 1):
                break
        elif fold(token.text) == "по" and at + 1 < len(items) and _has_case(items[at + 1].text, "datv"):
            end = at = at + 1
        elif _is_genitive(items, at):
            end = at
        else:
            break
    return end


def _is_genitive(items: Sequence[Token], index: int) -> bool:
    return index < len(items) and items[index].is_word and _has_case(items[index].text, "gent")


def _has_case(word: str, case: str) -> bool:
    readings = parses(word)
    if readings[0].part in ("PREP", "CONJ", "PRCL", "ADVB"):
        return False
    return any(p.case == case and p.part in ("NOUN", "ADJF", "PRTF") for p in readings)
