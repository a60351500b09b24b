"""Putting the receipts of a talk on paper."""

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.codes import Why, check_printing
from genxu.core.errors import Conflict
from genxu.institutions.matters.models import Suggestion

from . import rules
from .models import Talk


@action(rules.print_receipts, locks="talk", notes=("why",))
def print_receipts(*, actor: Actor, talk: Talk, why: Why) -> Talk:
    """All receipts of a talk are printed, for this reason."""
    check_printing(why)
    if not talk.stands:
        raise Conflict(_("This talk does not stand any more; its receipts are not printed."))
    Suggestion.objects.filter(raised__talk=talk).update(printed_at=clock.now())
    return talk
