"""Nothing of what a file said is kept longer than its purpose needs (个人信息保护法 19)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import Storage
from django.db.models import Q
from django.utils import timezone

from genxu.core import clock
from genxu.core.access import system

from .actions import forget_sheet
from .models import FOLDER, KEPT_DAYS, Import


def forget_old() -> int:
    """Forget files that were brought thirty days ago, finished or not; how many there were."""
    limit = clock.now() - timedelta(days=KEPT_DAYS)
    still_there = ~Q(marked="") | ~Q(file="") | Q(problems__isnull=False)
    rows = Import.objects.filter(still_there, asked_at__lt=limit).distinct()
    count = 0
    for sheet in rows.select_related("place").order_by("pk"):
        forget_sheet(actor=system("keeper"), sheet=sheet)
        count += 1
    sweep(timezone.now() - timedelta(days=KEPT_DAYS))
    return count


def sweep(before: datetime) -> None:
    """Delete files older than that which no import knows: of an upload sent twice at once, or of a
    process killed before the end."""
    storage: Storage = Import._meta.get_field("file").storage
    rows = Import.objects.values_list("file", "staged", "marked")
    known = {name for names in rows for name in names}
    for name in _files_in(storage, FOLDER):
        if name not in known and storage.get_modified_time(name) < before:
            storage.delete(name)


def _files_in(storage: Storage, folder: str) -> Iterator[str]:
    if storage.exists(folder):
        folders, files = storage.listdir(folder)
        yield from (f"{folder}/{name}" for name in files)
        for one in folders:
            yield from _files_in(storage, f"{folder}/{one}")
