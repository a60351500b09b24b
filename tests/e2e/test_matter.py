"""A matter from registered to closed, and what happens when two people hold it at once."""

from typing import Any

import pytest

from .doing import (
    LU,
    LUO,
    SIX,
    bring_to_done,
    fill,
    raise_matter,
    receipt_of,
    state_of,
    step_form,
    take,
)
from .visitor import Visitor

pytestmark = pytest.mark.crossing

NEIGHBOUR = "centre_household"


def account_of(visitor: Visitor, role: str, place: str) -> str:
    return str(visitor.house.records.one(
        "SELECT account_id FROM people_grant WHERE role = ? AND place_id = ?", role, place
    ))  # fmt: skip


def test_from_registered_to_closed_by_word_of_mouth(invite: Any, width: str):
    """The secretary gives it out, the centre household does it, the resident says it is good."""
    secretary = invite(width, "secretary", LU)
    matter = raise_matter(secretary, LU, "张婆婆门口的台阶碎了", who="张婆婆")
    assert state_of(secretary, matter) == "registered"
    secretary.go("/home/")
    secretary.press(secretary.page.locator(f'main a[href="/matters/{matter}/"]').first)
    secretary.at(f"/matters/{matter}/")
    take(secretary, matter, "triage", tier="personal", urgency="ordinary", title="补门口的台阶")
    helper = account_of(secretary, NEIGHBOUR, LU)
    form = step_form(secretary, matter, "assign")
    assert form.locator("[name=assignee_name]").is_visible()
    form.locator("[name=assignee]").select_option(helper)
    assert form.locator("[name=assignee_name]").is_hidden()
    take(secretary, matter, "assign", assignee=helper, words="就在隔壁，带包水泥去")

    neighbour = invite(width, NEIGHBOUR, LU)
    neighbour.go("/home/")
    neighbour.press(neighbour.page.locator(f'#mine a[href="/matters/{matter}/"]'))
    neighbour.at(f"/matters/{matter}/")
    take(neighbour, matter, "start", words="看过了，明天补")
    take(neighbour, matter, "note-progress", words="水泥要干两天")
    take(neighbour, matter, "finish", words="补好了，加了防滑的砖")
    assert state_of(neighbour, matter) == "done"

    secretary.go(f"/matters/{matter}/")
    take(secretary, matter, "ask-back", words="上门问了，老人家试着走了两趟")
    page = secretary.page
    voice = page.locator("article.voice").first
    secretary.press(voice.locator("details summary").first)
    secretary.press(voice.locator("form.verdicts details summary"))
    voice.locator("[name=words]").fill("走得稳当")
    secretary.press(voice.locator("button[name=answer][value=satisfied]"))
    page.locator(".voice-verdict").wait_for()
    assert state_of(secretary, matter) == "asked_back", "it waits for her own word"
    spoken = page.locator(".voice-verdict")
    assert "走得稳当" in spoken.inner_text()
    assert "·" in spoken.locator(".muted").inner_text(), "not marked as given by word of mouth"
    steps = page.locator("ol.timeline > li")
    assert steps.count() == 8
    resident = invite(width)
    resident.go(f"/r/#{receipt_of(secretary, matter)}")
    resident.press(resident.page.locator(".my-verdict form button"))
    resident.page.locator(".shell-messages .notice").wait_for()
    assert state_of(secretary, matter) == "asked_back"
    resident.press(resident.page.locator("button[name=answer][value=satisfied]"))
    resident.page.locator(".shell-messages .notice").wait_for()
    assert state_of(secretary, matter) == "closed", "her own word closes it"
    secretary.go(f"/matters/{matter}/")
    assert page.locator("ol.steps-bar li").last.get_attribute("aria-current") == "step"


def test_a_second_try_on_the_same_day_does_not_count(invite: Any):
    one = invite("desk", "secretary", SIX)
    matter = raise_matter(one, SIX, "打谷机要修", "common")
    bring_to_done(one, matter)
    take(one, matter, "ask-back", words="没碰到")
    form = step_form(one, matter, "ask-back")
    fill(one, form, words="又去了一趟")
    one.press(form.locator(".form-acts button"))
    one.page.locator(".error-summary").wait_for()
    assert one.page.locator("main [name=words]").input_value() == "又去了一趟"


