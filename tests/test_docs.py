"""The documentation is held true."""

import importlib.util
from pathlib import Path
from types import ModuleType

DOCS = Path(__file__).parents[1] / "docs"


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
