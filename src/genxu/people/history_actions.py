"""Taking back what one has just done (撤回)."""

from genxu.core.access import Actor
from genxu.core.actions import action

from . import rules
from .history import LivingAt


@action(rules.take_back, locks="row")
def take_back(*, actor: Actor, row: LivingAt, since: int) -> LivingAt:
    """The steps since this version did not mean to be taken: the row stands as before, and the
    history keeps both. Within ten seconds, and a minute for slow networks, while nobody has done
    anything else."""
    return row.take_back(actor, since)
