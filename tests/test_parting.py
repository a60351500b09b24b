"""A member who leaves the roll or goes over to another organisation: what is his goes along, what
is the hamlet's ends there, and both are told before."""

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import reverse

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.organisation.branches import member_actions, term_actions
from genxu.organisation.branches.belongings import belongings, lines
from genxu.organisation.branches.models import Member
from genxu.organisation.branches.tests.factories import (
    Kind,
    admit,
    bring_to,
    founded,
    fresh,
    joint,
    township,
)
from genxu.people.deeds import Doer, deeds_of
from genxu.people.models import Grant
from genxu.people.references import Fate
from genxu.people.roles import Role
from genxu.team.appraisals import actions as appraisal_actions
from genxu.team.appraisals.models import Appeal, Entry
from genxu.team.appraisals.tests.factories import appealed, begun, graded, judged, mine, polls_of
from genxu.team.duties.models import OnRota
from genxu.team.duties.tests.factories import deal, drafted
from genxu.team.meetings.models import Attendance
from genxu.team.meetings.tests.factories import everybody, noted
from genxu.team.members import actions
from genxu.team.members.tests.factories import on_roll, posted, promised, shown
from tests.cast import HOME, NEIGHBOUR, Cast, Enter
from tests.doing import page_text


def over(cast: Cast, member: Member | None = None, to: str = NEIGHBOUR) -> Member:
    """A member goes over to the branch of another hamlet."""
    one = member or on_roll(cast)
    return member_actions.move_member(
        actor=township(cast), organisation=fresh(one.organisation), member=one,
        hamlet=cast.hamlet(to),
    )  # fmt: skip


@pytest.fixture
def there(cast: Cast) -> None:
    founded(cast, hamlet=NEIGHBOUR)


def test_each_foreign_key_to_a_member_is_declared_with_what_becomes_of_it() -> None:
    points: set[tuple[type[Model], str]] = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is Member
    }
    told = {(one.model, one.field) for one in belongings()}
    assert points == told, "name it in OF_MEMBERS in the bonds.py of its app"


@pytest.mark.usefixtures("there")
def test_he_stands_on_the_other_list_and_this_one_keeps_that_he_was_here(cast: Cast) -> None:
    member = on_roll(cast)
    into = over(cast, member)
    member.refresh_from_db()
    assert (member.left_on, member.account, member.signs_in) == (clock.today(), None, False)
    assert (into.hamlet_id, into.joined_on, into.duty) == (NEIGHBOUR, clock.today(), "")
    assert into.account == cast.member
    held = Grant.objects.filter(account=cast.member, role=Role.MEMBER)
    assert list(held.values_list("place", flat=True)) == [NEIGHBOUR]
    ended = cast.member.sessions_ended
    cast.member.refresh_from_db()
    assert cast.member.sessions_ended == ended  # he stays signed in


@pytest.mark.usefixtures("there")
def test_promises_and_card_go_along_and_a_post_ends(cast: Cast, enter: Enter) -> None:
    post, promise, profile = posted(cast), promised(cast), shown(cast)
    actions.keep_promise(actor=cast.actor("member"), promise=promise, words="清好了")
    member = promise.member
    told = {one.label: one.fate for one in lines(member, over=True)}
    assert {str(label): fate for label, fate in told.items()} == {
        "岗位": Fate.ENDS, "标牌和名片": Fate.MOVES
    }  # fmt: skip
    into = over(cast, member)
    post.refresh_from_db()
    promise.refresh_from_db()
    profile.refresh_from_db()
    assert (post.state, post.member_id) == ("given_up", member.pk)
    assert (promise.member, promise.hamlet_id, promise.state) == (into, NEIGHBOUR, "kept")
    assert (profile.member, profile.shown_since) == (into, clock.today())
    deeds = deeds_of(Doer(into.pk, into.account_id), clock.today(), clock.today())
    assert [one.key for one in deeds] == [f"promises.{promise.pk}"]
    client = enter("member")
    assert client.get(reverse("my_membership")).url == reverse("member", args=[into.pk])
    assert promise.text in page_text(client.get(reverse("member", args=[into.pk])))
    assert client.get(reverse("promise", args=[promise.pk])).status_code == 200
    assert into.name in page_text(enter("nobody").get(reverse("member_card", args=[profile.card])))
    assert enter("neighbour_secretary").get(reverse("member", args=[into.pk])).status_code == 200
    assert enter("secretary").get(reverse("promise", args=[promise.pk])).status_code == 404


@pytest.mark.usefixtures("there")
def test_what_he_was_told_he_reads_and_his_appeal_goes_on(cast: Cast, enter: Enter) -> None:
    appeal = appealed(cast)
    into = over(cast, appeal.entry.member)
    client = enter("member")
    assert "有事跑在前面" in page_text(client.get(reverse("entry", args=[appeal.entry_id])))
    assert client.get(reverse("appeal", args=[appeal.pk])).status_code == 200
    assert str(appeal.entry.appraisal.year) in page_text(client.get(reverse("my_appraisals")))
    appraisal_actions.uphold_appeal(
        actor=township(cast), appeal=Appeal.objects.get(), grade="excellent", words="补上了"
    )
    assert Entry.objects.get(pk=appeal.entry_id).member == into
    kept = enter("secretary").get(reverse("appraisal", args=[appeal.entry.appraisal_id]))
    assert into.name in page_text(kept)
    assert reverse("entry", args=[appeal.entry_id]) not in kept.content.decode()


