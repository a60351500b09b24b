"""Where files are kept: read by their owner only, whole or not at all, and not without their row.

A file that was stored in an action whose transaction fails is deleted again, and so is half a file
when the disk was full.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, InMemoryStorage, Storage

HALF = ".half-"
"""How a file is named while it is written."""
Stored = list[tuple[Storage, str]]
_stored: "ContextVar[Stored | None]" = ContextVar("stored", default=None)

if TYPE_CHECKING:
    _Storage = Storage
else:
    _Storage = object


@contextmanager
def kept_only_if_committed() -> Iterator[None]:
    """Put it around a transaction: what is stored within is deleted when the transaction fails.

    Within another one, the outermost decides: its transaction is the one that counts.
    """
    outer, mine = _stored.get(), Stored()
    token = _stored.set(mine)
    try:
        yield
    except BaseException:
        for storage, name in mine:
            storage.delete(name)
        raise
    finally:
        _stored.reset(token)
    if outer is not None:
        outer += mine


class _Remembering(_Storage):
    """A storage that notes what it stores for ``kept_only_if_committed``."""

    def _save(self, name: str, content: "File[Any]") -> str:
        kept: str = super()._save(name, content)  # type: ignore[misc]
        if (stored := _stored.get()) is not None:
            stored.append((self, kept))
        return kept


class PrivateStorage(_Remembering, FileSystemStorage):
    """Files on the disk. Each is written beside, and takes its place when it is whole."""

    def _save(self, name: str, content: "File[Any]") -> str:
        root = Path(self.location)
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=root, prefix=HALF, delete=False) as half:
            try:
                for piece in content.chunks():
                    half.write(piece.encode() if isinstance(piece, str) else piece)
                half.flush()
                os.fsync(half.fileno())  # its row will say that it is there
                return super()._save(name, Whole(half, name))
            finally:
                Path(half.name).unlink(missing_ok=True)


class Whole(File):  # type: ignore[type-arg]
    """A file written to its end, to be moved to its place."""

    file: IO[bytes]

    def temporary_file_path(self) -> str:
        return self.file.name


class MemoryStorage(_Remembering, InMemoryStorage):
    """The same promise for tests, in memory."""
