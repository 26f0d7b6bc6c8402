"""Many requests in the same instant: what may happen once happens once. AUTHFCGI_RACE_ROUNDS sets how often each race
is run; a round is fresh people, so that no round is the easier for the one before."""

import itertools
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from http_client import at_once, post_octets
from people import PASSWORD, Person, new_nickname, new_number, new_phone

ROUNDS = int(os.environ.get("AUTHFCGI_RACE_ROUNDS", "20"))

USED = (400, "Malformed request")
WRONG = (401, "Incorrect password")
EXHAUSTED = (400, "Maximum amount of wrong attempts has been reached")


def crowd(service, size, step):
    """`size` people who have taken a step together, all their texts on the way at once."""
    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(step, list(threads.map(lambda _: Person(service).ask(), range(size)))))


def send(service, path, attempts):
    """The answers to (body, cookies) pairs that are sent at once."""
    return at_once(service.port, [post_octets(path, body, cookies, service.port) for body, cookies in attempts])


def counted(answers):
    """How often each status came with each message or text."""
    return Counter((a.status, a.message if a.media_type == "application/json" else a.body.decode()) for a in answers)


def race(service, path, attempts):
    return counted(send(service, path, attempts))


def test_one_right_code_is_taken_once(racing):
    for person in crowd(racing, ROUNDS, Person.read):
        seen = race(racing, "/api/check-otp", [({"password": person.code}, person.cookies)] * 32)
        assert seen == {(200, "ok"): 1, USED: 31}


def test_of_a_hundred_wrong_codes_five_are_compared(racing):
    for person in crowd(racing, ROUNDS, Person.read):
        attempts = [({"password": person.wrong_code(step)}, person.cookies) for step in range(1, 101)]
        assert race(racing, "/api/check-otp", attempts) == {WRONG: 5, EXHAUSTED: 95}


def test_the_right_code_among_a_hundred_has_no_more_than_its_chance(racing):
    """Whatever the order, at most five are compared: the right one wins, or five wrong ones came before it."""
    for person in crowd(racing, max(1, ROUNDS // 4), Person.read):
        attempts = [({"password": person.wrong_code(step)}, person.cookies) for step in range(0, 100)]
        seen = race(racing, "/api/check-otp", attempts)
        assert seen[200, "ok"] <= 1 and sum(seen.values()) == 100
        assert set(seen) <= {(200, "ok"), WRONG, EXHAUSTED, USED}
        if seen[200, "ok"]:
            assert seen[WRONG] <= 4 and not seen[EXHAUSTED]
        else:
            assert seen == {WRONG: 5, EXHAUSTED: 95}


def spellings():
    """A nickname in sixteen spellings that are one nickname."""
    for letters in itertools.product(*zip("race", "RACE")):
        yield "".join(letters)


def test_one_nickname_in_sixteen_spellings_makes_one_account(racing):
    people = crowd(racing, 16 + ROUNDS, Person.verify)
    for _ in range(ROUNDS):
        runners, number = people[:16], new_number()
        attempts = [
            ({"nickname": f"{spelling}{number:011d}", "password": PASSWORD}, runner.cookies)
            for spelling, runner in zip(spellings(), runners)
        ]
        answers = send(racing, "/api/register", attempts)
        assert counted(answers) == {(201, "ok"): 1, (400, "Bad Request: nickname is not available"): 15}
        # Those who lost keep their proof for the next round.
        people.pop([answer.status for answer in answers].index(201))


def test_one_proof_makes_one_account(racing):
    for person in crowd(racing, max(1, ROUNDS // 2), Person.verify):
        attempts = [({"nickname": new_nickname(), "password": PASSWORD}, person.cookies) for _ in range(16)]
        seen = race(racing, "/api/register", attempts)
        assert seen[201, "ok"] == 1 and sum(seen.values()) == 16
        assert set(seen) <= {
            (201, "ok"), (401, "Unauthorized: phone is not verified"), (400, "Bad Request: phone is not available")}


def test_one_phone_asked_for_at_once_gets_one_text(racing):
    phones = [new_phone() for _ in range(max(1, ROUNDS // 2))]
    for phone in phones:
        seen = race(racing, "/api/send-otp", [({"phone": phone}, {})] * 16)
        assert seen == {(200, "ok"): 1, (429, "Too many requests"): 15}
    racing.outbox.code(phones[-1])
    for phone in phones:
        racing.outbox.texts(phone) or racing.outbox.code(phone)
        assert len(racing.outbox.texts(phone)) == 1
