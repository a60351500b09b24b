"""What everybody reads of what is decided together."""

from typing import Any

from genxu.core.sections import Section
from genxu.regions.models import Region

from .queries import next_change, public_assemblies, results_of


def _decided(hamlet: Region) -> dict[str, Any]:
    found = public_assemblies(hamlet)
    told = found.each(lambda one: (one, results_of(one)))
    return {"assemblies": told, "until": next_change(found)}


SECTIONS = [Section("hamlet", 30, "assemblies/_decided.html", _decided, always=True)]
