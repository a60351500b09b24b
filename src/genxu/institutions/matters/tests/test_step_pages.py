"""The pages of the steps: what the workflow does not allow is 409, and nothing typed is lost."""

from itertools import product
from typing import Any

import pytest

from genxu.core.models import JournalEntry
from genxu.institutions.matters import actions
from genxu.institutions.matters.models import MatterStep
from genxu.institutions.matters.steps import PAGES
from genxu.institutions.matters.workflow import STEPS, State
from genxu.regions.codes import Level
from tests.addresses import SENT, matter_ready_for, step_data
from tests.cast import Cast, Enter
from tests.doing import climb, form_errors, fresh, page_text, raise_matter, step_url, take

LEVEL_ABOVE = ("answer", "decide_extension", "judge_again", "no_agreement")
ABOVE = dict.fromkeys(LEVEL_ABOVE, "village_staff")
SENT_UP = ("pass_up", "recall", "urge")
AT_HOME = [name for name in PAGES.pages if name not in (*ABOVE, *SENT_UP)]
NOT_ALLOWED = [
    (step, state)
    for step, state in product(AT_HOME, [one for one in State if one != State.REFERRED])
    if state not in STEPS[step].sources
]


@pytest.mark.parametrize(("step", "state"), NOT_ALLOWED)
def test_a_step_that_the_workflow_does_not_allow_is_409(
    cast: Cast, enter: Enter, step: str, state: str
) -> None:
    matter = raise_matter(cast, state, assignee="centre_household")
    part = "centre_household" if step == "return" and matter.assignee else "secretary"
    answer = enter(part).post(step_url(step, matter), step_data(step, matter))
    assert answer.status_code == (403 if step == "return" and not matter.assignee else 409)
    assert fresh(matter).state == state
    assert fresh(matter).version == matter.version


@pytest.mark.parametrize("step", PAGES.pages)
def test_a_step_that_fits_is_taken_once_and_remembered(cast: Cast, enter: Enter, step: str) -> None:
    matter = matter_ready_for(cast, step)
    part = {**ABOVE, "return": "centre_household"}.get(step, "secretary")
    sent = step_data(step, matter)
    client = enter(part)
    for _time in range(2):
        answer = client.post(step_url(step, matter), sent)
        assert answer.status_code == 302
    rows = MatterStep.objects.filter(matter=matter, step=step, at__gte=matter.registered_at)
    assert rows.count() == (1 if step != "ask_back" else rows.count())
    assert fresh(matter).version == matter.version + 1
    entry = JournalEntry.objects.get(client_id=sent["client_id"])
    assert entry.place == matter.hamlet_id
    assert entry.actor == cast.actor(part).label
    if target := STEPS[step].target:
        assert fresh(matter).state == target


@pytest.mark.parametrize("step", PAGES.pages)
def test_the_second_of_two_at_once_is_told_and_loses_nothing(
    cast: Cast, enter: Enter, step: str
) -> None:
    """Two people had the same matter before their eyes; the first one has already acted."""
    matter = matter_ready_for(cast, step)
    part = {**ABOVE, "return": "centre_household"}.get(step, "secretary")
    seen = matter.version
    type(matter).objects.filter(pk=matter.pk).update(version=seen + 1)
    sent = step_data(step, matter, words="我写了半天的𠮷字💡")
    answer = enter(part).post(step_url(step, matter), sent)
    assert answer.status_code == 409
    assert form_errors(answer)["__all__"]
    assert answer.context["form"].data["version"] == str(seen + 1)
    assert fresh(matter).state == matter.state
    if "words" in SENT.get(step, {"words": ""}):
        assert "我写了半天的𠮷字💡" in page_text(answer)


def test_sent_again_after_the_409_it_goes_through(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way")
    client = enter("secretary")
    sent = step_data("note_progress", matter, words="第一次")
    actions.note_progress(actor=cast.actor("secretary"), matter=matter, words="别人写的")
    answer = client.post(step_url("note_progress", matter), sent)
    assert answer.status_code == 409
    again = answer.context["form"].data
    assert client.post(step_url("note_progress", matter), again.dict()).status_code == 302
    words = list(MatterStep.objects.filter(step="note_progress").values_list("words", flat=True))
    assert words == ["别人写的", "第一次"]


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999"])
def test_a_version_that_makes_no_sense_is_refused(cast: Cast, enter: Enter, version: Any) -> None:
    matter = raise_matter(cast, "under_way")
    answer = take(enter("secretary"), "note_progress", matter, words="好", version=version)
    assert answer.status_code in (409, 422)
    assert fresh(matter).version == matter.version


def test_a_client_id_that_makes_no_sense_is_refused(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way")
    answer = take(enter("secretary"), "note_progress", matter, words="好", client_id="again")
    assert answer.status_code == 422


def test_a_form_used_for_something_else_is_409(cast: Cast, enter: Enter) -> None:
    from uuid import uuid4

    matter = raise_matter(cast, "under_way")
    used = str(uuid4())
    client = enter("secretary")
    assert take(client, "note_progress", matter, words="好", client_id=used).status_code == 302
    answer = take(client, "finish", fresh(matter), words="好", client_id=used)
    assert answer.status_code == 409
    assert fresh(matter).state == "under_way"


@pytest.mark.parametrize("state", State)
def test_the_page_offers_only_steps_that_work(cast: Cast, enter: Enter, state: str) -> None:
    """Whatever the matter's page offers, its own page opens."""
    matter = raise_matter(cast, state, "specialist", assignee="centre_household")
    for part in ("secretary", "centre_household", "village_staff", "township_staff"):
        client = enter(part)
        answer = client.get(f"/matters/{matter.pk}/")
        if answer.status_code != 200:
            continue
        for step in answer.context["steps"]:
            assert state in STEPS[step.name].sources
            assert client.get(step_url(step.name, matter)).status_code == 200


@pytest.mark.parametrize("level", [Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY])
def test_the_secretary_cannot_act_while_it_lies_above(
    cast: Cast, enter: Enter, level: Level
) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), level)
    client = enter("secretary")
    assert client.get(f"/matters/{matter.pk}/").status_code == 200
    for step in ("start", "finish", "pass_on", "return", "ask_extension", "triage"):
        assert client.post(step_url(step, matter), step_data(step, matter)).status_code == 403


@pytest.mark.parametrize("step", ["assign", "pass_on", "start", "note_progress", "ask_extension"])
def test_whoever_has_not_the_power_is_not_told_that_somebody_was_quicker(
    cast: Cast, enter: Enter, step: str
) -> None:
    """A wrong version opens nothing: the answer is the same as with the right one."""
    matter = raise_matter(cast, "under_way", "personal")
    client = enter("county_staff")
    sent = step_data(step, matter)
    seen = {client.post(step_url(step, matter), sent | {"version": v}).status_code
            for v in (matter.version, 999, "")}  # fmt: skip
    assert seen == {403}
