"""Across documents: one only when one candidate is left."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Literal

import pytest

from pipeline.model import Outcome, PageGrade
from pipeline.resolve.organizations import classification
from pipeline.resolve.persons import resolve_persons
from tests import bench_persons
from tests.outcomes import TEXT, outcome, tables


def persons(*outcomes: Outcome) -> list[tuple[str, int]]:
    data = tables(*outcomes)["persons"]
    return sorted(zip(data["name"].to_pylist(), data["mention_count"].to_pylist(), strict=True))


def in_two_documents(first: str, second: str) -> list[Outcome]:
    return [outcome(first), outcome(second, number="8")]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Соловьева В.В.", "Соловьева В.В.", ["Соловьева В.В."]),  # the same form
        ("Соловьева Виктория Вячеславовна", "Соловьева В.В.", ["Соловьева Виктория Вячеславовна"]),  # said with less
        ("Королёва А.А.", "Королева А.А.", ["Королева А.А."]),  # ё is е
        ("Иванов А.И.", "Иванова А.И.", ["Иванов А.И.", "Иванова А.И."]),  # never a man with a woman
        ("Иванов А.И.", "Иванов А.П.", ["Иванов А.И.", "Иванов А.П."]),  # other initials
        ("Иванов Алексей Ильич", "Иванов Андрей Ильич", ["Иванов Алексей Ильич", "Иванов Андрей Ильич"]),
        ("Иванов Алексей Ильич", "Иванов А.", ["Иванов Алексей Ильич"]),  # one initial, one candidate
        ("Иванов Алексей", "Иванов А.И.", ["Иванов А.И.", "Иванов Алексей"]),  # each says what the other does not
        ("Агафонов И.И.", "Агафронов И.И.", ["Агафонов И.И."]),  # one letter, and no dictionary has it
        ("Агафонов И.И.", "Агафронов И.П.", ["Агафонов И.И.", "Агафронов И.П."]),  # other initials
        ("Медведев А.И.", "Медведов А.И.", ["Медведев А.И.", "Медведов А.И."]),  # the ending tells a family apart
        ("Баранов А.И.", "Саранов А.И.", ["Баранов А.И.", "Саранов А.И."]),  # the first letter is seldom mistyped
        ("Сидоров А.И.", "Сидорин А.И.", ["Сидорин А.И.", "Сидоров А.И."]),  # two surnames
        ("Шпинева М.С.", "Шпинаева М.С.", ["Шпинаева М.С.", "Шпинева М.С."]),  # no dictionary has either: only told
    ],
)
def test_two_names(first: str, second: str, expected: list[str]) -> None:
    assert [name for name, _ in persons(*in_two_documents(first, second))] == expected


def test_a_misspelling_in_the_same_protocol_is_the_same_person() -> None:
    assert persons(outcome("Шпинева М.С.", "Шпинаева М.С.")) == [("Шпинева М.С.", 4)]


def test_a_doubtful_misspelling_is_left_to_a_person() -> None:
    data = tables(*in_two_documents("Шпинева М.С.", "Шпинаева М.С."))
    assert data["persons"].num_rows == 2
    assert "possible_same_person" in data["issues"]["code"].to_pylist()


def test_resolution_never_mixes_people() -> None:
    archive, truth = bench_persons.archive(40_000)
    resolve_persons(archive)
    precision, recall = bench_persons.agreement(archive["participants"]["person_id"].to_pylist(), truth)
    assert precision == 1.0
    assert recall > 0.99


def test_initials_that_fit_two_people_are_nobody_in_particular() -> None:
    data = tables(outcome("Иванов Алексей Ильич", "Иванов Андрей Ильич"), outcome("Иванов А.И.", number="8"))
    assert data["persons"].num_rows == 2
    who = dict(zip(data["participants"]["name"].to_pylist(), data["participants"]["person_id"].to_pylist(), strict=True))
    assert who["Иванов А.И."] is None
    assert who["Иванов Алексей Ильич"]
    assert "ambiguous_person" in data["issues"]["code"].to_pylist()


def test_a_bare_surname_is_a_person_only_where_one_is_known() -> None:
    assert persons(outcome("Соловьева")) == []
    assert persons(outcome("Соловьева"), outcome("Соловьева В.В.", number="8")) == [("Соловьева В.В.", 4)]


def test_namesakes_of_two_districts_are_two_people() -> None:
    assert len(persons(outcome("Соловьева В.В."), outcome("Соловьева В.В.", district="Марковский район"))) == 2


def test_without_district_or_organization_a_person_stays_in_the_document() -> None:
    assert len(persons(outcome("Соловьева В.В.", district=None), outcome("Соловьева В.В.", district=None, number="8"))) == 2


def test_a_person_has_first_and_last_day() -> None:
    days = [date(2023, 5, 1), None, date(2022, 3, 1)]
    data = tables(*(outcome("Соловьева В.В.", day=day, number=str(number)) for number, day in enumerate(days)))["persons"]
    assert data.select(["first_date", "last_date", "mention_count", "initials"]).to_pylist() == [
        {"first_date": date(2022, 3, 1), "last_date": date(2023, 5, 1), "mention_count": 6, "initials": "В.В."}
    ]


def test_person_ids_survive_a_fuller_form() -> None:
    alone = tables(outcome("Соловьева В.В."))["persons"]["person_id"].to_pylist()
    both = tables(*in_two_documents("Соловьева В.В.", "Соловьева Виктория Вячеславовна"))["persons"]["person_id"].to_pylist()
    assert alone == both


def test_organizations_are_one_whatever_the_quotes() -> None:
    data = tables(outcome(), outcome(number="8", organization="мбоу \"Школа № 1\""))
    assert data["organizations"].select(["name", "mention_count", "district"]).to_pylist() == [
        {"name": "МБОУ «Школа № 1»", "mention_count": 3, "district": "Калининский район"}
    ]
    assert set(data["assignees"]["organization_id"].to_pylist()) == set(data["organizations"]["organization_id"].to_pylist())


def copy_of(item: Outcome, document_id: str, text_source: Literal["text_layer", "ocr"] = "text_layer") -> Outcome:
    """The same protocol in another file."""
    return dataclasses.replace(
        item, document_id=document_id, source=dataclasses.replace(item.source, pages=(PageGrade(1, text_source),))
    )


def test_copies_of_a_protocol_are_one_meeting() -> None:
    typed, scan = outcome("Соловьева В.В."), copy_of(outcome("Соловьева В.В."), "0" * 16, "ocr")
    data = tables(scan, typed)
    assert data["meetings"]["document_id"].to_pylist() == [typed.document_id]  # the typed copy is the better one
    assert len(set(data["decisions"]["meeting_id"].to_pylist())) == 1
    assert set(data["decisions"]["document_id"].to_pylist()) == {typed.document_id, scan.document_id}
    assert None not in data["documents"]["meeting_id"].to_pylist()


LONGER = TEXT + " Обсудили подготовку школ к отопительному сезону, выступил глава района."


@pytest.mark.parametrize(
    "other",
    [
        outcome("Соловьева В.В.", number="8"),
        outcome("Соловьева В.В.", day=date(2023, 10, 3)),
        outcome("Соловьева В.В.", district="Марковский район"),
        outcome("Филимонова Л.А."),  # the same pro-forma text with other people
        outcome("Соловьева В.В.", organization="МБОУ «Школа № 2»"),
    ],
    ids=["number", "date", "district", "people", "organization"],
)
def test_different_meetings_stay_apart(other: Outcome) -> None:
    assert tables(outcome("Соловьева В.В."), other)["meetings"].num_rows == 2


def test_undated_protocols_are_never_merged() -> None:
    item = outcome("Соловьева В.В.", day=None)
    assert tables(item, copy_of(item, "0" * 16))["meetings"].num_rows == 2


def test_a_doubtful_copy_is_left_to_a_person() -> None:
    data = tables(outcome("Соловьева В.В."), outcome("Соловьева В.В.", text=LONGER))
    assert data["meetings"].num_rows == 2
    assert data["issues"]["code"].to_pylist() == ["possible_same_meeting"]


def test_the_result_does_not_depend_on_the_order_of_files() -> None:
    items = [outcome("Соловьева В.В."), copy_of(outcome("Соловьева В.В."), "0" * 16), *in_two_documents("Иванов А.И.", "Иванова А.И.")]
    one, other = tables(*items), tables(*reversed(items))
    for name in ("persons", "organizations"):
        assert one[name].equals(other[name])
    assert sorted(one["meetings"]["meeting_id"].to_pylist()) == sorted(other["meetings"]["meeting_id"].to_pylist())


def test_folders_name_places_beside_those_of_the_document() -> None:
    path = "Тверская область/Осташковский городской округ/протокол"
    first = outcome("Соловьева В.В.", district=None, number="7")
    second = outcome("Соловьева В.В.", district=None, number="8")
    data = tables(first, second, outcome("Соловьева В.В.", number="9"), names=[path, f"{path} 2", "Марковский район/протокол"])
    columns = ["district", "region", "folder_district", "folder_region"]
    places = {tuple(row.values()) for row in data["documents"].select(columns).to_pylist()}
    assert places == {
        (None, None, "Осташковский городской округ", "Тверская область"),  # NULL: the document does not say
        ("Калининский район", None, "Марковский район", None),
    }
    # one person in the folder's district, another in the document's
    assert data["persons"].select(["name", "district"]).num_rows == 2


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("МБОУ СОШ № 5", "школа"),
        ("МБДОУ «Детский сад № 3 «Ромашка»", "детский сад"),
        ("Управление образования администрации района", "орган управления"),
        ("администрация сельского поселения", "администрация"),
        ("ОМВД России по Ленинскому району", "полиция, МЧС"),
        ("КДН и ЗП", "комиссия, совет"),
        ("МБУ ДО «Радуга»", "дополнительное образование"),
        ("ООО «Тальянка-Сервис»", "предприятие"),
        ("ММА", None),
    ],
)
def test_kinds_of_organizations(name: str, kind: str | None) -> None:
    assert classification(name) == kind
