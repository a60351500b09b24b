"""Those who work with it, and a household: each opens what is hers, does what she does most, and
comes back by the browser's own button; in large letters, which are one tap. Each page is looked at.

The secretary at her evening and the resident with her slip are walked where their taps are counted
(test_taps), the auditor where the journal is searched (test_auditor).
"""

from typing import Any

import pytest

from .doing import LUO, fill, raise_matter, take
from .looking import look
from .roots import links
from .visitor import Visitor

LEVELS = [
    ("village_staff", "421221104202"),
    ("township_staff", "421221104"),
    ("county_staff", "421221"),
    ("city_staff", "4212"),
]


def at_home(one: Visitor) -> None:
    """She comes home, and makes the letters large."""
    one.go("/home/")
    one.press(one.menu().locator("[data-behaviour=text-size] >> visible=true"))
    one.page.locator("html.elder").wait_for()
    look(one)


def comes_to(one: Visitor, link: Any, path: str) -> None:
    one.press(link)
    one.at(path)
    assert one.page.locator("html.elder").count() == 1, "the letters are small again"
    look(one)


def goes_back(one: Visitor, path: str) -> None:
    one.page.go_back()
    one.at(path)
    assert one.page.locator("main h1").is_visible()


@pytest.mark.parametrize(("role", "place"), LEVELS)
def test_who_works_above_sees_what_waits_and_the_figures(
    invite: Any, width: str, role: str, place: str
) -> None:
    one = invite(width, role, place)
    at_home(one)
    page = one.page
    assert page.locator(".figures .figure").count() == 4
    assert page.locator("section.panel").count() >= 1
    tile = page.locator('.figure[href*="group=overdue"]')
    overdue = int(tile.locator(".figure-value").inner_text().replace(",", ""))
    comes_to(one, tile, "/matters/")
    assert (overdue == 0) == (page.locator("#list .row-item").count() == 0)
    if overdue:
        comes_to(one, page.locator("a.row-item").first, r"/matters/\d+/")
        goes_back(one, "/matters/")
    goes_back(one, "/home/")
    comes_to(one, page.locator(f'main a[href="/insight/{place}/"]'), f"/insight/{place}/")
    goes_back(one, "/home/")


def test_a_centre_household_has_her_neighbours_and_does_what_was_given_to_her(
    invite: Any, width: str
) -> None:
    secretary = invite(width, "secretary", LUO)
    matter = raise_matter(secretary, LUO, "帮秀婆婆换灯泡", "personal", "秀婆婆")
    one = invite(width, "centre_household", LUO)
    account = one.house.records.one(
        "SELECT MIN(account_id) FROM people_grant WHERE role = ? AND place_id = ?", one.role, LUO
    )
    take(secretary, matter, "assign", assignee=str(account))
    at_home(one)
    comes_to(one, one.page.locator('main a[href="/neighbours/"]'), "/neighbours/")
    goes_back(one, "/home/")
    comes_to(
        one, one.page.locator(f'#mine a[href="/matters/{matter}/"]').first, f"/matters/{matter}/"
    )
    take(one, matter, "start")
    take(one, matter, "finish", words="换好了，亮得很")
    look(one)
    goes_back(one, f"/matters/{matter}/")


def test_a_household_says_something_on_its_own_page(invite: Any, width: str) -> None:
    one = invite(width)
    household, _name, code = links(one, LUO)[-1]
    own = f"/my/household/{household}/"
    one.go(f"/h/#{code}")
    one.at(own)
    one.press(one.menu().locator("[data-behaviour=text-size] >> visible=true"))
    look(one)
    form = one.page.locator(f'form[action="{own}say/"]')
    fill(one, form, text="塘边的灯晚上不亮")
    one.press(form.locator("button.btn-act"))
    one.page.locator(".notice-good").wait_for()
    one.at(own)
    assert "塘边的灯晚上不亮" in one.page.locator("main").inner_text()
    assert form.locator("[name=text]").input_value() == "", "it is offered once more"
    comes_to(one, one.page.locator(f'a[href="{own}correct/"]').first, f"{own}correct/")
    goes_back(one, own)
