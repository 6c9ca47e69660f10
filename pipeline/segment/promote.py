"""Decisions that no marker announces: commitments under questions, proposals that were put to the vote."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.clauses import opens_clause
from pipeline.labels import parse_label
from pipeline.lexicon import words
from pipeline.markers import is_decision_like
from pipeline.nlp.morph import has_infinitive
from pipeline.segment.parts import Part


def promote_unmarked(parts: list[Part]) -> list[Part]:
    """Where no word announces the decisions, numbered commitments under the questions are the decisions.

    «1. О готовности школ … 1.1. Директорам школ завершить ремонт …» is the usual form of commissions.
    """
    if any(p.kind == "decision" for p in parts):
        return parts
    promoted = [
        replace(p, kind="decision", role="item")
        if p.kind == "hearing" and p.role in ("text", "item") and _is_unmarked_item(parts, i)
        else p
        for i, p in enumerate(parts)
    ]
    return promoted if any(p.kind == "decision" for p in promoted) else _promote_charges(parts)


def _promote_charges(parts: list[Part]) -> list[Part]:
    """A protocol of nothing but charges: «1. Арефьеву Н.И. – представить расчёт, срок – до 18 марта»."""
    charges = [i for i, p in enumerate(parts) if p.kind in _BEFORE and _is_charge(p)]
    if len(charges) < 2:
        return parts
    first, last = charges[0], charges[-1]
    while last + 1 < len(parts) and opens_clause(parts[last + 1].unit.text):
        last += 1  # «Контроль за исполнением поручений: …»
    return [
        replace(p, kind="decision", role="item", content=p.unit.body_start)
        if first <= i <= last and p.kind in _BEFORE
        else p
        for i, p in enumerate(parts)
    ]


_BEFORE = ("header", "attendance", "agenda", "hearing")


def _is_charge(part: Part) -> bool:
    """A numbered commitment with its term, or «Сомов В.А. – очистить стоки – до 12.04»: no question has both."""
    unit = part.unit
    if _TERM.search(unit.body) is None or not is_decision_like(unit.body):
        return False
    return bool(unit.label and unit.label.numbers) or _NAMED_CHARGE.match(unit.body) is not None


_NAMED_CHARGE = re.compile(r"[А-ЯЁ][^–—:]{2,80}\s[–—-]\s+[а-яё]+(?:ть|ти|чь)(?:ся|сь)?\s")
_TERM = re.compile(
    r"\bсрок\w*\s?(?:исполнения\s?)?[:–—-]|\bдо\s\d|не позднее|постоянно|еже[а-яё]+о\b|[–—-]\s\d", re.IGNORECASE
)


def _is_unmarked_item(parts: list[Part], index: int) -> bool:
    unit = parts[index].unit
    if unit.label and is_decision_like(unit.body):
        return True
    if unit.label and unit.body.rstrip().endswith(":") and index + 1 < len(parts):
        below = parts[index + 1].unit
        return (
            below.label is not None and below.label.numbers[:-1] == unit.label.numbers and is_decision_like(below.body)
        )
    return bool(words("clauses", "deadline").match(unit.text) or words("clauses", "assignee").match(unit.text))


def promote_proposals(parts: list[Part]) -> list[Part]:
    """«Предложено: утвердить смету.» – votes – «Решение принято.»: the proposal is the decision."""
    promoted = list(parts)
    proposal: Part | None = None
    is_announced = False
    for part in parts:
        if part.kind == "decision" or part.role == "question":
            proposal = None
        elif part.kind == "hearing":
            proposal = _proposal(part, is_announced) or proposal
            is_announced = bool(_ANNOUNCED.fullmatch(part.unit.text))
        elif part.kind == "vote" and proposal is not None and _VERDICT.search(part.unit.text):
            promoted[next(i for i, p in enumerate(parts) if p.unit is proposal.unit)] = proposal
            proposal = None
    return promoted


def _proposal(part: Part, is_announced: bool) -> Part | None:
    """The part as a decision, beginning where what is proposed begins; «Предложено:» may stand on the line above."""
    if is_announced and is_decision_like(part.unit.body):
        return replace(part, kind="decision", role="item", content=part.unit.body_start)
    match = _PROPOSAL.search(part.unit.text)
    if match is None or not (match["colon"] or has_infinitive(part.unit.text[match.end() :].split(" ")[0])):
        return None
    label = parse_label(part.unit.text[match.end() :])
    content = part.unit.start + match.end() + (label.end if label else 0)
    return replace(part, kind="decision", role="item", content=content)


_PROPOSAL = re.compile(
    r"(?:предложено|предлагается|(?:поступило\s+)?предложение(?=[^.]{0,40}:))(?P<colon>[^:.]{0,60}:)?\s*", re.IGNORECASE
)


_ANNOUNCED = re.compile(r"(?:предложено|предлагается|поступило\s+предложение)[^:.]{0,60}:?\s*", re.IGNORECASE)
_VERDICT = re.compile(r"(?:решени[ея]|предложени[ея])[^.]{0,80}?(?:не\s+)?принят|отклон", re.IGNORECASE)
