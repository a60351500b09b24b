"""For the test suite: fast passwords, files in memory, the messages kept aside."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "genxu.demo"]  # its world is built in tests too
ROOT_URLCONF = "genxu.config.demo_urls"
SECRET_KEY = "test-only"  # noqa: S105
WHITENOISE_AUTOREFRESH = True  # else each test client goes through all static files
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
STORAGES = {
    "default": {"BACKEND": "genxu.core.storage.MemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

_KEPT = Path(tempfile.gettempdir()) / f"genxu-test-heads-{os.getpid()}"
JOURNAL_HEAD_KEPT = _KEPT / "journal-head"
JOURNAL_HEAD_FILE = _KEPT / "journal-heads.txt"
