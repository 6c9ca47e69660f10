"""Lines and paragraphs: what begins a new one, how two halves of a broken word join. For TXT and PDF alike."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.clauses import opens_clause
from pipeline.labels import parse_label
from pipeline.lexicon import words
from pipeline.nlp.morph import is_known

_BROKEN = re.compile(r"(?P<head>[А-Яа-яЁё]+)[-‐\u00ad\ufffe]$")
_TAIL = re.compile(r"[а-яё]+")
PAGE_NUMBER = re.compile(r"\s*(?:[-–—]\s*)?(?:(?:стр(?:аница|\.)?\s*)?\d{1,3}(?:\s*(?:из|/)\s*\d{1,3})?)(?:\s*[-–—])?\s*", re.I)


def join_hyphenated(left: str, right: str) -> str:
    """Two lines as one: «ис-» + «пользование» → «использование», «социально-» + «бытовой» → «социально-бытовой»."""
    broken, tail = _BROKEN.search(left), _TAIL.match(right)
    if not broken:
        return f"{left} {right}"
    if tail and _is_one_word(broken["head"], tail[0]):
        return left[:-1] + right
    return left + right


@lru_cache(maxsize=4096)
def _is_one_word(head: str, tail: str) -> bool:
    """The dictionary decides; unknown to it, halves that are words of their own keep the hyphen."""
    if is_known(head + tail):
        return True
    if is_known(f"{head}-{tail}"):
        return False
    return not (is_known(head) and is_known(tail) and len(head) > 2)


def opens_item(line: str) -> bool:
    """Whether a line begins a paragraph whatever the width: «2.1. Провести …», «Срок: …», «РЕШИЛИ:»."""
    text = line.strip()
    if parse_label(text) is not None or opens_clause(text):
        return True
    return _is_marker_line(text)


def _is_marker_line(text: str) -> bool:
    """«СЛУШАЛИ: …», «Повестка дня:»: a marker word with its colon near the beginning."""
    if ":" not in text[:60] or not text[:1].isupper():
        return False
    lists = ("decision", "agenda", "heard", "spoke", "attendee", "absent", "invited", "chair", "secretary", "vote")
    return any(words("markers", name).match(text) for name in lists)
