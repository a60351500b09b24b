"""Who takes part in a prefecture's evening; asked from inside the program."""

from typing import Any

from .paths import SCRATCH
from .subjects import account_of, session_of


def evening(most: int) -> dict[str, Any]:
    """Hamlets from all over, each with its secretary's session and a matter that is under way;
    slips with their codes; a picture as a telephone takes it."""
    from django.db import transaction

    from genxu.institutions.matters.models import Suggestion
    from genxu.people.models import Household

    heads = Household.objects.living_here().filter(number=1).order_by("hamlet")
    hamlets, matters = [], []
    with transaction.atomic():
        for head in heads[:: max(1, heads.count() // most)]:
            account = account_of("secretary", head.hamlet_id)
            session = session_of(account)
            hamlets.append([head.hamlet_id, head.label, session])
            matters += [[pk, session] for pk in _under_way(head.hamlet_id, account.actor())]
    said = Suggestion.objects.order_by("-pk")[:most]
    slips = [[one.pk, one.code] for one in said]
    return {"hamlets": hamlets, "matters": matters, "slips": slips, "photo": _photo()}


def _under_way(hamlet: str, actor: Any) -> list[int]:
    """A common matter of the hamlet that was closed and is taken up again, if there is one."""
    from genxu.institutions.matters.models import Matter
    from genxu.institutions.matters.verdict_actions import reopen_matter

    closed = Matter.objects.filter(hamlet=hamlet, place=hamlet, tier="common", state="closed")
    found = [reopen_matter(actor=actor, matter=one, words="又坏了。") for one in closed[:1]]
    return [one.pk for one in found]


def _photo() -> str:
    """Twelve megapixels, about as many bytes as a telephone makes of them."""
    from PIL import Image

    path = SCRATCH / "photo.jpg"
    grain = Image.effect_noise((2000, 1500), 18).convert("RGB").resize((4000, 3000))
    grain.save(path, "JPEG", quality=85)
    return str(path)
