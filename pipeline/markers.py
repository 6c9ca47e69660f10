"""What a line announces: the marker words of the lexicon, question headings, signatures, commitments."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.labels import parse_label
from pipeline.lexicon import words
from pipeline.nlp.morph import has_infinitive, has_tag, is_infinitive
from pipeline.units import BODY_DECIDES, Unit

# the order of trial: a vote before a decision («Решение принято единогласно»), the invited before the present
_NAMES = (
    "vote",
    "agenda",
    "decision",
    "absent",
    "invited",
    "secretary",
    "chair",
    "attendee",
    "heard",
    "spoke",
    "attachment",
)
_ORDINALS = {
    word: number
    for number, stems in enumerate(
        (
            "перв",
            "втор",
            "трет",
            "четв[её]рт",
            "пят",
            "шест",
            "седьм",
            "восьм",
            "девят",
            "десят",
            "одиннадцат",
            "двенадцат",
        ),
        1,
    )
    for word in (stems,)
}
_ORDINAL = "|".join(_ORDINALS)
_QUESTION_NUMBER = (
    re.compile(
        rf"(?:по|к)\s+(?:(?P<word>{_ORDINAL})[а-яё]*|(?P<number>\d{{1,2}})(?:\s?-?\s?(?:му|ому|ему|"
        rf"й))?|(?P<roman>[IVX]{{1,4}}))\s+(?:вопрос|пункт)", re.I),
    re.compile(r"по\s+вопросу\s*№?\s*(?P<number>\d{1,2})\b", re.I),
    re.compile(rf"(?:(?P<word>{_ORDINAL})[а-яё]*|(?P<number>\d{{1,2}})(?:\s?-?\s?(?:й|ый))?)\s+вопрос(?![а-яё])", re.I),
    re.compile(r"вопрос\s*(?:№\s*)?(?P<number>\d{1,2})(?!\d)", re.I),
)  # fmt: skip
_TAIL = r"(?P<tail>(?:[ ]+[^\s:]+){0,12}?)"
_SEPARATOR = r"[ ]*(?P<separator>:[ ]*[-–—]?|[-–—]+(?=[ ]|$)|[.]?$)[ ]*"
_STRONG = re.compile(
    r"(?:слуша|заслуша|выступ|долож|в обсуждении|в прениях|обсудили|с информацией|с докладом|"
    r"в ходе обсуждения|сообщил|проинформ|информировал|отметил)",
    re.I,
)
_INITIALS = r"(?:[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.?)?\s?[А-ЯЁ][а-яё]+|[А-ЯЁ][А-ЯЁа-яё-]+\s+[А-ЯЁ]\.?\s?[А-ЯЁ]?\.?)"
_NOUNS = re.compile(r"(?:решени|результат|итог(?!ов)|рекомендаци|поручени|протокольн|перечень|проект|итогов)", re.I)


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker word at the head of a unit; `content` is where what it announces begins.

    `is_heading`: the unit holds the marker only. `is_strong`: the word is enough to leave another part of the text.
    """

    name: str
    content: int
    is_heading: bool
    is_strong: bool
    has_colon: bool


def find_marker(unit: Unit) -> Marker | None:
    """The marker at the head of a unit, after its number: «2. СЛУШАЛИ:» is `heard`."""
    at = unit.label.end if unit.label else 0
    text, spread = _closed_up(unit.text, at)
    found = _marker(text, at, unit.is_bold or unit.is_centered)
    if found and spread:
        found = replace(found, content=found.content + spread)
    return found and Marker(found.name, unit.start + found.content, found.is_heading, found.is_strong, found.has_colon)


# «Р Е Ш И Л И:», «П О В Е С Т К А   Д Н Я:»
_LETTER_SPACED = re.compile(r"[А-ЯЁа-яё](?: [А-ЯЁа-яё]){3,}(?:\s{2,}[А-ЯЁ](?: [А-ЯЁ]){2,})*(?=\s*(?::|$))")


def _closed_up(text: str, start: int) -> tuple[str, int]:
    """A letter-spaced word at the head closed up, and how many characters that saves."""
    match = _LETTER_SPACED.match(text, start)
    if match is None:
        return text, 0
    closed = " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", match[0]))
    return text[:start] + closed + text[match.end() :], len(match[0]) - len(closed)


@lru_cache(maxsize=8192)
def _marker(text: str, start: int, is_emphasised: bool) -> Marker | None:
    if _VOTE_LINE.search(text) or _REFUSED.match(text, start):
        return Marker("vote", start, False, True, True)
    for name in _NAMES:
        match = _pattern(name).match(text, start)
        marker = match and _SHAPES.get(name, _announced)(name, text, match, is_emphasised)
        if marker:
            return marker
    if _BODY_DECIDED.fullmatch(text, start):
        return Marker("decision", len(text), True, True, True)
    informed = _INFORMED.match(text, start)
    if informed:
        return Marker("spoke", _after(text, informed.end()), _after(text, informed.end()) == len(text), True, True)
    return _heard_by_question(text, start)


