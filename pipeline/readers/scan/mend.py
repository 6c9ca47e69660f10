"""Repairs of a recognized row that know the language and what Tesseract takes for what; what was read is kept as raw.

Each rule is a row of a table or a small function with the confusion that it undoes. None makes a word that the page
may not have held: a repair needs the neighbour that proves it («06 итогах», but «06 июня»), or the one dictionary
word that differs in nothing but look-alikes, and never touches a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from pipeline.clean import clean
from pipeline.lexicon import table
from pipeline.nlp.morph import is_known, parses
from pipeline.readers.scan.engine import Read, ReadLine
from pipeline.readers.scan.signs import DAY, MONTHS, ROMANS

_MONTH: Final = re.compile(MONTHS, re.IGNORECASE)
_PERIOD: Final = re.compile(r"(?:квартал|полугоди|этап)[а-яё]{0,3}\W*|четверт(?:ь|и|ью)\W*", re.IGNORECASE)
_SMALL_WORD: Final = re.compile(r"[а-яё]{2,}\W*")
_DATE: Final = re.compile(r"\d{1,2}\.\d{1,2}(?:\.(?:\d{4}|\d{2}))?\b")
_DAY: Final = re.compile(r"\d{1,2}(?:-?го)?")
_BEFORE_NUMBER: Final = re.compile(r".*№|с|по|от|до|к|в|на|и|\d+", re.IGNORECASE)
_BEFORE_TERM: Final = re.compile(r"[:–—-]$|^срок", re.IGNORECASE)
_ZEROS: Final = re.compile(r"([0ОO]{2,3})(\W*)")
_CLOCK: Final = re.compile(r"час|мин|ч\b|м\b|коп|руб|тыс|млн|врем|до\b|с\b|в\b|по\b|к\b", re.IGNORECASE)
_STROKES: Final = {"Г": "I", "Т": "I", "T": "I"}
_ROMANS_OF_PERIODS: Final = {"И": "II", "М": "IV", "ИП": "III", "ПП": "III", "ИТ": "III"}
_ROMAN_HEAD: Final = re.compile(r"[IVX]{1,4}\.(?:\d{1,2}\.)*")
_ROMAN_LABEL: Final = re.compile(r"([^\W\d_|\[!]{1,3}|[|\[!1]{1,3}[УV]?)(\.(?:\d{1,2}\.){0,3})")
_PAREN_ITEM: Final = re.compile(r"([а-яё]|\d{1,2})\)")
_NUMBER_SIGNS: Final = r"(?:№о|No|Nо|Ne|Nе|N[°ºо]|Ме|Мо|Мэ)"
_NUMBER_SIGN: Final = re.compile(_NUMBER_SIGNS)
_GLUED_SIGN: Final = re.compile(rf"{_NUMBER_SIGNS}(?=\d)")
_DIGIT_LIKE: Final = str.maketrans("ОоOoЗзlI|бSВB", "0000331116588")
_ZERO: Final = str.maketrans("ОоOo", "0000")
_ZERO_WITHIN: Final = re.compile(r"\d+[ОоOo]+\d+\W*")
_WHOLE_DATE: Final = re.compile(rf"{DAY}\.(?:19|20)?\d\d(?:г\.?)?[,;)]*")
_YEAR: Final = re.compile(r"((?:19|20)\d\d)[rf](?=\.|$)")
_INITIALS: Final = re.compile(r"([(«]?)([А-ЯЁ063])\.([А-ЯЁ063])\.?(\W*)")
_DOUBLED: Final = re.compile(r"([(«]?)(?:О0|0О|00)\.([А-ЯЁ]\.\W*)")
_LETTER_LIKE: Final = str.maketrans("063", "ОБЗ")
_BULLETS: Final = frozenset("_=~")

# Letters that look alike in bad print, each way.
_ALIKE: Final = frozenset((
    "ин", "ип", "нп", "ец", "ес", "со", "ое", "шщ", "цщ", "лд", "гт", "зэ", "бв", "ьы", "ъь", "аз", "пл", "ён", "йи",
    "хк",
))  # fmt: skip
_DOUBTFUL: Final = 85.0
_SURE: Final = 96.5  # of capitals Tesseract is surer than it should be
_LONG: Final = 5
_MOST_CHANGED: Final = 3
_LONG_HEADING: Final = 9


def mended(row: ReadLine, state: ListState, below: ReadLine | None = None) -> ReadLine:
    """A row with its misreadings undone: «2. 0 ходе работы» → «2. О ходе работы»; the row below may prove one."""
    words = [word._replace(text=text) for word, text in zip(row, _cyrillic(row), strict=True)]
    words += below[:2] if below else []
    if words and (label := _roman_label(words, state.has_romans)):
        words[0] = words[0]._replace(text=label)
    for index, word in enumerate(words[: len(row)]):
        for rule in _RULES:
            text = rule(words, index)
            if text is not None:
                words[index] = word._replace(text=text)
                break
        words[index] = state.lettered(words[index])
    return words[: len(row)]


class ListState:
    """Which item a list has come to, over the rows of a page: after «а)» a «6)» is «б)»; and Roman labels before."""

    def __init__(self) -> None:
        self._last = ""
        self.has_romans = False

    def lettered(self, word: Read) -> Read:
        """The word, its digit made the letter that the list goes on with."""
        self.has_romans = self.has_romans or bool(_ROMAN_HEAD.fullmatch(word.text))
        found = _PAREN_ITEM.fullmatch(word.text)
        if not found:
            return word
        item = "б" if found[1] == "6" and self._last == "а" else found[1]
        self._last = item if not (item.isdigit() and self._last.isdigit() and int(item) < int(self._last)) else ""
        return word._replace(text=f"{item})") if item != found[1] else word


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
    """«06 итогах» → «об итогах», «2. 0 плане» → «2. О плане», «Срок: 40 1 апреля» → «Срок: до 1 апреля».

    «Об» and «о» are proved by the prepositional case after them: «06 числа» and «0 голосов» are numbers.
    """
    word, before, after = words[index].text, _text(words, index - 1), _text(words, index + 1)
    is_start = _is_start(words, index)
    if word in ("06", "0б", "O6", "О6", "о6") and _is_prepositional(after) and not _BEFORE_NUMBER.fullmatch(before):
        return "Об" if is_start and index else "об"
    if word in ("0", "O", "(9)", "©", "®") and is_start and _is_prepositional(after):
        return "О"
    if word in ("40", "4о", "4O", "д0", "Д0", "до0") and _is_date_ahead(words, index + 1):
        return "до" if not before or _BEFORE_TERM.search(before) else None
    return None


def _is_prepositional(word: str) -> bool:
    return bool(_SMALL_WORD.match(word)) and any(parse.case == "loct" for parse in parses(word.strip(".,;:")))


def _is_date_ahead(words: ReadLine, index: int) -> bool:
    first, second = _text(words, index), _text(words, index + 1)
    return bool(_DATE.match(first) or (_DAY.fullmatch(first) and _MONTH.match(second)))


def _letters(words: ReadLine, index: int) -> str | None:
    """«руководители 00» → «руководители ОО», «с 000 «Заря»» → «с ООО «Заря»»; but «в 9 часов 00 минут»."""
    found = _ZEROS.fullmatch(words[index].text)
    before, after = _text(words, index - 1), _text(words, index + 1)
    if not found or _CLOCK.match(after) or not re.fullmatch(r"[а-яё]+", before):
        return None
    is_company = len(found[1]) == len("ООО") and after.startswith(("«", '"'))
    is_schools = len(found[1]) == len("ОО") and any(parse.number == "plur" for parse in parses(before))
    return "О" * len(found[1]) + found[2] if is_company or (is_schools and not _CLOCK.match(before)) else None


def _roman(words: ReadLine, index: int) -> str | None:
    """«ПУ квартал» → «IV квартал»."""
    romans = ROMANS | _STROKES | (_ROMANS_OF_PERIODS if index else {})  # «И», «М» may begin a sentence
    return romans.get(words[index].text) if _PERIOD.fullmatch(_text(words, index + 1)) else None


def _roman_label(words: ReadLine, has_romans: bool) -> str | None:
    """«П. О мерах» → «II. О мерах»; «Ш.2. Утвердить» → «III.2. Утвердить», where Roman labels came before."""
    found = _ROMAN_LABEL.fullmatch(words[0].text)
    if not found or found[1] not in ROMANS:
        return None
    is_item = found[2] != "." and has_romans  # else «П.2.» is a point of some act
    is_heading = _text(words, 1) in ("О", "Об", "ОБ", "0", "Разное", "Разное.")
    return ROMANS[found[1]] + found[2] if is_item or is_heading else None


def _bracket(words: ReadLine, index: int) -> str | None:
    """«{очная» → «(очная»; «В.®.» → «В.Ф.»."""
    word = words[index].text
    if word[0] in "{}" or word[-1] in "{}":
        return word.replace("{", "(").replace("}", ")")
    return word.replace("®", "Ф") if re.match(r"[А-ЯЁ®]\.\s?[А-ЯЁ®]\.", word) and "®" in word else None


def _initials(words: ReadLine, index: int) -> str | None:
    """«Юдин 0.0.» → «Юдин О.О.», «С.0. Бахтин» → «С.О. Бахтин»; but «Раздел 6.3.»."""
    doubled = _DOUBLED.fullmatch(words[index].text)
    if doubled and any(map(_is_surname, filter(None, (_text(words, index - 1), _text(words, index + 1))))):
        return f"{doubled[1]}О.{doubled[2]}"
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
    is_title = bool(re.fullmatch(r"протокол[а-я]{0,2}", _text(words, index - 1), re.IGNORECASE))
    return "№" if _NUMBER_SIGN.fullmatch(word) or (is_title and word in ("М", "N", "Ng", "М№")) else None


def _digits(words: ReadLine, index: int) -> str | None:
    """«ЗО.06.2О23» → «30.06.2023», «2О23» → «2023», «З марта» → «3 марта»; but «В15», «II.3.», «5Б»."""
    word = words[index].text
    if _YEAR.search(word):
        return str(_YEAR.sub(r"\1г", word))
    if not word.strip("(«.,;:)»").isdigit():
        digits = word.translate(_DIGIT_LIKE)
        if _WHOLE_DATE.fullmatch(digits) and digits != word:
            return digits
        if _ZERO_WITHIN.fullmatch(word):
            return word.translate(_ZERO)
    return "3" if word in ("З", "з") and _MONTH.match(_text(words, index + 1)) else None


def _bullet(words: ReadLine, index: int) -> str | None:
    """«_ обеспечить» → «- обеспечить»."""
    is_item = index == 0 and words[0].text in _BULLETS and re.match(r"[а-яёА-ЯЁ]{2}", _text(words, 1))
    return "-" if is_item else None


def _dictionary(words: ReadLine, index: int) -> str | None:
    """«решенне» → «решение»: the one word of the dictionary that differs in a letter that looks alike.

    Small words only, for one with a capital may be a name; and no halves of words, at the head of a row and before a
    hyphen. What begins with a capital is mended to a word of the lexicon («Ирииято» → «Принято»).
    """
    word = words[index]
    found = re.match(r"([«(\"]*)([А-ЯЁа-яё]+)([^\w.-]*|\.+)$", word.text)
    if not found or is_known(found[2]):
        return None
    core = found[2]
    if core[0].isupper():
        mended = _of_lexicon(core) if word.confidence < _SURE else None
    elif 0 < index < len(words) - 1 and len(core) >= _LONG and word.confidence < _DOUBTFUL and "." not in found[3]:
        mended = _only_alike(core)
    else:
        return None
    return found[1] + mended + found[3] if mended else None


def _of_lexicon(word: str) -> str | None:
    """The word or short name of an office that differs only in letters that look alike: «ГИБЛЛ» → «ГИБДД»."""
    known = _office_words()
    if word in known:
        return None
    found = [other for other in known if len(other) == len(word) and _are_alike(word, other)]
    return found[0] if len(found) == 1 else None


@cache
def _office_words() -> frozenset[str]:
    """The lexicon's words as they are written: «Принято» and «ПРИНЯТО», «ГИБДД»."""
    words = table()["scans"]
    return frozenset([*words["short_names"], *words["headings"], *map(str.upper, words["headings"])])


def _are_alike(word: str, other: str) -> bool:
    pairs = [(a.lower(), b.lower()) for a, b in zip(word, other, strict=True) if a != b]
    if len(pairs) == 1 and len(word) >= _LONG_HEADING:
        return True  # no name is so near to «Ответственный»
    return len(pairs) <= _MOST_CHANGED and all(a + b in _ALIKE or b + a in _ALIKE for a, b in pairs)


def _only_alike(word: str) -> str | None:
    """The known word with one letter changed, or None where there are two of them."""
    found = {candidate for candidate in _alike(word) if is_known(candidate)}
    return found.pop() if len(found) == 1 else None


def _alike(word: str) -> Iterator[str]:
    for at, letter in enumerate(word):
        for pair in _ALIKE:
            if letter in pair:
                yield word[:at] + pair.replace(letter, "") + word[at + 1 :]


_RULES: Final[tuple[Callable[[ReadLine, int], str | None], ...]] = (
    _bracket,
    _initials,
    _number_sign,
    _roman,
    _preposition,
    _letters,
    _digits,
    _bullet,
    _dictionary,
)
