"""From the county to the hamlet, to another township, and to the end."""

from datetime import date, timedelta

import pytest
from django.test import Client

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid, RuledOut
from genxu.institutions.matters.models import Matter
from genxu.team.campaigns import actions, campaign_actions
from genxu.team.campaigns.counting import Tally, tallies, tally_of
from genxu.team.campaigns.models import Fact, Part, Sample
from genxu.team.campaigns.passing import let_days_pass
from genxu.team.campaigns.plans import Asked
from genxu.team.campaigns.workflow import Said, State
from tests.cast import COUNTY, HOME, NEIGHBOUR, NEXT_TOWNSHIP, Cast, Enter, later
from tests.doing import raise_matter

from .factories import (
    answered,
    done,
    drawn,
    ended,
    nothing,
    of_matters,
    of_places,
    opened,
    part,
    plan,
    prepared,
    sample,
)


def test_each_standing_hamlet_has_its_part_and_nobody_is_late(cast: Cast) -> None:
    campaign = opened(cast)
    assert campaign.state == State.OPEN
    assert set(campaign.parts.values_list("hamlet", flat=True)) == {
        HOME, NEIGHBOUR, "421221104203001"
    }  # fmt: skip
    assert [one.step for one in part(campaign).history()] == ["begin"]


TODAY = date(2026, 5, 13)
YES_NO, NUMBER = Fact.Kind.YES_NO, Fact.Kind.NUMBER
REFUSED: list[tuple[dict[str, object], str]] = [
    ({"until": None}, "until"),
    ({"until": TODAY}, "until"),
    ({"until": TODAY + timedelta(days=366)}, "until"),
    ({"facts": []}, "fact_1"),
    ({"question": "clicks"}, "question"),
    ({"facts": [Asked("拍 照留底", YES_NO)]}, "fact_1"),
    ({"facts": [Asked("a", NUMBER), Asked("a", NUMBER)]}, "fact_2"),
    ({"facts": [Asked(c, NUMBER) for c in "abcd"]}, "fact_1"),
    ({"facts": [Asked("几座", "stars")]}, "kind_1"),
    ({"question": "matters", "since": TODAY}, "looks_for"),
    ({"question": "matters", "looks_for": ["路灯"]}, "since"),
    ({"question": "matters", "looks_for": ["路灯"], "since": TODAY + timedelta(days=1)}, "since"),
    ({"question": "matters", "looks_for": list("一二三四五六"), "since": TODAY}, "looks_for"),
    ({"looks_for": ["路灯"]}, "looks_for"),
    ({"name": " "}, "name"),
    ({"why": ""}, "why"),
]


def test_a_campaign_that_cannot_be_is_refused_at_its_field(cast: Cast) -> None:
    """Without an end, one that nobody can close, one that asks for what is banned, …"""
    for changes, at in REFUSED:
        with pytest.raises(Invalid) as refused:
            prepared(cast, **changes)
        assert set(refused.value.fields) == {at}, changes


def test_a_second_one_of_the_same_name_is_refused(cast: Cast) -> None:
    prepared(cast)
    with pytest.raises(Invalid):
        prepared(cast)


def test_nothing_is_one_tap_and_can_be_taken_back(cast: Cast, enter: Enter) -> None:
    one = part(opened(cast))
    client = enter("secretary")
    page = client.get(f"/campaigns/parts/{one.pk}/")
    assert page.status_code == 200
    sent = {"version": one.version}
    assert client.post(f"/campaigns/parts/{one.pk}/nothing/", sent).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.said_by) == (Said.NOTHING, cast.secretary)
    assert tally_of(one) == Tally(4, 0)
    sent = {"version": one.version, "since": one.version - 1}
    client.post(f"/campaigns/parts/{one.pk}/take-back/", sent)
    one.refresh_from_db()
    assert (one.state, one.said_by) == (Said.OPEN, None)


def test_nothing_is_refused_where_something_was_written_down(cast: Cast) -> None:
    one = answered(cast, part(opened(cast)), 1)
    with pytest.raises(Conflict):
        nothing(cast, one)


