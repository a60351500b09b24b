"""Slips as the laws of codes need them, and what is done with them in a browser."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from genxu.core.codes import Coded
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.people.models import HouseholdLink
from genxu.people.tests.factories import with_code

from .cast import Cast
from .doing import raise_matter


def said_of(matter: Matter) -> Suggestion:
    return matter.suggestions.order_by("pk")[0]


@pytest.fixture
def suggestion(cast: Cast) -> Suggestion:
    """Raised by nobody named; its matter waits for the verdict."""
    return said_of(raise_matter(cast, "done"))


@pytest.fixture
def link(cast: Cast) -> HouseholdLink:
    return with_code()


def path_of(row: Coded) -> str:
    if isinstance(row, Suggestion):
        return reverse("receipt", args=[row.pk])
    assert isinstance(row, HouseholdLink)
    return reverse("own_page", args=[row.household_id])


def scan(client: Client, row: Coded) -> Any:
    """What the page does with the code that a camera has read: it stands behind ``#``."""
    letter = "r" if isinstance(row, Suggestion) else "h"
    return client.post(f"/{letter}/", {"code": row.code})


def opens(client: Client, row: Coded) -> bool:
    return client.get(path_of(row)).status_code == 200
