"""Queries whose SQL is made once. For a look-up by one code Django takes several times as long to
write the statement as the database to answer it; a page that is kept asks little else."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, partial, update_wrapper
from inspect import signature
from typing import Any, ClassVar, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=Model)
Statement = tuple[str, tuple[Any, ...]]
MARKS: dict[type, Callable[[int], Any]] = {
    str: "what is looked for, told apart from all other parameters: {}".format,
    int: (2**62).__add__,
    date: lambda n: date(1, 1, n + 1),
}
"""What stands in the statement for what is looked for, by its type."""


def _marks_of(build: Callable[..., Any]) -> list[Any]:
    wanted = signature(build).parameters.values()
    return [MARKS[one.annotation](n) for n, one in enumerate(wanted)]


def _ask(statement: Statement, marks: list[Any], values: tuple[Any, ...]) -> list[Any]:
    sql, parameters = statement
    given = {_adapted(mark): _adapted(one) for mark, one in zip(marks, values, strict=True)}
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(one, one) for one in parameters])
        return list(cursor.fetchall())


def _adapted(value: Any) -> Any:
    """As the database is given it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def prepared(build: Callable[..., "QuerySet[Any, Any]"]) -> Callable[..., list[Any]]:
    """The rows of the query that ``build`` makes for a code, a key or a day, or for several: texts
    and whole numbers, as tuples."""
    marks = _marks_of(build)

    @cache
    def statement() -> Statement:
        sql, parameters = build(*marks).query.sql_with_params()
        return str(sql), tuple(parameters)

    def rows(*values: Any) -> list[Any]:
        return _ask(statement(), marks, values)

    return update_wrapper(rows, build)


def prepared_rows(build: "Callable[..., QuerySet[M]]") -> "Callable[..., list[M]]":
    """The same for whole rows, with the rows that are selected with them."""
    marks = _marks_of(build)
    reader = cache(lambda: _Reader(build(*marks)))

    def rows(*values: Any) -> list[M]:
        found = reader()
        return found.rows_of(_ask(found.statement, marks, values))

    return update_wrapper(rows, build)


class _Reader:
    """Makes rows of what the database gave, as Django does for the query."""

    def __init__(self, queryset: "QuerySet[Any]") -> None:
        compiler: Any = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        self.statement: Statement = (str(sql), tuple(parameters))
        self.select, self.klass_info = compiler.select, compiler.klass_info
        self.annotation_col_map = compiler.annotation_col_map
        converters = compiler.get_converters([one[0] for one in self.select])
        self.convert = partial(compiler.apply_converters, converters=converters)
        self.converts = bool(converters)

    def rows_of(self, found: list[Any]) -> list[Any]:
        rows = self.convert(found) if self.converts else found
        return list(ModelIterable(_Found(self, rows)))  # type: ignore[arg-type]


class _Found:
    """Stands for a query that was answered already, as ``ModelIterable`` asks it."""

    db = DEFAULT_DB_ALIAS
    _known_related_objects: ClassVar[dict[Any, Any]] = {}

    def __init__(self, reader: _Reader, rows: Iterable[Any]) -> None:
        self.select, self.klass_info = reader.select, reader.klass_info
        self.annotation_col_map = reader.annotation_col_map
        self.query, self.rows = self, rows

    def get_compiler(self, using: str) -> "_Found":
        return self

    def execute_sql(self, **_how: Any) -> Iterable[Any]:
        return self.rows

    def results_iter(self, rows: Iterable[Any]) -> Iterable[Any]:
        return rows
