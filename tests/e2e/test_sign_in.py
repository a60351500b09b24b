"""Coming in: by password, by a code on the phone, from the cast; and going out again."""

import re
from typing import Any

import pytest

from .doing import LUO
from .visitor import WIDTHS, Visitor

PASSWORD = "genxu-demo"


def phone_of(visitor: Visitor, role: str = "secretary", place: str = LUO) -> str:
    return str(visitor.house.records.one(
        "SELECT a.phone FROM people_account a JOIN people_grant g ON g.account_id = a.id"
        " WHERE g.role = ? AND g.place_id = ?", role, place,
    ))  # fmt: skip


def ask_for_code(visitor: Visitor, phone: str) -> None:
    visitor.go("/sign-in/")
    visitor.press(visitor.page.locator('a[href^="/sign-in/code/"]'))
    visitor.at("/sign-in/code/")
    form = visitor.page.locator("main form:has(input[name=phone])")
    form.locator("[name=phone]").fill(f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}")
    visitor.press(form.locator("button"))
    visitor.at("/sign-in/code/confirm/")


def password_form(visitor: Visitor) -> Any:
    return visitor.page.locator("form:has(input[name=password])")


def test_a_wrong_password_keeps_the_number_and_the_right_one_enters(invite: Any, width: str):
    one = invite(width)
    phone = phone_of(one)
    one.go("/home/")
    one.at("/sign-in/")
    form = password_form(one)
    form.locator("[name=login]").fill(phone)
    form.locator("[name=password]").fill("wrong-password")
    one.press(form.locator("button"))
    one.page.locator(".error-summary").wait_for()
    assert form.locator("[name=login]").input_value() == phone
    assert form.locator("[name=password]").input_value() == ""
    form.locator("[name=password]").fill(PASSWORD)
    one.press(form.locator("button"))
    one.at("/home/")
    assert one.page.locator(f'a[href="/talks/at/{LUO}/new/"]').is_visible()


@pytest.mark.crossing
def test_a_code_comes_by_text_message(invite: Any, width: str):
    one = invite(width)
    phone = phone_of(one, "township_staff", "421221104" if width == "phone" else "421221107")
    ask_for_code(one, phone)
    code = one.house.code_sent_to(phone)
    assert code
    form = one.page.locator("main form:has(input[name=code])")
    form.locator("[name=code]").fill("000000" if code != "000000" else "111111")
    one.press(form.locator("button"))
    one.page.locator(".field-error").first.wait_for()
    form.locator("[name=code]").fill(code)
    one.press(form.locator("button"))
    one.at("/home/")


def test_the_code_can_be_typed_on_a_keypad(invite: Any):
    """Six digits: what the settings promise and a field for figures can take."""
    one = invite("desk")
    phone = phone_of(one, "county_staff", "421221")
    ask_for_code(one, phone)
    assert re.fullmatch(r"\d{6}", one.house.code_sent_to(phone))


def test_an_unknown_number_learns_nothing(invite: Any):
    one = invite("desk")
    ask_for_code(one, "15412345678")
    assert one.house.code_sent_to("15412345678") == ""


@pytest.mark.parametrize("width", WIDTHS)
def test_the_cast_enters_with_one_tap_and_goes_out_again(invite: Any, width: str):
    one = invite(width)
    one.go("/")
    one.press(one.page.locator('main a[href="/sign-in/"]'))
    one.at("/sign-in/")
    people = one.page.locator('form[action="/demo/enter/"] button')
    assert people.count() == one.house.records.one("SELECT count(*) FROM people_grant")
    one.press(people.first)
    one.at("/home/")
    one.press(one.menu().locator('form[action="/sign-out/"] button >> visible=true'))
    one.at("/")
    one.go("/home/")
    one.at("/sign-in/")


def test_the_page_asked_for_opens_after_signing_in(invite: Any):
    one = invite("desk")
    one.go("/matters/?group=open")
    one.at("/sign-in/")
    form = password_form(one)
    form.locator("[name=login]").fill(phone_of(one))
    form.locator("[name=password]").fill(PASSWORD)
    form.locator("button").click()
    one.at("/matters/")
    assert "group=open" in one.page.url


def test_a_window_that_stood_open_while_one_signed_in_anew_loses_nothing(invite: Any, width: str):
    one = invite(width, "secretary", LUO)
    page = one.page
    one.go("/note/")
    page.locator("main [name=text]").fill("渡口的铁链松了")
    one.enter("secretary", LUO)  # in another window
    one.press(page.locator("main form .form-acts button"))
    page.locator("main .notice-info, .shell-messages .notice-info").first.wait_for()
    assert page.locator("main [name=text]").input_value() == "渡口的铁链松了"
    one.press(page.locator("main form .form-acts button"))
    page.locator("article.slip").wait_for()
