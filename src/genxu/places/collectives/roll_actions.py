"""The roll of members: who becomes one, who ceases to be one, what was entered wrongly."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import optional, required
from genxu.organisation.assemblies.bodies import Kind
from genxu.organisation.assemblies.models import Motion
from genxu.people.models import Household

from . import rules
from .actions import wrong_since
from .decisions import carried
from .law import AFTER_MARRIAGE, BRIDE, NEEDS_MOTION, NEVER, Gained, Lost, Never
from .models import WORDS_LIMIT, Collective, Membership
from .roll import Entry, Standing, wrong_beside
from .shares import move_shares
from .workflow import ENTER

A_YEAR = timedelta(days=366)


@action(rules.enter_member, locks="collective", notes=("household", "motion"))
def enter_member(
    *,
    actor: Actor,
    collective: Collective,
    household: Household,
    entry: Entry,
    motion: Motion | None = None,
) -> Membership:
    """Somebody becomes a member with one of its households; who decided, where the meeting has."""
    entry = entry.cleaned()
    check_household(collective, household)
    new = Standing(household.pk, entry.name, entry.birth_year, entry.since)
    _check(collective, entry, new)
    if entry.gained in NEEDS_MOTION or motion:
        motion = _by_meeting(collective, motion)
    made = Membership(
        collective=collective, place_id=collective.place_id, household=household, name=entry.name,
        birth_year=entry.birth_year, since=entry.since, gained=entry.gained, apart=entry.apart,
        motion=motion,
    )  # fmt: skip
    made.save()
    made.remember(actor, ENTER, "")
    return made


def check_household(
    collective: Collective, household: Household, field: str = "household"
) -> Household:
    """One of the place of the collective, or one that has members there already: who moves away
    keeps what she has."""
    at_home = household.hamlet_id.startswith(collective.place_id)
    if not at_home and not collective.memberships.on_roll().filter(household=household).exists():
        raise Invalid({field: _("This household does not belong to the place.")})
    return household


def _check(collective: Collective, entry: Entry, new: Standing, but: int = 0) -> None:
    """``Invalid`` names all that is wrong with an entry at its place; ``but`` is its own key."""
    wrong = wrong_since(collective, entry.since) | entry.problems()
    others = collective.memberships.on_roll().filter(name=entry.name).exclude(pk=but)
    wrong = wrong or wrong_beside(new, entry.apart, map(Standing.of, others))
    if wrong:
        raise Invalid(wrong)


def _by_meeting(collective: Collective, motion: Motion | None) -> Motion:
    if motion is None:
        raise Invalid({"motion": _("Which decision of the members' meeting was it (article 12)?")})
    return carried(motion, collective, Kind.MEMBERSHIP)


def _lock_collective(membership: Membership, **_more: Any) -> None:
    """Whoever changes one entry and whoever adds another follow each other."""
    rows = Collective.objects.select_for_update().filter(pk=membership.collective_id)
    list(rows.values_list("pk"))


@action(rules.change_membership, locks="membership", first=_lock_collective,
        notes=("until", "motion"))  # fmt: skip
def leave_roll(
    *,
    actor: Actor,
    membership: Membership,
    until: date,
    lost: str,
    words: str = "",
    married: bool = False,
    declared: bool = False,
    motion: Motion | None = None,
) -> Membership:
    """A membership ends as the law knows it (第十六、十七条), never for what article 18 names.

    ``married``: she married within the year before; then ``declared`` says that it is as the law
    wants it, and the township is shown it.
    """
    membership.check_step("leave")
    too_early = _("She became a member on %s only.") % membership.since.isoformat()
    happened(until, "until", membership.since, too_early)
    words = _check_loss(lost, words)
    married = lost != Lost.DEATH and (married or _came_by_marriage(membership, until))
    if married and not declared:
        raise Invalid({"declared": AFTER_MARRIAGE})
    if lost in NEEDS_MOTION:
        motion = _by_meeting(membership.collective, motion)
    return membership.advance(
        actor, "leave", words=words, until=until, lost=lost, after_marriage=married,
        motion_id=motion.pk if motion else membership.motion_id,
    )  # fmt: skip


def _check_loss(lost: str, words: str) -> str:
    if lost == Never.MARRIAGE:
        raise Invalid({"lost": BRIDE})
    if lost in Never:
        raise Invalid({"lost": NEVER})
    if lost not in Lost:
        raise Invalid({"lost": _("Please choose one of those offered.")})
    if lost == Lost.ANOTHER:
        return required(words, WORDS_LIMIT, "words", _("Of which collective is she a member now?"))
    return optional(words, WORDS_LIMIT)


def _came_by_marriage(membership: Membership, until: date) -> bool:
    return membership.gained == Gained.MARRIAGE and until - membership.since <= A_YEAR


@action(rules.change_membership, locks="membership", first=_lock_collective)
def correct_membership(
    *, actor: Actor, membership: Membership, entry: Entry, words: str
) -> Membership:
    """What was entered wrongly: name, year of birth, day, how; what stood before is kept."""
    membership.check_step("correct")
    entry, words = entry.cleaned(), required(words, WORDS_LIMIT)
    new = replace(Standing.of(membership), name=entry.name, birth_year=entry.birth_year,
                  since=entry.since)  # fmt: skip
    if membership.until and membership.until < entry.since:
        raise Invalid({"since": _("She had ceased to be a member by then.")})
    _check(membership.collective, entry, new, membership.pk)
    if membership.shares.filter(withdrawn_on=None, day__lt=entry.since).exists():
        raise Invalid({"since": _("She holds shares since before that day.")})
    return membership.advance(
        actor, "correct", words=words, name=entry.name, birth_year=entry.birth_year,
        since=entry.since, gained=entry.gained, apart=entry.apart,
    )  # fmt: skip


@action(rules.change_membership, locks="membership", first=_lock_collective,
        notes=("household", "day"))  # fmt: skip
def move_membership(
    *, actor: Actor, membership: Membership, household: Household, day: date
) -> Membership:
    """She belongs to another household from a day on, and so do her shares."""
    membership.check_step("move")
    check_household(membership.collective, household)
    if household.pk == membership.household_id:
        raise Invalid({"household": _("That is where she is entered.")})
    happened(day, "day", membership.since, _("She became a member later than that."))
    new = replace(Standing.of(membership), household=household.pk)
    others = membership.collective.memberships.on_roll().exclude(pk=membership.pk)
    wrong = wrong_beside(new, True, map(Standing.of, others.filter(name=membership.name)))
    if wrong:
        raise Invalid({"household": wrong["name"]})
    move_shares(actor, membership, household, day)
    return membership.advance(actor, "move", household_id=household.pk)


@action(rules.change_membership, locks="membership", first=_lock_collective)
def stay_on_roll(*, actor: Actor, membership: Membership, words: str) -> Membership:
    """Its end was entered by mistake."""
    membership.check_step("stay")
    again = replace(Standing.of(membership), until=None)
    others = membership.collective.memberships.on_roll().exclude(pk=membership.pk)
    if any(again.is_same_person(one) and again.overlaps(one)
           for one in map(Standing.of, others.filter(name=membership.name))):  # fmt: skip
        raise Conflict(_("She was entered anew since; withdraw that entry first."))
    if membership.shares.filter(withdrawn_on=None, reason="left").exists():
        raise Conflict(_("Her shares were taken off; withdraw that first."))
    return membership.advance(
        actor, "stay", words=required(words, WORDS_LIMIT), until=None, lost="", after_marriage=False
    )


@action(rules.change_membership, locks="membership", first=_lock_collective)
def withdraw_membership(*, actor: Actor, membership: Membership, words: str) -> Membership:
    """It never was so: kept to be read, counted nowhere."""
    check_without_shares(membership)
    return membership.advance(actor, "withdraw", words=required(words, WORDS_LIMIT))


def check_without_shares(membership: Membership, **_parts: Any) -> None:
    """``Conflict`` while shares are in her name."""
    if membership.shares.filter(withdrawn_on=None).exists():
        raise Conflict(_("There are shares in her name. Withdraw those first."))
