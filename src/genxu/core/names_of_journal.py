"""What the entries of the journal are called; apps that know have it in their room
``journal_names``."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from .access import PERMISSIONS
from .actions import ACTIONS
from .declared import declared
from .models import JournalEntry
from .promises import StrOrPromise


@dataclass(frozen=True, slots=True)
class Office:
    """A role and where it is held; ``code`` is that place's."""

    role: str
    place: str = ""
    code: str = ""

    def __str__(self) -> str:
        return f"{self.role} · {self.place}" if self.place else self.role


class Names:
    """Offices and places of entries, each asked for once: before a page, or row by row."""

    def __init__(self) -> None:
        self.offices: dict[str, list[Office]] = {}
        self.places: dict[str, str] = {}

    def learn(self, entries: Sequence[JournalEntry]) -> None:
        """Look up together whatever these entries name."""
        labels = {entry.actor for entry in entries} - self.offices.keys()
        codes = {entry.place for entry in entries} - self.places.keys()
        if labels:
            for offices in declared("journal_names", "offices"):
                self.offices |= offices(labels)
        if codes:
            self.places |= dict.fromkeys(codes, "")
            for place_names in declared("journal_names", "place_names"):
                self.places |= place_names(codes)

    def who(self, entry: JournalEntry) -> str:
        """By office: the one nearest to where it was done."""
        self.learn([entry])
        held = self.offices[entry.actor]
        near = [one for one in held if entry.place.startswith(one.code)]
        return str(max(near or held, key=lambda one: len(one.code)))

    def where(self, entry: JournalEntry) -> str:
        self.learn([entry])
        return self.places[entry.place]


def act_of(name: str) -> StrOrPromise:
    """What an action, or a reading, is called: as its permission is."""
    permission = ACTIONS[name].permission if name in ACTIONS else PERMISSIONS.get(name)
    return permission.label if permission else name


def entries_with(words: str) -> Q:
    """Entries whose act, place or office is called so."""
    names = {*ACTIONS, *PERMISSIONS}
    found = Q(action__in=sorted(name for name in names if words in str(act_of(name))))
    for more in declared("journal_names", "entries_with"):
        found |= more(words)
    return found
