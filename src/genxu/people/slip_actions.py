"""The codes by which households open their own page: made, replaced, put on slips."""

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.codes import Why, check_printing, code_values, note_shown, replaced_code
from genxu.core.errors import Conflict
from genxu.regions.models import Region

from . import rules
from .models import Household, HouseholdLink
from .queries import links_in


@action(rules.issue_links, locks="hamlet")
def issue_links(*, actor: Actor, hamlet: Region) -> Region:
    """A code for every household of the hamlet that lives here and has none yet."""
    without = Household.objects.living_here().filter(hamlet=hamlet, link=None).exclude(head_name="")
    today = clock.today()
    HouseholdLink.objects.bulk_create(
        (
            HouseholdLink(household_id=pk, issued_on=today, **code_values())
            for pk in without.order_by("number").values_list("pk", flat=True)
        ),
        ignore_conflicts=True,
    )
    return hamlet


@action(rules.renew_link, locks="household")
def renew_link(*, actor: Actor, household: Household) -> Household:
    """A new code for a household; the old one opens nothing from now on, nor do those that its
    doubles had: they open the same page."""
    if household.is_erased or household.merged_into_id is not None:
        raise Conflict(_("This household has no page of its own."))
    doubles = [pk for pk in household.entries if pk != household.pk]
    HouseholdLink.objects.filter(household__in=doubles).delete()
    HouseholdLink.objects.update_or_create(
        household=household, defaults={"issued_on": clock.today(), **replaced_code()}
    )
    return household


@action(rules.print_slips, locks="hamlet", notes=("why", "new_only"))
def print_slips(*, actor: Actor, hamlet: Region, why: Why, new_only: bool = False) -> Region:
    """The slips of a hamlet go on paper: all, or those of which no printing is noted yet."""
    check_printing(why)
    links_in(hamlet, new_only=new_only).update(printed_at=clock.now())
    return hamlet


@action(rules.print_slip, locks="household", notes=("why",))
def print_slip(*, actor: Actor, household: Household, why: Why) -> Household:
    """One slip goes on paper, or its code is read out: then what it does is marked."""
    link = HouseholdLink.objects.filter(household=household).first()
    if link is None:
        raise Conflict(_("This household has no slip yet."))
    note_shown(link, why)
    return household
