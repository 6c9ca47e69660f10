"""What stands beside a candidate in a sentence: the words before and after it, verbs, participles, reports, the past."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.deadlines.clauses import Clause
from pipeline.deadlines.dates import Context
from pipeline.deadlines.limits import limits
from pipeline.deadlines.symbols import SYMBOL, Token, kinds
from pipeline.deadlines.table import clause_at

WORD_BEFORE = re.compile(r"([а-я][а-я-]*)[\s«\"]*$")
WORD_AFTER = re.compile(r"[\s\"]*([а-я][а-я-]*)")
PARTICIPLE = re.compile(
    r"(?:[аеиоыя]нн|ивш|авш|евш|ывш|явш|ущ|ющ|ащ|ящ|емш|шедш|[еио]ем|аем|[аеия]т)(?:ый|ий|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ой|ей|ую|юю|ым|им|ом|ем|ых|их|ыми|ими)(?:ся)?$"
    r"|(?:[аиеыоуя]л|[аиеыя]ла|[аиеыя]ло|[аиеыя]ли)(?:сь|ся)?$|(?:[аеёоя]н|ен|[аи]т)[аоы]$"
)
REPORT = re.compile(r"\b(?:отчет\w*|итог\w*|исполнени\w*\s+бюджет\w*|бюджет\w*|показател\w*|результат\w*|данны[емх]\w*|задолженност\w*)\b")
SENTENCE_END = re.compile(r"[.;\n]")
HOURS = re.compile(r"\s*с\s+\d\d?[.:-]?\d*\s+(?:до|по)\s")
NOT_INFINITIVE = ("ость", "есть", "асть", "ять", "пять", "мать", "сеть")


def is_participle(word: str) -> bool:
    """«проведенного», «действующая», «состоялось»: what it governs belongs to it, not to the decision."""
    return len(word) > 4 and PARTICIPLE.search(word) is not None and not is_infinitive(word)


def is_infinitive(word: str) -> bool:
    """«обеспечить», «провести»."""
    if not word.endswith(("ть", "ти", "чь", "ться", "тись")) or len(word) < 4:
        return False
    from pipeline.nlp.morph import parses

    return any(p.part == "INFN" for p in parses(word)[:2])


def is_verb_beside(word: str) -> bool:
    """An infinitive, or a form that commands: «обеспечивать», «проводится», «контролирует»."""
    if not word:
        return False
    if is_infinitive(word):
        return True
    return word.endswith(("ет", "ит", "ют", "ят", "ется", "ится", "утся", "ются"))


def is_inflected(word: str, *parts: str) -> bool:
    """Whether a word reads first of all as one of these parts of speech."""
    if not word:
        return False
    from pipeline.nlp.morph import parses

    found = parses(word)
    return bool(found) and found[0].part in parts


@dataclass(slots=True)
class Place:
    """A candidate among the tokens of a sentence."""

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

    def _before(self, size: int = 60) -> str:
        return self.folded[max(0, self.start_char - size) : self.start_char]

    def _after(self, size: int = 40) -> str:
        return self.folded[self.end_char : self.end_char + size]

    def word_before(self) -> str:
        found = WORD_BEFORE.search(self._before())
        return found[1] if found else ""

    def word_after(self) -> str:
        found = WORD_AFTER.match(self._after())
        return found[1] if found else ""

    def before_kind(self) -> str:
        return self.tokens[self.at - 1].kind if self.at else ""

    def is_after(self, *phrases: str) -> bool:
        """Whether one of these words stands just before."""
        before = self._before().rstrip()
        return any(before.endswith(p) and not before[: -len(p)][-1:].isalpha() for p in phrases)

    def is_after_stem(self, *stems: str) -> bool:
        """Whether the word before begins with one of these stems."""
        return self.word_before().startswith(stems)

    def is_termly(self) -> bool:
        """«в срок до …»."""
        return self._before(14).rstrip(" ,-:").endswith("срок")

    def is_first(self) -> bool:
        """At the beginning of a sentence or paragraph."""
        before = self._before(8).rstrip(" -–")
        return not before or before[-1] in ".;:\n)" or (self.at > 0 and self.start_char < 6)

    def is_last(self) -> bool:
        """At the end of a sentence or paragraph."""
        return re.match(r"\s*(?:[.;)]|$)", self._after()) is not None

    def is_report(self) -> bool:
        return REPORT.search(self._before()) is not None

    def is_adverb(self) -> bool:
        return " " not in self.words()

    def is_bounded(self) -> bool:
        """«ежеквартально до 5 числа», «ежемесячно, не позднее …»."""
        following = self.tokens[self.end : self.end + 2]
        wanted = kinds("by", "nl", "CH", "v", "k", "s")
        return bool(following) and (
            following[0].kind in kinds("by", "nl", "CH", "k") or (following[0].kind == SYMBOL["comma"] and following[-1].kind in wanted)
        )

    def is_hours(self) -> bool:
        """«в рабочие дни с 9 до 18»."""
        return "рабоч" in self.words() or HOURS.match(self._after()) is not None

    def is_season(self) -> bool:
        return any(stem in self.words() for stem in ("лет", "зим", "весен", "осен", "весн"))

    def has_verb(self, *stems: str) -> bool:
        return any(stem in self._before(200) for stem in stems)

    def has_capital_month(self) -> bool:
        return False

    def value(self, wanted: frozenset[str]) -> Any:
        """What the calendar part of the candidate says."""
        return next((t.value for t in self.tokens[self.at : self.end] if t.kind in wanted), None)

    def limit_by(self) -> Clause | None:
        found = clause_at("".join(t.kind for t in self.tokens[self.at : self.end]), self.tokens[self.at : self.end], 0)
        return found[0] if found else None

    def is_past(self, clause: Clause | None) -> bool:
        """Whether all of it lies before the anchor."""
        clause = clause or self.limit_by()
        anchor = self.context.anchor
        if clause is None or anchor is None or not clause.whens:
            return False
        found = limits(clause, self.context)
        last = found.end or found.start
        return last is not None and last < anchor
