"""The vocabulary: every known word form and what it is, built of the word lists."""

from __future__ import annotations

from typing import Any

from pipeline.deadlines.symbols import SYMBOL
from pipeline.deadlines.words import (
    ADJ,
    CARDINALS,
    CONDITION_WORDS,
    EVENT_WORDS,
    MONTHS,
    ORDINAL_STEMS,
    PERMANENT,
    PERMANENT_STEMS,
    RECURRENCE,
    RECURRENT_STEMS,
    SIMPLE,
    TERM_BARE,
    TERM_PREFIX,
    TERM_STEM,
    THIRD,
    VAGUE,
    WEEKDAYS,
    WEEKDAYS_PLURAL,
    forms,
)

Entry = tuple[str, Any]


def _adjectives(stem: str) -> list[str]:
    return forms(stem, ADJ)


def _terms() -> dict[str, Entry]:
    """«трехдневный» → 3 days; «дневный» after a figure → days."""
    out: dict[str, Entry] = {}
    for stem, unit in TERM_STEM.items():
        for form in _adjectives(stem):
            if stem not in ("летн", "часов"):  # «летний», «часовой» alone are other words
                out |= {glued + form: ("adjsrok", (None, unit)) for glued in ("", "ти", "х", "ми")}  # «5-тидневный»
            for number, prefixes in TERM_PREFIX.items():
                for prefix in prefixes:
                    out[prefix + form] = ("adjsrok", (number, unit))
    for stem, length in TERM_BARE.items():
        out |= dict.fromkeys(_adjectives(stem), ("adjsrok", length))
    return out


def _numbers() -> dict[str, Entry]:
    out: dict[str, Entry] = {}
    for number, stem in ORDINAL_STEMS.items():
        out |= dict.fromkeys(_adjectives(stem), ("ord", number))
    out |= dict.fromkeys(THIRD, ("ord", 3))
    for value, line in CARDINALS.items():
        out |= dict.fromkeys(line.split(), ("card", value))
    return out


def _calendar_words() -> dict[str, Entry]:
    out: dict[str, Entry] = {}
    for number, words in MONTHS.items():
        out |= dict.fromkeys(words, ("M", number))
    for number, words in WEEKDAYS.items():
        out |= dict.fromkeys(words, ("W", number))
    out |= {word: ("Wp", number) for number, word in WEEKDAYS_PLURAL.items()}
    for stem, season in (("лет", 2), ("весенн", 1), ("осенн", 3), ("зимн", 4), ("летн", 2)):
        out |= {form: ("seasadj", season) for form in _adjectives(stem) if stem != "лет"}
    out |= {"весенне": ("seasadj", 1), "летне": ("seasadj", 2), "осенне": ("seasadj", 3), "зимне": ("seasadj", 4)}
    for number, line in ((2, "лето лета летом лету"), (1, "весна весны весной весне весну"),
                         (3, "осень осени осенью"), (4, "зима зимы зимой зиме зиму")):  # fmt: skip
        out |= dict.fromkeys(line.split(), ("season", number))
    return out


def _attributes() -> dict[str, Entry]:
    out: dict[str, Entry] = {}
    stems = {
        "cur": ("текущ", "нынешн", "данн"), "nxt": ("следующ", "последующ", "будущ", "предстоящ", "очередн", "грядущ"),
        "new": ("нов",), "prev": ("прошл", "предыдущ", "истекш", "прошедш"), "uch": ("учебн",), "work": ("рабоч",),
        "srokadj": (
            "установленн", "указанн", "кратчайш", "коротк", "разумн", "определенн", "сжат", "предусмотренн",
            "оговоренн", "обозначенн", "назначенн",
        ),
        "permadj": PERMANENT_STEMS,
    }  # fmt: skip
    for kind, names in stems.items():
        for stem in names:
            doubt = kind == "permadj" and stem in ("систематическ", "регулярн", "системн")
            out |= dict.fromkeys(_adjectives(stem), (kind, doubt or None))
    for stem, freq in RECURRENT_STEMS.items():
        out |= {form: ("recadj", freq) for form in _adjectives(stem) if form not in RECURRENCE}
    out |= dict.fromkeys(["этого", "этом", "этот", "эту", "этой", "эта", "тек", "наст", "сего", "сему"], ("cur", None))
    out |= {"уч": ("uch", None), "учеб": ("uch", None), "раб": ("work", None), "рабоч": ("work", None)}
    out |= {"кал": ("cal", None), "след": ("nxt", None)}
    return out


def _phrasal() -> dict[str, Entry]:
    out: dict[str, Entry] = {word: ("rec", value) for word, value in RECURRENCE.items()}
    out |= {word: ("perm", doubtful) for word, doubtful in PERMANENT.items()}
    out |= dict.fromkeys(VAGUE, ("vague", None))
    out |= dict.fromkeys(CONDITION_WORDS, ("cw", None))
    out |= {word: ("evw", noun) for word, noun in EVENT_WORDS.items()}
    out |= {"факту": ("cw", "fact"), "фактам": ("cw", "fact")}
    out |= {"дважды": ("twice", 2), "трижды": ("twice", 3), "единожды": ("twice", 1), "однократно": ("twice", 1)}
    out |= {"завтра": ("relday", 1), "сегодня": ("relday", 0), "послезавтра": ("relday", 2)}
    out |= {"вт": ("W", 1), "четверти": ("chet", None), "ш": ("rom", 3), "п": ("rom", 2), "іу": ("rom", 4)}
    out |= {
        "числах": ("chis", "plural"),
        "чисел": ("chis", "plural"),
        "дни": ("day", "plural"),
        "дням": ("day", "plural"),
        "гг": ("g", "plural"),
    }
    out |= {"годы": ("g", "plural"), "годов": ("g", "plural"), "годах": ("g", "plural")}
    out |= {"завтрашнего": ("relday", 1), "сегодняшнего": ("relday", 0), "сегодняшний": ("relday", 0)}
    out |= {
        "месяцам": ("w", None),
        "кварталов": ("q", "plural"),
        "полугодиям": ("h", "dative"),
        "кварталам": ("q", "dative"),
    }
    out |= {"каникулярное": ("vac", None), "каникулярный": ("vac", None), "каникулярные": ("vac", None)}
    return out


def lexicon() -> dict[str, Entry]:
    """Every known word form → (kind as a tape character, value)."""
    out: dict[str, Entry] = {}
    for part in (_terms(), _numbers(), _attributes()):
        out |= part
    for kind, line in SIMPLE.items():
        out |= dict.fromkeys(line.split(), (kind, None))
    for part in (_calendar_words(), _phrasal()):
        out |= part
    return {word: (SYMBOL[kind], value) for word, (kind, value) in out.items()}
