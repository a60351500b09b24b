"""A hamlet merged into another: all of it goes over, what both had ends, or stands against it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from genxu.core import clock
from genxu.core.errors import Conflict, Refusal
from genxu.core.models import JournalEntry
from genxu.hamlets.actions import merge_hamlets
from genxu.insight.counting import bring_up_to_date, count_on
from genxu.insight.models import MonthlyChange, Standing
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.institutions.talks.models import Talk
from genxu.organisation.branches.models import Organisation, ServedHamlet
from genxu.organisation.branches.tests import factories as branches
from genxu.organisation.centre_households.tests.drawing import draw
from genxu.organisation.centre_households.tests.factories import appointed
from genxu.organisation.councils.models import Council
from genxu.organisation.councils.tests import factories as councils
from genxu.people.models import FormerNumber, Grant, Household
from genxu.people.roles import Role
from genxu.regions.models import FormerCode, FormerName, Region
from genxu.regions.queries import place_of
from genxu.regions.tests.test_recode import assert_ready_figures_are_right, references
from tests.cast import FAR, HOME, NEIGHBOUR, NEXT_HAMLET, VILLAGE, Cast, Enter
from tests.doing import hold_talk, raise_matter


def merge(cast: Cast, gone: str = NEIGHBOUR, heir: str = HOME, part: str = "township_staff") -> Any:
    return merge_hamlets(actor=cast.actor(part), hamlet=cast.hamlet(gone), heir=cast.hamlet(heir))


def test_no_row_of_any_table_is_left_behind(cast: Cast) -> None:
    raise_matter(cast, "closed", hamlet=NEIGHBOUR)
    hold_talk(cast, hamlet=HOME)
    councils.form(cast, NEIGHBOUR)
    first, second = cast.households(NEIGHBOUR)
    draw(cast, [(second, appointed(cast, first))], NEIGHBOUR)
    bring_up_to_date()
    before = references()
    merge(cast)
    after = references()
    kept = ("regions.FormerCode.region", "regions.FormerName.region", "insight.", "regions.Region")
    for name, codes in before.items():
        assert NEIGHBOUR not in after[name]
        if not name.startswith(kept) and name != "people.Grant.place":
            wanted = sorted(HOME if code == NEIGHBOUR else code for code in codes)
            assert after[name] == wanted, name
    assert not Region.objects.filter(code=NEIGHBOUR).exists()
    assert FormerCode.objects.get(code=NEIGHBOUR).region_id == HOME
    assert FormerName.objects.get(region=HOME, merged=True).name == "港边湾"


def test_households_take_the_numbers_after_the_last_and_the_old_ones_are_told(
    cast: Cast, enter: Enter
) -> None:
    going = [one.pk for one in cast.households(NEIGHBOUR)]
    merge(cast)
    assert [one.number for one in Household.objects.filter(pk__in=going).order_by("pk")] == [5, 6]
    old = FormerNumber.objects.get(household=going[1])
    assert (old.hamlet_name, old.number, old.until) == ("港边湾", 2, clock.today())
    page = enter("township_staff").get(f"/households/{going[1]}/").content.decode()
    assert "港边湾" in page


def test_talks_stand_among_those_of_the_heir_by_their_evenings(cast: Cast) -> None:
    evenings = ((HOME, "三", 3), (HOME, "一", 9), (NEIGHBOUR, "四", 1), (NEIGHBOUR, "二", 5))
    for hamlet, topic, days_ago in evenings:
        day = clock.today() - timedelta(days=days_ago)
        hold_talk(cast, hamlet=hamlet, topic=topic, held_on=day)
    merge(cast)
    talks = Talk.objects.filter(hamlet=HOME).numbered().order_by("number")
    assert list(talks.values_list("number", "topic")) == [
        (1, "一"),
        (2, "二"),
        (3, "三"),
        (4, "四"),
    ]
    assert hold_talk(cast, hamlet=HOME).number == 5


@pytest.mark.parametrize("both", [True, False])
def test_of_two_councils_one_ends_and_says_why_and_one_alone_goes_over(
    cast: Cast, both: bool
) -> None:
    going = councils.form(cast, NEIGHBOUR)
    if both:
        councils.form(cast, HOME)
    merge(cast)
    going = Council.objects.get(pk=going.pk)
    assert going.hamlet_id == HOME
    assert going.is_standing is not both
    assert bool(going.ending) is both
    assert not both or "罗家洲" in going.ending
    assert going.seats.taken().exists() is not both


def test_two_organisations_stand_against_it(cast: Cast) -> None:
    branches.founded(cast)
    branches.founded(cast, hamlet=NEIGHBOUR)
    with pytest.raises(Conflict) as refused:
        merge(cast)
    assert "港边湾" in str(refused.value.message)
    assert Region.objects.filter(code=NEIGHBOUR).exists()


def test_a_joint_branch_of_both_serves_one_hamlet_less(cast: Cast) -> None:
    joint = branches.found(cast, branches.bring_to(cast, branches.joint(cast), "approved"))
    merge(cast)
    rows = ServedHamlet.objects.filter(organisation=joint, until=None)
    assert list(rows.values_list("hamlet", flat=True)) == [HOME]
    assert Organisation.objects.get(pk=joint.pk).is_standing


def test_an_organisation_alone_goes_over_and_who_leads_it_holds_the_office_there(
    cast: Cast,
) -> None:
    one = branches.founded(cast, hamlet=NEIGHBOUR)
    merge(cast)
    assert ServedHamlet.objects.get(organisation=one, until=None).hamlet_id == HOME
    head = one.members.get(duty="secretary")
    assert Grant.objects.filter(account=head.account, role=Role.SECRETARY, place=HOME).exists()


def test_the_office_of_which_the_heir_has_its_own_ends_with_its_session(cast: Cast) -> None:
    before = cast.neighbour_secretary.sessions_ended
    merge(cast)
    assert not Grant.objects.filter(account=cast.neighbour_secretary).exists()
    assert Grant.objects.filter(account=cast.secretary, place=HOME).exists()
    cast.neighbour_secretary.refresh_from_db()
    assert cast.neighbour_secretary.sessions_ended == before + 1


def test_the_figures_of_the_heir_have_the_past_of_both(cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=60)):
        raise_matter(cast, "closed", hamlet=NEIGHBOUR)
        raise_matter(cast, "closed")
    bring_up_to_date()
    days = [clock.today() - timedelta(days=n) for n in (400, 100, 60, 10, 0)]
    one, other = ([count_on(code, day) for day in days] for code in (HOME, NEIGHBOUR))
    above = [count_on(VILLAGE, day) for day in days]
    merge(cast)
    for day, mine, its in zip(days, one, other, strict=True):
        assert count_on(HOME, day) == {key: mine[key] + its[key] for key in mine}
    assert [count_on(VILLAGE, day) for day in days] == above


def test_the_ready_figures_are_right_at_once_and_after_the_journal_is_read(cast: Cast) -> None:
    raise_matter(cast, "closed", hamlet=NEIGHBOUR)
    bring_up_to_date()
    raise_matter(cast, "closed", hamlet=NEIGHBOUR)  # not yet counted when it is merged
    village = set(Standing.objects.filter(place=VILLAGE).values_list("key", "value"))
    merge(cast)
    assert set(Standing.objects.filter(place=VILLAGE).values_list("key", "value")) == village
    assert not MonthlyChange.objects.filter(place=NEIGHBOUR).exists()
    bring_up_to_date()
    assert_ready_figures_are_right()


def test_the_journal_knows_it_at_both_places(cast: Cast) -> None:
    merge(cast)
    entries = JournalEntry.objects.filter(action="hamlets.merge_hamlets")
    assert sorted(entries.values_list("place", flat=True)) == [HOME, NEIGHBOUR]
    assert all(e.detail == {"hamlet": NEIGHBOUR, "heir": HOME} for e in entries)


def test_twice_merged_all_codes_lead_to_the_last(cast: Cast) -> None:
    merge(cast)
    merge(cast, HOME, NEXT_HAMLET)
    assert {place_of(code).code for code in (HOME, NEIGHBOUR, NEXT_HAMLET)} == {NEXT_HAMLET}


def test_a_matter_goes_on_at_the_heir(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way", hamlet=NEIGHBOUR)
    merge(cast)
    matter = Matter.objects.get(pk=matter.pk)
    assert (matter.hamlet_id, matter.place_id) == (HOME, HOME)
    assert Suggestion.objects.get(voices__matter=matter).hamlet_id == HOME
    assert enter("secretary").get(f"/matters/{matter.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("gone", "heir", "part"),
    [(HOME, HOME, "township_staff"), (HOME, FAR, "city_staff"), (HOME, VILLAGE, "township_staff"),
     (HOME, NEXT_HAMLET, "village_staff"), (FAR, HOME, "township_staff")],
)  # fmt: skip
def test_what_does_not_fit_is_refused(cast: Cast, gone: str, heir: str, part: str) -> None:
    with pytest.raises(Refusal), transaction.atomic():
        merge(cast, gone, heir, part)
    assert Region.objects.filter(code=gone).exists()


def test_the_page_says_what_it_means_before_the_yes(cast: Cast, enter: Enter) -> None:
    councils.form(cast, NEIGHBOUR)
    councils.form(cast, HOME)
    client = enter("township_staff")
    url = f"/hamlets/{NEIGHBOUR}/merge/"
    assert client.get(url).context.get("heir") is None
    page = client.get(url, {"heir": HOME})
    assert len(page.context["ending"]) == 2  # its council, its secretary
    assert client.post(url, {"heir": HOME}).status_code == 422
    answer = client.post(url, {"heir": HOME, "sure": "on"})
    assert answer["Location"] == f"/hamlets/{HOME}/"
    assert client.get(url)["Location"] == f"/hamlets/{HOME}/merge/"


def test_the_page_says_what_stands_against_it(cast: Cast, enter: Enter) -> None:
    branches.founded(cast)
    branches.founded(cast, hamlet=NEIGHBOUR)
    page = enter("township_staff").get(f"/hamlets/{NEIGHBOUR}/merge/", {"heir": HOME})
    assert page.context["against"]
    assert "ending" not in page.context


def test_a_step_on_an_old_page_of_the_merged_hamlet_is_taken_at_the_heir(
    cast: Cast, enter: Enter
) -> None:
    """What was typed at the old address goes along."""
    merge(cast)
    client = enter("secretary")
    sent = {"hamlet": HOME, "head_name": "罗测五", "head_count": "3", "phone": "", "number": ""}
    answer = client.post(f"/households/at/{NEIGHBOUR}/new/", sent, follow=True)
    assert answer.redirect_chain[0] == (f"/households/at/{HOME}/new/", 308)
    assert Household.objects.filter(hamlet=HOME, head_name="罗测五").exists()
