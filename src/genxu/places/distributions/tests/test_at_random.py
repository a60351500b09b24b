"""Whatever is paid, kept owed, taken back or booked anew, in whatever order: the books owe exactly
what is not paid, and no fen is made or lost."""

from random import Random

import pytest

from genxu.core import clock
from genxu.core.errors import Refusal
from genxu.places.distributions import actions, paying_actions
from genxu.places.distributions.models import Distribution, Portion
from genxu.places.distributions.workflow import OWED, State
from genxu.places.ledger import chart
from genxu.places.ledger.models import Book
from genxu.places.ledger.queries import balances
from tests.cast import HOME, Cast

from . import factories
from .factories import EARNED


def step(cast: Cast, one: Distribution, chance: Random) -> None:
    keeper, today = cast.actor("bookkeeper"), clock.today()
    portion = chance.choice(factories.portions(one))
    some = chance.sample(factories.portions(one), chance.randint(1, 4))
    doing = chance.choice(["pay", "many", "keep", "back", "unbook", "book", "signed"])
    if doing == "pay":
        factories.paid(cast, portion)
    elif doing == "signed":
        factories.signed(cast, portion)
    elif doing == "many":
        factories.paid_all(cast, one, some)
    elif doing == "keep":
        factories.kept_owed(cast, portion, chance.choice(Portion.Reason.values))
    elif doing == "back":
        paying_actions.take_payment_back(actor=keeper, portion=portion, words="发错了", day=today)
    elif doing == "unbook":
        actions.unbook_plan(actor=keeper, distribution=one, words="记错了", day=today)
    else:
        actions.book_plan(actor=keeper, distribution=one, day=today)


@pytest.mark.parametrize("seed", range(4))
def test_the_books_owe_what_is_not_paid(cast: Cast, seed: int) -> None:
    chance, one = Random(seed), factories.booked(cast)
    book = Book.objects.get(place=HOME)
    taken = 0
    for _n in range(80):
        one = Distribution.objects.select_related("collective__place", "entry", "motion").get()
        try:
            step(cast, one, chance)
            taken += 1
        except Refusal:
            pass
        one.refresh_from_db()
        stands, parts = balances(book, clock.today()), factories.portions(one)
        owed = sum(part.sum for part in parts if not part.is_paid)
        paid = sum(part.sum for part in parts if part.is_paid)
        booked = one.state in OWED
        assert stands.get(chart.PAYABLE, 0) == (owed if booked else 0)
        assert sum(stands.get(code, 0) for code in chart.MONEY) == EARNED - paid
        assert stands[chart.DISTRIBUTION] == (0 if booked else EARNED)
        waiting = [part for part in parts if not part.is_paid and not part.reason]
        assert (one.state == State.DONE) == (booked and not waiting)
    assert taken > 8, "hardly anything happened"
