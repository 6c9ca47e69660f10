"""Random numbered lists as DOCX: a seed makes a document whose paragraphs hold a marker each, «[007]».

They are read by LibreOffice too, and what Word shows is what counts. Where LibreOffice 7.4 was seen to print something
else, the generator keeps away, and says so in the function that does. Further it keeps away from

* levels that no list defines: LibreOffice prints «1.» for them, we nothing;
* a style that says nothing of lists and is named by a level alone: LibreOffice gives it no number;
* a style that names a list while a level of this list, not the first, names the style: LibreOffice takes the first
  level, ECMA-376 (17.3.1.19) the one that names it;
* texts that name a number twice or one of a deeper level: LibreOffice prints «1.%1%.» and «1.%2%.».
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.test_readers_docx import in_list, num, part, r, start, zipped

LEVELS = 4  # all defined
FORMS = (
    "decimal", "decimal", "decimal", "decimalZero", "russianLower", "russianUpper", "upperRoman", "lowerRoman",
    "lowerLetter", "upperLetter",
)  # fmt: skip
BULLETS = (("\uf0b7", "Symbol"), ("–", "Times New Roman"), ("-", "Times New Roman"), ("o", "Courier New"), ("\uf0a7", "Wingdings"))
KINDS = ("outline", "outline", "mixed", "simple")
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CHANGE = 'w:id="{}" w:author="А" w:date="2024-01-01T00:00:00Z"'


@dataclass(frozen=True, slots=True)
class Case:
    """One document: as our reader gets it, as the oracle gets it, and the markers in it."""

    seed: int
    ours: bytes
    oracle: bytes
    markers: tuple[str, ...]


@dataclass
class Body:
    """Blocks of the document.

    The oracle's have all changes accepted and no hidden paragraphs: LibreOffice exports them to text, and counts them.
    """

    ours: list[str] = field(default_factory=list)
    oracle: list[str] = field(default_factory=list)

    def add(self, ours: str, oracle: str | None = None) -> None:
        """A block, and what it comes to when the changes are accepted."""
        self.ours.append(ours)
        self.oracle.append(ours if oracle is None else oracle)


def case(seed: int) -> Case:
    """The document of a seed."""
    maker = _Maker(seed)
    numbering, styles = maker.numbering(), maker.styles()
    body = maker.body()
    ours, oracle = (_package(numbering, styles, "".join(blocks)) for blocks in (body.ours, body.oracle))
    return Case(seed, ours, oracle, tuple(maker.markers))


def _package(numbering: str, styles: str, body: str) -> bytes:
    """A complete DOCX: LibreOffice opens none without a list of content types."""
    parts = {"document": f"<w:body>{body}<w:sectPr/></w:body>", "styles": styles, "numbering": numbering}
    kinds = parts.keys() - {"document"}
    types = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += f'<Override PartName="/word/document.xml" ContentType="{TYPE.format("document.main")}"/>'
    types += "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{TYPE.format(kind)}"/>' for kind in sorted(kinds))
    main = f'<Relationship Id="a" Type="{RELATION}/officeDocument" Target="word/document.xml"/>'
    links = "".join(f'<Relationship Id="{kind}" Type="{RELATION}/{kind}" Target="{kind}.xml"/>' for kind in sorted(kinds))
    rels = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
            "_rels/.rels": rels.format(main),
            "word/_rels/document.xml.rels": rels.format(links),
            **{f"word/{kind}.xml": part(kind, inner) for kind, inner in parts.items()},
        }
    )


class _Maker:
    """Throws the dice for one document."""

    def __init__(self, seed: int) -> None:
        self.markers: list[str] = []
        self._dice = random.Random(seed)
        self._kinds: dict[int, str] = {}
        self._abstract_of: dict[int, int] = {}
        self._nums: list[int] = []
        self._starts: dict[tuple[int, int], int] = {}
        self._once: list[tuple[int, int]] = []
        self._styles: dict[str, tuple[int, int]] = {}
        self._linked: list[int] = []
        self._at = (1, 0)
        self._changes = 0

    def _chance(self, probability: float) -> bool:
        return self._dice.random() < probability

    # The lists ----------------------------------------------------------------------------------------------------

    def numbering(self) -> str:
        """Abstract lists, then their instances: LibreOffice wants them in this order."""
        abstracts, nums = "", ""
        for key in range(self._dice.randint(1, 3)):
            self._kinds[key] = self._dice.choice(KINDS)
            first = self._num(key)
            abstracts += self._abstract(key, first)
            nums += num(first, key)
            nums += "".join(num(self._num(key), key, *self._overrides(key)) for _ in range(self._dice.randint(0, 2)))
            if self._chance(0.4):
                nums += self._used_once(key)
        if self._chance(0.35):
            if not self._linked or self._chance(0.3):
                self._linked.append(self._dice.choice(self._nums))
            of = self._dice.choice(self._linked)
            abstracts += f'<w:abstractNum w:abstractNumId="90"><w:numStyleLink w:val="L{of}"/></w:abstractNum>'
            nums += num(self._num(self._abstract_of[of]), 90)
        return abstracts + nums

    def _num(self, key: int) -> int:
        self._abstract_of[len(self._abstract_of) + 1] = key
        self._nums.append(len(self._abstract_of))
        return self._nums[-1]

    def _used_once(self, key: int) -> str:
        """An override of a deeper level, for one stretch of text.

        ECMA-376 lets it hold whenever the level begins anew, LibreOffice 7.4 forgets it after the first
        time: `1. 1.4. 2.` goes on with `2.1.` there. So such a level never begins anew here.
        """
        of, level = self._num(key), self._dice.randrange(1, LEVELS)
        self._once.append((self._nums.pop(), level))
        return num(of, key, start(level, self._dice.choice((1, 2, 4, 7))))

    def _abstract(self, key: int, first: int) -> str:
        inner = '<w:multiLevelType w:val="multilevel"/>'
        if self._chance(0.2):
            self._linked.append(first)
            inner += f'<w:styleLink w:val="L{first}"/>'
        inner += "".join(self._level(key, i, self._back_link(first, i)) for i in range(LEVELS))
        return f'<w:abstractNum w:abstractNumId="{key}">{inner}</w:abstractNum>'

    def _back_link(self, of: int, level: int) -> str:
        if not self._chance(0.15):
            return ""
        name = f"B{len(self._styles)}"
        self._styles[name] = (of, level)
        return f'<w:pStyle w:val="{name}"/>'

    def _level(self, key: int, index: int, link: str = "", begin: int | None = None) -> str:
        """A level of a list.

        `lvlRestart` says what goes without saying and `isLgl` stands where all numbers are Arabic: LibreOffice 7.4
        reads neither (with `isLgl` it printed `II.1` for `2.1`, and it began anew in spite of `lvlRestart` 0).
        """
        form, text, look = self._shape(self._kinds[key], index)
        begin = self._begin(form) if begin is None else begin
        self._starts[key, index] = begin
        extra = f'<w:lvlRestart w:val="{index}"/>' if index and self._chance(0.1) else ""
        extra += link
        extra += "<w:isLgl/>" if self._kinds[key] == "outline" and self._chance(0.1) else ""
        extra += f'<w:suff w:val="{self._dice.choice(("tab", "space", "nothing"))}"/>' if self._chance(0.3) else ""
        return (
            f'<w:lvl w:ilvl="{index}"><w:start w:val="{begin}"/><w:numFmt w:val="{form}"/>{extra}'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>{look}</w:lvl>'
        )

    def _begin(self, form: str) -> int:
        """Mostly 1.

        LibreOffice 7.4 prints `0` for `00` of `decimalZero` and for a bullet that a deeper level names; and after the
        Russian «я», «аа» it goes on with «аб» where Word doubles the letter: «бб».
        """
        others = [2, 3] if form.startswith("russian") else [2, 3, 5, 9, 28]
        others += [0] * (form not in ("decimalZero", "bullet"))
        return 1 if self._chance(0.75) else self._dice.choice(others)

    def _shape(self, kind: str, index: int) -> tuple[str, str, str]:
        """Format, text and font of a level.

        No text names a level of the format `none`: of `%1.%2.` LibreOffice 7.4 drops the first full stop too.
        """
        own = f"%{index + 1}"
        if kind == "outline":
            return "decimal", ".".join(f"%{i + 1}" for i in range(index + 1)) + self._dice.choice(("", ".", ".", ")")), ""
        if self._chance(0.3 if kind == "simple" else 0.1):
            sign, font = self._dice.choice(BULLETS)
            return "bullet", sign, f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
        if kind == "simple" and self._chance(0.1):
            return "none", self._dice.choice(("", "—", "Примечание")), ""
        texts = [f"{own}.", f"{own})", f"({own})", own, f"§ {own}", f"Вопрос {own}.", "", f"{own}. ", "—"]
        if kind == "mixed" and index:
            upper = f"%{self._dice.randint(1, index)}"
            texts += [f"{upper}.{own}.", f"{upper}-{own}", f"{upper}.{own}"] * 2
        return self._dice.choice(FORMS), self._dice.choice(texts), ""

    def _overrides(self, key: int) -> Iterator[str]:
        """A new start for the first level, and other levels altogether.

        One `startOverride` for a list: LibreOffice 7.4 obeys the first that it meets and no more (a comment in its
        `DomainMapper_Impl.cxx` says that this is not sufficient). A level in the middle keeps its start: passed over,
        it shows in LibreOffice the start of the list that the item above belongs to, not that of its own list.
        """
        for level in range(LEVELS):
            new = f'<w:startOverride w:val="{self._dice.choice((1, 1, 2, 4, 7))}"/>'
            new = new if level == 0 and self._chance(0.4) else ""
            begin = self._starts[key, level] if 0 < level < LEVELS - 1 else None
            new += self._level(key, level, begin=begin) if self._chance(0.1) else ""
            if new:
                yield f'<w:lvlOverride w:ilvl="{level}">{new}</w:lvlOverride>'

    # Styles -------------------------------------------------------------------------------------------------------

    def styles(self) -> str:
        """Paragraph styles with lists, based on each other, and the styles of lists."""
        found = '<w:style w:type="paragraph" w:styleId="N" w:default="1"><w:name w:val="Normal"/></w:style>'
        for of in dict.fromkeys(self._linked):
            found += f'<w:style w:type="numbering" w:styleId="L{of}"><w:name w:val="L{of}"/>{in_list(of)}</w:style>'
        for name, (of, level) in self._styles.items():
            found += _style(name, "N", in_list(of, level or None))
        for _ in range(self._dice.randint(0, 5)):
            found += self._new_style(f"S{len(self._styles)}")
        return found

    def _new_style(self, name: str) -> str:
        """A style with a list, or one based on such a style: the same, another level, another list, none.

        Two styles never name the same level of a list: LibreOffice 7.4 leaves the second of them without numbers.
        """
        base = self._dice.choice([*self._styles, ""])
        of, level = self._styles.get(base, (0, 0))
        change = self._dice.choice(("same", "level", "list", "none")) if of else "both"
        if change in ("level", "both"):
            level = self._dice.randrange(LEVELS)
        if change in ("list", "both"):
            of = self._dice.choice(self._nums)
        if change == "none" or (change != "same" and self._is_taken(of, level)):
            change, of = "none", 0
        self._styles[name] = (of, level)
        own = {"level": in_list(None, level), "list": in_list(of), "both": in_list(of, level), "none": in_list(0)}
        return _style(name, base or "N", own.get(change, ""))

    def _is_taken(self, of: int, level: int) -> bool:
        key = self._abstract_of[of]
        return any(other and (self._abstract_of[other], at) == (key, level) for other, at in self._styles.values())

    # Text ---------------------------------------------------------------------------------------------------------

    def body(self) -> Body:
        """Some twenty paragraphs, a few in tables."""
        body = Body()
        self._at = (self._dice.choice(self._nums), 0)
        for _ in range(self._dice.randint(14, 24)):
            if self._chance(0.06):
                self._table(body)
            else:
                self._block(body)
        self._plain(body)
        return body

    def _table(self, body: Body) -> None:
        rows = Body()
        for _ in range(self._dice.randint(1, 3)):
            rows.add("<w:tr>")
            for _ in range(2):
                rows.add("<w:tc><w:tcPr/>")
                if self._chance(0.3):
                    self._block(rows)
                elif self._chance(0.05):
                    self._table(rows)
                self._numbered(rows)
                rows.add("</w:tc>")
            rows.add("</w:tr>")
        grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
        body.add(*(f"<w:tbl>{grid}{''.join(blocks)}</w:tbl>" for blocks in (rows.ours, rows.oracle)))

    def _block(self, body: Body) -> None:
        kinds = (self._numbered, self._styled, self._plain, self._changed, self._tracked, self._empty, self._stretch)
        self._dice.choices(kinds, (58, 18, 8, 4, 7, 3, 5))[0](body)

    def _place(self) -> str:
        """The next item goes on, goes deeper or comes back; now and then another list."""
        of, level = self._at
        if self._chance(0.15):
            of = self._dice.choice(self._nums)
        step = self._dice.choices((0, 1, 2, -1, -2, -3), (45, 20, 4, 20, 7, 4))[0]
        self._at = (of, min(max(level + step, 0), LEVELS - 1))
        return _num_pr(*self._at)

    def _text(self) -> str:
        self.markers.append(f"[{len(self.markers):03}]")
        return self.markers[-1]

    def _change(self) -> str:
        self._changes += 1
        return CHANGE.format(self._changes)

    def _numbered(self, body: Body) -> None:
        block = _paragraph(r(self._text()), place=self._place())
        if self._chance(0.06):
            block = f"<w:sdt><w:sdtPr/><w:sdtContent>{block}</w:sdtContent></w:sdt>"
        body.add(block)

    def _plain(self, body: Body) -> None:
        place = _num_pr(0, 0) if self._chance(0.2) else ""
        body.add(_paragraph(r(self._text()), place=place))

    def _stretch(self, body: Body) -> None:
        """All items of a list that is used once: none of them lies above the level that begins with its own number."""
        of, level = self._once.pop() if self._once else (self._nums[0], 0)
        for _ in range(self._dice.randint(1, 4)):
            body.add(_paragraph(r(self._text()), place=_num_pr(of, level)))
            if self._chance(0.3):
                body.add(_paragraph(r(self._text()), place=_num_pr(of, min(level + 1, LEVELS - 1))))

    def _styled(self, body: Body) -> None:
        """A paragraph of a style: as the style says, without its list, in another one, or at another level."""
        if not self._styles:
            self._numbered(body)
            return
        change = self._dice.choices(("", "none", "list", "level"), (75, 8, 9, 8))[0]
        own = {
            "none": lambda: _num_pr(0, None),
            "list": self._place,
            "level": lambda: _num_pr(None, self._dice.randrange(LEVELS)),
        }
        place = own[change]() if change else ""
        body.add(_paragraph(r(self._text()), self._dice.choice([*self._styles]), place))

    def _empty(self, body: Body) -> None:
        body.add(_paragraph("", place=self._place()))

    def _changed(self, body: Body) -> None:
        """A paragraph whose list was changed with tracking: the old one counts no more."""
        old = f"<w:pPrChange {self._change()}><w:pPr>{_num_pr(self._dice.choice(self._nums), 0)}</w:pPr></w:pPrChange>"
        place = self._place() if self._chance(0.5) else ""
        body.add(_paragraph(r(self._text()), place=place, change=old))

    def _tracked(self, body: Body) -> None:
        """A paragraph that was inserted, deleted, hidden, or joined with the next one."""
        kind = self._dice.choice(("ins", "moveTo", "del", "moveFrom", "vanish", "joined"))
        place, change = self._place(), self._change()
        if kind in ("ins", "moveTo"):
            run = f"<w:{kind} {self._change()}>{r(self._text())}</w:{kind}>"
            body.add(_paragraph(run, place=place, mark=f"<w:{kind} {change}/>"))
        elif kind == "vanish":
            body.add(_paragraph(r("нет", "<w:vanish/>"), place=place, mark="<w:vanish/>"), "")
        elif kind == "joined":
            first, second, after = r(self._text()), r(self._text()), self._place()
            ours = _paragraph(first, place=place, mark=f"<w:del {change}/>") + _paragraph(second, place=after)
            body.add(ours, _paragraph(first + second, place=after))
        else:
            text = "delText" if kind == "del" else "t"
            run = f"<w:{kind} {self._change()}><w:r><w:{text}>нет</w:{text}></w:r></w:{kind}>"
            body.add(_paragraph(run, place=place, mark=f"<w:{kind} {change}/>"), "")
            self._numbered(body)  # the end mark that is gone lets nothing flow out of its cell


def _style(name: str, base: str, inner: str) -> str:
    named = f'<w:name w:val="{name}"/><w:basedOn w:val="{base}"/>'
    return f'<w:style w:type="paragraph" w:styleId="{name}">{named}{inner}</w:style>'


def _num_pr(of: int | None, level: int | None) -> str:
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    listed = "" if of is None else f'<w:numId w:val="{of}"/>'
    return f"<w:numPr>{at}{listed}</w:numPr>"


def _paragraph(runs: str, style: str = "", place: str = "", mark: str = "", change: str = "") -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    marked = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{styled}{place}{marked}{change}</w:pPr>{runs}</w:p>"