_BODY_DECIDED = re.compile(BODY_DECIDES, re.I)
# «С информацией о работе за неделю выступили:»
_INFORMED = re.compile(
    r"с\s+(?:информаци|доклад|сообщени|отчет|отчёт)[а-яё]+\s[^.:;]{0,90}?(?:выступил|доложил)[аи]?\s*:", re.I
)
_BY_QUESTION = re.compile(
    r"по\s+(?:[^.:«\"]{0,40}\s)?вопрос[ау](?:\s*№?\s*\d{1,2}\b)?(?:\s+повестки(?:\s+дня)?)?[\s,:–-]*", re.I
)


_VOTE_LINE = re.compile(r"^.{0,90}(?<![а-яё])[«\"]?за[»\"]?\s*[-–—:]\s*\d+\D{0,20}против", re.I)


_REFUSED = re.compile(r"(?:решени[ея]|предложени[ея])[^.]{0,60}?(?:не\s+принят|отклон)", re.I)


def _heard_by_question(text: str, start: int) -> Marker | None:
    """«По вопросу «…» слушали Филимонову», «По первому вопросу Шмелева Ю.Д. доложила»: a name on either side."""
    opening = _BY_QUESTION.match(text, start)
    if opening is None:
        return None
    verb = _SPOKEN.search(text, opening.end(), opening.end() + 420)
    if verb is None:
        named = re.match(rf"(?:[^.]|(?<=\s\w)\.|(?<=[а-я]{{2}})\.\s[а-я]){{0,90}}?{_INITIALS}", text[opening.end() :])
        return (
            Marker("spoke", opening.end(), False, True, False) if named and opening[0].rstrip()[-1] in "–-:" else None
        )
    name = "spoke" if verb[0].lower().startswith("выступ") else "heard" if "слуша" in verb[0].lower() else "spoke"
    named_before = re.search(_INITIALS, text[opening.end() : verb.start()])
    content = opening.end() if named_before else _after(text, verb.end())
    return Marker(name, content, content == len(text), True, ":" in text[verb.start() : content])


_SPOKEN = re.compile(
    rf"(?<![а-яё])(?:{words('markers', 'heard').pattern}|{words('markers', 'spoke').pattern}"
    rf"|{words('speech', 'verbs').pattern})",
    re.I,
)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    phrase = words("markers", name).pattern
    return re.compile(rf"(?P<phrase>{phrase}){_TAIL}{_SEPARATOR}|(?P<bare>{phrase})[ ]*", re.I)


def _announced(name: str, text: str, match: re.Match[str], _is_emphasised: bool) -> Marker | None:
    """The common shape: the words, at most a few more, a colon or a dash or the end of the line."""
    phrase = match["phrase"] or match["bare"]
    tail = match["tail"] or ""
    if (
        match["bare"]
        or re.search(r"[А-ЯЁ]\.|\d", re.sub(r"по\s+\d+\S*\s+вопросу", "", tail))
        or _FULL_NAME.search(tail)
    ):
        bare = words("markers", name).match(text, match.start())
        assert bare is not None
        return Marker(name, _after(text, bare.end()), bare.end() == len(text), bool(_STRONG.match(phrase)), False)
    has_colon = ":" in match["separator"]
    strong = bool(_STRONG.match(phrase)) or has_colon
    return Marker(
        name, match.end(), match.end() == len(text), strong, has_colon or bool(match["separator"].strip(" ."))
    )


_FULL_NAME = re.compile(r"(?<=\s)[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+")


def _after(text: str, position: int) -> int:
    rest = re.compile(r"[\s:–—_-]*").match(text, position)
    return rest.end() if rest else position


def _decision(name: str, text: str, match: re.Match[str], is_emphasised: bool) -> Marker | None:
    """A verb needs nothing more; a noun needs a colon or to stand alone: «Решение проблемы …» is no marker."""
    if match["bare"]:
        return None
    tail, separator = match["tail"], match["separator"]
    at_end = match.end() == len(text)
    has_colon = ":" in separator or (at_end and separator.strip()[-1:] in ("–", "—", "-"))  # «Решение принято –»
    if not has_colon and not at_end:
        return None
    if re.match(r"[^.]{0,60}?(?:не\s+принят|отклон)", text[match.start() :], re.I) or (
        tail and is_infinitive(tail.split()[0])
    ):
        return None
    if (
        not has_colon
        and tail
        and ((_NOUNS.match(match["phrase"]) and not is_emphasised and not text.isupper()) or len(tail.split()) > 5)
    ):
        return None
    if not has_colon and match["phrase"][0].islower() and tail:
        return None
    return Marker(name, match.end(), at_end, True, has_colon)


