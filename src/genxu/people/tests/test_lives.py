"""Registers as they are kept: merged and undone, moved away and back, another household behind the
door, given to centre households, with open matters; in any order, against a simple model.

The model knows of each entry on which days it was there, who looks after it, and who has its
matters in hand. What an undo finds changed since, the model reads anew: there the law is only that
nothing is looked after that is gone, and that the people of each day are right.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from genxu.core import clock
from genxu.core.errors import Conflict
from genxu.insight.counting import count_on
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.workflow import State
from genxu.organisation.centre_households.coverage_actions import assign_households
from genxu.organisation.centre_households.models import Coverage
from genxu.organisation.centre_households.tests import factories as centre
from genxu.people import household_actions
from genxu.people.models import Household
from genxu.people.register import Who
from tests.cast import HOME, NOW, Cast, everybody
from tests.doing import hold_talk, taken_up

from .factories import enter_rows, household, row

HELPERS = {1: "13800000001", 4: "13800000004", 7: ""}
"""Numbers of those who look after others, and the phones of their accounts; the last has none."""
WHICH, WHO = st.integers(0, 9), st.sampled_from([1, 4, 7, None])


@dataclass
class Entry:
    """What the model knows of an entry of the register."""

    heads: int
    spans: list[tuple[date, date | None]]
    merged_into: int | None = None
    helper: int | None = None
    touched: int = 0

    @property
    def left(self) -> bool:
        return self.spans[-1][1] is not None

    @property
    def here(self) -> bool:
        return not self.left and self.merged_into is None

    def was_there(self, day: date) -> bool:
        return any(first <= day and (end is None or day < end) for first, end in self.spans)


@dataclass
class Raised:
    """An open personal matter: whose it is, and whose account has it in hand."""

    household: int
    holder: int | None


class Register(RuleBasedStateMachine):
    cast: Cast

    @initialize()
    def settle(self) -> None:
        self.now = NOW
        self.start = NOW.date() - timedelta(days=400)
        self.world = transaction.atomic()
        self.world.__enter__()
        self.cast = everybody()
        self.steps, self.named = 0, 0
        self.moves: dict[int, tuple[int, int | None, tuple[date, date | None]]] = {}
        self.merges: dict[int, tuple[int, int, int | None, int | None, list[int]]] = {}
        with clock.at(self.now):
            self._people()
        self.matters: dict[int, Raised] = {}

    def _people(self) -> None:
        names = {2: "二", 3: "三", 5: "五", 6: "六"}
        rows = [row(n, f"罗测{name}", head_count=n) for n, name in names.items()]
        enter_rows(*rows, *(row(n, f"帮测{n}", phone=phone) for n, phone in HELPERS.items()
                            if n == 7))  # fmt: skip
        for n, phone in HELPERS.items():
            if phone:
                one = household(n)
                household_actions.correct_household(
                    actor=self.actor, household=one, head_name=one.head_name, phone=phone,
                    head_count=one.head_count,
                )  # fmt: skip
        self.centres = {
            n: centre.appointed(self.cast, household(n), name=f"帮测{n}") for n in HELPERS
        }
        self.accounts = {n: one.account_id for n, one in self.centres.items()}
        self.numbers = {one.pk: n for n, one in self.centres.items()}
        today = self.now.date()
        self.entries = {
            household(n).pk: Entry(n, [(self.start if n < 5 else today, None)]) for n in names
        }
        self.settled_people = 1 + 4
        self.new_people = 3

    @property
    def actor(self) -> Any:
        return self.cast.actor("secretary")

    def one(self, which: int) -> int:
        return sorted(self.entries)[which % len(self.entries)]

    def do(self, action: Callable[..., Any], **values: Any) -> Any:
        """Take an action; None if it was refused, with nothing written."""
        with clock.at(self.now), suppress(Conflict), transaction.atomic():
            self.steps += 1
            return action(actor=self.actor, **values)

    def touch(self, *keys: int) -> None:
        for key in keys:
            self.entries[key].touched = self.steps

    def of(self, key: int) -> Household:
        return Household.objects.get(pk=key)

    # --- what is done ---------------------------------------------------------------------------

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(which=WHICH, ago=st.integers(0, 60))
    def move_away(self, which: int, ago: int) -> None:
        key, day = self.one(which), self.now.date() - timedelta(days=ago)
        one = self.entries[key]
        done = self.do(household_actions.move_away, household=self.of(key), on=day)
        assert (done is not None) == one.here
        if done:
            first = one.spans[-1][0]
            self.moves[key] = (self.steps, one.helper, one.spans[-1])
            one.spans[-1] = (first, max(day, first))
            one.helper = None
            self.touch(key)

    @rule(which=WHICH)
    def come_back(self, which: int) -> None:
        key = self.one(which)
        one = self.entries[key]
        done = self.do(household_actions.come_back, household=self.of(key))
        assert (done is not None) == one.left
        if done:
            one.spans.append((self.now.date(), None))
            self.touch(key)

    @rule(which=WHICH)
    def it_never_moved_away(self, which: int) -> None:
        key = self.one(which)
        one = self.entries[key]
        done = self.do(household_actions.undo_moving_away, household=self.of(key), words="记错了")
        assert (done is not None) == one.left
        if done:
            step, helper, span = self.moves.pop(key)
            one.spans[-1] = span
            one.helper = helper
            if one.touched != step:
                self.read_anew()
            self.touch(key)

    @rule(which=WHICH, other=WHICH)
    def merge(self, which: int, other: int) -> None:
        keep, double = self.one(which), self.one(other)
        if keep == double:
            return
        kept, merged = self.entries[keep], self.entries[double]
        done = self.do(
            household_actions.merge_households, keep=self.of(keep), double=self.of(double)
        )
        assert (done is not None) == (kept.here and merged.here)
        if done:
            theirs = [pk for pk, one in self.matters.items() if one.household == double]
            self.merges[double] = (self.steps, keep, kept.helper, merged.helper, theirs)
            merged.merged_into = keep
            kept.helper = kept.helper or merged.helper
            merged.helper = None
            for pk in theirs:
                self.matters[pk].household = keep
            self.touch(keep, double)

    @rule(which=WHICH)
    def they_are_two(self, which: int) -> None:
        double = self.one(which)
        merged = self.entries[double]
        done = self.do(household_actions.undo_merge, household=self.of(double))
        assert (done is not None) == (merged.merged_into is not None)
        if done:
            step, keep, kept_helper, helper, theirs = self.merges.pop(double)
            merged.merged_into = None
            if self.entries[keep].touched == step == merged.touched:
                self.entries[keep].helper, merged.helper = kept_helper, helper
                for pk in theirs:
                    self.matters[pk].household = double
            else:
                self.read_anew()
            self.touch(keep, double)

    @rule(which=WHICH)
    def another_lives_there(self, which: int) -> None:
        key = self.one(which)
        one = self.entries[key]
        if len(self.entries) > 8:
            return
        self.named += 1
        done = self.do(
            household_actions.correct_household, household=self.of(key), phone="",
            head_name="新测" + "甲乙丙丁戊己庚辛"[self.named % 8], head_count=2, who=Who.ANOTHER,
        )  # fmt: skip
        assert (done is not None) == one.here
        if done:
            assert done.pk != key
            self.moves[key] = (self.steps, one.helper, one.spans[-1])
            first, today = one.spans[-1][0], self.now.date()
            one.spans[-1] = (first, max(today, first))
            one.helper = None
            self.entries[done.pk] = Entry(2, [(today, None)])
            self.touch(key)

    @rule(which=WHICH, who=WHO)
    def give(self, which: int, who: int | None) -> None:
        key = self.one(which)
        one = self.entries[key]
        if not one.here:
            return
        to = self.centres[who].pk if who else None
        before = one.helper
        self.do(assign_households, hamlet=self.cast.home, pairs=[(key, to)])
        one.helper = who
        self._follow(key, before, who)
        self.touch(key)

    def _follow(self, key: int, before: int | None, now: int | None) -> None:
        """What its helper had in hand goes to the next one, if that one has an account."""
        if before is None or before == now or self.accounts[before] is None:
            return
        for one in self.matters.values():
            if one.household == key and one.holder == before:
                one.holder = now if now and self.accounts[now] else None

    @rule(which=WHICH)
    def raise_a_matter(self, which: int) -> None:
        key = self.one(which)
        one = self.entries[key]
        if not one.here or len(self.matters) > 4:
            return
        with clock.at(self.now):
            hold_talk(self.cast, taken_up("屋顶漏了", household=self.of(key), tier="personal"))
        matter = Matter.objects.latest("pk")
        helper = one.helper if one.helper and self.accounts[one.helper] else None
        self.matters[matter.pk] = Raised(key, helper)

    # --- what must be so ------------------------------------------------------------------------

    def read_anew(self) -> None:
        """After an undo that came upon later changes."""
        open_rows = Coverage.objects.filter(household__in=self.entries, until=None)
        found = dict(open_rows.values_list("household", "centre_household"))
        for key, one in self.entries.items():
            one.helper = self.numbers[found[key]] if key in found else None
        for pk, raised in self.matters.items():
            raised.household = Matter.objects.get(pk=pk).suggestions.get().household_id or 0

    @invariant()
    def the_people_of_each_day_are_right(self) -> None:
        for ago in (0, 1, 7, 30, 90, 200):
            day = self.now.date() - timedelta(days=ago)
            people = self.settled_people + (self.new_people if day >= NOW.date() else 0)
            people += sum(
                one.heads
                for one in self.entries.values()
                if one.merged_into is None and one.was_there(day)
            )
            with clock.at(self.now):
                assert count_on(HOME, day, ["people.population"]) == {"people.population": people}

    @invariant()
    def each_stands_as_the_model_has_it(self) -> None:
        rows = {one.pk: one for one in Household.objects.filter(pk__in=self.entries)}
        assert {k: one.lives_here for k, one in rows.items()} == {
            k: one.here for k, one in self.entries.items()
        }
        here = [one.number for one in Household.objects.living_here().filter(hamlet=HOME)]
        assert len(here) == len(set(here))

    @invariant()
    def who_looks_after_whom_is_as_the_model_has_it(self) -> None:
        rows = Coverage.objects.filter(household__in=self.entries, until=None)
        found = {key: self.numbers[centre] for key, centre in
                 rows.values_list("household", "centre_household")}  # fmt: skip
        assert found == {k: one.helper for k, one in self.entries.items() if one.helper}
        assert all(self.entries[key].here for key in found), "who is gone is looked after by nobody"

    @invariant()
    def open_matters_are_with_who_looks_after_the_household(self) -> None:
        for pk, raised in self.matters.items():
            matter = Matter.objects.get(pk=pk)
            assert matter.suggestions.get().household_id == raised.household
            account = self.accounts[raised.holder] if raised.holder else None
            assert matter.assignee_id == account
            if account is None:
                assert matter.state in (State.TRIAGED, State.RETURNED), "it waits for the secretary"

    def teardown(self) -> None:
        if hasattr(self, "world"):
            transaction.set_rollback(True)
            self.world.__exit__(None, None, None)


@pytest.mark.django_db
def test_a_register_is_kept_as_a_simple_model_keeps_it(cast: Cast) -> None:
    run_state_machine_as_test(
        Register,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
