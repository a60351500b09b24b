"""A hamlet is closed when nobody lives there and nothing is open; then nothing new is written."""

from datetime import date

import pytest
from django.test import Client

from genxu.core.errors import Conflict, Refusal
from genxu.hamlets.actions import close_hamlet, merge_hamlets, rename_hamlet, reopen_hamlet
from genxu.organisation.branches.queries import hamlets_without as without_branch
from genxu.organisation.branches.tests import factories as branches
from genxu.organisation.councils.queries import hamlets_without as without_council
from genxu.organisation.councils.tests import factories as councils
from genxu.people.household_actions import come_back, move_away
from genxu.people.models import Grant, Household
from genxu.regions.actions import add_hamlet
from genxu.regions.models import Region
from genxu.regions.queries import children_of, search_places
from tests.cast import (
    HOME,
    NEIGHBOUR,
    NEXT_HAMLET,
    OPERATOR,
    VILLAGE,
    Cast,
    Enter,
    enter_households,
)
from tests.doing import hold_talk, page_text, raise_matter


def close(cast: Cast, code: str) -> Region:
    return close_hamlet(actor=cast.actor("township_staff"), hamlet=cast.hamlet(code))


def deserted(cast: Cast, code: str = NEIGHBOUR) -> None:
    for household in cast.households(code):
        move_away(actor=OPERATOR, household=household, on=date(2026, 5, 1))


def test_what_is_left_is_said(cast: Cast) -> None:
    raise_matter(cast, "under_way", hamlet=NEIGHBOUR)
    councils.form(cast, NEIGHBOUR)
    branches.founded(cast, hamlet=NEIGHBOUR)
    with pytest.raises(Conflict) as refused:
        close(cast, NEIGHBOUR)
    said = str(refused.value.message)
    assert all(word in said for word in ("2", "1", "党支部", "理事会"))


def test_deserted_it_is_closed_and_its_offices_end(cast: Cast, client: Client) -> None:
    deserted(cast)
    assert client.get(f"/places/{NEIGHBOUR}/").status_code == 200
    closed = close(cast, NEIGHBOUR)
    assert closed.closed_on
    assert not Grant.objects.filter(place=NEIGHBOUR).exists()
    assert "撤" in page_text(client.get(f"/places/{NEIGHBOUR}/"))


def test_closed_it_is_offered_nowhere(cast: Cast, client: Client) -> None:
    deserted(cast)
    close(cast, NEIGHBOUR)
    assert NEIGHBOUR not in {one.code for one in children_of(VILLAGE)}
    assert search_places("港边湾") == []
    staff = cast.actor("township_staff")
    for rows in (without_branch(staff), without_council(staff)):
        assert NEIGHBOUR not in set(rows.values_list("code", flat=True))
    assert "港边湾" not in page_text(client.get(f"/places/{VILLAGE}/"))


def test_nothing_new_is_written_at_a_closed_hamlet(cast: Cast) -> None:
    deserted(cast)
    gone = Household.objects.filter(hamlet=NEIGHBOUR)[0]
    secretary = cast.actor("neighbour_secretary")
    close(cast, NEIGHBOUR)
    place = cast.hamlet(NEIGHBOUR)
    from genxu.people.tests.factories import row

    with pytest.raises(Refusal):
        enter_households(NEIGHBOUR, row(hamlet=NEIGHBOUR))
    for act in (
        lambda: hold_talk(cast, hamlet=NEIGHBOUR),
        lambda: councils.form(cast, NEIGHBOUR),
        lambda: come_back(actor=OPERATOR, household=gone),
        lambda: rename_hamlet(actor=OPERATOR, hamlet=place, name="别名"),
        lambda: merge_hamlets(actor=OPERATOR, hamlet=place, heir=cast.home),
        lambda: merge_hamlets(actor=OPERATOR, hamlet=cast.hamlet(NEXT_HAMLET), heir=place),
        lambda: close_hamlet(actor=OPERATOR, hamlet=place),
    ):
        with pytest.raises(Refusal):
            act()
    assert secretary.grants  # she held the office until then


def test_opened_again_it_takes_what_is_new(cast: Cast) -> None:
    deserted(cast)
    close(cast, NEIGHBOUR)
    reopen_hamlet(actor=cast.actor("township_staff"), hamlet=cast.hamlet(NEIGHBOUR))
    household = Household.objects.filter(hamlet=NEIGHBOUR)[0]
    assert come_back(actor=OPERATOR, household=household).lives_here
    with pytest.raises(Conflict):
        reopen_hamlet(actor=OPERATOR, hamlet=cast.hamlet(NEIGHBOUR))


def test_the_page_offers_what_fits_and_says_what_is_left(cast: Cast, enter: Enter) -> None:
    client = enter("township_staff")
    page = client.get(f"/hamlets/{HOME}/")
    assert [act.name for act in page.context["acts"]] == ["rename", "move_households", "merge"]
    assert page.context["left"]
    empty = add_hamlet(actor=OPERATOR, village=cast.hamlet(VILLAGE), name="新屋场")
    page = client.get(f"/hamlets/{empty.code}/")
    assert "close" in [act.name for act in page.context["acts"]]
    assert client.post(f"/hamlets/{empty.code}/close/", {}).status_code == 302
    page = client.get(f"/hamlets/{empty.code}/")
    assert [act.name for act in page.context["acts"]] == ["reopen"]
    assert client.get(f"/hamlets/{VILLAGE}/").status_code == 404
    assert enter("village_staff").get(f"/hamlets/{HOME}/").status_code == 403


def test_the_county_does_not_read_the_register(cast: Cast, enter: Enter) -> None:
    page = enter("county_staff").get(f"/hamlets/{HOME}/")
    assert "move_households" not in [act.name for act in page.context["acts"]]
    assert enter("county_staff").get(f"/hamlets/{HOME}/move-households/").status_code == 403
