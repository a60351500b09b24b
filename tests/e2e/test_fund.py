"""A gift is noted and its receipt printed; a major spending goes all its way, the township returns
it once; the bookkeeper pays it, and of the next bill the book says that the money is not there."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from playwright.sync_api import expect

from tests.cast import CST

from .doing import LUO, fill
from .looking import look
from .roots import send
from .visitor import Visitor

VILLAGE, TOWNSHIP = LUO[:12], LUO[:9]
MEETING = ("SELECT m.id, a.meets_at FROM assemblies_motion m JOIN assemblies_assembly a"
           " ON a.id = m.assembly_id WHERE a.hamlet_id = ? AND m.in_favour > m.against"
           " AND a.body = 'group_meeting' ORDER BY m.id")  # fmt: skip
BANK = ("SELECT COALESCE(SUM(l.debit - l.credit), 0) FROM ledger_line l JOIN ledger_entry e"
        " ON e.id = l.entry_id JOIN ledger_book b ON b.id = e.book_id"
        " WHERE b.place_id = ? AND b.kind = 'fund' AND l.account = '102'")  # fmt: skip


def key_in(one: Visitor) -> int:
    found = re.search(r"/(\d+)/$", one.page.url.split("?")[0])
    assert found
    return int(found[1])


def bank(one: Visitor) -> int:
    return int(one.house.records.one(BANK, LUO))


def ask(secretary: Visitor, **told: str) -> int:
    secretary.go(f"/spendings/at/{LUO}/new/")
    form = secretary.page.locator("main form")
    fill(secretary, form, **told)
    secretary.press(form.locator(".form-acts button").first)
    secretary.at(r"/spendings/\d+/")
    return key_in(secretary)


def step(one: Visitor, key: int, name: str, **told: str) -> Any:
    one.go(f"/spendings/{key}/{name}/")
    form = one.page.locator("main form")
    fill(one, form, **told)
    return form


def day_of(meets_at: Any) -> date:
    moment = meets_at if isinstance(meets_at, datetime) else datetime.fromisoformat(str(meets_at))
    return moment.date()


def test_a_gift_and_its_receipt(invite: Any) -> None:
    secretary = invite("phone", "secretary", LUO)
    secretary.go(f"/contributions/at/{LUO}/new/")
    form = secretary.page.locator("main form")
    fill(secretary, form, source="society", amount="0.005", giver="渡口修车铺", kind="firm")
    secretary.press(form.locator(".form-acts button").first)
    expect(secretary.page.locator(".field-error").first).to_be_visible()
    form = secretary.page.locator("main form")
    expect(form.locator('[name="giver"]')).to_have_value("渡口修车铺")
    look(secretary)
    fill(secretary, form, amount="３00.5")
    send(secretary, form)
    secretary.at(r"/contributions/\d+/")
    key = key_in(secretary)
    look(secretary)
    paper = secretary.post(f"/contributions/{key}/paper/")
    assert paper.body().startswith(b"%PDF")

    keeper = invite("desk", "bookkeeper", VILLAGE)
    keeper.go(f"/contributions/{key}/")
    send(keeper, keeper.page.locator(f'form[action="/contributions/{key}/see/"]'))
    look(keeper)


def test_from_the_ask_to_the_payment_and_no_further_than_the_money(invite: Any) -> None:
    secretary = invite("phone", "secretary", LUO)
    motion, meets_at = secretary.house.records.rows(MEETING, LUO)[0]
    held, today = day_of(meets_at), datetime.now(CST).date()
    yuan = str(bank(secretary) // 100 - 1000)
    firm = {"purpose": "facilities", "payee": "新街镇水利施工队", "kind": "firm"}
    secretary.go(f"/spendings/at/{LUO}/new/")
    form = secretary.page.locator("main form")
    fill(secretary, form, what="借给湾里人周转", amount="500", **{**firm, "purpose": "loan"})
    secretary.press(form.locator(".form-acts button").first)
    expect(secretary.page.locator(".field-error", has_text="121号").first).to_be_visible()
    key = ask(secretary, what="渡口新路铺水泥", amount=yuan, **firm)
    look(secretary)
    days = [str(held - timedelta(days=n)) for n in (3, 2, 1)]
    send(secretary, step(secretary, key, "bring", proposed_on=days[0], discussed_on=days[1],
                         deliberated_on=days[2]))  # fmt: skip
    send(secretary, step(secretary, key, "resolve", motion=str(motion)))

    township = invite("desk", "township_staff", TOWNSHIP)
    send(township, step(township, key, "send-back", words="缺三家的报价"))
    send(secretary, step(secretary, key, "explain", words="三家报价已补上"))
    send(township, step(township, key, "approve"))
    look(township)
    send(secretary, step(secretary, key, "publish", published_on=str(today)))

    second = ask(secretary, what="路边砌花坛", amount="1800", **firm)
    expect(secretary.page.locator(".notice-warn")).to_have_count(0)  # the other one is major
    form = secretary.page.locator(f'form[action="/spendings/{second}/decide/"]')
    send(secretary, form)

    keeper = invite("desk", "bookkeeper", VILLAGE)
    send(keeper, step(keeper, key, "pay", purse="102", paper="发票 40117"))
    look(keeper)
    form = step(keeper, second, "pay", purse="102", proof="chit", paper="条子")
    keeper.press(form.locator(".form-acts button").first)
    expect(keeper.page.locator(".field-error", has_text="白条").first).to_be_visible()
    form = keeper.page.locator("main form")
    fill(keeper, form, proof="number", paper="发票 40118")
    left = bank(keeper)
    keeper.press(form.locator(".form-acts button").first)
    expect(keeper.page.locator(".field-error", has_text="121号").first).to_be_visible()
    assert bank(keeper) == left
    expect(keeper.page.locator('main form [name="paper"]')).to_have_value("发票 40118")
    for path in ("/funds/", "/spendings/", "/contributions/"):
        secretary.go(path)
        look(secretary)
    secretary.go("/funds/")
    secretary.press(secretary.page.locator('main a.row-item[href^="/funds/"]').first)
    secretary.at(r"/funds/\d+/")
    look(secretary)
