"""The choices a careful reader could make otherwise: named switches, the rulebook's answers as defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Policy:
    """How doubtful forms are read; `DEFAULT` is the rulebook (DEADLINES.md)."""

    # «в течение года»: to 31 December, to the same day a year later, or to the end of the school year (rule 8)
    bare_year: Literal["calendar", "rolling", "school"] = "calendar"
    # the last month and day of a school year: the end of teaching, or (8, 31) (rule 7)
    school_year_end: tuple[int, int] = (5, 31)
    # «октябрь, март»: the order printed is kept and rolls over the year, or each month is the next one (rule 5)
    month_lists: Literal["ordered", "each_next"] = "ordered"
    # «август, сентябрь»: contiguous periods are one interval (rule 5)
    join_contiguous: bool = True
    # a term that ends on a day off moves to the next working day (ГК РФ ст. 193); the rulebook says no (rule 9)
    roll_over: bool = False
    # two digits of a year lie in R − 50 … R + 49 (rule 3)
    century_before: int = 50


DEFAULT = Policy()
