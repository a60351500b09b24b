"""A resident stands, neighbours recommend, the branch selects, the township appoints."""

import io
import zipfile
from typing import Any

import pytest
from playwright.sync_api import expect

from .doing import LUO, SIX, fill
from .roots import candidacy, links, looked_after, send
from .visitor import Visitor

pytestmark = pytest.mark.crossing

TOWNSHIP = LUO[:9]
WHY = "我住在湾中间，哪家有事喊一声就到。"


def stand(one: Visitor, household: int, code: str) -> None:
    own = f"/my/household/{household}/"
    one.go(f"/h/#{code}")
    one.at(own)
    one.press(one.page.locator(f'a[href="{own}stand/"]'))
    one.at(f"{own}stand/")
    form = one.page.locator("form.panel")
    fill(one, form, statement=WHY)
    form.locator("[name=shown]").check()
    send(one, form)
    one.at(own)
    expect(one.page.locator("#mine-title")).to_be_visible()


def recommend(one: Visitor, household: int, code: str, candidate: int) -> None:
    one.go(f"/h/#{code}")
    form = one.page.locator(f'form[action="/my/household/{household}/recommend/{candidate}/"]')
    one.press(form.locator("button"))
    expect(one.page.locator(".own-candidates .is-mine .own-mine")).to_be_visible()


def test_from_a_slip_of_paper_to_a_certificate(invite: Any, width: str) -> None:
    resident, neighbour = invite(width), invite(width)
    (household, name, code), (neighbours, _name, next_door), *_rest = links(resident, LUO)
    stand(resident, household, code)
    key, state, *_ = candidacy(resident, household)
    assert state == "nominated"

    recommend(neighbour, neighbours, next_door, key)
    neighbour.press(neighbour.page.locator('form[action$="/take-back/"] button'))
    expect(neighbour.page.locator(".own-candidates .is-mine")).to_have_count(0)
    recommend(neighbour, neighbours, next_door, key)

    secretary = invite(width, "secretary", LUO)
    secretary.go("/centre-households/?group=nominated")
    secretary.press(secretary.page.locator(f'a[href="/centre-households/{key}/"]'))
    secretary.at(f"/centre-households/{key}/")
    expect(secretary.page.locator(".centre-voices strong")).to_have_text("1")
    expect(secretary.page.locator(".centre-words")).to_have_text(WHY)
    send(secretary, secretary.page.locator(f'form[action$="/centre-households/{key}/select/"]'))
    assert candidacy(secretary, household)[1] == "selected"

    clerk = invite(width, "township_staff", TOWNSHIP)
    clerk.go(f"/centre-households/{key}/")
    send(clerk, clerk.page.locator(f'form[action$="/centre-households/{key}/appoint/"]'))
    _key, state, certificate, card = candidacy(clerk, household)
    assert state == "appointed"
    assert certificate.startswith(TOWNSHIP)
    expect(clerk.page.locator("main")).to_contain_text(certificate)

    anybody = invite(width)
    anybody.go(f"/c/{card}/")
    expect(anybody.page.locator("main")).to_contain_text(name)
    resident.go(f"/h/#{code}")
    expect(resident.page.locator("#service-title")).to_be_visible()


def test_a_refusal_is_told_to_who_stood(invite: Any, width: str) -> None:
    resident = invite(width)
    (household, _name, code), *_rest = links(resident, LUO)
    stand(resident, household, code)
    key, *_ = candidacy(resident, household)
    secretary = invite(width, "secretary", LUO)
    secretary.go(f"/centre-households/{key}/pass-over/")
    form = secretary.page.locator(f'form[action$="/centre-households/{key}/pass-over/"]')
    secretary.press(form.locator(".form-acts button").first)
    expect(form.locator(".field-error").first).to_be_visible()
    fill(secretary, form, words="这一片已经有人了，下次请您")
    send(secretary, form)
    assert candidacy(secretary, household)[1] == "not_chosen"
    resident.go(f"/h/#{code}")
    expect(resident.page.locator(f'a[href="/my/household/{household}/stand/"]')).to_be_visible()


def test_households_are_drawn_by_a_proposal(invite: Any, width: str) -> None:
    """One house is given to nobody by hand; the proposal finds it a place again."""
    one = invite(width, "secretary", SIX)
    one.go(f"/coverage/{SIX}/")
    field = one.page.locator(".house:not(.is-own)[class*=tone-] select").first.get_attribute("id")
    house = one.page.locator(f'.house:has(select[id="{field}"])')
    one.press(one.page.locator(".paint.is-nobody"))
    one.press(house.locator("[data-house-act]"))
    expect(house).to_have_class("house is-changed")
    expect(one.page.locator(".house.is-changed")).to_have_count(1)
    one.press(one.page.locator("[data-undo-stroke]"))
    expect(one.page.locator(".house.is-changed")).to_have_count(0)
    one.press(house.locator("[data-house-act]"))
    before = looked_after(one, SIX)
    one.press(one.page.locator(".coverage-foot .btn-act"))
    one.page.locator(".notice-good").wait_for()
    assert len(before - looked_after(one, SIX)) == 1

    one.press(one.page.locator("[data-propose]"))
    one.page.locator(".notice-info").wait_for()
    expect(one.page.locator(f'.house.is-changed:has(select[id="{field}"])')).to_have_count(1)
    assert looked_after(one, SIX) < before, "a proposal writes nothing"
    one.press(one.page.locator(".coverage-foot .btn-act"))
    one.page.locator(".notice-good").wait_for()
    assert looked_after(one, SIX) >= before
    expect(one.page.locator(".paint.is-nobody [data-count]")).to_have_text("0")


def test_a_batch_is_printed_in_the_background(invite: Any) -> None:
    clerk = invite("desk", "township_staff", TOWNSHIP)
    clerk.go(f"/centre-households/print/?place={TOWNSHIP}")
    form = clerk.page.locator("form:has(input[name=place])")
    clerk.press(form.locator(".form-acts .btn-act"))
    clerk.at(r"/jobs/\d+/")
    files = clerk.page.locator(".job-files a")
    expect(files.first).to_be_visible(timeout=60_000)
    found = [clerk.context.request.get(files.nth(n).get_attribute("href") or "").body()
             for n in range(files.count())]  # fmt: skip
    pages = [body for body in found if body.startswith(b"%PDF")]
    packed = [body for body in found if body.startswith(b"PK")]
    assert pages or packed
    for body in packed:
        names = zipfile.ZipFile(io.BytesIO(body)).namelist()
        assert names
        assert all(name.endswith((".pdf", ".txt", ".csv")) for name in names)
