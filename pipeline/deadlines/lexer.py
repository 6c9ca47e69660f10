"""Text → tokens: folding without moving an offset, OCR slips in dates, one scanner over the folded text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pipeline.deadlines.dates import Span, Year
from pipeline.deadlines.symbols import SYMBOL, Token
from pipeline.deadlines.vocabulary import lexicon
from pipeline.deadlines.words import ABBREVIATIONS, DOCUMENT_STEMS

LIMIT = 10_000  # what is longer is no deadline, and no sentence
FOLD = {
    ord(char): target
    for target, chars in (
        (" ", "\u00a0\u2007\u2009\u202f\t\n\r\f\v"),
        ("-", "‐‑‒–—―−"),
        ('"', "„“”«»‟'`’‘"),
        ("е", "ё"),
    )
    for char in chars
}
ODD = re.compile("[" + "".join(map(chr, FOLD)) + "]")
# Latin letters that look Cyrillic: repaired inside a word only when the result is a known word
LOOKALIKE = str.maketrans("aceopxykmthbiu", "асеорхукмтнвіи")
SLIP = str.maketrans("oоlі|iзб", "00111136")
SLIP_GUARD = re.compile(r"\d\.?[oоlі|iзб]|[oоlі|iзб]\.?\d")
SLIP_DATE = re.compile(
    r"(?<!\w)(?=[oоlі|iзб.,/]{0,7}\d)[\doоlі|iзб]{1,2}[.,/][\doоlі|iзб]{1,2}(?:[.,/](?:[\doоlі|iзб]{4}|[\doоlі|iзб]{2}))?(?![\dа-яa-z|])"
)
SLIP_DAY = re.compile(
    r"(?<!\w)(?:\d[oоlі|iзб]|[oоlі|iзб]\d)(?=\s{0,3}(?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр))"
)
SLIP_YEAR = re.compile(r"(?<!\w)2[0oо][\dlі|iзбoо]{2}(?=\s{0,2}(?:г\b|г\.|год))")

HOUR = r"(?:ч(?:ас(?:а|ов|ам|у)?)?\.?(?![а-я]))"
NUMBERS = (
    r"(?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d))"
    rf"|(?P<time>\d\d?:\d\d(?::\d\d)?(?!\d)(?:\s?{HOUR})?"
    rf"|\d\d?[.-]\d\d\s?{HOUR}|\d\d?[.-]00(?!\d|\.\d)|\d\d?\.(?:1[3-9]|[2-5]\d)(?![\d.%]))"
    r"|(?P<four>1[уv](?=\s?(?:кв|четв)))"  # «1У кв.»: the Roman four, typed as it looks
    r"|(?P<dec>\d{1,2}[.,]5(?=\s?(?:мес|год|лет|нед)))"
    r"|(?P<dmy>\d\d?[.]\d\d?[.]20\s\d\d(?=\s?г)|\d\d?(?:\s?\.\s?|[,/])\d\d?[.,/](?:\d{4}|\d\d)(?!\d|\.\d)|\d\d?-\d\d?-(?:\d{4}|\d\d)(?!\d|\.\d|-\d)"
    r"|\d\d?\s?[.,]\s?\d\d\s?[.,]\s{0,2}\d{4}(?!\d)|\d\d?\s\d\d\s(?:19|20)\d\d(?=\s?г|$))"
    r"|(?P<rmy>\d\d?\s?\.\s?[ivxхі]{1,4}\s?\.\s?(?:\d{4}|\d\d)(?!\d))"
    r"|(?P<my>(?:0?[1-9]|1[0-2])[./](?:19|20)\d\d(?!\d))"
    r"|(?P<dm>(?:0?[1-9]|[12]\d|3[01])[./](?:0[1-9]|1[0-2]|[1-9](?=\.(?!\d)))\.?(?![\d%/]))"
    r"|(?P<dmw>(?:(?<=до\s)|(?<=к\s)|(?<=по\s)|(?<=с\s))\d\d?\.[1-9](?=\s?(?:$|[;,)]|г\b)))"
    r"|(?P<int>\d+(?:(?:-\s?)?(?:го|ого|му|ому|ое|ый|ий|ой|ая|ья|ую|ей|ти|ми|их|ых|ух|ех|ем|ом|м|е|й|я|ю|х|и|ть)(?![а-я]))?)"
)
GAP = r"\s{1,3}"
PHRASES = (
    r"(?P<tg>(?:т|с)\s?\.\s?г(?:ода)?(?![а-я])\.?|тек\w{0,3}\.?\s?г(?:ода)?(?![а-я])\.?|[тс]\s?/\s?г(?![а-я]))"
    r"|(?P<gg>г\s?\.\s?г(?![а-я])\.?)|(?P<pg>п/г(?:одие|одия|одии)?(?![а-я])\.?)"
    r"|(?P<workday>р\s?\.\s?д(?![а-я])\.?)|(?P<calday>к\s?\.\s?д(?![а-я])\.?)"
    r"|(?P<nthrom>[ivxіх]{1,4}-\s?(?:ый|ой|ий|й|ая|я|ое|е|го|ого|ом|м|му|ую|ю)(?![а-я]))"
    r"|(?P<within>в\s?теч(?:ени[еи]|\.)?(?![а-я])(?:_все(?:го|й|х))?|на_протяжении(?:_все(?:го|й|х))?)"
    r"|(?P<nl>не\s?(?:позднее|позже|поздней|познее|поздние)(?![а-я])(?:\s?,?\s?чем(?![а-я]))?)"
    r"|(?P<early>не_(?:ранее|раньше)(?![а-я])(?:\s?,?\s?чем(?![а-я]))?)"
    r"|(?P<minim>не_(?:реже|менее|меньше|мене)(?![а-я])(?:\s?,?\s?чем(?![а-я]))?|(?:как_)?минимум(?![а-я]))"
    r"|(?P<maxim>не_(?:более|больше|чаще|свыше|превыша[а-я]{1,8})(?![а-я])(?:\s?,?\s?чем(?![а-я]))?)"
    r"|(?P<condp>по_мере(?![а-я])|в_случае(?![а-я])|если(?![а-я])|при_условии(?![а-я])|в_зависимости_от(?![а-я]))"
    r"|(?P<outp>в_соответствии(?:_со?)?(?![а-я])|согласно(?:_с)?(?![а-я])|в_соотв\.(?:_с)?|в_рамках(?![а-я]))|(?P<za>по_состоянию_на(?![а-я]))"
    r"|(?P<evp>в_ходе(?![а-я])|во?_время(?![а-я])|в_процессе(?![а-я])|одновременно_с(?![а-я])|ближе_к(?![а-я]))"
    r"|(?P<unlimited>без_ограничени[йя]_(?:по_)?(?:срок[а-я]{0,3}|времени|во_времени)(?:_действия)?|в_режиме_реального_времени"
    r"|срок_не_ограничен|круглый_год(?![а-я]))"
    r"|(?P<asap>как_можно_(?:скорее|быстрее|раньше)|при_первой_возможности|без_(?:срока|промедления|задержек)"
    r"|(?:срок_|точн[а-я]{1,4}_)?не_(?:установлен|определен|указан|назначен|оговорен)[аоы]?"
    r"|(?:срок_)?(?:будет|подлежит|требует)_(?:определ|уточн|установ)[а-я]{0,8}(?:_дополнительно)?"
    r"|по_(?:согласованию|договоренности)(?![а-я])|в_(?:(?:ближайшей|краткосрочной|среднесрочной|долгосрочной)_)?перспективе)"
    r"|(?P<and>а_также(?![а-я])|и_далее_(?=каж))|(?P<then>(?:[иа]_)?(?:в_(?:дальнейшем|последующем)|(?:далее|затем|потом)(?![а-я])))"
    r"|(?P<word>[а-яіa-z]+)"
).replace("_", GAP)
SCANNER = re.compile(
    rf'(?P<space>\s+)|(?=\d)(?:{NUMBERS})|(?=[а-яіa-z])(?:{PHRASES})|(?P<qday>"\s?\d\d?\s?")|(?P<punct>.)', re.DOTALL
)
LEXICON = lexicon()
WORD, INT = SYMBOL["w"], SYMBOL["n"]
PUNCT = {
    ",": "comma", "-": "dash", "/": "slash", "(": "lp", ")": "rp", "[": "lp", "]": "rp", ":": "colon", ";": "semi",
    ".": "dot", '"': "quot",
}  # fmt: skip
ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
ROMAN_LOOKS = str.maketrans("іхl|", "ixii")
FIXED = {"tg": Year(None, 0), "gg": "plural", "unlimited": False, "workday": "work"}
FIXED_KIND = {"tg": "YR", "gg": "g", "pg": "h", "unlimited": "perm", "asap": "vague", "workday": "day", "calday": "day"}


def fold(text: str) -> str:
    """Lower case, ё → е, one kind of space, dash and quote; every character stays in its place."""
    low = text.lower()
    if len(low) != len(text):  # «İ» grows when lowered
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if ODD.search(low):
        low = low.translate(FOLD)
    if SLIP_GUARD.search(low):
        for pattern in (SLIP_DATE, SLIP_DAY, SLIP_YEAR):
            low = pattern.sub(_unslip, low)
    return low


def _unslip(match: re.Match[str]) -> str:
    """`з0.06` → `30.06`: letters in a date can only be the digits they look like; `1.ii.2000` is Roman."""
    raw = match[0]
    parts = re.split(r"[.,/]", raw)
    roman = len(parts) > 1 and not any(c.isdigit() for c in parts[1]) and set(parts[1]) <= set("iіl|")
    return raw if roman or not any(c.isdigit() for c in raw) else raw.translate(SLIP)


@lru_cache(maxsize=20_000)
def _word(word: str) -> tuple[str, Any]:
    """The kind and value of a word; Latin look-alikes and Roman numerals are tried where the word is unknown."""
    known = LEXICON.get(word)
    if known is not None:
        return known
    roman = ROMAN.get(word.translate(ROMAN_LOOKS))
    if roman is not None:
        return SYMBOL["rom"], roman
    known = LEXICON.get(word.translate(LOOKALIKE))
    if known is not None:
        return known
    if len(word) > 3 and word.startswith(DOCUMENT_STEMS):
        return SYMBOL["docw"], None
    return _mistyped(word) or (WORD, None)


def _mistyped(word: str) -> tuple[str, Any] | None:
    """«аперля» → «апреля», «ежемесчно» → «ежемесячно»: a long word of the calendar with one letter wrong."""
    if len(word) < 5 or word[0] not in MISTYPED_FIRST:
        return None
    meant = {MISTYPED[key] for key in (word, *_shorter(word)) if key in MISTYPED}
    near = {target for target in meant if abs(len(target) - len(word)) < 2}
    if len({LEXICON[target] for target in near}) != 1:
        return None
    from pipeline.nlp.morph import is_known

    return None if is_known(word) else LEXICON[near.pop()]


def _shorter(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(1, len(word))]


def _mistyped_index() -> dict[str, str]:
    """What is left of a word without one letter, and the word with two neighbours exchanged → the word meant."""
    index: dict[str, str] = {}
    for word, (kind, _) in LEXICON.items():
        if len(word) > 5 and kind in (SYMBOL["M"], SYMBOL["rec"], SYMBOL["perm"]) and " " not in word:
            swapped = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)]
            for key in (word, *_shorter(word), *swapped):
                index.setdefault(key, word)
    return index


MISTYPED = _mistyped_index()
MISTYPED_FIRST = frozenset(word[0] for word in MISTYPED)


def _year(digits: str) -> tuple[int, bool]:
    return int(digits), len(digits) == 2


def _date(kind: str, raw: str) -> tuple[str, Any]:
    """A printed date as a Span; an impossible one keeps its place as a day without a date."""
    parts = [p for p in re.split(r"[^\divxхі]+", raw) if p]
    if kind == "iso":
        return SYMBOL["D"], Span.of_day(int(parts[2]), int(parts[1]), Year(int(parts[0])))
    if kind == "my":
        return SYMBOL["MY"], Span.of_month(int(parts[0]), Year(int(parts[1])))
    if kind in ("dm", "dmw"):
        return SYMBOL["DM"], Span.of_day(int(parts[0]), int(parts[1]), None)
    month = ROMAN.get(parts[1].translate(ROMAN_LOOKS), 0) if kind == "rmy" else int(parts[1])
    year, short = _year("".join(parts[2:]))  # «25.12.20 17 г.»
    return SYMBOL["D"], Span.of_day(int(parts[0]), month, Year(year, None, short))


def tokens(folded: str, start: int = 0) -> list[Token]:
    """The tokens of a folded text; spaces and the dots of abbreviations, dates and figures are left out."""
    out: list[Token] = []
    for m in SCANNER.finditer(folded, start, min(len(folded), start + LIMIT)):
        name, at, end = m.lastgroup or "", m.start(), m.end()
        if name == "space":
            continue
        if name == "word":
            kind, value = _word(m[0])
        elif name == "punct":
            if m[0] == "." and _swallows(out, folded, at):
                continue
            kind, value = SYMBOL[PUNCT.get(m[0], "x")], None
        elif name == "int":
            kind, value = _integer(m[0])
        elif name == "dec":
            kind, value = SYMBOL["card"], float(m[0].replace(",", "."))
        elif name == "nthrom":
            kind, value = SYMBOL["rom"], ROMAN.get(m[0].split("-")[0].translate(ROMAN_LOOKS), 0)
        elif name == "four":
            kind, value = SYMBOL["rom"], 4
        elif name == "qday":
            kind, value = INT, int(m[0].strip('" '))
        elif name in ("iso", "dmy", "rmy", "my", "dm", "dmw"):
            kind, value = _date(name, m[0])
        else:
            kind, value = SYMBOL[FIXED_KIND.get(name, name)], FIXED.get(name)
        out.append(Token(kind, value, at, end))
    return out


def _integer(raw: str) -> tuple[str, Any]:
    """«15-го» → 15; four digits of our time are a year."""
    digits = re.match(r"\d+", raw)
    number = int(digits[0][:9]) if digits else 0
    if digits and len(digits[0]) == 4 == len(raw) and 1900 <= number <= 2099:
        return SYMBOL["Y"], number
    return (INT, number) if digits and len(digits[0]) <= 3 else (SYMBOL["x"], None)


NUMBERED = frozenset(SYMBOL[k] for k in ("n", "D", "DM", "MY", "Y", "time", "YR", "rom"))


def _swallows(out: list[Token], folded: str, at: int) -> bool:
    """Whether the dot at `at` belongs to the abbreviation or figure before it."""
    if not out or out[-1].end != at:
        return False
    last = out[-1]
    return last.kind in NUMBERED or folded[last.start : last.end] in ABBREVIATIONS
