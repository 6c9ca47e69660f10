"""What stands beside a candidate in a sentence: words before and after, verbs, participles, reports, the past."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.deadlines.dates import Context, Span
from pipeline.deadlines.limits import limits
from pipeline.deadlines.symbols import SYMBOL, Token, kinds, text_of
from pipeline.deadlines.table import clause_at

WORD_BEFORE = re.compile(r"([а-я][а-я-]{0,40})[\s«\"]{0,3}$")
WORD_AFTER = re.compile(r"[\s\"]{0,3}([а-я][а-я-]{0,40})")
# endings of participles and past tenses: a cheap test before the dictionary is asked
LIKELY_PARTICIPLE = re.compile(
    r"(?:нн|вш|щ|ем|им|ом|ш|т|ен)(?:ый|ий|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ой|ей|ую|юю|ым|им|ом|ем|ых|их|ыми|ими)(?:ся)?$"
    r"|л[аои]?(?:сь|ся)?$|[нт][аоы]?$"
)
REPORT = re.compile(
    r"\b(?:отчет|итог|исполнени\w{0,3}\sбюджет|бюджет|показател|результат|данны[емх]|задолженност|план\w{0,2}\b|программ|работ[аеы]\b)\w{0,4}"
)
TOLD = re.compile(r",\s(?:что|котор\w{2,3}|поскольку|так как|где)\s[^.;,]{0,150}$")
STREET = re.compile(r"\b(?:ул|улиц\w{1,2}|пл|площад\w{1,3}|пр|просп|проспект\w{0,2}|пер|переул\w{2,3})\.?\s$")
APPROVED = re.compile(r"^\W*(?:согласовать|утвердить|одобрить)\s")
SETS = re.compile(r"\b(?:установить|определить|решить)\W*$")
CHARGE = re.compile(r"(?:поруч|рекоменд|предлож|обяз|предпис)")
PARTICIPIAL = re.compile(r",\s([а-я]{5,40})\s[^.;,:]{0,120}$")
MEETING = re.compile(
    r"\b(?:состоится|пройдет|проходит|состоялось|состоялся|назначен\w{0,2}|запланирован\w{0,3}|котор\w{2,3})(?:\s\S{1,20}){0,2}\s*$"
)
TERM_OF_OTHER = re.compile(
    r"\bсрок\w{0,3}\s(?:\S{1,20}\s)?(?:полномочи|действи|аренды|службы|хранени|договор|контракт|окупаемост|годности)|полномочи\w{0,2}\s(?:\S{1,30}\s){0,3}$"
)
TIME_LEFT = re.compile(r"[^а-я]{0,20}(?:(?:в|к|до|с|и|ч|час\w{0,2}|мин\w{0,2})[^а-я]{1,20}){0,6}")


@lru_cache(maxsize=20_000)
def is_participle(word: str) -> bool:
    """«проведенного», «действующая», «состоялось»: what it governs belongs to it, not to the decision."""
    if len(word) < 5 or LIKELY_PARTICIPLE.search(word) is None:
        return False
    from pipeline.nlp.morph import parses

    found = parses(word)
    if not found:
        return False
    first = found[0]
    return first.part in ("PRTF", "PRTS") or (first.part == "VERB" and "past" in first.grammemes)


@lru_cache(maxsize=20_000)
def is_infinitive(word: str) -> bool:
    """«обеспечить», «провести»."""
    if len(word) < 4 or not word.endswith(("ть", "ти", "чь", "ться", "тись", "чься")):
        return False
    from pipeline.nlp.morph import parses

    return any(p.part == "INFN" for p in parses(word)[:2])


def is_verb(word: str) -> bool:
    """An infinitive, or a finite verb: «обеспечивать», «проводится», «контролирует»."""
    return is_infinitive(word) or (
        word.endswith(("ет", "ит", "ют", "ят", "ется", "ится", "утся", "ются")) and _is(word, "VERB")
    )


@lru_cache(maxsize=20_000)
def _is(word: str, part: str) -> bool:
    from pipeline.nlp.morph import parses

    return parses(word)[0].part == part


def is_inflected(word: str) -> bool:
    """Whether a word reads first of all as an adjective or participle: «действующая»."""
    return bool(word) and (_is(word, "ADJF") or _is(word, "PRTF"))


def _infinitives(folded: str) -> list[str]:
    """«поручить отделу провести» → «поручить», «провести»."""
    return [word for word in re.findall(r"[а-я]{4,40}", folded) if is_infinitive(word)]


@lru_cache(maxsize=20_000)
def is_genitive(word: str) -> bool:
    """Whether a word can go on with a noun: «со дня получения запроса»."""
    from pipeline.nlp.morph import parses

    return len(word) > 2 and any(p.case == "gent" and p.part in ("NOUN", "ADJF", "PRTF") for p in parses(word))


@dataclass(slots=True)
class Place:
    """A candidate among the tokens of a sentence."""

    text: str
    folded: str
    tokens: Sequence[Token]
    at: int
    end: int
    context: Context

    @property
    def start_char(self) -> int:
        return self.tokens[self.at].start

    @property
    def end_char(self) -> int:
        return self.tokens[self.end - 1].end

    def words(self) -> str:
        """The candidate itself, folded."""
        return self.folded[self.start_char : self.end_char]

    def before(self, size: int = 60) -> str:
        return self.folded[max(0, self.start_char - size) : self.start_char]

    def after(self, size: int = 40) -> str:
        return self.folded[self.end_char : self.end_char + size]

    def word_before(self) -> str:
        found = WORD_BEFORE.search(self.before())
        return found[1] if found else ""

    def word_after(self) -> str:
        found = WORD_AFTER.match(self.after())
        return found[1] if found else ""

    def kind_before(self, back: int = 1) -> str:
        return self.tokens[self.at - back].kind if self.at >= back else ""

    def is_after(self, *phrases: str) -> bool:
        """Whether one of these words stands just before."""
        before = self.before().rstrip()
        return any(before.endswith(p) and not before[: -len(p)][-1:].isalpha() for p in phrases)

    def is_after_stem(self, *stems: str) -> bool:
        """Whether the word before begins with one of these stems."""
        return self.word_before().startswith(stems)

    def is_termly(self) -> bool:
        """«в срок до …»."""
        return self.before(14).rstrip(" ,-:").endswith("в срок")

    def is_first(self) -> bool:
        """At the beginning of a sentence or paragraph, or after its list number or dash."""
        before = self.before(8).rstrip(" -")
        return not before or before[-1] in ".;:\n)" or self.start_char < 3

    def token_text(self, index: int) -> str:
        """A token as it stands in the folded text."""
        token = self.tokens[index]
        return self.folded[token.start : token.end]

    def is_last(self) -> bool:
        """At the end of a sentence or paragraph; a time of day after it does not count."""
        if self.end < len(self.tokens):
            return self.tokens[self.end].kind in kinds("dot", "semi", "rp")
        return TIME_LEFT.fullmatch(self.folded[self.end_char :][:60]) is not None

    def stands_out(self) -> bool:
        """At the beginning or the end, beside the verb, or after a dash."""
        after_dash = self.kind_before() == SYMBOL["dash"]
        return self.is_first() or self.is_last() or self.is_beside_verb() or after_dash

    def leads_to_verb(self) -> bool:
        """Before the first infinitive of its sentence: «Директорам при ухудшении погоды приостанавливать …»."""
        return is_infinitive(self.word_after()) and not self.follows_verb()

    def follows_verb(self) -> bool:
        """Whether an infinitive stands before it in the sentence."""
        sentence = re.split(r"[.;:]\s", self.before(300))[-1]
        return any(not CHARGE.match(word) for word in _infinitives(sentence))

    def is_told(self) -> bool:
        """«Принять к сведению, что договор действует до 31.12.2026»: said of another thing."""
        told = TOLD.search(self.before(200))
        if told is not None and SETS.search(self.before(200)[: told.start()]):
            return False  # «Установить, что отчёты представляются до 1 мая»
        return told is not None and not _infinitives(told[0])

    def is_in_participial(self) -> bool:
        """«перечень посёлков, подверженных угрозе пожаров в 2025 году»: the phrase behind the comma takes it."""
        phrase = PARTICIPIAL.search(self.before(150))
        if phrase is None or _infinitives(phrase[0]):
            return False
        return is_inflected(phrase[1])

    def is_quoted(self) -> bool:
        """«программа «Молодёжь района (2014–2018 годы)»: within a name."""
        before = self.text[: self.start_char]
        return before.rfind("«") > before.rfind("»")

    def is_street(self) -> bool:
        """«по ул. 9 Января», «площадь 1 Мая»."""
        return STREET.search(self.before(30)) is not None

    def is_approved(self) -> bool:
        """«Согласовать график дежурства с 31.12 по 08.01»: the span is the object's."""
        before = self.before(200)
        return APPROVED.search(before) is not None and len(_infinitives(before)) == 1

    def is_verdict(self) -> bool:
        """«Признать работу в I полугодии удовлетворительной»: of the past."""
        return re.search(r"\b(?:признать|считать|одобрить|отметить|принять к сведению)\b", self.before(300)) is not None

    def has_other_term(self) -> bool:
        """Whether the sentence says another term with a plain preposition."""
        others = kinds("by", "nl", "within", "U", "CH", "RC")
        return any(t.kind in others for i, t in enumerate(self.tokens) if not self.at <= i < self.end)

    def is_festive(self) -> bool:
        """«праздничные мероприятия к 9 Мая»: the feast names the events."""
        return (
            re.search(
                r"\b(?:мероприяти|праздн|торжеств|концерт|акци|посвящ|выставк)\w{0,8}\s(?:\S{1,20}\s){0,2}$",
                self.before(),
            )
            is not None
        )

    def is_beside_verb(self) -> bool:
        return is_verb(self.word_before()) or is_verb(self.word_after())

    def is_report(self) -> bool:
        return REPORT.search(self.before(26)) is not None

    def is_other_meeting(self) -> bool:
        """«который состоится 20 апреля», «назначенное на 5 мая»."""
        return MEETING.search(self.before()) is not None

    def is_term_of_other(self) -> bool:
        """«срок полномочий комиссии – до 31.12.2025» is no deadline."""
        return TERM_OF_OTHER.search(self.before(80)) is not None

    def is_adverb(self) -> bool:
        return " " not in self.words()

    def is_bounded(self) -> bool:
        """«ежеквартально до 5 числа», «ежемесячно, не позднее …», «еженедельно по пятницам»."""
        following = [t.kind for t in self.tokens[self.end : self.end + 2]]
        if following and following[0] == SYMBOL["comma"]:
            following = following[1:]
        return bool(following) and following[0] in kinds(
            "by", "nl", "CH", "k", "RC", "lp", "v", "s", "start", "within", "na"
        )

    def is_hours(self) -> bool:
        """«в рабочие дни с 9 до 18»."""
        return "рабоч" in self.words() and not self.stands_out()

    def is_season(self) -> bool:
        return any(stem in self.words() for stem in ("летн", "зимн", "весенн", "осенн", "весн", "осен", "зим", "летом"))

    def has_verb(self, *stems: str) -> bool:
        return any(stem in self.before(200) for stem in stems)

    def has_capital_month(self) -> bool:
        """«9 Мая», «8 Марта» are names."""
        printed = self.text[self.start_char : self.end_char]
        return re.search(r"\d\s?(?:Мая|Марта|Ноября)\b", printed) is not None

    def is_named_day(self) -> bool:
        """«ко Дню знаний 1 сентября»: the date of a feast."""
        return re.search(r"\bд(?:ню|ня|ень|нем)\s\S{1,20}\s?$", self.before()) is not None

    def is_moved(self) -> bool:
        """«перенести с 5 марта на 12 марта»: the old date."""
        following = [t.kind for t in self.tokens[self.end : self.end + 2]]
        return following == [SYMBOL["na"], SYMBOL["D"]]

    def value(self, wanted: frozenset[str]) -> Any:
        """What the calendar part of the candidate says."""
        return next((t.value for t in self.tokens[self.at : self.end] if t.kind in wanted), None)

    def is_past(self) -> bool:
        """Whether all of it lies before the anchor; without an anchor nothing does."""
        anchor = self.context.anchor
        tokens = self.tokens[self.at : self.end]
        found = clause_at(text_of(tokens), tokens, 0) if anchor is not None else None
        if found is None or anchor is None or not found[0].whens:
            return False
        bounds = limits(found[0], self.context)
        last = bounds.end or bounds.start
        return last is not None and last < anchor

    def is_far(self, span: Span) -> bool:
        """A year before the anchor's, or any year where no anchor tells."""
        year, anchor = span.year, self.context.anchor
        return year is None or anchor is None or (year.number or anchor.year + (year.rel or 0)) < anchor.year
