"""The files of an import: on the disk while they are read, thrown away when it is over."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models.fields.files import FieldFile

from .models import Import


@contextmanager
def on_disk(file: Any) -> Iterator[Path]:
    """The path of a file; of one that is in memory or stored elsewhere, that of a copy."""
    try:
        path = file.temporary_file_path() if hasattr(file, "temporary_file_path") else file.path
    except (AttributeError, NotImplementedError):
        path = None
    if path is not None and Path(path).is_file():
        yield Path(path)
        return
    with tempfile.NamedTemporaryFile() as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        file.seek(0)
        yield Path(copy.name)


def throw_away(sheet: Import, *names: str) -> None:
    """Forget files of an import, and delete them when the transaction is through."""
    for name in names:
        file: FieldFile = getattr(sheet, name)
        if file:
            transaction.on_commit(partial(file.storage.delete, str(file.name)))
            setattr(sheet, name, "")
