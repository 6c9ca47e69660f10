"""The decisions of a protocol: text, context, deadlines, responsible parties, class and outcome of each node."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipeline.clauses import Clause
from pipeline.deadlines import find_deadlines, is_deadline, parse_deadlines
from pipeline.lexicon import words
from pipeline.model import Assignee, AssigneeRole, Classification, Deadline, Decision, Source
from pipeline.nlp import find_names
from pipeline.nlp.morph import first_infinitive
from pipeline.parsers.assignees import find_addressees, find_controllers, find_inline_responsible, parse_assignees
from pipeline.parsers.entries import TERM_HEADING, Entry, read_entries
from pipeline.parsers.tree import Node, build_tree
from pipeline.segment import Part, Segmentation

_ROLES: dict[str, AssigneeRole] = {"assignee": "responsible", "controller": "controller", "co_executor": "co_executor"}


@dataclass(frozen=True, slots=True)
class Context:
    """What the decisions of a document are read against: the date of the meeting and its abbreviations."""

    anchor: date | None
    abbreviations: Mapping[str, str]


def parse_decisions(source: Source, segmentation: Segmentation, context: Context) -> list[Decision]:
    """All decision nodes in document order, the parents before their items."""
    decisions: list[Decision] = []
    for run in _runs(segmentation):
        nodes = build_tree(source, read_entries(source, run.parts))
        offset, roots = len(decisions), sum(1 for d in decisions if d.parent is None)
        index = {id(node): offset + i for i, node in enumerate(nodes)}
        entries = [node.entry for node in nodes] + [node.lead_in for node in nodes if node.lead_in]
        read = {key: _read(source, entry, context) for key, entry in {id(e): e for e in entries}.items()}
        _share_group_clauses(nodes, read)
        for node in nodes:
            decisions.append(_decision(source, node, read, index, roots, run))
    return decisions


@dataclass(slots=True)
class _Run:
    """A decision block with what the votes after it said."""

    parts: list[Part]
    verdict: str = ""
    is_open: bool = True

    @property
    def is_rejected(self) -> bool:
        """«Решение не принято»."""
        return bool(_REJECTED.search(self.verdict))

    @property
    def is_marked(self) -> bool:
        """Whether a word announced the block: «Решили:»."""
        return self.parts[0].role == "marker"


_REJECTED = re.compile(r"не\s+принят[оаы]?|отклон[её]н|не\s+утвержд[её]н|отказан", re.IGNORECASE)


def _runs(segmentation: Segmentation) -> list[_Run]:
    """The decision blocks: a marker begins one, a vote or the course of the meeting ends it, a remark does not."""
    runs: list[_Run] = []
    for part in segmentation.parts:
        run = runs[-1] if runs and runs[-1].is_open else None
        if part.kind == "decision":
            if run is None or part.role == "marker" or run.verdict:
                runs.append(_Run([part]))
            else:
                run.parts.append(part)
        elif run is not None and part.kind == "vote":
            run.verdict += " " + part.unit.text
        elif run is not None and part.role != "remark":
            run.is_open = False
    return runs


@dataclass(slots=True)
class _Reading:
    """What the clauses and the sentence of one entry say."""

    text: str
    deadlines: list[Deadline]
    assignees: list[Assignee]


def _read(source: Source, entry: Entry, context: Context) -> _Reading:
    spans = list(entry.main)
    deadlines: list[Deadline] = []
    assignees: list[Assignee] = []
    for clause in sorted(entry.clauses, key=lambda c: c.start):
        _read_clause(source, clause, context, deadlines, assignees)
    has_label = any(c.kind == "deadline" and c.is_labelled for c in entry.clauses)
    if entry.rule != TERM_HEADING:
        spans = _cut_inline(source, spans, context, deadlines, assignees, has_label)
    text = _sentence(source, spans)
    sentence_start = spans[0][0] if spans else entry.start
    head = source.clean[sentence_start : spans[-1][1]] if spans and entry.rule != TERM_HEADING else ""
    named = _named(head[:_LONGEST].replace("\n", " "))
    known = {a.name.lower() for a in assignees}
    assignees += [_moved(a, sentence_start) for a in named if a.name.lower() not in known]
    return _Reading(text, list(dict.fromkeys(deadlines)), assignees)


def _named(text: str) -> list[Assignee]:
    """Who the sentence itself names: «Контроль … возложить на X», «Директорам школ …»."""
    control = _CONTROL.search(text)
    controllers = find_controllers(text) if control else []
    if control and controllers:
        text = text[: control.start()]
        if first_infinitive(text) is None:
            return controllers  # the item is about the control alone
    return [*_addressees(text), *controllers]


def _addressees(text: str) -> list[Assignee]:
    """«Ревизору проверить кассу; бухгалтеру представить документы»: each clause may have its own."""
    found: list[Assignee] = []
    start = 0
    for end in [*(m.start() for m in re.finditer(r";\s", text)), len(text)]:
        clause = text[start:end].lstrip(" ;")
        found += [_moved(a, end - len(clause)) for a in find_addressees(clause)]
        start = end
    return found


_CONTROL = re.compile(r"(?:возложить\s+|поручить\s+)?контроль(?![а-яё])", re.IGNORECASE)
# characters of a sentence that are searched for people: no commitment is longer
_LONGEST = 4_000


def _read_clause(
    source: Source, clause: Clause, context: Context, deadlines: list[Deadline], assignees: list[Assignee]
) -> None:
    value = source.clean[clause.content_start : min(clause.content_end, clause.content_start + _LONGEST)]
    if not re.search(r"[0-9A-Za-zА-Яа-яЁё]", value):
        return
    if clause.kind == "deadline":
        deadlines += [_placed(d, clause.content_start) for d in parse_deadlines(value, context.anchor)]
        return
    found = parse_assignees(value, role=_ROLES[clause.kind], abbreviations=context.abbreviations)
    assignees += [_moved(a, clause.content_start) for a in found]
    rest = find_deadlines(value, context.anchor)
    deadlines += [_placed(d, clause.content_start) for found_deadline in rest for d in found_deadline.deadlines]


def _cut_inline(
    source: Source,
    spans: list[tuple[int, int]],
    context: Context,
    deadlines: list[Deadline],
    assignees: list[Assignee],
    has_label: bool,
) -> list[tuple[int, int]]:
    """Find what the sentence itself says; cut a deadline from its beginning or end, leave one in its middle."""
    known = list(deadlines)
    kept: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(spans):
        text = source.clean[start : min(end, start + 3 * _LONGEST)].replace("\n", " ")
        cuts: list[tuple[int, int]] = []
        for responsible in find_inline_responsible(text):
            assignees += [_moved(a, start) for a in responsible.assignees]
            cuts.append((responsible.start, responsible.end))
        if _is_term(text):
            lead = len(text) - len(text.lstrip())
            deadlines += [_placed(d, start + lead) for d in parse_deadlines(text.strip(" :"), context.anchor)]
            continue
        for found in [] if _JUDGES.match(text) else find_deadlines(text, context.anchor):
            if known and not _adds(found.deadlines, deadlines, has_label):
                continue
            deadlines += [_placed(d, start) for d in found.deadlines]
            at_head = number == 0 and not re.search(r"[А-Яа-яЁё0-9]", text[: found.start])
            at_tail = number == len(spans) - 1 and not re.search(r"[А-Яа-яЁё0-9]", text[found.end :])
            if at_head or at_tail:
                cuts.append((found.start, found.end))
        kept += [
            (start + s, start + e) for s, e in _without(end - start, cuts) if re.search(r"[А-Яа-яЁё0-9]", text[s:e])
        ]
    return kept or spans


# «Признать работу в I полугодии удовлетворительной» sets no term
_JUDGES = re.compile(r"\W*(?:признать|отметить|считать|констатировать)(?![а-яё])", re.IGNORECASE)


def _is_term(text: str) -> bool:
    """A lead-in that is nothing but a term: «До начала учебного года:»."""
    return text.rstrip().endswith(":") and is_deadline(text.strip(" :"))


def _adds(found: tuple[Deadline, ...], known: list[Deadline], has_label: bool) -> bool:
    """Beside a labelled term only a date inside the sentence counts, and nothing that says the same once more."""
    terms = {(d.start_date, d.due_date, d.rrule) for d in known}
    is_other = all((d.start_date, d.due_date, d.rrule) not in terms for d in found)
    return is_other and (not has_label or all(d.kind in ("by_date", "on_date") for d in found))


def _without(length: int, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept, cursor = [], 0
    for start, end in sorted(cuts):
        if start > cursor:
            kept.append((cursor, start))
        cursor = max(cursor, end)
    return [*kept, (cursor, length)]


def _sentence(source: Source, spans: list[tuple[int, int]]) -> str:
    text = " ".join(source.clean[s:e].strip(" –—\n") for s, e in spans)
    return re.sub(r"\s+([.,;:)])", r"\1", re.sub(r"\s+", " ", text)).strip(" ,;:–—")


def _placed(deadline: Deadline, offset: int) -> Deadline:
    return replace(deadline, start=deadline.start + offset, end=deadline.end + offset)


def _moved(assignee: Assignee, offset: int) -> Assignee:
    return replace(assignee, start=assignee.start + offset, end=assignee.end + offset)


def _share_group_clauses(nodes: list[Node], read: dict[int, _Reading]) -> None:
    """A term printed once below a group holds for all of it: «Директорам: – а; – б. Срок: …»."""
    for node in nodes:
        below = [c for c in node.children if c.is_leaf]
        if len(below) < 2 or len(below) != len(node.children):
            continue
        last, others = below[-1], below[:-1]
        own_line = [c for c in last.entry.clauses if c.start > last.entry.main[-1][1] and c.start != c.content_start]
        if not own_line or any(c.entry.clauses for c in others) or any(read[id(c.entry)].deadlines for c in others):
            continue
        for other in others:
            _inherit(read[id(other.entry)], read[id(last.entry)])


def _inherit(reading: _Reading, above: _Reading) -> None:
    if not reading.deadlines:
        reading.deadlines += [replace(d, is_inherited=True) for d in above.deadlines]
    if not reading.assignees:
        reading.assignees += [replace(a, is_inherited=True) for a in above.assignees]


def _decision(
    source: Source, node: Node, read: dict[int, _Reading], index: dict[int, int], roots: int, run: _Run
) -> Decision:
    reading, entry = read[id(node.entry)], node.entry
    above = _above(node)
    if node.is_leaf:
        for governing in above:
            _inherit(reading, read[id(governing)])
    context = next((c for c in (_context(source, e) for e in above) if c), None)
    first, _, rest = node.path.partition("/")
    path = f"{roots + int(first)}" + (f"/{rest}" if rest else "")
    return Decision(
        text=reading.text,
        start=entry.start,
        end=entry.end,
        rule=entry.rule if run.is_marked else f"{entry.rule}_unmarked",
        score=_score(reading, run),
        path=path,
        label=(entry.label.text or None) if entry.label else None,
        parent=index.get(id(node.parent)) if node.parent else None,
        is_leaf=node.is_leaf,
        classification=_classify(reading.text, context, bool(find_addressees(reading.text[:250]))),
        outcome="rejected" if run.is_rejected else "adopted",
        context=context,
        agenda_index=entry.question,
        deadlines=tuple(replace(d, text=source.text[d.start : d.end]) for d in reading.deadlines)
        if node.is_leaf
        else (),
        assignees=tuple(
            replace(a, name_raw=source.text[a.start : a.end]) for a in _unique(reading.assignees) if node.is_leaf
        ),
    )


def _unique(assignees: list[Assignee]) -> list[Assignee]:
    seen: dict[tuple[str, str], Assignee] = {}
    for a in assignees:
        seen.setdefault((a.name.lower(), a.role), a)
    return list(seen.values())


def _above(node: Node) -> list[Entry]:
    """What governs a node, the nearest first: its parents, then the lead-in of its list."""
    entries: list[Entry] = []
    parent = node.parent
    while parent:
        entries.append(parent.entry)
        parent = parent.parent
    return [*entries, node.lead_in] if node.lead_in else entries


def _context(source: Source, entry: Entry) -> str | None:
    if entry.rule == TERM_HEADING:
        return None
    text = re.sub(r"\s+", " ", entry.text(source)).strip(" :;,–—")
    return text or None


def _score(reading: _Reading, run: _Run) -> float:
    """How sure the record is: announced by a marker, nothing left in the sentence that a clause should have taken.

    Somebody who reads the records with the lowest scores should meet the wrong ones first; `make evaluate` measures it.
    """
    score = 0.95 if run.is_marked else 0.7
    score -= 0.05 * (not reading.assignees) + 0.05 * (not reading.deadlines)
    score -= 0.05 * any(d.is_ambiguous for d in reading.deadlines) + 0.3 * any(
        d.rule == "unparsed" for d in reading.deadlines
    )
    score -= 0.3 * bool(_LEFT_OVER.search(reading.text)) + 0.15 * bool(_DATED.search(reading.text))
    score -= 0.15 * (len(reading.text) > 350) + 0.1 * (len(reading.deadlines) > 1)
    score -= 0.1 * (first_infinitive(reading.text[:250]) is None)
    score -= 0.1 * any(a.entity_type == "organization" and a.name[:1].islower() for a in reading.assignees)
    score -= 0.1 * (bool(reading.text) and reading.text[0] not in "«\"" and not reading.text[0].isalpha())
    return round(max(score, 0.1), 2)


# words of a label, and dates, that stayed in the sentence
_LEFT_OVER = re.compile(r"\b(?:срок|ответственн|исполнител)\w*\s?[:–—-]|\bотв\b|\||\($", re.IGNORECASE)
_DATED = re.compile(
    r"(?<!от )\b\d{1,2}\.\d{2}\.(?:\d{4}|\d{2}\b)|\b(?:до|не позднее|в течение|ежемесячно|ежеквартально|постоянно)\b",
    re.IGNORECASE,
)


_CLASSES: tuple[Classification, ...] = ("election", "approval", "other")


def _classify(text: str, context: str | None, addressed: bool) -> Classification:
    """By the verb that governs: «Рекомендовать …», «План работы … утвердить», else an assignment."""
    head = text[:250]
    if words("classification", "information").search(head):
        return "information"
    verb = first_infinitive(head)
    deed = head[verb:] if verb is not None else head
    recommends = words("classification", "recommendation")
    if recommends.match(deed) or (context and recommends.search(context)):
        return "recommendation"
    if addressed:
        deed = head
    if re.match(r"назначить(?![а-яё])", deed, re.IGNORECASE) and find_names(head):
        return "election"
    if re.match(r"согласовать(?![а-яё]).*\s(?:с|со)\s", deed, re.IGNORECASE):
        return "assignment"
    return next((name for name in _CLASSES if words("classification", name).match(deed)), "assignment")
