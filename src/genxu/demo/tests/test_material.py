"""A data file says all that it must and nothing else; the code has no words of its own."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from genxu.demo.material import DATA, Amiss, read
from genxu.demo.names import Names
from genxu.demo.stories import HamletScript, RootsScript
from genxu.demo.words import OrganisationWords, Theme, Words

CODE = sorted(DATA.parent.glob("*.py"))
BROKEN = {
    "a key is missing": ("roots.toml", RootsScript, "days_ago = 33\n", "", "assemblies.0.days_ago"),
    "a key is misspelt": ("words.toml", Words, "try_notes", "tried_notes", "tried_notes"),
    "a kind is missing": ("words.toml", Words, "\npersonal =", "\npersonnel =", "helpers"),
    "a step is unknown": ("organisation.toml", OrganisationWords, "re_elect", "elect", "steps"),
    "a number is none": ("names.toml", Names, "weight = 52", "weight = '?'", "surnames.0.weight"),
    "a list is empty": (
        "topics/1_ways.toml", Theme, r"good = \[.*\]", "good = []", "topics.0.cases.0.good",
    ),
    "a tier is none": (
        "topics/6_life.toml", Theme, '"personal"', '"private"', "topics.0.cases.4.tier",
    ),
    "a month is none": (
        "topics/5_land.toml", Theme, r"months = \[", "months = [0, ", "topics.0.months.0",
    ),
    "a story's step is none": (
        "stories/5_liuzu.toml", HamletScript, '"pass_up"', '"pass_down"',
        "talks.1.suggestions.0.matters.0.path.3.0",
    ),
    "it is no TOML": ("names.toml", Names, "forbidden =", "forbidden", "at line 4"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_names_its_file_and_key(fault: str, tmp_path: Path) -> None:
    name, shape, sound, broken, key = BROKEN[fault]
    text = (DATA / name).read_text(encoding="utf-8")
    copy = tmp_path / Path(name).name
    copy.write_text(re.sub(sound, broken, text, count=1), encoding="utf-8")
    with pytest.raises(Amiss) as refused:
        read(copy, shape)
    first = str(refused.value).splitlines()[0]
    assert str(copy) in first
    assert key in str(refused.value)


def literals(tree: ast.Module) -> Iterator[str]:
    """The values in a module that are no docstrings."""
    docstrings = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and id(one) not in docstrings:
            yield str(one.value)


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.stem)
def test_the_code_has_no_words(path: Path) -> None:
    """They stand in ``data/``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [text for text in literals(tree) if re.search(r"[\u3000-\u9fff]", text)]
