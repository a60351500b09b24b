"""Every step that handling a matter takes, up to the report that it is done."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import required
from genxu.people.history import TAKE_BACK
from genxu.people.models import Account, Grant
from genxu.people.roles import HANDLERS
from genxu.regions.codes import parent_of

from . import rules
from .deadline_actions import counted, round_began
from .deadlines import EXTENSIONS, deadline
from .models import TEXT_LIMIT, TITLE_LIMIT, WORDS_LIMIT, Matter, MatterStep, Suggestion, Voice
from .opening import NewMatter, check_title, helper_for, register
from .workflow import NOT_TOUCHED, OPEN, REGISTER, WITHDRAW, State, Tier, Urgency


@action(rules.open_matter, locks="suggestion")
def open_matter(*, actor: Actor, suggestion: Suggestion, title: str) -> Matter:
    """Another matter for a suggestion that was taken up."""
    _check_taken_up(suggestion)
    (matter,) = register(
        actor=actor,
        hamlet=suggestion.hamlet,
        new=[NewMatter(suggestion, _title(title))],
    )
    return matter


@action(rules.join_matter, locks="matter", notes=("suggestion",))
def join_matter(*, actor: Actor, matter: Matter, suggestion: Suggestion) -> Matter:
    """Let a suggestion join an open matter of its hamlet: "me too"."""
    if suggestion.hamlet_id != matter.hamlet_id:
        raise Invalid({"matter": _("That matter is of another hamlet.")})
    if matter.state not in OPEN:
        raise Conflict(_("That matter is closed. Open a new one."))
    _check_taken_up(suggestion)
    _voice, made = Voice.objects.get_or_create(matter=matter, suggestion=suggestion)
    if not made:
        raise Conflict(_("This suggestion is behind that matter already."))
    return matter


@action(rules.triage_matter, locks="matter", notes=("tier", "urgency"))
def triage_matter(
    *,
    actor: Actor,
    matter: Matter,
    tier: str,
    urgency: str = Urgency.ORDINARY,
    title: str = "",
) -> Matter:
    """研判: which tier and how urgent; the deadline follows and runs from the registration,
    or from the last reopening; the 24 hours of an urgent matter from now.

    A personal matter goes on at once to the centre household that looks after its household,
    unless it was this one that gave it back.
    """
    if tier not in Tier:
        raise Invalid({"tier": _("Please choose one of the three tiers.")})
    if urgency not in Urgency:
        raise Invalid({"urgency": _("Please choose how urgent it is.")})
    title = _title(title) if title else matter.title
    check_title(title, tier, matter.hamlet, _who_raised(matter))
    if tier == Tier.PERSONAL and matter.voices.count() > 1:
        raise Invalid({"tier": _("Several residents raised this; it is not one person’s matter.")})
    start = clock.now() if urgency == Urgency.URGENT else round_began(matter)
    granted = matter.extension == Matter.Extension.APPROVED
    more = matter.extension_days if granted else 0
    limit = deadline(start, tier, urgency, more)
    if more:
        limit = limit.reminding_after(clock.now())
    helper = _helper(matter, tier)
    matter = matter.advance(
        actor,
        "triage",
        tier=tier,
        urgency=urgency,
        title=title,
        remind_at=limit.remind_at,
        due_at=limit.due_at,
        assignee=None,
        assignee_name="",
    )
    if helper is None:
        return matter
    return matter.advance(actor, "assign", assignee=helper, assignee_name=helper.name)


def _helper(matter: Matter, tier: str) -> Account | None:
    """The centre household that a personal matter is given to, if it has not given it back."""
    helper = helper_for(tier, matter.suggestions.all()) if tier == Tier.PERSONAL else None
    if helper is None:
        return None
    own = matter.steps.filter(by=helper)
    meant = own.filter(step=TAKE_BACK, from_state=State.RETURNED).count()
    return None if own.filter(step="return").count() > meant else helper


def _who_raised(matter: Matter) -> list[str]:
    """The names under which it was raised: no public title may say them."""
    named = matter.suggestions.exclude(raiser_name="")
    return list(named.values_list("raiser_name", flat=True))


@action(rules.correct_matter, locks="matter")
def correct_matter(
    *, actor: Actor, matter: Matter, title: str, words: str, text: str = ""
) -> Matter:
    """The words in which it was written down, with the reason: its title, and ``text``, what was
    said, if it was not said at a talk, where it is corrected itself. What stood before is kept."""
    title, said, about = _title(title), said_without_talk(matter), {}
    check_title(title, matter.tier, matter.hamlet, _who_raised(matter))
    words = required(words, WORDS_LIMIT)
    if said is not None and text.strip() and text.strip() != said.text:
        about = {"replaced": {"said": {"suggestion": said.pk, "text": said.text}}}
        said.text = required(text, TEXT_LIMIT, "text")
        said.save(update_fields=["text"])
    elif title == matter.title:
        raise Invalid({"title": _("Nothing is changed yet.")})
    return matter.advance(actor, "correct", words=words, title=title, about=about)


def said_without_talk(matter: Matter) -> Suggestion | None:
    """The one suggestion behind a matter, if it was written down outside a talk."""
    behind = list(matter.suggestions.select_related("raised")[:2])
    return behind[0] if len(behind) == 1 and not hasattr(behind[0], "raised") else None


def withdraw_matter(actor: Actor, matter: Matter, words: str) -> Matter:
    """It goes with what it came of; part of an action. ``Conflict`` once somebody has dealt with
    it: a personal matter that went to its centre household by itself is not dealt with yet."""
    check_not_touched([matter.pk])
    return matter.advance(actor, WITHDRAW, words=words, assignee=None, assignee_name="")


def check_not_touched(matters: Iterable[int]) -> None:
    """``Conflict`` that names the first of these with which somebody has begun, beyond writing it
    down and sorting it."""
    rows = Matter.objects.filter(pk__in=matters)
    sorting = Q(step__in=(REGISTER, "triage", "correct", TAKE_BACK))
    by_itself = Q(step="assign", matter__tier=Tier.PERSONAL)
    begun = MatterStep.objects.filter(matter__in=rows.values("pk")).exclude(sorting | by_itself)
    touched = rows.filter(Q(pk__in=begun.values("matter")) | ~Q(state__in=NOT_TOUCHED))
    if (first := touched.order_by("pk").first()) is not None:
        message = _("Matter No. %(n)s is being dealt with already; it is brought to its end.")
        raise Conflict(message % {"n": first.pk})


@action(rules.assign_matter, locks="matter", notes=("assignee",))
def assign_matter(
    *,
    actor: Actor,
    matter: Matter,
    assignee: Account | None = None,
    assignee_name: str = "",
    words: str = "",
) -> Matter:
    """交办: to an account, or to somebody by name who has none (the council, a neighbour)."""
    changes = _assignee(matter, assignee, assignee_name)
    return matter.advance(actor, "assign", words=words, **changes)


def check_nobody_has_it(matter: Matter) -> None:
    """``Conflict`` while it is in somebody's hands: then it is passed on."""
    if matter.state == State.ASSIGNED and matter.assignee_name:
        message = _("%(name)s has it. Pass it on instead.")
        raise Conflict(message % {"name": matter.assignee_name})


