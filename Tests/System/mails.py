"""The mails in the folder that the development configuration delivers to."""

import email
import email.policy
import re
import threading
import time
from collections import defaultdict


class Mails:
    """Mails by address, in the order of their file names, which begin with the time; each is handed out once."""

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
            self._mails[mail["To"]].append((file.name, mail.get_body(("plain",)).get_content()))
            self._mails[mail["To"]].sort()

    def all(self, address):
        with self._lock:
            self._read()
            return [text for _, text in self._mails[address]]

    def next(self, address, patience=15):
        """The next mail to `address`, waiting for its delivery."""
        deadline = time.monotonic() + patience
        while True:
            with self._lock:
                self._read()
                if len(self._mails[address]) > self._taken[address]:
                    text = self._mails[address][self._taken[address]][1]
                    self._taken[address] += 1
                    return text
            assert time.monotonic() < deadline, f"no mail to {address} within {patience} s"
            time.sleep(0.02)

    def code(self, address):
        codes = re.findall(r"(?<!\d)\d{6}(?!\d)", self.next(address))
        assert len(codes) == 1, "not one code in the mail"
        return codes[0]

    def link(self, address):
        links = re.findall(r"https?://\S+", self.next(address))
        assert len(links) == 1, "not one link in the mail"
        return links[0]
