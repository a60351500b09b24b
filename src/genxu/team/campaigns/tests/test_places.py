"""What becomes of campaigns when households or hamlets change, and who may look."""

import io

from django.urls import reverse
from python_calamine import CalamineWorkbook

from genxu.core.access import Actor, Grant
from genxu.hamlets.actions import close_hamlet, merge_hamlets, move_households
from genxu.people import household_actions
from genxu.people.models import Account
from genxu.people.record import kept_of
from genxu.people.tests.factories import household, merged, moved
from genxu.team.campaigns import campaign_actions, rules
from genxu.team.campaigns.counting import Tally, sums, tally_of
from genxu.team.campaigns.models import Part, Sample
from genxu.team.campaigns.passing import let_days_pass
from genxu.team.campaigns.workflow import Said
from tests.cast import (
    FAR_COUNTY,
    HOME,
    NEIGHBOUR,
    NEXT_TOWNSHIP,
    OPERATOR,
    TOWNSHIP,
    Cast,
    Enter,
    later,
)
from tests.doing import page_text

from .factories import answered, drawn, nothing, of_places, opened, part, plan, sample


def test_who_moves_away_is_not_asked(cast: Cast) -> None:
    one = answered(cast, part(opened(cast)), 1)
    moved(cast, 1)
    assert tally_of(one) == Tally(3, 3)
    household_actions.come_back(actor=cast.actor("secretary"), household=household(1))
    assert tally_of(one) == Tally(4, 3)


def test_what_was_said_of_who_moved_away_is_not_counted(cast: Cast) -> None:
    one = answered(cast, part(opened(cast)), 1)
    moved(cast, 1)
    assert sums(one.campaign, HOME) == {}
    assert nothing(cast, one).state == Said.NOTHING


def test_what_was_typed_is_kept_where_the_pages_have_shifted(cast: Cast, enter: Enter) -> None:
    one = part(opened(cast))
    last, fact = cast.households()[-1], one.campaign.asked[0].pk
    sent = {f"fact_{fact}_{last.pk}": "1", "version": one.version}
    address = f"/campaigns/parts/{one.pk}/answer-households/?page=9"
    assert enter("secretary").post(address, sent).status_code == 302
    assert one.answers.get().household == last


def test_what_was_said_of_a_double_goes_over_once(cast: Cast) -> None:
    one = answered(cast, part(opened(cast)), None, 1)
    merged(cast, 1, 2)
    assert one.answers.get().household_id == household(1).pk
    assert tally_of(one) == Tally(3, 2)


def test_what_was_said_of_both_stays_with_each(cast: Cast) -> None:
    one = answered(cast, part(opened(cast)), 0, 1)
    merged(cast, 1, 2)
    assert one.answers.get(household=household(1)).value == 0
    assert tally_of(one) == Tally(3, 2)


def test_nothing_said_of_it_is_left_when_it_is_erased(cast: Cast) -> None:
    one = answered(cast, part(opened(cast)), 1)
    assert any("活人墓" in kept.label for kept in kept_of(cast.households()[0]))
    household_actions.erase_household(actor=OPERATOR, household=household(1))
    assert not one.answers.exists()


def test_what_was_said_goes_along_to_the_next_hamlet(cast: Cast) -> None:
    campaign = opened(cast)
    answered(cast, part(campaign), 1)
    move_households(
        actor=OPERATOR, hamlet=cast.home, into=cast.hamlet(NEIGHBOUR),
        households=[cast.households()[0]],
    )  # fmt: skip
    assert tally_of(part(campaign)) == Tally(3, 3)
    assert tally_of(part(campaign, NEIGHBOUR)) == Tally(3, 2)


