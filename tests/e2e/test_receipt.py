"""The resident and her slip: no log-in, plain words, one tap; and a bad word takes it up again."""

from typing import Any

from .doing import DAI, ZHU, bring_to_done, raise_matter, receipt_of, record, state_of, take
from .qr import decode
from .visitor import Visitor


def open_by_typing(visitor: Visitor, code: str) -> None:
    visitor.go("/r/")
    form = visitor.page.locator("main form")
    form.locator("[name=code]").fill(code)
    visitor.press(form.locator("button"))


def tap(visitor: Visitor, answer: str) -> None:
    visitor.press(visitor.page.locator(f"button[name=answer][value={answer}]"))
    visitor.page.locator(".shell-messages .notice").wait_for()


def test_one_tap_reopens_and_one_tap_closes(invite: Any, width: str):
    secretary = invite(width, "secretary", DAI)
    matter = raise_matter(secretary, DAI, f"村口的路灯不亮 {width}", "common", "戴阿婆")
    code = receipt_of(secretary, matter)
    resident = invite(width)
    open_by_typing(resident, f" {code[:5].lower()} {code[5:].lower()} ")
    resident.at(f"/r/{code}/")
    page = resident.page
    assert "村口的路灯不亮" in page.locator(".said-text").inner_text()
    assert page.locator("button[name=answer]").count() == 0
    assert page.locator("ol.timeline li").count() == 2

    bring_to_done(secretary, matter)
    page.reload()
    assert "换了两盏灯，试亮了三晚" in page.locator("main").inner_text()
    assert page.locator("button[name=answer]").count() == 5
    tap(resident, "very_dissatisfied")
    resident.at(f"/r/{code}/")
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
    assert "这回亮堂" in page.locator(".voice-verdict").inner_text()
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
    first.go(f"/r/{code}/")
    second.go(f"/r/{code}/")
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
            answer = one.go(f"/r/?code=ABCDEFGH{n:02d}")
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
    one.go(f"/talks/{talk}/receipts/")
    address = decode(one.page.locator("svg.qr").first.screenshot(scale="css"))
    resident = invite("phone")
    assert resident.go(address).status == 200
    assert "把池塘的网补好" in resident.page.locator(".said-text").inner_text()
