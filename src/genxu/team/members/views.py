"""The pages of members: the list, one's own, the card that everybody may open, the plates."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.codes import CODE_LENGTH
from genxu.core.errors import Conflict, Missing
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest, page
from genxu.core.ratelimit import count_try
from genxu.core.rules import open_public
from genxu.core.sheets.writing import Out
from genxu.organisation.branches.models import Member
from genxu.regions.columns import place_columns
from genxu.regions.lists import PlacedList
from genxu.regions.queries import place_in_charge

from . import documents, forms, queries, rules
from .models import Post
from .sheets import POST_COLUMNS

WRONG_CARDS_A_MINUTE = 10


def _posts(member: Any) -> str:
    return "、".join(str(post) for post in member.held_posts)


COLUMNS: list[Out[Any]] = [
    *place_columns(),
    Out(gettext_lazy("Full name"), "name", 12),
    Out(gettext_lazy("Organisation"), "organisation", 24),
    Out(gettext_lazy("Post"), _posts, 40),
]


class MemberList(PlacedList[forms.MembersForm, Member]):
    """Members with their posts; each reading of names is logged."""

    permission = rules.see_members
    form = forms.MembersForm
    template = "members/list.html"
    title = gettext_lazy("Party members")
    address = "members"
    noted_as = rules.see_members.name
    columns = COLUMNS

    def rows(self, actor: Actor) -> QuerySet[Member]:
        return queries.member_list(actor)

    def put_on(self, rows: Any, form: forms.MembersForm) -> None:
        super().put_on(rows, form)
        if rows and (place := self.noted_at(form)):
            note_read(actor=form.actor, action=self.permission.name, subject=place)


class PostList(PlacedList[forms.PostsForm, Post]):
    """Who minds what, hamlet by hamlet; it names members, so each reading is logged."""

    permission = rules.see_members
    form = forms.PostsForm
    template = "members/posts.html"
    title = gettext_lazy("Posts of members")
    address = "posts"
    noted_as = rules.see_members.name
    columns = POST_COLUMNS

    def rows(self, actor: Actor) -> QuerySet[Post]:
        return queries.post_list(actor)

    def put_on(self, rows: Any, form: forms.PostsForm) -> None:
        super().put_on(rows, form)
        if rows and (place := self.noted_at(form)):
            note_read(actor=form.actor, action=self.permission.name, subject=place)


members, posts = MemberList(), PostList()


@page(rules.see_own_membership)
def my_membership(request: ActorRequest) -> HttpResponse:
    """To one's own page."""
    own = queries.own_memberships(request.actor)
    if not own:
        raise Missing(_("You stand on no roll at present. Ask the secretary of your branch."))
    if len(own) == 1:
        return redirect("member", own[0].pk)
    return render(request, "members/mine.html", {"members": own})


@page(rules.print_plates)
def member_plates(request: ActorRequest, code: str) -> HttpResponse:
    """The plates of all who let their membership be seen, one a sheet."""
    place = place_in_charge(request.actor, rules.print_plates.roles, code)
    shown = queries.shown_at(request.actor, place.code)
    if not shown:
        raise Conflict(_("Nobody here has said yet that it may be seen."))
    if len(shown) > documents.MOST:
        raise Conflict(_("That is very many at once. Choose a village or a hamlet."))
    note_read(actor=request.actor, action=rules.print_plates.name, subject=place)
    content = documents.plates(shown, request.build_absolute_uri("/").rstrip("/"))
    answer = HttpResponse(content, content_type="application/pdf")
    name = content_disposition_header(True, f"{place} 党员标牌.pdf")
    answer.headers["Content-Disposition"] = name or ""
    return answer


@page(open_public)
def member_card(request: ActorRequest, code: str) -> HttpResponse:
    """Name, posts and promises while he lets them be seen; else a sentence without them."""
    key = code.upper()
    sound = len(key) == CODE_LENGTH and key.isalnum()
    profile, shown = queries.shown_by(key) if sound else (None, False)
    if profile is None:
        count_try(request, "card", WRONG_CARDS_A_MINUTE)
        raise Missing(_("There is no card with this code. Please scan the plate once more."))
    member = profile.member
    context: dict[str, Any] = {"hamlet": profile.hamlet, "one": member if shown else None}
    if shown:
        promises = queries.promises_of(member)
        context["posts"] = queries.posts_of(member)
        context["promises"] = [one for one in promises if one.state in ("given", "kept")]
    answer = render(request, "members/card.html", context)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "same-origin"
    return answer
