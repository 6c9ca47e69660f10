"""DOC, RTF and ODT → DOCX by LibreOffice, read as DOCX.

No library reads these with their list numbers and tables: antiword, catdoc and odfpy lose the numbers, striprtf loses
old numbers and cells of several paragraphs and shows what is hidden. LibreOffice takes 1.5 s a file and keeps it all.

The file may have been made by somebody who means harm. So LibreOffice gets a private folder, a profile that runs no
macro and follows no link, limits of time and memory, and a guard that clears up also when we are killed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pipeline.model import Issue, Source
from pipeline.readers.common import DOC, FLAT_ODT, MAX_FILE_BYTES, ODT, RTF, ReaderError
from pipeline.readers.docx import read_package
from pipeline.readers.docx_package import Package

OFFICE_PACKAGE: Final = "libreoffice-writer-nogui"
TIMEOUT: Final = 60
_MEMORY: Final = 4 * 2**20  # kilobytes
_FILE_SIZE: Final = MAX_FILE_BYTES // 512  # in blocks
_KILLED: Final = "137"

_SECTOR: Final = 64  # of the short streams; the long ones have 512
_WORD_HEAD: Final = re.compile(
    rb"(?:\xec\xa5(?:[\xc0-\xd9]\0|[\x01-\x12]\x01)|(\xdc\xa5)[\x65-\x69]\0).{7}(.)", re.DOTALL
)
_IS_ENCRYPTED: Final = 0x01

_GUARD: Final = f"""
folder=$1; shift
ulimit -v {_MEMORY}; ulimit -f {_FILE_SIZE}
timeout --signal=KILL {TIMEOUT} "$@" </dev/null >/dev/null 2>&1
status=$?
trap "" PIPE  # nobody may be there to hear
echo $status
read -r _  # until the result is taken, or its taker dead
rm -rf -- "$folder"
"""
_SECURITY: Final = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS: Final = (
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "DisableActiveContent", "true"),  # since LibreOffice 7.5; older ones pass it over
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),  # else linked pictures are fetched from the net
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),  # never
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "ru-RU"),  # else fields print dates the American way
)
_PROFILE: Final = "".join(
    [
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">',
        *(
            f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
            for path, name, value in _SETTINGS
        ),
        "</oor:items>",
    ]
)
# The field of today's date, unless it is locked, up to its result: «{ DATE \@ "dd.MM.yyyy" }».
_TODAY: Final = re.compile(
    rb'(w:fldCharType="begin"(?! w:fldLock="true")[^>]*>(?:(?!<w:t[ >]|<w:fldChar).)*'
    rb"<w:instrText[^>]*>\s*(?:DATE|TIME)\b(?:(?!<w:t[ >]|\"end\").)*)<w:t[ >][^<]*</w:t>",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Format:
    """What the clerk calls a format, and LibreOffice's filter: left to guess, it takes rubbish for plain text."""

    name: str
    filter: str


_FORMATS: Final = {
    DOC: _Format("DOC", "MS Word 97"),
    RTF: _Format("RTF", "Rich Text Format"),
    ODT: _Format("ODT", "writer8"),
    FLAT_ODT: _Format("FODT", "OpenDocument Text Flat XML"),
}


def read_office(data: bytes, media_type: str) -> Source:
    """The text of a DOC, RTF or ODT with its automatic numbers: «1.1. Провести семинар.»"""
    form = _FORMATS[media_type]
    if media_type == DOC:
        form = _checked_doc(data, form)
    elif media_type == ODT:
        _check_odt(data, form)
    return replace(read_package(_Converted(_convert(data, form))), media_type=media_type)


def find_office() -> str | None:
    """The program of this machine: «/usr/bin/soffice»; None where LibreOffice Writer is not installed."""
    places = ["/usr/bin", *map(str, sorted(Path("/opt").glob("libreoffice*/program"), reverse=True))]
    found = (shutil.which("soffice", path=path) for path in (None, *places))
    return next((program for program in found if program and _has_writer(Path(program).resolve().parent)), None)


