"""Starting 办理 and noting progress: by the level where it lies, or by whom it was given to."""

import pytest

from genxu.core.access import Permission
from genxu.institutions.matters import actions, rules
from genxu.institutions.matters.models import MatterStep
from genxu.regions.codes import Level
from tests.cast import Cast, Enter
from tests.doing import climb, form_errors, fresh, raise_matter, take, who_may

BOTH = pytest.mark.parametrize("rule", [rules.start_matter, rules.note_progress], ids=str)


@BOTH
def test_the_secretary_and_the_one_it_was_given_to(cast: Cast, rule: Permission) -> None:
    matter = raise_matter(cast, "assigned", assignee="centre_household")
    assert who_may(cast, rule, matter=matter) == {"secretary", "centre_household"}


@BOTH
def test_another_centre_household_may_not(cast: Cast, rule: Permission) -> None:
    matter = raise_matter(cast, "assigned")
    assert who_may(cast, rule, matter=matter) == {"secretary"}


@BOTH
def test_above_only_the_level_where_it_lies(cast: Cast, rule: Permission) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), Level.TOWNSHIP)
    assert who_may(cast, rule, matter=matter) == {"township_staff"}


def test_the_one_it_was_given_to_starts_and_tells_the_news(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "assigned", assignee="centre_household")
    client = enter("centre_household")
    assert take(client, "start", matter, words="").status_code == 302
    assert take(client, "note_progress", fresh(matter), words="买好了灯泡").status_code == 302
    last = MatterStep.objects.filter(matter=matter).latest("pk")
    assert (last.step, last.words, last.by) == (
        "note_progress", "买好了灯泡", cast.centre_household,
    )  # fmt: skip


@pytest.mark.parametrize("words", ["", "   ", "长" * 1001])
def test_news_needs_words_and_not_too_many(cast: Cast, enter: Enter, words: str) -> None:
    matter = raise_matter(cast, "under_way")
    answer = take(enter("secretary"), "note_progress", matter, words=words)
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {"words"}


def test_the_word_at_the_start_may_not_be_endless_either(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "assigned")
    assert take(enter("secretary"), "start", matter, words="长" * 1001).status_code == 422


def test_the_action_itself_keeps_words_short(cast: Cast) -> None:
    """The API and the importer call the action without the form."""
    from genxu.core.errors import Invalid

    matter = raise_matter(cast, "assigned")
    with pytest.raises(Invalid):
        actions.start_matter(actor=cast.actor("secretary"), matter=matter, words="长" * 1001)
