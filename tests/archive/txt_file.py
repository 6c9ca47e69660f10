"""TXT files of the sample archive: encodings, line ends and hard wrapping as offices leave them."""

import textwrap

from tests.archive.markup import Block, Document, plain

WIDTH = 75


def build(document: Document) -> bytes:
    """The bytes of a TXT file; ``wrap``, ``encoding`` and ``newline`` come from the head of the source."""
    wrap = int(document.meta.get("wrap", "0"))
    lines = [line for block in document.blocks for line in render(block, wrap)]
    text = "\n".join(lines) + "\n"
    newline = "\r\n" if document.meta.get("newline") == "crlf" else "\n"
    return text.replace("\n", newline).encode(document.meta["encoding"])


def render(block: Block, wrap: int) -> list[str]:
    """The lines of one block."""
    if block.kind == "page":
        return ["\f"]
    if block.kind == "row":
        return ["| " + " | ".join(plain(cell) for cell in block.cells) + " |"]
    if block.kind in ("ends", "columns"):
        left, right = block.cells
        return [both_ends(left, right, wrap or WIDTH)]
    lines = [line for part in plain(block.text).split("\n") for line in wrapped(part.expandtabs(8), wrap)]
    return [placed(line, block.kind, wrap) for line in lines]


def both_ends(left: str, right: str, width: int) -> str:
    """Two parts of a line with a gap between them."""
    return left + " " * max(3, width - len(left) - len(right)) + right


def wrapped(text: str, wrap: int) -> list[str]:
    """A paragraph cut into lines of the given width, or left whole."""
    if not wrap or len(text) <= wrap:
        return [text]
    return textwrap.wrap(text, wrap, break_long_words=False, break_on_hyphens=False)


def placed(line: str, kind: str, wrap: int) -> str:
    """A line put where its block belongs (only in hard-wrapped files)."""
    if wrap and kind in ("title", "centre"):
        return line.center(wrap).rstrip()
    return line.rjust(wrap) if wrap and kind == "right" else line
