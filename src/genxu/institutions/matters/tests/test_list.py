"""The list of matters: cut to what is visible, narrowed by filters, paged."""

import pytest

from genxu.core.pages import ROWS
from genxu.institutions.matters import actions
from genxu.institutions.matters.queries import GROUPS
from tests.cast import COUNTY, FAR, HOME, NEIGHBOUR, VILLAGE, Cast, Enter, later
from tests.doing import raise_matter, verdict


def listed(enter: Enter, part: str, **query: str) -> set[int]:
    answer = enter(part).get("/matters/", query)
    assert answer.status_code == 200
    return {matter.pk for matter in answer.context["page"].object_list}


def test_each_one_sees_the_matters_of_her_place(cast: Cast, enter: Enter) -> None:
    home = raise_matter(cast).pk
    neighbour = raise_matter(cast, hamlet=NEIGHBOUR).pk
    far = raise_matter(cast, hamlet=FAR).pk
    for part in ("secretary", "centre_household"):
        assert listed(enter, part) == {home}
    for part in ("village_staff", "township_staff", "county_staff"):
        assert listed(enter, part) == {home, neighbour}
    assert listed(enter, "city_staff") == {home, neighbour, far}
    assert listed(enter, "far_county_staff") == {far}
    assert listed(enter, "next_village_staff") == set()


def test_the_place_narrows_it_down(cast: Cast, enter: Enter) -> None:
    home, neighbour = raise_matter(cast).pk, raise_matter(cast, hamlet=NEIGHBOUR).pk
    far = raise_matter(cast, hamlet=FAR).pk
    assert listed(enter, "city_staff", place=HOME) == {home}
    assert listed(enter, "city_staff", place=VILLAGE) == {home, neighbour}
    assert listed(enter, "city_staff", place=COUNTY) == {home, neighbour}
    assert listed(enter, "city_staff", place=FAR[:6]) == {far}
    assert enter("village_staff").get("/matters/", {"place": FAR}).status_code == 422


@pytest.mark.parametrize("place", ["abc", "４２", "1" * 5000, "%00", "-1"], ids=range(5))
def test_a_place_that_makes_no_sense_is_told(cast: Cast, enter: Enter, place: str) -> None:
    raise_matter(cast)
    assert enter("secretary").get("/matters/", {"place": place}).status_code == 422


def test_the_groups(cast: Cast, enter: Enter) -> None:
    made = {state: raise_matter(cast, state).pk for state in
            ("under_way", "done", "closed", "unconfirmed")}  # fmt: skip
    again = verdict(raise_matter(cast, "done"), "dissatisfied").pk
    found = {group: listed(enter, "secretary", group=group) for group in GROUPS}
    assert found == {
        "open": {made["under_way"], made["done"], again},
        "overdue": set(),
        "soon": set(),
        "verdict": {made["done"]},
        "reopened": {again},
        "done": {made["done"], made["closed"], made["unconfirmed"]},
        "closed": {made["closed"]},
        "unconfirmed": {made["unconfirmed"]},
        "explained": set(),
        "no_agreement": set(),
    }


def test_soon_and_overdue_follow_the_clock(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way", "common").pk
    assert listed(enter, "secretary", group="soon") == set()
    with later(days=8):
        assert listed(enter, "secretary", group="soon") == {matter}
    with later(days=10):
        assert listed(enter, "secretary", group="soon") == set()
        assert listed(enter, "secretary", group="overdue") == {matter}


def test_what_is_done_is_never_overdue(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way")
    actions.finish_matter(actor=cast.actor("secretary"), matter=matter, words="好了")
    with later(days=100):
        assert listed(enter, "secretary", group="overdue") == set()


def test_overdue_is_shown_to_the_level_above(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way")
    with later(days=30):
        queues = enter("village_staff").get("/home/").context["queues"]
    assert {queue.key: [m.pk for m in queue.matters] for queue in queues} == {
        "overdue": [matter.pk]
    }


def test_words_tier_and_day_narrow_it_down(cast: Cast, enter: Enter) -> None:
    lamp = raise_matter(cast, "closed", "common", text="路灯坏了").pk
    road = raise_matter(cast, "under_way", "specialist", text="机耕路").pk
    assert listed(enter, "secretary", words="路灯") == {lamp}
    assert listed(enter, "secretary", words="路") == {lamp, road}
    assert listed(enter, "secretary", tier="specialist") == {road}
    assert listed(enter, "secretary", done_until="2026-05-13") == {lamp}
    assert listed(enter, "secretary", done_until="2026-05-12") == set()


@pytest.mark.parametrize(
    "query",
    [{"group": "royal"}, {"tier": "x"}, {"done_until": "yesterday"}, {"words": "\x00"},
     {"words": "9" * 40}, {"words": "𠮷"}, {"words": "%"}, {"page": "-3"}, {"page": "x"},
     {"page": "9" * 30}],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_breaks_nothing(
    cast: Cast, enter: Enter, query: dict[str, str]
) -> None:
    raise_matter(cast)
    status = 200 if {"words", "page"} & set(query) else 422
    assert enter("secretary").get("/matters/", query).status_code == status


def test_htmx_gets_the_rows_alone(cast: Cast, enter: Enter) -> None:
    raise_matter(cast)
    answer = enter("secretary").get("/matters/", headers={"HX-Request": "true"})
    names = {template.name for template in answer.templates}
    assert "matters/list.html" in names
    assert "base.html" not in names


def test_it_is_paged_and_the_filters_stay(cast: Cast, enter: Enter) -> None:
    for _n in range(ROWS + 2):
        raise_matter(cast, "registered")
    answer = enter("secretary").get("/matters/", {"group": "open", "page": "2"})
    assert len(answer.context["page"].object_list) == 2
    assert answer.context["query"] == "group=open"
