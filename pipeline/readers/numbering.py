"""What Word computes and does not store: styles inherited from styles, and the automatic numbers of lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement as Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL: Final = W + "val"
_MAX_CHAIN: Final = 32
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщыэюя"
"""Word numbers with 29 letters: without ё, й, ъ and ь."""
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SYMBOL_FONTS: Final = ("symbol", "wingdings", "webdings")
_SYMBOL_DASHES: Final = frozenset({0x2D, 0xBE})
_ROUND_BULLETS: Final = "o·•‣§¨"
"""Signs that stand for a bullet in any font: «o» of Courier New is Word's hollow circle."""


def number(element: Element | None, default: int) -> int:
    """The number in `w:val`: `<w:ilvl w:val="1"/>` → 1; damaged or missing → the default."""
    value = "" if element is None else element.get(VAL, "")
    return int(value) if _NUMBER.fullmatch(value) else default


def toggle(element: Element | None) -> bool | None:
    """An on/off property: `<w:b/>` → True, `<w:b w:val="0"/>` → False, missing → None."""
    return None if element is None else element.get(VAL, "1") not in ("0", "false", "off")


def _value(parent: Element | None, tag: str) -> str | None:
    found = None if parent is None else parent.find(W + tag)
    return None if found is None else found.get(VAL)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph or character style; None where it says nothing itself."""

    name: str | None = None
    num_id: str | None = None
    level: int | None = None
    is_bold: bool | None = None
    is_hidden: bool | None = None
    is_centered: bool | None = None

    def over(self, base: Style) -> Style:
        """This style with the gaps filled from the one it is based on; a list and its level are two properties."""
        return Style(
            self.name,
            self.num_id or base.num_id,
            base.level if self.level is None else self.level,
            base.is_bold if self.is_bold is None else self.is_bold,
            base.is_hidden if self.is_hidden is None else self.is_hidden,
            base.is_centered if self.is_centered is None else self.is_centered,
        )


def list_place(properties: Element | None) -> tuple[str | None, int | None]:
    """The `numPr` of a paragraph or style: list 5, level 1 → ("5", 1); a tracked old one in `pPrChange` is no child."""
    place = None if properties is None else properties.find(W + "numPr")
    if place is None:
        return None, None
    level = place.find(W + "ilvl")
    return _value(place, "numId"), None if level is None else number(level, 0)


def centered(properties: Element | None) -> bool | None:
    """Whether a paragraph says that it is centred: «ПРОТОКОЛ» in the middle of the line."""
    alignment = _value(properties, "jc")
    return None if alignment is None else alignment == "center"


class Styles:
    """The styles of a document, each resolved along `basedOn` when it is first asked for: most never are."""

    def __init__(self, root: Element | None) -> None:
        styles = () if root is None else root.iterchildren(W + "style")
        self._elements: dict[str, Element] = {style.get(W + "styleId", ""): style for style in styles}
        self._default = next((name for name, style in self._elements.items() if _is_default(style)), None)
        self._base = Style()
        defaults = None if root is None else root.find(W + "docDefaults")
        if defaults is not None:
            self._base = _style(defaults.find(f"{W}pPrDefault/{W}pPr"), defaults.find(f"{W}rPrDefault/{W}rPr"))
        self._resolved: dict[str | None, Style] = {}
        self._paragraphs: dict[str | None, Style] = {}

    def paragraph(self, name: str | None) -> Style:
        """The whole look of a paragraph style: «Заголовок 1», based on «Обычный»; unknown → the default style."""
        known = name if name in self._elements else self._default
        if known not in self._paragraphs:
            self._paragraphs[known] = self.character(known).over(self._base)
        return self._paragraphs[known]

    def character(self, name: str | None) -> Style:
        """A style with what it inherits from other styles only: «Строгий» is bold."""
        if name not in self._resolved:
            self._resolved[name] = self._chain(name)
        return self._resolved[name]

    def _chain(self, name: str | None) -> Style:
        style, length = Style(name), 0
        while name in self._elements and length < _MAX_CHAIN:
            element = self._elements[name]
            own = _style(element.find(W + "pPr"), element.find(W + "rPr"))
            style = style.over(own)
            name, length = _value(element, "basedOn"), length + 1
        return style


def _is_default(style: Element) -> bool:
    return style.get(W + "default") in ("1", "true", "on") and style.get(W + "type") == "paragraph"


def _style(paragraph: Element | None, run: Element | None) -> Style:
    """What a style says itself."""
    num_id, level = list_place(paragraph)
    bold = None if run is None else toggle(run.find(W + "b"))
    hidden = None if run is None else toggle(run.find(W + "vanish"))
    return Style(None, num_id, level, bold, hidden, centered(paragraph))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what it prints."""

    start: int
    form: str
    text: str
    font: str
    width: int
    is_legal: bool
    restart: int | None
    style: str | None

    def restarts_after(self, used: int) -> bool:
        """Whether an item of a shallower level begins this one anew; `lvlRestart` counts levels from 1, 0 is never."""
        return self.restart is None or used < self.restart


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """A `w:num`: the list whose counters it shares, its levels, and where it makes them start."""

    shared: str
    levels: dict[int, Level]
    starts: dict[int, int]

    def start(self, level: int) -> int:
        """Where a level begins: `startOverride` 5 → 5, also when it begins anew."""
        return self.starts.get(level, self.levels[level].start)

    def level_of(self, style: str | None) -> int | None:
        """The level that names a style as its own."""
        return next((i for i, level in self.levels.items() if style and level.style == style), None)


