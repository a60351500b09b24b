"""Each refusal becomes a page with its status, a heading and the sentence; headers are safe."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from genxu.core import errors, middleware
from genxu.core.access import NOBODY
from genxu.core.errors import (
    Conflict,
    Denied,
    Invalid,
    Missing,
    Refusal,
    Stale,
    TooMany,
)
from genxu.people import sms
from tests.cast import Cast, Enter
from tests.doing import page_text

KINDS: list[Refusal] = [
    errors.Refusal("so"), errors.Denied("so"), errors.Missing("so"), errors.Conflict("so"),
    errors.TooMany("so"), errors.FormOnly("so"), Invalid({"field": "so"}), sms.NotSent("so"),
]  # fmt: skip


@pytest.mark.parametrize("error", KINDS, ids=lambda e: type(e).__name__)
def test_each_refusal_has_a_page(cast: Cast, error: Refusal) -> None:
    request: Any = RequestFactory().get("/")
    request.actor, request.user, request.htmx = NOBODY, AnonymousUser(), False
    request.session = {}
    answer = middleware.refusal_page(request, error)
    assert answer.status_code == error.status
    assert "so" in page_text(answer)


def test_the_address_of_a_form_says_so_when_it_is_opened_by_hand(cast: Cast, enter: Enter) -> None:
    answer = enter("nobody").get("/text-size/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "这个地址只收填好的表单" in page_text(answer)


def test_every_kind_of_refusal_has_a_heading() -> None:
    def kinds(of: type[Refusal]) -> set[type[Refusal]]:
        return {of}.union(*(kinds(below) for below in of.__subclasses__()))

    assert {kind.status for kind in kinds(Refusal)} <= set(middleware.headings())


def test_invalid_keeps_its_fields_and_speaks_with_the_first() -> None:
    error = Invalid({"one": "first", "two": "second"})
    assert error.message == "first"
    assert error.fields == {"one": "first", "two": "second"}


def test_an_unknown_address_is_a_page_of_ours(client: Client, db: None) -> None:
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "<html" in page_text(answer)
    assert "lang=" in page_text(answer)


@pytest.mark.parametrize(
    "path", ["/c/ABCDEFGHJ%00/", "/households/at/%00/new/", "/%00", "/places/%00/"]
)
def test_no_database_is_asked_for_an_address_with_a_nul(
    enter: Enter, path: str, django_assert_max_num_queries: Any
) -> None:
    client = enter("secretary")
    with django_assert_max_num_queries(4):  # who it is, for the shell of the page
        answer = client.get(path)
    assert answer.status_code == 404
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_a_wrong_csrf_token_is_a_page_with_a_way_back(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.secretary)
    answer = client.post("/text-size/")
    assert answer.status_code == 403
    assert "<html" in page_text(answer)


@pytest.mark.parametrize("path", ["/", "/places/", "/sign-in/", "/nowhere/", "/healthz"])
def test_every_answer_has_safe_headers(db: None, client: Client, path: str) -> None:
    answer = client.get(path)
    policy = answer["Content-Security-Policy"]
    for part in ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"


def test_a_refused_post_offers_the_way_back(cast: Cast, enter: Enter) -> None:
    answer = enter("secretary").post(
        "/demo/enter/", {"account": "1"}, headers={"Referer": "http://testserver/sign-in/"}
    )
    assert answer.status_code == 403
    assert answer.context["back_url"] == "http://testserver/sign-in/"


def test_each_refusal_stands_under_a_heading_of_its_own(client: Client) -> None:
    """What is stale, changed meanwhile, or wrong is not headed as if one had no power."""
    told = {kind.__name__: middleware.heading_of(kind({"": "x"} if kind is Invalid else "x"))
            for kind in (Denied, Missing, Conflict, Invalid, TooMany, Stale)}  # fmt: skip
    assert len(set(told.values())) == len(told), told


def test_a_stale_form_is_not_headed_as_if_one_had_no_power(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/text-size/")
    assert answer.status_code == 403
    assert "不归您办" not in page_text(answer)
    assert "放得太久" in page_text(answer)
