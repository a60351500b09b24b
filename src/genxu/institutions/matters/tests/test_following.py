"""Open personal matters follow their household to whoever looks after it."""

import pytest
from django.urls import reverse

from genxu.core import clock
from genxu.institutions.matters import actions
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.workflow import State
from genxu.organisation.centre_households.coverage_actions import assign_households
from genxu.organisation.centre_households.coverage_queries import sheet_of
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.tests import factories as centre
from genxu.people import household_actions
from genxu.people.models import Household
from genxu.people.register import Who
from tests.cast import Cast, Enter
from tests.doing import fresh, hold_talk, page_text, take, taken_up

PHONES = {1: "13800000001", 4: "13800000004"}


def helper(cast: Cast, number: int, phone: str = "") -> CentreHousehold:
    one = cast.households()[number - 1]
    if phone:
        one = household_actions.correct_household(
            actor=cast.actor("secretary"), household=one, head_name=one.head_name, phone=phone,
            head_count=one.head_count,
        )  # fmt: skip
    return centre.appointed(cast, one)


def give(cast: Cast, one: Household, to: CentreHousehold | None) -> None:
    pairs = [(one.pk, to.pk if to else None)]
    assign_households(actor=cast.actor("secretary"), hamlet=cast.home, pairs=pairs)


def raised(cast: Cast, one: Household, tier: str = "personal") -> Matter:
    hold_talk(cast, taken_up("屋顶漏雨", household=one, tier=tier))
    return Matter.objects.latest("pk")


@pytest.mark.parametrize("state", [State.ASSIGNED, State.UNDER_WAY])
def test_it_goes_to_the_new_centre_household_with_the_reason(cast: Cast, state: str) -> None:
    old, new = helper(cast, 1, PHONES[1]), helper(cast, 4, PHONES[4])
    one = cast.households()[1]
    give(cast, one, old)
    matter = raised(cast, one)
    if state == State.UNDER_WAY:
        assert old.account
        matter = actions.start_matter(actor=old.account.actor(), matter=matter)
    give(cast, one, new)
    matter = fresh(matter)
    assert (matter.assignee, matter.state) == (new.account, State.ASSIGNED)
    assert matter.steps.latest("pk").step == "pass_on"
    assert matter.steps.latest("pk").words


def test_without_an_account_it_waits_for_the_secretary(cast: Cast, enter: Enter) -> None:
    old, new = helper(cast, 1, PHONES[1]), helper(cast, 4)
    one = cast.households()[1]
    give(cast, one, old)
    matter = raised(cast, one)
    give(cast, one, new)
    matter = fresh(matter)
    assert (matter.assignee, matter.state) == (None, State.RETURNED)
    taken = take(enter("secretary"), "assign", matter, assignee_name="村湾理事会")
    assert taken.status_code == 302


def test_what_somebody_else_has_and_what_all_see_stays(cast: Cast) -> None:
    old, new = helper(cast, 1, PHONES[1]), helper(cast, 4, PHONES[4])
    one = cast.households()[1]
    give(cast, one, old)
    common = raised(cast, one, "common")
    own = raised(cast, one)
    own = actions.pass_on_matter(
        actor=cast.actor("secretary"), matter=own, words="我来", assignee=cast.secretary
    )
    before = [(m.assignee_id, m.state) for m in (common, own)]
    give(cast, one, new)
    assert [(m.assignee_id, m.state) for m in (fresh(common), fresh(own))] == before


def test_the_coverage_page_says_what_goes_along_and_what_went(cast: Cast, enter: Enter) -> None:
    old, new = helper(cast, 1, PHONES[1]), helper(cast, 4, PHONES[4])
    one = cast.households()[1]
    give(cast, one, old)
    raised(cast, one)
    doors = {door.household.pk: door.matters for door in sheet_of(cast.home).doors}
    assert doors[one.pk] == 1
    assert sum(doors.values()) == 1
    client = enter("secretary")
    address = reverse("coverage", args=[cast.home.code])
    assert "有 1 件没办完的事" in page_text(client.get(address))
    sent = {f"for-{one.pk}": str(new.pk), "shown": sheet_of(cast.home).version}
    answer = client.post(address, sent, follow=True)
    assert answer.status_code == 200
    assert "有 1 件没办完的个人事，跟着住户转给了" in page_text(answer)


def test_another_household_behind_the_door_takes_over_no_matter(cast: Cast) -> None:
    old = helper(cast, 1, PHONES[1])
    one = cast.households()[1]
    give(cast, one, old)
    matter = raised(cast, one)
    new = household_actions.correct_household(
        actor=cast.actor("secretary"), household=one, head_name="罗测新", phone="13911111111",
        head_count=2, who=Who.ANOTHER,
    )  # fmt: skip
    assert matter.suggestions.get().household == one != new
    assert fresh(matter).assignee == old.account
    assert one.left_on is None
    assert Household.objects.get(pk=one.pk).left_on == clock.today()
