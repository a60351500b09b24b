"""Heads are kept beside the database after each sealing, and go out once a day."""

from pathlib import Path
from smtplib import SMTPException
from typing import Any

import pytest
from click.testing import CliRunner
from django.core import mail

from genxu.cli import cli
from genxu.core import clock, heads, journal
from genxu.core.models import Seal
from genxu.core.tests.test_journal import entry
from genxu.core.verifying import verify
from tests.cast import Cast, later
from tests.database import lift_triggers, set_triggers


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings: Any) -> Path:
    settings.JOURNAL_HEAD_KEPT = tmp_path / "var" / "journal-head"
    settings.JOURNAL_HEAD_FILE = tmp_path / "elsewhere" / "heads.txt"
    settings.JOURNAL_HEAD_EMAIL = []
    return tmp_path


def lines(settings: Any) -> list[str]:
    return list(settings.JOURNAL_HEAD_FILE.read_text().splitlines())


def sealed(number: int = 1) -> heads.Head:
    entry(number)
    journal.seal()
    return heads.newest()


def test_each_sealing_keeps_the_newest_head(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    for n in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            head = sealed(n)
        assert heads.kept() == head
    assert head.count == sum(Seal.objects.values_list("count", flat=True))


def test_there_is_none_before_the_first_sealing() -> None:
    assert heads.kept() is None


def test_a_head_written_by_another_hand_is_named(cast: Cast, settings: Any) -> None:
    head = sealed()
    heads.keep(head)
    kept = settings.JOURNAL_HEAD_KEPT
    kept.write_text(kept.read_text().replace(str(head.count), str(head.count - 1), 1))
    assert not verify().sound


def test_a_kept_head_is_not_written_over_once_the_journal_no_longer_holds_it(
    cast: Cast, caplog: Any
) -> None:
    """Otherwise the next sealing would wipe out the proof of the cut."""
    journal.seal()
    heads.keep(sealed())
    lift_triggers()
    Seal.objects.latest("pk").delete()
    set_triggers()
    kept = heads.kept()
    heads.keep(sealed(2))
    assert heads.kept() == kept
    assert "no longer holds the head" in caplog.text


def test_one_line_a_day_goes_out(cast: Cast, settings: Any, caplog: Any) -> None:
    caplog.set_level("INFO", "genxu.journal")
    head = sealed()
    assert heads.send_out()
    assert not heads.send_out()
    assert lines(settings) == [f"2026-05-13 {head}"]
    assert f"journal head {head}" in caplog.text
    with later(days=1):
        assert heads.send_out()
    assert [line[:10] for line in lines(settings)] == ["2026-05-13", "2026-05-14"]
    assert mail.outbox == []


def test_it_goes_out_by_e_mail_once_a_day(cast: Cast, settings: Any) -> None:
    settings.JOURNAL_HEAD_EMAIL = ["auditor@example.org"]
    head = sealed()
    heads.send_out()
    heads.send_out()
    assert [message.to for message in mail.outbox] == [["auditor@example.org"]]
    assert str(head) in mail.outbox[0].body
    with later(days=1):
        heads.send_out()
    assert len(mail.outbox) == 2


def test_an_e_mail_that_fails_is_tried_again_without_another_line(
    cast: Cast, settings: Any, monkeypatch: Any, caplog: Any
) -> None:
    settings.JOURNAL_HEAD_EMAIL = ["auditor@example.org"]
    sealed()

    def fails(*_args: Any) -> None:
        raise SMTPException("no post today")

    with monkeypatch.context() as patch:
        patch.setattr(heads, "send_mail", fails)
        heads.send_out()
        heads.send_out()
    assert "tried again" in caplog.text
    assert len(lines(settings)) == 1
    assert heads.send_out()
    assert len(mail.outbox) == len(lines(settings)) == 1


def test_by_command(cast: Cast, settings: Any) -> None:
    head = sealed()

    def run(*arguments: str) -> Any:
        return CliRunner().invoke(cli, ["journal", *arguments])

    assert run("head").output.strip() == str(head)
    assert run("verify", "--head", str(head)).exit_code == 0
    other = heads.Head(head.count, "a" * 64)
    assert run("verify", "--head", str(other)).exit_code == 1
    assert str(head) in run("send-head").output
    assert lines(settings) == [f"{clock.today()} {head}"]
