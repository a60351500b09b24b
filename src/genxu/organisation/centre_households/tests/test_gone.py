"""Who serves as centre household and moves away: said, ended with a tap, given nothing new."""

from uuid import uuid4

import pytest
from django.test import Client

from genxu.core.access import Actor
from genxu.core.errors import Invalid
from genxu.core.notices import Notice
from genxu.core.notices import told as told_of
from genxu.institutions.matters.helper_queries import helpers_at
from genxu.institutions.matters.opening import centre_household_of
from genxu.organisation.centre_households.coverage_queries import questions_of
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.neighbours import own_service
from genxu.organisation.centre_households.notices import AT_ONCE, notices
from genxu.organisation.centre_households.queries import helper_of
from genxu.organisation.centre_households.workflow import Leaving, State
from genxu.people.household_actions import move_away
from tests.cast import HOME, NOW, Cast, Enter, later
from tests.doing import page_text

from .drawing import covered, draw, serving, serving_as
from .factories import appointed, fresh
from .test_own_pages import page

PART = "centre_household"


def waiting(actor: Actor) -> list[Notice]:
    return told_of(notices(actor))


@pytest.fixture
def gone(cast: Cast) -> CentreHousehold:
    """The first household serves, looks after the second, and has moved away."""
    one = serving_as(cast, PART, cast.households()[0])
    draw(cast, [(cast.households()[1], one)])
    move_away(actor=cast.actor("secretary"), household=one.household, on=NOW.date())
    return fresh(one)


def who(cast: Cast) -> Actor:
    return cast.actor(PART)


def test_her_own_list_and_home_say_it(cast: Cast, enter: Enter, gone: CentreHousehold) -> None:
    assert own_service(who(cast)) == [gone]
    client = enter(PART)
    for path in ("/neighbours/", "/home/"):
        assert "镇里办完手续之前" in page_text(client.get(path)), path


def test_her_households_own_page_says_it(gone: CentreHousehold, client: Client) -> None:
    assert "这期间不再派新事给您" in page_text(page(client, gone.household))


def test_nothing_new_is_given_to_her(cast: Cast, gone: CentreHousehold) -> None:
    two, three = cast.households()[1:3]
    assert centre_household_of([two.pk]) == {}
    assert helper_of(two) is None
    assert all(gone.person_name != one.name for one in helpers_at(HOME).values())
    with pytest.raises(Invalid):
        draw(cast, [(three, gone)])
    draw(cast, [(two, gone)])  # as it stood: the sheet is saved as a whole
    assert covered() == {two.pk: gone.pk}


def test_those_she_looked_after_are_proposed_to_others(cast: Cast, gone: CentreHousehold) -> None:
    assert not questions_of(HOME)[HOME].wants_answer, "nobody is there to take them"
    (other,) = serving(cast, cast.households()[2])
    draw(cast, [(cast.households()[3], other)])
    asked = questions_of(HOME)[HOME]
    assert asked.wants_answer
    assert [centre for centre, _own in asked.centres] == [other.pk]


def test_the_township_ends_it_with_a_tap(cast: Cast, enter: Enter, gone: CentreHousehold) -> None:
    (told,) = waiting(cast.actor("township_staff"))
    assert told.urgent
    assert told.tap is not None
    client = enter("township_staff")
    assert told.tap.address in client.get("/home/").content.decode()
    sent = {"client_id": str(uuid4()), "version": str(gone.version), **told.tap.fields}
    assert client.post(told.tap.address, sent).status_code == 302
    ended = fresh(gone)
    assert (ended.state, ended.leaving, ended.left_on) == (
        State.LEFT, Leaving.MOVED_AWAY, NOW.date(),
    )  # fmt: skip
    assert waiting(cast.actor("township_staff")) == []
    assert waiting(who(cast)) == []


def test_the_form_of_the_end_knows_why_and_when(enter: Enter, gone: CentreHousehold) -> None:
    with later(days=3):
        form = enter("township_staff").get(f"/centre-households/{gone.pk}/end/").context["form"]
    assert form.initial["reason"] == Leaving.MOVED_AWAY
    assert form.initial["left_on"] == NOW.date()


def test_of_many_some_are_named_and_all_are_counted(cast: Cast) -> None:
    households = cast.households()
    assert len(households) > AT_ONCE
    for one in households:
        appointed(cast, one)
        move_away(actor=cast.actor("secretary"), household=one, on=NOW.date())
    told = waiting(cast.actor("township_staff"))
    assert [one.tap is not None for one in told] == [True] * AT_ONCE + [False]
    assert told[-1].url.endswith("group=gone")
