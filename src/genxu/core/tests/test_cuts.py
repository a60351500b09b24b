"""What shows only the first of many says so, on every page and in every search."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

import genxu
from genxu.core.cuts import First
from genxu.core.models import JournalEntry
from tests.cast import Cast

PACKAGE = Path(genxu.__file__).parent
SLICED = re.compile(r"\)\[:\s*([\w + .]+)\]")
"""A call whose first rows are taken."""
WORK = {"1", "2", "AT_ONCE", "BATCH", "ROWS", "count", "SHOWN + 1"}
"""Batches of work that goes on, one row of several, pages of the API that tell the next, one more
than is shown."""
LETTERS = re.compile(
    r"str\(|strip\(|digest\(|encode\(|join\(|plain\(|rpartition|GET\.get\(|sentence|text\("
)
"""What is no list of rows."""


@pytest.mark.parametrize(("rows", "shown", "cut"), [(0, 0, False), (3, 3, False), (4, 3, True)])
def test_it_is_cut_where_there_is_one_more(rows: int, shown: int, cut: bool) -> None:
    first = First.of(range(rows), 3)
    assert (len(first), first.cut) == (shown, cut)
    assert first.each(str).cut == cut


def test_of_a_queryset_one_row_more_is_read_than_is_shown(cast: Cast) -> None:
    everything = JournalEntry.objects.order_by("pk")
    assert len(everything) > 3
    first = First.of(everything.all(), 3)
    assert first == list(everything[:3])
    assert first.cut


def test_the_page_says_it_with_the_way_to_the_others() -> None:
    part = "parts/cut.html"
    assert render_to_string(part, {"rows": First.of(range(3), 3)}).strip() == ""
    told = render_to_string(part, {"rows": First.of(range(4), 3), "whole": "/all/"})
    assert "3" in told
    assert 'href="/all/"' in told


def test_no_list_is_cut_without_a_word() -> None:
    """``First.of`` (core/cuts.py), or a page that is turned."""
    silent = [
        f"{file.relative_to(PACKAGE)}: {line.strip()}"
        for file in PACKAGE.rglob("*.py")
        if not {"tests", "migrations", "demo"} & set(file.parts)
        for line in file.read_text(encoding="utf-8").splitlines()
        for found in SLICED.finditer(line)
        if found[1] not in WORK and not LETTERS.search(line)
    ]
    assert silent == []
    sliced = [file.name for file in PACKAGE.rglob("*.html")
              if re.search(r"in \w+\|slice:\":\d", file.read_text(encoding="utf-8"))]  # fmt: skip
    assert sliced == []
