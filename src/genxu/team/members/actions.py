"""What a member takes on, promises, lets be seen; what he says of the lines told of him."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.codes import new_code
from genxu.core.errors import Conflict, Invalid, Missing
from genxu.core.texts import optional, required
from genxu.organisation.branches.models import Member
from genxu.people.deeds import Deed
from genxu.people.models import Household
from genxu.people.privacy import named_person

from . import queries, rules
from .models import (
    ABOUT_LIMIT,
    PROMISE_LIMIT,
    TOLD_LIMIT,
    Door,
    Objection,
    Post,
    Profile,
    Promise,
)
from .workflow import BEGIN, PromiseState

AHEAD = timedelta(days=2 * 366)
MOST_POSTS = 5


@action(rules.take_post, locks="member")
def take_post(
    *,
    actor: Actor,
    member: Member,
    kind: str,
    about: str = "",
    doors: Sequence[Household] = (),
) -> Post:
    """A post from today on, with the households of its area, if it has one."""
    _check_present(member)
    if kind not in Post.Kind:
        raise Invalid({"kind": _("Please choose one of those offered.")})
    about = optional(about, ABOUT_LIMIT, "about")
    if kind == Post.Kind.OTHER and not about:
        raise Invalid({"about": _("Please say in a few words what for.")})
    _check_public(member, "about", about)
    if any(one.hamlet_id != member.hamlet_id or not one.lives_here for one in doors):
        raise Invalid({"doors": _("Please choose households of his own hamlet.")})
    held = Post.objects.filter(member=member, state="held")
    if held.filter(kind=kind, about=about).exists():
        raise Conflict(_("He has this post already."))
    if held.count() >= MOST_POSTS:
        raise Conflict(more_than_most())
    post = Post(kind=kind, about=about, since=clock.today(), **_whose(actor, member))
    post.save()
    Door.objects.bulk_create(
        Door(post=post, household=one, hamlet_id=member.hamlet_id) for one in doors
    )
    post.remember(actor, BEGIN, "")
    return post


@action(rules.change_post, locks="post")
def give_up_post(*, actor: Actor, post: Post, words: str = "") -> Post:
    """From today on it is nobody's; no reason is asked for."""
    return post.advance(actor, "give_up", words=words)


@action(rules.give_promise, locks="member")
def give_promise(*, actor: Actor, member: Member, text: str, due_on: date) -> Promise:
    """Something he will do, and by when."""
    _check_present(member)
    text = required(text, PROMISE_LIMIT, "text", _("Please say what you will do."))
    _check_public(member, "text", text)
    if due_on < clock.today():
        raise Invalid({"due_on": _("That day is over.")})
    if due_on > clock.today() + AHEAD:
        raise Invalid({"due_on": _("That is more than two years ahead; is the year right?")})
    if Promise.objects.filter(member=member, text=text, state=PromiseState.GIVEN).exists():
        raise Conflict(_("This promise stands already."))
    promise = Promise(text=text, due_on=due_on, given_on=clock.today(), **_whose(actor, member))
    promise.save()
    promise.remember(actor, BEGIN, "")
    return promise


@action(rules.change_promise, locks="promise")
def keep_promise(
    *, actor: Actor, promise: Promise, records: Collection[str] = (), words: str = ""
) -> Promise:
    """It is kept: by the records that show it, or in a sentence."""
    known = {one.key: one for one in queries.deeds_for_promise(promise)}
    if not set(records) <= set(known):
        raise Invalid({"records": _("One of these lines is gone. Look at it once more.")})
    if not records:
        words = required(words, Promise.WORDS_LIMIT, "words", _("Please tick a line, or say it."))
    kept = [[key, str(known[key].told), known[key].url] for key in sorted(records)]
    return promise.advance(actor, "keep", words=words, records=kept, kept_on=clock.today())


