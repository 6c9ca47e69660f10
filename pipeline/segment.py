"""Source → units with roles: header, attendance, agenda, hearing, decision, vote, signature, attachment.

One pass over the units with a small state: a marker word of the lexicon opens a part, what follows belongs to it.
The signature is looked for from the end, because names with posts stand everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from pipeline.clauses import is_bare_deadline, opens_clause
from pipeline.lexicon import words
from pipeline.markers import (
    Marker,
    find_marker,
    is_assignment_heading,
    is_decision_like,
    is_question_title,
    is_signature_line,
    question_number,
    quoted_question,
)
from pipeline.model import Block, BlockKind, Source
from pipeline.nlp import find_names
from pipeline.nlp.morph import has_infinitive, is_finite
from pipeline.tables import has_decision_columns
from pipeline.units import Unit, build_units


@dataclass(frozen=True, slots=True)
class Part:
    """A unit with its role. `content` is the offset where the text after the marker begins («Решили: | …»).

    `question` counts the questions of the course from 0 in order of appearance; `role` is finer than the kind:
    the marker's name, «item», «question» (a heading that names a question), «text».
    """

    unit: Unit
    kind: BlockKind
    role: str
    content: int
    question: int | None = None

    @property
    def text(self) -> str:
        """What follows the marker, cleaned."""
        return self.unit.text[self.content - self.unit.start :]


@dataclass(frozen=True)
class Segmentation:
    """The parts in reading order."""

    parts: tuple[Part, ...]

    def of(self, *kinds: BlockKind) -> list[Part]:
        """The parts of the kinds, in order."""
        return [part for part in self.parts if part.kind in kinds]

    def blocks(self, source: Source) -> tuple[Block, ...]:
        """Adjoining parts of one kind as blocks; what is no body text is noise."""
        spans = [(p.unit.start, p.unit.end, p.kind, p.role) for p in self.parts]
        spans += [(p.start, p.end, "noise", p.zone) for p in source.paragraphs if p.zone != "body"]
        blocks: list[Block] = []
        for start, end, kind, rule in sorted(spans):
            if blocks and blocks[-1].kind == kind:
                blocks[-1] = replace(blocks[-1], end=max(end, blocks[-1].end))
            else:
                blocks.append(Block(kind, start, end, rule))
        return tuple(blocks)


@dataclass
class _State:
    kind: BlockKind = "header"
    role: str = "text"
    question: int | None = None
    titles: list[str] = field(default_factory=list)
    agenda_open: bool = False
    agenda_done: bool = False
    decided: bool = False
    has_items: bool = False
    last_number: int | None = None
    has_voted: bool = False


def segment(source: Source) -> Segmentation:
    """Give each unit of the document its role: «Решили:» opens the decisions, «Слушали:» the next hearing."""
    units = build_units(source)
    tail = _tail_start(units)
    attachments = _attachment_start(units, tail)
    tables = _decision_tables(source, units)
    state, parts = _State(), []
    for index, unit in enumerate(units):
        if attachments is not None and index >= attachments:
            parts.append(Part(unit, "attachment", "text", unit.body_start))
        elif tail[0] <= index < tail[1]:
            parts.append(Part(unit, "signature", "line", unit.start))
        elif unit.row and unit.table in tables:
            state.kind, state.role, state.decided, state.has_items = "decision", "item", True, True
            parts.append(_part(state, unit, "decision", "item"))
        else:
            parts.append(_step(state, unit, units, index))
    return Segmentation(tuple(_promote_proposals(_promote_unmarked(parts))))


def _decision_tables(source: Source, units: list[Unit]) -> set[int | None]:
    """The tables whose headings say that they hold decisions: «№ | Поручение | Срок | Ответственный»."""
    rows: dict[int | None, list[Unit]] = {}
    for unit in units:
        if unit.row:
            rows.setdefault(unit.table, []).append(unit)
    return {table for table, found in rows.items() if has_decision_columns(source, found)}


def _step(state: _State, unit: Unit, units: list[Unit], index: int) -> Part:
    marker = find_marker(unit)
    for rule in (_assignment, _decision_marker, _vote, _agenda, _attachment, _attendance, _question, _hearing, _agenda_item):
        part = rule(state, unit, marker, units, index)
        if part:
            return part
    return _inherit(state, unit, units[index - 1] if index else None, units[index + 1] if index + 1 < len(units) else None)


def _part(state: _State, unit: Unit, kind: BlockKind, role: str, content: int | None = None) -> Part:
    return Part(unit, kind, role, unit.body_start if content is None else content, state.question)


def _assignment(state: _State, unit: Unit, _marker: Marker | None, _units: list[Unit], _index: int) -> Part | None:
    if not is_assignment_heading(unit.text) or state.kind == "agenda":
        return None
    state.kind, state.role, state.decided = "decision", "item", True
    return _part(state, unit, "decision", "item")


def _decision_marker(state: _State, unit: Unit, marker: Marker | None, units: list[Unit], index: int) -> Part | None:
    if marker is None or marker.name != "decision" or unit.row:
        return None
    if state.kind == "decision" and unit.label and not marker.is_heading:
        return None
    if state.kind == "agenda" and unit.label and not _items_follow(units, index):
        return None
    _refer(state, unit, marker)
    state.kind, state.role, state.decided, state.has_items = "decision", "item", True, False
    state.has_voted = False
    state.agenda_done = state.agenda_done or state.agenda_open
    return _part(state, unit, "decision", "marker", marker.content)


def _items_follow(units: list[Unit], index: int) -> bool:
    return any(is_decision_like(u.body) for u in units[index + 1 : index + 3])


def _vote(state: _State, unit: Unit, marker: Marker | None, _units: list[Unit], _index: int) -> Part | None:
    if marker is None or marker.name != "vote" or state.kind in ("header", "attendance"):
        return None
    state.has_voted = state.kind == "decision"
    return _part(state, unit, "vote", "vote", unit.start)


def _agenda(state: _State, unit: Unit, marker: Marker | None, units: list[Unit], index: int) -> Part | None:
    if state.agenda_open or state.kind not in ("header", "attendance"):
        return None
    if _lists_matters(units, index):
        state.kind, state.role, state.agenda_open = "agenda", "item", True
        return None
    if unit.text.endswith(":") and (marker is None or marker.name in ("heard", "spoke")) and _lists_matters(units, index + 1):
        state.kind, state.role, state.agenda_open = "agenda", "item", True
        return _part(state, unit, "agenda", "marker", unit.end)
    if marker is None or marker.name != "agenda":
        return None
    state.kind, state.role, state.agenda_open = "agenda", "item", True
    if marker.is_heading:
        return _part(state, unit, "agenda", "marker", marker.content)
    part = _part(state, unit, "agenda", "item", marker.content)
    state.titles.append(_agenda_title(part.text))
    if re.match(r"тема", unit.body, re.I):
        state.kind, state.role, state.agenda_done = "header", "text", True
    return part


def _lists_matters(units: list[Unit], index: int) -> bool:
    """An agenda without its heading: «1. Подготовка к эпидсезону 2. Диспансеризация», then the course refers to it."""
    if index + 1 >= len(units):
        return False
    first, second = units[index], units[index + 1]
    if not all(u.label and u.label.numbers == (n,) and _is_matter(u) for u, n in ((first, 1), (second, 2))):
        return False
    following = next((u for u in units[index + 2 : index + 14] if not (u.label and _is_matter(u))), None)
    if following is None:
        return False
    marker = find_marker(following)
    return question_number(following.text) == 1 or bool(marker and marker.name in ("heard", "spoke"))


def _is_matter(unit: Unit) -> bool:
    return not is_decision_like(unit.body) and not re.search(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.", unit.body) and find_marker(unit) is None


def _attachment(state: _State, unit: Unit, marker: Marker | None, _units: list[Unit], _index: int) -> Part | None:
    if marker is None or marker.name != "attachment" or not state.decided or unit.label:
        return None
    state.kind, state.role = "attachment", "text"
    return _part(state, unit, "attachment", "marker", marker.content)


def _attendance(state: _State, unit: Unit, marker: Marker | None, _units: list[Unit], _index: int) -> Part | None:
    names = ("chair", "secretary", "attendee", "absent", "invited")
    if marker is None or marker.name not in names or state.kind not in ("header", "attendance", "agenda"):
        return None
    if state.kind == "agenda":
        if unit.label or not marker.has_colon:
            return None
        state.agenda_done = True
    state.kind, state.role = "attendance", marker.name
    return _part(state, unit, "attendance", marker.name, marker.content)


def _question(state: _State, unit: Unit, marker: Marker | None, units: list[Unit], index: int) -> Part | None:
    """A heading of the course that names a question: «По первому вопросу:», «Вопрос 2. О …», «II. О ходе …»."""
    if unit.row:
        return None
    if marker is not None and marker.name in ("heard", "spoke"):
        return None
    number = question_number(unit.text)
    if number is not None and _is_agenda_of_questions(state, unit, units, index, number):
        return None
    title = _title_index(state, unit)
    if number is None and title is None and not _is_new_title(state, unit, units, index):
        return None
    _set_question(state, unit, number, title)
    state.agenda_done = state.agenda_done or state.agenda_open
    keeps_deciding = state.kind == "decision" and not _course_follows(units, index)
    if keeps_deciding:
        return _part(state, unit, "decision", "question")
    state.kind, state.role = "hearing", "text"
    return _part(state, unit, "hearing", "question")


def _is_agenda_of_questions(state: _State, unit: Unit, units: list[Unit], index: int, number: int) -> bool:
    """«Вопрос 1. О паводке. Вопрос 2. О пожарах.» one under the other is the agenda, not the course."""
    if not is_question_title(unit) or state.kind not in ("header", "attendance", "agenda") or number != len(state.titles) + 1:
        return False
    if state.kind == "agenda":
        return not state.agenda_done
    following = units[index + 1] if index + 1 < len(units) else None
    if following is None or question_number(following.text) != number + 1 or not is_question_title(following):
        return False
    state.kind, state.role, state.agenda_open = "agenda", "item", True
    return True


def _title_index(state: _State, unit: Unit) -> int | None:
    """Which question of the agenda the unit repeats or quotes, if any."""
    if state.kind == "agenda" and not state.agenda_done and not _repeats_first(state, unit):
        return None
    quoted = quoted_question(unit.text)
    text = quoted or unit.body
    if len(text) > 600 or not state.titles or (quoted is None and state.kind == "decision" and is_decision_like(text)):
        return None
    scores = [_likeness(_key(text), _key(title)) for title in state.titles]
    best = max(range(len(scores)), key=scores.__getitem__)
    return best if scores[best] >= 86 else None


def _likeness(text: str, title: str) -> float:
    """How alike a line and a question are, 0–100; they must begin alike, a report often repeats the matter's words."""
    return min(fuzz.ratio(text, title), fuzz.ratio(text[:40], title[:40]))


