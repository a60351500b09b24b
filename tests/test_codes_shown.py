"""What staff do with codes: shown only for a reason that the journal keeps, replaced for one alone,
and what a code does after staff had read it is marked."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from genxu.core import clock
from genxu.core.codes import Coded
from genxu.core.models import JournalEntry
from genxu.institutions.matters import receipt_actions
from genxu.institutions.matters.models import Suggestion, Verdict
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.tests.factories import nominated
from genxu.people import household_actions, slip_actions
from genxu.people.models import Household, HouseholdLink
from genxu.people.tests.factories import with_code
from genxu.places.funds.models import Contribution
from genxu.team.volunteers.models import Certificate, Volunteer
from tests.test_access import EXAMPLES

from .cast import HOME, Cast, Enter
from .doing import hold, page_text, raise_matter, stands_in
from .slips import opens, path_of, said_of, scan

# --- replaced ----------------------------------------------------------------------------------


def test_a_replaced_code_is_dead_and_the_others_live(
    cast: Cast, enter: Enter, client: Client, suggestion: Suggestion, link: HouseholdLink
) -> None:
    other, next_door = said_of(raise_matter(cast, "done")), with_code(2)
    rows: list[Coded] = [suggestion, link, other, next_door]
    old = [row.code for row in rows]
    for row in rows:
        scan(client, row)
    secretary = enter("secretary")
    secretary.post(reverse("replace_receipt", args=[suggestion.pk]))
    secretary.post(reverse("renew_slip", args=[link.household_id]))
    assert [opens(client, row) for row in rows] == [False, False, True, True]
    assert client.post("/r/", {"code": old[0]}).status_code == 404
    assert client.post("/h/", {"code": old[1]}).status_code == 404
    suggestion.refresh_from_db()
    assert suggestion.code != old[0]
    assert scan(client, suggestion)["Location"] == path_of(suggestion)
    assert opens(client, suggestion)


# --- staff: that no page of theirs shows a code is a law of test_templates ---------------------


def test_every_kind_of_slip_is_known_to_these_laws() -> None:
    kinds = {model for model in apps.get_models() if issubclass(model, Coded)}
    assert kinds == {Suggestion, HouseholdLink, Volunteer, Certificate, Contribution}


@pytest.mark.parametrize(
    ("name", "why", "action"),
    [
        ("receipts", "hand_out", "talks.print_receipts"),
        ("receipts", "again", "talks.print_receipts"),
        ("print_receipt", "again", "matters.print_receipt"),
        ("print_receipt", "read_out", "matters.print_receipt"),
        ("household_slips", "hand_out", "people.print_slips"),
        ("household_slip", "hand_out", "people.print_slip"),
        ("household_slip", "read_out", "people.print_slip"),
        ("volunteer_slip", "hand_out", "volunteers.show_code"),
        ("volunteer_slip", "read_out", "volunteers.show_code"),
    ],
)
def test_each_showing_is_in_the_journal_with_who_and_why(
    name: str, why: str, action: str, cast: Cast, enter: Enter
) -> None:
    example = EXAMPLES[name][0](cast)
    answer = enter("secretary").post(example.url(name), {"why": why})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    rows = [*Suggestion.objects.all(), *HouseholdLink.objects.all(), *Volunteer.objects.all()]
    assert any(stands_in(page_text(answer), row.code) for row in rows), "this is the showing"
    entry = JournalEntry.objects.latest("pk")
    assert (entry.action, entry.actor) == (action, f"account:{cast.secretary.pk}")
    assert entry.detail["why"] == why
    touched = [row for row in rows if row.printed_at or row.code_shown_at]
    assert touched
    assert all(bool(row.code_shown_at) == (why == "read_out") for row in touched)


@pytest.mark.parametrize(
    "name", ["receipts", "print_receipt", "household_slips", "household_slip", "volunteer_slip"]
)
def test_without_a_reason_nothing_is_shown(name: str, cast: Cast, enter: Enter) -> None:
    example = EXAMPLES[name][0](cast)
    before = JournalEntry.objects.filter(action__contains="print").count()
    answer = enter("secretary").post(example.url(name), {"why": "curious"})
    assert answer.status_code == 422
    rows = [*Suggestion.objects.all(), *HouseholdLink.objects.all(), *Volunteer.objects.all()]
    assert not any(stands_in(page_text(answer), row.code) for row in rows)
    assert JournalEntry.objects.filter(action__contains="print").count() == before


def test_only_the_new_slips_of_a_hamlet_are_printed_if_so_wished(cast: Cast, enter: Enter) -> None:
    first = with_code()
    client, path = enter("secretary"), reverse("household_slips", args=[HOME])
    slip_actions.print_slip(
        actor=cast.actor("secretary"), household=first.household, why="hand_out"
    )
    text = page_text(client.post(path, {"why": "hand_out", "new_only": "on"}))
    others = HouseholdLink.objects.exclude(pk=first.pk)
    assert not stands_in(text, first.code)
    assert all(stands_in(text, link.code) for link in others)
    assert all(link.printed_at == clock.now() for link in others)


# --- marked ------------------------------------------------------------------------------------


def answer_by(client: Client, suggestion: Suggestion) -> None:
    matter = suggestion.matters.get()
    address = reverse("receipt_verdict", args=[suggestion.pk, matter.pk])
    client.post(address, {"answer": "satisfied"})


def test_a_verdict_by_a_code_that_staff_had_read_is_marked_so(
    cast: Cast, enter: Enter, client: Client, suggestion: Suggestion
) -> None:
    secretary = enter("secretary")
    secretary.post(reverse("print_receipt", args=[suggestion.pk]), {"why": "read_out"})
    scan(client, suggestion)
    assert client.get(path_of(suggestion)).context["marked"]
    answer_by(client, suggestion)
    assert Verdict.objects.get().code_was_shown
    entry = JournalEntry.objects.filter(action="matters.give_verdict").latest("pk")
    assert entry.actor == f"receipt:{suggestion.pk}:shown"
    said = "给出时用的号码工作人员看过"
    matter = suggestion.matters.get()
    assert said in page_text(client.get(path_of(suggestion)))
    assert said in page_text(secretary.get(reverse("matter", args=[matter.pk])))


@pytest.mark.parametrize("printed", ["hand_out", "again"])
def test_printing_marks_nothing(
    printed: str, cast: Cast, client: Client, suggestion: Suggestion
) -> None:
    actor = cast.actor("secretary")
    receipt_actions.print_receipt(actor=actor, suggestion=suggestion, why=printed)
    scan(client, suggestion)
    answer_by(client, suggestion)
    assert not Verdict.objects.get().code_was_shown


def test_a_new_receipt_is_unmarked(cast: Cast, client: Client, suggestion: Suggestion) -> None:
    actor = cast.actor("secretary")
    receipt_actions.print_receipt(actor=actor, suggestion=suggestion, why="read_out")
    fresh = receipt_actions.replace_receipt(actor=actor, suggestion=suggestion)
    scan(client, fresh)
    answer_by(client, suggestion)
    assert not Verdict.objects.get().code_was_shown
    entry = JournalEntry.objects.filter(action="matters.give_verdict").latest("pk")
    assert entry.actor == f"receipt:{suggestion.pk}"


def test_what_a_household_does_by_a_code_that_was_read_out_is_marked(
    cast: Cast, client: Client, link: HouseholdLink
) -> None:
    actor, mine = cast.actor("secretary"), link.household
    candidate = nominated(cast.households()[1])
    slip_actions.print_slip(actor=actor, household=mine, why="read_out")
    scan(client, link)
    ours = said_of(raise_matter(cast, "done", household=True))
    tap = reverse("own_recommend", args=[mine.pk, candidate.pk])
    client.post(tap)
    answer_by(client, ours)
    assert Verdict.objects.get().code_was_shown, "the household's code opened the receipt"
    slip_actions.renew_link(actor=actor, household=mine)
    hold(client, HouseholdLink.objects.get(household=mine).code)
    client.post(tap)
    entries = JournalEntry.objects.filter(action="centre_households.recommend_candidate")
    labels = [entry.actor for entry in entries.order_by("pk")]
    assert labels == [f"household:{mine.pk}:shown", f"household:{mine.pk}"]
    assert CentreHousehold.objects.count() == 1


def test_who_scanned_the_receipt_itself_is_not_marked_for_the_household_s_code(
    cast: Cast, client: Client, link: HouseholdLink
) -> None:
    slip_actions.print_slip(actor=cast.actor("secretary"), household=link.household, why="read_out")
    ours = said_of(raise_matter(cast, "done", household=True))
    scan(client, link)
    scan(client, ours)
    answer_by(client, ours)
    assert not Verdict.objects.get().code_was_shown


def test_a_word_by_mouth_is_not_marked(cast: Cast, enter: Enter) -> None:
    """It says already that a member of staff wrote it down."""
    matter = raise_matter(cast, "done", household=True)
    said = said_of(matter)
    actor = cast.actor("secretary")
    receipt_actions.print_receipt(actor=actor, suggestion=said, why="read_out")
    address = reverse("matter_verdict", args=[matter.pk, said.pk])
    enter("village_staff").post(address, {"answer": "satisfied"})
    verdict = Verdict.objects.get()
    assert verdict.by_voice
    assert not verdict.code_was_shown


def test_an_erased_household_has_no_code(cast: Cast, client: Client, link: HouseholdLink) -> None:
    scan(client, link)
    household_actions.erase_household(actor=cast.actor("secretary"), household=link.household)
    assert not HouseholdLink.objects.filter(household=link.household).exists()
    assert not opens(client, link)
    assert Household.objects.get(pk=link.household_id).is_erased
