"""A list of responsible parties cut into its members, what is left out restored.

«руководители МБУ ДО «Радуга» и ОО» → «руководители МБУ ДО «Радуга»», «руководители ОО». Quotations, brackets and names
are masked first (same length), so that commas and «и» inside them split nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.nlp.heads import Head, Token, find_head, is_abbreviation, lemma_in, past_fixed, tokens
from pipeline.nlp.morph import CASE_CODE, Case, fold, is_known, parses
from pipeline.nlp.names import LIKELY, Name, find_names, surname_score
from pipeline.nlp.people import printed, words

QUOTED, NAMED = "\x01", "\x02"
_ENCLOSED = re.compile(r"«[^»\n]{0,300}»|\"[^\"\n]{0,300}\"|“[^”\n]{0,300}”|\((?:[^()\n]|\([^()\n]*\))*\)")
_LABELLED = re.compile(r"\(\s*(?:контрол|соисполнит)", re.IGNORECASE)
_ITEM_NUMBER = re.compile(r"\d{1,2}[.)]\s*(?=[А-ЯЁа-яё])")
_SEPARATOR = re.compile(
    r"\s*[;\n]\s*|\s*,\s*(?:(?:и|а\s+также)\s+)?|\s+(?:и|а\s+также|да)\s+|\s+/\s+|(?-i:(?<=[а-яё]{4})\.\s+(?=[А-ЯЁ\x02])|(?<=[А-ЯЁ]{2})\.\s+(?=[А-ЯЁ\x02]))"
    r"|(?<=\x02)\s+(?=\x02)|(?<=\x02)\.\s+|\s*:\s+",
    re.IGNORECASE,
)
# whole words: «Мартынюк» and «Январев» are people
_MONTH: Final = (
    r"(?:(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:ь|я|ю|[её]м|е)|(?:март|август)(?:а|у|ом|е)?|ма(?:[йяюе]|ем))\b"
)
_DEADLINE: Final = (
    rf"(?:в\s+)?срок(?:и|у|ом|а)?\b|до\s+(?:\d|«?\d|конца|начала|{_MONTH})|не\s+позднее|не\s+реже|в\s+течени[еи]|постоянно|на\s+постоянной|ежегодно|ежемесячно|ежеквартально"
    rf"|еженедельно|ежедневно|по\s+мере|весь\s+период|систематически|регулярно|к\s+(?:\d|{_MONTH})|с\s+\d|по\s+\d|в\s+(?:\d|{_MONTH})|\d{{1,2}}\.\d{{1,2}}(?:\.\d{{2,4}})?"
    rf"|\d{{1,2}}\s+{_MONTH}|{_MONTH}|(?:19|20)\d\d\b|\d+\s+раз|раз\s+в|один\s+раз|[IVX]+\s+(?:квартал|полугоди)|учебный\s+год|немедленно|незамедлительно"
)
DEADLINE_PIECE = re.compile(rf"\s*[-–—(]?\s*(?:{_DEADLINE})", re.IGNORECASE)
DEADLINE_TAIL = re.compile(rf"(?:\s*[-–—(,.]\s*|\s+)(?:{_DEADLINE}).*$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Atom:
    """A stretch between separators, or several that belong together; `prefix` is what the list left out."""

    start: int
    end: int
    separator: str = ""
    prefix: str = ""


@dataclass(frozen=True)
class Listed:
    """A text with its masked twin and the names in it."""

    text: str
    masked: str
    names: tuple[Name, ...]


def listed(text: str) -> Listed:
    """Mask quotations, brackets and names: «МКУ «ЦБ», Иванов И.И.» keeps one comma."""
    names = tuple(find_names(text))
    masked = list(text)
    for match in _ENCLOSED.finditer(text):
        if _LABELLED.match(match[0]):
            continue  # «Махмутов Р.Р. (контроль – Галиева С.С.)»
        masked[match.start() : match.end()] = QUOTED * len(match[0])
    for name in names:
        if masked[name.start] != QUOTED:
            masked[name.start : name.end] = NAMED * (name.end - name.start)
    line = "".join(masked)
    for match in _joined().finditer(line):
        line = line[: match.start()] + match[0].replace(" ", "_").replace(",", "_") + line[match.end() :]
    return Listed(text, line, names)


@cache
def _joined() -> re.Pattern[str]:
    """«ГО и ЧС», «КДН и ЗП»: one thing, however the list is cut."""
    compounds = sorted(printed("organizations", "joined"), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(c).replace(r"\ ", r"\s") for c in compounds) + r")\b")


def members(source: Listed, start: int, end: int, case: Case | None = None) -> list[Atom]:
    """The members of the list in `text[start:end]`, with the words restored that it leaves out."""
    found: list[Atom] = []
    is_open = False
    for atom in _atoms(source, start, end):
        piece = source.text[atom.start : atom.end]
        if DEADLINE_PIECE.match(piece) or not re.search(r"[А-ЯЁа-яёA-Za-z]", piece):
            is_open = bool(found) and re.fullmatch(r"[№\d\s.-]+", piece) is not None
            if is_open:
                found[-1] = _joined_to(found[-1], atom)
            continue
        found = [*found[:-1], *_taken(source, found[-1], atom, case)] if found else [atom]
    return found


def _atoms(source: Listed, start: int, end: int) -> Iterator[Atom]:
    at, separator = start, ""
    for match in _SEPARATOR.finditer(source.masked, start, end):
        if match.start() > at:
            yield from _stripped(source.text, at, match.start(), separator)
        at, separator = match.end(), match[0].strip().lower() or " "
    yield from _stripped(source.text, at, end, separator)


def _stripped(text: str, start: int, end: int, separator: str) -> Iterator[Atom]:
    while start < end and text[start] in " \t\n\u00a0-–—,.;:•*":
        start += 1
    number = _ITEM_NUMBER.match(text, start, end)
    start = number.end() if number else start
    while end > start and text[end - 1] in " \t\n\u00a0-–—,;:•*(":
        end -= 1
    if re.search(r"[а-яё]{4}\.$", text[max(start, end - 5) : end]):
        end -= 1  # the full stop of the list; «зам.» keeps its own
    if end > start:
        yield Atom(start, end, separator)


def _joined_to(first: Atom, second: Atom) -> Atom:
    return Atom(first.start, second.end, first.separator, first.prefix)


def _taken(source: Listed, last: Atom, atom: Atom, case: Case | None) -> list[Atom]:
    """Is the stretch a member of its own, one that shares its head with the last, or the last one's tail?"""
    if source.masked[atom.start] == NAMED or (
        is_lone_surname(source.text[atom.start : atom.end]) and is_lone_surname(source.text[last.start : last.end])
    ):
        return [last, atom]
    before = tokens(last.prefix.rstrip("\0") + source.text[last.start : last.end])
    items = tokens(source.text[atom.start : atom.end])
    prefix = _shared_prefix(source, last, before, atom, items, case)
    if prefix is not None:
        return [last, Atom(atom.start, atom.end, atom.separator, prefix)]
    if _is_matter(before, atom, items):
        return [_joined_to(last, atom)]
    if starts_member(items, case) and not _is_duty(before, items):
        shared = _shared_tail(source, last, before, atom, items)
        return [shared or last, atom]
    if ":" in atom.separator or ("\n" in atom.separator and source.text[atom.start].isupper()):
        return [last, atom]
    return [_joined_to(last, atom)]


