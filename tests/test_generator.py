"""Properties over generated protocols: the form, the file and noise change nothing of what is said.

The seeds are few, so that the suite stays quick; `make evaluate` draws hundreds.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.model import Decision, Protocol
from pipeline.parsers import parse
from pipeline.readers import read
from tests.evaluate import generate, measured
from tests.generator import NOISES, Page, make_form, make_truth, to_docx, to_pdf, to_text, write
from tests.generator.truth import Term

SEEDS = range(0, 24, 2)
FILES: dict[str, Callable[[Page], bytes]] = {
    "wrapped": lambda page: to_text(page, width=76),
    "narrow": lambda page: to_text(page, width=60),
    "tabs": lambda page: to_text(page, table="tabs"),
    "columns of spaces": lambda page: to_text(page, table="spaces"),
    "cp1251": lambda page: to_text(page, encoding="cp1251"),
    "docx": to_docx,
    "docx, automatic numbers": lambda page: to_docx(page, automatic=True),
    "pdf": to_pdf,
}


def protocol(data: bytes) -> Protocol:
    return parse(read(data))[1]


def said(decision: Decision) -> tuple[Any, ...]:
    """A decision without its number and place."""
    terms = sorted((d.kind, str(d.start_date), str(d.due_date), d.rrule or "") for d in decision.deadlines)
    people = sorted((a.name.lower(), a.role) for a in decision.assignees)
    return decision.text.rstrip(".").lower(), tuple(terms), tuple(people), decision.classification


def meaning(found: Protocol) -> dict[str, Any]:
    """All that a protocol says, but for offsets, numbers and the forms of names."""
    return {
        "head": [value and value.value for value in (found.header.number, found.header.date, found.header.district)],
        "agenda": [item.text.rstrip(".").lower() for item in found.agenda],
        "decisions": [said(d) for d in found.decisions if d.is_leaf],
        "votes": [(v.option, v.value) for v in found.votes],
        "people": sorted({(p.role, p.name) for p in found.participants if p.role in ("chair", "secretary", "attendee")}),
    }


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", FILES)
def test_every_file_says_the_same(kind: str, seed: int) -> None:
    fixed = {"clauses": "table"} if kind in ("tabs", "columns of spaces") else {}
    page = write(make_truth(seed), make_form(seed, **fixed))
    assert meaning(protocol(FILES[kind](page))) == meaning(protocol(to_text(page)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("noise", NOISES)
def test_noise_changes_nothing(noise: str, seed: int) -> None:
    text = to_text(write(make_truth(seed), make_form(seed))).decode()
    assert meaning(protocol(NOISES[noise](text, seed).encode())) == meaning(protocol(text.encode()))


# each pair of choices says the same; what is left is printed alike
SWAPS = [
    ("marker", "РЕШИЛИ:", "ПОСТАНОВИЛИ:"), ("marker", "Решили:", "Принято решение:"), ("number", "1.", "1)"), ("number", "1.", "1.1."),
    ("clauses", "lines", "glued"), ("clauses", "lines", "bracket"), ("clauses", "lines", "table"), ("order", "term_first", "people_first"),
    ("term_label", "Срок: ", "Срок исполнения – "), ("people_label", "Отв.: ", "Ответственные – "), ("hearing", "label", "by_question"),
    ("agenda", "ПОВЕСТКА ДНЯ:", "Вопросы для рассмотрения:"), ("title", "number_then_body", "one_line"), ("date", "figures", "quoted"),
    ("names", "short", "initials_first"), ("signature", "gap", "two_lines"), ("letterhead", "ladder", "line"), ("agenda_number", "1.", "1)"),
]  # fmt: skip


@pytest.mark.parametrize(("axis", "one", "other"), SWAPS)
def test_another_form_says_the_same(axis: str, one: str, other: str) -> None:
    differing = 0
    for seed in SEEDS:
        fixed = {"clauses": "lines", "block": "per_question", "title": "number_then_body", axis: one}
        forms = [make_form(seed, **fixed), make_form(seed, **{**fixed, axis: other})]
        texts = [to_text(write(make_truth(seed), form)) for form in forms]
        differing += texts[0] != texts[1]
        assert meaning(protocol(texts[0])) == meaning(protocol(texts[1])), seed
    assert differing > len(SEEDS) / 2


ACTS = ["приказом от 15.01.2024 № 12", "письмом министерства от 3 марта 2023 года № 01-15/77", "Федеральным законом от 06.10.2003 № 131-ФЗ"]


@pytest.mark.parametrize("act", ACTS)
def test_the_date_of_an_act_adds_no_deadline(act: str) -> None:
    for seed in SEEDS:
        text = to_text(write(make_truth(seed), make_form(seed, clauses="lines"))).decode()
        plain = protocol(text.encode())
        leaf = next((d for d in plain.decisions if d.is_leaf and d.classification == "assignment"), None)
        if leaf is not None:
            cited = protocol(text.replace(f"{leaf.text}", f"{leaf.text.rstrip('.')} в соответствии с {act}.", 1).encode())
            assert [d.deadlines and [t.due_date for t in d.deadlines] for d in cited.decisions] == [
                d.deadlines and [t.due_date for t in d.deadlines] for d in plain.decisions
            ], seed


def test_the_generator_is_right_about_its_own_deadlines() -> None:
    """Its deadlines are computed apart from the pipeline's; where both agree, each checks the other."""
    from datetime import date

    from pipeline.deadlines import parse_deadlines
    from tests.generator.truth import make_term

    chance = random.Random(0)
    for _ in range(400):
        day = date(chance.randint(2015, 2026), chance.randint(1, 12), chance.randint(1, 28))
        term: Term = make_term(chance, day)
        (found,) = parse_deadlines(term.raw, day)
        assert (found.kind, found.due_date, found.rrule) == (term.kind, term.end, term.rrule), (term, day)


def test_the_same_seed_makes_the_same_protocol() -> None:
    one, other = (write(make_truth(5), make_form(6)) for _ in range(2))
    assert (to_text(one), one.gold) == (to_text(other), other.gold)
    assert json.dumps(one.gold, ensure_ascii=False)


def test_records_of_evaluation_seeds(tmp_path: Any) -> None:
    documents, gold = tmp_path / "documents", tmp_path / "gold"
    documents.mkdir()
    gold.mkdir()
    generate(42, documents, gold, first=10_000)
    tally, _ = measured(documents, gold)
    assert tally.f1["record"] >= 0.985, "\n".join(tally.notes)
