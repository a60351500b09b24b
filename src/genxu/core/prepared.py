"""Queries whose SQL is made once. For a look-up by one code Django takes several times as long to
write the statement as the database to answer it; a page that is kept asks little else."""

from collections.abc import Callable
from functools import cache, update_wrapper
from inspect import signature
from typing import Any

from django.db import connection
from django.db.models import QuerySet

CODE = "code of a place, told apart from all other parameters: {}"


def prepared(build: Callable[..., "QuerySet[Any, Any]"]) -> Callable[..., list[Any]]:
    """The rows of the query that ``build`` makes for a code, or for several: texts and whole
    numbers, as tuples."""
    marks = [CODE.format(name) for name in signature(build).parameters]

    @cache
    def statement() -> tuple[str, tuple[Any, ...]]:
        sql, parameters = build(*marks).query.sql_with_params()
        return str(sql), tuple(parameters)

    def rows(*codes: str) -> list[Any]:
        sql, parameters = statement()
        given = dict(zip(marks, codes, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(one, one) for one in parameters])
            return list(cursor.fetchall())

    return update_wrapper(rows, build)
