"""Verifying names whatever somebody with power over the database could do to the journal."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.utils.html import escape

from genxu.core import heads, journal, signing, verifying
from genxu.core.append_only import statements_on
from genxu.core.errors import Invalid
from genxu.core.heads import Head
from genxu.core.models import JournalEntry, Pending, Seal
from genxu.core.tests.test_journal import begin_numbers_anew, empty_the_journal, entry
from genxu.core.verifying import Verdict, verify
from genxu.jobs.models import Job
from genxu.jobs.tests.factories import finish
from tests.cast import NOW, Cast, Enter
from tests.database import lift_triggers, set_triggers
from tests.doing import page_text

on_sqlite = connection.vendor == "sqlite"


@pytest.fixture
def sealed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[JournalEntry]:
    """Six rows in three seals, beside those of the land."""
    journal.seal()
    monkeypatch.setattr(journal, "BATCH", 2)
    rows = [entry(n) for n in range(6)]
    journal.seal()
    return rows


def tamper(change: Callable[[], Any]) -> Verdict:
    """Let somebody lift the triggers, change something, and set the triggers again."""
    lift_triggers()
    change()
    set_triggers()
    verdict = verify()
    assert not verdict.sound
    return verdict


def cut_the_end() -> None:
    """The last seal and its rows, as if they had never been."""
    last = Seal.objects.latest("pk")
    rows = [pk for pk, _fingerprint in last.rows]
    Pending.objects.filter(entry__in=rows).delete()
    JournalEntry.objects.filter(pk__in=rows).delete()
    last.delete()


def slip_in(**changes: Any) -> JournalEntry:
    """A row that somebody writes who has the database and not the key, with its queue row."""
    row = JournalEntry(
        at=NOW, actor="account:1", action="tests.do", place="", subject_type="", subject_id=""
    )
    row.mark = "0" * 16 + hashlib.sha256(b"guessed").hexdigest()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    Pending.objects.create(follower=journal.SEAL, entry=row)
    return row


def test_it_tells_how_far_it_is(sealed: list[JournalEntry]) -> None:
    told: list[tuple[int, int]] = []
    verify(heard=lambda done, total: told.append((done, total)))
    assert [total for _done, total in told] == [JournalEntry.objects.count()] * len(told)
    assert [done for done, _total in told[-3:]] == [told[-1][1] - n for n in (4, 2, 0)]


# --- rows --------------------------------------------------------------------------------------


def test_a_row_slipped_in_with_its_queue_row_is_named(sealed: list[JournalEntry]) -> None:
    assert verify().sound
    row = slip_in()
    verdict = verify()
    assert verdict.entry_id == row.pk
    assert "mark" in verdict.fault or "印记" in verdict.fault


def test_it_is_named_even_after_the_program_has_sealed_it(sealed: list[JournalEntry]) -> None:
    row = slip_in()
    entry(9)
    journal.seal()
    assert verify().entry_id == row.pk


def test_a_copy_of_a_row_is_refused(sealed: list[JournalEntry]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        slip_in(mark=sealed[0].mark)


def test_the_mark_of_another_row_does_not_help(sealed: list[JournalEntry]) -> None:
    row = entry(9)
    Pending.objects.filter(entry=row).delete()

    def exchange() -> None:
        JournalEntry.objects.filter(pk=row.pk).delete()
        slip_in(pk=row.pk, mark=row.mark)

    assert tamper(exchange).entry_id == row.pk


@pytest.mark.parametrize(
    "column", ["at", "actor", "action", "place", "detail", "subject_id", "reading"]
)
def test_a_row_altered_before_it_is_sealed_is_named(cast: Cast, column: str) -> None:
    row = entry()
    new: Any = {
        "at": NOW + timedelta(microseconds=1),
        "detail": {"word": "x"},
        "reading": True,
    }.get(column, "42")
    verdict = tamper(lambda: JournalEntry.objects.filter(pk=row.pk).update(**{column: new}))
    assert verdict.entry_id == row.pk


def test_two_rows_that_say_the_same_bear_two_marks(cast: Cast) -> None:
    assert entry(1).mark != entry(1).mark


# --- seals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [{"at": NOW - timedelta(days=1)}, {"count": 1}, {"total": 1}, {"digest": "a" * 64}],
    ids=lambda change: next(iter(change)),
)
def test_an_altered_seal_is_named(sealed: list[JournalEntry], change: dict[str, Any]) -> None:
    seal = Seal.objects.order_by("-pk")[1]
    verdict = tamper(lambda: Seal.objects.filter(pk=seal.pk).update(**change))
    assert str(seal.pk) in verdict.fault


def test_a_chain_made_anew_without_the_key_is_named(sealed: list[JournalEntry]) -> None:
    """All fingerprints fit, all seals are chained; only the signature is not ours."""

    def alter() -> None:
        JournalEntry.objects.filter(pk=sealed[1].pk).update(actor="account:1")
        previous = heads.GENESIS
        for seal in Seal.objects.order_by("pk"):
            entries = JournalEntry.objects.in_bulk([pk for pk, _fingerprint in seal.rows])
            seal.rows = [[pk, signing.fingerprint(entries[pk])] for pk, _old in seal.rows]
            text = signing._sealed(previous, seal.at, seal.total, seal.rows)
            seal.previous, seal.digest = previous, hashlib.sha256(text.encode()).hexdigest()
            Seal.objects.filter(pk=seal.pk).update(
                rows=seal.rows, previous=seal.previous, digest=seal.digest
            )
            previous = seal.digest

    first = Seal.objects.order_by("pk")[0]
    assert str(first.pk) in tamper(alter).fault


def test_all_seals_gone_is_named(sealed: list[JournalEntry]) -> None:
    tamper(Seal.objects.all().delete)


def test_a_seal_taken_off_the_end_is_named(sealed: list[JournalEntry]) -> None:
    verdict = tamper(Seal.objects.latest("pk").delete)
    assert verdict.entry_id == sealed[4].pk


def test_a_changed_secret_is_no_fault_while_the_old_one_is_known(
    sealed: list[JournalEntry], settings: Any
) -> None:
    old = settings.SECRET_KEY
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[old]):
        entry(9)
        journal.seal()
        assert verify().sound
    with override_settings(SECRET_KEY="another"):
        assert not verify().sound


# --- the end -----------------------------------------------------------------------------------


def test_an_emptied_journal_is_named(sealed: list[JournalEntry]) -> None:
    empty_the_journal()
    assert not verify().sound


def test_an_emptied_journal_is_named_even_if_its_numbers_begin_anew(
    sealed: list[JournalEntry],
) -> None:
    head = heads.newest()
    heads.keep(head)
    empty_the_journal()
    begin_numbers_anew()
    assert "journal-head" not in verify().fault
    assert not verify().sound
    heads.forget_kept()
    assert verify().sound
    assert not verify(head).sound


def test_a_cut_end_is_named_against_a_head_kept_elsewhere(sealed: list[JournalEntry]) -> None:
    head = heads.newest()
    assert verify(head).sound
    lift_triggers()
    cut_the_end()
    set_triggers()
    assert verify().sound
    assert str(head) in verify(head).fault


def test_a_cut_end_is_named_against_the_head_kept_beside_the_database(
    sealed: list[JournalEntry],
) -> None:
    heads.keep(heads.newest())
    assert verify().sound
    tamper(cut_the_end)


def test_an_older_head_fits_and_one_of_another_number_does_not(sealed: list[JournalEntry]) -> None:
    older, head = Seal.objects.order_by("-pk")[2], heads.newest()
    assert verify(Head(older.total, older.digest)).sound
    assert verify(Head(0, heads.GENESIS)).sound
    assert not verify(Head(head.count - 1, head.digest)).sound


@pytest.mark.parametrize("text", ["", "7", "7:abc", f"x:{'a' * 64}", f"²:{'a' * 64}"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        Head.read(text)


# --- what protects it --------------------------------------------------------------------------


def every_trigger() -> list[tuple[str, str]]:
    kinds = (
        ["no_UPDATE", "no_DELETE", "no_replace"] if on_sqlite else ["append_only", "no_truncate"]
    )
    return [(table, f"{table}_{kind}") for table in verifying.TABLES for kind in kinds]


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, params=None)


@pytest.mark.parametrize(("table", "trigger"), every_trigger())
def test_a_dropped_trigger_is_named(cast: Cast, table: str, trigger: str) -> None:
    assert verify().sound
    run(f"DROP TRIGGER {trigger}" + ("" if on_sqlite else f" ON {table}"))
    assert trigger in verify().fault


@pytest.mark.skipif(on_sqlite, reason="SQLite cannot switch a trigger off")
@pytest.mark.parametrize("how", ["DISABLE", "ENABLE REPLICA"])
def test_a_trigger_switched_off_is_named(cast: Cast, how: str) -> None:
    run(f"ALTER TABLE core_seal {how} TRIGGER core_seal_append_only")
    assert "core_seal_append_only" in verify().fault
    run("ALTER TABLE core_seal ENABLE ALWAYS TRIGGER core_seal_append_only")
    assert verify().sound


def test_a_trigger_that_does_nothing_is_named(cast: Cast) -> None:
    if on_sqlite:
        run("DROP TRIGGER core_seal_no_DELETE", "CREATE TRIGGER core_seal_no_DELETE BEFORE DELETE "
            "ON core_seal BEGIN SELECT 1; END")  # fmt: skip
    else:
        run("CREATE OR REPLACE FUNCTION genxu_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN OLD; END $$")  # fmt: skip
    assert "core_seal_" in verify().fault
    lift_triggers()
    run(*[sql for table in verifying.TABLES for sql in statements_on(connection.vendor, table)])
    assert verify().sound


@pytest.mark.skipif(not on_sqlite, reason="the role of these tests owns the tables")
def test_sqlite_has_no_roles_to_remark_on(cast: Cast) -> None:
    assert verify().remarks == ()


@pytest.mark.skipif(on_sqlite, reason="SQLite has no roles")
def test_a_role_that_owns_the_tables_is_remarked_on_and_no_fault(cast: Cast, enter: Enter) -> None:
    verdict = verify()
    assert verdict.sound
    assert "genxu" in verdict.remarks[0]
    auditor = enter("auditor")
    asked = auditor.post("/journal/verify/")["Location"]
    finish(Job.objects.latest("pk"))
    assert escape(verdict.remarks[0]) in page_text(auditor.get(asked))
