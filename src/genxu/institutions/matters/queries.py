"""Reading suggestions and matters: every list starts at ``visible_to(actor)``."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, under, within
from genxu.core.cuts import First
from genxu.core.errors import Missing
from genxu.core.names import clean_name
from genxu.core.prepared import prepared_rows
from genxu.core.sounding import sought
from genxu.organisation.centre_households.neighbours import neighbours_of, own_service
from genxu.people.models import Grant, Household
from genxu.people.roles import HANDLERS, STAFF, Role
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region
from genxu.regions.queries import name_places

from .models import (
    AskingBack,
    Matter,
    MatterStep,
    Suggestion,
    Verdict,
    Voice,
)
from .workflow import (
    COUNT_ANEW,
    FINISHED,
    IN_HAND,
    OPEN,
    REOPENING,
    STEPS,
    WAITING_FOR_VERDICT,
    WORKING,
    State,
    Tier,
)

GROUPS = {
    "open": _("Open"),
    "overdue": _("Overdue"),
    "soon": _("Due soon"),
    "verdict": _("Waiting for the verdict"),
    "reopened": _("Reopened"),
    "done": _("Done"),
    "closed": _("Closed"),
    "unconfirmed": _("Unconfirmed"),
    "explained": _("Explained"),
    "no_agreement": _("No agreement"),
}


def matter_list(actor: Actor) -> QuerySet[Matter]:
    """The matters that the actor may know of, the newest first.

    Each order of the list is that of an index, so that a page costs the same in a long one. One
    that was withdrawn is found by the talk at which it was raised.
    """
    return Matter.objects.visible_to(actor).exclude(state=State.WITHDRAWN).order_by("-pk")


def raised_by(actor: Actor, words: str) -> QuerySet[Any, Any]:
    """The keys of the matters below the actor's places that somebody of this name raised."""
    name = clean_name(words)
    household = sought("suggestion__household__head_name", name)
    by_name = household | sought("suggestion__raiser_name", name)
    below = within(actor, "suggestion__hamlet")
    return Voice.objects.filter(below, by_name).values("matter")


def history(matter: Matter) -> list[MatterStep]:
    """The steps of a matter, the first one first."""
    return list(matter.steps.select_related("place", "by").order_by("pk"))


def voices(matter: Matter) -> list[Voice]:
    """The suggestions behind a matter, each with the verdict that counts now in
    ``.verdict``, and those of before in ``.earlier``."""
    beside = ("suggestion__household", "suggestion__noted_by")
    found = list(matter.voices.select_related(*beside).order_by("pk"))
    given: dict[int, Verdict] = {}
    earlier: dict[int, list[Verdict]] = {}
    for one in matter.verdicts.select_related("by").order_by("pk"):
        if one.round == matter.round and one.is_live:
            given[one.suggestion_id] = one
        else:
            earlier.setdefault(one.suggestion_id, []).append(one)
    for voice in found:
        voice.verdict = given.get(voice.suggestion_id)  # type: ignore[attr-defined]
        voice.earlier = earlier.get(voice.suggestion_id, [])  # type: ignore[attr-defined]
    return found


def tries(matter: Matter) -> list[AskingBack]:
    """The times that somebody tried to ask back in this round, and since she last said that
    what was noted down for her was not her word."""
    found = AskingBack.objects.filter(matter=matter, round=matter.round).order_by("at")
    disowned = matter.steps.filter(step="disown_verdict").order_by("pk").last()
    if disowned:
        found = found.filter(on__gt=disowned.on)
    return list(found)


def suggestion_of(pk: int) -> Suggestion | None:
    """A suggestion with its places, for a page that its code opens: the code is asked there."""
    return Suggestion.objects.select_related("hamlet", "household").filter(pk=pk).first()


def bad_words_on(matter: Matter) -> list[Verdict]:
    """The bad words because of which it is worked on again: none once it is done again."""
    if matter.state not in WORKING:
        return []
    return list(_bad_words().filter(matter=matter))


