"""Who is on a rota, and what each says when asked: when she can come, whether she is exempt."""

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Invalid
from genxu.core.texts import required
from genxu.organisation.branches.models import Member

from . import rules
from .models import MOST_PEOPLE, PERSON_LIMIT, OnRota, Rota
from .plans import Asked
from .queries import person_of


@action(rules.enrol_person, locks="rota")
def enrol_person(
    *, actor: Actor, rota: Rota, asked: Asked, member: Member | None = None, name: str = "",
    phone: str = "",
) -> OnRota:  # fmt: skip
    """Put a member on the rota, or somebody who is none, by name."""
    rota.check_step("enrol")
    if member is None:
        name = required(name, PERSON_LIMIT, "name", _("Please say who it is."))
    else:
        name, phone = "", ""
    _check(asked)
    person = OnRota(rota=rota, hamlet_id=rota.hamlet_id, member=member, name=name, phone=phone,
                    **asked.values())  # fmt: skip
    _check_may_join(rota, person)
    person.save()
    rota.advance(actor, "enrol", about={"person": person})
    return person


@action(rules.ask_person, locks="rota")
def ask_person(*, actor: Actor, rota: Rota, person: OnRota, asked: Asked) -> OnRota:
    """Write down what somebody says. Turns to come that she cannot take are dealt anew."""
    rota.check_step("ask")
    person = person_of(rota, person.pk)
    _check(asked)
    for name, value in asked.values().items():
        setattr(person, name, value)
    person.save()
    rota.advance(actor, "ask", about={"person": person})
    return person


@action(rules.release_person, locks="rota")
def release_person(*, actor: Actor, rota: Rota, person: OnRota) -> Rota:
    """Take somebody off: what she did stays to be read, turns to come are dealt anew. Whoever never
    had a turn was put there by mistake, and goes."""
    rota.check_step("leave")
    return let_go(actor, rota, person_of(rota, person.pk))


def let_go(actor: Actor, rota: Rota, person: OnRota) -> Rota:
    """A part of actions that hold the rota."""
    if person.turns.exists():
        person.left_on = clock.today()
        person.save(update_fields=["left_on"])
        return rota.advance(actor, "leave", about={"person": person})
    person.delete()
    return rota.advance(actor, "leave")


def _check(asked: Asked) -> None:
    if wrong := asked.problems():
        raise Invalid(wrong)


def _check_may_join(rota: Rota, person: OnRota) -> None:
    present = rota.people.present()
    field = "member" if person.member else "name"
    same = present.filter(member=person.member)
    if not person.member:
        same = same.filter(name=person.name, phone=person.phone)
    if person.member and person.member.hamlet_id != rota.hamlet_id:
        raise Invalid({field: _("This member lives in another hamlet.")})
    if person.member and person.member.left_on:
        raise Invalid({field: _("This member is no longer on the Party's roll here.")})
    if same.exists():
        raise Invalid({field: _("Is on this rota already.")})
    if present.count() >= MOST_PEOPLE:
        raise Invalid({field: _("At most %s people are on a rota.") % MOST_PEOPLE})
