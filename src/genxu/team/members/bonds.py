"""What becomes of a household in the area of a post when something happens to it, and of what a
member took on when he leaves the list or goes over to another organisation."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from genxu.organisation.branches.belongings import Belonging, Parting, Then, go_along
from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Door, Objection, Post, Profile, Promise
from .workflow import ObjectionState, PostState, PromiseState


def _of_kept(happening: Happening, rows: Sequence[Door]) -> None:
    """It lies in the area by the entry that is kept, once."""
    for door in rows:
        if not Door.objects.filter(post=door.post_id, household=happening.keep).exists():
            happening.change(door, household=happening.keep)


REFERENCES = [
    Reference(_("A member's area"), Door, ("household",), at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("The house still stands there.")),
        Event.MERGED: Becomes(Fate.MOVES, _("It belongs to the entry that is kept."), _of_kept),
        Event.ERASED: Becomes(Fate.GOES, _("It is left out of the area.")),
    }),
]  # fmt: skip


def _give_up(parting: Parting, rows: Sequence[Post]) -> None:
    for post in rows:
        if post.state == PostState.HELD:
            post.advance(parting.actor, "give_up")


def _withdraw(parting: Parting, rows: Sequence[Promise]) -> None:
    for promise in rows:
        if promise.state == PromiseState.GIVEN:
            promise.advance(parting.actor, "withdraw")


def _hide(parting: Parting, rows: Sequence[Profile]) -> None:
    Profile.objects.filter(pk__in=[one.pk for one in rows]).update(shown_since=None)


OF_MEMBERS = [
    Belonging(
        _("Posts"), Post, "member",
        Then(Fate.ENDS, _("A post is one of its hamlet: it ends here."), _give_up),
        Then(Fate.ENDS, _("They end."), _give_up),
        lambda rows: rows.filter(state=PostState.HELD),
    ),
    Belonging(
        _("Promises"), Promise, "member",
        Then(Fate.MOVES, _("Given and kept, they are his."), go_along),
        Then(Fate.ENDS, _("What is still open is withdrawn."), _withdraw),
        lambda rows: rows.filter(state=PromiseState.GIVEN),
    ),
    Belonging(
        _("Objections"), Objection, "member",
        Then(Fate.MOVES, _("Who keeps him there answers what is open."), go_along),
        Then(Fate.STAYS, _("What is open is still answered.")),
        lambda rows: rows.filter(state=ObjectionState.RAISED),
    ),
    Belonging(
        _("Plate and card"), Profile, "member",
        Then(Fate.MOVES, _("The same card opens, as he has said."), go_along),
        Then(Fate.ENDS, _("The card says nothing more of him."), _hide),
        lambda rows: rows.exclude(shown_since=None),
    ),
]  # fmt: skip
