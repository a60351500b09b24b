"""What becomes of a member's picture on the wall when he leaves the organisation, or goes over."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from genxu.organisation.branches.belongings import Belonging, Parting, Then
from genxu.people.references import Fate

from .models import Face


def _off(parting: Parting, rows: Sequence[Face]) -> None:
    Face.objects.filter(pk__in=[one.pk for one in rows]).delete()


OFF = Then(Fate.ENDS, _("It is taken off the wall; where he goes he is asked anew."), _off)
OF_MEMBERS = [Belonging(_("His picture on a members' wall"), Face, "member", OFF, OFF)]
