"""The secretary records a talk on the one screen, and nothing that she typed is ever lost."""

from datetime import timedelta
from typing import Any

import pytest

from genxu.core import clock
from genxu.core.codes import grouped

from .doing import (
    DAI,
    FACTS,
    LIANG,
    LUO,
    SIX,
    ZHU,
    add_suggestion,
    code_in,
    fill,
    matter_of,
    new_talk,
    picture,
    print_receipts,
    raise_matter,
    record,
    record_form,
    save,
    saved_talk,
    state_of,
)
from .visitor import Visitor

RARE = "🌾 𠮷老的水缸裂了，帮忙箍一下"


def talks_in(visitor: Visitor, hamlet: str) -> int:
    statement = "SELECT count(*) FROM talks_talk WHERE hamlet_id = ?"
    return int(visitor.house.records.one(statement, hamlet))


@pytest.mark.crossing
def test_one_screen_makes_minutes_matters_receipts_and_the_next_agenda(invite: Any, width: str):
    """The whole evening: a household, a resident, nobody, and one who wants the same."""
    one = invite(width, "secretary", LUO)
    earlier = raise_matter(one, LUO, "塘边的护栏松了", "common")
    one.go("/home/")
    one.press(one.page.locator(f'main a[href="/talks/at/{LUO}/new/"]').first)
    one.at(f"/talks/at/{LUO}/new/")
    one.press(one.page.locator(".form-acts a.btn-plain"))  # there was one today: another one
    form = record_form(one)
    form.wait_for()
    fill(one, form, **FACTS)
    household = one.page.locator("#households option").nth(3).get_attribute("value")

    form.locator("[name=said-0-text]").fill("晒谷场边的路灯坏了两盏")
    form.locator("[name=said-0-who]").fill(household)
    assert form.locator("[name=said-0-who]").get_attribute("list") == "households"
    one.choose(form, "said-0-response", "taken_up")
    one.choose(form, "said-0-tier", "common")
    add_suggestion(one, 1)
    form.locator("[name=said-1-text]").fill(RARE)
    form.locator("[name=said-1-who]").fill("𠮷三嫂")
    one.choose(form, "said-1-response", "answered")
    form.locator("[name=said-1-reply]").fill("散会就去，明早再看一遍 👍")
    add_suggestion(one, 2)
    form.locator("[name=said-2-text]").fill("公家出钱给我屋装空调")
    one.choose(form, "said-2-response", "declined")
    form.locator("[name=said-2-reply]").fill("没有这项钱，各家的电器各家管")
    add_suggestion(one, 3)
    form.locator("[name=said-3-text]").fill("护栏的事我也要讲")
    form.locator("[name=said-3-joins]").select_option(str(earlier))
    assert form.locator("[name=said-3-tier]").first.is_hidden()
    form.locator("[name=photos]").set_input_files(picture())
    save(one)

    talk = saved_talk(one)
    page = one.page
    assert page.locator("article.said").count() == 4
    assert page.locator("article.said").nth(1).locator(".said-text").inner_text() == RARE
    assert page.locator("article.said").nth(3).locator(f'a[href="/matters/{earlier}/"]').count()
    shown = page.locator(".photos img")
    shown.scroll_into_view_if_needed()
    assert (
        shown.evaluate("async image => { await image.decode(); return image.naturalWidth }") == 64
    )
    matter = matter_of(one, talk)
    assert state_of(one, matter) == "triaged"
    assert household.split("(")[0].strip() in page.locator("article.said h2").first.inner_text()

    one.press(page.locator(f'a[href="/talks/{talk}/minutes/"]'))
    one.at(f"/talks/{talk}/minutes/")
    minutes = page.locator("article.minutes").inner_text()
    assert RARE in minutes
    assert "塘边的护栏松了" in minutes.split("晒谷场边的路灯坏了两盏")[0]
    print_receipts(one, talk)
    assert page.locator("article.slip svg.qr").count() == 4
    receipts = one.house.records.rows(
        "SELECT s.code_sealed FROM matters_suggestion s"
        " JOIN talks_raised r ON r.suggestion_id = s.id WHERE r.talk_id = ? ORDER BY r.position",
        talk,
    )
    slips = page.locator("article.slip .code-big").all_inner_texts()
    assert slips == [grouped(code_in(sealed)) for (sealed,) in receipts]

    one.go(new_talk(LUO))
    one.press(page.locator("details.fold summary").first)
    agenda = page.locator("details.fold .rows").first.inner_text()
    assert "晒谷场边的路灯坏了两盏" in agenda
    assert "塘边的护栏松了" in agenda
    assert RARE not in agenda


