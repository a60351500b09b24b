"""A personal matter goes to the centre household of the household that raised it, at once."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from genxu.institutions.matters import actions
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.queries import waiting_for
from genxu.organisation.centre_households import actions as offices
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.neighbours import centre_household_of
from genxu.organisation.centre_households.tests.drawing import draw, serving, serving_as
from genxu.organisation.centre_households.tests.factories import township_of
from genxu.people.models import Account, Household
from tests.cast import HOME, Cast, Enter, later
from tests.doing import fresh, hold_talk, page_text, raise_matter, take, taken_up


@pytest.fixture
def looked_after(cast: Cast) -> CentreHousehold:
    """The second household looks after the first and itself; its account is 罗测兰's."""
    one, two, *_rest = cast.households()
    centre = serving_as(cast, "centre_household", two)
    draw(cast, [(one, centre), (two, centre)])
    return centre


def personal(cast: Cast, household: Household | None = None, **changes: Any) -> Matter:
    """Raised at a talk by the first household, and sorted as personal there and then."""
    said = taken_up(tier="personal", household=household or cast.households()[0], **changes)
    return Matter.objects.get(suggestions__raised__talk=hold_talk(cast, said))


def steps(matter: Matter) -> list[str]:
    return list(matter.steps.order_by("pk").values_list("step", flat=True))


def leave(cast: Cast, centre: CentreHousehold) -> None:
    offices.end_service(
        actor=township_of(cast, HOME), centre_household=centre, reason="breach", words="不做事"
    )


@pytest.mark.usefixtures("looked_after")
def test_a_talk_gives_it_to_the_centre_household_at_once(cast: Cast) -> None:
    matter = personal(cast)
    assert (matter.state, matter.assignee) == ("assigned", cast.centre_household)
    assert matter.assignee_name == "罗测兰"
    assert steps(matter) == ["register", "triage", "assign"]
    last = matter.steps.latest("pk")
    assert (last.from_state, last.to_state, last.by) == ("triaged", "assigned", cast.secretary)


@pytest.mark.usefixtures("looked_after")
def test_sorting_it_later_gives_it_too(cast: Cast) -> None:
    matter = raise_matter(cast, "registered", household=True)
    matter = actions.triage_matter(actor=cast.actor("secretary"), matter=matter, tier="personal")
    assert (matter.state, matter.assignee) == ("assigned", cast.centre_household)
    assert steps(matter) == ["register", "triage", "assign"]


@pytest.mark.usefixtures("looked_after")
@pytest.mark.parametrize("tier", ["common", "specialist"])
def test_other_tiers_stay_with_the_branch(cast: Cast, tier: str) -> None:
    matter = raise_matter(cast, "triaged", tier, household=True)
    assert (matter.state, matter.assignee) == ("triaged", None)


@pytest.mark.usefixtures("looked_after")
def test_a_household_that_nobody_looks_after_waits_as_before(cast: Cast) -> None:
    assert personal(cast, cast.households()[2]).state == "triaged"
    said = taken_up(tier="personal", name="罗测九")
    assert Matter.objects.get(suggestions__raised__talk=hold_talk(cast, said)).state == "triaged"


@pytest.mark.usefixtures("looked_after")
def test_nobody_deals_with_her_own_matter(cast: Cast) -> None:
    assert personal(cast, cast.households()[1]).state == "triaged"


def test_without_an_account_that_works_it_waits_as_before(cast: Cast) -> None:
    one, two, three, _four = cast.households()
    (without,) = serving(cast, three)
    draw(cast, [(one, without)])
    assert personal(cast).state == "triaged"
    closed = serving_as(cast, "centre_household", two)
    draw(cast, [(one, closed)])
    Account.objects.filter(pk=cast.centre_household.pk).update(is_active=False)
    assert personal(cast).state == "triaged"
    assert centre_household_of([one.pk]) == {}


@pytest.mark.usefixtures("looked_after")
def test_what_it_gave_back_is_not_given_to_it_again_by_itself(cast: Cast) -> None:
    matter = actions.return_matter(
        actor=cast.actor("centre_household"), matter=personal(cast), words="一个人办不了"
    )
    matter = actions.triage_matter(actor=cast.actor("secretary"), matter=matter, tier="personal")
    assert (matter.state, matter.assignee) == ("triaged", None)


@pytest.mark.usefixtures("looked_after")
def test_it_works_on_it_and_reports_it_done(cast: Cast, enter: Enter) -> None:
    matter = personal(cast)
    client = enter("centre_household")
    assert not client.get(f"/matters/{matter.pk}/").context["left_behind"]
    for step in ("start", "finish"):
        assert take(client, step, fresh(matter), words="送过去了").status_code == 302
    assert fresh(matter).state == "done"
    assert enter("other_centre_household").get(f"/matters/{matter.pk}/").status_code == 404


@pytest.mark.usefixtures("looked_after")
def test_the_form_offers_it_first(cast: Cast, enter: Enter) -> None:
    matter = actions.return_matter(
        actor=cast.actor("centre_household"), matter=personal(cast), words="一个人办不了"
    )
    form = enter("secretary").get(f"/matters/{matter.pk}/assign/").context["form"]
    offered = [value for value, _label in form["assignee"].field.choices]
    assert offered[0] == str(cast.centre_household.pk)
    assert form["assignee"].value() == str(cast.centre_household.pk)
    other = raise_matter(cast, "triaged")
    form = enter("secretary").get(f"/matters/{other.pk}/assign/").context["form"]
    assert form["assignee"].value() is None


def test_when_it_leaves_what_it_had_in_hand_is_given_out_anew(
    cast: Cast, looked_after: CentreHousehold, enter: Enter
) -> None:
    matter = personal(cast)
    assert not _to_sort(cast)
    with later(days=1):
        leave(cast, looked_after)
        assert [one.pk for one in _to_sort(cast)] == [matter.pk]
        page = enter("secretary").get("/home/")
        assert matter.title in page_text(page)
        former = enter("centre_household").get(f"/matters/{matter.pk}/")
        assert former.url.startswith("/sign-in/"), (
            "her last role has ended, and her session with it"
        )
        shown = enter("secretary").get(f"/matters/{matter.pk}/")
        assert shown.context["left_behind"]
        assert f'href="/matters/{matter.pk}/pass-on/"' in page_text(shown)
        answer = take(enter("secretary"), "pass_on", fresh(matter),
                      assignee_name="村湾理事会", words="原来的中心户卸任了")  # fmt: skip
        assert answer.status_code == 302
        assert not _to_sort(cast)


def _to_sort(cast: Cast) -> list[Matter]:
    queues = {one.key: one.matters for one in waiting_for(cast.actor("secretary"))}
    return queues.get("sort", [])


@pytest.mark.usefixtures("looked_after")
def test_recording_takes_as_many_statements_for_twelve_as_for_three(cast: Cast) -> None:
    def count(n: int) -> int:
        said = [taken_up(f"第{m}件", tier="personal", household=cast.households()[m % 4])
                for m in range(n)]  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            hold_talk(cast, *said)
        return len(captured)

    count(1)
    assert count(12) <= count(3) <= 21
