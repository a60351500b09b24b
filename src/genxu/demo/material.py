"""Reads the words and stories of ``data/`` into frozen dataclasses, and refuses what is amiss."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError

DATA = Path(__file__).parent / "data"
Lines = Annotated[tuple[str, ...], Field(min_length=1)]
"""Words of which one is drawn."""
Shape = TypeVar("Shape")


class Amiss(Exception):
    """A file of ``data/`` is not as it must be; names the file and each key."""


class Material:
    """The base of whatever stands in a data file: every key that it needs, and no other."""

    __slots__ = ()
    __pydantic_config__ = ConfigDict(extra="forbid")


def read(path: Path, shape: type[Shape]) -> Shape:
    """What a file says."""
    try:
        return TypeAdapter(shape).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise Amiss(f"{path}: {error}") from error
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise Amiss("\n".join(f"{path}: {fault}" for fault in faults)) from error


def read_all(folder: Path, shape: type[Shape]) -> tuple[Shape, ...]:
    """What the files of a folder say, in the order of their names."""
    return tuple(read(path, shape) for path in sorted(folder.glob("*.toml")))


def one_for_each(names: Iterable[str]) -> AfterValidator:
    """Holds that a table has a key for each of these names, and no other."""
    wanted = set(map(str, names))

    def check(table: Mapping[str, object]) -> Mapping[str, object]:
        faults = [f"{name} is missing" for name in sorted(wanted - set(table))]
        faults += [f"{name} is not known" for name in sorted(set(table) - wanted)]
        if faults:
            raise ValueError(", ".join(faults))
        return table

    return AfterValidator(check)
