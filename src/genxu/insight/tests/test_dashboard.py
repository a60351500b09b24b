"""The dashboard of a place: its figures, the places below as rows, down to the hamlet."""

from datetime import date
from itertools import pairwise

import pytest

from genxu.insight.counting import bring_up_to_date
from genxu.insight.queries import MONTHS, trends
from tests.cast import (
    CITY,
    COUNTY,
    FAR,
    FAR_COUNTY,
    HOME,
    NEIGHBOUR,
    TOWNSHIP,
    VILLAGE,
    Cast,
    Enter,
    later,
)
from tests.doing import hold_talk, page_text, raise_matter

from .factories import put_down_roots

NOT_ROW_BY_ROW = ("organisation.households_covered", "people.population")
"""Their lists show households, these figures count people, or those who are drawn already."""
BELOW = [(CITY, {COUNTY, FAR_COUNTY}), (TOWNSHIP, {VILLAGE, "421221104203"}),
         (VILLAGE, {HOME, NEIGHBOUR}), (HOME, set())]  # fmt: skip


@pytest.mark.parametrize(("code", "below"), BELOW)
def test_each_place_below_is_a_row_to_drill_into(
    cast: Cast, enter: Enter, code: str, below: set[str]
) -> None:
    answer = enter("city_staff").get(f"/insight/{code}/")
    for table in answer.context["tables"]:
        assert {row["place"].code for row in table["rows"]} == below
    assert len(answer.context["tables"]) == (2 if below else 0)
    for child in below:
        assert f"/insight/{child}/" in page_text(answer)


def test_the_rows_add_up_to_the_head(cast: Cast, enter: Enter) -> None:
    raise_matter(cast, "closed")
    raise_matter(cast, "under_way", hamlet=NEIGHBOUR)
    raise_matter(cast, "unconfirmed", hamlet=FAR)
    with later(days=3):
        bring_up_to_date()
        context = enter("city_staff").get(f"/insight/{CITY}/").context
    head = {one["key"]: one["value"] for one in context["head"]}
    roots = {one["key"]: one["value"] for one in context["roots"]}
    for shown, table in zip((head, roots), context["tables"], strict=True):
        for n, key in enumerate(shown):
            assert sum(row["cells"][n]["value"] for row in table["rows"]) == shown[key]
    assert roots["people.population"] > 0
    assert head["institutions.matters_closed"] == 1
    assert head["institutions.matters_unconfirmed"] == 1
    assert context["verdicts_total"] == 1


def test_each_figure_leads_to_the_list_that_it_counts(cast: Cast, enter: Enter) -> None:
    for state in ("registered", "under_way", "done", "closed", "unconfirmed"):
        raise_matter(cast, state)
    put_down_roots(cast)
    with later(days=3):
        client = enter("village_staff")
        bring_up_to_date()
        context = client.get(f"/insight/{VILLAGE}/").context
        for figure in [*context["head"], *context["roots"]]:
            if figure["link"] and figure["key"] not in NOT_ROW_BY_ROW:
                listed = client.get(figure["link"]).context["page"]
                assert listed.paginator.count == figure["value"], figure["key"]


def test_by_name_only_for_those_who_keep_the_register(cast: Cast, enter: Enter) -> None:
    for part, leads in (("village_staff", True), ("county_staff", False)):
        roots = enter(part).get(f"/insight/{VILLAGE}/").context["roots"]
        links = {one["key"]: one["link"] for one in roots}
        assert all(bool(links[key]) == leads for key in NOT_ROW_BY_ROW)
        assert links["organisation.councils"]
    roots = enter("secretary").get(f"/insight/{HOME}/").context["roots"]
    for one in roots:
        assert enter("secretary").get(one["link"]).status_code == 200


def test_the_path_shows_only_what_one_may_open(cast: Cast, enter: Enter) -> None:
    path = enter("village_staff").get(f"/insight/{HOME}/").context["path"]
    assert [place.code for place in path] == [VILLAGE]
    path = enter("city_staff").get(f"/insight/{HOME}/").context["path"]
    assert [place.code for place in path] == [CITY, COUNTY, TOWNSHIP, VILLAGE]


def test_the_long_code_leads_to_the_short_one(cast: Cast, enter: Enter) -> None:
    answer = enter("city_staff").get("/insight/421221000000/")
    assert (answer.status_code, answer["Location"]) == (301, f"/insight/{COUNTY}/")


def test_the_trend_has_every_month_also_the_empty_ones(cast: Cast) -> None:
    hold_talk(cast)
    bring_up_to_date()
    (months,) = trends(cast.home, ["institutions.talks_held"])
    assert len(months) == MONTHS
    assert months[-1].change == 1
    assert months[-1].height == 100
    assert sum(month.change for month in months) == 1
    days = [month.month for month in months]
    assert days == sorted(set(days))
    assert days[-1] == date(2026, 5, 1)
    for earlier, following in pairwise(days):
        assert (following - earlier).days in (28, 29, 30, 31)


def test_a_place_where_nothing_happened_is_all_zeros(cast: Cast, enter: Enter) -> None:
    context = enter("city_staff").get(f"/insight/{FAR}/").context
    assert {one["value"] for one in context["head"]} == {0}
