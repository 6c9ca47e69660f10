"""Interim alias, see NOTE_TO_HELPERS.txt: use pipeline.readers.common."""

from pipeline.readers.common import ReaderError as ReaderError
