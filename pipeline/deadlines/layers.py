"""A layer: a table of rules whose matches become one token each."""

from __future__ import annotations

from pipeline.deadlines.dispatch import Dispatch
from pipeline.deadlines.symbols import SYMBOL, Rule, Token, text_of


class Layer:
    """Rules tried together at every place, first row first; what they match becomes one token."""

    def __init__(self, *rules: Rule) -> None:
        self.rules = {f"r{i}": rule for i, rule in enumerate(rules)}
        self.dispatch = Dispatch((key, rule.pattern) for key, rule in self.rules.items())

    def apply(self, tokens: list[Token], line: str) -> tuple[list[Token], str]:
        """The tokens, and their tape, with every match replaced by what it means."""
        starts = self.dispatch.starts
        out: list[Token] = []
        done = end = 0
        for at, kind in enumerate(line):
            if at < end or kind not in starts:
                continue
            found = self.dispatch.match(line, at)
            if found is None or found.lastgroup is None:
                continue
            made = self.rules[found.lastgroup].build(tokens[at : found.end()])
            if made is None:
                continue
            end = found.end()
            out += tokens[done:at]
            if made[0]:
                out.append(Token(SYMBOL[made[0]], made[1], tokens[at].start, tokens[end - 1].end))
            done = end
        if not done:
            return tokens, line
        out += tokens[done:]
        return out, text_of(out)
