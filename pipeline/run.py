"""The run: every file of an archive through the pure map step, then one published dataset."""

from __future__ import annotations

import hashlib
import logging
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pipeline
from pipeline import dataset, quality
from pipeline.discover import Found, discover, read_problem
from pipeline.engines import Crashed, Hung, Workers, cores
from pipeline.model import Issue, Outcome
from pipeline.resolve import resolve
from pipeline.rows import Row, Rows, document_rows, issue_row

log = logging.getLogger("pipeline")

TIMEOUT: Final = 120.0
BYTES_A_SECOND: Final = 5_000
"""A large file may be a scan of many pages: a page of 10 kB takes two seconds. So much longer it may be read."""
MOST_MORE: Final = 3600.0
WINDOW: Final = 256
"""Documents in flight or waiting for an earlier one: bounds the memory, whatever the archive's size."""
UNKNOWN_TYPE: Final = "application/octet-stream"


# The map step: one document, no state


def extract_bytes(data: bytes, threads: int = 1) -> Outcome:
    """Bytes in, Outcome out; raises `ReaderError` for bad input, and anything else only for a bug of ours.

    So many pages of a scan are recognized side by side.
    """
    from pipeline.parsers import parse
    from pipeline.readers import read

    source = read(data, threads)
    blocks, protocol, issues = parse(source)
    every_issue = tuple(dict.fromkeys((*source.issues, *issues)))
    return Outcome(hashlib.sha256(data).hexdigest()[:16], source, blocks, protocol, every_issue)


def extract(path: str | Path) -> Outcome:
    """One file: `extract("data/raw/протокол.docx").protocol.decisions`."""
    return extract_bytes(Path(path).read_bytes(), cores())


