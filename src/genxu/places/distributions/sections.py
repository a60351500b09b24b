"""What a household reads on its own page, and everybody on a hamlet's."""

from typing import Any

from genxu.core.sections import Section
from genxu.people.models import Household
from genxu.regions.models import Region

from .queries import own_parts, own_rows, told_at, told_rows


def _own(household: Household) -> dict[str, Any]:
    parts = own_parts(household)
    return {"part": parts[0] if parts else None, "earlier": parts[1:]}


def _told(hamlet: Region) -> dict[str, Any]:
    return {"distributions": told_at(hamlet)}


SECTIONS = [
    Section("own", 15, "distributions/_own.html", _own, rows=own_rows),
    Section("hamlet", 38, "distributions/_hamlet.html", _told, rows=told_rows),
]
