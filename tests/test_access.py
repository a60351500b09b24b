"""Access cannot be forgotten: every address and operation is marked, and the marks hold.

From the marks the matrix is made: address × part of the cast (inside, above, below, outside,
without a role, nobody) → status.
"""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from genxu.config.api import operations
from genxu.core.access import PERMISSIONS, Permission
from genxu.core.actions import Action
from genxu.core.declared import rooms
from genxu.core.middleware import Doors
from genxu.core.sheets.kinds import sheet_kinds
from genxu.institutions.announcements.models import Wish
from genxu.institutions.matters.workflow import ANSWERING
from genxu.institutions.matters.workflow import STEPS as WORKFLOW

from .addresses import STEPS, Address, Example, Make, all_addresses, every_example, role_of
from .cast import HOME, PARTS, Cast, Enter
from .doing import hold

EXAMPLES = every_example()
ADDRESSES = {address.name: address for address in all_addresses()}
ROWS = [(name, make) for name, makes in EXAMPLES.items() for make in makes]
IDS = [f"{name}-{n}" for name, makes in EXAMPLES.items() for n in range(len(makes))]
EVERYBODY = (*PARTS, "nobody")
OPERATIONS = [one for _path, one in operations()]

PUBLIC = {
    "welcome", "places", "place", "text_size", "healthz", "security_txt", "privacy",
    "find_receipt",
    "receipt", "receipt_verdict", "receipt_disown", "receipt_take_back",
    "close_receipt", "demo_enter", "account_login",
    "sign_in_by_code", "confirm_code", "account_logout",
    "set_language", "api-1:openapi-json",
    "api-1:api-root", "find_household", "close_household",
    "own_record", "own_erasure", "own_copy",
    "own_page", "own_stand", "own_recommend", "own_take_back", "own_withdraw", "own_resign",
    "own_consent", "own_erase", "own_say", "centre_card",
    "public_talk", "public_matter", "say_for_talk", "member_card",
    "own_errand_ask", "own_errand_yes", "own_errand_withdraw", "own_errand_word",
    "own_steward_refuse", "own_dispute_word", "own_dispute_end", "own_income",
    "find_hours", "own_hours", "close_hours", "own_write", "own_correct", "own_withdraw_hours",
    "gift",
    "own_person", "own_quit", "own_certificate", "own_paper", "own_tap", "own_dates",
    "public_accounts", "public_disclosure", "disclosure_lines", "ask_about_line", "own_ask_line",
    "certificate", "ask_to_join", "hamlet_dates", "own_enlist", "own_confirm",
    "open_distribution", "distribution_csv", "own_portion",
    "share_certificate", "own_doubt_line",
    "public_venue", "room_dates", "own_book", "own_change_booking", "own_make_way",
    "own_booking_no", "own_booking_withdraw",
}  # fmt: skip
"""The counted list of what is open without log-in. A new one is a decision: write it here."""

ONLY_CUTS_LISTS: set[str] = set()
"""Permissions that no action or address bears: the start of a ``visible_to``."""


def all_actions() -> dict[str, Action[Any, Any]]:
    """Every action of every app, found where actions are written."""
    import sys

    import genxu.institutions.matters.verdict_actions  # noqa: F401

    rooms("actions")
    sheet_kinds()  # spreadsheets go through actions that stand beside their plans
    return {
        thing.name: thing
        for name, module in list(sys.modules.items())
        if name.startswith("genxu.")
        for thing in vars(module).values()
        if isinstance(thing, Action)
    }


# --- the marks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=lambda a: a.name)
def test_each_address_bears_a_permission(address: Address) -> None:
    assert isinstance(getattr(address.view, "permission", None), Permission), address.route


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda o: f"{o.methods[0]}-{o.url_name}")
def test_each_operation_of_the_api_bears_a_permission(one: Any) -> None:
    assert isinstance(getattr(one.view_func, "permission", None), Permission)
    assert one.auth_callbacks, "an operation without sign-in"


def test_each_address_has_an_example() -> None:
    without = sorted(set(ADDRESSES) - set(EXAMPLES))
    assert not without, f"how are they opened? EXAMPLES in tests/examples.py of the app: {without}"
    assert set(EXAMPLES) <= set(ADDRESSES), "examples of no address"
    assert len(ADDRESSES) == len(all_addresses()), "two addresses share a name"


def test_public_addresses_are_a_counted_list() -> None:
    assert {name for name, a in ADDRESSES.items() if a.permission.public} == PUBLIC


