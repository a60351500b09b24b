"""What was noted down for somebody stands after seven days in which she said nothing else."""

from genxu.core import clock
from genxu.core.access import system
from genxu.core.errors import Conflict

from .answering import PENDING
from .models import Verdict
from .verdict_actions import confirm_verdict


def confirm_noted() -> int:
    """Let each answer stand whose seven days are over, one action each; how many there were."""
    over = Verdict.objects.filter(
        status=Verdict.Status.PENDING, at__lte=clock.now() - PENDING
    ).select_related("matter__hamlet")
    count = 0
    for verdict in over.order_by("pk"):
        try:
            confirm_verdict(actor=system("clock"), matter=verdict.matter, verdict=verdict)
        except Conflict:  # she has answered herself meanwhile, or another worker was quicker
            continue
        count += 1
    return count
