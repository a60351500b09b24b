"""Drawing a distribution up, opening it, noting what was decided, booking it."""

import json
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_rows
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import optional, required
from genxu.organisation.assemblies.bodies import Kind
from genxu.organisation.assemblies.models import Motion
from genxu.places.collectives.decisions import BODIES, own_members
from genxu.places.collectives.models import Collective
from genxu.places.ledger import chart, posting
from genxu.places.ledger.deciding import decided
from genxu.places.ledger.posting import Leg, Slip
from genxu.places.ledger.queries import balance_of
from genxu.regions.models import Region

from . import rules
from .means import Means, book_of, earned_and_earlier, means_of, skipped
from .models import REPORT_LIMIT, Distribution, Portion
from .public_words import naming_nobody
from .sharing import share_out
from .workflow import DRAW, OPEN_FOR, UNBOOKED, State

KINDS = (Kind.PLAIN, Kind.SHARES, Kind.NON_MEMBER_SHARE)
PORTION = ("distribution", "household", "position", "quantity", "kinds", "sum", "odd")


def collective_at(place: Region) -> Collective:
    """The collective of a place; ``Invalid`` where there is none."""
    found = Collective.objects.standing().select_related("place").filter(place=place).first()
    if found is None:
        raise Invalid({"year": _("No collective is entered here yet.")})
    return found


@action(rules.draw_plan, locks="hamlet", notes=("year", "as_of"))
def draw_plan(
    *,
    actor: Actor,
    hamlet: Region,
    year: int,
    as_of: date,
    kept: int | None = None,
    report: str = "",
) -> Distribution:
    """Freeze the plan of a year: its sums, and each household's part as of a day. ``kept`` is what
    the meeting is to leave for the next year, in fen. Once for a year, the earlier one first."""
    collective = collective_at(hamlet)
    happened(as_of, "as_of", collective.since, _("The collective begins later."))
    _check_turn(collective, year)
    means = means_of(collective, year, as_of, kept or 0)
    made = Distribution.objects.create(
        place=hamlet, collective=collective, year=year, as_of=as_of, earned=means.way.earned,
        earlier=means.way.earlier, rate=means.way.rate, kept=means.way.kept,
        shared=means.way.shared, whole=sum(one.quantity for one in means.held),
        strangers=means.strangers, drawn_on=clock.today(),
        report=naming_nobody(optional(report, REPORT_LIMIT, "report"), hamlet),
    )  # fmt: skip
    _write_portions(made, means)
    made.remember(actor, DRAW, "")
    return made


def _check_turn(collective: Collective, year: int) -> None:
    """One for each year, and the years one after the other."""
    rows = Distribution.objects.standing().filter(collective=collective)
    if rows.filter(year=year).exists():
        raise Invalid({"year": _("This year is shared out already, or is about to be.")})
    if rows.filter(year__gt=year).exists():
        raise Invalid({"year": _("A later year is shared out already: it holds what was left.")})
    if rows.filter(year__lt=year, state__in=UNBOOKED).exists():
        raise Invalid({"year": _("The distribution of an earlier year comes first.")})
    last = rows.filter(year__lt=year).aggregate(last=Max("year"))["last"] or 0
    if (first := skipped(book_of(collective), last, year)) is not None:
        told = _("Draw up %s first: what was earned then has not gone to the reserve yet.")
        raise Invalid({"year": told % first})


def _write_portions(made: Distribution, means: Means) -> None:
    """In the order of the register, which is that of the households' numbers."""
    if not made.shared:
        return
    parts = share_out(made.shared, {n: one.quantity for n, one in enumerate(means.held, 1)})
    insert_rows(
        Portion,
        PORTION,
        ((made.pk, one.household.pk, part.key, part.quantity, json.dumps(one.kinds), part.sum,
          part.odd)
         for one, part in zip(means.held, parts, strict=True)),
    )  # fmt: skip


# --- open to all, then decided -------------------------------------------------------------------


def _check_meets_on(published_on: date, meets_on: date) -> date:
    """``Invalid`` for a meeting before plan and report were open for ten days (第四十六条)."""
    first = published_on + OPEN_FOR
    if meets_on < first:
        told = _("Plan and report have to be open for ten days before the members meet: not before "
                 "%s (Law on Rural Collective Economic Organisations, article 46).")  # fmt: skip
        raise Invalid({"meets_on": told % first.isoformat()})
    return meets_on


@action(rules.publish_plan, locks="distribution", notes=("meets_on",))
def publish_plan(
    *, actor: Actor, distribution: Distribution, meets_on: date, report: str
) -> Distribution:
    """Open the plan, with the report of the year, on a page of its own for everybody."""
    distribution.check_step("publish")
    today = clock.today()
    return distribution.advance(
        actor, "publish", published_on=today, meets_on=_check_meets_on(today, meets_on),
        report=naming_nobody(required(report, REPORT_LIMIT, "report"), distribution.place),
    )  # fmt: skip


@action(rules.publish_plan, locks="distribution", notes=("meets_on",))
def move_meeting(*, actor: Actor, distribution: Distribution, meets_on: date) -> Distribution:
    distribution.check_step("move_meeting")
    assert distribution.published_on is not None
    meets_on = _check_meets_on(distribution.published_on, meets_on)
    return distribution.advance(actor, "move_meeting", meets_on=meets_on)


