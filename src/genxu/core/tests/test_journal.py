"""The journal: nobody changes it, and whoever gets around that is found."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from genxu.core import heads, journal, signing, verifying
from genxu.core.heads import Head
from genxu.core.models import JournalEntry, Pending, Seal, Submission
from tests.cast import NOW, OPERATOR, Cast
from tests.database import lift_triggers, set_triggers
from tests.doing import hold_talk, raise_matter


def entry(number: int = 1, **changes: Any) -> JournalEntry:
    values: dict[str, Any] = {
        "actor": OPERATOR, "action": "tests.do", "place": "4212", "subject_type": "tests.thing",
        "subject_id": str(number), "detail": {"word": "𠮷💡", "number": number},
    }  # fmt: skip
    return journal.write(**values | changes)


def refuses(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


@pytest.mark.parametrize("table", ["core_journalentry", "core_seal"])
def test_the_database_refuses_to_change_or_delete(cast: Cast, table: str) -> None:
    hold_talk(cast)
    journal.seal()
    count = JournalEntry.objects.count()
    column = "actor" if table == "core_journalentry" else "digest"
    assert refuses(f"UPDATE {table} SET {column} = 'x'")
    assert refuses(f"DELETE FROM {table}")
    assert JournalEntry.objects.count() == count


@pytest.mark.skipif("sqlite" in connection.vendor, reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["core_journalentry", "core_seal"])
def test_postgresql_refuses_to_truncate(cast: Cast, table: str) -> None:
    assert refuses(f"TRUNCATE {table} CASCADE")


def test_the_orm_cannot_either(cast: Cast) -> None:
    row = entry()
    for change in (row.save, row.delete, JournalEntry.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()  # type: ignore[operator]


def test_sealing_takes_all_that_waits_and_chains_it(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(journal, "BATCH", 3)
    journal.seal()
    before = Seal.objects.count()
    for n in range(7):
        entry(n)
    assert journal.seal() == 7
    seals = list(Seal.objects.order_by("pk"))[before:]
    assert [seal.count for seal in seals] == [3, 3, 1]
    for earlier, later in pairwise(seals):
        assert later.previous == earlier.digest
    assert journal.seal() == 0
    assert not Pending.objects.filter(follower=journal.SEAL).exists()


def test_a_sound_journal_verifies(cast: Cast) -> None:
    raise_matter(cast, "closed")
    journal.seal()
    entry()
    verdict = verifying.verify()
    assert verdict.sound
    assert verdict.waiting == 1
    assert verdict.checked == JournalEntry.objects.count() - 1
    assert verdict.head == heads.newest() == Head(verdict.checked, Seal.objects.latest("pk").digest)


def empty_the_journal() -> None:
    lift_triggers()
    for model in (Pending, Submission, JournalEntry, Seal):
        model.objects.all().delete()
    set_triggers()


def begin_numbers_anew() -> None:
    """Nothing tells any longer that there were rows."""
    with connection.cursor() as cursor:
        for table in verifying.TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER SEQUENCE {table}_id_seq RESTART")
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])


def test_a_new_journal_is_sound(cast: Cast) -> None:
    empty_the_journal()
    begin_numbers_anew()
    verdict = verifying.verify()
    assert verdict.sound
    assert verdict.head == Head(0, heads.GENESIS)


@pytest.fixture
def sealed(cast: Cast) -> list[JournalEntry]:
    """Six sealed rows, and the triggers lifted by somebody with power over the database."""
    rows = [entry(n) for n in range(6)]
    journal.seal()
    lift_triggers()
    return rows


@pytest.mark.parametrize(
    "change",
    [{"actor": "account:1"}, {"action": "tests.undo"}, {"place": "421221"},
     {"subject_type": "tests.other"}, {"subject_id": "99"}, {"detail": {}},
     {"at": NOW + timedelta(microseconds=1)},
     {"client_id": "00000000-0000-4000-8000-000000000001"}, {"reading": True}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_an_altered_row_is_named_whatever_was_altered(
    sealed: list[JournalEntry], change: dict[str, Any]
) -> None:
    JournalEntry.objects.filter(pk=sealed[3].pk).update(**change)
    verdict = verifying.verify()
    assert not verdict.sound
    assert verdict.entry_id == sealed[3].pk
    assert str(sealed[3].pk) in verdict.fault


def test_the_first_of_several_is_named(sealed: list[JournalEntry]) -> None:
    JournalEntry.objects.filter(pk__in=[sealed[2].pk, sealed[4].pk]).update(place="")
    assert verifying.verify().entry_id == sealed[2].pk


def test_a_missing_row_is_named(sealed: list[JournalEntry]) -> None:
    Pending.objects.filter(entry=sealed[2]).delete()
    JournalEntry.objects.filter(pk=sealed[2].pk).delete()
    verdict = verifying.verify()
    assert verdict.entry_id == sealed[2].pk


def test_a_row_slipped_in_is_named(sealed: list[JournalEntry]) -> None:
    slipped = JournalEntry.objects.create(
        at=NOW, actor="account:1", action="tests.do", place="", subject_type="", subject_id=""
    )
    assert verifying.verify().entry_id == slipped.pk


def test_a_broken_chain_is_named(sealed: list[JournalEntry]) -> None:
    entry(9)
    journal.seal()
    first, last = Seal.objects.order_by("pk")[:2]
    Seal.objects.filter(pk=first.pk).delete()
    verdict = verifying.verify()
    assert not verdict.sound
    assert str(last.pk) in verdict.fault


def test_a_seal_rewritten_to_fit_an_altered_row_breaks_the_chain(
    sealed: list[JournalEntry],
) -> None:
    entry(9)
    journal.seal()
    seal = Seal.objects.order_by("pk")[0]
    JournalEntry.objects.filter(pk=sealed[0].pk).update(place="421223")
    rows = [[pk, signing.fingerprint(JournalEntry.objects.get(pk=pk))] for pk, _ in seal.rows]
    digest = signing.digest(seal.previous, seal.at, seal.total, rows)
    Seal.objects.filter(pk=seal.pk).update(rows=rows, digest=digest)
    assert not verifying.verify().sound


def test_taking_from_the_queue_is_oldest_first_and_leaves_the_others(cast: Cast) -> None:
    rows = [entry(n) for n in range(5)]
    journal.take("seal")
    more = [entry(n) for n in range(5, 8)]
    assert [e.pk for e in journal.take("seal", 2)] == [more[0].pk, more[1].pk]
    assert [e.pk for e in journal.take("seal")] == [more[2].pk]
    assert {e.pk for e in journal.take("figures")} >= {row.pk for row in rows}


def test_a_late_commit_with_a_low_number_is_not_overlooked(cast: Cast) -> None:
    """The queue knows which rows are sealed, not their numbers."""
    row = entry()
    queued = Pending.objects.get(follower="seal", entry=row)
    queued.delete()
    entry(2)
    journal.seal()
    Pending.objects.create(follower="seal", entry=row)
    assert journal.seal() == 1
    assert verifying.verify().sound
