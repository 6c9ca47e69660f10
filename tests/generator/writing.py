"""A meeting in a form → its paragraphs, and the gold of what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.generator import vocabulary as v
from tests.generator.forms import Form
from tests.generator.truth import Duty, Person, Question, Term, Truth

Row = dict[str, Any]
ORDINALS = ("первому", "второму", "третьему", "четвертому")


def stop(text: str) -> str:
    """A full stop, if none is there: «Иванова А.А.»."""
    return text if text.endswith(".") else f"{text}."


@dataclass
class Paragraph:
    """A paragraph, or a row of a table; `label` is its list number as printed."""

    text: str
    label: str = ""
    row: tuple[str, ...] = ()
    is_centered: bool = False


@dataclass
class Page:
    """A protocol: its paragraphs in order, and what is in them."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    gold: dict[str, Any] = field(default_factory=dict)

    def add(self, text: str, label: str = "", *, is_centered: bool = False) -> None:
        self.paragraphs.append(Paragraph(text, label, is_centered=is_centered))


def write(truth: Truth, form: Form) -> Page:
    """The protocol of a meeting in a form."""
    page = Page(gold={"agenda_items": [], "people": [], "decisions": [], "votes": []})
    _header(page, truth, form)
    _attendance(page, truth, form)
    _agenda(page, truth, form)
    count = 0
    for index, question in enumerate(truth.questions):
        _hearing(page, question, index, form)
        if form.block == "per_question":
            page.add(form.marker)
            _decisions(page, question.duties, 0, index, form)
            _votes(page, question, index, form)
    if form.block == "at_end":
        page.add(form.marker)
        for question in truth.questions:
            _decisions(page, question.duties, count, None, form)
            count += len(question.duties)
    _ending(page, truth, form)
    return page


# the head


def _header(page: Page, truth: Truth, form: Form) -> None:
    district, region = truth.district[1], truth.region[1]
    day, number, body = truth.day, truth.number, truth.body
    if form.letterhead == "ladder":
        for line in (truth.region[0].upper(), truth.district[0].upper(), "АДМИНИСТРАЦИЯ"):
            page.add(line, is_centered=True)
    elif form.letterhead == "line":
        page.add(f"Администрация {district} {region}", is_centered=True)
    date = _date(truth, form.date)
    where = f" {district}" if form.letterhead == "none" else ""
    if form.title == "one_line":
        page.add(f"Протокол № {number} {body.genitive}{where} от {day.day} {v.MONTHS[day.month - 1]} {day.year} года")
        date = ""
    elif form.title == "dated_title":
        page.add(f"ПРОТОКОЛ от {day:%d.%m.%Y} г. № {number}", is_centered=True)
        page.add(f"{body.genitive}{where}", is_centered=True)
        date = ""
    elif form.title == "body_then_number":
        page.add("ПРОТОКОЛ", is_centered=True)
        page.add(f"{body.genitive}{where} № {number}", is_centered=True)
    else:
        word = "П Р О Т О К О Л" if form.title == "spaced" else "ПРОТОКОЛ"
        page.add(f"{word} № {number}", is_centered=True)
        page.add(f"{body.genitive}{where}", is_centered=True)
    place = "с. Заречное"
    if date:
        page.add(f"{date}          {place}" if form.place == "line" else date)
    if form.place == "label":
        page.add(f"Место проведения: {place}, ул. Ленина, д. 5")
    page.gold["document"] = {
        "kind": "protocol", "number": str(number), "date": day.isoformat(), "district": truth.district[0],
        "region": truth.region[0] if form.letterhead != "none" else None,
    }  # fmt: skip


def _date(truth: Truth, style: str) -> str:
    day = truth.day
    words = f"{day.day} {v.MONTHS[day.month - 1]} {day.year}"
    return {
        "figures": f"{day:%d.%m.%Y}", "words": f"{words} года", "quoted": f"«{day:%d}» {v.MONTHS[day.month - 1]} {day.year} г.",
        "labelled": f"Дата проведения: {words} г.", "figures_year": f"{day:%d.%m.%Y} года",
    }[style]  # fmt: skip


def _name(person: Person, form: Form) -> str:
    if form.names == "full":
        return person.full
    return f"{person.initials} {person.family}" if form.names == "initials_first" else person.short


def _person(page: Page, person: Person, role: str, form: Form, *, agenda: str | None = None, is_full: bool = False) -> None:
    row = {"name": person.full if is_full else person.short, "role": role, "post": None}
    page.gold["people"].append({**row, "agenda_label": agenda} if agenda else row)