@action(rules.take_on_matter, locks="matter")
def take_on_matter(*, actor: Actor, matter: Matter) -> Matter:
    """我来办: given to oneself and begun, in one."""
    check_nobody_has_it(matter)
    return matter.advance(
        actor, "take_on", assignee_id=actor.account_id, assignee_name=actor.name[:40]
    )


@action(rules.start_matter, locks="matter")
def start_matter(*, actor: Actor, matter: Matter, words: str = "") -> Matter:
    """办理: work begins."""
    return matter.advance(actor, "start", words=words)


@action(rules.note_progress, locks="matter")
def note_progress(*, actor: Actor, matter: Matter, words: str) -> Matter:
    """News of the work, for those who wait."""
    return matter.advance(actor, "note_progress", words=required(words, WORDS_LIMIT))


@action(rules.pass_on_matter, locks="matter", notes=("assignee",))
def pass_on_matter(
    *,
    actor: Actor,
    matter: Matter,
    words: str,
    assignee: Account | None = None,
    assignee_name: str = "",
) -> Matter:
    """转办: to somebody else at the same level, with the reason."""
    changes = _assignee(matter, assignee, assignee_name)
    return matter.advance(actor, "pass_on", words=required(words, WORDS_LIMIT), **changes)


@action(rules.pass_up_matter, locks="matter")
def pass_up_matter(*, actor: Actor, matter: Matter, words: str = "") -> Matter:
    """提级: one level up, where what was said is read too; somebody must work there."""
    above = parent_of(matter.place_id)
    works = Grant.objects.filter(place_id=above, role__in=HANDLERS, account__is_active=True)
    if not works.exists():
        raise Conflict(_("Nobody has an account at the level above yet, so nobody would see it."))
    return matter.advance(
        actor,
        "pass_up",
        words=words,
        place_id=above,
        assignee=None,
        assignee_name="",
        **_without_open_request(matter),
    )


