"""The text after a label or of a table cell read as assignees: people with their posts, groups, organizations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pipeline.model import Assignee, AssigneeRole
from pipeline.nlp.heads import find_head, lemma_in, tokens
from pipeline.nlp.morph import Case, Gender, fold, parses
from pipeline.nlp.names import Name, is_namesake
from pipeline.nlp.people import printed, words
from pipeline.nlp.persons import PersonName, nominative_name
from pipeline.nlp.phrases import entity_type, nominative_phrase, singular_phrase
from pipeline.parsers.assignee_lists import (
    DEADLINE_PIECE,
    DEADLINE_TAIL,
    NAMED,
    Atom,
    Listed,
    is_lone_surname,
    listed,
    members,
)

_RESPONSIBLE: Final = (
    r"отв(?:етств)?\.\s*(?:за\s+исполнение|за\s+выполнение|исполнитель|лиц[оа])?\s*[:–—-]?|отв\s*[:–—-]"
    r"|ответственн(?:ый|ые|ая|ых|ым|ого|ыми)(?:\s+(?:исполнител[ьи]|лиц[оа]|за\s+исполнение|за\s+выполнение|за\s+реализацию)){0,2}\s*[:–—-]"
    r"|исполнител[ьи]\s*[:–—-]|исп\.\s*[:–—-]?"
)
_CONTROL: Final = (
    r"контрол(?:ь|ирует|ируют|[её]р[ы]?)\b[^:;,\n\x02]{0,60}?(?:\s*:|\s+[–—-]\s|[–—])"
    r"|ответственн\w+\s+за\s+контроль\s*[:–—-]|контроль\s+(?=\x02)"
)
_WITH: Final = r"соисполнител[ьи]\s*[:–—-]?"
_SECTION = re.compile(
    rf"(?<![А-ЯЁа-яё])(?:(?P<controller>{_CONTROL})|(?P<co_executor>{_WITH})|(?P<responsible>{_RESPONSIBLE}))",
    re.IGNORECASE,
)
_TOGETHER_CASE: Final[dict[str, Case]] = {"с": "instrumental", "со": "instrumental"}
_EDGE: Final = " \t\n\u00a0.,;:–—-•*_"
_CLOSING_SURNAME = re.compile(r"\s([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)$")
_COMPOSED = re.compile(r"\s*,?\s*в\s+(?:следующем\s+)?составе?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a list with one role and one case."""

    start: int
    end: int
    role: AssigneeRole
    case: Case | None


def parse_assignees(
    text: str,
    *,
    role: AssigneeRole = "responsible",
    abbreviations: Mapping[str, str] | None = None,
    case: Case | None = None,
) -> list[Assignee]:
    """Read the text after a label or of a table cell: «руководители ОО, Петрова С.В.» → a group and a person.

    `case` is the case of the whole list where a verb dictates it. An abbreviation stays as printed; that
    `abbreviations` defines it makes it a member of its own.
    """
    del abbreviations  # any abbreviation begins a member of its own; its expansion is the reader's business
    source = listed(text)
    found: list[Assignee] = []
    for section in _sections(source, role, case):
        found += _tied(
            source,
            [
                part
                for atom in members(source, section.start, section.end, section.case)
                for part in _read(source, atom, section)
            ],
        )
    return _distinct(found)


# --- sections


def _sections(source: Listed, role: AssigneeRole, case: Case | None) -> Iterator[Section]:
    """Cut at labels and at «совместно с»: what follows «Контроль –» is the controller's."""
    at, now, now_case = 0, role, case
    for match in _marks(source.masked):
        if match.start() > at:
            yield Section(at, match.start(), now, now_case)
        at = match.end()
        kind = match.lastgroup
        if kind == "controller":
            now, now_case = "controller", None
        elif kind == "co_executor":
            now, now_case = "co_executor", None
        elif kind == "responsible":
            now, now_case = role, None
        else:
            now, now_case = "co_executor", _TOGETHER_CASE.get(match[0].split()[-1].lower(), "genitive")
    if at < len(source.text):
        yield Section(at, len(source.text), now, now_case)


def _marks(masked: str) -> list[re.Match[str]]:
    together = re.compile(
        r"(?<![А-ЯЁа-яё])(?:"
        + "|".join(t.replace(" ", r"\s+") for t in printed("slots", "together"))
        + r")(?![А-ЯЁа-яё])",
        re.IGNORECASE,
    )
    marks = sorted([*_SECTION.finditer(masked), *together.finditer(masked)], key=lambda m: m.start())
    return [m for i, m in enumerate(marks) if i == 0 or m.start() >= marks[i - 1].end()]


