"""What may stand for a deadline in a sentence: patterns over token kinds, and the guard that must agree to each.

Silence is cheaper than invention: a form is taken only with its preposition, and never after the words of acts,
reports, budgets and past events.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.deadlines.dates import Nth, Relative, Span
from pipeline.deadlines.dispatch import Dispatch
from pipeline.deadlines.edges import Edge
from pipeline.deadlines.place import Place, is_genitive, is_infinitive, is_inflected, is_participle, is_verb
from pipeline.deadlines.symbols import SYMBOL, Token, kinds
from pipeline.deadlines.table import ANY_WHEN, BARE, UNIT

WORDS = "((?! (comma | semi | lp | rp | dash | colon | dot | D | by | nl | v | na | and)) .){1,7}"
LED = f"((v srok)? (within | nl | v | over) (within | nl | near | over)? U | {BARE})"
FORMS: dict[str, tuple[str, str]] = {
    "from_to": (f"s {ANY_WHEN} comma? (po | by) {ANY_WHEN}", "span"),
    "before_event": (f"(nl | minim)? za (U | {UNIT}) by {WORDS}", "words"),
    "length_after": (f"({LED} (s | ot | after) (day | mom)? | U ((s | ot) (day | mom) | after)) {WORDS}", "words"),
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
    "recurring": ("(by | nl)? RC", "recurring"),
    "permanent": ("perm | (na | v) (permadj | perm) (basis | order)", "permanent"),
    "condition": (f"(condp | pri) {WORDS}", "condition"),
    "on_request": (f"po cw ({WORDS})?", "request"),
    "next_meeting": ("(na | k | by) (nxt | near | w) w", "meeting"),
    "until_event": (f"by mom? {WORDS}", "until"),
    "after_event": (f"after {WORDS}", "after"),
    "upon_period": ("po evw (SY | P)", "upon"),
    "upon": (f"po evw {WORDS}", "upon_words"),
    "for_the_time": (f"na per {WORDS}", "for_the_time"),
    "school_term": ("v (n | ord | rom) chet | v per? (seasadj | w)? vac", "term_of_school"),
    "at_once": ("vague", "at_once"),
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
    if guard in WORDY:
        end = _words_end(place)
        return end if end is not None and WORDY[guard](replace(place, end=end), is_continued) else None
    return place.end if GUARDS[guard](place, is_continued) else None


def _words_end(place: Place) -> int | None:
    """«в течение 5 дней со дня получения запроса направить …»: the words go on while they are genitives."""
    first = place.at + 1
    while first < place.end and place.tokens[first].kind not in PLAIN_WORDS:
        first += 1
    end = first
    while end < place.end:
        word = place.token_text(end)
        if is_infinitive(word) or not (end == first or is_genitive(word)):
            break
        end += 1
    if end < place.end and _closes(place, end):
        return place.end  # «после согласования с профсоюзным комитетом.»
    return end if end > first else None


PLAIN_WORDS = kinds("w", "cw", "x", "docw", "vague", "quot", "permadj", "perm")


def _closes(place: Place, end: int) -> bool:
    """Whether the other words go on with a preposition to the end of the sentence."""
    rest = range(end, place.end)
    prepositional = place.token_text(end) in ("с", "со", "к", "о", "об", "по")
    return (
        prepositional
        and replace(place, end=place.end).is_last()
        and not any(is_infinitive(place.token_text(i)) for i in rest)
    )


def _free(place: Place, _: bool) -> bool:
    length = place.value(kinds("U"))
    if length is not None and length.unit in ("H", "MIN") and place.words().startswith("до "):
        return False  # «доклад – до 10 минут»
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
    if place.is_told():
        return False
    if place.is_term_of_other() or (place.has_capital_month() and place.is_festive()):
        return False
    return place.is_termly() or not place.is_past()


def _span(place: Place, _: bool) -> bool:
    reported = place.is_after("за период", "на период", "за") or is_participle(place.word_before())
    if place.is_told() or place.is_approved():
        return False
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
    if place.kind_before() in kinds("ot", "x", "za", "s", "po", "evw", "n", "slash", "k", "by", "lp", "na", "v", "nl"):
        return False
    if is_participle(place.word_before()) or place.is_after_stem(*ACTS) or place.is_other_meeting():
        return False
    if place.is_told() or place.is_in_participial():
        return False
    if place.has_capital_month() or place.is_street() or place.is_named_day() or place.context.anchor is None:
        return False
    if isinstance(when, Span) and when.resolve(place.context).end is None:
        return False  # «тел. 4-15-90»: no such day
    return not place.is_past()


def _period(place: Place, continued: bool) -> bool:
    """«в мае 2024 года», «в I квартале»; a year only beside the verb, at the start or at the end."""
    when = place.value(kinds("P", "E", "PL", "SY"))
    if isinstance(when, Relative) and when.number < 0:
        return False
    if is_participle(place.word_before()) or is_participle(place.word_after()) or place.is_other_meeting():
        return False
    if place.is_told() or place.is_in_participial() or place.after().lstrip().startswith("в срок"):
        return False  # «предложения по занятости в I квартале 2024 года в срок до 15 декабря»
    if place.is_season() or place.is_past() or (place.is_report() and not continued) or place.is_verdict():
        return False
    if isinstance(when, Span) and (when.is_year or when.is_school):
        if when.is_year and place.is_far(when):
            return False
        closes = place.is_last() and not place.has_other_term()
        return place.is_first() or is_verb(place.word_before()) or place.leads_to_verb() or closes
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
    if NOMINATIVE_DAY.match(place.words()) and "кажд" not in place.words():
        return continued  # «Дни приёма: второй и четвёртый вторник»
    if continued or not place.is_adverb():
        return not place.is_hours()
    if is_inflected(place.word_after()):
        return False
    return place.stands_out() or place.is_bounded()


NOMINATIVE_DAY = re.compile(
    r"(?:перв|втор|треть|четверт|последн|понедельник|вторник|сред[аы]|четверг|пятниц[аы]|суббот[аы]|воскресень)"
)


def _permanent(place: Place, continued: bool) -> bool:
    """«постоянно» as the term of the action; not «постоянно действующая», «работающий на постоянной основе»."""
    words = place.words()
    if words in ("регулярно", "систематически"):
        return place.is_last()  # elsewhere it tells how, not when
    if not words.startswith(("постоян", "бессрочно", "на постоян", "в постоян")):
        return False
    if is_inflected(place.word_after()) or is_participle(place.word_before()):
        return False
    return continued or not place.is_adverb() or place.stands_out()


def _meeting(place: Place, _: bool) -> bool:
    """«на следующем заседании», «на годовом собрании»; «вынести на общее собрание» says where."""
    if place.tokens[place.at + 1].kind == SYMBOL["w"] and not place.token_text(place.at + 1).startswith(ANNUAL):
        return False
    return (
        re.search(r"(?:заседани|совещани|собрани|педсовет|конференци|коллеги|сесси)\w{1,3}$", place.words()) is not None
    )


ANNUAL = ("годов", "итогов", "отчетн", "августовск", "январск")


def _condition(place: Place, _: bool) -> bool:
    """«При ухудшении погоды приостанавливать подвоз»: before the only verb, or closing the sentence."""
    words = place.words()
    if words.startswith("по мере"):
        return True
    if not words.startswith(("при ", "в случае")) or place.kind_before() in kinds("comma", "and", "dash"):
        return False
    led = place.leads_to_verb()
    if led or not words.startswith("при "):
        return led
    return place.is_last() and not THEME.search(place.before(80)) and place.follows_verb()


# «порядок действий при пожаре»: what the words before are about
THEME = re.compile(
    r"\b(?:действи|поряд[ок]|поведени|безопасност|алгоритм|правил|эвакуаци|тревог|помощ|мер\b|мер[аы]\b|требовани)\w{0,6}"
)


def _request(place: Place, _: bool) -> bool:
    """«по запросу комиссии предоставлять сведения»."""
    return place.words().startswith(("по запрос", "по требован")) and (place.leads_to_verb() or place.is_last())


UNTIL_WORDS = (
    "особ", "следующ", "отмен", "принят", "утвержд", "окончан", "заверш", "начал", "вступл", "получен", "подписан",
    "полн", "устранен", "снят", "вселен", "заселен", "переселен", "заключен", "погашен", "прибыт", "ввода",
)  # fmt: skip


def _until(place: Place, continued: bool) -> bool:
    """«до особого распоряжения», «до завершения ремонта»; not «до сведения родителей»."""
    word = place.token_text(place.at + 1)
    return word.startswith(UNTIL_WORDS) and (continued or not is_participle(place.word_before()))


def _after(place: Place, continued: bool) -> bool:
    """«после схода снега», «После утверждения бюджета внести …»; «после каждого рейса» is no term."""
    noun = place.token_text(place.at + 1)
    if noun.startswith(("кажд", "чего", "этого", "того")) or is_participle(place.word_before()):
        return False
    return continued or place.is_first() or place.is_last() or place.leads_to_verb() or place.follows_verb()


def _upon(place: Place, _: bool) -> bool:
    """«По истечении срока претензий подать иски»; «по итогам 2023 года» tells what is reported."""
    ended = place.words().startswith(("по оконч", "по заверш", "по истеч", "по получ", "по поступ"))
    return ended and (place.is_first() or place.is_last() or place.leads_to_verb())


def _term_of_school(place: Place, _: bool) -> bool:
    """«в IV четверти», «в летние каникулы»."""
    return not is_participle(place.word_before()) and not place.is_report() and not place.has_other_term()


def _for_the_time(place: Place, _: bool) -> bool:
    """«Запретить сжигание мусора на период действия режима»; not «утвердить перечень на период …»."""
    return not place.has_verb("согласовать", "утвердить", "принять", "одобрить", "заключить")


def _at_once(place: Place, _: bool) -> bool:
    """«сообщать … незамедлительно.» at the end only: «немедленно устранить» tells how."""
    return place.is_last() and place.words().startswith(("незамедлительно", "немедленно", "безотлагательно", "срочно"))


def _last(place: Place, continued: bool) -> bool:
    """A span of days («с 1 по 15 октября»), or a bare period at the end: «Провести проверку – май 2024 года.»"""
    if place.words().startswith(("с ", "со ", "не ранее", "не раньше")):
        return _span(place, continued)
    if not place.is_last() or place.is_past() or place.is_quoted() or place.kind_before(2) in kinds("P", "PL", "D"):
        return False
    return continued or place.kind_before() in kinds("dash", "lp", "comma")


WORDY: dict[str, Guard] = {
    "words": lambda _place, _continued: True, "condition": _condition, "request": _request, "until": _until,
    "after": _after,    "upon_words": _upon, "for_the_time": _for_the_time,
}  # fmt: skip
GUARDS: dict[str, Guard] = {
    "free": _free, "term": _term, "by": _by, "span": _span, "day": _day, "period": _period, "set_for": _set_for,
    "since": _since, "recurring": _recurring, "permanent": _permanent, "meeting": _meeting, "last": _last,
    "upon": _upon, "term_of_school": _term_of_school, "at_once": _at_once,
}  # fmt: skip

__all__ = ["INLINE", "Token", "accepted"]
