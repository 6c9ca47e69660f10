"""A person's name in the nominative, surname first: «слушали Филимонову Л.А.» → «Филимонова Л.А.»."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from pipeline.nlp.given import Given, given_readings, patronymic_readings
from pipeline.nlp.inflect import Cells, Reading, surname_cells
from pipeline.nlp.morph import Case, Gender, parses
from pipeline.nlp.names import Name

_NOMINATIVE_BONUS: Final = 0.75
_PATRONYMIC = re.compile(r"(?:вич|ьич|вн|ичн)(?:а|у|ем|ом|е|ы|ой)?$")
_PARTICLE = re.compile(r"\s*(?:([Оо]глы|[Оо]глу|о\.?)|([Кк]ызы|[Гг]ызы|к\.?))$")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in the nominative; `is_undecided` where two nominatives are possible and the printed form was kept."""

    text: str
    family: str
    given: str | None = None
    patronymic: str | None = None
    initials: str | None = None
    gender: Gender | None = None
    is_mended: bool = False
    is_undecided: bool = False


def nominative_name(name: Name, case: Case | None = None, gender: Gender | None = None) -> PersonName:
    """Put a name into the nominative: «Филимонову Л.А.», accusative → «Филимонова Л.А.».

    The patronymic and the given name tell case and gender; else the case that the slot dictates, the gender of the
    verb, and the form itself do.
    """
    initials = _initials(name.initials)
    if name.given is None:
        family, known_gender, is_undecided = _family(name.family, case, gender or _particle_gender(name.initials))
        text = " ".join(part for part in (family, initials) if part)
        return PersonName(text, family, initials=initials, gender=known_gender, is_undecided=is_undecided)
    if name.patronymic is None and _is_patronymic(name.family):
        return _without_family(name, case, gender)
    return _full_name(name, case, gender)


def _is_patronymic(word: str) -> bool:
    return _PATRONYMIC.search(word.lower()) is not None and "Patr" in parses(word)[0].grammemes


def _without_family(name: Name, case: Case | None, gender: Gender | None) -> PersonName:
    """«Галине Васильевне»: a given name and a patronymic, in this order."""
    assert name.given is not None
    named = _full_name(Name(name.start, name.end, "", name.given, name.family, order=name.order), case, gender)
    return replace(named, text=" ".join(part for part in (named.given, named.patronymic) if part))


def _full_name(name: Name, case: Case | None, gender: Gender | None) -> PersonName:
    assert name.given is not None
    patronymic = patronymic_readings(name.patronymic) if name.patronymic else []
    given = _agreeing(list(given_readings(name.given)), patronymic, name.family, case, gender)
    leader = patronymic or given
    if patronymic and given:
        shared = {(g.case, g.gender) for g in given}
        patronymic = [p for p in patronymic if (p.case, p.gender) in shared] or patronymic
        leader = patronymic
    known = {g.gender for g in leader}
    sure = next(iter(known)) if len(known) == 1 else gender
    # «Патимат Курбановне»: a given name that is not declined leaves the case to the patronymic
    agree = {g.case for g in given} & {p.case for p in patronymic} if given and patronymic else set()
    cases = agree or {p.case for p in leader} if patronymic else {g.case for g in given}
    family, known_gender, is_undecided = "", sure, False
    if name.family:
        family, known_gender, is_undecided = _family_in(name.family, cases, sure, case)
    first = given[0] if given else None
    last = patronymic[0] if patronymic else None
    given_text = _like(name.given, first.nominative) if first else _titled(name.given)
    last_text = _like(name.patronymic, last.nominative) if last and name.patronymic else None
    text = " ".join(part for part in (family, given_text, last_text) if part)
    is_mended = bool((first and first.is_mended) or (last and last.is_mended))
    letters = ".".join(part[0] for part in (given_text, last_text) if part) + "."
    return PersonName(text, family, given_text, last_text, letters, sure or known_gender, is_mended, is_undecided)