def _attendance(page: Page, truth: Truth, form: Form) -> None:
    is_full = form.names == "full"
    page.add(f"{form.chair}{_name(truth.chair, form)}")
    _person(page, truth.chair, "chair", form, is_full=is_full)
    page.add(f"{form.secretary}{_name(truth.secretary, form)}")
    _person(page, truth.secretary, "secretary", form, is_full=is_full)
    if form.attendance == "count":
        page.add(f"Присутствовали: {len(truth.attendees) + 2} человек")
    elif form.attendance == "line":
        page.add(stop("Присутствовали: " + ", ".join(_name(p, form) for p in truth.attendees)))
    elif form.attendance in ("list", "posts"):
        page.add("Присутствовали:")
        for number, person in enumerate(truth.attendees, 1):
            post = f" – {person.post}" if form.attendance == "posts" else ""
            text = f"{_name(person, form)}{post}"
            page.add(f"{text};" if number < len(truth.attendees) else stop(text), f"{number}.")
    if form.attendance in ("list", "line", "posts"):
        for person in truth.attendees:
            _person(page, person, "attendee", form, is_full=is_full)


def _agenda(page: Page, truth: Truth, form: Form) -> None:
    page.add(form.agenda)
    for number, question in enumerate(truth.questions, 1):
        tail = f" (докладчик – {question.speaker.short})" if form.reporter == "bracket" else "."
        page.add(question.text + tail, form.agenda_number.replace("1", str(number)).strip())
        if form.reporter == "line":
            page.add(f"Докладчик: {question.speaker.short}")
        page.gold["agenda_items"].append({"label": str(number), "text": question.text})


# the course


def _hearing(page: Page, question: Question, index: int, form: Form) -> None:
    speaker, label = question.speaker, str(index + 1)
    said = f"{speaker.accusative} {speaker.initials}"
    tail = f" {question.report}"
    if form.hearing == "numbered_caps":
        page.add(f"СЛУШАЛИ: {said}{tail}", f"{label}.")
    elif form.hearing == "by_question":
        page.add(f"По {ORDINALS[index]} вопросу слушали {said}{tail}")
    elif form.hearing == "heading":
        page.add(f"Вопрос {label}. {question.text}")
        page.add(f"Слушали: {said}{tail}")
    elif form.hearing == "bare_number":
        page.add(f"По {ORDINALS[index]} вопросу:")
        page.add(f"Выступил{'а' if speaker.is_woman else ''} {speaker.short}{tail}")
    else:
        page.add(f"Слушали: {said}{tail}")
    _person(page, speaker, "speaker", form, agenda=label)


def _votes(page: Page, question: Question, index: int, form: Form) -> None:
    if question.votes is None:
        return
    page.add(form.vote.format(*question.votes))
    yes, no, abstain = question.votes
    page.gold["votes"].append({"agenda_label": str(index + 1), "yes": yes, "no": no, "abstain": abstain, "unanimous": None})


# decisions


def _decisions(page: Page, duties: tuple[Duty, ...], before: int, question: int | None, form: Form) -> None:
    if form.clauses == "table":
        _table(page, duties, before, question)
        return
    if form.clauses == "lead_in" and _shared(duties):
        _lead_in(page, duties, before, question, form)
        return
    for number, duty in enumerate(duties, before + 1):
        label = _label(number, question, form)
        clauses = "lines" if form.clauses == "lead_in" else form.clauses
        text, lines, raw, gold_text = _worded(duty, clauses, form)
        page.add(text, label)
        for line in lines:
            page.add(line)
        _gold(page, duty, label.rstrip(".) "), None, question, gold_text, raw)


def _label(number: int, question: int | None, form: Form) -> str:
    if form.number == "1.1." and question is not None:
        return f"{question + 1}.{number}."
    return (form.number if form.number != "1.1." else "1.").replace("1", str(number)).strip()


def _worded(duty: Duty, clauses: str, form: Form) -> tuple[str, list[str], str, str]:
    """The item, the lines below it, the deadline as printed, and the text that is left of it."""
    term, people = duty.term, ", ".join([*(p.name for p in duty.parties), *(p.short for p in duty.people)])
    if clauses == "inline" and (duty.parties or duty.people) and (term is None or term.is_inline):
        sentence = _addressed(duty)
        return stop(f"{sentence}{f' {term.raw}' if term else ''}"), [], term.raw if term else "", sentence
    said = [f"{form.term_label}{term.raw}"] if term else []
    who = [f"{form.people_label}{people}"] if people else []
    both = said + who if form.order == "term_first" else who + said
    if not both:
        return f"{duty.text}.", [], "", duty.text
    if clauses == "bracket":
        inner = ", ".join(part[0].lower() + part[1:] for part in both)
        return f"{duty.text} ({inner}).", [], term.raw if term else "", duty.text
    if clauses == "glued":
        glued = " ".join(stop(part[0].upper() + part[1:]) for part in both)
        return f"{duty.text}. {glued}", [], term.raw if term else "", duty.text
    return f"{duty.text}.", [stop(part) for part in both], term.raw if term else "", duty.text


