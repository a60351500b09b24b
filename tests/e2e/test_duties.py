"""Whose turn it is: a rota from the first question to the wall, and a turn that passes on."""

from typing import Any

import pytest
from playwright.sync_api import expect

from .doing import LUO, fill


def test_a_secretary_prepares_deals_and_makes_a_rota_known(invite: Any) -> None:
    secretary = invite("phone", "secretary", LUO)
    page = secretary.page
    secretary.go(f"/duties/at/{LUO}/new/")
    form = page.locator("main form")
    secretary.choose(form, "kind", "other")
    fill(secretary, form, name="巡塘")
    secretary.press(form.locator(".btn-act"))
    secretary.at(r"/duties/\d+/")
    for state in ("准备中", "已公布"):
        secretary.press(page.locator("main .panel .btn-act"))
        expect(page.locator(".badges .badge-state")).to_have_text(state)
    expect(page.locator('.page-act a[href$="/wall/"]')).to_be_visible()


@pytest.mark.crossing
def test_a_member_takes_the_turn_of_one_who_cannot_come(invite: Any) -> None:
    member = invite("phone", "member", LUO)
    page = member.page
    member.go("/my/turns/")
    offered = page.locator("[aria-labelledby=offered-title] .row-item").first
    member.press(offered)
    member.at(r"/duties/\d+/turns/\d+/")
    before = page.locator("#turn-title").inner_text()
    member.press(page.locator("main .btn-act"))
    expect(page.locator("#turn-title")).not_to_have_text(before)
    expect(page.locator("#turn-title + p")).to_contain_text(before)
