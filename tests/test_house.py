"""The plan of the house, held: a file's name tells its room, and no two files of an app go round
in a circle."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import genxu

SOURCE = Path(genxu.__file__).parent
FILES = sorted(
    file
    for file in SOURCE.rglob("*.py")
    if not {"tests", "migrations"} & set(file.relative_to(SOURCE).parts)
)
MECHANISM = {
    "core/steps.py", "core/lists.py", "regions/batches.py", "regions/begun.py",
    "people/living_steps.py",
}  # fmt: skip
"""Where pages are made for all."""


def name_of(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def marks(file: Path) -> set[str]:
    """The decorators of its functions."""
    found = set()
    for node in ast.walk(tree(file)):
        for mark in getattr(node, "decorator_list", ()):
            target = mark.func if isinstance(mark, ast.Call) else mark
            found.add(ast.unparse(target))
    return found


ROOMS = {"action": ("actions", "_actions", "_intake"), "page": ("views", "_views")}


@pytest.mark.parametrize("mark", ROOMS)
def test_a_file_s_name_tells_its_room(mark: str) -> None:
    """Plans and actions of rows stand together in ``<thing>_intake``."""
    whole, *ends = ROOMS[mark]
    elsewhere = [
        name_of(file)
        for file in FILES
        if mark in marks(file)
        and name_of(file) not in MECHANISM
        and not (file.stem == whole or file.stem.endswith(tuple(ends)))
    ]
    assert elsewhere == []


# --- circles -------------------------------------------------------------------------------------


def ours() -> list[Path]:
    """Every folder with code: apps, and those that are none."""
    return sorted({file.parent for file in FILES})


def siblings(file: Path) -> Iterator[str]:
    """The files of its own folder that a file uses, wherever in it they are imported; what only
    types need is no use."""
    package = ".".join(("genxu", *file.parent.relative_to(SOURCE).parts))
    for node in used(tree(file)):
        if not isinstance(node, ast.ImportFrom):
            continue
        module = node.module or ""
        if node.level == 1:
            yield from [module] if module else [alias.name for alias in node.names]
        elif node.level == 0 and module == package:
            yield from (alias.name for alias in node.names)
        elif node.level == 0 and module.startswith(f"{package}."):
            yield module.removeprefix(f"{package}.")


def used(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from used(child)


def circle(uses: dict[str, set[str]]) -> list[str]:
    """The first circle found, or nothing."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for other in sorted(uses.get(name, ())):
            if found := walk(other, [*way, name]):
                return found
        done.add(name)
        return []

    return next((found for name in sorted(uses) if (found := walk(name, []))), [])


@pytest.mark.parametrize("app", ours(), ids=name_of)
def test_no_circle_between_the_files_of_an_app(app: Path) -> None:
    files = {file.stem: file for file in FILES if file.parent == app}
    uses = {name: set(siblings(file)) & set(files) for name, file in files.items()}
    assert circle(uses) == []


# --- who asks -------------------------------------------------------------------------------------


def without_asking(file: Path) -> Iterator[str]:
    """The functions that are given an actor and never look who it is."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef) and "actor" in {one.arg for one in node.args.args}:
            names = (one for part in node.body for one in ast.walk(part))
            if not any(isinstance(one, ast.Name) and one.id == "actor" for one in names):
                yield f"{name_of(file)}: {node.name}"


def test_what_is_read_for_somebody_asks_who_it_is() -> None:
    """A reading that takes an actor and does not use it looks as if it began at ``visible_to``."""
    rooms = [
        file for file in FILES if file.stem in ("queries", "notices") or "_queries" in file.stem
    ]
    assert [one for file in rooms for one in without_asking(file)] == []
