"""我想在会上说: a line for the talk, read by the secretary alone, taken or left by her."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from genxu.core import clock
from genxu.core.errors import Conflict
from genxu.institutions.announcements import actions
from genxu.institutions.announcements.models import Wish
from genxu.institutions.matters.models import Suggestion
from genxu.people.household_actions import erase_household
from genxu.people.tests.factories import with_code
from tests.cast import HOME, OPERATOR, Cast, Enter
from tests.doing import gathering, hold, page_text

from .factories import announced, wish

PAGE = f"/places/{HOME}/say/"


def send(client: Client, text: str = "塘埂要加固", **more: str) -> int:
    return client.post(PAGE, {"client_id": str(uuid4()), "text": text, **more}).status_code


def record(client: Client, *rows: dict[str, str], wishes: str) -> int:
    evening = gathering()
    data = {name: getattr(evening, name) for name in
            ("held_on", "venue", "topic", "head_count", "host", "recorder")}  # fmt: skip
    data |= {"wishes": wishes, "client_id": str(uuid4()), "said-TOTAL_FORMS": len(rows),
             "said-INITIAL_FORMS": 0}  # fmt: skip
    for n, row in enumerate(rows):
        data |= {f"said-{n}-{name}": value for name, value in row.items()}
    return client.post(f"/talks/at/{HOME}/new/", data).status_code


def test_a_line_without_a_name_goes_to_the_secretary_alone(cast: Cast, enter: Enter) -> None:
    announced(cast)
    assert send(Client()) == 302
    assert Wish.objects.get().household is None
    assert "塘埂要加固" in page_text(enter("secretary").get(f"/talks/at/{HOME}/new/"))
    assert "塘埂要加固" not in page_text(Client().get(f"/places/{HOME}/"))
    assert "1" in page_text(enter("secretary").get("/home/"))


def test_a_household_whose_slip_is_open_may_say_it_in_its_name(cast: Cast, enter: Enter) -> None:
    household = cast.households()[0]
    client = hold(Client(), with_code(household.number).code)
    assert send(client, mine="on") == 302
    assert send(client, "第二件") == 302
    assert list(Wish.objects.order_by("pk").values_list("household", flat=True)) == [
        household.pk, None,
    ]  # fmt: skip
    assert household.label in page_text(enter("secretary").get(f"/talks/at/{HOME}/new/"))


def test_a_code_does_not_hide_who_is_signed_in(cast: Cast, enter: Enter) -> None:
    client = hold(enter("secretary"), with_code(cast.households()[0].number).code)
    assert 'name="mine"' not in page_text(client.get(PAGE))
    assert send(client, mine="on") == 302
    assert Wish.objects.get().household is None


def test_the_secretary_takes_a_line_or_leaves_it(cast: Cast, enter: Enter) -> None:
    household = cast.households()[0]
    taken, own, left = wish(cast), wish(cast, "路灯不亮", household), wish(cast, "想卖瓜")
    keys = ",".join(str(one.pk) for one in (taken, own, left))
    status = record(
        enter("secretary"),
        {"wish": str(taken.pk), "text": "塘埂要加固", "response": "taken_up"},
        {"wish": str(own.pk), "text": "", "response": "taken_up"},
        wishes=keys,
    )
    assert status == 302
    assert [one.text for one in Suggestion.objects.all()] == ["塘埂要加固"]
    kept = Wish.objects.get()
    assert (kept.pk, kept.left_on) == (own.pk, clock.today())
    assert not Wish.objects.waiting().exists()


def test_what_came_after_the_form_was_opened_waits_for_the_next_talk(
    cast: Cast, enter: Enter
) -> None:
    shown = wish(cast)
    late = wish(cast, "路灯不亮")
    row = {"text": "别的事", "response": "taken_up"}
    assert record(enter("secretary"), row, wishes=str(shown.pk)) == 302
    assert list(Wish.objects.waiting()) == [late]


def test_one_address_is_braked_and_nothing_typed_is_lost(cast: Cast) -> None:
    client = Client()
    assert [send(client, f"第{n}件") for n in range(5)] == [302] * 5
    answer = client.post(PAGE, {"client_id": str(uuid4()), "text": "第六件"})
    assert answer.status_code == 429
    assert "第六件" in page_text(answer)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert send(client, "第六件") == 302


def test_one_household_says_so_much_a_day(cast: Cast) -> None:
    household = cast.households()[0]
    for n in range(5):
        wish(cast, f"第{n}件", household)
    with pytest.raises(Conflict):
        wish(cast, "再一件", household)


def test_nobodys_line_is_deleted_when_no_talk_was_held_for_long(cast: Cast) -> None:
    wish(cast)
    with clock.at(clock.now() + timedelta(days=91)):
        assert not Wish.objects.waiting().exists()
        wish(cast, "路灯不亮")
        assert Wish.objects.count() == 1


def test_a_line_goes_with_its_household_when_that_is_erased(cast: Cast) -> None:
    household = cast.households()[3]
    wish(cast, "路灯不亮", household)
    erase_household(actor=OPERATOR, household=household)
    assert not Wish.objects.exists()


def test_what_is_called_off_leaves_the_lines_waiting(cast: Cast) -> None:
    one, line = announced(cast), wish(cast)
    actions.call_talk_off(actor=cast.actor("secretary"), announcement=one, words="落雨")
    assert list(Wish.objects.waiting()) == [line]
