"""People of the compass API: each with an email and a phone that nobody had before, and the mails that came to them."""

import re
import time

from apis import mailbox
from people import new_number

COOKIE = "compass.session"
PASSWORD = "securepassword"
NEW_PASSWORD = "newsecurepassword"


def new_email():
    return f"c{new_number():011d}@example.com"


def new_local_phone():
    """A number without a country: it gets the configured calling code, 1 by default."""
    return f"{new_number() % 10**10:010d}"


def mails(service, address):
    """The plain texts of the mails to an address, the oldest first."""
    return mailbox(service).all(address)


def mailed_code(service, address, number=1, patience=15):
    """The code in the mail of that number to an address, waiting for its delivery."""
    deadline = time.monotonic() + patience
    while len(found := mails(service, address)) < number:
        assert time.monotonic() < deadline, f"{len(found)} of {number} mails to {address} within {patience} s"
        time.sleep(0.02)
    codes = set(re.findall(r"(?<!\d)\d{6}(?!\d)", found[number - 1]))
    assert len(codes) == 1, f"not one code in {found[number - 1]!r}"
    return codes.pop()


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


class CompassPerson:
    def __init__(self, service, phone=None):
        self.service = service
        self.client = service.client()
        self.email = new_email()
        self.phone = phone
        self.password = PASSWORD

    @property
    def token(self):
        return self.client.cookies[COOKIE]

    @property
    def fields(self):
        fields = {"email": self.email, "password": self.password, "first_name": "John", "last_name": "Doe"}
        return {**fields, "phone_number": self.phone} if self.phone else fields

    def create(self, **fields):
        return self.client.post("/user/create", {**self.fields, **fields})

    def created(self, **fields):
        answer = self.create(**fields)
        assert answer.status == 200, answer
        return self

    def code(self, number=1):
        return mailed_code(self.service, self.email, number)

    def verify(self, code=None, **fields):
        return self.client.post("/user/create/verify", {"otp": code or self.code(), **fields})

    def verified(self):
        answer = self.created().verify()
        assert answer.status == 200, answer
        return self

    def log_in(self, password=None, client=None):
        client = client or self.service.client()
        return client.post("/user/login", {"email": self.email, "password": password or self.password})

    def session(self, **more):
        return self.client.get("/user/session", **more)

    def forget(self):
        return self.service.client().post("/user/forgot-password", {"email": self.email})

    def reset(self, code, password=NEW_PASSWORD):
        return self.service.client().post(
            "/user/reset-password", {"otp": code, "email": self.email, "new_password": password})
