"""What the clerk sees: the progress bar, a line per failed file, the summary, and one file's extraction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pipeline.model import Assignee, Deadline, Decision, Outcome, Protocol, Source
from pipeline.run import Report, Result

STATUSES: Final = {
    "extracted": "извлечено",
    "partial": "извлечено частично",
    "not_a_protocol": "не протокол",
    "duplicate": "копия другого файла",
    "unsupported": "формат не читается",
    "failed": "не прочитано",
}
KINDS: Final = {
    "protocol": "протокол", "letter": "письмо", "report": "отчёт", "order": "приказ или распоряжение", "plan": "план",
    "regulation": "положение", "notice": "объявление", "news": "новость", "template": "бланк", "other": "другое",
}
ROLES: Final = {
    "chair": "председатель", "secretary": "секретарь", "attendee": "присутствовал", "absent": "отсутствовал",
    "invited": "приглашён", "speaker": "выступил", "assignee": "ответственный", "signatory": "подписал",
    "mentioned": "упомянут", "responsible": "", "co_executor": "соисполнитель", "controller": "контроль",
}
_STEP: Final = 100
"""Where there is no terminal, one line per so many files."""


def plain(text: str) -> str:
    """Text of a file or its name, safe on a terminal: no control characters, no markup."""
    return escape("".join(char if char.isprintable() else " " for char in text))


class Screen:
    """Progress: a bar on a terminal, plain lines elsewhere."""

    def __init__(self, quiet: bool = False, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True, highlight=False)
        self.quiet = quiet
        self.statuses: Counter[str] = Counter()
        self.total = 0
        self.bar = Progress(
            TextColumn("Чтение"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[counts]}"),
            TextColumn("осталось"), TimeRemainingColumn(), console=self.console, transient=True,
            disable=quiet or not self.console.is_terminal,
        )
        self.task = self.bar.add_task("", counts="", total=None)

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()

    def start(self, total: int) -> None:
        """The number of files is known."""
        self.total = total
        self.bar.update(self.task, total=total)

    def show(self, result: Result) -> None:
        """A file is done."""
        self.statuses[result.status] += 1
        if result.status in ("failed", "unsupported") and result.error and result.error.severity != "info":
            path, message = plain(result.source_path), plain(result.error.message)
            self.console.print(f"[red]✗[/] {path}: {message}", soft_wrap=True)
        self.bar.update(self.task, advance=1, counts=self._counts())
        done = self.statuses.total()
        if self.bar.disable and not self.quiet and (done % _STEP == 0 or done == self.total):
            self.console.print(f"Готово {done} из {self.total}: {self._counts()}", soft_wrap=True)

    def _counts(self) -> str:
        seen = self.statuses
        bad = seen["failed"] + seen["unsupported"]
        done = seen["extracted"] + seen["partial"]
        return f"извлечено {done}, не прочитано {bad}, не протокол {seen['not_a_protocol']}"

    def finish(self, report: Report, raw: Path, out: Path) -> None:
        """The summary."""
        if self.quiet:
            return
        if not report.total:
            self.console.print(f"В «{plain(str(raw))}» нет файлов; набор данных не тронут.", soft_wrap=True)
            return
        table = Table(title="Итог", title_justify="left")
        table.add_column("файлы")
        table.add_column("число", justify="right")
        for status, title in STATUSES.items():
            if report.statuses[status]:
                table.add_row(title, str(report.statuses[status]))
        table.add_row("всего", str(report.total), style="bold")
        self.console.print(table)
        counts = report.counts
        self.console.print(
            f"Заседаний {counts['meetings']}, решений {counts['decisions']}, сроков {counts['deadlines']}, "
            f"ответственных {counts['assignees']}; {report.seconds:.1f} с. Таблицы: {plain(str(out))}", soft_wrap=True,
        )
        if report.bugs:
            message = f"Ошибок самой программы: {report.bugs}; подробности в {plain(str(out / 'protokol.log'))}"
            self.console.print(f"[red]{message}[/]", soft_wrap=True)


# One file


def show_outcome(outcome: Outcome, name: str, console: Console | None = None) -> None:
    """One file's extraction, to be read by a person."""
    console = console or Console(highlight=False)

    def say(text: str = "") -> None:
        console.print(text, soft_wrap=True)

    protocol = outcome.protocol
    say(f"[bold]{plain(name)}[/] — {KINDS[protocol.kind]} (уверенность {protocol.kind_score:.2f})")
    for line in _scanned(outcome.source):
        say(f"  {line}")
    for title, value in _header(protocol):
        say(f"  {title}: {plain(value)}")
    _section(say, "Участники", (_participant(protocol, index) for index in range(len(protocol.participants))))
    _section(say, "Повестка", (f"{item.label or index}. {plain(item.text)}".replace("..", ".")
                               for index, item in enumerate(protocol.agenda, 1)))
    _section(say, "Решения", (line for decision in protocol.decisions for line in _decision(decision)))
    _section(say, "Замечания", (plain(issue.message) for issue in outcome.issues))


