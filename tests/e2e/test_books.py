"""The bookkeeper opens a book, notes what came in and went out, is refused what is not there, takes
a mistake back and shuts a month; the supervisor reads it all and writes nothing."""

import re
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from genxu.core import clock

from .doing import DAI, fill
from .looking import look
from .roots import send
from .visitor import Visitor

VILLAGE = DAI[:12]
SENTENCE = "收到鱼塘今年租金"


def entries_of(one: Visitor, book: int) -> list[tuple[Any, ...]]:
    text = "SELECT id, text, amount FROM ledger_entry WHERE book_id = ? ORDER BY id"
    return list(one.house.records.rows(text, book))


def open_book(keeper: Visitor) -> int:
    keeper.go(f"/books/?place={DAI}")
    keeper.press(keeper.page.locator(f'main a[href="/books/at/{DAI}/new/"]'))
    form = keeper.page.locator("main form")
    first = clock.today().replace(day=1) - timedelta(days=1)
    fill(keeper, form, kind="collective", name="戴峰山集体账", opened_on=str(first))
    keeper.press(form.locator(".form-acts button"))
    expect(keeper.page.locator(".field-error").first).to_be_visible()  # not the first of a month
    form = keeper.page.locator("main form")
    fill(keeper, form, opened_on=str(first.replace(day=1)))
    send(keeper, form)
    found = re.search(r"/books/(\d+)/", keeper.page.url)
    assert found
    return int(found[1])


def note(keeper: Visitor, book: int, **told: str) -> Any:
    keeper.go(f"/books/{book}/money/")
    form = keeper.page.locator("main form")
    fill(keeper, form, **told)
    return form


def test_a_month_of_a_book(invite: Any) -> None:
    keeper = invite("desk", "bookkeeper", VILLAGE)
    book = open_book(keeper)
    last_month = str(clock.today().replace(day=1) - timedelta(days=1))
    look(keeper)
    send(keeper, note(keeper, book, way="in", amount="1.2万", text=SENTENCE, day=last_month,
                      account="501", who="大塘渔业公司"))  # fmt: skip
    form = note(keeper, book, way="out", amount="20000", text="付修路工钱", account="514")
    keeper.press(form.locator(".form-acts button"))
    expect(keeper.page.locator(".error-summary, .field-error").first).to_be_visible()
    form = keeper.page.locator("main form")
    expect(form.locator('[name="text"]')).to_have_value("付修路工钱")
    look(keeper)
    fill(keeper, form, amount="2000")
    send(keeper, form)
    (first, text, amount), (second, *_rest) = entries_of(keeper, book)
    assert (text, amount) == (SENTENCE, 1_200_000)

    keeper.go(f"/vouchers/{second}/")
    keeper.press(keeper.page.locator(f'main a[href="/vouchers/{second}/reverse/"]'))
    form = keeper.page.locator("main form")
    fill(keeper, form, reason="还没付")
    send(keeper, form)
    keeper.go(f"/books/{book}/close-month/")
    look(keeper)
    keeper.press(keeper.page.locator("main form .form-acts button"))
    keeper.page.locator(".notice-good").first.wait_for()
    form = note(
        keeper, book, way="in", amount="5", text="迟到的一笔", day=last_month, account="504"
    )
    keeper.press(form.locator(".form-acts button"))
    expect(keeper.page.locator(".field-error").first).to_be_visible()
    for kind in ("xlsx", "csv", "beancount"):
        assert keeper.context.request.get(f"/books/{book}/export/{kind}/").ok

    supervisor = invite("phone", "supervisor", VILLAGE)
    supervisor.go("/books/")
    supervisor.press(supervisor.page.locator(f'main a[href="/books/{book}/"]'))
    expect(supervisor.page.locator(f'main a[href="/books/{book}/money/"]')).to_have_count(0)
    look(supervisor)
    for path in (f"/vouchers/{first}/", f"/books/{book}/balances/", f"/books/{book}/accounts/102/"):
        supervisor.go(path)
        look(supervisor)
    assert supervisor.context.request.get(f"/books/{book}/money/").status == 403
