"""记一件事: talks are one source of matters, not the only one."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from genxu.core import clock
from genxu.core.errors import Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.insight.counting import count_on
from genxu.institutions.matters import rules
from genxu.institutions.matters.guessing import guessed_tier
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.institutions.matters.noting_actions import record_matter
from genxu.organisation.centre_households.tests.drawing import draw, serving_as
from genxu.people.copying import copy_of
from genxu.people.models import Household
from genxu.people.tests.factories import with_code
from tests.cast import FAR, HOME, VILLAGE, Cast, Enter, later
from tests.doing import form_errors, hold, page_text, raise_matter, stands_in, who_may


def send(client: Client, text: str = "渠边的石头松了", **values: Any) -> Any:
    address = reverse("note_matter_at", args=[HOME])
    return client.post(address, {"text": text, "client_id": str(uuid4()), **values})


def noted(cast: Cast, part: str = "secretary", **values: Any) -> Suggestion:
    given = {"hamlet": cast.home, "text": "渠边的石头松了", "tier": "common", **values}
    return record_matter(actor=cast.actor(part), **given)


def looked_after(cast: Cast) -> Household:
    """The one household that the centre household of the cast looks after."""
    mine, hers = cast.households()[:2]
    draw(cast, [(mine, serving_as(cast, "centre_household", hers))])
    return mine


def test_those_near_the_hamlet_note(cast: Cast) -> None:
    near = {"secretary", "centre_household", "other_centre_household", "village_staff"}
    assert who_may(cast, rules.record_matter, hamlet=cast.home) == near
    assert who_may(cast, rules.record_matter, hamlet=cast.hamlet(VILLAGE)) == set()


@pytest.mark.parametrize("part", ["secretary", "centre_household", "village_staff"])
def test_a_matter_needs_no_talk(cast: Cast, enter: Enter, part: str) -> None:
    """Noted on any day, its receipt stands there at once, and the journal has who and why."""
    answer = send(enter(part), tier="common")
    one = Suggestion.objects.get()
    assert (one.source, one.noted_by, one.said_on) == ("noted", cast.accounts[part], clock.today())
    assert one.matters.get().tier == "common"
    assert stands_in(page_text(answer), one.code)
    assert "no-store" in answer["Cache-Control"]
    entry = JournalEntry.objects.latest("pk")
    assert (entry.action, entry.actor) == ("matters.record_matter", cast.actor(part).label)
    assert entry.detail == {"tier": "common", "why": "hand_out"}


def test_the_tier_is_guessed_and_then_confirmed(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    answer = send(client, "变压器又跳闸了")
    assert answer.status_code == 200
    assert not Suggestion.objects.exists(), "nobody has confirmed it yet"
    form = answer.context["form"]
    assert form["tier"].value() == "specialist"
    assert form["text"].value() == "变压器又跳闸了"
    assert re.search(r'value="specialist"[^>]*checked', page_text(answer))
    sent = form.data.dict() | {"tier": "common"}
    client.post(reverse("note_matter_at", args=[HOME]), sent)
    assert Matter.objects.get().tier == "common"


@pytest.mark.parametrize(
    ("text", "tier"),
    [("老人要去看病，没人接送", "personal"), ("晒谷场的路灯坏了", "common"),
     ("变压器又跳闸了", "specialist"), ("有件事想问问", None), ("", None)],
)  # fmt: skip
def test_the_guess_is_by_the_table(text: str, tier: str | None) -> None:
    assert guessed_tier(text) == tier


def test_without_a_tier_the_secretary_sorts_it(cast: Cast, enter: Enter) -> None:
    send(enter("village_staff"), tier="")
    matter = Matter.objects.get()
    assert (matter.state, matter.tier) == ("registered", "")
    waiting = enter("secretary").get("/home/").context["queues"]
    assert [m.pk for m in waiting[0].matters] == [matter.pk]


def test_a_centre_household_names_only_those_it_looks_after(cast: Cast, enter: Enter) -> None:
    mine = looked_after(cast)
    other = cast.households()[2]
    client = enter("centre_household")
    page = client.get(reverse("note_matter_at", args=[HOME]))
    assert [one.label for one in page.context["form"].households] == [mine.label]
    answer = send(client, who=other.label, tier="personal")
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {"who"}
    with pytest.raises(Invalid):
        noted(cast, "centre_household", household=other)
    send(client, who=mine.label.replace("（", "(").replace("）", ")"), tier="personal")
    matter = Matter.objects.get()
    assert (matter.state, matter.assignee) == ("assigned", cast.centre_household)
    assert Suggestion.objects.get().household == mine


def test_nobody_names_a_household_of_another_hamlet(cast: Cast) -> None:
    with pytest.raises(Invalid):
        noted(cast, household=cast.households(FAR)[0])
    with pytest.raises(Denied):
        noted(cast, "far_secretary")


def test_a_day_to_come_is_refused_and_an_earlier_one_kept(cast: Cast) -> None:
    today = clock.today()
    with pytest.raises(Invalid):
        noted(cast, said_on=today + timedelta(days=1))
    assert noted(cast, said_on=today - timedelta(days=9)).said_on == today - timedelta(days=9)


@pytest.mark.parametrize("text", ["", "   ", "长" * 201])
def test_one_line_no_less_and_no_more(cast: Cast, enter: Enter, text: str) -> None:
    answer = send(enter("secretary"), text, tier="common")
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {"text"}
    with pytest.raises(Invalid):
        noted(cast, text=text)


def test_a_common_line_names_nobody(cast: Cast, enter: Enter) -> None:
    answer = send(enter("secretary"), "罗测二家门口的路灯坏了", tier="common")
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {"text"}


def test_sent_twice_it_is_noted_once_and_later_shows_no_code(cast: Cast, enter: Enter) -> None:
    client, key = enter("secretary"), str(uuid4())
    for _time in range(2):
        assert send(client, tier="common", client_id=key).status_code == 200
    one = Suggestion.objects.get()
    with later(hours=1):
        answer = send(client, tier="common", client_id=key)
        assert answer.status_code == 302
    assert not stands_in(page_text(answer), one.code)


def test_village_staff_choose_the_hamlet_first(cast: Cast, enter: Enter) -> None:
    page = enter("village_staff").get(reverse("note_matter"))
    assert {hamlet.name for hamlet in page.context["hamlets"]} == {"罗家洲", "港边湾"}
    page = enter("secretary").get(reverse("note_matter"))
    assert page.context["hamlet"] == cast.home, "where there is one, nothing is asked"


@pytest.mark.parametrize("part", ["secretary", "centre_household", "village_staff"])
def test_it_is_one_tap_away(enter: Enter, part: str) -> None:
    client = enter(part)
    way = f'href="{reverse("note_matter")}"'
    assert page_text(client.get("/home/")).count(way) >= 2, "at home and in the navigation"
    assert way in page_text(client.get("/matters/"))


def test_no_page_of_a_suggestion_asks_for_a_talk(cast: Cast, enter: Enter, client: Client) -> None:
    """What was noted is read wherever what was said at a talk is, and says where it comes from."""
    mine = cast.households()[0]
    one = noted(cast, household=mine)
    matter = one.matters.get()
    code = with_code(mine.number).code
    secretary, told = enter("secretary"), "罗测春记下的"
    for address in (f"/suggestions/{one.pk}/", f"/matters/{matter.pk}/"):
        assert told in page_text(secretary.get(address))
    hold(client, code)
    assert client.get(reverse("own_page", args=[mine.pk])).status_code == 200
    assert client.get(reverse("receipt", args=[one.pk])).status_code == 200
    assert told in copy_of(mine)
    assert secretary.get("/talks/").status_code == 200


def test_figures_tell_the_sources_apart(cast: Cast) -> None:
    raise_matter(cast, "registered")
    noted(cast)
    noted(cast, text="井台要修")
    keys = ["", ".talk", ".household", ".noted"]
    found = count_on(HOME, clock.today(), [f"institutions.suggestions{key}" for key in keys])
    assert list(found.values()) == [3, 1, 0, 2]


def test_by_the_api_too_without_a_code(cast: Cast, enter: Enter) -> None:
    mine = looked_after(cast)
    client = enter("centre_household")
    sent = {"client_id": str(uuid4()), "hamlet": HOME, "text": "药要人取", "tier": "personal",
            "household": mine.pk}  # fmt: skip
    answer = client.post(reverse("api-1:suggestions"), sent, content_type="application/json")
    assert answer.status_code == 200
    one = Suggestion.objects.get()
    assert answer.json() == {"id": one.pk, "matters": [one.matters.get().pk]}
    assert one.printed_at is None
    sent |= {"client_id": str(uuid4()), "household": cast.households()[2].pk}
    answer = client.post(reverse("api-1:suggestions"), sent, content_type="application/json")
    assert answer.status_code == 404
