"""From the notice to the public result: an assembly of a group, and the chart that it stands on."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from .doing import LUO, fill

QUESTION = "每户出三个工修进湾的路"


def convened(visitor: Any, **changes: str) -> None:
    """Announce a meeting on its page."""
    visitor.go(f"/assemblies/at/{LUO}/new/")
    form = visitor.page.locator("main form")
    visitor.choose(form, "body", changes.pop("body", "group_meeting"))
    today = date.today()
    values = {
        "due": "65", "title": "修湾里的路", "question-0-text": QUESTION, "venue": "老樟树下",
        "announced_by": "罗家洲支书", "announced_on": (today - timedelta(days=9)).isoformat(),
        "meets_on": (today - timedelta(days=1)).isoformat(), "meets_time": "19:30",
    }  # fmt: skip
    fill(visitor, form, **values | changes)
    form.locator("[name=announced_ways]").first.check(force=True)
    visitor.press(visitor.page.locator(".save-bar button"))


def record(visitor: Any, came: str, votes: tuple[str, str, str]) -> None:
    """Write down who came, and count the one question."""
    page = visitor.page
    visitor.press(page.locator(".page-act .btn-act"))
    visitor.at(r"/assemblies/\d+/attendance/")
    fill(visitor, page.locator("main form"), in_person=came)
    visitor.press(page.locator("main .btn-act"))
    visitor.at(r"/assemblies/\d+/")
    visitor.press(page.locator(".ballot .btn-plain"))
    visitor.at(r"/assemblies/\d+/questions/1/")
    fill(visitor, page.locator("main form"), in_favour=votes[0], against=votes[1],
         abstained=votes[2])  # fmt: skip
    visitor.press(page.locator("main .btn-act"))
    visitor.at(r"/assemblies/\d+/")


@pytest.mark.crossing
def test_a_group_decides_and_everybody_reads_what_carried(invite: Any, width: str) -> None:
    secretary = invite(width, "secretary", LUO)
    convened(secretary)
    secretary.at(r"/assemblies/\d+/")
    record(secretary, "46", ("40", "3", "3"))
    expect(secretary.page.locator(".ballot .is-closed")).to_have_count(1)
    resident = invite(width)
    resident.go(f"/places/{LUO}/")
    decided = resident.page.locator(".ballot", has_text=QUESTION).first
    expect(decided.locator(".is-closed")).to_be_visible()


def test_too_few_came_and_both_the_page_and_the_sheet_say_so(invite: Any, width: str) -> None:
    secretary = invite(width, "secretary", LUO)
    convened(secretary, title="分集体的钱")
    secretary.at(r"/assemblies/\d+/")
    record(secretary, "43", ("43", "0", "0"))
    page = secretary.page
    expect(page.locator(".ballot .is-overdue")).to_be_visible()
    assert "44" in page.locator(".ballot-why").inner_text()
    secretary.press(page.locator('.page-act a[href$="/sheet/"]'))
    secretary.at(r"/assemblies/\d+/sheet/")
    expect(page.locator(".sheet-ballot")).to_contain_text("44")


def test_a_notice_too_short_is_refused_and_what_was_typed_stays(invite: Any, width: str) -> None:
    secretary = invite(width, "secretary", LUO)
    convened(secretary, body="villagers_meeting")
    page = secretary.page
    expect(page.locator("#id_meets_on_error")).to_be_visible()
    expect(page.locator("[name=question-0-text]")).to_have_value(QUESTION)


def test_more_votes_than_people_are_refused(invite: Any, width: str) -> None:
    secretary = invite(width, "secretary", LUO)
    convened(secretary, title="再数一回")
    secretary.at(r"/assemblies/\d+/")
    page = secretary.page
    secretary.press(page.locator(".page-act .btn-act"))
    fill(secretary, page.locator("main form"), in_person="10")
    secretary.press(page.locator("main .btn-act"))
    secretary.press(page.locator(".ballot .btn-plain"))
    fill(secretary, page.locator("main form"), in_favour="9", against="1", abstained="1")
    secretary.press(page.locator("main .btn-act"))
    expect(page.locator("#id_in_favour_error")).to_be_visible()


def test_the_chart_leads_to_the_council_and_a_seat_is_changed_there(
    invite: Any, width: str
) -> None:
    secretary = invite(width, "secretary", LUO)
    secretary.go(f"/organisation/{LUO}/")
    page = secretary.page
    assert page.locator(".chart-box.is-group").count() == 5
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".chart-box.is-council .chart-title a").click()
    secretary.at(r"/councils/\d+/")
    page.locator(".seat").last.locator("a.btn-quiet").click()
    secretary.at(r"/councils/\d+/seats/\d+/")
    box = page.locator("main form [name=shown]").first
    was = box.is_checked()
    box.set_checked(not was)
    secretary.press(page.locator("main .btn-act"))
    expect(page.locator(".notice-good")).to_be_visible()
    page.locator(".seat").last.locator("a.btn-quiet").click()
    assert page.locator("main form [name=shown]").first.is_checked() is not was


def test_a_recount_stands_when_a_second_person_has_confirmed_it(invite: Any, width: str) -> None:
    secretary = invite(width, "secretary", LUO)
    convened(secretary, title="第二天再数一遍")
    secretary.at(r"/assemblies/\d+/")
    record(secretary, "46", ("40", "3", "3"))
    page = secretary.page
    address = page.url
    secretary.press(page.locator(".ballot .btn-quiet"))
    fill(secretary, page.locator("main form"), in_favour="20", against="23", reason="两堆票数反了")
    secretary.press(page.locator("main .btn-act"))
    secretary.at(r"/assemblies/\d+/")
    expect(page.locator(".ballot .is-closed")).to_be_visible()
    expect(page.locator(".is-waiting .btn-act")).to_have_count(0)
    village = invite(width, "village_staff", LUO[:12])
    village.go(urlsplit(address).path)
    village.press(village.page.locator(".panel.is-waiting .btn-act"))
    village.press(village.page.locator("main form .btn-act"))
    expect(village.page.locator(".ballot .is-returned")).to_be_visible()
    expect(village.page.locator(".ballot .compared")).to_contain_text("40")
    assert village.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
