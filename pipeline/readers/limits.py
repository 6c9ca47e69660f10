"""How much a reader takes from one file before it calls the file hostile or too large."""

from __future__ import annotations

from typing import Final

MAX_TEXT: Final = 32 * 2**20
"""Bytes of a plain text: the largest protocol seen has 0.2 MB."""
MAX_UNZIPPED: Final = 200 * 2**20
"""Bytes of a DOCX when unzipped."""
MAX_ZIP_RATIO: Final = 200
"""Unzipped to zipped size; honest office files stay below 50."""
MAX_ZIP_MEMBERS: Final = 5_000
MAX_XML: Final = 64 * 2**20
"""Bytes of one XML part."""
MAX_PAGES: Final = 2_000
MAX_PAGE_OBJECTS: Final = 100_000
"""Characters, lines and images of one PDF page."""
