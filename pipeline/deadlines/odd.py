"""The last reader: one absolute date that our tables do not know, inside a frame they do («до <date>»)."""

from __future__ import annotations

import re

from pipeline.deadlines.dates import Span, Year

WORTH_TRYING = re.compile(r"(?=.{6,40}$)(?=[^а-я]{0,6}\d|.{0,30}\d{4})[\w\s.,/\-]+$")


def odd_date(text: str) -> Span | None:
    """«2024 года 15 марта» → 15 March 2024; None unless day, month and year are all there."""
    words = text.strip(" .,;").lower()
    if WORTH_TRYING.match(words) is None or len(re.findall(r"\d", words)) < 4:
        return None
    import dateparser

    found = dateparser.parse(
        words,
        languages=["ru"],
        settings={
            "DATE_ORDER": "DMY",
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "STRICT_PARSING": True,
        },
    )
    if found is None or not 1900 <= found.year <= 2099:
        return None
    return Span.of_day(found.day, found.month, Year(found.year))
