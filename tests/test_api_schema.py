"""Schemathesis sends the API what its schema allows and what it forbids: no answer is a 5xx, and
each one is as declared."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis import openapi
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from genxu.config.api import api

from .cast import CITY, HOME, Cast, Enter
from .doing import raise_matter

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
schema = openapi.from_dict(api.get_openapi_schema())
schema.app = get_wsgi_application()


@pytest.fixture
def _connection_stays() -> Iterator[None]:
    """A WSGI server gives connections back after each request; here the test still needs it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_connection_stays")
@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_declared(case: Any, cast: Cast, enter: Enter) -> None:
    """Signed in as a secretary; whatever is written is taken back."""
    cookie = enter("secretary").cookies["sessionid"].value
    parameters = case.path_parameters or {}
    with transaction.atomic():
        if "pk" in parameters and parameters["pk"] in (0, 1):
            parameters["pk"] = raise_matter(cast, "under_way").pk
        if "code" in parameters and len(str(parameters["code"])) < 3:
            parameters["code"] = HOME
        if isinstance(case.body, dict) and len(str(case.body.get("hamlet", ""))) < 3:
            case.body["hamlet"] = HOME
        response = case.call(cookies={"sessionid": cookie})
        case.validate_response(response, checks=CHECKS)
        transaction.set_rollback(True)


@pytest.mark.parametrize("path", ["/matters", f"/figures/{CITY}"])
def test_without_signing_in_it_is_401_as_declared(db: None, client: Any, path: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 401
    assert answer.json()["detail"]
