"""Names of people by pattern: initials with a surname on either side, full names, «Имя Фамилия» the lexicon is sure of.

Initials are found first and the surname is looked for on both sides of them; which word is a surname the tags of
pymorphy3, the name lists and the words of posts decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, Literal

from pipeline.nlp.morph import fold, is_known, parses
from pipeline.nlp.people import given_names, rare_type_surnames, words

Order = Literal["family_first", "family_last"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as printed: `text[start:end]`; its parts are raw, a letter-spaced surname is closed up."""

    start: int
    end: int
    family: str
    given: str | None = None
    patronymic: str | None = None
    initials: str | None = None
    order: Order = "family_first"


_CAP: Final = "А-ЯЁ"
_LOW: Final = "а-яё"
_LETTER: Final = _CAP + _LOW
_GAP: Final = r"[ \t\u00a0]"
_REST: Final = rf"(?:['’][{_CAP}])?[{_LETTER}]*(?:-[{_CAP}][{_LETTER}]*){{0,2}}"
_WORD: Final = rf"[{_CAP}]{_REST}"

_INITIALS = re.compile(
    rf"""(?P<first>[{_CAP}](?<![{_LETTER}A-Za-z0-9.].)ж?){_GAP}?[.,](?P<second>-?{_GAP}{{0,2}}(?P<letter>[{_CAP}])(?![{_LETTER}]){_GAP}?[.,]?\.?)?
    (?P<particle>[ок]\.|{_GAP}{{0,2}}(?:оглы|оглу|кызы|гызы|Оглы|Кызы)\b)?""",
    re.VERBOSE,
)
_GLUED = re.compile(
    rf"(?<=[{_LOW}])(?P<first>[{_CAP}])\.{_GAP}?(?P<second>(?P<letter>[{_CAP}])(?![{_LETTER}])\.?)(?P<particle>)"
)
_BARE = re.compile(
    rf"(?P<family>[{_CAP}](?<![{_LETTER}.-].){_REST}){_GAP}(?P<initials>[{_CAP}](?:{_GAP}?[{_CAP}])?\.?)(?![{_LETTER}.\d«\"-])"
)
# glued to a number, to an abbreviation or with a hyphen to a post: «педагогу-Мартыновой Ю.Ю.»
_LEFT = re.compile(
    rf"(?:(?<![{_LETTER}A-Za-z0-9.'’-])|(?<=[{_LETTER}\d]\.)|(?<=[{_LOW}]{{2}}-))(?P<family>{_WORD})(?P<gap>{_GAP}*)$"
)
_RIGHT = re.compile(rf"(?P<gap>{_GAP}*)(?P<family>{_WORD})(?![{_LETTER}])")
_SPACED = re.compile(rf"(?<![{_LETTER}])(?P<family>[{_CAP}](?:{_GAP}[{_LETTER}]){{2,}})(?P<gap>{_GAP}+)$")
# the capital comes before its lookbehind: the search then leaps from capital to capital
_PATRONYMIC = re.compile(
    rf"[{_CAP}](?<![{_LETTER}-].)(?:"
    rf"[{_LOW}]+(?:(?:[оеё]в|вв|[ьикмт])ич(?:а|у|ем|ом|е)?|(?:[оеё]в|ич|иш)н(?:а|ы|е|у|ой|ою))"
    rf"|[{_CAP}]+(?:(?:[ОЕЁ]В|[ЬИКМТ])ИЧ(?:А|У|ЕМ|ОМ|Е)?|(?:[ОЕЁ]В|ИЧ|ИШ)Н(?:А|Ы|Е|У|ОЙ|ОЮ))"
    rf"|[{_LETTER}]+{_GAP}(?:оглы|кызы|Оглы|Кызы|ОГЛЫ|КЫЗЫ)"
    rf")(?![{_LETTER}-])"
)
_CHAIN = re.compile(rf"[{_CAP}](?<![{_LETTER}.-].){_REST}(?:{_GAP}{{1,2}}{_WORD}){{1,3}}(?![{_LETTER}-])")
_PREVIOUS = re.compile(rf"(?<![{_LETTER}.-])({_WORD}){_GAP}{{1,3}}$")
_NEXT = re.compile(rf"{_GAP}{{1,3}}({_WORD})(?![{_LETTER}-])")
_PARTICLE_NEXT = re.compile(rf"{_GAP}(?:оглы|кызы|Оглы|Кызы|ОГЛЫ|КЫЗЫ)(?![{_LETTER}-])")
_SURNAME_END = re.compile(
    r"(?:[оеё]в|[иы]н|[сц]к)(?:а|у|ым|е|ой|ую|ая|ий|ого|ому|им|ом)?$|(?:ко|ук|юк|чак|ич|ян|дзе|швили|[ыи]х|ец|ак|ик|ер|ман|ский)(?:а|у|ом|ем|е)?$"
)
_DICTIONARY_NO: Final = frozenset(
    {"VERB", "INFN", "PREP", "CONJ", "PRCL", "GRND", "NPRO", "ADVB", "PRED", "COMP", "PRTS", "NUMR", "INTJ"}
)
_MARK = re.compile(rf"[^{_LETTER}.\s-]")
_LETTERS = re.compile(rf"[{_LETTER}-]+")
_WINDOW: Final = 64
QUOTES: Final = frozenset('«»"“”„')

