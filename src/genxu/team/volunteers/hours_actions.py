"""Hours: written down, vouched for by another, corrected, withdrawn, put on paper."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import SHOWN, Actor, Kind
from genxu.core.actions import action
from genxu.core.codes import code_values
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import required
from genxu.people.models import Household
from genxu.people.own_access import kept_of

from . import rules
from .models import Certificate, Hours, Volunteer
from .work import Work, checked, fill, lock_person, put_down
from .workflow import VOUCH

MOST_LINES = 400


@action(rules.write_hours, locks="volunteer", first=lock_person)
def write_hours(*, actor: Actor, volunteer: Volunteer, work: Work) -> Hours:
    """Hours of a volunteer; whoever writes them down is one of the two sides."""
    return put_down(actor, volunteer, work)


@action(rules.vouch_hours, locks="hours")
def vouch_hours(
    *,
    actor: Actor,
    hours: Hours,
    volunteer: Volunteer | None = None,
    household: Household | None = None,
) -> Hours:
    """Another one who was there says so: a volunteer, the household visited, or who serves here."""
    hours.check_step(VOUCH)
    check_voucher(actor, hours, volunteer, household)
    about = {"volunteer": volunteer, "household": household}
    return hours.advance(actor, VOUCH, about=about, vouched=hours.vouched + 1)


@action(rules.deny_hours, locks="hours")
def deny_hours(*, actor: Actor, hours: Hours, household: Household) -> Hours:
    """The household that was to be visited says that it was not: they count nowhere."""
    _check_visited(actor, hours, household)
    return hours.advance(actor, "deny", about={"household": household}, vouched=0)


def _lock_person_of(*, hours: Hours, **_others: Any) -> None:
    lock_person(volunteer=hours.volunteer)


@action(rules.correct_hours, locks="hours", first=_lock_person_of)
def correct_hours(*, actor: Actor, hours: Hours, work: Work, words: str) -> Hours:
    """What the volunteer asks to have put right; whoever vouched for the old version has not
    vouched for this one."""
    hours.check_step("correct")
    words = required(words, hours.WORDS_LIMIT)
    work = checked(hours.volunteer, work, hours)
    names = ("day", "starts_at", "ends_at", "what")
    stood: dict[str, Any] = {name: str(getattr(hours, name)) for name in names}
    stood |= {"vouched": hours.vouched, "written_on": str(hours.written_on)}
    fill(hours, work)
    about = {"replaced": stood}
    return hours.advance(actor, "correct", words=words, about=about, vouched=0, said_by=actor.label)


@action(rules.correct_hours, locks="hours")
def withdraw_hours(*, actor: Actor, hours: Hours, words: str) -> Hours:
    """They were never worked, or shall not be kept; that they were written down stays."""
    words = required(words, hours.WORDS_LIMIT)
    return hours.advance(actor, "withdraw", words=words, vouched=0)


@action(rules.make_certificate, locks="volunteer", notes=("since", "until"))
def make_certificate(
    *, actor: Actor, volunteer: Volunteer, since: date, until: date
) -> Certificate:
    """A paper on all hours of a span that another one has vouched for."""
    if until < since:
        raise Invalid({"until": _("That is before the first day.")})
    rows = Hours.objects.verified().filter(volunteer=volunteer, day__range=(since, until))
    found = list(rows.select_related("outing").order_by("day", "starts_at"))
    if not found:
        raise Invalid({"until": _("In these days there are no hours that somebody vouched for.")})
    if len(found) > MOST_LINES:
        raise Invalid({"since": _("That is too much for one paper: take a shorter time.")})
    return Certificate.objects.create(
        hamlet_id=volunteer.hamlet_id, volunteer=volunteer, name=volunteer.name, since=since,
        until=until, made_on=clock.today(), minutes=sum(one.minutes for one in found),
        lines=[_line(one) for one in found], **code_values(),
    )  # fmt: skip


def _line(one: Hours) -> dict[str, Any]:
    """As it stands on the paper; ``pk`` and ``version`` tell whether it was changed since."""
    return {
        "pk": one.pk, "version": one.version, "day": one.day.isoformat(),
        "starts_at": f"{one.starts_at:%H:%M}", "ends_at": f"{one.ends_at:%H:%M}",
        "minutes": one.minutes, "what": str(one.told), "written_on": one.written_on.isoformat(),
        "vouched": one.vouched, "late": one.is_late,
    }  # fmt: skip


def check_voucher(
    actor: Actor, hours: Hours, volunteer: Volunteer | None, household: Household | None
) -> None:
    """``Conflict`` for whoever cannot be the other side."""
    if household is not None:
        _check_visited(actor, hours, household)
    elif volunteer is not None:
        _check_was_there(actor, hours, volunteer)
    elif actor.kind is not Kind.ACCOUNT:
        raise Conflict(_("Only somebody who was there can vouch."))
    if volunteer is None and actor.account_id is not None:
        volunteer = Volunteer.objects.present().filter(account=actor.account_id).first()
    if volunteer and Volunteer.objects.of_person(hours.volunteer).filter(pk=volunteer.pk).exists():
        raise Conflict(_("Nobody vouches for himself."))
    if actor.account_id is not None and actor.account_id == hours.volunteer.account_id:
        raise Conflict(_("Nobody vouches for himself."))
    if _is_of_household(hours, volunteer, household):
        raise Conflict(
            _("One of the same household cannot vouch; ask somebody else who was there.")
        )
    if actor.is_named(hours.said_by) or _wrote(hours, volunteer):
        raise Conflict(_("Whoever wrote it down does not vouch for it; somebody else has to."))
    if _said_so_already(actor, hours, volunteer, household):
        raise Conflict(_("You have vouched for it already. Thank you."))


def _check_visited(actor: Actor, hours: Hours, household: Household) -> None:
    own = actor.kind is Kind.HOUSEHOLD and actor.key == str(household.pk)
    visit = hours.visit
    if not own or visit is None or kept_of(visit.household).pk != household.pk:
        raise Conflict(_("These hours were not worked at your house."))


def _check_was_there(actor: Actor, hours: Hours, volunteer: Volunteer) -> None:
    """A volunteer vouches for those of his own outing; without one, within his hamlet."""
    if actor.kind is not Kind.VOLUNTEER or actor.key != str(volunteer.pk):
        raise Conflict(_("Everybody vouches with his own code."))
    there = volunteer.is_serving and volunteer.hamlet_id == hours.hamlet_id
    if hours.outing_id is not None:
        there = there and (
            volunteer.sign_ups.filter(outing=hours.outing_id, waits=False).exists()
            or Hours.objects.standing().filter(volunteer=volunteer, outing=hours.outing_id).exists()
        )
    if not there:
        raise Conflict(_("Only somebody who was there can vouch."))


def _is_of_household(
    hours: Hours, volunteer: Volunteer | None, household: Household | None
) -> bool:
    own = hours.volunteer.household
    if own is None:
        return False
    other = household or (volunteer.household if volunteer else None)
    return other is not None and kept_of(other).pk == kept_of(own).pk


def _wrote(hours: Hours, volunteer: Volunteer | None) -> bool:
    """Whether the volunteer had written it down with his account, or his code."""
    if volunteer is None:
        return False
    labels = {f"{Kind.VOLUNTEER}:{volunteer.pk}", f"{Kind.ACCOUNT}:{volunteer.account_id}"}
    return hours.said_by.removesuffix(SHOWN) in labels


def _said_so_already(
    actor: Actor, hours: Hours, volunteer: Volunteer | None, household: Household | None
) -> bool:
    """Since the last correction."""
    steps = hours.steps.order_by("-pk")
    last = steps.filter(step="correct").values_list("pk", flat=True).first() or 0
    said = steps.filter(pk__gt=last, step=VOUCH)
    if household is not None:
        return said.filter(household=household).exists()
    if volunteer is not None and said.filter(volunteer=volunteer).exists():
        return True
    return actor.account_id is not None and said.filter(by=actor.account_id).exists()
