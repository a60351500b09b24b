"""Who may see and steer centre households and their coverage."""

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
from genxu.people.models import Grant, Household
from genxu.people.roles import KEEPERS, Role
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from .models import CentreHousehold


@permission(_("See centre households"), roles=CentreHousehold.seen_by, reading=True)
def see_centre_households(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor."""
    return ALLOWED


@permission(_("See who looks after whom"), roles=KEEPERS, reading=True)
def see_coverage(actor: Actor) -> Decision:
    """Households by name: for those who keep the register."""
    return ALLOWED


def is_own(actor: Actor, centre_household: CentreHousehold) -> bool:
    """Whether it is the centre household itself: by its household's link, or by its account."""
    if actor.kind is Kind.HOUSEHOLD:
        household = centre_household.household  # its double may have nominated it
        return actor.key in (str(household.pk), str(household.merged_into_id))
    return actor.account_id is not None and actor.account_id == centre_household.account_id


def has_secretary(hamlet: str) -> bool:
    """Whether somebody works as secretary of the hamlet's branch."""
    rows = Grant.objects.filter(role=Role.SECRETARY, place=hamlet, account__is_active=True)
    return rows.exists()


def _for_the_branch(actor: Actor, hamlet: str) -> Decision:
    """支部选聘: by the secretary; where a hamlet has none, by the staff of its village (custom)."""
    if actor.holds_at([Role.SECRETARY], hamlet) or not has_secretary(hamlet):
        return ALLOWED
    return denied(_("This hamlet has a branch secretary: it is for the secretary to do."))


BRANCH = (Role.SECRETARY, Role.VILLAGE_STAFF)


@permission(_("Nominate a household as centre household"), roles=[HOUSEHOLD_ROLE, *BRANCH])
def nominate_household(actor: Actor, household: Household) -> Decision:
    """个人自荐: a household for itself, by its link; or the branch writes it down for it."""
    return _by_itself_or_for_it(actor, household)


@permission(_("Recommend a candidate"), roles=[HOUSEHOLD_ROLE, *BRANCH])
def recommend_candidate(actor: Actor, household: Household) -> Decision:
    """群众推荐: a household by its link; or the branch writes down what it said."""
    return _by_itself_or_for_it(actor, household)


def _by_itself_or_for_it(actor: Actor, household: Household) -> Decision:
    if actor.kind is not Kind.HOUSEHOLD:
        return _for_the_branch(actor, household.hamlet_id)
    if actor.key == str(household.pk):
        return ALLOWED
    return denied(_("This link belongs to another household."))


@permission(_("Withdraw a candidacy"), roles=[HOUSEHOLD_ROLE, *BRANCH])
def withdraw_candidacy(actor: Actor, centre_household: CentreHousehold) -> Decision:
    """By the household itself; by the branch where the branch had written it down for it."""
    if is_own(actor, centre_household):
        return ALLOWED
    if actor.kind is Kind.HOUSEHOLD or centre_household.by_self:
        return denied(_("Only those who stand can withdraw."))
    return _for_the_branch(actor, centre_household.hamlet_id)


@permission(_("Select a candidate for the branch"), roles=BRANCH)
def select_candidate(actor: Actor, centre_household: CentreHousehold) -> Decision:
    """支部选聘, after the neighbours have had their say."""
    return _for_the_branch(actor, centre_household.hamlet_id)


@permission(_("Leave a candidate unchosen"), roles=BRANCH)
def pass_over_candidate(actor: Actor, centre_household: CentreHousehold) -> Decision:
    """By the branch, with its reason."""
    return _for_the_branch(actor, centre_household.hamlet_id)


@permission(_("Send a candidate back to the branch"), roles=[Role.TOWNSHIP_STAFF])
def send_back_candidate(actor: Actor, centre_household: CentreHousehold) -> Decision:
    """By the township, with its reason."""
    return ALLOWED


@permission(_("Appoint a centre household"), roles=[Role.TOWNSHIP_STAFF])
def appoint_centre_household(actor: Actor, centre_household: CentreHousehold) -> Decision:
    """乡镇统一发放聘书、悬挂标牌 (the article)."""
    return ALLOWED


@permission(_("Correct a centre household"), roles=[Role.TOWNSHIP_STAFF])
def correct_centre_household(actor: Actor, centre_household: CentreHousehold) -> Decision:
    """By the township, whose certificate bears the name."""
    return ALLOWED


@permission(_("Renew the term of a centre household"), roles=[Role.TOWNSHIP_STAFF])
def renew_term(actor: Actor, centre_household: CentreHousehold) -> Decision:
    """By the township, which appointed it."""
    return ALLOWED


@permission(_("End the service of a centre household"), roles=[Role.TOWNSHIP_STAFF])
def end_service(actor: Actor, centre_household: CentreHousehold) -> Decision:
    """By the township, which appointed it."""
    return ALLOWED


@permission(_("Resign as centre household"), roles=[HOUSEHOLD_ROLE, Role.CENTRE_HOUSEHOLD])
def resign_service(actor: Actor, centre_household: CentreHousehold) -> Decision:
    """By the centre household itself; nobody need agree."""
    return ALLOWED if is_own(actor, centre_household) else denied(NOT_YOURS)


@permission(
    _("Consent to being shown as centre household"), roles=[HOUSEHOLD_ROLE, Role.CENTRE_HOUSEHOLD]
)
def set_consent(actor: Actor, centre_household: CentreHousehold) -> Decision:
    """Only the person can; it can be taken back at any time (个人信息保护法 15, 25)."""
    return ALLOWED if is_own(actor, centre_household) else denied(NOT_YOURS)


@permission(_("Erase the name of a former centre household"), roles=[HOUSEHOLD_ROLE, *KEEPERS])
def erase_centre_household(actor: Actor, centre_household: CentreHousehold) -> Decision:
    """个人信息保护法 47: when it is over; by the household itself, or done for it."""
    if actor.kind is Kind.HOUSEHOLD and not is_own(actor, centre_household):
        return denied(NOT_YOURS)
    return ALLOWED


NOT_YOURS = _("Only that centre household itself can do this.")


@permission(
    _("Register centre households appointed before"), roles=[Role.TOWNSHIP_STAFF, SYSTEM_ROLE]
)
def register_centre_households(actor: Actor, place: Region) -> Decision:
    """Those whom the township had appointed on paper."""
    return ALLOWED


KEEPERS_OF_COVERAGE = (Role.SECRETARY, Role.VILLAGE_STAFF, Role.TOWNSHIP_STAFF, SYSTEM_ROLE)


@permission(_("Say who looks after whom"), roles=KEEPERS_OF_COVERAGE)
def assign_households(actor: Actor, hamlet: Region) -> Decision:
    """By the branch, or by the staff above who keep the register with it (custom)."""
    if not hamlet.is_hamlet:
        return denied(_("Households are looked after in a hamlet."))
    return ALLOWED


@permission(
    _("Have proposed who looks after whom"),
    roles=KEEPERS_OF_COVERAGE,
)
def propose_coverage(actor: Actor, place: Region) -> Decision:
    """For a hamlet, or all of a village or township at once; a person accepts what is proposed."""
    if len(place.code) < LENGTHS[Level.TOWNSHIP]:
        return denied(_("That is done for a township, a village or a hamlet."))
    return ALLOWED


PRINTERS = (Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF, Role.CITY_STAFF, SYSTEM_ROLE)


@permission(_("Print the certificates and door plates of a place"), roles=PRINTERS)
def print_papers(actor: Actor, place: Region) -> Decision:
    """乡镇统一发放聘书、悬挂标牌 (the article); county and city print for their townships."""
    return ALLOWED


@permission(_("Print a certificate or a door plate"), roles=PRINTERS)
def print_paper(actor: Actor, centre_household: CentreHousehold) -> Decision:
    """As for a whole place; what is lost can be printed again."""
    return ALLOWED


def writes_for(actor: Actor, hamlet: Region) -> bool:
    """Whether the actor may write down for the hamlet's households what they say."""
    return bool(nominate_household(actor, household=Household(hamlet=hamlet)))
