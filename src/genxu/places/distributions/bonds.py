"""What becomes of a household's part in distributions when something happens to it: it stays its
own, whatever happens, and falls to no other."""

from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Reference

from .models import Portion

REFERENCES = [
    Reference(
        _("Its parts of the collective's income"), Portion, ("household",), private=True,
        at={
            Event.MOVED_AWAY: Becomes(Fate.STAYS, _("What is owed to it stays owed.")),
            Event.MERGED: Becomes(
                Fate.STAYS, _("The line stays as it was drawn up; the entry that is kept reads it.")
            ),
            Event.ERASED: Becomes(
                Fate.STAYS, _("The sum stays in the accounts, without a name; what is owed stays "
                              "owed.")
            ),
        },
    ),
]  # fmt: skip
