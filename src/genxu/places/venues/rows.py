"""A place as a spreadsheet gives it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from genxu.core.promises import StrOrPromise
from genxu.core.texts import too_long

from .facts import VenueFacts, wrong_with
from .models import ROOM_LIMIT, Element


@dataclass(frozen=True, slots=True)
class VenueRow:
    """The code of its hamlet, the facts, the names of its rooms, and the six elements that are
    there; what is left empty of a place that is known stays as it is."""

    hamlet: str
    name: str
    source: str
    since: date
    owner: str = ""
    agreed_until: date | None = None
    rooms: Sequence[str] = ()
    elements: Sequence[str] = ()

    @property
    def facts(self) -> VenueFacts:
        return VenueFacts(self.name, self.source, self.since, self.owner, self.agreed_until)

    def cleaned(self) -> "VenueRow":
        facts = self.facts.cleaned()
        order = [kind for kind in Element.Kind.values if kind in self.elements]
        return replace(self, name=facts.name, owner=facts.owner, elements=tuple(order),
                       rooms=tuple(dict.fromkeys(self.rooms)))  # fmt: skip

    def problems(self) -> Mapping[str, StrOrPromise]:
        found = dict(wrong_with(self.facts))
        if any(len(name) > ROOM_LIMIT for name in self.rooms):
            found["rooms"] = too_long(ROOM_LIMIT)
        return found
