"""Hours in whatever order, against a model that knows who was where, and nothing else.

No two hours of a person overlap, only what another one has vouched for is counted, and each
correction keeps the version before.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.insight.counting import count_on
from genxu.team.volunteers import hours_actions
from genxu.team.volunteers.models import Hours, Volunteer
from genxu.team.volunteers.own_access import holder_of
from genxu.team.volunteers.work import Work
from tests.cast import HOME, NEIGHBOUR, NOW, everybody

from .factories import volunteer

FIGURE = "team.volunteer_hours"
WHO = st.integers(0, 3)
"""Two people with an entry each in one hamlet, and one with an entry in two."""
PERSON = (0, 1, 2, 2)
DAYS = st.integers(1, 2)
QUARTERS = st.integers(20, 40)
LENGTHS = st.integers(1, 8)
PICK = st.integers(0, 30)


@dataclass
class Said:
    """Hours of the model: whose, when, who vouched since it says so, what it said before."""

    who: int
    day: date
    begins: int
    ends: int
    vouched: set[int]
    earlier: int = 0
    stands: bool = True

    def meets(self, who: int, day: date, begins: int, ends: int) -> bool:
        same = PERSON[self.who] == PERSON[who] and self.day == day
        return self.stands and same and begins < self.ends and self.begins < ends


def at(quarter: int) -> time:
    return time(quarter // 4, quarter % 4 * 15)


class Walk(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.whole = transaction.atomic()
        self.whole.__enter__()
        cast = everybody()
        with clock.at(NOW):
            people = [volunteer(cast, n) for n in range(3)]
            people.append(volunteer(cast, 2, hamlet=NEIGHBOUR))
        self.keys = [one.pk for one in people]
        self.said: dict[int, Said] = {}

    def teardown(self) -> None:
        if hasattr(self, "whole"):
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

    def person(self, n: int) -> Volunteer:
        return Volunteer.objects.get(pk=self.keys[n])

    def work(self, days: int, begins: int, length: int) -> Work:
        day = NOW.date() - timedelta(days=days)
        return Work(day, at(begins), at(begins + length), what="抬谷")

    def one_of(self, n: int) -> tuple[int, Said]:
        return list(self.said.items())[n % len(self.said)]

    @rule(who=WHO, days=DAYS, begins=QUARTERS, length=LENGTHS)
    def write(self, who: int, days: int, begins: int, length: int) -> None:
        work, one = self.work(days, begins, length), self.person(who)
        meets = any(s.meets(who, work.day, begins, begins + length) for s in self.said.values())
        try:
            with clock.at(NOW), transaction.atomic():
                made = hours_actions.write_hours(actor=holder_of(one), volunteer=one, work=work)
        except Invalid:
            assert meets
            return
        assert not meets
        self.said[made.pk] = Said(who, work.day, begins, begins + length, set())

    @precondition(lambda self: self.said)
    @rule(n=PICK, by=WHO)
    def vouch(self, n: int, by: int) -> None:
        key, said = self.one_of(n)
        other, hours = self.person(by), Hours.objects.get(pk=key)
        here = (by == 3) == (said.who == 3)
        fits = said.stands and here and PERSON[by] != PERSON[said.who] and by not in said.vouched
        try:
            with clock.at(NOW), transaction.atomic():
                hours_actions.vouch_hours(actor=holder_of(other), hours=hours, volunteer=other)
        except (Conflict, Denied):
            assert not fits
            return
        assert fits
        said.vouched.add(by)

    @precondition(lambda self: self.said)
    @rule(n=PICK, days=DAYS, begins=QUARTERS, length=LENGTHS)
    def correct(self, n: int, days: int, begins: int, length: int) -> None:
        key, said = self.one_of(n)
        work, hours = self.work(days, begins, length), Hours.objects.get(pk=key)
        others = [s for k, s in self.said.items() if k != key]
        ends = begins + length
        meets = any(s.meets(said.who, work.day, begins, ends) for s in others)
        try:
            with clock.at(NOW), transaction.atomic():
                hours_actions.correct_hours(
                    actor=holder_of(hours.volunteer), hours=hours, work=work, words="记错了"
                )
        except (Invalid, Conflict):
            assert meets or not said.stands
            return
        assert said.stands
        assert not meets
        said.day, said.begins, said.ends = work.day, begins, ends
        said.vouched, said.earlier = set(), said.earlier + 1

    @precondition(lambda self: self.said)
    @rule(n=PICK)
    def withdraw(self, n: int) -> None:
        key, said = self.one_of(n)
        hours = Hours.objects.get(pk=key)
        try:
            with clock.at(NOW), transaction.atomic():
                hours_actions.withdraw_hours(
                    actor=holder_of(hours.volunteer), hours=hours, words="没有这回事"
                )
        except Conflict:
            assert not said.stands
            return
        assert said.stands
        said.stands, said.vouched = False, set()

    @invariant()
    def what_is_counted_is_what_another_one_said(self) -> None:
        if not hasattr(self, "said"):
            return
        counting = [s for s in self.said.values() if s.stands and s.vouched]
        with clock.at(NOW):
            for hamlet, there in ((HOME, False), (NEIGHBOUR, True)):
                quarters = sum(s.ends - s.begins for s in counting if (s.who == 3) == there)
                assert count_on(hamlet, NOW.date(), [FIGURE])[FIGURE] == quarters // 4

    @invariant()
    def no_two_hours_of_a_person_overlap(self) -> None:
        if not hasattr(self, "said"):
            return
        rows = Hours.objects.standing().select_related("volunteer").order_by("day", "starts_at")
        last: dict[tuple[str, date], time] = {}
        for one in rows:
            key = one.volunteer.name, one.day
            assert last.get(key, time()) <= one.starts_at
            last[key] = one.ends_at

    @invariant()
    def each_correction_keeps_the_version_before(self) -> None:
        if not hasattr(self, "said"):
            return
        for key, said in self.said.items():
            steps = Hours.objects.get(pk=key).steps.filter(step="correct")
            assert [bool(one.replaced["day"]) for one in steps] == [True] * said.earlier


def test_hours_in_whatever_order(db: None) -> None:
    everybody()
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=12, stateful_step_count=18, deadline=None, derandomize=True,
            database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
