"""Leading an appraisal, what is said in it, an appeal against it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import required
from genxu.organisation.branches.models import Member, Organisation
from genxu.regions.models import Region

from . import rules
from .grading import most_excellent, poll_fits, too_many_excellent
from .models import REASON_LIMIT, WORDS_LIMIT, Appeal, Appraisal, Entry, Said, can_appeal
from .workflow import BEGIN, Grade, State

SAYING = (State.MUTUAL, State.POLLED)


@action(rules.begin_appraisal, locks="hamlet", notes=("organisation", "year"))
def begin_appraisal(
    *, actor: Actor, hamlet: Region, organisation: Organisation, year: int
) -> Appraisal:
    """An entry for each member on the list today; those on probation in the Party are graded too,
    probationary ones are not."""
    today = clock.today()
    if not today.year - 1 <= year <= today.year:
        raise Invalid({"year": _("An appraisal is of this year, or of the last one.")})
    if not organisation.is_standing or organisation.hamlet_id != hamlet.code:
        raise Conflict(_("No Party organisation has its seat in this hamlet."))
    known = Appraisal.objects.filter(organisation=organisation, year=year)
    if known.exclude(state=State.WITHDRAWN).exists():
        raise Conflict(_("The appraisal of this year has begun already."))
    members = list(organisation.members.present().order_by("pk"))
    if not members:
        raise Conflict(_("Nobody is on the list yet."))
    one = Appraisal(hamlet=hamlet, organisation=organisation, year=year, begun_on=today)
    one.save()
    Entry.objects.bulk_create(
        Entry(
            appraisal=one, member=member, hamlet_id=member.hamlet_id,
            is_graded=member.kind != Member.Kind.PROBATIONARY,
        )
        for member in members
    )  # fmt: skip
    one.remember(actor, BEGIN, "")
    return one


@action(rules.give_own_word, locks="entry")
def give_own_word(*, actor: Actor, entry: Entry, own: str) -> Entry:
    """自评, and again until the poll."""
    _check_at(entry, State.OWN, State.MUTUAL)
    entry.own = required(own, WORDS_LIMIT, "own")
    entry.own_noted_by_id = None if rules.is_own(actor, entry) else actor.account_id
    entry.version += 1
    entry.save()
    return entry


@action(rules.say_of_member, locks="entry", notes=("of",))
def say_of_member(*, actor: Actor, entry: Entry, of: Entry, words: str) -> Entry:
    """互评: ``entry`` speaks of ``of``. First one's own word; another's is read only after that."""
    _check_at(entry, *SAYING)
    if of.appraisal_id != entry.appraisal_id or of.pk == entry.pk or of.left_on:
        raise Invalid({"of": _("Please choose one of those offered.")})
    if not entry.own:
        raise Conflict(_("First give your own word on yourself."))
    words = required(words, REASON_LIMIT)
    noted = None if rules.is_own(actor, entry) else actor.account_id
    Said.objects.update_or_create(
        entry=of, by=entry,
        defaults={"words": words, "noted_by_id": noted, "hamlet_id": entry.hamlet_id},
    )  # fmt: skip
    return entry


@action(rules.lead_appraisal, locks="appraisal")
def go_on(*, actor: Actor, appraisal: Appraisal) -> Appraisal:
    """From own words to each other's. Who gave none can still give it."""
    return appraisal.advance(actor, "go_on")


@action(rules.lead_appraisal, locks="appraisal")
def record_poll(
    *, actor: Actor, appraisal: Appraisal, present: int, polls: Mapping[int, Mapping[str, int]]
) -> Appraisal:
    """民主测评 on paper, counted: for each graded entry the four counts. No basis by itself."""
    entries = {one.pk: one for one in appraisal.entries.all().graded()}
    if not 0 < present <= 1000:
        raise Invalid({"present": _("How many papers were given?")})
    if not set(polls) <= set(entries):
        raise Invalid({"present": _("A probationary member is not polled.")})
    for pk, poll in polls.items():
        if not poll_fits(poll, present):
            told = _("%(name)s: more marks than papers.") % {"name": entries[pk]}
            raise Invalid({f"poll_{pk}": told})
        entries[pk].poll = dict(poll)
    Entry.objects.bulk_update(entries.values(), ["poll"])
    return appraisal.advance(actor, "poll", present=present)


