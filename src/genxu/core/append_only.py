"""Triggers by which the database itself refuses to change or delete rows of a table."""

from collections.abc import Callable
from typing import Any

SQLITE_ON = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

SQLITE_NO_REPLACE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION genxu_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
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


def migrate(make: Callable[[str, str], list[str]], *tables: str) -> Callable[[Any, Any], None]:
    """A function for ``migrations.RunPython``."""

    def run(_apps: Any, schema_editor: Any) -> None:
        for table in tables:
            for statement in make(schema_editor.connection.vendor, table):
                schema_editor.execute(statement, params=None)

    return run
