"""A step taken by mistake is taken back with one tap, with a script and without; going back in the
browser offers nothing that was saved already."""

from typing import Any

from playwright.sync_api import expect

from .doing import (
    FACTS,
    SIX,
    bring_to_done,
    fill,
    new_talk,
    raise_matter,
    record_form,
    save,
    saved_talk,
    state_of,
)


def test_a_step_is_taken_back_with_one_tap(invite: Any, width: str):
    one = invite(width, "secretary", SIX)
    matter = raise_matter(one, SIX, "井盖松了", "common")
    bring_to_done(one, matter)
    button = one.page.locator("form.take-back button")
    assert "10" in button.inner_text() or "9" in button.inner_text()
    with one.page.expect_navigation():
        one.press(button)
    assert state_of(one, matter) == "under_way"
    assert one.page.locator("form.take-back").count() == 0


def test_the_offer_goes_by_itself(invite: Any):
    one = invite("phone", "secretary", SIX)
    matter = raise_matter(one, SIX, "井盖又松了", "common")
    bring_to_done(one, matter)
    one.page.locator("form.take-back").wait_for(state="detached", timeout=30_000)
    assert state_of(one, matter) == "done"


def test_it_needs_no_script(invite: Any):
    one = invite("phone", "secretary", SIX, java_script_enabled=False)
    matter = raise_matter(one, SIX, "井盖不见了", "common")
    bring_to_done(one, matter)
    with one.page.expect_navigation():
        one.press(one.page.locator("form.take-back button"))
    one.page.locator(".notice-good").wait_for()
    assert state_of(one, matter) == "under_way"


def test_back_after_saving_does_not_offer_the_form_filled_again(invite: Any, width: str):
    one = invite(width, "secretary", SIX)
    one.go(new_talk(SIX))
    fill(one, record_form(one), **FACTS, **{"said-0-text": "只说一遍"})
    save(one)
    saved_talk(one)
    one.page.go_back()
    form = record_form(one)
    expect(form.locator("[name=topic]")).to_have_value("")
    expect(form.locator("[name=said-0-text]")).to_have_value("")
    assert one.page.locator(".draft-notice").count() == 0


def test_today_s_talk_is_shown_before_a_second_one(invite: Any, width: str):
    one = invite(width, "secretary", SIX)
    one.go(new_talk(SIX))
    fill(one, record_form(one), **FACTS)
    save(one)
    talk = saved_talk(one)
    one.go(f"/talks/at/{SIX}/new/")
    assert one.page.locator(f'a[href="/talks/{talk}/"]').count() == 2
    one.press(one.page.locator(".form-acts a.btn-plain"))
    expect(record_form(one)).to_be_visible()
