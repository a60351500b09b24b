"""A campaign: prepared, opened, moved, ended; a sample drawn; what is left becomes matters."""

from collections.abc import Iterable
from datetime import date
from secrets import SystemRandom

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import required
from genxu.people.history import begin_many
from genxu.people.models import Grant
from genxu.people.raising import raise_matter
from genxu.people.roles import Role
from genxu.regions.batches import lock_hamlets
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from . import rules
from .counting import tallies
from .models import Campaign, Fact, Part, PartStep, Sample
from .plans import Asked, Plan, clean_until
from .sampling import draw
from .workflow import BEGIN, PREPARE, SPOKEN, STANDS, Said, State

TIER = "common"
_TOWNSHIP = LENGTHS[Level.TOWNSHIP]


@action(rules.prepare_campaign, locks="hamlet")
def prepare_campaign(*, actor: Actor, hamlet: Region, plan: Plan) -> Campaign:
    """A draft; nobody is asked anything before it is opened."""
    facts, asked = plan.cleaned()
    _check_name(hamlet.code, facts["name"])
    campaign = Campaign.objects.create(place=hamlet, **facts)
    _ask(campaign, asked)
    campaign.remember(actor, PREPARE, "")
    return campaign


@action(rules.steer_campaign, locks="campaign")
def change_campaign(*, actor: Actor, campaign: Campaign, plan: Plan) -> Campaign:
    """While it is a draft."""
    campaign.check_step("change")
    facts, asked = plan.cleaned()
    _check_name(campaign.place_id, facts["name"], but=campaign.pk)
    campaign.facts.all().delete()
    _ask(campaign, asked)
    return campaign.advance(actor, "change", **facts)


@action(rules.steer_campaign, locks="campaign")
def open_campaign(*, actor: Actor, campaign: Campaign) -> Campaign:
    """Each hamlet that there is now has its part."""
    campaign.check_step("open")
    check_day(campaign)
    rows = Region.objects.open().of_level(Level.HAMLET).under(campaign.place_id)
    hamlets = list(rows.order_by("code").values_list("code", flat=True))
    if not hamlets:
        raise Conflict(_("There is no hamlet in this county yet."))
    lock_hamlets(hamlets)
    insert_rows(Part, ("campaign", "hamlet"), ((campaign.pk, code) for code in hamlets))
    made = campaign.parts.order_by("pk").values_list("pk", "hamlet")
    begin_many(PartStep, list(made), actor, BEGIN, Said.OPEN)
    return campaign.advance(actor, "open", opened_on=clock.today())


@action(rules.steer_campaign, locks="campaign")
def withdraw_campaign(*, actor: Actor, campaign: Campaign) -> Campaign:
    """A draft that is not wanted any more."""
    return campaign.advance(actor, "withdraw")


@action(rules.steer_campaign, locks="campaign", notes=("until",))
def move_campaign(*, actor: Actor, campaign: Campaign, until: date, words: str) -> Campaign:
    """Its last day, once, with the reason."""
    campaign.check_step("move")
    check_move(campaign)
    if until == campaign.until:
        raise Invalid({"until": _("That is its last day already.")})
    until, words = clean_until(until), required(words, campaign.WORDS_LIMIT)
    return campaign.advance(actor, "move", words=words, until=until, until_before=campaign.until)


@action(rules.steer_campaign, locks="campaign")
def draw_sample(*, actor: Actor, campaign: Campaign) -> Campaign:
    """About one in ten of those that have spoken, at least one a township: each is looked at by
    another township."""
    campaign.check_step("draw")
    parts = campaign.parts.standing().filter(state__in=STANDS)
    spoken: dict[str, list[int]] = {}
    drawn: dict[str, int] = {}
    for pk, hamlet, state, sample in parts.values_list("pk", "hamlet", "state", "sample"):
        township = hamlet[:_TOWNSHIP]
        if sample is not None:
            drawn[township] = drawn.get(township, 0) + 1
        elif state in SPOKEN:
            spoken.setdefault(township, []).append(pk)
    found = draw(spoken, drawn, _staffed(campaign), campaign.place_id, SystemRandom())
    if not found:
        raise Conflict(_("Of those that have spoken so far enough are drawn already."))
    Sample.objects.bulk_create(
        Sample(part_id=part, checker_id=checker, drawn_on=clock.today())
        for part, checker in found.items()
    )
    return campaign.advance(actor, "draw")


