"""The sample, and what is left, whatever was said in whatever order."""

from random import Random

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core import clock
from genxu.people.models import Household
from genxu.team.campaigns import actions
from genxu.team.campaigns.actions import Given
from genxu.team.campaigns.counting import tallies
from genxu.team.campaigns.queries import below
from genxu.team.campaigns.sampling import ONE_IN, draw, wanted
from genxu.team.campaigns.workflow import Said
from tests.cast import COUNTY, HOME, NEIGHBOUR, Cast

from .factories import opened, part

TOWNSHIPS = tuple(f"42122110{n}" for n in range(5))
SPOKEN = st.dictionaries(st.sampled_from(TOWNSHIPS), st.integers(0, 60), max_size=5)


@given(SPOKEN, SPOKEN, st.sets(st.sampled_from(TOWNSHIPS)), st.randoms(use_true_random=False))
def test_nobody_looks_at_his_own_and_every_township_is_looked_at(
    counts: dict[str, int], drawn: dict[str, int], staffed: set[str], rng: Random
) -> None:
    keys = iter(range(1000))
    spoken = {one: [next(keys) for _n in range(n)] for one, n in counts.items()}
    found = draw(spoken, drawn, staffed, COUNTY, rng)
    for township, parts in spoken.items():
        mine = [found[one] for one in parts if one in found]
        done = drawn.get(township, 0)
        assert len(mine) == min(len(parts), max(0, wanted(len(parts) + done) - done))
        assert township not in mine
        others = staffed - {township}
        assert set(mine) <= (others or {COUNTY})


@given(st.integers(0, 500))
def test_about_one_in_ten_and_one_at_least(n: int) -> None:
    assert (wanted(n) == 0) == (n == 0)
    assert n / ONE_IN <= wanted(n) < n / ONE_IN + 1


ANSWERS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([None, 0, 1])), max_size=8
)  # fmt: skip


def test_what_is_left_is_what_was_not_answered(cast: Cast) -> None:
    """Against a model that knows the last answer of each household, and who lives there."""
    campaign = opened(cast)
    homes = cast.households()
    fact = campaign.asked[0].pk

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(ANSWERS, st.sets(st.integers(0, 3)), st.booleans())
    def holds(said: list[tuple[int, int | None]], gone: set[int], nothing: bool) -> None:
        with transaction.atomic():
            model: dict[int, int | None] = dict.fromkeys(range(4))
            for door, value in said:
                if model[door] != value:
                    one = Given(fact, homes[door].pk, value)
                    actions.answer_part(
                        actor=cast.actor("secretary"), part=part(campaign), given=[one]
                    )
                    model[door] = value
            for door in gone:
                Household.objects.filter(pk=homes[door].pk).update(left_on=clock.today())
                del model[door]
            if nothing and not part(campaign).answers.filter(value=1).exists():
                actions.say_nothing(actor=cast.actor("secretary"), part=part(campaign))
                model = dict.fromkeys(model, 0)
            found = tallies(campaign, HOME)[HOME]
            left = sum(value is None for value in model.values())
            assert found == (len(model), left, False)
            whole = tallies(campaign, COUNTY)
            assert whole[HOME] == found
            assert whole[NEIGHBOUR].left == 2
            rows = below(campaign, cast.hamlet(COUNTY))
            assert rows.all is not None
            assert rows.all.left == sum(one.left for one in whole.values())
            assert rows.all.left == sum(row.left for row in rows.rows)
            spoken = part(campaign).state != Said.OPEN
            assert rows.all.said == int(spoken)
            transaction.set_rollback(True)

    holds()
