"""What becomes of all that refers to a household: the page shows it, the action does it, and what
is taken back had never been."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.insight.counting import count_on
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.organisation.centre_households import actions as centre_actions
from genxu.organisation.centre_households.coverage_actions import assign_households
from genxu.organisation.centre_households.models import CentreHousehold, Coverage, Recommendation
from genxu.organisation.centre_households.tests import factories as centre
from genxu.organisation.councils.models import Seat
from genxu.organisation.councils.seats import SeatFacts
from genxu.organisation.councils.tests.factories import form, usual_seats
from genxu.people import household_actions
from genxu.people.models import Event, HeadCountChange, Household, HouseholdEvent
from genxu.people.own_access import holder_of
from genxu.people.references import Fate, Happening, lines
from tests.cast import HOME, Cast, Enter, later
from tests.doing import hold_talk, page_text, taken_up

from .factories import household, living, merged, moved, population, with_code


def secretary(cast: Cast) -> Any:
    return cast.actor("secretary")


def give(cast: Cast, one: Household, to: CentreHousehold | None) -> None:
    pairs = [(one.pk, to.pk if to else None)]
    assign_households(actor=secretary(cast), hamlet=cast.home, pairs=pairs)


def people_on(day: date) -> int:
    return count_on(HOME, day, ["people.population"])["people.population"]


def open_coverage(one: Household) -> list[CentreHousehold]:
    rows = Coverage.objects.filter(household=one, until=None).select_related("centre_household")
    return [row.centre_household for row in rows]


def fates(
    cast: Cast, event: Event, one: Household, keep: Household | None = None
) -> dict[str, str]:
    """Label → what becomes of it."""
    happening = Happening(event, one, clock.today(), secretary(cast), keep=keep)
    return {str(line.label): line.fate.name for line in lines(happening)}


def full(cast: Cast, one: Household) -> Household:
    """A household that has all that one can have without serving."""
    with_code(one.number)
    household_actions.set_needs(
        actor=secretary(cast), household=one, kinds=["illness"], agreed=True
    )
    hold_talk(cast, taken_up(household=one, tier="personal"))
    form(cast, seats=[*usual_seats(), SeatFacts("罗测坐", household=one)])
    household_actions.ask_erasure(actor=holder_of(one), household=one)
    return household(one.number)


# --- moving away --------------------------------------------------------------------------------


def test_moving_away_ends_the_coverage_and_tells_what_stays(cast: Cast) -> None:
    helper, one = centre.appointed(cast, household(1)), household(2)
    give(cast, one, helper)
    full(cast, one)
    told = fates(cast, Event.MOVED_AWAY, household(2))
    assert set(told.values()) == {"ENDS", "STAYS"}
    with later(days=3):
        household_actions.move_away(
            actor=secretary(cast), household=household(2), on=clock.today() - timedelta(days=1)
        )
        row = Coverage.objects.get(household=one)
        assert row.until == clock.today() - timedelta(days=1)
        assert Seat.objects.taken().filter(household=one).exists()
        assert Suggestion.objects.get().household_id == one.pk


def test_who_stands_withdraws_before_moving_away(cast: Cast) -> None:
    centre.nominated(household(1))
    assert "REFUSES" in fates(cast, Event.MOVED_AWAY, household(1)).values()
    with pytest.raises(Conflict):
        moved(cast, 1)
    assert household(1).lives_here


def test_who_serves_may_move_away_and_serves_until_it_is_ended(cast: Cast) -> None:
    one = centre.appointed(cast, household(1))
    assert "REFUSES" not in fates(cast, Event.MOVED_AWAY, household(1)).values()
    moved(cast, 1)
    one.refresh_from_db()
    assert one.is_serving


def test_undoing_is_as_if_it_had_not_been(cast: Cast) -> None:
    """The people of the days between are those that were there, and who looked after it goes on."""
    helper, one = centre.appointed(cast, household(1)), household(4)
    give(cast, one, helper)
    today = clock.today()
    with later(days=10):
        day = clock.today() - timedelta(days=6)
        moved(cast, 4, on=day)
        assert people_on(day) == 6
    with later(days=20):
        after = household_actions.undo_moving_away(
            actor=secretary(cast), household=household(4), words="记错了"
        )
        assert after.lives_here
        assert [people_on(today + timedelta(days=n)) for n in range(21)] == [10] * 21
        assert population() == living() == 10
        assert open_coverage(one) == [helper]
        event = HouseholdEvent.objects.get(household=one)
        assert (event.undone_on, event.why) == (clock.today(), "记错了")
        withdrawn = HeadCountChange.objects.get(household=one, change=-4)
        assert withdrawn.withdrawn_on == clock.today()


def test_coming_back_counts_from_today_only(cast: Cast) -> None:
    """The opposite: it was away, and who looked after it is to be found anew."""
    helper, one = centre.appointed(cast, household(1)), household(4)
    give(cast, one, helper)
    gone = moved(cast, 4, on=clock.today())
    with later(days=5):
        household_actions.come_back(actor=secretary(cast), household=gone)
        assert people_on(clock.today() - timedelta(days=1)) == 6
        assert people_on(clock.today()) == 10
        assert open_coverage(one) == []


def test_undoing_wants_a_reason_and_something_to_undo(cast: Cast) -> None:
    for one in (household(4), household_actions.come_back(
        actor=secretary(cast), household=moved(cast, 3)
    )):  # fmt: skip
        with pytest.raises(Conflict):
            household_actions.undo_moving_away(actor=secretary(cast), household=one, words="x")
    gone = moved(cast, 4)
    with pytest.raises(Invalid) as refused:
        household_actions.undo_moving_away(actor=secretary(cast), household=gone, words=" ")
    assert set(refused.value.fields) == {"words"}


def test_only_what_nobody_changed_since_goes_back(cast: Cast) -> None:
    """Who looked after it has left meanwhile: nobody looks after it."""
    helper, one = centre.appointed(cast, household(1)), household(4)
    give(cast, one, helper)
    gone = moved(cast, 4)
    centre_actions.resign_service(actor=centre.holder(household(1)), centre_household=helper)
    household_actions.undo_moving_away(actor=secretary(cast), household=gone, words="记错了")
    assert open_coverage(one) == []


# --- merging ------------------------------------------------------------------------------------


def test_a_double_takes_nothing_with_it(cast: Cast) -> None:
    """Slip, needs, seat, what it raised, who looks after it and its wish to be erased."""
    helper, keep = centre.appointed(cast, household(1)), household(3)
    give(cast, household(2), helper)
    double = full(cast, household(2))
    told = fates(cast, Event.MERGED, double, keep)
    assert set(told.values()) <= {"MOVES", "STAYS", "ENDS"}
    merged(cast, 3, 2)
    keep = household(3)
    assert keep.needs.count() == 1
    assert open_coverage(keep) == [helper]
    assert Suggestion.objects.get().household == keep
    assert Seat.objects.taken().get(name="罗测坐").household == keep
    assert keep.erasure_asked_on == clock.today()
    household_actions.undo_merge(actor=secretary(cast), household=double)
    keep, double = household(3), household(2)
    assert (keep.needs.count(), double.needs.count()) == (0, 1)
    assert (open_coverage(keep), open_coverage(double)) == ([], [helper])
    assert Suggestion.objects.get().household == double
    assert Seat.objects.taken().get(name="罗测坐").household == double
    assert (keep.erasure_asked_on, double.erasure_asked_on) == (None, clock.today())


def test_who_is_looked_after_already_goes_on_so(cast: Cast) -> None:
    first, second = centre.appointed(cast, household(1)), centre.appointed(cast, household(4))
    give(cast, household(2), first)
    give(cast, household(3), second)
    merged(cast, 3, 2)
    assert open_coverage(household(3)) == [second]
    assert open_coverage(household(2)) == []
    household_actions.undo_merge(actor=secretary(cast), household=household(2))
    assert open_coverage(household(2)) == [first]


def test_a_service_goes_along_and_two_of_them_are_refused(cast: Cast) -> None:
    one = centre.appointed(cast, household(2))
    give(cast, household(2), one)
    give(cast, household(3), one)
    double = merged(cast, 3, 2)
    one.refresh_from_db()
    assert one.household == household(3)
    assert open_coverage(household(3)) == [one]
    household_actions.undo_merge(actor=secretary(cast), household=double)
    one.refresh_from_db()
    assert one.household == double
    centre.nominated(household(3))
    with pytest.raises(Conflict):
        merged(cast, 3, 2)
    assert household(2).lives_here


def test_one_word_is_left_of_two_and_none_for_oneself(cast: Cast) -> None:
    candidate, other = centre.nominated(household(1)), centre.nominated(household(4))
    centre.recommended(household(2), candidate)
    centre.recommended(household(3), other)
    merged(cast, 3, 2)
    assert set(
        Recommendation.objects.filter(settled=False).values_list("candidate", flat=True)
    ) == {other.pk}
    household_actions.undo_merge(actor=secretary(cast), household=household(2))
    assert Recommendation.objects.filter(settled=False).count() == 2
    merged(cast, 1, 2)
    assert not Recommendation.objects.filter(settled=False, candidate=candidate).exists()


def test_the_people_of_the_days_between_two_entries_were_two_after_all(cast: Cast) -> None:
    today = clock.today()
    double = merged(cast, 1, 4)
    with later(days=9):
        assert people_on(today) == 6
        household_actions.undo_merge(actor=secretary(cast), household=double, words="两家人")
        assert [people_on(today + timedelta(days=n)) for n in range(10)] == [10] * 10


# --- the pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["move_away", "erase"])
def test_the_page_shows_the_list_before_it_is_confirmed(
    cast: Cast, enter: Enter, name: str
) -> None:
    one = full(cast, household(2))
    answer = enter("secretary").get(reverse(f"household_{name}", args=[one.pk]))
    event = {"move_away": Event.MOVED_AWAY, "erase": Event.ERASED}[name]
    shown = {str(line.label): line.fate.name for line in answer.context["becomes"]}
    assert shown == fates(cast, event, one)
    for label in shown:
        assert label in page_text(answer)


def test_which_double_is_chosen_first_and_its_list_is_seen(cast: Cast, enter: Enter) -> None:
    client, keep, double = enter("secretary"), household(3), full(cast, household(2))
    address = reverse("household_merge", args=[keep.pk])
    assert 'method="get"' in page_text(client.get(address))
    answer = client.get(address, {"double": double.pk})
    shown = {str(line.label): line.fate.name for line in answer.context["becomes"]}
    assert shown == fates(cast, Event.MERGED, double, keep)
    sent = {"double": double.pk, "version": keep.version}
    assert client.post(address, sent).status_code == 302
    undo = client.get(reverse("household_undo_merge", args=[double.pk]))
    assert {line.fate for line in undo.context["becomes"]} == {Fate.MOVES}
    wrong = client.get(address, {"double": "x"})
    assert wrong.status_code == 200


def test_what_a_household_needs_is_not_given_away_by_the_list(cast: Cast) -> None:
    """The line stands there whether anything is noted or not."""
    happening = Happening(Event.MOVED_AWAY, household(1), clock.today(), secretary(cast))
    without = [line for line in lines(happening) if line.n is None]
    full(cast, household(2))
    happening = Happening(Event.MOVED_AWAY, household(2), clock.today(), secretary(cast))
    assert [line for line in lines(happening) if line.n is None] == without != []


def test_its_history_tells_what_was_taken_back_and_why(cast: Cast, enter: Enter) -> None:
    gone = moved(cast, 4)
    household_actions.undo_moving_away(actor=secretary(cast), household=gone, words="听错了")
    text = page_text(enter("secretary").get(reverse("household", args=[gone.pk])))
    assert "听错了" in text
    assert Matter.objects.count() == 0