def _repeats_first(state: _State, unit: Unit) -> bool:
    return bool(state.titles) and fuzz.ratio(_key(unit.body), _key(state.titles[0])) >= 90


def _key(text: str) -> str:
    return re.sub(r"[^а-яa-z0-9]+", " ", text.lower().replace("ё", "е")).strip()


def _is_new_title(state: _State, unit: Unit, units: list[Unit], index: int) -> bool:
    """A heading «I. О состоянии …» where no agenda list stood before."""
    if _is_course_number(state, unit) and _course_follows(units, index):
        return True
    if state.agenda_open:
        return False
    if is_question_title(unit) or (state.kind in ("header", "attendance") and _is_plain_title(unit)):
        return _course_follows(units, index) or not state.decided
    return _is_numbered_title(state, unit) and _course_follows(units, index)


def _is_plain_title(unit: Unit) -> bool:
    """The one matter of a meeting on a line of its own: «О результатах экспертизы рабочих программ»."""
    return bool(re.match(r"(?:О|Об|Обо)\s+[а-яё«]", unit.text)) and len(unit.text) < 300 and unit.text[-1] not in ":;,"


def _is_course_number(state: _State, unit: Unit) -> bool:
    """«3. Рассмотрен протокол …» after the decisions on question 2: the number of the next question, no commitment."""
    label = unit.label
    if label is None or label.system == "paren" or state.kind not in ("decision", "hearing") or opens_clause(unit.body):
        return False
    if unit.body.rstrip()[-1:] in (":", ";") or unit.body[:1].islower():
        return False
    if state.last_number is not None and label.numbers == (state.last_number + 1,):
        return False
    return label.numbers == ((-1 if state.question is None else state.question) + 2,) and not is_decision_like(unit.body)


