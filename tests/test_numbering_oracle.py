"""The list numbers that we compute are those that LibreOffice prints; `python -m tests.numbering_fuzz` compares more."""

from __future__ import annotations

import pytest

from tests.conftest import needs_program
from tests.numbering_cases import case
from tests.numbering_fuzz import by_us, compare, labels

SEEDS = (0, 50, 52, 55, 80, 90)  # chosen: they catch all slips that were put into numbering.py for a trial


def test_our_numbers_are_those_of_libreoffice() -> None:
    needs_program("soffice")
    compared, found = compare(map(case, SEEDS))
    assert compared >= 150
    assert not found


def test_a_seed_makes_the_same_document() -> None:
    assert case(1) == case(1)
    assert case(1).ours != case(2).ours


@pytest.mark.parametrize("seed", SEEDS)
def test_all_paragraphs_are_read(seed: int) -> None:
    one = case(seed)
    assert set(by_us(one.ours)) == set(one.markers)


LINES = [
    ("1.1.\t[000]", {"[000]": "1.1."}),
    ("[000]", {"[000]": ""}),
    ("2. [000][001]", {"[000]": "2.", "[001]": ""}),
    ("– [000]", {"[000]": "•"}),
    ("IV [000]\nV [001]", {"[000]": "IV", "[001]": "V"}),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_labels_stand_before_their_markers(text: str, expected: dict[str, str]) -> None:
    assert labels(text) == expected
