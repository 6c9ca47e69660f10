"""The command `protokol`: thin, in Russian.

argparse, not typer: two commands need no more, and start-up stays at a few hundredths of a second.
"""

from __future__ import annotations

import argparse
import errno
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import pipeline

OK, NOTHING_READ, USAGE, INTERRUPTED = 0, 1, 2, 130

_EPILOG = """коды завершения:
  0    готово; файлы, которые прочитать не удалось, перечислены в таблицах files и issues
  1    ничего не прочитано или набор данных не записан; с --strict также ошибка самой программы
  2    неверная команда
  130  прервано (Ctrl-C); прежний набор данных цел"""

_WORDS = {
    "usage: ": "использование: ",
    "positional arguments": "аргументы",
    "options": "параметры",
    "show this help message and exit": "показать эту справку",
    "%(prog)s: error: %(message)s\n": "%(prog)s: ошибка: %(message)s\n",
    "the following arguments are required: %s": "не хватает аргументов: %s",
    "unrecognized arguments: %s": "неизвестные аргументы: %s",
    "expected one argument": "нужно значение",
    "argument %(argument_name)s: %(message)s": "аргумент %(argument_name)s: %(message)s",
    "invalid %(type)s value: %(value)r": "неверное значение: %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)": "нет такой команды: %(value)r (есть: %(choices)s)",
    "ignored explicit argument %r": "лишнее значение %r",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit code."""
    args = _parser().parse_args(argv)
    try:
        return int(args.command(args))
    except KeyboardInterrupt:
        print("Прервано; прежний набор данных цел.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # `protokol schema | head`
        sys.stderr.close()
        return OK


def _parser() -> argparse.ArgumentParser:
    # argparse has no other door for the words it prints itself: it looks each up through its module-level `_`.
    vars(argparse)["_"] = lambda text: _WORDS.get(text, text)
    parser = argparse.ArgumentParser(
        prog="protokol",
        description="Превращает протоколы заседаний (DOCX, DOC, RTF, ODT, PDF, HTML, TXT)"
        " в нормализованный набор данных Parquet.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    version = f"protokol {pipeline.__version__}"
    parser.add_argument("--version", action="version", version=version, help="показать версию")
    commands = parser.add_subparsers(title="команды", metavar="КОМАНДА", required=True)

    extract = commands.add_parser(
        "extract", help="прочитать архив и записать набор данных",
        description="Читает все файлы папки RAW и записывает таблицы в папку OUT.",
        epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    extract.add_argument("raw", metavar="RAW", type=_folder, help="папка с протоколами (или один файл)")
    extract.add_argument("out", metavar="OUT", type=_folder, help="папка для таблиц")
    extract.add_argument("--workers", metavar="N", type=_positive, help="сколько процессов (обычно по числу ядер)")
    timeout = "секунд на документ (120); большому дано больше"
    extract.add_argument("--timeout", metavar="S", type=_positive, default=120, help=timeout)
    extract.add_argument("--strict", action="store_true", help="код 1, если при чтении была ошибка самой программы")
    extract.add_argument("--quiet", action="store_true", help="печатать только ошибки")
    extract.set_defaults(command=_extract)

    show = commands.add_parser(
        "show", help="показать, что извлечено из одного файла",
        description="Печатает всё, что программа поняла в одном файле; ничего не записывает.",
    )
    show.add_argument("file", metavar="FILE", type=_folder, help="файл DOCX, DOC, RTF, ODT, PDF, HTML или TXT")
    show.set_defaults(command=_show)

    needs = commands.add_parser(
        "needs", help="каких пакетов Debian не хватает для этого архива",
        description="Печатает пакеты Debian, которые нужны файлам папки RAW и не установлены; ничего не записывает.",
    )
    needs.add_argument("raw", metavar="RAW", type=_folder, help="папка с протоколами (или один файл)")
    needs.set_defaults(command=_needs)

    schema = commands.add_parser(
        "schema", help="словарь данных: все таблицы и столбцы (Markdown)",
        description="Печатает словарь данных в Markdown.",
    )
    schema.set_defaults(command=_schema)
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"нужно целое число от 1, а не {text}")
    return value


def _extract(args: argparse.Namespace) -> int:
    from pipeline.dataset import DatasetError
    from pipeline.run import run
    from pipeline.screen import Screen

    if not _exists(args.raw):
        return USAGE
    if args.out.resolve() == args.raw.resolve():
        print("protokol: ошибка: папка для таблиц совпадает с папкой архива; укажите другую", file=sys.stderr)
        return USAGE
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        _log_to(args.out / "protokol.log")
        with Screen(quiet=args.quiet) as screen:
            report = run(args.raw, args.out, args.workers, args.timeout, screen.start, screen.show)
    except DatasetError as error:
        print(f"protokol: ошибка: {error}", file=sys.stderr)
        return NOTHING_READ
    except OSError as error:
        print(f"protokol: ошибка: «{error.filename or args.out}»: {_in_russian(error)}", file=sys.stderr)
        return NOTHING_READ
    screen.finish(report, args.raw, args.out)
    return OK if report.was_anything_read and not (args.strict and report.bugs) else NOTHING_READ


def _exists(raw: Path) -> bool:
    """Whether the archive is there; says so if not."""
    if raw.exists():
        return True
    hint = " (имя с пробелами берут в кавычки: RAW=\"$HOME/Мой архив\")" if not raw.parent.exists() else ""
    print(f"protokol: ошибка: нет папки «{raw}»{hint}", file=sys.stderr)
    return False


_REASONS = {
    errno.ENOENT: "такого файла или папки нет",
    errno.EISDIR: "это папка, а нужен файл",
    errno.ENOTDIR: "это файл, а нужна папка",
    errno.EEXIST: "имя занято файлом",
    errno.EACCES: "нет прав",
    errno.EPERM: "нет прав",
    errno.ENOSPC: "на диске нет места",
    errno.EROFS: "диск открыт только для чтения",
}


def _in_russian(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def _folder(text: str) -> Path:
    """A path as typed, «~» understood also inside quotes."""
    return Path(text).expanduser()


def _log_to(path: Path) -> None:
    handler = logging.FileHandler(path, mode="w", encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("pipeline")
    log.handlers, log.propagate = [handler], False


def _show(args: argparse.Namespace) -> int:
    from pipeline.readers import ReaderError
    from pipeline.run import extract
    from pipeline.screen import show_outcome

    try:
        outcome = extract(args.file)
    except ReaderError as error:
        print(f"{args.file}: {error.message}", file=sys.stderr)
        return NOTHING_READ
    except OSError as error:
        print(f"{args.file}: не удалось открыть: {_in_russian(error)}", file=sys.stderr)
        return NOTHING_READ
    show_outcome(outcome, args.file.name)
    return OK


def _needs(args: argparse.Namespace) -> int:
    from pipeline.needs import missing

    if not _exists(args.raw):
        return USAGE
    for package in missing(args.raw):
        print(package)
    return OK


def _schema(args: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes the arguments
    from pipeline.schema import dictionary

    print(dictionary())
    return OK


if __name__ == "__main__":
    sys.exit(main())
