"""Find the files of an archive, each with what stands in the way of reading it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.model import Issue
from pipeline.readers.common import MAX_FILE_BYTES


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the archive; `problem` says why it will not be read, `is_unsupported` that it never could be.

    A file too large is refused unread: a worker holds a document in memory several times over.
    """

    path: Path
    source_path: str
    size: int
    modified_at: datetime
    problem: Issue | None = None
    is_unsupported: bool = False


def discover(raw: Path, out: Path | None = None) -> Iterator[Found]:
    """All files under `raw` in the order of their paths, without hidden ones and without the folder `out`.

    A single file is an archive of one. Links are followed to files inside the archive only, and never to folders:
    so no loop can catch us, and nothing outside the archive gets into the dataset.
    """
    root = raw.resolve()
    if not root.is_dir():
        yield _found(root, root.parent)
        return
    yield from _walk(root, root, out.resolve() if out else None)


def _walk(folder: Path, root: Path, out: Path | None) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _refused(folder, root, read_problem(error, is_folder=True))
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(".") or path == out:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root, out)
        else:
            yield _found(path, root)


def _found(path: Path, root: Path) -> Found:
    if path.name.startswith("~$"):
        message = "Служебный файл Word: документ был открыт, когда папку копировали"
        return _refused(path, root, Issue("info", "lock_file", message), is_unsupported=True)
    if path.is_symlink() and (problem := _link_problem(path, root)):
        return _refused(path, root, problem)
    try:
        status = path.stat()
    except OSError as error:
        return _refused(path, root, read_problem(error))
    if not stat.S_ISREG(status.st_mode):
        issue = Issue("warning", "not_a_file", "Это не файл, а канал, сокет или устройство")
        return _refused(path, root, issue, is_unsupported=True)
    problem = _too_large(status.st_size) if status.st_size > MAX_FILE_BYTES else None
    return Found(path, source_path(path, root), status.st_size, _time(status), problem)


def _too_large(size: int) -> Issue:
    message = f"Файл слишком велик: {size // 2**20} МБ, читаются файлы до {MAX_FILE_BYTES // 2**20} МБ"
    return Issue("error", "too_large", message)


def _link_problem(path: Path, root: Path) -> Issue | None:
    try:
        target = path.resolve(strict=True)
    except FileNotFoundError:
        return Issue("error", "broken_link", "Ссылка ведёт в никуда")
    except (OSError, RuntimeError):  # RuntimeError: a loop, before Python 3.13
        return Issue("error", "link_loop", "Ссылки ведут по кругу")
    if target == root or target in path.parents:
        return Issue("error", "link_loop", "Ссылка ведёт в папку, в которой сама лежит")
    if not target.is_relative_to(root):
        message = "Ссылка ведёт за пределы архива; чтобы прочитать и ту папку, запустите для неё отдельно"
        return Issue("error", "link_outside", message)
    if target.is_dir():
        return Issue("info", "link_to_folder", "Ссылка на папку архива: её файлы уже учтены на своём месте")
    return None


def read_problem(error: OSError, is_folder: bool = False) -> Issue:
    """Why the system did not let us read, in the clerk's words."""
    what = "папку" if is_folder else "файл"
    if isinstance(error, PermissionError):
        return Issue("error", "permission_denied", f"Нет прав на {what}; попросите открыть доступ на чтение")
    if isinstance(error, FileNotFoundError):
        return Issue("error", "vanished", "Файл исчез во время работы")
    return Issue("error", "read_error", f"Не удалось прочитать {what}: {error.strerror or error}")


def _refused(path: Path, root: Path, problem: Issue, is_unsupported: bool = False) -> Found:
    try:
        status = path.lstat()
        size, modified = status.st_size, _time(status)
    except OSError:
        size, modified = 0, datetime.fromtimestamp(0, UTC)
    return Found(path, source_path(path, root), size, modified, problem, is_unsupported)


def source_path(path: Path, root: Path) -> str:
    """The path inside the archive; bytes of a name that are no UTF-8 appear as «\\xe4»."""
    relative = path.relative_to(root).as_posix() if path != root else path.name
    return os.fsencode(relative).decode("utf-8", "backslashreplace")


def _time(status: os.stat_result) -> datetime:
    return datetime.fromtimestamp(status.st_mtime_ns // 1000 / 1e6, UTC)
