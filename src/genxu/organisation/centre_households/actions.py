"""Every step in the life of a centre household, and what its neighbours say of it.

Source: 个人自荐 + 群众推荐 + 支部选聘, then the township appoints (the article, see ``workflow``).
"""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor, Kind
from genxu.core.actions import action
from genxu.core.calendar import months_further, years_on
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import optional, required
from genxu.people.models import Household
from genxu.people.numbers import Word

from . import rules
from .appointing import (
    TERM_YEARS,
    close_office,
    end_coverage,
    follow_holder,
    next_certificates,
    open_office,
    township_of,
)
from .facts import (
    STATEMENT_LIMIT,
    WORDS_LIMIT,
    clean_day,
    clean_duties,
    clean_person_name,
    clean_years,
    must_live_here,
)
from .models import REMIND, CentreHousehold, Recommendation
from .workflow import NOMINATE, Leaving, State


@action(rules.nominate_household, locks="household")
def nominate_household(
    *,
    actor: Actor,
    household: Household,
    person_name: str,
    statement: str = "",
    duties: Sequence[str] = (),
    shown: bool = False,
    phone_shown: bool = False,
) -> CentreHousehold:
    """An adult of the household stands as centre household; one candidacy or service at a time.

    The two consents count only when the household itself gives them (个人信息保护法 25).
    """
    must_live_here(household)
    open_one = _standing_or_serving(household)
    if open_one is not None:
        message = _("This household is at “%(state)s” already.")
        raise Conflict(message % {"state": open_one.get_state_display()})
    by_self = actor.kind is Kind.HOUSEHOLD
    one = CentreHousehold.objects.create(
        hamlet_id=household.hamlet_id,
        household=household,
        person_name=clean_person_name(person_name),
        statement=optional(statement, STATEMENT_LIMIT, "statement"),
        by_self=by_self,
        state=State.NOMINATED,
        duties=clean_duties(duties),
        nominated_on=clock.today(),
        shown=shown and by_self,
        phone_shown=phone_shown and by_self,
    )
    one.remember(actor, NOMINATE, "")
    return one


@action(rules.recommend_candidate, locks="household")
def recommend_candidate(
    *, actor: Actor, household: Household, candidate: CentreHousehold
) -> Recommendation:
    """群众推荐: a household recommends one candidate of its hamlet; it may change its mind until
    the branch has selected. What a household said itself is not overwritten by hearsay."""
    must_live_here(household)
    rows = CentreHousehold.objects.select_for_update(of=("self",), no_key=True)
    candidate = rows.get(pk=candidate.pk)
    if candidate.hamlet_id != household.hamlet_id:
        raise Conflict(_("That candidate stands in another hamlet."))
    if household.pk in (candidate.household_id, candidate.household.merged_into_id):
        raise Conflict(_("One’s own household cannot recommend itself."))
    if candidate.state != State.NOMINATED:
        raise Conflict(_("The branch has decided on this candidate already."))
    by_voice = actor.kind is not Kind.HOUSEHOLD
    row = _own_word(household, by_voice) or Recommendation(household=household)
    row.candidate, row.hamlet_id, row.by_voice = candidate, household.hamlet_id, by_voice
    row.on = clock.today()
    row.save()
    return row


@action(rules.recommend_candidate, locks="household")
def take_back_recommendation(*, actor: Actor, household: Household) -> Household:
    """The household recommends nobody any more."""
    row = _own_word(household, actor.kind is not Kind.HOUSEHOLD)
    if row is not None:
        row.delete()
    return household


def _own_word(household: Household, by_voice: bool) -> Recommendation | None:
    """The open recommendation of a household; ``Conflict`` if hearsay would overwrite it."""
    rows = Recommendation.objects.select_for_update(of=("self",), no_key=True)
    row = rows.filter(household=household, settled=False).first()
    if row is not None and by_voice and not row.by_voice:
        raise Conflict(_("This household has given its word itself; only it can change it."))
    return row


@action(rules.withdraw_candidacy, locks="centre_household")
def withdraw_candidacy(
    *, actor: Actor, centre_household: CentreHousehold, words: str = ""
) -> CentreHousehold:
    """Who stands may think again until the township has appointed."""
    one = centre_household.advance(actor, "withdraw", words=words)
    _settle(one)
    return one


@action(rules.select_candidate, locks="centre_household")
def select_candidate(
    *, actor: Actor, centre_household: CentreHousehold, words: str = ""
) -> CentreHousehold:
    """支部选聘: the branch chooses; the township is asked to appoint."""
    must_live_here(centre_household.household)
    one = centre_household.advance(actor, "select", words=words)
    _settle(one)
    return one


@action(rules.pass_over_candidate, locks="centre_household")
def pass_over_candidate(
    *, actor: Actor, centre_household: CentreHousehold, words: str
) -> CentreHousehold:
    """The branch does not choose; who stood reads why."""
    words = required(words, WORDS_LIMIT)
    one = centre_household.advance(actor, "pass_over", words=words)
    _settle(one)
    return one


def _settle(one: CentreHousehold) -> None:
    """What was recommended is settled: those households may recommend somebody else."""
    one.recommendations.filter(settled=False).update(settled=True)


@action(rules.send_back_candidate, locks="centre_household")
def send_back_candidate(
    *, actor: Actor, centre_household: CentreHousehold, words: str
) -> CentreHousehold:
    """The township gives a selected candidate back to the branch, with its reason."""
    return centre_household.advance(actor, "send_back", words=required(words, WORDS_LIMIT))


@action(rules.appoint_centre_household, locks="centre_household",
        notes=("appointed_on", "years", "number_is"))  # fmt: skip
