"""A steward's day: a yes is taken at the door, the errand done, and she says what she thinks of it;
another thinks again."""

from typing import Any

from playwright.sync_api import expect

from .doing import ZHU, code_in, fill
from .roots import send
from .test_faces import look_at
from .visitor import Visitor


def errand_in(one: Visitor, state: str) -> tuple[int, int, str]:
    """The last errand of 朱家湾 in a state: its key, its household and the code of its slip."""
    key, household, sealed = one.house.records.rows(
        "SELECT e.id, e.household_id, l.code_sealed FROM services_errand e"
        " JOIN people_householdlink l ON l.household_id = e.household_id"
        " WHERE e.hamlet_id = ? AND e.state = ? ORDER BY e.id DESC",
        ZHU, state,
    )[0]  # fmt: skip
    return int(key), int(household), code_in(sealed)


def state_of(one: Visitor, errand: int) -> str:
    return str(one.house.records.one("SELECT state FROM services_errand WHERE id = ?", errand))


def test_from_the_yes_at_the_door_to_her_word(invite: Any, width: str) -> None:
    steward = invite("phone", "steward", ZHU)
    key, household, code = errand_in(steward, "asked")
    steward.go("/services/day/")
    steward.press(steward.page.locator(f'main a[href="/errands/{key}/"]').first)
    steward.at(f"/errands/{key}/")
    form = steward.page.locator(f'form[action="/errands/{key}/authorise/"]')
    fill(steward, form, heard_how="voice")
    steward.press(form.locator(".form-acts button"))
    expect(steward.page.locator(".field-error")).to_be_visible()  # his own ears do not count
    form = steward.page.locator("main form")
    fill(steward, form, heard_how="thumb")
    send(steward, form)
    form = steward.page.locator(f'form[action="/errands/{key}/finish/"]')
    fill(steward, form, receipt="鄂0001")
    send(steward, form)
    assert state_of(steward, key) == "done"

    resident = invite(width)
    resident.go(f"/h/#{code}")
    resident.at(f"/my/household/{household}/")
    word = resident.page.locator(f'form[action="/my/household/{household}/services/{key}/word/"]')
    resident.press(word.locator("button.verdict").nth(1))
    expect(resident.page.locator(".notice-good").first).to_be_visible()
    assert state_of(resident, key) == "closed"


def test_she_thinks_again_with_one_tap(invite: Any, width: str) -> None:
    resident = invite(width)
    key, household, code = errand_in(resident, "authorised")
    resident.go(f"/h/#{code}")
    form = resident.page.locator(f'form[action$="/services/{key}/withdraw/"]')
    resident.press(form.locator("button"))
    resident.press(resident.page.locator("dialog[open] .btn-act"))
    expect(resident.page.locator(".notice-good").first).to_be_visible()
    assert state_of(resident, key) == "withdrawn"
    resident.press(resident.page.locator('main a[href$="/services/ask/"]'))
    resident.at(f"/my/household/{household}/services/ask/")
    form = resident.page.locator("main form.panel")
    form.locator("label.choice").nth(2).click()
    resident.press(form.locator(".form-acts button"))
    expect(resident.page.locator(".notice-good").first).to_be_visible()


def test_the_pages_of_stewards_are_for_everybody(invite: Any) -> None:
    steward = invite("phone", "steward", ZHU)
    key, household, code = errand_in(steward, "done")
    own = ["/services/day/", "/services/", "/errands/", f"/errands/{key}/", "/certifications/",
           f"/errands/at/{ZHU}/new/", "/home/"]  # fmt: skip
    look_at(steward, own)
    secretary = invite("phone", "secretary", ZHU)
    posting = secretary.house.records.one("SELECT MIN(id) FROM services_posting")
    kept = ["/stewards/", f"/stewards/{posting}/", f"/stewards/{posting}/link/",
            "/stewards/links/", f"/stewards/at/{ZHU}/new/",
            f"/certifications/at/{ZHU}/new/"]  # fmt: skip
    look_at(secretary, kept)
    resident = invite("phone")
    resident.go(f"/h/#{code}")
    page = f"/my/household/{household}/"
    look_at(resident, [page, f"{page}services/ask/", f"/places/{ZHU}/"])
