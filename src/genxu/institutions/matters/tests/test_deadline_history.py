"""Overdue on a day is what it was on that day; deadlines are counted anew when their year is
published."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core import calendar, clock
from genxu.core.calendar import end_of_day
from genxu.core.errors import Conflict, Refusal
from genxu.core.models import JournalEntry
from genxu.insight.counting import count_on
from genxu.institutions.matters import actions, rules
from genxu.institutions.matters.deadline_actions import count_deadline_anew, count_deadlines_anew
from genxu.institutions.matters.deadlines import Deadline, deadline
from genxu.institutions.matters.figures import overdue_on
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.workflow import WORKING, Tier, Urgency
from tests.cast import CST, HOME, NOW, OPERATOR, Cast, Enter
from tests.doing import fresh, page_text, raise_matter, verdict, who_may

OVERDUE = "institutions.matters_overdue"


def on(day: date) -> int:
    return count_on(HOME, day, [OVERDUE])[OVERDUE]


def test_more_time_granted_later_does_not_unmake_an_overdue_day(cast: Cast) -> None:
    """Asked for in time, granted three days after the deadline: those days stay overdue."""
    matter = raise_matter(cast, "under_way", "personal")
    matter = actions.ask_extension(
        actor=cast.actor("secretary"), matter=matter, days=10, words="连下四天雨"
    )
    due = timezone.localdate(matter.due_at)
    with clock.at(end_of_day(due + timedelta(days=3))):
        actions.decide_extension(actor=cast.actor("village_staff"), matter=matter, approved=True)
        assert on(due + timedelta(days=3)) == 0, "from then on there is more time"
        assert on(due + timedelta(days=2)) == 1
        assert on(due) == 0


def test_a_reopening_does_not_move_the_deadline_of_the_days_before(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", "personal")
    due = timezone.localdate(matter.due_at)
    with clock.at(end_of_day(due + timedelta(days=4))):
        matter = actions.finish_matter(actor=cast.actor("secretary"), matter=matter, words="好了")
        matter = verdict(matter, "dissatisfied")
        assert [on(due + timedelta(days=n)) for n in (0, 2, 4)] == [0, 1, 0]


acts = st.lists(
    st.tuples(
        st.sampled_from(["triage", "ask", "grant", "refuse", "finish", "bad", "good", "nothing"]),
        st.sampled_from(Tier), st.sampled_from(Urgency), st.integers(0, 200),
    ),
    min_size=3, max_size=14,
)  # fmt: skip


def act(cast: Cast, matter: Matter, name: str, tier: str, urgency: str) -> None:
    secretary, village = cast.actor("secretary"), cast.actor("village_staff")
    if name == "triage":
        actions.triage_matter(actor=secretary, matter=matter, tier=tier, urgency=urgency)
    elif name == "ask":
        actions.ask_extension(actor=secretary, matter=matter, days=5, words="下雨")
    elif name in ("grant", "refuse"):
        actions.decide_extension(actor=village, matter=matter, approved=name == "grant", words="好")
    elif name == "finish":
        if matter.state == "triaged":
            matter = actions.take_on_matter(actor=secretary, matter=matter)
        actions.finish_matter(actor=secretary, matter=matter, words="好了")
    elif name in ("bad", "good"):
        verdict(matter, "dissatisfied" if name == "bad" else "satisfied")


@settings(max_examples=20, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(walk=acts)
def test_overdue_on_any_day_is_what_the_home_showed_on_its_evening(
    cast: Cast, walk: list[Any]
) -> None:
    """The model: each evening one writes down whether it is overdue; nothing later changes it."""
    with transaction.atomic():
        matter, moment = raise_matter(cast, "registered"), NOW
        seen: dict[date, bool] = {}
        for name, tier, urgency, hours in walk:
            later = moment + timedelta(hours=hours)
            while end_of_day(timezone.localdate(moment)) < later:
                moment = end_of_day(timezone.localdate(moment))
                with clock.at(moment):
                    seen[timezone.localdate(moment)] = fresh(matter).is_overdue
                moment += timedelta(seconds=1)
            moment = later
            with clock.at(moment):
                try:
                    act(cast, fresh(matter), name, tier, urgency)
                except Refusal:
                    continue
        with clock.at(moment + timedelta(days=1)):
            counted = {day: overdue_on(day).filter(hamlet=HOME).count() for day in seen}
        assert counted == {day: int(late) for day, late in seen.items()}
        transaction.set_rollback(True)


starts = st.datetimes(datetime(2019, 1, 1), datetime(2026, 11, 30)).map(
    lambda moment: moment.replace(tzinfo=CST)
)


@given(starts, st.sampled_from([*Tier, ""]), st.sampled_from(Urgency), st.integers(1, 10),
       st.floats(0, 40))  # fmt: skip
def test_a_lengthened_reminder_lies_before_the_deadline_and_ahead(
    start: datetime, tier: str, urgency: str, more: int, days: float
) -> None:
    now = start + timedelta(days=days)
    short, whole = deadline(start, tier, urgency), deadline(start, tier, urgency, more)
    limit = whole.reminding_after(now)
    assert limit.due_at == whole.due_at > short.due_at
    assert limit.remind_at < limit.due_at
    assert limit.remind_at > now or limit.due_at <= now
    assert limit == whole or whole.remind_at <= now


# --- years that are not published yet ------------------------------------------------------------


@pytest.fixture
def unpublished(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The holidays of 2026 are not published; ``unpublished()`` publishes them."""

    def known(years: frozenset[int]) -> None:
        monkeypatch.setattr(calendar, "KNOWN_YEARS", years)
        calendar.is_working_day.cache_clear()
        calendar.add_working_days.cache_clear()

    everything = calendar.KNOWN_YEARS
    known(everything - {2026})
    yield lambda: known(everything)
    known(everything)


