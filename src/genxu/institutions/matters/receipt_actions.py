"""What staff do with the receipt of one suggestion: print it, read it out, replace it."""

from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.codes import Why, note_shown, replace_code

from . import rules
from .models import Suggestion


@action(rules.print_receipt, locks="suggestion", notes=("why",))
def print_receipt(*, actor: Actor, suggestion: Suggestion, why: Why) -> Suggestion:
    """The receipt goes on paper, or its code is read out: then what it does is marked."""
    note_shown(suggestion, why)
    return suggestion


@action(rules.replace_receipt, locks="suggestion")
def replace_receipt(*, actor: Actor, suggestion: Suggestion) -> Suggestion:
    """A new code for one that was lost; the old one opens nothing from now on."""
    replace_code(suggestion)
    return suggestion
