"""Posts from a spreadsheet, one row a post of a member. A row is a known post if member, kind and
words match; households that it names come to the area, and none is taken from it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_new, insert_rows
from genxu.core.days import wrong_day
from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Outcome, wrong
from genxu.core.texts import readable, too_long
from genxu.organisation.branches.models import Member
from genxu.people.history import begin_many
from genxu.people.privacy import named_among
from genxu.people.register import Register
from genxu.people.rows import clean_phone
from genxu.regions.batches import HamletIntake

from . import rules
from .actions import MOST_POSTS, more_than_most, names_somebody
from .models import ABOUT_LIMIT, Door, Post, PostStep
from .workflow import BEGIN, PostState


@dataclass(frozen=True, slots=True)
class PostRow:
    """A member of the hamlet by name (and number, where two have one name), which post, what for,
    since when (None: today), and the numbers of the households of its area."""

    hamlet: str
    name: str
    kind: str
    phone: str = ""
    about: str = ""
    since: date | None = None
    doors: tuple[int, ...] = ()

    def cleaned(self) -> "PostRow":
        return replace(
            self, name=clean_name(self.name), phone=clean_phone(self.phone),
            about=readable(self.about), doors=tuple(sorted(set(self.doors))),
        )  # fmt: skip

    def problems(self) -> Mapping[str, StrOrPromise]:
        """Field → what is wrong with it; of a cleaned row."""
        found: dict[str, StrOrPromise] = {}
        if not self.name:
            found["name"] = _("Please say who it is.")
        if self.kind not in Post.Kind:
            found["kind"] = _("Please choose one of those offered.")
        elif self.kind == Post.Kind.OTHER and not self.about:
            found["about"] = _("Please say in a few words what for.")
        if len(self.about) > ABOUT_LIMIT:
            found["about"] = too_long(ABOUT_LIMIT)
        return found | wrong_day("since", self.since)


Key = tuple[int, str, str]


def _made(row: PostRow, member: Member, actor: Actor) -> Post:
    noted = None if rules.is_own(actor, member) else actor.account_id
    return Post(
        member=member, hamlet_id=row.hamlet, kind=row.kind, about=row.about,
        since=row.since or clock.today(), noted_by_id=noted,
    )  # fmt: skip


class PostIntake(HamletIntake[PostRow]):
    """New posts of members on the roll, and households that come to a known one."""

    def parents(self) -> Iterable[QuerySet[Any]]:
        """Whoever takes a post on holds the member; whoever gives it up, the post."""
        members = Member.objects.present().filter(hamlet__in=self.hamlets)
        return [members, Post.objects.filter(hamlet__in=self.hamlets, state=PostState.HELD)]

    def touched(self) -> Sequence[Iterable[int]]:
        return [[key[0] for key, _row in self._new()], [post.pk for _row, post in self._grown()]]

    def read(self) -> None:
        self.members: dict[tuple[str, str], list[Member]] = {}
        for one in Member.objects.present().filter(hamlet__in=self.hamlets).order_by("pk"):
            self.members.setdefault((one.hamlet_id, one.name), []).append(one)
        posts = Post.objects.filter(hamlet__in=self.hamlets, state=PostState.HELD)
        self.posts = {(one.member_id, one.kind, one.about): one for one in posts.order_by("pk")}
        self.count = Counter(member for member, _kind, _about in self.posts)
        doors = Door.objects.filter(post__in=posts.order_by())
        self.doors = set(doors.values_list("post", "household"))
        self.register = Register(self.hamlets)
        self.heads: dict[str, list[str]] = {}
        for hamlet, name in self.register.by_name:
            self.heads.setdefault(hamlet, []).append(name)
        self.planned: dict[Key, PostRow] = {}

    def judge(self, row: PostRow) -> Outcome:
        member = self._member(row)
        if isinstance(member, str):
            return wrong({"name": member})
        if found := row.about and named_among(row.about, self.heads.get(row.hamlet, ())):
            return wrong({"about": names_somebody(found)})
        if strange := [n for n in row.doors if self._door(row.hamlet, n) is None]:
            text = _("There is no household No. %s in this hamlet.")
            return wrong({"doors": text % strange[0]})
        key = (member.pk, row.kind, row.about)
        if earlier := self.planned.get(key):
            return twice("kind", alike=earlier == row)
        self.planned[key] = row
        if (known := self.posts.get(key)) is not None:
            return CHANGED if self._more(known, row) else SAME
        if self.count[member.pk] >= MOST_POSTS:
            return wrong({"kind": more_than_most()})
        self.count[member.pk] += 1
        return NEW

    def write(self, actor: Actor) -> None:
        whose = {one.pk: one for some in self.members.values() for one in some}
        new = [(row, _made(row, whose[key[0]], actor)) for key, row in self._new()]
        insert_new([post for _row, post in new])
        grown = list(self._grown())
        insert_rows(
            Door, ("post", "household", "hamlet"),
            ((post.pk, household, row.hamlet)
             for row, post in [*new, *grown] for household in self._more(post, row)),
        )  # fmt: skip
        begin_many(PostStep, [(post.pk, row.hamlet) for row, post in new], actor, BEGIN,
                   PostState.HELD)  # fmt: skip
        keys = [post.pk for _row, post in grown]
        Post.objects.filter(pk__in=keys).update(version=F("version") + 1)

    def _new(self) -> list[tuple[Key, PostRow]]:
        return [(key, row) for key, row in self.planned.items() if key not in self.posts]

    def _grown(self) -> Iterator[tuple[PostRow, Post]]:
        for key, row in self.planned.items():
            if (post := self.posts.get(key)) and self._more(post, row):
                yield row, post

    def _more(self, post: Post, row: PostRow) -> list[int]:
        """The households that come to the area."""
        found = (self._door(row.hamlet, n) for n in row.doors)
        return [pk for pk in found if pk and (post.pk, pk) not in self.doors]

    def _door(self, hamlet: str, number: int) -> int | None:
        known = self.register.by_number.get((hamlet, number))
        return known.pk if known and known.lives_here else None

    def _member(self, row: PostRow) -> Member | str:
        found = self.members.get((row.hamlet, row.name), [])
        if row.phone:
            found = [one for one in found if one.phone in ("", row.phone)]
        if len(found) > 1:
            found = [one for one in found if row.phone and one.phone == row.phone]
            return found[0] if len(found) == 1 else _("Two have this name: give the phone too.")
        return found[0] if found else _("No member of this name is on the roll in this hamlet.")


record_posts = PostIntake.action(rules.record_posts)
