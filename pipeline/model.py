"""What passes between the stages: immutable values, each tied to its place in one canonical text.

A reader makes a `Source`: the canonical text of a document and the geometry of its lines. Everything found later
carries half-open character offsets into that text, so provenance is free: `source.text[x.start:x.end]` is the value
as printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Zone = Literal["body", "header", "footer", "page_number", "footnote", "noise"]
TextSource = Literal["text_layer", "ocr", "mixed"]
Severity = Literal["info", "warning", "error"]
Kind = Literal["protocol", "letter", "report", "order", "plan", "regulation", "notice", "news", "template", "other"]
BlockKind = Literal[
    "header", "attendance", "agenda", "hearing", "decision", "vote", "signature", "attachment", "noise"
]
DeadlineKind = Literal[
    "by_date", "on_date", "interval", "recurring", "permanent", "event", "conditional", "duration", "unspecified"
]
EntityType = Literal["person", "post", "group", "organization"]
AssigneeRole = Literal["responsible", "co_executor", "controller"]
ParticipantRole = Literal[
    "chair", "secretary", "attendee", "absent", "invited", "speaker", "assignee", "signatory", "mentioned"
]
Classification = Literal["assignment", "recommendation", "information", "approval", "election", "other"]
VoteOption = Literal["yes", "no", "abstain"]


@dataclass(frozen=True, slots=True)
class Issue:
    """A warning or an error met on the way; `message` is in Russian, for the clerk."""

    severity: Severity
    code: str
    message: str
    page_no: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in points, the origin at the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line: a stretch of the canonical text and where it stands on its page (1-based).

    Of a recognized line, `confidence` is that of its words (0 to 1), and `raw` what was read before its repair
    («Ирииято решение»), or None where nothing was repaired.
    """

    start: int
    end: int
    page_no: int | None = None
    box: Box | None = None
    confidence: float | None = None
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number or a month of a scan whose second reading differs: «01.11.23» at this place, `other` «01.11.25»."""

    start: int
    end: int
    other: str


@dataclass(frozen=True, slots=True)
class PageGrade:
    """A page of a document (`page_no` from 1) and how well it was read.

    `confidence` is the mean one of its recognized characters, `known_share` the share of its words that are Russian;
    both from 0 to 1, None where there is nothing to count. `turn` is by how many degrees counter-clockwise the picture
    was turned to be read.
    """

    page_no: int
    text_source: Literal["text_layer", "ocr"]
    width: float | None = None
    height: float | None = None
    confidence: float | None = None
    known_share: float | None = None
    turn: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a paragraph in a table: table, row and column count from 0 (a merged cell has its first place)."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the canonical text: hard-wrapped lines are joined, a soft line break starts a new one.

    `label` is the automatic list number as Word prints it («2.1.», «-»); it stands at the beginning of the
    paragraph's text too, followed by a space. A typed number is part of the text only.
    """

    start: int
    end: int
    page_no: int | None = None
    zone: Zone = "body"
    label: str | None = None
    level: int | None = None
    cell: Cell | None = None
    is_bold: bool = False
    is_centered: bool = False
    is_soft: bool = False


@dataclass(frozen=True)
class Source:
    """A document as text: paragraphs joined by "\\n" in reading order.

    The text is canonical: Unicode-composed, without soft hyphens and zero-width characters, line-end hyphenation
    undone. `lines` hold the physical lines and, where the format has it, their geometry.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    lines: tuple[Line, ...]
    media_type: str
    pages: tuple[PageGrade, ...] = ()
    page_count: int | None = None
    doubts: tuple[Doubt, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def text_source(self) -> TextSource:
        """Whether the text was typed, recognized, or both."""
        sources = {page.text_source for page in self.pages} or {"text_layer"}
        return "mixed" if len(sources) > 1 else next(iter(sources))

    @cached_property
    def clean(self) -> str:
        """The text with its dirt repaired character for character: same length, same offsets."""
        from pipeline.clean import clean

        return clean(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text with one role: the unit that parsers work on."""

    kind: BlockKind
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """A value with its place and the name of the rule that found it."""

    value: T
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """One simple deadline; the fields are the columns of the table `deadlines`.

    `due_date` is inclusive. `part` names what this deadline is about in a compound: «отчет», «проект».
    """

    text: str
    kind: DeadlineKind
    start: int
    end: int
    rule: str
    start_date: date | None = None
    due_date: date | None = None
    rrule: str | None = None
    event: str | None = None
    offset: str | None = None
    anchor_date: date | None = None
    part: str | None = None
    is_ambiguous: bool = False
    is_inherited: bool = False


@dataclass(frozen=True, slots=True)
class Assignee:
    """Who answers for a decision; `name` in the nominative, `name_raw` as printed.

    `post` is the post of a person named with one: «директор Петрова С.В.»; `is_undecided` as in `Participant`.
    """

    name: str
    name_raw: str
    entity_type: EntityType
    role: AssigneeRole
    start: int
    end: int
    rule: str
    post: str | None = None
    is_inherited: bool = False
    is_undecided: bool = False


@dataclass(frozen=True, slots=True)
class Participant:
    """A person's or a group's part in a meeting; `agenda_index` counts the agenda items from 0.

    `is_undecided`: the gender could not be told, so the surname stayed as printed («поручить Шевчук О.П.»).
    """

    name: str
    name_raw: str
    entity_type: EntityType
    role: ParticipantRole
    start: int
    end: int
    rule: str
    post: str | None = None
    agenda_index: int | None = None
    is_undecided: bool = False


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A question of the agenda, without its number and reporter."""

    text: str
    start: int
    end: int
    rule: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """Who was heard (`heard`: «Слушали») or spoke (`spoke`: «Выступили»); `participant_index` into the participants."""

    kind: Literal["heard", "spoke"]
    text: str
    start: int
    end: int
    agenda_index: int | None = None
    participant_index: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A node of the decision tree, in document order; `parent` is the index of its parent node."""

    text: str
    start: int
    end: int
    rule: str
    score: float
    path: str
    label: str | None = None
    parent: int | None = None
    is_leaf: bool = True
    classification: Classification = "assignment"
    outcome: Literal["adopted", "rejected"] = "adopted"
    context: str | None = None
    agenda_index: int | None = None
    deadlines: tuple[Deadline, ...] = ()
    assignees: tuple[Assignee, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """One printed count; `value` is None where only the unanimity is printed."""

    option: VoteOption
    value: int | None
    is_unanimous: bool
    start: int
    end: int
    agenda_index: int | None = None
    decision_index: int | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of a document says of itself."""

    title: Value[str] | None = None
    number: Value[str] | None = None
    date: Value[date] | None = None
    place: Value[str] | None = None
    organization: Value[str] | None = None
    body: Value[str] | None = None
    district: Value[str] | None = None
    region: Value[str] | None = None


@dataclass(frozen=True, slots=True)
class Protocol:
    """All that was understood of a document. A document of another kind has a header and signatories only."""

    kind: Kind
    kind_score: float
    header: Header
    participants: tuple[Participant, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    speeches: tuple[Speech, ...] = ()
    decisions: tuple[Decision, ...] = ()
    votes: tuple[Vote, ...] = ()
    quorum: bool | None = None
    attendee_count: int | None = None


@dataclass(frozen=True)
class Outcome:
    """The result of the map step for one document: what was read, what was understood, what went wrong."""

    document_id: str
    source: Source
    blocks: tuple[Block, ...]
    protocol: Protocol
    issues: tuple[Issue, ...] = ()
