"""Handing out the codes by which households open their own page."""

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict
from genxu.regions.models import Region

from . import rules
from .models import Household, HouseholdLink, new_code


@action(rules.issue_links, locks="hamlet")
def issue_links(*, actor: Actor, hamlet: Region) -> Region:
    """A code for every household of the hamlet that lives here and has none yet."""
    without = Household.objects.living_here().filter(hamlet=hamlet, link=None).exclude(head_name="")
    today = clock.today()
    HouseholdLink.objects.bulk_create(
        (
            HouseholdLink(household_id=pk, issued_on=today)
            for pk in without.order_by("number").values_list("pk", flat=True)
        ),
        ignore_conflicts=True,
    )
    return hamlet


@action(rules.renew_link, locks="household")
def renew_link(*, actor: Actor, household: Household) -> Household:
    """A new code for a household; the old one opens nothing from now on."""
    if household.is_erased or household.merged_into_id is not None:
        raise Conflict(_("This household has no page of its own."))
    HouseholdLink.objects.update_or_create(
        household=household, defaults={"code": new_code(), "issued_on": clock.today()}
    )
    return household
