"""That the members of an organisation were read: membership is sensitive."""

from genxu.core.access import Actor
from genxu.core.journal import note_read

from . import rules
from .models import Organisation


def note_members_read(actor: Actor, organisation: Organisation) -> None:
    """Each reading of names is logged."""
    note_read(actor=actor, action=rules.see_members.name, subject=organisation)
