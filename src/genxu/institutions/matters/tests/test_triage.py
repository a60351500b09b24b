"""Triage 研判: by the hamlet's secretary, while the matter lies in the hamlet."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from genxu.core.errors import Conflict, Denied, Invalid
from genxu.institutions.matters import actions, rules
from genxu.institutions.matters.models import Matter
from genxu.regions.codes import Level
from tests.cast import Cast, Enter, later
from tests.doing import climb, form_errors, fresh, page_text, raise_matter, take, who_may


def test_only_the_secretary_of_the_hamlet_triages(cast: Cast) -> None:
    matter = raise_matter(cast, "registered")
    assert who_may(cast, rules.triage_matter, matter=matter) == {"secretary"}


def test_not_while_it_lies_above(cast: Cast) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), Level.VILLAGE)
    assert who_may(cast, rules.triage_matter, matter=matter) == set()
    with pytest.raises(Denied):
        actions.triage_matter(actor=cast.actor("secretary"), matter=matter, tier="common")


@pytest.mark.parametrize(
    ("tier", "due"),
    [("personal", date(2026, 5, 18)), ("common", date(2026, 5, 22)),
     ("specialist", date(2026, 6, 3))],
)  # fmt: skip
def test_the_deadline_follows_the_tier_and_runs_from_the_registration(
    cast: Cast, tier: str, due: date
) -> None:
    matter = raise_matter(cast, "registered")
    with later(days=1):
        matter = actions.triage_matter(actor=cast.actor("secretary"), matter=matter, tier=tier)
    assert timezone.localdate(matter.due_at) == due


def test_urgent_is_due_24_hours_after_the_registration(cast: Cast) -> None:
    matter = raise_matter(cast, "registered")
    made = actions.triage_matter(
        actor=cast.actor("secretary"), matter=matter, tier="common", urgency="urgent"
    )
    assert made.due_at - made.registered_at == timedelta(hours=24)


@pytest.mark.parametrize("title", ["罗测三家门口的灯", "请打13912345678", "灯 罗测一 罗测二"])
def test_a_common_matter_whose_title_names_a_person_is_refused(cast: Cast, title: str) -> None:
    matter = raise_matter(cast, "registered")
    with pytest.raises(Invalid) as refused:
        actions.triage_matter(
            actor=cast.actor("secretary"), matter=matter, tier="common", title=title
        )
    assert set(refused.value.fields) == {"title"}
    assert fresh(matter).state == "registered"


def test_only_the_title_of_a_personal_matter_may_name_a_person(cast: Cast) -> None:
    matter = raise_matter(cast, "registered")
    triage = {"actor": cast.actor("secretary"), "matter": matter, "title": "罗测三家的低保"}
    with pytest.raises(Invalid):
        actions.triage_matter(**triage, tier="specialist")
    made = actions.triage_matter(**triage, tier="personal")
    assert made.title == "罗测三家的低保"


def test_a_personal_matter_with_a_name_cannot_become_common_under_its_title(cast: Cast) -> None:
    matter = raise_matter(cast, "registered", text="罗测三家的灯坏了")
    with pytest.raises(Invalid):
        actions.triage_matter(actor=cast.actor("secretary"), matter=matter, tier="common")


def test_the_name_of_another_hamlet_s_household_is_not_known_here(cast: Cast) -> None:
    """The check knows the hamlet's register only; two people may share a name."""
    matter = raise_matter(cast, "registered")
    made = actions.triage_matter(
        actor=cast.actor("secretary"), matter=matter, tier="common", title="卢测甲桥"
    )
    assert made.title == "卢测甲桥"


@pytest.mark.parametrize(
    ("field", "value"),
    [("tier", "royal"), ("tier", ""), ("urgency", "at once"), ("title", ""), ("title", "长" * 61)],
)
def test_a_wrong_field_is_named_and_what_was_typed_stays(
    cast: Cast, enter: Enter, field: str, value: str
) -> None:
    matter = raise_matter(cast, "registered")
    data = {"tier": "common", "urgency": "ordinary", "title": "修好𠮷家湾的路灯💡", field: value}
    answer = take(enter("secretary"), "triage", matter, **data)
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {field}
    assert data["title"] in page_text(answer)
    assert fresh(matter).state == "registered"


