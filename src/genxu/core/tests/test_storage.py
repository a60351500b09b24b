"""No stray file: what is stored in an action that fails is deleted, and so is half a file."""

import errno
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, transaction

from genxu.core.storage import PrivateStorage, kept_only_if_committed
from genxu.institutions.talks.models import Photo, Talk
from tests.addresses import picture, talk_at_home
from tests.cast import Cast

DISK_FULL = OSError(errno.ENOSPC, "No space left on device")
LOCKED = OperationalError("database is locked")


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "genxu.core.storage.PrivateStorage"},
    }
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


class HalfWay(ContentFile):  # type: ignore[type-arg]
    """A file in the middle of which the disk is full."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"half"
        raise DISK_FULL


def test_half_a_file_is_not_left_when_the_disk_is_full(folder: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        default_storage.save("talks/a.jpg", HalfWay(b""))
    assert files(folder) == []


def test_a_whole_file_is_there_with_its_content(folder: Path) -> None:
    name = default_storage.save("talks/a.jpg", ContentFile(b"whole"))
    assert files(folder) == [name]
    with default_storage.open(name) as kept:
        assert kept.read() == b"whole"


def test_a_name_that_is_taken_overwrites_nothing(folder: Path) -> None:
    first = default_storage.save("a.txt", ContentFile(b"first"))
    second = default_storage.save("a.txt", ContentFile(b"second"))
    assert first != second
    assert len(files(folder)) == 2


def stored_then(fault: BaseException) -> None:
    with kept_only_if_committed(), transaction.atomic():
        default_storage.save("a.jpg", ContentFile(b"a"))
        raise fault


@pytest.mark.parametrize("fault", [DISK_FULL, LOCKED, KeyboardInterrupt()])
def test_what_was_stored_before_the_fault_is_deleted(
    folder: Path, db: None, fault: BaseException
) -> None:
    with pytest.raises(type(fault)):
        stored_then(fault)
    assert files(folder) == []


def test_what_is_committed_stays(folder: Path, db: None) -> None:
    with kept_only_if_committed(), transaction.atomic():
        default_storage.save("a.jpg", ContentFile(b"a"))
    assert files(folder) == ["a.jpg"]


def test_the_outermost_decides(folder: Path, db: None) -> None:
    def outer() -> None:
        with kept_only_if_committed():
            with kept_only_if_committed():
                default_storage.save("a.jpg", ContentFile(b"a"))
            raise DISK_FULL

    with pytest.raises(OSError, match="No space"):
        outer()
    assert files(folder) == []


def test_a_talk_that_cannot_be_recorded_leaves_no_picture(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second picture falls with the disk; the first one goes with the talk."""
    photos = (ContentFile(picture(), name="a.jpg"), HalfWay(b"", name="b.jpg"))
    with pytest.raises(OSError, match="No space"):
        talk_at_home(cast, photos=photos)
    assert files(folder) == []
    assert not Photo.objects.exists()
    assert not Talk.objects.exists()


def test_a_journal_that_is_locked_leaves_no_picture(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(**about: Any) -> None:
        raise LOCKED

    monkeypatch.setattr("genxu.core.journal.write", locked)
    with pytest.raises(OperationalError):
        talk_at_home(cast, photos=(ContentFile(picture(), name="a.jpg"),))
    assert files(folder) == []


def test_files_and_folders_are_for_their_owner_alone(folder: Path) -> None:
    folder.chmod(0o700)
    PrivateStorage().save("talks/2026/a.jpg", ContentFile(b"a"))
    for one in folder.rglob("*"):
        assert stat.S_IMODE(one.stat().st_mode) & 0o077 == 0, one
