"""A web page: its bytes as a tree, what of it is not shown, and which parts are the site around the text.

The rule of readability programs: the core is the element with the most text of its own outside links. Nothing within
the core is doubted but what names itself; around it goes what names itself (a menu, a footer) or is mostly links.
Whatever shows no such sign stays: a menu too much costs less than a decision lost.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element
from lxml.html import HTMLParser, document_fromstring

from pipeline.readers.charset import SINGLE_BYTE, decode
from pipeline.readers.common import ReaderError

_HEAD_BYTES: Final = 4096
_FEW_LETTERS: Final = 50
"""Letters beyond ASCII up to which what a page says of its charset counts more than their frequency."""
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_XML_HEAD: Final = re.compile(r"\s*<\?xml[^>]*>")

_UNSEEN: Final = frozenset({
    "head", "script", "style", "noscript", "template", "title", "meta", "link", "svg", "math", "object", "embed",
    "iframe", "canvas", "audio", "video", "map", "del", "button", "select", "textarea", "input", "datalist",
    "dialog", "colgroup", "xml",
})  # fmt: skip
_AROUND: Final = frozenset({"nav", "aside", "menu", "header", "footer", "form", "search"})
_ROLES: Final = frozenset({
    "navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "alert", "menu",
    "menubar", "toolbar",
})  # fmt: skip
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
# Words in the names of classes and ids: in any place …
_ALIEN: Final = frozenset({
    "nav", "navbar", "navigation", "menu", "submenu", "topmenu", "mainmenu", "leftmenu", "breadcrumb",
    "breadcrumbs", "crumbs", "pathway", "pagination", "pager", "share", "sharing", "social", "socials", "likes",
    "cookie", "cookies", "consent", "gdpr", "popup", "modal", "lightbox", "banner", "banners", "advert", "ads",
    "comments", "related", "counter", "counters", "metrika", "accessibility", "skip", "subscribe",
})  # fmt: skip
# … and around the core only: within it «header» may be the title.
_FRAME: Final = frozenset({
    "header", "footer", "sidebar", "aside", "widget", "widgets", "leftcol", "rightcol", "topbar", "logo", "search",
    "login", "auth", "lang", "language", "copyright", "copy", "feedback", "poll", "calendar", "weather",
})  # fmt: skip
_WORD: Final = re.compile(r"[a-z]+")
_HEADINGS: Final = frozenset({"h1", "h2"})
_SEE_THROUGH: Final = frozenset({
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "small", "big", "sup", "sub", "p", "li", "ul", "ol",
    "dl", "dt", "dd", "blockquote", "pre", "center", "h1", "h2", "h3", "h4", "h5", "h6", "thead", "tbody", "tfoot",
    "tr", "td", "th", "table",
})  # fmt: skip
BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figure", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
})  # fmt: skip
_MAX_ELEMENTS: Final = 300_000
"""A page with a long protocol has some 10,000."""
_MOSTLY_LINKS: Final = 0.5
_LITTLE: Final = 200
_LAYOUT_SHARE: Final = 0.5
_LAYOUT_TEXT: Final = 1000
"""A cell with half of all text, and more than a decision has, is a column of the page."""


def parse_page(data: bytes) -> Element:
    """The tree of a page; its charset is told by its bytes, in a very short one by itself."""
    text = _XML_HEAD.sub("", _text(data), count=1)
    parser = HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root: Element = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReaderError("no_text", "На веб-странице нет текста") from error
    if any("depth" in error.message for error in parser.error_log):  # what follows is missing from the tree
        raise ReaderError("damaged_html", "Веб-страница повреждена: её части вложены друг в друга слишком глубоко")
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        raise ReaderError("too_large", f"На веб-странице больше {_MAX_ELEMENTS} элементов: это не протокол")
    return root


def _text(data: bytes) -> str:
    decoded = decode(data)
    named = _CHARSET.search(data[:_HEAD_BYTES])
    name = named[1].decode().lower().replace("windows-", "cp").replace("ibm", "cp") if named else ""
    if decoded.charset in SINGLE_BYTE and name in SINGLE_BYTE:
        letters = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
        if letters <= _FEW_LETTERS:
            return data.decode(name, "replace")
    return decoded.text


@dataclass(slots=True)
class _Size:
    """The characters of an element, those in links, and those of its own that make it a core."""

    text: int = 0
    links: int = 0
    own: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to pass over (what is not shown, and the site around the text), and the tables that are none."""

    unwanted: frozenset[Element]
    layout: frozenset[Element]


