"""Who settles disputes by the post that he has taken on: he is offered first where one is asked."""

from .models import Post
from .workflow import PostState


def peacemakers_at(hamlet: str) -> set[int]:
    """The accounts of those members of a hamlet."""
    rows = Post.objects.filter(hamlet=hamlet, kind=Post.Kind.PEACE, state=PostState.HELD)
    rows = rows.filter(member__account__isnull=False, member__left_on=None)
    return set(rows.values_list("member__account", flat=True))
