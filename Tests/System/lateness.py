"""How late the machine is at what it was asked to do, while something is timed on it."""

import threading
import time


class Lateness:
    """`with Lateness() as late:` and then `late.worst`: the seconds by which a short sleep was too long at worst. A busy
    machine adds that, some times over, to whatever is timed beside it; an idle one adds a millisecond."""

    def __enter__(self):
        self.worst, self._over = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def _watch(self):
        while not self._over.is_set():
            begun = time.monotonic()
            time.sleep(0.005)
            self.worst = max(self.worst, time.monotonic() - begun - 0.005)

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()
