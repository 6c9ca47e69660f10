"""What needs the whole archive: which documents tell of one meeting, which names are one person or organization.

Two things become one only when exactly one candidate is left; what is merely likely becomes a row of `issues`.
Everything goes by content, never by the order of files.
"""

from __future__ import annotations

from pipeline.resolve.meetings import resolve_meetings
from pipeline.resolve.organizations import resolve_organizations
from pipeline.resolve.persons import resolve_persons
from pipeline.resolve.tables import Tables


def resolve(tables: Tables) -> Tables:
    """Fill in the ids that go across documents, and add `persons` and `organizations`."""
    resolved = dict(tables)
    resolve_meetings(resolved)
    resolve_persons(resolved)
    resolve_organizations(resolved)
    return resolved


__all__ = ["resolve"]
