"""The record form on the phone, in the evening, in large letters: what has the focus is seen, what
is not asked stays shut, and who said it is found by number."""

from typing import Any

import pytest

from .doing import FACTS, LUO, fill, new_talk, record_form, save, saved_talk

UNDER_THE_BAR = """() => {
  const bar = document.querySelector(".save-bar").getBoundingClientRect();
  const one = document.activeElement, box = one.getBoundingClientRect();
  if (!one.closest("form.stack") || one.closest(".save-bar")) return "";
  const covered = box.bottom > bar.top + 1 && box.top < bar.bottom;
  return covered ? `${one.name}: ${box.bottom} > ${bar.top}` : "";
}"""


@pytest.mark.parametrize("letters", ["", "elder"])
def test_what_has_the_focus_is_never_under_the_bar(invite: Any, letters: str):
    one = invite("phone", "secretary", LUO)
    one.go(new_talk(LUO))
    form = record_form(one)
    if letters:
        one.page.evaluate("document.documentElement.classList.add('elder')")
    form.locator("[name=topic]").focus()
    hidden, seen = [], set()
    for _key in range(40):
        seen.add(one.page.evaluate("document.activeElement.name"))
        hidden.append(one.page.evaluate(UNDER_THE_BAR))
        one.page.keyboard.press("Tab")
    assert {"topic", "said-0-text", "said-0-who", "photos"} <= seen
    assert [told for told in hidden if told] == []


def test_the_reply_is_shut_and_the_title_opens_when_it_is_needed(invite: Any, width: str):
    one = invite(width, "secretary", LUO)
    one.go(new_talk(LUO))
    form = record_form(one)
    reply, title = form.locator("[name=said-0-reply]"), form.locator("[name=said-0-title]")
    assert reply.is_hidden()
    assert title.is_hidden()
    form.locator("[name=said-0-text]").fill("路灯坏了。" + "后面说得再长也不要紧" * 9)
    assert title.is_hidden()
    form.locator("[name=said-0-text]").fill("第一句就说得很长" * 9)
    assert title.is_visible()
    one.choose(form, "said-0-response", "answered")
    assert reply.is_visible()
    assert title.is_hidden()


def test_a_household_is_found_by_its_number_and_kept(invite: Any, width: str):
    one = invite(width, "secretary", LUO)
    one.go(new_talk(LUO))
    form = record_form(one)
    fill(one, form, **FACTS)
    option = one.page.locator("#households option").nth(3)
    who = form.locator("[name=said-0-who]")
    form.locator("[name=said-0-text]").fill("晒谷场边的路灯坏了两盏")
    who.fill(f"{option.get_attribute('data-number')}号")
    who.blur()
    label = option.get_attribute("value")
    assert who.input_value() == label
    save(one)
    saved_talk(one)
    assert label in one.page.locator("article.said h2").first.inner_text()


def test_without_a_script_there_are_as_many_suggestions_as_wanted(invite: Any):
    one = invite("phone", "secretary", LUO, java_script_enabled=False)
    one.go(f"{new_talk(LUO)}")
    form = one.page.locator("form[enctype]")
    form.locator("[name=said-0-text]").fill("路灯坏了两盏")
    for rows in (2, 3, 4):
        one.press(one.page.locator("noscript button[name=one_more], button[name=one_more]").first)
        one.page.locator(f"[name=said-{rows - 1}-text]").wait_for()
    assert one.page.locator("[name=said-0-text]").input_value() == "路灯坏了两盏"
