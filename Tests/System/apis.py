"""People of every API: each signs up through the calls of that API, with an address that nobody had before."""

import re
import threading

import people
from mailbox import Mailbox, new_email
from people import new_phone

PASSWORD = "SecurePass123+"
NEW_PASSWORD = "AnotherPass456+"

REALMS = ["twake", "compass", "riders", "captains", "contacts", "codes"]

_boxes = {}
_boxes_lock = threading.Lock()


def mailbox(service):
    service = getattr(service, "service", service)
    with _boxes_lock:
        return _boxes.setdefault(service.home, Mailbox(service.home / "outbox"))


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


class Somebody:
    """Somebody with a user agent, an email and a phone. `service` is one, or another web server before one."""

    realm = None

    def __init__(self, service, email=None):
        self.service = getattr(service, "service", service)
        self.agent = service
        self.client = service.client()
        self.email = email or new_email()
        self.phone = new_phone()
        self.password = PASSWORD
        self.mails = mailbox(service)

    def post(self, path, body=None, status=200, **more):
        """Posts without cookies unless they are given, and expects a status."""
        more.setdefault("cookies", {})
        answer = self.agent.client().post(path, body, **more)
        assert answer.status == status, (path, answer, answer.body)
        return answer

    def where(self):
        """The SQL condition that finds the account."""
        return f"realm LIKE '%{self.realm}' AND email = '{self.email}'"


class Twake(Somebody):
    realm = "twake"

    def __init__(self, service):
        super().__init__(service)
        self.nickname = people.new_nickname()

    def where(self):
        return f"realm LIKE '%twake' AND phone = '{self.phone}'"

    def ask(self):
        self.cookie = self.post("/api/send-otp", {"phone": self.phone}).cookies[people.COOKIE][0]
        return self

    def prove(self):
        self.ask()
        code = self.service.outbox.code(self.phone)
        answer = self.post("/api/check-otp", {"password": code}, cookies={people.COOKIE: self.cookie})
        self.cookie = answer.cookies[people.COOKIE][0]
        return self

    def sign_up(self):
        self.prove()
        body = {"nickname": self.nickname, "password": self.password, "recovery_email": self.email}
        answer = self.post("/api/register", body, 201, cookies={people.COOKIE: self.cookie})
        self.cookie = answer.cookies[people.COOKIE][0]
        return self

    def log_out(self):
        self.post("/api/logout", cookies={people.COOKIE: self.cookie})


class Compass(Somebody):
    realm = "compass"
    base = "/user"
    cookie_name = "compass.session"

    def body(self, **more):
        return {"email": self.email, "password": self.password, "first_name": "John", "last_name": "Doe", **more}

    def create(self):
        self.cookie = self.post("/user/create", self.body()).cookies[self.cookie_name][0]
        return self

    def sign_up(self):
        self.create()
        body = {"otp": self.mails.code(self.email)}
        self.cookie = self.post("/user/create/verify", body, cookies={self.cookie_name: self.cookie}).cookies[self.cookie_name][0]
        return self

    def log_out(self):
        self.post("/user/logout", cookies={self.cookie_name: self.cookie})

    def reset(self):
        self.post("/user/forgot-password", {"email": self.email})
        self.password = NEW_PASSWORD
        body = {"email": self.email, "otp": self.mails.code(self.email), "new_password": NEW_PASSWORD}
        self.post("/user/reset-password", body)


class Rider(Somebody):
    realm = "riders"
    base = "/api/v1/user"
    link_base = "/reset-password"
    noun = "User"
    vehicle = {}

    def body(self, **more):
        return {"firstname": "John", "lastname": "Doe", "email": self.email, "password": self.password,
                "phone": self.phone, **self.vehicle, **more}

    def sign_up(self):
        answer = self.post(f"{self.base}/register", self.body(), 201)
        self.access, self.refresh = (answer.cookies[name][0] for name in ("accessToken", "refreshToken"))
        return self

    def verify(self):
        self.post(f"{self.base}/verify-email", {"otp": self.mails.code(self.email)}, headers=self.bearer)
        return self

    def log_in(self):
        answer = self.post(f"{self.base}/login", {"email": self.email, "password": self.password})
        self.access, self.refresh = answer.json["data"]["accessToken"], answer.json["data"]["refreshToken"]
        return self

    @property
    def bearer(self):
        return {"Authorization": f"Bearer {self.access}"}

    def log_out(self):
        self.post(f"{self.base}/logout", headers=self.bearer)

    def grant(self):
        """The secret of a reset link."""
        self.post(f"{self.base}/forgot-password", {"email": self.email})
        while "/reset-password/" not in (text := self.mails.next(self.email)):
            pass
        return re.search(r"/reset-password/(\S+)", text)[1]

    def reset(self, grant=None):
        self.password = NEW_PASSWORD
        self.post(f"{self.base}/reset-password/{grant or self.grant()}", {"password": NEW_PASSWORD})


class Captain(Rider):
    realm = "captains"
    base = "/api/v1/captain"
    link_base = "/captain/reset-password"
    noun = "Captain"
    vehicle = {"color": "Black", "plate": "ABC-123", "capacity": 4, "type": "car"}


class Bearer(Somebody):
    @property
    def bearer(self):
        return {"Authorization": f"Bearer {self.token}"}


class Contacts(Bearer):
    realm = "contacts"
    base = "/api/auth"

    def body(self, **more):
        return {"fullName": "John Doe", "email": self.email, "password": self.password, **more}

    def sign_up(self):
        data = self.post("/api/auth/register", self.body(), 201).json["data"]
        self.token, self.id = data["token"], data["_id"]
        return self

    def grant(self):
        self.post("/api/auth/forgot-password", {"email": self.email})
        body = {"email": self.email, "otp": self.mails.code(self.email)}
        return self.post("/api/auth/verify-otp", body).json["data"]["resetToken"]

    def reset(self, grant=None):
        self.password = NEW_PASSWORD
        self.post("/api/auth/reset-password", {"resetToken": grant or self.grant(), "newPassword": NEW_PASSWORD})


class Codes(Bearer):
    realm = "codes"
    base = "/api/v1/users"

    def ask(self):
        data = self.post("/api/v1/users/get-code", {"email": self.email}, 201).json["data"]
        return data.get("verificationCode") or self.mails.code(self.email)

    def sign_up(self):
        body = {"email": self.email, "verificationCode": self.ask(), "password": self.password}
        self.token = self.post("/api/v1/users/signup-verify", body, 201).json["token"]
        return self
