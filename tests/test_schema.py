"""The declared tables are the contract, whole and in its words."""

from __future__ import annotations

import re

import pytest

from pipeline.schema import TABLES, dictionary

# The contract; «?» marks what may be NULL. Columns that we add stand apart below.
CONTRACT = {
    "files": "source_path document_id? bytes modified_at media_type status error_code? error_message? seconds",
    "documents": "document_id kind kind_score title? number? date? organization? district? region? text_source "
    "page_count? character_count ocr_confidence? meeting_id? needs_review pipeline_version",
    "texts": "document_id text",
    "lines": "document_id line_no start end page_no? x0? top? x1? bottom? block_kind label?",
    "meetings": "meeting_id document_id body? number? date? place? organization? district? region? quorum? attendee_count?",
    "agenda_items": "agenda_item_id meeting_id document_id position label? text start end",
    "speeches": "speech_id meeting_id document_id agenda_item_id? participant_id? kind text start end",
    "participants": "participant_id meeting_id? document_id person_id? name name_raw entity_type role post? "
    "organization? start end",
    "decisions": "decision_id meeting_id document_id agenda_item_id? parent_id? position label? path is_leaf "
    "classification outcome text context? start end page_no? rule score",
    "deadlines": "deadline_id decision_id document_id position text kind start_date? due_date? rrule? event? offset? "
    "anchor_date? is_ambiguous is_inherited start end rule",
    "assignees": "assignee_id decision_id document_id position name name_raw entity_type person_id? organization_id? "
    "role is_inherited start end rule",
    "votes": "vote_id meeting_id document_id agenda_item_id? decision_id? option value? is_unanimous start end",
    "persons": "person_id name family_name given_name? patronymic_name? initials mention_count first_date? last_date?",
    "organizations": "organization_id name classification? district? mention_count",
    "issues": "document_id? source_path? severity code message page_no? start? end?",
}
ADDED_TABLES = {
    "pages": "document_id page_no text_source width? height? ocr_confidence? known_word_share? turn?",
}
ADDED = {
    "files": "sha256?",
    "documents": "folder_district? folder_region? known_word_share?",
    "lines": "ocr_confidence? raw_text?",
    "participants": "agenda_item_id? rule",
    "deadlines": "part?",
    "assignees": "post?",
    "persons": "district?",
}


def test_the_tables_are_those_of_the_contract() -> None:
    assert [name for name in TABLES if name not in ADDED_TABLES] == list(CONTRACT)
    assert set(ADDED_TABLES) <= set(TABLES)


@pytest.mark.parametrize("name", CONTRACT)
def test_the_columns_are_those_of_the_contract(name: str) -> None:
    declared = [column.name + "?" * column.nullable for column in TABLES[name].columns]
    added = ADDED.get(name, "").split()
    assert [column for column in declared if column not in added] == CONTRACT[name].split()
    assert set(added) <= set(declared)


@pytest.mark.parametrize("name", ADDED_TABLES)
def test_the_columns_of_an_added_table(name: str) -> None:
    assert [column.name + "?" * column.nullable for column in TABLES[name].columns] == ADDED_TABLES[name].split()


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_column_has_a_russian_title_and_meaning(table) -> None:
    for field in table.schema:
        assert field.metadata is not None
        assert re.search("[а-яА-Я]|SHA", field.metadata[b"title"].decode())
        assert re.search("[а-яА-Я]", field.metadata[b"description"].decode())


def test_foreign_keys_point_at_single_keys_of_the_same_type() -> None:
    for table in TABLES.values():
        for column, target in table.references:
            (key,) = TABLES[target].key
            assert table.schema.field(column).type == TABLES[target].schema.field(key).type


def test_days_are_dates_and_ids_are_text() -> None:
    for table in TABLES.values():
        for field in table.schema:
            assert (str(field.type) == "date32[day]") == (field.name == "date" or field.name.endswith("_date"))
            assert str(field.type) == "string" or not field.name.endswith("_id")


def test_the_dictionary_names_every_column() -> None:
    text = dictionary()
    for table in TABLES.values():
        chapter = text.split(f"## `{table.name}`")[1].split("\n## ")[0]
        assert all(f"| `{name}`" in chapter for name in table.names)