def _addressed(duty: Duty) -> str:
    """«Директорам школ провести …», «Ивановой А.А. провести …»."""
    names = [p.dative for p in duty.parties] + [f"{p.dative} {p.initials}" for p in duty.people]
    addressee = ", ".join(names)
    return f"{addressee[0].upper()}{addressee[1:]} {duty.text[0].lower()}{duty.text[1:]}"


def _shared(duties: tuple[Duty, ...]) -> bool:
    return len([d for d in duties if d.classification == "assignment"]) > 1


def _lead_in(page: Page, duties: tuple[Duty, ...], before: int, question: int | None, form: Form) -> None:
    """A numbered addressee with dash items, each with its own deadline; the others by themselves."""
    shared = [d for d in duties if d.classification == "assignment"]
    party = next((p for d in shared for p in d.parties), v.HEADS_OO)
    number = before
    for duty in duties:
        if duty.classification != "assignment":
            number += 1
            label = _label(number, question, form)
            page.add(f"{duty.text}.", label)
            _gold(page, duty, label.rstrip(".) "), None, question, duty.text, "")
    number += 1
    label = _label(number, question, form)
    lead = f"{party.dative[0].upper()}{party.dative[1:]}"
    page.add(f"{lead}:", label)
    for item, duty in enumerate(shared, 1):
        term = duty.term if duty.term is not None and duty.term.is_inline else None
        text = f"{duty.text[0].lower()}{duty.text[1:]}"
        said = f"{text}{f' {term.raw}' if term else ''}"
        page.add(stop(said) if item == len(shared) else f"{said};", "-")
        own = Duty(duty.text, "assignment", term, (party,))
        _gold(page, own, f"{label.rstrip('.) ')}/{item}", lead, question, text, term.raw if term else "")


def _table(page: Page, duties: tuple[Duty, ...], before: int, question: int | None) -> None:
    page.paragraphs.append(Paragraph("", row=("№", "Решение", "Срок", "Ответственный")))
    for number, duty in enumerate(duties, before + 1):
        people = ", ".join([*(p.name for p in duty.parties), *(p.short for p in duty.people)])
        page.paragraphs.append(Paragraph("", row=(f"{number}", duty.text, duty.term.raw if duty.term else "", people)))
        _gold(page, duty, str(number), None, question, duty.text, duty.term.raw if duty.term else "")


def _gold(page: Page, duty: Duty, label: str, context: str | None, question: int | None, text: str, raw: str) -> None:
    page.gold["decisions"].append({
        "label": label, "context": context, "text": text, "classification": duty.classification, "outcome": "adopted",
        "agenda_label": None if question is None else str(question + 1),
        "deadlines": [_deadline(duty.term, raw)] if duty.term and raw else [],
        "assignees": list(_assignees(duty)),
    })  # fmt: skip
    for person in duty.people:
        page.gold["people"].append({"name": person.short, "role": "assignee", "post": None})


def _deadline(term: Term, raw: str) -> Row:
    start, end = (day.isoformat() if day else None for day in (term.start, term.end))
    return {
        "raw": raw, "kind": term.kind, "start": start, "end": end, "rrule": term.rrule, "event": None,
        "ambiguous": term.is_ambiguous,
    }  # fmt: skip


def _assignees(duty: Duty) -> Iterator[Row]:
    for party in duty.parties:
        yield {"raw": party.name, "name": party.name, "entity_type": party.kind, "role": "responsible"}
    for person in duty.people:
        yield {"raw": person.short, "name": person.short, "entity_type": "person", "role": "responsible"}


# the end


def _ending(page: Page, truth: Truth, form: Form) -> None:
    for role, person in (("Председатель", truth.chair), ("Секретарь", truth.secretary)):
        name = f"{person.initials} {person.family}"
        if form.signature == "two_lines":
            page.add(role)
            page.add(name)
        else:
            page.add(f"{role}{' ' * 20 if form.signature == 'gap' else ' ____________ '}{name}")
    if form.appendix != "none":
        page.add(form.appendix)
