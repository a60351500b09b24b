"""The pages: the list is cut to the charge, the notice leads to the public page, notices wait."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from genxu.core import clock
from genxu.organisation.assemblies.actions import cancel_assembly
from genxu.organisation.assemblies.notices import notices
from genxu.organisation.assemblies.queries import public_assemblies
from tests.cast import FAR, HOME, NEIGHBOUR, VILLAGE, Cast, Enter, later
from tests.doing import page_text

from .factories import begun, convene, counted, held, in_days


def test_the_list_is_cut_to_the_charge_and_narrowed_down(cast: Cast, enter: Enter) -> None:
    home, neighbour, far = (convene(cast, code) for code in (HOME, NEIGHBOUR, FAR))
    done = held(cast, title="分红")
    waiting = begun(cast, body="party_members")

    def listed(part: str, **query: str) -> set[int]:
        return {a.pk for a in enter(part).get("/assemblies/", query).context["page"].object_list}

    mine = {home.pk, done.pk, waiting.pk}
    assert listed("secretary") == listed("centre_household") == mine
    assert listed("village_staff") == mine | {neighbour.pk}
    assert listed("city_staff") == mine | {neighbour.pk, far.pk}
    assert listed("city_staff", place=VILLAGE) == mine | {neighbour.pk}
    assert listed("secretary", group="coming") == {home.pk}
    assert listed("secretary", group="record") == {waiting.pk}
    assert listed("secretary", group="held") == {done.pk}
    assert listed("secretary", group="cancelled") == set()
    assert listed("secretary", body="party_members") == {waiting.pk}
    assert listed("secretary", words="分红") == {done.pk}
    assert enter("secretary").get("/assemblies/", {"place": FAR}).status_code == 422


@pytest.mark.parametrize(
    "query",
    [{"place": "1" * 5000}, {"place": "abc"}, {"words": "\x00"}, {"group": "x"}, {"page": "x"}],
    ids=range(5),
)
def test_a_search_that_makes_no_sense_breaks_nothing(
    cast: Cast, enter: Enter, query: dict[str, str]
) -> None:
    convene(cast)
    status = 422 if {"place", "group"} & set(query) else 200
    assert enter("secretary").get("/assemblies/", query).status_code == status


def test_the_export_holds_every_question_with_its_result(cast: Cast, enter: Enter) -> None:
    counted(cast, (40, 6, 4))
    counted(cast, (10, 36, 4))
    convene(cast, FAR)
    answer = enter("secretary").get("/assemblies/export/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 3
    assert {row[0] for row in rows[1:]} == {HOME}
    assert len({row[-2] for row in rows[1:]}) == 2


def test_the_notice_leads_to_the_public_page_of_the_hamlet(cast: Cast, enter: Enter) -> None:
    assembly = convene(cast)
    page = page_text(enter("secretary").get(f"/assemblies/{assembly.pk}/notice/"))
    assert 'class="qr"' in page
    inside = convene(cast, body="party_members")
    page = page_text(enter("secretary").get(f"/assemblies/{inside.pk}/notice/"))
    assert 'class="qr"' not in page


def test_everybody_reads_what_is_to_come_and_what_was_decided(cast: Cast) -> None:
    coming, done = convene(cast), counted(cast).assembly
    counted(cast, body="party_members", due=60)
    convene(cast, body="party_members")
    convene(cast, FAR)
    assert public_assemblies(cast.home) == [coming, done]


def test_a_meeting_called_off_is_told_where_its_notice_led(cast: Cast, enter: Enter) -> None:
    assembly = convene(cast)
    cancel_assembly(actor=cast.actor("secretary"), assembly=assembly, words="只给里头看的话")
    assert public_assemblies(cast.home) == [assembly]
    page = page_text(enter("nobody").get(f"/places/{HOME}/"))
    assert assembly.title in page
    assert "只给里头看的话" not in page
    with later(days=13):
        assert public_assemblies(cast.home) == []


def test_the_public_page_tells_the_result_and_the_reason(cast: Cast, enter: Enter) -> None:
    counted(cast, (40, 6, 4), questions=("每户出工三天",))
    held(cast, title="还没数票")
    page = page_text(enter("nobody").get(f"/places/{HOME}/"))
    assert "每户出工三天" in page
    assert "40" in page
    assert cast.secretary.name not in re.sub(r"<header.*?</header>", "", page, flags=re.S)


def test_what_waits_is_told_to_who_convenes(cast: Cast) -> None:
    begun(cast)
    convene(cast, meets_at=in_days(2))
    convene(cast, meets_at=in_days(20))
    with CaptureQueriesContext(connection) as queries:
        found = notices(cast.actor("secretary"))
    assert len(queries) == 1
    assert [one.urgent for one in found] == [True, False]
    assert len(notices(cast.actor("village_staff"))) == 2
    for part in ("far_secretary", "neighbour_secretary"):
        assert notices(cast.actor(part)) == []
    with CaptureQueriesContext(connection) as queries:
        assert notices(cast.actor("county_staff")) == []
    assert len(queries) == 0


def test_the_page_offers_what_may_be_done_now(cast: Cast, enter: Enter) -> None:
    assembly = convene(cast)
    url = f"/assemblies/{assembly.pk}/"
    assert f"{url}change/" in page_text(enter("secretary").get(url))
    assert f"{url}change/" not in page_text(enter("township_staff").get(url))
    assert f"{url}attendance/" not in page_text(enter("secretary").get(url))
    with later(days=12):
        assert f"{url}attendance/" in page_text(enter("secretary").get(url))


def test_more_questions_take_no_more_queries(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    past = clock.today() - timedelta(days=20)
    small = held(cast, announced_on=past)
    large = held(cast, questions=[f"第{n}条" for n in range(20)])

    def count(pk: int) -> int:
        client.get(f"/assemblies/{pk}/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/assemblies/{pk}/")
        return len(captured)

    assert count(large.pk) <= count(small.pk) <= 10
