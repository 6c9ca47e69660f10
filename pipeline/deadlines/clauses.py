"""The clauses of a deadline: a preposition (or none) with a date, a length, a recurrence or an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.deadlines.dates import Nth, Relative, Span, When
from pipeline.deadlines.durations import BARE, Length
from pipeline.deadlines.edges import Edge
from pipeline.deadlines.events import EventRef
from pipeline.deadlines.recurrence import MonthDays, Rec
from pipeline.deadlines.symbols import SYMBOL, Tokens, has, kinds, pick


@dataclass(slots=True)
class Clause:
    """One simple deadline before its resolution.

    `kind` is a deadline kind, or one of `from` (half-open), `running` (the rest of a period), `days` (of a month).
    """

    rule: str
    kind: str
    whens: tuple[When | Edge, ...] = ()
    prep: str = ""
    length: Length | None = None
    rec: Rec | None = None
    days: MonthDays | None = None
    event: EventRef | None = None
    offset: str | None = None
    is_doubtful: bool = False


Builder = Callable[[str, Tokens], Clause | None]
WHEN = kinds("D", "P", "SY", "E", "ny", "DL", "PL")
PERIOD_UNITS = {SYMBOL["g"]: "year", SYMBOL["q"]: "quarter", SYMBOL["h"]: "half"}
PREP = {SYMBOL["by"]: "by", SYMBOL["nl"]: "po", SYMBOL["po"]: "po", SYMBOL["k"]: "k", SYMBOL["until_w"]: "before"}


def whens_of(tokens: Tokens) -> tuple[When | Edge, ...]:
    """Everything of the calendar among the tokens, lists laid out."""
    out: list[When | Edge] = []
    for token in tokens:
        if token.kind in WHEN:
            out += token.value if isinstance(token.value, list) else [token.value]
    return tuple(out)


def _prep(tokens: Tokens) -> str:
    return next((PREP[t.kind] for t in tokens if t.kind in PREP), "")


def tail(tokens: Tokens, after: int, case: str, head: str = "") -> EventRef:
    """The text of the tokens from `after` on."""
    if after >= len(tokens):
        return EventRef(tokens[-1].end, tokens[-1].end, case, head)
    return EventRef(tokens[after].start, tokens[-1].end, case, head)


# --- builders: (rule, tokens) → Clause -----------------------------------------------------------------------------


def by_when(rule: str, tokens: Tokens) -> Clause:
    return Clause(rule, "by_date", whens_of(tokens), _prep(tokens))


def by_inclusive(rule: str, tokens: Tokens) -> Clause:
    """«до 2026 года включительно»: its last day."""
    return Clause(rule, "by_date", whens_of(tokens), "po")


def span_by(rule: str, tokens: Tokens) -> Clause:
    return Clause(rule, "span", whens_of(tokens), _prep(tokens[2:]))


def since_day(rule: str, tokens: Tokens) -> Clause:
    return Clause(rule, "from", whens_of(tokens), "after" if has(tokens, "after") else "from")


def from_until_event(rule: str, tokens: Tokens) -> Clause:
    at = next(i for i, t in enumerate(tokens) if t.kind in WHEN) + 2
    return Clause(rule, "from", whens_of(tokens[:at]), "from", event=tail(tokens, at, "gen"))


def event_until(rule: str, tokens: Tokens) -> Clause:
    event = EventRef(tokens[2].start, tokens[-2].start, "gen")
    return Clause(rule, "until", whens_of(tokens[-1:]), _prep(tokens[-2:-1]), event=event)


def on_when(rule: str, tokens: Tokens) -> Clause | None:
    whens = whens_of(tokens)
    first = whens[0]
    if is_running(first) and (has(tokens, "v") or isinstance(first, Relative)):
        return Clause(rule, "running", whens)
    if isinstance(first, Span) and first.is_year and first.year and first.year.rel == 0 and has(tokens, "v"):
        return Clause(rule, "running", (Relative("year"),))
    if isinstance(first, Nth) and first.month is None and isinstance(first.what, int):
        return Clause(rule, "nth_weekday", whens, is_doubtful=True)
    return Clause(rule, "on", whens)


def within_when(rule: str, tokens: Tokens) -> Clause:
    """«в течение года»: from the anchor; «в течение 2024 года»: as it stands."""
    unit = next((PERIOD_UNITS[t.kind] for t in tokens if t.kind in PERIOD_UNITS), None)
    if unit:
        sure = has(tokens, "cal", "cur")
        return Clause(
            rule, "running", (Relative(unit),), is_doubtful=not sure, prep="year" * (unit == "year" and not sure)
        )
    whens = whens_of(tokens)
    first = whens[0]
    if isinstance(first, Span) and first.is_year and first.year and first.year.rel == 0:
        return Clause(rule, "running", (Relative("year"),))
    return Clause(rule, "running" if is_running(first) else "on", whens)


def is_running(when: When | Edge) -> bool:
    """The school year without years, the month or quarter that holds the anchor: only its rest is left."""
    if isinstance(when, Span):
        return when.is_school and when.year is None and not when.is_next and when.m1 == 9
    return isinstance(when, Relative) and when.is_running


def month_days(rule: str, tokens: Tokens) -> Clause:
    return Clause(rule, "days", days=pick(tokens, "CH")[0], prep=_prep(tokens) or "on")


def recurring(rule: str, tokens: Tokens) -> Clause:
    rec = pick(tokens, "RC", "recadj")[0]
    if not isinstance(rec, Rec):
        rec = Rec(*rec)
    return Clause(rule, "recurring", rec=rec, is_doubtful=rec.is_doubtful, whens=(rec.within,) if rec.within else ())


def permanent(rule: str, tokens: Tokens) -> Clause:
    return Clause(rule, "permanent", is_doubtful=has(tokens, "per") or any(pick(tokens, "perm", "permadj")))


def for_length(rule: str, tokens: Tokens) -> Clause:
    if has(tokens, "near") and pick(tokens, "day") == ["plural"]:
        return Clause("vague_term", "unspecified")  # «в ближайшие дни»
    return Clause(rule, "duration", length=length_in(tokens))


def length_in(tokens: Tokens) -> Length:
    lengths = pick(tokens, "U")
    return lengths[0] if lengths else next(BARE[t.kind] for t in tokens if t.kind in BARE)


def length_after(rule: str, tokens: Tokens) -> Clause | None:
    """«в течение 5 рабочих дней со дня получения запроса»."""
    at = next(i for i, t in enumerate(tokens) if t.kind in kinds("U", *BARE_NAMES)) + 1
    length = length_in(tokens)
    words = next(i for i in range(at, len(tokens)) if tokens[i].kind in kinds("s", "ot", "after", "po")) + 1
    while words < len(tokens) and tokens[words].kind in STARTING_POINT:
        words += 1
    evw = pick(tokens[at:words], "evw")
    if words >= len(tokens) and not evw:
        return None
    event = tail(tokens, words, "gen", evw[0] if evw else "")
    return Clause(rule, "event", event=event, offset=length.iso, length=length)


def length_from_day(rule: str, tokens: Tokens) -> Clause:
    return Clause(rule, "duration", whens_of(tokens), length=length_in(tokens), is_doubtful=True)


def before_day(rule: str, tokens: Tokens) -> Clause:
    return Clause(rule, "before", whens_of(tokens), length=length_in(tokens), is_doubtful=True)


def before_event(rule: str, tokens: Tokens) -> Clause:
    at = next(i for i, t in enumerate(tokens) if t.kind in kinds("U", *BARE_NAMES))
    joint = next(i for i in range(at, len(tokens)) if tokens[i].kind in kinds("by", "until_w"))
    event = tail(tokens, joint + 1, "gen")
    length = length_in(tokens[: at + 1])
    return Clause(rule, "event", event=event, offset="-" + length.iso, length=length)


def event_after(case: str, skip: int) -> Builder:
    def build(rule: str, tokens: Tokens) -> Clause:
        if tokens[0].kind == SYMBOL["until_w"]:
            return Clause(rule, "event", event=tail(tokens, skip, "any"), prep="before")
        return Clause(rule, "event", event=tail(tokens, skip, case), prep=_prep(tokens))

    return build


def next_day_after(rule: str, tokens: Tokens) -> Clause:
    at = next(i for i, t in enumerate(tokens) if t.kind == SYMBOL["after"]) + 1
    return Clause(rule, "event", event=tail(tokens, at, "gen"), offset="P1D")


def day_following(rule: str, tokens: Tokens) -> Clause:
    """«не позднее дня, следующего за днем проведения»."""
    at = next(i for i, t in enumerate(tokens) if t.kind == SYMBOL["za"]) + 2
    return Clause(rule, "event", event=tail(tokens, at, "gen"), offset="P1D")


def event_word(rule: str, tokens: Tokens) -> Clause:
    """«по окончании учебного года», «по итогам проверки»; the end of a period gives the day after it."""
    at = next(i for i, t in enumerate(tokens) if t.kind == SYMBOL["evw"])
    noun = tokens[at].value
    event = tail(tokens, at + 1, "gen", noun)
    whens = whens_of(tokens[at + 1 :])
    ends = noun in ("окончание", "завершение", "истечение") and len(tokens) == at + 2
    return Clause(rule, "event", whens if ends else (), "upon", event=event, is_doubtful=bool(whens))


def whole_event(rule: str, tokens: Tokens) -> Clause:
    at = 1 if has(tokens[:1], "v", "na", "within", "po", "by", "k", "after", "until_w", "evp") else 0
    case = {SYMBOL["k"]: "dat", SYMBOL["v"]: "loc", SYMBOL["na"]: "loc", SYMBOL["evp"]: "any"}.get(
        tokens[0].kind, "gen"
    )
    return Clause(rule, "event", event=tail(tokens, at, case if at else "nom"), prep=_prep(tokens[:1]))


def conditional(rule: str, tokens: Tokens) -> Clause:
    case = "loc" if tokens[0].kind == SYMBOL["pri"] else "gen"
    return Clause(rule, "conditional", event=tail(tokens, 1, case))


def on_request(rule: str, tokens: Tokens) -> Clause:
    fact = tokens[1].value == "fact" and len(tokens) > 2  # «по факту выявления» is told by the выявление
    return Clause(rule, "conditional", event=tail(tokens, 2, "gen") if fact else tail(tokens, 1, "dat"))


def outside(rule: str, tokens: Tokens) -> Clause:
    skip = 1
    return Clause(rule, "unspecified", event=tail(tokens, skip, "any"))


def vague_term(rule: str, _: Tokens) -> Clause:
    return Clause(rule, "unspecified")


def by_the_hour(rule: str, _: Tokens) -> Clause:
    return Clause(rule, "by_date", (Relative("day", 0),), "by", is_doubtful=True)


BARE_NAMES = ("day", "sut", "week", "mon", "g", "hour", "q", "h", "hy", "dek", "minute")
STARTING_POINT = kinds("day", "mom", "evw")


def after_edge(rule: str, tokens: Tokens) -> Clause:
    """«после окончания учебного года»: an event, from the day after."""
    return Clause(rule, "event", whens_of(tokens), "upon", event=tail(tokens, 1, "gen"), is_doubtful=True)


def since_event(rule: str, tokens: Tokens) -> Clause:
    """«со дня подписания», «начиная с момента утверждения»."""
    at = next(i for i, t in enumerate(tokens) if t.kind in STARTING_POINT) + 1
    return Clause(rule, "event", event=tail(tokens, at, "gen"))


def report_period(rule: str, _: Tokens) -> Clause:
    """«(за I полугодие отчетного года)» says what is reported, not when."""
    return Clause(rule, "ignored")


def document(rule: str, tokens: Tokens) -> Clause:
    """«план-график» alone."""
    return Clause(rule, "unspecified", event=tail(tokens, 0, "nom"))


def expired(rule: str, tokens: Tokens) -> Clause:
    """«по истечении 10 дней»: a length; «по итогам месяца»: an event."""
    if tokens[1].value in ("истечение", "прошествие"):
        return Clause(rule, "duration", length=length_in(tokens))
    return event_word("upon", tokens)


def from_beginning(rule: str, tokens: Tokens) -> Clause | None:
    """«с начала до конца учебного года»: both edges of one period."""
    end = tokens[-1].value
    if not isinstance(end, Edge):
        return None
    first = Edge("beg" if has(tokens, "beg") else "mid", end.base, end.unit)
    return Clause(rule, "span", (first, end), "po")


def edge_range(rule: str, tokens: Tokens) -> Clause:
    """«конец августа – начало сентября»."""
    return Clause(rule, "range", whens_of(tokens), is_doubtful=True)
