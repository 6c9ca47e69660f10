"""Repairs of a recognized row that know the language and what Tesseract takes for what; what was read is kept as raw.

Each rule is a row of a table or a small function with the confusion that it undoes. None makes a word that the page
may not have held: a repair needs the neighbour that proves it («06 итогах», but «06 июня»), or the one dictionary
word that differs in nothing but look-alikes, and never touches a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import Final

from pipeline.clean import clean
from pipeline.nlp.morph import is_known, parses
from pipeline.readers.scan.engine import Read, ReadLine

_MONTHS: Final = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)"
_MONTH: Final = re.compile(_MONTHS, re.IGNORECASE)
_PERIOD: Final = re.compile(r"квартал|полугоди|четверт|декад|этап|семестр|триместр|смен|тур\b", re.IGNORECASE)
_SMALL_WORD: Final = re.compile(r"[а-яё]{2,}")
_ZEROS: Final = re.compile(r"([0ОO]{2,3})(\W*)")
_CLOCK: Final = re.compile(r"час|мин|ч\b|м\b|коп|руб|тыс|млн|врем|до\b|с\b|в\b|по\b|к\b", re.IGNORECASE)
_DATE: Final = re.compile(r"\d{1,2}\.\d{1,2}(?:\.(?:\d{4}|\d{2}))?\b")
_DAY: Final = re.compile(r"\d{1,2}(?:-?го)?")
_TWO_WORDS: Final = 2

# What stands for a Roman number before «квартал» and as a label: its strokes seen as letters.
_ROMANS: Final = {
    "|": "I", "!": "I", "[": "I", "Г": "I", "T": "I", "Т": "I",
    "П": "II", "И": "II", "ИП": "III", "Ц": "II", "||": "II", "Il": "II", "ll": "II", "II": "II", "ИЙ": "II",
    "Ш": "III", "ПТ": "III", "ПГ": "III", "ТП": "III", "Ш!": "III", "|||": "III",
    "ТУ": "IV", "ПУ": "IV", "ГУ": "IV", "IУ": "IV", "1У": "IV", "|У": "IV", "[У": "IV", "ТV": "IV", "1V": "IV",
    "[ПУ": "IV", "|V": "IV", "[V": "IV", "У": "V",
    "УТ": "VI", "УГ": "VI", "У1": "VI", "УП": "VII", "УШ": "VIII", "Х": "X",
}  # fmt: skip
_SURELY_ROMAN: Final = frozenset({"П", "Ш", "ПТ", "ТП", "ТУ", "ПУ", "ГУ", "IУ", "1У", "|У", "УТ", "УГ", "УП", "УШ"})
_NUMBER_SIGNS: Final = r"(?:№о|No|Nо|Ne|Nе|N[°ºо]|Ме|Мо|Мэ|Ло|Ле|Хо|Хе|\.М[оеэ]|J[Ne№]|Jo)"
_NUMBER_SIGN: Final = re.compile(_NUMBER_SIGNS)
_GLUED_SIGN: Final = re.compile(rf"{_NUMBER_SIGNS}(?=\d)")
_DIGIT_LIKE: Final = str.maketrans("ОоOoЗзlI|бSВB", "0000331116588")
_YEAR: Final = re.compile(r"((?:19|20)\d\d)[rf](?=\.|$)")
_MIXED_NUMBER: Final = re.compile(r"[(«]?(?=\S*\d)[\dОоOoЗзlI|бSВB]{1,4}(?:[.,/-][\dОоOoЗзlI|бSВB]{1,4}){0,3}[.,;:)»]*")
_NUMBER: Final = re.compile(r"[(«]?\d{1,4}(?:[.,/-]\d{1,4}){0,3}[.,;:)»]*")
_ENDS_IN_DIGIT: Final = re.compile(r"\d[.,;:)»]*$|\d\.\S+$")  # «5Б» is a class, «8В» a house
_INITIALS: Final = re.compile(r"([(«]?)([А-ЯЁ063])\.([А-ЯЁ063])\.?(\W*)")
_LETTER_LIKE: Final = str.maketrans("063", "ОБЗ")
_LABEL: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[:;,]")
_ROMAN_LABEL: Final = re.compile(r"([^\W\d_|\[!]{1,3}|[|\[!1]{1,3}[УV]?)(\.(?:\d{1,2}\.){0,3})")
_BULLETS: Final = frozenset("_=~—–-−")

# Letters that look alike in bad print, each way.
_ALIKE: Final = (
    "ин", "ип", "нп", "ец", "ес", "со", "ое", "шщ", "цщ", "лд", "гт", "зэ", "бв", "ьы", "ъь", "аз", "пл", "ён", "йи",
    "хк",
)  # fmt: skip
_DOUBTFUL: Final = 85.0
_SURE: Final = 96.5  # of capitals Tesseract is surer than it should be
_LONG: Final = 5
_ABBREVIATION: Final = 4
_CANDIDATES: Final = 3000


def mended(row: ReadLine, state: ListState) -> ReadLine:
    """A row with its misreadings undone: «2 0 ходе работы» → «2. О ходе работы»."""
    words = [word._replace(text=text) for word, text in zip(row, _cyrillic(row), strict=True)]
    for index, word in enumerate(words):
        for rule in _RULES:
            text = rule(words, index)
            if text is not None:
                words[index] = word._replace(text=text)
                break
        words[index] = state.lettered(words[index])
    return words


class ListState:
    """Which letter the last item of a list had, over the rows of a page: after «а)» a «6)» is «б)»."""

    def __init__(self) -> None:
        self._last = ""

    def lettered(self, word: Read) -> Read:
        """The word, its digit made the letter that the list goes on with."""
        found = re.fullmatch(r"([а-яё6])\)", word.text)
        if not found:
            return word
        letter = "б" if found[1] == "6" and self._last == "а" else found[1]
        self._last = letter
        return word._replace(text=f"{letter})") if letter != found[1] else word


def _cyrillic(row: ReadLine) -> list[str]:
    """The words with Latin look-alikes made Cyrillic, as in typed text."""
    line = " ".join(word.text for word in row)
    repaired = clean(line) if not line.isascii() else line
    at, texts = 0, []
    for word in row:
        raw, new = word.text, repaired[at : at + len(word.text)]
        # clean() makes quotes and dashes alike too: here only letters are to change
        texts.append("".join(b if a.isalpha() and b.isalpha() else a for a, b in zip(raw, new, strict=True)))
        at += len(raw) + 1
    return texts


def _text(words: ReadLine, index: int) -> str:
    return words[index].text if 0 <= index < len(words) else ""


def _is_start(words: ReadLine, index: int) -> bool:
    """Whether a word begins a row, or follows the label that does: «2. 0 ходе»."""
    return index == 0 or (index == 1 and bool(re.fullmatch(r"[\dIVX]{1,3}[.)]?|[-–—]", words[0].text)))


# Rules: the words and the place of one → its text, or None


def _preposition(words: ReadLine, index: int) -> str | None:
    """«06 итогах» → «об итогах», «0 плане» → «О плане», «40 1 апреля» → «до 1 апреля»."""
    word, after = words[index].text, _text(words, index + 1)
    is_start = _is_start(words, index) or _text(words, index - 1).endswith((".", ":"))
    if word in ("06", "0б", "O6", "О6", "о6") and _goes_on(after):
        return "Об" if is_start and index else "об"
    if word in ("0", "O", "(9)", "©", "®") and _goes_on(after) and not re.search(r"\d$", _text(words, index - 1)):
        return "О" if is_start else "о"
    if word in ("40", "4о", "4O", "д0", "Д0", "до0") and _is_date_ahead(words, index + 1):
        return "до"
    return None


def _letters(words: ReadLine, index: int) -> str | None:
    """«руководители 00» → «руководители ОО», «000 «Заря»» → «ООО «Заря»»; but «в 9 часов 00 минут»."""
    found = _ZEROS.fullmatch(words[index].text)
    if not found:
        return None
    before, after = _text(words, index - 1), _text(words, index + 1)
    is_company = len(found[1]) == len("ООО") and after.startswith(("«", '"')) and not before[-1:].isdigit()
    is_schools = len(found[1]) == len("ОО") and _SMALL_WORD.fullmatch(before) and not _CLOCK.match(before)
    if not (is_company or is_schools) or _CLOCK.match(after):
        return None
    return "О" * len(found[1]) + found[2]


def _goes_on(after: str) -> bool:
    return bool(_SMALL_WORD.match(after)) and not _MONTH.match(after)


def _is_date_ahead(words: ReadLine, index: int) -> bool:
    first, second = _text(words, index), _text(words, index + 1)
    return bool(_DATE.match(first) or (_DAY.fullmatch(first) and _MONTH.match(second)) or first.startswith("«"))


def _roman(words: ReadLine, index: int) -> str | None:
    """«ПУ квартал» → «IV квартал», «П. О мерах» → «II. О мерах», «Ш.2. Утвердить» → «III.2. Утвердить»."""
    word, after = words[index].text, _text(words, index + 1)
    if word in _ROMANS and _PERIOD.match(after):
        return _ROMANS[word]
    found = _ROMAN_LABEL.fullmatch(word) if index == 0 else None
    if not found or found[1] not in _SURELY_ROMAN:
        return None
    is_numbered = len(found[2]) > 1
    is_heading = bool(re.match(r"[А-ЯЁ«]", after)) and not re.match(r"[А-ЯЁ]\.|[А-ЯЁ][а-яё]+\s*$", after + " ")
    is_about = after in ("О", "Об", "ОБ", "0", "Разное", "Разное.")
    return _ROMANS[found[1]] + found[2] if is_numbered or is_about or (is_heading and len(after) < _TWO_WORDS) else None


def _bracket(words: ReadLine, index: int) -> str | None:
    """«{очная» → «(очная»; «В.®.» → «В.Ф.»."""
    word = words[index].text
    if word[0] in "{}" or word[-1] in "{}":
        return word.replace("{", "(").replace("}", ")")
    return word.replace("®", "Ф") if re.match(r"[А-ЯЁ®]\.\s?[А-ЯЁ®]\.", word) and "®" in word else None


def _initials(words: ReadLine, index: int) -> str | None:
    """«Юдин 0.0.» → «Юдин О.О.», «С.0. Бахтин» → «С.О. Бахтин»; but «Раздел 6.3.»."""
    found = _INITIALS.fullmatch(words[index].text)
    if not found or not any(letter.isdigit() for letter in found.groups()[1:3]):
        return None
    beside = [_text(words, index - 1), _text(words, index + 1)]
    names = [word for word in beside if re.fullmatch(r"\W*[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\W*", word)]
    is_number = found[2].isdigit() and found[3].isdigit()
    if not names or (is_number and not any(map(_is_surname, names))):
        return None
    first, second = (letter.translate(_LETTER_LIKE) for letter in found.groups()[1:3])
    return f"{found[1]}{first}.{second}.{found[4]}"


def _is_surname(word: str) -> bool:
    core = word.strip(".,;:()")
    return not is_known(core) or any("Surn" in parse.grammemes for parse in parses(core))


def _number_sign(words: ReadLine, index: int) -> str | None:
    """«No 3», «Ме3» → «№ 3»; «ПРОТОКОЛ М 1» → «ПРОТОКОЛ № 1»."""
    word, after = words[index].text, _text(words, index + 1)
    if _GLUED_SIGN.match(word):
        return _GLUED_SIGN.sub("№", word, count=1)
    if not re.match(r"\d", after):
        return None
    is_number = bool(re.fullmatch(r"протокол[а-я]{0,2}", _text(words, index - 1), re.IGNORECASE))
    return "№" if _NUMBER_SIGN.fullmatch(word) or (is_number and word in ("М", "N", "Н", "Ng", "М№")) else None


def _digits(words: ReadLine, index: int) -> str | None:
    """«ЗО.06.2О23» → «30.06.2023»; «З марта» → «3 марта»; «З.» that begins a row → «3.»."""
    word = words[index].text
    if _YEAR.search(word):
        return str(_YEAR.sub(r"\1г", word))
    if _MIXED_NUMBER.fullmatch(word) and not _NUMBER.fullmatch(word):
        digits = word.translate(_DIGIT_LIKE)
        return digits if _NUMBER.fullmatch(digits) and _ENDS_IN_DIGIT.search(word) else None
    if word in ("З", "з") and _MONTH.match(_text(words, index + 1)):
        return "3"
    if index == 0 and word == "З." and re.match(r"[А-ЯЁ]", _text(words, 1)):
        return "3."
    return None


def _label(words: ReadLine, index: int) -> str | None:
    """«2: Обеспечить», «13; Заведующему» → «2.», «13.»; «_ обеспечить» → «- обеспечить»."""
    if index or len(words) < _TWO_WORDS:
        return None
    word, after = words[0].text, words[1].text
    found = _LABEL.fullmatch(word)
    if found and re.match(r"[А-ЯЁ]", after):
        return found[1] + "."
    return "-" if word in _BULLETS and word not in "-–—" and re.match(r"[а-яёА-ЯЁ]{2}", after) else None


def _dictionary(words: ReadLine, index: int) -> str | None:
    """«Ирииято» → «Принято»: the one word of the dictionary that differs only in letters that look alike.

    Not a capitalized word within a sentence, for that may be a name, and not one that Tesseract was sure of.
    """
    word = words[index]
    found = re.match(r"([«(\"]*)([А-ЯЁа-яё]+)(\W*)$", word.text)
    if not found or is_known(found[2]):
        return None
    core = found[2]
    bar = _SURE if core.isupper() else _DOUBTFUL
    if word.confidence >= bar:
        return None
    is_name = core[0].isupper() and not core.isupper() and not _begins_sentence(words, index)
    if is_name or len(core) < (_ABBREVIATION if core.isupper() else _LONG):
        return None
    mended = _only_alike(core)
    return found[1] + mended + found[3] if mended else None


def _begins_sentence(words: ReadLine, index: int) -> bool:
    """Whether no name can stand here: at the head of a row, with a small word after it."""
    return index == 0 and bool(re.match(r"[а-яё]", _text(words, 1)))


def _only_alike(word: str) -> str | None:
    """The known word with the fewest letters changed, or None where two are as near."""
    for count in (1, 2):
        found = {candidate for candidate in _alike(word.lower(), count) if is_known(candidate)}
        if len(found) == 1:
            new = found.pop()
            return new.upper() if word.isupper() else new.capitalize() if word[0].isupper() else new
        if found:
            return None
    return None


def _alike(word: str, count: int) -> Iterator[str]:
    options = [[b if letter == a else a for a, b in _ALIKE if letter in (a, b)] for letter in word]
    made = 0
    for places in combinations([at for at, letters in enumerate(options) if letters], count):
        for letters in product(*(options[at] for at in places)):
            changed = list(word)
            for at, letter in zip(places, letters, strict=True):
                changed[at] = letter
            made += 1
            if made > _CANDIDATES:
                return
            yield "".join(changed)


_RULES: Final[tuple[Callable[[ReadLine, int], str | None], ...]] = (
    _bracket,
    _initials,
    _number_sign,
    _roman,
    _preposition,
    _letters,
    _digits,
    _label,
    _dictionary,
)
