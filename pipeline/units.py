"""Paragraphs cut into units: the smallest stretches that have one role each.

A unit is a paragraph, a row of a table, or a part of a paragraph in which several things were typed in one run
(«… обсудив информацию, РЕШИЛИ: 1. Утвердить … 2. Направить …»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from pipeline.labels import Label, parse_label, running_items
from pipeline.lexicon import words
from pipeline.model import Paragraph, Source


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of one role. `text` is the cleaned text of start..end, line ends as spaces (same length)."""

    start: int
    end: int
    text: str
    label: Label | None = None
    row: tuple[tuple[int, int, int], ...] = ()
    table: int | None = None
    page_no: int | None = None
    is_bold: bool = False
    is_centered: bool = False

    @property
    def body(self) -> str:
        """The text without its label."""
        return self.text[self.label.end :] if self.label else self.text

    @property
    def body_start(self) -> int:
        """Where the text without the label begins in the document."""
        return self.start + (self.label.end if self.label else 0)


def build_units(source: Source) -> list[Unit]:
    """The units of the body in reading order: «РЕШИЛИ: 1. А. 2. Б.» gives three."""
    units: list[Unit] = []
    body = [p for p in source.paragraphs if p.zone == "body"]
    for key, group in groupby(body, key=lambda p: (p.cell.table, p.cell.row) if p.cell else None):
        if key is None:
            for paragraph in group:
                units.extend(_paragraph_units(source.clean, paragraph))
        else:
            units.append(_row_unit(source.clean, list(group)))
    return units


def _row_unit(text: str, cells: list[Paragraph]) -> Unit:
    spans: dict[int, tuple[int, int]] = {}
    for p in cells:
        assert p.cell is not None
        start, _ = spans.get(p.cell.column, (p.start, p.end))
        spans[p.cell.column] = (start, p.end)
    start, end = cells[0].start, cells[-1].end
    first = cells[0]
    return Unit(
        start, end, _flat(text[start:end]), None, tuple((c, s, e) for c, (s, e) in sorted(spans.items())),
        first.cell.table if first.cell else None, first.page_no, all(p.is_bold for p in cells),
    )  # fmt: skip


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")


def _paragraph_units(text: str, p: Paragraph) -> Iterator[Unit]:
    for start, end in _cuts(text, p):
        unit = _unit(text, start, end, p, automatic=bool(p.label) and start == p.start)
        if unit is None:
            continue
        inner = running_items(unit.text, unit.label) if unit.label else []
        if not inner:
            yield unit
            continue
        edges = [0, *inner, len(unit.text)]
        for left, right in pairwise(edges):
            part = _unit(text, unit.start + left, unit.start + right, p, automatic=bool(p.label) and left == 0)
            if part:
                yield part


def _unit(text: str, start: int, end: int, p: Paragraph, automatic: bool) -> Unit | None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = _flat(piece.strip())
    if not piece:
        return None
    return Unit(
        start, start + len(piece), piece, parse_label(piece, automatic), (), None, p.page_no, p.is_bold, p.is_centered
    )


def _cuts(text: str, p: Paragraph) -> list[tuple[int, int]]:
    """The paragraph cut before and after the words that begin another role in mid-paragraph."""
    piece = _flat(text[p.start : p.end])
    points = {0, len(piece)}
    for match in inline_marker().finditer(piece):
        if not is_inline_marker(piece, match):
            continue
        points.add(_with_number(piece, match.start("marker")))
        if match["kind_decision"] and match.end() < len(piece):
            points.add(match.end())
    points |= {match.start() for match in _VOTE_SENTENCE.finditer(piece)}
    for told in _BODY_DECIDES.finditer(piece):
        if not _RETOLD.search(piece[max(0, told.start() - 120) : told.start()]):
            points |= {told.start("marker"), told.end("marker")}
    for head in (_RUN_ON.match(piece), _LIST_AFTER_COLON.match(piece), _HEADED.match(piece)):
        if head and not _VERDICT.match(piece, head.end()):
            points.add(head.end())
    edges = sorted(points)
    return [(p.start + left, p.start + right) for left, right in pairwise(edges)]


def _with_number(piece: str, start: int) -> int:
    """The marker with its own number: «… участие. 2. СЛУШАЛИ:»."""
    number = re.search(r"(?:\d{1,2}(?:\.\d{1,2}){0,2}[.)]|[IVX]{1,4}\.)\s*$", piece[max(0, start - 12) : start])
    return max(0, start - 12) + number.start() if number else start


