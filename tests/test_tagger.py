"""The fast tagger says what slovnet's own says: the same emissions, the same spans."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.nlp import tagger as module
from pipeline.nlp.tagger import Span, Tagger, stock_tagger

LINES = [
    "Слушали: Рамазана Юнусбека, председателя комитета по образованию администрации Энского района.",
    "Выступил Рамазан Юнусбек.",
    "",
    "-",
    "Ответственные: директор МБОУ «СОШ № 5» Ковалец И.И., Управление культуры г. Нижнеозёрска",
    "ПРОТОКОЛ № 12 заседания комиссии при ООО «Рассвет»",
    "1. Поручить Ивановой Марии Петровне до 01.11.23 направить письмо в Министерство образования Российской Федерации " * 3,
    "Xyz абвгд 12345 №№ ((( Щщщъ-Ыыы",
]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(stock_tagger())


def test_same_emissions(tagger: Tagger) -> None:
    lines = [line.split() for line in LINES if line]
    model, encoder = tagger.stock.model, tagger.stock.encoder
    for line, ours in zip(lines, tagger.emissions(lines), strict=True):
        batch = encoder.input([encoder.item(line)])
        (stock,) = model(batch.word_id, batch.shape_id, batch.pad_mask)
        np.testing.assert_allclose(ours, stock, rtol=1e-4, atol=1e-4)


def test_same_spans(tagger: Tagger) -> None:
    stock = [[Span(s.start, s.stop, s.type) for s in stock_tagger()(line).spans] if line else [] for line in LINES]
    assert tagger.spans(LINES) == stock
    assert Span(9, 24, "PER") in stock[1]


def test_a_full_memory_is_emptied(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = tagger.spans(LINES)
    monkeypatch.setattr(module, "_REMEMBERED", 20)
    monkeypatch.setattr(module, "_BATCH", 5)
    assert Tagger(stock_tagger()).spans(LINES) == expected


def test_no_lines(tagger: Tagger) -> None:
    assert tagger.spans([]) == []
    assert tagger.spans(["", "  "]) == [[], []]
