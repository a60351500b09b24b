"""Nothing of what a file said is kept longer than its purpose needs (个人信息保护法 19)."""

from datetime import timedelta

from django.db.models import Q

from genxu.core import clock
from genxu.core.access import system

from .actions import forget_sheet
from .models import KEPT_DAYS, Import


def forget_old() -> int:
    """Forget files that were brought thirty days ago, finished or not; how many there were."""
    limit = clock.now() - timedelta(days=KEPT_DAYS)
    still_there = ~Q(marked="") | ~Q(file="") | Q(problems__isnull=False)
    rows = Import.objects.filter(still_there, asked_at__lt=limit).distinct()
    count = 0
    for sheet in rows.select_related("place").order_by("pk"):
        forget_sheet(actor=system("keeper"), sheet=sheet)
        count += 1
    return count
