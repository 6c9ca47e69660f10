"""The last resort for a person that no pattern finds: natasha's tagger, line by line.

natasha itself imports pymorphy2, which the lock file leaves out, so slovnet and navec run the model files that the
natasha package carries. Without them, or without slovnet, nothing is found. One BLAS thread
(`OPENBLAS_NUM_THREADS=1`) is four times as fast on two cores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from pipeline.nlp.morph import has_tag, is_known
from pipeline.nlp.names import Name, find_names, is_given, surname_score

_EMBEDDING: Final = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"
_MODEL: Final = "data/model/slovnet_ner_news_v1.tar"
_INITIALS = re.compile(r"(?<![А-ЯЁа-яё])[А-ЯЁ]\.(?:\s?[А-ЯЁ]\.)?")
_WORD = re.compile(r"[А-ЯЁ][А-ЯЁа-яё]+(?:-[А-ЯЁ][А-ЯЁа-яё]+)*")
_START: Final = "— "  # the tagger loses a name that begins a line


def ner_persons(lines: Iterable[tuple[int, str]]) -> list[Name]:
    """Find people in lines, given with their offsets, that `find_names` does not: «выступил Рамазан Юнусбек»."""
    tagger = _tagger()
    if tagger is None:
        return []
    return [name for start, line in lines if line.strip() for name in _in_line(tagger, start, line)]


@cache
def _tagger() -> Callable[[str], Any] | None:
    """slovnet's tagger with the weights of the natasha package, or None where either is missing."""
    spec = find_spec("natasha")
    if (
        spec is None
        or not spec.submodule_search_locations
        or find_spec("slovnet") is None
        or find_spec("navec") is None
    ):
        return None
    folder = Path(next(iter(spec.submodule_search_locations)))
    embedding, model = folder / _EMBEDDING, folder / _MODEL
    if not (embedding.exists() and model.exists()):
        return None
    from navec import Navec
    from slovnet import NER

    tagger = NER.load(str(model))
    tagger.navec(Navec.load(str(embedding)))
    found: Callable[[str], Any] = tagger
    return found


def _in_line(tagger: Callable[[str], Any], offset: int, line: str) -> Iterator[Name]:
    known = find_names(line)
    for span in tagger(_START + line).spans:
        start, end = span.start - len(_START), span.stop - len(_START)
        if span.type != "PER" or start < 0 or any(start < n.end and n.start < end for n in known):
            continue
        name = _name(line, start, end)
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
    return (family, given, patronymic, None) if len(found) > 1 else None