_VERBS = re.compile(
    r"(?:реши|постанов|определи|поруч(?:и|ено)|рекомендова|реш[её]н|прин|слуша|заслуша|выступи|"
    r"голосова|проголосова)",
    re.I,
)
# «Решили провести ремонт», «Решение принято – утвердить смету»: the decision follows its word without a colon
_RUN_ON = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?(?:(?:решили|постановили|решено|решила|решил|постановила|"
    r"рекомендовано)(?:\s+единогласно)?\s*[-–—]?\s+"
    r"|(?:решение\s+принято|принято\s+решение|приняли\s+решение)(?:\s+единогласно)?\s*[-–—]?\s+)(?=[а-яёА-ЯЁ-]+(?:ть|"
    r"ти|чь)(?:ся|сь)?\s)",
    re.IGNORECASE,
)
# a vote typed on behind its decision: «… в размере 500 рублей. Голосовали «за» – 5 …»
_VOTE_SENTENCE = re.compile(
    r"(?<=[.!?;])\s+(?=(?:Голосовали|Проголосовали|Результаты голосования|Решение (?:не )?принято|"
    r"Принято единогласно)(?![а-яё]))"
)
# «Повестка дня: 1. О ремонте. 2. О подвозе.»: a list typed on behind its heading
_LIST_AFTER_COLON = re.compile(r"[^:.;]{3,160}:\s*(?=1(?:\.1)?[.)]\s*[А-ЯЁа-яё«])")
# «Решение: не принято» is a verdict; «… было поручено: …» tells of an earlier decision
_VERDICT = re.compile(r"(?:не\s+)?принят[оаы]?(?:\W|$)|отклон", re.IGNORECASE)
_RETOLD = re.compile(
    r"(?:(?<![а-яё])был[аои]?|ранее|(?:на|в)\s+(?:заседани|совещани|собрани)\w+\s+(?:от\s+)?\d|напомни\w+|прошл\w+"
    r"|предыдущ\w+|\d{4}[^.]{0,40}протокол\w*|протокол\s+(?:от|№)[^.]{0,60})(?:[^.!?]|(?<=\d)\.(?=\d)){0,90}$",
    re.IGNORECASE,
)
# «… вопросов не возникло. Комиссия решила признать …»: prose that decides sentence by sentence
# «Комиссия также решила» before the infinitive
BODY_DECIDES = (
    r"(?:комиссия|совет|собрание|правление|президиум|комитет|педсовет)\s+"
    r"(?:также\s+|единогласно\s+){0,2}(?:решил|постановил)[аио]?"
)
_BODY_DECIDES = re.compile(
    rf"(?:^|(?<=[.!?])\s+)(?P<marker>{BODY_DECIDES}\s+)(?=[а-яё-]+(?:ть|ти|чь)(?:ся|сь)?\s)", re.IGNORECASE
)
# «Решение по первому вопросу повестки дня: очистить площадку»: the marker says what it decides on
_HEADED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)]\s*)?(?:принят\w+\s+)?решени[ея]\s+по\s+[^.:;]{3,90}:\s*(?=[А-ЯЁа-яё])", re.IGNORECASE
)
_inline: list[re.Pattern[str]] = []


def inline_marker() -> re.Pattern[str]:
    """Words that begin another role inside a paragraph, with their colon: «… информацию Решили:»."""
    if not _inline:
        decision = words("markers", "decision").pattern
        _inline.append(
            re.compile(
                rf"(?<![А-Яа-яЁё])(?P<marker>(?P<kind_decision>{decision}(?:\s+(?:следующее|единогласно|единодушно))?)"
                r"|(?:слушали|выступил[иа]?|заслушали|проголосовали|голосовали)(?![а-яё]))\s*:\s*",
                re.IGNORECASE,
            )
        )
    return _inline[0]


def is_inline_marker(piece: str, match: re.Match[str]) -> bool:
    """Whether the word speaks for the body: a verb with a colon anywhere, a noun only at the head of a sentence."""
    start = match.start("marker")
    before = piece[max(0, start - 200) : start].rstrip()
    if _VERDICT.match(piece, match.end()) or _RETOLD.search(before):
        return False
    label = parse_label(piece)
    if not before or (label is not None and label.end >= start):
        return bool(match["kind_decision"])
    word = match["marker"]
    if word[0].islower():
        return bool(_VERBS.match(word)) and bool(match["kind_decision"])
    return bool(_VERBS.match(word)) or before[-1] in ".!?;»)"
