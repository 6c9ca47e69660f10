"""Protocols by seed, with their truth: the same matter in very many forms, as TXT, DOCX and PDF.

    from tests.generator import make_truth, make_form, write, to_text
    truth = make_truth(7)                      # who met, what was decided: gold without a form
    page = write(truth, make_form(11))         # paragraphs and gold in one of the forms
    data, gold = to_text(page), page.gold

What is said (`truth`, `vocabulary`), how it is laid out (`forms`, `writing`) and in what file (`files`) are drawn
from seeds of their own, so that one changes while the others stay. Nothing here uses the pipeline.

Evaluation draws even seeds, training (and anybody who looks at outputs to mend a rule) odd ones.
"""

from __future__ import annotations

from tests.generator.files import to_docx, to_pdf, to_text
from tests.generator.forms import Form, make_form
from tests.generator.noise import NOISES
from tests.generator.truth import Truth, make_truth
from tests.generator.writing import Page, write

__all__ = ["NOISES", "Form", "Page", "Truth", "make_form", "make_truth", "to_docx", "to_pdf", "to_text", "write"]
