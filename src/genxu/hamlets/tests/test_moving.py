"""Households moved to another hamlet: what is theirs alone goes along, the past stays."""

from datetime import timedelta
from typing import Any

import pytest

from genxu.core import clock
from genxu.core.errors import Invalid
from genxu.core.models import JournalEntry
from genxu.hamlets.actions import move_households
from genxu.insight.counting import bring_up_to_date, count_on
from genxu.institutions.matters.models import Matter
from genxu.organisation.centre_households.models import Coverage
from genxu.organisation.centre_households.tests.drawing import draw, serving_as
from genxu.organisation.centre_households.tests.factories import appointed, nominated, recommended
from genxu.organisation.councils.seats import SeatFacts
from genxu.organisation.councils.tests import factories as councils
from genxu.people.household_actions import merge_households, set_needs, tell_apart, undo_merge
from genxu.people.models import FormerNumber, Household, ToldApart
from genxu.people.queries import history
from genxu.people.tests.factories import population
from genxu.regions.tests.test_recode import assert_ready_figures_are_right
from tests.cast import HOME, NEIGHBOUR, NEXT_HAMLET, VILLAGE, Cast, Enter
from tests.doing import bring_to, hold_talk, taken_up


def move(cast: Cast, *households: Household, into: str = NEIGHBOUR) -> Any:
    return move_households(
        actor=cast.actor("township_staff"), hamlet=cast.home, into=cast.hamlet(into),
        households=households,
    )  # fmt: skip


def test_they_take_the_next_numbers_and_the_old_ones_are_told(cast: Cast) -> None:
    _one, two, three, _four = cast.households()
    move(cast, three, two)
    there = cast.households(NEIGHBOUR)
    assert [(h.head_name, h.number) for h in there[-2:]] == [("罗测二", 3), ("罗测三", 4)]
    old = FormerNumber.objects.get(household=two)
    assert (old.hamlet_name, old.number) == ("罗家洲", 2)
    assert Household.objects.filter(hamlet=HOME).count() == 2


def test_the_figures_of_the_days_before_stay(cast: Cast) -> None:
    one = cast.households()[1]
    day = clock.today() - timedelta(days=1)
    key = "people.population"
    before = {code: count_on(code, day)[key] for code in (HOME, NEIGHBOUR, VILLAGE)}
    move(cast, one)
    assert {code: count_on(code, day)[key] for code in before} == before
    assert population(HOME) == before[HOME] - one.head_count
    assert population(NEIGHBOUR) == before[NEIGHBOUR] + one.head_count
    assert count_on(VILLAGE, clock.today())[key] == before[VILLAGE]
    bring_up_to_date()
    assert_ready_figures_are_right()
    assert [(c.change, c.people) for c in history(one)] == [(one.head_count, one.head_count)]


def test_needs_slip_and_doubles_go_along(cast: Cast) -> None:
    keep, double, other, _four = cast.households()
    secretary = cast.actor("secretary")
    set_needs(actor=secretary, household=keep, kinds=["lives_alone"], agreed=True)
    merge_households(actor=secretary, keep=keep, double=double)
    tell_apart(actor=secretary, household=keep, other=other)
    move(cast, Household.objects.get(pk=keep.pk))
    kept = Household.objects.get(pk=keep.pk)
    assert kept.needs.count() == 1
    assert Household.objects.get(pk=double.pk).hamlet_id == NEIGHBOUR
    assert not ToldApart.objects.exists()
    before = population(NEIGHBOUR)
    undo_merge(actor=cast.actor("township_staff"), household=Household.objects.get(pk=double.pk))
    assert population(NEIGHBOUR) == before + double.head_count


def theirs(cast: Cast, household: Household, tier: str, state: str = "under_way") -> Matter:
    said = taken_up(household=household)
    matter = Matter.objects.get(suggestions__raised__talk=hold_talk(cast, said))
    return bring_to(cast, matter, state, tier, "")


