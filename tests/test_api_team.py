"""The API of the team: the lists that the pages show, with the same readings and refusals."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from genxu.core import api, clock
from genxu.core.models import JournalEntry
from genxu.institutions.matters.models import Matter
from genxu.team.duties.models import DutyDay
from genxu.team.duties.tests.factories import due, published
from genxu.team.meetings.tests.factories import branch, everybody, noted
from genxu.team.members.tests.factories import on_roll, posted
from genxu.team.volunteers.tests.factories import outing

from .cast import FAR, HOME, Cast, Enter


def test_posts_are_read_by_those_who_keep_the_roll_and_that_is_logged(
    cast: Cast, enter: Enter
) -> None:
    post = posted(cast, on_roll(cast))
    before = JournalEntry.objects.filter(action="members.see_members").count()
    (found,) = enter("secretary").get("/api/v1/posts").json()["items"]
    assert (found["id"], found["member"], found["kind"]) == (post.pk, "罗测松", "tidiness")
    assert JournalEntry.objects.filter(action="members.see_members").count() == before + 1
    assert enter("county_staff").get("/api/v1/posts").status_code == 403
    assert enter("far_secretary").get("/api/v1/posts").json()["items"] == []
    answer = enter("secretary").get("/api/v1/posts", {"kind": "guard"})
    assert (answer.status_code, set(answer.json()["fields"])) == (422, {"kind"})


def test_meetings_and_outings_name_nobody(cast: Cast, enter: Enter) -> None:
    one = branch(cast)
    meeting, trip = noted(cast, one, everybody(one)), outing(cast)
    client = enter("secretary")
    answer = client.get("/api/v1/meetings", {"place": HOME})
    (found,) = answer.json()["items"]
    assert (found["id"], found["hours"]) == (meeting.pk, 1.5)
    assert not any(member.name in answer.content.decode() for member in one.members.all())
    (found,) = client.get("/api/v1/outings").json()["items"]
    assert (found["id"], found["joined"]) == (trip.pk, 0)
    assert client.get("/api/v1/outings", {"place": FAR}).status_code == 422


def test_turns_stand_behind_their_rota(cast: Cast, enter: Enter) -> None:
    rota = published(cast)
    client = enter("member")
    (found,) = client.get("/api/v1/rotas").json()["items"]
    assert found["id"] == rota.pk
    turns = client.get(f"/api/v1/rotas/{rota.pk}/turns").json()
    assert [one["id"] for one in turns] == list(
        rota.turns.order_by("day", "pk").values_list("pk", flat=True)
    )
    assert enter("far_secretary").get(f"/api/v1/rotas/{rota.pk}/turns").status_code == 404


def note(client: Any, **body: Any) -> Any:
    sent = {"client_id": str(uuid4()), "found": "clean"} | body
    return client.post("/api/v1/duty-days", sent, content_type="application/json")


def test_a_day_of_duty_is_noted_once_and_may_open_a_matter(cast: Cast, enter: Enter) -> None:
    turn = due(cast)
    client, of = enter("secretary"), {"rota": turn.rota_id, "day": turn.day.isoformat()}
    key = str(uuid4())
    sent = of | {"client_id": key, "found": "something", "text": "塘边堆了垃圾"}
    first, again = note(client, **sent), note(client, **sent)
    assert first.json() == again.json()
    assert DutyDay.objects.get().matter == Matter.objects.get().pk
    assert note(client, **of, found="never").status_code == 422
    other = (turn.day + timedelta(days=400)).isoformat()
    assert note(client, rota=turn.rota_id, day=other).status_code == 404
    assert note(enter("far_secretary"), **of).status_code == 404
    assert note(enter("county_staff"), **of).status_code == 403


def test_a_long_list_goes_on_where_it_ended(cast: Cast, enter: Enter, monkeypatch: Any) -> None:
    monkeypatch.setattr(api, "ROWS", 2)
    one = branch(cast)
    for n in range(3):
        noted(cast, one, topic=f"会{n}", held_on=clock.today() - timedelta(days=n))
    client = enter("secretary")
    first = client.get("/api/v1/meetings").json()
    rest = client.get("/api/v1/meetings", {"before": first["next_before"]}).json()
    assert (len(first["items"]), len(rest["items"]), rest["next_before"]) == (2, 1, None)
