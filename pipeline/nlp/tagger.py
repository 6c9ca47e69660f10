"""natasha's named-entity tagger, the same emissions at a fraction of the cost.

slovnet pads lines to a common length and convolves every word anew. Here the lines lie in one row with a gap between
them, and what the first (linear) convolution makes of a word is computed once and remembered, for protocols repeat
their words. One BLAS thread (`OPENBLAS_NUM_THREADS=1`) is four times as fast on two cores.

natasha itself imports pymorphy2, which the lock file leaves out, so slovnet and navec run the model files that the
natasha package carries.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_EMBEDDING: Final = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"
_MODEL: Final = "data/model/slovnet_ner_news_v1.tar"
_REMEMBERED: Final = 20_000
"""Words whose first convolution is kept: 3 KB each, 60 MB at most."""
_BATCH: Final = 4_096
"""Tokens that go through the network together; more would only take memory."""

Floats = NDArray[np.float32]


class Span(NamedTuple):
    """`line[start:end]` is a person (`PER`), an organization (`ORG`) or a place (`LOC`)."""

    start: int
    end: int
    type: str


class _Layer(NamedTuple):
    weight: Floats  # 3 · in × out
    bias: Floats
    scale: Floats
    shift: Floats


class Tagger:
    """Persons, organizations and places of lines: «Выступил Рамазан Юнусбек» → (9, 24, PER)."""

    def __init__(self, stock: Any) -> None:
        self.stock = stock.infer
        model = self.stock.model
        self.embedding = model.emb
        self.head = model.head
        first, *rest = [_layer(layer) for layer in model.encoder.layers]
        self.first, self.rest = first, rest
        self.width = first.bias.size
        # the first convolution, as three maps of one word: for the word after it, for itself, for the word before
        self.parts = np.concatenate(np.split(first.weight, 3), axis=1)
        self.rows: dict[tuple[int, int], int] = {}
        self.memory = np.zeros((0, 3 * self.width), np.float32)

    def spans(self, lines: Sequence[str]) -> list[list[Span]]:
        """What the stock tagger says of each line."""
        from slovnet.bio import bio_spans
        from slovnet.token import tokenize

        found: list[list[Span]] = [[] for _ in lines]
        tokens = [list(tokenize(line)) for line in lines]
        for batch in _batches([len(line) for line in tokens]):
            emissions = self.emissions([[token.text for token in tokens[index]] for index in batch])
            for index, tags in zip(batch, self._decoded(emissions), strict=True):
                spans = bio_spans(tokens[index], tags)
                found[index] = [Span(span.start, span.stop, span.type) for span in spans]
        return found

    def emissions(self, lines: Sequence[Sequence[str]]) -> list[Floats]:
        """What each tag scores at each word, line by line."""
        sizes = [len(line) for line in lines]
        gaps = np.cumsum([0, *(size + 1 for size in sizes)])  # a row of zeros before, between and after the lines
        is_word = np.ones(int(gaps[-1]) + 1, bool)
        is_word[gaps] = False
        rows = self._remembered([self._ids(word) for line in lines for word in line])
        parts = np.zeros((is_word.size, 3 * self.width), np.float32)
        parts[is_word] = self.memory[rows]
        before, own, after = np.split(parts, 3, axis=1)
        state = own + self.first.bias
        state[1:] += before[:-1]
        state[:-1] += after[1:]
        state = _activated(state, self.first, is_word)
        for layer in self.rest:
            windows = np.zeros((state.shape[0], 3, state.shape[1]), np.float32)
            windows[1:, 0], windows[:, 1], windows[:-1, 2] = state[:-1], state, state[1:]
            state = _activated(windows.reshape(state.shape[0], -1) @ layer.weight + layer.bias, layer, is_word)
        scores = self.head(state)
        return [scores[start + 1 : start + 1 + size] for start, size in zip(gaps[:-1], sizes, strict=True)]

    def _ids(self, word: str) -> tuple[int, int]:
        (word_id,), (shape_id,) = self.stock.encoder.item([word])
        return word_id, shape_id

    def _remembered(self, ids: list[tuple[int, int]]) -> list[int]:
        """The rows of the memory where the words stand, the new ones among them computed first."""
        new = list(dict.fromkeys(key for key in ids if key not in self.rows))
        if len(self.rows) + len(new) > _REMEMBERED:
            self.rows, self.memory = {}, self.memory[:0]
            new = list(dict.fromkeys(ids))
        if new:
            words, shapes = np.array(new).T
            vectors = self.embedding(words, shapes).astype(np.float32)
            self.rows.update({key: index for index, key in enumerate(new, len(self.rows))})
            self.memory = np.concatenate((self.memory, vectors @ self.parts))
        return [self.rows[key] for key in ids]

    def _decoded(self, emissions: list[Floats]) -> list[list[str]]:
        """The best path of each line."""
        longest = max(len(line) for line in emissions)
        padded = np.zeros((len(emissions), longest, emissions[0].shape[1]), np.float32)
        mask = np.zeros(padded.shape[:2], bool)
        for index, line in enumerate(emissions):
            padded[index, : len(line)], mask[index, : len(line)] = line, True
        return [list(tags) for tags in self.stock.decoder(self.head.crf.decode(padded, mask))]


def _layer(layer: Any) -> _Layer:
    """A convolution with kernel 3 as one matrix, its normalization as a scale and a shift."""
    filters, size, kernel = layer.conv.weight.shape
    weight = layer.conv.weight.array.transpose(2, 1, 0).reshape(kernel * size, filters)
    scale = layer.norm.weight.array / layer.norm.std.array
    shift = layer.norm.bias.array - layer.norm.mean.array * scale
    return _Layer(np.ascontiguousarray(weight), layer.conv.bias.array, scale, shift)


def _activated(state: Floats, layer: _Layer, is_word: NDArray[np.bool_]) -> Floats:
    state = np.maximum(state, 0) * layer.scale + layer.shift
    state[~is_word] = 0
    return state


def _batches(sizes: Sequence[int]) -> list[list[int]]:
    """Lines of like length together, for the decoder pads them; lines without a word are left out."""
    batches: list[list[int]] = []
    room = 0
    for index in sorted((i for i, size in enumerate(sizes) if size), key=lambda i: sizes[i]):
        if room < sizes[index] or len(batches[-1]) >= 32:
            batches.append([])
            room = _BATCH
        batches[-1].append(index)
        room -= sizes[index]
    return batches


@cache
def stock_tagger() -> Any:
    """slovnet's tagger with the weights of the natasha package, or None where either is missing."""
    spec = find_spec("natasha")
    places = spec.submodule_search_locations if spec is not None else None
    if not places or find_spec("slovnet") is None or find_spec("navec") is None:
        return None
    embedding, model = (Path(next(iter(places))) / name for name in (_EMBEDDING, _MODEL))
    if not (embedding.exists() and model.exists()):
        return None
    from navec import Navec
    from slovnet import NER

    return NER.load(str(model)).navec(Navec.load(str(embedding)))


@cache
def tagger() -> Tagger | None:
    """The tagger of this process, or None where natasha's model files are missing."""
    stock = stock_tagger()
    return Tagger(stock) if stock is not None else None