def test_nothing_is_refused_where_the_records_know_of_something(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", "common")
    matter.refresh_from_db()
    one = part(of_matters(cast))
    assert tally_of(one) == Tally(1, 1)
    with pytest.raises(Conflict):
        nothing(cast, one)
    with pytest.raises(Conflict):
        done(cast, one)
    elsewhere = part(one.campaign, NEIGHBOUR)
    assert nothing(cast, elsewhere, "neighbour_secretary").state == Said.NOTHING


def test_a_personal_matter_is_in_no_campaign(cast: Cast) -> None:
    raise_matter(cast, "under_way", "personal")
    assert tally_of(part(of_matters(cast))) == Tally(0, 0)


def test_done_is_refused_with_how_many_are_left(cast: Cast) -> None:
    one = answered(cast, part(opened(cast)), 0, 1, 0)
    assert tally_of(one) == Tally(4, 1)
    with pytest.raises(Conflict, match="1"):
        done(cast, one)
    one = answered(cast, one, 0, 1, 0, 0)
    assert done(cast, one).state == Said.DONE


def test_an_answer_is_corrected_and_what_stood_before_is_kept(cast: Cast) -> None:
    one = answered(cast, part(opened(cast)), 1)
    one = answered(cast, one, 0)
    answer = one.answers.get()
    assert (answer.value, answer.told_before) == (0, [Fact(kind=YES_NO).tell(1)])
    one = answered(cast, one, None)
    assert one.answers.standing().count() == 0
    with pytest.raises(Conflict):
        answered(cast, one, None)


def test_a_fact_of_a_place_is_said_once(cast: Cast) -> None:
    one = part(of_places(cast))
    assert tally_of(one) == Tally(1, 1)
    one = answered(cast, one, 3)
    assert tally_of(one) == Tally(1, 0)
    assert done(cast, one).state == Said.DONE
    with pytest.raises(Conflict):
        answered(cast, one, 4)


def test_what_is_asked_beside_the_records_is_asked_of_the_hamlet(cast: Cast) -> None:
    raise_matter(cast, "closed", "common")
    one = part(of_matters(cast, facts=[Asked("还有几盏", NUMBER)]))
    assert tally_of(one) == Tally(1, 0, True)
    with pytest.raises(Conflict):
        done(cast, one)
    assert done(cast, answered(cast, one, 0)).state == Said.DONE


def test_a_sample_goes_to_another_township(cast: Cast) -> None:
    one = sample(cast)
    assert one.checker_id == NEXT_TOWNSHIP
    with pytest.raises(RuledOut):
        actions.agree(actor=cast.actor("county_staff"), sample=one)
    assert actions.agree(actor=cast.actor("next_township_staff"), sample=one).state == Said.CHECKED
    with pytest.raises(Conflict):
        drawn(cast, one.part.campaign)


def test_sent_back_it_is_said_anew_and_looked_at_again(cast: Cast) -> None:
    one = sample(cast)
    looker = cast.actor("next_township_staff")
    back = actions.send_back(actor=looker, sample=one, words="山坳里还有一座")
    assert back.state == Said.SENT_BACK
    assert not Sample.objects.waiting().exists()
    nothing(cast, back)
    assert Sample.objects.waiting().get() == one
    again = Sample.objects.get()
    assert actions.agree(actor=looker, sample=again).state == Said.CHECKED


def test_its_day_is_moved_once(cast: Cast) -> None:
    campaign, county = opened(cast), cast.actor("county_staff")
    until = clock.today() + timedelta(days=90)
    campaign = campaign_actions.move_campaign(
        actor=county, campaign=campaign, until=until, words="人在外地"
    )
    with pytest.raises(Conflict):
        campaign_actions.move_campaign(
            actor=county, campaign=campaign, until=until + timedelta(days=1), words="再等等"
        )


def test_it_ends_on_its_day_and_the_rest_becomes_matters(cast: Cast) -> None:
    campaign = opened(cast)
    nothing(cast, part(campaign, NEIGHBOUR), "neighbour_secretary")
    answered(cast, part(campaign), 0, 1)
    with later(days=60):
        assert let_days_pass() == 0
    with later(days=61):
        assert let_days_pass() == 2
        assert let_days_pass() == 0
    one = part(campaign)
    assert (one.known, one.left) == (4, 2)
    matter = Matter.objects.get(pk=one.matter)
    assert (matter.hamlet_id, matter.tier) == (HOME, "common")
    assert "2" in matter.title
    assert Matter.objects.count() == 1
    with pytest.raises(Conflict):
        nothing(cast, one)
    campaign.refresh_from_db()
    assert tallies(campaign, COUNTY)[HOME] == Tally(4, 2)


def test_ended_early_matters_stay_the_matters_that_they_are(cast: Cast) -> None:
    raise_matter(cast, "under_way", "common")
    campaign = ended(cast, of_matters(cast))
    let_days_pass()
    assert campaign.state == State.ENDED
    assert Matter.objects.count() == 1
    assert part(campaign).left == 1


def test_what_was_asked_beside_the_records_is_left_over(cast: Cast) -> None:
    raise_matter(cast, "closed", "common")
    campaign = ended(cast, of_matters(cast, facts=[Asked("还有几盏", NUMBER)]))
    assert let_days_pass() == 1
    assert part(campaign).matter is not None


def test_a_draft_is_the_county_s_alone(cast: Cast, enter: Enter) -> None:
    one = prepared(cast)
    for who, status in (("county_staff", 200), ("secretary", 404), ("city_staff", 404)):
        assert enter(who).get(f"/campaigns/{one.pk}/").status_code == status


def test_the_county_reads_how_many_and_never_who(cast: Cast, enter: Enter) -> None:
    one = answered(cast, part(opened(cast)), 1)
    name = cast.households()[0].head_name

    def text(client: Client) -> str:
        return client.get(f"/campaigns/parts/{one.pk}/").content.decode()

    assert name in text(enter("secretary"))
    assert name in text(enter("township_staff"))
    assert name not in text(enter("county_staff"))
    assert name not in text(enter("city_staff"))


def test_who_looks_reads_no_household(cast: Cast, enter: Enter) -> None:
    one = sample(cast)
    client = enter("next_township_staff")
    page = client.get(f"/campaigns/samples/{one.pk}/").content.decode()
    assert all(home.head_name not in page for home in cast.households())
    assert client.get(f"/campaigns/parts/{one.part_id}/").status_code == 404
    assert enter("township_staff").get(f"/campaigns/samples/{one.pk}/").status_code == 404


def test_a_form_goes_through_the_households_of_its_page(cast: Cast, enter: Enter) -> None:
    one = part(opened(cast, facts=[Asked("几座", NUMBER)]))
    fact = one.campaign.asked[0].pk
    first, second, *_more = cast.households()
    client, address = enter("secretary"), f"/campaigns/parts/{one.pk}/answer-households/"
    assert client.get(address).status_code == 200
    sent = {f"fact_{fact}_{first.pk}": "2", f"fact_{fact}_{second.pk}": "x"}
    wrong = client.post(address, {**sent, "version": one.version})
    assert wrong.status_code == 422
    assert 'value="x"' in wrong.content.decode()
    sent[f"fact_{fact}_{second.pk}"] = "0"
    assert client.post(address, {**sent, "version": one.version}).status_code == 302
    assert dict(one.answers.values_list("household", "value")) == {first.pk: 2, second.pk: 0}


def test_the_draft_can_be_changed_by_its_form(cast: Cast, enter: Enter) -> None:
    one, client = prepared(cast), enter("county_staff")
    page = client.get(f"/campaigns/{one.pk}/change/").content.decode()
    assert one.name in page
    assert "有没有活人墓" in page
    assert plan().name == one.name


def test_what_is_left_is_written_out_by_hamlets(cast: Cast, enter: Enter) -> None:
    campaign = opened(cast)
    answered(cast, part(campaign), 0, 1)
    page = enter("county_staff").get(f"/campaigns/{campaign.pk}/?place=421221104202")
    text = page.content.decode()
    assert text.index("罗家洲") < text.index("港边湾")
    assert "%" not in text.split("<main")[1].split("</main")[0].replace("%2F", "").replace("%E", "")
    assert Part.objects.count() == 3


def test_no_word_of_a_part_names_a_household(cast: Cast) -> None:
    """Another township reads it, which is told how many and never who."""
    one = nothing(cast, part(opened(cast)))
    with pytest.raises(Invalid) as refused:
        actions.unsay(actor=cast.actor("secretary"), part=one, words="罗测一家还有一座")
    assert "罗测一" in str(refused.value.fields["words"])
    assert actions.unsay(actor=cast.actor("secretary"), part=one, words="还有一座").state == "open"
