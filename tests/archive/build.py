"""Build the sample archive: ``python -m tests.archive.build [folder]`` writes it into ``data/raw``."""

import sys
from pathlib import Path

from tests.archive import docx_file, pdf_file, txt_file
from tests.archive.markup import Document, documents

ARCHIVE = Path(__file__).parents[2] / "data" / "raw"
BUILDERS = {".docx": docx_file.build, ".pdf": pdf_file.build, ".txt": txt_file.build}


def write(document: Document, folder: Path) -> Path:
    """Write one document's file below the folder."""
    target = folder / document.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(BUILDERS[target.suffix](document))
    return target


def main(folder: Path = ARCHIVE) -> list[Path]:
    """Write all documents of the archive."""
    return [write(document, folder) for document in documents()]


if __name__ == "__main__":
    built = main(*map(Path, sys.argv[1:2]))
    print(f"{len(built)} files")
