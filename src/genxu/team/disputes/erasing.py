"""What is erased of a household that was a side of a dispute."""

from django.db.models import Q

from genxu.people.erasure import Erasure, strike

from .models import Dispute, DisputeStep, Meeting, Side


def erase(erased: Erasure) -> None:
    """That there was a dispute, and how it ended, stays for the other side; in all words the names
    and numbers are struck out."""
    known = Q(household__in=erased.households) | Q(hamlet=erased.hamlet, name__in=erased.names)
    own = list(Side.objects.filter(known).values_list("dispute", flat=True))
    strike(erased, Dispute.objects.filter(pk__in=own), "story", "terms", "manner")
    strike(erased, Meeting.objects.filter(dispute__in=own), "words")
    strike(erased, DisputeStep.objects.filter(dispute__in=own), "words", "replaced")
    named = Side.objects.filter(hamlet=erased.hamlet)
    named.filter(name__in=erased.names).update(name="")
    named.filter(word_by__in=erased.names).update(word_by=ANOTHER)


ANOTHER = "＊＊"
"""Who heard a word: somebody did, so that it stays noted down and nobody's own."""
