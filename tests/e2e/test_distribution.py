"""A year is shared out: drawn up, a meeting too early refused, open, carried, booked, paid; a
household reads its five lines on her phone and asks; what is not paid stays owed."""

import re
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import expect

from genxu.core.money import apportion

from .doing import LU, code_in, fill
from .looking import look
from .roots import send
from .shared_out import do
from .visitor import Visitor

VILLAGE = LU[:12]
PARTS = ("SELECT p.id, p.household_id, p.quantity, p.sum, p.paid_on, p.reason"
         " FROM distributions_portion p WHERE p.distribution_id = ?"
         " ORDER BY p.position")  # fmt: skip
SLIP = "SELECT code_sealed FROM people_householdlink WHERE household_id = ?"


def state_of(one: Visitor, key: int) -> str:
    text = "SELECT state FROM distributions_distribution WHERE id = ?"
    return str(one.house.records.one(text, key))


def opened(one: Visitor, path: str) -> Any:
    one.go(path)
    return one.page.locator("main form").first


def drawn_up(keeper: Visitor) -> int:
    keeper.go("/distributions/")
    keeper.press(keeper.page.locator(f'main a[href="/distributions/at/{LU}/new/"]'))
    look(keeper)
    send(keeper, keeper.page.locator("main form"))
    found = re.search(r"/distributions/(\d+)/", keeper.page.url)
    assert found
    return int(found[1])


def opened_to_all(secretary: Visitor, key: int) -> None:
    """Nine days are too few; what was typed stays."""
    form = opened(secretary, f"/distributions/{key}/publish/")
    early, report = date.today() + timedelta(days=9), "鱼塘收租五万，修了水渠。"
    fill(secretary, form, meets_on=str(early), report=report)
    secretary.press(form.locator(".form-acts button").first)
    expect(secretary.page.locator(".field-error").first).to_be_visible()
    form = secretary.page.locator("main form").first
    expect(form.locator("[name=report]")).to_have_value(report)
    look(secretary)
    fill(secretary, form, meets_on=str(early + timedelta(days=1)))
    send(secretary, form)


def carried(secretary: Visitor, key: int) -> None:
    """The members met yesterday; the notice was given long before."""
    secretary.go(f"/assemblies/at/{LU}/new/")
    form = secretary.page.locator("main form")
    secretary.choose(form, "body", "collective_members")
    told = {"due": "60", "title": "分去年的收益", "question-0-text": "同意分配方案吗",
            "venue": "祠堂", "announced_by": "卢家支书", "meets_time": "19:30",
            "announced_on": str(date.today() - timedelta(days=13)),
            "meets_on": str(date.today() - timedelta(days=1))}  # fmt: skip
    fill(secretary, form, **told)
    form.locator("[name=announced_ways]").first.check(force=True)
    secretary.press(secretary.page.locator(".save-bar button"))
    secretary.at(r"/assemblies/\d+/")
    secretary.press(secretary.page.locator(".page-act .btn-act"))
    fill(secretary, secretary.page.locator("main form"), in_person="55")
    secretary.press(secretary.page.locator("main .btn-act"))
    secretary.press(secretary.page.locator(".ballot .btn-plain"))
    fill(secretary, secretary.page.locator("main form"), in_favour="50", against="3", abstained="2")
    secretary.press(secretary.page.locator("main .btn-act"))
    secretary.at(r"/assemblies/\d+/")
    motion = secretary.house.records.one("SELECT MAX(id) FROM assemblies_motion")
    form = opened(secretary, f"/distributions/{key}/carry/")
    fill(secretary, form, motion=str(motion))
    send(secretary, form)


def reads_and_asks(invite: Any, household: int, part: int) -> None:
    resident = invite("phone")
    (sealed,) = resident.house.records.rows(SLIP, household)[0]
    resident.go(f"/h/#{code_in(sealed)}")
    resident.at(f"/my/household/{household}/")
    expect(resident.page.locator(".why-sum-line")).to_have_count(5)
    look(resident)
    path = f"/my/household/{household}/distribution/{part}/"
    resident.press(resident.page.locator(f'main a[href="{path}"]').first)
    look(resident)
    form = resident.page.locator("main form").first
    fill(resident, form, text="我家应该多半股")
    send(resident, form)


def test_a_year_is_shared_out(invite: Any) -> None:
    keeper = invite("desk", "bookkeeper", VILLAGE)
    do(keeper.house, "prepare")
    key = drawn_up(keeper)
    secretary = invite("phone", "secretary", LU)
    opened_to_all(secretary, key)
    do(keeper.house, "pass")
    visitor = invite("phone")
    visitor.go(f"/distributions/{key}/open/")
    look(visitor)
    assert visitor.context.request.get(f"/distributions/{key}/open.csv").ok
    carried(secretary, key)
    look(secretary)

    send(keeper, opened(keeper, f"/distributions/{key}/book/"))
    rows = keeper.house.records.rows(PARTS, key)
    sums = [row[3] for row in rows]
    assert sums == apportion(5_000_001 - 500_000, [row[2] for row in rows])
    (first, household, *_rest), (last, *_more) = rows[0], rows[-1]
    form = opened(keeper, f"/distributions/portions/{last}/keep/")
    fill(keeper, form, reason="away")
    send(keeper, form)
    look(keeper)
    form = opened(keeper, f"/distributions/{key}/pay/")
    look(keeper)
    form = keeper.page.locator("main form").first
    form.locator("[name=everyone]").check(force=True)
    send(keeper, form)
    assert state_of(keeper, key) == "done"
    *paid, owed = keeper.house.records.rows(PARTS, key)
    assert all(row[4] for row in paid)
    assert (owed[4], owed[5]) == (None, "away")
    for path in (f"/distributions/{key}/", f"/distributions/portions/?distribution={key}",
                 f"/distributions/portions/{first}/", f"/distributions/{key}/papers/"):  # fmt: skip
        keeper.go(path)
        look(keeper)
    reads_and_asks(invite, household, first)
    supervisor = invite("desk", "supervisor", VILLAGE)
    supervisor.go(f"/distributions/portions/{first}/")
    look(supervisor)
    assert supervisor.context.request.get(f"/distributions/{key}/pay/").status == 403
