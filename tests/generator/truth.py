"""What happened at a meeting: people, questions, decisions with their deadlines and responsible, no word of layout."""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.generator import vocabulary as v


@dataclass(frozen=True)
class Person:
    """A name in the cases that slots ask for."""

    family: str
    given: tuple[str, str, str]  # nominative, accusative, dative
    patronymic: str
    is_woman: bool
    post: str

    @property
    def initials(self) -> str:
        return f"{self.given[0][0]}.{self.patronymic[0]}."

    @property
    def full(self) -> str:
        return f"{self.family} {self.given[0]} {self.patronymic}"

    @property
    def short(self) -> str:
        return f"{self.family} {self.initials}"

    @property
    def accusative(self) -> str:
        return f"{self.family[:-1]}у" if self.is_woman else f"{self.family}а"

    @property
    def dative(self) -> str:
        return f"{self.family[:-1]}ой" if self.is_woman else f"{self.family}у"


@dataclass(frozen=True)
class Term:
    """A deadline: as printed, and what it means; `is_inline` may stand inside a sentence."""

    raw: str
    kind: str
    start: date | None = None
    end: date | None = None
    rrule: str | None = None
    is_ambiguous: bool = False
    is_inline: bool = True


@dataclass(frozen=True)
class Duty:
    """A decision: `parties` and `people` answer for it; an approval or a piece of information has nobody."""

    text: str
    classification: str = "assignment"
    term: Term | None = None
    parties: tuple[v.Party, ...] = ()
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Question:
    """A matter of the agenda: who reported, what was said, what was decided, how they voted."""

    text: str
    speaker: Person
    report: str
    duties: tuple[Duty, ...]
    votes: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Truth:
    """A meeting."""

    body: v.Body
    number: int
    day: date
    district: tuple[str, str]
    region: tuple[str, str]
    chair: Person
    secretary: Person
    attendees: tuple[Person, ...]
    questions: tuple[Question, ...] = field(default=())


def make_truth(seed: int, *, questions: int | None = None) -> Truth:
    """The meeting of a seed: the same seed, the same meeting."""
    chance = random.Random(f"truth {seed}")
    body = chance.choice(v.BODIES)
    day = date(chance.randint(2015, 2026), 1, 1) + timedelta(chance.randrange(365))
    people = _people(chance, body)
    topics = chance.sample(body.topics, min(questions or chance.randint(1, 3), len(body.topics)))
    tasks = _tasks(chance, body)
    made = []
    for topic in topics:
        duties = tuple(_duty(chance, next(tasks), body, people, day) for _ in range(chance.randint(1, 4)))
        if chance.random() < 0.4:
            duties = (Duty("Информацию принять к сведению", "information"), *duties)
        if chance.random() < 0.3:
            duties = (*duties, Duty(f"Утвердить план мероприятий на {day.year + 1} год", "approval"))
        votes = (chance.randint(5, 40), chance.choice((0, 0, 1)), chance.choice((0, 0, 2))) if chance.random() < 0.4 else None
        made.append(Question(topic, chance.choice(people[2:]), _fill(chance.choice(v.REPORTS), chance), duties, votes))
    return Truth(
        body, chance.randint(1, 60), day, chance.choice(v.DISTRICTS), chance.choice(v.REGIONS), people[0], people[1],
        tuple(people[2:]), tuple(made),
    )  # fmt: skip


def _people(chance: random.Random, body: v.Body) -> list[Person]:
    people = []
    for stem in chance.sample(v.STEMS, 6):
        is_woman = chance.random() < 0.6
        given, fathers = (v.WOMEN, v.MOTHERS) if is_woman else (v.MEN, v.FATHERS)
        post = _fill(chance.choice(body.posts), chance)
        people.append(Person(stem + "а" * is_woman, chance.choice(given), chance.choice(fathers), is_woman, post))
    return people


def _fill(template: str, chance: random.Random) -> str:
    return template.format(
        n=chance.randint(2, 39), school=chance.choice(v.SCHOOLS[:2]).format(chance.randint(1, 40)),
        street=chance.choice(v.STREETS), village=chance.choice(v.VILLAGES),
    )  # fmt: skip


def _tasks(chance: random.Random, body: v.Body) -> Iterator[str]:
    """Tasks of a body, each once as long as there are others."""
    seen: set[str] = set()
    while True:
        text = _fill(chance.choice(body.tasks), chance)
        if text not in seen or len(seen) > 40:
            seen.add(text)
            yield text


