"""Deadlines inside the sentences of a decision: few forms, with guards on what stands beside them.

Silence is cheaper than invention: a form is taken only with its preposition, and never after the words of acts,
reports, budgets and past events.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pipeline.deadlines.dates import Context, Nth, Relative, Span
from pipeline.deadlines.dispatch import Dispatch
from pipeline.deadlines.edges import Edge
from pipeline.deadlines.grammar import layered, merged, parts_of, read
from pipeline.deadlines.guards import Place, is_inflected, is_participle, is_verb_beside
from pipeline.deadlines.lexer import fold
from pipeline.deadlines.policy import DEFAULT, Policy
from pipeline.deadlines.rows import deadlines
from pipeline.deadlines.symbols import SYMBOL, Token, kinds, text_of
from pipeline.deadlines.table import ANY_WHEN, BARE
from pipeline.model import Deadline

LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline clause of a sentence: start..end may be cut out of it (label, brackets, comma and dash with it)."""

    start: int
    end: int
    deadlines: tuple[Deadline, ...]


# --- what may stand for a deadline in a sentence: pattern over kinds, and the guard that must agree -----------------

WORDS = "((?! (comma | semi | lp | rp | dash | colon | dot | D | by | nl | v | na | and)) .){1,7}"
FORMS: dict[str, tuple[str, str]] = {
    "from_to": (f"s {ANY_WHEN} comma? (po | by) {ANY_WHEN}", "span"),
    "length_after": (f"((v srok)? (within | nl | v)? (within | nl | near)? U | {BARE}) (s | ot | after) (day | mom)? {WORDS}", "length"),
    "length": ("(within | nl | over | v srok) (near | nl | maxim)* U", "free"),
    "term_adjective": ("v U", "term"),
    "bare_length": ("within (near | all)? (week | mon | sut)", "free"),
    "within_unit": ("within (cal | fin | cur)* (g | q | h)", "free"),
    "within": (f"within {ANY_WHEN}", "free"),
    "by": ("(by | nl | k) (D | E | CH | P | SY | ny | DL)", "by"),
    "until_then": ("po D", "by"),
    "on_day": ("na? (D | DL)", "day"),
    "in_period": ("v (P | E | PL)", "period"),
    "set_for": ("na P", "set_for"),
    "since": (f"start? s {ANY_WHEN}", "since"),
    "month_days": ("(by | nl | k)? CH", "free"),
    "recurring": ("RC", "recurring"),
    "permanent": ("perm | (na | v) (permadj | perm) (basis | order)", "permanent"),
    "as_needed": ("condp w{1,2}", "as_needed"),
    "next_meeting": ("(na | k | by) nxt w", "meeting"),
    "last_period": ("(P | E | PL)", "last"),
}
INLINE = Dispatch((name, pattern) for name, (pattern, _) in FORMS.items())
LABEL = re.compile(
    r"(?:[,(;-]\s*|\.\s*)?\(?\s*(?<!в )\bсроки?(?:\s(?:исполнения|выполнения|реализации|проведения|представления|предоставления|сдачи|завершения))?\s?(?:[:]|-\s|-(?=\d|до)|(?=\s(?:до|не позднее|к)\s))\s*"
)
LABEL_END = re.compile(r"[;)\n]|\.(?=\s*(?:[А-ЯA-Z]|$))|,?\s*\(?\b(?:отв\b|ответственн|исп\b|исполнител|контроль)", re.IGNORECASE)
PROMISED = kinds("D", "E", "CH", "P", "SY", "ny", "DL")


def find_deadlines(text: str, anchor: date | None, policy: Policy = DEFAULT) -> list[Found]:
    """Find the terms in a decision: «Представить отчет в срок до 20 января.» → «в срок до 20 января»."""
    text = text[:LIMIT]
    folded = fold(text)
    context = Context(anchor, policy)
    out = _labelled(text, folded, context)
    taken = [(f.start, f.end) for f in out]
    for start, end, tokens in _clauses(folded, context):
        if any(start < b and a < end for a, b in taken):
            continue
        parts = merged(parts_of(text, tokens, text_of(tokens)))
        rows = deadlines(parts, text, start, end, context)
        if rows:
            out.append(Found(*_cut(folded, start, end), tuple(rows)))
    return sorted(out, key=lambda f: f.start)


def _rows(text: str, folded: str, start: int, end: int, context: Context) -> list[Deadline]:
    parts = merged(read(text, folded[:end], start))
    rows = deadlines(parts, text, start, end, context) if parts else []
    return [] if any(r.rule == "unparsed" for r in rows) else rows


# --- a label in the sentence -----------------------------------------------------------------------------------------