STRONG, LIKELY, POSSIBLE, NONE = 3, 2, 1, 0


def find_names(text: str) -> list[Name]:
    """Find the names of a text: «слушали Соловьеву Викторю Вячеславовну» → one, «СОШ им. А.М. Аблукова» → none."""
    taken: list[Name] = []
    covered = bytearray(len(text))
    for name in (*_full_names(text), *_with_initials(text), *_without_dots(text), *_two_parts(text)):
        if not any(covered[name.start : name.end]):
            covered[name.start : name.end] = b"\1" * (name.end - name.start)
            taken.append(name)
    people = (name for name in taken if not is_namesake(text, name.start) and not _is_title(text, name))
    return sorted(people, key=lambda name: name.start)


# --- initials


def _with_initials(text: str) -> Iterator[Name]:
    """«Фамилия И.О.» and «И.О. Фамилия»: of the two neighbours the better surname, the left one if they are equal."""
    used = 0
    groups = list(_INITIALS.finditer(text))
    if "." in text:
        groups = sorted([*groups, *_GLUED.finditer(text)], key=lambda m: m.start())
    for match in groups:
        if match.start() < used:
            continue
        name = _around(text, match, used)
        if name is not None:
            used = name.end
            yield name


def _around(text: str, match: re.Match[str], used: int) -> Name | None:
    start, end = match.start(), match.end()
    has_two = match["letter"] is not None
    left = _left_family(text, start, used)
    right = None if match["particle"] and match["particle"].endswith(".") and left else _right_family(text, end)
    left_score = _weight(left[2], has_two, is_left=True) if left else NONE
    right_score = _weight(right[2], has_two, is_left=False) if right else NONE
    is_listed = match[0].rstrip().endswith(",")
    if (
        left_score
        and left_score >= right_score
        and (is_listed or not _belongs_right(left, right, left_score, right_score))
    ):
        assert left is not None
        return Name(left[0], _trimmed_end(text, match), left[2], initials=match[0].strip(), order="family_first")
    if not right_score and has_two and left is not None and _is_rather_name(text, left):
        return Name(left[0], _trimmed_end(text, match), left[2], initials=match[0].strip(), order="family_first")
    if right_score:
        assert right is not None
        if not has_two and _is_list_letter(text, start, right[2]):
            return None
        return Name(start, right[1], right[2], initials=match[0].strip(), order="family_last")
    return None


def _is_rather_name(text: str, left: _Side) -> bool:
    """«Слушали: Дружину О.М.»: a body's name that is a surname, for nothing else explains capital and initials."""
    is_body = any(fold(p.normal_form) in words("heads", "collectives") for p in parses(left[2]))
    before = text[:left[0]].rstrip()
    return is_body and left[2].istitle() and before != "" and before[-1] not in ".\n"


def _trimmed_end(text: str, match: re.Match[str]) -> int:
    """A misprinted comma is part of the initials only between them: «Иванова И.И, Петров П.П.» ends before it."""
    end = match.end()
    if match["particle"]:
        return end
    while end > match.start() and (text[end - 1] in " \t\u00a0," or text[end - 2 : end] == ".."):
        end -= 1
    return end


_Side = tuple[int, int, str, int]


def _left_family(text: str, start: int, used: int) -> _Side | None:
    window = max(used, start - _WINDOW)
    spaced = _SPACED.search(text, window, start)
    if spaced is not None:
        return spaced.start("family"), spaced.end("family"), re.sub(r"\s", "", spaced["family"]), 1
    match = _LEFT.search(text, window, start)
    if match is None or match.start("family") < used:
        return None
    if match.start("family") == window and window > 0 and text[window - 1].isalpha():
        return None
    begin, family = match.start("family"), match["family"]
    if "-" in family and _is_no_surname(family.split("-")[0]) and not is_known(family):
        begin, family = begin + family.index("-") + 1, family.split("-", 1)[1]  # «Глава-Иванов И.И.»
    return begin, match.end("family"), family, len(match["gap"])


def _right_family(text: str, end: int) -> _Side | None:
    match = _RIGHT.match(text, end)
    if match is None or len(match["gap"]) > 2:
        return None
    family = match["family"]
    parts = family.split("-")
    for count in range(1, len(parts)):  # «С.Ю.Иванова-Глава»: the post is glued to the name
        if _is_no_surname(parts[count]):
            family = "-".join(parts[:count])
            break
    return match.start("family"), match.start("family") + len(family), family, len(match["gap"])


