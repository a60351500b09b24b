"""Opening matters for suggestions: used by the actions of talks and of matters alike.

These are parts of actions, not actions: they run in the transaction of the one that calls them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_new
from genxu.core.errors import Invalid
from genxu.organisation.centre_households.neighbours import centre_household_of
from genxu.people.models import Account
from genxu.people.privacy import named_person
from genxu.regions.models import Region

from .deadlines import deadline, unpublished_year
from .models import TITLE_LIMIT, Matter, MatterStep, Suggestion, Voice
from .workflow import REGISTER, SHARED_TIERS, State, Tier, Urgency


@dataclass(frozen=True)
class NewMatter:
    """What is needed to open a matter; without a tier it waits to be triaged."""

    suggestion: Suggestion
    title: str
    tier: str = ""
    urgency: str = Urgency.ORDINARY


def title_from(text: str) -> str:
    """A title out of what was said: its first sentence, cut to fit."""
    first = text.strip().splitlines()[0] if text.strip() else ""
    for stop in "。!?！？;；":
        first = first.split(stop)[0]
    return first if len(first) <= TITLE_LIMIT else first[: TITLE_LIMIT - 1] + "…"


def check_title(
    title: str, tier: str, hamlet: Region, known: Iterable[str] = (), field: str = "title"
) -> None:
    """Refuse a title that names a person: a common matter is public, a specialist one is read
    at every level above."""
    if tier not in SHARED_TIERS:
        return
    if found := named_person(title, hamlet, known):
        message = _("Others will read this: please leave out “%(name)s”.")
        raise Invalid({field: message % {"name": found}})


def helper_for(tier: str, suggestions: Iterable[Suggestion]) -> Account | None:
    """Who is given a matter of this tier at once: a personal one (个人事帮衬办) goes to the centre
    household that looks after the household behind it, if that has an account; None otherwise."""
    if tier != Tier.PERSONAL:
        return None
    return next(iter(centre_household_of(_households_behind(suggestions)).values()), None)


def _households_behind(suggestions: Iterable[Suggestion]) -> list[int]:
    return [one.household_id for one in suggestions if one.household_id is not None]


def _helpers(new: Sequence[NewMatter]) -> dict[int, Account]:
    """The same for many new matters: household → helper; one query, none if none is personal."""
    personal = [one.suggestion for one in new if one.tier == Tier.PERSONAL]
    return centre_household_of(_households_behind(personal))


def register(*, actor: Actor, hamlet: Region, new: Sequence[NewMatter]) -> list[Matter]:
    """Open the matters, each with its voice and its first steps: four statements for any number,
    and one more where a personal matter of a known household is among them."""
    now = clock.now()
    helpers = _helpers(new)
    matters = [_matter(hamlet, one, now) for one in new]
    for matter, one in zip(matters, new, strict=True):
        if one.tier == Tier.PERSONAL and (helper := helpers.get(one.suggestion.household_id or 0)):
            matter.state = State.ASSIGNED
            matter.assignee, matter.assignee_name = helper, helper.name
    insert_new(matters)
    insert_new(
        [
            Voice(matter=matter, suggestion=one.suggestion)
            for matter, one in zip(matters, new, strict=True)
        ]
    )
    insert_new(list(_first_steps(actor, matters, now)))
    return matters


def _matter(hamlet: Region, new: NewMatter, now: datetime) -> Matter:
    limit = deadline(now, new.tier, new.urgency)
    return Matter(
        hamlet=hamlet,
        place=hamlet,
        title=new.title,
        state=State.TRIAGED if new.tier else State.REGISTERED,
        tier=new.tier,
        urgency=new.urgency,
        registered_at=now,
        remind_at=limit.remind_at,
        due_at=limit.due_at,
        uncounted_year=unpublished_year(limit.due_at, new.urgency),
    )


def _first_steps(actor: Actor, matters: Iterable[Matter], now: datetime) -> Iterable[MatterStep]:
    for matter in matters:
        yield step_row(matter, actor, REGISTER, "", State.REGISTERED, now)
        if matter.tier:
            yield step_row(matter, actor, "triage", State.REGISTERED, State.TRIAGED, now)
        if matter.state == State.ASSIGNED:
            yield step_row(matter, actor, "assign", State.TRIAGED, State.ASSIGNED, now)


def step_row(
    matter: Matter,
    actor: Actor,
    step: str,
    from_state: str,
    to_state: str,
    now: datetime,
    words: str = "",
) -> MatterStep:
    """The row that remembers a step."""
    return MatterStep(
        matter=matter,
        hamlet_id=matter.hamlet_id,
        place_id=matter.place_id,
        due_at=matter.due_at,
        step=step,
        from_state=from_state,
        to_state=to_state,
        at=now,
        on=timezone.localdate(now),
        by_id=actor.account_id,
        words=words,
    )
