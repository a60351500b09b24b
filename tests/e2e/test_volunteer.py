"""Somebody scans the code on the wall and comes along; the secretary says yes; hours wait."""

from typing import Any

from playwright.sync_api import expect

from .doing import LUO, fill
from .visitor import Visitor

NEXT = "开学前把学路扫一遍"
GOOD = ".notice-good"


def asks(one: Visitor, name: str, phone: str) -> str:
    """Signs up at the place where the code on the wall leads; the address of his own page."""
    one.go(f"/places/{LUO}/help/")
    expect(one.page.locator("main")).to_contain_text("要当心")
    form = one.page.locator("form.panel")
    form.locator("[name=outing]").select_option(label=NEXT)
    fill(one, form, name=name, phone=phone)
    one.press(form.locator(".form-acts button"))
    expect(one.page.locator("h1")).to_have_text(name)
    return str(one.page.url.removeprefix(one.house.base))


def says_yes(secretary: Visitor, name: str) -> None:
    """From what waits at home to the one who wants to come."""
    secretary.go("/home/")
    secretary.press(secretary.page.locator(f"a:has-text('{NEXT}')").first)
    row = secretary.page.locator(f".row-item:has-text('{name}')")
    secretary.press(row.locator("button[value=yes]"))
    secretary.page.locator(GOOD).wait_for()


def test_from_the_code_on_the_wall_to_a_calendar(invite: Any) -> None:
    one, secretary = invite("phone"), invite("phone", "secretary", LUO)
    own = asks(one, "罗小荷", "13877776666")
    expect(one.page.locator(".is-waiting")).to_have_count(1)
    says_yes(secretary, "罗小荷")
    one.go(own)
    expect(one.page.locator(".is-waiting")).to_have_count(0)
    dates = one.page.locator("a[href$='.ics']").get_attribute("href")
    answer = one.page.request.get(f"{one.house.base}{dates}")
    assert NEXT in answer.text()
    one.press(one.page.locator("form[action*='/leave/'] button"))
    one.page.locator(GOOD).wait_for()
    expect(one.page.locator("form[action*='/leave/']")).to_have_count(0)


def test_hours_wait_until_another_one_has_said_so(invite: Any) -> None:
    one = invite("phone")
    own = asks(one, "罗小菱", "13877775555")
    says_yes(invite("phone", "secretary", LUO), "罗小菱")
    one.go(f"{own}write/")
    form = one.page.locator("form.panel")
    form.locator("[name=at]").select_option("")
    fill(one, form, what="帮人抬谷", day="2026-01-05", starts_at="08:00", ends_at="09:30")
    one.press(form.locator(".form-acts button"))
    one.page.locator(GOOD).wait_for()
    expect(one.page.locator("#hours-title")).to_contain_text("0")
    expect(one.page.locator("main")).to_contain_text("待见证")
    expect(one.page.locator("main")).to_contain_text("补记")
