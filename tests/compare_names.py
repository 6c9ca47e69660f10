"""Ours beside natasha on the people of documents: found, right nominatives, cost.

    python -m tests.compare_names [FOLDER WITH DOCUMENTS] [FOLDER WITH GOLD]

Of each protocol the distinct people of its gold (who has a role, who is responsible) are looked for. A person is found
where surname and initials agree in any case; its nominative is right where it is the gold's. `precision` counts every
person printed, also such as have no role (candidates, those discussed), so that it is a lower bound for the readers
of text; the whole pipeline reads roles and is measured as it is used. natasha's names need its pymorphy2.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from pipeline.model import Source
from pipeline.nlp import find_names, nominative_name
from pipeline.nlp.ner import ner_persons
from pipeline.nlp.tagger import stock_tagger, tagger
from pipeline.parsers import parse
from pipeline.readers import read

ROOT = Path(__file__).resolve().parent
Reader = Callable[[Source], Iterable[str]]
Document = tuple[Source, set[str]]


def lines(source: Source) -> list[tuple[int, str]]:
    return [(match.start(), match[0]) for match in re.finditer(r"[^\n]+", source.text)]


def by_pattern(source: Source) -> Iterable[str]:
    return (nominative_name(name).text for _, line in lines(source) for name in find_names(line))


def with_tagger(source: Source) -> Iterable[str]:
    yield from by_pattern(source)
    yield from (nominative_name(name).text for name in ner_persons(lines(source)))


def whole_pipeline(source: Source) -> Iterable[str]:
    protocol = parse(source)[1]
    yield from (p.name for p in protocol.participants if p.entity_type == "person")
    yield from (a.name for d in protocol.decisions for a in d.assignees if a.entity_type == "person")


def natasha() -> Reader:
    from natasha import PER, Doc, MorphVocab, NamesExtractor, NewsEmbedding, NewsMorphTagger, NewsNERTagger, Segmenter

    vocab, embedding, segmenter = MorphVocab(), NewsEmbedding(), Segmenter()
    morph, ner, names = NewsMorphTagger(embedding), NewsNERTagger(embedding), NamesExtractor(vocab)

    def surname_first(name: str) -> str:
        match = names.find(name)
        if match is None:
            return name
        fact = match.fact
        return " ".join(filter(None, (fact.last, " ".join(filter(None, (fact.first, fact.middle))))))

    def people(source: Source) -> Iterable[str]:
        for _, line in lines(source):  # line by line: on whole documents it finds half
            doc = Doc(line)
            doc.segment(segmenter)
            doc.tag_morph(morph)
            doc.tag_ner(ner)
            for span in doc.spans:
                if span.type == PER:
                    span.normalize(vocab)
                    yield surname_first(span.normal)

    return people


def key(name: str) -> tuple[str, ...]:
    """The stem of a surname and the initials: the same in every case."""
    family, *rest = re.findall(r"[а-яa-z]+(?:-[а-яa-z]+)*", name.lower().replace("ё", "е")) or [""]
    return (family[: max(3, len(family) - 3)], *(part[0] for part in rest[:2]))


def flat(name: str) -> str:
    return re.sub(r"[\s.]+", " ", name.lower().replace("ё", "е")).strip()


def expected(gold: dict[str, list[dict[str, str]]]) -> set[str]:
    people = {row["name"] for row in gold["people"] if "." in row["name"] or row["name"].count(" ") == 2}
    duties = (a for decision in gold["decisions"] for a in decision["assignees"])
    return people | {a["name"] for a in duties if a["entity_type"] == "person"}


def same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    stems = one[0].startswith(other[0]) or other[0].startswith(one[0])
    return stems and all(a == b for a, b in zip(one[1:], other[1:], strict=False))


def measure(reader: Reader, documents: list[Document]) -> tuple[float, float, float, float, float]:
    """Precision, recall, F1, share of right nominatives, milliseconds for 1,000 characters."""
    hits = found = caught = known = nominative = 0
    spent = 0.0
    for source, people in documents:
        started = time.perf_counter()
        names = list(dict.fromkeys(reader(source)))
        spent += time.perf_counter() - started
        keys = {key(name) for name in names}
        caught += sum(any(same(key(person), other) for other in keys) for person in people)
        hits += sum(any(same(other, key(person)) for person in people) for other in keys)
        found, known = found + len(keys), known + len(people)
        printed = set(map(flat, names))
        nominative += sum(flat(person) in printed for person in people)
    precision, recall = hits / (found or 1), caught / (known or 1)
    f1 = 2 * precision * recall / (precision + recall or 1)
    return precision, recall, f1, nominative / (caught or 1), spent / characters(documents) * 1e6


def characters(documents: list[Document]) -> int:
    return sum(len(source.text) for source, _ in documents)


def stock_cost(documents: list[Document]) -> tuple[float, float]:
    """Milliseconds for 1,000 characters: natasha's tagger as it comes, and ours with its weights, on every line."""
    texts = [line for source, _ in documents for _, line in lines(source)]
    costs = []
    for tag in (stock_tagger(), tagger()):
        started = time.perf_counter()
        _ = [tag(line) for line in texts] if tag is stock_tagger() else tag.spans(texts)
        costs.append((time.perf_counter() - started) / characters(documents) * 1e6)
    return costs[0], costs[1]


def main(folder: Path, gold: Path) -> None:
    documents: list[Document] = []
    for path in sorted(folder.rglob("*")):
        answer = gold / f"{path.stem}.json"
        if path.is_file() and answer.exists():
            truth = json.loads(answer.read_text(encoding="utf-8"))
            if truth["document"]["kind"] == "protocol":
                documents.append((read(path.read_bytes()), expected(truth)))
    print(f"{len(documents)} protocols, {sum(len(people) for _, people in documents)} people")
    print(f"{'reader':<26}{'P':>8}{'R':>8}{'F1':>8}{'nominative':>12}{'ms/1000':>9}")
    readers: dict[str, Reader] = {
        "patterns": by_pattern, "patterns, then tagger": with_tagger, "whole pipeline": whole_pipeline,
    }  # fmt: skip
    try:
        readers["natasha"] = natasha()
    except ImportError as error:
        print(f"natasha: missing ({error})")
    for name, reader in readers.items():
        measure(reader, documents[:2])  # loads dictionaries
        figures = measure(reader, documents)
        print(f"{name:<26}{figures[0]:>8.3f}{figures[1]:>8.3f}{figures[2]:>8.3f}{figures[3]:>12.3f}{figures[4]:>9.1f}")
    stock, fast = stock_cost(documents)
    print(f"tagger on every line, ms for 1,000 characters: natasha's {stock:.1f}, ours {fast:.1f}")


if __name__ == "__main__":
    places = [Path(arg) for arg in sys.argv[1:]]
    main(*places) if places else main(ROOT.parent / "data" / "raw", ROOT / "gold")
