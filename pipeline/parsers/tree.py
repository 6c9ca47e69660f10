"""Entries → the decision tree: numbered goals with their items, lead-ins with what they govern."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.labels import Label
from pipeline.markers import is_decision_like
from pipeline.model import Source
from pipeline.parsers.entries import Entry


@dataclass
class Node:
    """An entry in the tree; `lead_in` governs it from above its list, `parent` from within the list."""

    entry: Entry
    parent: Node | None
    lead_in: Entry | None
    path: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def is_leaf(self) -> bool:
        """Whether the node is a commitment of its own."""
        return not self.children


def build_tree(source: Source, entries: list[Entry]) -> list[Node]:
    """The nodes in document order: «1. Цель: – а; – б» gives 1 and its leaves 1/1 and 1/2."""
    nodes: list[Node] = []
    stack: list[tuple[Label, Node]] = []
    lead_in: Entry | None = None
    counts: dict[str, int] = {}
    for entry in entries:
        if entry.is_lead_in:
            lead_in, stack = entry, []
            continue
        stack = _ancestors(stack, entry.label) if entry.label else []
        parent = stack[-1][1] if stack else None
        node = Node(entry, parent, lead_in)
        prefix = parent.path if parent else ""
        counts[prefix] = counts.get(prefix, 0) + 1
        node.path = f"{prefix}/{counts[prefix]}".lstrip("/")
        if parent:
            parent.children.append(node)
        if entry.label is not None:
            stack.append((entry.label, node))
        nodes.append(node)
    return _settle(source, nodes)


def _ancestors(stack: list[tuple[Label, Node]], label: Label) -> list[tuple[Label, Node]]:
    """The open items above a label: its number's prefix («2» above «2.1»), else the items of other systems."""
    if label.system in ("decimal", "paren") and len(label.numbers) > 1:
        return [(above, node) for above, node in stack if _is_prefix(above.numbers, label.numbers)]
    for depth, (above, _) in enumerate(stack):
        if above.system == label.system and len(above.numbers) >= len(label.numbers):
            return stack[:depth]
    return stack


def _is_prefix(above: tuple[int, ...], numbers: tuple[int, ...]) -> bool:
    return 0 < len(above) < len(numbers) and numbers[: len(above)] == above


_LISTS_OBJECTS = re.compile(
    r"(?:состав[еа]?|следующ\w+\s+(?!мер|мероприят|действ|задач|поручен|работ)\w+|в\s+том\s+числе|"
    r"а\s+именно|документ\w*|"
    r"кандидатур\w*|вопрос\w*|направления\w*|повестк\w*|критери\w*|показател\w*)[^:]{0,60}:\s*$",
    re.IGNORECASE,
)


def _settle(source: Source, nodes: list[Node]) -> list[Node]:
    """Give each parent its due: a goal stays a node, an enumeration melts into it, a whole sentence is a leaf."""
    dropped: set[int] = set()
    for node in nodes:
        if not node.children or id(node) in dropped:
            continue
        if _is_enumeration(source, node):
            for child in node.children:
                node.entry.main += child.entry.main
                node.entry.clauses += child.entry.clauses
                dropped.update(id(n) for n in _below(child))
            node.children = []
        elif _stands_alone(source, node):
            for child in node.children:
                child.parent = None
                child.lead_in = node.lead_in
            node.children = []
    return [n for n in nodes if id(n) not in dropped]


def _below(node: Node) -> list[Node]:
    return [node] + [n for child in node.children for n in _below(child)]


def _is_enumeration(source: Source, node: Node) -> bool:
    """Items without a verb or clause of their own under a verb with its object: «документы: – а; – б»."""
    text = node.entry.text(source)
    leaves = [n for child in node.children for n in _below(child)]
    if any(is_decision_like(n.entry.text(source)) for n in leaves):
        return False
    if _LISTS_OBJECTS.search(text):
        return True
    return is_decision_like(text) and not any(n.entry.clauses for n in leaves[:-1]) and not _hangs_on_verb(text)


def _hangs_on_verb(text: str) -> bool:
    """«Директорам школ обеспечить:»: what follows is what is to be done."""
    words = re.findall(r"[А-Яа-яЁё-]+", text)
    return bool(words) and is_decision_like(words[-1])


def _stands_alone(source: Source, node: Node) -> bool:
    """A whole sentence with a verb of its own before sub-items: «1. Утвердить план. 1.1. Директорам …»."""
    text = node.entry.text(source)
    if text.rstrip().endswith(":") or not is_decision_like(text):
        return False
    return (
        bool(node.entry.clauses)
        or text.rstrip().endswith((".", ";"))
        or all(is_decision_like(child.entry.text(source)) for child in node.children)
    )