@action(rules.lead_appraisal, locks="appraisal")
def record_opinion(
    *,
    actor: Actor,
    appraisal: Appraisal,
    grades: Mapping[int, str],
    reasons: Mapping[int, str],
    more_excellent: str = "",
) -> Appraisal:
    """The opinion of the branch: a grade and its reason for each graded entry. More than a third
    excellent wants a reason of its own; never by votes alone, so each grade has its sentence."""
    entries = {one.pk: one for one in appraisal.entries.all().graded()}
    if not set(grades) <= set(entries):
        raise Invalid({"more_excellent": _("A probationary member takes part without a grade.")})
    for pk, entry in entries.items():
        if grades.get(pk) not in Grade:
            raise Invalid({f"grade_{pk}": _("Please choose one of those offered.")})
        entry.grade = grades[pk]
        entry.reason = required(reasons.get(pk, ""), REASON_LIMIT, f"reason_{pk}")
    many = too_many_excellent(grades)
    if many:
        told = _("More than a third are excellent (%(most)s as a rule). Please say why.")
        told %= {"most": most_excellent(len(grades))}
        more_excellent = required(more_excellent, REASON_LIMIT, "more_excellent", told)
    Entry.objects.bulk_update(entries.values(), ["grade", "reason"])
    return appraisal.advance(actor, "judge", more_excellent=more_excellent if many else "")


@action(rules.lead_appraisal, locks="appraisal")
def tell_members(*, actor: Actor, appraisal: Appraisal) -> Appraisal:
    """From today on each reads his own, and may appeal within ten working days."""
    return appraisal.advance(actor, "tell", told_on=clock.today())


@action(rules.lead_appraisal, locks="appraisal")
def withdraw_appraisal(*, actor: Actor, appraisal: Appraisal, words: str) -> Appraisal:
    """Begun by mistake; it stays to be read by those who keep the organisation."""
    return appraisal.advance(actor, "withdraw", words=required(words, Appraisal.WORDS_LIMIT))


@action(rules.appeal_grade, locks="entry")
def appeal_grade(*, actor: Actor, entry: Entry, why: str) -> Appeal:
    """Within ten working days, once."""
    if not entry.grade or not can_appeal(entry.appraisal):
        raise Conflict(_("It can be appealed within ten working days after it was told."))
    if Appeal.objects.filter(entry=entry).exists():
        raise Conflict(_("You have appealed already."))
    appeal = Appeal(
        entry=entry, hamlet_id=entry.hamlet_id, on=clock.today(),
        why=required(why, REASON_LIMIT, "why"),
    )  # fmt: skip
    appeal.save()
    appeal.remember(actor, BEGIN, "")
    return appeal


@action(rules.decide_appeal, locks="appeal")
def uphold_appeal(*, actor: Actor, appeal: Appeal, grade: str, words: str) -> Appeal:
    """Another grade, and why."""
    if grade not in Grade or grade == appeal.entry.grade:
        raise Invalid({"grade": _("Please choose another grade than the one that stands.")})
    words = required(words, Appeal.WORDS_LIMIT)
    appeal.check_step("uphold")
    before = appeal.entry.grade
    Entry.objects.filter(pk=appeal.entry_id).update(grade=grade, reason=words[:REASON_LIMIT])
    return appeal.advance(actor, "uphold", words=words, about={"replaced": {"grade": before}})


@action(rules.decide_appeal, locks="appeal")
def refuse_appeal(*, actor: Actor, appeal: Appeal, words: str) -> Appeal:
    """The grade stands, and why."""
    return appeal.advance(actor, "refuse", words=required(words, Appeal.WORDS_LIMIT))


def _check_at(entry: Entry, *states: str) -> None:
    """``Conflict`` unless the appraisal stands at one of these, and he is on the list still."""
    if entry.left_on:
        raise Conflict(_("He has left the list; the appraisal goes on without him."))
    if entry.appraisal.state not in states:
        told = _("The appraisal stands at “%s”: that is over, or still to come.")
        raise Conflict(told % entry.appraisal.get_state_display())


def check_own(entry: Entry, **_parts: object) -> None:
    _check_at(entry, State.OWN, State.MUTUAL)


def check_saying(entry: Entry, **_parts: object) -> None:
    _check_at(entry, *SAYING)
    if not entry.own:
        raise Conflict(_("First give your own word on yourself."))


def check_appeal(entry: Entry, **_parts: object) -> None:
    if not entry.grade or not can_appeal(entry.appraisal):
        raise Conflict(_("It can be appealed within ten working days after it was told."))
    if Appeal.objects.filter(entry=entry).exists():
        raise Conflict(_("You have appealed already."))
