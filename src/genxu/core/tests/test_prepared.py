"""A query whose SQL is made once gives what the query gives, for each code."""

from typing import Any

from django.db.models import Q, QuerySet

from genxu.core.prepared import prepared
from genxu.regions.models import Region
from tests.cast import CITY, COUNTY, HOME, VILLAGE, Cast


def at_or_below(code: str) -> QuerySet[Any, Any]:
    rows = Region.objects.filter(Q(code=code) | Q(parent=code), level__gt=0)
    return rows.order_by("-code").values_list("code", "name")


def test_each_code_gives_its_own_rows_in_their_order(cast: Cast) -> None:
    quick = prepared(at_or_below)
    for code in (CITY, COUNTY, VILLAGE, HOME, "99"):
        assert quick(code) == list(at_or_below(code))
    assert len(quick(VILLAGE)) == 3


def test_a_code_is_a_value_and_no_part_of_the_statement(cast: Cast) -> None:
    assert prepared(at_or_below)("42' OR '1'='1") == []