# --- members


def _read(source: Listed, atom: Atom, section: Section) -> Iterator[Assignee]:
    """A member of the list: a person, a person with a post, a body with its people in brackets, a phrase."""
    start, end = _without_deadline(source, atom.start, atom.end)
    names = [n for n in source.names if start <= n.start and n.end <= end]
    if not names:
        yield from _phrase(source.text, start, end, section, atom.prefix)
        return
    if source.masked[names[0].start] != NAMED:
        yield from _bracketed(source, start, end, names, section)
        return
    at = start
    for index, name in enumerate(names):
        stop = names[index + 1].start if index + 1 < len(names) else end
        yield from _named(source, at, stop, name, section, is_last=index + 1 == len(names))
        at = name.end


def _without_deadline(source: Listed, start: int, end: int) -> tuple[int, int]:
    tail = DEADLINE_TAIL.search(source.masked, start, end)
    return start, tail.start() if tail and tail.start() > start else end


def _bracketed(source: Listed, start: int, end: int, names: list[Name], section: Section) -> Iterator[Assignee]:
    """«Управление образования (Петрова С.В.)» gives both, «директор (Петрова С.В.)» the person with the post."""
    opening = source.text.rfind("(", start, names[0].start)
    if opening < start:
        yield from _phrase(source.text, start, end, section, "")
        return
    outer = list(_phrase(source.text, start, opening, section, ""))
    closing = source.text.find(")", opening)
    inner = source.text[opening + 1 : closing if closing > 0 else end]
    shift = opening + 1
    people = [
        replace(a, start=a.start + shift, end=a.end + shift, rule="in_brackets")
        for a in parse_assignees(inner, role=section.role)
        if a.entity_type == "person" or outer
    ]
    people = [_redeclined(source, a, section) for a in people]
    if len(outer) == 1 and outer[0].entity_type == "post" and sum(a.entity_type == "person" for a in people) == 1:
        yield from (replace(a, post=a.post or outer[0].name) for a in people if a.entity_type == "person")
        return
    yield from outer
    yield from (a for a in people if a.entity_type == "person")


def _redeclined(source: Listed, assignee: Assignee, section: Section) -> Assignee:
    """A name in brackets stands in the nominative, or follows its head: «отделу (Петрову П.П.)»."""
    name = next((n for n in source.names if n.start == assignee.start), None)
    if name is None or section.case is None:
        return assignee
    return replace(assignee, name=_person(name, None, section.case).text)


def _named(source: Listed, start: int, end: int, name: Name, section: Section, *, is_last: bool) -> Iterator[Assignee]:
    """A person, with the post before or after the name; a body before the name is an assignee of its own."""
    before = source.text[start : name.start].strip(_EDGE + "(")
    after = source.text[name.end : end].strip(_EDGE + "()") if is_last else ""
    post: str | None = None
    case = section.case
    if before and not _is_noise(before):
        phrase = nominative_phrase(before, case)
        kind = entity_type(phrase)
        if kind == "post":
            post = phrase
        else:
            yield from _phrase(source.text, start, name.start, section, "")
    if after and post is None and not _is_noise(after) and entity_type(after) == "post":
        post = nominative_phrase(after, case)
    person = _person(name, case, case, post)
    yield Assignee(
        person.text, source.text[name.start : name.end], "person", section.role, name.start, name.end,
        "person_with_post" if post else "person", post, is_undecided=person.is_undecided,
    )  # fmt: skip


def _person(name: Name, case: Case | None, hint: Case | None, post: str | None = None) -> PersonName:
    """The nominative; a form that decides nothing follows the case of the list."""
    gender: Gender | None = "feminine" if post and re.search(r"(?:ая|ница|сестра|няня)\b", post.split(" ")[0]) else None
    person = nominative_name(name, case, gender)
    return nominative_name(name, hint, gender) if person.is_undecided and hint else person


def _is_noise(text: str) -> bool:
    """A deadline, a mark, or «и др.»."""
    if fold(text).strip(" .") in words("slots", "nobody"):
        return True
    return not re.search(r"[А-ЯЁа-яё]{2}", text) or DEADLINE_PIECE.match(text) is not None


