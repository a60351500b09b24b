"""Queries whose SQL is made once. For a look-up by one code Django takes several times as long to
write the statement as the database to answer it; a page that is kept asks little else."""

from collections.abc import Callable
from functools import cache, update_wrapper
from typing import Any

from django.db import connection
from django.db.models import QuerySet

CODE = "code of a place, told apart from all other parameters"


def prepared(build: Callable[[str], "QuerySet[Any, Any]"]) -> Callable[[str], list[Any]]:
    """The rows of the query that ``build`` makes for a code: texts and whole numbers, as tuples."""

    @cache
    def statement() -> tuple[str, tuple[Any, ...]]:
        sql, parameters = build(CODE).query.sql_with_params()
        return str(sql), tuple(parameters)

    def rows(code: str) -> list[Any]:
        sql, parameters = statement()
        with connection.cursor() as cursor:
            cursor.execute(sql, [code if one == CODE else one for one in parameters])
            return list(cursor.fetchall())

    return update_wrapper(rows, build)