def _has_writer(folder: Path) -> bool:
    """Whether the parts of LibreOffice that lie there include Writer: Calc alone would find every DOC damaged."""
    return (folder / "libswlo.so").exists() or not (folder / "soffice.bin").exists()


class _Converted(Package):
    """A DOCX out of LibreOffice, which puts the day of the conversion into every field of today's date."""

    def _bytes(self, member: zipfile.ZipInfo) -> bytes:
        data = super()._bytes(member)
        bare = _TODAY.sub(rb"\1", data)
        if bare != data:
            message = "Дата вставлена полем, которое показывает сегодняшний день, и поэтому пропущена"
            self.issues.append(Issue("warning", "todays_date", message))
        return bare


def _checked_doc(data: bytes, form: _Format) -> _Format:
    """The head of the text, at the beginning of a sector, tells whether there is a password, and Word 95 from later."""
    head = next((found for found in _WORD_HEAD.finditer(data) if found.start() % _SECTOR == 0), None)
    if head and head[2][0] & _IS_ENCRYPTED:
        raise _encrypted(form)
    return replace(form, filter="") if head and head[1] else form


def _check_odt(data: bytes, form: _Format) -> None:
    """LibreOffice gives no reasons: a password, a bomb and a damaged archive are told here."""
    package = Package(data, form.name)
    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise _encrypted(form)
    if package.part("content.xml") is None:
        raise _damaged(form)


def _damaged(form: _Format) -> ReaderError:
    return ReaderError(f"damaged_{form.name.lower()}", f"Файл {form.name} повреждён и не открывается")


def _encrypted(form: _Format) -> ReaderError:
    return ReaderError(f"encrypted_{form.name.lower()}", f"Файл {form.name} защищён паролем")


def _convert(data: bytes, form: _Format) -> bytes:
    """The bytes of a DOCX. LibreOffice ends with 0 whatever happens, so only the result counts."""
    office = find_office()
    if office is None:
        message = f"Для чтения файла {form.name} нужен LibreOffice: sudo apt install {OFFICE_PACKAGE}"
        raise ReaderError("office_missing", message)
    status, converted = _attempt(office, data, form)
    if converted is None and status != _KILLED:  # now and then it falls over a file that it reads the next time
        status, converted = _attempt(office, data, form)
    if converted is not None:
        return converted
    if status == _KILLED:
        raise ReaderError("office_timeout", f"Файл {form.name} открывался дольше {TIMEOUT} секунд и пропущен")
    raise _damaged(form)


def _attempt(office: str, data: bytes, form: _Format) -> tuple[str, bytes | None]:
    """One run in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="protokol-"))  # closed to others
    try:
        (folder / "profile/user").mkdir(parents=True)
        (folder / "profile/user/registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        (folder / "document").write_bytes(data)
        return _run(office, folder, form)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(office: str, folder: Path, form: _Format) -> tuple[str, bytes | None]:
    """Run LibreOffice under its guard: the exit status, and the converted file if there is one."""
    command = [
        office, f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault",
        *([f"--infilter={form.filter}"] if form.filter else []), "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(folder / "out"), str(folder / "document"),
    ]  # fmt: skip
    # Its own session: Ctrl-C is ours to handle. Its own environment: what it leaves lying about is in the folder.
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
    environment |= dict.fromkeys(("HOME", "TMPDIR"), str(folder))
    with subprocess.Popen(
        ["/bin/sh", "-c", _GUARD, "guard", str(folder), *command],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True, env=environment, text=True,
    ) as guard:  # fmt: skip
        assert guard.stdout
        status = guard.stdout.readline().strip()
        result = folder / "out/document.docx"
        return status, result.read_bytes() if result.is_file() and not result.is_symlink() else None