def _by_id(root: Element | None, tag: str, key: str) -> dict[str, Element]:
    return {} if root is None else {child.get(W + key, ""): child for child in root.iterchildren(W + tag)}


class Numbering:
    """The lists of a document, read from `numbering.xml`."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._abstract = _by_id(root, "abstractNum", "abstractNumId")
        nums = _by_id(root, "num", "numId")
        self._shared = {num_id: self._source(num, nums, styles) for num_id, num in nums.items()}
        self._levels = {key: dict(_levels(element)) for key, element in self._abstract.items()}
        self._lists = {num_id: self._list(num, self._shared[num_id]) for num_id, num in nums.items()}
        self._links: dict[str, tuple[str, int]] = {}
        for num_id, definition in self._lists.items():
            for index, level in definition.levels.items():
                if level.style:
                    self._links.setdefault(level.style, (num_id, index))

    def _source(self, num: Element, nums: dict[str, Element], styles: Styles) -> str:
        """The abstract list behind a `w:num`; a `numStyleLink` leads to the list of that style."""
        key = _value(num, "abstractNumId") or ""
        link = _value(self._abstract.get(key), "numStyleLink")
        if link is None:
            return key
        owner = next((other for other, e in self._abstract.items() if _value(e, "styleLink") == link), None)
        if owner is not None:
            return owner
        return _value(nums.get(styles.character(link).num_id or ""), "abstractNumId") or key

    def _list(self, num: Element, shared: str) -> ListDefinition:
        levels, starts = dict(self._levels.get(shared, {})), {}
        for override in num.iter(W + "lvlOverride"):
            index = override.get(W + "ilvl", "")
            start = override.find(W + "startOverride")
            levels |= {int(index): level for _, level in _levels(override, index)}
            if start is not None and index.isdecimal() and int(index) in levels:
                starts[int(index)] = number(start, 1)
        return ListDefinition(shared, levels, starts)

    def place(self, properties: Element | None, style: Style) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, its style's, or of the level that names its style."""
        num_id, level = list_place(properties)
        if num_id is None:
            num_id = style.num_id
        if num_id is None:
            link = self._links.get(style.name or "")
            return link if link is None or level is None else (link[0], level)
        definition = self._lists.get(num_id)
        if definition is None or num_id == "0":
            return None
        if level is None:
            level = definition.level_of(style.name)
        return num_id, (style.level or 0) if level is None else level

    def counter(self) -> Counter:
        """Fresh counters: the body, each header and each note count for themselves."""
        return Counter(self._lists)


class Counter:
    """The running numbers of all lists; nums of one abstract list count together."""

    def __init__(self, lists: dict[str, ListDefinition]) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, num_id: str, level: int) -> str | None:
        """Count one more item and print its number: «2.1.»; None where the level prints nothing."""
        definition = self._lists[num_id]
        if level not in definition.levels:
            return None
        counts = self._counts.setdefault(definition.shared, {})
        is_override = level in definition.starts and (num_id, level) not in self._begun
        self._begun.add((num_id, level))
        is_first = is_override or level not in counts
        counts[level] = definition.start(level) if is_first else counts[level] + 1
        for upper in [i for i in definition.levels if i < level]:  # Word counts a level that was passed over
            counts.setdefault(upper, definition.levels[upper].start)
        for deeper in [i for i in counts if i > level]:
            if deeper not in definition.levels or definition.levels[deeper].restarts_after(level):
                del counts[deeper]
        return " ".join(_printed(definition, level, counts).split()) or None


