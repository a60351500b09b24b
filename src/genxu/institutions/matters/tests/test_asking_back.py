"""Asking back 回访: tries count once a day; three on different days, then unconfirmed."""

import pytest

from genxu.core.errors import Conflict
from genxu.institutions.matters import ending_actions, queries, rules
from genxu.institutions.matters.models import Matter
from genxu.organisation.centre_households.tests.drawing import draw, serving_as
from genxu.people.models import Household
from tests.addresses import tried
from tests.cast import Cast, Enter, later
from tests.doing import fresh, page_text, raise_matter, take, verdict, who_may


def test_the_secretary_and_the_one_who_has_it_in_hand_ask_back(cast: Cast) -> None:
    matter = raise_matter(cast, "done")
    assert who_may(cast, rules.ask_back_matter, matter=matter) == {"secretary"}
    matter = raise_matter(cast, "done", assignee="centre_household")
    allowed = who_may(cast, rules.ask_back_matter, matter=matter)
    assert allowed == {"secretary", "centre_household"}


def test_a_second_try_on_the_same_day_does_not_count(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "asked_back")
    with pytest.raises(Conflict), later(hours=8):
        ending_actions.ask_back_matter(actor=cast.actor("secretary"), matter=matter)
    assert queries.tries(matter) == queries.tries(fresh(matter))
    assert len(queries.tries(matter)) == 1
    assert fresh(matter).version == matter.version
    assert take(enter("secretary"), "ask_back", matter).status_code == 409


def test_only_the_secretary_rests_a_matter(cast: Cast) -> None:
    matter = raise_matter(cast, "asked_back")
    assert who_may(cast, rules.close_unconfirmed_matter, matter=matter) == {"secretary"}


@pytest.mark.parametrize("more", [0, 1])
def test_not_before_three_tries_on_different_days(cast: Cast, enter: Enter, more: int) -> None:
    matter = tried(cast, raise_matter(cast, "asked_back"), more)
    with pytest.raises(Conflict):
        ending_actions.close_unconfirmed_matter(actor=cast.actor("secretary"), matter=matter)
    page = enter("secretary").get(f"/matters/{matter.pk}/")
    assert "close_unconfirmed" not in {step.name for step in page.context["steps"]}
    assert fresh(matter).state == "asked_back"


def test_after_three_tries_it_rests_unconfirmed_and_not_closed(cast: Cast, enter: Enter) -> None:
    matter = tried(cast, raise_matter(cast, "asked_back"), 2)
    page = enter("secretary").get(f"/matters/{matter.pk}/")
    assert "close_unconfirmed" in {step.name for step in page.context["steps"]}
    assert take(enter("secretary"), "close_unconfirmed", matter).status_code == 302
    assert fresh(matter).state == "unconfirmed"


def test_the_tries_are_48_hours_apart_from_first_to_last(cast: Cast, enter: Enter) -> None:
    """Three calendar days within 47 hours are not three days; it says from when it is enough."""
    matter = raise_matter(cast, "asked_back")
    secretary = cast.actor("secretary")
    for hours in (20, 47):
        with later(hours=hours):
            matter = ending_actions.ask_back_matter(actor=secretary, matter=matter)
    assert len(queries.tries(matter)) == 3
    with later(hours=60):
        with pytest.raises(Conflict) as refused:
            ending_actions.close_unconfirmed_matter(actor=secretary, matter=matter)
        assert "2026年5月16日 00:00" in str(refused.value.message)
    with later(days=3):
        matter = ending_actions.ask_back_matter(actor=secretary, matter=matter)
        made = ending_actions.close_unconfirmed_matter(actor=secretary, matter=matter)
    assert made.state == "unconfirmed"


def test_the_phone_stands_beside_it_for_who_may_know_it(cast: Cast, enter: Enter) -> None:
    household = cast.households()[0]
    Household.objects.filter(pk=household.pk).update(phone="13900001234")
    matter = raise_matter(cast, "done", household=True, assignee="centre_household")
    for address in (f"/matters/{matter.pk}/", f"/matters/{matter.pk}/ask-back/"):
        assert 'href="tel:13900001234"' in page_text(enter("secretary").get(address))
        assert "13900001234" not in page_text(enter("centre_household").get(address))
    draw(cast, [(household, serving_as(cast, "centre_household", cast.households()[1]))])
    page = enter("centre_household").get(f"/matters/{matter.pk}/ask-back/")
    assert 'href="tel:13900001234"' in page_text(page)


def test_the_tries_of_an_earlier_round_do_not_count(cast: Cast) -> None:
    matter = tried(cast, raise_matter(cast, "asked_back"), 2)
    matter = verdict(matter, "dissatisfied")
    from genxu.institutions.matters import actions

    secretary = cast.actor("secretary")
    matter = actions.finish_matter(actor=secretary, matter=matter, words="又修了")
    matter = ending_actions.ask_back_matter(actor=secretary, matter=matter)
    with pytest.raises(Conflict):
        ending_actions.close_unconfirmed_matter(actor=secretary, matter=matter)
    assert len(queries.tries(matter)) == 1


def test_a_late_verdict_closes_what_rested(cast: Cast) -> None:
    matter = raise_matter(cast, "unconfirmed")
    with later(days=40):
        assert verdict(matter, "fairly_satisfied").state == "closed"


def test_a_late_bad_verdict_takes_it_up_again(cast: Cast) -> None:
    matter = raise_matter(cast, "unconfirmed")
    with later(days=40) as moment:
        matter = verdict(matter, "dissatisfied")
    assert (matter.state, matter.round, matter.done_on) == ("under_way", 2, None)
    assert matter.due_at > moment


def test_one_good_word_among_silent_voices_closes_after_three_tries(cast: Cast) -> None:
    from .test_verdict import two_voices

    matter, first, _second = two_voices(cast)
    matter = ending_actions.ask_back_matter(actor=cast.actor("secretary"), matter=matter)
    matter = tried(cast, matter, 2)
    assert verdict(matter, "satisfied", first).state == "asked_back"
    with later(days=3):
        made = ending_actions.close_unconfirmed_matter(actor=cast.actor("secretary"), matter=matter)
    assert made.state == "closed"


@pytest.mark.parametrize("state", ["registered", "under_way", "closed", "unconfirmed"])
def test_nobody_is_asked_about_what_is_not_done(cast: Cast, state: str) -> None:
    matter: Matter = raise_matter(cast, state)
    with pytest.raises(Conflict):
        ending_actions.ask_back_matter(actor=cast.actor("secretary"), matter=matter)