@action(rules.steer_campaign, locks="campaign")
def end_campaign(*, actor: Actor, campaign: Campaign, words: str) -> Campaign:
    """Before its day, with the reason."""
    campaign.check_step("end")
    words = required(words, campaign.WORDS_LIMIT)
    _keep_what_is_left(campaign)
    return campaign.advance(actor, "end", words=words, ended_on=clock.today())


@action(rules.close_campaign, locks="campaign", also_ended=True)
def close_campaign(*, actor: Actor, campaign: Campaign) -> Campaign:
    """The day after its last one."""
    campaign.check_step("close")
    if clock.today() <= campaign.until:
        raise Conflict(_("Its last day is not over yet."))
    _keep_what_is_left(campaign)
    return campaign.advance(actor, "close", ended_on=clock.today())


@action(rules.leave_over, locks="part", also_ended=True)
def leave_over(*, actor: Actor, part: Part) -> Part:
    """What is left in one hamlet becomes one ordinary matter that names nobody."""
    if not Part.objects.left_over().filter(pk=part.pk).exists():
        raise Conflict(_("Nothing of it is left over."))
    name = part.campaign.name
    try:
        part.matter = _raise(actor, part, _("Campaign “%(name)s”: %(left)s") % {
            "name": name, "left": what_is_left(part)
        })  # fmt: skip
    except Invalid:  # somebody here bears the name of the campaign: a common matter names nobody
        part.matter = _raise(actor, part, _("A campaign: %(left)s") % {"left": what_is_left(part)})
    part.version += 1
    part.save(update_fields=["matter", "version"])
    return part


def what_is_left(part: Part) -> str:
    if part.campaign.asks.by_household and part.left:
        return _("%(n)s households have not been asked yet") % {"n": part.left}
    return _("what was asked has not been said here yet")


def check_day(campaign: Campaign) -> None:
    """``Conflict`` if its last day went by while it was a draft."""
    if campaign.until <= clock.today():
        raise Conflict(_("Its last day is over. Change the draft first."))


def check_move(campaign: Campaign) -> None:
    if campaign.until_before is not None:
        raise Conflict(_("Its last day was moved once already."))


def _raise(actor: Actor, part: Part, text: str) -> int:
    return raise_matter(actor=actor, hamlet=part.hamlet, text=text, tier=TIER)


def _keep_what_is_left(campaign: Campaign) -> None:
    """The list is closed: what was known and left that day stays to be read. Nobody speaks while
    it is (each part is held)."""
    held = list(campaign.parts.select_for_update().order_by("pk").values_list("pk", "hamlet"))
    found = tallies(campaign, campaign.place_id)
    rows = ((*found[code], pk) for pk, code in held if code in found)
    update_rows(Part, ("known", "left", "unanswered"), rows)


def _check_name(place: str, name: str, but: int = 0) -> None:
    """Two that prepare the same one at once have one."""
    rows = Campaign.objects.filter(place=place, name=name, state__in=[State.DRAFT, State.OPEN])
    if rows.exclude(pk=but).exists():
        raise Invalid({"name": _("There is one of this name that runs, or is being prepared.")})


def _ask(campaign: Campaign, facts: Iterable[Asked]) -> None:
    Fact.objects.bulk_create(Fact(campaign=campaign, name=name, kind=kind) for name, kind in facts)


def _staffed(campaign: Campaign) -> list[str]:
    """The townships of the county in which somebody could look."""
    rows = Grant.objects.filter(role=Role.TOWNSHIP_STAFF, place__level=Level.TOWNSHIP)
    codes = rows.filter(place__gte=campaign.place_id).values_list("place", flat=True).distinct()
    return sorted(code for code in codes if code.startswith(campaign.place_id))
