"""账目公开: a quarter drawn up, signed, read on the phone, a line asked about, answered, closed by
who has asked; what is late is seen by the township."""

import re
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import expect

from genxu.core import clock
from genxu.core.calendar import months_later

from .doing import LUO, fill, step_form
from .looking import look
from .roots import links, send
from .visitor import Visitor

VILLAGE = LUO[:12]
TEXT = "付清理排水沟的工钱"


def last_quarter() -> date:
    """The first day of the quarter that is over."""
    today = clock.today()
    return months_later(date(today.year, (today.month + 2) // 3 * 3 - 2, 1), -3)


def key_in(one: Visitor, pattern: str) -> int:
    found = re.search(pattern, one.page.url)
    assert found, one.page.url
    return int(found[1])


def open_book(keeper: Visitor) -> int:
    keeper.go(f"/books/at/{LUO}/new/")
    form = keeper.page.locator("main form")
    fill(keeper, form, kind="collective", name="湾里的集体账", opened_on=str(last_quarter()))
    send(keeper, form)
    return key_in(keeper, r"/books/(\d+)/")


def note(keeper: Visitor, book: int, **told: str) -> None:
    keeper.go(f"/books/{book}/money/")
    form = keeper.page.locator("main form")
    day = last_quarter() + timedelta(days=40)
    fill(keeper, form, **{"day": str(day), **told})
    send(keeper, form)


def draw_up(keeper: Visitor, book: int) -> int:
    keeper.go(f"/books/{book}/")
    keeper.press(keeper.page.locator(f'main a[href="/disclosures/books/{book}/"]'))
    look(keeper)
    send(keeper, keeper.page.locator(f'form[action="/disclosures/books/{book}/draw-up/"]'))
    look(keeper)
    return key_in(keeper, r"/disclosures/(\d+)/")


def sign(supervisor: Visitor, one: int) -> None:
    """First without a word of kinship: she is told."""
    supervisor.go("/home/")
    supervisor.press(supervisor.page.locator('main a[href^="/disclosures/?group=in_work"]').first)
    supervisor.go(f"/disclosures/{one}/")
    look(supervisor)
    form = supervisor.page.locator(f'form[action="/disclosures/{one}/sign/"]')
    supervisor.press(form.locator(".form-acts button"))
    expect(supervisor.page.locator(".field-error").first).to_be_visible()
    form = supervisor.page.locator("main form")
    form.locator('[name="no_relative"]').check()
    fill(supervisor, form, words="单据都看过了")
    send(supervisor, form)


def test_from_the_book_to_the_villager_and_back(invite: Any) -> None:
    keeper = invite("desk", "bookkeeper", VILLAGE)
    book = open_book(keeper)
    note(keeper, book, way="in", amount="5000", text="收到乡镇补助", account="503", who="镇财政所")
    note(keeper, book, way="out", amount="300", text=TEXT, account="514", paper="12")
    one = draw_up(keeper, book)
    supervisor = invite("phone", "supervisor", VILLAGE)
    sign(supervisor, one)
    keeper.go(f"/disclosures/{one}/")
    send(keeper, keeper.page.locator(f'form[action="/disclosures/{one}/publish/"]'))

    resident = invite("phone")
    _key, _name, code = links(resident, LUO)[-1]
    resident.go(f"/places/{LUO}/")
    resident.press(resident.page.locator(f'main a[href="/accounts/{one}/"]').first)
    page = resident.page
    expect(page.locator(".sums .is-left dd")).to_have_text("4,700.00")
    expect(page.locator("main")).to_contain_text("单据都看过了")
    look(resident)
    line = page.locator(".account-line", has_text=TEXT)
    resident.press(line.locator("a", has_text="我想问问"))
    look(resident)
    page.locator("main form [name=code]").fill(code)
    resident.press(page.locator("main form button"))
    resident.at(r"/my/household/\d+/accounts/\d+/")
    look(resident)
    fill(resident, page.locator("main form"), words="是哪几天的，几个人做的？")
    resident.press(page.locator("main form .form-acts button"))
    expect(page.locator("main")).to_contain_text("问过这一笔")
    look(resident)
    matter = int(resident.house.records.one("SELECT MAX(matter) FROM disclosures_question"))

    secretary = invite("desk", "secretary", LUO)
    for step, values in (("assign", {"assignee_name": "会计"}), ("start", {}),
                         ("finish", {"words": "三个人做了一天，工钱条子贴出来了"})):  # fmt: skip
        form = step_form(secretary, matter, step)
        fill(secretary, form, **values)
        secretary.press(form.locator(".form-acts button"))
        secretary.page.locator(".notice-good").wait_for()
    resident.press(page.locator("main .acts .btn-act"))
    resident.press(page.locator("main a", has_text=TEXT).first)
    resident.at(r"/my/receipt/\d+/")
    expect(page.locator("main")).to_contain_text("三个人做了一天")
    resident.press(page.locator("button[name=answer][value=satisfied]"))
    page.locator(".shell-messages .notice").wait_for()
    resident.go(f"/accounts/{one}/")
    expect(page.locator(".account-line", has_text=TEXT)).to_contain_text("都答复了")


def test_what_was_never_shown_is_seen_by_the_township(invite: Any) -> None:
    township = invite("desk", "township_staff", LUO[:9])
    township.go("/disclosures/?group=late")
    look(township)
    township.press(township.page.locator('main a[href^="/disclosures/books/"]').first)
    expect(township.page.locator("main")).to_contain_text("账上没有动过")
    look(township)
