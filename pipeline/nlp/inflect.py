"""Nominatives of a surname's form: own paradigms by surname type, since lemmas of women's surnames come out masculine.

A form is read as a table of cells: (case, gender) → the nominative it would have there, and how sure the type is.
«Филимонову» → (dative, masculine): «Филимонов», (accusative, feminine): «Филимонова».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.nlp.morph import Case, Gender, fold, is_known, parses
from pipeline.nlp.people import rare_type_surnames

Cell = tuple[Case, Gender]

CASES: Final[tuple[Case, ...]] = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")
GENDERS: Final[tuple[Gender, ...]] = ("masculine", "feminine")

SURE, LISTED, LIKELY, WEAK, ODD = 4.0, 4.0, 2.0, 1.0, 0.5


class Reading(NamedTuple):
    """What a form would be in the nominative, and how sure that is."""

    nominative: str
    score: float


Cells = dict[Cell, Reading]
Triple = tuple[Case, Gender, Reading]

_POSSESSIVE_STEM = re.compile(r"\w(?:[оеё]в|[иы]н)$")
_POSSESSIVE: Final[tuple[tuple[Gender, str, str, tuple[Case, ...]], ...]] = (
    ("masculine", "", "", ("nominative",)),
    ("masculine", "а", "", ("genitive", "accusative")),
    ("masculine", "у", "", ("dative",)),
    ("masculine", "ым", "", ("instrumental",)),
    ("masculine", "е", "", ("prepositional",)),
    ("feminine", "а", "а", ("nominative",)),
    ("feminine", "ой", "а", ("genitive", "dative", "instrumental", "prepositional")),
    ("feminine", "ою", "а", ("instrumental",)),
    ("feminine", "у", "а", ("accusative",)),
)
_ADJECTIVE: Final[tuple[tuple[Gender, str, tuple[Case, ...]], ...]] = (
    ("masculine", "ого|его", ("genitive", "accusative")),
    ("masculine", "ому|ему", ("dative",)),
    ("masculine", "ым|им", ("instrumental",)),
    ("masculine", "ом|ем", ("prepositional",)),
    ("feminine", "ой|ей", ("genitive", "dative", "instrumental", "prepositional")),
    ("feminine", "ую|юю", ("accusative",)),
)
_INDECLINABLE = re.compile(
    r"(?:о|ых|их|дзе|швили|ели|иани|уни|ади|иди|уди|аки|энко|ару|[еэ]ску|йты|оты|(?:уск|вич)ене|айте|[ую]те)$"
)
# «Саари», «Росси»: behind other consonants than these an -и is no genitive of -ка, -жа
_FOREIGN_I = re.compile(r"[^гкхжшщч]и$")
_SHORT_VOWEL = re.compile(r"^\w{0,3}[иеуюэ]$|[эё]$")
_CONSONANT_END = re.compile(r"[бвгджзйклмнпрстфхцчшщь]$")
_CONSONANT_TYPE = re.compile(
    r"(?:ич|[уюая]к|ук|юк|чак|ян|янц|[оуи]льц|[еа]рц|[иу]нц|тц|ер|ман|берг|штейн|ец|ок|ик|ай|ей|ой|ий|ль|рь|унц|уш|ыш|аш|ус|ас|ис|ар|ор|юх|ух|ун|ан|ян|ач|ич|уц|идт|лов)$"
)
_BAD_CLUSTER = re.compile(r"(?:[бвгджзкмпстфхчшщ][кцнлр]|[лрйнь]ц|[рл]л|йк)$")
_VOWELS: Final = "аеёиоуыэюя"


@lru_cache(maxsize=16_384)
def surname_cells(form: str) -> Cells:
    """Read a surname in every case and gender it can stand in: «Сидорчука» → (genitive, masculine) «сидорчук», …"""
    parts = _plain_ending(form.lower()).split("-")
    tables = [_part_cells(part) for part in parts]
    for index, part in enumerate(parts[:-1]):  # «Бонч-Бруевича»: the first part may stay as it is
        for cell in ((c, g) for c in CASES for g in GENDERS):
            tables[index].setdefault(cell, Reading(part, ODD))
    joined: Cells = {}
    for cell, last in tables[-1].items():
        readings = [*(table[cell] for table in tables[:-1]), last]
        joined[cell] = Reading("-".join(r.nominative for r in readings), sum(r.score for r in readings) / len(readings))
    return joined


def _plain_ending(form: str) -> str:
    """«Соловьём» → «соловьем»: the endings of the tables are written without ё."""
    return re.sub(r"ё(?=[мйю]$)", "е", form)


def _part_cells(form: str) -> Cells:
    cells: Cells = {}
    for rule in (_possessive, _adjectival, _indeclinable, _consonant, _vowel):
        for case, gender, reading in rule(form):
            if (case, gender) not in cells or reading.score > cells[case, gender].score:
                cells[case, gender] = reading
    return cells


def _possessive(form: str) -> Iterator[Triple]:
    """-ов, -ев, -ин, -ын: «Соловьеву» → «Соловьев», «Соловьева»."""
    for gender, ending, nominative, cases in _POSSESSIVE:
        stem = form.removesuffix(ending) if ending else form
        if form.endswith(ending) and _POSSESSIVE_STEM.search(stem):
            for case in cases:
                yield case, gender, Reading(stem + nominative, SURE)


def _adjectival(form: str) -> Iterator[Triple]:
    """-ский, -цкий, -ый, -ой: «Вознесенского» → «Вознесенский», «Белую» → «Белая»."""
    if form.endswith(("ый", "ий", "ой")):
        yield "nominative", "masculine", Reading(form, _adjective_score(form))
    if form.endswith(("ая", "яя")):
        yield "nominative", "feminine", Reading(form, _adjective_score(form))
    for gender, endings, cases in _ADJECTIVE:
        for ending in endings.split("|"):
            stem = form.removesuffix(ending)
            is_possessive = gender == "feminine" and ending not in ("ую", "юю") and _POSSESSIVE_STEM.search(stem)
            if stem == form or len(stem) < 2 or is_possessive:
                continue
            nominative = (
                _masculine_adjective(stem, ending) if gender == "masculine" else _feminine_adjective(stem, ending)
            )
            for case in cases:
                yield case, gender, Reading(nominative, _adjective_score(nominative))


def _feminine_adjective(stem: str, ending: str) -> str:
    is_soft = ending in ("ей", "юю") and stem[-1] not in "жшщч"
    return stem + ("яя" if is_soft else "ая")


def _masculine_adjective(stem: str, ending: str) -> str:
    """The ending that a list of surnames knows, else the one that the stem asks for: «Толстого» → «Толстой»."""
    default = "ий" if stem[-1] in "гкхжшщч" or ending in ("его", "ему", "ем") else "ый"
    if ending == "им" and stem[-1] not in "гкхжшщч":
        default = "ий"
    options = [stem + default, stem + "ой", stem + "ый"]
    return max(options, key=lambda o: (rare_type_surnames().get(fold(o), 0), _is_surname(o, "nomn"), -options.index(o)))


def _adjective_score(nominative: str) -> float:
    if nominative.endswith(("ский", "ская", "цкий", "цкая")):
        return SURE
    if fold(nominative) in rare_type_surnames():
        return LISTED
    if any(p.part == "ADJF" and p.case == "nomn" for p in parses(nominative)) and is_known(nominative):
        return LIKELY
    return LIKELY if nominative.endswith(("ный", "ная", "ой")) else WEAK


def _indeclinable(form: str) -> Iterator[Triple]:
    """-ко, -ых, -дзе, short foreign ones: the same in all cases."""
    is_sure = bool(_INDECLINABLE.search(form))
    if (
        not is_sure
        and not _SHORT_VOWEL.search(form)
        and not (_FOREIGN_I.search(form) and not is_known(form))
        and not (form[-1] in "иеуюэ" and fold(form) in rare_type_surnames())
    ):
        return
    if form.endswith("о") and form.endswith(("ого", "его")) and not form.endswith("аго") and len(form) > 5:
        is_sure = fold(form) in rare_type_surnames()
        if not is_sure:
            return
    for case in CASES:
        for gender in GENDERS:
            yield case, gender, Reading(form, SURE if is_sure else LIKELY)


def _consonant(form: str) -> Iterator[Triple]:
    """A consonant, й or ь: a man's is declined, a woman's is not: «Лукашевича» → «Лукашевич», «Зайца» → «Заяц»."""
    if _POSSESSIVE_STEM.search(form):
        return
    if _CONSONANT_END.search(form):
        is_oblique = re.search(r"(?:ого|его|ому|ему|ым|ом|ем|ой|ей)$", form) is not None
        is_listed = fold(form) in rare_type_surnames()
        score = LISTED if is_listed else WEAK if is_oblique else _consonant_score(form)
        same = ODD if is_oblique and not is_listed else min(score, LIKELY)  # «Хутом» is rather a man's instrumental
        yield "nominative", "masculine", Reading(form, score)
        for case in CASES:
            yield case, "feminine", Reading(form, score if case == "nominative" else same)
    endings: tuple[tuple[str, tuple[Case, ...]], ...] = (
        ("а", ("genitive", "accusative")), ("у", ("dative",)), ("ом", ("instrumental",)), ("ем", ("instrumental",)),
        ("е", ("prepositional",)), ("я", ("genitive", "accusative")), ("ю", ("dative",)),
    )  # fmt: skip
    for ending, cases in endings:
        stem = form.removesuffix(ending)
        if stem == form or len(stem) < 2 or (ending != "ом" and _POSSESSIVE_STEM.search(stem)):
            continue
        reading = _best_consonant(stem, ending)
        if reading is not None:
            for case in cases:
                yield case, "masculine", reading


def _best_consonant(stem: str, ending: str) -> Reading | None:
    options = [o for o in _consonant_options(stem, ending) if _CONSONANT_END.search(o) and _may_flee(stem, o)]
    readings = [Reading(o, _consonant_score(o) - 0.1 * place) for place, o in enumerate(options)]
    return max(readings, key=lambda r: r.score, default=None)


def _may_flee(stem: str, option: str) -> bool:
    """A vowel flees from -ец and -ок; from other ends only in surnames that a list knows: «Лефевром» is «Лефевр»."""
    if option.startswith(stem) or option[-1] in "цк" or stem[-1] in _VOWELS + "ь":
        return True
    return fold(option) in rare_type_surnames() or _is_surname(option, "nomn")


def _consonant_options(stem: str, ending: str) -> Iterator[str]:
    """The nominatives a stem can have, the commonest first; a vowel that fled comes back: «Кравц» → «Кравец»."""
    soft = ending in ("я", "ю") or (ending in ("ем", "е") and stem[-1] not in "жшщчц")
    hard = ending in ("а", "у", "ом", "е") or (ending == "ем" and stem[-1] in "жшщчц")
    if stem.endswith("ь") and soft:
        yield stem[:-1] + "ей"
    if stem.endswith("йц"):
        yield stem[:-2] + ("яц" if stem.endswith("айц") else "ец")
        yield stem[:-2] + "ец"
    if hard and stem[-1] in "цкнлр" and len(stem) > 2:
        base = stem[:-1].removesuffix("ь")
        fled = [base + v + stem[-1] for v in ("ео" if stem[-1] != "к" or stem[-2] in "йь" else "ое")]
        if _BAD_CLUSTER.search(stem) and not stem.endswith(("янц", "унц", "енц")) and stem[-1] in "цк":
            yield from (stem, *fled) if _CONSONANT_TYPE.search(stem) else (*fled, stem)
        else:
            yield stem
            yield from fled
    elif hard:
        yield stem
        if stem == "льв":
            yield "лев"
    if soft:
        yield stem + ("й" if stem[-1] in _VOWELS else "ь")
        if stem[-1] in "нл" and len(stem) > 2:
            yield stem[:-1] + "ень" if stem[-1] == "н" else stem[:-1] + "ель"


def _consonant_score(nominative: str) -> float:
    if fold(nominative) in rare_type_surnames() or _is_surname(nominative, "nomn"):
        return LISTED + _frequency(nominative)
    if nominative.endswith(("вич", "ьич")):
        return SURE
    return LIKELY if _CONSONANT_TYPE.search(nominative) else WEAK


def _vowel(form: str) -> Iterator[Triple]:
    """-а, -я of either gender: «Лободы» → «Лобода», «Берию» → «Берия»."""
    endings: tuple[tuple[str, str, tuple[Case, ...]], ...] = (
        ("а", "а", ("nominative",)), ("я", "я", ("nominative",)), ("ы", "а", ("genitive",)), ("и", "я", ("genitive",)),
        ("е", "а", ("dative", "prepositional")), ("у", "а", ("accusative",)), ("ю", "я", ("accusative",)),
        ("ой", "а", ("instrumental",)), ("ою", "а", ("instrumental",)), ("ей", "я", ("instrumental",)),
    )  # fmt: skip
    for ending, nominative, cases in endings:
        stem = form.removesuffix(ending)
        if stem == form or len(stem) < 2 or (_POSSESSIVE_STEM.search(stem) and ending in ("а", "у", "ой", "ою")):
            continue
        if ending == "е" and re.search(r"[оеё]в$", stem):
            continue  # «Кулешове» is a man
        best = _best_vowel(stem, ending, nominative)
        if best.score == WEAK and ending in ("ой", "ей") and re.search(r"[^сц]к$|[жшчщ]$", stem):
            best = Reading(best.nominative, WEAK + 0.5)  # «Латушкой», «Кривохижей»: hardly «Латушкая»
        for case in cases:
            for gender in GENDERS:
                yield case, gender, best
    if form.endswith("ии"):
        for case in ("genitive", "dative", "prepositional"):
            for gender in GENDERS:
                yield case, gender, _vowel_reading(form[:-1] + "я")


def _best_vowel(stem: str, ending: str, nominative: str) -> Reading:
    options = [stem + nominative]
    if ending in ("и", "ей") and stem[-1] in "гкхжшщчц":
        options = [stem + "а"]
    elif ending == "е":
        options = [stem + "я", stem + "а"] if stem[-1] in _VOWELS + "ь" else [stem + "а", stem + "я"]
    readings = [_vowel_reading(option) for option in options]
    return max(readings, key=lambda r: r.score)


def _vowel_reading(nominative: str) -> Reading:
    is_listed = fold(nominative) in rare_type_surnames() or _is_surname(nominative, "nomn")
    if is_listed:
        return Reading(nominative, LISTED + _frequency(nominative))
    return Reading(nominative, LIKELY + 0.5 if nominative.endswith("ия") else WEAK)  # «Габуния»


def _frequency(nominative: str) -> float:
    """Of two listed surnames the more frequent one wins by a little."""
    return min(rare_type_surnames().get(fold(nominative), 0), 2_000) / 20_000


def is_surname(nominative: str) -> bool:
    """Tell whether a dictionary or list has the surname: «Агафонов» → True, «Агафронов» → False."""
    return fold(nominative) in rare_type_surnames() or _is_surname(nominative, "nomn")


@lru_cache(maxsize=16_384)
def _is_surname(word: str, case: str) -> bool:
    return is_known(word) and any("Surn" in p.grammemes and p.case == case for p in parses(word))
