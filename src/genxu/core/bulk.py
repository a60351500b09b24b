"""Rows by each database's own fast road.

Many at once (imports, the demonstration world): PostgreSQL takes COPY, SQLite one prepared INSERT.
Measured for 320,000 households: about a tenth of the time of ``bulk_create`` on both.
A few at once (actions): one INSERT whose text is made once.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models


def insert_rows(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows given as tuples in the order of ``fields``; datetimes must be in UTC.

    The fields left out take their defaults, the same in every row.
    """
    meta = model._meta
    columns = [_column(model, name) for name in fields]
    defaults = _defaults(model, set(columns))
    columns += defaults
    if defaults:
        rest = tuple(defaults.values())
        rows = ((*row, *rest) for row in rows)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, f"COPY {table} ({names}) FROM STDIN", rows)
            _advance_serial(cursor, meta.db_table, str(meta.pk.column), columns)
        else:
            marks = ", ".join("?" * len(columns))
            ready = (tuple(map(_sqlite_value, row)) for row in rows)
            connection.connection.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})", ready
            )


def update_rows(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Set fields of many rows, each given as a tuple: the values in the order of ``fields``, then
    the row's key. One prepared statement; ``bulk_update`` takes some ten times as long."""
    meta = model._meta
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(_column(model, name))} = %s" for name in fields)
    table, key = quote(meta.db_table), quote(str(meta.pk.column))
    on_sqlite = connection.vendor == "sqlite"
    ready = [tuple(map(_sqlite_value, row) if on_sqlite else row) for row in rows]
    if ready:
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE {key} = %s", ready)


def insert_new(rows: Sequence[models.Model]) -> None:
    """Insert a few new rows of one model in one statement, and give them their keys.

    Does what ``bulk_create`` does, but writes the SQL once for each model and number of rows:
    recording a talk takes a third less of the processor. Both databases know RETURNING.
    """
    if not rows:
        return
    model, to = type(rows[0]), connections[DEFAULT_DB_ALIAS]  # itself: each field asks it
    fields = _stored_fields(model)
    values = [
        field.get_db_prep_save(field.pre_save(row, True), to) for row in rows for field in fields
    ]
    with to.cursor() as cursor:
        cursor.execute(_insert_statement(to.vendor, model, len(rows)), values)
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding = False
        row._state.db = to.alias


@cache
def _stored_fields(model: type[models.Model]) -> list[Any]:
    return [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]


@cache
def _insert_statement(vendor: str, model: type[models.Model], count: int) -> str:
    quote = connection.ops.quote_name
    fields = _stored_fields(model)
    names = ", ".join(quote(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {', '.join([row] * count)} "
        f"RETURNING {quote(str(model._meta.pk.column))}"
    )


def _defaults(model: type[models.Model], given: set[str]) -> dict[str, Any]:
    """What the fields that are not given hold; fields that may be null stay so."""
    return {
        str(field.column): field.get_db_prep_save(field.get_default(), connection)
        for field in _stored_fields(model)
        if field.column not in given and not field.null
    }


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return str(field.column)


def _copy(cursor: Any, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _advance_serial(cursor: Any, table: str, key: str, columns: Sequence[str]) -> None:
    """Let the next number follow the largest that was written by hand."""
    if key not in columns:
        return
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, key])
    (sequence,) = cursor.fetchone()
    if sequence:
        cursor.execute(
            f"SELECT setval('{sequence}', COALESCE((SELECT MAX({key}) FROM {table}), 1))"
        )


def _sqlite_value(value: Any) -> Any:
    """As Django writes it to SQLite: UTC without a zone, separated by a space."""
    kind = type(value)
    if kind is datetime:
        return str(value.astimezone(UTC).replace(tzinfo=None))
    if kind is date:
        return value.isoformat()
    return value
