"""专项治理: a county opens one, a hamlet has nothing, another township goes and looks, it ends."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from genxu.core import clock

from .doing import LIANG, fill
from .looking import look
from .roots import send
from .test_faces import look_at
from .visitor import Visitor

COUNTY = "421221"
NAME = "旧农药瓶收一收"


def campaign_of(one: Visitor) -> int:
    text = "SELECT MAX(id) FROM campaigns_campaign WHERE name = ?"
    return int(one.house.records.one(text, NAME))


def part_of(one: Visitor, campaign: int, hamlet: str) -> tuple[int, str]:
    text = "SELECT id, state FROM campaigns_part WHERE campaign_id = ? AND hamlet_id = ?"
    ((key, state),) = one.house.records.rows(text, campaign, hamlet)
    return key, state


def prepare(county: Visitor) -> int:
    """First one that nobody could close: what was typed stands there again."""
    county.go(f"/campaigns/at/{COUNTY}/new/")
    look(county)
    form, until = county.page.locator("main form"), clock.today() + timedelta(days=300)
    fill(county, form, name=NAME, why="瓶子进了塘，鱼就没了。", until=until.isoformat())
    county.choose(form, "question", "households")
    county.press(form.locator(".form-acts button"))
    expect(county.page.locator(".field-error").first).to_be_visible()
    form = county.page.locator("main form")
    expect(form.locator('[name="name"]')).to_have_value(NAME)
    fill(county, form, fact_1="家里有旧农药瓶")
    send(county, form)
    return campaign_of(county)


def test_from_the_county_to_the_hamlet_to_another_township(invite: Any) -> None:
    county = invite("desk", "county_staff", COUNTY)
    campaign = prepare(county)
    form = county.page.locator(f'form[action="/campaigns/{campaign}/open/"]')
    look(county)
    send(county, form)
    look(county)

    secretary = invite("phone", "secretary", LIANG)
    secretary.go("/home/")
    key, _state = part_of(secretary, campaign, LIANG)
    secretary.go(f"/campaigns/{campaign}/")
    secretary.press(secretary.page.locator(f'.page-act a[href="/campaigns/parts/{key}/"]'))
    secretary.at(f"/campaigns/parts/{key}/")
    look_at(secretary, [f"/campaigns/parts/{key}/answer-households/", f"/campaigns/parts/{key}/"])
    send(secretary, secretary.page.locator(f'form[action="/campaigns/parts/{key}/nothing/"]'))
    assert part_of(secretary, campaign, LIANG) == (key, "nothing")

    county.go(f"/campaigns/{campaign}/draw/")
    send(county, county.page.locator("main form"))
    look_at(county, ["/campaigns/", "/campaigns/samples/", f"/campaigns/{campaign}/end/"])
    text = "SELECT id, checker_id FROM campaigns_sample WHERE part_id = ?"
    ((sample, township),) = county.house.records.rows(text, key)

    township_staff = invite("desk", "township_staff", township)
    township_staff.go("/home/")
    township_staff.press(township_staff.page.locator('main a[href="/campaigns/samples/"]').first)
    township_staff.press(
        township_staff.page.locator(f'main a[href="/campaigns/samples/{sample}/"]')
    )
    look(township_staff)
    assert LIANG[:9] != township
    agree = f'form[action="/campaigns/samples/{sample}/agree/"]'
    send(township_staff, township_staff.page.locator(agree))
    assert part_of(county, campaign, LIANG) == (key, "checked")

    county.go(f"/campaigns/{campaign}/end/")
    fill(county, county.page.locator("main form"), words="汛期到了，先收住")
    send(county, county.page.locator("main form"))
    expect(county.page.locator(".badges .badge-state")).to_have_text("已结束")
    look(county)
