"""Labelled clauses of a decision: «Срок: …», «Отв. – …», «(отв. Иванова И.И., срок – до 15.05)», «Контроль: …»."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from pipeline.deadlines import is_deadline
from pipeline.lexicon import words
from pipeline.nlp import entity_type, find_names, nominative_phrase
from pipeline.nlp.morph import has_infinitive

ClauseKind = Literal["deadline", "assignee", "controller", "co_executor"]
_KINDS: tuple[ClauseKind, ...] = ("deadline", "assignee", "co_executor", "controller")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: `start..end` is what is cut from the sentence, `content_start..content_end` its value.

    `items` are the numbers it is printed for («Отв. по п. 1, 2: …»), `is_for_all` «Срок для всех: …», «Контроль за
    исполнением решений: …»; one that is not labelled stands in brackets or behind a dash.
    """

    kind: ClauseKind
    start: int
    end: int
    content_start: int
    content_end: int
    items: tuple[str, ...] = ()
    is_for_all: bool = False
    is_labelled: bool = True


# what may follow the label without a colon or a dash
_DEADLINE_WORD = (
    r"(?=(?:(?:до|с|со|к|по|в|во|не|на|через|от)(?![а-яё])|постоянно|еже[а-яё]+|[«\"]?\d|январ|феврал|март|"
    r"апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр|[IVX]+\s+кв|систематич|регуляр|"
    r"немедлен|весь|бессрочн|согласно|раз\s)(?![:]))"
)
_NAME_WORD = r"(?=(?:[А-ЯЁ]\.\s?[А-ЯЁ]|[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.))"
_BARE = {
    "deadline": rf"\s+{_DEADLINE_WORD}",
    "assignee": rf"\s+(?:[а-яё.-]+\s+){{0,4}}{_NAME_WORD}|(?<=[Оо]тв\.)\s*(?=[а-яёА-ЯЁ])",
}
_ITEMS = r"(?:\s+(?:(?:по|к)\s+)?(?:п\.\s?п?\.?|(?<=по )п|пункт\w*)\s*(?P<items>\d[\d.,\sи–-]{0,80})(?![-–]?\d))?"
_FOR_ALL = r"(?P<all>\s+(?:для\s+всех|общий|по\s+всем\s+пунктам))?"
_TAIL = (
    r"(?:\s+(?:за|по|данного|настоящего|пункта|исполнени(?:ем|[ея])|выполнени(?:ем|[ея])|реализаци(?:ей|[юи])|решени[яй]|"
    r"поручени[яй]|протокола|мероприяти[яй]|организацию|проведение|лица?|исполнители|исполнитель)(?![а-яё]))*"
)


@cache
def _label(kind: ClauseKind) -> re.Pattern[str]:
    bare = _BARE.get(kind)
    separator = (
        r"(?:\s*(?:\([^()]{0,30}\)\s*)?[:–—]+\s*[-–—]?\s*|\s*-+\s*|\s*:\s*" + (f"|{bare}" if bare else "") + r"|\s*$)"
    )
    phrase = words("clauses", kind).pattern
    return re.compile(rf"(?i:{phrase}\.?{_FOR_ALL}{_TAIL}{_ITEMS}){separator}")


# a control over the decisions is one over all of them
_GENERAL = re.compile(r"решений|поручений|протокола", re.IGNORECASE)
_HEAD = re.compile(r"(?<![А-Яа-яЁёA-Za-z«])(?=[А-Яа-яЁё])")
_NOT_AFTER = re.compile(
    r"(?:\bв|\bна|\bв\s+указанн\w+|\bустановленн\w+|\bпод|\bза|\bи|\bпри|\bпод\s+\w+)\s+$", re.IGNORECASE
)
_FIRST_LETTERS = frozenset("сдкпоирхСДКПОИРХ")


def label_at(text: str, position: int) -> tuple[ClauseKind, re.Match[str]] | None:
    """The clause label at a position: «Срок: постоянно» is a deadline's, its match ends where the value begins."""
    if position >= len(text) or text[position] not in _FIRST_LETTERS:
        return None
    for kind in _KINDS:
        match = _label(kind).match(text, position)
        if match and not (match.end() == len(text) and position > 0 and ":" not in match[0]):
            return kind, match
    return None


def opens_clause(text: str) -> bool:
    """Whether a line begins with a clause label, behind a dash or a bracket too: «- Срок: …», «(отв. …»."""
    head = re.match(r"[\s(\[–—-]*", text)
    return label_at(text, head.end() if head else 0) is not None


def is_bare_deadline(text: str) -> bool:
    """Whether a line is a deadline and nothing else: «До 15.05.2024 г.», «до 20.08.2025 (срок перенесен)»."""
    bare = re.sub(r"\([^()]*\)\s*$", "", text.strip(" .;")).strip(" ().;,")
    return len(bare) < 120 and is_deadline(bare)


