"""Deadlines inside the sentences of a decision: found after a label or by form, and the stretch that can be cut out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipeline.deadlines.dates import Context
from pipeline.deadlines.forms import INLINE, accepted
from pipeline.deadlines.grammar import layered, merged, parts_of, read
from pipeline.deadlines.lexer import fold
from pipeline.deadlines.place import Place, is_infinitive
from pipeline.deadlines.policy import DEFAULT, Policy
from pipeline.deadlines.rows import deadlines
from pipeline.deadlines.symbols import SYMBOL, Token, kinds, tape, text_of
from pipeline.model import Deadline

LIMIT = 10_000
REACH = 300  # how far a labelled value can go on
MAX_PARTS = 12  # of one expression


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline clause of a sentence: start..end may be cut out of it (label, brackets, comma and dash with it)."""

    start: int
    end: int
    deadlines: tuple[Deadline, ...]


LABEL = re.compile(
    r"(?:[,(;-]\s{0,3}|\.\s{0,3})?\(?\s{0,3}(?<!в )\bсроки?"
    r"(?:\s(?:исполнения|выполнения|реализации|проведения|представления|предоставления|сдачи|завершения))?"
    r"\s?(?::|-\s|-(?=\d|до)|(?=\s(?:до|не позднее|к)\s))\s{0,3}"
)
LABEL_END = re.compile(
    r"[;)\n]|\.(?=\s{0,3}(?:[А-ЯЁA-Z]|$))|,?\s{0,3}\(?\b(?:отв\b|ответственн|исп\b|исполнител|контроль)|\bсрок",
    re.IGNORECASE,
)
TERM_WORD = re.compile(r"(?:в\s{1,3}срок,?|в\s{1,3}период)\s{0,3}$")
HOUR = r"\d\d?(?:[.:-]\d\d)?(?:\s?ч(?:ас(?:ов|а|ам)?)?\.?(?![а-я]))?(?!\d)"
TIME_AFTER = re.compile(
    rf",?\s{{0,3}}(?:в|к|до|с)\s{{1,3}}(?=[^а-я]{{0,8}}(?:\d[.:-]\d|ч)|{HOUR}\s(?:до|и)\s{HOUR})"
    rf"{HOUR}(?:\s?(?:и|до|-|,)\s?{HOUR}){{0,3}}"
)


def find_deadlines(text: str, anchor: date | None, policy: Policy = DEFAULT) -> list[Found]:
    """Find the terms in a decision: «Представить отчет в срок до 20 января.» → «в срок до 20 января»."""
    text = text[:LIMIT]
    folded = fold(text)
    context = Context(anchor, policy)
    out = _labelled(text, folded, context)
    taken = [(f.start, f.end) for f in out]
    for start, end, tokens in _clauses(text, folded, context):
        if any(start < b and a < end for a, b in taken):
            continue
        parts = merged(parts_of(text, tokens, text_of(tokens)))
        rows = deadlines(parts, text, start, end, context)
        if rows:
            out.append(Found(*_cut(text, folded, start, end), tuple(rows)))
    return _apart(sorted(_without_themes(text, out), key=lambda f: f.start))


def _apart(found: list[Found]) -> list[Found]:
    """Neighbours may both claim the space or dash between them: it goes with the first."""
    out: list[Found] = []
    for place in found:
        start = max(place.start, out[-1].end) if out else place.start
        out.append(Found(start, place.end, place.deadlines))
    return out


def _without_themes(text: str, found: list[Found]) -> list[Found]:
    """«… расходы в 2026 году» beside a term of its own is what the matter is about."""
    terms = [f for f in found if not BARE_YEAR.fullmatch(text[f.start : f.end].strip(" ,."))]
    return terms or found


BARE_YEAR = re.compile(r"(?:в|на)\s+\d{4}\s*(?:году|год|г\.?)", re.IGNORECASE)


# --- a label in the sentence -----------------------------------------------------------------------------------------


def _labelled(text: str, folded: str, context: Context) -> list[Found]:
    """«(отв. Иванова И.И., срок – до 15.05)», «срок: постоянно»."""
    out: list[Found] = []
    done = 0
    labels = LABEL.finditer(folded) if "срок" in folded else ()
    for label in labels:
        if label.start() < done:
            continue
        far = min(len(text), label.end() + REACH)
        stop = LABEL_END.search(text, label.end(), far)
        end = len(folded[: stop.start() if stop else far].rstrip(" ,.;"))
        parts = merged(read(text, folded[:end], label.end())) if end > label.end() else []
        if not parts:
            continue
        rows = deadlines(parts, text, label.end(), end, context)
        out.append(Found(*_cut_label(folded, label, end), tuple(rows)))
        done = end
    return out


