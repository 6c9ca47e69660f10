"""The markup in which the sample documents are written.

A source file is a head of ``key: value`` lines, a line ``---``, and the body, one block a line:

    text            a paragraph              ^text   centred         ^^text  centred and bold
    !text           a bold paragraph         >text   to the right    =a || b  both ends of one line
    #list NAME      begin an automatic list (see ``docx_file.SCHEMES``) from 1; ``#list NAME +`` resumes the last one
    #1 text         automatic item of level 1 (#2, #3: deeper); the number is not in the text
    |a|b|c          row of a ruled table     %5 60 35  widths of its columns in percent
    :a || b         row of a two-column table without rules
    ~               page break               (empty)  an empty line

``\\n`` inside a line is a line break within the paragraph, ``\\t`` a tab, ``**…**`` bold.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"
PREFIXES = {"^^": "title", "^": "centre", "!": "label", ">": "right", "=": "ends",
            ":": "columns", "|": "row", "%": "widths"}


@dataclass(frozen=True)
class Block:
    """One line of markup: what it is, its text or its cells, and the level of a list item."""

    kind: str
    text: str = ""
    cells: tuple[str, ...] = ()
    level: int = 0


@dataclass(frozen=True)
class Document:
    """A parsed source file."""

    meta: dict[str, str]
    blocks: tuple[Block, ...]

    @property
    def path(self) -> Path:
        """Where the built file goes, relative to the archive."""
        return Path(self.meta["path"])

    @property
    def stem(self) -> str:
        """The file name up to the first dot: the name of its gold file."""
        return self.path.name.split(".")[0]

    @cached_property
    def plain(self) -> str:
        """The text of the document without markup, a line per paragraph or cell."""
        blocks = (block for block in self.blocks if block.kind not in ("list", "widths"))
        return "\n".join(plain(line) for block in blocks for line in block.cells or (block.text,))


def plain(text: str) -> str:
    """A line of markup as bare text."""
    return text.replace("**", "").replace("\\n", "\n").replace("\\t", "\t")


def parse(path: Path) -> Document:
    """Read one source file."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    meta = dict(line.split(": ", 1) for line in head.splitlines())
    return Document(meta, tuple(parse_line(line) for line in body.rstrip("\n").split("\n")))


def parse_line(line: str) -> Block:
    """Read one line of the body."""
    if not line.strip():
        return Block("blank")
    if line == "~":
        return Block("page")
    if line.startswith("#list "):
        return Block("list", line.removeprefix("#list "))
    if line.startswith("#"):
        return Block("item", line[3:], level=int(line[1]))
    kind = next((kind for prefix, kind in PREFIXES.items() if line.startswith(prefix)), "paragraph")
    if kind == "paragraph":
        return Block(kind, line)
    return with_cells(kind, line[2 if kind == "title" else 1 :])


def with_cells(kind: str, text: str) -> Block:
    """A prefixed block: cells for tables and two-ended lines, text for the rest."""
    if kind == "row":
        return Block(kind, cells=tuple(text.split("|")))
    if kind in ("ends", "columns"):
        return Block(kind, cells=tuple(part.strip() for part in text.split("||")))
    return Block(kind, text)


def documents() -> list[Document]:
    """All sample documents, in the order of their source files."""
    return [parse(path) for path in sorted(SOURCES.glob("*.txt"))]
