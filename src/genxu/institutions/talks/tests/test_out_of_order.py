"""The order of the evenings is not the order of typing: numbers, agenda, "since" and the states of
an agenda are those of the evening, in whatever order talks are written down and put right."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.errors import Refusal
from genxu.insight.counting import count_on
from genxu.institutions.matters.actions import finish_matter, start_matter
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.queries import on_agenda
from genxu.institutions.talks import mending_actions as mending
from genxu.institutions.talks import queries
from genxu.institutions.talks.models import Talk
from tests.cast import HOME, NOW, Cast, Enter
from tests.doing import bring_to, gathering, hold_talk, page_text, raise_matter, taken_up, verdict

TODAY = NOW.date()
SPAN = 40
quiet = settings(
    max_examples=8, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def then(days: int) -> Any:
    """In the morning of a day so long ago."""
    return clock.at(NOW - timedelta(days=days))


def opening(talk: Talk) -> list[tuple[int, str]]:
    return [(matter.pk, matter.stood) for matter, _word in queries.opening_of(talk)]


def lived(cast: Cast) -> None:
    """Matters that were raised, begun, done, closed and taken up again over forty days."""
    secretary = cast.actor("secretary")
    with then(SPAN):
        one, two, three = (raise_matter(cast, "registered", text=f"第{n}件") for n in range(3))
        four = raise_matter(cast, "under_way", "personal", text="自家的事")
        Talk.objects.all().update(held_on=ago(SPAN))
    with then(33):
        one = bring_to(cast, one, "assigned")
        two = bring_to(cast, two, "under_way", "specialist")
    with then(25):
        one = start_matter(actor=secretary, matter=one)
        two = finish_matter(actor=secretary, matter=two, words="好了")
    with then(18):
        two = verdict(two, "satisfied")
        one = finish_matter(actor=secretary, matter=one, words="好了")
    with then(10):
        one = verdict(one, "dissatisfied")
        three = bring_to(cast, three, "under_way")
    with then(4):
        finish_matter(actor=secretary, matter=one, words="又修了")
        finish_matter(actor=secretary, matter=four, words="好了")


days = st.lists(st.integers(0, SPAN - 1), min_size=2, max_size=7, unique=True)


@quiet
@given(evenings=days, picks=st.randoms(use_true_random=False))
def test_written_down_in_any_order_talks_are_as_if_written_evening_by_evening(
    cast: Cast, evenings: list[int], picks: Any
) -> None:
    seen: list[dict[date, Any]] = []
    shuffled = picks.sample(evenings, len(evenings))
    for order in (sorted(evenings, reverse=True), shuffled):
        with transaction.atomic():
            lived(cast)
            first = min(Matter.objects.values_list("pk", flat=True))
            for day in order:
                hold_talk(cast, taken_up(f"{day}天前说的"), held_on=ago(day))
            found = {}
            for talk in Talk.objects.numbered().filter(held_on__gt=ago(SPAN)):
                before = queries.talk_before(talk)
                agenda = [(pk - first, stood) for pk, stood in opening(talk)]
                found[talk.held_on] = (talk.number, before and before.held_on, agenda)
            seen.append(found)
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert [one[0] for _day, one in sorted(seen[0].items())] == list(range(5, 5 + len(evenings)))


def test_a_talk_of_the_1st_written_after_that_of_the_15th_opens_with_what_stood_on_the_1st(
    cast: Cast, enter: Enter
) -> None:
    with then(30):
        matter = raise_matter(cast, "under_way", text="路灯坏了")
    with then(8):
        finish_matter(actor=cast.actor("secretary"), matter=matter, words="好了")
    with then(5):
        late = hold_talk(cast, taken_up("水渠堵了"))
    early = hold_talk(cast, taken_up("补记的"), held_on=ago(20))
    assert opening(early) == [(matter.pk, "under_way")]
    assert opening(late) == [(matter.pk, "done")]
    assert (early.number, Talk.objects.numbered().get(pk=late.pk).number) == (2, 3)
    client = enter("secretary")
    text = page_text(client.get(f"/talks/{early.pk}/minutes/"))
    assert "路灯坏了" in text
    assert "水渠堵了" not in text
    page = client.get(f"/talks/at/{HOME}/new/").context
    assert page["number"] == 4
    assert page["form"].initial["venue"] == late.venue


def test_what_is_finished_is_told_once_by_the_talk_that_came_next(cast: Cast) -> None:
    """A late talk in between takes it from the one behind: "since" is the evening before."""
    with then(30):
        matter = raise_matter(cast, "under_way")
    with then(20):
        finish_matter(actor=cast.actor("secretary"), matter=matter, words="好了")
    with then(2):
        last = hold_talk(cast)
    assert opening(last) == [(matter.pk, "done")]
    between = hold_talk(cast, held_on=ago(10))
    assert opening(between) == [(matter.pk, "done")]
    assert opening(last) == []


def test_the_agenda_of_today_by_the_history_is_that_by_the_states(cast: Cast) -> None:
    lived(cast)
    for since in (None, *(ago(days) for days in range(SPAN + 1))):
        by_state = {m.pk: m.stood for m in on_agenda(cast.home, since)}
        assert {m.pk: m.stood for m in on_agenda(cast.home, since, TODAY)} == by_state


# --- out of order, with correcting, joining, withdrawing -----------------------------------------


@dataclass
class Evening:
    """A talk as simply as can be."""

    day: date
    heads: int
    said: int
    stands: bool = True


@dataclass
class Model:
    """The talks of the hamlet by their keys."""

    rows: dict[int, Evening] = field(default_factory=dict)

    def standing(self) -> list[tuple[date, int]]:
        return sorted((one.day, pk) for pk, one in self.rows.items() if one.stands)

    def numbers(self) -> dict[int, int]:
        return {pk: n for n, (_day, pk) in enumerate(self.standing(), 1)}


def act(cast: Cast, model: Model, step: tuple[Any, ...]) -> None:
    """One act, in the program and, if it is taken, in the model."""
    name, day, heads, pick, other_pick = step
    who = cast.actor("village_staff" if heads % 2 else "secretary")
    if name == "record" or not model.rows:
        said = [taken_up(f"{n}") for n in range(heads % 3 if heads else 0)]
        talk = hold_talk(cast, *said, held_on=ago(day), head_count=heads)
        model.rows[talk.pk] = Evening(ago(day), heads, len(said))
        return
    keys = sorted(model.rows)
    pk, other = keys[pick % len(keys)], keys[other_pick % len(keys)]
    talk, mine = Talk.objects.get(pk=pk), model.rows[pk]
    if name == "correct":
        evening = gathering(held_on=ago(day), head_count=heads)
        mending.correct_talk(actor=who, talk=talk, gathering=evening, words="看错了")
        mine.day, mine.heads = ago(day), heads
    elif name == "take_back":
        _correct_and_take_back(cast, talk, day)
    elif name == "join":
        double = Talk.objects.get(pk=other)
        mending.join_talks(actor=who, talk=talk, other=double)
        model.rows[other].said += mine.said
        mine.said, mine.stands = 0, False
    else:
        mending.withdraw_talk(actor=who, talk=talk, words="记错了湾")
        mine.stands = False


def _correct_and_take_back(cast: Cast, talk: Talk, day: int) -> None:
    who, evening = cast.actor("secretary"), gathering(held_on=ago(day), head_count=7)
    done = mending.correct_talk(actor=who, talk=talk, gathering=evening, words="点错了")
    done.take_back(who, done.version - 1)


def compare(model: Model) -> None:
    numbers = model.numbers()
    rows = Talk.objects.standing().filter(hamlet=HOME).numbered()
    assert {talk.pk: talk.number for talk in rows} == numbers
    order = [pk for _day, pk in model.standing()]
    for n, talk in enumerate(sorted(rows, key=lambda one: numbers[one.pk])):
        before = queries.talk_before(talk)
        assert (before and before.pk) == (order[n - 1] if n else None)
    for day in (TODAY, ago(3)):
        by_then = [one for one in model.rows.values() if one.stands and one.day <= day]
        figures = count_on(HOME, day)
        assert figures["institutions.talks_held"] == sum(one.heads > 0 for one in by_then)
        assert figures["institutions.talks_nobody_came"] == sum(not one.heads for one in by_then)
        assert figures["institutions.suggestions"] == sum(one.said for one in by_then)
    assert count_on(HOME, TODAY)["institutions.matters"] == sum(
        one.said for one in model.rows.values() if one.stands
    )


steps = st.tuples(
    st.sampled_from(["record", "record", "correct", "take_back", "join", "withdraw"]),
    st.integers(0, 8), st.integers(0, 5), st.integers(0, 9), st.integers(0, 9),
)  # fmt: skip


@quiet
@given(walk=st.lists(steps, min_size=4, max_size=14))
def test_no_way_of_putting_right_breaks_the_order_or_the_figures(
    cast: Cast, walk: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        model = Model()
        for step in walk:
            try:
                with transaction.atomic():
                    act(cast, model, step)
            except Refusal:
                pass  # refused as a whole: the model has not moved either
            compare(model)
        transaction.set_rollback(True)
