"""The documentation is held true."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[1]
DOCS, PACKAGE = ROOT / "docs", ROOT / "src" / "genxu"
APPS = sorted(
    Path(app.path) for app in apps.get_app_configs() if Path(app.path).is_relative_to(PACKAGE)
)
MAP = (DOCS / "map.md").read_text(encoding="utf-8")
TREE = [line for line in MAP.split("```")[1].splitlines() if line]
ROOMS, WHERE = (
    [line for line in part.splitlines() if line.startswith("| ") and "`" in line]
    for part in MAP.split("```")[2].split("## Where to look")
)
OF_ANY_APP = re.compile(r"(each|an) app's $")


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate_permissions.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_permissions_is_what_the_marks_say() -> None:
    """If this fails: ``.venv/bin/python docs/generate_permissions.py`` and read what changed."""
    made = generator().generated()
    assert (DOCS / "permissions.md").read_text(encoding="utf-8") == made


@pytest.mark.parametrize("line", TREE, ids=lambda line: line.split()[0])
def test_the_map_s_tree_has_folders_that_exist(line: str) -> None:
    above = PACKAGE if line.startswith(" ") else ROOT
    assert (above / line.split()[0]).is_dir()


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_app_stands_in_the_map_s_tree(app: Path) -> None:
    """A floor with a line of its own; an app within a floor by its name in that line."""
    floor, *within = app.relative_to(PACKAGE).parts
    (line,) = (one for one in TREE if one.strip().startswith(f"{floor}/"))
    missing = [name for name in within if name.replace("_", " ") not in line]
    assert not missing, f"name it in docs/map.md, in the line of {floor}/"


def found(name: str, folders: list[Path]) -> list[Path]:
    """What a name of the map stands for; ``*`` and ``<app>`` are any name."""
    pattern = re.sub(r"<\w+>", "*", name.rstrip("/"))
    return [path for folder in folders for path in folder.glob(pattern)]


@pytest.mark.parametrize("row", ROOMS, ids=lambda row: row.split("`")[1])
def test_every_room_of_the_map_is_in_some_app(row: str) -> None:
    for room in re.findall(r"`([^`]+)`", row.split(" | ")[0]):
        assert found(room, APPS) or found(f"{room}.py", APPS), room


def named(row: str) -> Iterator[tuple[str, list[Path]]]:
    """The files and folders that a row names, and what they stand for.

    A name with its folder is below ``src/genxu`` or the root; a bare one lies beside a file named
    before it in the row, or in any app where the row says “each app's”.
    """
    near: list[Path] = []
    for mark in re.finditer(r"`([^`\s]+(?:\.py|/))`", row):
        name = mark[1]
        if OF_ANY_APP.search(row[: mark.start()]):
            folders = APPS
        else:
            folders = [PACKAGE, ROOT] if "/" in name.rstrip("/") else near
        paths = found(name, folders)
        near = near + [path if path.is_dir() else path.parent for path in paths]
        yield name, paths


@pytest.mark.parametrize("row", [*ROOMS, *WHERE], ids=lambda row: row.strip("| ")[:30])
def test_every_file_that_the_map_names_exists(row: str) -> None:
    """And where it says what stands in it, that stands there."""
    for name, paths in named(row.removeprefix(row.split(" | ")[0]) if row in ROOMS else row):
        assert paths, f"{name} is not there"
        for inside in re.findall(rf"`([\w.]+)(?:\([^`]*\))?` in (?:its )?`{re.escape(name)}`", row):
            assert any(inside in path.read_text(encoding="utf-8") for path in paths), inside


def test_every_page_that_the_map_links_to_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", MAP):
        assert (DOCS / target).exists(), target
