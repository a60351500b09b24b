"""A second talk of one day and hamlet is taken for the same one, until somebody says otherwise; and
what was saved is not offered filled in again."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict
from genxu.institutions.talks import mending_actions
from genxu.institutions.talks.actions import record_talk
from genxu.institutions.talks.models import Talk
from tests.cast import HOME, NEIGHBOUR, Cast, Enter
from tests.doing import gathering, hold_talk, page_text, taken_up

from .test_record_talk import URL, filled


def test_today_s_talk_is_recorded_already_look(cast: Cast, enter: Enter) -> None:
    client, today = enter("secretary"), clock.today().isoformat()
    assert "said" in client.get(URL).context
    talk = hold_talk(cast, taken_up())
    between = client.get(URL)
    assert "said" not in between.context
    text = page_text(between)
    assert f"/talks/{talk.pk}/" in text
    assert f"?another={today}" in text
    assert client.get(URL, {"another": today}).context["form"]["another"].value() == today


def test_one_of_another_day_or_hamlet_does_not_stand_in_the_way(cast: Cast, enter: Enter) -> None:
    hold_talk(cast, held_on=clock.today() - timedelta(days=1))
    hold_talk(cast, hamlet=NEIGHBOUR)
    assert "said" in enter("secretary").get(URL).context


def test_one_that_was_withdrawn_does_not_either(cast: Cast) -> None:
    actor = cast.actor("secretary")
    mending_actions.withdraw_talk(actor=actor, talk=hold_talk(cast), words="记错了湾")
    record_talk(actor=actor, hamlet=cast.home, gathering=gathering(), said=[])


def test_sent_all_the_same_it_is_asked_and_what_was_typed_stays(cast: Cast, enter: Enter) -> None:
    talk, client = hold_talk(cast), enter("secretary")
    data = filled({"text": "写了半天的话"}, another="")
    asked = client.post(URL, data)
    assert asked.status_code == 409
    text = page_text(asked)
    assert "写了半天的话" in text
    assert f"/talks/{talk.pk}/" in text
    assert 'name="another"' in text
    assert Talk.objects.count() == 1
    sent = data | {"client_id": asked.context["form"]["client_id"].value()}
    assert client.post(URL, sent | {"another": clock.today().isoformat()}).status_code == 302
    assert Talk.objects.count() == 2


def test_that_it_was_another_holds_for_the_day_of_which_it_was_said(
    cast: Cast, enter: Enter
) -> None:
    yesterday = clock.today() - timedelta(days=1)
    hold_talk(cast, held_on=yesterday)
    data = filled(held_on=yesterday.isoformat(), another=clock.today().isoformat())
    assert enter("secretary").post(URL, data).status_code == 409


def test_the_action_refuses_whoever_calls_it(cast: Cast) -> None:
    actor = cast.actor("secretary")
    first = {"actor": actor, "hamlet": cast.home, "gathering": gathering(), "said": []}
    record_talk(**first)
    with pytest.raises(Conflict):
        record_talk(**first)
    record_talk(**first, another=True)


def test_by_the_api_it_is_a_conflict_unless_it_is_another(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")

    def send(**changes: Any) -> Any:
        body = {"client_id": str(uuid4()), "hamlet": HOME, "held_on": clock.today().isoformat(),
                "venue": "晒谷场", "topic": "路灯", "head_count": 12, "host": "罗",
                "recorder": "罗", "said": [], **changes}  # fmt: skip
        return client.post("/api/v1/talks", json.dumps(body), content_type="application/json")

    assert [send().status_code, send().status_code, send(another=True).status_code] == [
        200, 409, 200,
    ]  # fmt: skip


# --- back in the browser -------------------------------------------------------------------------


def test_the_form_is_not_kept_by_the_browser(cast: Cast, enter: Enter) -> None:
    assert "no-store" in enter("secretary").get(URL)["Cache-Control"]


def test_a_form_used_already_leads_to_what_it_made(cast: Cast, enter: Enter) -> None:
    client, data = enter("secretary"), filled({"text": "路灯坏了"})
    made = client.post(URL, data)["Location"]
    assert client.post(URL, data)["Location"] == made
    changed = client.post(URL, data | {"head_count": "24"})
    assert changed.status_code == 409
    assert f'href="{made}"' in page_text(changed)


def test_its_draft_is_forgotten_when_it_is_shown_whatever_its_evening(
    cast: Cast, enter: Enter
) -> None:
    """Also one written down late: its number is not that under which the draft was kept."""
    hold_talk(cast, held_on=clock.today() - timedelta(days=2))
    client = enter("secretary")
    form = client.get(URL)
    mark = f"talk:{HOME}:{cast.actor('secretary').key}:{form.context['draft']}"
    assert f'data-draft-key="{mark}"' in page_text(form)
    late = client.post(URL, filled(held_on=(clock.today() - timedelta(days=9)).isoformat(),
                                   another=""))  # fmt: skip
    assert f'data-draft-clear="{mark}"' in page_text(client.get(late["Location"]))
    assert mark not in page_text(client.get(URL))
