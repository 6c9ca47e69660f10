"""Programs beside Python that an archive needs and this machine lacks, as Debian packages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.discover import discover
from pipeline.readers import OLE, sniff
from pipeline.readers.common import BY_OFFICE, DOCX, PDF, PICTURES
from pipeline.readers.office import OFFICE_PACKAGE, find_office
from pipeline.readers.scan.engine import PACKAGES as OCR_PACKAGES
from pipeline.readers.scan.engine import data_folder

_HEAD: Final = 4096


@dataclass(frozen=True, slots=True)
class Need:
    """A Debian package, the kinds of files that need it, and whether this machine has it already."""

    package: str
    media_types: frozenset[str]
    is_met: Callable[[], bool]


_MAY_BE_SCANNED: Final = PICTURES | {PDF, DOCX}  # only the pages themselves could tell: the data are small
NEEDS: Final = (
    Need(OFFICE_PACKAGE, frozenset(BY_OFFICE), lambda: find_office() is not None),
    *(Need(package, _MAY_BE_SCANNED, lambda: data_folder() is not None) for package in OCR_PACKAGES),
)


def missing(raw: Path, needs: tuple[Need, ...] = NEEDS) -> list[str]:
    """The packages that the archive needs and that are not there: «протокол.doc» → ["libreoffice-writer-nogui"]."""
    lacking = [need for need in needs if not need.is_met()]
    found: list[str] = []
    types = _media_types(raw) if lacking else iter(())
    for media_type in types:
        found += [need.package for need in lacking if media_type in need.media_types]
        lacking = [need for need in lacking if need.package not in found]
        if not lacking:
            break
    return found


def _media_types(raw: Path) -> Iterator[str]:
    """The kinds of the files that will be read. Their heads tell; only an old Office file must be read whole."""
    for item in discover(raw):
        if item.problem is not None:
            continue
        try:
            with item.path.open("rb") as file:
                head = file.read(_HEAD)
                media_type = sniff(head)
                yield sniff(head + file.read()) if media_type == OLE else media_type
        except OSError:  # the run itself tells of it
            continue
