"""From the draft of a Party organisation to its founding."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.core.texts import optional, required, sentences
from genxu.people.numbers import Word
from genxu.regions.batches import lock_hamlets
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from . import rules, thresholds
from .belongings import Parting, settle
from .models import Organisation, ServedHamlet
from .offices import HEADS, composition_of, follow_heads, served_codes
from .rows import NAME_LIMIT, usual_name
from .workflow import DRAFT, PREPARED, State

WORDS_LIMIT = 500
Kind = Organisation.Kind


def check_fit(organisation: Organisation) -> None:
    """``Conflict`` with every rule that the organisation does not meet as it is now."""
    found = thresholds.faults(composition_of(organisation))
    if found:
        raise Conflict(sentences(found))


@action(rules.draft_organisation, notes=("kind", "hamlets"))
def draft_organisation(
    *, actor: Actor, hamlet: Region, kind: str, name: str = "", hamlets: Sequence[Region] = ()
) -> Organisation:
    """拟设: for a hamlet that has none, or a joint branch with its seat there for several."""
    served = _served(actor, kind, hamlet, hamlets)
    lock_hamlets([place.code for place in served])
    _check_free(served, None)
    today = clock.today()
    organisation = Organisation.objects.create(
        hamlet=hamlet,
        kind=kind,
        name=_name(name, kind, hamlet),
        state=State.DRAFTED,
        drafted_on=today,
    )
    _hold(organisation, served, today)
    organisation.remember(actor, DRAFT, "")
    return organisation


def _lock_served(
    *, organisation: Organisation, hamlets: Sequence[Region] = (), **_others: Any
) -> None:
    """Hamlets before the organisation, as a spreadsheet of members does: else each waits for the
    other."""
    lock_hamlets({organisation.hamlet_id, *(place.code for place in hamlets)})


@action(rules.change_draft, locks="organisation", notes=("kind", "hamlets"), first=_lock_served)
def change_draft(
    *,
    actor: Actor,
    organisation: Organisation,
    kind: str,
    name: str = "",
    hamlets: Sequence[Region] = (),
) -> Organisation:
    """Another kind, another name, other hamlets; the seat stays."""
    served = _served(actor, kind, organisation.hamlet, hamlets)
    if organisation.state not in PREPARED:
        raise Conflict(_("Only a draft, or one that was sent back, can be changed."))
    _check_free(served, organisation)
    _let_go(organisation, {place.code for place in served})
    held = set(served_codes(organisation))
    _hold(organisation, [p for p in served if p.code not in held], clock.today())
    organisation.kind = kind
    organisation.name = _name(name, kind, organisation.hamlet)
    organisation.version += 1
    organisation.save()
    return organisation


@action(rules.withdraw_organisation, locks="organisation")
def withdraw_organisation(
    *, actor: Actor, organisation: Organisation, words: str = ""
) -> Organisation:
    """Nothing comes of it: the hamlets are free again, its members are no longer listed."""
    done = organisation.advance(actor, "withdraw", words=words)
    release(actor, done, clock.today())
    return done


@action(rules.request_founding, locks="organisation")
def request_founding(*, actor: Actor, organisation: Organisation, words: str = "") -> Organisation:
    """请示: only what meets the rules is put before the township."""
    organisation.check_step("request")
    check_fit(organisation)
    return organisation.advance(actor, "request", words=words)


@action(rules.approve_founding, locks="organisation")
def approve_founding(*, actor: Actor, organisation: Organisation, words: str = "") -> Organisation:
    """批复: the rules are checked against the members as they are on this day."""
    organisation.check_step("approve")
    check_fit(organisation)
    return organisation.advance(actor, "approve", words=words)


@action(rules.return_founding, locks="organisation")
def return_founding(*, actor: Actor, organisation: Organisation, words: str) -> Organisation:
    """退回 with the reason."""
    return organisation.advance(actor, "return", words=required(words, WORDS_LIMIT))


@action(rules.found_organisation, locks="organisation", notes=("founded_on", "number_is"))
def found_organisation(
    *, actor: Actor, organisation: Organisation, founded_on: date, number_is: str = ""
) -> Organisation:
    """成立: the term begins; who leads it gets an account and the role at each hamlet."""
    organisation.check_step("found")
    _check_founding_day(organisation, founded_on)
    check_fit(organisation)
    check_head_phone(organisation)
    done = organisation.advance(actor, "found",
        founded_on=founded_on, term_ends_on=thresholds.term_of(organisation.kind, founded_on),
    )  # fmt: skip
    done.served.filter(until=None).update(since=founded_on)
    follow_heads([done.pk], Word(actor, number_is))
    return done


def _check_founding_day(organisation: Organisation, day: date) -> None:
    approved = organisation.steps.filter(step="approve").latest("pk").on
    message = _("The township approved it on %(day)s; it cannot be founded before.")
    happened(day, "founded_on", approved, message % {"day": approved.isoformat()})


def check_head_phone(organisation: Organisation) -> None:
    """Who leads signs in with a phone number."""
    if organisation.members.present().filter(duty__in=HEADS, phone="").exists():
        raise Conflict(
            _("The phone number of who leads it is missing; with it one signs in. Add it first.")
        )


def release(actor: Actor, organisation: Organisation, day: date) -> None:
    """Free the hamlets, and list its members no longer; what hangs on them is settled."""
    organisation.served.filter(until=None).update(until=day)
    members = list(organisation.members.present().order_by("pk"))
    organisation.members.filter(left_on=None).update(left_on=day)
    for member in members:
        settle(Parting(actor, member))


def _name(name: str, kind: str, hamlet: Region) -> str:
    """The name given, or the usual one."""
    name = clean_name(name) or usual_name(kind, hamlet.short_name)
    return optional(name, NAME_LIMIT, "name")


def _served(actor: Actor, kind: str, seat: Region, others: Sequence[Region]) -> list[Region]:
    """The hamlets that it would serve, in the order of their codes; ``Invalid`` if that cannot be.

    A joint branch may cross villages, but not townships: one Party committee approves it.
    """
    if kind not in Kind:
        raise Invalid({"kind": _("Please choose one of those offered.")})
    if not seat.is_hamlet:
        raise Invalid({"hamlets": _("A Party organisation has its seat in a hamlet.")})
    served = {seat.code: seat, **{place.code: place for place in others}}
    township = seat.code[: LENGTHS[Level.TOWNSHIP]]
    for place in served.values():
        if not place.is_hamlet or not place.code.startswith(township):
            raise Invalid({"hamlets": _("All its hamlets lie in one township.")})
        if not actor.holds(rules.draft_organisation.roles, place.code):
            message = _("%(place)s is not in your charge: let the village or the township do it.")
            raise Invalid({"hamlets": message % {"place": place}})
    if wrong := thresholds.wrong_units(kind, len(served)):
        raise Invalid({"hamlets": wrong})
    return [served[code] for code in sorted(served)]


def _check_free(hamlets: Sequence[Region], organisation: Organisation | None) -> None:
    """一个村湾一个党组织 (the article): a hamlet has one organisation."""
    held = ServedHamlet.objects.filter(hamlet__in=hamlets, until=None)
    taken = held.exclude(organisation=organisation).select_related("hamlet", "organisation")
    first = taken.order_by("hamlet").first()
    if first is not None:
        message = _("%(hamlet)s has “%(name)s” already: one hamlet, one Party organisation.")
        values = {"hamlet": first.hamlet, "name": first.organisation}
        raise Invalid({"hamlets": message % values})


def _hold(organisation: Organisation, hamlets: Sequence[Region], day: date) -> None:
    ServedHamlet.objects.bulk_create(
        ServedHamlet(organisation=organisation, hamlet=place, since=day) for place in hamlets
    )


def _let_go(organisation: Organisation, kept: set[str]) -> None:
    """A draft gives up hamlets, unless a member of it lives there."""
    gone = [code for code in served_codes(organisation) if code not in kept]
    left = organisation.members.present().filter(hamlet__in=gone).select_related("hamlet").first()
    if left is not None:
        message = _("A member of it lives in %(hamlet)s. Take the member off the list first.")
        raise Invalid({"hamlets": message % {"hamlet": left.hamlet}})
    organisation.served.filter(hamlet__in=gone).delete()