def _bad_words() -> QuerySet[Verdict]:
    """Those that stand and have led to the work that is under way now."""
    rows = Verdict.objects.filter(
        status=Verdict.Status.STANDING,
        answer__in=REOPENING,
        round=F("matter__round") - 1,
        matter__state__in=WORKING,
    )
    return rows.order_by("-at", "-pk")


def bad_words_for(actor: Actor, limit: int = 5) -> First[Matter]:
    """What was not settled, with the words of those who said so in ``said``: for who did it, for
    the hamlet's secretary, and for the level that judges; two queries."""
    judging = [g.place for g in actor.grants if g.role in STAFF]
    own = Q(assignee=actor.account_id or 0) | within(actor, "hamlet", [Role.SECRETARY])
    own |= Q(state=State.REFERRED, place__in=judging)
    rows = Matter.objects.visible_to(actor).filter(own, round__gt=1, state__in=WORKING)
    rows = rows.filter(Exists(_bad_words().filter(matter=OuterRef("pk"))))
    said = Prefetch("verdicts", _bad_words(), to_attr="said")
    rows = rows.select_related("hamlet").prefetch_related(said).order_by("due_at")
    return First.of(rows, limit)


def on_agenda(hamlet: Region, since: date | None, day: date | None = None) -> QuerySet[Matter]:
    """What a talk of this day (without one: of today) opens with (同题共答): the matters that were
    unfinished at the end of the day, and those finished since the talk before, each with its
    state then in ``stood``. Personal matters are not talked of before everybody.

    What counts is the history, not what is known by now: a talk that is written down late has the
    agenda of its own evening. The day of the talk counts whole: what was done in its afternoon is
    told in its evening.
    """
    rows: QuerySet[Matter] = Matter.objects.shared().filter(hamlet=hamlet)
    if day is None:
        rows = _as_it_is(rows)
    else:
        then = MatterStep.objects.filter(matter=OuterRef("pk"), on__lte=day).order_by("-at", "-pk")
        ended = then.filter(to_state__in=FINISHED).exclude(from_state__in=FINISHED)
        rows = rows.annotate(
            stood=Subquery(then.values("to_state")[:1]),
            finished_on=Subquery(ended.values("on")[:1]),
        )
    return rows.filter(_opens(since)).order_by("registered_at", "pk")


