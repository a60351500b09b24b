"""Triggers by which the database itself refuses to change or delete rows of a table.

A migration that alters such a table on SQLite makes it anew, without them: set them again in it.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE_ON = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

SQLITE_NO_REPLACE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

POSTGRES_BODY = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END"
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION genxu_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
{POSTGRES_BODY} $$
"""
POSTGRES_ON = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION genxu_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION genxu_append_only()
"""
POSTGRES_OFF = """
DROP TRIGGER IF EXISTS {table}_append_only ON {table};
DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}
"""
POSTGRES_KINDS = {"append_only": 27, "no_truncate": 34}
"""pg_trigger.tgtype: before each row's update or delete; before a statement that truncates."""
POSTGRES_FOUND = """
SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgrelid = %s::regclass AND tgenabled IN ('O', 'A') AND tgqual IS NULL AND tgattr::text = ''
AND btrim(prosrc, E' \\n') = %s AND tgtype = %s
"""


def statements_on(vendor: str, table: str) -> list[str]:
    """The SQL that makes a table append-only."""
    if vendor == "postgresql":
        return [POSTGRES_FUNCTION, POSTGRES_ON.format(table=table)]
    changes = [SQLITE_ON.format(table=table, verb=verb) for verb in ("UPDATE", "DELETE")]
    return [*changes, SQLITE_NO_REPLACE.format(table=table)]


def statements_off(vendor: str, table: str) -> list[str]:
    """The SQL that lifts it: for undoing a migration, and for emptying a test database."""
    if vendor == "postgresql":
        return [POSTGRES_OFF.format(table=table)]
    verbs = ("UPDATE", "DELETE", "replace")
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in verbs]


def lifted(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """The triggers of a table that are missing, disabled, or do something else by now."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return [name for name in _names(table) if not _stands(cursor, table, name)]
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        standing = {sql.strip() for (sql,) in cursor.fetchall()}
    expected = statements_on(connection.vendor, table)
    names = [sql.split()[2] for sql in expected]
    return [n for n, sql in zip(names, expected, strict=True) if sql.strip() not in standing]


def _names(table: str) -> list[str]:
    return [f"{table}_{kind}" for kind in POSTGRES_KINDS]


def _stands(cursor: Any, table: str, name: str) -> bool:
    kind = POSTGRES_KINDS[name.removeprefix(f"{table}_")]
    cursor.execute(POSTGRES_FOUND, [table, POSTGRES_BODY, kind])
    return (name,) in cursor.fetchall()


def migrate(make: Callable[[str, str], list[str]], *tables: str) -> Callable[[Any, Any], None]:
    """A function for ``migrations.RunPython``."""

    def run(_apps: Any, schema_editor: Any) -> None:
        for table in tables:
            for statement in make(schema_editor.connection.vendor, table):
                schema_editor.execute(statement, params=None)

    return run
