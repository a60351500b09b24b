"""Two at the same moment: nobody is entered twice, nothing is passed on twice."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from genxu.core.errors import Invalid
from genxu.core.tests.following import follow
from genxu.places.collectives.models import Collective, Membership, ShareChange
from genxu.places.collectives.share_actions import pass_on_shares
from tests.cast import Cast

from . import factories as made

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 5, 13)


def test_a_page_and_a_sheet_enter_one_person_once(cast: Cast) -> None:
    collective = made.found(cast)
    row = made.member_row()
    refused = follow(lambda: made.record(cast, row), lambda: made.enter(cast, collective))
    assert isinstance(refused, Invalid)
    assert Membership.objects.count() == 1


def test_two_who_pass_on_the_same_shares_cannot_both(cast: Cast) -> None:
    collective = made.quantified(cast)

    def passed() -> Callable[[], Any]:
        first, second = cast.households()[:2]
        return lambda: pass_on_shares(
            actor=cast.actor("bookkeeper"), collective=Collective.objects.get(pk=collective.pk),
            household=first, holding=(None, "land"), to=second, quantity=300, day=TODAY,
        )  # fmt: skip

    assert isinstance(follow(passed(), passed()), Invalid)
    assert ShareChange.objects.filter(reason="transferred").count() == 2
