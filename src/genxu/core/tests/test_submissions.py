"""A second sending is known by a keyed fingerprint that stands apart and is deleted in time."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from genxu.core import journal
from genxu.core.errors import Conflict
from genxu.core.models import JournalEntry, Submission
from genxu.institutions.talks.actions import record_talk
from genxu.people.household_actions import erase_household, set_needs
from tests.cast import Cast, later
from tests.doing import gathering, taken_up


def send(cast: Cast, key: Any, *kinds: str, by: str = "secretary") -> Any:
    one = cast.households()[0]
    return set_needs.once(key, actor=cast.actor(by), household=one, kinds=kinds, agreed=True)


def test_the_same_again_is_one_and_a_corrected_one_is_told(cast: Cast) -> None:
    key = uuid4()
    assert send(cast, key, "illness") == send(cast, key, "illness")
    with pytest.raises(Conflict):
        send(cast, key, "illness", "disability")
    assert JournalEntry.objects.filter(client_id=key).count() == 1


def test_it_is_known_after_a_change_of_the_secret(cast: Cast, settings: Any) -> None:
    key = uuid4()
    send(cast, key, "illness")
    old = settings.SECRET_KEY
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[old]):
        send(cast, key, "illness")
        with pytest.raises(Conflict):
            send(cast, key)


def test_after_thirty_days_it_is_gone_and_the_id_still_counts_once(cast: Cast) -> None:
    key = uuid4()
    send(cast, key, "illness")
    with later(days=29, hours=23):
        assert journal.forget_submissions() == 0
    with later(days=30, seconds=1):
        send(cast, uuid4(), "disability")
        assert journal.forget_submissions() == 1
        assert not Submission.objects.filter(client_id=key).exists()
        send(cast, key, "illness")
    assert JournalEntry.objects.filter(client_id=key).count() == 1
    with pytest.raises(Conflict):  # by somebody else it is still another one
        send(cast, key, "illness", by="village_staff")


def test_of_a_household_that_is_erased_nothing_is_left(cast: Cast) -> None:
    key = uuid4()
    send(cast, key, "illness")
    erase_household(actor=cast.actor("township_staff"), household=cast.households()[0])
    assert not Submission.objects.filter(client_id=key).exists()


def test_what_was_sent_twice_has_two_fingerprints(cast: Cast) -> None:
    send(cast, uuid4(), "illness")
    send(cast, uuid4(), "illness")
    assert len(set(Submission.objects.values_list("fingerprint", flat=True))) == 2


def statements(cast: Cast, client_id: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        record_talk.once(client_id, actor=cast.actor("secretary"), hamlet=cast.home,
                         gathering=gathering(), said=[taken_up()], another=True)  # fmt: skip
    return len(asked)


def test_it_costs_one_statement_and_only_when_there_is_an_id(cast: Cast) -> None:
    assert statements(cast, uuid4()) == statements(cast, None) + 1
    assert timedelta(days=30) == journal.SUBMISSIONS_KEPT