def _as_it_is(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    return rows.annotate(stood=F("state"), finished_on=F("done_on"))


def _opens(since: date | None) -> Q:
    wanted = Q(stood__in=WORKING)
    return wanted | Q(stood__in=FINISHED, finished_on__gte=since) if since else wanted


@prepared_rows
def _talked_of(hamlet: str, since: date) -> QuerySet[Matter]:
    rows = _as_it_is(Matter.objects.shared().filter(hamlet=hamlet))
    return rows.filter(_opens(since) | Q(state__in=OPEN)).order_by("registered_at", "pk")


def joinable(hamlet: Region) -> QuerySet[Matter]:
    """The open matters of a hamlet that a second resident's same wish can join."""
    return Matter.objects.shared().open().filter(hamlet=hamlet).order_by("-pk")


@dataclass(frozen=True)
class Talked:
    """What a talk of today opens with (``on_agenda``), what can be joined at it (``joinable``)."""

    agenda: list[Matter]
    open: list[Matter]


def talked_of(hamlet: Region, since: date | None) -> Talked:
    """Both in one query: most of the one is the other."""
    found = _talked_of(hamlet.code, since or date.max)
    finished = [one.pk for one in found if since and one.done_on and one.done_on >= since]
    agenda = [one for one in found if one.state in WORKING or one.pk in finished]
    still_open = [one for one in found if one.state in OPEN]
    return Talked(agenda, sorted(still_open, key=lambda one: -one.pk))


def hamlets_to_note(actor: Actor, roles: Collection[str]) -> list[Region]:
    """The hamlets in which the actor can note a matter, with their villages."""
    rows = Region.objects.of_level(Level.HAMLET).filter(within(actor, "code", roles))
    return list(rows.select_related("parent").order_by("code"))


def households_to_name(actor: Actor, hamlet: Region) -> list[Household]:
    """The households of a hamlet that the actor may name as those who say something: all for those
    who keep the register, its neighbours for a centre household."""
    if not actor.holds(Household.seen_by, hamlet.code):
        looked_after = neighbours_of(own_service(actor))
        return [one for one in looked_after if one.hamlet_id == hamlet.code and one.head_name]
    rows = Household.objects.visible_to(actor).living_here().exclude(head_name="")
    return list(rows.filter(hamlet=hamlet).order_by("number"))


def household_to_name(actor: Actor, hamlet: Region, pk: int | None) -> Household | None:
    """The one with this key; ``Missing`` if it is none of these."""
    if pk is None:
        return None
    household = Household.objects.filter(pk=pk).first()
    if household is None or not can_be_named(actor, household, hamlet):
        raise Missing(_("There is no such household, or it is not in your charge."))
    return household


def can_be_named(actor: Actor, household: Household, hamlet: Region) -> bool:
    """Whether it is one of these."""
    if household.hamlet_id != hamlet.code or not household.lives_here:
        return False
    if actor.holds(Household.seen_by, hamlet.code):
        return True
    return household in neighbours_of(own_service(actor))


def to_call(actor: Actor, matter: Matter) -> list[Household]:
    """The households behind a matter that the actor may ring: of those whom she knows by the
    register, or looks after."""
    keys = matter.suggestions.filter(household__isnull=False).values("household")
    rows = Household.objects.filter(pk__in=keys).exclude(phone="").order_by("number")
    if actor.holds(Household.seen_by, matter.hamlet_id):
        return list(rows)
    looked_after = {one.pk for one in neighbours_of(own_service(actor))}
    return [one for one in rows if one.pk in looked_after]


@dataclass(frozen=True)
class InHand:
    """A matter that somebody has in hand, with the households that raised it."""

    matter: Matter
    households: frozenset[int | None]


def in_hand_of(actor: Actor) -> list[InHand]:
    """The personal matters that an account has in hand, the most pressing first: two queries."""
    rows = Matter.objects.visible_to(actor).filter(
        assignee=actor.account_id, tier=Tier.PERSONAL, state__in=OPEN
    )
    matters = list(rows.select_related("hamlet").order_by("due_at", "pk"))
    behind = Voice.objects.filter(matter__in=matters).values_list("matter", "suggestion__household")
    pairs = list(behind)
    return [
        InHand(matter, frozenset(home for key, home in pairs if key == matter.pk))
        for matter in matters
    ]


@dataclass(frozen=True)
class Waiting:
    """What waits for an actor: a heading, the matters, and the list that holds them all."""

    key: str
    title: str
    matters: First[Matter]

    @property
    def is_own(self) -> bool:
        """Whether it is with the reader herself: it stands before what waits elsewhere."""
        return self.key in ("urged", "hand", "mine")


def waiting_for(actor: Actor, known: Iterable[Region] = (), limit: int = 5) -> list[Waiting]:
    """What an actor has to see to, the most pressing first, each matter once; one query a
    heading, and one for the places that are not ``known``."""
    found: list[Waiting] = []
    shown: set[int] = set()
    for key, title, rows in _queues(actor):
        waits = rows[: limit + 1 + len(shown)]
        matters = First.of((matter for matter in waits if matter.pk not in shown), limit)
        shown |= {matter.pk for matter in matters}
        if matters:
            found.append(Waiting(key, title, matters))
    shown_here = (matter for waiting in found for matter in waiting.matters)
    name_places(shown_here, "hamlet", "place", known=known)
    return found


def _queues(actor: Actor) -> list[tuple[str, str, QuerySet[Matter]]]:
    rows = Matter.objects.visible_to(actor)
    own = [g.place for g in actor.grants if g.role in HANDLERS]
    queues: list[tuple[str, str, QuerySet[Matter]]] = []
    waits: list[tuple[str, str, QuerySet[Matter]]] = []
    if own:
        at_own = rows.filter(place__in=own).order_by("due_at", "pk")
        hers = Q(assignee=None) | Q(assignee=actor.account_id or 0)
        if actor.plays(STAFF):
            title = str(_("They ask you to hurry"))
            queues.append(("urged", title, at_own.filter(_urged(), hers)))
        to_sort = Q(state__in=[State.REGISTERED, State.RETURNED, State.TRIAGED]) | _left_behind()
        in_hand = at_own.filter(hers, state__in=IN_HAND)
        queues.append(("hand", str(_("With you, to be dealt with")), in_hand))
        waits.append(
            ("sort", str(_("To be sorted and given out")), _told_first(at_own.filter(to_sort)))
        )
    if actor.plays([Role.CENTRE_HOUSEHOLD]):
        mine = rows.filter(assignee=actor.account_id, state__in=WORKING)
        queues.append(("mine", str(_("Given to you")), mine.order_by("due_at", "pk")))
    queues += waits
    if actor.plays([Role.SECRETARY, Role.CENTRE_HOUSEHOLD]):
        asked = rows.filter(state__in=WAITING_FOR_VERDICT).order_by("done_on", "pk")
        if not own:
            asked = asked.filter(assignee=actor.account_id)
        queues.append(("ask", str(_("Done: ask the residents")), asked))
    above = [g.place for g in actor.grants if g.role in STAFF]
    if above:
        below = _one_below(rows, above)
        queues += [
            ("extension", str(_("Asks for more time, yours to decide")),
             below.filter(extension=Matter.Extension.ASKED, state__in=WORKING)),
            ("overdue", str(_("Overdue one level below")), below & Matter.objects.overdue()),
        ]  # fmt: skip
    return queues


def _told_first(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """What a household said itself, and nobody has sorted yet, stands on top: ``matter.told``."""
    source = Suggestion.Source.HOUSEHOLD
    said = Exists(Voice.objects.filter(matter=OuterRef("pk"), suggestion__source=source))
    told = ExpressionWrapper(Q(said, state=State.REGISTERED), BooleanField())
    return rows.annotate(told=told).order_by("-told", "due_at", "pk")


def _urged() -> Q:
    """Matters whose last step it was to be urged."""
    last = MatterStep.objects.filter(matter=OuterRef("pk")).exclude(step=COUNT_ANEW)
    step = Subquery(last.order_by("-pk").values("step")[:1])
    return Q(Exact(step, Value("urge")), state__in=STEPS["urge"].sources)


def _left_behind() -> Q:
    """Matters in the hands of somebody who does not work there any more, such as a centre
    household that has left: they are to be given out anew."""
    works = Grant.objects.filter(
        account=OuterRef("assignee"), place=OuterRef("place"), account__is_active=True
    )
    return Q(~Exists(works), state__in=IN_HAND, assignee__isnull=False)


def is_left_behind(matter: Matter) -> bool:
    """Whether whoever has it in hand does not work there any more; asked only if somebody has."""
    if matter.assignee_id is None or matter.state not in IN_HAND:
        return False
    return Matter.objects.filter(_left_behind(), pk=matter.pk).exists()


def _one_below(rows: QuerySet[Matter], places: list[str]) -> QuerySet[Matter]:
    """Matters that lie with the level just below one of the places."""
    condition = Q(pk__in=[])
    for code in places:
        length = next((n for n in LENGTHS.values() if n > len(code)), None)
        if length:
            levels = {n: level for level, n in LENGTHS.items()}
            condition |= under(code, "place") & Q(place__level=Level(levels[length]))
    return rows.filter(condition).order_by("due_at", "pk")
