"""The registers: households added, merged and undone; a branch approved; chart, figures, sheets."""

from typing import Any

import pytest
from playwright.sync_api import expect

from .doing import DAI, LIANG, LUO, fill
from .roots import send
from .visitor import Visitor


def living(visitor: Visitor, name: str) -> list[int]:
    rows = visitor.house.records.rows(
        "SELECT id FROM people_household WHERE head_name = ? AND merged_into_id IS NULL"
        " ORDER BY id",
        name,
    )
    return [key for (key,) in rows]


def add(one: Visitor, name: str, phone: str) -> None:
    one.go(f"/households/?place={LIANG}")
    one.press(one.page.locator(f'a[href="/households/at/{LIANG}/new/"]').first)
    form = one.page.locator("form.panel")
    fill(one, form, head_name=name, head_count="3", phone=phone)
    send(one, form)


@pytest.mark.crossing
def test_a_double_is_merged_and_brought_back(invite: Any, width: str) -> None:
    one = invite(width, "secretary", LIANG)
    name = "梁测双" if one.phone else "梁测对"
    add(one, name, "13700000011" if one.phone else "13700000013")
    add(one, name, "13700000012" if one.phone else "13700000014")
    first, second = living(one, name)
    one.go(f"/households/?place={LIANG}")
    one.page.locator("#id_words").fill("lcs" if one.phone else "lcd")
    rows = one.page.locator("#list .row-item")
    expect(rows).to_have_count(2)

    one.go(f"/households/doubles/?place={LIANG}")
    pair = one.page.locator(".pair", has_text=name)
    one.press(pair.locator(f'a[href="/households/{first}/merge/?double={second}"]'))
    one.at(f"/households/{first}/merge/")
    send(one, one.page.locator("main form"))
    assert living(one, name) == [first]

    one.go(f"/households/{first}/")
    one.press(one.page.locator(f'main a[href="/households/{second}/undo-merge/"]'))
    one.at(f"/households/{second}/undo-merge/")
    send(one, one.page.locator("main form"))
    assert living(one, name) == [first, second]


def test_a_wrong_household_is_told_at_its_field(invite: Any, width: str) -> None:
    one = invite(width, "secretary", LIANG)
    one.go(f"/households/at/{LIANG}/new/")
    form = one.page.locator("form.panel")
    fill(one, form, head_name="梁测错", head_count="3", phone="12345")
    one.press(form.locator(".form-acts button"))
    expect(one.page.locator(".field-error").first).to_be_visible()
    expect(form.locator("[name=head_name]")).to_have_value("梁测错")
    assert living(one, "梁测错") == []


def test_the_township_approves_the_joint_branch_and_the_village_founds_it(invite: Any) -> None:
    """Walked at a desk by the clerk, on a phone by the village: there is one of it."""
    clerk = invite("desk", "township_staff", DAI[:9])
    key = clerk.house.records.one("SELECT id FROM branches_organisation WHERE state = 'requested'")
    clerk.go("/home/")
    clerk.press(clerk.page.locator('main a[href*="/organisations/?state=requested"]'))
    clerk.at("/organisations/")
    clerk.press(clerk.page.locator(f'a[href="/organisations/{key}/"]'))
    clerk.at(f"/organisations/{key}/")
    send(clerk, clerk.page.locator(f'form[action="/organisations/{key}/approve/"]'))
    village = invite("phone", "village_staff", DAI[:12])
    village.go(f"/organisations/{key}/")
    send(village, village.page.locator(f'form[action="/organisations/{key}/found/"]'))
    assert village.house.records.one(
        "SELECT state FROM branches_organisation WHERE id = ?", key
    ) == ("founded")
    for hamlet in (DAI, f"{DAI[:-1]}2"):
        village.go(f"/organisation/{hamlet}/")
        expect(village.page.locator("main")).to_contain_text("联合党支部")


def test_the_county_sees_chart_figures_and_takes_the_list_out(invite: Any, width: str) -> None:
    one = invite(width, "county_staff", LUO[:6])
    one.go(f"/insight/{LUO[:6]}/")
    tile = one.page.locator(".figures.is-roots a.figure").filter(has_text="中心户")
    counted = int(tile.locator(".figure-value").inner_text().replace(",", ""))
    one.press(tile)
    one.at("/centre-households/")
    address = one.page.locator('main a[href*="/centre-households/export/"]').get_attribute("href")
    sheet = one.context.request.get(address or "")
    assert sheet.ok
    assert sheet.body().startswith(b"PK")
    assert counted == one.house.records.one(
        "SELECT count(*) FROM centre_households_centrehousehold"
        " WHERE state = 'appointed' AND hamlet_id LIKE ?",
        f"{LUO[:6]}%",
    )
    one.go(f"/organisation/{LUO}/")
    chart = one.page.locator("main")
    expect(chart).to_contain_text("党支部")
    expect(chart).to_contain_text("村湾理事会")
    refused = one.go("/households/")
    assert refused.status == 403