def _belongs_right(left: _Side | None, right: _Side | None, left_score: int, right_score: int) -> bool:
    """«Иванова     А.А. Петров»: equal surnames, and the initials stand closer to the right one."""
    if left is None or right is None or not right_score:
        return False
    return left_score == right_score and (left[3] >= 3 > right[3] or (left[3] > 0 == right[3]))


def _weight(family: str, has_two: bool, *, is_left: bool) -> int:
    score = surname_score(family)
    if not has_two and (score < LIKELY or (not is_left and score < STRONG and not _SURNAME_END.search(family.lower()))):
        return NONE
    return score


def _is_list_letter(text: str, start: int, family: str) -> bool:
    """«А. Иванов» may be a name, «Б. Москва» and «В. Провести» are items: at a line's start a sure surname is asked."""
    before = text[max(0, start - _WINDOW) : start].rstrip(" \t")
    return (
        (not before or before.endswith("\n"))
        and surname_score(family) < STRONG
        and not _SURNAME_END.search(family.lower())
    )


def _without_dots(text: str) -> Iterator[Name]:
    """«Иванов ИИ», «Иванов И И»: sure surnames only."""
    for match in _BARE.finditer(text):
        if surname_score(match["family"]) < STRONG:
            continue
        letters = re.sub(r"[\s.]", "", match["initials"])
        if (
            letters.lower() in ("ио", "оо", "до", "го", "чс", "рф", "уо", "оу", "ип", "зп", "пк", "ук", "вр")
            or len(letters) < 2
        ):
            continue
        if not any("Surn" in p.grammemes for p in parses(match["family"])[:2]):
            continue
        yield Name(match.start(), match.end(), match["family"], initials=match["initials"], order="family_first")


# --- full names


def _full_names(text: str) -> Iterator[Name]:
    """Three parts in either order, told by the patronymic; «Имя Отчество» with no surname is no name here."""
    used = 0
    for match in _PATRONYMIC.finditer(text):
        if match.start() < used:
            continue
        name = _around_patronymic(text, match, used)
        if name is not None:
            used = name.end
            yield name


def _around_patronymic(text: str, match: re.Match[str], used: int) -> Name | None:
    given = _PREVIOUS.search(text, max(used, match.start() - _WINDOW), match.start())
    if given is None or _is_no_surname(given[1]) or len(given[1]) < 2:
        return None
    end = match.end()
    particle = _PARTICLE_NEXT.match(text, end)
    if particle is not None:
        end = particle.end()
    before = _PREVIOUS.search(text, max(used, given.start() - _WINDOW), given.start(1))
    after = _NEXT.match(text, end)
    before_score = _beside_patronymic(before[1]) if before else NONE
    after_score = _beside_patronymic(after[1]) if after else NONE
    patronymic = text[match.start() : end]
    if before is not None and before_score and before_score >= after_score:
        return Name(before.start(1), end, before[1], given[1], patronymic, order="family_first")
    if after is not None and after_score and not _starts_another(text, after):
        return Name(given.start(1), after.end(1), after[1], given[1], patronymic, order="family_last")
    return None


def _beside_patronymic(word: str) -> int:
    """Beside a given name and patronymic even «Волчком», an adverb to the dictionary, is a surname."""
    score = surname_score(word)
    is_adverb = score == NONE and not _is_no_surname(word) and parses(word)[0].part == "ADVB"
    return POSSIBLE if is_adverb else score


def _starts_another(text: str, after: re.Match[str]) -> bool:
    """In «Анна Ивановна Петров И.И.» the word after the patronymic has initials of its own."""
    return _INITIALS.match(text, after.end(1) + 1) is not None


def _two_parts(text: str) -> Iterator[Name]:
    """«Иванова Ольга», «Ольга Иванова» and «Иванову Ольгу Ивановку», misprinted: the lexicon is sure."""
    for match in _CHAIN.finditer(text):
        tokens = [(m.start() + match.start(), m[0]) for m in re.finditer(_WORD, match[0])]
        for (first_at, first), (second_at, second) in pairwise(tokens):
            if is_given(first) and _is_sure_surname(second):
                yield Name(first_at, second_at + len(second), second, first, order="family_last")
                break
            if is_given(second) and _is_sure_surname(first):
                yield _with_third(tokens, first_at, first, second_at, second)
                break


def _with_third(tokens: list[tuple[int, str]], first_at: int, family: str, given_at: int, given: str) -> Name:
    third = next(((at, word) for at, word in tokens if at == given_at + len(given) + 1), None)
    if (
        third is not None
        and re.search(r"(?:[оеё]в|ич|н|в)(?:ич|н|ч)?[аеуы]?й?$", third[1].lower())
        and _looks_patronymic(third[1])
    ):
        return Name(first_at, third[0] + len(third[1]), family, given, third[1])
    return Name(first_at, given_at + len(given), family, given)


