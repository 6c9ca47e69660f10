"""Which bytes are which letters: byte order mark, UTF-16 by null bytes, strict UTF-8, then the frequency of letters."""

from __future__ import annotations

import codecs
import math
import re
from collections import Counter
from functools import cache
from typing import Final, NamedTuple

SINGLE_BYTE: Final = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 65_536
_DAMAGE: Final = 0.02
"""Share of broken characters among the non-ASCII ones up to which a text is still damaged UTF-8."""

# Occurrences in 10,000 letters of Russian text.
_LETTERS: Final = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (1097, 845, 801, 735, 670, 626, 547, 473, 454, 440, 349, 321, 298, 281, 262, 201, 190, 174, 170, 165, 159, 144,
         121, 97, 94, 73, 64, 48, 36, 32, 26, 4, 10),
        strict=True,
    )
)  # fmt: skip
_CAPITAL: Final = 0.8
"""Hardly rarer than the small letter: whole texts are typed in capitals, which KOI8-R and cp1251 show as small."""
_SIGNS: Final = {"№": 250.0} | dict.fromkeys("«»–—…“”„\u00a0•’§°", 20.0) | dict.fromkeys("│─┼├┤┬┴┌┐└┘═║╬", 4.0)
_STRANGE: Final = 0.01
_CASE_BREAK: Final = re.compile("[а-яё][А-ЯЁ]")
_CASE_BREAK_COST: Final = 6.0


class Decoded(NamedTuple):
    """The text, the name of its charset, and whether some of its bytes made no sense."""

    text: str
    charset: str
    is_damaged: bool


def decode(data: bytes) -> Decoded:
    """Bytes of an unknown charset as text: b'\\xcf\\xf0\\xee\\xf2\\xee\\xea\\xee\\xeb' → «Протокол» in cp1251."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :] if charset == "utf-8" else data, charset)
    if wide := utf16_without_mark(data):
        return _decoded(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", False)
    except UnicodeDecodeError:
        pass
    as_utf8 = data.decode("utf-8", "replace")
    foreign = len(as_utf8) - len(as_utf8.encode("ascii", "ignore"))
    if as_utf8.count("\ufffd") <= _DAMAGE * foreign:
        return Decoded(as_utf8, "utf-8", True)
    return _decoded(data, _best_single_byte(data))


def _decoded(data: bytes, charset: str) -> Decoded:
    text = data.decode(charset, "replace")
    return Decoded(text, charset, "\ufffd" in text)


def utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark: the high bytes of Russian text are 04 (letters) and 00 (spaces, digits, line ends)."""
    sample = data[:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    for charset, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        usual = high.count(0) + high.count(4) + high.count(0x20)
        if high.count(0) and usual >= 0.95 * len(high):
            return charset
    return None


def _best_single_byte(data: bytes) -> str:
    """The charset in which a stretch with letters beyond ASCII is the likeliest Russian."""
    first = next(index for index, byte in enumerate(data) if byte >= 0x80)
    sample = data[first : first + _SAMPLE]
    counts = Counter(byte for byte in sample if byte >= 0x80)
    return max(SINGLE_BYTE, key=lambda charset: _score(sample, counts, charset))


def _score(sample: bytes, counts: Counter[int], charset: str) -> float:
    """Log-likelihood of the bytes above 7F as Russian, less what capitals inside words cost."""
    shares = _log_shares(charset)
    total = sum(count * shares[byte - 0x80] for byte, count in counts.items())
    return total - _CASE_BREAK_COST * len(_CASE_BREAK.findall(sample.decode(charset, "replace")))


@cache
def _log_shares(charset: str) -> tuple[float, ...]:
    """For each byte above 7F the logarithm of how frequent its character is in Russian."""
    chars = [bytes([byte]).decode(charset, "replace") for byte in range(0x80, 0x100)]
    return tuple(
        math.log(_LETTERS.get(char) or _SIGNS.get(char) or _LETTERS.get(char.lower(), 0) * _CAPITAL or _STRANGE)
        for char in chars
    )
