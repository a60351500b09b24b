"""A code that a place had before is understood wherever a code is read: each address that names a
place, each filter, the API, spreadsheets under way, the command line."""

from typing import Any

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.test import Client
from django.urls import reverse

from genxu.cli.root import cli
from genxu.core.models import JournalEntry
from genxu.core.pages import PlaceInAddress
from genxu.hamlets.actions import merge_hamlets
from genxu.organisation.centre_households.tests.factories import appointed
from genxu.regions.actions import recode_region
from genxu.regions.queries import place_of

from .addresses import all_addresses, every_example
from .cast import HOME, NEIGHBOUR, OPERATOR, PARTS, PLACES, TOWNSHIP, VILLAGE, Cast, Enter
from .doing import raise_matter

EXAMPLES = every_example()
OF_PLACES = [one for one in all_addresses() if "<place:" in one.route]
NEW = {HOME: f"{VILLAGE}077", VILLAGE: "421221104277", TOWNSHIP: "421221177"}


def test_each_address_that_is_opened_with_a_code_says_that_it_is_one(cast: Cast) -> None:
    """Else a former code would lead nowhere there."""
    routes = {one.name: one.route for one in all_addresses()}
    missed = []
    for name, makes in EXAMPLES.items():
        if name.startswith("api-1:"):
            continue
        with transaction.atomic():  # one example does not stand in another's way
            values = makes[0](cast).kwargs.values()
            transaction.set_rollback(True)
        if "<place:" not in routes[name] and any(value in PLACES for value in values):
            missed.append(name)
    assert not missed


def part_for(view: Any, code: str) -> str:
    """Somebody of the cast, with the place in her charge, whose role opens the page."""
    if view.permission.public:
        return "nobody"
    order = ["secretary", "village_staff", "township_staff", "county_staff", "city_staff"]
    roles = view.permission.roles
    return next(p for p in order if PARTS[p][1] in roles and code.startswith(PARTS[p][2]))


@pytest.mark.parametrize("address", OF_PLACES, ids=lambda one: one.name)
def test_each_address_with_a_former_code_leads_on_for_good(
    address: Any, cast: Cast, enter: Enter
) -> None:
    example = EXAMPLES[address.name][0](cast)
    ((key, code),) = [(k, v) for k, v in example.kwargs.items() if v in PLACES or len(str(v)) == 15]
    if not PLACES.get(code):
        pytest.skip("its example has a place of its own")
    old = code if code in NEW else HOME
    client = enter(part_for(address.view, old))
    recode_region(actor=OPERATOR, old=old, new=NEW[old])
    url = reverse(address.name, kwargs={**example.kwargs, key: old})
    now = reverse(address.name, kwargs={**example.kwargs, key: NEW[old]})
    if example.get:
        answer = client.get(url, {"page": "2"})
        assert (answer.status_code, answer["Location"]) == (301, f"{now}?page=2")
        if old == code:
            assert client.get(now).status_code in (200, 302)
    if example.sent is not None:
        answer = client.post(url, example.sent)
        assert (answer.status_code, answer["Location"]) == (308, now)


def test_an_address_with_a_code_that_never_was_leads_nowhere(cast: Cast, client: Client) -> None:
    assert PlaceInAddress.regex == "[0-9]{2,15}"
    for code in ("421221104202777", "99", "4212x"):
        assert client.get(f"/places/{code}/").status_code == 404


def test_a_merged_hamlet_s_address_leads_to_its_heir(cast: Cast, client: Client) -> None:
    assert client.get(f"/places/{NEIGHBOUR}/").status_code == 200
    merge_hamlets(actor=OPERATOR, hamlet=cast.hamlet(NEIGHBOUR), heir=cast.home)
    answer = client.get(f"/places/{NEIGHBOUR}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/places/{HOME}/")
    assert place_of(NEIGHBOUR) == place_of(HOME)


def test_lists_and_their_spreadsheets_are_cut_to_the_place_of_a_former_code(
    cast: Cast, enter: Enter
) -> None:
    raise_matter(cast)
    recode_region(actor=OPERATOR, old=HOME, new=NEW[HOME])
    client = enter("township_staff")
    for name in ("matters", "talks", "households", "centre_households", "councils"):
        by_old = client.get(reverse(name), {"place": HOME})
        assert by_old.status_code == 200, name
        by_new = client.get(reverse(name), {"place": NEW[HOME]})
        assert len(by_old.context["page"]) == len(by_new.context["page"]), name
    assert len(client.get(reverse("matters"), {"place": HOME}).context["page"]) == 1
    assert client.get(reverse("export_households"), {"place": HOME}).status_code == 200
    assert client.get("/centre-households/print/", {"place": HOME}).status_code == 200
    assert client.get(reverse("appoint_together"), {"place": HOME}).status_code == 200


def test_the_journal_is_searched_by_a_former_code_and_by_today_s(cast: Cast, enter: Enter) -> None:
    raise_matter(cast)
    recode_region(actor=OPERATOR, old=HOME, new=NEW[HOME])
    client = enter("auditor")
    there = JournalEntry.objects.filter(place=HOME).count()
    for code, wanted in ((HOME, there), (NEW[HOME], there + 1)):
        page = client.get(reverse("journal"), {"place": code}).context["page"]
        assert page.paginator.count >= wanted


def test_the_api_takes_a_former_code(cast: Cast, enter: Enter) -> None:
    recode_region(actor=OPERATOR, old=HOME, new=NEW[HOME])
    client = enter("township_staff")
    answer = client.get(f"/api/v1/figures/{HOME}")
    assert (answer.status_code, answer.json()["region"]) == (200, NEW[HOME])
    assert client.get("/api/v1/matters", {"place": HOME}).status_code == 200
    assert client.get("/api/v1/matters", {"place": "421299"}).status_code == 422
    (example,) = EXAMPLES["api-1:talks"]
    sent = example(cast).sent
    assert sent is not None
    talk = enter("secretary").post(
        "/api/v1/talks", {**sent, "hamlet": HOME}, content_type="application/json"
    )
    assert talk.status_code == 200


def test_the_command_line_takes_a_former_code(cast: Cast) -> None:
    recode_region(actor=OPERATOR, old=VILLAGE, new=NEW[VILLAGE])
    done = CliRunner().invoke(cli, ["regions", "add-hamlet", VILLAGE, "新屋场"])
    assert done.output.strip() == f"{NEW[VILLAGE]}003"
    merged = CliRunner().invoke(cli, ["regions", "merge", "--yes", NEIGHBOUR, HOME])
    assert merged.exit_code == 0, merged.output
    assert place_of(NEIGHBOUR).code == f"{NEW[VILLAGE]}001"


def test_certificates_keep_their_numbers_and_are_found_by_them(cast: Cast, enter: Enter) -> None:
    one = appointed(cast, cast.households()[0])
    recode_region(actor=OPERATOR, old=TOWNSHIP, new=NEW[TOWNSHIP])
    assert one.certificate.startswith(TOWNSHIP)
    answer = enter("township_staff").get(reverse("centre_households"), {"words": one.certificate})
    (found,) = answer.context["page"].object_list
    assert (found.pk, found.certificate) == (one.pk, one.certificate)