def _printed(definition: ListDefinition, index: int, counts: dict[int, int]) -> str:
    level = definition.levels[index]
    if level.form == "bullet":
        return bullet(level.text, level.font)

    def value(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        if at > index or at not in definition.levels:
            return ""
        shown = definition.levels[at]
        if level.is_legal:
            shown = replace(shown, form="decimal", width=0)
        return formatted(counts[at], shown.form, shown.width)

    return _PLACEHOLDER.sub(value, level.text)


def _levels(parent: Element, index: str | None = None) -> Iterator[tuple[int, Level]]:
    for element in parent.iterchildren(W + "lvl"):
        at = element.get(W + "ilvl", "") if index is None else index
        if at in "012345678" and len(at) == 1:
            yield int(at), _level(element)


def _level(element: Element) -> Level:
    form, width = _format(element)
    fonts = element.find(f"{W}rPr/{W}rFonts")
    restart = element.find(W + "lvlRestart")
    is_picture = element.find(W + "lvlPicBulletId") is not None
    return Level(
        start=number(element.find(W + "start"), 0),
        form="bullet" if is_picture else form,
        text="•" if is_picture else _value(element, "lvlText") or "",
        font="" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "",
        width=width,
        is_legal=bool(toggle(element.find(W + "isLgl"))),
        restart=None if restart is None else number(restart, 0),
        style=_value(element, "pStyle"),
    )


def _format(level: Element) -> tuple[str, int]:
    """The number format and its least width; new ones («001, 002, …») hide in an `mc:Choice` before a fallback."""
    found = next(level.iter(W + "numFmt"), None)
    if found is None:
        return "decimal", 0
    form = found.get(VAL, "decimal")
    if form == "custom":
        return "decimal", min(len(found.get(W + "format", "").split(",")[0].strip()), 5)
    return form, 2 if form == "decimalZero" else 0


def bullet(text: str, font: str) -> str:
    """A bullet as it looks: a dash of Symbol → «–», a box of Wingdings → «•», «-» of Times stays «-»."""
    text = text.strip()
    if len(text) != 1:
        return text
    code = ord(text)
    if font.lower().startswith(_SYMBOL_FONTS) or 0xE000 <= code <= 0xF8FF:
        return "–" if code & 0xFF in _SYMBOL_DASHES or text in "–—−" else "•"
    return "•" if text in _ROUND_BULLETS or code >= 0x2300 or 0x2190 <= code <= 0x21FF else text


def formatted(value: int, form: str, width: int = 0) -> str:
    """A number in one of Word's formats: 4, «russianLower» → «г»; 4, «upperRoman» → «IV»."""
    return _FORMS[form](value) if form in _FORMS else str(value).zfill(width)


def _letters(value: int, alphabet: str) -> str:
    """After the last letter they are doubled: «я», «аа», «бб»; Word stops at thirty alphabets."""
    if not 0 < value <= 30 * len(alphabet):
        return str(value)
    repeats, at = divmod(value - 1, len(alphabet))
    return alphabet[at] * (repeats + 1)


def _roman(value: int) -> str:
    if not 0 < value <= 32767:
        return str(value)
    text = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        text += sign * count
    return text


_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "russianLower": lambda value: _letters(value, _RUSSIAN),
    "russianUpper": lambda value: _letters(value, _RUSSIAN.upper()),
    "lowerLetter": lambda value: _letters(value, _LATIN),
    "upperLetter": lambda value: _letters(value, _LATIN.upper()),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "ordinal": lambda value: f"{value}-й",
    "numberInDash": lambda value: f"- {value} -",
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalEnclosedFullstop": lambda value: f"{value}.",
    "decimalEnclosedCircle": lambda value: chr(0x245F + value) if 0 < value <= 20 else str(value),
    "hex": lambda value: f"{value:X}",
    "chicago": lambda value: _letters(value, "*†‡§"),
}
