"""Passwords that are being hashed, and those that wait for it, hold nobody else up."""

import threading
from collections import Counter

from apis import Compass
from http_client import at_once, request_octets
from service import Service

# One hash at a time, each a good part of a second; fewer threads than people who log in.
SLOW = {
    "AUTHFCGI_PASSWORD_MEMORY": "48MiB", "AUTHFCGI_PASSWORD_PASSES": "4", "AUTHFCGI_PASSWORD_CONCURRENCY": "1",
    "AUTHFCGI_SERVER_PROCESSES": "1", "AUTHFCGI_SERVER_THREADS": "2",
}


class LogIns(threading.Thread):
    """So many people who log in at once, each with an address that nobody has."""

    def __init__(self, service, count):
        super().__init__()
        bodies = [{"email": f"nobody{number}@example.com", "password": "securepassword"} for number in range(count)]
        self.port = service.port
        self.requests = [request_octets(service.port, "POST", "/user/login", body) for body in bodies]

    def run(self):
        self.answers = at_once(self.port, self.requests, timeout=120)


def hashing(service):
    """How many hashes run and wait."""
    lines = service.client().get("/metrics").body.decode().splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith("authfcgi_password_hashes{"))


def test_look_ups_go_on_while_more_people_log_in_than_there_are_threads():
    with Service("nginx", **SLOW) as service:
        somebody = Compass(service).sign_up()
        crowd = LogIns(service, 20)
        crowd.start()
        try:
            while hashing(service) < 12:
                assert crowd.is_alive()
            for _ in range(10):
                assert service.client().get("/user/session", cookies={somebody.cookie_name: somebody.cookie}).status == 200
                assert service.client().get("/healthz").status == 200
            assert hashing(service) > 0, "the look-ups waited for the hashes"
        finally:
            crowd.join()
        assert Counter(answer.status for answer in crowd.answers) == {404: 20}


def test_who_finds_the_queue_full_is_told_when_to_come_again():
    with Service("nginx", AUTHFCGI_PASSWORD_QUEUE="3", **SLOW) as service:
        crowd = LogIns(service, 20)
        crowd.start()
        crowd.join()
        statuses = Counter(answer.status for answer in crowd.answers)
        assert set(statuses) == {404, 503} and statuses[404] >= 4 and statuses[503] >= 10, statuses
        for answer in crowd.answers:
            assert (answer.header("Retry-After") is not None) == (answer.status == 503)
            assert answer.json.keys() >= {"message"} or answer.json.keys() >= {"error"}, answer.body