def is_lone_surname(raw: str) -> bool:
    """«Савчуку»: one capitalised word that is a surname and nothing else."""
    if not re.fullmatch(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?", raw) or surname_score(raw) < LIKELY:
        return False
    return "Surn" in parses(raw)[0].grammemes or not is_known(raw)


def starts_member(items: list[Token], case: Case | None) -> bool:
    """Does the stretch begin with a head of its own in the case of the list?"""
    if not items:
        return False
    if past_fixed(items, 0) or is_abbreviation(items[0].text):
        return True
    head = find_head(items, 0, case or "nominative")
    if head is None or not is_listed(head):
        return False
    return head.reading.case == CASE_CODE[case or "nominative"]


def is_listed(head: Head) -> bool:
    """Is the head a post, a group, a body or an organization of the lexicon?"""
    return any(lemma_in(head.lemma, name) for name in ("people", "collectives", "bodies", "organizations"))


def _is_matter(before: list[Token], atom: Atom, items: list[Token]) -> bool:
    """«отдел строительства и ЖКХ администрации»: a matter that a department deals with is no body."""
    head = find_head(before)
    is_body = head is not None and lemma_in(head.lemma, "organizations") and not before[-1].text.startswith(("«", '"'))
    return is_body and atom.separator in ("и", ",") and fold(items[0].text) in words("organizations", "matters")


def _is_duty(before: list[Token], items: list[Token]) -> bool:
    """«заместители директоров по УВР, ВР»: the matters that a deputy answers for."""
    duties = words("organizations", "duties")
    if len(items) != 1 or fold(items[0].text) not in duties:
        return False
    tail = [fold(t.text) for t in before]
    while tail and (tail[-1] in duties or tail[-1] in (",", "и")):
        tail.pop()
    return bool(tail) and tail[-1] == "по" and len(tail) < len(before)


# --- what the list leaves out


def _shared_prefix(
    source: Listed, last: Atom, before: list[Token], atom: Atom, items: list[Token], case: Case | None
) -> str | None:
    """«руководители» of «руководители МБУ ДО «Радуга» и ОО», when the stretch can only be a second tail."""
    head = find_head(before, 0, case or "nominative")
    if (
        head is None
        or not head.is_plural
        or not lemma_in(head.lemma, "people")
        or NAMED in source.masked[last.start : last.end]
    ):
        return None
    if _is_subject(before, head, items):  # «учителя математики, физики»
        return last.prefix or source.text[last.start : last.start + before[head.index + 1].start]
    tail = _tail_index(before, head)
    if tail is None or _is_duty(before, items) or not _is_second_tail(before, tail, atom, items, case):
        return None
    if last.prefix:
        return last.prefix
    # «председатели СПК «Рассвет» и «Колос»»: a bare name has the legal form of the first
    form = items[0].text[0] in '«"“' and before[tail].text[0] not in '«"“'
    names = (t for t in before[tail:] if t.text[0] in '«"“')
    stop = next(names, before[tail]) if form else before[tail]
    return source.text[last.start : last.start + stop.start]


def _is_subject(before: list[Token], head: Head, items: list[Token]) -> bool:
    """Whether head and one genitive are followed by one more genitive, which names nobody."""
    tail = before[head.index + 1 :] if not before[-1].text.endswith("\0") else []
    both = [*tail, *items]
    if len(tail) != 1 or len(items) != 1 or not all(t.is_word and t.text.islower() for t in both):
        return False
    readings = [[p for p in parses(t.text) if p.part == "NOUN" and p.case == "gent"] for t in both]
    named = ("people", "collectives", "bodies", "organizations")
    return all(r and not any(lemma_in(fold(p.normal_form), name) for p in r for name in named) for r in readings)


def _tail_index(items: list[Token], head: Head) -> int | None:
    """Where the institution begins that the head belongs to: «МБУ» in «методисты МБУ ДО «Радуга»»."""
    for index in range(head.index + 1, len(items)):
        token = items[index]
        if token.text[0] == "(" or fold(token.text) in ("по", "за", "с", "на", "в", "от"):
            return None
        if is_abbreviation(token.text):
            return index
        if token.is_word and _genitive_organization(token.text):
            while index - 1 > head.index and any(
                p.part in ("ADJF", "PRTF") and p.case == "gent" for p in parses(items[index - 1].text)
            ):
                index -= 1
            return index
    return None


def _genitive_organization(word: str) -> str | None:
    """The number of a genitive organization noun: «школ» → plural."""
    for reading in parses(word):
        if reading.part == "NOUN" and reading.case == "gent" and _is_organization(fold(reading.normal_form)):
            return reading.number
    return None


def _is_organization(lemma: str) -> bool:
    return lemma_in(lemma, "organizations") or lemma_in(lemma, "bodies")


def _is_second_tail(before: list[Token], tail: int, atom: Atom, items: list[Token], case: Case | None) -> bool:
    first = items[0]
    has_and = "и" in atom.separator or "также" in atom.separator
    if first.text[0] in '«"“':
        return True
    if is_abbreviation(first.text):
        kinds = words("organizations", "kinds")
        is_kind = fold(first.text) in kinds or first.text == before[tail].text
        return has_and or is_kind
    number = _leading_genitive(items)
    if number is None:
        return False
    own = next(
        (_genitive_organization(t.text) for t in before[tail:] if t.is_word and _genitive_organization(t.text)), None
    )
    if starts_member(items, case):
        return has_and and own == number == "sing"
    return own == number or is_abbreviation(before[tail].text)


def _leading_genitive(items: list[Token]) -> str | None:
    """The number of an organization in the genitive at the beginning: «детских садов» → plural."""
    for token in items[:4]:
        if not token.is_word:
            return None
        number = _genitive_organization(token.text)
        if number is not None:
            return number
        if not any(p.part in ("ADJF", "PRTF") and p.case == "gent" for p in parses(token.text)):
            return None
    return None


def _shared_tail(source: Listed, last: Atom, before: list[Token], atom: Atom, items: list[Token]) -> Atom | None:
    """«руководители и педагоги ОО»: the first of two groups has the institution of the second."""
    if atom.separator != "и" or last.prefix or len(before) > 2:
        return None
    first, second = find_head(before), find_head(items)
    if first is None or second is None or not (first.is_plural and second.is_plural) or first.index != len(before) - 1:
        return None
    if not (lemma_in(first.lemma, "people") and lemma_in(second.lemma, "people")):
        return None
    tail = _tail_index(items, second)
    if tail is None or tail != second.index + 1:
        return None
    return Atom(
        last.start,
        last.end,
        last.separator,
        source.text[last.start : last.end] + " " + source.text[atom.start + items[tail].start : atom.end] + "\0",
    )
