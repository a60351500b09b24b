"""Village, township, county, city: what waits, the lists, and the way down to the record."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from .doing import LUO, raise_matter, take
from .visitor import WIDTHS

LEVELS = [
    ("village_staff", "421221104202"),
    ("township_staff", "421221104"),
    ("county_staff", "421221"),
    ("city_staff", "4212"),
]
ROW = "#list .row-item"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_is_narrowed_down_in_place_and_the_back_button_works(invite: Any, width: str):
    one = invite(width, "county_staff", "421221")
    one.go("/matters/")
    page = one.page
    loads: list[str] = []
    page.on("load", lambda page: loads.append(page.url))
    everything = page.locator(ROW).first.inner_text()
    if one.phone:
        one.press(page.locator("[data-filters-toggle]"))
    page.locator("select[name=group]").select_option("unconfirmed")
    page.wait_for_url(re.compile("group=unconfirmed"))
    expect(page.locator(f"{ROW} .is-unconfirmed")).to_have_count(page.locator(ROW).count())
    unconfirmed = page.locator(ROW).count()
    page.locator("select[name=tier]").select_option("specialist")
    page.wait_for_url(re.compile("tier=specialist"))
    expect(page.locator(f"{ROW} .tier-specialist")).to_have_count(page.locator(ROW).count())
    assert 0 < page.locator(ROW).count() <= unconfirmed
    assert loads == [], "the page was loaded anew"

    page.go_back()
    page.wait_for_url(re.compile("tier=&|tier=$|group=unconfirmed(?!.*tier=specialist)"))
    expect(page.locator("form.filters")).to_be_visible()
    expect(page.locator(".shell-head")).to_be_visible()
    expect(page.locator(ROW)).to_have_count(unconfirmed)
    page.go_back()
    expect(page.locator(ROW).first).to_have_text(re.compile(re.escape(everything.split("\n")[0])))


def test_words_find_a_matter_and_pages_keep_the_filter(invite: Any, width: str):
    one = invite(width, "city_staff", "4212")
    title = one.house.records.rows(
        "SELECT title FROM matters_matter WHERE tier = 'common' ORDER BY id LIMIT 1"
    )[0][0]
    one.go("/matters/")
    page = one.page
    page.locator("#id_words").fill(title)
    page.wait_for_url(re.compile("words="))
    expect(page.locator(ROW).first).to_contain_text(title)
    one.go("/matters/?tier=common")
    one.press(page.locator("nav.pager a[rel=next]").first)
    page.wait_for_url(re.compile(r"tier=common.*page=2"))
    assert page.locator(ROW).count() > 1
    expect(page.locator(f"{ROW} .tier-common")).to_have_count(page.locator(ROW).count())
    one.go("/matters/?words=没有这样的事")
    assert page.locator("#list .empty a").is_visible()


def test_from_the_city_down_to_the_hamlet_and_its_record(invite: Any, width: str):
    one = invite(width, "city_staff", "4212")
    one.go("/insight/4212/")
    page = one.page
    for place in ("421221", "421221104", "421221104202", LUO):
        one.press(page.locator(f'table.table-plain a[href="/insight/{place}/"]').first)
        one.at(f"/insight/{place}/")
    assert page.locator("table.table-plain").count() == 0
    talks = page.locator('.figure[href^="/talks/"]')
    held = int(talks.locator(".figure-value").inner_text())
    assert held == one.house.records.one("SELECT count(*) FROM talks_talk WHERE hamlet_id = ?", LUO)
    one.press(page.locator('.figure[href^="/matters/"]').nth(2))
    one.at("/matters/")
    expect(page.locator(f"{ROW} >> nth=0")).to_be_visible()
    one.press(page.locator(f"a{ROW.split(' ')[1]}").first)
    one.at(r"/matters/\d+/")
    assert page.locator("ol.timeline li").count() > 1
    one.go(f"/insight/{LUO}/")
    one.press(page.locator('nav.crumbs a[href="/insight/421221/"]'))
    one.at("/insight/421221/")


def test_staff_above_know_that_a_personal_matter_exists_not_what_it_says(invite: Any):
    secretary = invite("desk", "secretary", LUO)
    matter = raise_matter(secretary, LUO, "帮秀婆婆挑水", "personal", "秀婆婆")
    for role, place in LEVELS:
        staff = invite("desk", role, place)
        staff.go(f"/matters/?words={matter}")
        row = staff.page.locator(ROW).first
        expect(row).to_contain_text(str(matter))
        assert "挑水" not in row.inner_text()
        assert staff.page.locator(f'a[href="/matters/{matter}/"]').count() == 0
        answer = staff.go(f"/matters/{matter}/")
        assert answer.status == 403
        assert "挑水" not in staff.page.content()
        staff.go("/matters/?words=挑水")
        assert staff.page.locator(ROW).count() == 0


def test_what_lies_elsewhere_is_not_there(invite: Any):
    """A matter of another village by its address, and a place of another county."""
    secretary = invite("desk", "secretary", LUO)
    matter = raise_matter(secretary, LUO, "修水泵", "common")
    take(secretary, matter, "assign", assignee_name="管泵的户")
    for role, place in (("village_staff", "421221102210"), ("county_staff", "421223")):
        staff = invite("desk", role, place)
        assert staff.go(f"/matters/{matter}/").status == 404
        assert staff.go("/insight/421221104/").status == 404
        assert staff.page.locator(".error-page h1").is_visible()
