"""What is raised between talks: noted by those who serve, or said by the household itself."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_new
from genxu.core.codes import Why, code_values, note_shown
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import required
from genxu.people.models import Household
from genxu.regions.models import Region

from . import rules
from .models import Matter, Suggestion
from .opening import NewMatter, check_title, register, title_from
from .queries import can_be_named
from .workflow import Tier

LINE_LIMIT = 200
"""Characters of one line: it is said in a sentence, the rest by talking."""
LONG_AGO = timedelta(days=5 * 366)
A_DAY, SAYINGS_A_DAY = timedelta(hours=24), 5


@action(rules.record_matter, notes=("tier", "why"))
def record_matter(
    *,
    actor: Actor,
    hamlet: Region,
    text: str,
    household: Household | None = None,
    tier: str = "",
    said_on: date | None = None,
    why: Why | None = None,
) -> Suggestion:
    """记一件事: one line of a household, or of nobody named, with its matter; without a tier the
    secretary sorts it. ``why``: its receipt is printed at once, for this reason."""
    text = one_line(text)
    if tier and tier not in Tier:
        raise Invalid({"tier": _("Please choose one of the three tiers.")})
    if household and not can_be_named(actor, household, hamlet):
        raise Invalid({"who": _("Please pick one of the households offered.")})
    source = Suggestion.Source.NOTED
    one, _matter = note_down(actor, hamlet, text, household, tier, _day(said_on), source)
    if why:
        note_shown(one, why)
    return one


@action(rules.say_something, locks="household")
def say_something(*, actor: Actor, household: Household, text: str) -> Suggestion:
    """The household itself has something to say: it waits on top of the secretary's home. So many
    lines a day, so that nobody who found a slip fills her table."""
    if not household.lives_here:
        raise Conflict(_("You are noted as moved away. Please tell the branch secretary."))
    text, source = one_line(text), Suggestion.Source.HOUSEHOLD
    said = Suggestion.objects.filter(household=household, source=source)
    if said.filter(recorded_at__gt=clock.now() - A_DAY).count() >= SAYINGS_A_DAY:
        message = _("That is %(n)s today. Please ring the secretary, or go on tomorrow.")
        raise Conflict(message % {"n": SAYINGS_A_DAY})
    one = _suggestion(household.hamlet, text, household, clock.today(), source)
    _open(actor, one, "")
    return one


def note_down(
    actor: Actor,
    hamlet: Region,
    text: str,
    household: Household | None,
    tier: str,
    said_on: date,
    source: Suggestion.Source,
) -> tuple[Suggestion, Matter]:
    """A part of actions: a line that the actor wrote down, with the matter that it opens."""
    known = [household.head_name] if household else []
    check_title(title_from(text), tier, hamlet, known, "text")
    one = _suggestion(hamlet, text, household, said_on, source)
    one.noted_by_id = actor.account_id
    return one, _open(actor, one, tier)


def one_line(text: str) -> str:
    """What was said as one line; ``Invalid`` if there is none, or it is too long."""
    missing = _("Please write in a line what it is about.")
    return required(" ".join(text.split()), LINE_LIMIT, "text", missing)


def _day(said_on: date | None) -> date:
    today = clock.today()
    too_early = _("That is more than five years ago; is the year right?")
    return happened(said_on or today, "said_on", today - LONG_AGO, too_early)


def _suggestion(
    hamlet: Region, text: str, household: Household | None, day: date, source: Suggestion.Source
) -> Suggestion:
    raised_by = Suggestion.RaisedBy.HOUSEHOLD if household else Suggestion.RaisedBy.NOBODY
    return Suggestion(
        hamlet=hamlet,
        said_on=day,
        text=text,
        raised_by=raised_by,
        household=household,
        response=Suggestion.Response.TAKEN_UP,
        source=source,
        recorded_at=clock.now(),
        **code_values(),
    )


def _open(actor: Actor, one: Suggestion, tier: str) -> Matter:
    insert_new([one])
    new = [NewMatter(one, title_from(one.text), tier)]
    (matter,) = register(actor=actor, hamlet=one.hamlet, new=new)
    return matter
