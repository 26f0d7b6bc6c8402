"""Sessions of the people of every API: how each is shown and where, and the questions that need one."""

import fcntl
import itertools
import struct
import termios
from collections import deque

import fcgi_client as fcgi
from apis import Codes, Compass, Contacts, Rider, Twake
from responder import parsed


def shown(somebody, credential):
    """How somebody who is logged in shows it, and where."""
    match somebody:
        case Twake():
            return "/api/session", {"Cookie": f"twake.session={credential}"}
        case Compass():
            return "/user/session", {"Cookie": f"compass.session={credential}"}
        case Rider():
            return f"{somebody.base}/profile", {"Authorization": f"Bearer {credential}"}
        case Contacts():
            return "/api/auth/me", {"Authorization": f"Bearer {credential}"}
        case Codes():
            return "/api/v1/users/me", {"Authorization": f"Bearer {credential}"}


def log_in(somebody):
    """Another session of the same account."""
    body = {"email": somebody.email, "password": somebody.password}
    match somebody:
        case Twake():
            return somebody.post("/api/login", {"login": somebody.email, "password": somebody.password}).cookies["twake.session"][0]
        case Compass():
            return somebody.post("/user/login", body).json["session_token"]
        case Rider():
            data = somebody.post(f"{somebody.base}/login", body).json["data"]
            somebody.refreshes.append(data["refreshToken"])
            return data["accessToken"]
        case Contacts():
            return somebody.post("/api/auth/login", body).json["data"]["token"]
        case Codes():
            return somebody.post("/api/v1/users/login", body).json["token"]


def first(somebody):
    """The credential of the session that came with the account."""
    return getattr(somebody, "access", None) or getattr(somebody, "token", None) or somebody.cookie


class Question:
    """Who somebody is, asked with a credential; the answer has the status, and the mark if it is a good one."""

    role = fcgi.RESPONDER

    def __init__(self, somebody, status=200, credential=None):
        self.path, headers = shown(somebody, credential or first(somebody))
        self.parameters = [(f"HTTP_{name.upper()}", value) for name, value in headers.items()]
        self.query, self.status = "", status
        self.mark = (somebody.nickname if isinstance(somebody, Twake) else somebody.email).encode()

    def octets(self, name, request_id=1):
        """The whole request, which goes by this name in the log."""
        parameters = [*self.parameters, ("REQUEST_ID", name)]
        return fcgi.request(self.path, role=self.role, query=self.query, extra=parameters, request_id=request_id)

    def check(self, output, name):
        answer = parsed(output)
        assert (answer.status, answer.header("X-Request-Id")) == (self.status, name), output
        assert (self.mark in output) == (self.status < 300), (self.mark, output)
        return answer


class Verification(Question):
    """The same asked by the web server, of an account with this id."""

    def __init__(self, somebody, account, status=204, credential=None, role=fcgi.RESPONDER):
        super().__init__(somebody, status, credential)
        self.path, self.query, self.role, self.mark = "/auth/verify", f"realm={somebody.realm}", role, account.encode()
        self.parameters.append(("AUTH_REALM", somebody.realm))


class Asker:
    """A connection on which questions are asked and answered in their order. Used as `with`."""

    _numbers = itertools.count(1)

    def __init__(self, service):
        self.address = str(service.home / "authfcgi.sock")
        self.connection = fcgi.connect(self.address, timeout=30)
        self.asked = deque()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def ask(self, question):
        """Sends a question, and returns the name that it has in the log."""
        number = next(self._numbers)
        name, request_id = f"asked-{number:08d}", number % 60_000 + 1
        self.connection.sendall(question.octets(name, request_id))
        self.asked.append((question, name, request_id))
        return name

    def hear(self, status=None):
        """The answer to the first question that has none; it is right, or has another status that is named."""
        question, name, request_id = self.asked.popleft()
        output = fcgi.answer(self.connection, request_id)
        if question.role == fcgi.AUTHORIZER:
            self.connection.close()
            self.connection = fcgi.connect(self.address, timeout=30)
        if status is None:
            return question.check(output, name)
        answer = parsed(output)
        assert (answer.status, answer.header("X-Request-Id")) == (status, name), output
        return answer

    @property
    def is_read(self):
        """Whether the service has taken all octets that were sent (unix(7), SIOCOUTQ)."""
        return struct.unpack("i", fcntl.ioctl(self.connection, termios.TIOCOUTQ, bytes(4))) == (0,)
