"""What becomes of stewards and errands when something happens to a household."""

import pytest
from django.urls import reverse

from genxu.core.errors import Conflict
from genxu.hamlets.actions import move_households
from genxu.people import household_actions
from genxu.people.deeds import Doer, deeds_of
from genxu.people.record import kept_of
from genxu.people.tests.factories import household, merged, moved
from genxu.team.services.models import Certification, Errand, Link
from genxu.team.services.workflow import State
from tests.cast import NEIGHBOUR, OPERATOR, Cast, Enter
from tests.doing import page_text

from . import factories
from .factories import certification, finished, in_state, said


def test_who_moves_away_has_no_steward_and_nothing_runs(cast: Cast) -> None:
    errand = in_state(cast, State.AUTHORISED)
    moved(cast, 1)
    errand.refresh_from_db()
    assert errand.state == State.LAPSED
    assert not Link.objects.now().filter(household=errand.household_id).exists()
    household_actions.come_back(actor=cast.actor("secretary"), household=household(1))
    assert not Link.objects.now().filter(household=errand.household_id).exists()


def test_a_double_hands_its_errands_over(cast: Cast) -> None:
    home = cast.households()[1]
    errand = in_state(cast, State.AUTHORISED, household=home)
    certification(cast, door=1)
    merged(cast, 1, 2)
    errand.refresh_from_db()
    assert errand.household_id == household(1).pk
    assert Certification.objects.get().household_id == household(1).pk


def test_nothing_of_it_is_left_when_it_is_erased(cast: Cast) -> None:
    errand = in_state(cast, State.DONE)
    running = in_state(cast, State.ASKED, whom="公公")
    with pytest.raises(Conflict):
        household_actions.erase_household(actor=OPERATOR, household=household(1))
    Errand.objects.filter(pk=running.pk).update(state=State.WITHDRAWN)
    household_actions.erase_household(actor=OPERATOR, household=household(1))
    errand.refresh_from_db()
    assert (errand.whom, errand.receipt, errand.heard_by) == ("", "", "")
    assert not Certification.objects.exists()


def test_the_household_reads_what_is_kept(cast: Cast) -> None:
    said(in_state(cast, State.DONE), "satisfied", "办得快")
    told = [f"{one.label} {one.value}" for one in kept_of(cast.households()[0])]
    assert any(cast.steward.name in one for one in told)
    assert any("鄂202605130001" in one for one in told)


def test_who_moves_to_the_next_hamlet_needs_another_steward(cast: Cast) -> None:
    certification(cast)
    move_households(
        actor=OPERATOR, hamlet=cast.home, into=cast.hamlet(NEIGHBOUR),
        households=[cast.households()[0]],
    )  # fmt: skip
    assert not Link.objects.now().filter(household__number=1).exists()
    assert Certification.objects.get().hamlet_id == NEIGHBOUR


def test_the_secretary_sees_who_has_none(cast: Cast, enter: Enter) -> None:
    factories.linked(cast)
    page = page_text(enter("secretary").get(reverse("steward_links"), {"group": "without"}))
    assert "罗测三" in page
    assert "罗测一" not in page


def test_what_waits_for_a_week_is_told_at_home(cast: Cast, enter: Enter) -> None:
    from tests.cast import later

    finished(cast, in_state(cast, State.AUTHORISED))
    certification(cast, door=1)
    assert "2户" not in page_text(enter("steward").get(reverse("home")))
    assert "养老认证快到期" in page_text(enter("steward").get(reverse("home")))
    with later(days=8):
        assert "还没回访" in page_text(enter("secretary").get(reverse("home")))


def test_the_county_s_items_stand_on_the_hamlet_s_page(cast: Cast, enter: Enter) -> None:
    factories.item(cast)
    page = page_text(enter("nobody").get(reverse("place", args=[cast.home.code])))
    assert "养老资格认证" in page


def test_the_article_s_count_is_that_of_the_table(cast: Cast) -> None:
    """13 items, two of which nobody has to confirm: the article names them."""
    from genxu.core import clock
    from genxu.insight.counting import count_all, count_on
    from genxu.insight.models import Standing
    from genxu.insight.queries import wide_of
    from genxu.team.services.catalogue import enter_catalogue
    from genxu.team.services.models import Item
    from tests.cast import CITY, COUNTY, FAR_COUNTY

    enter_catalogue(cast.actor("county_staff"), cast.hamlet(COUNTY))
    assert not enter_catalogue(cast.actor("county_staff"), cast.hamlet(COUNTY))
    key = "team.service_items"
    assert count_on(COUNTY, clock.today(), [key]) == {key: 13}
    assert wide_of(cast.hamlet(CITY))[key] == 13
    assert wide_of(cast.hamlet(FAR_COUNTY))[key] == 0
    assert Item.objects.filter(is_example=False).count() == 2
    count_all()
    assert not Standing.objects.filter(key=key).exists()


def test_an_errand_is_a_line_of_what_he_did(cast: Cast) -> None:
    errand = in_state(cast, State.CLOSED)
    doer, day = Doer(0, cast.steward.pk), factories.NOW_DAY
    (deed,) = [one for one in deeds_of(doer, day, day) if one.key.startswith("errands")]
    assert (deed.on, deed.url) == (day, reverse("errand", args=[errand.pk]))
    assert "罗测一" not in str(deed.told)
