"""Riders and captains: each with an email and a phone that nobody had before."""

import json

from mails import Mails
from people import new_number, new_phone

PASSWORD = "Secure@123"
ROLES = ["user", "captain"]
VEHICLE = {"color": "Black", "plate": "ABC-123", "capacity": 4, "type": "car"}

_mails = {}


def mails(service):
    """The mails of a service."""
    return _mails.setdefault(service.home, Mails(service.home / "outbox"))


def new_email():
    return f"r{new_number():011d}@example.com"


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
