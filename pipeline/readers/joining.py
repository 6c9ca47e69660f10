"""When two printed lines are one sentence: hyphens at line ends, lines that begin something new, page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from pipeline.readers.common import Draft, Piece, join

# «1.», «2.1.», «3)», «(4)», «а)», «IV.», «-», «–», «•»; not «24.05.2023», «2024.», «5,6 млн»
_ITEM: Final = re.compile(
    r"(?:\(?\d{1,2}(?:\.\d{1,2}){0,4}(?:\.|\)|\.\))(?=\s*[^\s\d.,;:)])"
    r"|\d{1,2}(?:\.[1-9]\d?){1,4}\s+(?=[^\W\d_])(?!(?:г|год|млн|млрд|тыс|кв|руб)\b)"
    r"|\(?[а-яa-z]\)\s*(?=\S)"
    r"|[IVX]{1,5}(?:[.)]|(?:\.\d{1,2}){1,3}\.?)\s+(?=\S)"
    r"|[-–—−•●▪◦‣⁃*·\uf0b7\uf0a7\uf02d]\s*(?=[^\s\-–—]))"
)
_DATE_START: Final = re.compile(r"\(?\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}(?!\d|\.))")
_LABEL: Final = re.compile(
    r"[А-ЯЁA-Z][^\W\d_]*[.\-]?(?:[ \t]+[^\s:;,()«»\"]+){0,4}[ \t]*(?:\([^()\n]{1,30}\))?[ \t]*:(?!\d)"
)
_SENTENCE_AHEAD: Final = re.compile(r"\.\s+[А-ЯЁ]")
_PAGE_NUMBER: Final = re.compile(r"[-–—]?\s*(\d{1,3})\s*[-–—]?")
_PAGE_WORDS: Final = re.compile(
    r"(?:страница|стр\.?|лист|с\.)\s*(\d{1,3})(?:\s*(?:из|/)\s*\d{1,3})?\.?|(\d{1,3})\s*(?:из|/)\s*\d{1,3}",
    re.IGNORECASE,
)
_PAGE_AT_END: Final = re.compile(r"(?:страница|стр\.?|лист)\s?\d{1,3}(?:\s?(?:из|/)\s?\d{1,3})?$", re.IGNORECASE)
_SENTENCE_ENDS: Final = frozenset(".;:!?…")
_HYPHENS: Final = ("-", "\u2010", "\u2011", "\u00ac")
_HYPHEN_END: Final = re.compile(r"([^\W\d_]+)[-\u2010\u2011\u00ac]$|(\d)[-\u2010\u2011]$")
_WORD_START: Final = re.compile(r"[^\W\d_]+")
_PARTICLES: Final = frozenset({"то", "либо", "нибудь", "таки", "ка", "за", "под"})
_FIRST_PARTS: Final = frozenset({"по", "кое", "экс", "вице", "пол", "контр", "онлайн", "интернет", "бизнес", "пресс"})


def begins_item(line: str) -> bool:
    """Whether a line begins a list item: «1.2. Провести», «– обеспечить», «а) директорам»."""
    line = line.lstrip()
    return bool(_ITEM.match(line)) and not _DATE_START.match(line)


def is_label(line: str) -> bool:
    """Whether a line begins with a label and a colon: «Срок: 01.06.2023», «СЛУШАЛИ:», «Отв. исполнители: ОО»."""
    found = _LABEL.match(line.lstrip())
    # «Дорофеева Е.И. Сроки: …», «ВР. Срок: …»: the end of a sentence, and the next one's label
    return found is not None and len(found.group()) <= 45 and not _SENTENCE_AHEAD.search(found.group())


def is_capitals(line: str) -> bool:
    """Whether a line is a heading in capitals: «ПОВЕСТКА ДНЯ», but not «ОО № 24»."""
    return line.isupper() and sum(map(str.isalpha, line)) >= 5


def begins_in_capitals(line: str, above: str) -> bool:
    """Whether a line begins with a word in capitals after one that had none: «ПРОТОКОЛ от 08.07.2022 г. № 12»."""
    first, last = line.split(maxsplit=1)[0].strip(":,."), above.split()[-1]
    is_open = len(last) < 4 or last[-1] in ",-–" or begins_item(above)  # «… до 1 мая в» + «РОСПОТРЕБНАДЗОР сведения»
    return len(first) > 5 and first.isalpha() and first.isupper() and not last.isupper() and not is_open


def page_number(line: str) -> int | None:
    """The number where a line is nothing but a page number: «- 2 -», «Страница 1 из 6»."""
    found = _PAGE_NUMBER.fullmatch(line.strip()) or _PAGE_WORDS.fullmatch(line.strip())
    return int(next(filter(None, found.groups()))) if found and any(found.groups()) else None


def is_running_head(line: str) -> bool:
    """Whether a line has text and, set far apart from it, a page number: «Протокол от 18.06.2024 № 2        стр. 2»."""
    found = _PAGE_AT_END.search(line.strip(), max(0, len(line.strip()) - 24))
    head = line.strip()[: found.start()] if found else ""
    return head.endswith("   ") and 3 < len(head.strip()) < 140 and not begins_item(head)


def is_surely_page_number(line: str) -> bool:
    """Whether the words or dashes leave no doubt: «Страница 1 из 6», «- 2 -»; a bare «2» may be anything."""
    line = line.strip()
    return page_number(line) is not None and (
        bool(_PAGE_WORDS.fullmatch(line)) or bool(re.fullmatch(r"[-–—].*[-–—]", line))
    )


def ends_sentence(text: str) -> bool:
    """Whether a line could be the last of a paragraph: «… до 1 июня.», «… следующее:»."""
    return text[-20:].rstrip().rstrip(')»”"')[-1:] in _SENTENCE_ENDS


def are_halves(first: str, second: str) -> bool:
    """Whether one sentence runs on: «… педагогических» and «работников района» are two halves."""
    first, second = first.rstrip(), second.lstrip()
    if not first or not second or ends_sentence(first) or begins_item(second):
        return False
    if first[-1] == "," or _hyphen(first, second):
        return not is_label(second)
    return (first[-1].isalnum() or first[-1] in '»)–—-%"') and second[0].islower()


def is_in_bracket(first: str, second: str) -> bool:
    """Whether a dash goes on with an open bracket: «… опрессовку (срок» and «- до 15 июля)»; no list item then."""
    return first.rfind("(") > first.rfind(")") and second.startswith(("-", "–", "—")) and ")" in second


def joined(first: Draft, second: Draft) -> Draft:
    """One paragraph of two lines: «ис-» and «пользование» → «использование», else with a space between."""
    separator, drop = glue(first.text, second.text)
    return join(first, second, separator, drop=drop)


def flowed(lines: Sequence[str]) -> Draft:
    """One paragraph of all its lines, in linear time; each line keeps its stretch of the text."""
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for line, below in zip_longest(lines, lines[1:]):
        separator, drop = glue(line, below) if below else ("", 0)
        kept = line[: len(line) - drop]
        pieces.append(Piece(at, at + len(kept)))
        parts += [kept, separator]
        at += len(kept) + len(separator)
    return Draft("".join(parts), tuple(pieces))


def glue(first: str, second: str) -> tuple[str, int]:
    """What to put between two lines, and how many characters of the first to drop: a space, or a hyphen undone."""
    kind = _hyphen(first, second)
    if kind is None:
        return " ", 0
    return "", int(kind == "drop")


def _hyphen(first: str, second: str) -> str | None:
    """What a hyphen at the end of a line is: «drop» a division of a word, «keep» its own, None no hyphen at all."""
    if not first.endswith(_HYPHENS):
        return None
    tail, head = _HYPHEN_END.search(first[-60:]), _WORD_START.match(second)
    if not tail:
        return None
    if tail.group(2):  # «2022-» and «2023», «5-» and «летний»; «до 10 -» is a dash
        return "keep" if head or second[:1].isdigit() else None
    if not head:
        return "keep" if second[:1].isdigit() else None
    left, right = tail.group(1), head.group()
    if right[0].isupper() and not left.isupper():
        return "keep"  # «Санкт-» and «Петербург»
    return "drop" if _is_divided(left.lower(), right.lower()) else "keep"


@lru_cache(maxsize=8192)
def _is_divided(left: str, right: str) -> bool:
    """Whether the hyphen only divides a word: «ис-пользование» yes, «социально-экономический» and «кто-то» no."""
    from pipeline.nlp.morph import is_known

    if is_known(left + right):
        return True
    if left in _FIRST_PARTS:
        return False
    if right in _PARTICLES:
        return not is_known(left)
    return not (len(left) > 2 and len(right) > 2 and is_known(left) and is_known(right))