def plan(root: Element) -> Plan:
    """Look the whole page over before it is read: `<nav>` is unwanted, a table around the page is layout."""
    hidden = {element for element in root.iter(etree.Element) if _is_unseen(element)}
    sizes = _sizes(root, hidden)
    core = max(sizes, key=lambda element: sizes[element].own, default=root)
    above, inside = {core, *core.iterancestors()}, set(core.iterdescendants())
    alien = {e for e, size in sizes.items() if e not in above and _is_alien(e, size, e in inside)}
    return Plan(frozenset(hidden | alien), frozenset(_layout_tables(root, sizes)))


def _layout_tables(root: Element, sizes: dict[Element, _Size]) -> Iterator[Element]:
    """Tables that only arrange the page: of one column, with tables inside, or with a cell that holds half the text."""
    outer = {next(table.iterancestors("table"), None) for table in root.iter("table")}
    enough = max(_LAYOUT_SHARE * sizes[root].text, _LAYOUT_TEXT)
    for table in root.iter("table"):
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in _rows(table)]
        is_narrow = max(map(len, rows), default=0) < 2
        is_page = any(sizes[cell].text >= enough for row in rows for cell in row if cell in sizes)
        if is_narrow or is_page or table in outer or table.get("role") == "presentation":
            yield table


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _is_unseen(element: Element) -> bool:
    return (
        element.tag in _UNSEEN
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def _sizes(root: Element, hidden: set[Element]) -> dict[Element, _Size]:
    """The sizes of all visible elements, from the leaves up."""
    sizes: dict[Element, _Size] = defaultdict(_Size)
    walk = etree.iterwalk(root, events=("start", "end"), tag="*")
    for event, element in walk:
        if event == "start":
            if element in hidden:
                walk.skip_subtree()
            continue
        parent = element.getparent()
        if element not in hidden:
            _close(element, sizes)
        if parent is not None:
            sizes[parent].text += len((element.tail or "").strip())
            sizes[parent].own += len((element.tail or "").strip())
    return sizes


def _close(element: Element, sizes: dict[Element, _Size]) -> None:
    """Add what an element holds to its parent: text in paragraphs, lists and tables is the container's own."""
    size, parent = sizes[element], element.getparent()
    text = len((element.text or "").strip())
    size.text += text
    size.own += text
    if element.tag == "a" and element.get("href") is not None:
        size.links, size.own = size.text, 0
    if parent is None:
        return
    sizes[parent].text += size.text
    sizes[parent].links += size.links
    if element.tag in _SEE_THROUGH or not any(child.tag in BLOCKS for child in element):
        sizes[parent].own += size.own
        size.own = 0


def _is_alien(element: Element, size: _Size, is_inside: bool) -> bool:
    """Whether a part of the page is not of the text: a menu, a footer, a request to accept cookies."""
    names = set(_WORD.findall(f"{element.get('class', '')} {element.get('id', '')}".lower()))
    is_linked = size.links >= _MOSTLY_LINKS * size.text
    if element.tag == "nav" or element.get("role") in _ROLES or names & _ALIEN:
        return not is_inside or is_linked or (size.links > 0 and size.text < _LITTLE)
    if is_inside or size.text == 0:
        return False
    if element.tag in _AROUND or names & _FRAME:
        return is_linked or not any(heading.tag in _HEADINGS for heading in element.iter(*_HEADINGS))
    return size.links > 0 and is_linked and element.tag not in ("a", "span")