def _phrase(text: str, start: int, end: int, section: Section, prefix: str) -> Iterator[Assignee]:
    """A post, a group or an organization in words."""
    composed = _COMPOSED.search(text[:end], start)
    if composed is not None:
        end = composed.start()
    while start < end and text[start] in _EDGE + "(":
        start += 1
    while end > start and (text[end - 1] in _EDGE or _is_unpaired(text, start, end)):
        end -= 1
    raw = text[start:end]
    if not re.search(r"[А-ЯЁа-яё]", raw) or fold(raw).strip(" .") in words("slots", "nobody"):
        return
    if not prefix and _is_nobody(raw):
        return
    closing = _CLOSING_SURNAME.search(raw) if not prefix else None
    if closing and _is_surname_of_somebody(raw, closing):
        post = nominative_phrase(raw[: closing.start()], section.case)
        if entity_type(post) == "post":  # «заведующая Ковальчук»
            at = start + closing.start(1)
            person = _person(Name(at, end, closing[1]), section.case, section.case, post)
            yield Assignee(person.text, closing[1], "person", section.role, at, end, "surname_with_post", post)
            return
    if not prefix and is_lone_surname(raw):
        person = _person(Name(start, end, raw), section.case, section.case)
        yield Assignee(person.text, raw, "person", section.role, start, end, "surname_alone")
        return
    full = prefix.rstrip("\0") if prefix.endswith("\0") else (prefix + raw if prefix else raw)
    name = nominative_phrase(full, section.case)
    yield Assignee(name, raw, entity_type(name), section.role, start, end, "shared_head" if prefix else "phrase")


def _is_surname_of_somebody(raw: str, closing: re.Match[str]) -> bool:
    """«заведующая Ковальчук»; not «директор школы им. Пушкина»."""
    is_surname = is_lone_surname(closing[1]) and "Surn" in parses(closing[1])[0].grammemes
    return is_surname and not is_namesake(raw, closing.start(1))


def _is_nobody(raw: str) -> bool:
    """«согласно плану», «см. приложение № 2», «будут определены позже», «Фамилия И.О.»: words that name no party."""
    if re.match(r"и\.\s?о\.|вр\.?\s?и\.|врио|врид", raw, re.IGNORECASE):
        return False
    first = parses(re.split(r"[\s.]", raw, maxsplit=1)[0])[0]
    if raw[0].islower() and first.part in ("PREP", "VERB", "CONJ", "PRCL", "ADVB", "PRTS", "PRED", "NPRO"):
        return fold(raw.split(" ", 1)[0]) not in ("все", "каждый", "лично", "врио", "ио")
    return re.match(r"см\.|фамилия|ф\.?\s?и\.?\s?о\b|приложени", raw, re.IGNORECASE) is not None


def _is_unpaired(text: str, start: int, end: int) -> bool:
    return text[end - 1] == ")" and "(" not in text[start:end]


def _tied(source: Listed, parts: list[Assignee]) -> list[Assignee]:
    """«Петрова С.В., директор школы» is one person; «методисты Иванова И.И., Петрова П.П.» are two with a post."""
    tied: list[Assignee] = []
    for part in parts:
        last = tied[-1] if tied else None
        if last and _follows_as_post(source, last, part):
            tied[-1] = replace(last, post=part.name, rule="person_with_post")
        else:
            tied.append(part)
    return _spread(source, tied)


def _follows_as_post(source: Listed, last: Assignee, part: Assignee) -> bool:
    if last.entity_type != "person" or last.post or part.entity_type != "post" or part.role != last.role:
        return False
    between = source.text[last.end : part.start]
    return re.fullmatch(r"[.\s]*(?:,|[–—-]|\()?\s*", between) is not None and "\n" not in between


def _spread(source: Listed, parts: list[Assignee]) -> list[Assignee]:
    """A plural post right before two or more names is the post of each."""
    result: list[Assignee] = []
    index = 0
    while index < len(parts):
        part = parts[index]
        run = index + 1
        while run < len(parts) and parts[run].entity_type == "person" and parts[run].post is None:
            run += 1
        is_close = run - index > 2 and not re.search(r"[^\s]", source.text[part.end : parts[index + 1].start])
        if part.entity_type == "group" and is_close and _is_plural_post(part.name):
            post = singular_phrase(part.name)
            result += [replace(p, post=post, rule="person_with_post") for p in parts[index + 1 : run]]
            index = run
        else:
            result.append(part)
            index += 1
    return result


def _is_plural_post(name: str) -> bool:
    head = find_head(tokens(name))
    return head is not None and head.is_plural and lemma_in(head.lemma, "people")


def _distinct(found: list[Assignee]) -> list[Assignee]:
    seen: set[tuple[str, str]] = set()
    result: list[Assignee] = []
    for assignee in found:
        key = (fold(assignee.name), assignee.role)
        if key not in seen:
            seen.add(key)
            result.append(assignee)
    return result
