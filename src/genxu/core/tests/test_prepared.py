"""A query whose SQL is made once gives what the query gives, for each code."""

from typing import Any

from django.db.models import Q, QuerySet

from genxu.core.prepared import prepared, prepared_rows
from genxu.people.models import Grant
from genxu.people.roles import Role
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


def grants_at(role: str, account: int) -> QuerySet[Grant]:
    rows = Grant.objects.filter(role=role, account=account)
    return rows.select_related("account", "place__parent").order_by("pk")


def test_whole_rows_come_with_what_is_selected_with_them(cast: Cast) -> None:
    quick = prepared_rows(grants_at)
    for part in ("secretary", "auditor", "without_role"):
        account = cast.accounts[part]
        for role in (Role.SECRETARY.value, Role.AUDITOR.value):
            found, usual = quick(role, account.pk), list(grants_at(role, account.pk))
            assert found == usual
            assert [one.account.opened_at for one in found] == [account.opened_at] * len(usual)
            assert [one.account.is_active for one in found] == [True] * len(usual)
            assert [one.place.parent.name for one in found] == [
                one.place.parent.name for one in usual
            ]


def test_rows_asked_for_again_are_read_again(cast: Cast) -> None:
    quick = prepared_rows(at_code)
    (before,) = quick(HOME)
    Region.objects.filter(code=HOME).update(name="改了名的湾")
    (after,) = quick(HOME)
    assert (before.name, after.name) == ("罗家洲", "改了名的湾")
    after.refresh_from_db()
    assert not after._state.adding


def at_code(code: str) -> QuerySet[Region]:
    return Region.objects.filter(code=code)
