"""The pages of the registers as the keepers use them."""

import re
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from genxu.core.models import JournalEntry
from genxu.people import household_actions
from genxu.people.models import Household, HouseholdLink
from tests.cast import FAR, HOME, NEIGHBOUR, TOWNSHIP, VILLAGE, Cast, Enter
from tests.doing import form_errors, page_text

from .factories import enter_rows, household, merged, moved, row, with_code


def names(answer: Any) -> list[str]:
    return [one.head_name for one in answer.context["page"].object_list]


def url(name: str, one: Household) -> str:
    return reverse(f"household_{name}" if name else "household", args=[one.pk])


# --- the list -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "seen"),
    [("secretary", 4), ("neighbour_secretary", 2), ("village_staff", 6), ("township_staff", 6),
     ("far_township_staff", 2), ("next_township_staff", 0)],
)  # fmt: skip
def test_each_keeper_sees_the_own_register(cast: Cast, enter: Enter, part: str, seen: int) -> None:
    answer = enter(part).get("/households/")
    assert len(names(answer)) == seen
    assert answer.context["counts"].households == seen


@pytest.mark.parametrize(
    ("words", "found"),
    [("罗测", ["罗测一", "罗测二", "罗测三", "罗测四", "罗测五"]), ("测五", ["罗测五"]),
     ("lcw", ["罗测五"]), ("LCE", ["罗测二"]), ("cy", ["罗测一"]), ("罗 测一", ["罗测一"]),
     ("4321", ["罗测五"]), ("321", ["罗测五"]), ("21", []), ("3", ["罗测三"]),
     ("１３８０００１４３２１", ["罗测五"]), ("没有", []), ("zzz", [])],
)  # fmt: skip
def test_found_by_name_initials_number_or_end_of_the_phone(
    cast: Cast, enter: Enter, words: str, found: list[str]
) -> None:
    enter_rows(row(phone="13800014321"))
    assert names(enter("secretary").get("/households/", {"words": words})) == found


def test_gone_and_needy_ones_are_looked_for(cast: Cast, enter: Enter) -> None:
    actor = cast.actor("secretary")
    moved(cast, 4)
    merged(cast, 1, 3)
    household_actions.set_needs(actor=actor, household=household(2), kinds=["illness"], agreed=True)
    client = enter("secretary")
    assert names(client.get("/households/")) == ["罗测一", "罗测二"]
    assert names(client.get("/households/", {"standing": "left"})) == ["罗测四"]
    assert names(client.get("/households/", {"standing": "needs"})) == ["罗测二"]
    entry = JournalEntry.objects.latest("pk")
    assert (entry.action, entry.place) == ("people.see_needs", HOME)


