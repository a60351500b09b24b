"""The resident and her slip: no log-in, plain words, one tap; and a bad word takes it up again."""

from typing import Any

import pytest

from .doing import (
    DAI,
    ZHU,
    bring_to_done,
    print_receipts,
    raise_matter,
    receipt_of,
    record,
    state_of,
    take,
)
from .qr import decode
from .visitor import Visitor

MINE = r"/my/receipt/\d+/"


def open_by_typing(visitor: Visitor, code: str) -> None:
    visitor.go("/r/")
    open_form(visitor, code)


def open_form(visitor: Visitor, code: str) -> None:
    form = visitor.page.locator("main form")
    form.locator("[name=code]").fill(code)
    visitor.press(form.locator("button"))


def tap(visitor: Visitor, answer: str) -> None:
    visitor.press(visitor.page.locator(f"button[name=answer][value={answer}]"))
    visitor.page.locator(".shell-messages .notice").wait_for()


@pytest.mark.crossing
def test_one_tap_reopens_and_one_tap_closes(invite: Any, width: str):
    secretary = invite(width, "secretary", DAI)
    matter = raise_matter(secretary, DAI, "村口的路灯不亮", "common", "戴阿婆")
    code = receipt_of(secretary, matter)
    resident = invite(width)
    open_by_typing(resident, f" {code[:5].lower()} {code[5:].lower()} ")
    resident.at(MINE)
    page = resident.page
    assert "村口的路灯不亮" in page.locator(".said-text").inner_text()
    assert page.locator("button[name=answer]").count() == 0
    assert page.locator("ol.timeline li").count() == 2

    bring_to_done(secretary, matter)
    page.reload()
    assert "换了两盏灯，试亮了三晚" in page.locator("main").inner_text()
    assert page.locator("button[name=answer]").count() == 5
    tap(resident, "very_dissatisfied")
    resident.at(MINE)
    assert state_of(resident, matter) == "under_way"
    assert page.locator("button[name=answer]").count() == 0

    secretary.go(f"/matters/{matter}/")
    assert secretary.page.locator("ol.timeline .is-bad").count() == 1
    take(secretary, matter, "finish", words="重新接了线，守到半夜都亮")
    page.reload()
    resident.press(page.locator("form.verdicts details summary"))
    page.locator("[name=words]").fill("这回亮堂")
    tap(resident, "satisfied")
    assert state_of(resident, matter) == "closed"
    assert "这回亮堂" in page.locator(".my-verdict .voice-verdict").inner_text()
    assert page.locator("button[name=answer]").count() == 0
    verdicts = resident.house.records.rows(
        "SELECT answer, by_voice FROM matters_verdict WHERE matter_id = ? ORDER BY id", matter
    )
    assert [(answer, bool(voice)) for answer, voice in verdicts] == [
        ("very_dissatisfied", False), ("satisfied", False)
    ]  # fmt: skip


def test_a_second_tap_is_told_kindly(invite: Any):
    """Two windows, one verdict."""
    secretary = invite("desk", "secretary", ZHU)
    matter = raise_matter(secretary, ZHU, "广场的水龙头关不紧", "common")
    code = receipt_of(secretary, matter)
    bring_to_done(secretary, matter)
    first, second = invite("phone"), invite("phone")
    first.go(f"/r/#{code}")
    second.go(f"/r/#{code}")
    tap(first, "very_satisfied")
    tap(second, "dissatisfied")
    assert second.page.locator(".notice-warn").is_visible()
    assert state_of(second, matter) == "closed"


def test_a_wrong_code_is_kept_and_named(invite: Any, width: str):
    one = invite(width)
    one.go("/")
    box = one.page.locator('form[action="/r/"]')
    box.locator("[name=code]").fill("ABCDE-FGHJK")
    one.press(box.locator("button"))
    one.at("/r/")
    assert one.page.locator("#code-error").is_visible()
    assert one.page.locator("[name=code]").input_value() == "ABCDE-FGHJK"


