"""What a household reads and asks; what becomes of its part when something happens to it."""

from datetime import timedelta

import pytest
from django.test import Client

from genxu.core.errors import Conflict, Denied
from genxu.core.models import JournalEntry
from genxu.core.names import bare
from genxu.people import household_actions
from genxu.people.erasure import GONE
from genxu.people.models import Household
from genxu.people.own_access import holder_of
from genxu.people.tests.factories import with_code
from genxu.places.collectives.actions import end_collective
from genxu.places.distributions import paying_actions
from genxu.places.distributions.models import Portion
from genxu.places.distributions.queries import own_parts
from tests.cast import NOW, Cast, Enter
from tests.doing import hold, page_text

from . import factories

YESTERDAY = NOW.date() - timedelta(days=1)


def test_a_household_reads_its_five_lines_on_its_own_page(cast: Cast) -> None:
    one = factories.booked(cast)
    first = factories.paid(cast, factories.portions(one)[0])
    link = with_code(1)
    page = page_text(hold(Client(), link.code).get(f"/my/household/{first.household_id}/"))
    for shown in ("1,234.56", "-123.46", "1,111.10", "6.5股 / 3股", "512.81"):
        assert shown in page, shown


def test_a_draft_is_nobody_s_but_the_board_s(cast: Cast) -> None:
    one = factories.drawn(cast)
    assert own_parts(cast.households()[0]) == []
    assert Client().get(f"/distributions/{one.pk}/open/").status_code == 404
    assert Client().get(f"/distributions/{one.pk}/open.csv").status_code == 404


def test_what_is_open_to_all_names_nobody(cast: Cast) -> None:
    one = factories.published(cast)
    page = page_text(Client().get(f"/distributions/{one.pk}/open/"))
    assert "1,111.10" in page
    assert not any(household.head_name in page for household in cast.households())
    assert "1,111.10" in page_text(Client().get(f"/places/{one.place_id}/"))


def test_a_question_becomes_a_matter_of_the_household(cast: Cast) -> None:
    mine, other, *_rest = factories.portions(factories.published(cast))
    holder = holder_of(mine.household)
    asked = paying_actions.question_portion(actor=holder, portion=mine, text="我家应该是四股")
    assert asked.matter
    with pytest.raises(Denied):
        paying_actions.question_portion(actor=holder, portion=other, text="他家多了")


def test_another_household_s_part_opens_for_nobody(cast: Cast) -> None:
    _mine, other, *_rest = factories.portions(factories.published(cast))
    link = with_code(1)
    pk = cast.households()[0].pk
    browser = hold(Client(), link.code)
    assert browser.get(f"/my/household/{pk}/distribution/{other.pk}/").status_code == 404


def test_who_reads_the_books_but_not_the_roll_sees_no_part_by_name(
    cast: Cast, enter: Enter
) -> None:
    one = factories.booked(cast)
    portion = factories.portions(one)[0]
    auditor = enter("auditor")
    assert auditor.get(f"/distributions/{one.pk}/").status_code == 200
    assert auditor.get(f"/distributions/portions/{portion.pk}/").status_code in (403, 404)
    page = page_text(auditor.get(f"/distributions/{one.pk}/"))
    assert not any(household.head_name in page for household in cast.households())


def test_a_household_that_moved_away_keeps_what_is_owed_to_it(cast: Cast) -> None:
    last = factories.portions(factories.booked(cast))[3]
    household_actions.move_away(
        actor=cast.actor("secretary"), household=last.household, on=YESTERDAY
    )
    assert factories.paid(cast, last).is_paid


def test_the_line_of_a_double_stays_as_it_was_and_is_read_by_the_entry_that_is_kept(
    cast: Cast,
) -> None:
    one = factories.booked(cast)
    _first, second, third, _last = factories.portions(one)
    household_actions.merge_households(
        actor=cast.actor("secretary"), double=third.household, keep=second.household
    )
    third.refresh_from_db()
    keep = Household.objects.get(pk=second.household_id)
    assert third.household_id != keep.pk
    assert {part.portion.pk for part in own_parts(keep)} == {second.pk, third.pk}
    assert factories.paid(cast, third).is_paid


def test_erased_the_sum_stays_and_the_name_goes(cast: Cast) -> None:
    one = factories.booked(cast)
    first = factories.portions(one)[0]
    Portion.objects.filter(pk=first.pk).update(signed_by="罗测一")
    household = first.household
    household_actions.ask_erasure(actor=holder_of(household), household=household)
    household.refresh_from_db()
    household_actions.erase_household(actor=cast.actor("secretary"), household=household)
    first.refresh_from_db()
    assert first.sum == 51_281
    assert first.signed_by == bare(GONE)
    assert factories.paid(cast, first).is_paid


def test_reading_a_household_s_sum_by_name_is_logged(cast: Cast, enter: Enter) -> None:
    portion = factories.portions(factories.booked(cast))[0]
    assert enter("bookkeeper").get(f"/distributions/portions/{portion.pk}/").status_code == 200
    assert JournalEntry.objects.filter(action="distributions.see_portions").count() == 1


def test_a_collective_does_not_end_while_parts_are_owed(cast: Cast) -> None:
    one = factories.booked(cast)
    motion = factories.voted(cast, "ending", (50, 0, 0))
    about = {"collective": one.collective, "ended_on": NOW.date(), "motion": motion}
    with pytest.raises(Conflict, match="4"):
        end_collective(actor=cast.actor("secretary"), **about)
    factories.paid_all(cast, one)
    assert end_collective(actor=cast.actor("secretary"), **about).ended_on
