"""The command itself, and what all its groups share."""

from datetime import date
from typing import Any

import click


class Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2023-05-24", param, ctx)


DAY = Day()


@click.group()
@click.version_option(package_name="genxu")
def cli() -> None:
    """Genxu 根须: governing natural villages well, from one record made once."""


def operator(name: str = "operator") -> Any:
    from genxu.core.access import system

    return system(name)
