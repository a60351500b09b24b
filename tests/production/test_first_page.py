"""A page is what shows whether the settings are right together."""

import re
import subprocess

import pytest

from .doing import record_talk
from .site import GENXU, HAMLET, LAN, Site
from .visitor import Visitor, as_json

DEMONSTRATION = ("/demo/enter/",)


def test_the_first_page_the_sign_in_and_a_static_file_come_through_the_proxy(site: Site) -> None:
    visitor = site.visitor()
    first = visitor.get("/")
    assert first.status == 200
    assert "根须" in first.text
    assert visitor.get("/sign-in/").status == 200
    static = re.findall(r'(?:href|src)="(/static/[^"]+)"', first.text)
    assert static
    for path in static:
        assert visitor.get(path).status == 200, path


def test_without_tls_the_visitor_is_sent_to_tls(site: Site) -> None:
    plain = Visitor(site.port, "127.0.0.2").send("GET", "/", headers={"X-Forwarded-Proto": "http"})
    assert plain.status == 301
    assert plain.headers["location"].startswith("https://")


def test_a_wrong_host_is_refused(site: Site) -> None:
    answer = Visitor(site.port, host="elsewhere.example").get("/")
    assert answer.status in (301, 400)
    assert "elsewhere" not in answer.headers.get("location", "")


def test_healthz_answers_for_the_address_of_the_machine(site: Site) -> None:
    assert as_json(site.health()) == {"status": "ok", "demonstration": False}


@pytest.mark.parametrize("path", DEMONSTRATION)
def test_the_demonstration_is_not_there(site: Site, path: str) -> None:
    assert site.visitor().get(path).status == 404
    done = subprocess.run(
        [str(GENXU), "world", "build"], env=site.environment, capture_output=True, check=False
    )
    assert done.returncode != 0
    assert b"Traceback" not in done.stderr


def test_a_talk_with_a_picture_is_recorded_and_read_again(site: Site) -> None:
    lan = site.staff(LAN)
    made = record_talk(lan, photo=True, topic="第一场夜话")
    assert made.status == 302, made.text
    assert "第一场夜话" in lan.get(made.headers["location"]).text
    (photo,) = re.findall(r'src="(/talks/photos/\d+/)"', lan.page)
    assert lan.get(photo).body.startswith(b"\xff\xd8")
    assert "第一场夜话" in site.visitor().get(f"/places/{HAMLET}/").text


def test_a_second_program_at_the_same_port_is_refused_with_a_word(site: Site) -> None:
    second = subprocess.run(
        [str(GENXU), "serve", "--port", str(site.port)],
        env=site.environment, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert second.returncode != 0
    assert str(site.port) in second.stderr.decode()
    assert site.health().status == 200