def test_each_permission_is_used() -> None:
    used = {address.permission.name for address in ADDRESSES.values()}
    used |= {one.view_func.permission.name for one in OPERATIONS}
    used |= {one.permission.name for one in all_actions().values()}
    assert set(PERMISSIONS) - used == ONLY_CUTS_LISTS


def test_each_permission_says_what_it_is_for() -> None:
    for permission in PERMISSIONS.values():
        assert str(permission.label), permission
        assert permission.__doc__, permission
        assert permission.public or permission.roles, f"{permission} is granted to nobody"


def test_each_step_of_the_workflow_but_the_answers_has_a_page() -> None:
    """Nor has what is withdrawn with its talk."""
    undone = {"disown_verdict", "take_back_verdict", "withdraw"}
    assert set(STEPS) == set(WORKFLOW) - {*ANSWERING} - undone


def test_an_unmarked_view_is_refused() -> None:
    doors = Doors(lambda request: None)  # type: ignore[arg-type,return-value]
    with pytest.raises(ImproperlyConfigured):
        doors.process_view(RequestFactory().get("/forgotten/"), lambda request: None, (), {})


def test_the_doors_let_static_files_pass(settings: Any) -> None:
    doors = Doors(lambda request: None)  # type: ignore[arg-type,return-value]
    request = RequestFactory().get(f"{settings.STATIC_URL}main.css")
    assert doors.process_view(request, lambda request: None, (), {}) is None


# --- the matrix --------------------------------------------------------------------------------


def methods_of(example: Example) -> list[str]:
    return [*(["GET"] if example.get else []), *(["POST"] if example.sent is not None else [])]


def is_far(place: str, part: str) -> bool:
    """Whether a list is asked for a place outside the charge of a part."""
    own = PARTS[part][2]
    return bool(place) and not (place.startswith(own) or own.startswith(place))


def expected(name: str, example: Example, part: str, method: str, cast: Cast) -> int:
    """What the mark promises to this part."""
    mark = ADDRESSES[name].permission
    is_api = name.startswith("api-1:")
    if mark.public:
        return example.status(part, method)
    role = role_of(part)
    if role is None:
        return 401 if is_api else 302
    if role not in mark.roles:
        return 403
    if not example.sees(part):
        return 404
    if is_far(example.query.get("place", ""), part) and name != "journal":
        return 422  # a filter that means nothing says so
    if example.targets and set(mark.targets) <= set(example.targets):
        targets = {target: example.targets[target] for target in mark.targets}
        if not mark(cast.actor(part), **targets):
            return 403
    return example.status(part, method)