def _labelled(text: str, folded: str, context: Context) -> list[Found]:
    """«(отв. Иванова И.И., срок – до 15.05)», «срок: постоянно»."""
    out: list[Found] = []
    if "срок" not in folded:
        return out
    done = 0
    for label in LABEL.finditer(folded):
        if label.start() < done:
            continue
        stop = LABEL_END.search(text, label.end(), min(len(text), label.end() + 300))
        end = len(folded[: stop.start() if stop else min(len(text), label.end() + 300)].rstrip(" ,.;"))
        if end <= label.end():
            continue
        rows = _rows(text, folded, label.end(), end, context)
        if rows and not all(r.kind == "unspecified" and r.event is None and r.rule != "vague_term" for r in rows):
            out.append(Found(*_cut_label(folded, label, end), tuple(rows)))
            done = end
    return out


def _cut_label(folded: str, label: re.Match[str], end: int) -> tuple[int, int]:
    start = label.start()
    if folded[start : start + 1] == ".":
        start += 1
    if "(" in label[0] and end < len(folded) and folded[end] == ")":
        end += 1
    elif "(" in label[0]:
        start = folded.index("срок", start)
    while start < end and folded[start] == " ":
        start += 1
    return start, end


# --- clauses ---------------------------------------------------------------------------------------------------------


def _clauses(folded: str, context: Context) -> list[tuple[int, int, list[Token]]]:
    """Where expressions stand: accepted forms, neighbours joined by a comma or «и» into one."""
    tokens, line = layered(folded)
    found: list[tuple[int, int, list[Token]]] = []
    at = 0
    while at < len(tokens):
        end = _accepted(folded, tokens, line, at, context)
        if end is None:
            at += 1
            continue
        start, at = at, end
        while True:
            more = _continued(folded, tokens, line, at, context, tokens[start].kind)
            if more is None:
                break
            at = more
        found.append((_with_term_word(folded, tokens[start].start), tokens[at - 1].end, tokens[start:at]))
    return found


def _with_term_word(folded: str, start: int) -> int:
    """«в срок до …»: the layers dropped «в срок»."""
    before = re.search(r"в\s+срок,?\s*$", folded[max(0, start - 12) : start])
    return start - (len(before[0])) if before else start


def _continued(
    folded: str, tokens: list[Token], line: str, at: int, context: Context, first: str
) -> int | None:
    """The end of a further clause after a joint: «, 10 июля», «и по мере необходимости», «, но не реже …»."""
    ahead = at
    while ahead < len(tokens) and ahead - at < 3 and tokens[ahead].kind in JOINTS_INSIDE:
        ahead += 1
    if ahead >= len(tokens):
        return None
    listed = tokens[ahead].kind in kinds("D", "CH") and first in kinds("by", "nl", "k", "D", "RC")
    if listed and (ahead > at or first == SYMBOL["RC"]):
        return ahead + 1
    if ahead == at and tokens[at].kind not in kinds("by", "nl", "k", "RC", "CH", "s", "within", "v", "condp", "po", "start"):
        return None
    return _accepted(folded, tokens, line, ahead, context, True)


JOINTS_INSIDE = kinds("comma", "and", "but", "or")


def _accepted(
    folded: str, tokens: list[Token], line: str, at: int, context: Context, is_continued: bool = False
) -> int | None:
    found = INLINE.match(line, at)
    if found is None or found.lastgroup is None:
        return None
    place = Place(folded, tokens, at, found.end(), context)
    guard = GUARDS[FORMS[found.lastgroup][1]]
    if guard(place, is_continued):
        return found.end()
    return None


# --- guards ----------------------------------------------------------------------------------------------------------

Guard = Callable[[Place, bool], bool]


def _free(place: Place, _: bool) -> bool:
    return not is_participle(place.word_before()) and not place.is_after("за", "по итогам")


def _length(place: Place, _: bool) -> bool:
    return True


def _term(place: Place, _: bool) -> bool:
    """«в 3-дневный срок», not «в 10 дней пути»."""
    return "срок" in place.words()


def _by(place: Place, continued: bool) -> bool:
    """«до 1 мая», «к 1 сентября»; not «подготовка к новому учебному году», nor the year of a programme."""
    when = place.value(PROMISED)
    if isinstance(when, Span) and when.is_year:
        return False
    if isinstance(when, Relative) and not when.is_day:
        return False
    if isinstance(when, Span) and when.is_school and place.is_after_stem("подготов", "готов", "адапт", "переход"):
        return False
    if is_participle(place.word_before()) or place.is_after("период", "сроком", "с", "лет", "от", "действует"):
        return continued
    return place.is_termly() or not place.is_past(place.limit_by())


def _span(place: Place, _: bool) -> bool:
    return not place.is_after("период", "за период", "за") and not is_participle(place.word_before()) and not place.is_past(None)


