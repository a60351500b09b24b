"""What the sender of a matter can still do while it lies above: take it back, urge."""

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict
from genxu.regions.codes import child_towards

from . import rules
from .models import Matter
from .reading import opened_at, sent_up


def check_is_unopened(matter: Matter) -> None:
    """``Conflict`` once somebody there has opened it or taken a step."""
    sent = sent_up(matter)
    if sent is None or opened_at(matter, sent):
        message = _("It has been opened there. Urge it, or wait for the answer.")
        raise Conflict(message)


def check_not_urged_today(matter: Matter) -> None:
    """``Conflict`` after the first time on a day."""
    if matter.steps.filter(step="urge", on=clock.today()).exists():
        raise Conflict(_("It was urged today already. Try again tomorrow."))


@action(rules.recall_matter, locks="matter")
def recall_matter(*, actor: Actor, matter: Matter) -> Matter:
    """Sent up by mistake: it comes back to the level below, to be given out there."""
    check_is_unopened(matter)
    lower = child_towards(matter.place_id, matter.hamlet_id)
    return matter.advance(actor, "recall", place_id=lower, assignee=None, assignee_name="")


@action(rules.urge_matter, locks="matter")
def urge_matter(*, actor: Actor, matter: Matter, words: str = "") -> Matter:
    """催办: whoever has it sees on top that somebody waits; once a day."""
    matter.check_step("urge")
    check_not_urged_today(matter)
    return matter.advance(actor, "urge", words=words)
