"""The rows of one talk, and writing the same rows with SQL made by hand: a floor for the action."""

import json
from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import uuid4

Row = dict[str, Any]
Execute = Callable[[str, list[Any]], Any]
COUNTED = ("BigAutoField", "OneToOneField")
"""Kinds of keys by which new rows are known: they only rise."""
HIGH = 2**40
"""About there lie the keys that are given by hand."""


def rows_of(record: Callable[[], None]) -> list[Row]:
    """What ``record`` inserts: of each row its table, its columns and their values.

    A value is itself, or ``{"key": n}`` for the key of the row n, or ``{"new": length}`` for what
    must differ each time; a length of 0 is a number.
    """
    from django.apps import apps
    from django.db.models import Max

    models = [one for one in apps.get_models() if _kind(one._meta.pk) in COUNTED]
    last = {one: one._base_manager.aggregate(at=Max("pk"))["at"] or 0 for one in models}
    record()
    made = [row for one in models for row in one._base_manager.filter(pk__gt=last[one])]
    numbers = {(type(row), row.pk): n for n, row in enumerate(made)}
    return [_as_sql(row, numbers) for row in made]


def _kind(field: Any) -> str:
    return str(field.get_internal_type())


def _as_sql(row: Any, numbers: dict[tuple[Any, Any], int]) -> Row:
    fields = row._meta.concrete_fields
    values = {f: _plain(f, row) for f in fields}
    new = {f for f in fields if f.unique and values[f]}
    keys = {}
    for f in fields:
        named = (f.remote_field.model if f.remote_field else type(row), getattr(row, f.attname))
        if (f.remote_field or f.primary_key) and named in numbers:
            keys[f] = {"key": numbers[named]}
    for constraint in row._meta.total_unique_constraints:
        together = [row._meta.get_field(name) for name in constraint.fields]
        if not keys.keys() & set(together):
            new.add(next(f for f in together if not f.remote_field))
    values |= {f: {"new": 0 if "Integer" in _kind(f) else f.max_length or 32} for f in new} | keys
    columns = [f'"{f.column}"' for f in fields]
    return {"table": row._meta.db_table, "columns": columns, "values": list(values.values())}


def _plain(field: Any, row: Any) -> Any:
    from django.db import connection

    value = field.get_db_prep_save(getattr(row, field.attname), connection)
    value = getattr(value, "obj", value)
    if value is None or isinstance(value, bool | int):
        return value
    return json.dumps(value) if isinstance(value, dict | list) else str(value)


def writer(execute: Execute, mark: str, rows: list[Row]) -> Callable[[], None]:
    """Writes the rows again, as one talk more; ``mark`` is how the database marks a value."""
    statements = [
        f"INSERT INTO {row['table']} ({', '.join(row['columns'])}) "
        f"VALUES ({', '.join([mark] * len(row['columns']))})"
        for row in rows
    ]
    numbers = count(uuid4().int % 2**30, -1)  # downwards: an action takes the next one up

    def write() -> None:
        number = next(numbers)
        for statement, row in zip(statements, rows, strict=True):
            execute(statement, [_value(one, number, len(rows)) for one in row["values"]])

    return write


def _value(one: Any, number: int, rows: int) -> Any:
    if not isinstance(one, dict):
        return one
    if "key" in one:
        return HIGH + number * rows + one["key"]
    return (uuid4().hex * 2)[: one["new"]] if one["new"] else number
