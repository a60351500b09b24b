"""The brake on guessing counts failed tries of one address, for a minute."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from genxu.core.errors import TooMany
from genxu.core.ratelimit import check_tries, count_try


def test_it_stops_at_the_limit_and_only_that_address() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1")
    other = RequestFactory().get("/", REMOTE_ADDR="10.0.0.2")
    for _n in range(3):
        check_tries(request, "door", 3)
        count_try(request, "door")
    with pytest.raises(TooMany):
        check_tries(request, "door", 3)
    check_tries(other, "door", 3)
    check_tries(request, "window", 3)


def test_after_a_minute_one_may_try_again() -> None:
    request = RequestFactory().get("/")
    for _n in range(3):
        count_try(request, "door")
    cache.clear()
    check_tries(request, "door", 3)


def test_behind_a_proxy_each_visitor_counts_for_herself(settings) -> None:  # type: ignore[no-untyped-def]
    """All come from the proxy's address; who they are stands in the header it sets."""
    settings.TRUSTED_PROXIES = 1

    def visitor(address: str) -> object:
        return RequestFactory().get(
            "/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": f"6.6.6.6, {address}"}
        )

    for _n in range(3):
        count_try(visitor("10.0.0.1"), "door")  # type: ignore[arg-type]
    with pytest.raises(TooMany):
        check_tries(visitor("10.0.0.1"), "door", 3)  # type: ignore[arg-type]
    check_tries(visitor("10.0.0.2"), "door", 3)  # type: ignore[arg-type]


def test_without_a_proxy_the_header_is_not_believed(settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRUSTED_PROXIES = 0
    for n in range(3):
        request = RequestFactory().get("/", headers={"X-Forwarded-For": f"10.0.0.{n}"})
        count_try(request, "door")
    with pytest.raises(TooMany):
        check_tries(RequestFactory().get("/"), "door", 3)
