"""Open personal matters follow their household to the centre household that looks after it.

Parts of the action that gives households to centre households, in its transaction.
"""

from collections.abc import Iterable, Mapping

from django.db.models import F
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.organisation.centre_households.neighbours import centre_household_of

from .models import Matter, Voice
from .workflow import IN_HAND, Tier


def personal_in_hand(households: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Matter → its household, and the account that has it in hand: the open personal ones that lie
    in their hamlet."""
    rows = Voice.objects.filter(
        suggestion__household__in=list(households),
        matter__tier=Tier.PERSONAL,
        matter__state__in=IN_HAND,
        matter__place=F("matter__hamlet"),
        matter__assignee__isnull=False,
    ).order_by("matter")
    found = rows.values_list("matter", "suggestion__household", "matter__assignee")
    return {matter: (household, account) for matter, household, account in found}


def helper_changed(actor: Actor, before: Mapping[int, int | None]) -> None:
    """``before``: household → the account of who looked after it until now. What that one has in
    hand goes to who looks after it now; where that one has no account, it waits for the secretary.
    What somebody else has in hand stays there."""
    now = centre_household_of(before)
    following = personal_in_hand(before)
    rows = Matter.objects.filter(pk__in=following).order_by("pk")
    for matter in rows.select_for_update(of=("self",), no_key=True):
        household, _account = following[matter.pk]
        helper = now.get(household)
        if matter.assignee_id != before[household] or (helper and helper.pk == before[household]):
            continue
        if helper is not None:
            words = _("Another centre household looks after this household now.")
            matter.advance(
                actor, "pass_on", words=words, assignee=helper, assignee_name=helper.name
            )
        else:
            words = _("Whoever looked after this household does so no longer: give it out anew.")
            matter.advance(actor, "return", words=words, assignee=None, assignee_name="")
