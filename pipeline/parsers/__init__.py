"""A document's text → what it says: the kind gate and the assembly of the parsers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from pipeline.model import Assignee, Block, Decision, Header, Issue, Participant, Protocol, Source, Speech, Vote
from pipeline.nlp import entity_type
from pipeline.parsers.agenda import parse_agenda, parse_reporters
from pipeline.parsers.decisions import Context, parse_decisions
from pipeline.parsers.doubts import find_doubts
from pipeline.parsers.header import parse_header
from pipeline.parsers.kind import guess_kind
from pipeline.parsers.misreadings import mark_misreadings
from pipeline.parsers.participants import (
    name_key,
    parse_all_signatures,
    parse_attendance,
    parse_signatures,
    parse_stamp,
)
from pipeline.parsers.speakers import parse_speeches
from pipeline.parsers.votes import parse_votes
from pipeline.segment import Segmentation, segment


def parse(source: Source) -> tuple[tuple[Block, ...], Protocol, tuple[Issue, ...]]:
    """All that a document says, and what could not be understood."""
    segmentation = segment(source)
    guess = guess_kind(segmentation, source.clean)
    header = parse_header(source, segmentation, guess.kind)
    if guess.kind != "protocol":
        signed = parse_all_signatures(source, segmentation)
        stamped = parse_stamp(source, segmentation, [])
        people = _as_printed(source, _distinct(stamped + signed))
        protocol = Protocol(guess.kind, guess.score, header, tuple(people))
        return segmentation.blocks(source), protocol, ()
    protocol = _protocol(source, segmentation, header, guess.score)
    protocol, misread = mark_misreadings(source, protocol)
    return segmentation.blocks(source), protocol, (*find_doubts(protocol), *misread)


def _protocol(source: Source, segmentation: Segmentation, header: Header, score: float) -> Protocol:
    anchor = header.date.value if header.date else None
    decisions = parse_decisions(source, segmentation, Context(anchor, find_abbreviations(source.clean)))
    attendance = parse_attendance(source, segmentation)
    signed = parse_signatures(source, segmentation, attendance)
    stamped = parse_stamp(source, segmentation, attendance + signed)
    speeches, speakers = parse_speeches(source, segmentation)
    heard = {name_key(p.name) for p in speakers}
    speakers += [p for p in parse_reporters(source, segmentation) if name_key(p.name) not in heard]
    agenda = parse_agenda(source, segmentation)
    votes = parse_votes(segmentation)
    decisions, votes = _known(decisions, len(agenda)), _known(votes, len(agenda))
    speeches, speakers = _known(speeches, len(agenda)), _known(speakers, len(agenda))
    assigned = _assigned(decisions)
    first = len(attendance)
    speeches = [
        replace(s, participant_index=s.participant_index + first) if s.participant_index is not None else s
        for s in speeches
    ]
    return Protocol(
        "protocol", score, header,
        participants=tuple(_as_printed(source, _with_posts(attendance + speakers + assigned + signed + stamped))),
        agenda=tuple(agenda),
        speeches=tuple(speeches),
        decisions=tuple(decisions),
        votes=tuple(votes),
        quorum=_quorum(source.clean),
        attendee_count=_count(source.clean),
    )  # fmt: skip


Row = TypeVar("Row", Decision, Speech, Participant, Vote)


def _known(rows: list[Row], count: int) -> list[Row]:
    """A question that the agenda does not hold («Вопрос 5» of four) is left open."""
    return [
        replace(r, agenda_index=None) if r.agenda_index is not None and r.agenda_index >= count else r for r in rows
    ]


def _with_posts(people: list[Participant]) -> list[Participant]:
    """A post printed once holds for the person wherever the document names them."""
    posts: dict[str, str] = {}
    for person in people:
        if person.post and person.entity_type == "person":
            posts.setdefault(name_key(person.name), person.post)
    return [p if p.post else replace(p, post=posts.get(name_key(p.name))) for p in people]


def _as_printed(source: Source, people: list[Participant]) -> list[Participant]:
    """The raw name is the text as it stands, before its dirt was repaired."""
    return [replace(p, name_raw=source.text[p.start : p.end]) for p in people]


def _assigned(decisions: list[Decision]) -> list[Participant]:
    """The persons made responsible, once each, as parts in the meeting's business."""
    found = [
        Participant(a.name, a.name_raw, "person", "assignee", a.start, a.end, a.rule, _post(a), d.agenda_index)
        for d in decisions
        for a in d.assignees
        if a.entity_type == "person"
    ]
    return _distinct(found)


def _post(assignee: Assignee) -> str | None:
    """The post, if it is one: in «Чуб О.В. к понедельнику сдать отчёт» the next words are a term."""
    return assignee.post if assignee.post and entity_type(assignee.post) in ("post", "group") else None


def _distinct(people: list[Participant]) -> list[Participant]:
    seen: dict[tuple[str, str], Participant] = {}
    for person in people:
        seen.setdefault((person.role, name_key(person.name)), person)
    return list(seen.values())


_SHORT = re.compile(r"\(\s*далее\s*(?:по\s+тексту\s*)?[-–—:,]?\s*(?P<short>[^()]{2,40}?)\s*\)", re.IGNORECASE)
_FULL = re.compile(r"[А-ЯЁа-яё«»\"\s-]{5,160}$")


def find_abbreviations(text: str) -> dict[str, str]:
    """Short names that the document defines: «муниципальный актив (далее – ММА)» → {"ММА": "муниципальный актив"}."""
    found = {}
    for match in _SHORT.finditer(text):
        full = _FULL.search(text, max(0, match.start() - 160), match.start())
        if full:
            found[match["short"].strip(' «»"')] = full[0].strip()
    return found


def _quorum(text: str) -> bool | None:
    if re.search(r"кворум\w*\s+(?:не\s+име|отсутств|не\s+набран|нет)", text, re.IGNORECASE):
        return False
    return (
        True
        if re.search(r"кворум\w*\s*[-–—:]?\s*(?:име|есть|набран|соблюд|составля|обеспечен)", text, re.IGNORECASE)
        else None
    )


_COUNT = re.compile(
    r"(?:присутств\w+|количество\s+(?:участников|присутствующих)|участников|зарегистрировано|"
    r"явка)[^.\n\d]{0,60}?(?P<count>\d{1,4})\s*(?:\([^)]*\)\s*)?(?:чел|человек|член|делегат|участник|"
    r"$|\.|,|\n)",
    re.IGNORECASE,
)


def _count(text: str) -> int | None:
    match = _COUNT.search(text[:4000])
    return int(match["count"]) if match else None