def test_a_place_outside_is_not_there(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    assert client.get("/households/", {"place": FAR}).status_code == 422
    assert client.get("/households/", {"place": VILLAGE}).status_code == 404
    staff = enter("village_staff")
    assert len(names(staff.get("/households/", {"place": NEIGHBOUR}))) == 2


def test_a_fragment_is_the_list_only(cast: Cast, enter: Enter) -> None:
    answer = enter("secretary").get("/households/", headers={"HX-Request": "true"})
    assert "<html" not in page_text(answer)
    assert "罗测一" in page_text(answer)


def test_the_empty_register_says_what_to_do(cast: Cast, enter: Enter) -> None:
    text = page_text(enter("next_township_staff").get("/households/"))
    assert reverse("new_household", args=["421221105"]) in text


def queries_of(client: Any, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", ["/households/", "/households/doubles/"])
def test_the_queries_of_a_list_do_not_grow(cast: Cast, enter: Enter, path: str) -> None:
    client = enter("township_staff")
    enter_rows(row(9, "罗测一"))
    few = queries_of(client, path)
    enter_rows(*(row(20 + n, f"罗测{'一二三四五'[n % 5]}", hamlet=[HOME, NEIGHBOUR][n % 2])
                 for n in range(60)))  # fmt: skip
    assert queries_of(client, path) == few


def test_a_long_list_has_pages(cast: Cast, enter: Enter) -> None:
    enter_rows(*(row(10 + n, f"测{chr(0x4E00 + n)}") for n in range(30)))
    answer = enter("secretary").get("/households/", {"page": 2})
    assert len(names(answer)) == 14


# --- out of it ----------------------------------------------------------------------------------


def test_the_spreadsheet_is_complete_and_logged(cast: Cast, enter: Enter) -> None:
    enter_rows(row(5, phone="13800014321"))
    answer = enter("village_staff").get("/households/export/")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + 5 + 2
    assert list(rows[5]) == ["嘉鱼县", "新街镇", "港东村", "罗家洲", HOME, 5, "罗测五",
                             "13800014321", 3]  # fmt: skip
    entry = JournalEntry.objects.latest("pk")
    assert (entry.action, entry.place) == ("people.export_households", VILLAGE)


# --- into it ------------------------------------------------------------------------------------


def sent(**changes: Any) -> dict[str, Any]:
    values = {"hamlet": HOME, "head_name": "罗测五", "head_count": "3", "phone": "", "number": ""}
    return {**values, "client_id": str(uuid4()), **changes}


def test_a_household_is_added_and_shown(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    answer = client.post(reverse("new_household", args=[HOME]), sent())
    assert answer["Location"] == reverse("household", args=[household(5).pk])


def test_sent_twice_it_is_added_once(cast: Cast, enter: Enter) -> None:
    client, form = enter("village_staff"), sent(number="8")
    for _time in range(2):
        answer = client.post(reverse("new_household", args=[VILLAGE]), form)
        assert answer["Location"] == reverse("household", args=[household(8).pk])
    assert JournalEntry.objects.filter(action="people.register_households").count() >= 1
    assert Household.objects.filter(hamlet=HOME).count() == 5


@pytest.mark.parametrize(
    ("field", "value"),
    [("head_name", ""), ("phone", "123"), ("head_count", "0"), ("head_count", "three"),
     ("number", "0"), ("hamlet", FAR), ("hamlet", "")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_the_field(
    cast: Cast, enter: Enter, field: str, value: str
) -> None:
    answer = enter("village_staff").post(
        reverse("new_household", args=[VILLAGE]), sent(**{field: value})
    )
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {field}
    assert Household.objects.filter(hamlet=HOME).count() == 4


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"number": "4"}, "number"), ({"head_name": "罗测一"}, "head_name"),
     ({"head_name": " 罗测 一", "head_count": "1"}, "head_name")],
)  # fmt: skip
def test_the_form_changes_nobody_who_is_there_already(
    cast: Cast, enter: Enter, changes: dict[str, str], field: str
) -> None:
    before = list(Household.objects.order_by("pk").values())
    answer = enter("secretary").post(reverse("new_household", args=[HOME]), sent(**changes))
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {field}
    assert list(Household.objects.order_by("pk").values()) == before


def test_a_namesake_is_entered_under_a_number_of_its_own(cast: Cast, enter: Enter) -> None:
    form = sent(head_name="罗测一", number="9")
    assert enter("secretary").post(reverse("new_household", args=[HOME]), form).status_code == 302
    assert household(9).head_name == household(1).head_name


def test_what_the_action_refuses_is_said_at_the_field(cast: Cast, enter: Enter) -> None:
    answer = enter("secretary").post(
        reverse("new_household", args=[HOME]), sent(head_name="罗\x07测五")
    )
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {"head_name"}
    assert 'value="3"' in page_text(answer), "what was typed stays"


# --- one household ------------------------------------------------------------------------------


def test_its_page_tells_what_became_of_it(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    one = moved(cast, 4)
    household_actions.come_back(actor=cast.actor("secretary"), household=one)
    text = page_text(client.get(url("", one)))
    assert text.count("timeline-step") == 3
    double = merged(cast, 1, 4)
    assert reverse("household_undo_merge", args=[double.pk]) in page_text(client.get(url("", one)))
    kept = page_text(client.get(url("", household(1))))
    assert reverse("household_undo_merge", args=[double.pk]) in kept


def test_needs_are_read_on_a_page_of_their_own_and_logged(cast: Cast, enter: Enter) -> None:
    actor, one = cast.actor("secretary"), household()
    household_actions.set_needs(actor=actor, household=one, kinds=["illness"], agreed=True)
    client = enter("township_staff")
    need = str(one.needs.get().get_kind_display())
    assert need not in page_text(client.get(url("", one)))
    before = JournalEntry.objects.filter(action="people.see_needs").count()
    assert need in page_text(client.get(url("needs", one)))
    assert JournalEntry.objects.filter(action="people.see_needs").count() == before + 1
    assert url("set_needs", one) not in page_text(client.get(url("needs", one)))


def test_correcting_against_another_s_change_keeps_what_was_typed(cast: Cast, enter: Enter) -> None:
    client, one = enter("secretary"), household()
    form = {
        "head_name": "罗测新", "head_count": "7", "phone": "", "who": "same",
        "version": one.version,
    }  # fmt: skip
    household_actions.correct_household(
        actor=cast.actor("village_staff"), household=one, head_name="罗测一", phone="", head_count=2
    )
    answer = client.post(url("correct", one), form)
    assert answer.status_code == 409
    assert "罗测新" in page_text(answer)
    again = answer.context["form"].data
    assert client.post(url("correct", one), again).status_code == 302
    assert household().head_name == "罗测新"


@pytest.mark.parametrize("name", ["correct", "set_needs", "merge", "move_away"])
def test_an_act_that_does_not_fit_leads_back(cast: Cast, enter: Enter, name: str) -> None:
    one = moved(cast, 4)
    answer = enter("secretary").get(url(name, one), follow=True)
    assert answer.redirect_chain == [(url("", one), 302)]
    assert len(answer.context["messages"]) == 1


def test_who_moved_away_can_still_be_erased(cast: Cast, enter: Enter) -> None:
    client, one = enter("secretary"), moved(cast, 4)
    assert url("erase", one) in page_text(client.get(url("", one)))
    assert client.post(url("erase", one), {"sure": "on", "version": one.version}).status_code == 302
    assert household(4).is_erased


def test_erasing_asks_for_a_yes(cast: Cast, enter: Enter) -> None:
    client, one = enter("secretary"), household()
    assert client.post(url("erase", one), {"version": one.version}).status_code == 422
    assert not household().is_erased
    assert client.post(url("erase", one), {"sure": "on", "version": one.version}).status_code == 302
    assert household().is_erased
    assert "罗测一" not in page_text(client.get(url("", one)))


def test_moving_away_and_back_by_tapping(cast: Cast, enter: Enter) -> None:
    client, one = enter("secretary"), household()
    assert (
        client.post(url("move_away", one), {"on": "2026-05-01", "version": one.version}).status_code
        == 302
    )
    assert not household().lives_here
    client.post(url("come_back", one), {"version": household().version})
    assert household().lives_here
    answer = client.get(url("come_back", one), follow=True)
    assert answer.redirect_chain == [(url("", one), 302)], "a second tap is told kindly"


# --- doubles ------------------------------------------------------------------------------------


def pairs(client: Any, **query: str) -> set[tuple[int, int]]:
    found = client.get("/households/doubles/", query).context["page"]
    return {(pair.first.number, pair.second.number) for pair in found}


def test_same_name_or_same_phone_look_alike(cast: Cast, enter: Enter) -> None:
    enter_rows(row(5, "罗测五", phone="13800000001"), row(6, "罗测六", phone="13800000001"),
               row(7, "罗测一"), row(8, "罗测一", phone="13800000002"),
               row(9, "罗测一", hamlet=NEIGHBOUR))  # fmt: skip
    client = enter("village_staff")
    assert pairs(client) == {(5, 6), (1, 7), (1, 8), (7, 8)}
    assert pairs(client, place=NEIGHBOUR) == set()


def test_who_was_told_apart_merged_erased_or_left_is_not_suggested(
    cast: Cast, enter: Enter
) -> None:
    enter_rows(*(row(n, "罗测一") for n in range(5, 10)))
    client, actor = enter("secretary"), cast.actor("secretary")
    household_actions.tell_apart(actor=actor, household=household(1), other=household(5))
    merged(cast, 1, 6)
    household_actions.erase_household(actor=actor, household=household(7))
    moved(cast, 8)
    assert pairs(client) == {(1, 9), (5, 9)}
    client.post(reverse("household_tell_apart", args=[household(9).pk, household(5).pk]))
    sent = {"double": household(1).pk, "version": household(9).version}
    client.post(url("merge", household(9)), sent)
    assert pairs(client) == set()
    assert "empty" in page_text(client.get("/households/doubles/"))


def test_a_double_that_is_merged_from_the_list_twice_is_merged_once(
    cast: Cast, enter: Enter
) -> None:
    """Each pair leads to the page that shows what becomes of it; its form bears an id."""
    enter_rows(row(5, "罗测一"))
    client, kept = enter("secretary"), household(1)
    path = f"{url('merge', kept)}?double={household(5).pk}"
    assert path in page_text(client.get("/households/doubles/"))
    (_before, form) = re.split(r"<form[^>]*merge/", page_text(client.get(path)))
    given = [re.findall(r'(name|value)="([^"]*)"', one) for one in re.findall("<input[^>]*>", form)]
    sent = {found["name"]: found["value"] for one in given if (found := dict(one))}
    assert sent["double"] == str(household(5).pk)
    first, second = (client.post(url("merge", kept), sent) for _n in range(2))
    assert first["Location"] == second["Location"] == f"/households/{kept.pk}/"
    assert JournalEntry.objects.filter(action="people.merge_households").count() == 1


def test_only_a_household_of_the_hamlet_can_be_chosen(cast: Cast, enter: Enter) -> None:
    client = enter("village_staff")
    for wrong in (household(1).pk, household(1, NEIGHBOUR).pk, "", "x"):
        answer = client.post(url("merge", household(1)), {"double": wrong})
        assert answer.status_code == 422


# --- slips --------------------------------------------------------------------------------------


def test_slips_are_made_for_those_who_have_none(cast: Cast, enter: Enter) -> None:
    moved(cast, 4)
    client, path = enter("secretary"), reverse("household_slips", args=[HOME])
    assert client.get(path).context["missing"] == 3
    client.post(reverse("make_slips", args=[HOME]))
    marks = set(HouseholdLink.objects.values_list("code_mark", flat=True))
    client.post(reverse("make_slips", args=[HOME]))
    assert set(HouseholdLink.objects.values_list("code_mark", flat=True)) == marks
    assert client.get(path).context["missing"] == 0


def test_a_new_slip_replaces_the_old_one(cast: Cast, enter: Enter, client: Client) -> None:
    link = with_code()
    enter("secretary").post(reverse("renew_slip", args=[link.household_id]))
    assert client.post("/h/", {"code": link.code}).status_code == 404
    fresh = HouseholdLink.objects.get(household=link.household)
    assert client.post("/h/", {"code": fresh.code}).status_code == 302


@pytest.mark.parametrize("code", [VILLAGE, TOWNSHIP, FAR, "x"])
def test_slips_are_of_one_hamlet_in_one_s_charge(cast: Cast, enter: Enter, code: str) -> None:
    assert enter("village_staff").get(f"/households/at/{code}/slips/").status_code == 404


def test_only_a_page_of_needs_that_was_shown_is_logged_as_read(cast: Cast, enter: Enter) -> None:
    gone = moved(cast, 4)
    assert enter("secretary").get(url("set_needs", gone)).status_code == 302
    assert enter("county_staff").get(url("set_needs", household())).status_code == 403
    assert not JournalEntry.objects.filter(action="people.see_needs").exists()
    assert enter("secretary").get(url("set_needs", household())).status_code == 200
    assert JournalEntry.objects.filter(action="people.see_needs").count() == 1


def test_of_two_who_note_needs_the_slower_is_told(cast: Cast, enter: Enter) -> None:
    one, client = household(), enter("secretary")
    sent = {"version": one.version, "agreed": "on"}
    assert client.post(url("set_needs", one), sent | {"kinds": ["illness"]}).status_code == 302
    answer = client.post(url("set_needs", one), sent | {"kinds": ["lives_alone"]})
    assert answer.status_code == 409
    assert [need.kind for need in household().needs.all()] == ["illness"]


@pytest.mark.parametrize("version", [None, "", "x"])
def test_a_form_without_its_version_is_sent_again_on_what_is_there(
    cast: Cast, enter: Enter, version: str | None
) -> None:
    one, client = household(), enter("secretary")
    sent = {"on": "2026-05-01"} | ({} if version is None else {"version": version})
    answer = client.post(url("move_away", one), sent)
    assert answer.status_code == 409
    again = answer.context["form"].data
    assert client.post(url("move_away", one), again.dict()).status_code == 302
