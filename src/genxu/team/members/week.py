"""One's own promises, on their day or past it."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.coming import Coming
from genxu.people.roles import Role

from .models import Promise
from .workflow import PromiseState


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    if not actor.plays([Role.MEMBER]):
        return
    own = Promise.objects.filter(member__account=actor.account_id, state=PromiseState.GIVEN)
    for one in own.filter(due_on__lte=until):
        note = _("The day that you promised: say what became of it.")
        yield Coming(one.due_on, one.text, reverse("promise", args=[one.pk]), note=note)