def test_an_appraisal_under_way_goes_on_without_who_has_left(cast: Cast, enter: Enter) -> None:
    one = begun(cast)
    member = mine(one).member
    assert "请先写自评" in page_text(enter("member").get(reverse("home")))
    member_actions.remove_member(
        actor=township(cast), organisation=fresh(member.organisation), member=member
    )
    one = appraisal_actions.go_on(actor=cast.actor("secretary"), appraisal=one)
    left = [entry for entry in graded(one) if entry.member_id != member.pk]
    polls = {pk: poll for pk, poll in polls_of(one).items() if pk in {e.pk for e in left}}
    one = appraisal_actions.record_poll(
        actor=cast.actor("secretary"), appraisal=one, present=5, polls=polls
    )
    grades = dict.fromkeys((entry.pk for entry in left), "qualified")
    one = judged(cast, one, grades=grades, reasons=dict.fromkeys(grades, "有事跑在前面"))
    assert one.state == "opinion"
    with pytest.raises(Conflict):
        appraisal_actions.give_own_word(actor=township(cast), entry=mine(one), own="迟了")
    page = enter("secretary").get(reverse("appraisal", args=[one.pk]))
    assert "已经不在名册上" in page_text(page)


@pytest.mark.usefixtures("there")
def test_he_is_off_the_rotas_here_and_was_where_he_was(cast: Cast) -> None:
    member = on_roll(cast)
    rota = deal(cast, drafted(cast, names=()))
    meeting = noted(cast, member.organisation, everybody(member.organisation))
    assert rota.people.present().filter(member=member).exists()
    into = over(cast, member)
    assert not OnRota.objects.present().filter(member__in=[member, into]).exists()
    assert OnRota.objects.get(member=into).turns.exists()
    assert Attendance.objects.filter(meeting=meeting, member=member).exists()


def test_who_keeps_only_one_of_them_is_told_who_does_it(cast: Cast, enter: Enter) -> None:
    member = on_roll(cast)
    there = founded(cast, hamlet=NEIGHBOUR)
    address = reverse("move_member", args=[member.organisation_id, member.pk])
    assert "村里" in page_text(enter("secretary").get(address))
    with pytest.raises(Invalid):
        member_actions.move_member(
            actor=cast.actor("secretary"), organisation=member.organisation, member=member,
            hamlet=there.hamlet,
        )  # fmt: skip
    with pytest.raises(Denied):
        member_actions.move_member(
            actor=cast.actor("far_township_staff"), organisation=member.organisation,
            member=member, hamlet=there.hamlet,
        )  # fmt: skip
    promised(cast, member)
    client = enter("township_staff")
    assert "承诺" in page_text(client.get(address))
    sent = {"hamlet": NEIGHBOUR, "version": fresh(member.organisation).version}
    assert client.post(address, sent).status_code == 302
    assert Member.objects.present().get(name=member.name).hamlet_id == NEIGHBOUR
    assert client.post(address, sent).status_code == 404


def test_who_leads_hands_over_first_and_nobody_stands_there_twice(cast: Cast) -> None:
    founded(cast, hamlet=NEIGHBOUR)  # its members bear the names of those here
    branch = founded(cast)
    head, second = branch.members.order_by("pk")[:2]
    with pytest.raises(Conflict):
        over(cast, head)
    with pytest.raises(Invalid):
        over(cast, second)
    with pytest.raises(Invalid):
        over(cast, second, HOME)


def test_within_a_joint_branch_he_only_lives_elsewhere(cast: Cast) -> None:
    branch = bring_to(cast, joint(cast), "founded")
    member = branch.members.present().filter(hamlet=HOME, duty="").first()
    assert member
    into = over(cast, member)
    assert (into.pk, into.hamlet_id, into.left_on) == (member.pk, NEIGHBOUR, None)
    assert branch.kind == Kind.JOINT_BRANCH


def test_in_a_joint_branch_each_reads_his_own_appraisal(cast: Cast, enter: Enter) -> None:
    branch = fresh(bring_to(cast, joint(cast), "founded"))
    one = admit(cast, branch, cast.member.name, NEIGHBOUR, phone=cast.member.phone)
    member_actions.correct_member(
        actor=township(cast), organisation=fresh(branch), member=one, name=one.name,
        kind=one.kind, phone=one.phone, signs_in=True,
    )  # fmt: skip
    Grant.objects.filter(account=cast.member, place=HOME).delete()
    entry = mine(begun(cast, fresh(branch)))
    assert enter("member").get(reverse("entry", args=[entry.pk])).status_code == 200


def test_what_hangs_on_the_members_of_a_dissolved_branch_ends_with_it(cast: Cast) -> None:
    post = posted(cast)
    term_actions.close_organisation(
        actor=township(cast), organisation=fresh(post.member.organisation), words="党员都搬走了"
    )
    post.refresh_from_db()
    assert post.state == "given_up"
