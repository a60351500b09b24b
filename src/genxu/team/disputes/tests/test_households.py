"""What becomes of a dispute when something happens to a household or a hamlet; what is counted."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from genxu.core import clock
from genxu.core.coming import coming_for
from genxu.core.notices import notices_for
from genxu.hamlets.actions import merge_hamlets, move_households
from genxu.insight.counting import count_on
from genxu.insight.queries import standing_of, wide_of
from genxu.insight.tiles import figures_on
from genxu.people import household_actions
from genxu.people.copying import copy_of
from genxu.people.record import kept_of
from genxu.people.resettlement import all_told
from genxu.people.tests.factories import household, merged, moved, with_code
from genxu.team.disputes.choosing import WhoRow
from genxu.team.disputes.models import Dispute, Meeting, sides_of
from genxu.team.disputes.workflow import State
from tests.cast import HOME, NEIGHBOUR, OPERATOR, TOWNSHIP, Cast, Enter, later
from tests.doing import hold, page_text, raise_matter

from .factories import TERMS, agreed, agreed_long_ago, asked, begun, in_state, met, said

SETTLED = "team.disputes_settled"


def test_who_moves_away_keeps_its_word(cast: Cast) -> None:
    dispute = agreed_long_ago(cast)
    moved(cast, 1)
    assert said(dispute, sides_of(dispute)[0]).state == State.AGREED


def test_a_double_hands_over_its_side(cast: Cast) -> None:
    one, _two, three, _four = cast.households()
    dispute = begun(cast, sides=[WhoRow(one), WhoRow(three)])
    merged(cast, 1, 2)
    assert sides_of(dispute)[0].household_id in household(1).entries
    both = begun(cast, sides=[WhoRow(household(1)), WhoRow(three)])
    merged(cast, 1, 3)
    assert len(sides_of(both)) == 2


def test_erased_its_name_stands_in_no_word(cast: Cast) -> None:
    dispute = met(cast, begun(cast, story="罗测一的牛吃了罗测二的苗"), words="罗测一不肯赔")
    household_actions.erase_household(actor=OPERATOR, household=household(1))
    dispute.refresh_from_db()
    assert "罗测一" not in dispute.story + Meeting.objects.get().words
    assert "罗测二" in dispute.story


def test_staff_who_look_on_read_nothing_of_a_dispute(cast: Cast, enter: Enter) -> None:
    """Nor the words of a personal matter: by a code nobody reads more than without it."""
    asked(cast, ["holds", "holds"])
    words = "我家的事只跟书记讲"
    raise_matter(cast, "under_way", "personal", text=words, household=True)
    own = f"/my/household/{household(1).pk}/"
    for part in ("village_staff", "township_staff"):
        looker = hold(enter(part), with_code(1).code)
        for page in (own, f"{own}correct/", f"{own}copy/"):
            said = looker.get(page).content.decode()
            assert "纠纷" not in said, page
            assert TERMS not in said, page
            assert words not in said or page == own, page
    itself = hold(Client(), with_code(1).code)
    assert TERMS in itself.get(f"{own}copy/").content.decode()


def test_a_side_may_end_it_whatever_it_was_noted_to_have_said(cast: Cast) -> None:
    """人民调解法 23: at any time."""
    dispute = asked(cast, ["broken"])
    assert dispute.state == State.TALKED
    own = f"/my/household/{household(1).pk}/"
    page = page_text(hold(Client(), with_code(1).code).get(own))
    assert f"{own}disputes/" in page
    assert page.count("/end/") == 1
    assert "Shown(" not in page, "a form takes the page's word for its own"


def test_the_household_reads_what_is_kept_of_it(cast: Cast) -> None:
    asked(cast, ["holds", "holds"])
    home = household(1)
    assert [str(one.value) for one in kept_of(home) if "纠纷" in str(one.label)] == [
        "地界、山林、田地 · 调解好了"
    ]
    copy = copy_of(home)
    assert TERMS in copy
    assert "田埂挪了两尺" not in copy
    assert "罗测二" not in copy


def test_it_goes_along_with_a_merged_hamlet_and_stays_with_one_that_moves(cast: Cast) -> None:
    dispute = begun(cast)
    move_households(
        actor=cast.actor("township_staff"), hamlet=cast.home, into=cast.hamlet(NEIGHBOUR),
        households=[cast.households()[0]],
    )  # fmt: skip
    dispute.refresh_from_db()
    assert dispute.hamlet_id == HOME
    merge_hamlets(actor=cast.actor("township_staff"), hamlet=cast.home,
                  heir=cast.hamlet(NEIGHBOUR))  # fmt: skip
    dispute.refresh_from_db()
    assert dispute.hamlet_id == NEIGHBOUR
    seen = Dispute.objects.visible_to(cast.accounts["neighbour_secretary"].actor())
    assert seen.get() == dispute


def test_a_hamlet_is_not_closed_over_it_and_nobody_is_told_how_many(cast: Cast) -> None:
    told = "还没有了结的纠纷"
    assert told not in all_told("left_at", cast.home)
    begun(cast)
    begun(cast)
    assert all_told("left_at", cast.home).count(told) == 1


def test_settled_ones_are_counted_of_a_township_and_told_of_no_hamlet(cast: Cast) -> None:
    dispute = in_state(cast, State.SETTLED)
    today = clock.today()
    assert count_on(TOWNSHIP, today)[SETTLED] == 1
    assert SETTLED not in count_on(HOME, today)
    actor = cast.actor("township_staff")
    for code, shown in ((HOME, False), (TOWNSHIP, True)):
        place = cast.hamlet(code)
        tiles = figures_on("team", actor, place, standing_of(place) | wide_of(place))
        assert (SETTLED in {one["key"] for one in tiles}) == shown
    with later(days=3):
        said(dispute, sides_of(dispute)[0], "broken")
        assert count_on(TOWNSHIP, clock.today())[SETTLED] == 0
        assert count_on(TOWNSHIP, today)[SETTLED] == 1


def test_its_day_stands_in_the_week_of_the_peacemaker(cast: Cast) -> None:
    dispute = agreed(cast, met(cast, begun(cast)))
    with later(days=26):
        today = clock.today()
        weeks = {part: coming_for(cast.actor(part), today, today + timedelta(days=6))
                 for part in ("member", "secretary")}  # fmt: skip
    assert [(one.on, str(one.told)) for one in weeks["member"]] == [
        (dispute.look_back_on, "地界、山林、田地")
    ]
    assert weeks["secretary"] == []


def lines(cast: Cast, part: str) -> list[str]:
    return [str(one.text) for one in notices_for(cast.actor(part)) if "起" in str(one.text)]


def test_what_waits_is_told_to_those_who_settle_it(cast: Cast) -> None:
    begun(cast, maker="")
    agreed(cast, met(cast, begun(cast)))
    assert lines(cast, "secretary") == ["有 1 起纠纷还没有人调解"]
    assert lines(cast, "member") == []
    begun(cast)
    assert lines(cast, "member") == ["有 1 起纠纷等您请各方坐下来谈"]
    Dispute.objects.latest("pk").delete()
    with later(days=30):
        asks = "有 1 起谈好满一个月了，问问各方做到了没有"
        assert lines(cast, "member") == [asks]
        assert lines(cast, "secretary") == [asks, "有 1 起纠纷还没有人调解"]
        assert lines(cast, "centre_household") == []
        with CaptureQueriesContext(connection) as asked_for:
            lines(cast, "village_staff")
        assert not any("disputes" in one["sql"] for one in asked_for.captured_queries)
