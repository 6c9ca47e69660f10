"""Labelled clauses of a decision: «Срок: …», «Отв. – …», «(отв. Иванова И.И., срок – до 15.05)», «Контроль: …»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.deadlines import is_deadline
from pipeline.lexicon import words

ClauseKind = Literal["deadline", "assignee", "controller", "co_executor"]
_KINDS: tuple[ClauseKind, ...] = ("deadline", "assignee", "co_executor", "controller")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: `start..end` is what is cut from the sentence, `content_start..content_end` its value."""

    kind: ClauseKind
    start: int
    end: int
    content_start: int
    content_end: int


# what may follow the label without a colon or a dash
_DEADLINE_WORD = r"(?=(?:до|с|со|к|по|в|во|не|на|через|от|постоянно|еже[а-яё]+|[«\"]?\d|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр|[IVX]+\s+кв|систематич|регуляр|немедлен|весь|бессрочн|согласно|раз\s)(?![:]))"
_NAME_WORD = r"(?=(?:[А-ЯЁ]\.\s?[А-ЯЁ]|[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.))"
_BARE = {"deadline": rf"\s+{_DEADLINE_WORD}", "assignee": rf"\s+(?:[а-яё.-]+\s+){{0,4}}{_NAME_WORD}|(?<=отв\.)\s+(?=[а-яёА-ЯЁ])"}
_TAIL = r"(?:\s+(?:за|по|данного|настоящего|пункта|исполнени[ея]|выполнени[ея]|реализаци[юи]|решени[яй]|поручени[яй]|мероприяти[яй]|организацию|проведение|лица?|исполнители|исполнитель)(?![а-яё]))*"


@cache
def _label(kind: ClauseKind) -> re.Pattern[str]:
    bare = _BARE.get(kind)
    separator = r"(?:\s*(?:\([^()]{0,30}\)\s*)?[:–—]+\s*[-–—]?\s*|\s*-+\s*|\s*:\s*" + (f"|{bare}" if bare else "") + r"|\s*$)"
    phrase = words("clauses", kind).pattern
    return re.compile(rf"(?i:{phrase}\.?{_TAIL}){separator}")


_HEAD = re.compile(r"(?<![А-Яа-яЁёA-Za-z«])(?=[А-Яа-яЁё])")
_NOT_AFTER = re.compile(r"(?:\bв|\bна|\bв\s+указанн\w+|\bустановленн\w+|\bпод|\bза|\bи|\bпри|\bпод\s+\w+)\s+$", re.IGNORECASE)
_FIRST_LETTERS = frozenset("сдкпоирхСДКПОИРХ")


def label_at(text: str, position: int) -> tuple[ClauseKind, int] | None:
    """The clause label at a position and where its value begins: «Срок: постоянно» → (deadline, 6)."""
    if position >= len(text) or text[position] not in _FIRST_LETTERS:
        return None
    for kind in _KINDS:
        match = _label(kind).match(text, position)
        if match and not (match.end() == len(text) and position > 0 and ":" not in match[0]):
            return kind, match.end()
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
    found: list[tuple[int, ClauseKind, int]] = []
    position = 0
    for match in _HEAD.finditer(text):
        if match.start() < position:
            continue
        label = label_at(text, match.start())
        if label is None or not _may_open(text, match.start()):
            continue
        found.append((match.start(), *label))
        position = label[1]
    ends = [*(start for start, _, _ in found[1:]), len(text)][: len(found)]
    return [_clause(text, start, kind, content, end) for (start, kind, content), end in zip(found, ends, strict=True)]


def _may_open(text: str, position: int) -> bool:
    """A label opens a clause at the head of the text, of a line, of a sentence, of a bracket, or after a comma or dash."""
    before = text[:position].rstrip(" ")
    if not before:
        return True
    if _NOT_AFTER.search(text[:position]):
        return False
    if before[-1] in ".;:!?(,\n[–—-/|»)":
        return True
    return text[position].isupper()


def _clause(text: str, start: int, kind: ClauseKind, content: int, end: int) -> Clause:
    opening = text[:start].rstrip()
    bracketed = opening.endswith(("(", "[")) or _inside_bracket(text, start)
    stop = _bracket_end(text, content, end) if bracketed else _line_end(text, content, end)
    left = start
    if opening.endswith(("(", "[")):
        left = len(opening) - 1
    right = stop + 1 if stop < len(text) and text[stop] in ")]" and bracketed else stop
    value = text[content:stop]
    content += len(value) - len(value.lstrip())
    return Clause(kind, left, right, content, content + len(value.strip().rstrip(" ,;–—-(")))


def _inside_bracket(text: str, start: int) -> bool:
    return text.rfind("(", 0, start) > text.rfind(")", 0, start)


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