def _day(place: Place, continued: bool) -> bool:
    """A bare day: «Провести собрание 15 мая»; not the date of an act, a report, a holiday."""
    if place.tokens[place.at].kind == SYMBOL["na"] and place.is_after("состоянию", "состояние", "данные", "остаток", "действующей"):
        return False
    when = place.value(PROMISED)
    if isinstance(when, Relative | Nth) and not continued:
        return isinstance(when, Nth) and place.tokens[place.at].kind == SYMBOL["na"]
    if place.before_kind() in kinds("ot", "x", "za", "s", "po", "evw", "n", "slash", "k", "by", "lp", "quot"):
        return False
    if is_participle(place.word_before()) or place.is_after_stem("протокол", "приказ", "решени", "письм", "постановлен", "распоряж", "дат"):
        return False
    if place.has_capital_month() or place.context.anchor is None:
        return False
    return not place.is_past(None)


def _period(place: Place, _: bool) -> bool:
    """«в мае 2024 года», «в I квартале»; a year only right after the verb or at the start."""
    when = place.value(kinds("P", "E", "PL"))
    if isinstance(when, Relative) and when.number < 0:
        return False
    if isinstance(when, Span) and (when.is_doubtful or (when.m1, when.m2) in ((6, 8), (3, 5), (9, 11)) and place.is_season()):
        return False
    if is_participle(place.word_before()) or is_participle(place.word_after()) or place.is_report():
        return False
    if place.is_past(None):
        return False
    if isinstance(when, Span) and when.is_year:
        return place.is_first() or is_verb_beside(place.word_before())
    return True


def _set_for(place: Place, _: bool) -> bool:
    """«Назначить собрание на март 2025 года»; never «бюджет на 2026 год»."""
    when = place.value(kinds("P"))
    if not isinstance(when, Span) or when.is_year or when.more_years or when.is_school:
        return False
    return place.has_verb("назнач", "перенес", "заплан", "отлож") and not place.is_past(None)


def _since(place: Place, _: bool) -> bool:
    when = place.value(PROMISED)
    started = place.tokens[place.at].kind == SYMBOL["start"]
    if isinstance(when, Relative | Nth | Edge) or (isinstance(when, Span) and when.is_year):
        return False
    if isinstance(when, Span) and not when.is_day and not started:
        return False
    if is_participle(place.word_before()) or place.is_after("период", "действует", "действующий"):
        return False
    return place.context.anchor is not None and not place.is_past(None)


def _recurring(place: Place, continued: bool) -> bool:
    """An adverb beside the verb, at the start or at the end; «не реже 1 раза в квартал» anywhere."""
    if is_participle(place.word_before()):
        return False
    if continued or not place.is_adverb():
        return not place.is_hours()
    if is_inflected(place.word_after(), "ADJF", "PRTF"):
        return False
    return place.is_first() or place.is_last() or is_verb_beside(place.word_before()) or is_verb_beside(place.word_after()) or place.is_bounded()


def _permanent(place: Place, continued: bool) -> bool:
    word = place.words()
    if not (word.startswith(("постоянно", "бессрочно")) or "постоянн" in word):
        return False
    if is_inflected(place.word_after(), "ADJF", "PRTF") or is_participle(place.word_before()):
        return False
    if "основе" in word or "режиме" in word or continued:
        return True
    return place.is_first() or place.is_last() or is_verb_beside(place.word_before()) or is_verb_beside(place.word_after())


def _as_needed(place: Place, _: bool) -> bool:
    return place.words().startswith("по мере")


def _meeting(place: Place, _: bool) -> bool:
    return bool(re.search(r"(?:заседани|совещани|собрани|педсовет|конференци)\w*$", place.words()))


def _last(place: Place, continued: bool) -> bool:
    """A bare period closes the sentence after a dash or in brackets: «Провести проверку – май 2024 года.»"""
    if not place.is_last() or place.is_past(None):
        return False
    return continued or place.before_kind() in kinds("dash", "lp", "comma")


GUARDS: dict[str, Guard] = {
    "free": _free, "length": _length, "term": _term, "by": _by, "span": _span, "day": _day, "period": _period,
    "set_for": _set_for, "since": _since, "recurring": _recurring, "permanent": _permanent, "as_needed": _as_needed,
    "meeting": _meeting, "last": _last,
}  # fmt: skip


# --- what is cut -----------------------------------------------------------------------------------------------------


def _cut(folded: str, start: int, end: int) -> tuple[int, int]:
    """With the brackets, or with the comma or dash before it; at the start of a sentence with the comma after it."""
    before, after = folded[:start].rstrip(), folded[end:]
    closing = re.match(r"\s*\)", after)
    if before.endswith("(") and closing:
        return len(before) - 1, end + closing.end()
    if before.endswith((",", "-")) and before[:-1].strip():
        following = re.match(r"\s*,", after)
        return len(before[:-1].rstrip()) if not following else start, end + (following.end() if following else 0)
    if not before or before[-1] in ".;:\n":
        following = re.match(r"\s*,?\s*", after)
        return start, end + (following.end() if following else 0)
    return start, end


__all__ = ["Found", "find_deadlines"]