@action(rules.answer_matter, locks="matter")
def answer_matter(*, actor: Actor, matter: Matter, words: str) -> Matter:
    """The answer from above goes straight back to the hamlet; nobody on the way retypes it."""
    return matter.advance(
        actor,
        "answer",
        words=required(words, WORDS_LIMIT),
        place_id=matter.hamlet_id,
        assignee=None,
        assignee_name="",
        **_without_open_request(matter),
    )


@action(rules.return_matter, locks="matter")
def return_matter(*, actor: Actor, matter: Matter, words: str) -> Matter:
    """退回 with the reason: a level to the one below, a helper to the secretary."""
    changes: dict[str, Any] = {"assignee": None, "assignee_name": ""}
    if matter.place_id != matter.hamlet_id:
        lower = _level_below(matter)
        changes |= {"place_id": lower, **_without_open_request(matter)}
    return matter.advance(actor, "return", words=required(words, WORDS_LIMIT), **changes)


@action(rules.ask_extension, locks="matter", notes=("days",))
def ask_extension(*, actor: Actor, matter: Matter, days: int, words: str) -> Matter:
    """延期: asked before the deadline, once, with the reason and so many working days."""
    if days not in EXTENSIONS:
        raise Invalid({"days": _("Please choose how many working days more.")})
    check_more_time_can_be_asked(matter)
    return matter.advance(
        actor,
        "ask_extension",
        words=required(words, WORDS_LIMIT),
        extension=Matter.Extension.ASKED,
        extension_days=days,
    )


def check_more_time_can_be_asked(matter: Matter) -> None:
    """``Conflict`` if it was asked for before, or the deadline has passed."""
    if matter.extension != Matter.Extension.NONE:
        raise Conflict(_("More time can be asked for only once."))
    if matter.is_overdue:
        raise Conflict(_("The deadline has passed; more time must be asked for before it."))


def check_more_time_is_asked(matter: Matter) -> None:
    """``Conflict`` unless a request for more time waits for its answer."""
    if matter.extension != Matter.Extension.ASKED:
        raise Conflict(_("Nobody asks for more time here now."))


@action(rules.decide_extension, locks="matter", notes=("approved",))
def decide_extension(
    *,
    actor: Actor,
    matter: Matter,
    approved: bool,
    words: str = "",
) -> Matter:
    """The level above grants the working days asked for, or refuses with a reason."""
    check_more_time_is_asked(matter)
    if not approved:
        return matter.advance(
            actor,
            "decide_extension",
            words=required(words, WORDS_LIMIT),
            extension=Matter.Extension.REFUSED,
        )
    limit = counted(matter, matter.extension_days).reminding_after(clock.now())
    return matter.advance(
        actor,
        "decide_extension",
        words=words.strip() or _("Granted."),
        extension=Matter.Extension.APPROVED,
        due_at=limit.due_at,
        remind_at=limit.remind_at,
    )


@action(rules.finish_matter, locks="matter")
def finish_matter(*, actor: Actor, matter: Matter, words: str) -> Matter:
    """办结: what was done, in words that the resident will read."""
    result = required(words, WORDS_LIMIT)
    return matter.advance(actor, "finish", words=result, result=result)


def _title(title: str) -> str:
    missing = _("Please say in a few words what is to be done.")
    return required(title, TITLE_LIMIT, "title", missing)


def _check_taken_up(suggestion: Suggestion) -> None:
    if suggestion.withdrawn_on is not None:
        raise Conflict(_("This was withdrawn; nothing more comes of it."))
    if suggestion.response != Suggestion.Response.TAKEN_UP:
        raise Conflict(_("Only a suggestion that was taken up has matters."))


def _assignee(matter: Matter, account: Account | None, name: str) -> dict[str, Any]:
    """An account must work where the matter lies; else a name is needed."""
    name = name.strip()
    if account is None:
        if not name:
            raise Invalid({"assignee_name": _("Please say who deals with it.")})
        return {"assignee": None, "assignee_name": name[:40]}
    if not account.is_active or not account.grants.filter(place_id=matter.place_id).exists():
        raise Invalid({"assignee": _("That person does not work at this place.")})
    return {"assignee": account, "assignee_name": account.name}


def _without_open_request(matter: Matter) -> dict[str, Any]:
    """A request for more time that nobody decided falls when the matter leaves the level."""
    if matter.extension != Matter.Extension.ASKED:
        return {}
    return {"extension": Matter.Extension.NONE, "extension_days": 0}


def _level_below(matter: Matter) -> str:
    from genxu.regions.codes import child_towards

    return child_towards(matter.place_id, matter.hamlet_id)
