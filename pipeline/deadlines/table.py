"""The clause table: name, pattern over token kinds, builder; tried in this order at one place, first match wins."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.deadlines import clauses as c
from pipeline.deadlines.dispatch import Dispatch
from pipeline.deadlines.symbols import Token

ANY_WHEN = "(D | P | SY | E | ny)"
LISTS = "(D | P | SY | E | ny | DL | PL)"
UNIT = "(day | sut | week | mon)"
JOINT = "(comma | and | but | dash | or)"
# where the words of an event end: another clause begins
NEXT_PART = "comma w{1,3} dash (by | nl | k | within | D | P | RC | perm)"  # «…, отчет – до 1 мая»
STOP = (
    f"(semi | lp | rp | then | {NEXT_PART} | {JOINT}{{0,3}} (but | nl (D | P | E | U | SY | time)"
    f" | by (D | E | CH) | minim | RC | perm | vague | condp | outp | within | early {ANY_WHEN} | CH))"
)
TAIL = f"((?! {STOP}) .){{1,60}}"
LENGTH = (
    "((v | na)? srok comma?)? (within | nl | by | maxim | minim | over | za | v | na)?"
    " (near | by | nl | maxim | na | all | over)? U"
)
BARE = (
    f"((within | over | za) (work | near | all)? {UNIT} | (v | within) near {UNIT} | over (g | h | q | hour)"
    f" | within hour | maxim {UNIT} | (nl | by) (week | mon) (?! comma? nxt))"
)
VAGUE = "(srokadj | near | w | work | uch | cal | cur | docw)"
ALWAYS = "(na | v) (permadj | perm) (basis | order)"
AHEAD = f"(nl | minim)? za (U | {UNIT})"
PLACE = "(v | na | within | po | by | k | after | until_w | evp)"
MODIFIERS = (
    "(w | x | dash | cur | new | nxt | n | uch | permadj | srokadj | recadj | work | fin | cal | ord | rep | YR | P)"
)

ROWS: tuple[tuple[str, str, c.Builder], ...] = (
    # half-open and bounded
    ("from_to", f"start? (s | early) {ANY_WHEN} {JOINT}{{0,2}} (by | po | nl | k) {ANY_WHEN}", c.span_by),
    ("from_beginning", "s (beg | mid) (po | by) E", c.from_beginning),
    ("from_until_event", f"start? s {ANY_WHEN} {JOINT}{{0,2}} by {TAIL}", c.from_until_event),
    ("after_edge", "after E", c.after_edge),
    ("from", f"start? (s | early | after) (day)? {ANY_WHEN} | start {ANY_WHEN}", c.since_day),
    ("event_until", f"s (mom | day) {TAIL} (by | po) (D | E | P)", c.event_until),
    # lengths
    ("before_day", f"{AHEAD} (by | until_w) D", c.before_day),
    ("before_event", f"({AHEAD} | (within | nl | minim)? U) (by | until_w) {TAIL}", c.before_event),
    ("length_from_day", f"({LENGTH} | {BARE}) (s | ot | after) (day | mom)? D", c.length_from_day),
    ("length_after", f"({LENGTH} | {BARE}) comma? ((s | ot | after) {TAIL} | po evw ({TAIL})?)", c.length_after),
    ("length", LENGTH, c.for_length),
    ("bare_length", BARE, c.for_length),
    ("next_day_after", f"(na | v | nl | by)? D after {TAIL}", c.next_day_after),
    ("day_following", f"(na | v | nl | by)? day comma? nxt za day {TAIL}", c.day_following),
    # something of the calendar with a preposition
    ("by_the_hour", "(by | nl | k) time", c.by_the_hour),
    ("within_unit", "(within | all) (cal | fin | rep | cur)* (g | q | h)", c.within_when),
    ("within", f"(within | all) {LISTS}", c.within_when),
    ("by_inclusive", f"by {LISTS} incl", c.by_inclusive),
    ("by", f"(by | nl | k | po | until_w){{1,2}} {LISTS}", c.by_when),
    ("month_days", "(by | nl | k | po | v | na | s)* CH", c.month_days),
    ("edge_range", "(v | na)? (E dash v? (E | P) | P dash v? E)", c.edge_range),
    ("on", f"(v | na)* {LISTS}", c.on_when),
    ("report_period", f"za {TAIL}", c.report_period),
    ("whole_period", f"(na | within)? all per {TAIL}", c.whole_event),
    ("named_period", f"(v | na | within)? w per {LISTS}?", c.whole_event),
    # recurrence and permanence
    ("recurring", "(by | nl | k | po | v | na)* RC", c.recurring),
    ("recurring_adjective", f"recadj ({TAIL})?", c.recurring),
    ("permanent", f"perm | (within | all) per (?! w) | {ALWAYS} | permadj ({TAIL})?", c.permanent),
    # school terms without calendar dates
    ("holidays", f"{PLACE}? (per | day)? (seasadj | nxt | cur | w)? vac per? (P | SY)?", c.whole_event),
    ("school_quarter", f"{PLACE}? (beg | mid | end)? (n | ord | rom)? (cur | nxt | uch)* chet SY?", c.whole_event),
    # conditions, documents, vague terms
    ("conditional", f"(condp | pri) {TAIL}", c.conditional),
    ("on_request", f"po (w | ord | srokadj | n){{0,2}} cw ({TAIL})?", c.on_request),
    ("outside", f"outp {TAIL} | po {MODIFIERS}{{0,5}} docw ({TAIL})?", c.outside),
    ("vague_term", f"v {VAGUE}{{0,3}} (srok | order | times | basis) ({TAIL})? | v srokadj (w | docw){{1,3}} srok"
                   " | v near nxt | then (?! .) | (v w?)? near (srok | times | per | day) | vague", c.vague_term),
    # events
    ("expired", f"po evw (U | {UNIT})", c.expired),
    ("upon", f"po evw ({TAIL})?", c.event_word),
    ("after_event", f"after mom? {TAIL}", c.event_after("gen", 1)),
    ("since_event", f"start? s (mom | day) {TAIL}", c.since_event),
    ("on_the_day_of", f"v day {TAIL}", c.event_after("gen", 2)),
    ("during", f"(evp | v per | within) {TAIL}", c.whole_event),
    ("next_meeting", "(na | k | by) (nxt | near) w", c.whole_event),
    ("to_event", f"k {TAIL}", c.event_after("dat", 1)),
    ("until_event", f"(by | nl | until_w) mom? {TAIL}", c.event_after("gen", 1)),
    ("at_event", f"(na | v) {TAIL}", c.event_after("loc", 1)),
    ("document", f"docw ({TAIL})?", c.document),
    ("next_event", f"nxt {TAIL}", c.whole_event),
    ("unit_alone", UNIT, c.for_length),
)  # fmt: skip
# read only where nothing better is found: the words of a label look the same
WEAK = frozenset(("at_event", "document", "next_event", "unit_alone", "to_event", "vague_term"))
BUILD = {name: build for name, _, build in ROWS}
CLAUSES = Dispatch((name, pattern) for name, pattern, _ in ROWS)


def clause_at(line: str, tokens: Sequence[Token], at: int) -> tuple[c.Clause, int] | None:
    """The clause that begins at this token, and the token after it."""
    found = CLAUSES.match(line, at)
    if found is None or found.lastgroup is None:
        return None
    made = BUILD[found.lastgroup](found.lastgroup, tokens[at : found.end()])
    return (made, found.end()) if made is not None else None
