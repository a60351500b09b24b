"""Each kind of page as whoever sees badly, or taps with a broad finger, meets it: axe finds nothing
serious, large letters are one tap away and need no sideways swipe, targets are broad."""

from typing import Any

from .doing import LUO
from .looking import look
from .visitor import Visitor


def newest(one: Visitor, table: str, condition: str = "") -> int:
    text = f"SELECT MAX(id) FROM {table} WHERE hamlet_id = ? {condition}"
    return int(one.house.records.one(text, LUO))


def public_pages(one: Visitor) -> list[str]:
    talk = newest(one, "talks_talk", "AND state = 'recorded'")
    matter = newest(one, "matters_matter", "AND tier = 'common' AND state <> 'withdrawn'")
    return [
        "/", "/places/", "/places/42/", f"/places/{LUO}/", f"/places/{LUO}/talks/{talk}/",
        f"/places/{LUO}/matters/{matter}/", f"/places/{LUO}/say/", f"/places/{LUO}/help/", "/v/",
        "/r/", "/h/", "/sign-in/",
        "/sign-in/code/", "/privacy/", "/nowhere/",
    ]  # fmt: skip


def pages_of_the_secretary(one: Visitor) -> list[str]:
    talk, matter = newest(one, "talks_talk"), newest(one, "matters_matter")
    household = newest(one, "people_household")
    rota = newest(one, "duties_rota")
    turn = newest(one, "duties_turn", f"AND rota_id = {rota}")
    return [
        "/home/", "/my/offices/", "/talks/", f"/talks/at/{LUO}/new/?another=1", f"/talks/{talk}/",
        f"/talks/{talk}/correct/", "/matters/", f"/matters/{matter}/", "/households/",
        f"/households/{household}/", f"/coverage/{LUO}/", f"/organisation/{LUO}/", "/assemblies/",
        "/councils/", f"/announcements/at/{LUO}/new/", "/duties/", f"/duties/{rota}/",
        f"/duties/at/{LUO}/new/", f"/duties/{rota}/turns/{turn}/", *pages_of_volunteers(one),
    ]  # fmt: skip


def pages_of_volunteers(one: Visitor) -> list[str]:
    team, outing = newest(one, "volunteers_team"), newest(one, "volunteers_outing")
    who, hours = newest(one, "volunteers_volunteer"), newest(one, "volunteers_hours")
    return [
        "/outings/", f"/outings/{outing}/", f"/volunteer-teams/{team}/",
        f"/volunteer-teams/{team}/outing/", f"/volunteer-teams/{team}/poster/", "/volunteers/",
        f"/volunteers/{who}/", f"/volunteers/{who}/slip/", f"/volunteer-hours/{hours}/",
        f"/volunteer-hours/{hours}/correct/",
    ]  # fmt: skip


def look_at(one: Visitor, paths: list[str]) -> None:
    for path in paths:
        one.go(path)
        look(one)


def test_public_pages_are_for_everybody(invite: Any) -> None:
    one = invite("phone")
    look_at(one, public_pages(one))


def test_a_receipt_and_a_households_page_are_for_everybody(invite: Any) -> None:
    one = invite("phone")
    one.go("/sign-in/")
    links = one.page.locator(".rows a[href*='#']")
    slips = [str(links.nth(n).get_attribute("href")) for n in range(links.count())]
    assert len(slips) == 2
    look_at(one, slips)


def test_the_pages_of_those_who_work_are_for_everybody(invite: Any) -> None:
    one = invite("phone", "secretary", LUO)
    look_at(one, pages_of_the_secretary(one))


def test_large_letters_are_one_tap_away_on_every_page(invite: Any) -> None:
    one = invite("phone")
    for path in ("/", "/sign-in/", "/r/", f"/places/{LUO}/", "/nowhere/"):
        one.go(path)
        button = one.page.locator("[data-behaviour=text-size] >> visible=true")
        one.press(button)
        assert one.page.locator("html.elder").count() == 1, path
        one.press(button)
        assert one.page.locator("html.elder").count() == 0, path
