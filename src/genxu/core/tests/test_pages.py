"""Pages of a list: the length of a long one is kept for a minute, nothing of a short one."""

from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from genxu.core import pages
from genxu.regions.models import Region
from tests.cast import HOME, Cast

ROWS = Region.objects.order_by("code")


def look(page: str, size: int) -> tuple[list[str], int, int]:
    """What stands on a page, how many there are in all, and how many queries it took."""
    request = RequestFactory().get("/", {"page": page} if page else {})
    with CaptureQueriesContext(connection) as asked:
        found = pages.slice_of(request, ROWS.all(), size)
        codes, total = [row.code for row in found.object_list], found.paginator.count
        assert found.has_next() == (found.end_index() < total)
    return codes, total, len(asked)


@pytest.mark.parametrize("page", ["", "1", "2", "7", "last", "-3"])
@pytest.mark.parametrize("size", [1, 3, 50])
def test_each_page_holds_its_rows(cast: Cast, page: str, size: int) -> None:
    codes = list(ROWS.values_list("code", flat=True))
    last = -(-len(codes) // size)
    number = min(int(page), last) if page.isdecimal() else last if page == "-3" else 1
    shown, total, _queries = look(page, size)
    assert total == len(codes)
    assert shown == codes[(number - 1) * size : number * size]


def test_nothing_is_remembered_of_a_short_list(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def useless(rows: Any) -> str:
        raise AssertionError("its key is made for nothing")

    monkeypatch.setattr(pages, "_key_of", useless)
    assert [look("", 2)[2] for _ in range(2)] == [2, 2]


def test_a_long_list_is_counted_once_a_minute(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """And those like it, each for itself."""
    monkeypatch.setattr(pages.LongPaginator, "LONG", 3)
    assert [look("", 2)[2] for _ in range(2)] == [2, 1]
    request = RequestFactory().get("/")
    few = pages.slice_of(request, ROWS.filter(pk__startswith=HOME), 2)
    assert (
        few.paginator.count == ROWS.filter(pk__startswith=HOME).count() < pages.LongPaginator.LONG
    )
