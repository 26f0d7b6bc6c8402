"""The folder that the development configuration delivers texts to."""

import re
import threading
import time
from collections import defaultdict


class Outbox:
    """Texts by phone, in the order of their file names, which begin with the time; each code is handed out once."""

    def __init__(self, folder):
        self.folder = folder
        self._lock = threading.Lock()
        self._seen = set()
        self._texts = defaultdict(list)
        self._taken = defaultdict(int)

    def _read(self):
        for file in self.folder.iterdir() if self.folder.is_dir() else ():
            if file.name in self._seen or file.suffix != ".sms":
                continue
            head, _, text = file.read_text().replace("\r\n", "\n").partition("\n\n")
            phone = re.fullmatch(r"To: (\+\d+)", head.split("\n")[0])
            assert phone, f"{file.name} does not begin with the receiver: {head!r}"
            self._seen.add(file.name)
            self._texts[phone[1]].append((file.name, text))
            self._texts[phone[1]].sort()

    def texts(self, phone):
        with self._lock:
            self._read()
            return [text for _, text in self._texts[phone]]

    def code(self, phone, patience=15):
        """The code of the next text to `phone`, waiting for its delivery."""
        deadline = time.monotonic() + patience
        while True:
            with self._lock:
                self._read()
                if len(self._texts[phone]) > self._taken[phone]:
                    text = self._texts[phone][self._taken[phone]][1]
                    self._taken[phone] += 1
                    codes = set(re.findall(r"(?<!\d)\d{6}(?!\d)", text))
                    assert len(codes) == 1, f"not one code in {text!r}"
                    return codes.pop()
            assert time.monotonic() < deadline, f"no text to {phone} within {patience} s"
            time.sleep(0.02)
