"""A bride is entered in the roll of a collective and keeps what she had until then; the township
confirms the roll; a household reads its line, and its certificate says what it said."""

import re
from typing import Any

from playwright.sync_api import expect

from genxu.core import clock

from .doing import LUO, code_in, fill
from .looking import look
from .roots import send

VILLAGE, TOWNSHIP = LUO[:12], LUO[:9]
COLLECTIVE = "SELECT id FROM collectives_collective WHERE place_id = ?"
HOLDER = ("SELECT MIN(c.household_id) FROM collectives_sharechange c JOIN people_household h"
          " ON h.id = c.household_id JOIN people_householdlink l ON l.household_id = h.id"
          " WHERE h.hamlet_id = ?")  # fmt: skip
HOME_OF = "SELECT number, head_name FROM people_household WHERE id = ?"
CODE = "SELECT code_sealed FROM people_householdlink WHERE household_id = ?"
CARD = "SELECT card FROM collectives_certificate WHERE household_id = ? ORDER BY id DESC LIMIT 1"
STATE = "SELECT state FROM collectives_filing WHERE collective_id = ? ORDER BY id DESC LIMIT 1"
BRIDE = "喜测凤"


def test_a_bride_is_entered_and_keeps_hers_until_she_has_another(invite: Any) -> None:
    keeper = invite("desk", "bookkeeper", VILLAGE)
    collective = keeper.house.records.one(COLLECTIVE, VILLAGE)
    household = keeper.house.records.one(HOLDER, LUO)
    ((number, head),) = keeper.house.records.rows(HOME_OF, household)
    keeper.go("/collectives/")
    look(keeper)
    keeper.press(keeper.page.locator(f'main a[href="/collectives/{collective}/"]'))
    look(keeper)
    keeper.press(keeper.page.locator(f'main a[href="/collectives/{collective}/enter/"]'))
    form = keeper.page.locator("main form")
    fill(keeper, form, household=str(number), name=BRIDE, birth_year="2999",
         since=str(clock.today()), gained="marriage")  # fmt: skip
    keeper.press(form.locator(".form-acts button").first)
    expect(keeper.page.locator(".field-error").first).to_be_visible()
    form = keeper.page.locator("main form")
    assert form.locator("[name=name]").input_value() == BRIDE
    fill(keeper, form, birth_year="1999")
    send(keeper, form)
    keeper.at(r"/collectives/members/\d+/")
    look(keeper)
    member = re.search(r"/members/(\d+)/", keeper.page.url)
    assert member
    keeper.go(f"/collectives/members/{member[1]}/leave/")
    look(keeper)
    form = keeper.page.locator("main form")
    fill(keeper, form, lost="married")
    keeper.press(form.locator(".form-acts button").first)
    expect(keeper.page.locator(".field-error").first).to_contain_text("第十八条")

    keeper.go(f"/collectives/{collective}/households/{household}/")
    expect(keeper.page.locator("main")).to_contain_text(BRIDE)
    look(keeper)
    address = f"/collectives/{collective}/households/{household}/print/"
    paper = keeper.post(address)
    assert paper.ok
    assert paper.body()[:5] == b"%PDF-"
    for path in ("roll/", "shares/", f"{collective}/elect/", f"{collective}/quantify/",
                 f"{collective}/households/{household}/pass-on/"):  # fmt: skip
        keeper.go(f"/collectives/{path}")
        if "elect" not in path:
            look(keeper)

    one = invite("phone")
    one.go(f"/shares/{keeper.house.records.one(CARD, household)}/")
    expect(one.page.locator(".notice-good")).to_be_visible()
    expect(one.page.locator("main")).not_to_contain_text(head)
    look(one)


def test_the_township_confirms_the_roll(invite: Any) -> None:
    township = invite("desk", "township_staff", TOWNSHIP)
    collective = township.house.records.one(COLLECTIVE, VILLAGE)
    township.go("/home/")
    township.press(township.page.locator('main a[href^="/collectives/filings/"]').first)
    township.at(r"/collectives/filings/\d+/")
    look(township)
    send(township, township.page.locator("main form").first)
    assert township.house.records.one(STATE, collective) == "confirmed"


def test_a_household_reads_its_line_and_says_that_it_is_wrong(invite: Any) -> None:
    resident = invite("phone")
    household = resident.house.records.one(HOLDER, LUO)
    sealed = resident.house.records.one(CODE, household)
    resident.go(f"/h/#{code_in(sealed)}")
    resident.at(f"/my/household/{household}/")
    line = resident.page.locator('main a[href*="/collectives/"]').first
    expect(line).to_be_visible()
    resident.press(line)
    resident.at(rf"/my/household/{household}/collectives/\d+/wrong/")
    look(resident)
    form = resident.page.locator("main form").first
    fill(resident, form, words="少登了一个娃")
    send(resident, form)
    expect(resident.page.locator("main")).to_contain_text("少登了一个娃")
