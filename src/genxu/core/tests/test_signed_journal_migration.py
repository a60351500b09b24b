"""A journal from before is carried over: marks given, fingerprints taken out, all sealed anew."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from genxu.core import journal
from genxu.core.access import NOBODY
from genxu.core.append_only import lifted
from genxu.core.models import JournalEntry, Pending, Seal
from genxu.core.tests.test_journal import begin_numbers_anew, empty_the_journal
from genxu.core.verifying import TABLES, verify
from tests.cast import NOW

BEFORE, AFTER = [("core", "0003_heartbeats")], [("core", "0006_readings")]

ACTIONS = ("people.move_away", "branches.add_member")


def migrate(target: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return executor.loader.project_state(target).apps


@pytest.fixture
def old(transactional_db: None) -> Any:
    """The models of before, and an empty journal; afterwards the whole database is put back."""
    empty_the_journal()
    return migrate(BEFORE)


def write_old(old: Any, number: int) -> None:
    rows = [
        old.get_model("core", "JournalEntry")(
            at=NOW, actor="account:1", action=ACTIONS[n % 2],
            place="421221", subject_type="tests.thing", subject_id=str(n),
            detail={"sent": "0123456789abcdef", "kind": "full", "word": "𠮷"},
        )
        for n in range(number)
    ]  # fmt: skip
    made = old.get_model("core", "JournalEntry").objects.bulk_create(rows, batch_size=500)
    old.get_model("core", "Seal").objects.create(
        at=NOW, rows=[[row.pk, "a" * 64] for row in made], count=number,
        previous="0" * 64, digest="b" * 64,
    )  # fmt: skip
    Pending = old.get_model("core", "Pending")
    Pending.objects.create(follower="figures", entry=made[0])
    Pending.objects.create(follower="seal", entry=made[0])


def figures_wait() -> int:
    return Pending.objects.filter(follower="figures").count()


def test_an_old_journal_is_carried_over(old: Any) -> None:
    write_old(old, 7)
    count, followed = JournalEntry.objects.count(), figures_wait()
    migrate(AFTER)
    assert not Seal.objects.exists()
    assert verify().sound
    assert verify().waiting == count
    assert figures_wait() == followed
    assert journal.seal() == count
    assert verify().checked == count
    assert [lifted(connection, table) for table in TABLES] == [[], []]
    rows = JournalEntry.objects.filter(subject_type="tests.thing").order_by("pk")
    details = list(rows.values_list("action", "detail"))
    assert details[0] == ("people.move_away", {"kind": "full", "word": "𠮷"})
    assert details[1] == ("branches.add_member", {"word": "𠮷"})


def test_an_empty_one_too_and_back(old: Any) -> None:
    begin_numbers_anew()
    migrate(AFTER)
    assert verify().sound
    migrate(BEFORE)
    assert [lifted(connection, table) for table in TABLES] == [[], []]


def test_more_than_one_batch(old: Any) -> None:
    write_old(old, 6000)
    migrate(AFTER)
    assert not JournalEntry.objects.filter(mark="").exists()
    assert verify().sound


def test_what_was_sealed_before_readings_were_told_apart_verifies_as_before(old: Any) -> None:
    migrate([("core", "0005_tries")])
    begin_numbers_anew()
    migrate(AFTER)
    entry = journal.write(
        actor=NOBODY, action="people.see_needs", place="421221",
        subject_type="tests.thing", subject_id="1", detail={},
    )  # fmt: skip
    journal.seal()
    migrate([("core", "0005_tries")])
    migrate(AFTER)
    found = verify()
    assert (found.sound, found.checked) == (True, 1)
    assert not JournalEntry.objects.get(pk=entry.pk).reading
    assert [lifted(connection, table) for table in TABLES] == [[], []]
