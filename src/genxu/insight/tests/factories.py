"""The first root in two hamlets, with what came and went, made through the real actions."""

from datetime import timedelta

from genxu.core import clock
from genxu.organisation.branches.models import Organisation
from genxu.organisation.branches.tests import factories as branches
from genxu.organisation.branches.workflow import State
from genxu.organisation.centre_households.actions import end_service
from genxu.organisation.centre_households.tests.drawing import draw, serving, settle
from genxu.organisation.centre_households.tests.factories import township_of
from genxu.organisation.councils.tests.factories import form
from genxu.people.tests.factories import merged, moved
from tests.cast import FAR, HOME, NEIGHBOUR, NOW, Cast


def put_down_roots(cast: Cast) -> None:
    """Ninety days of founding, appointing, leaving and moving away, up to the present."""
    with clock.at(NOW - timedelta(days=90)):
        branches.founded(cast)
        branches.in_state(cast, State.FOUNDED, Organisation.Kind.PARTY_GROUP, NEIGHBOUR, 2)
    with clock.at(NOW - timedelta(days=60)):
        doors = [*cast.households(), *settle(cast, 8)]
        first, second = serving(cast, doors[0], doors[5])
        draw(cast, [(one, first) for one in doors[:5]])
        draw(cast, [(one, second) for one in doors[5:]])
        form(cast, formed_on=clock.today())
        branches.in_state(cast, State.CLOSED, Organisation.Kind.PARTY_GROUP, FAR, 2)
    with clock.at(NOW - timedelta(days=20)):
        moved(cast, 3, on=clock.today() - timedelta(days=4))
        merged(cast, 7, 8)
        end_service(actor=township_of(cast, HOME), centre_household=second, reason="resigned")