def _cut_label(folded: str, label: re.Match[str], end: int) -> tuple[int, int]:
    start = label.start()
    if folded[start] == ".":
        start += 1
    if "(" in label[0] and folded[end : end + 1] == ")":
        end += 1
    elif "(" in label[0]:
        start = folded.index("срок", start)
    before = re.search(r"([а-я-]{1,40})\s{0,3}$", folded[max(0, start - 45) : start])
    if before and is_infinitive(before[1]):
        return label.end(), end  # «Установить срок исполнения до 1 мая»: the label is what is done
    while folded[start] == " ":
        start += 1
    if folded[:start].rstrip().endswith(".") and folded[end : end + 1] == ".":
        end += 1  # a sentence of its own goes with its full stop
    return start, end


# --- clauses ---------------------------------------------------------------------------------------------------------


def _clauses(text: str, folded: str, context: Context) -> list[tuple[int, int, list[Token]]]:
    """Where expressions stand: accepted forms, neighbours joined by a comma or «и» into one."""
    tokens, line = layered(folded)
    found: list[tuple[int, int, list[Token]]] = []
    at = 0
    while at < len(tokens):
        end = _accepted(text, folded, tokens, line, at, context)
        if end is None:
            at += 1
            continue
        start, at = at, end
        for _ in range(MAX_PARTS):
            more = _continued(text, folded, tokens, line, at, context, start)
            if more is None:
                break
            at = more
        found.append((_with_term_word(folded, tokens[start].start), tokens[at - 1].end, tokens[start:at]))
    return found


def _with_term_word(folded: str, start: int) -> int:
    """«в срок до …», «в период с …»: the layers dropped these words."""
    low = max(0, start - 14)
    before = TERM_WORD.search(folded[low:start])
    return low + before.start() if before else start


JOINTS_INSIDE = kinds("comma", "and", "but", "or")
GOES_ON = kinds("by", "nl", "k", "RC", "CH", "s", "within", "v", "condp", "po", "start", "P")


def _continued(
    text: str, folded: str, tokens: list[Token], line: str, at: int, context: Context, first_at: int
) -> int | None:
    """The end of a further clause after a joint: «, 10 июля», «и по мере необходимости», «(пятница)»."""
    labelled = PARTED.match(line, at)
    if labelled and tokens[first_at - 1].kind == SYMBOL["dash"] and first_at:
        return _accepted(text, folded, tokens, line, labelled.end(), context, True)
    ahead = at
    while ahead < len(tokens) and ahead - at < 3 and tokens[ahead].kind in JOINTS_INSIDE:
        ahead += 1
    if ahead >= len(tokens):
        return None
    kind = tokens[ahead].kind
    if ahead == at and kind == SYMBOL["lp"] and line[at + 1 : at + 3] in IN_BRACKETS:
        return at + 3
    first = tokens[first_at].kind
    listed = kind in kinds("D", "CH") and first in kinds("by", "nl", "k", "D", "RC")
    listed = listed or (kind == SYMBOL["P"] and first in kinds("RC", "v") and ahead > at)
    if listed and (ahead > at or first == SYMBOL["RC"]):
        return ahead + 1
    if ahead == at and kind not in GOES_ON:
        return None
    return _accepted(text, folded, tokens, line, ahead, context, True)


# «учёт – постоянно, отчёт – ежеквартально»: a further part with its name
PARTED = re.compile(tape("comma w{1,3} dash"))
IN_BRACKETS = frozenset(SYMBOL[kind] + SYMBOL["rp"] for kind in ("D", "P", "CH", "RC", "PL"))


def _accepted(
    text: str, folded: str, tokens: list[Token], line: str, at: int, context: Context, is_continued: bool = False
) -> int | None:
    for name, end in INLINE.each(line, at):
        taken = accepted(Place(text, folded, tokens, at, end, context), name, is_continued)
        if taken is not None:
            return taken
    return None


# --- what is cut -----------------------------------------------------------------------------------------------------


def _cut(text: str, folded: str, start: int, end: int) -> tuple[int, int]:
    """With the time of day and the brackets, or with the comma or dash before it; at the start with the comma after."""
    time = TIME_AFTER.match(folded, end)
    end = time.end() if time else end
    if folded[end : end + 1] == "." and re.match(r"\.(?:\s{1,3}[а-яё(]|\s{0,3}\))", text[end : end + 6]):
        end += 1  # the dot of «г.» inside the sentence
    before, after = folded[:start].rstrip(), folded[end : end + 5]
    closing = re.match(r"\s{0,3}\)", after)
    if before.endswith("(") and closing:
        return len(before) - 1, end + closing.end()
    if before.endswith("-") and before[:-1].strip():
        return len(before[:-1].rstrip()), end
    if before.endswith(",") and before[:-1].strip():
        following = re.match(r"\s{0,3},", after)
        if following:
            return start, end + following.end()
        return len(before[:-1].rstrip()), end
    if not before or before[-1] in ".;:\n":
        following = re.match(r"\s{0,3},?\s{0,3}", after)
        return start, end + (following.end() if following else 0)
    return start, end


__all__ = ["Found", "find_deadlines"]
