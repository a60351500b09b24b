"""A quarrel is noted, settled by a member on his phone, and a month later each side is asked: one
says it herself, of the other it is noted."""

import re
from typing import Any

from playwright.sync_api import expect

from .doing import LUO, code_in, fill
from .roots import send
from .test_faces import look_at
from .visitor import Visitor

MEMBER = "SELECT MIN(account_id) FROM people_grant WHERE role = 'member' AND place_id = ?"
DUE = ("SELECT s.id, s.household_id, l.code_sealed, s.dispute_id FROM disputes_side s"
       " JOIN disputes_dispute d ON d.id = s.dispute_id"
       " JOIN people_householdlink l ON l.household_id = s.household_id"
       " WHERE d.hamlet_id = ? AND d.state = 'agreed' ORDER BY s.id")  # fmt: skip


def state_of(one: Visitor, dispute: int) -> str:
    return str(one.house.records.one("SELECT state FROM disputes_dispute WHERE id = ?", dispute))


def test_from_the_quarrel_to_the_yes_of_both(invite: Any) -> None:
    secretary = invite("phone", "secretary", LUO)
    secretary.go("/disputes/")
    secretary.press(secretary.page.locator(f'main a[href="/disputes/at/{LUO}/new/"]'))
    form = secretary.page.locator("main form.stack")
    maker = str(secretary.house.records.one(MEMBER, LUO))
    fill(secretary, form, sides__0__who="41", kind="neighbours", story="鸡过来吃菜",
         peacemaker=maker)  # fmt: skip
    secretary.press(form.locator(".save-bar button"))
    expect(secretary.page.locator(".field-error").first).to_be_visible()  # one side is none
    form = secretary.page.locator("main form.stack")
    assert form.locator("[name=story]").input_value() == "鸡过来吃菜"
    fill(secretary, form, sides__1__who="42")
    secretary.press(form.locator(".save-bar button"))
    secretary.at(r"/disputes/\d+/")
    found = re.search(r"/disputes/(\d+)/", secretary.page.url)
    assert found
    key = int(found[1])

    member = invite("phone", "member", LUO)
    member.go("/disputes/")
    member.press(member.page.locator(f'main a[href="/disputes/{key}/"]'))
    form = member.page.locator(f'form[action="/disputes/{key}/meet/"]')
    form.locator("label.choice").first.click()
    fill(member, form, words="答应围个栏子")
    send(member, form)
    member.press(member.page.locator(f'main a[href="/disputes/{key}/agree/"]').first)
    form = member.page.locator("main form")
    fill(member, form, terms="围个栏子，鸡不过界")
    for side in form.locator("fieldset").all():
        side.locator("label.choice").last.click()
    send(member, form)
    assert state_of(member, key) == "agreed"
    look_at(member, ["/disputes/", f"/disputes/{key}/", f"/disputes/{key}/name/",
                     f"/disputes/{key}/ways/"])  # fmt: skip
    assert member.context.request.get(f"/disputes/{key}/paper/").ok

    village = invite("desk", "village_staff", LUO[:12])
    assert village.context.request.get(f"/disputes/{key}/").status in (403, 404)


def test_a_month_later_each_side_is_asked(invite: Any) -> None:
    resident = invite("phone")
    (side, household, sealed, dispute), (other, *_rest) = resident.house.records.rows(DUE, LUO)[:2]
    resident.go(f"/h/#{code_in(sealed)}")
    resident.at(f"/my/household/{household}/")
    word = resident.page.locator(f'form[action="/my/household/{household}/disputes/{side}/word/"]')
    resident.press(word.locator('button[value="holds"]'))
    expect(resident.page.locator(".notice-good").first).to_be_visible()
    look_at(resident, [f"/my/household/{household}/"])

    secretary = invite("phone", "secretary", LUO)
    secretary.go(f"/disputes/{dispute}/")
    form = secretary.page.locator(f'form[action="/disputes/{dispute}/note-answer/"]')
    fill(secretary, form, side=str(other), answer="holds")
    send(secretary, form)
    assert state_of(secretary, dispute) == "settled"
    look_at(secretary, [f"/disputes/{dispute}/", f"/disputes/at/{LUO}/new/", "/home/"])


def test_ten_households_are_seen_as_a_whole(invite: Any) -> None:
    centre = invite("phone", "centre_household", LUO)
    centre.go("/neighbours/")
    line = centre.page.locator('section[aria-labelledby="tens-title"] a.row-item')
    assert line.count() == 3
    centre.press(line.nth(1))
    centre.at("/matters/")
    look_at(centre, ["/neighbours/"])
