"""Triggers by which the database itself keeps times of one thing apart: two rows that stand and
have the same owner never overlap, whichever door they come through (docs/adr/0019).

Both databases know triggers, and neither needs an extension for them. On PostgreSQL the trigger
first locks the owner's row: who writes at the same moment waits, and then sees what is there. In
READ COMMITTED, as everything here runs, each look is a new one. SQLite has one writer anyway. A
migration that alters such a table on SQLite makes it anew, without them: set them again in it.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

MEETS = """SELECT 1 FROM {table} AS o WHERE o.{owner} = NEW.{owner} AND o.{stands}
AND o.id <> NEW.id AND o.{begins} < NEW.{ends} AND o.{ends} > NEW.{begins}"""
SQLITE_ON = """
CREATE TRIGGER {table}_apart_{verb} AFTER {verb} ON {table} WHEN NEW.{stands} AND EXISTS ({meets})
BEGIN SELECT RAISE(ABORT, '{table} is taken already'); END
"""
"""After it: then the row has its key."""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_apart() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
PERFORM 1 FROM {owners} WHERE id = NEW.{owner} FOR NO KEY UPDATE;
IF EXISTS ({meets}) THEN
RAISE EXCEPTION '{table} is taken already' USING ERRCODE = 'exclusion_violation'; END IF;
RETURN NEW; END $$
"""
POSTGRES_ON = """
CREATE TRIGGER {table}_apart BEFORE INSERT OR UPDATE ON {table}
FOR EACH ROW WHEN (NEW.{stands}) EXECUTE FUNCTION {table}_apart()
"""
VERBS = ("INSERT", "UPDATE")


@dataclass(frozen=True, slots=True)
class Apart:
    """Rows of ``table`` that stand (``stands``), of one ``owner`` (a key to ``owners``), from
    ``begins`` until ``ends``; the end belongs to the next one."""

    table: str
    owner: str
    owners: str
    begins: str = "begins_at"
    ends: str = "ends_at"
    stands: str = "stands"

    def statements_on(self, vendor: str) -> list[str]:
        names = asdict(self)
        names["meets"] = MEETS.format(**names)
        if vendor == "postgresql":
            return [POSTGRES_FUNCTION.format(**names), POSTGRES_ON.format(**names)]
        return [SQLITE_ON.format(**names, verb=verb) for verb in VERBS]

    def statements_off(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            return [
                f"DROP TRIGGER IF EXISTS {self.table}_apart ON {self.table}",
                f"DROP FUNCTION IF EXISTS {self.table}_apart()",
            ]
        return [f"DROP TRIGGER IF EXISTS {self.table}_apart_{verb}" for verb in VERBS]

    def migrate(self, *, on: bool) -> Callable[[Any, Any], None]:
        """A function for ``migrations.RunPython``."""

        def run(_apps: Any, schema_editor: Any) -> None:
            make = self.statements_on if on else self.statements_off
            for statement in make(schema_editor.connection.vendor):
                schema_editor.execute(statement, params=None)

        return run
