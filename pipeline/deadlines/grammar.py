"""The composition: tokens through the layers, clauses one after the other, what stands between, their merging."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from pipeline.deadlines.clauses import Clause
from pipeline.deadlines.days import CLOCK_LAYER, DAY_LAYER, DAY_NAME_LAYER
from pipeline.deadlines.durations import LENGTH_LAYER
from pipeline.deadlines.edges import EDGE_LAYER
from pipeline.deadlines.lexer import tokens as scan
from pipeline.deadlines.periods import NUMBER_LAYER, SPAN_LAYER, YEAR_LAYER, YEAR_PERIOD_LAYER
from pipeline.deadlines.recurrence import AFTER_DAY_LAYER, RECURRENCE_LAYER
from pipeline.deadlines.symbols import SYMBOL, Token, kinds, tape, text_of
from pipeline.deadlines.table import WEAK, clause_at

LAYERS = (
    NUMBER_LAYER, YEAR_LAYER, RECURRENCE_LAYER, DAY_LAYER, DAY_NAME_LAYER, CLOCK_LAYER, AFTER_DAY_LAYER, SPAN_LAYER,
    LENGTH_LAYER, YEAR_PERIOD_LAYER, EDGE_LAYER,
)  # fmt: skip
JOINTS = {
    SYMBOL[name]: name
    for name in ("and", "or", "but", "then", "comma", "semi", "dash", "colon", "lp", "rp", "dot", "slash", "incl")
}
LIST_JOINTS = frozenset(("comma", "and", "or", "semi"))
NAMED = re.compile(tape("P dash (by | nl | k)"))
QUOTES = kinds("quot", "x")
TRIM = ' \t\n\r.,;:–—-()"«»'
DATED = ("on", "by_date", "span", "from", "running", "days", "until", "before", "nth_weekday")


@dataclass(slots=True)
class Part:
    """A clause with what stands before it: the joints, and a label («отчет –», «повторно –»)."""

    clause: Clause
    joints: frozenset[str] = frozenset()
    label: str | None = None
    bounds: list[Clause] = field(default_factory=list)
    is_after: bool = False  # «далее – постоянно»
    is_doubtful: bool = False
    has_prefix: bool = False  # words stand before the first clause


def layered(folded: str, start: int = 0) -> tuple[list[Token], str]:
    """The tokens of a folded text after all layers, and their tape; short texts repeat, and are remembered."""
    return _remembered(folded, start) if len(folded) <= 120 else _layered(folded, start)


@lru_cache(maxsize=4_096)
def _remembered(folded: str, start: int) -> tuple[list[Token], str]:
    return _layered(folded, start)


def _layered(folded: str, start: int) -> tuple[list[Token], str]:
    tokens = scan(folded, start)
    line = text_of(tokens)
    for layer in LAYERS:
        if not layer.dispatch.starts.isdisjoint(line):
            tokens, line = layer.apply(tokens, line)
    return tokens, line


def read(text: str, folded: str, start: int = 0) -> list[Part]:
    """The parts of an expression in order, not yet merged."""
    return parts_of(text, *layered(folded, start))


def parts_of(text: str, tokens: list[Token], line: str) -> list[Part]:
    """The parts that the layered tokens make."""
    parts: list[Part] = []
    gap: list[Token] = []
    at = 0
    while at < len(tokens):
        found = None if _is_named(line, at) or _is_of_act(gap, line[at], parts) else clause_at(line, tokens, at)
        if found is None or (found[0].rule in WEAK and not _may_be_weak(gap, parts)):
            gap.append(tokens[at])
            at += 1
            continue
        clause, end = found
        _add(parts, clause, gap, text)
        gap, at = [], end
    _finish(parts, gap, text)
    return _without_weak(parts, text)


def _is_named(line: str, at: int) -> bool:
    """«1 кв. – до 10.04, 2 кв. – до 10.07»: what the terms are for."""
    opens = at == 0 or JOINTS.get(line[at - 1]) in ("comma", "semi", "colon", "lp", "dot")
    return opens and NAMED.match(line, at) is not None


def _is_of_act(gap: list[Token], kind: str, parts: list[Part]) -> bool:
    """«(во исполнение приказа № 45-ОД от 12.02.2020)»: the date of an act."""
    return kind == SYMBOL["D"] and bool(parts or gap[1:]) and bool(gap) and gap[-1].kind == SYMBOL["ot"]


def _may_be_weak(gap: list[Token], parts: list[Part]) -> bool:
    return not parts and all(t.kind in JOINTS or t.kind in QUOTES for t in gap)


def _without_weak(parts: list[Part], text: str) -> list[Part]:
    """A weak first clause before a dated one was its label: «в министерство – до 1 мая»."""
    first = parts[0].clause if parts else None
    is_task = first is not None and first.rule == "vague_term" and first.event is None and len(parts) > 1
    if is_task and parts[1].label:  # «немедленно, отчет – в течение 10 дней»
        return parts
    if first and first.rule in WEAK and any(p.clause.kind in (*DATED, "recurring", "duration") for p in parts[1:]):
        if first.event is not None and parts[1].label is None:
            parts[1].label = _words(text, first.event.start, first.event.end)
        parts = parts[1:]
        parts[0].joints = frozenset()
    return parts


def _words(text: str, start: int, end: int) -> str | None:
    return " ".join(text[start:end].split()).strip(TRIM) or None


def _label(tokens: list[Token], text: str) -> str | None:
    known = [t for t in tokens if t.kind not in JOINTS]
    return _words(text, known[0].start, known[-1].end) if known else None


def _add(parts: list[Part], clause: Clause, gap: list[Token], text: str) -> None:
    """Joints and words between two clauses: words after a dash or in brackets belong to the clause before."""
    joints = frozenset(JOINTS[t.kind] for t in gap if t.kind in JOINTS)
    before, after = _split_gap(gap, bool(parts))
    if parts and before:
        parts[-1].label = parts[-1].label or _label(before, text)
    label = _label(after, text)
    part = Part(clause, joints, label, is_after="then" in joints, has_prefix=label is not None)
    if clause.kind != "ignored":
        parts.append(part)


def _split_gap(gap: list[Token], has_previous: bool) -> tuple[list[Token], list[Token]]:
    if not has_previous:
        return [], gap
    for i in range(len(gap) - 1, -1, -1):
        if JOINTS.get(gap[i].kind) in ("comma", "semi", "rp", "and", "lp", "or", "then", "but", "dot"):
            return gap[: i + 1], gap[i + 1 :]
    first = JOINTS.get(gap[0].kind) if gap else None
    return (gap, []) if first == "dash" and JOINTS.get(gap[-1].kind) != "dash" else ([], gap)


def _finish(parts: list[Part], gap: list[Token], text: str) -> None:
    """Words after the last clause: its label, or something not understood."""
    label = _label(gap, text)
    if not parts or label is None or _names_act(gap):
        return
    opened = JOINTS.get(gap[0].kind)
    if opened in ("lp", "dash", "colon") and len(label) <= 60:
        parts[-1].label = parts[-1].label or label
    else:
        parts[-1].is_doubtful = True


def _names_act(gap: list[Token]) -> bool:
    return any(a.kind == SYMBOL["ot"] and b.kind == SYMBOL["D"] for a, b in pairwise(gap))


# --- merging -----------------------------------------------------------------------------------------------------


def merged(parts: list[Part]) -> list[Part]:
    """Clauses that say one deadline together become one part: «ежемесячно до 5 числа», «постоянно в течение года»."""
    out: list[Part] = []
    for part in _under_head(parts):
        last = out[-1] if out else None
        if last is None or not _merge(out, last, part):
            out.append(part)
    return out


def _under_head(parts: list[Part]) -> list[Part]:
    """«ежегодно: до 1 апреля – план, до 25 декабря – отчет»: the head holds for all that follows its colon."""
    head, rest = parts[:1], parts[1:]
    rec = head[0].clause.rec if head and head[0].clause.kind == "recurring" else None
    if rec is None or not rest or "colon" not in rest[0].joints or any(p.clause.kind not in DATED for p in rest):
        return parts
    for part in rest:
        part.clause, part.bounds = Clause(head[0].clause.rule, "recurring", rec=rec), [part.clause]
    return rest


def _merge(out: list[Part], last: Part, part: Part) -> bool:
    a, b = last.clause, part.clause
    if b.kind == "on" and a.kind == "by_date" and part.label is None and part.joints and part.joints <= LIST_JOINTS:
        b.kind, b.prep, b.rule = "by_date", a.prep, a.rule  # «до 10 апреля, 10 июля»
    if (
        a.rule == "vague_term"
        and a.event is None
        and not part.label
        and not part.joints & {"then", "and"}
        and b.kind != "unspecified"
    ):
        last.clause, last.bounds = b, []  # «незамедлительно, но не позднее 3 дней»
        return True
    if b.kind == "days" and a.kind == "recurring" and part.label and a.rec is not None:
        part.clause, part.bounds = Clause(a.rule, "recurring", rec=a.rec), [b]  # «ежемесячно, отчет до 5 числа»
    if part.label or part.joints & {"then", "semi", "but", "or"}:
        return False
    if "and" in part.joints:
        return _extend(last, b)
    if a.kind == "by_date" and b.kind == "on" and "lp" in part.joints:
        if b.whens[0].is_day:
            a.whens = b.whens  # «до конца года (31.12.2024)»
        return True  # «до 1 апреля (I квартал)»: what is reported
    if a.kind == "permanent" and b.rule == "until_event" and not part.joints:
        a.event = b.event  # «постоянно до особого распоряжения»
        return True
    if a.kind == "recurring":
        return _into_recurring(last, part)
    if b.kind == "recurring":
        return _recurring_over(out, part)
    if a.kind == "permanent" and b.kind in ("on", "running", "span", "from", "by_date", "until"):
        last.bounds.append(b)
        return True
    if b.kind == "permanent" and a.kind in ("running", "span", "from", "on") and not last.bounds:
        last.clause, last.bounds = b, [a]
        return True
    return _with_document(last, part)


def _with_document(last: Part, part: Part) -> bool:
    """«в течение года по плану»: the document is its event; so is a condition with no comma before it."""
    a, b = last.clause, part.clause
    if _is_document(b) and a.event is None:
        a.event = b.event
        return True
    if _is_document(a) and b.kind in (*DATED, "duration", "permanent"):
        b.event = b.event or a.event
        last.clause = b
        return True
    if b.kind == "conditional" and not part.joints and a.kind in ("running", "on") and a.event is None:
        a.event = b.event
        return True
    # «до 1 мая, в рабочем порядке»: the vague word adds nothing
    return bool(b.kind == "unspecified" and b.event is None and a.kind != "unspecified")


def _is_document(clause: Clause) -> bool:
    return clause.kind == "unspecified" and clause.event is not None


def _extend(last: Part, b: Clause) -> bool:
    """«ежегодно в апреле и октябре», «до 15 и 30 числа»: the same bound once more."""
    if last.clause.kind == "recurring" and last.bounds and b.kind in DATED and b.kind == last.bounds[-1].kind:
        last.bounds.append(b)
        return True
    if last.clause.kind == "recurring" and last.bounds and last.bounds[-1].kind == "by_date" and b.kind == "on":
        last.bounds.append(b)
        return True
    return False


def _into_recurring(last: Part, part: Part) -> bool:
    a, b = last.clause, part.clause
    if b.kind == "recurring":
        return _two_recurrences(last, b)
    if b.kind in DATED or (b.kind == "duration" and "comma" not in part.joints):
        last.bounds.append(b)
        return True
    if b.kind == "event" and not part.joints and a.event is None:
        a.event = b.event  # «ежегодно по окончании учебного года»
        return True
    if _is_document(b) and a.event is None:
        a.event = b.event
        return True
    return b.kind == "unspecified" and b.event is None


def _two_recurrences(last: Part, b: Clause) -> bool:
    """«еженедельно по пятницам»: the one that says more; two different frequencies stay two rows."""
    a = last.clause
    if a.rec is None or b.rec is None or last.bounds:
        return False
    if (a.rec.freq, a.rec.interval) == (b.rec.freq, b.rec.interval) or not b.rec.is_plain:
        last.clause = b if a.rec.is_plain else a
        return True
    if a.rec.freq == "YEARLY" and a.rec.is_plain and b.rec.freq == "MONTHLY":
        last.clause = b  # «ежегодно, 2 раза в год»
        return True
    return b.rec.is_plain and not a.rec.is_plain


def _recurring_over(out: list[Part], part: Part) -> bool:
    """«до 15 мая и 15 ноября ежегодно»: the dates before are bounds of the recurrence."""
    taken: list[Part] = []
    while out and out[-1].clause.kind in DATED and out[-1].label is None and not out[-1].bounds:
        taken.insert(0, out.pop())
        if not taken[0].joints & {"comma", "and"}:
            break
    if not taken:
        if out and _is_document(out[-1].clause):
            part.clause.event = out.pop().clause.event
        return False
    part.bounds = [t.clause for t in taken] + part.bounds
    part.joints, part.label = taken[0].joints, taken[0].label or part.label
    if "then" in part.joints:
        part.is_after = True
    return False
