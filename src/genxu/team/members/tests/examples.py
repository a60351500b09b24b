"""How the addresses of members are opened: rows of the matrix."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from genxu.people.history import Living
from genxu.team.members import actions
from genxu.team.members.post_intake import PostRow
from tests.addresses import Example, Make
from tests.cast import HOME, Cast

from .factories import objected, on_roll, posted, promised, record, shown, with_deed


def _sent(row: Any, **more: Any) -> dict[str, Any]:
    version = {"version": row.version} if hasattr(row, "version") else {}
    return {**version, "client_id": str(uuid4()), **more}


def _member(make: Callable[[Cast], Any] = on_roll, **sent: Any) -> Make:
    """A page of a member: with ``sent``, one of his steps."""

    def example(cast: Cast) -> Example:
        one = make(cast)
        one = getattr(one, "member", one)
        body = _sent(one, **sent) if sent else None
        return Example({"pk": one.pk}, HOME, {"member": one}, sent=body, own="member")

    return example


def _object(cast: Cast) -> Example:
    """Lines stand there for others once he has read them."""
    member, key = with_deed(cast)
    actions.read_deeds(actor=cast.actor("member"), member=member, keys=[key])
    sent = _sent(member, key=key, why="不是我办的")
    return Example({"pk": member.pk}, HOME, {"member": member}, sent=sent, own="member")


def _living(name: str, make: Callable[[Cast], Living], **sent: Any) -> Make:
    def example(cast: Cast) -> Example:
        one = make(cast)
        body = _sent(one, **sent) if sent else None
        return Example({"pk": one.pk}, HOME, {name: one}, sent=body)

    return example


def _back(make: Callable[[Cast], Living]) -> Make:
    def example(cast: Cast) -> Example:
        one = make(cast)
        return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=_sent(one, since="1"))

    return example


def _plates(cast: Cast) -> Example:
    shown(cast)
    return Example({"code": HOME}, HOME)


def _mine(cast: Cast) -> Example:
    on_roll(cast)
    return Example(ok=302)


def _card(cast: Cast) -> Example:
    return Example({"code": shown(cast).card})


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    member = on_roll(cast)
    posted(cast, member, part="secretary", doors=cast.households()[:1])
    promised(cast, member)
    shown(cast, member)
    objected(cast)


EXAMPLES: dict[str, list[Make]] = {
    "members": [lambda cast: Example()],
    "export_members": [lambda cast: Example()],
    "api-1:posts": [lambda cast: Example()],
    "posts": [lambda cast: Example()],
    "export_posts": [lambda cast: Example()],
    "member_plates": [_plates],
    "my_membership": [_mine],
    "member_card": [_card],
    "member": [_member()],
    "member_post": [_member(kind="peace", about="")],
    "member_promise": [_member(text="多去看看五保户", due_on="2026-06-01")],
    "member_show": [_member(yes="1")],
    "member_hide": [_member(shown, yes="1")],
    "member_read": [_member(keys="matters.1")],
    "member_object": [_object],
    "post": [_living("post", posted)],
    "post_give_up": [_living("post", posted, words="腿脚不便了")],
    "post_take_back": [_back(posted)],
    "promise": [_living("promise", promised)],
    "promise_keep": [_living("promise", promised, words="清好了")],
    "promise_not_keep": [_living("promise", promised, words="连着下雨")],
    "promise_withdraw": [_living("promise", promised, words="")],
    "promise_take_back": [_back(promised)],
    "objection": [_living("objection", objected)],
    "objection_uphold": [_living("objection", objected, words="是记错了")],
    "objection_answer": [_living("objection", objected, words="记录上写的是他")],
    "objection_take_back": [_back(objected)],
}
PLAIN = {
    "members.take_post.kind", "members.give_promise.due_on", "members.object_to_deed.key",
    "members.read_deeds.keys", "members.keep_promise.records",
    # they find the member
    "members.record_posts.name", "members.record_posts.phone",
}  # fmt: skip
SENSITIVE = {
    "members.take_post.about": "words", "members.give_promise.text": "words",
    "members.object_to_deed.why": "words",
}  # fmt: skip


def take_batches(cast: Cast) -> None:
    """Rows of a spreadsheet: no address sends them."""
    member = on_roll(cast)
    record(cast, PostRow(HOME, member.name, "care"))
