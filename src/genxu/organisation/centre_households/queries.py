"""Reading centre households: every list starts at ``visible_to(actor)``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.errors import Missing
from genxu.people.models import Household
from genxu.regions.models import Region
from genxu.regions.queries import place_in_charge

from .models import CentreHousehold, Coverage, Recommendation
from .rules import see_centre_households
from .workflow import OPEN, State

GROUPS = {
    "serving": _("Serving"),
    "due": _("Term ends within 90 days"),
    "gone": _("Serving, but moved away"),
    "silent": _("Serving, but cannot sign in"),
    "nominated": _("Waiting for the branch"),
    "selected": _("Waiting for the township"),
    "left": _("No longer serving"),
    "rest": _("Not chosen or withdrawn"),
}


def centre_household_list(actor: Actor) -> QuerySet[CentreHousehold]:
    """All that the actor may know of, hamlet by hamlet."""
    return CentreHousehold.objects.visible_to(actor).order_by("hamlet", "pk")


def hamlet_in_charge(actor: Actor, code: str) -> Region:
    """A hamlet whose centre households the actor sees; ``Missing`` for anybody else."""
    hamlet = place_in_charge(actor, see_centre_households.roles, code)
    if not hamlet.is_hamlet:
        raise Missing(_("There is no such place, or it is not in your charge."))
    return hamlet


def households_of(actor: Actor, hamlet: Region) -> list[Household]:
    """Those who live in a hamlet, to be picked from."""
    rows = Household.objects.visible_to(actor).living_here().filter(hamlet=hamlet)
    return list(rows.exclude(head_name="").order_by("number"))


def serving_in(hamlet: Region) -> list[CentreHousehold]:
    """Those who serve in a hamlet, in the order of their doors."""
    rows = CentreHousehold.objects.serving().filter(hamlet=hamlet)
    return list(rows.select_related("household").order_by("household__number", "pk"))


def candidates_of(hamlet: Region) -> list[CentreHousehold]:
    """Those who stand in a hamlet, the longest waiting first, counted as in ``count_voices``."""
    rows = CentreHousehold.objects.open().filter(hamlet=hamlet)
    return count_voices(list(rows.select_related("household").order_by("nominated_on", "pk")))


def count_voices(candidates: Sequence[CentreHousehold]) -> list[CentreHousehold]:
    """Put on each how many households recommend it in ``.voices``: one query, and no names.

    A household's double does not count beside it.
    """
    rows = Recommendation.objects.filter(candidate__in=candidates, household__merged_into=None)
    counted = dict(rows.values_list("candidate").annotate(n=Count("pk")))
    for one in candidates:
        one.voices = counted.get(one.pk, 0)  # type: ignore[attr-defined]
    return list(candidates)


def selected_below(actor: Actor, place: str = "") -> QuerySet[CentreHousehold]:
    """Those whom the branches selected and the township has not appointed yet."""
    rows = CentreHousehold.objects.visible_to(actor).under(place).filter(state=State.SELECTED)
    return rows.select_related("household").order_by("hamlet", "pk")


# --- seen from a household ----------------------------------------------------------------------


def own_of(household: Household) -> CentreHousehold | None:
    """What the household itself is: the candidacy or service under way, else the last one."""
    rows = CentreHousehold.objects.filter(household__in=household.entries)
    found = list(rows.select_related("household", "hamlet").order_by("-pk"))
    running = (one for one in found if one.state in (*OPEN, State.APPOINTED))
    return next(running, found[0] if found else None)


def reason_of(one: CentreHousehold) -> str:
    """Why the branch did not choose it, in its own words."""
    if one.state != State.NOT_CHOSEN:
        return ""
    step = one.steps.filter(to_state=State.NOT_CHOSEN).order_by("-pk").first()
    return step.words if step else ""


@dataclass(frozen=True)
class Helper:
    """The centre household that looks after a household, as that one may see it."""

    name: str
    phone: str
    duties: list[Any]


def helper_of(household: Household) -> Helper | None:
    """Its phone number, the account's before the household's, only if the person has agreed."""
    rows = Coverage.objects.at_hand().filter(household=household)
    told = ("person_name", "duties", "phone_shown", "account__phone", "household__phone")
    found = rows.values_list(*(f"centre_household__{name}" for name in told)).first()
    if found is None:
        return None
    name, duties, shown, *phones = found
    phone = next(filter(None, phones), "") if shown else ""
    return Helper(name, phone, CentreHousehold(duties=duties).duty_labels)


def word_of(household: Household) -> Recommendation | None:
    """Whom the household recommends now."""
    return Recommendation.objects.filter(household=household, settled=False).first()


def public_candidates(household: Household) -> list[CentreHousehold]:
    """Those who stand in the household's hamlet, without itself: they stand publicly there."""
    rows = CentreHousehold.objects.filter(hamlet=household.hamlet_id, state=State.NOMINATED)
    rows = rows.exclude(household=household).exclude(household__merged_into=household)
    return list(rows.order_by("nominated_on", "pk"))
