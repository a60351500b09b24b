"""How the page of a centre household's neighbours is opened."""

from genxu.organisation.centre_households.tests.drawing import draw, serving_as
from genxu.people.models import HouseholdNeed
from tests.addresses import Example, Make
from tests.cast import Cast
from tests.doing import raise_matter


def _nobody_yet(cast: Cast) -> Example:
    return Example()


def _neighbours(cast: Cast) -> Example:
    one, two, three, _four = cast.households()
    centre = serving_as(cast, "centre_household", two)
    draw(cast, [(one, centre), (two, centre), (three, centre)])
    HouseholdNeed.objects.create(household=three, kind=HouseholdNeed.Kind.LIVES_ALONE)
    raise_matter(cast, "triaged", "personal", household=True)
    return Example()


EXAMPLES: dict[str, list[Make]] = {"neighbours": [_nobody_yet, _neighbours]}