def find_clauses(text: str) -> list[Clause]:
    """The labelled clauses of a text in order; each reaches to the next one or to the end of its line."""
    bracketed = _labelled_brackets(text)
    found: list[tuple[int, ClauseKind, re.Match[str]]] = []
    position = 0
    for match in _HEAD.finditer(text):
        if match.start() < position or any(c.start <= match.start() < c.end for c in bracketed):
            continue
        label = label_at(text, match.start())
        if label is None or not _may_open(text, match.start()):
            continue
        found.append((match.start(), *label))
        position = label[1].end()
    starts = sorted([*(start for start, _, _ in found), *(c.start for c in bracketed), len(text)])
    ends = [starts[min(bisect_right(starts, start), len(starts) - 1)] for start, _, _ in found]
    plain = [_clause(text, start, kind, label, end) for (start, kind, label), end in zip(found, ends, strict=True)]
    return sorted([*plain, *bracketed], key=lambda c: c.content_start)


def _labelled_brackets(text: str) -> list[Clause]:
    """The brackets that hold nothing but terms and names, one of them labelled: «(апрель, отв. заведующие ДОУ)»."""
    clauses: list[Clause] = []
    for bracket in _BRACKET.finditer(text):
        start, end = _inside(bracket)
        if any(label_at(text[:end], head.start()) for head in _HEAD.finditer(text, start, end)):
            inner = _parts(text, start, end, is_final=True)
            clauses += [replace(c, start=bracket.start(), end=bracket.end()) for c in inner]
    return clauses


# how far before a label the word that makes it no label may stand («под их ответственность»)
_REACH = 60


def _may_open(text: str, position: int) -> bool:
    """A label opens a clause at the head of the text, of a line, a sentence, a bracket, or after a comma or dash."""
    window = text[max(0, position - _REACH) : position]
    before = window.rstrip(" ")
    if not before:
        return True
    if _NOT_AFTER.search(window):
        return False
    if before[-1] in ".;:!?(,\n[–—-/|»)":
        return True
    return text[position].isupper()


def _clause(text: str, start: int, kind: ClauseKind, label: re.Match[str], end: int) -> Clause:
    content = label.end()
    low = max(0, start - _REACH)
    opening = text[low:start].rstrip()
    bracketed = opening.endswith(("(", "[")) or _inside_bracket(text, start)
    stop = _bracket_end(text, content, end) if bracketed else _line_end(text, content, end)
    left = start
    if opening.endswith(("(", "[")):
        left = low + len(opening) - 1
    right = stop + 1 if stop < len(text) and text[stop] in ")]" and bracketed else stop
    value = text[content:stop]
    content += len(value) - len(value.lstrip())
    items = tuple(_numbered(label["items"] or ""))
    is_for_all = bool(label["all"]) or (kind == "controller" and _GENERAL.search(label[0]) is not None)
    return Clause(kind, left, right, content, content + len(value.strip().rstrip(" ,;–—-(")), items, is_for_all)


def _numbered(items: str) -> Iterator[str]:
    """«1–3, 5» → 1, 2, 3, 5."""
    for first, last in re.findall(r"(\d{1,3}(?:\.\d{1,3})*)(?:\s*[–—-]\s*(\d{1,3})(?![.\d]))?", items):
        if last and first.isdigit() and int(first) < int(last) < int(first) + 100:
            yield from map(str, range(int(first), int(last) + 1))
        else:
            yield from filter(None, (first, last))


def unlabelled_clauses(text: str) -> list[Clause]:
    """Terms and names that close an item without a label: «… – Иванов И.И., ноябрь», «… (Зуева Т.Т., 01.10)»."""
    found: list[Clause] = []
    for bracket in _BRACKET.finditer(text):
        if _is_quoted(text, bracket):
            continue  # «программа «Молодёжь района (2014–2018 годы)»
        inner = _parts(text, *_inside(bracket), is_final=not text[bracket.end() :].strip(" .;"))
        if len(inner) == 1 and _LENGTH.match(text, inner[0].content_start):
            continue  # «отпуск (28 календарных дней)» says how long
        found += [replace(c, start=bracket.start(), end=bracket.end()) for c in inner]
    term = next((m for m in _DASH.finditer(text) if _is_term(text, m)), None)
    if term and not found:
        value = text[term.end() :].rstrip(" .;")
        return [Clause("deadline", term.start(), len(text), term.end(), term.end() + len(value), is_labelled=False)]
    for tail in () if _APPOINTS.match(text) else (_COMMA_TAIL.search(text), _dash_tail(text)):
        if tail and not found and not _is_quoted(text, tail):
            inner = _parts(text, *tail.span("inner"), is_final=True)
            found += [replace(c, start=tail.start(), end=tail.end()) for c in inner]
    return [replace(c, is_labelled=False) for c in found]


def _dash_tail(text: str) -> re.Match[str] | None:
    """What closes an item behind a dash; behind a colon it is an element of a list."""
    return None if re.search(r":(?!\d)", text) else _DASH_TAIL.search(text)