@action(rules.note_decision, locks="distribution", notes=("motion",))
def carry_plan(*, actor: Actor, distribution: Distribution, motion: Motion) -> Distribution:
    """The members' meeting carried it, with three quarters of all members where a household without
    a member shares in it (第十五条), and not before it was open for ten days."""
    distribution.check_step("carry")
    assert distribution.published_on is not None
    motion = _of_members(distribution, motion)
    if motion.assembly.meets_on < distribution.published_on + OPEN_FOR:
        told = _("That meeting was before plan and report had been open for ten days.")
        raise Invalid({"motion": told})
    if distribution.strangers and motion.kind != Kind.NON_MEMBER_SHARE:
        told = _("Households without a member on the roll share in it: the question has to be "
                 "about a share for somebody who is no member, carried by three "
                 "quarters.")  # fmt: skip
        raise Invalid({"motion": told})
    return distribution.advance(actor, "carry", motion=motion)


def _of_members(distribution: Distribution, motion: Motion) -> Motion:
    """A motion that the members carried, on this kind of question, and that decided no other one;
    ``Invalid`` otherwise."""
    motion = own_members(decided(motion, distribution.place, BODIES), distribution.place)
    if motion.assembly.hamlet_id != distribution.place_id and distribution.place.is_hamlet:
        raise Invalid({"motion": _("That was decided in another place.")})
    if motion.kind not in KINDS:
        raise Invalid({"motion": _("That question was about something else.")})
    used = Distribution.objects.filter(motion=motion).exclude(pk=distribution.pk)
    if used.exists() or Distribution.objects.filter(revoked_by=motion).exists():
        raise Invalid({"motion": _("That question decided another distribution.")})
    return motion


@action(rules.withdraw_plan, locks="distribution")
def withdraw_plan(*, actor: Actor, distribution: Distribution, words: str) -> Distribution:
    """Before it was carried, with the reason; the year can be drawn up anew."""
    distribution.check_step("withdraw")
    return distribution.advance(actor, "withdraw", words=required(words, distribution.WORDS_LIMIT))


@action(rules.note_decision, locks="distribution", notes=("motion",))
def revoke_plan(*, actor: Actor, distribution: Distribution, motion: Motion) -> Distribution:
    """What the members carried only they take back, by another motion since."""
    distribution.check_step("revoke")
    motion = _of_members(distribution, motion)
    assert distribution.motion is not None
    if motion.pk == distribution.motion_id or motion.assembly.meets_at < (
        distribution.motion.assembly.meets_at
    ):
        raise Invalid({"motion": _("Only a later decision takes it back.")})
    return distribution.advance(actor, "revoke", revoked_by=motion)


# --- booked --------------------------------------------------------------------------------------


@action(rules.book_plan, locks="distribution", notes=("day",))
def book_plan(*, actor: Actor, distribution: Distribution, day: date) -> Distribution:
    """From 322 to the reserve (311) and to what is owed to the members (211); one entry."""
    distribution.check_step("book")
    motion = distribution.motion
    assert motion is not None
    happened(day, "day", motion.assembly.meets_on, _("It was carried later than that."))
    book = posting.hold(book_of(distribution.collective))
    way = distribution.way
    if balance_of(book, chart.DISTRIBUTION, clock.today()) < way.reserve + distribution.shared:
        raise Conflict(_("Account 322 no longer holds so much: the books were changed since it was "
                         "drawn up."))  # fmt: skip
    if earned_and_earlier(book, distribution.year) != (distribution.earned, distribution.earlier):
        raise Conflict(_("Income or losses in account 322 are not those of the plan any more: the "
                         "books were changed since it was drawn up."))  # fmt: skip
    legs = [Leg(chart.DISTRIBUTION, debit=way.reserve + distribution.shared),
            Leg(chart.RESERVE, credit=way.reserve),
            Leg(chart.PAYABLE, credit=distribution.shared)]  # fmt: skip
    told = _("Income of %(year)s is shared out") % {"year": distribution.year}
    slip = Slip(day, told, [leg for leg in legs if leg.debit or leg.credit], motion=motion,
                origin=f"distributions.distribution:{distribution.pk}")  # fmt: skip
    target = State.BOOKED if distribution.shared else State.DONE
    if not slip.legs:
        return distribution.advance(actor, "book", target=target)
    entry = posting.post(actor, book, slip)
    return distribution.advance(actor, "book", target=target, entry=entry)


def check_unpaid(distribution: Distribution, **_parts: Any) -> None:
    """``Conflict`` where something was paid out already."""
    if distribution.portions.exclude(paid_on=None).exists():
        raise Conflict(_("Something was paid out already: take those payments back first."))


@action(rules.book_plan, locks="distribution", notes=("day",))
def unbook_plan(*, actor: Actor, distribution: Distribution, words: str, day: date) -> Distribution:
    """Take the booking back by its mirror image; the members' decision stands."""
    distribution.check_step("unbook")
    check_unpaid(distribution)
    words = required(words, distribution.WORDS_LIMIT)
    assert distribution.entry is not None
    posting.reverse(actor, distribution.entry, words, day)
    distribution.portions.update(reason="")
    return distribution.advance(actor, "unbook", words=words, entry=None)
