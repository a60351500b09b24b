"""All files of a job in one ZIP, written while it is sent: the same memory for one or a hundred."""

import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

from .models import JobFile

CHUNK = 256 * 1024


class _Sink:
    """What the ZIP is written to: keeps what was not sent yet."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, content: Any) -> int:
        self.waiting.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing is held back here."""

    def take(self) -> bytes:
        taken = b"".join(self.waiting)
        self.waiting.clear()
        return taken


def in_one_zip(files: Iterable[JobFile]) -> Iterator[bytes]:
    """The ZIP piece by piece. Its parts are packed already, so they are only put side by side; a
    file that is lost is left out."""
    sink = _Sink()
    with zipfile.ZipFile(cast("IO[bytes]", sink), "w", zipfile.ZIP_STORED) as pack:
        for row in files:
            try:
                content = row.file.open()
            except FileNotFoundError:
                continue
            with content, pack.open(zipfile.ZipInfo(row.name), "w", force_zip64=True) as entry:
                while piece := content.read(CHUNK):
                    entry.write(piece)
                    yield sink.take()
    yield sink.take()
