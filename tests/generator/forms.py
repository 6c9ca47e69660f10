"""The axes along which protocols differ, each drawn by itself: heading words, numbers, places, orders, separators."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields

AXES: dict[str, tuple[str, ...]] = {
    "letterhead": ("none", "ladder", "line"),
    "title": ("number_then_body", "body_then_number", "one_line", "dated_title", "spaced"),
    "date": ("figures", "words", "quoted", "labelled", "figures_year"),
    "place": ("none", "line", "label"),
    "chair": ("Председатель: ", "Председатель – ", "Председательствовал: ", "Председательствующий – ", "Председатель          "),
    "secretary": ("Секретарь: ", "Секретарь – ", "Протокол вела: ", "Секретарь          "),
    "names": ("short", "full", "initials_first"),
    "attendance": ("list", "line", "posts", "count", "none"),
    "agenda": ("ПОВЕСТКА ДНЯ:", "Повестка дня:", "Повестка:", "Вопросы для рассмотрения:", "Рассматриваемые вопросы:", "Повестка дня"),
    "agenda_number": ("1.", "1)", "1. "),
    "reporter": ("none", "none", "bracket", "line"),
    "hearing": ("numbered_caps", "label", "by_question", "heading", "bare_number"),
    "marker": ("РЕШИЛИ:", "Решили:", "ПОСТАНОВИЛИ:", "Решение:", "Принято решение:", "РЕШЕНИЕ:"),
    "block": ("per_question", "per_question", "at_end"),
    "number": ("1.", "1)", "1.1.", "1. "),
    "clauses": ("lines", "glued", "bracket", "inline", "table", "lead_in"),
    "order": ("term_first", "people_first"),
    "term_label": ("Срок: ", "Срок – ", "Срок исполнения: ", "Срок исполнения – ", "срок: ", "Сроки: "),
    "people_label": ("Отв.: ", "Ответственный: ", "Ответственные: ", "Ответственные – ", "Исполнитель: ", "Ответственный исполнитель: "),
    "vote": ("Голосовали: «за» – {0}, «против» – {1}, «воздержались» – {2}.", "Итоги голосования: за - {0}, против - {1}, воздержалось - {2}.",
             "Голосовали: за {0}, против {1}, воздержались {2}."),
    "signature": ("gap", "underscores", "two_lines"),
    "appendix": ("none", "none", "Приложение: на 2 л. в 1 экз."),
}  # fmt: skip


@dataclass(frozen=True)
class Form:
    """One choice on every axis."""

    letterhead: str
    title: str
    date: str
    place: str
    chair: str
    secretary: str
    names: str
    attendance: str
    agenda: str
    agenda_number: str
    reporter: str
    hearing: str
    marker: str
    block: str
    number: str
    clauses: str
    order: str
    term_label: str
    people_label: str
    vote: str
    signature: str
    appendix: str


assert [f.name for f in fields(Form)] == list(AXES)


def make_form(seed: int, **fixed: str) -> Form:
    """The form of a seed, with some axes fixed: `make_form(3, clauses="table")`."""
    chance = random.Random(f"form {seed}")
    return Form(**{name: fixed.get(name) or chance.choice(options) for name, options in AXES.items()})
