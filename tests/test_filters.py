"""A filter that means nothing says so, on pages, in spreadsheets, in the API: it never shows
everything, and never nothing without a word. Rows that reach beyond one village name theirs."""

from typing import Any

import pytest
from django import forms
from django.urls import NoReverseMatch, reverse

from genxu.core.lists import ListPage
from genxu.core.tests.test_lists import all_lists
from genxu.organisation.branches.tests import factories as branches
from genxu.organisation.centre_households.tests.factories import appointed
from genxu.organisation.councils.tests import factories as councils

from .cast import FAR, HOME, NEIGHBOUR, PARTS, VILLAGE, Cast, Enter
from .doing import hold_talk, page_text, raise_matter

LISTS = [one for one in all_lists() if one.form.base_fields]
NONSENSE = {forms.ChoiceField: "blue", forms.DateField: "2026-02-31"}


def senseless(one: type[ListPage[Any, Any]]) -> dict[str, str]:
    """Field → a value that means nothing there."""
    found = {}
    for name, field in one.form.base_fields.items():
        if name == "place":
            found[name] = "421299999"
        for kind, value in NONSENSE.items():
            if isinstance(field, kind):
                found[name] = value
        if name == "words" and field.max_length:
            found[name] = "路" * (field.max_length + 1)
    return found


def part_for(one: type[ListPage[Any, Any]]) -> str:
    order = ["township_staff", "auditor", "secretary", "village_staff", "city_staff"]
    return next(part for part in order if PARTS[part][1] in one.permission.roles)


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.__name__)
def test_each_filter_of_each_list_that_means_nothing_says_so(
    one: type[ListPage[Any, Any]], cast: Cast, enter: Enter
) -> None:
    raise_matter(cast)
    client, asked = enter(part_for(one)), senseless(one)
    assert asked
    for name, value in asked.items():
        answer = client.get(reverse(one.address), {name: value})
        assert answer.status_code == 422, name
        assert list(answer.context["page"]) == [], name
        (sentence,) = answer.context["form"].errors[name]
        assert page_text(answer).count(sentence) >= 1, name
        part = client.get(reverse(one.address), {name: value}, headers={"HX-Request": "true"})
        assert sentence in page_text(part), name


@pytest.mark.parametrize(
    "one", [one for one in LISTS if one.sheet_address], ids=lambda one: one.__name__
)
def test_no_spreadsheet_is_made_of_a_filter_that_means_nothing(
    one: type[ListPage[Any, Any]], cast: Cast, enter: Enter
) -> None:
    client = enter(part_for(one))
    for name, value in senseless(one).items():
        assert client.get(reverse(one.sheet_address), {name: value}).status_code == 422, name
    try:
        assert client.get(reverse(one.sheet_address)).status_code == 200
    except NoReverseMatch:
        pytest.fail("no such sheet")


@pytest.mark.parametrize("asked", [{"place": "421299"}, {"place": "x"}, {"group": "blue"}])
def test_the_api_refuses_a_filter_that_means_nothing(
    asked: dict[str, str], cast: Cast, enter: Enter
) -> None:
    answer = enter("township_staff").get("/api/v1/matters", asked)
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == set(asked)


def test_a_place_outside_of_one_s_charge_is_told(cast: Cast, enter: Enter) -> None:
    answer = enter("secretary").get(reverse("matters"), {"place": FAR})
    assert answer.status_code == 422
    assert "不归您" in page_text(answer)


def test_other_pages_that_take_a_place_do_not_pass_over_one_that_is_none(
    cast: Cast, enter: Enter
) -> None:
    client = enter("township_staff")
    for name in ("appoint_together", "household_doubles"):
        assert client.get(reverse(name), {"place": "421299999"}).status_code in (404, 422), name


def test_rows_that_reach_beyond_one_village_carry_its_name(cast: Cast, enter: Enter) -> None:
    hold_talk(cast, hamlet=HOME)
    raise_matter(cast, hamlet=NEIGHBOUR)
    appointed(cast, cast.households()[0])
    councils.form(cast)
    branches.founded(cast)
    names = ("talks", "matters", "centre_households", "councils", "organisations", "households")
    for name in names:
        assert "港东村·" in _label(enter("township_staff").get(reverse(name))), name
    for name in ("talks", "matters", "households"):
        inside = _label(enter("village_staff").get(reverse(name)))
        assert "·" not in inside, name
        inside = _label(enter("township_staff").get(reverse(name), {"place": VILLAGE}))
        assert "·" not in inside, name


def _label(answer: Any) -> str:
    """What the first row calls its hamlet."""
    row = answer.context["page"].object_list[0]
    assert row.hamlet.label in page_text(answer)
    return str(row.hamlet.label)
