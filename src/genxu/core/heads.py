"""The head of the journal: how many rows are sealed, and the digest of the last seal.

Against a head kept elsewhere it shows when the end of the journal was cut off, or all of it
exchanged. The newest one is kept in a file beside the database; one a day goes out: a line in a
file, a line in the log, an e-mail.
"""

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from smtplib import SMTPException
from typing import Self

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from . import clock, keys
from .errors import Invalid
from .models import Seal

log = logging.getLogger("genxu.journal")
GENESIS = "0" * 64
HEADS = "journal heads"


class Altered(Exception):
    """The file beside the database does not hold what the program had written there."""


@dataclass(frozen=True)
class Head:
    """Written as ``COUNT:DIGEST``."""

    count: int
    digest: str

    def __str__(self) -> str:
        return f"{self.count}:{self.digest}"

    @classmethod
    def read(cls, text: str) -> Self:
        """``Invalid`` if it is none."""
        count, _colon, digest = text.strip().partition(":")
        if not (count.isascii() and count.isdigit() and len(count) < 20 and len(digest) == 64):
            raise Invalid({"head": _("A head is written as number:digest.")})
        return cls(int(count), digest.lower())


def newest() -> Head:
    """The head of the journal as it stands in the database."""
    last = Seal.objects.order_by("-pk").values_list("total", "digest").first()
    return Head(*last) if last else Head(0, GENESIS)


def kept() -> Head | None:
    """The head kept beside the database; None if there is none, ``Altered`` if it is not ours."""
    path = Path(settings.JOURNAL_HEAD_KEPT)
    if not path.exists():
        return None
    text, _space, mark = path.read_text(encoding="utf-8").strip().partition(" ")
    if not keys.is_mark(HEADS, text, mark):
        raise Altered(str(path))
    return Head.read(text)


def keep(head: Head) -> None:
    """Keep a new head beside the database.

    The one kept before stays if the journal no longer leads up to it: it is the proof of that.
    """
    path = Path(settings.JOURNAL_HEAD_KEPT)
    before = kept()
    if before and before.count and not _is_in_the_chain(before):
        log.error("the journal no longer holds the head kept in %s: genxu journal verify", path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    with new.open("w", encoding="utf-8") as file:
        file.write(f"{head} {keys.mark(HEADS, str(head))}\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _is_in_the_chain(head: Head) -> bool:
    return Seal.objects.filter(digest=head.digest, total=head.count).exists()


def forget_kept() -> None:
    """A new journal begins in a new database."""
    Path(settings.JOURNAL_HEAD_KEPT).unlink(missing_ok=True)


def send_out() -> bool:
    """Once a day: the head by e-mail, as a line of the log and of a file; whether anything went.

    An e-mail that could not be sent is tried again the next time.
    """
    head, day, path = newest(), clock.today().isoformat(), Path(settings.JOURNAL_HEAD_FILE)
    mailed = bool(settings.JOURNAL_HEAD_EMAIL) and _mail(head, day)
    if _last_line(path).startswith(day):
        return mailed
    log.info("journal head %s", head)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{day} {head}\n")
    return True


def _mail(head: Head, day: str) -> bool:
    """Send it unless it was sent on that day; whether it went off."""
    noted = Path(settings.JOURNAL_HEAD_KEPT).with_name("journal-head-mailed")
    if _last_line(noted) == day:
        return False
    text = _("Keep this: genxu journal verify --head %s") % head
    try:
        send_mail(_("Journal head of %s") % day, f"{head}\n\n{text}\n", None,
                  settings.JOURNAL_HEAD_EMAIL)  # fmt: skip
    except (OSError, SMTPException):
        log.exception("the journal head could not be sent by e-mail; it will be tried again")
        return False
    noted.parent.mkdir(parents=True, exist_ok=True)
    noted.write_text(day, encoding="utf-8")
    return True


def _last_line(path: Path) -> str:
    if not path.exists():
        return ""
    lines = path.read_text(encoding="utf-8").split("\n")
    return next((line for line in reversed(lines) if line), "")