def _section(say: object, title: str, lines: Iterable[str]) -> None:
    assert callable(say)
    listed = list(lines)
    if listed:
        say(f"[bold]{title}[/]")
        for line in listed:
            say(f"  {line}")


def _scanned(source: Source) -> list[str]:
    """How well the recognized pages were read: «Распознано страниц: 2, уверенность 0.96»."""
    sure = [page.confidence for page in source.pages if page.text_source == "ocr" and page.confidence is not None]
    if not sure:
        return []
    return [f"Распознано страниц: {len(sure)}, уверенность {sum(sure) / len(sure):.2f}"]


def _header(protocol: Protocol) -> list[tuple[str, str]]:
    header = protocol.header
    values = {
        "Заголовок": header.title, "Номер": header.number, "Орган": header.body, "Место": header.place,
        "Организация": header.organization, "Район": header.district, "Регион": header.region,
    }
    rows = [(title, " ".join(value.value.split())) for title, value in values.items() if value]
    if header.date:
        rows.insert(min(2, len(rows)), ("Дата", f"{header.date.value:%d.%m.%Y}"))
    return rows


def _participant(protocol: Protocol, index: int) -> str:
    person = protocol.participants[index]
    return ", ".join(filter(None, (plain(person.name), ROLES[person.role], person.post and plain(person.post))))


def _decision(decision: Decision) -> list[str]:
    indent = "   " * decision.path.count("/")
    lines = [f"{indent}{decision.label or '•'} {plain(' '.join(decision.text.split()))}"]
    if decision.deadlines:
        lines.append(f"{indent}   срок: {'; '.join(map(_deadline, decision.deadlines))}")
    if decision.assignees:
        lines.append(f"{indent}   отв.: {'; '.join(map(_assignee, decision.assignees))}")
    return lines


def _deadline(deadline: Deadline) -> str:
    days = _days(deadline)
    reading = ", ".join(filter(None, (days, deadline.rrule, deadline.event)))
    doubt = " (?)" if deadline.is_ambiguous else ""
    return plain(f"{' '.join(deadline.text.split())}{f' = {reading}' if reading else ''}{doubt}")


def _days(deadline: Deadline) -> str:
    """«01.04.2024», «с 01.04.2024», «до 01.04.2024», «01.04.2024 — 30.04.2024»."""
    start, due = (f"{day:%d.%m.%Y}" if day else "" for day in (deadline.start_date, deadline.due_date))
    if start and due:
        return start if start == due else f"{start} — {due}"
    return f"с {start}" if start else f"до {due}" if due else ""


def _assignee(assignee: Assignee) -> str:
    role = ROLES[assignee.role]
    return plain(assignee.name) + (f" ({role})" if role else "")
