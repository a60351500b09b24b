"""What is kept is read by its owner alone: after real use, and where it was not before."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from genxu.config.private import secure_var

from .e2e.house import small_world
from .moulds import Moulds

ROOT = Path(__file__).parents[1]
USE = """
from genxu.config import mode
from genxu.config.private import own_files_only, secure_var
own_files_only(); mode.choose()
import django; django.setup()
from django.core.files.base import ContentFile
from genxu.core import clock
from genxu.institutions.talks.actions import Gathering, record_talk
from genxu.people.models import Grant
grant = Grant.objects.filter(role="secretary").select_related("account", "place").first()
record_talk(
    actor=grant.account.actor(), hamlet=grant.place, said=[],
    gathering=Gathering(clock.today(), "晒谷场", "道路", 3, "罗", "罗",
                        photos=(ContentFile(b"a picture", name="a.jpg"),)),
)
"""


def run(code: str, var: Path, *arguments: str) -> Any:
    """A process of its own, born with doors as wide as a careless machine has them."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "GENXU_VAR": str(var), "GENXU_MODE": "demo",
             "DJANGO_SETTINGS_MODULE": "genxu.config.settings.demo", "DATABASE_URL": "",
             "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        capture_output=True, text=True, timeout=300, cwd=ROOT, check=False, umask=0o022,
    )  # fmt: skip


def open_to_others(folder: Path) -> list[str]:
    ours = [folder, *folder.rglob("*")]
    return [f"{one} {stat.S_IMODE(one.stat().st_mode):o}" for one in ours
            if one.stat().st_mode & 0o077]  # fmt: skip


@pytest.mark.once
def test_after_real_use_nothing_is_open_to_others(tmp_path: Path, moulds: Moulds) -> None:
    """Of a world that was built, and copied with its doors as they were; then used."""
    var = tmp_path / "var"
    moulds.pour("small", small_world, var, "")
    used = run(USE, var)
    assert used.returncode == 0, used.stderr
    kinds = {one.suffix for one in var.rglob("*") if one.is_file()}
    assert {".jpg", ".sqlite3"} <= kinds
    assert open_to_others(var) == []


@pytest.fixture
def careless(tmp_path: Path, settings: Any) -> Path:
    """A folder as it was kept before."""
    (tmp_path / "media" / "talks").mkdir(parents=True)
    (tmp_path / "media" / "talks" / "a.jpg").write_bytes(b"a")
    for name in ("genxu.sqlite3", "genxu.sqlite3-wal", "genxu.sqlite3-shm"):
        (tmp_path / name).write_bytes(b"a")
    for one in (tmp_path, *tmp_path.rglob("*")):
        one.chmod(0o755 if one.is_dir() else 0o644)
    settings.VAR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.DATABASES = {
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "genxu.sqlite3")}
    }
    return tmp_path


def test_what_was_open_before_is_shut_at_start(careless: Path) -> None:
    assert open_to_others(careless)
    secure_var()
    assert open_to_others(careless) == []


def test_a_half_written_file_of_yesterday_is_swept_up(careless: Path) -> None:
    old, new = careless / "media" / ".half-old", careless / "media" / ".half-new"
    old.write_bytes(b"a")
    new.write_bytes(b"a")
    os.utime(old, (0, 0))
    secure_var()
    assert not old.exists()
    assert new.exists()
