"""What is found from the end of a document: signatures, and the attachments behind them."""

from __future__ import annotations

import re

from pipeline.markers import is_signature_line
from pipeline.units import Unit


def signature_range(units: list[Unit]) -> tuple[int, int]:
    """The half-open range of the signature, looked for from the end or from before the attachments."""
    ends = [len(units)] + [
        i
        for i in range(len(units) - 1, 0, -1)
        if re.match(r"Приложени[ея]", units[i].text, re.I) and len(units[i].text) < 120
    ]
    found: tuple[int, int] | None = None
    second = next((i for i in range(6, len(units)) if _begins_another(units, i)), None)
    for end in ends if second is None else [second, *ends]:
        start = end
        while start > 0 and is_signature_line(units[start - 1], units[start - 2] if start > 1 else None):
            start -= 1
        while start < end and not _opens_signature(units[start]):
            start += 1
        if any(_SIGNED.search(unit.text) for unit in units[start:end]):
            return start, end
        found = found or ((start, end) if start < end else None)
    return found or (len(units), len(units))


# a name, or room for one: «КОПИЯ ВЕРНА» alone is a stamp
_SIGNED = re.compile(r"[А-ЯЁ]\.|_{2,}|[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+")


def _begins_another(units: list[Unit], index: int) -> bool:
    """Behind the signatures a second protocol may be appended: that of the counting commission."""
    unit = units[index]
    is_title = re.match(r"(?:П\s?Р\s?О\s?Т\s?О\s?К\s?О\s?Л|Протокол)(?:\s+№|\s+(?:заседани|сч[её]тн)|\W*$)", unit.text)
    return is_title is not None and len(unit.text) < 160 and is_signature_line(units[index - 1], units[index - 2])


def _opens_signature(unit: Unit) -> bool:
    return not re.fullmatch(r"[\W_\d]*", unit.text) or "__" in unit.text or bool(re.search(r"\d{4}", unit.text))


def attachment_start(units: list[Unit], tail: tuple[int, int]) -> int | None:
    return tail[1] if tail[0] < tail[1] < len(units) else None
