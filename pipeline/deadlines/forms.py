"""What may stand for a deadline in a sentence: patterns over token kinds, and the guard that must agree to each.

Silence is cheaper than invention: a form is taken only with its preposition, and never after the words of acts,
reports, budgets and past events.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.deadlines.dates import Nth, Relative, Span
from pipeline.deadlines.dispatch import Dispatch
from pipeline.deadlines.edges import Edge
from pipeline.deadlines.place import Place, is_genitive, is_infinitive, is_inflected, is_participle, is_verb
from pipeline.deadlines.symbols import SYMBOL, Token, kinds
from pipeline.deadlines.table import ANY_WHEN, BARE, UNIT

WORDS = "((?! (comma | semi | lp | rp | dash | colon | dot | D | by | nl | v | na | and)) .){1,7}"
LENGTH = f"((v srok)? (within | nl | v | over)? (within | nl | near | over)? U | {BARE})"
FORMS: dict[str, tuple[str, str]] = {
    "from_to": (f"s {ANY_WHEN} comma? (po | by) {ANY_WHEN}", "span"),
    "before_event": (f"(nl | minim)? za (U | {UNIT}) by {WORDS}", "words"),
    "length_after": (f"{LENGTH} (s | ot | after) (day | mom)? {WORDS}", "words"),
    "length": ("(within | nl | over | v srok) (near | nl | maxim | over)* U", "free"),
    "term_adjective": ("v U", "term"),
    "bare_length": ("(within (near | all)? (week | mon | sut) | over (week | mon))", "free"),
    "within_unit": ("within (cal | fin | cur)* (g | q | h)", "free"),
    "within": (f"within {ANY_WHEN}", "free"),
    "by": ("(by | nl | k) (D | E | CH | P | SY | ny | DL)", "by"),
    "until_then": ("po D", "by"),
    "on_day": ("na? (D | DL)", "day"),
    "in_period": ("v (P | E | PL | SY)", "period"),
    "set_for": ("na P", "set_for"),
    "since": (f"start? s {ANY_WHEN}", "since"),
    "month_days": ("(by | nl | k)? CH", "free"),
    "recurring": ("RC", "recurring"),
    "permanent": ("perm | (na | v) (permadj | perm) (basis | order)", "permanent"),
    "as_needed": ("condp (w | cw | new){1,4}", "words"),
    "next_meeting": ("(na | k | by) nxt w", "meeting"),
    "last_period": ("(P | E | PL)", "last"),
}
INLINE = Dispatch((name, pattern) for name, (pattern, _) in FORMS.items())
WHEN = kinds("D", "E", "CH", "P", "SY", "ny", "DL", "PL")
ACTS = ("протокол", "приказ", "решени", "письм", "постановлен", "распоряж", "дат", "указ", "закон", "договор")
# a candidate's end (in tokens), when the guard agrees
Guard = Callable[[Place, bool], bool]


def accepted(place: Place, name: str, is_continued: bool) -> int | None:
    """The token after the form, or None."""
    guard = FORMS[name][1]
    if guard == "words":
        return _words_end(place)
    return place.end if GUARDS[guard](place, is_continued) else None


def _words_end(place: Place) -> int | None:
    """«в течение 5 дней со дня получения запроса направить …»: the words go on while they are genitives."""
    if place.tokens[place.at].kind == SYMBOL["condp"] and not place.words().startswith("по мере"):
        return None
    at = place.end
    while at > place.at and place.tokens[at - 1].kind in kinds("w", "cw", "x", "docw", "vague", "quot"):
        at -= 1
    first = max(at, place.at + 1)
    end = first
    while end < place.end:
        word = place.folded[place.tokens[end].start : place.tokens[end].end]
        if is_infinitive(word) or not (end == first or is_genitive(word)):
            break
        end += 1
    return end if end > first else None


def _free(place: Place, _: bool) -> bool:
    return not is_participle(place.word_before()) and not place.is_after("за", "по итогам")


def _term(place: Place, _: bool) -> bool:
    """«в 3-дневный срок», not «в 10 дней пути»."""
    return "срок" in place.words()


def _by(place: Place, continued: bool) -> bool:
    """«до 1 мая», «к 1 сентября»; not «подготовка к новому учебному году», nor the year of a programme."""
    when = place.value(WHEN)
    if isinstance(when, Span) and (when.is_year or place.is_season()):
        return False
    if isinstance(when, Relative) and not when.is_day:
        return False
    is_school = isinstance(when, Span | Edge) and when.is_school
    if (
        is_school
        and place.tokens[place.at].kind == SYMBOL["k"]
        and re.search(r"\b(?:подготов|готов|адапт|переход)\w{0,8}\s(?:\S{1,20}\s){0,3}$", place.before())
    ):
        return False
    if is_participle(place.word_before()) or place.is_after("период", "сроком", "с", "лет", "от"):
        return continued
    if place.is_term_of_other() or (place.has_capital_month() and place.tokens[place.at].kind == SYMBOL["k"]):
        return False
    return place.is_termly() or not place.is_past()


def _span(place: Place, _: bool) -> bool:
    reported = place.is_after("за период", "на период", "за") or is_participle(place.word_before())
    return not reported and not place.is_past() and not place.is_hours()


def _day(place: Place, continued: bool) -> bool:
    """A bare day: «Провести собрание 15 мая»; not the date of an act, a report, a holiday."""
    on = place.tokens[place.at].kind == SYMBOL["na"]
    if on and place.is_after("состоянию", "состояние", "данные", "остаток"):
        return False
    when = place.value(WHEN)
    if isinstance(when, Relative) and when.unit == "day" and when.number > 0 and not on:
        return place.is_first() or place.is_last()  # «завтра»
    if isinstance(when, Relative | Nth) and not continued:
        return isinstance(when, Nth) and on
    if place.kind_before() in kinds(
        "ot", "x", "za", "s", "po", "evw", "n", "slash", "k", "by", "lp", "quot", "na", "v", "nl"
    ):
        return False
    if is_participle(place.word_before()) or place.is_after_stem(*ACTS) or place.is_other_meeting():
        return False
    if place.has_capital_month() or place.is_named_day() or place.context.anchor is None:
        return False
    return not place.is_past()


def _period(place: Place, _: bool) -> bool:
    """«в мае 2024 года», «в I квартале»; a year only beside the verb, at the start or at the end."""
    when = place.value(kinds("P", "E", "PL", "SY"))
    if isinstance(when, Relative) and when.number < 0:
        return False
    if is_participle(place.word_before()) or is_participle(place.word_after()) or place.is_other_meeting():
        return False
    if place.is_season() or place.is_report() or place.is_past():
        return False
    if isinstance(when, Span) and (when.is_year or when.is_school):
        if when.is_year and place.is_far(when):
            return False
        return place.is_first() or is_verb(place.word_before()) or place.is_last()
    return True


def _set_for(place: Place, _: bool) -> bool:
    """«Назначить собрание на март 2025 года»; never «бюджет на 2026 год»."""
    when = place.value(kinds("P"))
    if isinstance(when, Relative):
        return when.number > 0  # «на следующей неделе»
    if not isinstance(when, Span) or when.is_year or when.more_years or when.is_school:
        return False
    return place.has_verb("назнач", "перенес", "заплан", "отлож") and not place.is_past()


def _since(place: Place, _: bool) -> bool:
    """«Ввести с 1 сентября 2024 года»; not «с 2006 года»."""
    when = place.value(WHEN)
    started = place.tokens[place.at].kind == SYMBOL["start"]
    if isinstance(when, Relative | Nth | Edge) or (isinstance(when, Span) and when.is_year):
        return False
    if isinstance(when, Span) and not when.is_day and not started and not (when.is_next and place.is_first()):
        return False
    if (
        is_participle(place.word_before())
        or place.is_after("период", "действует", "в силу", "за период")
        or place.is_moved()
    ):
        return False
    return place.context.anchor is not None and not place.is_past()


def _recurring(place: Place, continued: bool) -> bool:
    """An adverb beside the verb, at the start or at the end; «не реже 1 раза в квартал» anywhere."""
    if is_participle(place.word_before()):
        return False
    if continued or not place.is_adverb():
        return not place.is_hours()
    if is_inflected(place.word_after()):
        return False
    return place.is_first() or place.is_last() or place.is_beside_verb() or place.is_bounded()


def _permanent(place: Place, continued: bool) -> bool:
    """«постоянно» as the term of the action; not «постоянно действующая», «работающий на постоянной основе»."""
    words = place.words()
    if not words.startswith(("постоян", "бессрочно", "на постоян", "в постоян")):
        return False
    if is_inflected(place.word_after()) or is_participle(place.word_before()):
        return False
    return continued or not place.is_adverb() or place.is_first() or place.is_last() or place.is_beside_verb()


def _meeting(place: Place, _: bool) -> bool:
    return re.search(r"(?:заседани|совещани|собрани|педсовет|конференци|коллеги)\w{1,3}$", place.words()) is not None


def _last(place: Place, continued: bool) -> bool:
    """A span of days («с 1 по 15 октября»), or a bare period at the end: «Провести проверку – май 2024 года.»"""
    if place.words().startswith(("с ", "со ", "не ранее", "не раньше")):
        return _span(place, continued)
    if not place.is_last() or place.is_past() or place.kind_before(2) in kinds("P", "PL", "D"):
        return False
    return continued or place.kind_before() in kinds("dash", "lp", "comma")


GUARDS: dict[str, Guard] = {
    "free": _free, "term": _term, "by": _by, "span": _span, "day": _day, "period": _period, "set_for": _set_for,
    "since": _since, "recurring": _recurring, "permanent": _permanent, "meeting": _meeting, "last": _last,
}  # fmt: skip

__all__ = ["INLINE", "Token", "accepted"]
