"""A member on his phone: a post, a promise kept by what was written down anyway, his flag; and the
meeting that his secretary notes once."""

from typing import Any

from .doing import LUO
from .test_faces import look_at


def test_a_member_takes_on_promises_and_shows_his_flag(invite: Any) -> None:
    one = invite("phone", "member", LUO)
    one.go("/home/")
    one.press(one.menu().locator("a[href='/my/membership/']"))
    one.at(r"/members/\d+/")
    mine = one.page.url.removeprefix(one.house.base)

    one.press(one.page.locator("a[href$='/posts/new/']"))
    one.at(r"/members/\d+/posts/new/")
    form = one.page.locator("form[method=post]").last
    one.choose(form, "kind", "care")
    assert form.locator("[name=doors]").count() == 0  # he keeps no register
    one.press(form.locator("button[type=submit], button:not([type])").first)
    one.at(mine)
    assert "关爱老人岗" in one.page.content()

    one.press(one.page.locator("a[href$='/promises/new/']"))
    form = one.page.locator("form[method=post]").last
    form.locator("[name=text]").fill("把晒谷场边的灯擦一遍")
    form.locator("[name=due_on]").fill("2099-01-01")
    one.press(form.locator("button").first)
    one.page.locator(".field-error").first.wait_for()  # too far away, and nothing typed is lost
    form = one.page.locator("form[method=post]").last
    assert form.locator("[name=text]").input_value() == "把晒谷场边的灯擦一遍"
    form.locator("[name=due_on]").fill(one.page.evaluate("new Date().toLocaleDateString('sv')"))
    one.press(form.locator("button").first)
    one.at(mine)
    one.press(one.page.locator("a.row-item", has_text="把晒谷场边的灯擦一遍"))
    one.at(r"/promises/\d+/")
    form = one.page.locator("form[method=post]").last
    form.locator("[name=words]").fill("擦好了")
    one.press(form.locator("button").first)
    one.at(mine)
    look_at(one, [mine, f"{mine}posts/new/", f"{mine}object/"])

    card = one.page.locator("a[href^='/m/']")
    one.go(mine)
    address = card.get_attribute("href")
    nobody = invite("phone")
    nobody.go(address)
    assert "我的承诺" in nobody.page.content()
    look_at(nobody, [address])


def test_a_meeting_is_noted_once(invite: Any) -> None:
    one = invite("phone", "secretary", LUO)
    one.go(f"/meetings/at/{LUO}/new/")
    form = one.page.locator("form[method=post]").last
    form.locator("[name=topic]").fill("商量清沟的日子")
    one.press(form.locator("label[for^=id_came_]").first)
    one.press(form.locator("button").last)
    one.at(r"/meetings/\d+/")
    assert "到场" in one.page.content()
    look_at(one, [f"/meetings/at/{LUO}/new/", "/meetings/", "/members/"])
