"""The pages of centre households: the list and its sheet, the hamlet, the steps."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from genxu.core.models import JournalEntry
from genxu.organisation.centre_households import actions
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.sheets import COLUMNS, KEPT
from genxu.organisation.centre_households.workflow import State
from genxu.people.granting import give_role
from genxu.people.models import Household
from genxu.people.roles import Role
from tests.cast import (
    CITY,
    COUNTY,
    FAR_COUNTY,
    HOME,
    NEIGHBOUR,
    NEXT_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    Cast,
    Enter,
    later,
)
from tests.doing import form_errors, page_text

from .examples import ready_for, step_data
from .factories import (
    appointed,
    fresh,
    in_state,
    nominated,
    recommended,
    selected,
)

LIST = "centre_households"


def names(response: Any) -> list[str]:
    return [one.person_name for one in response.context["page"].object_list]


def get(enter: Enter, part: str, name: str, *args: Any, **query: str) -> Any:
    return enter(part).get(reverse(name, args=args), query)


# --- the list -----------------------------------------------------------------------------------


@pytest.fixture
def of_every_state(cast: Cast) -> dict[str, CentreHousehold]:
    states = [State.APPOINTED, State.NOMINATED, State.SELECTED, State.LEFT]
    return {
        state: in_state(cast, state, household, name=f"罗测{n}")
        for n, (state, household) in enumerate(zip(states, cast.households(), strict=True))
    }


@pytest.mark.parametrize(
    ("group", "found"),
    [
        (None, ["罗测0"]), ("", ["罗测0", "罗测1", "罗测2", "罗测3"]), ("serving", ["罗测0"]),
        ("nominated", ["罗测1"]), ("selected", ["罗测2"]), ("left", ["罗测3"]), ("rest", []),
        ("due", []), ("gone", []), ("nonsense", None),
    ],
)  # fmt: skip
def test_the_list_by_state(
    group: str | None, found: list[str] | None, of_every_state: Any, enter: Enter
) -> None:
    query = {} if group is None else {"group": group}
    answer = get(enter, "township_staff", LIST, **query)
    assert answer.status_code == (422 if found is None else 200)
    assert names(answer) == (found or [])


def test_who_is_due_and_who_has_moved_away(cast: Cast, enter: Enter) -> None:
    one, two, _third, _fourth = cast.households()
    with later(days=-3 * 365 + 30):
        appointed(cast, one, name="罗测到期")
    appointed(cast, two, name="罗测搬走")
    Household.objects.filter(pk=two.pk).update(left_on="2026-05-01")
    due = get(enter, "village_staff", LIST, group="due")
    assert names(due) == ["罗测到期"]
    assert "is-soon" in page_text(due)
    assert names(get(enter, "village_staff", LIST, group="gone")) == ["罗测搬走"]


def test_search_by_name_or_number_and_by_place(cast: Cast, enter: Enter) -> None:
    appointed(cast, cast.households()[0], name="罗测春")
    appointed(cast, cast.households(NEIGHBOUR)[0], name="港测秋")
    for query, found in [
        ({"words": "测秋"}, ["港测秋"]), ({"words": "60001"}, ["罗测春"]), ({"words": "没有"}, []),
        ({"place": NEIGHBOUR}, ["港测秋"]), ({"place": TOWNSHIP}, ["罗测春", "港测秋"]),
    ]:  # fmt: skip
        assert names(get(enter, "township_staff", LIST, **query)) == found


@pytest.mark.parametrize("part", ["county_staff", "city_staff"])
def test_above_the_township_only_those_who_serve_are_known(
    part: str, of_every_state: Any, enter: Enter
) -> None:
    assert names(get(enter, part, LIST, group="")) == ["罗测0"]
    for state, one in of_every_state.items():
        answer = get(enter, part, "centre_household", one.pk)
        assert answer.status_code == (200 if state == State.APPOINTED else 404)


def test_above_the_township_no_household_and_no_history_is_shown(cast: Cast, enter: Enter) -> None:
    mine = cast.households()[0]
    one = appointed(cast, mine, name="罗测兰")
    for name, args in [
        ("centre_household", [one.pk]),
        ("centre_households_at", [HOME]),
        (LIST, []),
    ]:
        text = page_text(get(enter, "county_staff", name, *args))
        assert "罗测兰" in text
        assert mine.head_name not in text
    assert mine.head_name in page_text(get(enter, "village_staff", "centre_household", one.pk))


def test_the_places_one_level_below_are_offered(cast: Cast, enter: Enter) -> None:
    def offered(part: str, **query: str) -> list[str]:
        places = get(enter, part, LIST, **query).context["places"]
        return [one.code for _name, rows in places.groups for one in rows] if places else []

    assert offered("township_staff") == [VILLAGE, NEXT_VILLAGE]
    assert offered("township_staff", place=VILLAGE) == [HOME, NEIGHBOUR]
    assert offered("secretary") == []
    assert offered("city_staff") == [COUNTY, FAR_COUNTY]


def test_an_empty_list_says_what_to_do(cast: Cast, enter: Enter) -> None:
    assert 'class="empty"' in page_text(get(enter, "secretary", LIST))
    found = page_text(get(enter, "secretary", LIST, words="无此人"))
    assert 'class="empty"' in found
    assert f'href="{reverse(LIST)}"' in found


def test_queries_do_not_grow_with_rows(cast: Cast, enter: Enter) -> None:
    def asked(name: str, *args: Any) -> int:
        client = enter("township_staff")
        with CaptureQueriesContext(connection) as context:
            assert client.get(reverse(name, args=args), {"group": ""}).status_code == 200
        return len(context.captured_queries)

    pages: list[tuple[Any, ...]] = [(LIST,), ("centre_households_at", HOME), ("appoint_together",)]
    selected(cast, cast.households()[0])
    appointed(cast, cast.households(NEIGHBOUR)[0])
    before = [asked(*page) for page in pages]
    for household in cast.households()[1:]:
        selected(cast, household)
    appointed(cast, cast.households(NEIGHBOUR)[1])
    assert [asked(*page) for page in pages] == before


# --- the sheet ----------------------------------------------------------------------------------


def sheet(response: Any) -> list[list[Any]]:
    content = io.BytesIO(b"".join(response.streaming_content))
    return CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()


def test_the_sheet_is_complete_and_says_no_more_than_the_reader_may_see(
    cast: Cast, enter: Enter
) -> None:
    for hamlet in (HOME, NEIGHBOUR):
        for n, household in enumerate(cast.households(hamlet)[:2]):
            appointed(cast, household, name=f"中心{hamlet[-1]}{n}")
    kept = sheet(get(enter, "township_staff", "export_centre_households"))
    assert len(kept) == 5
    assert cast.households()[0].head_name in str(kept)
    assert "42122110420260001" in str(kept), "long numbers stay text"
    seen = sheet(get(enter, "city_staff", "export_centre_households"))
    assert len(seen) == 5
    assert cast.households()[0].head_name not in str(seen)
    give_role(cast.city_staff, Role.SECRETARY, cast.hamlet(NEIGHBOUR))
    both = sheet(get(enter, "city_staff", "export_centre_households"))
    assert cast.households(NEIGHBOUR)[0].head_name in str(both)
    assert cast.households(HOME)[0].head_name not in str(both), "a role counts where it is held"
    narrowed = sheet(get(enter, "township_staff", "export_centre_households", place=NEIGHBOUR))
    assert len(narrowed) == 3
    assert len(sheet(get(enter, "far_county_staff", "export_centre_households"))) == 1
    noted = JournalEntry.objects.filter(action="centre_households.see_centre_households")
    assert list(noted.order_by("pk").values_list("place", flat=True)) == [
        TOWNSHIP, CITY, CITY, NEIGHBOUR, FAR_COUNTY,
    ]  # fmt: skip


def test_the_columns_are_in_the_language_of_the_reader() -> None:
    with translation.override("en"):
        english = [str(column.header) for column in (*COLUMNS, *KEPT)]
    with translation.override("zh-hans"):
        chinese = [str(column.header) for column in (*COLUMNS, *KEPT)]
    assert all(one.isascii() for one in english)
    assert not any(one.isascii() for one in chinese)


# --- the hamlet ---------------------------------------------------------------------------------


def test_recommendations_are_a_count_without_names(cast: Cast, enter: Enter) -> None:
    one, two, three, _fourth = cast.households()
    candidate = nominated(one, name="罗测兰")
    recommended(two, candidate)
    recommended(three, candidate)
    for part in ("secretary", "village_staff", "township_staff", "centre_household"):
        for name, args in [("centre_households_at", [HOME]), ("centre_household", [candidate.pk])]:
            answer = get(enter, part, name, *args)
            text = page_text(answer)
            assert "罗测兰" in text
            assert two.head_name not in text, (part, name)
    counted = get(enter, "secretary", "centre_households_at", HOME).context["candidates"]
    assert [found.voices for found in counted] == [2]


def test_a_double_does_not_count_beside_the_kept_one(cast: Cast, enter: Enter) -> None:
    one, two, three, _fourth = cast.households()
    candidate = nominated(one)
    recommended(two, candidate)
    recommended(three, candidate)
    Household.objects.filter(pk=three.pk).update(merged_into=two)
    (counted,) = get(enter, "secretary", "centre_households_at", HOME).context["candidates"]
    assert counted.voices == 1


# --- steps --------------------------------------------------------------------------------------

PARTS = {"appoint": "township_staff", "renew": "township_staff", "send_back": "township_staff",
         "correct": "township_staff", "end": "township_staff", "resign": "centre_household",
         "select": "secretary", "pass_over": "secretary"}  # fmt: skip


@pytest.mark.parametrize("step", PARTS)
def test_a_step_by_its_page(step: str, cast: Cast, enter: Enter) -> None:
    one = ready_for(cast, step)
    client = enter(PARTS[step])
    url = reverse(f"centre_household_{step}", args=[one.pk])
    assert url in page_text(client.get(reverse("centre_household", args=[one.pk])))
    assert client.get(url).status_code == 200
    sent = step_data(step, one)
    answer = client.post(url, sent)
    assert answer.status_code == 302
    steps = fresh(one).steps.count()
    if step != "resign":  # the role is gone with it
        assert client.post(url, sent).status_code == 302, "sent twice it is done once"
    assert fresh(one).steps.count() == steps


def serving_by_account_of(cast: Cast, part: str) -> CentreHousehold:
    mine = cast.households()[0]
    Household.objects.filter(pk=mine.pk).update(phone=cast.accounts[part].phone)
    mine.refresh_from_db()
    return appointed(cast, mine, name=cast.accounts[part].name)


def test_who_resigns_and_has_no_other_role_is_thanked_and_signed_out(
    cast: Cast, enter: Enter
) -> None:
    one = serving_by_account_of(cast, "without_role")
    client = enter("without_role")
    url = reverse("centre_household_resign", args=[one.pk])
    answer = client.post(url, step_data("resign", one), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("welcome")
    assert "notice-good" in page_text(answer)
    assert client.get(reverse("home")).status_code == 302


def test_who_resigns_and_has_another_role_stays(cast: Cast, enter: Enter) -> None:
    one = serving_by_account_of(cast, "secretary")
    client = enter("secretary")
    url = reverse("centre_household_resign", args=[one.pk])
    answer = client.post(url, step_data("resign", one), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("centre_household", args=[one.pk])
    assert answer.status_code == 200


def test_what_is_wrong_comes_back_with_what_was_typed(cast: Cast, enter: Enter) -> None:
    one = appointed(cast, cast.households()[0])
    client = enter("township_staff")
    url = reverse("centre_household_end", args=[one.pk])
    answer = client.post(
        url, step_data("end", one, reason="breach", words=" ", left_on="2026-05-13")
    )
    assert answer.status_code == 422
    assert "words" in form_errors(answer)
    assert 'value="breach"' in page_text(answer)
    answer = client.post(url, step_data("end", one, left_on="2027-01-01"))
    assert (answer.status_code, list(form_errors(answer))) == (422, ["left_on"])
    answer = client.post(url, step_data("end", one, left_on="明天"))
    assert (answer.status_code, list(form_errors(answer))) == (422, ["left_on"])
    assert fresh(one).is_serving


def test_who_was_slower_is_told_and_can_send_again(cast: Cast, enter: Enter) -> None:
    one = nominated(cast.households()[0])
    client = enter("secretary")
    url = reverse("centre_household_pass_over", args=[one.pk])
    actions.select_candidate(actor=cast.actor("secretary"), centre_household=one)
    answer = client.post(url, step_data("pass_over", one, version=1))
    assert answer.status_code == 409
    assert "说两句" in page_text(answer)
    again = {"words": "说两句", **{
        name: answer.context["form"][name].value() for name in ("version", "client_id")
    }}  # fmt: skip
    assert client.post(url, again).status_code == 302
    assert fresh(one).state == State.NOT_CHOSEN


def test_its_own_account_sees_its_history_and_its_consents(cast: Cast, enter: Enter) -> None:
    one = ready_for(cast, "consent")
    own = get(enter, "centre_household", "centre_household", one.pk)
    assert own.context["consent_form"] is not None
    assert own.context["history"]
    other = get(enter, "other_centre_household", "centre_household", one.pk)
    assert other.context["consent_form"] is None
    assert not other.context["history"]
    url = reverse("centre_household_consent", args=[one.pk])
    assert enter("centre_household").post(url, {"shown": "on"}).status_code == 302
    assert (fresh(one).shown, fresh(one).phone_shown) == (True, False)


def test_a_consent_that_was_not_taken_is_not_passed_over_in_silence(
    cast: Cast, enter: Enter
) -> None:
    """Sent again from an old page, with the tick taken away: she is told that it did not count."""
    one = ready_for(cast, "consent")
    client, url = enter("centre_household"), f"/centre-households/{one.pk}/consent/"
    sent = {"client_id": str(uuid4())}
    client.post(url, sent | {"shown": "on"}, follow=True)
    answer = client.post(url, sent, follow=True)
    assert fresh(one).shown
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
