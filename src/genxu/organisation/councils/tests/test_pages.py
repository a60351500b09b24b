"""The pages of councils: the list, forming one on one screen, one readable page to change it."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from genxu.organisation.councils.models import Council, Seat
from tests.cast import FAR, HOME, NEIGHBOUR, NEXT_HAMLET, VILLAGE, Cast, Enter
from tests.doing import page_text

from .examples import council_data, seat_data
from .factories import FORMED, form, seat_of

URL = f"/councils/at/{HOME}/new/"


def test_the_list_is_cut_to_the_charge_and_narrowed_down(cast: Cast, enter: Enter) -> None:
    home, far = form(cast), form(cast, FAR, formed_on=FORMED.replace(year=2020))

    def listed(part: str, **query: str) -> set[Any]:
        return {row.pk for row in enter(part).get("/councils/", query).context["page"]}

    assert listed("secretary") == listed("centre_household") == {home.pk}
    assert listed("city_staff") == {home.pk, far.pk}
    assert listed("city_staff", place=VILLAGE) == {home.pk}
    assert listed("city_staff", group="over") == {far.pk}
    assert listed("city_staff", group="due") == set()
    assert listed("city_staff", words="罗家") == {home.pk}
    assert listed("city_staff", words="罗测兰") == {home.pk, far.pk}
    assert enter("secretary").get("/councils/", {"place": FAR}).status_code == 422
    assert listed("city_staff", group="without") == {NEIGHBOUR, NEXT_HAMLET}
    assert listed("village_staff", group="without") == {NEIGHBOUR}
    assert listed("secretary", group="without") == set()


@pytest.mark.parametrize(
    "query",
    [{"place": "1" * 5000}, {"place": "abc"}, {"words": "\x00"}, {"group": "x"}, {"page": "x"}],
    ids=range(5),
)
def test_a_search_that_makes_no_sense_breaks_nothing(
    cast: Cast, enter: Enter, query: dict[str, str]
) -> None:
    form(cast)
    status = 422 if {"place", "group"} & set(query) else 200
    assert enter("secretary").get("/councils/", query).status_code == status


def test_the_export_holds_every_seat(cast: Cast, enter: Enter) -> None:
    form(cast)
    form(cast, FAR)
    answer = enter("village_staff").get("/councils/export/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 6
    assert {row[0] for row in rows[1:]} == {HOME}


def test_one_screen_forms_the_council(cast: Cast, enter: Enter) -> None:
    household = cast.households()[1]
    sent = council_data(
        {"name": "罗测春", "duty": "chair", "groups": ["morals"], "shown": "on"},
        {"name": "罗测二(第2户)", "leads": "health"},  # by hand: the list has （第 2 户）
        {"name": ""},
    )
    answer = enter("secretary").post(URL, sent)
    council = Council.objects.get()
    assert answer["Location"] == f"/councils/{council.pk}/"
    assert council.term_ends_on.year == 2031
    chair, other = council.seats.order_by("pk")
    assert (chair.is_chair, chair.groups, chair.shown) == (True, ["morals"], True)
    assert (other.name, other.household, other.leads) == ("罗测二", household, "health")
    assert other.shown is False


def test_sent_twice_it_is_one_council(cast: Cast, enter: Enter) -> None:
    sent = council_data({"duty": "chair"})
    client = enter("secretary")
    assert client.post(URL, sent)["Location"] == client.post(URL, sent)["Location"]
    assert Council.objects.count() == 1


def test_what_is_wrong_is_named_at_the_seat_and_what_was_typed_stays(
    cast: Cast, enter: Enter
) -> None:
    sent = council_data({"name": "罗测春", "duty": "chair"}, {"name": "罗测礼", "duty": "chair"})
    answer = enter("secretary").post(URL, sent)
    assert answer.status_code == 422
    assert set(answer.context["seats"].forms[1].errors) == {"duty"}
    assert "罗测礼" in page_text(answer)
    assert not Council.objects.exists()


@pytest.mark.parametrize("data", [{}, {"seats-TOTAL_FORMS": "x"}, {"seats-TOTAL_FORMS": "99999"}])
def test_a_form_without_its_frame_is_refused_not_broken(
    cast: Cast, enter: Enter, data: dict[str, str]
) -> None:
    assert enter("secretary").post(URL, data).status_code == 422


def test_the_year_9999_is_refused_at_its_field(cast: Cast, enter: Enter) -> None:
    sent = council_data({"duty": "chair"}) | {"formed_on": "9999-12-31", "term_ends_on": ""}
    answer = enter("secretary").post(URL, sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"formed_on"}


def test_a_hamlet_with_a_council_leads_to_it(cast: Cast, enter: Enter) -> None:
    council = form(cast)
    assert enter("secretary").get(URL)["Location"] == f"/councils/{council.pk}/"


def test_a_seat_is_changed_on_its_page(cast: Cast, enter: Enter) -> None:
    council = form(cast)
    seat = seat_of(council, "member")
    url = f"/councils/{council.pk}/seats/{seat.pk}/"
    client = enter("secretary")
    assert client.post(url, seat_data(council, duty="chair")).status_code == 422
    answer = client.post(url, seat_data(council, name="罗测礼"))
    assert answer.status_code == 302
    seat.refresh_from_db()
    assert (seat.name, seat.groups) == ("罗测礼", ["health"])


def test_the_refused_form_comes_back_open_with_what_was_typed(cast: Cast, enter: Enter) -> None:
    council = form(cast)
    url = f"/councils/{council.pk}/seats/new/"
    answer = enter("secretary").post(url, seat_data(council, name="罗测礼", duty="chair"))
    assert answer.status_code == 422
    assert answer.context["form"].is_bound
    assert set(answer.context["form"].errors) == {"duty"}
    assert "罗测礼" in page_text(answer)


def test_a_page_out_of_date_keeps_what_was_typed(cast: Cast, enter: Enter) -> None:
    council = form(cast)
    url = f"/councils/{council.pk}/seats/new/"
    client = enter("secretary")
    late = seat_data(council, name="罗测智")
    assert client.post(url, seat_data(council, name="罗测礼")).status_code == 302
    answer = client.post(url, late)
    assert answer.status_code == 409
    assert answer.context["form"].non_field_errors()
    sent = late | {n: answer.context["form"][n].value() for n in ("version", "client_id")}
    assert client.post(url, sent).status_code == 302
    assert council.seats.taken().filter(name__in=["罗测礼", "罗测智"]).count() == 2


def test_the_seat_of_another_council_is_not_there(cast: Cast, enter: Enter) -> None:
    council, far = form(cast), form(cast, FAR)
    seat = seat_of(far)
    url = f"/councils/{council.pk}/seats/{seat.pk}/"
    client = enter("secretary")
    assert client.post(url, seat_data(council)).status_code == 404
    assert client.post(f"{url}leave/").status_code == 404
    assert Seat.objects.get(pk=seat.pk).until is None


def test_names_on_it_are_read_at_all_levels_and_the_register_only_by_its_keepers(
    cast: Cast, enter: Enter
) -> None:
    council = form(cast)
    page = page_text(enter("city_staff").get(f"/councils/{council.pk}/"))
    assert "罗测仁" in page
    assert "罗测一" not in page
    assert "罗测一" in page_text(enter("secretary").get(f"/councils/{council.pk}/seats/new/"))


def test_more_seats_take_no_more_queries(cast: Cast, enter: Enter) -> None:
    from genxu.organisation.councils.seats import SeatFacts

    small = form(cast, seats=[SeatFacts("罗测春", "chair")])
    large = form(cast, NEIGHBOUR, seats=[SeatFacts(f"港测{n}") for n in range(20)])
    client = enter("village_staff")

    def count(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    few = count(f"/councils/{small.pk}/")
    assert count(f"/councils/{large.pk}/") <= few <= 10
    assert count("/councils/") <= 8


def test_one_more_person_without_javascript_loses_nothing(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    sent = council_data({"name": "罗测一"}, formed_on="")
    for rows in (2, 3):
        page = client.post(URL, sent | {"one_more": "seats"})
        assert page.status_code == 200
        assert len(page.context["seats"].forms) == rows
        text = page.content.decode()
        assert "罗测一" in text
        assert "field-error" not in text, "nobody has said yet that it is finished"
        assert 'name="one_more" value="seats"' in text
        sent |= {"seats-TOTAL_FORMS": str(rows)}
    assert not Council.objects.exists()
