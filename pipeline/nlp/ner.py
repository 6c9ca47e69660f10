"""The last resort for a person that no pattern finds: natasha's tagger, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pipeline.nlp.morph import has_tag, is_known
from pipeline.nlp.names import QUOTES, Name, find_names, is_given, is_namesake, surname_score
from pipeline.nlp.tagger import Span, tagger

_INITIALS = re.compile(r"(?<![А-ЯЁа-яё])[А-ЯЁ]\.(?:\s?[А-ЯЁ]\.)?")
_WORD = re.compile(r"[А-ЯЁ][А-ЯЁа-яё]+(?:-[А-ЯЁ][А-ЯЁа-яё]+)*")
_START: Final = "— "  # the tagger loses a name that begins a line


def ner_persons(lines: Iterable[tuple[int, str]]) -> list[Name]:
    """Find people in lines, given with their offsets, that `find_names` does not: «выступил Рамазан Юнусбек»."""
    worth = [(start, line, known) for start, line in lines if _has_more(line, known := find_names(line))]
    model = tagger() if worth else None
    if model is None:
        return []
    found = model.spans([_START + line for _, line, _ in worth])
    return [name for row, spans in zip(worth, found, strict=True) for name in _in_line(*row, spans)]


def _has_more(line: str, known: Sequence[Name]) -> bool:
    """Whether capitalized words are left that could be a name: two of them, or one with an initial."""
    starts, ends = [0, *(n.end for n in known)], [*(n.start for n in known), len(line)]
    rest = "".join(line[start:end] for start, end in zip(starts, ends, strict=True))
    words = len(_WORD.findall(rest))
    return words > 1 or (words == 1 and _INITIALS.search(rest) is not None)


def _in_line(offset: int, line: str, known: Sequence[Name], spans: Iterable[Span]) -> Iterator[Name]:
    for span in spans:
        start, end = span.start - len(_START), span.end - len(_START)
        if span.type != "PER" or start < 0 or any(start < n.end and n.start < end for n in known):
            continue
        name = None if is_namesake(line, start) or line[start - 1 : start] in QUOTES else _name(line, start, end)
        if name is not None:
            yield Name(offset + start, offset + end, *name)


def _name(line: str, start: int, end: int) -> tuple[str, str | None, str | None, str | None] | None:
    """Surname, given name, patronymic, initials; None without initials and without a tag of a name."""
    text = line[start:end]
    found = [m[0] for m in _WORD.finditer(text)]
    initials = _INITIALS.search(text)
    if not found or "\n" in text:
        return None
    is_tagged = any(is_known(w) and any(has_tag(w, tag) for tag in ("Surn", "Name", "Patr")) for w in found)
    if not (initials or is_tagged) or any(surname_score(w) == 0 and not is_given(w) for w in found):
        return None
    if initials:
        return found[-1], None, None, initials[0]
    patronymic = next((w for w in found if has_tag(w, "Patr")), None) if len(found) > 2 else None
    rest = [w for w in found if w != patronymic]
    given = next((w for w in rest if is_given(w)), None) if len(rest) > 1 else None
    family = next((w for w in reversed(rest) if w != given), rest[-1])
    return (family, given, patronymic, None) if given is not None else None