def _agenda(name: str, text: str, match: re.Match[str], _is_emphasised: bool) -> Marker | None:
    if match["bare"]:
        return None
    tail = match["tail"] or ""
    if ":" in match["separator"] or (match.end() == len(text) and len(tail.split()) <= 4):
        return Marker(name, match.end(), match.end() == len(text), True, ":" in match["separator"])
    return None


def _vote(name: str, text: str, match: re.Match[str], _is_emphasised: bool) -> Marker | None:
    phrase = (match["phrase"] or match["bare"]).lower()
    if phrase == "за" and not re.match(
        r"[«\"]?за[»\"]?\s*(?:[-–—:(]+\s*(?:\d|единогласно)|единогласно|\d+\s+(?:голос|чел))",
        text[match.start() :],
        re.I,
    ):
        return None
    if phrase.startswith("решение") and re.match(
        r"[\w\s]*?принято\s*(?:единогласно\s*)?[-–—:]\s*(?:$|[а-яё-]+(?:ть|ти|чь)\b)", text[match.start() :], re.I
    ):
        return None
    return Marker(name, match.start(), False, True, ":" in text)


def _attachment(name: str, text: str, match: re.Match[str], _is_emphasised: bool) -> Marker | None:
    heading = re.match(
        r"приложени[ея](?:\s*№?\s*\d+)?\s*(?:к\s+протоколу[^:]{0,80})?(?::|\.?$)|.{0,12}прилага",
        text[match.start() :],
        re.I,
    )
    return Marker(name, match.end(), True, True, ":" in text) if heading else None


def _attendance(name: str, text: str, match: re.Match[str], _is_emphasised: bool) -> Marker | None:
    marker = _announced(name, text, match, _is_emphasised)
    if marker and match["bare"] and marker.content == len(text) and len(text) - match.start() > len(match["bare"]) + 2:
        return None
    return marker


_SHAPES = {
    "decision": _decision, "agenda": _agenda, "vote": _vote, "attachment": _attachment,
    "chair": _attendance, "secretary": _attendance, "attendee": _attendance,
    "absent": _attendance, "invited": _attendance,
}  # fmt: skip


@lru_cache(maxsize=8192)
def question_number(text: str) -> int | None:
    """The number of the question that a line refers to: «По второму вопросу» → 2, «Вопрос 3. …» → 3."""
    label = parse_label(text)
    head = text[label.end if label else 0 :][:90]
    head = re.sub(r"^(?:решени[ея]|решили|слушали|выступил[аи]?|принятое решение)\s+", "", head, flags=re.I)
    for pattern in _QUESTION_NUMBER:
        match = pattern.match(head)
        if match:
            return _number_of(match.groupdict())
    return None


def _number_of(groups: dict[str, str | None]) -> int | None:
    if groups.get("number"):
        return int(groups["number"] or 0) or None
    if groups.get("roman"):
        label = parse_label(f"{groups['roman']}. а")
        return label.numbers[0] if label else None
    word = (groups.get("word") or "").lower()
    return next((n for stem, n in _ORDINALS.items() if re.match(stem, word)), None)


def quoted_question(text: str) -> str | None:
    """The matter that the course quotes: «По вопросу «О ходе ремонта» слушали …» → «О ходе ремонта»."""
    match = re.match(
        r"(?:\d+[.)]\s*)?по\s+(?:[а-яё\d-]+\s+)?вопросу[:\s]*[«\"](.{5,400}?)[»\"](?=\s|$|[.,:])", text, re.I
    )
    return match[1] if match else None


def is_question_title(unit: Unit) -> bool:
    """A heading that names a matter: «II. О ходе подготовки …», «Вопрос 1. Отчет …»."""
    if re.match(r"вопрос\s*№?\s*\d+\s*[.:–-]\s*\S", unit.text, re.I) or is_miscellaneous(unit):
        return True
    titled = re.match(r"(?:О|Об|Обо|ОБ)\s+[«А-ЯЁа-яё\d]", unit.body) and len(unit.body) < 400
    if unit.label and unit.label.system == "roman" and len(unit.body) < 300:
        return bool(titled) or not is_decision_like(unit.body)
    return bool(titled) and bool(unit.label or unit.is_bold or unit.is_centered or unit.text.isupper())


