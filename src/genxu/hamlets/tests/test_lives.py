"""Whatever becomes of the hamlets of a village in whatever order, a simple model says the same: who
lives where under which number, what is open where, what each code means, and how many people there
were on each day before.

Hypothesis walks a state machine; each walk runs in a savepoint that is taken back.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from genxu.core import clock
from genxu.core.access import Actor, Grant, Kind
from genxu.core.errors import Refusal
from genxu.hamlets.actions import (
    close_hamlet,
    merge_hamlets,
    move_households,
    rename_hamlet,
    reopen_hamlet,
)
from genxu.insight.counting import bring_up_to_date, count_on
from genxu.insight.models import Standing
from genxu.institutions.matters.models import Matter
from genxu.institutions.talks.actions import record_talk
from genxu.people.household_actions import come_back, move_away
from genxu.people.models import Household
from genxu.regions.actions import add_hamlet
from genxu.regions.models import FormerName, Region
from genxu.regions.queries import place_of
from tests.cast import HOME, NEIGHBOUR, NOW, OPERATOR, VILLAGE, Cast
from tests.doing import gathering, taken_up

PEOPLE, OPEN = "people.population", "institutions.matters_open"
numbers = st.integers(0, 7)
NAMES = ["罗家洲", "港边湾", "新屋", "老屋"]


SECRETARY = Actor(Kind.SYSTEM, "secretary", grants=(Grant("secretary", VILLAGE),))
"""She may record in each hamlet that there will be."""


class Model:
    """What is known of the village: no table, no action."""

    def __init__(self, households: list[Household]) -> None:
        self.lives = {one.pk: (one.hamlet_id, one.number) for one in households}
        self.heads = {one.pk: one.head_count for one in households}
        self.left: set[int] = set()
        self.names = {HOME: "罗家洲", NEIGHBOUR: "港边湾"}
        self.closed: set[str] = set()
        self.means = {HOME: HOME, NEIGHBOUR: NEIGHBOUR}
        self.matters: dict[int, tuple[str, int]] = {}
        """Open personal matters: where, and of which household."""
        self.people: dict[tuple[str, date], int] = {}

    def alive(self) -> list[str]:
        return sorted(self.names)

    def living(self, code: str) -> list[int]:
        return sorted(pk for pk, (at, _n) in self.lives.items()
                      if at == code and pk not in self.left)  # fmt: skip

    def last(self, code: str) -> int:
        return max((n for at, n in self.lives.values() if at == code), default=0)

    def population(self, code: str) -> int:
        return sum(self.heads[pk] for pk in self.living(code))

    def follow(self, going: list[int], into: str) -> None:
        for number, pk in enumerate(sorted(going, key=lambda pk: self.lives[pk][1]),
                                    self.last(into) + 1):  # fmt: skip
            self.lives[pk] = (into, number)


class Lives(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = NOW
        self.model = Model(list(Household.objects.filter(hamlet__in=[HOME, NEIGHBOUR])))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def at(self, n: int) -> str:
        alive = self.model.alive()
        return alive[n % len(alive)]

    def tries(self, act: Any) -> bool:
        """Whether it was done; what is refused leaves nothing."""
        try:
            with clock.at(self.now), transaction.atomic():
                act()
        except Refusal:
            return False
        return True

    @rule()
    def a_day_passes(self) -> None:
        for code in self.model.alive():
            self.model.people[code, self.now.date()] = self.model.population(code)
        self.now += timedelta(days=1)

    @rule(n=numbers, name=st.sampled_from(NAMES))
    def rename(self, n: int, name: str) -> None:
        code, model = self.at(n), self.model
        fits = code not in model.closed and all(
            other != name for at, other in model.names.items()
            if at not in model.closed or at == code
        )  # fmt: skip
        hamlet = Region.objects.get(code=code)
        assert fits == self.tries(lambda: rename_hamlet(actor=OPERATOR, hamlet=hamlet, name=name))
        if fits:
            model.names[code] = name

    @rule(name=st.sampled_from(NAMES))
    def make(self, name: str) -> None:
        model = self.model
        taken = {other for at, other in model.names.items() if at not in model.closed}
        village = Region.objects.get(code=VILLAGE)
        made = self.tries(lambda: add_hamlet(actor=OPERATOR, village=village, name=name))
        assert made == (name not in taken)
        if made:
            code = f"{VILLAGE}{len(model.means) + 1:03d}"  # no number is given twice
            model.names[code], model.means[code] = name, code

    @rule(n=numbers)
    def close(self, n: int) -> None:
        code, model = self.at(n), self.model
        is_left = model.living(code) or any(at == code for at, _pk in model.matters.values())
        fits = code not in model.closed and not is_left
        hamlet = Region.objects.get(code=code)
        assert fits == self.tries(lambda: close_hamlet(actor=OPERATOR, hamlet=hamlet))
        if fits:
            model.closed.add(code)

    @rule(n=numbers)
    def reopen(self, n: int) -> None:
        code, model = self.at(n), self.model
        others = {name for at, name in model.names.items() if at not in model.closed}
        fits = code in model.closed and model.names[code] not in others
        hamlet = Region.objects.get(code=code)
        assert fits == self.tries(lambda: reopen_hamlet(actor=OPERATOR, hamlet=hamlet))
        if fits:
            model.closed.discard(code)

    @rule(n=numbers, m=numbers)
    def merge(self, n: int, m: int) -> None:
        gone, heir, model = self.at(n), self.at(m), self.model
        fits = gone != heir and not {gone, heir} & model.closed
        one, other = Region.objects.get(code=gone), Region.objects.get(code=heir)
        assert fits == self.tries(lambda: merge_hamlets(actor=OPERATOR, hamlet=one, heir=other))
        if not fits:
            return
        model.follow([pk for pk, (at, _n) in model.lives.items() if at == gone], heir)
        model.names.pop(gone)
        model.means = {code: heir if at == gone else at for code, at in model.means.items()}
        model.matters = {
            pk: (heir if at == gone else at, of) for pk, (at, of) in model.matters.items()
        }
        for (code, day), people in list(model.people.items()):
            if code == gone:
                del model.people[code, day]
                model.people[heir, day] = model.people.get((heir, day), 0) + people

    @rule(n=numbers, m=numbers, who=st.sets(numbers, max_size=3))
    def move(self, n: int, m: int, who: set[int]) -> None:
        code, into, model = self.at(n), self.at(m), self.model
        living = model.living(code)
        going = sorted({living[one % len(living)] for one in who}) if living else []
        fits = bool(going) and code != into and not {code, into} & model.closed
        given = {"hamlet": Region.objects.get(code=code), "into": Region.objects.get(code=into),
                 "households": list(Household.objects.filter(pk__in=going))}  # fmt: skip
        assert fits == self.tries(lambda: move_households(actor=OPERATOR, **given))
        if fits:
            model.follow(going, into)
            model.matters = {
                pk: (into if of in going and at == code else at, of)
                for pk, (at, of) in model.matters.items()
            }

    @rule(n=numbers, who=numbers)
    def raise_one(self, n: int, who: int) -> None:
        code, model = self.at(n), self.model
        living = model.living(code)
        if not living or code in model.closed:
            return
        household = Household.objects.get(pk=living[who % len(living)])
        said = taken_up(household=household, tier="personal")
        with clock.at(self.now):
            record_talk(actor=SECRETARY, hamlet=household.hamlet,
                        gathering=gathering(), said=[said], another=True)  # fmt: skip
        model.matters[Matter.objects.latest("pk").pk] = (code, household.pk)

    @rule(n=numbers, who=numbers)
    def leave(self, n: int, who: int) -> None:
        living = self.model.living(self.at(n))
        if living:
            one = Household.objects.get(pk=living[who % len(living)])
            assert self.tries(lambda: move_away(actor=OPERATOR, household=one, on=self.now.date()))
            self.model.left.add(one.pk)

    @rule(who=numbers)
    def return_home(self, who: int) -> None:
        gone = sorted(self.model.left)
        if gone:
            one = Household.objects.get(pk=gone[who % len(gone)])
            fits = one.hamlet_id not in self.model.closed
            assert fits == self.tries(lambda: come_back(actor=OPERATOR, household=one))
            if fits:
                self.model.left.discard(one.pk)

    @invariant()
    def everybody_is_where_the_model_says(self) -> None:
        rows = Household.objects.filter(pk__in=self.model.lives)
        assert {pk: (at, n) for pk, at, n in rows.values_list("pk", "hamlet", "number")} == (
            self.model.lives
        )
        matters = Matter.objects.filter(pk__in=self.model.matters)
        assert dict(matters.values_list("pk", "hamlet")) == {
            pk: at for pk, (at, _of) in self.model.matters.items()
        }

    @invariant()
    def names_and_codes_mean_what_the_model_says(self) -> None:
        rows = Region.objects.filter(parent=VILLAGE).order_by("code")
        assert dict(rows.values_list("code", "name")) == self.model.names
        assert set(rows.exclude(closed_on=None).values_list("code", flat=True)) == (
            self.model.closed
        )
        for code, now in self.model.means.items():
            assert place_of(code).code == now
        open_names = list(rows.filter(closed_on=None).values_list("name", flat=True))
        assert len(open_names) == len(set(open_names))

    @invariant()
    def figures_of_days_before_are_what_they_were(self) -> None:
        with clock.at(self.now):
            for (code, day), people in self.model.people.items():
                assert count_on(code, day, [PEOPLE])[PEOPLE] == people, (code, day)
            for code in self.model.alive():
                found = count_on(code, self.now.date(), [PEOPLE, OPEN])
                opened = sum(at == code for at, _of in self.model.matters.values())
                assert found == {PEOPLE: self.model.population(code), OPEN: opened}

    @rule()
    def ready_figures_are_those_counted_anew(self) -> None:
        with clock.at(self.now):
            bring_up_to_date()
            for code in (*self.model.alive(), VILLAGE):
                kept = Standing.objects.filter(place=code, key__in=[PEOPLE, OPEN])
                found = {PEOPLE: 0, OPEN: 0, **dict(kept.values_list("key", "value"))}
                assert found == count_on(code, self.now.date(), [PEOPLE, OPEN]), code


def test_lives_of_hamlets_follow_the_model(cast: Cast) -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=12, stateful_step_count=15, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert not FormerName.objects.exists()
