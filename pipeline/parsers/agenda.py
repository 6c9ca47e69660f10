"""The agenda: the list under «Повестка дня», or the headings of the course that name the questions."""

from __future__ import annotations

import re

from pipeline.model import AgendaItem, Participant, Source
from pipeline.nlp import find_names
from pipeline.parsers.participants import mentions_in, participant
from pipeline.segment import Part, Segmentation
from pipeline.tables import agenda_column


def parse_agenda(source: Source, segmentation: Segmentation) -> list[AgendaItem]:
    """The questions in order: «1. О ходе ремонта (докл. Иванов И.И.)» → «О ходе ремонта»."""
    parts = segmentation.of("agenda")
    themes = [item for part in parts if part.role == "theme" and (item := _item(part))]
    return _listed(source, parts) or themes or _headings(segmentation)


def parse_reporters(source: Source, segmentation: Segmentation) -> list[Participant]:
    """Who reports by the agenda: «Докладчик: Иванов И.И.», «1. О паводке (докл. Юсупов Р.Х.)»."""
    found: list[Participant] = []
    index = -1
    for part in segmentation.of("agenda"):
        index += part.role == "item"
        text = source.clean[part.content : part.unit.end]
        start = 0 if part.role == "reporter" else _reporter_start(text) if part.role == "item" else len(text)
        label = _REPORTER.match(text, start + len(text[start:]) - len(text[start:].lstrip(" \n.;,(–—-")))
        start = label.end() if label and not label[0][-1].isupper() else start
        mentions = mentions_in(text[start:], part.content + start)
        found += [participant(m, "speaker", "agenda_reporter", None, None, max(index, 0)) for m in mentions]
    return found


def _listed(source: Source, parts: list[Part]) -> list[AgendaItem]:
    items: list[AgendaItem] = []
    for part in parts:
        if part.role == "item":
            item = _row_item(source, part, parts) if part.unit.row else _item(part)
            if item:
                items.append(item)
        elif part.role == "continuation" and items:
            items[-1] = _joined(items[-1], part)
    return items


def _item(part: Part) -> AgendaItem | None:
    text, start = part.text, part.content
    end = _reporter_start(text)
    body = text[:end].strip(" ;,–—-")
    if not re.search(r"[А-Яа-яЁё]{3}", body):
        return None
    label = part.unit.label.text if part.unit.label and part.unit.label.numbers else None
    return AgendaItem(re.sub(r"\s+", " ", body), start, start + len(text[:end].rstrip()), "agenda_list", label)


def _joined(item: AgendaItem, part: Part) -> AgendaItem:
    text = part.text[: _reporter_start(part.text)].strip(" ;,")
    return AgendaItem(
        f"{item.text} {re.sub(r'  +', ' ', text)}".strip(), item.start, part.unit.end, item.rule, item.label
    )


def _row_item(source: Source, part: Part, parts: list[Part]) -> AgendaItem | None:
    column = agenda_column(source, [p.unit for p in parts if p.unit.table == part.unit.table])
    cells = {c: (s, e) for c, s, e in part.unit.row}
    if column is None or column not in cells or part.unit.start in _heading_starts(parts):
        return None
    start, end = cells[column]
    number = source.clean[cells[0][0] : cells[0][1]].strip(" .") if 0 in cells and column != 0 else ""
    text = re.sub(r"\s+", " ", source.clean[start:end]).strip(" ;")
    return AgendaItem(text, start, end, "agenda_table", number or None)


def _heading_starts(parts: list[Part]) -> set[int]:
    return {
        p.unit.start
        for p in parts
        if p.unit.row and re.match(r"\s*(?:№|п/п|вопрос|наименование|тема)", p.unit.text, re.I)
    }


_REPORTER = re.compile(
    r"(?:содокладчик|докладчик|докладыва|доклад[:–]|докл\.|информаци[яю]\s*[:–-]?\s*[А-ЯЁ]|"
    r"отв(?:етственн\w*)?\s*[.:–]|выступа[ею]|сообщение\s+[А-ЯЁ])",
    re.IGNORECASE,
)


# how far before a name its post may begin
_REACH = 200


def _reporter_start(text: str) -> int:
    """Where the reporter begins at the end of an item: «… ремонта – Иванов И.И., директор»."""
    labelled = _REPORTER.search(text)
    if labelled:
        at = len(text[: labelled.start()].rstrip(" \n.;,(–—-"))
        if at > 4:
            return at
    for name in find_names(text):
        low = max(0, name.start - _REACH)
        before = text[low : name.start]
        opening = re.search(r"(?:\s[–—-]\s*|\(|[.;]\s+|\s{3,})(?:[а-яё][^()–—]{0,120}\s)?$", before)
        if opening and low + opening.start() > 10 and _closes(text, name.end):
            return low + opening.start()
    return len(text)


def _closes(text: str, position: int) -> bool:
    """Only a post or another name may follow the reporter."""
    return len(text) - position < 160


def _headings(segmentation: Segmentation) -> list[AgendaItem]:
    """No list: the headings that name the matter; «По первому вопросу:» alone names none."""
    items: list[AgendaItem] = []
    for part in segmentation.parts:
        if part.role != "question" or part.kind == "agenda":
            continue
        match = re.match(r"(?:вопрос\s*№?\s*\d{1,2}\s*[.:–-]+\s*)?(.*)", part.text, re.I | re.S)
        text = (match[1] if match else part.text).strip(" ;:")
        if len(text) < 8 or re.match(r"(?:по|к)\s+\S+\s+вопросу", text, re.I):
            continue
        start = part.content + part.text.find(text)
        end = start + _reporter_start(text)
        label = part.unit.label.text if part.unit.label else None
        items.append(
            AgendaItem(re.sub(r"\s+", " ", text[: end - start]).strip(), start, end, "question_heading", label)
        )
    return items