def test_the_second_of_two_is_told_and_her_words_are_kept(invite: Any, width: str):
    first = invite(width, "secretary", LUO)
    matter = raise_matter(first, LUO, "泵房的锁坏了", "common")
    take(first, matter, "assign", assignee_name="管泵的户")
    take(first, matter, "start")
    second = invite(width, "secretary", LUO)
    second.go(f"/matters/{matter}/finish/")
    form = second.page.locator(f'form[action="/matters/{matter}/finish/"]')
    form.locator("[name=words]").fill("我换了一把铜锁")
    take(first, matter, "note-progress", words="锁匠后天来")

    second.press(form.locator(".form-acts button"))
    second.page.locator(".error-summary").wait_for()
    assert state_of(second, matter) == "under_way"
    assert form.locator("[name=words]").input_value() == "我换了一把铜锁"
    assert "锁匠后天来" in second.page.locator("ol.timeline").inner_text()
    second.press(form.locator(".form-acts button"))
    second.page.locator(".notice-good").wait_for()
    assert state_of(second, matter) == "done"


def test_a_form_sent_again_later_takes_the_step_once(invite: Any):
    """The back button and a second sending: the step is not taken twice."""
    one = invite("desk", "secretary", LUO)
    matter = raise_matter(one, LUO, "晒场的扫把不够", "common")
    take(one, matter, "assign", assignee_name="清扫的一班人")
    take(one, matter, "start", words="明天去买")
    count = "SELECT count(*) FROM matters_matterstep WHERE matter_id = ?"
    before = one.house.records.one(count, matter)
    one.page.go_back()
    form = one.page.locator(f'form[action="/matters/{matter}/start/"]')
    if form.count():
        one.press(form.locator(".form-acts button"))
        one.page.wait_for_load_state()
    assert one.house.records.one(count, matter) == before


def test_what_names_a_person_stays_off_the_public_page(invite: Any):
    """A common matter's title is read by all: a household's name in it is refused at the field."""
    one = invite("desk", "secretary", LUO)
    matter = raise_matter(one, LUO, "有人要修灶")
    name = one.house.records.rows(
        "SELECT head_name FROM people_household WHERE hamlet_id = ? ORDER BY number LIMIT 1", LUO
    )[0][0]
    form = step_form(one, matter, "triage")
    fill(one, form, tier="common", title=f"帮{name}家修灶")
    one.press(form.locator(".form-acts button"))
    field = one.page.locator('.field:has([name="title"])')
    field.locator(".field-error").wait_for()
    assert name in field.locator(".field-error").inner_text()
    assert field.locator("[name=title]").input_value() == f"帮{name}家修灶"
    assert state_of(one, matter) == "registered"


def test_one_suggestion_needs_a_second_matter_and_another_joins(invite: Any):
    """Many to many, on the page of the suggestion."""
    one = invite("desk", "secretary", SIX)
    first = raise_matter(one, SIX, "渠上的闸门漏水", "common")
    second = raise_matter(one, SIX, "渠边还缺一块挡板")
    suggestion = one.house.records.one(
        "SELECT suggestion_id FROM matters_voice WHERE matter_id = ?", second
    )
    one.go(f"/suggestions/{suggestion}/")
    opening = one.page.locator(f'form[action="/suggestions/{suggestion}/open-matter/"]')
    one.page.locator("details", has=opening).locator("summary").click()
    opening.locator("[name=title]").fill("换一块新挡板")
    opening.locator("button").click()
    one.at(r"/matters/\d+/")
    one.go(f"/suggestions/{suggestion}/")
    joining = one.page.locator(f'form[action="/suggestions/{suggestion}/join-matter/"]')
    one.page.locator("details", has=joining).locator("summary").click()
    joining.locator("[name=matter]").select_option(str(first))
    joining.locator("button").click()
    one.at(f"/matters/{first}/")
    assert one.page.locator("article.voice").count() == 2
    statement = "SELECT count(*) FROM matters_voice WHERE suggestion_id = ?"
    assert one.house.records.one(statement, suggestion) == 3
