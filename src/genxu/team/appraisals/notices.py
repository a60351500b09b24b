"""What waits in an appraisal: one's own word, a grade that was told, an appeal."""

from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally
from genxu.people.roles import Role

from .models import Appeal, Entry
from .workflow import AppealState, State


def notices(actor: Actor) -> list[Tally]:
    """Of a member, who leads too, his own word; of the township the appeals."""
    return [*_own(actor), *_appeals(actor)]


def _own(actor: Actor) -> list[Tally]:
    if not actor.plays([Role.MEMBER, Role.SECRETARY]):
        return []
    open_states = (State.OWN, State.MUTUAL)
    rows = Entry.objects.filter(
        member__account=actor.account_id,
        own="",
        left_on=None,
        appraisal__state__in=open_states,
    )
    return [Tally(rows, {"first": Min("pk")}, _own_word)]


def _own_word(found: dict[str, Any]) -> list[Notice]:
    pk = found["first"]
    text = _("The appraisal of the year has begun: give your own word first.")
    return [Notice(text, reverse("entry", args=[pk]))] if pk else []


def _appeals(actor: Actor) -> list[Tally]:
    if not actor.plays([Role.TOWNSHIP_STAFF]):
        return []
    rows = Appeal.objects.filter(within(actor, "hamlet", [Role.TOWNSHIP_STAFF]))
    rows = rows.filter(state=AppealState.RAISED)
    return [Tally(rows, {"n": Count("pk"), "first": Min("pk")}, _raised)]


def _raised(found: dict[str, Any]) -> list[Notice]:
    if not (n := found["n"]):
        return []
    text = ngettext("%(n)s appeal against a grade waits for you.",
                    "%(n)s appeals against grades wait for you.", n)  # fmt: skip
    return [Notice(text % {"n": n}, reverse("appeal", args=[found["first"]]), urgent=True)]
