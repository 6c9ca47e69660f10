"""Names of events, conditions and documents, as said after a preposition, put into the nominative."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.nlp.morph import Parse

# the case that the preposition governs; several where the form alone must decide
CASES = {
    "gen": ("gent",),
    "dat": ("datv",),
    "loc": ("loct", "accs"),
    "ins": ("ablt",),
    "any": ("datv", "ablt", "gent", "loct"),
}
WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
TRIM = " \t\n\r.,;:–—-"
ADJECTIVES = frozenset(("ADJF", "PRTF", "NPRO"))
MAX_WORDS = 6  # the head noun stands near the front


class EventRef(NamedTuple):
    """Where an event is named in the text, the case it stands in, and a nominative already known for its head."""

    start: int
    end: int
    case: str
    head: str = ""


def event_text(text: str, ref: EventRef) -> str | None:
    """«по мере поступления документов» → «поступление документов»."""
    raw = " ".join(text[ref.start : ref.end].split()).strip(TRIM)
    if raw.endswith(")") and "(" not in raw:
        raw = raw[:-1].strip(TRIM)
    raw = re.sub(r"^(?:их|его|ее|её)\s+", "", raw) if " " in raw else raw
    if ref.head:
        return f"{ref.head} {raw}".strip()
    return (nominative(raw, ref.case) or None) if raw else None


@lru_cache(maxsize=5_000)
def nominative(phrase: str, case: str) -> str:
    """«августовскому педагогическому совещанию» → «августовское педагогическое совещание»; never fails."""
    try:
        return _nominative(phrase, CASES.get(case, CASES["any"]))
    except Exception:  # a library's surprise must not cost the deadline
        return phrase


def _nominative(phrase: str, cases: tuple[str, ...]) -> str:
    words = list(WORD.finditer(phrase))[:MAX_WORDS]
    head: list[tuple[re.Match[str], Parse]] = []
    for word in words:
        if head and phrase[head[-1][0].end() : word.start()].strip():
            return phrase  # punctuation before a noun was met
        found = _in_case(word[0], cases, bool(head))
        if found is None:
            return phrase
        head.append((word, found))
        if found.part not in ADJECTIVES:
            return _inflected(phrase, head)
    return phrase


def _in_case(word: str, cases: tuple[str, ...], after_adjective: bool) -> Parse | None:
    from pipeline.nlp.morph import parses

    fitting = [p for p in parses(word) if p.case in cases or "Fixd" in p.grammemes]
    nouns = [p for p in fitting if p.part == "NOUN"]
    adjectives = [p for p in fitting if p.part in ADJECTIVES]
    if nouns and adjectives and not after_adjective:
        return max(nouns[0], adjectives[0], key=lambda p: p.score)
    return next(iter([*nouns, *adjectives]), None)


def _inflected(phrase: str, head: list[tuple[re.Match[str], Parse]]) -> str:
    from pipeline.nlp.morph import inflect

    noun = head[-1][1]
    number = noun.number or "sing"
    out, done = [], 0
    for word, parse in head:
        wanted = {"nomn", number}
        if parse is not noun and number == "sing" and noun.gender:
            wanted.add(noun.gender)
        form = inflect(word[0], parse, frozenset(wanted))
        out += [phrase[done : word.start()], _like(word[0], form) if form else word[0]]
        done = word.end()
    return "".join(out) + phrase[done:]


def _like(printed: str, form: str) -> str:
    """Capitals as printed: «Нового» → «Новый», «ГИА» stays."""
    if printed.isupper() and len(printed) > 1:
        return printed
    return form[0].upper() + form[1:] if printed[0].isupper() else form