def status(client: Client, name: str, example: Example, method: str) -> int:
    """The answer; whatever was written is taken back, and no try is counted."""
    cache.clear()
    url = example.url(name)
    hold(client, *example.codes)
    with transaction.atomic():
        if method == "GET":
            answer = client.get(url, example.query)
        else:
            kind = {"content_type": "application/json"} if example.as_json else {}
            answer = client.post(url, example.sent, **kind)
        transaction.set_rollback(True)
    return answer.status_code


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the status counts here: what the pages look like, ``test_templates`` sees."""

    def status_only(request: Any, template: str, context: Any, status: int) -> HttpResponse:
        return HttpResponse(status=status)

    monkeypatch.setattr("genxu.core.middleware.render", status_only)
    monkeypatch.setattr("django.template.loader.render_to_string", lambda *a, **kw: "")


@pytest.mark.parametrize(("name", "make"), ROWS, ids=IDS)
@pytest.mark.usefixtures("quick")
def test_the_matrix(name: str, make: Make, cast: Cast, enter_again: Enter) -> None:
    example = make(cast)
    wrong = []
    for part in EVERYBODY:
        client = enter_again(part)
        for method in methods_of(example):
            want = expected(name, example, part, method, cast)
            got = status(client, name, example, method)
            if got != want:
                wrong.append(f"{part} {method}: {got}, the mark promises {want}")
    assert not wrong, "\n".join(wrong)


def test_a_thing_that_few_may_see_is_none_for_the_others() -> None:
    """A narrow row, say one that is taken back: its ``seen_by`` is asked, whoever may act on it."""
    narrow = Example({"pk": 1}, HOME, {"wish": Wish(pk=1, hamlet_id=HOME)})
    assert narrow.sees("secretary")
    for part in ("village_staff", "centre_household", "township_staff"):
        assert not narrow.sees(part), part


def test_each_address_is_open_to_somebody(cast: Cast) -> None:
    """The matrix does not hold by refusing everybody."""
    for name, makes in EXAMPLES.items():
        if name in PUBLIC:
            continue
        seen = set()
        for make in makes:
            with transaction.atomic():  # one example does not stand in another's way
                example = make(cast)
                for method in methods_of(example):
                    seen |= {expected(name, example, part, method, cast) for part in PARTS}
                transaction.set_rollback(True)
        assert seen & {200, 302}, name


CLOSED = [row for row in ROWS if row[0] not in PUBLIC and not row[0].startswith("api-1:")]
FIRST_CLOSED = dict(reversed(CLOSED))


@pytest.mark.parametrize("name", FIRST_CLOSED)
def test_anonymous_is_asked_to_sign_in_and_led_back(name: str, cast: Cast, client: Client) -> None:
    example = FIRST_CLOSED[name](cast)
    url = example.url(name)
    method = methods_of(example)[0]
    answer = client.get(url) if method == "GET" else client.post(url)
    target = urlsplit(answer["Location"])
    assert target.path == reverse("account_login")
    back = url if method == "GET" else reverse("home")
    assert parse_qs(target.query)["next"] == [back]
    by_htmx = (client.get if example.get else client.post)(url, headers={"HX-Request": "true"})
    assert by_htmx.status_code == 204
    assert by_htmx["HX-Redirect"].startswith(reverse("account_login"))


OURS = [n for n in EXAMPLES if not n.startswith(("api-1", "account_")) and n != "set_language"]


@pytest.mark.parametrize("name", OURS)
def test_other_methods_are_refused(name: str, cast: Cast, enter_again: Enter) -> None:
    example = EXAMPLES[name][0](cast)
    client = enter_again("secretary")
    assert client.put(example.url(name)).status_code == 405
    assert client.delete(example.url(name)).status_code == 405
    if not example.get:
        assert client.get(example.url(name)).status_code == 405


def test_writing_needs_the_csrf_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.secretary)
    example = EXAMPLES["matter_triage"][0](cast)
    assert client.post(example.url("matter_triage"), example.sent).status_code == 403
    by_api = EXAMPLES["api-1:talks"][0](cast)
    answer = client.post(by_api.url("api-1:talks"), by_api.sent, content_type="application/json")
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["talk", "matter_assign", "dashboard", "suggestion"])
def test_a_thing_out_of_reach_looks_like_one_that_is_not_there(
    name: str, cast: Cast, enter: Enter
) -> None:
    """404 for both, with the same words: an outsider does not learn that it exists."""
    example = EXAMPLES[name][0](cast)
    client = enter("far_secretary")
    strange = client.get(example.url(name))
    missing = {"pk": 987654} if "pk" in example.kwargs else {"code": "421221104202777"}
    nothing = client.get(reverse(name, kwargs=missing))
    assert strange.status_code == nothing.status_code == 404
    if name != "dashboard":
        assert strange.context["message"] == nothing.context["message"]


def test_a_refusal_by_role_gives_the_reason(cast: Cast, enter: Enter) -> None:
    answer = enter("city_staff").get(reverse("journal"))
    assert answer.status_code == 403
    assert answer.context["message"]


def test_a_closed_account_is_out_at_once(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    cast.secretary.is_active = False
    cast.secretary.save()
    assert client.get(reverse("home")).status_code == 302


def test_a_role_taken_away_is_gone_at_once(cast: Cast, enter: Enter) -> None:
    from genxu.people.actions import grant_role, revoke_role
    from genxu.people.roles import Role

    from .cast import OPERATOR

    client = enter("secretary")
    assert client.get(reverse("talks")).status_code == 200
    role = {"account": cast.secretary, "place": cast.home}
    grant_role(actor=OPERATOR, role=Role.AUDITOR, **role)
    revoke_role(actor=OPERATOR, role=Role.SECRETARY, **role)
    assert client.get(reverse("talks")).status_code == 403
    revoke_role(actor=OPERATOR, role=Role.AUDITOR, **role)
    assert client.get(reverse("talks")).status_code == 302, "the last one: she is signed out"


@pytest.mark.parametrize(
    "path",
    ["/matters/99999999999999999999/", "/insight/abc/", "/insight/０１/", "/places/4/",
     "/nowhere/", "/places/%00/", "/insight/%00/", "/talks/0/"],
)  # fmt: skip
def test_an_address_of_nothing_is_404(path: str, cast: Cast, enter: Enter) -> None:
    assert enter("secretary").get(path).status_code == 404