def test_open_matters_that_are_theirs_alone_go_along_and_others_stay(cast: Cast) -> None:
    one, two, _three, _four = cast.households()
    alone = theirs(cast, one, "personal")
    common = theirs(cast, one, "common")
    closed = theirs(cast, one, "personal", "closed")
    neighbour_s = theirs(cast, two, "personal")
    open_there = count_on(NEIGHBOUR, clock.today())["institutions.matters_open"]
    move(cast, one)
    at = dict(Matter.objects.values_list("pk", "hamlet"))
    assert at == {alone.pk: NEIGHBOUR, common.pk: HOME, closed.pk: HOME, neighbour_s.pk: HOME}
    alone = Matter.objects.get(pk=alone.pk)
    assert alone.place_id == NEIGHBOUR
    assert alone.suggestions.get().hamlet_id == NEIGHBOUR
    assert {step.hamlet_id for step in alone.steps.all()} == {NEIGHBOUR}
    assert count_on(NEIGHBOUR, clock.today())["institutions.matters_open"] == open_there + 1
    assert count_on(HOME, clock.today())["institutions.matters_open"] == 2
    bring_up_to_date()
    assert_ready_figures_are_right()


def test_a_matter_that_another_raised_too_stays(cast: Cast) -> None:
    one, two, _three, _four = cast.households()
    matter = theirs(cast, one, "specialist")
    said = taken_up(household=two, joins=matter)
    hold_talk(cast, said)
    move(cast, one)
    assert Matter.objects.get(pk=matter.pk).hamlet_id == HOME


def test_a_helper_who_has_no_office_there_lets_the_matter_go(cast: Cast) -> None:
    one, two, _three, _four = cast.households()
    centre = serving_as(cast, "centre_household", two)
    draw(cast, [(one, centre)])
    matter = theirs(cast, one, "personal", "triaged")
    assert matter.assignee == cast.centre_household
    move(cast, one)
    matter = Matter.objects.get(pk=matter.pk)
    assert (matter.state, matter.assignee, matter.assignee_name) == ("triaged", None, "")
    assert matter.steps.latest("pk").hamlet_id == NEIGHBOUR


def test_nobody_of_the_old_hamlet_looks_after_them(cast: Cast) -> None:
    one, two, three, _four = cast.households()
    draw(cast, [(two, appointed(cast, one))])
    recommended(two, nominated(three))
    move(cast, two)
    assert not Coverage.objects.now().filter(household=two).exists()


def test_who_serves_sits_on_the_council_or_has_left_does_not_move(cast: Cast) -> None:
    one, two, three, four = cast.households()
    appointed(cast, one)
    council = [SeatFacts("罗测二", "chair", [], household=two)]
    councils.form(cast, seats=council)
    three.left_on = clock.today()
    three.save()
    for household in (one, two, three):
        with pytest.raises(Invalid) as refused:
            move(cast, four, household)
        assert set(refused.value.fields) == {"households"}
    assert Household.objects.filter(hamlet=NEIGHBOUR).count() == 2


@pytest.mark.parametrize("into", [HOME, VILLAGE, NEXT_HAMLET])
def test_only_to_another_hamlet_of_the_village(cast: Cast, into: str) -> None:
    with pytest.raises(Invalid) as refused:
        move(cast, cast.households()[0], into=into)
    assert set(refused.value.fields) == {"into"}


def test_the_journal_knows_it_at_both_places(cast: Cast) -> None:
    move(cast, cast.households()[0])
    entries = JournalEntry.objects.filter(action="hamlets.move_households")
    assert sorted(entries.values_list("place", flat=True)) == [HOME, NEIGHBOUR]


def test_the_page_offers_who_lives_there(cast: Cast, enter: Enter) -> None:
    one = cast.households()[0]
    client = enter("township_staff")
    url = f"/hamlets/{HOME}/move-households/"
    page = client.get(url)
    assert page.context["form"]["households"].field.queryset.count() == 4
    answer = client.post(url, {"into": NEIGHBOUR, "households": [one.pk]})
    assert answer["Location"] == f"/hamlets/{HOME}/"
    assert Household.objects.get(pk=one.pk).hamlet_id == NEIGHBOUR
    assert client.post(url, {"into": NEIGHBOUR, "households": []}).status_code == 422
