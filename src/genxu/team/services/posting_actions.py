"""Stewards posted to a hamlet, and the households that say yes to them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_new
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.core.texts import required
from genxu.people.granting import give_role, take_role
from genxu.people.models import MOBILE, Account, Household, mobile
from genxu.people.numbers import Word, account_for, follow
from genxu.people.roles import Role
from genxu.people.rows import clean_phone
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from . import rules
from .models import NAME_LIMIT, Errand, Institution, Link, Posting

LONG_AGO = timedelta(days=10 * 366)


@action(rules.post_steward, locks="hamlet", notes=("since", "number_is"))
def post_steward(
    *,
    actor: Actor,
    hamlet: Region,
    name: str,
    phone: str,
    institution: str,
    since: date,
    number_is: str = "",
) -> Posting:
    """Whom a unit sends, with the account by which he signs in."""
    name, phone = _person(name, phone)
    _check_since(since)
    account = account_for(phone, name, Word(actor, number_is))
    assert account is not None
    check_new(account, hamlet)
    unit = unit_named(hamlet.code, institution)
    give_role(account, Role.STEWARD, hamlet)
    return Posting.objects.create(
        hamlet=hamlet, institution=unit, name=name, account=account, since=since
    )


@action(rules.change_posting, locks="posting", notes=("since", "number_is"))
def change_posting(
    *,
    actor: Actor,
    posting: Posting,
    name: str,
    phone: str,
    institution: str,
    since: date,
    number_is: str = "",
) -> Posting:
    """What was wrong or has changed; the account goes with the person (``numbers``)."""
    check_serves(posting)
    name, phone = _person(name, phone)
    _check_since(since)
    word, was = Word(actor, number_is), (posting.name, posting.phone)
    before, hamlet = posting.account, posting.hamlet
    kept = follow(before, was, (name, phone), word) if before else account_for(phone, name, word)
    if kept != before:
        assert kept is not None
        check_new(kept, hamlet)
        if before:
            take_role(before, Role.STEWARD, hamlet)
        give_role(kept, Role.STEWARD, hamlet)
    posting.account, posting.name, posting.since = kept, name, since
    posting.institution = unit_named(posting.hamlet_id, institution)
    return _moved_on(posting)


@action(rules.change_posting, locks="posting", also_ended=True)
def end_posting(*, actor: Actor, posting: Posting) -> Posting:
    """He serves here no more from today: links end, and what was not done is void."""
    check_serves(posting)
    return end(actor, posting, clock.today())


def end(actor: Actor, posting: Posting, day: date) -> Posting:
    """A part of actions."""
    end_links(actor, posting.links.now(), day)
    posting.until = max(day, posting.since)
    if posting.account:
        take_role(posting.account, Role.STEWARD, posting.hamlet)
    return _moved_on(posting)


@action(rules.link_households, locks="posting", notes=("heard_on",))
def link_households(
    *,
    actor: Actor,
    posting: Posting,
    households: Sequence[Household],
    heard_by: str,
    heard_on: date,
) -> Posting:
    """Households that said yes to this steward. One that has another steward keeps him; one that
    has said no is asked again only by whoever heard its new yes."""
    check_serves(posting)
    if not households:
        raise Invalid({"households": _("Please choose who said yes.")})
    heard_by = required(heard_by, NAME_LIMIT, "heard_by")
    happened(heard_on, "heard_on", posting.since, _("He was not posted here yet."))
    taken = Link.objects.now().filter(household__in=households).select_related("household")
    if one := taken.first():
        text = _("%(name)s has a steward already.") % {"name": one.household.label}
        raise Invalid({"households": text})
    if any(not one.lives_here or one.hamlet_id != posting.hamlet_id for one in households):
        raise Invalid({"households": _("Please choose one of those offered.")})
    insert_new([
        Link(hamlet_id=posting.hamlet_id, posting=posting, household=one, heard_by=heard_by,
             since=heard_on)
        for one in households
    ])  # fmt: skip
    return _moved_on(posting)


@action(rules.end_link, locks="link", also_ended=True)
def end_link(*, actor: Actor, link: Link) -> Link:
    """The household has told somebody that it wants its steward no more."""
    return _refuse(actor, link)


@action(rules.refuse_steward, locks="household", also_ended=True)
def refuse_steward(*, actor: Actor, household: Household) -> Household:
    """It says no on its own page."""
    link = Link.objects.now().filter(household__in=household.entries).first()
    if link is None:
        raise Conflict(_("No steward is linked to your household now."))
    _refuse(actor, link)
    return household


def _refuse(actor: Actor, link: Link) -> Link:
    if link.until:
        raise Conflict(_("This link has ended already."))
    end_links(actor, Link.objects.filter(pk=link.pk), clock.today(), refused=True)
    link.refresh_from_db()
    return link


def end_links(actor: Actor, links: Any, day: date, *, refused: bool = False) -> None:
    """A part of actions: they end on a day, and what had not been done for these households by
    these stewards is void."""
    rows = list(links.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for link in rows:
        link.until, link.refused = max(day, link.since), refused
    Link.objects.bulk_update(rows, ["until", "refused"], batch_size=500)
    pairs = {(link.posting_id, link.household_id) for link in rows}
    running = Errand.objects.running().filter(
        posting__in={posting for posting, _h in pairs}, household__in={h for _p, h in pairs}
    )
    for errand in running.select_for_update(of=("self",), no_key=True).order_by("pk"):
        if (errand.posting_id, errand.household_id) in pairs:
            errand.advance(actor, "withdraw" if refused else "lapse")


def check_serves(posting: Posting, **_parts: Any) -> None:
    """``Conflict`` once it has ended."""
    if posting.until:
        raise Conflict(_("He serves here no more; what was stays to be read."))


def check_new(account: Account, hamlet: Region) -> None:
    if Posting.objects.of_account(account.pk).filter(hamlet=hamlet).exists():
        raise Invalid({"phone": _("This person serves here as a steward already.")})


def unit_named(hamlet: str, name: str) -> Institution:
    """The unit of this name in the county of a hamlet, known from now on."""
    name = required(name, NAME_LIMIT, "institution")
    county = hamlet[: LENGTHS[Level.COUNTY]]
    found, _new = Institution.objects.get_or_create(place_id=county, name=name)
    return found


def wrong_person(name: str, phone: str) -> dict[str, Any]:
    """What is wrong with whom a unit sends; he signs in by his number."""
    found: dict[str, Any] = {}
    if not name or len(name) > NAME_LIMIT:
        found["name"] = _("This is still missing.") if not name else _("The name is too long.")
    if not re.match(MOBILE, phone):
        found["phone"] = mobile.message
    return found


def _person(name: str, phone: str) -> tuple[str, str]:
    name, phone = clean_name(name), clean_phone(phone)
    if wrong := wrong_person(name, phone):
        raise Invalid(wrong)
    return name, phone


def _check_since(since: date) -> None:
    too_early = _("That is more than ten years ago; is the year right?")
    happened(since, "since", clock.today() - LONG_AGO, too_early)


def _moved_on(posting: Posting) -> Posting:
    posting.version += 1
    posting.save()
    return posting


def serving_at(hamlets: Iterable[str]) -> "dict[tuple[str, str], Posting]":
    """(hamlet, phone) → who serves there."""
    rows = Posting.objects.serving().filter(hamlet__in=hamlets).select_related("account")
    return {(one.hamlet_id, one.phone): one for one in rows if one.phone}
