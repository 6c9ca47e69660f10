"""Which of the Cyrillic charsets a plain text is in: told from 200 bytes on by how Russian letters fall."""

from __future__ import annotations

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5")
_SAMPLE = 6_000
# How often a letter stands in Russian text, in percent (lower case); what is no letter of Russian counts against.
_FREQUENCY = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (11.0, 8.5, 8.0, 7.4, 6.7, 6.3, 5.5, 4.7, 4.5, 4.4, 3.5, 3.2, 3.0, 2.8, 2.6, 2.0, 1.9, 1.7, 1.7, 1.6,
         1.6, 1.4, 1.2, 1.0, 0.9, 0.7, 0.6, 0.5, 0.4, 0.3, 0.3, 0.1, 0.1),
        strict=True,
    )
)  # fmt: skip
_SIGNS = frozenset("«»№–—„“”…°§•’‘\u00a0")


def decode(data: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16, cp1251, KOI8-R, cp866, Mac Cyrillic or ISO 8859-5.

    A few bad bytes in UTF-8 become U+FFFD; nothing is ever raised.
    """
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return data.decode(charset, errors="replace")
    wide = _wide_charset(data)
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_best(data), errors="replace")


def _wide_charset(data: bytes) -> str | None:
    """UTF-16 without a mark: the high bytes of Cyrillic are 0x04, of Latin and spaces 0x00."""
    sample = data[: 2 * _SAMPLE]
    if len(sample) < 8:
        return None
    for offset, charset in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[offset::2]
        if sum(high.count(byte) for byte in (0, 4, 0x20)) > 0.9 * len(high) and high.count(0):
            return charset
    return None


def _best(data: bytes) -> str:
    """The candidate whose reading looks most like Russian; UTF-8 with a few broken bytes stays UTF-8."""
    sample = _telling(data)
    if sample.decode("utf-8", errors="replace").count("\ufffd") * 50 < len(sample):
        return "utf-8"
    return max(_CANDIDATES, key=lambda charset: _likeness(sample.decode(charset, errors="replace")))


def _telling(data: bytes) -> bytes:
    """A sample that holds letters outside ASCII."""
    first = next((i for i, byte in enumerate(data) if byte > 127), 0)
    return data[max(0, first - 100) : first + _SAMPLE]


def _likeness(text: str) -> float:
    score, before = 0.0, " "
    for char in text:
        if char > "\x7f":
            score += _weight(char, before)
        before = char
    return score


def _weight(char: str, before: str) -> float:
    if char in _FREQUENCY:
        return _FREQUENCY[char]
    if char.lower() in _FREQUENCY:
        return -6.0 if before.islower() else 0.4 * _FREQUENCY[char.lower()]
    return 0.0 if char in _SIGNS else -8.0
