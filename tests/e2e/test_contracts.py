"""The bookkeeper notes a contract whose rent rises, sees it come due, notes a rent that stands in
the books; one of 25 years is said to be too long. The secretary asks a household what it earned."""

import re
from datetime import date
from typing import Any

from playwright.sync_api import expect

from genxu.core import clock

from .doing import SIX, fill
from .looking import look
from .roots import send
from .visitor import Visitor

VILLAGE = SIX[:12]


def draft(keeper: Visitor, until: date, what: str, **told: str) -> int:
    """Drafts a contract that began on the first of January; its number."""
    first = clock.today().replace(month=1, day=1)
    keeper.go(f"/contracts/at/{SIX}/new/")
    form = keeper.page.locator("main form")
    form.locator('[name="way"][value="lease_out"]').check()
    form.locator('[name="is_person"][value="no"]').check()
    given = {"what": "orchard", "object": what, "other": "红土果业公司", "area": "12.5",
             "since": str(first), "until": str(until), "first_due": str(first),
             "steps-0-from_year": "1", "steps-0-yearly": "6,000"}  # fmt: skip
    fill(keeper, form, **given | told)
    look(keeper)
    keeper.press(form.locator(".save-bar button"))
    keeper.page.locator(".notice-good").first.wait_for()
    found = re.search(r"/contracts/(\d+)/", keeper.page.url)
    assert found
    return int(found[1])


ENTRIES = ("SELECT e.amount, e.text FROM ledger_entry e JOIN ledger_book b ON b.id = e.book_id"
           " WHERE b.place_id = ? AND b.kind = 'collective'")  # fmt: skip


def open_book(keeper: Visitor) -> None:
    keeper.go(f"/books/at/{SIX}/new/")
    first = clock.today().replace(month=1, day=1)
    form = keeper.page.locator("main form")
    fill(keeper, form, kind="collective", name="六组集体账", opened_on=str(first))
    send(keeper, form)


def test_a_rent_comes_due_and_stands_in_the_books(invite: Any) -> None:
    keeper = invite("desk", "bookkeeper", VILLAGE)
    open_book(keeper)
    year = clock.today().year
    one = draft(keeper, date(year + 2, 12, 31), "后山果园",
                **{"steps-1-from_year": "3", "steps-1-yearly": "0.7万"})  # fmt: skip
    look(keeper)
    form = keeper.page.locator("main form").first
    fill(keeper, form, paper="2026-1")
    send(keeper, form)
    keeper.go("/contracts/?group=due")
    look(keeper)
    keeper.press(keeper.page.locator(f'main a[href="/contracts/{one}/"]'))
    form = keeper.page.locator("main form").first
    expect(form.locator('[name="amount"]')).to_have_value("6,000.00")
    fill(keeper, form, amount="2000")
    send(keeper, form)
    look(keeper)
    expect(keeper.page.locator("main")).to_contain_text("4,000.00")
    (entry,) = keeper.house.records.rows(ENTRIES, SIX)
    assert entry == (200_000, "收到租金：后山果园，第1年")
    assert keeper.context.request.get("/contracts/due/print/").ok

    draft(keeper, date(year + 24, 12, 31), "北坡果园")
    expect(keeper.page.locator(".notice-warn")).to_contain_text("705")
    look(keeper)


def test_a_household_is_asked_what_it_earned(invite: Any) -> None:
    secretary = invite("phone", "secretary", SIX)
    secretary.go("/surveys/")
    secretary.press(secretary.page.locator(f'main a[href="/surveys/at/{SIX}/new/"]'))
    send(secretary, secretary.page.locator("main form"))
    look(secretary)
    secretary.press(secretary.page.locator('main .page-act a[href$="/answer/"]'))
    look(secretary)
    form = secretary.page.locator("main form")
    known = secretary.page.locator("#households option").first.get_attribute("value")
    fill(secretary, form, household=known or "", persons="4", income="8.6万")
    send(secretary, form)
    ((income, declined),) = secretary.house.records.rows(
        "SELECT income, declined FROM surveys_income WHERE hamlet_id = ?", SIX
    )
    assert (income, declined) == (8_600_000, 0)
