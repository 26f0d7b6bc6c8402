"""Riders and captains: each with an email and a phone that nobody had before."""

import json

from http_client import at_once
from mailbox import Mailbox, new_email
from people import new_phone
from test_rules import headers

PASSWORD = "Secure@123"
ROLES = ["user", "captain"]
VEHICLE = {"color": "Black", "plate": "ABC-123", "capacity": 4, "type": "car"}

ENVELOPE = ["status", "data", "message"]

_mails = {}


def mails(service):
    """The mails of a service."""
    return _mails.setdefault(service.home, Mailbox(service.home / "outbox"))


class Rider:
    def __init__(self, service, role="user"):
        self.service = service
        self.role = role
        self.base = f"/api/v1/{role}"
        self.noun = role.capitalize()
        self.client = service.client()
        self.email = new_email()
        self.phone = new_phone()

    @property
    def cookies(self):
        return dict(self.client.cookies)

    def form(self, **fields):
        vehicle = VEHICLE if self.role == "captain" else {}
        return {"firstname": "Ada", "lastname": "Lovelace", "email": self.email, "password": PASSWORD,
                "phone": self.phone, **vehicle, **fields}

    def call(self, name, body=None, **more):
        return self.client.post(f"{self.base}/{name}", body, **more)

    def register(self, **fields):
        return self.call("register", self.form(**fields))

    def sign_up(self):
        answer = self.register()
        assert answer.status == 201, answer
        return self

    def code(self):
        return mails(self.service).code(self.email)

    def link(self):
        return mails(self.service).link(self.email)

    def verify(self):
        answer = self.call("verify-email", {"otp": self.code()})
        assert answer.status == 200, answer
        return self

    def log_in(self, password=PASSWORD):
        """Logs in as another user agent; the answer and the agent."""
        client = self.service.client()
        return client.post(f"{self.base}/login", {"email": self.email, "password": password}), client

    def profile(self, token=None, cookies=None):
        headers = {"Authorization": f"Bearer {token}"} if token else None
        return self.client.get(f"{self.base}/profile", headers=headers, cookies={} if token else cookies)


def octets(method, path, port, cookies=None, body=None):
    """A whole request as octets, for `at_once`."""
    head = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close"]
    if cookies:
        head.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    content = b"" if body is None else json.dumps(body).encode()
    if body is not None:
        head.append("Content-Type: application/json")
    if method == "POST":
        head.append(f"Content-Length: {len(content)}")
    return ("\r\n".join(head) + "\r\n\r\n").encode() + content


def everywhere(rider, method, name, cookies, count=48):
    """The statuses of one call made so often at once that every worker answers some."""
    request = octets(method, f"{rider.base}/{name}", rider.service.port, cookies)
    return {answer.status for answer in at_once(rider.service.port, [request] * count)}


def token_of(rider):
    """The token of the link that is sent next."""
    answer = rider.call("forgot-password", {"email": rider.email})
    assert answer.status == 200, answer
    start = f"http://127.0.0.1:{rider.service.port}{'/captain' if rider.role == 'captain' else ''}/reset-password/"
    link = rider.link()
    assert link.startswith(start)
    return link[len(start):]


def answered(answer, status, message, data=None):
    """An answer in the envelope; its data."""
    assert answer.status == status, answer
    headers(answer)
    assert sorted(answer.json) == sorted(ENVELOPE), answer
    assert (answer.json["status"], answer.message) == (status, message)
    if data is not None:
        assert answer.json["data"] == data
    return answer.json["data"]


def refused(answer, status, message=None):
    headers(answer)
    assert answer.status == status, answer
    assert list(answer.json) == ENVELOPE and answer.json["status"] == status and answer.json["data"] == {}
    assert message in (None, answer.message)
    assert not answer.cookies
    return answer


def blamed(answer):
    """The fields that a validation error names."""
    assert answer.status == 400 and list(answer.json) == [*ENVELOPE, "errors"] and answer.json["data"] == {}, answer
    assert all(list(error) == ["field", "message"] and error["message"] for error in answer.json["errors"])
    headers(answer)
    return [error["field"] for error in answer.json["errors"]]


def sets_tokens(answer, role, access=900, refresh=30 * 86400):
    """Both tokens, as the answer's cookies have them."""
    assert list(answer.cookies) == ["accessToken", "refreshToken"]
    for name, path, lifetime in (("accessToken", "/", access), ("refreshToken", f"/api/v1/{role}", refresh)):
        attributes = answer.cookies[name][1]
        assert attributes == {"path": path, "max-age": str(lifetime), "httponly": "", "samesite": "lax"}
    return {name: value for name, (value, _) in answer.cookies.items()}


def bearer(token):
    return {"Authorization": f"Bearer {token}"}
