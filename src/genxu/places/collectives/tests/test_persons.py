"""What a roll tells those who leave names out, and how much of it a page shows."""

from datetime import date

import pytest

from genxu.places.collectives import queries
from genxu.places.collectives.persons import names_at
from tests.cast import NEIGHBOUR, VILLAGE, Cast, Enter

from . import factories as made


def test_whose_names_stand_on_rolls_and_in_offices_is_known_at_a_place(cast: Cast) -> None:
    village = made.settled(cast, VILLAGE)
    made.elected(cast, village)
    named = {"罗测一", "罗测小", "罗测二", "罗测梅", "罗测仁", "罗测义"}
    assert names_at(cast.home) == named
    assert names_at(village.place) == named
    assert names_at(cast.hamlet(NEIGHBOUR)) == {"罗测一", "罗测仁", "罗测义", "罗测梅"}


def test_what_has_to_follow_is_cut_and_says_so(
    cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    collective = made.quantified(cast, follows=True)
    for name in ("罗测宝", "罗测贝"):
        made.enter(cast, collective, name=name, birth_year=2025, since=date(2025, 1, 1),
                   gained="birth")  # fmt: skip
    monkeypatch.setattr(queries, "SHOWN", 1)
    page = enter("bookkeeper").get(f"/collectives/{collective.pk}/")
    assert (len(page.context["due"]), page.context["due"].cut) == (1, True)
    assert "罗测贝" not in page.content.decode()
