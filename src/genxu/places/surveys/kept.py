"""What is kept of a household by surveys: for itself alone."""

from genxu.people.models import Household
from genxu.people.record import Kept

from .queries import own_answers


def kept_of(household: Household) -> list[Kept]:
    return [
        Kept(str(one.survey), one.told, one.asked_on, private=True)
        for one in own_answers(household)
    ]
