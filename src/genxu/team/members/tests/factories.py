"""Members with what they took on, made through the real actions."""

from datetime import timedelta
from typing import Any

from genxu.core import clock
from genxu.organisation.branches import member_actions
from genxu.organisation.branches.models import Member
from genxu.organisation.branches.queries import organisations_of
from genxu.organisation.branches.tests.factories import admit, founded, fresh, township
from genxu.regions.batches import hamlets_of
from genxu.team.members import actions
from genxu.team.members.models import Objection, Post, Profile, Promise
from genxu.team.members.post_intake import PostRow, record_posts
from tests.cast import HOME, OPERATOR, PROVINCE, Cast, phone_of
from tests.doing import raise_matter


def on_roll(cast: Cast) -> Member:
    """The cast's member, in a standing branch, signing in with his number."""
    branch = organisations_of([HOME]).get(HOME) or founded(cast, full=4)
    for member in branch.members.present().filter(name=cast.member.name):
        return member
    one = admit(cast, fresh(branch), cast.member.name, phone=phone_of("member"))
    member_actions.correct_member(
        actor=township(cast), organisation=fresh(branch), member=one, name=one.name,
        kind=one.kind, phone=one.phone, signs_in=True,
    )  # fmt: skip
    return Member.objects.get(pk=one.pk)


def plain(cast: Cast) -> Member:
    """Another one of his branch, who has no phone."""
    return on_roll(cast).organisation.members.get(name="罗测丙")


def posted(cast: Cast, member: Member | None = None, part: str = "member", **changes: Any) -> Post:
    values: dict[str, Any] = {"kind": "tidiness", "about": "塘边那条巷子"}
    return actions.take_post(
        actor=cast.actor(part), member=member or on_roll(cast), **values | changes
    )


def promised(
    cast: Cast, member: Member | None = None, part: str = "member", **changes: Any
) -> Promise:
    values: dict[str, Any] = {
        "text": "把村口的沟清出来", "due_on": clock.today() + timedelta(days=20)
    }  # fmt: skip
    return actions.give_promise(
        actor=cast.actor(part), member=member or on_roll(cast), **values | changes
    )


def shown(cast: Cast, member: Member | None = None, part: str = "member") -> Profile:
    return actions.show_membership(
        actor=cast.actor(part), member=member or on_roll(cast), shown=True
    )


def with_deed(cast: Cast) -> tuple[Member, str]:
    """A member of whom the records tell one line, and its key."""
    member = on_roll(cast)
    matter = raise_matter(cast, "closed", assignee="member")
    return member, f"matters.{matter.pk}"


def objected(cast: Cast) -> Objection:
    member, key = with_deed(cast)
    return actions.object_to_deed(
        actor=cast.actor("member"), member=member, key=key, why="那天是我弟弟去修的"
    )


def record(cast: Cast, *rows: PostRow) -> None:
    record_posts(
        actor=OPERATOR, place=cast.hamlet(PROVINCE), rows=rows, count=len(rows),
        hamlets=hamlets_of(rows),
    )  # fmt: skip
