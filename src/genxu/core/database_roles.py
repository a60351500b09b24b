"""The lesser database role that serves: it may add to the journal and read it, and nothing else.

PostgreSQL only. The owner of the tables migrates, and grants after it has migrated.
"""

from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from .errors import Conflict, Missing
from .verifying import TABLES

STATEMENTS = (
    "GRANT CONNECT ON DATABASE {database} TO {role}",
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    "REVOKE ALL ON {tables} FROM {role}",
    "REVOKE ALL ON {tables} FROM PUBLIC",
    "GRANT SELECT, INSERT ON {tables} TO {role}",
    "REVOKE ALL ON SEQUENCE {sequences} FROM {role}",
    "GRANT USAGE, SELECT ON SEQUENCE {sequences} TO {role}",
)
"""In this order: what is granted on all tables is taken back from the journal's own."""


@transaction.atomic
def grant(role: str) -> None:
    """Let a role serve. ``Conflict`` if it could change the journal all the same."""
    if connection.vendor != "postgresql":
        raise Conflict(_("Only PostgreSQL knows roles. With SQLite, whoever may write the file may "
                         "change all that is in it."))  # fmt: skip
    with connection.cursor() as cursor:
        _check(cursor, role)
        cursor.execute(
            "SELECT quote_ident(%s), quote_ident(current_database()), quote_ident(current_schema)",
            [role],
        )
        quoted, database, schema = cursor.fetchone()
        for statement in STATEMENTS:
            cursor.execute(
                statement.format(
                    role=quoted,
                    database=database,
                    schema=schema,
                    tables=", ".join(TABLES),
                    sequences=", ".join(f"{table}_id_seq" for table in TABLES),
                )
            )


def _check(cursor: Any, role: str) -> None:
    cursor.execute(
        "SELECT rolsuper OR EXISTS (SELECT 1 FROM pg_class WHERE oid IN (%s::regclass, "
        "%s::regclass) AND pg_has_role(rolname, relowner, 'MEMBER')) FROM pg_roles "
        "WHERE rolname = %s",
        [*TABLES, role],
    )
    row = cursor.fetchone()
    if row is None:
        raise Missing(
            _("There is no database role %(role)s. Make it: createuser %(role)s") % {"role": role}
        )
    if row[0]:
        raise Conflict(_("The database role %s owns the journal's tables or may act for their "
                         "owner. Serve with another one.") % role)  # fmt: skip
