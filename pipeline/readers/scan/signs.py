"""What dates and their periods look like to the repairs and to the second reading alike."""

from __future__ import annotations

from typing import Final

MONTHS: Final = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)"
DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])"
"""A day and a month: «01.11»."""

# What stands for a Roman number: its strokes seen as letters. «У» and «И» are words, and stay.
ROMANS: Final = {
    "|": "I", "!": "I", "[": "I", "П": "II", "||": "II", "Il": "II", "ll": "II", "Ш": "III", "ПТ": "III", "ТП": "III",
    "|||": "III", "ТУ": "IV", "ПУ": "IV", "ГУ": "IV", "IУ": "IV", "1У": "IV", "|У": "IV", "[У": "IV", "ТV": "IV",
    "1V": "IV", "[ПУ": "IV", "|V": "IV", "[V": "IV", "УТ": "VI", "УГ": "VI", "УП": "VII", "УШ": "VIII",
}  # fmt: skip
