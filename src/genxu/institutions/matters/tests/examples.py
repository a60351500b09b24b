"""How the pages of neighbours, of noting, of a household that says something are opened."""

from uuid import uuid4

from genxu.institutions.matters.actions import correct_matter
from genxu.institutions.matters.noting_actions import record_matter
from genxu.organisation.centre_households.tests.drawing import draw, serving_as
from genxu.people.models import HouseholdNeed
from genxu.people.tests.factories import with_code
from tests.addresses import Example, Make
from tests.cast import FAR, HOME, Cast
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


def _note_at(code: str) -> Make:
    def make(cast: Cast) -> Example:
        sent = {"text": "渠边的石头松了", "tier": "common", "client_id": str(uuid4())}
        told = {"hamlet": cast.hamlet(code)}
        return Example({"code": code}, code, told, sent=sent, sent_ok=200)

    return make


def _say(cast: Cast) -> Example:
    household = cast.households()[0]
    sent = {"text": "门口的渠堵了", "client_id": str(uuid4())}
    return Example({"pk": household.pk}, sent=sent, codes=(with_code(household.number).code,))


def _suggestion_by_api(cast: Cast) -> Example:
    sent = {"client_id": str(uuid4()), "hamlet": HOME, "text": "渠边的石头松了", "tier": "common"}
    return Example(place=HOME, get=False, sent=sent, sent_ok=200, as_json=True)


def _take_back(cast: Cast) -> Example:
    matter = raise_matter(cast, "under_way")
    sent = {"version": matter.version, "since": matter.version - 1, "client_id": str(uuid4())}
    targets = {"matter": matter, "row": matter}
    return Example({"pk": matter.pk}, HOME, targets, get=False, sent=sent)


EXAMPLES: dict[str, list[Make]] = {
    "neighbours": [_nobody_yet, _neighbours],
    "matter_take_back": [_take_back],
    "note_matter": [lambda cast: Example()],
    "note_matter_at": [_note_at(HOME), _note_at(FAR)],
    "own_say": [_say],
    "api-1:suggestions": [_suggestion_by_api],
}


def take_batches(cast: Cast) -> None:
    """What was said outside a talk is corrected with its matter."""
    secretary = cast.actor("secretary")
    said = record_matter(actor=secretary, hamlet=cast.home, text="渠堵了", tier="common")
    correct_matter(actor=secretary, matter=said.matters.get(), title="清渠", words="写错了",
                   text="渠边堵了")  # fmt: skip


PLAIN = {"matters.record_matter.said_on", "matters.note_verdict.heard_on"}
"""Arguments of actions that say nothing sensitive."""
SENSITIVE = {"matters.note_verdict.heard_by": "names"}
