"""People who sign up: each with a phone and a nickname that nobody had before."""

import itertools
import secrets
import threading

PASSWORD = "SecurePass123+"
COOKIE = "twake.session"

_numbers = itertools.count(secrets.randbelow(10**8) * 10**3)
_lock = threading.Lock()


def new_number():
    with _lock:
        return next(_numbers)


def new_phone():
    return f"+43{new_number():011d}"


def new_nickname():
    return f"n{new_number():011d}"


class Person:
    def __init__(self, service):
        self.service = service
        self.client = service.client()
        self.phone = new_phone()
        self.nickname = new_nickname()
        self.code = None
        self.asked = False

    @property
    def cookies(self):
        return dict(self.client.cookies)

    def ask(self):
        """Asks for a code without waiting for the text."""
        answer = self.client.post("/api/send-otp", {"phone": self.phone})
        assert (answer.status, answer.body) == (200, b"ok"), answer
        self.asked = True
        return self

    def read(self):
        self.code = self.service.outbox.code(self.phone)
        return self

    def wrong_code(self, step=1):
        return f"{(int(self.code) + step) % 10**6:06d}"

    def check(self, code=None):
        return self.client.post("/api/check-otp", {"password": code or self.code})

    def verify(self):
        """Proves the phone."""
        if self.code is None:
            if not self.asked:
                self.ask()
            self.read()
        answer = self.check()
        assert (answer.status, answer.body) == (200, b"ok"), answer
        return self

    def register(self, **fields):
        return self.client.post("/api/register", {"nickname": self.nickname, "password": PASSWORD, **fields})

    def sign_up(self, **fields):
        answer = self.verify().register(**fields)
        assert (answer.status, answer.body) == (201, b"ok"), answer
        return self

    def session(self):
        return self.client.get("/api/session")

    def log_in(self, login=None, password=PASSWORD):
        """Logs in as another user agent."""
        client = self.service.client()
        return client.post("/api/login", {"login": login or self.nickname, "password": password})
