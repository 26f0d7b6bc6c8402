"""The mails that the development configuration delivers to files, by receiver."""

import email
import re
import threading
import time
from collections import defaultdict

from people import new_number


def new_email():
    """An address that nobody had before."""
    return f"p{new_number():011d}@example.com"


def plain_text(mail):
    """The text of a mail, or of its part that is plain text."""
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/plain"]
    return part.get_payload(decode=True).decode(part.get_content_charset("ascii")).replace("\r\n", "\n")


class Mailbox:
    """The plain texts of mails, in the order of their file names, which begin with the time; each is handed out once."""

    def __init__(self, folder):
        self.folder = folder
        self._lock = threading.Lock()
        self._seen = set()
        self._mails = defaultdict(list)
        self._taken = defaultdict(int)

    def all(self, address):
        """What has come for the address so far."""
        with self._lock:
            for file in self.folder.glob("*.eml"):
                if file.name not in self._seen:
                    mail = email.message_from_bytes(file.read_bytes())
                    self._seen.add(file.name)
                    self._mails[mail["To"]].append((file.name, plain_text(mail)))
                    self._mails[mail["To"]].sort()
            return [text for _, text in self._mails[address.lower()]]

    def next(self, address, patience=20):
        """The next mail to the address, waiting for its delivery."""
        deadline = time.monotonic() + patience
        while True:
            texts = self.all(address)
            with self._lock:
                taken = self._taken[address.lower()]
                if len(texts) > taken:
                    self._taken[address.lower()] = taken + 1
                    return texts[taken]
            assert time.monotonic() < deadline, f"no mail to {address} within {patience} s"
            time.sleep(0.02)

    def skip(self, address, patience=20):
        """Hands out what has come, once something has."""
        self.next(address, patience)
        with self._lock:
            self._taken[address.lower()] = len(self._mails[address.lower()])

    def code(self, address, patience=20):
        codes = re.findall(r"(?<!\d)\d{6}(?!\d)", text := self.next(address, patience))
        assert len(codes) == 1, f"not one code in {text!r}"
        return codes[0]

    def link(self, address, patience=20):
        links = re.findall(r"https?://\S+", text := self.next(address, patience))
        assert len(links) == 1, f"not one link in {text!r}"
        return links[0]
