"""Her yes, walked at random against a model of six lines: no errand is done without one that stands
on that day, withdrawn is the end of it, and each is used once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.people.own_access import holder_of
from genxu.team.services import actions
from genxu.team.services.models import Errand
from genxu.team.services.passing import let_days_pass
from tests.cast import NOW, Cast

from . import factories

pytestmark = pytest.mark.once
MONTH = timedelta(days=30)


@dataclass
class Yes:
    """What may be, said as simply as it can be."""

    runs: bool = False
    said: bool = False
    started: bool = False
    until: date = date.min
    done: int = 0
    given: int = 0

    def ask(self, today: date) -> bool:
        if self.runs:
            return False
        self.runs, self.said, self.started, self.until = True, False, False, today + MONTH
        return True

    def agree(self, today: date) -> bool:
        if not self.runs or self.said or today > self.until:
            return False
        self.said, self.until, self.given = True, today + MONTH, self.given + 1
        return True

    def start(self, today: date) -> bool:
        if not self._stands(today) or self.started:
            return False
        self.started, self.until = True, today + MONTH
        return True

    def finish(self, today: date) -> bool:
        if not self._stands(today):
            return False
        self.runs, self.done = False, self.done + 1
        return True

    def withdraw(self, today: date) -> bool:
        ran, self.runs = self.runs, False
        return ran

    def _stands(self, today: date) -> bool:
        return self.runs and self.said and today <= self.until


class Walk:
    """The same acts on the true errand of one household: the last that was asked for."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.home = cast, cast.households()[0]
        self.steward = cast.actor("steward")
        self.item, self.pk = factories.item(cast), 0
        factories.linked(cast, self.home)

    @property
    def errand(self) -> Errand:
        return Errand.objects.select_related("hamlet").get(pk=self.pk)

    def ask(self) -> None:
        made = actions.ask_errand(
            actor=self.steward, hamlet=self.cast.home, household=self.home, item=self.item,
            whom="婆婆",
        )  # fmt: skip
        self.pk = made.pk

    def agree(self) -> None:
        actions.authorise_own_errand(actor=holder_of(self.home), errand=self.errand)

    def start(self) -> None:
        actions.start_errand(actor=self.steward, errand=self.errand)

    def finish(self) -> None:
        actions.finish_errand(
            actor=self.steward, errand=self.errand, done_on=clock.today(), handed_over=True
        )

    def withdraw(self) -> None:
        actions.withdraw_own_errand(actor=holder_of(self.home), errand=self.errand)


ACTS = ("ask", "agree", "start", "finish", "withdraw", "clock")
BEGUN = [("ask",), ("ask", "agree"), ("ask", "agree", "start"), ("ask", "agree", "finish")]
pieces = st.one_of(
    st.sampled_from(ACTS).map(lambda one: (one,)),
    st.sampled_from(BEGUN),
    st.sampled_from((1, 15, 29, 30, 31)).map(lambda days: (days,)),
    st.tuples(st.sampled_from((30, 31)), st.sampled_from(("agree", "start", "finish"))),
)
"""Single acts, days that pass, and how it mostly goes: so that the edges are reached."""


def taken(run: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            run()
    except (Conflict, Invalid, Errand.DoesNotExist):
        return False
    return True


def walk(cast: Cast, acts: list[Any]) -> None:
    true, model, now = Walk(cast), Yes(), NOW
    for one in acts:
        if isinstance(one, int):
            now += timedelta(days=one)
            continue
        with clock.at(now):
            today = clock.today()
            if one == "clock":
                let_days_pass()
                model.runs = model.runs and today <= model.until
            else:
                assert taken(getattr(true, one)) == getattr(model, one)(today), (one, acts)
    done = Errand.objects.exclude(done_on=None)
    assert done.count() == model.done <= model.given
    assert not done.filter(authorised_on=None).exists()


def test_no_errand_without_a_yes_that_stands(cast: Cast) -> None:
    @settings(max_examples=60, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.lists(pieces, max_size=7))
    def hold(acts: list[tuple[Any, ...]]) -> None:
        with transaction.atomic():
            walk(cast, [one for piece in acts for one in piece])
            transaction.set_rollback(True)

    hold()
