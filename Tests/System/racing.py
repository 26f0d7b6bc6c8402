"""People who do the same in the same instant. AUTHFCGI_RACE_ROUNDS sets how often each race is run, each round with people
of its own."""

import os
from collections import Counter

from http_client import at_once, request_octets

ROUNDS = int(os.environ.get("AUTHFCGI_RACE_ROUNDS", "20"))
RUNNERS = 16
# Each runner has a password of its own: whose account it is shows by it.
PASSWORDS = [f"SecurePass{number:03d}+" for number in range(RUNNERS)]


def race(service, path, bodies):
    """The answers to bodies that are sent in the same instant."""
    return at_once(service.port, [request_octets(service.port, "POST", path, body) for body in bodies])


def said(answer):
    return answer.status, answer.json.get("message", answer.json.get("error"))


def one_won(answers, good, lost):
    """Exactly one answer is good, and every other is one of those; tells which."""
    seen = Counter(map(said, answers))
    [winner] = [index for index, answer in enumerate(answers) if answer.status == good] or [None]
    assert winner is not None and set(seen) - {said(answers[winner])} <= set(lost), seen
    return winner


def whose(service, path, email, winner, good=200):
    """The account is the winner's and nobody else's."""
    for index in {winner, (winner + 1) % RUNNERS}:
        answer = service.client().post(path, {"email": email, "password": PASSWORDS[index]})
        assert (answer.status == good) == (index == winner), (index, winner, answer, answer.body)
