"""Speed on one core: ``python -m tests.bench [ARCHIVE]`` prints milliseconds per document by format and stage.

A test of correctness it is not: nothing is timed by pytest.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.discover import discover
from pipeline.model import Outcome
from pipeline.parsers import parse
from pipeline.readers import ReaderError, read
from pipeline.rows import document_rows

ROUNDS = 5
STAGES = ("чтение", "разбор", "строки")


def timed(work: Callable[..., Any], *args: Any) -> tuple[Any, float]:
    """The result and the milliseconds."""
    started = time.perf_counter()
    result = work(*args)
    return result, (time.perf_counter() - started) * 1000


def stages(data: bytes, name: str) -> tuple[int, str, list[float]]:
    """Characters, type and milliseconds of each stage."""
    source, reading = timed(read, data)
    (blocks, protocol, issues), parsing = timed(parse, source)
    outcome = Outcome("0" * 16, source, blocks, protocol, issues)
    _, rowing = timed(document_rows, outcome, name, "bench")
    return len(source.text), source.media_type, [reading, parsing, rowing]


def main(archive: Path) -> None:
    """Measure every readable document; the first round warms the models and is not counted."""
    found: dict[str, list[tuple[int, list[float]]]] = defaultdict(list)
    for item in discover(archive):
        if item.problem is None:
            data = item.path.read_bytes()
            try:
                rounds = [stages(data, item.source_path) for _ in range(ROUNDS + 1)][1:]
            except ReaderError:
                continue
            best = [min(times[stage] for _, _, times in rounds) for stage in range(len(STAGES))]
            found[rounds[0][1].rsplit(".", 1)[-1].rsplit("/", 1)[-1]].append((rounds[0][0], best))
    print(f"{'формат':<12}{'файлов':>8}" + "".join(f"{stage:>10}" for stage in STAGES) + f"{'всего, мс':>12}{'на 1000 зн.':>13}")
    for media, rows in sorted(found.items()):
        means = [statistics.mean(times[stage] for _, times in rows) for stage in range(len(STAGES))]
        per_thousand = sum(sum(times) for _, times in rows) / sum(length for length, _ in rows) * 1000
        print(f"{media:<12}{len(rows):>8}" + "".join(f"{mean:>10.1f}" for mean in means) + f"{sum(means):>12.1f}{per_thousand:>13.1f}")
    print(f"память процесса, МБ: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "data/raw"))