def _agreeing(
    given: list[Given], patronymic: list[Given], family: str, case: Case | None, gender: Gender | None
) -> list[Given]:
    """The readings of the given name that agree with the patronymic, the slot and the surname, asked in that order."""
    if patronymic:
        cells = {(p.case, p.gender) for p in patronymic}
        genders = {p.gender for p in patronymic}
        fitting = [g for g in given if (g.case, g.gender) in cells] or [g for g in given if g.gender in genders]
        return sorted(fitting, key=lambda g: -g.score)
    if gender is not None:
        given = [g for g in given if g.gender == gender] or given
    if case is not None:
        given = [g for g in given if g.case == case] or given
    surname = surname_cells(family)
    best = max((surname[g.case, g.gender].score for g in given if (g.case, g.gender) in surname), default=0.0)
    given = [g for g in given if (g.case, g.gender) in surname and surname[g.case, g.gender].score >= best - 1] or given
    top = max((g.score for g in given), default=0.0)
    given = [g for g in given if g.score == top]
    nominative = [g for g in given if g.case == "nominative"]
    return nominative or given


def _family_in(
    family: str, cases: Collection[Case], gender: Gender | None, case: Case | None
) -> tuple[str, Gender | None, bool]:
    """The surname where the other parts have told case and gender."""
    cells = surname_cells(family)
    fitting = {cell: r for cell, r in cells.items() if cell[0] in cases and gender in (None, cell[1])}
    if fitting:
        best = max(fitting.values(), key=lambda r: r.score)
        return _like(family, best.nominative), gender, False
    return _family(family, case, gender)


def _family(family: str, case: Case | None, gender: Gender | None) -> tuple[str, Gender | None, bool]:
    """The surname that stands alone or with initials."""
    cells = surname_cells(family)
    fitting = _fitting(cells, case, gender)
    if not fitting:
        return _titled(family), gender, False
    top = max(reading.score for reading in fitting.values())
    best = {cell: r for cell, r in fitting.items() if r.score >= top - 0.05}
    nominatives = {r.nominative for r in best.values()}
    genders = {cell[1] for cell in best}
    known = gender or (next(iter(genders)) if len(genders) == 1 else None)
    if len(nominatives) > 1:
        return _titled(family), gender, True
    return _like(family, nominatives.pop()), known, False


def _fitting(cells: Cells, case: Case | None, gender: Gender | None) -> Cells:
    """The cells that the slot allows; a slot that the form contradicts is left («выступил Седова» is a nominative)."""
    if case == "nominative":
        nominative = {cell: r for cell, r in cells.items() if cell[0] == "nominative"}
        best = max((r.score for r in nominative.values()), default=0.0)
        if best > 1.5:
            kept = {cell: r for cell, r in nominative.items() if gender in (None, cell[1])}
            return {c: r for c, r in kept.items() if r.score >= best - 1} or nominative
    if case is not None:
        exact = {c: r for c, r in cells.items() if c[0] == case and gender in (None, c[1])}
        if exact:
            return exact
    of_gender = {c: r for c, r in cells.items() if gender in (None, c[1])}
    return _favoured(of_gender or cells)


def _favoured(cells: Cells) -> Cells:
    """Without a case, what looks like a nominative is one."""
    return {
        c: Reading(r.nominative, r.score + (_NOMINATIVE_BONUS if c[0] == "nominative" else 0)) for c, r in cells.items()
    }


def _particle_gender(initials: str | None) -> Gender | None:
    """«Р.А.о.» (оглы) is a man, «Л.М. кызы» a woman."""
    match = _PARTICLE.search(initials or "")
    if match is None:
        return None
    return "masculine" if match[1] else "feminine"


def _initials(printed: str | None) -> str | None:
    """Initials as they should be: «Т. Н» → «Т.Н.», «Р.А.о.» → «Р.А. оглы»."""
    if not printed:
        return None
    particle = _PARTICLE.search(printed)
    letters = re.findall(r"[А-ЯЁA-Z][а-яё]?", printed[: particle.start()] if particle else printed)
    text = "".join(f"{letter}." for letter in letters)
    if particle is None:
        return text
    word = "оглы" if particle[1] else "кызы"
    full = particle[0].strip().lower()
    return f"{text} {full if len(full) > 2 else word}"


def _like(printed: str, nominative: str) -> str:
    """Capitals as a name has them, ё only where it was printed: «ИВАНОВУ» → «Иванова»."""
    text = _titled(nominative)
    return text if "ё" in printed.lower() else text.replace("ё", "е")


def _titled(word: str) -> str:
    """«ПЕТРОВА-ВОДКИНА» → «Петрова-Водкина», «о'коннор» → «О'Коннор», «фон дерлейен» stays in small letters before."""
    parts = re.split(r"([-\s'’])", word)
    return "".join(
        p if p.lower() in ("оглы", "кызы", "фон", "де", "ван") else p[:1].upper() + p[1:].lower() for p in parts
    )
