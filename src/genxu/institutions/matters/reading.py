"""That a matter was read: personal ones are sensitive."""

from genxu.core.access import Actor
from genxu.core.journal import note_read

from . import rules
from .models import Matter
from .workflow import SHARED_TIERS


def note_reading(actor: Actor, matter: Matter) -> None:
    """Log that a personal matter, or one that may turn out to be, was read."""
    if matter.tier not in SHARED_TIERS:
        note_read(actor=actor, action=rules.read_matter.name, subject=matter)
