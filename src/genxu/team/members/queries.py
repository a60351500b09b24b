"""Reading members with what they took on, and the lines that the records tell of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.calendar import months_later
from genxu.core.errors import Missing
from genxu.organisation.branches.models import Member
from genxu.people.deeds import Deed, Doer, deeds_of
from genxu.people.roles import KEEPERS

from .models import Objection, Post, Profile, Promise
from .workflow import ObjectionState, PostState, PromiseState

YEAR_IN_MONTHS = 12
HELD, GIVEN, RAISED = PostState.HELD, PromiseState.GIVEN, ObjectionState.RAISED


def member_list(actor: Actor) -> QuerySet[Member]:
    """Members of the hamlets in the actor's charge, in the order of their places and the list:
    never of what they did."""
    rows: QuerySet[Member] = Member.objects.visible_to(actor).present()
    rows = rows.select_related("hamlet__parent", "organisation").order_by("hamlet", "pk")
    return with_held_posts(rows)


def with_held_posts(rows: QuerySet[Member]) -> QuerySet[Member]:
    """Each with its posts in ``held_posts``: one query more, for any number."""
    held = Post.objects.filter(state=HELD).order_by("pk")
    return rows.prefetch_related(Prefetch("posts", held, to_attr="held_posts"))


def post_list(actor: Actor) -> QuerySet[Post]:
    """Posts that are held, in the order of their places and of the list of members."""
    rows: QuerySet[Post] = Post.objects.visible_to(actor).filter(state=HELD)
    rows = rows.select_related("hamlet__parent", "member").prefetch_related("doors__household")
    return rows.order_by("hamlet", "member", "pk")


def member_for(actor: Actor, pk: int) -> Member:
    """A member whom the actor keeps, or himself; ``Missing`` otherwise."""
    kept = within(actor, "hamlet", KEEPERS)
    own = Q(account=actor.account_id or 0)
    rows = Member.objects.present().filter(kept | own, pk=pk)
    found = rows.select_related("hamlet__parent", "organisation", "profile").first()
    if found is None:
        raise Missing(Member.missing)
    return found


def own_memberships(actor: Actor) -> list[Member]:
    """Under which members the actor himself stands on the roll."""
    rows = Member.objects.present().filter(account=actor.account_id or 0)
    return list(rows.order_by("pk"))


def profile_of(member: Member) -> Profile | None:
    return Profile.objects.filter(member=member).first()


def _doer(member: Member) -> Doer:
    return Doer(member.pk, member.account_id)


def deeds_this_year(member: Member) -> list[Deed]:
    """What the records tell of the last twelve months."""
    today = clock.today()
    return deeds_of(_doer(member), months_later(today, -YEAR_IN_MONTHS), today)


def deeds_for_promise(promise: Promise) -> list[Deed]:
    """What the records tell since a promise was given: other promises are none of it."""
    found = deeds_of(_doer(promise.member), promise.given_on, clock.today())
    return [one for one in found if not one.key.startswith("promises.")]


@dataclass(frozen=True)
class Line:
    """A deed as it is shown: whether he has read it, and his objection to it, if any."""

    deed: Deed
    seen: bool
    objection: Objection | None


@dataclass(frozen=True)
class Ledger:
    """``lines`` are those to be shown; ``unread`` how many he has not read himself so far."""

    lines: list[Line]
    unread: int
    seen_on: date | None


def ledger_of(member: Member, *, own: bool) -> Ledger:
    """What is told of a member: to himself all of it; to others what he has read before, without
    the lines that were struck out."""
    profile = profile_of(member)
    seen = set(profile.seen) if profile else set()
    objections = {one.key: one for one in Objection.objects.filter(member=member)}
    lines = [Line(one, one.key in seen, objections.get(one.key)) for one in deeds_this_year(member)]
    standing = [one for one in lines if not (one.objection and one.objection.state == "upheld")]
    shown = lines if own else [one for one in standing if one.seen]
    unread = sum(not one.seen for one in lines)
    return Ledger(shown, unread, profile.seen_on if profile else None)


def posts_of(member: Member) -> list[Post]:
    rows = Post.objects.filter(member=member, state=HELD)
    return list(rows.prefetch_related("doors").order_by("pk"))


def promises_of(member: Member) -> list[Promise]:
    """Those that stand first, by their days."""
    rows = Promise.objects.filter(member=member)
    found = list(rows.exclude(state=PromiseState.WITHDRAWN).order_by("due_on", "pk"))
    return sorted(found, key=lambda one: one.state != GIVEN)


def shown_at(actor: Actor, code: str) -> list[Profile]:
    """Those at a place who let their membership be seen, for a printer."""
    rows = Profile.objects.filter(within(actor, "hamlet", KEEPERS), shown_since__isnull=False)
    rows = rows.under(code).filter(member__left_on=None)
    return list(rows.select_related("member", "hamlet__parent__parent").order_by("hamlet", "pk"))


def shown_by(card: str) -> tuple[Profile | None, bool]:
    """Whom a card names, and whether he lets it be seen (and is a member still)."""
    rows = Profile.objects.select_related("member", "hamlet__parent")
    found = rows.filter(card=card).first()
    if found is None:
        return None, False
    return found, found.shown_since is not None and found.member.left_on is None
