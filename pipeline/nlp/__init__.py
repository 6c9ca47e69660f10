"""The one door to natasha, slovnet, pymorphy3 and spaCy: names, nominatives, posts, organizations."""

from __future__ import annotations

from pipeline.nlp.inflect import is_surname
from pipeline.nlp.morph import Case, Gender, has_tag, is_infinitive, parses
from pipeline.nlp.names import Name, find_names
from pipeline.nlp.persons import PersonName, nominative_name
from pipeline.nlp.phrases import entity_type, nominative_phrase

__all__ = [
    "Case",
    "Gender",
    "Name",
    "PersonName",
    "entity_type",
    "find_names",
    "has_tag",
    "is_infinitive",
    "is_surname",
    "nominative_name",
    "nominative_phrase",
    "parses",
]