@dataclass(frozen=True, slots=True)
class Task:
    """A file for a worker to read; `sha256` is what its bytes were when it was found.

    `threads` of the worker may recognize pages of a scan: more than one where cores would be idle.
    """

    path: Path
    source_path: str
    sha256: str
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file. `trace` is the traceback of a bug."""

    source_path: str
    status: str
    media_type: str = UNKNOWN_TYPE
    error: Issue | None = None
    seconds: float = 0.0
    rows: Rows = field(default_factory=dict)
    trace: str | None = None


def process(task: Task) -> Result:
    """The map step with its failures told apart; runs in a worker."""
    started = time.perf_counter()
    result = _process(task)
    return replace(result, seconds=round(time.perf_counter() - started, 4))


def _process(task: Task) -> Result:
    from pipeline.readers import ReaderError

    data = b""
    try:
        data = task.path.read_bytes()
        if hashlib.sha256(data).hexdigest() != task.sha256:
            return _failed(task.source_path, "changed", "Файл изменился во время работы; запустите ещё раз")
        return _understood(task, extract_bytes(data, task.threads))
    except ReaderError as error:
        status = "unsupported" if error.is_unsupported else "failed"
        issue = Issue("error", error.code, error.message)
        return Result(task.source_path, status, _media_type(data), issue)
    except OSError as error:
        return Result(task.source_path, "failed", error=read_problem(error))
    except MemoryError:
        return _failed(task.source_path, "out_of_memory", "Файлу не хватило памяти", _media_type(data))
    except Exception as error:
        message = f"Ошибка программы, а не файла ({type(error).__name__}); подробности в журнале"
        result = _failed(task.source_path, "internal_error", message, _media_type(data))
        return replace(result, trace=traceback.format_exc())


def _understood(task: Task, outcome: Outcome) -> Result:
    source = outcome.source
    error = next((issue for issue in outcome.issues if issue.severity == "error"), None)
    if not source.text.strip():
        problem = error or Issue("error", "no_text", "В файле нет текста")
        return Result(task.source_path, "failed", source.media_type, Issue("error", problem.code, problem.message))
    rows = document_rows(outcome, task.source_path, pipeline.__version__)
    if violations := quality.check_document(rows, source.text):
        raise AssertionError("; ".join(map(str, violations[:5])))
    extracted = "partial" if error else "extracted"
    status = extracted if outcome.protocol.kind == "protocol" else "not_a_protocol"
    return Result(task.source_path, status, source.media_type, error, rows=rows)


def _media_type(data: bytes) -> str:
    from pipeline.readers import sniff

    try:
        return sniff(data) or UNKNOWN_TYPE
    except Exception:  # the type is a courtesy here: the file has failed already
        return UNKNOWN_TYPE


def _failed(source_path: str, code: str, message: str, media_type: str = UNKNOWN_TYPE) -> Result:
    return Result(source_path, "failed", media_type, Issue("error", code, message))


# The run: an archive


@dataclass(frozen=True, slots=True)
class Report:
    """How a run went."""

    statuses: Counter[str]
    counts: dict[str, int]
    bugs: int
    seconds: float

    @property
    def total(self) -> int:
        return self.statuses.total()

    @property
    def was_anything_read(self) -> bool:
        """Whether at least one file could be read."""
        return any(self.statuses[name] for name in ("extracted", "partial", "not_a_protocol"))


def run(
    raw: Path,
    out: Path,
    workers: int | None = None,
    timeout: float = TIMEOUT,
    on_total: Callable[[int], None] | None = None,
    on_result: Callable[[Result], None] | None = None,
) -> Report:
    """Extract the archive `raw` and publish the dataset in `out`; by default one worker per core."""
    started = time.monotonic()
    found = list(discover(raw, out))
    if on_total:
        on_total(len(found))
    builder, statuses, bugs = dataset.Builder(), Counter[str](), 0
    read: set[str] = set()
    count = workers or min(cores(), max(len(found), 1))
    with Workers(process, count, timeout) as engine:
        for item, sha256, result in _results(found, engine, max(cores() // count, 1)):
            if result.rows and sha256:
                read.add(sha256)
            builder.add(_rows(item, sha256, result, sha256 in read))
            statuses[result.status] += 1
            bugs += result.trace is not None
            _log(result)
            if on_result:
                on_result(result)
    counts: dict[str, int] = {}
    if found:
        counts = dataset.publish(resolve(builder.tables()), out, pipeline.__version__)["counts"]
    return Report(statuses, counts, bugs, time.monotonic() - started)


Settled = tuple[Found, str | None, Result]


def _results(found: list[Found], workers: Workers[Task, Result], threads: int) -> Iterator[Settled]:
    """Results in the order of the files, so that a dataset does not depend on which worker was quicker."""
    waiting: deque[Callable[[], Settled]] = deque()
    first: dict[str, str] = {}
    for item in found:
        waiting.append(_start(item, first, workers, threads))
        if len(waiting) >= WINDOW:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


def _start(
    item: Found, first: dict[str, str], workers: Workers[Task, Result], threads: int
) -> Callable[[], Settled]:
    """Begin with a file: what is refused or a duplicate is settled at once."""
    if item.problem is not None:
        status = "unsupported" if item.is_unsupported else "failed"
        return _settled(item, None, Result(item.source_path, status, error=item.problem))
    try:
        with item.path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return _settled(item, None, Result(item.source_path, "failed", error=read_problem(error)))
    if sha256 in first:
        issue = Issue("info", "duplicate", f"Те же байты, что у файла «{first[sha256]}»")
        return _settled(item, sha256, Result(item.source_path, "duplicate", error=issue))
    first[sha256] = item.source_path
    more = min(item.size / BYTES_A_SECOND, MOST_MORE)
    wait = workers.submit(Task(item.path, item.source_path, sha256, threads), more)
    return lambda: (item, sha256, _wait(item, wait))


def _settled(item: Found, sha256: str | None, result: Result) -> Callable[[], Settled]:
    return lambda: (item, sha256, result)


def _wait(item: Found, wait: Callable[[], Result]) -> Result:
    try:
        return wait()
    except Hung:
        return _failed(item.source_path, "timeout", "Файл читался слишком долго и пропущен; см. параметр --timeout")
    except Crashed as error:
        result = _failed(item.source_path, "crashed", "Чтение этого файла обрушило программу; остальные файлы целы")
        return replace(result, trace=f"worker died: {error}")


def _rows(item: Found, sha256: str | None, result: Result, is_known: bool) -> Rows:
    """The file's own row, its document's rows, and the reason if it was not read."""
    is_error = result.status != "duplicate" and result.error is not None
    file: Row = {
        "source_path": item.source_path,
        "document_id": sha256[:16] if sha256 and is_known else None,
        "bytes": item.size,
        "modified_at": item.modified_at,
        "media_type": result.media_type,
        "status": result.status,
        "error_code": result.error.code if result.error and is_error else None,
        "error_message": result.error.message if result.error and is_error else None,
        "seconds": result.seconds,
        "sha256": sha256,
    }
    rows: Rows = {**result.rows, "files": [file]}
    if result.error and not result.rows:
        rows["issues"] = [issue_row(result.error, item.source_path)]
    return rows


def _log(result: Result) -> None:
    if result.trace:
        log.error("%s: %s\n%s", result.source_path, result.error and result.error.code, result.trace)
    elif result.error:
        log.warning("%s: %s: %s", result.source_path, result.error.code, result.error.message)
