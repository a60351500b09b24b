"""Members: added, corrected, taken off the list, and the duties among them."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.core.sheets.intake import locked
from genxu.core.texts import sentences, too_long
from genxu.people.models import mobile
from genxu.people.numbers import Word
from genxu.people.rows import clean_phone
from genxu.regions.batches import lock_hamlets
from genxu.regions.models import Region

from . import rules, thresholds
from .belongings import Parting, settle
from .models import Member, Organisation
from .offices import HEADS, composition, follow_head, follow_heads, follow_over, served_codes
from .queries import serving_branch
from .workflow import NEW_HEAD

MEMBER_NAME_LIMIT = 40


@action(rules.add_member, locks="organisation")
def add_member(
    *,
    actor: Actor,
    organisation: Organisation,
    hamlet: Region,
    name: str,
    kind: str,
    phone: str = "",
    background: str = "",
) -> Member:
    """Another member, who lives in one of its hamlets; duties are given out among all of them."""
    values = clean_member(name, phone, kind, "", background)
    if hamlet.code not in served_codes(organisation):
        raise Invalid({"hamlet": _("The organisation does not serve this hamlet.")})
    _check_new(hamlet.code, values["name"], values["phone"])
    _moved_on(organisation)
    return Member.objects.create(
        organisation=organisation, hamlet=hamlet, joined_on=clock.today(), **values
    )


@action(rules.correct_member, locks="organisation", notes=("member", "number_is"))
def correct_member(
    *,
    actor: Actor,
    organisation: Organisation,
    member: Member,
    name: str,
    kind: str,
    phone: str = "",
    background: str = "",
    signs_in: bool = False,
    number_is: str = "",
) -> Member:
    """What was wrong or has changed: a probationary member became a full one, another number. The
    account of who leads or ``signs_in`` goes with her (``numbers``)."""
    member, word = _fresh(organisation, member), Word(actor, number_is)
    was = member.name, member.phone
    values = clean_member(name, phone, kind, member.duty, background)
    _check_new(member.hamlet_id, values["name"], values["phone"], member)
    if organisation.is_standing and member.duty in thresholds.ELECTED:
        _check_may_hold(values["kind"])
    for field, value in values.items():
        setattr(member, field, value)
    member.signs_in = signs_in
    member.save()
    _moved_on(organisation)
    if organisation.is_standing:
        if member.is_head or signs_in:
            _check_phone(member)
            follow_head(member, was, word)
        if member.is_head or signs_in or member.account_id:
            follow_heads([organisation.pk], word)
    return member


@action(rules.remove_member, locks="organisation", notes=("member",))
def remove_member(*, actor: Actor, organisation: Organisation, member: Member) -> Member:
    """Off the list. A branch may fall below three full members: then its page says so."""
    member = _fresh(organisation, member)
    _check_leads_not(organisation, member)
    leave_roll(actor, member)
    _moved_on(organisation)
    if member.account_id:
        follow_heads([organisation.pk], Word(actor))
    return member


def leave_roll(actor: Actor, member: Member, into: Member | None = None) -> None:
    """A part of actions: off the list today, and what hangs on him is settled."""
    member.left_on = clock.today()
    member.duty, member.signs_in = "", False
    member.save()
    settle(Parting(actor, member, into))


def _lock_both(*, organisation: Organisation, hamlet: Region, **_others: Any) -> None:
    """Hamlet first, then both organisations in the order of their keys, as a spreadsheet does."""
    lock_hamlets([hamlet.code])
    onto = serving_branch(hamlet.code)
    keys = {organisation.pk, onto.pk if onto else organisation.pk}
    list(locked(Organisation.objects.filter(pk__in=keys)))


@action(rules.move_member, locks="organisation", notes=("member", "hamlet"), first=_lock_both)
def move_member(
    *, actor: Actor, organisation: Organisation, member: Member, hamlet: Region
) -> Member:
    """组织关系接转: over to the organisation that serves another hamlet, with what is his; the list
    here keeps that he was on it. Within a joint branch he only lives elsewhere from now on."""
    member = _fresh(organisation, member)
    onto, left = _organisation_there(actor, member, hamlet), member.hamlet_id
    if onto.pk == organisation.pk:
        _check_new(hamlet.code, member.name, member.phone, member)
        into = member
        into.hamlet = hamlet
        into.save()
        settle(Parting(actor, member, into))
    else:
        _check_leads_not(organisation, member)
        _check_new(hamlet.code, member.name, member.phone)
        into = _listed_there(member, onto, hamlet)
        leave_roll(actor, member, into)
        _moved_on(onto)
    _moved_on(organisation)
    follow_over(into, member, left, Word(actor))
    return into


def _organisation_there(actor: Actor, member: Member, hamlet: Region) -> Organisation:
    """The standing one to which he may go over; ``Invalid`` if there is none in the actor's
    charge."""
    onto = serving_branch(hamlet.code)
    if onto is None or hamlet.code == member.hamlet_id:
        raise Invalid({"hamlet": _("Please choose one of those offered.")})
    if not actor.holds(rules.move_member.roles, hamlet.code):
        message = _("%(place)s is not in your charge: let the village or the township do it.")
        raise Invalid({"hamlet": message % {"place": hamlet}})
    return onto


def _listed_there(member: Member, onto: Organisation, hamlet: Region) -> Member:
    """His row in the other organisation: the same person, without a duty."""
    kept = ("name", "phone", "kind", "background", "account", "signs_in")
    return Member.objects.create(
        organisation=onto, hamlet=hamlet, joined_on=clock.today(),
        **{name: getattr(member, name) for name in kept},
    )  # fmt: skip


@action(rules.change_duties, locks="organisation", notes=("number_is",))
def change_duties(
    *,
    actor: Actor,
    organisation: Organisation,
    duties: Sequence[tuple[int, str]],
    number_is: str = "",
) -> Organisation:
    """Who does what from now on: (member, duty). The role goes over to who leads now."""
    before = set(_heads(organisation))
    assign_duties(organisation, duties)
    _moved_on(organisation)
    if organisation.is_standing:
        follow_heads([organisation.pk], Word(actor, number_is))
        if set(_heads(organisation)) != before:
            organisation.remember(actor, NEW_HEAD, organisation.state)
    return organisation


def _moved_on(organisation: Organisation) -> None:
    """Whoever had its members before her eyes is told."""
    organisation.version += 1
    organisation.save(update_fields=["version"])


def assign_duties(organisation: Organisation, duties: Sequence[tuple[int, str]]) -> None:
    """Give out the duties; a standing organisation must be well led afterwards.

    Raises ``Invalid`` with the rule at the field ``duties``; a draft is checked when the township
    is asked.
    """
    members = {member.pk: member for member in organisation.members.present()}
    changed = []
    for pk, duty in duties:
        if pk not in members:
            raise Invalid({"duties": _("Somebody on the list has left. Look at it once more.")})
        if duty not in Member.Duty:
            raise Invalid({"duties": _("Please choose one of those offered.")})
        if members[pk].duty != duty:
            members[pk].duty = duty
            changed.append(members[pk])
    if organisation.is_standing:
        hamlets = served_codes(organisation)
        found = thresholds.duty_faults(composition(organisation.kind, hamlets, members.values()))
        if found:
            raise Invalid({"duties": sentences(found)})
        for member in members.values():
            if member.is_head:
                _check_phone(member, "duties")
    Member.objects.bulk_update(changed, ["duty"])


def clean_member(name: str, phone: str, kind: str, duty: str, background: str) -> dict[str, Any]:
    """The values of a member as they are kept; ``Invalid`` with every field that is wrong."""
    name, phone, wrong = clean_name(name), clean_phone(phone), dict[str, str]()
    if not name:
        wrong["name"] = _("The name is missing")
    elif len(name) > MEMBER_NAME_LIMIT:
        wrong["name"] = too_long(MEMBER_NAME_LIMIT)
    elif not name.isprintable():
        wrong["name"] = _("There is an unreadable character in it.")
    if phone:
        try:
            mobile(phone)
        except ValidationError as error:
            wrong["phone"] = str(error.message)
    for field, value, among in (("kind", kind, Member.Kind), ("duty", duty, Member.Duty),
                                ("background", background, ["", *Member.Background])):  # fmt: skip
        if value not in among:
            wrong[field] = _("Please choose one of those offered.")
    if wrong:
        raise Invalid(wrong)
    return {"name": name, "phone": phone, "kind": kind, "duty": duty, "background": background}


def _check_new(hamlet: str, name: str, phone: str, member: Member | None = None) -> None:
    rows = Member.objects.present().filter(hamlet=hamlet, name=name, phone=phone)
    if member is not None:
        rows = rows.exclude(pk=member.pk)
    if rows.exists():
        raise Invalid({"name": _("A member with this name and phone number is on the list.")})


def _check_may_hold(kind: str) -> None:
    if not thresholds.votes(kind):
        message = _("Who holds a duty must be a full member able to vote. Give the duty away first "
                    "(Party constitution, articles 7 and 42).")  # fmt: skip
        raise Invalid({"kind": message})


def _check_phone(member: Member, field: str = "phone") -> None:
    if not member.phone:
        raise Invalid({field: _("Who leads or signs in needs a phone number.")})


def _check_leads_not(organisation: Organisation, member: Member) -> None:
    if organisation.is_standing and member.is_head:
        raise Conflict(_("This member leads the organisation. First say who does from now on."))


def _fresh(organisation: Organisation, member: Member) -> Member:
    """The member as it is now, under the lock of its organisation."""
    found = organisation.members.present().filter(pk=member.pk).first()
    if found is None:
        raise Conflict(_("This member is no longer on the list."))
    return found


def _heads(organisation: Organisation) -> list[int]:
    rows = organisation.members.present().filter(duty__in=HEADS)
    return list(rows.values_list("pk", flat=True))
