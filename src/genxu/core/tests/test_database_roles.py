"""A lesser role of PostgreSQL serves: it adds to the journal, and cannot change or unprotect it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from genxu import cli
from genxu.core import journal
from genxu.core.database_roles import grant
from genxu.core.errors import Conflict, Missing
from genxu.core.models import JournalEntry, Seal, Submission
from genxu.core.verifying import verify
from genxu.institutions.talks.actions import record_talk
from tests.cast import Cast
from tests.doing import gathering, taken_up

ROLE = "genxu-serves"
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")


@pytest.fixture
def role(db: None) -> str:
    run(f'CREATE ROLE "{ROLE}"')
    grant(ROLE)
    return ROLE


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, params=None)


@contextmanager
def serving(role: str) -> Iterator[None]:
    """All that the program does on its connection, it does as this role."""
    run(f'SET LOCAL ROLE "{role}"')
    yield
    run("RESET ROLE")


def refused(statement: str) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        run(statement)
    return str(error.value)


@on_postgres
def test_it_records_seals_and_verifies(cast: Cast, role: str) -> None:
    with serving(role):
        values: dict[str, Any] = {"actor": cast.actor("secretary"), "hamlet": cast.home,
                                  "gathering": gathering(), "said": [taken_up()]}  # fmt: skip
        key = uuid4()
        assert record_talk.once(key, **values) == record_talk.once(key, **values)
        assert journal.seal() > 0
        verdict = verify()
    run("SET CONSTRAINTS ALL IMMEDIATE")
    assert verdict.sound
    assert verdict.remarks == ()
    assert JournalEntry.objects.filter(client_id=key).exists()
    assert Submission.objects.filter(client_id=key).exists()
    assert Seal.objects.exists()


@on_postgres
@pytest.mark.parametrize("table", ["core_journalentry", "core_seal"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {table} SET at = at", "DELETE FROM {table}", "TRUNCATE {table} CASCADE",
     "DROP TRIGGER {table}_append_only ON {table}", "DROP TABLE {table} CASCADE",
     "ALTER TABLE {table} DISABLE TRIGGER ALL", "ALTER TABLE {table} DISABLE TRIGGER USER",
     "SELECT 1 FROM {table} FOR UPDATE", "SELECT setval('{table}_id_seq', 1)",
     "CREATE TRIGGER t BEFORE INSERT ON {table} EXECUTE FUNCTION genxu_append_only()",
     "CREATE RULE r AS ON INSERT TO {table} DO INSTEAD NOTHING"],
)  # fmt: skip
def test_it_cannot_change_the_journal_or_what_protects_it(
    role: str, table: str, statement: str
) -> None:
    with serving(role):
        said = refused(statement.format(table=table))
    assert "permission denied" in said or "must be owner" in said


@on_postgres
@pytest.mark.parametrize(
    "statement",
    ["CREATE OR REPLACE FUNCTION genxu_append_only() RETURNS trigger LANGUAGE plpgsql AS "
     "$$ BEGIN RETURN OLD; END $$", "SET session_replication_role = replica",
     "ALTER ROLE \"genxu-serves\" SUPERUSER", "SET ROLE genxu"],
)  # fmt: skip
def test_it_cannot_get_around_it(role: str, statement: str) -> None:
    run(f'SET LOCAL SESSION AUTHORIZATION "{role}"')
    refused(statement)
    run("RESET SESSION AUTHORIZATION")


@on_postgres
def test_granting_again_after_a_migration_does_no_harm(role: str) -> None:
    grant(role)


@on_postgres
def test_a_role_that_could_change_it_all_the_same_is_refused(role: str) -> None:
    with pytest.raises(Conflict):
        grant("genxu")
    run(f'GRANT genxu TO "{role}"')
    with pytest.raises(Conflict):
        grant(role)
    with pytest.raises(Missing):
        grant("nobody-of-this-name")


@pytest.mark.skipif(connection.vendor == "postgresql", reason="of SQLite")
def test_sqlite_is_refused_with_the_reason(db: None) -> None:
    with pytest.raises(Conflict, match="SQLite"):
        grant(ROLE)


@pytest.mark.parametrize(
    ("command", "used"), [("migrate", "owner"), ("database", "owner"), ("serve", "lesser")]
)
def test_the_owner_migrates_and_the_lesser_role_serves(
    command: str, used: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "lesser")
    monkeypatch.setenv("MIGRATION_DATABASE_URL", "owner")
    monkeypatch.setattr(sys, "argv", ["genxu", command])
    monkeypatch.setattr(cli.mode, "choose", lambda: "test")
    cli._choose()
    assert os.environ["DATABASE_URL"] == used
