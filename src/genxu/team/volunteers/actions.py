"""Volunteers: who comes along, says yes, takes it back, takes a visit, leaves."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import clock
from genxu.core.access import Actor, Kind
from genxu.core.actions import action
from genxu.core.codes import Why, code_values, note_shown, replace_code
from genxu.core.errors import Conflict, Invalid
from genxu.people.models import Account, Household
from genxu.regions.models import Region

from . import rules
from .facts import Who
from .models import Outing, SignUp, Visit, Volunteer
from .queries import next_free

NAMESAKE = gettext_lazy(
    "There is one of this name already. If it is another, give phone or household."
)


@action(rules.enlist_volunteer, locks="hamlet")
def enlist_volunteer(*, actor: Actor, hamlet: Region, who: Who) -> Volunteer:
    """Somebody who said so to the secretary or the village."""
    return _enlist(hamlet, who, accepted=True)


@action(rules.enlist_own, locks="household")
def enlist_own(*, actor: Actor, household: Household, who: Who) -> Volunteer:
    """Somebody of a household, on its own page."""
    if not household.lives_here:
        raise Conflict(_("You are noted as moved away. Please tell the branch secretary."))
    hamlet = Region.objects.select_for_update(no_key=True).get(pk=household.hamlet_id)
    return _enlist(hamlet, who, accepted=True)


@action(rules.ask_to_join, locks="hamlet")
def ask_to_join(*, actor: Actor, hamlet: Region, who: Who, outing: Outing | None) -> Volunteer:
    """By the QR code on the wall, without log-in; whoever leads the team has to say yes. Who is
    known by name and phone is nobody new."""
    if not who.phone.strip():
        raise Invalid({"phone": _("Please give a number, so that somebody can ring you back.")})
    who = who.checked()
    known = Volunteer.objects.present().filter(hamlet=hamlet, name=who.name, phone=who.phone)
    volunteer = known.order_by("pk").first()
    if volunteer is None:
        volunteer = _enlist(hamlet, who, accepted=False)
        volunteer.is_new = True
    if outing is not None and not outing.sign_ups.filter(volunteer=volunteer).exists():
        check_joinable(outing, volunteer)
        check_place(outing)
        _sign_up(outing, volunteer, waits=True)
    return volunteer


@action(rules.come_along, locks="outing")
def come_along(*, actor: Actor, outing: Outing) -> Outing:
    """Whoever has an account comes along with one tap; it is a volunteer from then on."""
    account = Account.objects.get(pk=actor.account_id or 0)
    known = Volunteer.objects.present().filter(hamlet=outing.hamlet_id, account=account)
    volunteer = known.order_by("pk").first()
    if volunteer is None:
        who = Who(account.name, account.phone or "")
        volunteer = _enlist(outing.hamlet, who, accepted=True, account=account)
    _join(outing, volunteer)
    return outing


@action(rules.join_outing, locks="outing")
def join_outing(
    *, actor: Actor, volunteer: Volunteer, outing: Outing, said_so: bool = False
) -> Outing:
    """One more comes along. Whoever notes it down for somebody has it from himself; he may then
    be one more than there are places."""
    if actor.kind is not Kind.VOLUNTEER:
        if not said_so:
            raise Invalid({"said_so": _("Nobody is put down for an outing by others.")})
        check_joinable(outing, volunteer)
        if not outing.sign_ups.filter(volunteer=volunteer).exists():
            _sign_up(outing, volunteer)
        return outing
    _join(outing, volunteer)
    return outing


@action(rules.join_outing, locks="outing")
def leave_outing(*, actor: Actor, volunteer: Volunteer, outing: Outing) -> Outing:
    """He does not come after all; nothing of it is kept, and the visits he took are free again."""
    outing.sign_ups.filter(volunteer=volunteer).delete()
    outing.visits.filter(taken_by=volunteer, hours=None).update(taken_by=None)
    return outing


@action(rules.answer_sign_up, locks="outing")
def answer_sign_up(*, actor: Actor, outing: Outing, volunteer: Volunteer, yes: bool) -> Outing:
    """Yes or no to somebody who asked without log-in. A no leaves no trace."""
    waiting = outing.sign_ups.filter(volunteer=volunteer, waits=True)
    if not waiting.exists():
        raise Conflict(_("Somebody has answered already, or it was taken back."))
    if yes:
        waiting.update(waits=False)
        _accept(volunteer)
    else:
        waiting.delete()
        _forget_if_new(volunteer)
    return outing


@action(rules.answer_volunteer, locks="volunteer")
def answer_volunteer(*, actor: Actor, volunteer: Volunteer, yes: bool) -> Region:
    """Yes or no to somebody who wants to help in general. A no leaves no trace."""
    if not volunteer.waits:
        raise Conflict(_("Somebody has answered already, or it was taken back."))
    if yes:
        _accept(volunteer)
    else:
        volunteer.delete()
    return volunteer.hamlet


@action(rules.change_volunteer, locks="volunteer")
def change_volunteer(*, actor: Actor, volunteer: Volunteer, who: Who) -> Volunteer:
    """What is kept of a volunteer, put right."""
    check_present(volunteer)
    who = who.checked()
    _check_household(volunteer.hamlet_id, who)
    _check_once(volunteer.hamlet_id, who, volunteer)
    _fill(volunteer, who)
    return _moved_on(volunteer)


@action(rules.change_volunteer, locks="volunteer")
def leave_volunteering(*, actor: Actor, volunteer: Volunteer) -> Volunteer:
    """From today on no longer; the hours stay, and the code still opens them."""
    check_present(volunteer)
    volunteer.left_on, volunteer.shown = clock.today(), False
    coming = Outing.objects.coming()
    volunteer.sign_ups.filter(outing__in=coming.order_by()).delete()
    Visit.objects.filter(taken_by=volunteer, hours=None).update(taken_by=None)
    return _moved_on(volunteer)


@action(rules.take_visit, locks="visit")
def take_visit(*, actor: Actor, volunteer: Volunteer, visit: Visit) -> Visit:
    """A volunteer takes a visit; from then on he sees whom it is to."""
    outing = visit.outing
    check_joinable(outing, volunteer)
    if visit.taken_by_id not in (None, volunteer.pk) or visit.ended_on:
        raise Conflict(_("Somebody was quicker and has taken this visit."))
    if not outing.sign_ups.filter(volunteer=volunteer).exists():
        _sign_up(outing, volunteer)
    visit.taken_by = volunteer
    visit.save(update_fields=["taken_by"])
    return visit


@action(rules.take_visit, locks="visit")
def return_visit(*, actor: Actor, volunteer: Volunteer, visit: Visit) -> Visit:
    """He does not go after all: another one can."""
    if visit.taken_by_id != volunteer.pk or visit.hours.exists():
        raise Conflict(_("There is nothing to give back here."))
    visit.taken_by = None
    visit.save(update_fields=["taken_by"])
    return visit


@action(rules.show_code, locks="volunteer", notes=("why",))
def show_code(*, actor: Actor, volunteer: Volunteer, why: Why) -> Volunteer:
    """The code of a volunteer goes on paper, or is read out."""
    note_shown(volunteer, why)
    return volunteer


@action(rules.show_code, locks="volunteer")
def renew_code(*, actor: Actor, volunteer: Volunteer) -> Volunteer:
    """A new code; the one that was lost, and the calendar made from it, open nothing any more."""
    replace_code(volunteer)
    return volunteer


def check_present(volunteer: Volunteer, **_parts: Any) -> None:
    if volunteer.left_on:
        raise Conflict(_("No longer a volunteer; the hours stay to be read."))


def check_joinable(outing: Outing, volunteer: Volunteer) -> None:
    """``Conflict`` for what is over, and for whoever does not belong here."""
    check_present(volunteer)
    if not outing.is_coming:
        raise Conflict(_("One cannot join this outing any more."))
    if volunteer.hamlet_id != outing.hamlet_id:
        raise Conflict(_("That outing is of another hamlet."))


def check_place(outing: Outing) -> None:
    """``Conflict`` if all places are taken; the next outing with a free one is named."""
    if not outing.is_full:
        return
    other = next_free(outing)
    if other is None:
        raise Conflict(_("All places are taken. Thank you for wanting to come."))
    text = _("All places are taken. The next one: %(what)s, %(day)s.")
    raise Conflict(text % {"what": other.what, "day": other.begins_on.isoformat()})


def _join(outing: Outing, volunteer: Volunteer) -> None:
    check_joinable(outing, volunteer)
    if outing.sign_ups.filter(volunteer=volunteer).exists():
        return
    check_place(outing)
    _sign_up(outing, volunteer, waits=not volunteer.is_serving)


def _sign_up(outing: Outing, volunteer: Volunteer, *, waits: bool = False) -> None:
    SignUp.objects.create(
        hamlet_id=outing.hamlet_id, outing=outing, volunteer=volunteer, waits=waits, at=clock.now()
    )


def _enlist(
    hamlet: Region, who: Who, *, accepted: bool, account: Account | None = None
) -> Volunteer:
    who = who.checked()
    _check_household(hamlet.code, who)
    _check_once(hamlet.code, who)
    volunteer = Volunteer(hamlet=hamlet, account=account, asked_at=clock.now(), **code_values())
    volunteer.accepted_on = clock.today() if accepted else None
    _fill(volunteer, who)
    volunteer.save()
    return volunteer


def _fill(volunteer: Volunteer, who: Who) -> None:
    volunteer.name, volunteer.phone, volunteer.household = who.name, who.phone, who.household
    volunteer.member, volunteer.shown = who.member, who.shown
    volunteer.minor, volunteer.guardian = who.minor, who.guardian
    if who.member and who.member.account_id:
        volunteer.account_id = who.member.account_id


def _check_household(hamlet: str, who: Who) -> None:
    if who.household and who.household.hamlet_id != hamlet:
        raise Invalid({"household": _("That household is of another hamlet.")})


def _check_once(hamlet: str, who: Who, but: Volunteer | None = None) -> None:
    """One person once a hamlet; two of one name are told apart by phone or household."""
    others = Volunteer.objects.present().filter(hamlet=hamlet, name=who.name)
    for other in others if but is None else others.exclude(pk=but.pk):
        if who.phone and who.phone == other.phone:
            raise Invalid({"name": _("This volunteer is on the list already.")})
        here = who.household.pk if who.household else None
        if not _told_apart((who.phone, here), (other.phone, other.household_id)):
            text = _(
                "There is one of this name already. If it is another, give phone or household."
            )
            raise Invalid({"name": text})


def _told_apart(one: tuple[str, int | None], other: tuple[str, int | None]) -> bool:
    return any(mine and his and mine != his for mine, his in zip(one, other, strict=True))


def _accept(volunteer: Volunteer) -> None:
    if volunteer.accepted_on is None:
        volunteer.accepted_on = clock.today()
        _moved_on(volunteer)


def _forget_if_new(volunteer: Volunteer) -> None:
    """Whom nobody has said yes to, and who asks for nothing else any more."""
    if volunteer.waits and not volunteer.sign_ups.exists():
        volunteer.delete()


def _moved_on(volunteer: Volunteer) -> Volunteer:
    volunteer.version += 1
    volunteer.save()
    return volunteer
