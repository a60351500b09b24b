"""Who looks after whom, drawn on the phone and with the mouse; and the neighbours on a phone."""

import re
from typing import Any

from playwright.sync_api import expect

from .doing import LUO, ZHU, raise_matter


def test_the_secretary_draws_takes_back_and_saves(invite: Any, width: str):
    one = invite(width, "secretary", LUO)
    one.go(f"/coverage/{LUO}/")
    page = one.page
    paint = page.locator("[data-paint]").nth(1)
    before = int(paint.locator("[data-count]").inner_text())
    changed = page.locator(".house.is-changed")
    already = changed.count()  # the own houses of those whom another story appointed meanwhile
    one.press(paint)
    houses = page.locator("[data-house]:not(.is-own) [data-house-act]")
    for n in (0, 1) if one.phone else (4, 5):  # those that nobody else in this story drew
        one.press(houses.nth(n))
    expect(paint.locator("[data-count]")).to_have_text(str(before + 2))
    expect(changed).to_have_count(already + 2)
    one.press(page.locator("[data-undo-stroke]"))
    expect(changed).to_have_count(already + 1)
    page.reload()
    expect(page.locator(".draft-notice")).to_be_visible()
    expect(changed).to_have_count(already + 1)
    one.press(page.locator(".coverage .btn-act"))
    page.wait_for_load_state()
    expect(page.locator(".notice-good")).to_be_visible()
    expect(changed).to_have_count(0)
    expect(page.locator(".draft-notice")).to_have_count(0)
    expect(page.locator("[data-paint]").nth(1).locator("[data-count]")).to_have_text(
        str(before + 1)
    )


def test_a_proposal_is_looked_at_and_left(invite: Any, width: str):
    """In a hamlet where some households are left over."""
    one = invite(width, "secretary", ZHU)
    one.go(f"/coverage/{ZHU}/")
    page = one.page
    left_over = page.locator('[data-paint=""] [data-count]').inner_text()
    assert int(left_over) > 0
    one.press(page.locator("[data-propose]"))
    one.at(f"/coverage/{ZHU}/")
    expect(page.locator('[data-paint=""] [data-count]')).to_have_text("0")
    assert page.locator(".house.is-changed").count() >= int(left_over)
    one.press(page.locator(".notice-info a.btn-quiet"))
    page.wait_for_url(re.compile(rf"/coverage/{ZHU}/$"))
    expect(page.locator('[data-paint=""] [data-count]')).to_have_text(left_over)


def test_the_mouse_draws_over_many(invite: Any):
    one = invite("desk", "secretary", ZHU)
    one.go(f"/coverage/{ZHU}/")
    page = one.page
    page.locator("[data-paint]").nth(2).click()
    houses = page.locator("[data-house]:not(.is-own) [data-house-act]")
    houses.nth(0).hover()
    page.mouse.down()
    for n in (1, 2):
        houses.nth(n).hover()
    page.mouse.up()
    expect(page.locator(".house.is-changed")).to_have_count(3)


def test_without_a_script_there_is_a_list_for_each_house(invite: Any):
    one = invite("phone", "secretary", LUO, java_script_enabled=False)
    one.go(f"/coverage/{LUO}/")
    page = one.page
    first = page.locator(".house select").first
    name = first.get_attribute("name")
    first.select_option("")
    page.locator(".coverage .btn-act").tap()
    page.wait_for_load_state()
    assert page.locator(f'select[name="{name}"]').input_value() == ""
    assert page.locator(".house-act:visible").count() == 0


def test_a_neighbours_matter_is_on_the_phone_at_once(invite: Any):
    secretary = invite("desk", "secretary", LUO)
    household = secretary.house.records.one(
        "SELECT h.id FROM people_household h"
        " JOIN centre_households_coverage v ON v.household_id = h.id AND v.until IS NULL"
        " JOIN centre_households_centrehousehold c ON c.id = v.centre_household_id"
        " WHERE h.hamlet_id = ? AND c.household_id <> h.id AND c.account_id ="
        " (SELECT MIN(account_id) FROM people_grant WHERE role = ? AND place_id = ?) LIMIT 1",
        LUO, "centre_household", LUO,
    )  # fmt: skip
    label = secretary.house.records.one(
        "SELECT head_name || '（第 ' || number || ' 户）' FROM people_household WHERE id = ?",
        household,
    )
    raise_matter(secretary, LUO, "帮着去镇上买药", "personal", label)
    helper = invite("phone", "centre_household", LUO)
    helper.go("/home/")
    helper.press(helper.page.locator('main a[href="/neighbours/"]'))
    helper.at("/neighbours/")
    expect(helper.page.locator(".neighbour .row-main", has_text="买药")).to_be_visible()
    call = helper.page.locator(".neighbour a.call").first
    assert (call.get_attribute("href") or "").startswith("tel:1")
    box = call.bounding_box()
    assert box
    assert box["height"] >= 44