def appoint_centre_household(
    *,
    actor: Actor,
    centre_household: CentreHousehold,
    appointed_on: date | None = None,
    years: int = TERM_YEARS,
    words: str = "",
    number_is: str = "",
) -> CentreHousehold:
    """乡镇发放聘书: certificate number, term, account and role, in one."""
    one = centre_household
    must_live_here(one.household)
    day = clean_day(appointed_on, "appointed_on")
    one.advance(actor, "appoint", words=words,
            appointed_on=day, term_ends_on=years_on(day, clean_years(years)))  # fmt: skip
    (one.certificate,) = next_certificates(township_of(one.hamlet_id), day.year)
    open_office(one, Word(actor, number_is))
    one.save(update_fields=["certificate", "account"])
    return one


@action(rules.correct_centre_household, locks="centre_household", notes=("number_is",))
def correct_centre_household(
    *,
    actor: Actor,
    centre_household: CentreHousehold,
    person_name: str,
    duties: Sequence[str],
    number_is: str = "",
) -> CentreHousehold:
    """The name on the certificate, the duties. The account is opened if the household has a number
    by now; the name of another person is asked about (``numbers``)."""
    one, word = centre_household, Word(actor, number_is)
    was, number = one.person_name, one.household.phone
    name, duties = clean_person_name(person_name), clean_duties(duties)
    one.advance(actor, "correct", person_name=name, duties=duties)
    if one.account is None:
        open_office(one, word)
        one.save(update_fields=["account"])
    else:
        follow_holder(one, (was, number), (name, number), word)
    return one


@action(rules.renew_term, locks="centre_household", notes=("years",))
def renew_term(
    *,
    actor: Actor,
    centre_household: CentreHousehold,
    years: int = TERM_YEARS,
    words: str = "",
) -> CentreHousehold:
    """Another term behind the one that ends; from today if that has long ended. Its years are
    counted from the day on which they began, not from the last end."""
    one, today = centre_household, clock.today()
    must_live_here(one.household)
    end = one.term_ends_on or today
    check_is_due(one)
    began = [one.appointed_on or end, *one.steps.filter(step="renew").values_list("on", flat=True)]
    new_end = months_further(began, end, 12 * clean_years(years))
    if new_end <= today:
        new_end = years_on(today, years)
    return one.advance(actor, "renew", words=words, term_ends_on=new_end)


def check_is_due(one: CentreHousehold) -> None:
    """``Conflict`` before the last 90 days of a term."""
    end = one.term_ends_on or clock.today()
    if one.is_serving and end > clock.today() + REMIND:
        message = _("The term runs until %(day)s. It can be renewed in its last 90 days.")
        raise Conflict(message % {"day": date_format(end, "DATE_FORMAT")})


@action(rules.end_service, locks="centre_household", notes=("left_on",))
def end_service(
    *,
    actor: Actor,
    centre_household: CentreHousehold,
    reason: str,
    left_on: date | None = None,
    words: str = "",
) -> CentreHousehold:
    """The township ends it: term ended, resigned, moved away, breach, appraisal failed."""
    if reason not in Leaving:
        raise Invalid({"reason": _("Please choose why it ends.")})
    if reason in (Leaving.BREACH, Leaving.APPRAISAL):
        words = required(words, WORDS_LIMIT)
    day = clean_day(left_on, "left_on")
    if centre_household.appointed_on and day < centre_household.appointed_on:
        raise Invalid({"left_on": _("It cannot end before it began.")})
    return _leave(centre_household, actor, reason, day, words)


@action(rules.resign_service, locks="centre_household")
def resign_service(
    *, actor: Actor, centre_household: CentreHousehold, words: str = ""
) -> CentreHousehold:
    """The centre household itself gives it back, from today."""
    today = clock.today()
    return _leave(centre_household, actor, Leaving.RESIGNED, today, words)


def _leave(
    one: CentreHousehold, actor: Actor, reason: str, day: date, words: str
) -> CentreHousehold:
    """It ends: the role goes, and those looked after are free for another one."""
    one.advance(actor, "leave", words=words, left_on=day, leaving=reason)
    close_office(one)
    end_coverage(one, day)
    return one


@action(rules.erase_centre_household, locks="centre_household")
def erase_centre_household(*, actor: Actor, centre_household: CentreHousehold) -> CentreHousehold:
    """Name and words of one that stands and serves no more are gone for good (个保法 47); what
    stays is that there was one, with the days and the number of its certificate."""
    one = centre_household
    check_has_a_name(one)
    one.advance(actor, "erase", person_name="", statement="", account=None)
    one.steps.update(words="")
    return one


def check_has_a_name(one: CentreHousehold) -> None:
    """``Conflict`` once the name was erased."""
    if one.is_erased:
        raise Conflict(_("The name was erased already."))


@action(rules.set_consent, locks="centre_household", notes=("shown", "phone_shown"))
def set_consent(
    *, actor: Actor, centre_household: CentreHousehold, shown: bool, phone_shown: bool
) -> CentreHousehold:
    """Whether the public card shows the name, and those looked after the phone number."""
    centre_household.shown, centre_household.phone_shown = shown, phone_shown
    centre_household.save(update_fields=["shown", "phone_shown"])
    return centre_household


def _standing_or_serving(household: Household) -> CentreHousehold | None:
    """Its own or its double's candidacy or service under way."""
    states = [State.NOMINATED, State.SELECTED, State.APPOINTED]
    rows = CentreHousehold.objects.filter(household__in=household.entries, state__in=states)
    return rows.first()
