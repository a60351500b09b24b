"""What becomes of a member's place on the rotas when he leaves the list or lives elsewhere."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from genxu.organisation.branches.belongings import Belonging, Parting, Then
from genxu.people.references import Fate

from .models import OnRota, Rota
from .person_actions import let_go
from .workflow import STANDING


def _let_go(parting: Parting, rows: Sequence[OnRota]) -> None:
    """Off the rotas that stand here; what he did is told of him wherever he stands on the roll."""
    standing = Rota.objects.select_for_update(of=("self",), no_key=True).filter(
        people__in=[one.pk for one in rows if one.left_on is None], state__in=STANDING
    )
    rotas = {one.pk: one for one in standing.order_by("pk")}
    for person in rows:
        if person.left_on is None and person.rota_id in rotas:
            let_go(parting.actor, rotas[person.rota_id], person)
    if parting.into:
        OnRota.objects.filter(member=parting.member).update(member=parting.into)


TOLD = _("He is off them; turns to come are dealt anew.")
OF_MEMBERS = [
    Belonging(
        _("Duty rotas"), OnRota, "member",
        Then(Fate.ENDS, TOLD, _let_go), Then(Fate.ENDS, TOLD, _let_go),
        lambda rows: rows.filter(left_on=None, rota__state__in=STANDING),
    ),
]  # fmt: skip
