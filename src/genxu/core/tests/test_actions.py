"""The one way in which anything is written: rule, transaction, body, journal; once per form."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from genxu.core import clock
from genxu.core.access import ALLOWED, Actor, Decision, Permission, denied, system
from genxu.core.actions import action
from genxu.core.errors import Conflict, Denied, Missing
from genxu.core.models import JournalEntry, Pending
from genxu.institutions.matters import actions
from genxu.institutions.matters.models import MatterStep
from genxu.institutions.talks.actions import record_talk
from genxu.institutions.talks.models import Talk
from genxu.regions.models import Region
from tests.cast import HOME, NOW, OPERATOR, Cast
from tests.doing import fresh, gathering, hold_talk, raise_matter, taken_up


def see_place(actor: Actor, hamlet: Region) -> Decision:
    """For these tests."""
    assert connection.in_atomic_block
    return ALLOWED if hamlet.name != "禁地" else denied("not there")


PERMISSION = Permission(see_place, "see", ["secretary", "system"], public=False, reading=False)


@action(PERMISSION, locks="hamlet", notes=("wave",))
def rename_hamlet(*, actor: Actor, hamlet: Region, name: str, wave: int = 0) -> Region:
    """An action for these tests."""
    assert connection.in_atomic_block
    if name == "boom":
        hamlet.name = name
        hamlet.save()
        raise RuntimeError("half way")
    hamlet.name = name
    hamlet.save()
    return hamlet


def test_an_action_must_be_keyword_only() -> None:
    with pytest.raises(TypeError, match="keyword-only"):

        @action(PERMISSION)
        def wrong(actor: Actor, hamlet: Region) -> Region:
            return hamlet


def test_what_an_action_gives_lies_at_a_place() -> None:
    """Or its entry would lie nowhere: no page would age by it, no hamlet be counted again."""
    with pytest.raises(TypeError, match="place_code"):

        @action(PERMISSION)
        def placeless(*, actor: Actor, hamlet: Region) -> Pending:
            return Pending()


def test_an_action_must_take_its_actor_and_what_its_permission_asks_for() -> None:
    with pytest.raises(TypeError, match="actor"):

        @action(PERMISSION)
        def without_actor(*, hamlet: Region) -> Region:
            return hamlet

    with pytest.raises(TypeError, match="hamlet"):

        @action(PERMISSION)
        def without_target(*, actor: Actor) -> Region:
            return Region()

    with pytest.raises(TypeError, match="note"):

        @action(PERMISSION, notes=("note",))
        def without_note(*, actor: Actor, hamlet: Region) -> Region:
            return hamlet


def test_positional_arguments_do_not_reach_the_body(cast: Cast) -> None:
    with pytest.raises((KeyError, TypeError)):
        rename_hamlet(cast.actor("secretary"), cast.home, "x")  # type: ignore[misc,call-arg]


def test_it_is_named_after_its_app() -> None:
    assert rename_hamlet.name == "tests.rename_hamlet"
    assert record_talk.name == "talks.record_talk"
    assert actions.triage_matter.name == "matters.triage_matter"


def test_the_permission_is_asked_and_its_refusal_writes_nothing(cast: Cast) -> None:
    before = JournalEntry.objects.count()
    for part in ("far_secretary", "village_staff", "auditor", "without_role"):
        with pytest.raises(Denied):
            rename_hamlet(actor=cast.actor(part), hamlet=cast.home, name="新名")
    assert cast.home.name == "罗家洲"
    assert JournalEntry.objects.count() == before


def test_the_rule_is_asked_of_the_row_as_it_is_now(cast: Cast) -> None:
    """What the page had loaded may be old; the locked row counts."""
    old = cast.home
    Region.objects.filter(code=HOME).update(name="禁地")
    with pytest.raises(Denied):
        rename_hamlet(actor=cast.actor("secretary"), hamlet=old, name="新名")


def test_a_row_that_is_gone_is_missing(cast: Cast) -> None:
    ghost = Region(code="421221104202999", name="无")
    with pytest.raises(Missing):
        rename_hamlet(actor=OPERATOR, hamlet=ghost, name="x")


def test_a_failure_half_way_takes_everything_back(cast: Cast) -> None:
    before = JournalEntry.objects.count()
    with pytest.raises(RuntimeError):
        rename_hamlet(actor=cast.actor("secretary"), hamlet=cast.home, name="boom")
    assert cast.home.name == "罗家洲"
    assert JournalEntry.objects.count() == before


def test_the_journal_tells_who_what_where(cast: Cast) -> None:
    rename_hamlet(actor=cast.actor("secretary"), hamlet=cast.home, name="罗洲", wave=3)
    entry = JournalEntry.objects.latest("pk")
    assert entry.actor == f"account:{cast.secretary.pk}"
    assert (entry.action, entry.place) == ("tests.rename_hamlet", HOME)
    assert (entry.subject_type, entry.subject_id) == ("regions.region", HOME)
    assert entry.detail == {"wave": 3}
    assert entry.at == NOW
    assert entry.client_id is None


@pytest.mark.parametrize("said", [0, False, ""])
def test_nought_and_no_are_kept_as_said_and_none_is_not(cast: Cast, said: Any) -> None:
    secretary = cast.actor("secretary")
    rename_hamlet(actor=secretary, hamlet=cast.home, name="罗洲", wave=said)
    assert JournalEntry.objects.latest("pk").detail == {"wave": said}
    rename_hamlet(actor=secretary, hamlet=cast.home, name="罗洲", wave=None)  # type: ignore[arg-type]
    assert JournalEntry.objects.latest("pk").detail == {}


def test_each_entry_is_queued_for_each_follower(cast: Cast) -> None:
    rename_hamlet(actor=OPERATOR, hamlet=cast.home, name="罗洲")
    entry = JournalEntry.objects.latest("pk")
    followers = Pending.objects.filter(entry=entry).values_list("follower", flat=True)
    assert sorted(followers) == ["figures", "seal"]


def test_notes_are_plain(cast: Cast) -> None:
    raise_matter(cast, "assigned", assignee="centre_household")
    entry = JournalEntry.objects.filter(action="matters.assign_matter").get()
    assert entry.detail == {"assignee": str(cast.centre_household.pk)}


def test_the_system_acts_under_a_name(cast: Cast) -> None:
    rename_hamlet(actor=system("clock"), hamlet=cast.home, name="罗洲")
    assert JournalEntry.objects.latest("pk").actor == "system:clock"


# --- once --------------------------------------------------------------------------------------


def test_the_same_submission_twice_happens_once(cast: Cast) -> None:
    key = uuid4()
    values: dict[str, Any] = {
        "actor": cast.actor("secretary"), "hamlet": cast.home, "gathering": gathering(),
        "said": [taken_up()],
    }  # fmt: skip
    first, second = record_talk.once(key, **values), record_talk.once(key, **values)
    assert first == second
    assert Talk.objects.count() == 1
    assert JournalEntry.objects.filter(client_id=key).count() == 1


def test_without_an_id_it_happens_each_time(cast: Cast) -> None:
    hold_talk(cast)
    hold_talk(cast)
    assert Talk.objects.count() == 2
    for _n in range(2):
        record_talk.once(
            None, actor=cast.actor("secretary"), hamlet=cast.home, gathering=gathering(), said=[],
            another=True,
        )  # fmt: skip
    assert Talk.objects.count() == 4


def test_the_id_of_another_actor_is_a_conflict(cast: Cast) -> None:
    key, matter = uuid4(), raise_matter(cast, "under_way", assignee="centre_household")
    values: dict[str, Any] = {"matter": matter, "words": "好"}
    actions.note_progress.once(key, actor=cast.actor("secretary"), **values)
    with pytest.raises(Conflict):
        actions.note_progress.once(key, actor=cast.actor("centre_household"), **values)


def test_the_id_of_another_action_is_a_conflict(cast: Cast) -> None:
    key, matter = uuid4(), raise_matter(cast, "under_way")
    secretary = cast.actor("secretary")
    actions.note_progress.once(key, actor=secretary, matter=matter, words="好")
    with pytest.raises(Conflict):
        actions.finish_matter.once(key, actor=secretary, matter=matter, words="好")
    assert fresh(matter).state == "under_way"


def test_one_that_was_refused_may_be_sent_again(cast: Cast) -> None:
    key, matter = uuid4(), raise_matter(cast, "under_way")
    secretary = cast.actor("secretary")
    with pytest.raises(Conflict):
        actions.finish_matter.once(key, 99, actor=secretary, matter=matter, words="好")
    assert actions.finish_matter.once(
        key, actor=secretary, matter=matter, words="好"
    ).state == "done"  # fmt: skip


def test_losing_the_race_gives_what_the_winner_made(cast: Cast) -> None:
    """The second one runs its body too; its journal row hits the unique id and it all falls."""
    key = uuid4()
    values: dict[str, Any] = {"actor": cast.actor("secretary"), "hamlet": cast.home, "name": "罗洲"}
    first = rename_hamlet.once(key, **values)
    assert rename_hamlet.once(key, **values).pk == first.pk == HOME
    with pytest.raises(Conflict):  # corrected and sent again: it must not seem to be saved
        rename_hamlet.once(key, **(values | {"name": "另一个名"}))
    assert Region.objects.get(pk=HOME).name == "罗洲"
    assert JournalEntry.objects.filter(client_id=key).count() == 1


def test_another_broken_constraint_is_not_hidden(cast: Cast) -> None:
    @action(PERMISSION)
    def break_it(*, actor: Actor, hamlet: Region) -> Region:
        hamlet.name = "x"
        hamlet.save()
        Region.objects.create(code=hamlet.code, name="y", parent_id=hamlet.parent_id)
        return hamlet

    with pytest.raises(IntegrityError), transaction.atomic():
        break_it.once(uuid4(), actor=OPERATOR, hamlet=cast.home)
    assert cast.home.name == "罗家洲"


def at_once(count: int, run: Any) -> list[Any]:
    """Run in so many threads that start together; what each gave or raised."""
    found: list[Any] = []
    gate = threading.Barrier(count)

    def body() -> None:
        try:
            gate.wait(10)
            with clock.at(NOW):
                found.append(run())
        except BaseException as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=body) for _n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
def test_the_same_talk_sent_by_four_at_once_is_one_talk(cast: Cast) -> None:
    key, actor, hamlet = uuid4(), cast.actor("secretary"), cast.home
    talks = at_once(4, lambda: record_talk.once(
        key, actor=actor, hamlet=hamlet, gathering=gathering(), said=[taken_up()]
    ))  # fmt: skip
    assert talks == [Talk.objects.get()] * 4


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_on_a_step_is_one_step_and_both_are_told_so(cast: Cast) -> None:
    """The same form with its version, sent twice at once: the second is no conflict."""
    matter = raise_matter(cast, "under_way")
    key, actor = uuid4(), cast.actor("secretary")
    results = at_once(4, lambda: actions.finish_matter.once(
        key, matter.version, actor=actor, matter=fresh(matter), words="好"
    ))  # fmt: skip
    assert [str(result) for result in results] == [str(matter)] * 4
    assert MatterStep.objects.filter(matter=matter, step="finish").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_people_changing_one_matter_at_once_one_is_told(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way")
    actor = cast.actor("secretary")
    results = at_once(2, lambda: actions.note_progress.once(
        uuid4(), matter.version, actor=actor, matter=fresh(matter), words="好"
    ))  # fmt: skip
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Matter"]
    assert MatterStep.objects.filter(matter=matter, step="note_progress").count() == 1
    assert fresh(matter).version == matter.version + 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_the_lock_leaves_the_key_free(cast: Cast) -> None:
    """A stronger lock would stop whoever writes a row that refers to this one: deadlocks."""
    with CaptureQueriesContext(connection) as asked:
        rename_hamlet(actor=cast.actor("secretary"), hamlet=cast.home, name="罗洲")
    assert any("FOR NO KEY UPDATE" in query["sql"] for query in asked.captured_queries)
