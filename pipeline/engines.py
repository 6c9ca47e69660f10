"""Run the map step over many documents in worker processes of this machine.

pebble rather than `concurrent.futures`: it ends the one worker that overruns its time or crashes and starts another,
where the standard pool is broken as a whole. Workers are forked from a server process that has imported the readers
and parsers and loaded the models once, so a new worker costs milliseconds, and none inherits our threads. A task goes
alone, not in chunks: handing one over costs 0.2 ms, and a crash then costs one document.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable
from concurrent.futures import Future, TimeoutError
from types import TracebackType
from typing import Final, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

Task = TypeVar("Task")
Result = TypeVar("Result")

PRELOAD: Final = [
    f"pipeline.{name}" for name in ("readers.docx", "readers.html", "readers.office", "readers.pdf", "warm")
]
TASKS_PER_WORKER: Final = 1000
"""A worker is replaced after so many documents, in case a library leaks."""
_THREADS: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class Hung(Exception):
    """The document took longer than it may."""


class Crashed(Exception):
    """The worker died of the document."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))


class Workers(Generic[Task, Result]):
    """Worker processes that do `work`, each task within `timeout` seconds."""

    def __init__(self, work: Callable[[Task], Result], count: int, timeout: float) -> None:
        for name in _THREADS:  # a process per core already: more threads only get in each other's way
            os.environ.setdefault(name, "1")
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOAD)
        self._work, self._timeout = work, timeout
        self._pool = ProcessPool(count, max_tasks=TASKS_PER_WORKER, initializer=_prepare_worker, context=context)

    def submit(self, task: Task, more: float = 0.0) -> Callable[[], Result]:
        """Hand a task over that may take so many seconds more; the answer waits for its result.

        It raises `Hung` or `Crashed`.
        """
        timeout = self._timeout + more
        arguments = [self._work, task, timeout]
        future: Future[Result] = self._pool.schedule(_guarded, args=arguments, timeout=timeout)

        def wait() -> Result:
            try:
                return future.result()
            except TimeoutError:
                raise Hung from None
            except ProcessExpired as error:
                raise Crashed(str(error)) from None

        return wait

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()


def _guarded(work: Callable[[Task], Result], task: Task, timeout: float) -> Result:
    """Do a task; if we are killed and nobody ends a hung worker, the alarm does, whatever it is busy with."""
    signal.alarm(int(timeout) + 30)
    try:
        return work(task)
    finally:
        signal.alarm(0)


def _prepare_worker() -> None:
    """Ctrl-C is the parent's to handle, and what libraries say must not break its progress bar."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger().addHandler(logging.NullHandler())
    warnings.simplefilter("ignore")
