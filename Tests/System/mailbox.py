"""The mails that the development configuration delivers to files, by receiver."""

import email
import email.policy
import re
import threading
import time
from collections import defaultdict

from people import new_number


def new_email():
    """An address that nobody had before."""
    return f"p{new_number():011d}@example.com"


class Mailbox:
    """Mails in the order of their file names, which begin with the time; each code is handed out once."""

    def __init__(self, folder):
        self.folder = folder
        self._lock = threading.Lock()
        self._seen = set()
        self._mails = defaultdict(list)
        self._taken = defaultdict(int)

    def _read(self):
        for file in self.folder.iterdir() if self.folder.is_dir() else ():
            if file.name in self._seen or file.suffix != ".eml":
                continue
            mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            self._seen.add(file.name)
            self._mails[mail["To"]].append((file.name, mail))
            self._mails[mail["To"]].sort(key=lambda pair: pair[0])

    def mails(self, address):
        with self._lock:
            self._read()
            return [mail for _, mail in self._mails[address.lower()]]

    def code(self, address, patience=15):
        """The code of the next mail to the address, waiting for its delivery."""
        deadline = time.monotonic() + patience
        while len(mails := self.mails(address)) <= self._taken[address.lower()]:
            assert time.monotonic() < deadline, f"no mail to {address} within {patience} s"
            time.sleep(0.02)
        mail = mails[self._taken[address.lower()]]
        self._taken[address.lower()] += 1
        codes = re.findall(r"(?<!\d)\d{6}(?!\d)", mail.get_body(("plain",)).get_content())
        assert len(codes) == 1, f"not one code in {mail.as_string()!r}"
        return codes[0]
