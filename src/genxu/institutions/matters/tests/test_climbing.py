"""A specialist matter climbs one level at a time up to the county, and the answer comes back."""

import pytest

from genxu.core.errors import Denied, Invalid
from genxu.institutions.matters import actions, rules
from genxu.institutions.matters.models import MatterStep
from genxu.regions.codes import Level
from tests.cast import COUNTY, HOME, TOWNSHIP, VILLAGE, Cast, Enter
from tests.doing import climb, fresh, handler, raise_matter, take, who_may

LEVELS = [(Level.VILLAGE, VILLAGE), (Level.TOWNSHIP, TOWNSHIP), (Level.COUNTY, COUNTY)]


def test_one_level_at_a_time_up_to_the_county(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", "specialist")
    places = [matter.place_id]
    for _n in range(3):
        matter = actions.pass_up_matter(
            actor=handler(cast, matter), matter=matter, words="湾里办不了"
        )
        places.append(matter.place_id)
        assert matter.state == "assigned"
        assert matter.assignee is None
    assert places == [HOME, VILLAGE, TOWNSHIP, COUNTY]


def test_the_county_cannot_pass_it_to_the_city(cast: Cast) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), Level.COUNTY)
    assert who_may(cast, rules.pass_up_matter, matter=matter) == set()
    with pytest.raises(Denied):
        actions.pass_up_matter(actor=cast.actor("county_staff"), matter=matter, words="市里")


@pytest.mark.parametrize("tier", ["personal", "common"])
def test_only_a_specialist_matter_climbs(cast: Cast, enter: Enter, tier: str) -> None:
    matter = raise_matter(cast, "under_way", tier)
    assert who_may(cast, rules.pass_up_matter, matter=matter) == set()
    answer = take(enter("secretary"), "pass_up", matter, words="湾里办不了")
    assert answer.status_code == 403
    assert fresh(matter).place_id == HOME


def test_nobody_skips_a_level(cast: Cast, enter: Enter) -> None:
    """While it lies in the hamlet the township can do nothing with it, though it sees it."""
    matter = raise_matter(cast, "under_way", "specialist")
    for step in ("pass_up", "assign", "answer", "return", "pass_on"):
        data = {"words": "我来办", "assignee_name": "我"}
        assert take(enter("township_staff"), step, matter, **data).status_code == 403


@pytest.mark.parametrize(("level", "place"), LEVELS)
def test_the_level_where_it_lies_answers_the_hamlet(cast: Cast, level: Level, place: str) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), level)
    assert matter.place_id == place
    assert who_may(cast, rules.answer_matter, matter=matter) == {f"{level}_staff"}
    made = actions.answer_matter(actor=handler(cast, matter), matter=matter, words="下月来修")
    assert (made.place_id, made.state) == (HOME, "under_way")
    assert MatterStep.objects.filter(matter=matter).latest("pk").words == "下月来修"


def test_there_is_nothing_to_answer_in_the_hamlet(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", "specialist")
    assert who_may(cast, rules.answer_matter, matter=matter) == set()


def test_an_answer_needs_words(cast: Cast) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), Level.VILLAGE)
    with pytest.raises(Invalid):
        actions.answer_matter(actor=cast.actor("village_staff"), matter=matter, words="  ")


def test_it_is_reported_done_only_in_the_hamlet(cast: Cast) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), Level.VILLAGE)
    started = actions.start_matter(actor=cast.actor("village_staff"), matter=matter)
    assert who_may(cast, rules.finish_matter, matter=started) == set()
    back = actions.answer_matter(actor=cast.actor("village_staff"), matter=started, words="修好了")
    assert who_may(cast, rules.finish_matter, matter=back) == {"secretary"}


def test_the_helper_loses_it_when_it_climbs(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", "specialist", assignee="centre_household")
    matter = climb(cast, matter, Level.VILLAGE)
    assert who_may(cast, rules.start_matter, matter=matter) == {"village_staff"}


def test_an_undecided_request_for_time_falls_when_it_climbs(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", "specialist")
    matter = actions.ask_extension(
        actor=cast.actor("secretary"), matter=matter, days=5, words="下雨"
    )
    matter = climb(cast, matter, Level.VILLAGE)
    assert (matter.extension, matter.extension_days) == ("none", 0)


@pytest.mark.parametrize("level", [Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY])
def test_each_level_finds_it_among_what_waits(cast: Cast, enter: Enter, level: Level) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), level)
    answer = enter(f"{level}_staff").get("/home/")
    waiting = {m.pk for queue in answer.context["queues"] for m in queue.matters}
    assert matter.pk in waiting