def test_the_refusal_of_a_name_stands_at_the_title(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "registered")
    answer = take(
        enter("secretary"), "triage", matter, tier="common", urgency="ordinary", title="罗测二的灯"
    )
    assert answer.status_code == 422
    assert "罗测二" in form_errors(answer)["title"][0]
    assert "罗测二的灯" in page_text(answer)


def test_emoji_and_rare_characters_are_kept(cast: Cast) -> None:
    matter = raise_matter(cast, "registered")
    made = actions.triage_matter(
        actor=cast.actor("secretary"), matter=matter, tier="common", title="𠮷家湾的灯💡"
    )
    assert fresh(made).title == "𠮷家湾的灯💡"


def test_a_second_triage_before_the_work_changes_the_tier(cast: Cast) -> None:
    matter = raise_matter(cast, "triaged", "common")
    made = actions.triage_matter(actor=cast.actor("secretary"), matter=matter, tier="specialist")
    assert (made.state, made.tier) == ("triaged", "specialist")


def test_what_was_given_back_is_triaged_anew_and_lies_with_nobody(cast: Cast) -> None:
    matter = raise_matter(cast, "returned")
    made = actions.triage_matter(actor=cast.actor("secretary"), matter=matter, tier="personal")
    assert made.state == "triaged"
    assert made.assignee is None
    assert made.assignee_name == ""


def test_triage_after_a_reopening_does_not_make_it_overdue_at_once(cast: Cast) -> None:
    """A reopened matter has a new deadline; sorting it anew must not fall back on the first."""
    matter = raise_matter(cast, "closed", "common", assignee="centre_household")
    with later(days=60):
        matter = fresh(matter)
        from genxu.institutions.matters import ending_actions

        matter = ending_actions.reopen_matter(
            actor=cast.actor("secretary"), matter=matter, words="又坏了"
        )
        helper = cast.actor("centre_household")
        matter = actions.return_matter(actor=helper, matter=matter, words="一个人办不了")
        matter = actions.triage_matter(actor=cast.actor("secretary"), matter=matter, tier="common")
        assert not matter.is_overdue


def test_a_granted_extension_survives_a_second_triage(cast: Cast) -> None:
    matter = raise_matter(cast, "triaged", "common")
    actions.ask_extension(actor=cast.actor("secretary"), matter=matter, days=5, words="下雨")
    matter = actions.decide_extension(
        actor=cast.actor("village_staff"), matter=matter, approved=True
    )
    before = (matter.remind_at, matter.due_at)
    made = actions.triage_matter(actor=cast.actor("secretary"), matter=matter, tier="common")
    assert (made.remind_at, made.due_at) == before


@pytest.mark.parametrize("state", ["assigned", "under_way"])
def test_what_is_in_hand_can_be_sorted_anew(cast: Cast, state: str) -> None:
    """A common matter may turn out to need a specialist, and then has to climb."""
    matter = raise_matter(cast, state)
    made = actions.triage_matter(actor=cast.actor("secretary"), matter=matter, tier="specialist")
    assert (made.state, made.tier, made.assignee_name) == ("triaged", "specialist", "")


def test_what_several_raised_is_not_one_persons_matter(cast: Cast) -> None:
    matter = raise_matter(cast, "triaged")
    other = raise_matter(cast, "triaged").suggestions.get()
    actions.join_matter(actor=cast.actor("secretary"), matter=matter, suggestion=other)
    with pytest.raises(Invalid):
        actions.triage_matter(actor=cast.actor("secretary"), matter=matter, tier="personal")


@pytest.mark.parametrize("state", ["done", "closed", "unconfirmed"])
def test_not_once_it_is_done(cast: Cast, state: str) -> None:
    matter = raise_matter(cast, state)
    with pytest.raises(Conflict):
        actions.triage_matter(actor=cast.actor("secretary"), matter=matter, tier="personal")
    assert Matter.objects.get(pk=matter.pk).tier == "common"
