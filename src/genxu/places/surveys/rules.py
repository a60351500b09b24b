"""Who asks households what they earned, and who reads what one of them said."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import (
    ALLOWED,
    HOUSEHOLD_ROLE,
    SYSTEM_ROLE,
    Actor,
    Decision,
    Kind,
    denied,
    permission,
)
from genxu.people.models import Household
from genxu.people.roles import Role
from genxu.regions.models import Region

from .models import Income, Survey

ASKERS = (Role.SECRETARY, Role.VILLAGE_STAFF)


@permission(_("See the surveys of incomes"), roles=Survey.seen_by, reading=True)
def see_surveys(actor: Actor) -> Decision:
    """Which households were asked; of what one said nothing, but to who noted it."""
    return ALLOWED


@permission(_("Read what one noted of a household's income"), roles=ASKERS, reading=True)
def read_incomes(actor: Actor, survey: Survey) -> Decision:
    """Sensitive (个人信息保护法 28): each reading is logged."""
    return ALLOWED


@permission(_("Begin a survey of incomes"), roles=[*ASKERS, SYSTEM_ROLE])
def begin_survey(actor: Actor, hamlet: Region) -> Decision:
    """Once for each year that is over."""
    if not hamlet.is_hamlet:
        return denied(_("Choose a hamlet first."))
    return ALLOWED


@permission(_("Ask households for the survey of incomes, close it"), roles=[*ASKERS, SYSTEM_ROLE])
def conduct_survey(actor: Actor, survey: Survey) -> Decision:
    """By those who go from door to door."""
    return ALLOWED


@permission(_("Enter a survey of incomes from a spreadsheet"), roles=[*ASKERS, SYSTEM_ROLE])
def record_incomes(actor: Actor, place: Region) -> Decision:
    """As it was written down at the doors."""
    return ALLOWED


@permission(_("Take back what one's household earns"), roles=[HOUSEHOLD_ROLE])
def decline_answer(actor: Actor, answer: Income) -> Decision:
    """By the household itself, at any time (个人信息保护法 15, 47)."""
    if actor.kind is Kind.HOUSEHOLD:
        own = Household.objects.filter(pk=int(actor.key)).first()
        if own and answer.household_id in own.entries:
            return ALLOWED
    return denied(_("This is another household's page."))