def test_what_was_typed_is_there_when_she_comes_back(invite: Any, width: str):
    one = invite(width, "secretary", DAI)
    one.go(new_talk(DAI))
    form = record_form(one)
    fill(one, form, topic="戴家塘清淤", head_count="31", venue="祠堂")
    form.locator("[name=said-0-text]").fill("塘泥起上来放哪里？")
    one.choose(form, "said-0-response", "answered")
    form.locator("[name=said-0-reply]").fill("放菜园，谁要谁挑")
    add_suggestion(one, 1)
    form.locator("[name=said-1-text]").fill("第二句还没写完")
    client = form.locator("[name=client_id]").input_value()
    one.go("/home/")
    one.go(new_talk(DAI))
    one.page.locator(".draft-notice").wait_for()
    form = record_form(one)
    assert form.locator("[name=topic]").input_value() == "戴家塘清淤"
    assert form.locator("[name=said-0-reply]").input_value() == "放菜园，谁要谁挑"
    assert form.locator("[name=said-1-text]").input_value() == "第二句还没写完"
    assert form.locator("[name=said-1-response][value=taken_up]").is_checked()
    assert form.locator("[name=client_id]").input_value() == client
    save(one)
    saved_talk(one)
    one.go(new_talk(DAI))
    assert record_form(one).locator("[name=topic]").input_value() == ""
    assert one.page.locator(".draft-notice").count() == 0


def wrong(visitor: Visitor, name: str) -> str:
    """The sentence at a field."""
    field = visitor.page.locator(f'.field:has([name="{name}"])').last
    return str(field.locator(".field-error").inner_text()).strip()


def test_each_refusal_is_at_its_field_and_nothing_typed_is_lost(invite: Any, width: str):
    one = invite(width, "secretary", ZHU)
    before = talks_in(one, ZHU)
    one.go(new_talk(ZHU))
    form = record_form(one)
    tomorrow = (clock.today() + timedelta(days=400)).isoformat()
    long = "长" * 10_000
    fill(one, form, topic="什么都填错", held_on=tomorrow, head_count="-1", venue="塘边")
    form.locator("[name=said-0-text]").fill(long)
    add_suggestion(one, 1)
    form.locator("[name=said-1-who]").fill("只写了名字")
    no_picture = {"name": "账本.png", "mimeType": "image/png", "buffer": b"not a picture"}
    form.locator("[name=photos]").set_input_files(no_picture)
    save(one)
    one.page.locator(".error-summary").wait_for()
    for name in ("held_on", "head_count", "photos", "said-0-text", "said-1-text"):
        assert wrong(one, name), name
    assert "账本.png" in wrong(one, "photos")
    form = record_form(one)
    for name, typed in {
        "topic": "什么都填错", "held_on": tomorrow, "head_count": "-1", "venue": "塘边",
        "said-0-text": long, "said-1-who": "只写了名字",
    }.items():  # fmt: skip
        assert form.locator(f'[name="{name}"]').input_value() == typed
    link = one.page.locator(".error-summary a[href='#id_said-1-text']")
    one.press(link)
    assert form.locator("[name=said-1-text]").evaluate("field => field === document.activeElement")

    fill(one, form, held_on=clock.today().isoformat(), head_count="12")
    form.locator("[name=said-0-text]").fill("借湾里的音响办喜事")
    form.locator("[name=said-1-text]").fill("喇叭莫响太晚")
    one.choose(form, "said-0-response", "declined")
    save(one)
    one.page.locator('.error-summary a[href="#id_said-0-reply"]').wait_for()
    assert wrong(one, "said-0-reply")
    form = record_form(one)
    assert form.locator("[name=said-0-reply]").is_visible()
    assert form.locator("[name=said-0-text]").input_value() == "借湾里的音响办喜事"
    assert form.locator("[name=said-1-who]").input_value() == "只写了名字"
    assert talks_in(one, ZHU) == before

    form.locator("[name=said-0-reply]").fill("音响坏了，修好再借")
    save(one)
    saved_talk(one)
    assert talks_in(one, ZHU) == before + 1


