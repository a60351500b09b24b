"""Centre households in every state, made through the real actions."""

from typing import Any

from genxu.core.access import HOUSEHOLD_ROLE, Actor, Grant, Kind
from genxu.organisation.centre_households import actions
from genxu.organisation.centre_households.centre_household_intake import register_centre_households
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.rows import CentreHouseholdRow
from genxu.organisation.centre_households.workflow import Leaving, State
from genxu.people.models import Household
from tests.cast import FAR, HOME, NEIGHBOUR, NOW, OPERATOR, Cast

SECRETARIES = {HOME: "secretary", NEIGHBOUR: "neighbour_secretary", FAR: "far_secretary"}
TOWNSHIPS = {HOME: "township_staff", NEIGHBOUR: "township_staff", FAR: "far_township_staff"}


def holder(household: Household) -> Actor:
    """Whoever holds the household's link."""
    grants = (Grant(HOUSEHOLD_ROLE, household.hamlet_id),)
    return Actor(Kind.HOUSEHOLD, str(household.pk), "", grants)


def secretary_of(cast: Cast, hamlet: str) -> Actor:
    return cast.actor(SECRETARIES[hamlet])


def township_of(cast: Cast, hamlet: str) -> Actor:
    return cast.actor(TOWNSHIPS[hamlet])


def nominated(household: Household, name: str = "罗测兰", **changes: Any) -> CentreHousehold:
    """It nominates itself, by its link."""
    return actions.nominate_household(
        actor=holder(household), household=household, person_name=name, **changes
    )


def selected(cast: Cast, household: Household, **changes: Any) -> CentreHousehold:
    one = nominated(household, **changes)
    return actions.select_candidate(
        actor=secretary_of(cast, household.hamlet_id), centre_household=one
    )


def appointed(cast: Cast, household: Household, **changes: Any) -> CentreHousehold:
    one = selected(cast, household, **changes)
    return actions.appoint_centre_household(
        actor=township_of(cast, household.hamlet_id), centre_household=one
    )


def in_state(cast: Cast, state: str, household: Household, **changes: Any) -> CentreHousehold:
    """One that has come to a state by the usual way."""
    if state == State.NOMINATED:
        return nominated(household, **changes)
    if state == State.SELECTED:
        return selected(cast, household, **changes)
    if state == State.APPOINTED:
        return appointed(cast, household, **changes)
    if state == State.LEFT:
        one = appointed(cast, household, **changes)
        return actions.resign_service(actor=holder(household), centre_household=one)
    one = nominated(household, **changes)
    if state == State.WITHDRAWN:
        return actions.withdraw_candidacy(actor=holder(household), centre_household=one)
    return actions.pass_over_candidate(
        actor=secretary_of(cast, household.hamlet_id), centre_household=one, words="今年先不动"
    )


def recommended(household: Household, candidate: CentreHousehold) -> None:
    actions.recommend_candidate(actor=holder(household), household=household, candidate=candidate)


def row(**changes: Any) -> CentreHouseholdRow:
    """One that was appointed on paper two years ago."""
    values: dict[str, Any] = {
        "hamlet": HOME, "household_number": 1, "head_name": "", "person_name": "罗测兰",
        "phone": "", "appointed_on": NOW.date().replace(year=2024), "term_ends_on": None,
    }  # fmt: skip
    return CentreHouseholdRow(**values | changes)


def register(place: Any, *rows: CentreHouseholdRow, actor: Actor = OPERATOR) -> None:
    register_centre_households(
        actor=actor, place=place, rows=rows, count=len(rows),
        hamlets=sorted({one.hamlet for one in rows}),
    )  # fmt: skip


def fresh(one: CentreHousehold) -> CentreHousehold:
    return CentreHousehold.objects.get(pk=one.pk)


def with_phone(household: Household, phone: str = "13800000001") -> Household:
    Household.objects.filter(pk=household.pk).update(phone=phone)
    household.refresh_from_db()
    return household


def take(cast: Cast, step: str, one: CentreHousehold) -> CentreHousehold:
    own, branch = holder(one.household), secretary_of(cast, one.hamlet_id)
    township = township_of(cast, one.hamlet_id)
    table: dict[str, tuple[Any, Actor, dict[str, Any]]] = {
        "select": (actions.select_candidate, branch, {}),
        "pass_over": (actions.pass_over_candidate, branch, {"words": "等明年"}),
        "withdraw": (actions.withdraw_candidacy, own, {}),
        "send_back": (actions.send_back_candidate, township, {"words": "再问问"}),
        "appoint": (actions.appoint_centre_household, township, {}),
        "correct": (actions.correct_centre_household, township,
                    {"person_name": "罗测梅", "duties": ["policy"]}),
        "renew": (actions.renew_term, township, {}),
        "leave": (actions.end_service, township, {"reason": Leaving.MOVED_AWAY}),
        "erase": (actions.erase_centre_household, own, {}),
    }  # fmt: skip
    action, actor, values = table[step]
    return action(actor=actor, centre_household=one, **values)
