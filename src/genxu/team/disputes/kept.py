"""What is kept of a household as a side of a dispute: never what the other side said."""

from django.utils.translation import gettext as _

from genxu.people.models import Household
from genxu.people.record import Kept

from .queries import own_parts


def kept_of(household: Household) -> list[Kept]:
    return [
        Kept(_("Side of a dispute"), f"{one.dispute} · {one.dispute.get_state_display()}",
             one.dispute.told_on, private=True)
        for one in own_parts(household)
    ]  # fmt: skip


def words_of(household: Household) -> list[Kept]:
    """What it agreed to, and what it said of it since."""
    told = []
    for one in own_parts(household):
        if one.stands:
            told.append(Kept(_("What was agreed"), one.dispute.terms, one.dispute.agreed_on))
        if one.side.answer:
            told.append(Kept(_("Whether it holds"), one.side.get_answer_display(),
                             one.side.answered_on))  # fmt: skip
    return told