def _looks_patronymic(word: str) -> bool:
    from pipeline.nlp.given import patronymic_readings

    return any(r.is_mended for r in patronymic_readings(word))


# --- words


@lru_cache(maxsize=16_384)
def surname_score(word: str) -> int:
    """How much a capitalised word looks like a surname: «Филимонову» 3, «Бренкова» 2, «Белая» 1, «Слушали» 0."""
    if _is_no_surname(word) or len(word.replace("-", "")) < 2:
        return NONE
    folded = fold(word)
    if folded in rare_type_surnames() or (is_known(word) and any("Surn" in p.grammemes for p in parses(word))):
        return STRONG
    if "-" in word:
        opening, last = word.split("-", 1)
        # «Тер-Акопян», «Бек-Назаров»: a short first part says nothing
        return surname_score(last) if len(opening) < 4 else min(surname_score(opening), surname_score(last))
    if word.isupper() and not _SURNAME_END.search(folded) and (len(word) < 5 or not is_known(word)):
        return NONE
    if not is_known(word):
        return LIKELY if _SURNAME_END.search(folded) else POSSIBLE
    first = parses(word)[0]
    if first.part in _DICTIONARY_NO:
        return POSSIBLE if _SURNAME_END.search(folded) and first.part not in ("VERB", "INFN") else NONE
    return POSSIBLE


@cache
def _no_surname_words() -> frozenset[str]:
    lists = (("heads", "people"), ("heads", "collectives"), ("heads", "bodies"), ("heads", "organizations"),
             ("names", "not_surnames"), ("organizations", "forms"), ("organizations", "kinds"))  # fmt: skip
    return frozenset().union(*(words(section, name) for section, name in lists))


@lru_cache(maxsize=16_384)
def _is_no_surname(word: str) -> bool:
    """A post, an organization or a word of protocols: «Председатель», «Слушали», «Отв»."""
    folded = fold(word)
    if folded in _no_surname_words():
        return folded not in rare_type_surnames() or folded in words("heads", "people") or not word.istitle()
    return (
        is_known(word)
        and any(fold(p.normal_form) in _no_surname_words() for p in parses(word) if "Surn" not in p.grammemes)
        and not _is_rather_surname(word)
    )


def _is_rather_surname(word: str) -> bool:
    """«Членов», «Мастеров» are surnames only where pymorphy3 puts that reading first."""
    return "Surn" in parses(word)[0].grammemes


@lru_cache(maxsize=16_384)
def is_given(word: str) -> bool:
    """Tell whether a word is a form of a listed given name: «Ольгу» → True, «Надежды» → True, «Роза» → True."""
    return any("Name" in p.grammemes and fold(p.normal_form) in given_names() for p in parses(word)) and (
        is_known(word)
    )


@lru_cache(maxsize=16_384)
def _is_sure_surname(word: str) -> bool:
    if len(word) < 4 or is_given(word) or (word.isupper() and len(word) < 5):
        return False
    if not is_known(word):
        return bool(
            re.search(
                r"(?:[оеё]в|[иы]н|[сц]к)(?:а|у|ой|ая|ую|ий|ого|ому|ым|им)?$|(?:енко|чук|швили|дзе)$", word.lower()
            )
        )
    return "Surn" in parses(word)[0].grammemes and "Patr" not in parses(word)[0].grammemes


def _is_title(text: str, name: Name) -> bool:
    """«Михаил Светлов» in quotes is a ship or a book."""
    before, after = text[name.start - 1 : name.start], text[name.end : name.end + 1]
    return name.initials is None and before in QUOTES and after in QUOTES


def is_namesake(text: str, start: int) -> bool:
    """«им. А.М. Аблукова», «ул. академика И.П. Павлова», «имени Героя Советского Союза И.И. Иванова»: nobody."""
    line = text[max(0, start - _WINDOW) : start].rsplit("\n", 1)[-1]
    tail = _LETTERS.findall(_MARK.split(line)[-1])[-6:]
    namesakes = words("names", "namesakes")
    if tail and fold(tail[-1]) in namesakes:
        return [fold(word) for word in tail[-2:]] != ["от", "имени"]
    if len(tail) > 2 and tail[-1] == "и":  # «на углу ул. К. Маркса и Ф. Энгельса»
        return any(fold(word) in namesakes and not fold(word).startswith("им") for word in tail[-4:-2])
    honours = words("names", "honours")
    trail = [fold(word) for word in tail]
    while trail and trail[-1] in honours:
        trail.pop()
    return bool(trail) and len(trail) < len(tail) and trail[-1] in namesakes
