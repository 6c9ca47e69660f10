"""Which pages of PDF files have a text layer that can be used: 265 pages of 72 kinds that another hand made."""

from __future__ import annotations

import io
from collections import Counter

import pdfplumber

from pipeline.readers.pdf_layer import PageError, check_layer, is_blank
from pipeline.readers.pdf_words import words_of
from tests.layer_pages import LayerFile, layer_files


def verdicts(file: LayerFile) -> list[bool]:
    """Of each page, whether its layer is taken."""
    found = []
    with pdfplumber.open(io.BytesIO(file.data)) as document:
        for page in document.pages:
            words = words_of(page.chars, page.bbox)
            try:
                assert not is_blank(page, words), "no page of the set is blank"
                check_layer(page, words)
            except PageError as error:
                found.append(not error.is_scan)
            else:
                found.append(True)
    return found


def test_layers_are_told_apart() -> None:
    right, count, wrong = Counter[bool](), Counter[bool](), Counter[str]()
    for file in layer_files():
        for page, verdict in zip(file.pages, verdicts(file), strict=True):
            count[page.is_usable] += 1
            right[page.is_usable] += verdict == page.is_usable
            wrong[page.kind] += verdict != page.is_usable
    assert min(count.values()) >= 100
    balanced = sum(right[truth] / count[truth] for truth in count) / len(count)
    assert balanced >= 0.98, +wrong