def test_a_text_that_is_too_long_is_refused_and_not_cut(invite: Any):
    """Pasted from elsewhere, its end would be gone without a word."""
    one = invite("desk", "secretary", ZHU)
    one.go(new_talk(ZHU))
    field = record_form(one).locator("[name=said-0-text]")
    field.focus()
    one.page.keyboard.insert_text("长" * 2_500)
    kept = len(field.input_value())
    assert kept == 2_500


def test_two_clicks_on_save_make_one_talk(invite: Any):
    one = invite("desk", "secretary", LIANG)
    before = talks_in(one, LIANG)
    one.go(new_talk(LIANG))
    fill(one, record_form(one), **FACTS, **{"said-0-text": "球场的灯早点关"})
    one.page.locator(".save-bar button").dblclick()
    saved_talk(one)
    assert talks_in(one, LIANG) == before + 1


@pytest.mark.crossing
def test_the_same_form_sent_from_two_windows_makes_one_talk(invite: Any):
    """No script can prevent this one; the number of the sending does."""
    one = invite("desk", "secretary", LIANG)
    before = talks_in(one, LIANG)
    one.go(new_talk(LIANG))
    fill(one, record_form(one), **FACTS, **{"said-0-text": "发两遍也只记一遍"})
    sent = one.page.evaluate(
        """async () => {
            const form = document.querySelector("form[data-draft-key]");
            const send = () => fetch(location.href, {method: "POST", body: new FormData(form)});
            return (await Promise.all([send(), send()])).map(answer => answer.url);
        }"""
    )
    assert sent[0] == sent[1]
    assert talks_in(one, LIANG) == before + 1


def test_the_screen_works_without_scripts(invite: Any, width: str):
    one = invite(width, "secretary", SIX, java_script_enabled=False)
    talk = record(one, SIX, {"text": "没有脚本也能记", "who": "王大爷", "tier": "personal"})
    assert state_of(one, matter_of(one, talk)) == "triaged"


def test_by_keyboard_alone(invite: Any):
    """Tab goes through the fields in their order and ends at the button that saves."""
    one = invite("desk", "secretary", SIX)
    one.go(new_talk(SIX))
    keyboard = one.page.keyboard
    typed = {**FACTS, "said-0-text": "键盘也行", "said-0-who": "李四"}
    order: list[str] = []
    for _press in range(80):
        keyboard.press("Tab")
        name = one.page.evaluate(
            "() => { const now = document.activeElement;"
            " return now.name || (now.closest('.save-bar') ? 'SAVE' : '') }"
        )
        if name and (not order or order[-1] != name):
            order.append(name)
            if name in typed and name != "venue":
                keyboard.insert_text(typed[name])
            elif name == "venue":
                keyboard.press("Control+A")
                keyboard.insert_text(typed[name])
        if name == "SAVE":
            break
    form = ["topic", "held_on", "head_count", "venue", "host", "recorder",
            "said-0-text", "said-0-who", "said-0-response"]  # fmt: skip
    assert [name for name in order if name in form] == form
    assert order[-1] == "SAVE"
    keyboard.press("Enter")
    saved_talk(one)
    assert one.page.locator(".said-text").inner_text() == "键盘也行"


def test_minutes_and_receipts_go_on_paper(invite: Any):
    one = invite("desk", "secretary", SIX)
    talk = record(one, SIX, {"text": "印在纸上"}, {"text": "再印一条"})
    one.page.add_init_script("window.print = () => { document.body.dataset.asked = 'once' }")
    for name, part in (("minutes", "article.minutes"), ("receipts", "article.slip svg.qr")):
        if name == "receipts":
            print_receipts(one, talk)
            one.page.wait_for_selector("body[data-asked]")  # the dialog opens by itself
        else:
            one.go(f"/talks/{talk}/{name}/")
        one.page.emulate_media(media="print")
        assert one.page.locator(part).first.is_visible()
        for gone in (".shell-head", ".shell-foot", "[data-behaviour=print]"):
            assert one.page.locator(gone).first.is_hidden()
        paper = one.page.pdf(format="A4")
        assert paper.startswith(b"%PDF")
        assert len(paper) > 5_000
        one.page.emulate_media(media="screen")
