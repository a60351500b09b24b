"""A number beyond 64 bits is a refusal, wherever it is sent: in an address, a query, a form.

Each address is opened by a part of the cast that may, with one thing in it replaced. What came as
far as the database is shut out by the last door; a form should have done it before.
"""

import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django import forms
from django.core.cache import cache
from django.db import DataError, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from genxu.core.forms import ManyRowsField, PlainForm
from genxu.core.middleware import Doors

from .addresses import Example, Make, all_addresses, every_example
from .cast import Cast, Enter
from .test_access import EVERYBODY, expected, methods_of

EXAMPLES = every_example()
FIRST = [(name, makes[0]) for name, makes in EXAMPLES.items() if name not in ("api-1:api-root",)]
LONG = 10**30
IN_ADDRESS = (2**63, 2**64, LONG)
VALUES = (str(LONG), "９" * 20)
ASKED = (
    "page",
    "words",
    "before",
    "job",
    "double",
    "household",
    "as_of",
    "standing",
    "column",
    "sort",
    "saved",
    "said",
    "what",
    "who",
    "since",
    "until",
    "group",
    "tier",
)
PLACES = ("place", "code")
"""What narrows everything else down to nothing is asked for apart."""


NOT_IN_THE_EXAMPLES: dict[str, dict[str, Any]] = {
    "record_talk": {
        "held_on": "2026-05-13", "venue": "晒谷场", "topic": "路灯", "head_count": "12",
        "host": "罗", "recorder": "罗", "said-TOTAL_FORMS": "1", "said-INITIAL_FORMS": "0",
        "said-0-text": "路灯坏了", "said-0-response": "taken_up", "said-0-joins": "",
    },
    "matter_verdict": {"round": "1"},
    "receipt_verdict": {"round": "1"},
    "form_council": {"seats-TOTAL_FORMS": "1", "seats-INITIAL_FORMS": "0"},
    "match_sheet": {"column-1000000000000000000000": "head_name"},
    "coverage": {"for-1": "1", "for-1000000000000000000000": "1", "shown": "1"},
}  # fmt: skip
"""Fields that are not always sent, but always read."""


def test_no_address_takes_a_number_without_an_end() -> None:
    """``<key:pk>`` ends at 18 digits; Django's own ``<int:pk>`` does not."""
    assert not [one.route for one in all_addresses() if "<int:" in one.route]


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    def status_only(request: Any, template: str, context: Any, status: int) -> HttpResponse:
        return HttpResponse(status=status)

    monkeypatch.setattr("genxu.core.middleware.render", status_only)


def who_may(name: str, example: Example, method: str, cast: Cast) -> str:
    """A part that is let in there."""
    for part in EVERYBODY:
        if expected(name, example, part, method, cast) in (200, 302):
            return part
    return "secretary"


def send(client: Client, method: str, url: str, data: Any, as_json: bool) -> int:
    """The status; whatever was written is taken back, and a refused form is not drawn again."""
    cache.clear()
    client.raise_request_exception = False
    with transaction.atomic():
        if method == "GET":
            answer = client.get(url, data)
        else:
            kind = {"content_type": "application/json"} if as_json else {}
            with patch("django.template.loader.render_to_string", return_value=""):
                answer = client.post(url, json.dumps(data) if as_json else data, **kind)
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[arg-type]
        transaction.set_rollback(True)
    return answer.status_code


def in_the_address(name: str, example: Example) -> list[str]:
    """The address with each of its numbers made too large."""
    found = []
    for key, value in example.kwargs.items():
        if not isinstance(value, int):
            continue
        marked = reverse(name, kwargs={**example.kwargs, key: 777777777777777777})
        found += [marked.replace("777777777777777777", str(large)) for large in IN_ADDRESS]
    return found


def fields_of(client: Client, url: str) -> dict[str, str]:
    """The fields of the form on the page, also those that the example leaves empty."""
    context = client.get(url).context
    form = context.get("form") if context else None
    return {form.add_prefix(name): "" for name in form.fields} if form else {}


def in_the_form(sent: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The form with each of its fields made too large, one after the other."""
    for field in sent:
        for value in VALUES:
            yield f"{field}={value}", {**sent, field: value}


@pytest.mark.parametrize(("name", "make"), FIRST, ids=[name for name, _make in FIRST])
@pytest.mark.usefixtures("plain")
def test_a_number_too_large_is_refused(
    name: str, make: Make, cast: Cast, enter_again: Enter, caplog: pytest.LogCaptureFixture
) -> None:
    example = make(cast)
    wrong = []
    methods = [*methods_of(example), *(["POST"] if name in NOT_IN_THE_EXAMPLES else [])]
    for method in dict.fromkeys(methods):
        client = enter_again(who_may(name, example, method, cast))
        tries: list[tuple[str, str, Any]] = [
            (url, url, example.sent if method == "POST" else {})
            for url in in_the_address(name, example)
        ]
        url = example.url(name)
        if method == "GET":
            tries += [(f"?…={value}", url, dict.fromkeys(ASKED, value)) for value in VALUES]
            tries += [(f"?place={value}", url, dict.fromkeys(PLACES, value)) for value in VALUES]
        else:
            empty = fields_of(client, url) if example.get else {}
            sent = {**empty, **(example.sent or {}), **NOT_IN_THE_EXAMPLES.get(name, {})}
            tries += [(told, url, data) for told, data in in_the_form(sent)]
        for told, address, data in tries:
            caplog.clear()
            status = send(client, method, address, data, example.as_json)
            late = [one for one in caplog.records if one.name == "genxu.doors"]
            if status >= 500 or late:
                wrong.append(f"{method} {told}: {status}{' at the last door' * bool(late)}")
    assert not wrong, "\n".join(wrong)


class Numbers(PlainForm):
    """A form that sets no limits, as hidden fields do."""

    number = forms.IntegerField()


@pytest.mark.parametrize("value", [LONG, -LONG, 2**63, 2**31, "1e30", "９" * 20, "9" * 5000])
def test_a_form_refuses_it_at_its_field_though_it_sets_no_limit(value: Any) -> None:
    assert set(Numbers({"number": value}).errors) == {"number"}


def test_a_choice_of_many_rows_is_guarded() -> None:
    """Django asks the database for whatever key was sent; ours looks at it first."""
    for kind in forms.ModelMultipleChoiceField.__subclasses__():
        assert not kind.__module__.startswith("genxu.") or issubclass(kind, ManyRowsField), kind


def refused_by_the_last_door(error: Exception, method: str) -> int | None:
    request = RequestFactory().generic(method, "/matters/")
    doors = Doors(lambda request: HttpResponse())
    answer = doors.process_exception(request, error)
    return answer.status_code if answer else None


@pytest.mark.usefixtures("plain")
def test_what_comes_as_far_as_the_database_is_refused_there() -> None:
    too_large = OverflowError("Python int too large to convert to SQLite INTEGER")
    assert refused_by_the_last_door(too_large, "POST") == 422
    assert refused_by_the_last_door(too_large, "GET") == 404
    out_of_range = DataError("integer out of range")
    out_of_range.__cause__ = type("NumericValueOutOfRange", (Exception,), {"sqlstate": "22003"})()
    assert refused_by_the_last_door(out_of_range, "POST") == 422


def test_another_fault_is_not_hidden_by_it() -> None:
    assert refused_by_the_last_door(DataError("value too long"), "POST") is None
    assert refused_by_the_last_door(ValueError("something else"), "POST") is None
