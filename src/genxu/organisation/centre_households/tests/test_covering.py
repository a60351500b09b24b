"""One screen draws a hamlet's households: all or nothing, what was before is kept."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.core.tests.test_actions import at_once
from genxu.organisation.centre_households import actions, rules
from genxu.organisation.centre_households.coverage_actions import assign_households, digest
from genxu.organisation.centre_households.models import CentreHousehold, Coverage
from genxu.people.models import Household
from tests.cast import HOME, NEIGHBOUR, NOW, Cast, later
from tests.doing import who_may

from .drawing import covered, draw, serving, settle
from .factories import holder, secretary_of

KEEPERS = {"secretary", "village_staff", "township_staff"}


def wrong(cast: Cast, *pairs: tuple[int, int | None]) -> dict[str, Any]:
    with pytest.raises(Invalid) as refused:
        assign_households(actor=secretary_of(cast, HOME), hamlet=cast.home, pairs=pairs)
    return refused.value.fields


def test_who_keeps_the_register_says_who_looks_after_whom(cast: Cast) -> None:
    assert who_may(cast, rules.assign_households, hamlet=cast.home) == KEEPERS


def test_not_for_a_whole_village(cast: Cast) -> None:
    village = cast.home.parent
    with pytest.raises(Denied):
        assign_households(actor=cast.actor("village_staff"), hamlet=village, pairs=[])


def test_proposals_for_many_hamlets_are_for_the_staff(cast: Cast) -> None:
    village = cast.home.parent
    assert who_may(cast, rules.propose_coverage, place=village) == {
        "village_staff", "township_staff",
    }  # fmt: skip
    assert who_may(cast, rules.propose_coverage, place=cast.home) == {
        "secretary", "village_staff", "township_staff",
    }  # fmt: skip
    assert who_may(cast, rules.propose_coverage, place=village.parent.parent) == set()


def test_a_screen_draws_all_at_once(cast: Cast) -> None:
    one, two, three, four = cast.households()
    (a,) = serving(cast, one)
    draw(cast, [(one, a), (two, a), (three, a), (four, None)])
    assert covered() == {one.pk: a.pk, two.pk: a.pk, three.pk: a.pk}
    assert set(Coverage.objects.values_list("since", flat=True)) == {NOW.date()}


def test_what_stays_writes_nothing(cast: Cast) -> None:
    one, two, *_rest = cast.households()
    (a,) = serving(cast, one)
    draw(cast, [(one, a), (two, a)])
    before = list(Coverage.objects.order_by("pk").values_list("pk", "since", "until"))
    with later(days=3):
        draw(cast, [(one, a), (two, a)])
    assert list(Coverage.objects.order_by("pk").values_list("pk", "since", "until")) == before


def test_what_is_not_named_stays(cast: Cast) -> None:
    one, two, three, _four = cast.households()
    (a,) = serving(cast, one)
    draw(cast, [(one, a), (two, a)])
    draw(cast, [(three, a)])
    assert set(covered()) == {one.pk, two.pk, three.pk}


def test_what_was_before_is_kept(cast: Cast) -> None:
    one, two, three, _four = cast.households()
    a, b = serving(cast, one, two)
    draw(cast, [(three, a)])
    with later(days=10):
        draw(cast, [(three, b)])
    old, new = Coverage.objects.filter(household=three).order_by("pk")
    assert (old.centre_household, old.until) == (a, NOW.date() + timedelta(days=10))
    assert (new.centre_household, new.since, new.until) == (b, old.until, None)


def test_a_slip_of_the_same_day_leaves_no_trace(cast: Cast) -> None:
    one, two, three, four = cast.households()
    a, b = serving(cast, one, two)
    draw(cast, [(three, a), (four, a)])
    draw(cast, [(three, b), (four, None)])
    (row,) = Coverage.objects.all()
    assert (row.household, row.centre_household, row.until) == (three, b, None)


def test_outside_of_the_usual_is_no_refusal(cast: Cast) -> None:
    (one, *rest) = [*cast.households(), *settle(cast, 30)]
    (a,) = serving(cast, one)
    draw(cast, [(one, a), *((other, a) for other in rest)])
    assert len(covered()) == 34


def test_a_household_named_twice_is_refused(cast: Cast) -> None:
    one, two, three, _four = cast.households()
    a, b = serving(cast, one, two)
    found = wrong(cast, (three.pk, a.pk), (three.pk, b.pk))
    assert set(found) == {f"for-{three.pk}"}
    assert covered() == {}


def test_a_household_of_another_hamlet_is_refused_and_the_rest_not_written(cast: Cast) -> None:
    one, two, *_rest = cast.households()
    stranger = cast.households(NEIGHBOUR)[0]
    (a,) = serving(cast, one)
    assert set(wrong(cast, (two.pk, a.pk), (stranger.pk, a.pk))) == {f"for-{stranger.pk}"}
    assert covered() == {}


def test_a_centre_household_of_another_hamlet_is_refused(cast: Cast) -> None:
    (theirs,) = serving(cast, cast.households(NEIGHBOUR)[0])
    two = cast.households()[1]
    assert set(wrong(cast, (two.pk, theirs.pk))) == {f"for-{two.pk}"}


def test_one_that_does_not_serve_is_refused(cast: Cast) -> None:
    one, two, *_rest = cast.households()
    (a,) = serving(cast, one)
    actions.resign_service(actor=holder(one), centre_household=a)
    assert set(wrong(cast, (two.pk, a.pk))) == {f"for-{two.pk}"}
    assert set(wrong(cast, (two.pk, 987654))) == {f"for-{two.pk}"}


def test_one_that_moved_away_or_is_a_double_is_refused(cast: Cast) -> None:
    one, two, three, four = cast.households()
    (a,) = serving(cast, one)
    Household.objects.filter(pk=two.pk).update(left_on=NOW.date())
    Household.objects.filter(pk=three.pk).update(merged_into=four)
    found = wrong(cast, (two.pk, a.pk), (three.pk, a.pk))
    assert set(found) == {f"for-{two.pk}", f"for-{three.pk}"}


def test_a_centre_household_looks_after_itself(cast: Cast) -> None:
    """So there are no cycles: none of them is looked after by another."""
    one, two, *_rest = cast.households()
    a, b = serving(cast, one, two)
    found = wrong(cast, (one.pk, b.pk), (two.pk, a.pk))
    assert set(found) == {f"for-{one.pk}", f"for-{two.pk}"}
    assert "一" in found[f"for-{one.pk}"]
    assert set(wrong(cast, (one.pk, None))) == {f"for-{one.pk}"}


def test_the_slower_of_two_screens_is_told(cast: Cast) -> None:
    one, two, three, _four = cast.households()
    (a,) = serving(cast, one)
    seen = digest([])
    draw(cast, [(two, a)], version=seen)
    with pytest.raises(Conflict):
        draw(cast, [(three, a)], version=seen)
    assert set(covered()) == {two.pk}
    draw(cast, [(three, a)], version=digest(covered().items()))


def test_the_same_screen_sent_twice_is_saved_once(cast: Cast) -> None:
    one, two, *_rest = cast.households()
    (a,) = serving(cast, one)
    sent = {"actor": secretary_of(cast, HOME), "hamlet": cast.home,
            "pairs": [(two.pk, a.pk)], "version": digest([])}  # fmt: skip
    key = uuid4()
    first = assign_households.once(key, **sent)
    assert assign_households.once(key, **sent) == first
    assert Coverage.objects.count() == 1


def test_leaving_ends_what_it_looked_after(cast: Cast) -> None:
    one, two, *_rest = cast.households()
    (a,) = serving(cast, one)
    draw(cast, [(one, a), (two, a)])
    with later(days=2):
        actions.resign_service(actor=holder(one), centre_household=a)
    assert covered() == {}


Screen = list[int | None]
screens = st.lists(
    st.tuples(st.integers(0, 2), st.lists(st.sampled_from([None, 0, 1]), min_size=4, max_size=4)),
    min_size=1, max_size=6,
)  # fmt: skip


@given(story=screens)
@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_the_history_adds_up_on_every_day(cast: Cast, story: list[tuple[int, Screen]]) -> None:
    """On each day the rows say what was the last screen of that day, and one open row at most."""
    Coverage.objects.all().delete()
    households, helpers = _four(cast), _helpers(cast)
    expected: dict[date, dict[int, int]] = {}
    day = NOW
    for pause, screen in story:
        day += timedelta(days=pause)
        with clock.at(day):
            drawn = [(household, None if n is None else helpers[n])
                     for household, n in zip(households, screen, strict=True)]  # fmt: skip
            draw(cast, drawn)
        expected[day.date()] = {h.pk: c.pk for h, c in drawn if c}
    last: dict[int, int] = {}
    for n in range((day - NOW).days + 3):
        on = NOW.date() + timedelta(days=n)
        last = expected.get(on, last)
        rows = list(Coverage.objects.on(on).values_list("household_id", "centre_household_id"))
        assert sorted(rows) == sorted(last.items())


def _four(cast: Cast) -> list[Household]:
    """Four that are no centre households; settled once, the stories share one transaction."""
    if len(cast.households()) < 6:
        settle(cast, 2)
    return cast.households()[2:]


def _helpers(cast: Cast) -> list[CentreHousehold]:
    found = list(CentreHousehold.objects.serving().filter(hamlet=HOME).order_by("pk"))
    return found or serving(cast, *cast.households()[:2])


@pytest.mark.django_db(transaction=True)
def test_of_two_screens_at_once_one_is_told(cast: Cast) -> None:
    one, two, *_rest = cast.households()
    (a,) = serving(cast, one)
    actor, home = secretary_of(cast, HOME), cast.home
    screens = [[(two.pk, a.pk)], [(one.pk, a.pk)]]
    found = at_once(2, lambda: assign_households(
        actor=actor, hamlet=home, pairs=screens.pop(), version=digest([])
    ))  # fmt: skip
    assert sorted(type(result).__name__ for result in found) == ["Conflict", "Region"]
    assert len(covered()) == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_is_left_with_one_who_leaves_at_the_same_moment(cast: Cast) -> None:
    one, two, *_rest = cast.households()
    (a,) = serving(cast, one)
    actor, home, own = secretary_of(cast, HOME), cast.home, holder(one)
    work = [
        lambda: assign_households(actor=actor, hamlet=home, pairs=[(two.pk, a.pk)]),
        lambda: actions.resign_service(actor=own, centre_household=a),
    ]
    found = at_once(2, lambda: work.pop()())
    assert {type(result).__name__ for result in found} <= {"CentreHousehold", "Region", "Invalid"}
    assert covered() == {}
