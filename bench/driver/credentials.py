"""Files of what clients carry: cookies, tokens and registration sessions, one a line."""

import hashlib
import random
import subprocess

from .settings import ISSUER, REALM

CREDENTIALS = 100_000


class Credentials:
    def __init__(self, settings, query):
        self.settings, self.query = settings, query

    def file(self, name, *words):
        path = self.settings.home / "tmp" / name
        output = subprocess.run([self.settings.tool("credentials"), *map(str, words)], capture_output=True, check=True)
        path.write_bytes(output.stdout)
        return path

    @property
    def cookie_keys(self):
        return self.settings.home / "cookie.keys"

    def cookies(self, population=None, count=CREDENTIALS, seed=1, name="cookies"):
        """Cookies of `compass.session` for sessions chosen at random."""
        return self.file(name, "cookie", "compass.session", self.cookie_keys, REALM,
                         population or self.settings.accounts, min(count, population or count), seed)

    def tokens(self, algorithm, count=CREDENTIALS):
        """Bearer tokens of `contacts` for sessions chosen at random."""
        return self.file(f"tokens-{algorithm}", "token", algorithm, self.settings.home / "token.keys", REALM,
                         self.settings.accounts, count, 2, ISSUER)

    def glewlwyd_sessions(self, population, count=10_000, seed=1):
        """Session ids of Glewlwyd, as rows/glewlwyd.sql makes them, chosen at random."""
        chosen, path = random.Random(seed), self.settings.home / "tmp" / "glewlwyd-sessions"
        numbers = (chosen.randint(1, population) for _ in range(count))
        path.write_text("".join(
            hashlib.sha512(f"glewlwyd session {number}".encode()).hexdigest() + "\n" for number in numbers))
        return path

    def registrations(self, count):
        """So many new registration sessions whose phones are proven: the first one's number, and their cookies."""
        path = self.settings.home / "registrations.used"
        first = int(path.read_text()) if path.exists() else 1
        path.write_text(str(first + count))
        sql = (self.settings.bench / "rows" / "registrations.sql").read_text()
        self.query(sql.replace("FIRST", str(first)).replace("LAST", str(first + count - 1)).replace("REALM", REALM))
        return first, self.file("registrations", "registration", "twake.session", self.cookie_keys, REALM, first, count)
