"""How the pages of centre households are opened: rows of the access matrix."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from genxu.core import clock
from genxu.core.codes import code_values
from genxu.organisation.centre_households import actions
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.workflow import OPEN, State
from genxu.people.models import Household, HouseholdLink
from genxu.people.roles import Role
from tests.addresses import Example, Make
from tests.cast import FAR, HOME, PARTS, Cast, later

from . import coverage_examples, print_examples
from .factories import appointed, in_state, nominated, selected

ABOVE = (Role.COUNTY_STAFF, Role.CITY_STAFF)


@dataclass(frozen=True)
class OfOne(Example):
    """A page of one centre household: county and city know only those who serve, the hamlet's
    own centre households also those who stand."""

    state: str = State.APPOINTED

    def sees(self, part: str) -> bool:
        role = PARTS[part][1]
        if role in ABOVE and self.state != State.APPOINTED:
            return False
        if role == Role.CENTRE_HOUSEHOLD and self.state not in (*OPEN, State.APPOINTED):
            return False
        return super().sees(part)


def _of(one: CentreHousehold, **values: Any) -> Example:
    targets = {"centre_household": one, "household": one.household}
    return OfOne({"pk": one.pk}, HOME, targets, state=one.state, **values)


def _page(state: str) -> Make:
    return lambda cast: _of(in_state(cast, state, cast.households()[0]))


READY = {
    "select": State.NOMINATED, "pass_over": State.NOMINATED, "withdraw": State.SELECTED,
    "send_back": State.SELECTED, "appoint": State.SELECTED, "erase": State.LEFT,
}  # fmt: skip
"""From which state a step is taken; the others from the service itself."""

SENT: dict[str, dict[str, Any]] = {
    "appoint": {"appointed_on": "2026-05-01", "years": "3"},
    "renew": {"years": "3"},
    "correct": {"person_name": "罗测梅", "duties": ["policy"]},
    "end": {"reason": "moved_away", "left_on": "2026-05-13"},
}


def ready_for(cast: Cast, step: str) -> CentreHousehold:
    """One from whose state the step may be taken: by its own account, where that is asked for."""
    mine = cast.households()[0]
    if step in ("resign", "consent"):
        Household.objects.filter(pk=mine.pk).update(phone=cast.centre_household.phone)
        mine.refresh_from_db()
    if step == "renew":
        with later(days=-3 * 365):
            return appointed(cast, mine)
    return in_state(cast, READY.get(step, State.APPOINTED), mine)


def step_data(step: str, one: CentreHousehold, **changes: Any) -> dict[str, Any]:
    """A complete form of a step, as the page would send it."""
    told = SENT.get(step, {"words": "说两句"})
    return {**told, "version": one.version, "client_id": str(uuid4()), **changes}


def _step(step: str) -> Make:
    def make(cast: Cast) -> Example:
        one = ready_for(cast, step)
        return _of(one, sent=step_data(step, one))

    return make


def _take_back(cast: Cast) -> Example:
    one = ready_for(cast, "send_back")
    one = actions.send_back_candidate(
        actor=cast.actor("township_staff"), centre_household=one, words="再想想"
    )
    sent = {"version": one.version, "since": one.version - 1, "client_id": str(uuid4())}
    targets = {"centre_household": one, "row": one}
    return OfOne({"pk": one.pk}, HOME, targets, state=one.state, get=False, sent=sent)


def _withdraw(cast: Cast) -> Example:
    """Written down by the branch, so that it may take it back."""
    one = actions.nominate_household(
        actor=cast.actor("secretary"), household=cast.households()[0], person_name="罗测一"
    )
    return _of(one, sent=step_data("withdraw", one))


def _consent(cast: Cast) -> Example:
    return _of(ready_for(cast, "consent"), get=False, sent={"shown": "on"})


def _recommend(cast: Cast) -> Example:
    one, other, _third, _fourth = cast.households()
    return _of(nominated(one), sent={"household": other.label})


def _at(code: str) -> Make:
    return lambda cast: Example({"code": code}, code)


def _nominate(code: str) -> Make:
    def make(cast: Cast) -> Example:
        mine = cast.households(code)[0]
        sent = {"household": mine.label, "person_name": "罗测一", "duties": ["policy"]}
        return Example({"code": code}, code, {"household": mine}, sent=sent)

    return make


@dataclass(frozen=True)
class Together(Example):
    """Whoever of another township sends it has nobody ticked."""

    def status(self, part: str, method: str) -> int:
        elsewhere = method == "POST" and part != "township_staff"
        return 422 if elsewhere else super().status(part, method)


def _together(cast: Cast) -> Example:
    one = selected(cast, cast.households()[0])
    sent = {
        "chosen": [one.pk], "appointed_on": "2026-05-01", "years": "3", "client_id": str(uuid4()),
    }  # fmt: skip
    return Together(sent=sent)


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def code_of(household: Household) -> str:
    """The code of its slip."""
    link, _made = HouseholdLink.objects.get_or_create(
        household=household, defaults={"issued_on": clock.today(), **code_values()}
    )
    return link.code


def _own(ready: Callable[[Cast, Household], Any], **values: Any) -> Make:
    def make(cast: Cast) -> Example:
        mine = cast.households()[0]
        more = ready(cast, mine) or {}
        return Example({"pk": mine.pk, **more}, codes=(code_of(mine),), **values)

    return make


def _nothing(cast: Cast, household: Household) -> None:
    """As it is."""


def _state(state: str) -> Callable[[Cast, Household], None]:
    def ready(cast: Cast, household: Household) -> None:
        in_state(cast, state, household)

    return ready


def _candidate(cast: Cast, household: Household) -> dict[str, Any]:
    return {"candidate": nominated(cast.households()[1]).pk}


TAP: dict[str, Any] = {"get": False, "sent": {}}

CODES = {
    "centre_households.appoint_centre_household.number_is",
    "centre_households.correct_centre_household.number_is",
}

EXAMPLES: dict[str, list[Make]] = {
    "centre_households": [_plain(), _plain(query={"place": HOME, "group": "due", "words": "罗"})],
    "export_centre_households": [_plain()],
    "centre_households_at": [_at(HOME), _at(FAR)],
    "nominate_household": [_nominate(HOME), _nominate(FAR)],
    "centre_household": [_page(state) for state in State],
    **{
        f"centre_household_{step}": [_step(step)]
        for step in ("select", "appoint", "renew", "pass_over", "send_back", "correct", "end",
                     "resign", "erase")
    },
    "centre_household_withdraw": [_withdraw, _step("withdraw")],
    "centre_household_take_back": [_take_back],
    "centre_household_consent": [_consent],
    "record_recommendation": [_recommend],
    "appoint_together": [_together],
    "own_page": [_own(_nothing), *(_own(_state(state)) for state in State)],
    "own_stand": [_own(_nothing, sent={"person_name": "罗测一", "duties": ["policy"]})],
    "own_recommend": [_own(_candidate, **TAP)],
    "own_take_back": [_own(_nothing, **TAP)],
    "own_withdraw": [_own(_state("nominated"), **TAP)],
    "own_resign": [_own(_state("appointed"), **TAP)],
    "own_erase": [_own(_state("left"), **TAP)],
    "own_consent": [_own(_state("appointed"), **TAP)],
}  # fmt: skip

EXAMPLES |= print_examples.EXAMPLES | coverage_examples.EXAMPLES
