"""Whatever is done to a meeting, in whatever order, by whom and when, a plain model foretells.

The model knows days and numbers alone: what was said, when notice was given, since when it is
frozen, which numbers stand and which wait. The table of the law may change in between.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.errors import Refusal
from genxu.organisation.assemblies.actions import (
    announce_assembly,
    cancel_assembly,
    change_assembly,
)
from genxu.organisation.assemblies.bodies import BODIES, Share
from genxu.organisation.assemblies.correction_actions import (
    confirm_correction,
    correct_attendance,
    correct_tally,
    decline_correction,
)
from genxu.organisation.assemblies.models import Assembly, Motion
from genxu.organisation.assemblies.queries import result_of
from genxu.organisation.assemblies.tally_actions import (
    Attendance,
    Tally,
    record_attendance,
    tally_motion,
)
from tests.cast import NOW, Cast

from .factories import call, convene, notice

BODY = "collective_members"
DUE = 9
STEPS = ["announce", "change", "cancel", "attend", "attend", "tally", "tally", "correct", "correct",
         "recount", "recount", "confirm", "confirm", "decline", "law", "law"]  # fmt: skip
tries = st.tuples(
    st.sampled_from(STEPS),
    st.sampled_from(["secretary", "village_staff", "township_staff"]),
    st.sampled_from([0, 0, 0, 1, 4, 11]),
    st.integers(0, 9), st.integers(0, 9), st.integers(0, 3),
)  # fmt: skip
BEGINNINGS: list[list[tuple[Any, ...]]] = [
    [],
    [("attend", "secretary", 12, 6, 3, 0)],
    [("attend", "secretary", 12, 6, 3, 0), ("tally", "secretary", 0, 7, 1, 0)],
    [("attend", "secretary", 12, 6, 3, 0), ("tally", "secretary", 0, 7, 1, 0),
     ("recount", "secretary", 1, 6, 2, 0)],
]  # fmt: skip


@dataclass
class Law:
    """As the table stands: shares as fractions, days."""

    quorum: Fraction = Fraction(2, 3)
    votes: Fraction = Fraction(3, 4)
    days: int = 10


@dataclass
class Model:
    """A meeting on one question of a share for a non-member, as it should stand."""

    meets: date
    given: date
    said_on: date | None = None
    announced: bool = True
    due: int = DUE
    state: str = "convened"
    law: Law | None = None
    came: tuple[int, int] = (0, 0)
    recorded: date | None = None
    votes: tuple[int, int] | None = None
    waiting: dict[str, tuple[str, Any]] = field(default_factory=dict)
    """What waits, ``came`` or ``votes``: who asked, and for which numbers."""

    @property
    def present(self) -> int:
        return sum(self.came)

    def result(self) -> tuple[bool, bool] | None:
        """Whether it counts and carried, by the law that it began with."""
        if self.votes is None or self.law is None:
            return None
        enough = self.present >= self.law.quorum * self.due
        valid = enough and self.announced and (self.meets - self.given).days >= self.law.days
        return valid, valid and self.votes[0] >= self.law.votes * self.due


def could(model: Model, law: Law, tried: tuple[Any, ...], today: date, begun: bool) -> bool:
    """Whether it can be done now; if so the model does it."""
    name, who, _days, first, second, ago = tried
    other = who != "township_staff"
    if name == "announce" and other and model.state == "convened":
        day = today - timedelta(days=ago)
        late = (model.meets - day).days < law.days and not begun
        too_soon = model.said_on is not None and day < model.said_on
        if late or too_soon or day > model.meets or (begun and model.announced):
            return False
        model.given, model.announced = day, True
        return True
    if name == "change" and other and model.state == "convened" and not begun:
        due = DUE + second
        if due == model.due:
            waits = today if not model.announced else model.given
            return (model.meets - waits).days >= law.days
        if (model.meets - today).days < law.days:
            return False
        model.due, model.announced, model.said_on = due, False, today
        return True
    if name == "cancel" and other and model.state == "convened":
        model.state = "cancelled"
        return True
    if name == "attend" and other and model.state != "cancelled" and begun:
        comes_in = model.recorded == today and model.votes is None
        fits = second <= first and first + second <= model.due
        if (model.state == "held" and not comes_in) or not fits:
            return False
        model.law = model.law or replace(law)
        model.state, model.came, model.recorded = "held", (first, second), today
        return True
    return model.state == "held" and could_after(model, tried, today)


def could_after(model: Model, tried: tuple[Any, ...], today: date) -> bool:
    """The same once it was held."""
    name, who, _days, first, second, ago = tried
    if name == "tally" and who != "township_staff" and model.votes is None:
        if first + second > model.present:
            return False
        model.votes = (first, second)
        return True
    if name == "correct" and who != "township_staff" and "came" not in model.waiting:
        if model.recorded == today and model.votes is None:
            return False
        asked = ((first, second), DUE + ago)
        if not fits_came(model, *asked) or asked == (model.came, model.due):
            return False
        model.waiting["came"] = (who, asked)
        return True
    if name == "recount" and who != "township_staff" and "votes" not in model.waiting:
        if model.votes in (None, (first, second)) or first + second > model.present:
            return False
        model.waiting["votes"] = (who, (first, second))
        return True
    if name in ("confirm", "decline") and model.waiting:
        what = next(iter(model.waiting))
        asker, numbers = model.waiting[what]
        if name == "decline":
            del model.waiting[what]
            return True
        return who != asker and confirmed(model, what, numbers)
    return False


def fits_came(model: Model, came: tuple[int, int], due: int) -> bool:
    return came[1] <= came[0] and sum(model.votes or (0, 0)) <= sum(came) <= due


def confirmed(model: Model, what: str, numbers: Any) -> bool:
    if what == "came":
        if not fits_came(model, *numbers):
            return False
        model.came, model.due = numbers
    else:
        if sum(numbers) > model.present:
            return False
        model.votes = numbers
    del model.waiting[what]
    return True


def attempt(cast: Cast, pk: int, tried: tuple[Any, ...]) -> bool:
    """Do it through the real actions; whether it was done."""
    name, who, _days, first, second, ago = tried
    one = Assembly.objects.get(pk=pk)
    given: dict[str, Any] = {"actor": cast.actor(who), "assembly": one}
    motion = one.motions.get()
    came = Attendance(first, proxies=second)
    waiting = one.steps.filter(step="ask", answer=None).order_by("pk").first()
    runs: dict[str, Any] = {
        "announce": lambda: announce_assembly(
            **given, announcement=notice(clock.today() - timedelta(days=ago))
        ),
        "change": lambda: change_assembly(**given, call=the_call(one, due=DUE + second)),
        "cancel": lambda: cancel_assembly(**given, words="下大雨"),
        "attend": lambda: record_attendance(**given, attendance=came),
        "tally": lambda: tally_motion(**given, motion=motion, tally=Tally(first, second, 0)),
        "correct": lambda: correct_attendance(
            **given, attendance=came, due=DUE + ago, reason="数漏了"
        ),
        "recount": lambda: correct_tally(
            **given, motion=motion, tally=Tally(first, second, 0), reason="念错了"
        ),
        "confirm": lambda: confirm_correction(**given, correction=waiting),
        "decline": lambda: decline_correction(**given, correction=waiting, words="没数错"),
    }
    if name in ("confirm", "decline") and waiting is None:
        return False
    try:
        with transaction.atomic():
            runs[name]()
    except Refusal:
        return False
    return True


def the_call(one: Assembly | None = None, **changes: Any) -> Any:
    asked = {"questions": (("李家分红", "non_member_share"),), "announced_on": None, "body": BODY}
    if one:
        asked["meets_at"] = one.meets_at
    return call(**asked | changes)


def compare(pk: int, model: Model) -> None:
    one = Assembly.objects.get(pk=pk)
    motion: Motion = one.motions.get()
    assert (one.state, one.due, one.announced_on is not None) == (
        model.state, model.due, model.announced,
    )  # fmt: skip
    assert one.announced_on == (model.given if model.announced else None)
    assert (one.in_person, one.proxies) == model.came
    assert motion.is_tallied == (model.votes is not None)
    assert motion.votes[:2] == (model.votes or (0, 0))
    found = result_of(motion)
    assert (found and (found.valid, found.carried)) == model.result()
    assert one.steps.filter(step="ask", answer=None).count() == len(model.waiting)
    for step in one.steps.filter(step="correct"):
        assert step.by_id != step.answers.by_id  # type: ignore[union-attr]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None
)
@given(st.sampled_from(BEGINNINGS), st.lists(tries, min_size=4, max_size=25))
def test_a_meeting_stands_as_the_model_says_on_every_walk(
    cast: Cast, beginning: list[tuple[Any, ...]], walk: list[tuple[Any, ...]]
) -> None:
    patch, now, law = pytest.MonkeyPatch(), NOW, Law()
    try:
        with transaction.atomic():
            asked = the_call()
            one = convene(cast, body=BODY, due=DUE, questions=(("李家分红", "non_member_share"),))
            model = Model(one.meets_on, clock.today())
            assert asked.meets_at == one.meets_at
            for tried in [*beginning, *walk]:
                now += timedelta(days=tried[2])
                with clock.at(now):
                    if tried[0] == "law":
                        law = amend(patch, law, tried[5])
                        continue
                    begun = now >= one.meets_at
                    done = attempt(cast, one.pk, tried)
                    event(f"{model.state} {tried[0]} {done}")
                    assert could(model, law, tried, now.date(), begun) is done
                    compare(one.pk, model)
            transaction.set_rollback(True)
    finally:
        patch.undo()


def amend(patch: pytest.MonkeyPatch, law: Law, n: int) -> Law:
    """Another text of the law: from now on, for what has not begun."""
    new = Law(Fraction(1, n + 1), Fraction(n + 1, 5), 5 * n)
    shares = BODIES[BODY].majorities | {"non_member_share": Share(n + 1, 5, False)}  # type: ignore[operator]
    patch.setitem(BODIES, BODY, replace(
        BODIES[BODY], quorum={"persons": Share(1, n + 1, False)}, majorities=shares,
        notice_days=5 * n, version=f"203{n}",
    ))  # fmt: skip
    return new
