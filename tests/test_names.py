"""A person's name has one form: at every door, in storage, in the search, in the guard."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from genxu.core.names import NameField, bare, clean_name
from genxu.institutions.matters import actions as matters
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.organisation.branches.tests import factories as branch
from genxu.organisation.centre_households.tests import factories as centre
from genxu.organisation.councils.models import Seat
from genxu.organisation.councils.seats import SeatFacts
from genxu.organisation.councils.tests.factories import form, usual_seats
from genxu.people import household_actions
from genxu.people.actions import open_account
from genxu.people.initials import initials_of
from genxu.people.models import Household
from genxu.people.privacy import named_person
from genxu.people.tests.factories import enter_rows, household, row
from genxu.places.bookings import keeping_actions
from genxu.places.bookings.models import Plea
from genxu.places.bookings.plans import Who
from genxu.places.bookings.tests import factories as bookings
from genxu.places.collectives.tests import factories as collectives
from genxu.places.contracts.tests import factories as contracts
from genxu.places.distributions.tests import factories as shares
from genxu.places.funds.choosing import Somebody
from genxu.places.funds.models import Spending
from genxu.places.funds.tests import factories as funds
from genxu.places.ledger import bank_actions
from genxu.places.ledger.bank_actions import BankRow
from genxu.places.ledger.models import BankLine, Book
from genxu.places.ledger.tests import factories as books
from genxu.places.venues import element_actions
from genxu.places.venues.models import Element
from genxu.places.venues.tests import factories as venues
from genxu.team.disputes.choosing import WhoRow
from genxu.team.disputes.models import Side, sides_of
from genxu.team.disputes.tests import factories as disputes
from genxu.team.duties.tests import factories as duties
from genxu.team.services import actions as errands
from genxu.team.services import posting_actions
from genxu.team.services.models import Errand, Link, Posting
from genxu.team.services.tests import factories as services
from genxu.team.volunteers.tests import factories as volunteers

from .cast import FAR, HOME, NEIGHBOUR, OPERATOR, Cast, Enter
from .doing import hold_talk, raise_matter, taken_up

TYPED = "买买提　• 艾\u200b力Ａ𠮷"
KEPT = "买买提·艾力A𠮷"

NO_PERSON = {
    "branches.Organisation.name", "imports.Import.file_name", "jobs.JobFile.name",
    "regions.Region.name", "regions.FormerName.name", "people.FormerNumber.hamlet_name",
    "services.Item.name", "services.Institution.name", "campaigns.Campaign.name",
    "campaigns.Fact.name",
    "collectives.Collective.name", "collectives.Charter.other_name", "ledger.Book.name",
    "volunteers.Team.name", "duties.Rota.name", "venues.Venue.name", "venues.Room.name",
    "venues.Thing.name",
}  # fmt: skip
"""Names of things and places."""


@pytest.mark.parametrize(
    "typed",
    [TYPED, KEPT, "买买提・艾力A𠮷", "买买提‧艾力A 𠮷", "买买提.艾力Ａ 𠮷", " 买买提 ·艾 力A𠮷\n",
     "买买提∙艾力A𠮷\ufe00"],
)  # fmt: skip
def test_every_writing_of_a_name_is_one(typed: str) -> None:
    assert clean_name(typed) == KEPT
    assert clean_name(KEPT) == KEPT
    assert initials_of(clean_name(typed)) == "mmtalaj"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" John  Li ", "John Li"), ("José Álvarez", "José Álvarez"), ("𠮷 春", "𠮷春"), ("", ""),
     ("李 3", "李3"), ("Dr. Li", "Dr. Li")],
)  # fmt: skip
def test_other_scripts_keep_what_they_need(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


def fields() -> dict[str, Any]:
    ours = (one for one in apps.get_models() if one.__module__.startswith("genxu."))
    return {
        f"{model._meta.label}.{field.name}": field
        for model in ours
        for field in model._meta.concrete_fields
    }


def test_each_field_that_holds_a_person_s_name_knows_its_form() -> None:
    plain = [
        label
        for label, field in fields().items()
        if isinstance(field, models.CharField)
        and not isinstance(field, NameField)
        and (field.name == "name" or field.name.endswith("_name"))
        and not field.primary_key
    ]
    assert set(plain) == NO_PERSON


def _household(cast: Cast) -> Household:
    enter_rows(row(9, TYPED))
    return household(9)


def _corrected(cast: Cast) -> Household:
    return household_actions.correct_household(
        actor=cast.actor("secretary"), household=household(), head_name=TYPED, phone="",
        head_count=3, who="same",
    )  # fmt: skip


def _seat(cast: Cast) -> Seat:
    council = form(cast, seats=[*usual_seats(), SeatFacts(TYPED)])
    return council.seats.latest("pk")


def _assigned(cast: Cast) -> Matter:
    return matters.assign_matter(
        actor=cast.actor("secretary"), matter=raise_matter(cast, "triaged"), assignee_name=TYPED
    )


def _raised(cast: Cast) -> Suggestion:
    return hold_talk(cast, taken_up(name=TYPED)).suggestions.get()


def _posted(cast: Cast) -> Posting:
    return posting_actions.post_steward(
        actor=cast.actor("secretary"), hamlet=cast.home, name=TYPED, phone="13700000055",
        institution="县税务局", since=services.SINCE,
    )  # fmt: skip


def _linked(cast: Cast) -> Link:
    posting_actions.link_households(
        actor=cast.actor("secretary"), posting=services.posted(cast), heard_by=TYPED,
        households=cast.households()[:1], heard_on=services.SINCE,
    )  # fmt: skip
    return Link.objects.latest("pk")


def _noted(cast: Cast) -> Errand:
    done = services.in_state(cast, "done", whom="二婆")
    return errands.note_word(
        actor=cast.actor("secretary"), errand=done, answer="satisfied", heard_by=TYPED
    )


def _answered(cast: Cast) -> Side:
    dispute = disputes.agreed_long_ago(cast)
    side = sides_of(dispute)[0]
    disputes.noted(cast, dispute, side, heard_by=TYPED)
    return Side.objects.get(pk=side.pk)


def _beside(cast: Cast) -> Spending:
    seat = Seat.objects.filter(name=TYPED).first() or _seat(cast)
    return funds.decided(cast, beside=seat)


def _looked(cast: Cast) -> Element:
    element_actions.tick_element(
        actor=cast.actor("secretary"), venue=venues.venue(cast), kind="flag", there=True,
        seen_on=venues.SINCE, by=TYPED,
    )  # fmt: skip
    return Element.objects.latest("pk")


def _stays(cast: Cast) -> Plea:
    keeping_actions.note_no(
        actor=cast.actor("secretary"), booking=bookings.asked(cast), heard_by=TYPED
    )
    return Plea.objects.latest("pk")


def _book(cast: Cast) -> Book:
    """One that no other door writes in."""
    return books.opened(cast, "collective", NEIGHBOUR)


def _of_the_bank(cast: Cast) -> BankLine:
    rows = [BankRow(books.DAY, came_in=5, who=TYPED)]
    book = _book(cast)
    bank_actions.take_bank_lines(actor=cast.actor("bookkeeper"), book=book, rows=rows, count=1)
    return BankLine.objects.latest("pk")


DOORS: dict[str, tuple[str, Callable[[Cast], models.Model]]] = {
    "the register's sheet": ("people.Household.head_name", _household),
    "a correction": ("people.Household.head_name", _corrected),
    "an account": (
        "people.Account.name",
        lambda cast: open_account(actor=OPERATOR, phone="13912345678", name=TYPED, password=None),
    ),
    "a nomination": (
        "centre_households.CentreHousehold.person_name",
        lambda cast: centre.nominated(household(), name=TYPED),
    ),
    "a council": ("councils.Seat.name", _seat),
    "a member": (
        "branches.Member.name",
        lambda cast: branch.admit(cast, branch.drafted(cast), TYPED),
    ),
    "a host": ("talks.Talk.host", lambda cast: hold_talk(cast, host=TYPED)),
    "a recorder": ("talks.Talk.recorder", lambda cast: hold_talk(cast, recorder=TYPED)),
    "who raised it": ("matters.Suggestion.raiser_name", _raised),
    "a steward": ("services.Posting.name", _posted),
    "who heard that a steward is wanted": ("services.Link.heard_by", _linked),
    "who heard her yes": (
        "services.Errand.heard_by",
        lambda cast: services.agreed(cast, services.asked(cast, whom="大婆"), heard_by=TYPED),
    ),
    "who heard her word": ("services.Errand.word_by", _noted),
    "who goes along": (
        "services.Errand.beside",
        lambda cast: services.finished(
            cast, services.in_state(cast, "authorised", whom="三婆"), beside=TYPED
        ),
    ),
    "who deals with it": ("matters.Matter.assignee_name", _assigned),
    "somebody on a rota": (
        "duties.OnRota.name",
        lambda cast: duties.enrol(cast, duties.drafted(cast, names=()), TYPED),
    ),
    "a side of a dispute": (
        "disputes.Side.name",
        lambda cast: disputes.begun(
            cast, sides=[WhoRow(None, "外测甲"), WhoRow(None, TYPED)]
        ).sides.latest("pk"),
    ),
    "who heard that an agreement holds": ("disputes.Side.word_by", _answered),
    "who leads volunteers": (
        "volunteers.Team.leader_name",
        lambda cast: volunteers.team(cast, leader_name=TYPED),
    ),
    "a volunteer": (
        "volunteers.Volunteer.name",
        lambda cast: volunteers.volunteer(cast, name=TYPED),
    ),
    "who agrees for one below 18": (
        "volunteers.Volunteer.guardian",
        lambda cast: volunteers.volunteer(cast, 2, minor=True, guardian=TYPED),
    ),
    "who got what was paid": (
        "ledger.Entry.who",
        lambda cast: books.came_in(cast, book=_book(cast), who=TYPED, is_person=True),
    ),
    "who stands in the list of a bank": ("ledger.BankLine.who", _of_the_bank),
    "a member of a collective": (
        "collectives.Membership.name",
        lambda cast: collectives.enter(cast, collectives.found(cast), name=TYPED),
    ),
    "an office of a collective": (
        "collectives.Officer.name",
        lambda cast: collectives.elected(cast, collectives.found(cast, FAR), TYPED)[0],
    ),
    "the other side of a contract": (
        "contracts.Contract.other",
        lambda cast: contracts.drafted(cast, other=TYPED, is_person=True),
    ),
    "who gave to a fund": (
        "funds.Contribution.giver",
        lambda cast: funds.given(cast, giver=Somebody(TYPED, True)),
    ),
    "who is paid from a fund": (
        "funds.Spending.payee",
        lambda cast: funds.asked(cast, payee=Somebody(TYPED, True)),
    ),
    "who of the council was there": ("funds.Spending.beside_name", _beside),
    "whose house it is": (
        "venues.Venue.owner",
        lambda cast: venues.venue(cast, name="老屋", source="old_house", owner=TYPED),
    ),
    "who looked": ("venues.Element.by", _looked),
    "for whom a room is": (
        "bookings.Booking.name",
        lambda cast: bookings.booked(cast, begins=6, ends=7, who=Who(None, TYPED)),
    ),
    "who heard that it moves": ("bookings.Plea.heard_by", _stays),
    "who signs for cash": (
        "distributions.Portion.signed_by",
        lambda cast: shares.signed(cast, shares.portions(shares.booked(cast))[0], TYPED),
    ),
    "a certificate": (
        "volunteers.Certificate.name",
        lambda cast: volunteers.certified(cast, name=TYPED),
    ),
}


def test_every_door_stores_the_one_form(cast: Cast) -> None:
    """Whatever is typed there; and who looks it up as it was typed finds it."""
    stored: dict[str, str] = {}
    for door, (label, open_door) in DOORS.items():
        name = label.rpartition(".")[2]
        made = open_door(cast)
        model = type(made)
        kept = model._default_manager.get(pk=made.pk)
        stored[door] = getattr(kept, name)
        assert model._default_manager.filter(pk=made.pk, **{name: TYPED}).exists(), door
        assert model._default_manager.filter(pk=made.pk, **{f"{name}__contains": TYPED}).exists()
    assert stored == dict.fromkeys(DOORS, KEPT)


def test_each_field_of_a_name_has_a_door_above() -> None:
    named = {label for label, field in fields().items() if isinstance(field, NameField)}
    assert named == {label for label, _door in DOORS.values()}


@pytest.mark.parametrize(
    "text",
    ["罗 测 一家的路灯", "罗・测一家", "找罗\u200b测一", "罗　测　一", "给罗测一修"],
)
def test_the_guard_of_public_titles_finds_a_name_however_it_is_spread(
    cast: Cast, text: str
) -> None:
    assert named_person(text, cast.home) == "罗测一"


@pytest.mark.parametrize("text", ["买买提艾力A𠮷家", "买买提•艾力Ａ𠮷家", "买买提 艾力A 𠮷"])
def test_the_guard_knows_names_with_a_dot(cast: Cast, text: str) -> None:
    assert named_person(text, cast.home, [TYPED]) == KEPT
    enter_rows(row(9, TYPED))
    assert named_person(text, cast.home) == KEPT


def test_the_guard_keeps_lines_apart(cast: Cast) -> None:
    assert bare("修路罗\n测一 口井") == "修路罗\n测一口井"
    assert named_person("修路罗\n测一 口井", cast.home) == ""
    assert named_person("电话 １３８ 0000-0000", cast.home) == "13800000000"


@pytest.mark.parametrize("words", [TYPED, "买买提", "艾 力", "mmtal", "𠮷", "ＭＭＴ"])
def test_the_search_finds_every_writing(cast: Cast, enter: Enter, words: str) -> None:
    enter_rows(row(9, TYPED))
    shown = enter("secretary").get("/households/", {"words": words})
    assert KEPT in shown.content.decode()


def test_the_register_matches_every_writing(cast: Cast) -> None:
    enter_rows(row(None, TYPED))
    enter_rows(row(None, "买买提・艾力A 𠮷"))
    assert Household.objects.filter(hamlet=HOME, head_name=KEPT).count() == 1
