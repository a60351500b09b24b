"""How the page of a centre household's neighbours is opened."""

from uuid import uuid4

from genxu.organisation.centre_households.tests.drawing import draw, serving_as
from genxu.people.models import HouseholdNeed
from tests.addresses import Example, Make
from tests.cast import HOME, Cast
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


def _take_back(cast: Cast) -> Example:
    matter = raise_matter(cast, "under_way")
    sent = {"version": matter.version, "since": matter.version - 1, "client_id": str(uuid4())}
    targets = {"matter": matter, "row": matter}
    return Example({"pk": matter.pk}, HOME, targets, get=False, sent=sent)


EXAMPLES: dict[str, list[Make]] = {
    "neighbours": [_nobody_yet, _neighbours],
    "matter_take_back": [_take_back],
}
