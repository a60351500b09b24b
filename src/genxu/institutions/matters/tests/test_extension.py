"""More time 延期: asked once, before the deadline, decided by the level just above."""

from datetime import timedelta

import pytest
from django.utils import timezone

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.core.models import JournalEntry
from genxu.institutions.matters import actions, ending_actions, rules
from genxu.institutions.matters.deadlines import deadline, extended
from genxu.institutions.matters.models import Matter
from genxu.regions.codes import Level
from tests.cast import Cast, Enter, later
from tests.doing import climb, form_errors, fresh, raise_matter, take, verdict, who_may


def asked(cast: Cast, matter: Matter | None = None, days: int = 5) -> Matter:
    matter = matter or raise_matter(cast, "under_way")
    return actions.ask_extension(
        actor=cast.actor("secretary"), matter=matter, days=days, words="连下四天雨"
    )


def test_whoever_has_it_in_hand_asks(cast: Cast) -> None:
    matter = raise_matter(cast, "assigned", assignee="centre_household")
    assert who_may(cast, rules.ask_extension, matter=matter) == {"secretary", "centre_household"}


@pytest.mark.parametrize(
    ("level", "decides"),
    [(Level.HAMLET, "village_staff"), (Level.VILLAGE, "township_staff"),
     (Level.TOWNSHIP, "county_staff"), (Level.COUNTY, "city_staff")],
)  # fmt: skip
def test_the_level_just_above_decides(cast: Cast, level: Level, decides: str) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), level)
    assert who_may(cast, rules.decide_extension, matter=matter) == {decides}


@pytest.mark.parametrize("days", [3, 5, 7, 10])
def test_granted_it_puts_off_deadline_and_reminder(cast: Cast, days: int) -> None:
    matter = asked(cast, days=days)
    due = matter.due_at
    made = actions.decide_extension(actor=cast.actor("village_staff"), matter=matter, approved=True)
    assert made.extension == "approved"
    assert made.due_at == extended(due, days)
    whole = deadline(matter.registered_at, matter.tier, matter.urgency, days)
    assert made.remind_at == whole.remind_at
    assert clock.now() < made.remind_at < made.due_at
    assert made.state == "under_way"


def test_asking_alone_changes_no_deadline(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way")
    assert asked(cast, matter).due_at == matter.due_at


def test_refused_the_deadline_stays_and_a_reason_is_given(cast: Cast) -> None:
    matter = asked(cast)
    staff = cast.actor("village_staff")
    with pytest.raises(Invalid):
        actions.decide_extension(actor=staff, matter=matter, approved=False)
    made = actions.decide_extension(actor=staff, matter=matter, approved=False, words="先垫路口")
    assert (made.extension, made.due_at) == ("refused", matter.due_at)
    assert JournalEntry.objects.latest("pk").detail == {"approved": False}


def test_the_reminder_of_a_lengthened_deadline_is_still_to_come(cast: Cast) -> None:
    """Granted on the last day, when two thirds of the whole time are over."""
    matter = asked(cast, days=3)
    with clock.at(matter.due_at - timedelta(hours=1)) as now:
        made = actions.decide_extension(
            actor=cast.actor("village_staff"), matter=matter, approved=True
        )
        assert clock.now() < made.remind_at < made.due_at, now
        assert not made.is_due_soon


@pytest.mark.parametrize("approved", [True, False])
def test_it_is_asked_only_once(cast: Cast, approved: bool) -> None:
    matter = asked(cast)
    with pytest.raises(Conflict):
        asked(cast, fresh(matter))
    matter = actions.decide_extension(
        actor=cast.actor("village_staff"), matter=matter, approved=approved, words="好"
    )
    with pytest.raises(Conflict):
        asked(cast, matter)


def test_it_is_asked_before_the_deadline(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way")
    last_second = matter.due_at - timedelta(seconds=1)
    from genxu.core import clock

    with clock.at(matter.due_at + timedelta(seconds=1)), pytest.raises(Conflict):
        asked(cast, matter)
    with clock.at(last_second):
        assert asked(cast, matter).extension == "asked"


def test_an_overdue_matter_does_not_offer_the_step(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way")
    with later(days=30):
        page = enter("secretary").get(f"/matters/{matter.pk}/")
    assert "ask_extension" not in {step.name for step in page.context["steps"]}


@pytest.mark.parametrize("days", [0, 1, 4, 365, -5])
def test_days_that_are_not_offered_are_refused(cast: Cast, enter: Enter, days: int) -> None:
    matter = raise_matter(cast, "under_way")
    answer = take(enter("secretary"), "ask_extension", matter, days=days, words="雨")
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {"days"}
    with pytest.raises(Invalid):
        asked(cast, matter, days)


def test_nothing_is_decided_that_nobody_asked(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way")
    answer = take(enter("village_staff"), "decide_extension", matter, approved="yes")
    assert answer.status_code == 409


def test_a_request_is_found_among_what_waits_above(cast: Cast, enter: Enter) -> None:
    matter = asked(cast)
    queues = enter("village_staff").get("/home/").context["queues"]
    found = {queue.key: [m.pk for m in queue.matters] for queue in queues}
    assert found["extension"] == [matter.pk]
    for part in ("township_staff", "next_village_staff", "city_staff"):
        keys = {queue.key for queue in enter(part).get("/home/").context["queues"]}
        assert "extension" not in keys


def test_a_new_round_may_ask_anew(cast: Cast) -> None:
    matter = asked(cast)
    matter = actions.decide_extension(
        actor=cast.actor("village_staff"), matter=matter, approved=True
    )
    matter = actions.finish_matter(actor=cast.actor("secretary"), matter=matter, words="好了")
    matter = verdict(matter, "dissatisfied")
    assert matter.extension == "none"
    assert asked(cast, matter).extension == "asked"


def test_a_reopened_matter_has_a_new_deadline(cast: Cast) -> None:
    matter = raise_matter(cast, "closed")
    with later(days=30) as moment:
        made = ending_actions.reopen_matter(
            actor=cast.actor("secretary"), matter=matter, words="又坏了"
        )
        assert made.due_at > moment
        assert timezone.localdate(made.due_at) > timezone.localdate(moment)
