"""A room of the hamlet: booked by a household's code, a phone call noted down, a funeral that asks
a wedding to move and its yes; things handed over and back; what everybody reads."""

from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import expect

from tests.cast import CST

from .doing import LUO, code_in, fill
from .roots import send
from .test_faces import look_at
from .visitor import Visitor

HALL = "SELECT id FROM venues_venue WHERE hamlet_id = ?"
ROOM = "SELECT MIN(id) FROM venues_room WHERE venue_id = ?"
SLIPS = ("SELECT h.id, l.code_sealed FROM people_household h JOIN people_householdlink l"
         " ON l.household_id = h.id WHERE h.hamlet_id = ? AND h.left_on IS NULL AND h.id NOT IN"
         " (SELECT household_id FROM bookings_booking WHERE household_id IS NOT NULL)"
         " ORDER BY h.number")  # fmt: skip
LAST = "SELECT MAX(id) FROM bookings_booking WHERE hamlet_id = ?"


def day(ahead: int) -> str:
    return (datetime.now(CST).date() + timedelta(days=ahead)).isoformat()


def state_of(one: Visitor, booking: int) -> str:
    return str(one.house.records.one("SELECT state FROM bookings_booking WHERE id = ?", booking))


def booked(one: Visitor) -> int:
    return int(str(one.house.records.one(LAST, LUO)))


def tick_room(one: Visitor, form: Any, room: object) -> None:
    box = form.locator(f'input[name="rooms"][value="{room}"]')
    one.press(form.locator(f'label[for="{box.get_attribute("id")}"]'))


def ask_for(one: Visitor, room: object, **values: str) -> None:
    form = one.page.locator("main form.form").first
    fill(one, form, **values)
    tick_room(one, form, room)


def press_act(one: Visitor) -> None:
    one.press(one.page.locator("main form.form .form-acts button").first)


def test_a_wedding_makes_way_for_a_funeral(invite: Any) -> None:
    resident = invite("phone")
    records = resident.house.records
    hall = records.one(HALL, LUO)
    room = records.one(ROOM, hall)
    household, sealed = records.rows(SLIPS, LUO)[0]
    resident.go(f"/h/#{code_in(sealed)}")
    resident.at(f"/my/household/{household}/")
    resident.press(
        resident.page.locator(f'a[href="/my/household/{household}/bookings/new/{hall}/"]')
    )
    ask_for(resident, room, purpose="wedding", begins_on=day(40), begins_at="10:00",
            ends_at="09:00")  # fmt: skip
    press_act(resident)
    expect(resident.page.locator(".field-error").first).to_be_visible()  # it ends before it begins
    fill(resident, resident.page.locator("main form.form"), ends_at="15:00")
    press_act(resident)
    resident.at(f"/my/household/{household}/")
    wedding = booked(resident)
    assert state_of(resident, wedding) == "booked"

    secretary = invite("desk", "secretary", LUO)
    secretary.go(f"/venues/{hall}/book/?day={day(40)}")
    ask_for(secretary, room, purpose="funeral", who="罗家老人", begins_at="08:00", ends_at="20:00")
    press_act(secretary)
    expect(secretary.page.locator(".field-error").first).to_contain_text("10:00–15:00")
    form = secretary.page.locator("main form.form")
    assert form.locator("[name=who]").input_value() == "罗家老人"
    form.locator("label.check", has=secretary.page.locator("[name=asks]")).click()
    press_act(secretary)
    secretary.at(r"/bookings/\d+/")
    funeral = booked(secretary)
    assert state_of(secretary, funeral) == "waiting"
    look_at(secretary, [f"/bookings/{wedding}/", f"/bookings/{funeral}/", "/bookings/", "/home/",
                        f"/venues/{hall}/", f"/venues/{hall}/month/"])  # fmt: skip

    resident.go(f"/my/household/{household}/")
    yes = f"/my/household/{household}/bookings/{wedding}/yes/"
    look_at(resident, [f"/my/household/{household}/"])
    resident.press(resident.page.locator(f'a[href="{yes}"]'))
    look_at(resident, [yes])
    resident.press(resident.page.locator("main form.form label.choice").first)
    press_act(resident)
    resident.at(f"/my/household/{household}/")
    assert state_of(resident, funeral) == "booked"

    visitor = invite("phone")
    month = day(40)[:7]
    look_at(visitor, [f"/places/{LUO}/venues/{hall}/", f"/places/{LUO}/"])
    visitor.go(f"/places/{LUO}/venues/{hall}/?month={month}")
    expect(visitor.page.locator(".month")).to_contain_text("08:00–20:00")
    assert "罗家老人" not in visitor.page.content()
    feed = visitor.context.request.get(f"/places/{LUO}/venues/{hall}/{room}.ics")
    assert feed.ok
    assert "罗家老人" not in feed.text()


def test_things_are_handed_over_and_come_back(invite: Any) -> None:
    secretary = invite("phone", "secretary", LUO)
    records = secretary.house.records
    hall = records.one(HALL, LUO)
    room = records.one(ROOM, hall)
    secretary.go(f"/venues/{hall}/book/")
    ask_for(secretary, room, purpose="other", who="1", begins_on=day(-1), begins_at="08:00",
            ends_at="11:00")  # fmt: skip
    press_act(secretary)
    secretary.at(r"/bookings/\d+/")
    key = booked(secretary)
    secretary.press(secretary.page.locator(f'main a[href="/bookings/{key}/hand-over/"]'))
    form = secretary.page.locator("main form.form")
    form.locator("[name^=thing_]").first.fill("5")
    send(secretary, form)
    secretary.press(secretary.page.locator(f'main a[href="/bookings/{key}/hand-back/"]'))
    form = secretary.page.locator("main form.form")
    form.locator("[name^=thing_]").first.fill("4")
    send(secretary, form)
    form = secretary.page.locator(f'form[action="/bookings/{key}/hold/"]')
    fill(secretary, form, head_count="0")
    send(secretary, form)
    assert state_of(secretary, key) == "held"
    assert secretary.context.request.get(f"/bookings/{key}/slip.pdf").ok
    assert secretary.context.request.get(f"/venues/{hall}/month.pdf").ok
    look_at(secretary, [f"/bookings/{key}/", f"/venues/{hall}/book/", "/venues/",
                        f"/venues/at/{LUO}/new/", f"/venues/{hall}/tick/"])  # fmt: skip
