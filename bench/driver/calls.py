"""Single calls, one after the other over one connection: for counting what each costs."""

import http.client
import itertools
import json
import random

from .settings import PASSWORD


class Calls:
    """The main calls by name. Each is a function that is given a connection, makes one request and gives the status."""

    names = ("GET /healthz", "GET /user/session", "GET /api/auth/me", "GET /auth/verify", "POST /user/login",
             "POST /api/send-otp", "POST /api/register", "POST /api/auth/check-registered")

    def __init__(self, house):
        self.house = house
        read = lambda path: path.read_text().split()
        self.cookies = itertools.cycle(read(house.credentials.cookies(count=5000, name="call-cookies")))
        self.tokens = itertools.cycle(read(house.credentials.tokens("HS256", 5000)))
        self.random = random.Random()

    def prepare(self, name, count):
        """Makes what so many calls use up."""
        if name == "POST /api/register":
            first, path = self.house.credentials.registrations(count)
            self.registrations = iter(zip(itertools.count(first), path.read_text().split()))

    def make(self, name, connection):
        """Makes one call; its status."""
        return self.send(connection, *self.request(name))

    def request(self, name):
        """The words of one call: method, path, body and fields."""
        method, path = name.split()
        body, fields = None, {"X-Real-IP": f"10.2.{self.random.randrange(256)}.{self.random.randrange(256)}"}
        account = self.random.randrange(self.house.settings.accounts) + 1
        if path == "/user/session":
            fields["Cookie"] = f"compass.session={next(self.cookies)}"
        elif path in ("/api/auth/me", "/auth/verify", "/api/auth/check-registered"):
            fields["Authorization"] = f"Bearer {next(self.tokens)}"
        if path == "/auth/verify":
            path += "?realm=bench"
        elif path == "/user/login":
            body = {"email": f"user{account}@example.com", "password": PASSWORD}
        elif path == "/api/send-otp":
            body = {"phone": f"+4918{self.random.randrange(10**10):010}"}
        elif path == "/api/register":
            number, cookie = next(self.registrations)
            fields["Cookie"] = f"twake.session={cookie}"
            body = {"nickname": f"new{number}", "password": "SecurePass123+", "displayName": "Ada Lovelace"}
        elif path == "/api/auth/check-registered":
            body = {"identifiers": self.identifiers()}
        if body is not None:
            fields["Content-Type"] = "application/json"
            body = json.dumps(body, separators=(",", ":"))
        return method, path, body, fields

    def send(self, connection, method, path, body, fields):
        connection.request(method, path, body, fields)
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def identifiers(self, count=1000):
        """Half of them somebody's."""
        accounts = self.random.sample(range(1, 2 * self.house.settings.accounts), count)
        return [f"user{n}@example.com" if n % 2 else f"+4915{n:09}" for n in accounts]

    def run(self, name, contender, count):
        """Makes so many calls, and tells how many were refused."""
        self.prepare(name, count)
        connection = http.client.HTTPConnection("127.0.0.1", contender.port, timeout=60)
        refused = sum(self.make(name, connection) >= 300 for _ in range(count))
        connection.close()
        return refused