def is_miscellaneous(unit: Unit) -> bool:
    """The last heading of an agenda: «4. Разное»."""
    return bool(_MISCELLANEOUS.match(unit.body))


_MISCELLANEOUS = re.compile(r"(?:о\s+)?разн(?:ое|ом)(?:\W*$|[.:]\s)", re.I)


def is_assignment_heading(text: str) -> bool:
    """«Поручение 4. Подготовить …», «Решение 2: Утвердить …»: the label itself says what the item is."""
    return bool(re.match(r"(?:поручение\s*№?\s*\d{1,2}\s*[.:–-](?!\d)|решение\s*№?\s*\d{1,2}\s*:)\s*\S", text, re.I))


@lru_cache(maxsize=8192)
def is_decision_like(text: str) -> bool:
    """Whether the text commits somebody: an infinitive early in the sentence («Директорам школ обеспечить …»)."""
    head = re.split(r"(?<=[а-яё»)])[.;:]\s", text, maxsplit=1)[0]
    return has_infinitive(head[:600]) or bool(re.match(r"рекомендовано|поручено|решено", text, re.I))


_NAME_ONLY = re.compile(rf"[\s/_|(«\"-]*(?:{_INITIALS}|[А-ЯЁ][а-яё]+(?:\s+[А-ЯЁ][а-яё]+){{1,2}})[\s/_|)».,-]*")
_ROLE = re.compile(
    r"(?:\d[.)]\s*)?(?:и\.?\s?о\.?\s+|врио\s+|зам\.?\s*|первый\s+|старший\s+|главный\s+|ведущий\s+|ответственный\s+)?"

        r"(?<![а-яё])(?:председател|секретар|руководител|начальник|глава|главы|директор|заведующ|"
        r"члены|заместител|протокол (?:в[её]л|вела|составил|оформил)|записал|методист|специалист|"
        r""

        r"консультант|инспектор|управляющ|президент|ректор|декан|староста|комендант|атаман|координатор|"
        r"модератор|ведущ|подпис|счетн|счётн|представител|собрание вел|вел[аи]? )",
    re.I,
)  # fmt: skip
_TRAILING = re.compile(
    r"(?:м\.?\s?п\.?|копия\s+верна|верно(?=\W*$)|"
    r"подпись|\(?подпис[ьи]\)?|исп\.|исполнитель:?|тел\.?|\d[\d\s-]{4,}|с протоколом ознакомлен|"
    r"протокол подписан|.{0,6}\d{1,2}\.\d{2}\.\d{4}|[«\"]?\d{1,2}[»\"]?\s+[а-яё]+\s+\d{4})",
    re.I,
)
_CLAUSE = re.compile(r"(?:срок|отв(?:етственн|\.)|исполнител[ьи]\s*[:–-])", re.I)


def is_signature_line(unit: Unit, previous: Unit | None) -> bool:
    """Whether a line near the end belongs to the signatures: «Секретарь _____», «Е.В. Барышева», a date."""
    text = unit.text.strip()
    if len(text) > 200 or (unit.label and unit.label.system not in ("dash", "decimal")):
        return False
    if _CLAUSE.match(text) and not re.match(r"ответственн\w+\s+секретар", text, re.I):
        return False
    if not re.search(r"[а-яёa-z0-9]", text, re.I):
        return True
    if re.fullmatch(r"[А-ЯЁ][а-яё]{2,}", text) and has_tag(text, "Surn", known_only=True):
        return True
    if _NAME_ONLY.fullmatch(text):
        return not (previous and re.search(r"(?:отв|исполнител|контрол)[^:]*[:–-]\s*$", previous.text, re.I))
    if _ROLE.match(unit.body) or (len(text) < 60 and re.match(r"[А-ЯЁ][а-яё]+\s+секретарь", text)):
        return _is_role_line(unit.body)
    if re.search(r"\s{3,}" + _INITIALS + r"[\s/)_.]*$", text) and not has_infinitive(text):
        return not re.search(r"[:;]\s", text)
    if (
        not unit.label
        and re.search(_INITIALS + r"[\s/)_.]*$", text)
        and _ROLE.search(text[:60])
        and not has_infinitive(text)
    ):
        return not re.search(r"[:;]\s", text)
    if re.search(r"_{3,}", text) and len(text) < 140:
        return True
    return bool(_TRAILING.match(text)) and len(text) < 90


def _is_role_line(text: str) -> bool:
    """A role with a name, a gap or nothing more; a sentence about the head of something is none."""
    if re.search(r"_{2,}|/\s*/", text) or re.search(_INITIALS + r"\W*$", text):
        return not has_infinitive(text)
    return len(text.split()) <= 14 and not has_infinitive(text) and not text.rstrip().endswith(";")
