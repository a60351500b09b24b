"""Figures: counted from records on any day, and kept ready without recounting the world."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from genxu.core import clock
from genxu.core.access import under
from genxu.core.figures import Figure, figures
from genxu.core.journal import SEAL, note_read
from genxu.core.models import JournalEntry, Pending
from genxu.insight import counting
from genxu.insight.counting import bring_up_to_date, count_all, count_on, is_told_of
from genxu.insight.models import MonthlyChange, Recount, Standing
from genxu.institutions.matters import actions, ending_actions
from genxu.institutions.matters.models import Matter, MatterStep, Suggestion, Verdict
from genxu.institutions.matters.rules import read_matter
from genxu.institutions.matters.workflow import FINISHED, OPEN, REGISTER, Answer, State
from genxu.institutions.talks.models import Talk
from genxu.organisation.branches.models import Organisation
from genxu.organisation.centre_households.models import CentreHousehold, Coverage
from genxu.organisation.councils.models import Council
from genxu.people.models import HeadCountChange
from genxu.regions.codes import Level
from genxu.regions.models import Region
from tests.cast import CITY, COUNTY, FAR, HOME, NEIGHBOUR, NOW, VILLAGE, Cast, later
from tests.doing import bring_to, climb, hold_talk, raise_matter, verdict

from .factories import put_down_roots

PLACES = [HOME, NEIGHBOUR, VILLAGE, COUNTY, CITY, FAR]


@pytest.fixture
def spring(cast: Cast) -> Cast:
    """Three months of life in three hamlets, with every kind of end; and their organisation."""
    states = list(State)
    for n in range(18):
        hamlet = (HOME, NEIGHBOUR, FAR)[n % 3]
        with clock.at(NOW - timedelta(days=90 - 4 * n)):
            matter = raise_matter(cast, "registered", hamlet=hamlet)
            tier = ("common", "personal")[n % 2]
            state = states[n % len(states)]
            if state != State.RETURNED or hamlet == HOME:
                matter = bring_to(cast, matter, state, tier)
        if matter.state == State.DONE and n % 2:
            with clock.at(NOW - timedelta(days=20 - n)):
                verdict(matter, "dissatisfied")
    put_down_roots(cast)
    return cast


def brute_force(code: str, day: date) -> dict[str, int]:
    """The same figures by walking through the rows one by one."""
    found: Counter[str] = Counter()
    for talk in Talk.objects.filter(under(code, "hamlet")):
        counts = talk.stands and talk.held_on <= day
        found["institutions.talks_nobody_came" if talk.nobody_came else
              "institutions.talks_held"] += counts  # fmt: skip
    for one in Suggestion.objects.filter(under(code, "hamlet")):
        counts = one.withdrawn_on is None and one.said_on <= day
        found["institutions.suggestions"] += counts
        found[f"institutions.suggestions.{one.source}"] += counts
    for one in Verdict.objects.filter(under(code, "hamlet")):
        found[f"institutions.verdicts.{one.answer}"] += stands(one.stands_from, one.ended_on, day)
    for matter in Matter.objects.filter(under(code, "hamlet")):
        steps = [s for s in matter.steps.order_by("pk") if s.on <= day]
        if not steps:
            continue
        state = steps[-1].to_state
        found["institutions.matters"] += state != State.WITHDRAWN and steps[0].step == REGISTER
        found["institutions.matters_open"] += state in OPEN
        found["institutions.matters_done"] += state in FINISHED
        found["institutions.matters_closed"] += state == State.CLOSED
        found["institutions.matters_unconfirmed"] += state == State.UNCONFIRMED
        found["institutions.matters_explained"] += state == State.EXPLAINED
        found["institutions.matters_no_agreement"] += state == State.NO_AGREEMENT
    found.update(organised(code, day))
    others = {"institutions.matters_overdue", *(k for k in figures() if k.startswith("places."))}
    return {key: found[key] for key in figures() if key not in others}


def organised(code: str, day: date) -> Counter[str]:
    """The figures of the registers and of the first root, row by row."""
    found: Counter[str] = Counter()
    here = under(code, "hamlet")
    for change in HeadCountChange.objects.filter(here).select_related("household"):
        counts = change.day <= day and change.household.merged_into_id is None
        found["people.population"] += change.change if counts else 0
    for one in Organisation.objects.filter(here):
        kind = "branches" if one.is_branch else "party_groups"
        found[f"organisation.{kind}"] += stands(one.founded_on, one.closed_on, day)
    for centre in CentreHousehold.objects.filter(here):
        serving = stands(centre.appointed_on, centre.left_on, day)
        found["organisation.centre_households"] += serving
    for cover in Coverage.objects.filter(here).select_related("household"):
        house = cover.household
        here_still = house.merged_into_id is None and stands(cover.since, house.left_on, day)
        covered = here_still and stands(cover.since, cover.until, day)
        found["organisation.households_covered"] += covered
    for council in Council.objects.filter(here):
        found["organisation.councils"] += stands(council.formed_on, council.ended_on, day)
    return found


def stands(since: date | None, until: date | None, day: date) -> bool:
    return since is not None and since <= day and (until is None or until > day)


def test_as_of_any_day_the_sum_of_changes_is_what_counting_gives(spring: Cast) -> None:
    for back in (0, 1, 7, 19, 33, 47, 61, 75, 90, 91, 400):
        day = clock.today() - timedelta(days=back)
        for code in PLACES:
            counted = count_on(code, day)
            counted = {key: n for key, n in counted.items() if not key.startswith("places.")}
            counted.pop("institutions.matters_overdue")
            told = {key: n for key, n in brute_force(code, day).items() if is_told_of(key, code)}
            assert counted == told, (code, back)


def test_a_place_is_the_sum_of_the_places_below(spring: Cast) -> None:
    for day in (clock.today(), clock.today() - timedelta(days=40)):
        whole = count_on(CITY, day)
        parts = [count_on(code, day) for code in (HOME, NEIGHBOUR, FAR)]
        told = {key: n for key, n in whole.items() if is_told_of(key, HOME)}
        assert told == {key: sum(part[key] for part in parts) for key in told}


def test_the_first_root_is_counted(spring: Cast) -> None:
    counted = count_on(CITY, clock.today())
    assert {key: n for key, n in counted.items() if key.startswith("organisation.")} == {
        "organisation.branches": 1,
        "organisation.party_groups": 1,
        "organisation.centre_households": 1,
        "organisation.households_covered": 4,
        "organisation.councils": 1,
    }
    before = count_on(CITY, clock.today() - timedelta(days=30))
    assert before["organisation.centre_households"] == 2
    assert before["organisation.households_covered"] > 4
    assert before["people.population"] > counted["people.population"]


def test_history_is_not_changed_by_what_comes_later(spring: Cast) -> None:
    """Closing, reopening or extending today leaves the figures of last month as they were."""
    day = clock.today() - timedelta(days=30)
    before = count_on(CITY, day)
    raise_matter(spring, "closed")
    for matter in Matter.objects.filter(state=State.CLOSED, hamlet=HOME):
        ending_actions.reopen_matter(actor=spring.actor("secretary"), matter=matter, words="又坏了")
    after = count_on(CITY, day)
    overdue = "institutions.matters_overdue"  # due times have no history, see overdue_on
    assert {k: v for k, v in after.items() if k != overdue} == {
        k: v for k, v in before.items() if k != overdue
    }


def test_overdue_as_of_a_day(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", "common")
    days = [clock.today() + timedelta(days=n) for n in (0, 9, 10, 20)]
    with later(days=30):
        counted = [count_on(HOME, day)["institutions.matters_overdue"] for day in days]
        assert counted == [0, 0, 1, 1]
        actions.finish_matter(actor=cast.actor("secretary"), matter=matter, words="好")
        assert count_on(HOME, clock.today())["institutions.matters_overdue"] == 0
        assert count_on(HOME, days[2])["institutions.matters_overdue"] == 1


def ready() -> dict[tuple[str, str], int]:
    rows = Standing.objects.exclude(value=0).values_list("place", "key", "value")
    return {(place, key): value for place, key, value in rows}


def months() -> dict[tuple[str, str, date], int]:
    rows = MonthlyChange.objects.exclude(change=0).values_list("place", "key", "month", "change")
    return {(place, key, month): change for place, key, month, change in rows}


def assert_ready_is_counted() -> None:
    kept = ready(), months()
    count_all()
    assert kept == (ready(), months())


def test_counted_anew_every_place_is_right(spring: Cast) -> None:
    count_all()
    for region in Region.objects.exclude(level=Level.PROVINCE):
        counted = count_on(region.code, clock.today())
        for key, value in counted.items():
            assert ready().get((region.code, key), 0) == value, (region.code, key)


def test_the_months_add_up_to_the_standing(spring: Cast) -> None:
    count_all()
    sums: Counter[tuple[str, str]] = Counter()
    for (place, key, _month), change in months().items():
        sums[place, key] += change
    changing = {pair: n for pair, n in ready().items() if figures()[pair[1]].changes}
    assert {pair: n for pair, n in sums.items() if n} == changing


def test_brought_up_to_date_is_the_same_as_counted_anew(spring: Cast) -> None:
    bring_up_to_date()
    assert_ready_is_counted()
    raise_matter(spring, "unconfirmed")
    climb(spring, raise_matter(spring, "under_way", "specialist"), Level.COUNTY)
    verdict(raise_matter(spring, "done", hamlet=FAR), "very_dissatisfied")
    bring_up_to_date()
    assert_ready_is_counted()


def test_only_the_hamlets_where_something_happened_are_counted(
    spring: Cast, monkeypatch: Any
) -> None:
    bring_up_to_date()
    asked: list[list[str]] = []
    real = counting._standing
    monkeypatch.setattr(counting, "_standing", lambda codes: (asked.append(codes), real(codes))[1])
    hold_talk(spring, hamlet=NEIGHBOUR)
    assert bring_up_to_date() == 1
    assert asked == [[NEIGHBOUR]]
    assert bring_up_to_date() == 0
    assert asked == [[NEIGHBOUR]]


def test_a_reading_is_sealed_and_recounts_no_hamlet(cast: Cast) -> None:
    matter = raise_matter(cast, "assigned", "personal", assignee="centre_household")
    bring_up_to_date()
    note_read(actor=cast.actor("secretary"), action=read_matter.name, subject=matter)
    entry = JournalEntry.objects.latest("pk")
    assert (entry.place, entry.reading) == (HOME, True)
    assert [one.follower for one in Pending.objects.filter(entry=entry)] == [SEAL]
    assert bring_up_to_date() == 0


def test_falling_overdue_needs_nobody_to_act(cast: Cast) -> None:
    raise_matter(cast, "under_way", "common")
    bring_up_to_date()
    with later(days=20):
        assert bring_up_to_date() == 1
        assert ready()[HOME, "institutions.matters_overdue"] == 1
        assert ready()[CITY, "institutions.matters_overdue"] == 1
        assert_ready_is_counted()


def test_nothing_below_zero_and_nothing_left_behind(cast: Cast) -> None:
    """A hamlet whose figure went back to nothing has no stale row, nor has a place above."""
    matter = raise_matter(cast, "under_way")
    with later(days=20):
        bring_up_to_date()
        actions.finish_matter(actor=cast.actor("secretary"), matter=matter, words="好")
        bring_up_to_date()
        assert (HOME, "institutions.matters_overdue") not in ready()
        assert (CITY, "institutions.matters_overdue") not in ready()


def test_when_it_was_counted_is_kept(cast: Cast) -> None:
    with later(hours=3) as moment:
        bring_up_to_date()
    assert Recount.objects.get().at == moment


def test_a_talk_written_down_late_counts_in_its_own_month(cast: Cast) -> None:
    hold_talk(cast, held_on=date(2026, 2, 14))
    bring_up_to_date()
    assert months()[HOME, "institutions.talks_held", date(2026, 2, 1)] == 1


def test_a_failure_leaves_the_queue_for_next_time(cast: Cast, monkeypatch: Any) -> None:
    hold_talk(cast)
    with monkeypatch.context() as patch:
        patch.setattr(counting, "_standing", lambda codes: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bring_up_to_date()
    bring_up_to_date()
    assert_ready_is_counted()
    assert ready()[HOME, "institutions.talks_held"] == 1


def test_each_figure_is_declared_once_and_as_one_kind() -> None:
    assert len(figures()) >= 12
    for key, figure in figures().items():
        assert key == figure.key
        assert isinstance(figure, Figure)
        made_of = (figure.changes, figure.standing, figure.mean_of)
        assert sum(one is not None for one in made_of) == 1, key
        parts = {*(figure.mean_of or ()), *(figure.fewest or ())[:1]}
        assert parts <= set(figures()), key
        assert not (figure.fewest and figures()[figure.fewest[0]].hidden), key
        assert str(figure.term) or figure.hidden


def test_the_keys_of_the_article_are_there() -> None:
    assert {"institutions.talks_held", "institutions.suggestions",
            "institutions.matters_done"} <= set(figures())  # fmt: skip
    assert {f"institutions.verdicts.{answer}" for answer in Answer} <= set(figures())


def test_every_step_keeps_the_place_and_the_hamlet(spring: Cast) -> None:
    for step in MatterStep.objects.select_related("matter"):
        assert step.hamlet_id == step.matter.hamlet_id
        assert step.hamlet_id.startswith(step.place_id)