SPRING = datetime(2026, 2, 13, 10, tzinfo=CST)
"""The Friday before the holidays of the Spring Festival."""


def in_spring(cast: Cast, **values: Any) -> Matter:
    with clock.at(SPRING):
        return raise_matter(cast, "under_way", **values)


def test_a_deadline_in_a_year_to_come_says_so_and_is_counted_anew(
    cast: Cast, enter: Enter, unpublished: Any
) -> None:
    matter = in_spring(cast)
    told = "2026 年的放假安排还没公布"
    with clock.at(SPRING):
        assert told in page_text(enter("secretary").get(f"/matters/{matter.pk}/"))
        assert count_deadlines_anew() == 0
        unpublished()
        assert count_deadlines_anew() == 1
        assert count_deadlines_anew() == 0
        after = fresh(matter)
        limit = deadline(matter.registered_at, matter.tier, matter.urgency)
        assert Deadline(after.remind_at, after.due_at) == limit
        assert after.due_at > matter.due_at
        assert told not in page_text(enter("secretary").get(f"/matters/{matter.pk}/"))
    entry = JournalEntry.objects.get(action="matters.count_deadline_anew")
    assert (entry.actor, entry.subject_id) == ("system:calendar", str(matter.pk))
    assert matter.steps.filter(step="count_anew", due_at=after.due_at).count() == 1


def test_granted_days_are_counted_anew_too(cast: Cast, unpublished: Any) -> None:
    matter = in_spring(cast)
    with clock.at(SPRING):
        matter = actions.ask_extension(
            actor=cast.actor("secretary"), matter=matter, days=5, words="过年"
        )
        actions.decide_extension(actor=cast.actor("village_staff"), matter=matter, approved=True)
        unpublished()
        count_deadlines_anew()
    whole = deadline(matter.registered_at, matter.tier, matter.urgency, 5)
    assert fresh(matter).due_at == whole.due_at


def test_24_hours_need_no_calendar(cast: Cast, unpublished: Any) -> None:
    matter = in_spring(cast)
    with clock.at(SPRING):
        actions.triage_matter(
            actor=cast.actor("secretary"), matter=matter, tier="common", urgency="urgent"
        )
    assert fresh(matter).uncounted_year is None


def test_whoever_had_time_is_not_made_late_by_the_calendar(cast: Cast, unpublished: Any) -> None:
    """The Saturday of 28 February is worked: counted anew, the last day would be earlier."""
    with clock.at(datetime(2026, 2, 25, 10, tzinfo=CST)):
        matter = raise_matter(cast, "under_way", "personal")
    unpublished()
    anew = deadline(matter.registered_at, matter.tier, matter.urgency)
    assert anew.due_at < matter.due_at
    with clock.at(anew.due_at + timedelta(hours=1)):
        count_deadlines_anew()
        assert not fresh(matter).is_overdue
    assert fresh(matter).due_at == matter.due_at
    assert fresh(matter).uncounted_year is None


def test_only_the_program_counts_anew(cast: Cast, unpublished: Any) -> None:
    matter = in_spring(cast)
    assert who_may(cast, rules.count_deadline_anew, matter=matter) == set()
    with pytest.raises(Conflict):
        count_deadline_anew(actor=OPERATOR, matter=matter)
    with clock.at(SPRING):
        finished = actions.finish_matter(actor=cast.actor("secretary"), matter=matter, words="好了")
        unpublished()
        assert finished.state not in WORKING
        assert count_deadlines_anew() == 0