def test_guessing_is_slowed_down(invite: Any, house: Any):
    """Its own server: the brake holds for an address, and all of us here share one."""
    door = house.second_door()
    try:
        one = invite("phone", house=door)
        for n in range(40):
            one.go("/r/")
            with one.page.expect_navigation() as gone:
                open_form(one, f"ABCDEFGH{n:02d}")
            answer = gone.value
            if answer.status == 429:
                break
            assert answer.status == 404
        assert answer.status == 429
        assert one.page.locator(".error-page h1").is_visible()
        assert one.go("/places/").status == 200
    finally:
        door.close()


def test_the_code_on_the_slip_leads_to_the_receipt(invite: Any):
    """A camera's view of it: the square as it is drawn, read without any help of ours."""
    one = invite("desk", "secretary", ZHU)
    talk = record(one, ZHU, {"text": "把池塘的网补好"})
    print_receipts(one, talk)
    address = decode(one.page.locator("svg.qr").first.screenshot(scale="css"))
    resident = invite("phone")
    assert resident.go(address).status == 200
    resident.at(MINE)
    assert "把池塘的网补好" in resident.page.locator(".said-text").inner_text()


def test_a_lent_phone_forgets_the_slip(invite: Any, width: str):
    secretary = invite(width, "secretary", ZHU)
    matter = raise_matter(secretary, ZHU, "桥头的栏杆松了", "common")
    phone = invite(width)
    open_by_typing(phone, receipt_of(secretary, matter))
    phone.at(MINE)
    address = phone.page.url
    phone.press(phone.page.locator(".close-page button"))
    phone.at("/r/")
    phone.go(address)
    phone.at("/r/")
    assert phone.page.locator("[name=code]").is_visible()


def test_a_code_read_out_is_marked_and_a_new_one_is_not(invite: Any, width: str):
    """She has lost her slip; the secretary reads it out, and then makes her a new one."""
    secretary = invite(width, "secretary", DAI)
    matter = raise_matter(secretary, DAI, "祠堂的门坏了", "common", "戴阿婆")
    bring_to_done(secretary, matter)
    page = secretary.page
    secretary.press(page.locator(".voice-head a").first)
    secretary.at(r"/suggestions/\d+/")
    back = page.url
    form = page.locator('form[action$="/receipt/"]')
    secretary.choose(form, "why", "read_out")
    secretary.press(form.locator(".form-acts button"))
    read = page.locator(".read-out .code-big").inner_text()
    resident = invite(width)
    open_by_typing(resident, read)
    resident.at(MINE)
    assert resident.page.locator(".notice-info").is_visible()

    secretary.go(back)
    secretary.press(page.locator('form[action$="/replace-receipt/"] button'))
    secretary.press(page.locator("dialog[open] .btn-act"))
    page.locator(".notice-good").wait_for()
    resident.page.reload()
    resident.at("/r/")
    open_by_typing(resident, receipt_of(secretary, matter))
    resident.at(MINE)
    assert resident.page.locator(".notice-info").count() == 0


def test_who_is_signed_in_only_reads_a_receipt(invite: Any, width: str):
    """On her own telephone the secretary opens the link that a resident has sent her."""
    secretary = invite(width, "secretary", DAI)
    matter = raise_matter(secretary, DAI, "井台滑", "common", "戴阿婆")
    code = receipt_of(secretary, matter)
    bring_to_done(secretary, matter)
    secretary.go(f"/r/#{code}")
    secretary.at(MINE)
    page = secretary.page
    assert page.locator("main .notice-warn").is_visible()
    assert page.locator("button[name=answer]").count() == 0
    assert code not in page.content()


def test_the_link_of_a_receipt_is_copied(invite: Any, width: str):
    secretary = invite(width, "secretary", ZHU)
    matter = raise_matter(secretary, ZHU, "渠口的闸要上油", "common")
    code = receipt_of(secretary, matter)
    resident = invite(width)
    resident.go(f"/r/#{code}")
    resident.at(MINE)
    assert "#" not in resident.page.url
    link = resident.page.locator(".share-link input").input_value()
    assert link.endswith(f"/r/#{code}")
    other = invite(width)
    other.go(link)
    other.at(MINE)
