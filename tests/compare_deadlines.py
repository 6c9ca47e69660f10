"""Ours beside dateparser, natasha's DatesExtractor and Duckling on the rulebook's examples: right, wrong, silent.

    python tests/compare_deadlines.py [EXAMPLES.jsonl]

Only end dates are compared, because the others know nothing of kinds and rules. An example with an end date is right,
wrong or silent; of one without (permanent, conditional, an outside schedule) a date is an invention. A tool that is
not installed is named as missing: `pip install natasha` (it needs pymorphy2), `pip install pyduckling-native-phihos`.
"""

from __future__ import annotations

import json
import sys
import time
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
EXAMPLES = ROOT.parent / "shared" / "deadlines" / "dev.jsonl"
Tool = Callable[[str, date], date | None]


def ours() -> Tool:
    from pipeline.deadlines import parse_deadlines

    def read(text: str, anchor: date) -> date | None:
        return max((row.due_date for row in parse_deadlines(text, anchor) if row.due_date), default=None)

    return read


def with_dateparser(**settings: Any) -> Callable[[], Tool]:
    def load() -> Tool:
        import dateparser

        def read(text: str, anchor: date) -> date | None:
            base = datetime(anchor.year, anchor.month, anchor.day)
            options: Any = {"RELATIVE_BASE": base, **settings}
            found = dateparser.parse(text, languages=["ru"], settings=options)
            return found.date() if found else None

        return read

    return load


def natasha() -> Tool:
    from natasha import DatesExtractor, MorphVocab

    extractor = DatesExtractor(MorphVocab())

    def read(text: str, anchor: date) -> date | None:
        facts = [match.fact for match in extractor(text)]
        if not facts:
            return None
        last = facts[-1]
        year = last.year or anchor.year
        month = last.month or 12
        return date(year, month, last.day or monthrange(year, month)[1])

    return read


def duckling() -> Tool:
    engine: Any = import_module("duckling")
    zones = engine.load_time_zones("/usr/share/zoneinfo")
    locale = engine.parse_locale("RU", engine.default_locale_lang(engine.parse_lang("RU")))
    dimensions = engine.parse_dimensions(["time"])

    def read(text: str, anchor: date) -> date | None:
        seconds = (anchor - date(1970, 1, 1)).days * 86_400
        context = engine.Context(engine.parse_ref_time(zones, "UTC", seconds), locale)
        found = engine.parse(text, context, dimensions, False)
        ends = [day for day in (_duckling_end(entry["value"]) for entry in found) if day]
        return max(ends, default=None)

    return read


def _duckling_end(value: dict[str, Any]) -> date | None:
    """The last day of a value; the end of a span with a beginning is exclusive there."""
    if value["type"] == "interval":
        if "to" not in value:
            return None
        end = date.fromisoformat(value["to"]["value"][:10])
        whole_days = value["to"]["grain"] not in ("second", "minute", "hour")
        return end - timedelta(1) if "from" in value and whole_days else end
    start = date.fromisoformat(value["value"][:10])
    months = {"month": 1, "quarter": 3, "year": 12}.get(value.get("grain", ""), 0)
    if months:
        index = start.year * 12 + start.month - 1 + months
        return date(index // 12, index % 12 + 1, 1) - timedelta(1)
    return start + timedelta(6) if value.get("grain") == "week" else start


TOOLS: dict[str, Callable[[], Tool]] = {
    "ours": ours,
    "dateparser": with_dateparser(),
    "dateparser, future, DMY": with_dateparser(PREFER_DATES_FROM="future", DATE_ORDER="DMY"),
    "natasha": natasha,
    "duckling": duckling,
}


def verdicts(tool: Tool, rows: list[dict[str, Any]]) -> dict[str, int]:
    """Right, wrong and silent on the dated examples, inventions on the others."""
    count = {"right": 0, "wrong": 0, "silent": 0, "invented": 0}
    for row in rows:
        try:
            found = tool(row["text"], date.fromisoformat(row["reference_date"]))
        except Exception:  # a competitor's crash counts as its silence
            found = None
        ends = {row["end"], *(row.get("alt_end") or ())}
        if row["end"] is None:
            count["invented"] += found is not None
        elif found is None:
            count["silent"] += 1
        else:
            count["right" if found.isoformat() in ends else "wrong"] += 1
    return count


def microseconds(tool: Tool, rows: list[dict[str, Any]]) -> float:
    """What an expression costs."""
    started = time.perf_counter()
    verdicts(tool, rows)
    return (time.perf_counter() - started) / len(rows) * 1e6


def main() -> int:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    if not path.exists():
        print(f"No examples: {path}")
        return 1
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    dated = sum(row["end"] is not None for row in rows)
    print(f"{len(rows)} examples, {dated} with an end date, {len(rows) - dated} without\n")
    print(f"{'tool':<26}{'right':>7}{'wrong':>7}{'silent':>8}{'invented':>10}{'µs first':>10}{'again':>10}")
    for name, load in TOOLS.items():
        try:
            tool = load()
        except Exception as error:  # missing, or broken on this Python
            print(f"{name:<26}missing: {type(error).__name__}: {error}")
            continue
        count = verdicts(tool, rows)  # this pass loads the dictionaries
        unseen = [{**row, "text": f"  {row['text']}"} for row in rows]  # ours remembers expressions; these are others
        costs = [microseconds(tool, batch) for batch in (unseen, unseen)]
        figures = f"{count['right']:>7}{count['wrong']:>7}{count['silent']:>8}{count['invented']:>10}"
        figures += "".join(f"{cost:>10.0f}" for cost in costs)
        print(f"{name:<26}{figures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
