"""A person with a browser, as far as the server sees one: cookies, forms, an address of her own."""

import http.client
import io
import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CLIENT_ID = re.compile(r'name="client_id" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
HOST = "genxu.example.org"
Files = dict[str, tuple[str, bytes]]
"""Field → name and content."""


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return unescape(self.body.decode(errors="replace"))


@dataclass
class Visitor:
    """``address`` is where she comes from: any of 127.0.0.0/8."""

    port: int
    address: str = "127.0.0.2"
    host: str = HOST
    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def post(self, path: str, files: "Files | None" = None, **data: Any) -> Answer:
        """Send what the form of the page just seen would."""
        sent = {"csrfmiddlewaretoken": self.token(), **data}
        if files is None:
            return self.send_form(path, sent, {})
        body, kind = multipart(sent, files)
        return self.send("POST", path, body, {"Content-Type": kind})

    def send_form(self, path: str, sent: dict[str, Any], headers: dict[str, str]) -> Answer:
        told = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self.send("POST", path, urlencode(sent, doseq=True).encode(), told)

    def token(self) -> str:
        found = TOKEN.search(self.page)
        return found.group(1) if found else ""

    def hidden(self) -> dict[str, str]:
        return {name: unescape(value) for name, value in HIDDEN.findall(self.page)}

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        patience: float = 40,
    ) -> Answer:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=patience, source_address=(self.address, 0)
        )
        told = {"Host": self.host, "Referer": f"https://{self.host}/", **(headers or {})}
        if self.cookies:
            told["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        try:
            connection.request(method, path, body, told)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self._keep(value)
        found = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, content)
        if "html" in found.headers.get("content-type", ""):
            self.page = found.body.decode(errors="replace")
        return found

    def _keep(self, told: str) -> None:
        name, _equals, value = told.split(";")[0].partition("=")
        gone = "max-age=0" in told.lower()
        self.cookies.pop(name, None)
        if value and not gone:
            self.cookies[name] = value.strip('"')

    def sign_in(self, phone: str, password: str) -> Answer:
        self.get("/sign-in/")
        return self.post("/sign-in/", login=phone, password=password)


def multipart(data: dict[str, Any], files: Files) -> tuple[bytes, str]:
    border = uuid4().hex
    out = io.BytesIO()
    parts = [(f'name="{name}"', str(value).encode()) for name, value in data.items()]
    parts += [(f'name="{k}"; filename="{name}"', content) for k, (name, content) in files.items()]
    for named, content in parts:
        out.write(f"--{border}\r\nContent-Disposition: form-data; {named}\r\n\r\n".encode())
        out.write(content + b"\r\n")
    out.write(f"--{border}--\r\n".encode())
    return out.getvalue(), f"multipart/form-data; boundary={border}"


def as_json(answer: Answer) -> Any:
    return json.loads(answer.body)
