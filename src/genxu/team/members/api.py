"""Posts of members, as the API gives them; it names members, so each reading is logged."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from genxu.core.api import PROBLEMS, Key, operation, rows_of

from . import rules
from .models import Post
from .views import posts

router = Router()


class PostOut(Schema):
    id: int
    hamlet: str
    member: str
    kind: str
    about: str
    since: date
    households: list[int]

    @staticmethod
    def of(post: Post) -> "PostOut":
        return PostOut(
            id=post.pk, hamlet=post.hamlet_id, member=str(post.member), kind=post.kind,
            about=post.about, since=post.since, households=post.numbers,
        )  # fmt: skip


class PostPage(Schema):
    items: list[PostOut]
    next_before: int | None


@router.get("/posts", response={200: PostPage} | PROBLEMS, url_name="posts")
@operation(rules.see_members)
def list_posts(
    request: HttpRequest, place: str = "", kind: str = "", before: Key | None = None
) -> PostPage:
    """Posts that are held, the newest first, a hundred at a time; go on with ``before``. An area
    is given by the numbers of its households."""
    found, more = rows_of(request, posts, {"place": place, "kind": kind}, before)
    return PostPage(items=[PostOut.of(one) for one in found], next_before=more)
