"""Answers in whatever order: against a model that knows days, who said what, and nothing else.

What the matter's state is, what the figures of each day count, and what the receipt shows.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

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
from genxu.core.errors import Conflict, Denied
from genxu.insight.counting import count_on
from genxu.institutions.matters import actions, ending_actions, verdict_actions
from genxu.institutions.matters.confirming import confirm_noted
from genxu.institutions.matters.models import Matter, Suggestion, Verdict
from genxu.institutions.matters.receipt_views import holder_of
from genxu.institutions.matters.receipts import told_by_receipt
from genxu.institutions.matters.workflow import REOPENING, Answer
from tests.cast import HOME, NOW, VILLAGE, everybody
from tests.doing import raise_matter

ANSWERS = st.sampled_from([str(one) for one in Answer])
WAITING = ("done", "asked_back")


@dataclass(frozen=True)
class Said:
    """An answer of the model: whose, since when it counts, and the ground on which it was given."""

    answer: str
    noted: bool
    at: datetime
    counts: bool
    before: "Ground"
    over: "Said | None" = None

    @property
    def bad(self) -> bool:
        return self.answer in REOPENING


@dataclass(frozen=True)
class Ground:
    """State and round, and the answer that led there."""

    state: str
    round: int
    said: Said | None = None


class Answers(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.now = NOW
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.cast = everybody()
        with clock.at(self.now):
            self.key = raise_matter(self.cast, "done", household=True).pk
        self.suggestion = Suggestion.objects.get(matters=self.key)
        self.here = Ground("done", 1)
        self.touched = True
        self.days: dict[date, Counter[str]] = {}
        self.counts: Counter[str] = Counter()

    def teardown(self) -> None:
        if hasattr(self, "whole"):
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

    # --- what is done ----------------------------------------------------------------------------

    @property
    def matter(self) -> Matter:
        return Matter.objects.get(pk=self.key)

    @property
    def hers(self) -> dict[str, object]:
        return {"actor": holder_of(self.suggestion), "matter": self.matter,
                "suggestion": self.suggestion}  # fmt: skip

    def passes(self, **span: int) -> None:
        self.now += timedelta(**span)
        self.keep_days()

    def keep_days(self) -> None:
        """What counts at the end of each day stays what it was."""
        with clock.at(self.now):
            self.days[clock.today()] = Counter(self.counts)

    def led_to(self, answer: str, on: Ground) -> Ground:
        if answer not in REOPENING:
            return Ground("closed", on.round)
        if on.state == "no_agreement":
            return Ground("no_agreement", on.round)
        return Ground("under_way" if on.round <= 2 else "referred", on.round + 1)

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        for _day in range(days):
            self.passes(days=1)
            with clock.at(self.now):
                confirm_noted()
            self.confirmed()

    @rule()
    def minutes_pass(self) -> None:
        self.passes(minutes=4)

    def confirmed(self) -> None:
        said = self.here.said
        if said and said.noted and not said.counts and self.now - said.at >= timedelta(days=7):
            self.counts[said.answer] += 1
            stands = replace(said, counts=True)
            self.here = Ground("closed", self.here.round, stands)
            self.touched = True
            self.keep_days()

    @rule(answer=ANSWERS)
    def she_answers(self, answer: str) -> None:
        last, before = self.here.said, self.here
        working = before.state in ("under_way", "referred")
        ground = before
        may = last is None or last.noted
        if working:
            may = last is not None and last.noted and last.bad and not self.done_since
            ground = last.before if last and may else before
        with clock.at(self.now):
            try:
                verdict_actions.give_verdict(**self.hers, answer=answer)  # type: ignore[arg-type]
            except Conflict:
                assert not may
                return
        assert may
        if last and last.counts:
            self.counts[last.answer] -= 1
        self.counts[answer] += 1
        led = self.led_to(answer, ground)
        self.here = replace(led, said=Said(answer, False, self.now, True, before, last))
        self.done_since = self.touched = False
        self.keep_days()

    @rule(answer=ANSWERS)
    def it_is_noted(self, answer: str) -> None:
        may = self.here.said is None and self.here.state not in ("under_way", "referred")
        with clock.at(self.now):
            try:
                verdict_actions.note_verdict(
                    actor=self.cast.actor("village_staff"), matter=self.matter,
                    suggestion=self.suggestion, answer=answer,
                )  # fmt: skip
            except (Conflict, Denied):
                assert not may
                return
        assert may
        bad = answer in REOPENING
        said = Said(answer, True, self.now, bad, self.here)
        led = self.led_to(answer, self.here) if bad else self.here
        self.here = replace(led, said=said)
        self.counts[answer] += bad
        self.done_since, self.touched = False, True
        self.keep_days()

    @precondition(lambda self: self.here.said and self.here.said.noted)
    @rule()
    def she_never_said_it(self) -> None:
        said = self.here.said
        assert said
        with clock.at(self.now):
            one = Verdict.objects.live().get(matter=self.key, by_voice=True, on=said.at.date(),
                                             answer=said.answer, at=said.at)  # fmt: skip
            verdict_actions.disown_verdict(**self.hers, verdict=one)  # type: ignore[arg-type]
        self.counts[said.answer] -= said.counts
        otherwise = said.before.state in ("explained", "no_agreement")
        state = said.before.state if otherwise else "asked_back"
        self.here = Ground(state, said.before.round)
        self.touched = True
        self.keep_days()

    @rule()
    def she_takes_it_back(self) -> None:
        said = self.here.said
        fresh = said and not said.noted and self.now - said.at < timedelta(minutes=10)
        may = bool(fresh) and not self.touched
        with clock.at(self.now):
            try:
                verdict_actions.take_back_verdict(**self.hers)  # type: ignore[arg-type]
            except Conflict:
                assert not may
                return
        assert may
        assert said
        self.counts[said.answer] -= 1
        if said.over and said.over.counts:
            self.counts[said.over.answer] += 1
        self.here = said.before
        self.touched = True
        self.keep_days()

    @precondition(lambda self: self.here.state == "under_way")
    @rule()
    def it_is_done_again(self) -> None:
        with clock.at(self.now):
            actions.finish_matter(
                actor=self.cast.actor("secretary"), matter=self.matter, words="又修了"
            )
        self.here = Ground("done", self.here.round)
        self.touched = True

    @precondition(lambda self: self.here.state == "closed")
    @rule()
    def it_is_reopened(self) -> None:
        """By then the ten minutes are over."""
        self.passes(minutes=11)
        with clock.at(self.now):
            ending_actions.reopen_matter(
                actor=self.cast.actor("secretary"), matter=self.matter, words="又坏了"
            )
            actions.finish_matter(
                actor=self.cast.actor("secretary"), matter=self.matter, words="又修了"
            )
        self.here = Ground("done", self.here.round + 1)
        self.touched = True

    @precondition(lambda self: self.here.state == "referred")
    @rule(once_more=st.booleans())
    def it_is_judged(self, once_more: bool) -> None:
        matter = self.matter
        assert matter.place_id == VILLAGE
        act = ending_actions.judge_again_matter if once_more else ending_actions.note_no_agreement
        with clock.at(self.now):
            act(actor=self.cast.actor("village_staff"), matter=matter, words="两边都看过")
        said = self.here.said if once_more else None
        self.here = Ground("under_way" if once_more else "no_agreement", self.here.round, said)
        self.touched = True

    done_since = False

    # --- what must be so -------------------------------------------------------------------------

    @invariant()
    def the_state_is_that_of_the_model(self) -> None:
        if hasattr(self, "key"):
            matter = self.matter
            assert (matter.state, matter.round) == (self.here.state, self.here.round)
            assert (matter.done_on is None) == (matter.state in ("under_way", "referred"))

    @invariant()
    def the_figures_of_every_day_count_what_stood_then(self) -> None:
        for day, counts in getattr(self, "days", {}).items():
            keys = [f"institutions.verdicts.{answer}" for answer in Answer]
            figures = count_on(HOME, day, keys)
            assert [figures[key] for key in keys] == [counts[answer] for answer in Answer], day

    @invariant()
    def the_receipt_shows_whose_word_counts(self) -> None:
        if not hasattr(self, "key"):
            return
        with clock.at(self.now):
            (told,) = told_by_receipt(self.suggestion)
        shown = told.verdict and (told.verdict.answer, told.verdict.by_voice)
        said = self.here.said
        assert shown == (said and (said.answer, said.noted))
        assert bool(told.noted) == bool(said and said.noted)


def test_answers_in_whatever_order_follow_the_model(db: None) -> None:
    run_state_machine_as_test(
        Answers,
        settings=settings(
            max_examples=30, stateful_step_count=14, deadline=None, derandomize=True,
            database=None, suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        ),
    )  # fmt: skip