def test_two_parts_become_one_and_the_open_one_wins(cast: Cast) -> None:
    campaign = opened(cast)
    nothing(cast, part(campaign))
    answered(cast, part(campaign, NEIGHBOUR), 1, who="neighbour_secretary")
    merge_hamlets(actor=OPERATOR, hamlet=cast.hamlet(NEIGHBOUR), heir=cast.home)
    one = part(campaign)
    assert (one.state, one.answers.count()) == (Said.OPEN, 1)
    assert tally_of(one) == Tally(6, 5)
    assert [step.step for step in one.history()].count("join") == 1
    assert Part.objects.filter(campaign=campaign).count() == 2


def test_of_two_words_of_hamlets_both_are_kept(cast: Cast) -> None:
    campaign = of_places(cast)
    answered(cast, part(campaign), 2)
    answered(cast, part(campaign, NEIGHBOUR), 5, who="neighbour_secretary")
    merge_hamlets(actor=OPERATOR, hamlet=cast.hamlet(NEIGHBOUR), heir=cast.home)
    answer = part(campaign).answers.get()
    assert (answer.value, answer.told_before) == (2, ["5"])


def test_a_closed_hamlet_is_asked_no_more(cast: Cast) -> None:
    campaign = opened(cast)
    hamlet = cast.hamlet("421221104203001")
    close_hamlet(actor=cast.actor("county_staff"), hamlet=hamlet)
    with later(days=61):
        let_days_pass()
    assert part(campaign, hamlet.code).matter is None
    assert part(campaign).matter is not None


def test_nobody_looks_at_his_own_place_or_word(cast: Cast) -> None:
    one = sample(cast)
    looker = cast.actor("next_township_staff")
    assert rules.why_not(looker, one)

    def also(role: str, place: str) -> Actor:
        account = Account.objects.get(pk=looker.account_id)
        known = (*account.actor().grants, Grant(role, place))
        return Actor(looker.kind, looker.key, looker.name, known)

    for role, place in (("secretary", HOME), ("township_staff", TOWNSHIP), ("member", HOME)):
        assert not rules.why_not(also(role, place), one)
    assert rules.why_not(also("secretary", "421221105201001"), one)
    one.part.said_by_id = looker.account_id
    assert not rules.why_not(looker, one)
    for part_name in ("township_staff", "county_staff", "city_staff", "far_township_staff"):
        assert not rules.why_not(cast.actor(part_name), one)


def test_a_county_of_one_township_looks_itself(cast: Cast) -> None:
    county = cast.actor("far_county_staff")
    campaign = campaign_actions.prepare_campaign(
        actor=county, hamlet=cast.hamlet(FAR_COUNTY), plan=plan()
    )
    campaign = campaign_actions.open_campaign(actor=county, campaign=campaign)
    nothing(cast, campaign.parts.get(), "far_secretary")
    campaign_actions.draw_sample(actor=county, campaign=campaign)
    one = Sample.objects.get()
    assert one.checker_id == FAR_COUNTY
    assert rules.why_not(county, one)


def test_home_tells_whose_turn_it_is(cast: Cast, enter: Enter) -> None:
    campaign = opened(cast)

    def home(who: str) -> str:
        return page_text(enter(who).get(reverse("home")))

    assert "专项治理，等您说一声" in home("secretary").replace(" ", "")
    nothing(cast, part(campaign))
    assert "等您说一声" not in home("secretary")
    drawn(cast, campaign)
    assert Sample.objects.get().checker_id == NEXT_TOWNSHIP
    assert "请去外乡镇看看" in home("next_township_staff")
    assert "请去外乡镇看看" not in home("township_staff")
    with later(days=61):
        let_days_pass()
        assert "专项治理结束了" in home("county_staff")


def test_the_sheet_names_no_household(cast: Cast, enter: Enter) -> None:
    one = answered(cast, part(opened(cast)), 1)
    response = enter("county_staff").get(reverse("campaign_sheet", args=[one.campaign_id]))
    data = io.BytesIO(b"".join(response.streaming_content))
    rows = CalamineWorkbook.from_filelike(data).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [HOME, NEIGHBOUR, "421221104203001"]
    assert rows[1][3:5] == [4, 3]
    assert not any(home.head_name in map(str, row) for home in cast.households() for row in rows)
