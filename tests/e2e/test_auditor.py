"""The auditor searches the journal and verifies it."""

from typing import Any

from .doing import LIANG, raise_matter
from .looking import look


def test_the_journal_is_searched_and_found_sound(invite: Any, width: str):
    secretary = invite("desk", "secretary", LIANG)
    matter = raise_matter(secretary, LIANG, "礼堂的门轴响", "common")
    one = invite(width, "auditor", "4212")
    one.go("/home/")
    one.at("/journal/")
    look(one)
    page = one.page
    form = page.locator("form.filters")
    form.locator("[name=place]").fill(LIANG)
    form.locator("[name=words]").fill("记一场夜话")
    one.press(form.locator(".filters-search button"))
    page.wait_for_url("**/journal/?*words=*")
    page.locator("a.filters-clear").wait_for()
    rows = page.locator("table.journal-table tbody tr")
    assert rows.count() >= 1
    for row in range(rows.count()):
        assert LIANG in rows.nth(row).inner_text()
    assert form.locator("[name=words]").input_value() == "记一场夜话"
    assert "礼堂的门轴响" not in page.content()
    form.locator("[name=since]").fill("2001-01-01")
    form.locator("[name=until]").fill("2001-12-31")
    one.press(form.locator(".filters-search button"))
    page.wait_for_url("**/journal/?*until=2001-12-31*")
    assert page.locator("main .empty").is_visible()
    page.go_back()
    page.wait_for_url("**/journal/?*words=*")
    rows.first.wait_for()
    one.press(page.locator("a.filters-clear"))
    one.at("/journal/")
    one.press(page.locator('form[action="/journal/verify/"] button'))
    one.at(r"/jobs/\d+/")
    page.locator(".notice-good").wait_for()
    look(one)
    assert page.locator(".digest").inner_text().strip()
    assert one.go(f"/matters/{matter}/").status == 403