def _is_numbered_title(state: _State, unit: Unit) -> bool:
    """«1. Как прошли праздники»: the next number, neither a commitment nor a person."""
    label = unit.label
    if label is None or label.numbers != (len(state.titles) + 1,) or state.kind == "hearing" and state.question is None:
        return False
    return len(unit.body) < 160 and not is_decision_like(unit.body) and not re.search(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.", unit.body)


def _course_follows(units: list[Unit], index: int) -> bool:
    """Whether a hearing or a decision marker of its own comes before the next question."""
    for unit in units[index + 1 : index + 40]:
        marker = find_marker(unit)
        if marker and marker.name in ("heard", "spoke", "decision"):
            return True
        if question_number(unit.text) is not None or is_question_title(unit) or is_assignment_heading(unit.text):
            return is_assignment_heading(unit.text)
    return False


def _set_question(state: _State, unit: Unit, number: int | None, title: int | None) -> None:
    if title is not None:
        state.question = title
    elif number is not None:
        state.question = number - 1
    elif _is_course_number(state, unit) and unit.label:
        state.question = unit.label.numbers[0] - 1
        state.titles += [unit.body] * (not state.agenda_open)
    else:
        state.question = len(state.titles)
        state.titles.append(unit.body)


def _refer(state: _State, unit: Unit, marker: Marker) -> None:
    """The question that a marker's own words or number name: «2. РЕШИЛИ:», «Решение по второму вопросу:»."""
    number = question_number(unit.text)
    if number is None and unit.label and marker.name in ("heard", "spoke") and len(unit.label.numbers) == 1:
        number = unit.label.numbers[0]
    if number is not None and (not state.titles or number <= len(state.titles)):
        state.question = number - 1


def _hearing(state: _State, unit: Unit, marker: Marker | None, _units: list[Unit], _index: int) -> Part | None:
    if marker is None or marker.name not in ("heard", "spoke") or state.kind == "header":
        return None
    if state.kind == "agenda" and words("markers", "reporter").match(unit.body):
        return None
    if state.kind in ("agenda", "decision", "attendance") and not marker.is_strong:
        return None
    if state.kind == "decision" and unit.label and not _LISTENED.match(unit.body) and is_decision_like(unit.body):
        return None
    before = state.question
    _refer(state, unit, marker)
    advance = state.decided and state.kind in ("decision", "vote") or state.question is None
    title = _title_index(state, unit)
    if title is not None:
        state.question = title
    elif marker.name == "heard" and advance and state.question == before and question_number(unit.text) is None:
        state.question = 0 if before is None else min(before + 1, max(len(state.titles) - 1, before))
    state.kind, state.role = "hearing", marker.name
    state.agenda_done = state.agenda_done or state.agenda_open
    return _part(state, unit, "hearing", marker.name, marker.content)


_LISTENED = re.compile(r"(?:за)?слуша(?:ли|н[аоы]?)(?![а-яё])|выступил|выступал", re.IGNORECASE)


def _agenda_item(state: _State, unit: Unit, _marker: Marker | None, _units: list[Unit], _index: int) -> Part | None:
    if state.kind != "agenda":
        return None
    role = _agenda_role(state, unit)
    if role == "end":
        state.kind, state.role, state.agenda_done = "hearing", "text", True
        return None
    content = None
    if role == "item":
        bare = re.match(r"\d{1,2}\s+(?=[А-ЯЁ])", unit.text) if unit.label is None else None
        content = unit.start + bare.end() if bare else None
        state.titles.append(_agenda_title(unit.text[bare.end() :] if bare else unit.body))
    return _part(state, unit, "agenda", role, content)


def _is_bare_numbered(state: _State, unit: Unit) -> bool:
    """«2 Ремонт кровли»: a number without a full stop, the next in the list."""
    match = re.match(r"(\d{1,2})\s+[А-ЯЁ]", unit.text)
    return match is not None and int(match[1]) == len(state.titles) + 1


def _agenda_title(text: str) -> str:
    return re.sub(r"\s*(?:\([^()]*\)\s*|[-–]\s*[А-ЯЁ][^.]{0,60})?$", "", text)


def _agenda_role(state: _State, unit: Unit) -> str:
    if unit.row or unit.label or _is_bare_numbered(state, unit):
        return "item"
    if words("markers", "reporter").match(unit.text) or unit.text.startswith("("):
        return "reporter"
    if not state.titles:
        return "item"
    if state.titles[-1].rstrip().endswith(";"):
        return "item"
    if unit.text[0].islower():
        return "continuation"
    if re.match(r"(?:О|Об|Обо)\s+[а-яё«]", unit.text) and len(unit.text) < 400:
        return "item"
    return "reporter" if _is_reporter(unit.text) else "end"


def _is_reporter(text: str) -> bool:
    """A bare name with a post under an agenda item: «Иванова И.И. – заместитель главы»."""
    return len(text) < 140 and bool(re.match(r"[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.?\s*[-–,(]", text))


def _leads_to_marker(unit: Unit, following: Unit | None) -> bool:
    """The words before a marker in one paragraph: «Кроме того, комиссия | решила: …»."""
    if following is None or following.start > unit.end + 1 or is_decision_like(unit.text):
        return False
    marker = find_marker(following)
    return marker is not None and marker.name == "decision"


def _leaves_decisions(state: _State, unit: Unit) -> bool:
    """Whether the course goes on after the decisions: somebody speaks, or a plain paragraph follows a vote or a single decision."""
    if unit.label or unit.row or opens_clause(unit.text) or is_bare_deadline(unit.text) or is_decision_like(unit.text):
        return False
    if _tells_commitment(unit.text):
        return False
    if re.match(r"(?:[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+)[^.;]{0,60}?(?:\s|:)", unit.text):
        return bool(re.search(words("speech", "verbs").pattern + r"|:", unit.text[:140], re.I))
    return (state.has_voted or not state.has_items) and len(unit.text) > 50 and unit.text[0].isupper() and not unit.text.rstrip().endswith(":")


def _is_remark(unit: Unit, previous: Unit | None) -> bool:
    """A whole sentence without a commitment between the items: «Следующее совещание состоится 20.03.2023.»."""
    if unit.label or unit.row or len(unit.text) < 40 or not unit.text.endswith(".") or previous is None:
        return False
    if is_decision_like(unit.text) or opens_clause(unit.text) or is_bare_deadline(unit.text) or previous.text[-1] in ":,":
        return False
    return unit.text[0].isupper() and bool(previous.row or previous.text[-1] in ".;)»")


def _inherit(state: _State, unit: Unit, previous: Unit | None, following: Unit | None) -> Part:
    if state.kind == "decision" and _leads_to_marker(unit, following):
        state.kind, state.role = "hearing", "text"
    if state.kind == "decision" and _leaves_decisions(state, unit):
        state.kind, state.role = "hearing", "text"
    state.has_items = state.has_items or (state.kind == "decision" and bool(unit.label or unit.row))
    if unit.label and len(unit.label.numbers) > 0:
        state.last_number = unit.label.numbers[0] if state.kind == "decision" and len(unit.label.numbers) == 1 else None
    if state.kind in ("header", "attendance") and len(unit.text) > 260 and not unit.label and not unit.row:
        if state.kind == "header" or not re.search(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.", unit.text):
            state.kind, state.role = "hearing", "text"
    if state.kind == "decision" and state.has_items and _is_remark(unit, previous) and not _tells_commitment(unit.text):
        return _part(state, unit, "hearing", "text")
    role = "item" if state.kind == "decision" else state.role
    return _part(state, unit, state.kind, role)


def _tells_commitment(text: str) -> bool:
    """«Эксперты Вдовенко А.А., Маликов Р.Х. проводят консультации»: a person with a verb in the present or future."""
    names = find_names(text)
    verbs = re.findall(r"[а-яё]{4,}(?:ет|ит|ют|ят|ут|ат|ся)(?![а-яё])", text)
    return bool(names) and any(is_finite(verb) for verb in verbs[:8])


def _tail_start(units: list[Unit]) -> tuple[int, int]:
    """The half-open range of the signature, looked for from the end or from before the attachments."""
    ends = [len(units)] + [
        i for i in range(len(units) - 1, 0, -1) if re.match(r"Приложени[ея]", units[i].text, re.I) and len(units[i].text) < 120
    ]
    for end in ends:
        start = end
        while start > 0 and is_signature_line(units[start - 1], units[start - 2] if start > 1 else None):
            start -= 1
        while start < end and not _opens_signature(units[start]):
            start += 1
        if start < end:
            return start, end
    return len(units), len(units)


def _opens_signature(unit: Unit) -> bool:
    return not re.fullmatch(r"[\W_\d]*", unit.text) or "__" in unit.text or bool(re.search(r"\d{4}", unit.text))


def _attachment_start(units: list[Unit], tail: tuple[int, int]) -> int | None:
    return tail[1] if tail[0] < tail[1] < len(units) else None


def _promote_unmarked(parts: list[Part]) -> list[Part]:
    """Where no word announces the decisions, numbered commitments under the questions are the decisions.

    «1. О готовности школ … 1.1. Директорам школ завершить ремонт …» is the usual form of commissions.
    """
    if any(p.kind == "decision" for p in parts):
        return parts
    return [
        replace(p, kind="decision", role="item")
        if p.kind == "hearing" and p.role in ("text", "item") and _is_unmarked_item(parts, i)
        else p
        for i, p in enumerate(parts)
    ]


def _is_unmarked_item(parts: list[Part], index: int) -> bool:
    unit = parts[index].unit
    if unit.label and is_decision_like(unit.body):
        return True
    return bool(words("clauses", "deadline").match(unit.text) or words("clauses", "assignee").match(unit.text))


def _promote_proposals(parts: list[Part]) -> list[Part]:
    """«Предложено: утвердить смету.» – votes – «Решение принято.»: the proposal is the decision, adopted or rejected."""
    promoted = list(parts)
    proposal: Part | None = None
    for part in parts:
        if part.kind == "decision" or part.role == "question":
            proposal = None
        elif part.kind == "hearing":
            proposal = _proposal(part) or proposal
        elif part.kind == "vote" and proposal is not None and _VERDICT.search(part.unit.text):
            promoted[next(i for i, p in enumerate(parts) if p.unit is proposal.unit)] = proposal
            proposal = None
    return promoted


def _proposal(part: Part) -> Part | None:
    """The part as a decision, beginning where what is proposed begins."""
    match = _PROPOSAL.search(part.unit.text)
    if match is None or not (match["colon"] or has_infinitive(part.unit.text[match.end() :].split(" ")[0])):
        return None
    return replace(part, kind="decision", role="item", content=part.unit.start + match.end())


_PROPOSAL = re.compile(
    r"(?:предложено|предлагается|(?:поступило\s+)?предложение(?=[^.]{0,40}:))(?P<colon>[^:.]{0,60}:)?\s*", re.IGNORECASE
)
_VERDICT = re.compile(r"(?:решени[ея]|предложени[ея])[^.]{0,80}?(?:не\s+)?принят|отклон", re.IGNORECASE)
