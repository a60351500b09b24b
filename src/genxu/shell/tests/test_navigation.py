"""The navigation is what the apps declare: it opens for whom it is shown, and is kept by grants."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import translation

import genxu
from genxu.core.access import NOBODY
from genxu.core.declared import declared, members
from genxu.core.figures import figures
from genxu.shell import context
from tests.cast import CITY, HOME, Cast, Enter

PARTS = ["secretary", "centre_household", "village_staff", "township_staff", "county_staff",
         "city_staff", "auditor"]  # fmt: skip
LINKS = list(members("navigation", "LINKS"))


@pytest.mark.parametrize("part", PARTS)
def test_each_section_opens_for_whom_it_is_shown(cast: Cast, enter: Enter, part: str) -> None:
    shown = context.navigation("/", cast.actor(part))
    assert shown
    for entry in shown:
        answer = enter(part).get(entry.url, follow=True)
        assert answer.status_code == 200, entry.url
        lit = [one.url for one in context.navigation(entry.url, cast.actor(part)) if one.current]
        assert lit == [entry.url]


def test_visitors_have_links_of_their_own(cast: Cast) -> None:
    urls = [entry.url for entry in context.navigation("/", NOBODY)]
    assert urls == ["/places/", "/r/", "/h/"]
    without_power = replace(cast.actor("secretary"), grants=())
    assert context.navigation("/", without_power) == []


def test_it_speaks_the_language_of_the_page(cast: Cast) -> None:
    actor = cast.actor("secretary")
    chinese = [entry.label for entry in context.navigation("/", actor)]
    with translation.override("en"):
        assert [entry.label for entry in context.navigation("/", actor)] != chinese
    assert [entry.label for entry in context.navigation("/", actor)] == chinese


def test_two_of_the_same_grants_share_what_is_kept(cast: Cast) -> None:
    """And others do not."""
    actor = cast.actor("city_staff")
    first = context.navigation("/", actor)
    kept = context._entries.cache_info().currsize
    assert context.navigation("/", replace(actor, key="0", name="另一个")) == first
    assert context._entries.cache_info().currsize == kept
    assert context.navigation("/", cast.actor("county_staff")) != first


def test_navigation_and_switches_stand_once_in_a_page(cast: Cast, enter: Enter) -> None:
    page = enter("secretary").get("/home/").content.decode()
    assert (page.count('class="shell-nav"'), page.count('class="shell-tools"')) == (1, 1)


def test_what_lies_behind_a_link_names_one_that_there_is() -> None:
    known = [link.address for link in LINKS]
    assert len(set(known)) == len(known)
    for behind in declared("navigation", "BEHIND"):
        assert set(behind) <= set(known)


def test_each_tile_shows_a_figure_that_there_is() -> None:
    assert {tile.key for tile in members("navigation", "TILES")} <= set(figures())


@pytest.mark.parametrize("thing", ["LINKS", "DOORS"])
def test_no_two_ask_for_the_same_place(thing: str) -> None:
    found = [(one.order, one.permission.public) for one in members("navigation", thing)]
    twice = {one for one in found if found.count(one) > 1}
    free = sorted(set(range(10, 100)) - {order for order, _public in found})
    assert not twice, f"orders that two ask for: {twice}; free are {free}"


def test_what_gathers_names_no_app() -> None:
    """It reads declarations: an app is added without an edit of it."""
    package = Path(genxu.__file__).parent
    names = (
        "shell/context.py",
        "insight/tiles.py",
        "config/api.py",
        "portal/organisation_views.py",
    )
    for name in names:
        text = (package / name).read_text(encoding="utf-8")
        for app in ("institutions", "imports", "jobs", "councils", "centre_households"):
            assert f"genxu.{app}" not in text, name


@pytest.mark.parametrize("code", [HOME, CITY])
def test_the_figures_of_any_place_are_one_section(cast: Cast, enter: Enter, code: str) -> None:
    shown = enter("city_staff").get(f"/insight/{code}/").context["navigation"]
    assert [entry.url for entry in shown if entry.current] == [f"/insight/{CITY}/"]
