"""Counts of votes: «За – 10, против – нет, воздержались – 1», «Принято единогласно»."""

from __future__ import annotations

import re

from pipeline.model import Vote, VoteOption
from pipeline.segment import Segmentation

_COUNT = re.compile(
    r"(?<![А-Яа-яЁё])[«\"']?(?P<option>за|против|воздерж\w*)(?![а-яё])[»\"']?\s*(?:голосовал[иао]?)?\s*[-–—:=(]*\s*"
    r"(?P<value>\d{1,5}(?![\d.,]*\s*(?:%|кв|процент))|нет|единогласно|ноль|0)(?![\d,.]*\d)",
    re.IGNORECASE,
)
_REVERSED = re.compile(
    r"(?P<value>\d{1,5})\s*(?:\([^)]*\)\s*)?(?:голос\w*|чел\w*\.?)?\s*[-–—]?\s*[«\"]?(?P<option>за|"
    r"против|воздерж\w*)(?![а-яё])",
    re.I,
)
_OPTIONS: dict[str, VoteOption] = {"за": "yes", "пр": "no", "во": "abstain"}


def parse_votes(segmentation: Segmentation) -> list[Vote]:
    """One vote per printed option; unanimity without numbers is one row without a value."""
    votes: list[Vote] = []
    decisions = 0
    for part in segmentation.parts:
        decisions += part.kind == "decision"
        if part.kind not in ("vote", "decision"):
            continue
        votes += _counts(part.unit.text, part.unit.start, part.question, part.kind == "vote")
    return votes


def _counts(text: str, offset: int, question: int | None, is_vote: bool) -> list[Vote]:
    unanimous = bool(re.search(r"единогласн|единодушн", text, re.I))
    matches = list(_COUNT.finditer(text))
    if not is_vote and len(matches) < 2 and not (unanimous and len(text) < 120):
        return []
    if not matches and is_vote:
        matches = list(_REVERSED.finditer(text))
    rows = [
        Vote(
            _OPTIONS[m["option"].lower()[:2]],
            _number(m["value"]),
            unanimous,
            offset + m.start(),
            offset + m.end(),
            question,
        )
        for m in matches
    ]
    if not rows and unanimous and is_vote:
        found = re.search(r"единогласн\w*|единодушн\w*", text, re.I)
        assert found is not None
        rows = [Vote("yes", None, True, offset + found.start(), offset + found.end(), question)]
    return rows


def _number(value: str) -> int | None:
    if value.lower() in ("нет", "ноль"):
        return 0
    return int(value) if value.isdigit() else None
