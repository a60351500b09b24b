"""Anybody, without log-in: find the hamlet and read it, in the size and language one likes."""

from typing import Any

import pytest

from .doing import LUO, raise_matter
from .visitor import WIDTHS


def test_from_the_first_page_to_the_hamlet(invite: Any, width: str):
    one = invite(width)
    one.go("/")
    page = one.page
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    search = page.locator('form[action="/places/"]')
    search.locator("[name=words]").fill("罗家洲")
    one.press(search.locator("button"))
    one.at("/places/")
    one.press(page.locator(f'main a[href="/places/{LUO}/"]'))
    one.at(f"/places/{LUO}/")
    assert "罗家洲" in page.locator("h1").inner_text()
    assert page.locator(".figures .figure").count() == 3
    assert page.locator(".badge-state").count() > 3
    one.go("/places/?words=没有的湾")
    assert page.locator("main .empty a").is_visible()
    one.go("/places/")
    for code in ("421221", "421221104", "421221104202", LUO):
        one.press(page.locator(f'.tree-list a[href="/places/{code}/"]'))
        one.at(f"/places/{code}/")


def test_nothing_personal_is_on_the_public_page(invite: Any):
    secretary = invite("desk", "secretary", LUO)
    raise_matter(secretary, LUO, "帮瞎眼的表叔读信", "personal", "罗表叔")
    raise_matter(secretary, LUO, "湾口的水泥路裂了", "common", "罗老满")
    one = invite("phone")
    records = one.house.records
    private = [title for (title,) in records.rows(
        "SELECT title FROM matters_matter WHERE hamlet_id = ? AND tier <> 'common'", LUO
    )]  # fmt: skip
    heads = [name for (name,) in records.rows(
        "SELECT head_name FROM people_household WHERE hamlet_id = ?", LUO
    )]  # fmt: skip
    common = {title for (title,) in records.rows(
        "SELECT title FROM matters_matter WHERE hamlet_id = ? AND tier = 'common'", LUO
    )}  # fmt: skip
    seen = ""
    for number in range(1, 9):
        one.go(f"/places/{LUO}/?page={number}")
        seen += one.page.locator("main").inner_text()
        if one.page.locator("nav.pager a[rel=next]").count() == 0:
            break
    assert "湾口的水泥路裂了" in seen
    assert all(title in seen for title in common)
    assert not [title for title in private if title in seen and title not in common]
    agreed = {name for (name,) in records.rows(
        "SELECT person_name FROM centre_households_centrehousehold WHERE hamlet_id = ? AND shown"
        " UNION SELECT name FROM councils_seat WHERE hamlet_id = ? AND shown"
        " UNION SELECT member.name FROM duties_onrota person JOIN branches_member member"
        " ON member.id = person.member_id WHERE person.hamlet_id = ? AND person.shown"
        " UNION SELECT name FROM volunteers_volunteer WHERE hamlet_id = ? AND shown",
        LUO, LUO, LUO, LUO,
    )}  # fmt: skip
    unasked = [name for name in (*heads, "罗表叔", "罗老满") if name not in agreed]
    assert not [name for name in unasked if name in seen]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_size_of_the_letters_stays(invite: Any, width: str):
    one = invite(width)
    one.go("/places/")
    root = one.page.locator("html")
    size = "html => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    small = root.evaluate(size)
    one.press(one.menu().locator("[data-behaviour=text-size] >> visible=true"))
    one.go("/")
    one.go("/places/")
    assert root.get_attribute("class").split()[0] == "elder"
    assert root.evaluate(size) > small
    assert root.evaluate(size) >= 18
    one.press(one.menu().locator("[data-behaviour=text-size] >> visible=true"))
    one.page.reload()
    assert "elder" not in (root.get_attribute("class") or "")


def test_the_language_stays(invite: Any, width: str):
    one = invite(width)
    one.go("/places/?words=罗")
    root = one.page.locator("html")
    for language in ("en", "zh-hans"):
        one.press(one.menu().locator(f'button[name=language][value="{language}"] >> visible=true'))
        one.page.locator(f'html[lang="{language}"]').wait_for(state="attached")
        assert "words=" in one.page.url
        one.go("/r/")
        assert root.get_attribute("lang") == language
        one.go("/places/?words=罗")


def test_the_letters_grow_without_scripts_too(invite: Any):
    one = invite("phone", java_script_enabled=False)
    one.go("/places/")
    one.press(one.menu().locator("[data-behaviour=text-size] >> visible=true"))
    one.page.locator("html.elder").wait_for()
    one.at("/places/")
