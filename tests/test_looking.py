"""A code's power never hides who is signed in: whoever is looks only, and the look is noted."""

import re

import pytest
from django.db import transaction

from genxu.core.access import looks_only
from genxu.core.actions import ACTIONS
from genxu.core.errors import Denied
from genxu.core.models import JournalEntry
from genxu.institutions.matters import rules
from genxu.institutions.matters.receipt_views import holder_of
from genxu.people.record_queries import readings_of
from genxu.people.rules import open_own_page

from .addresses import Make
from .cast import Cast, Enter
from .doing import codes_in, hold, page_text, raise_matter
from .slips import said_of
from .test_access import ADDRESSES, EXAMPLES

BY_CODE = {rules.open_receipt.name, open_own_page.name}
ROWS = [(name, make) for name, makes in EXAMPLES.items() for make in makes
        if ADDRESSES[name].permission.name in BY_CODE]  # fmt: skip
FORGETS = {"close_receipt", "close_household", "find_receipt", "find_household"}
"""What is done without the power of a code: typing one, and having it forgotten."""
FORM = re.compile(r"<form[^>]*action=\"([^\"]*)\"")
ALLOWED = re.compile(r"^/(my/\w+/\d+/close|sign-out|text-size|language)/$")
"""What changes nothing of the household's: leaving, and how the page looks."""


@pytest.mark.parametrize(("name", "make"), ROWS)
def test_who_is_signed_in_looks_only_at_what_a_code_opens(
    name: str, make: Make, cast: Cast, enter_again: Enter
) -> None:
    if name in FORGETS:
        pytest.skip("nothing is done with a code here")
    for part in ("secretary", "village_staff", "auditor"):
        with transaction.atomic():
            example = make(cast)
            client = hold(enter_again(part), *example.codes)
            if example.get:
                answer = client.get(example.url(name))
                assert answer.status_code == 200, part
                entry = JournalEntry.objects.latest("pk")
                assert (entry.reading, entry.actor) == (True, cast.actor(part).label), part
                assert entry.detail["by_code"]
                assert entry.detail["office"].startswith(f"{cast.actor(part).grants[0].role}@")
                if not answer.headers["Content-Type"].startswith("text/plain"):
                    page = page_text(answer)
                    assert cast.accounts[part].name in page
                    assert [to for to in FORM.findall(page) if not ALLOWED.search(to)] == []
                    assert codes_in(page) == []
            if example.sent is not None:
                last = JournalEntry.objects.latest("pk").pk
                answer = client.post(example.url(name), example.sent)
                assert answer.status_code == 403, part
                assert cast.accounts[part].name in answer.context["message"]
                assert JournalEntry.objects.latest("pk").pk == last, "nothing was written"
            transaction.set_rollback(True)


def test_no_action_is_taken_with_a_code_by_whoever_is_signed_in(cast: Cast) -> None:
    """One rule for all, below every page: it is the permission that refuses."""
    suggestion = said_of(raise_matter(cast, "done"))
    holder = holder_of(suggestion, behind=cast.actor("secretary"))
    assert holder.label == cast.actor("secretary").label
    writing = {one.permission for one in ACTIONS.values()}
    for permission in writing:
        assert not permission(holder, **dict.fromkeys(permission.targets, suggestion)), permission
    with pytest.raises(Denied) as refused:
        rules.give_verdict.require(holder, matter=suggestion, suggestion=suggestion)
    assert refused.value.message == looks_only(cast.actor("secretary"))


def test_the_household_reads_which_office_has_looked_at_its_page(cast: Cast, enter: Enter) -> None:
    example = EXAMPLES["own_record"][0](cast)
    client = hold(enter("township_staff"), *example.codes)
    client.get(example.url("own_record"))
    (reading,) = readings_of(cast.households()[0])
    assert "新街镇" in reading.office