@action(rules.change_promise, locks="promise")
def miss_promise(*, actor: Actor, promise: Promise, words: str) -> Promise:
    """It was not kept, and why; it can still be kept later."""
    return promise.advance(actor, "not_keep", words=required(words, Promise.WORDS_LIMIT))


@action(rules.change_promise, locks="promise")
def withdraw_promise(*, actor: Actor, promise: Promise, words: str = "") -> Promise:
    """It is no promise any more."""
    return promise.advance(actor, "withdraw", words=words)


@action(rules.show_membership, locks="member", notes=("shown",))
def show_membership(*, actor: Actor, member: Member, shown: bool) -> Profile:
    """亮身份: his plate and card may show who he is, or no more."""
    if shown:
        _check_present(member)
    profile = _profile(member)
    profile.shown_since = (profile.shown_since or clock.today()) if shown else None
    profile.noted_by_id = None if rules.is_own(actor, member) else actor.account_id
    profile.save()
    return profile


@action(rules.read_deeds, locks="member")
def read_deeds(*, actor: Actor, member: Member, keys: Collection[str]) -> Profile:
    """He has read these lines, before anybody else did."""
    profile, known = _profile(member), {one.key for one in queries.deeds_this_year(member)}
    profile.seen = sorted({*profile.seen, *keys} & known)
    profile.seen_on = clock.today()
    profile.save()
    return profile


@action(rules.object_to_deed, locks="member")
def object_to_deed(*, actor: Actor, member: Member, key: str, why: str) -> Objection:
    """A line is not right: it is struck out, or somebody says why it stays."""
    deed = _line(member, key)
    why = required(why, TOLD_LIMIT, "why", _("Please say what is wrong with it."))
    if Objection.objects.filter(member=member, key=key).exists():
        raise Conflict(_("You have objected to this line already."))
    told = str(deed.told)[:TOLD_LIMIT]
    about = {"key": key, "told": told, "on": deed.on, "why": why}
    objection = Objection(**about, **_whose(actor, member))
    objection.save()
    objection.remember(actor, BEGIN, "")
    return objection


@action(rules.answer_objection, locks="objection")
def uphold_objection(*, actor: Actor, objection: Objection, words: str = "") -> Objection:
    """He is right: the line is told no more."""
    return objection.advance(actor, "uphold", words=words)


@action(rules.answer_objection, locks="objection")
def answer_objection(*, actor: Actor, objection: Objection, words: str) -> Objection:
    """The line stays, and why."""
    return objection.advance(actor, "answer", words=required(words, Objection.WORDS_LIMIT))


def _whose(actor: Actor, member: Member) -> dict[str, object]:
    """Whose word it is: his own, or noted down for him."""
    noted = None if rules.is_own(actor, member) else actor.account_id
    return {"member": member, "hamlet_id": member.hamlet_id, "noted_by_id": noted}


def _check_present(member: Member) -> None:
    if member.left_on is not None:
        raise Conflict(_("This member is no longer on the list."))


def _check_public(member: Member, field: str, text: str) -> None:
    """It stands on his card, if he likes: so it names no household."""
    if found := named_person(text, member.hamlet, ()):
        raise Invalid({field: names_somebody(found)})


def names_somebody(found: str) -> str:
    return _("Others will read this: please leave out “%(name)s”.") % {"name": found}


def more_than_most() -> str:
    return _("That would be more than %s posts. Give one up first.") % MOST_POSTS


def _profile(member: Member) -> Profile:
    found, _made = Profile.objects.get_or_create(
        member=member, defaults={"hamlet_id": member.hamlet_id, "card": new_code()}
    )
    return found


def _line(member: Member, key: str) -> Deed:
    for one in queries.deeds_this_year(member):
        if one.key == key:
            return one
    raise Missing(_("There is no such line any more."))


def check_shown(member: Member, *, shown: bool) -> None:
    """``Conflict`` unless his membership is shown, or hidden, as asked."""
    profile = queries.profile_of(member)
    if bool(profile and profile.shown_since) != shown:
        raise Conflict(_("It stands so already."))
