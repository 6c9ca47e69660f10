"""The bridge to spaCy: every row of an outcome is a span of the document."""

from sources import source

import pipeline
from pipeline.model import Outcome
from pipeline.parsers import parse


def test_spans_of_an_outcome() -> None:
    document = source("ПРОТОКОЛ № 3\nзаседания комиссии\n12.04.2023\nРЕШИЛИ:\n1. Завершить ремонт школы. Срок: до 01.06.23. Отв.: Петров П.П.")
    blocks, protocol, issues = parse(document)
    doc = pipeline.to_spacy(Outcome("0" * 16, document, blocks, protocol, issues))
    assert [(span.text, span.label_) for span in doc.spans["deadlines"]] == [("до 01.06.23", "by_date")]
    assert [(span.text.rstrip("."), span.label_) for span in doc.spans["assignees"]] == [("Петров П.П", "responsible")]
    assert doc.text == document.text
