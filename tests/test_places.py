"""Districts and regions in the nominative."""

import pytest

from pipeline.parsers.places import find_districts, find_regions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Администрации Марковского района", ["Марковский район"]),
        ("АДМИНИСТРАЦИЯ АЛЕКСАНДРОВСКОГО РАЙОНА", ["Александровский район"]),
        ("МО Динской район", ["Динской район"]),
        ("Динского района", ["Динской район"]),  # -ской is not shown by the genitive
        ("Кирилловского муниципального округа", ["Кирилловский муниципальный округ"]),
        ("в Усть-Кубинском районе", ["Усть-Кубинский район"]),
        ("в районе школы, городского округа", []),  # no name
        ("в Северо-Западном федеральном округе", []),
    ],
)
def test_districts(text: str, expected: list[str]) -> None:
    assert [p.name for p in find_districts(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Тверской области", ["Тверская область"]),
        ("Краснодарского края", ["Краснодарский край"]),
        ("Республики Карелия", ["Республика Карелия"]),
        ("Ханты-Мансийского автономного округа – Югры", ["Ханты-Мансийский автономный округ – Югра"]),
        ("краевыми учреждениями, областными организациями", []),
        ("Алтайского края", ["Алтайский край"]),
    ],
)
def test_regions(text: str, expected: list[str]) -> None:
    assert [p.name for p in find_regions(text)] == expected
