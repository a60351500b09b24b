"""What the program keeps is read by the user it runs as, and by nobody else on the machine."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from time import time

from django.conf import settings

from genxu.core.storage import HALF

OTHERS = stat.S_IRWXG | stat.S_IRWXO
DAY = 24 * 3600


def own_files_only() -> None:
    """Call it first of all: whatever is made from now on is for its owner alone."""
    os.umask(OTHERS)


def secure_var() -> None:
    """Take from others what was kept before with wider doors, and sweep up what a process that
    was killed had half written. Call it once the settings are known.

    All below the folder is walked once: behind a folder shut to others nobody comes to the rest.
    """
    var: Path = settings.VAR
    if var.is_dir() and var.stat().st_mode & OTHERS:
        for path in _below(var):
            _shut(path)
        _shut(var)
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        for ending in ("", "-wal", "-shm"):
            _shut(Path(f"{database['NAME']}{ending}"))
    _sweep(Path(settings.MEDIA_ROOT))


def _below(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        yield from (Path(where) / name for name in (*folders, *files))


def _shut(path: Path) -> None:
    """A file of somebody else's is left: it is none of ours."""
    if path.is_symlink() or not path.exists():
        return
    found = path.stat()
    if found.st_uid == os.getuid() and found.st_mode & OTHERS:
        path.chmod(stat.S_IMODE(found.st_mode) & ~OTHERS)


def _sweep(media: Path) -> None:
    for half in media.glob(f"{HALF}*"):
        if half.exists() and half.stat().st_mtime < time() - DAY:
            half.unlink(missing_ok=True)