def _duty(chance: random.Random, text: str, body: v.Body, people: list[Person], day: date) -> Duty:
    term = make_term(chance, day) if chance.random() < 0.85 else None
    parties: tuple[v.Party, ...] = ()
    named: tuple[Person, ...] = ()
    form = chance.random()
    if form < 0.45:
        parties = (chance.choice(body.parties),)
    elif form < 0.8:
        named = tuple(chance.sample(people, chance.choice((1, 1, 2))))
    elif form < 0.9:
        parties, named = (chance.choice(body.parties),), (chance.choice(people),)
    return Duty(text, "assignment", term, parties, named)


def make_term(chance: random.Random, day: date) -> Term:
    """A deadline in one of the common wordings, its dates computed here."""
    return chance.choice(TERMS)(chance, day)


def _due(chance: random.Random, day: date) -> date:
    return day + timedelta(chance.randint(5, 200))


def _by_figures(chance: random.Random, day: date) -> Term:
    due = _due(chance, day)
    year = f"{due:%y}" if chance.random() < 0.3 else f"{due.year}"
    tail = chance.choice(("", "", " г.", " года"))
    return Term(f"{chance.choice(('до', 'до', 'не позднее', 'к'))} {due:%d.%m}.{year}{tail}", "by_date", None, due)


def _by_words(chance: random.Random, day: date) -> Term:
    due = _due(chance, day)
    year = chance.choice((f" {due.year} года", f" {due.year} г.", ""))
    soon = date(due.year, due.month, due.day)
    if not year:  # without a year: the first such day
        soon = next(d for d in (_same(day.year, due), _same(day.year + 1, due)) if d is not None and d >= day)
    raw = f"{chance.choice(('до', 'в срок до', 'не позднее'))} {due.day} {v.MONTHS[due.month - 1]}{year}"
    return Term(raw, "by_date", None, soon)


def _same(year: int, due: date) -> date | None:
    return date(year, due.month, due.day) if due.day <= monthrange(year, due.month)[1] else None


def _on_day(chance: random.Random, day: date) -> Term:
    due = _due(chance, day)
    return Term(f"{due:%d.%m.%Y}", "on_date", due, due, is_inline=False)


def _month(chance: random.Random, day: date) -> Term:
    due = _due(chance, day)
    last = date(due.year, due.month, monthrange(due.year, due.month)[1])
    return Term(f"{v.MONTHS_BARE[due.month - 1]} {due.year} года", "interval", due.replace(day=1), last, is_inline=False)


def _quarter(chance: random.Random, day: date) -> Term:
    year, quarter = day.year + 1, chance.randint(1, 4)
    last = date(year, quarter * 3, monthrange(year, quarter * 3)[1])
    printed = chance.choice((("I", "II", "III", "IV")[quarter - 1], str(quarter)))
    return Term(f"{printed} квартал {year} года", "interval", date(year, quarter * 3 - 2, 1), last, is_inline=False)


def _end_of_year(_: random.Random, day: date) -> Term:
    return Term(f"до конца {day.year + 1} года", "by_date", None, date(day.year + 1, 12, 31))


def _within_year(_: random.Random, day: date) -> Term:
    return Term("в течение года", "interval", day, date(day.year, 12, 31), is_ambiguous=True)


def _days(chance: random.Random, day: date) -> Term:
    count = chance.choice((5, 7, 10, 14, 30))
    return Term(f"в течение {count} дней", "duration", day, day + timedelta(count))


def _plain(raw: str, kind: str, rrule: str | None = None) -> Callable[[random.Random, date], Term]:
    return lambda _chance, _day: Term(raw, kind, rrule=rrule)


def _monthly(chance: random.Random, _: date) -> Term:
    number = chance.choice((1, 5, 10, 25))
    return Term(f"ежемесячно до {number} числа", "recurring", rrule=f"FREQ=MONTHLY;BYMONTHDAY={number}")


TERMS: tuple[Callable[[random.Random, date], Term], ...] = (
    _by_figures, _by_figures, _by_words, _by_words, _on_day, _month, _quarter, _end_of_year, _within_year, _days, _monthly,
    _plain("постоянно", "permanent"), _plain("постоянно", "permanent"), _plain("ежеквартально", "recurring", "FREQ=MONTHLY;INTERVAL=3"),
    _plain("еженедельно", "recurring", "FREQ=WEEKLY"), _plain("по мере необходимости", "conditional"),
)  # fmt: skip