def _is_term(text: str, dash: re.Match[str]) -> bool:
    """A deadline behind a dash, which joins no range: «понедельник – пятница» is none."""
    if not is_bare_deadline(text[dash.end() :]) or _is_quoted(text, dash) or _LENGTH.match(text, dash.end()):
        return False
    before = re.search(r"\S+$", text[: dash.start()])
    return before is None or not is_bare_deadline(before[0])


def _is_quoted(text: str, match: re.Match[str]) -> bool:
    """«Учитель года – 2025» is a name, not a term."""
    before = text[: match.start()]
    return before.count("«") > before.count("»") or before.count('"') % 2 == 1


_DASH = re.compile(r"\s+[–—-]\s+")
_LENGTH = re.compile(r"\d+\s*(?:\([^()]*\)\s*)?(?:календарн|рабоч|дн|день|сут|недел|месяц|час|лет|год)", re.IGNORECASE)
_BRACKET = re.compile(r"\s*(?:\((?P<inner>[^()]{3,200})\)|\[(?P<square>[^\[\]]{3,200})\])")
# «заказать альбомы, Бортникова С., до 1 ноября»
_COMMA_TAIL = re.compile(r",\s+(?P<inner>[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.(?:\s?[А-ЯЁ]\.)?(?:,\s+[^,;()]{3,60})?)[\s.;]*$")
_DASH_TAIL = re.compile(r"\s+[–—-]\s+(?P<inner>[^–—()]{3,160}?)[\s.;]*$")
_APPOINTS = re.compile(
    r"(?:избрать|назначить|утвердить|выбрать|включить|ввести|создать|закрепить|определить|сформировать|"
    r"считать|признать|контроль)",
    re.IGNORECASE,
)


def _parts(text: str, start: int, end: int, is_final: bool) -> list[Clause]:
    """The comma-separated parts of a bracket or a tail, if each is a term, a name or a labelled clause."""
    clauses: list[Clause] = []
    for left, right in _piece_spans(text, start, end):
        raw = text[left:right]
        piece = re.sub(r"(?<![А-ЯЁ])\.+$", "", raw.strip())
        if not piece:
            continue
        at = left + raw.find(piece)
        stop = at + len(piece)
        label = label_at(text[:end], at)
        kind = label[0] if label else _kind_of(piece)
        at = label[1].end() if label else at
        if kind is None and clauses and clauses[-1].kind == "assignee" and _names_people(piece):
            kind = "assignee"
        if kind is None and is_final and _names_group(piece):
            kind = "assignee"
        if kind is None:
            return []
        if clauses and clauses[-1].kind == kind:
            clauses[-1] = replace(clauses[-1], content_end=stop)
        else:
            clauses.append(Clause(kind, start, end, at, stop))
    if any(c.kind == "deadline" for c in clauses) or is_final:
        return clauses
    return []


def _inside(bracket: re.Match[str]) -> tuple[int, int]:
    return bracket.span("inner") if bracket["inner"] is not None else bracket.span("square")


def _piece_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut at commas and semicolons and where a label begins: «Срок: до 1 марта. Отв.: Лобанова Е.Д.»."""
    cuts = {start, end} | {match.end() for match in re.compile(r"[,;]").finditer(text, start, end)}
    cuts |= {head.start() for head in _HEAD.finditer(text, start, end) if label_at(text[:end], head.start())}
    return [(left, len(text[:right].rstrip(" ,;"))) for left, right in pairwise(sorted(cuts))]


def _kind_of(piece: str) -> ClauseKind | None:
    if re.fullmatch(r"по\s+согласованию", piece, re.IGNORECASE):
        return None
    if is_bare_deadline(piece):
        return "deadline"
    names = find_names(piece)
    if names and len(piece) - sum(n.end - n.start for n in names) < 60 and not has_infinitive(piece):
        return "assignee"
    return None


def _names_group(piece: str) -> bool:
    """«(члены РМО)» at the end of an item answers for it."""
    return (
        _names_people(piece)
        and entity_type(piece) == "group"
        and nominative_phrase(piece) == piece
        and "," not in piece
    )


def _names_people(piece: str) -> bool:
    return (
        not re.search(r"\d", piece)
        and entity_type(piece) in ("group", "post", "organization")
        and not has_infinitive(piece)
    )


def _inside_bracket(text: str, start: int) -> bool:
    low = max(0, start - 400)
    return text.rfind("(", low, start) > text.rfind(")", low, start)


def _bracket_end(text: str, start: int, end: int) -> int:
    depth = 0
    for i in range(start, end):
        if text[i] in "([":
            depth += 1
        elif text[i] in ")]":
            if depth == 0:
                return i
            depth -= 1
    return end


def _line_end(text: str, start: int, end: int) -> int:
    newline = text.find("\n", start, end)
    while newline >= 0 and not text[start:newline].strip():
        newline = text.find("\n", newline + 1, end)
    return newline if newline >= 0 else end
