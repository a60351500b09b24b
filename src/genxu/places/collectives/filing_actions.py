"""The roll goes to the township and the county (第十二条); a household says that its line is
wrong."""

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Missing
from genxu.core.texts import required
from genxu.people.models import Household
from genxu.people.raising import raise_matter

from . import rules
from .models import WORDS_LIMIT, Collective, Filing
from .workflow import FILE, Filed

DOUBT_LIMIT = 120


@action(rules.file_roll, locks="collective")
def file_roll(*, actor: Actor, collective: Collective) -> Filing:
    """As it stands today; one waits at a time."""
    check_none_waits(collective)
    today = clock.today()
    rows = collective.memberships.on_day(today)
    members, households = rows.count(), rows.values("household").distinct().count()
    if not members:
        raise Conflict(_("Nobody stands on the roll yet."))
    made = Filing(
        collective=collective, place_id=collective.place_id, day=today, filed_at=clock.now(),
        members=members, households=households,
    )  # fmt: skip
    made.save()
    made.remember(actor, FILE, "")
    return made


def check_none_waits(collective: Collective, **_parts: object) -> None:
    if collective.filings.filter(state=Filed.FILED).exists():
        raise Conflict(_("A roll waits for the township already. Take it back first."))


@action(rules.confirm_filing, locks="filing")
def confirm_filing(*, actor: Actor, filing: Filing) -> Filing:
    """The township has it."""
    return filing.advance(actor, "confirm")


@action(rules.confirm_filing, locks="filing")
def return_filing(*, actor: Actor, filing: Filing, words: str) -> Filing:
    """The township asks something first."""
    return filing.advance(actor, "return", words=required(words, WORDS_LIMIT))


@action(rules.withdraw_filing, locks="filing")
def withdraw_filing(*, actor: Actor, filing: Filing) -> Filing:
    """Something has to be put right first."""
    return filing.advance(actor, "withdraw")


@action(rules.doubt_line, locks="household")
def doubt_line(
    *, actor: Actor, household: Household, collective: Collective, words: str
) -> Household:
    """A matter of the household, which only she closes."""
    words = required(words, DOUBT_LIMIT, "words")
    entries = household.entries
    known = collective.memberships.on_roll().filter(household__in=entries)
    if not known.exists() and not collective.changes.filter(household__in=entries).exists():
        raise Missing(Collective.missing)
    text = _("Our line in the register of the collective is not right: %s") % words
    raise_matter(
        actor=actor, hamlet=household.hamlet, text=text, household=household, tier="personal"
    )
    return household
