"""What the branch writes down for others, and many appointed with one confirmation."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from genxu.organisation.centre_households.models import CentreHousehold, Recommendation
from genxu.organisation.centre_households.workflow import State
from genxu.people.models import Household
from tests.cast import (
    FAR,
    HOME,
    Cast,
    Enter,
)
from tests.doing import form_errors, page_text

from .factories import (
    fresh,
    nominated,
    recommended,
    selected,
)

LIST = "centre_households"


def test_a_nomination_written_down(cast: Cast, enter: Enter) -> None:
    mine = cast.households()[0]
    client = enter("secretary")
    url = reverse("nominate_household", args=[HOME])
    sent = {"household": "1", "person_name": "罗测丽", "duties": ["policy"],
            "client_id": str(uuid4())}  # fmt: skip
    answer = client.post(url, sent)
    one = CentreHousehold.objects.get()
    assert answer["Location"] == reverse("centre_household", args=[one.pk])
    assert (one.household, one.person_name, one.by_self) == (mine, "罗测丽", False)
    assert client.post(url, sent).status_code == 302
    assert CentreHousehold.objects.count() == 1
    again = client.post(url, sent | {"client_id": str(uuid4())})
    assert (again.status_code, list(form_errors(again))) == (409, ["__all__"])
    assert "罗测丽" in page_text(again)


@pytest.mark.parametrize("typed", ["", "不在湾里的人", "99", "港测甲（第 1 户）"])
def test_a_household_must_be_one_of_the_hamlet(typed: str, cast: Cast, enter: Enter) -> None:
    url = reverse("nominate_household", args=[HOME])
    sent = {"household": typed, "person_name": "谁", "duties": ["policy"]}
    answer = enter("secretary").post(url, sent)
    assert (answer.status_code, list(form_errors(answer))) == (422, ["household"])


def test_two_of_one_name_must_be_picked_by_number(cast: Cast, enter: Enter) -> None:
    one, two, _third, _fourth = cast.households()
    Household.objects.filter(pk=two.pk).update(head_name=one.head_name)
    url = reverse("nominate_household", args=[HOME])
    sent = {"household": one.head_name, "person_name": "谁", "duties": ["policy"]}
    assert enter("secretary").post(url, sent).status_code == 422
    sent["household"] = f"{one.head_name}（第 2 户）"
    assert enter("secretary").post(url, sent).status_code == 302


def test_what_a_neighbour_said(cast: Cast, enter: Enter) -> None:
    one, mine, other, _fourth = cast.households()
    candidate = nominated(one)
    client, url = enter("secretary"), reverse("record_recommendation", args=[candidate.pk])
    assert client.get(url).status_code == 200
    by_hand = mine.label.replace("（", " (").replace("）", ")")
    assert client.post(url, {"household": by_hand}).status_code == 302
    assert Recommendation.objects.get().by_voice
    refused = client.post(url, {"household": one.label})
    assert (refused.status_code, list(form_errors(refused))) == (409, ["__all__"])
    recommended(other, nominated(mine))
    assert client.post(url, {"household": other.label}).status_code == 409
    assert client.post(url, {"household": "无"}).status_code == 422


def test_many_are_appointed_with_one_confirmation(cast: Cast, enter: Enter) -> None:
    waiting = [selected(cast, household) for household in cast.households()]
    elsewhere = selected(cast, cast.households(FAR)[0])
    client, url = enter("township_staff"), reverse("appoint_together")
    shown = client.get(url)
    assert {one.pk for one in shown.context["rows"]} == {one.pk for one in waiting}
    assert all(one.ticked for one in shown.context["rows"])
    sent = {
        "chosen": [waiting[0].pk, waiting[2].pk, elsewhere.pk], "appointed_on": "2026-05-01",
        "years": "5", "client_id": str(uuid4()),
    }  # fmt: skip
    assert client.post(url, sent).status_code == 302
    states = [fresh(one).state for one in waiting]
    assert states == ["appointed", "selected", "appointed", "selected"]
    assert fresh(elsewhere).state == State.SELECTED, "of another township: not touched"
    assert str(fresh(waiting[0]).term_ends_on) == "2031-05-01"
    assert client.post(url, sent).status_code == 422, "they are no longer among those waiting"
    assert CentreHousehold.objects.serving().count() == 2


def test_one_that_cannot_be_appointed_does_not_hold_up_the_others(cast: Cast, enter: Enter) -> None:
    one, two = (selected(cast, h, name=f"罗测{h.number}") for h in cast.households()[:2])
    Household.objects.filter(pk=one.household_id).update(left_on="2026-05-01")
    sent = {"chosen": [one.pk, two.pk], "appointed_on": "2026-05-01", "years": "3",
            "client_id": str(uuid4())}  # fmt: skip
    answer = enter("township_staff").post(reverse("appoint_together"), sent, follow=True)
    assert [fresh(each).state for each in (one, two)] == ["selected", "appointed"]
    assert "罗测1" in page_text(answer), "it is named, with the reason"


def test_nobody_ticked_or_a_wrong_day(cast: Cast, enter: Enter) -> None:
    one, two = (selected(cast, household) for household in cast.households()[:2])
    client, url = enter("township_staff"), reverse("appoint_together")
    sent: dict[str, Any] = {"appointed_on": "2026-05-01", "years": "3", "client_id": str(uuid4())}
    assert client.post(url, sent).status_code == 422
    wrong = client.post(url, sent | {"chosen": [two.pk], "appointed_on": "2026-06-01"})
    assert (wrong.status_code, list(form_errors(wrong))) == (422, ["appointed_on"])
    assert [each.ticked for each in wrong.context["rows"]] == [False, True], "ticks stay"
    assert fresh(one).state == State.SELECTED


def test_with_nobody_waiting_the_page_says_so(cast: Cast, enter: Enter) -> None:
    assert 'class="empty"' in page_text(enter("township_staff").get(reverse("appoint_together")))
