"""What a scan may have misread: values that stand on a doubtful number are marked, with both readings told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from pipeline.model import Deadline, Decision, Doubt, Header, Issue, Protocol, Source
from pipeline.parsers.doubts import DATED

_FAR: Final = timedelta(days=6 * 365)
"""A protocol sets no term beyond this; a scan that says so has lost or changed a digit."""


def mark_misreadings(source: Source, protocol: Protocol) -> tuple[Protocol, tuple[Issue, ...]]:
    """Deadlines that a second reading puts in doubt are ambiguous: «до 01.11.23», read again as «до 01.11.25»."""
    if source.text_source == "text_layer":
        return protocol, ()
    header = protocol.header
    in_header = [d for d in source.doubts if _is_in_header(header, d)]
    is_day_doubtful = bool(header.date and any(_overlaps(d, header.date.start, header.date.end) for d in in_header))
    decisions = tuple(_marked(decision, source.doubts, is_day_doubtful) for decision in protocol.decisions)
    spans = [(t.start, t.end) for decision in decisions for t in decision.deadlines]
    doubts = [d for d in source.doubts if d in in_header or any(_overlaps(d, start, end) for start, end in spans)]
    return replace(protocol, decisions=decisions), tuple(_issue(source, doubt) for doubt in doubts)


def _is_in_header(header: Header, doubt: Doubt) -> bool:
    return any(value is not None and _overlaps(doubt, value.start, value.end) for value in (header.date, header.number))


def _overlaps(doubt: Doubt, start: int, end: int) -> bool:
    return doubt.start < end and start < doubt.end


def _marked(decision: Decision, doubts: Iterable[Doubt], is_day_doubtful: bool) -> Decision:
    deadlines = tuple(
        replace(t, is_ambiguous=True) if _is_doubtful(t, doubts, is_day_doubtful) else t for t in decision.deadlines
    )
    return replace(decision, deadlines=deadlines)


def _is_doubtful(deadline: Deadline, doubts: Iterable[Doubt], is_day_doubtful: bool) -> bool:
    """A second reading differs, the day that it is counted from is in doubt, or no such date can be meant."""
    if any(_overlaps(doubt, deadline.start, deadline.end) for doubt in doubts):
        return True
    if deadline.anchor_date is not None and is_day_doubtful:
        return True
    if deadline.kind in DATED and deadline.due_date is None and deadline.start_date is None:
        return True
    return _is_far(deadline)


def _is_far(deadline: Deadline) -> bool:
    if deadline.due_date is None or deadline.anchor_date is None:
        return False
    return not deadline.anchor_date <= deadline.due_date <= deadline.anchor_date + _FAR


def _issue(source: Source, doubt: Doubt) -> Issue:
    """Both readings, for whoever has the paper."""
    read = source.text[doubt.start : doubt.end]
    other = f", второй раз – «{doubt.other}»" if doubt.other and doubt.other != read else " неуверенно"
    page = next((line.page_no for line in source.lines if line.start <= doubt.start < line.end), None)
    return Issue("warning", "misread_number", f"число на скане прочитано «{read}»{other}", page, doubt.start, doubt.end)
