"""Repairs of typed and converted text: `compose` makes text canonical in a reader, `clean` repairs it in place.

`clean` changes characters one for one, so an offset into the cleaned text is an offset into the raw one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # each is one line end; «\r\n» is replaced before
_ZERO_WIDTH = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t" + _LINE_ENDS]
_SURROGATES = [chr(code) for code in range(0xD800, 0xE000)]  # they cannot be written to Parquet
_COMPOSE = (
    dict.fromkeys([*_ZERO_WIDTH, *_BIDI, *_CONTROLS], "")
    | dict.fromkeys(_LINE_ENDS, "\n")
    | dict.fromkeys(_SURROGATES, "\ufffd")
)

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\u2500"
_HYPHENS = "\u2010\u2011\u2043\ufe63\uff0d"
_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\u25cf\u25aa\u25ab\u25e6\u2023\u25cb\u25a0\u25a1\u2219"
_CLEAN = (
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_DASHES, "–")
    | dict.fromkeys(_HYPHENS, "-")
    | dict.fromkeys(_BULLETS, "•")
    | {"\uf02d": "–", "„": "«", "‟": "«", "“": "«", "‹": "«", "”": "»", "›": "»", "″": '"', "＂": '"'}
    | {"’": "'", "‘": "'", "‛": "'", "ʼ": "'", "\uff1a": ":", "\u2236": ":"}
)
# A class in `re` is 20 times faster than str.translate, which raises and catches a KeyError for every plain letter.
_TO_COMPOSE = re.compile(f"[{re.escape(''.join(_COMPOSE))}]")
_TO_CLEAN = re.compile(f"[{re.escape(''.join(_CLEAN))}]")

# «„Радуга“»: the German pair closes with the sign that opens in English.
_CLOSING_QUOTE = re.compile(r"(?<=[\w.,!?…)»])“")

_LOOKALIKES = str.maketrans("ABCEHKMOPTXYËaceopxykë", "АВСЕНКМОРТХУЁасеорхукё")
_LATIN = re.compile(r"[A-Za-zëË]")
_WORD_WITH_LATIN = re.compile(r"(?<![^\W\d_])[\u0400-\u04ff]*+[A-Za-zëË][^\W\d_]*+")
_LOOKALIKE_WORD = re.compile(r"[ABCEHKMOPTXYË]+|[aceopxyë]")
_PURE_CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Words of look-alike letters that offices do write in Latin, and numbers: «MAX» is a messenger, «XX век» a century.
_KEPT_LATIN = frozenset(
    {"MAX", "HTTP", "CEO", "CTO", "PACE", "XP", "CAPEX", "OPEX", "TOP", "POP", "PHP", "PPT", "BMP", "EXE"}
)
_ROMAN = re.compile(r"X+")
_GAP = r"[ .\-/&+_@:]{1,2}"  # what may stand between two words of one Latin name: «MS Word», «e-mail», «host.ru»
_WORD_BEFORE = re.compile(rf"([^\W\d_]+){_GAP}$")
_WORD_AFTER = re.compile(rf"{_GAP}([^\W\d_]+)")
_INITIAL_AFTER = re.compile(r"\.[А-ЯЁABCEHKMOPTXY](?![^\W\d_])")
_INITIAL_BEFORE = re.compile(r"[А-ЯЁABCEHKMOPTXY]\.")

_STAR_RUN = re.compile(r"\*{2,}")
_LINE_WITH_STAR = re.compile(r"^[^\n*]*\*[^\n]*$", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\S)\*(?=\S)|(?<=\S)\*(?=[\s.,;:!?)»]|$)")
_RULE = re.compile(r"^[ \t]*[-–]{3,}[ \t]*$", re.MULTILINE)
_TRAILING_BACKSLASH = re.compile(r"(?<![\\ \t])[\\ \t]++$", re.MULTILINE)
_HEADING = re.compile(r"^[ \t#]*#(?=[ \t])", re.MULTILINE)


def compose(text: str) -> str:
    """Canonical characters: «и» + U+0306 → «й», «ис\u00adпользование» → «использование», every line end → «\\n»."""
    text = text.replace("\r\n", "\n")
    return unicodedata.normalize("NFC", _TO_COMPOSE.sub(lambda found: _COMPOSE[found.group()], text))


def clean(text: str) -> str:
    """Repair character for character, same length: «МБOУ “CОШ”» (with Latin O and C) → «МБОУ «СОШ»»."""
    if "в„–" in text:
        text = text.replace("в„–", "  №")  # «№» of UTF-8 read as cp1251
    if "“" in text:
        text = _CLOSING_QUOTE.sub("»", text)
    text = _TO_CLEAN.sub(lambda found: _CLEAN[found.group()], text)
    if not text.isascii() and _LATIN.search(text):
        text = _repair_words(text)
    return _blank_markdown(text)


def _repair_words(text: str) -> str:
    return "\n".join(_repair_line(line) if _LATIN.search(line) else line for line in text.split("\n"))


def _repair_line(line: str) -> str:
    """Mixed words first: whether a whole-Latin word stands on a Russian line is judged after that."""
    if not _CYRILLIC.search(line):
        return line
    return _replace_words(_replace_words(line, _is_mixed), _is_disguised)


def _replace_words(line: str, should_replace: Callable[[str, int, int], bool]) -> str:
    """Every word with a Latin letter goes through the test on the line as it was: their order has no effect."""
    return _WORD_WITH_LATIN.sub(
        lambda found: found.group().translate(_LOOKALIKES) if should_replace(line, *found.span()) else found.group(),
        line,
    )


def _is_mixed(line: str, start: int, end: int) -> bool:
    """«COШ»: a word with Cyrillic letters whose Latin ones are all look-alikes; «IT-отдел» is two words."""
    has_cyrillic = _CYRILLIC.search(line, start, end)
    return bool(has_cyrillic and _PURE_CYRILLIC.fullmatch(line[start:end].translate(_LOOKALIKES)))


def _is_disguised(line: str, start: int, end: int) -> bool:
    """«OO», «MO», «c» on a line with Cyrillic letters: only look-alikes, and no Latin word beside it.

    Capitals, or a single small letter; not a Roman number unless it is an initial («X.А. Ким»), not a known Latin word.
    """
    word = line[start:end]
    if not _LOOKALIKE_WORD.fullmatch(word) or word in _KEPT_LATIN:
        return False
    neighbours = (_WORD_BEFORE.search(line, max(0, start - 40), start), _WORD_AFTER.match(line, end))
    if any(found and _is_latin(found.group(1)) for found in neighbours):
        return False
    return not _ROMAN.fullmatch(word) or (end - start == 1 and _is_initial(line, start))


def _is_latin(word: str) -> bool:
    return word in _KEPT_LATIN or not (_CYRILLIC.search(word) or _LOOKALIKE_WORD.fullmatch(word))


def _is_initial(line: str, at: int) -> bool:
    """A lone «X» glued by a dot to another capital, as in «X.А. Ким» or «Ким А.X.»."""
    return bool(_INITIAL_AFTER.match(line, at + 1) or _INITIAL_BEFORE.match(line, max(0, at - 2)))


def _blank_markdown(text: str) -> str:
    """Leavings of markdown give way to spaces: «**ПРОТОКОЛ**» → «  ПРОТОКОЛ  »."""
    if "*" in text:
        text = _blank_backslashes(_STAR_RUN.sub(_spaces, text))
        text = _LINE_WITH_STAR.sub(_blank_emphasis, text)
    text = _blank_backslashes(text)
    if "---" in text or "–––" in text:
        text = _RULE.sub(_spaces, text)
    if "#" in text:
        text = _HEADING.sub(_spaces, text)
    return text


def _blank_backslashes(text: str) -> str:
    """A soft line break of markdown: «Тверской области\\» → «Тверской области »."""
    if "\\" not in text:
        return text
    return _TRAILING_BACKSLASH.sub(lambda found: found.group().replace("\\", " "), text)


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _blank_emphasis(found: re.Match[str]) -> str:
    """Single stars at word edges go when they pair up on the line; an odd one is a footnote mark or a bullet."""
    line = found.group()
    return _EMPHASIS.sub(" ", line) if len(_EMPHASIS.findall(line)) % 2 == 0 else line
