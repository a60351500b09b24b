"""Production refuses to start unsafely; what it checks is green when it is set up properly."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from genxu.config.settings.demo import SECRET_KEY as DEMONSTRATION_SECRET

from .e2e.house import migrated
from .moulds import Moulds

ROOT = Path(__file__).parents[1]
SECRET = "x7" * 30 + "-own-and-long-enough"
PROPER = {
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "genxu.example.org",
    "SMS_GATEWAY": "genxu.people.sms.Yunpian",
    "SMS_KEY": "key",
    "SMS_SIGNATURE": "根须",
    "OPERATOR_NAME": "新街镇人民政府",
    "OPERATOR_CONTACT": "0715-0000000",
}


def genxu(tmp_path: Path, *arguments: str, **environment: str) -> Any:
    names = ("PATH", "HOME", "LANG", "PYTHONPATH")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "from genxu.cli import main; main()", *arguments],
        env={**kept, "GENXU_VAR": str(tmp_path), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True, text=True, timeout=60, cwd=ROOT, check=False,
    )  # fmt: skip


@pytest.fixture
def up_to_date(tmp_path: Path, moulds: Moulds) -> None:
    """A database in the folder of the program, with its tables."""
    moulds.pour("migrated", migrated, tmp_path, "")


BAD = {
    "no secret": {"SECRET_KEY": ""},
    "the demonstration's secret": {"SECRET_KEY": DEMONSTRATION_SECRET},
    "a short secret": {"SECRET_KEY": "x" * 49},
    "no hosts": {"ALLOWED_HOSTS": ""},
    "debugging on": {"DEBUG": "1"},
    "debugging on in words": {"DEBUG": "True"},
}


@pytest.mark.parametrize("kind", BAD)
def test_production_refuses_to_start(tmp_path: Path, kind: str) -> None:
    result = genxu(tmp_path, "check", "--deploy", **{**PROPER, **BAD[kind]})
    assert result.returncode != 0
    assert "genxu:" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.once
def test_production_properly_set_up_is_started_asked_for_pages_and_green(
    tmp_path: Path, moulds: Moulds
) -> None:
    assert "migrate" in genxu(tmp_path, "check", "--deploy", **PROPER).stderr
    moulds.pour("migrated", migrated, tmp_path, "")
    genxu(tmp_path, "migrate", GENXU_MODE="production", **PROPER)
    result = genxu(tmp_path, "check", "--deploy", **PROPER)
    assert result.returncode == 0, result.stdout + result.stderr
    for page in ("/: 200", "/sign-in/: 200", "/static/", "/healthz: 200"):
        assert f"ok    {page}" in result.stdout
    assert "WRONG" not in result.stdout


@pytest.mark.once
@pytest.mark.usefixtures("up_to_date")
def test_production_that_answers_wrongly_is_not_green(tmp_path: Path) -> None:
    """What no check of settings can see: here the proxy's word is not heard."""
    broken = tmp_path / "broken.py"
    broken.write_text(
        "from genxu.config.settings.production import *\n"
        "MIDDLEWARE = ['genxu.core.middleware.AtHomeOnly', *MIDDLEWARE]\n"
    )
    told = {**PROPER, "DJANGO_SETTINGS_MODULE": "broken", "PYTHONPATH": f"{tmp_path}:{ROOT}/src"}
    result = genxu(tmp_path, "check", "--deploy", **told)
    assert result.returncode != 0
    assert "WRONG /: 403" in result.stdout


@pytest.mark.parametrize("missing", ["OPERATOR_NAME", "OPERATOR_CONTACT"])
def test_production_warns_if_the_notice_names_nobody(tmp_path: Path, missing: str) -> None:
    result = genxu(tmp_path, "check", "--deploy", **{**PROPER, missing: ""})
    assert result.returncode != 0
    assert "OPERATOR_NAME" in result.stderr + result.stdout


@pytest.mark.once
@pytest.mark.usefixtures("up_to_date")
def test_an_account_that_nobody_could_sign_in_to_is_not_opened(tmp_path: Path) -> None:
    """Without a gateway for text messages a password is the only way in."""
    proper = {**PROPER, "SMS_GATEWAY": "genxu.people.sms.Console", "GENXU_MODE": "production"}
    result = genxu(
        tmp_path, "accounts", "open", "13800000009", "甲", "--role", "auditor", "--place", "42",
        "--password", "", **proper,
    )  # fmt: skip
    assert result.returncode != 0
    assert "password" in result.stderr


def test_another_database_than_was_meant_is_said(tmp_path: Path) -> None:
    result = genxu(tmp_path, "journal", "verify", GENXU_MODE="production", **PROPER)
    assert result.returncode != 0
    assert "migrate" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_mode_is_refused(tmp_path: Path) -> None:
    result = genxu(tmp_path, "check", GENXU_MODE="royal")
    assert result.returncode != 0
    assert "royal" in result.stderr


@pytest.mark.once
@pytest.mark.usefixtures("up_to_date")
def test_a_refusal_at_the_command_line_is_a_sentence(tmp_path: Path) -> None:
    result = genxu(tmp_path, "figures", "421299")
    assert result.returncode != 0
    assert result.stderr.startswith("genxu: ")
    assert "Traceback" not in result.stderr


def test_serving_a_database_that_is_not_up_to_date_says_so(tmp_path: Path) -> None:
    result = genxu(tmp_path, "serve", "--port", "1")
    assert result.returncode != 0
    assert "migrate" in result.stderr


@pytest.mark.once
@pytest.mark.usefixtures("up_to_date")
def test_the_demonstration_is_served_on_this_machine_only(tmp_path: Path) -> None:
    result = genxu(tmp_path, "serve", "--host", "0.0.0.0")
    assert result.returncode != 0
    assert "127.0.0.1" in result.stderr


def test_the_demonstration_answers_to_this_machine_only() -> None:
    from genxu.config.settings import demo

    assert set(demo.ALLOWED_HOSTS) == {"localhost", "127.0.0.1", "[::1]"}


INSIDE = """
import sys, django
django.setup()
from django.apps import apps
from django.urls import NoReverseMatch, get_resolver, reverse
get_resolver().url_patterns
try: routed = reverse("demo_enter")
except NoReverseMatch: routed = ""
print(apps.is_installed("genxu.demo"), routed, any("genxu.demo" in name for name in sys.modules))
"""


@pytest.mark.parametrize(
    ("mode", "said"),
    [("production", ["False", "False"]), ("demo", ["True", "/demo/enter/", "True"])],
)
def test_the_demonstration_is_there_in_its_own_mode_only(
    tmp_path: Path, mode: str, said: list[str]
) -> None:
    """Neither installed nor routed nor even loaded where people's records are kept."""
    told = {**PROPER, "DJANGO_SETTINGS_MODULE": f"genxu.config.settings.{mode}"}
    done = subprocess.run(
        [sys.executable, "-c", INSIDE], env={**os.environ, "GENXU_VAR": str(tmp_path), **told},
        check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout.split() == said


def test_the_migrations_are_complete(db: None) -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
