"""The API: the same access, actions and refusals as the pages; what it declares is what it does."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from genxu.institutions.matters.models import Matter
from genxu.institutions.talks.models import Talk

from .cast import CITY, FAR, HOME, Cast, Enter
from .doing import hold_talk, raise_matter, taken_up


def talk(**changes: Any) -> dict[str, Any]:
    return {
        "client_id": str(uuid4()), "hamlet": HOME, "held_on": "2026-05-12", "venue": "晒谷场",
        "topic": "路灯", "head_count": 12, "host": "罗", "recorder": "罗",
        "said": [{"text": "路灯坏了𠮷💡", "response": "taken_up", "tier": "common"}], **changes,
    }  # fmt: skip


def send(client: Client, body: Any) -> Any:
    return client.post("/api/v1/talks", body, content_type="application/json")


def test_a_talk_recorded_by_the_api_is_a_talk(cast: Cast, enter: Enter) -> None:
    answer = send(enter("secretary"), talk())
    assert answer.status_code == 200
    made = Talk.objects.get()
    assert answer.json() == {"id": made.pk, "number": 1}
    assert Matter.objects.get().title == "路灯坏了𠮷💡"


def test_the_same_client_id_again_gives_the_same_talk(cast: Cast, enter: Enter) -> None:
    body, client = talk(), enter("secretary")
    assert send(client, body).json() == send(client, body).json()
    assert Talk.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"head_count": -1}, "head_count"), ({"head_count": 10**30}, "head_count"),
     ({"held_on": "2026-05-14"}, "held_on"), ({"venue": ""}, "venue"),
     ({"topic": "长" * 61}, "topic"),
     ({"said": [{"text": "", "response": "taken_up"}]}, "said-0-text"),
     ({"said": [{"text": "长" * 10_000, "response": "taken_up"}]}, "said-0-text"),
     ({"said": [{"text": "x", "response": "never"}]}, "said-0-response"),
     ({"said": [{"text": "x", "response": "taken_up", "tier": "royal"}]}, "said-0-tier"),
     ({"said": [{"text": "罗测一的灯", "response": "taken_up", "tier": "common"}]}, "said-0-title"),
     ({"said": [{"text": "x", "response": "taken_up", "name": "名" * 41}]}, "said-0-who")],
    ids=range(11),
)  # fmt: skip
def test_a_refusal_names_the_field(
    cast: Cast, enter: Enter, changes: dict[str, Any], field: str
) -> None:
    answer = send(enter("secretary"), talk(**changes))
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {field}
    assert answer.json()["detail"]
    assert not Talk.objects.exists()


@pytest.mark.parametrize(
    "body",
    ["", "[]", "null", "{", {"hamlet": HOME}, talk(client_id="x"), talk(held_on="tomorrow"),
     talk(said="none"), talk(head_count="many")],
    ids=range(9),
)  # fmt: skip
def test_a_body_of_the_wrong_shape_is_refused_as_declared(
    cast: Cast, enter: Enter, body: Any
) -> None:
    answer = send(enter("secretary"), body)
    assert answer.status_code in (400, 422)
    assert "detail" in answer.json()


@pytest.mark.parametrize("text", ["路\x00灯", "\ud83d 半个"], ids=["nul", "half an emoji"])
@pytest.mark.parametrize("field", ["venue", "text"])
def test_characters_that_no_database_takes_are_refused(
    cast: Cast, enter: Enter, text: str, field: str
) -> None:
    import json

    changes: dict[str, Any] = (
        {"venue": text} if field == "venue" else {"said": [{"text": text, "response": "taken_up"}]}
    )
    answer = send(enter("secretary"), json.dumps(talk(**changes)))
    assert answer.status_code == 422
    assert not Talk.objects.exists()


@pytest.mark.parametrize("hamlet", [FAR, "421221104202777", "abc", "", "4" * 5000], ids=range(5))
def test_another_hamlet_is_404(cast: Cast, enter: Enter, hamlet: str) -> None:
    assert send(enter("secretary"), talk(hamlet=hamlet)).status_code == 404


def test_a_client_id_used_by_somebody_else_is_409(cast: Cast, enter: Enter) -> None:
    body = talk()
    send(enter("secretary"), body)
    answer = send(enter("far_secretary"), body | {"hamlet": FAR})
    assert answer.status_code == 409


def test_the_list_goes_on_where_it_stopped(
    cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from genxu.core import api

    monkeypatch.setattr(api, "ROWS", 4)
    hold_talk(cast, *[taken_up(f"第{n}件", tier="common") for n in range(10)])
    client, seen, before = enter("secretary"), [], ""
    for _n in range(5):
        page = client.get("/api/v1/matters", {"before": before} if before else {}).json()
        seen += [item["id"] for item in page["items"]]
        before = page["next_before"]
        if not before:
            break
    assert len(seen) == len(set(seen)) == 10
    assert seen == sorted(seen, reverse=True)


ODD = [
    {"before": "x"},
    {"before": "9" * 40},
    {"group": "royal"},
    {"place": "\x00"},
    {"place": "1" * 5000},
]


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
def test_a_query_that_makes_no_sense_is_no_error_of_ours(
    cast: Cast, enter: Enter, query: dict[str, str]
) -> None:
    raise_matter(cast)
    assert enter("secretary").get("/api/v1/matters", query).status_code in (200, 422)


def test_figures_as_of_a_day(cast: Cast, enter: Enter) -> None:
    hold_talk(cast, held_on=date(2026, 5, 1))
    client = enter("city_staff")
    for day, talks in (("2026-04-30", 0), ("2026-05-01", 1)):
        body = client.get(f"/api/v1/figures/{CITY}", {"as_of": day}).json()
        assert body["as_of"] == day
        assert body["region"] == CITY
        assert body["figures"]["institutions.talks_held"] == talks


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_figures_of_the_first_and_the_last_day_there_is(cast: Cast, enter: Enter, day: str) -> None:
    assert enter("city_staff").get(f"/api/v1/figures/{CITY}", {"as_of": day}).status_code == 200


def test_a_refusal_has_the_sentence_of_the_page(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way", "personal")
    client = enter("county_staff")
    page = client.get(f"/matters/{matter.pk}/").context["message"]
    assert client.get(f"/api/v1/matters/{matter.pk}").json()["detail"] == str(page)
