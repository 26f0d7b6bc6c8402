"""How long an answer takes tells nobody whether an account exists: the medians of many interleaved tries, one known and
one unknown in turn, on one kept connection, with password hashes as expensive as in production."""

import gc
import http.client
import json
import statistics
import time

import pytest

from apis import Captain, Codes, Compass, Contacts, Rider, Twake, new_email
from service import Service

TRIES = 200
WITHIN = 0.10
# A noisy machine may be asked again.
CHANCES = 3


def running(**settings):
    service = Service(
        "nginx", AUTHFCGI_PASSWORD_MEMORY="19MiB", AUTHFCGI_PASSWORD_PASSES="2", AUTHFCGI_OTP_RESEND_AFTER="1ms",
        AUTHFCGI_OTP_PER_HOUR="1000", **settings)
    try:
        service.start()
        yield service
    finally:
        service.remove()


@pytest.fixture(scope="module")
def documented():
    yield from running()


@pytest.fixture(scope="module")
def uniform():
    yield from running(AUTHFCGI_SECURITY_REVEAL_ACCOUNTS="uniform", AUTHFCGI_SECURITY_REVEAL_CODES="false")


def timed(connection, path, body):
    """How long one answer takes, and what it is."""
    octets = json.dumps(body).encode()
    begun = time.perf_counter()
    connection.request("POST", path, octets, {"Content-Type": "application/json"})
    response = connection.getresponse()
    content = response.read()
    return time.perf_counter() - begun, (response.status, content)


def medians(port, path, bodies, tries):
    """The median time of each body, in turn with the others, and the answers that came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times, answers = [[] for _ in bodies], [set() for _ in bodies]
    gc.disable()
    try:
        for turn in range(tries):
            # Who is first changes, so that none is always the one after the other.
            for which in range(len(bodies)) if turn % 2 else reversed(range(len(bodies))):
                seconds, answer = timed(connection, path, bodies[which](turn))
                times[which].append(seconds)
                answers[which].add(answer)
            if turn % 100 == 99:
                connection.close()
    finally:
        gc.enable()
        connection.close()
    return [statistics.median(sample) for sample in times], answers


def same_time(port, path, known, unknown, tries=TRIES, expected=None):
    seen = []
    for _ in range(CHANCES):
        (first, second), answers = medians(port, path, [known, unknown], tries)
        assert all(len(some) == 1 for some in answers), answers
        if expected:
            assert [status for [(status, _)] in answers] == expected
        ratio = first / second
        seen.append(f"{first * 1000:.2f} ms for {second * 1000:.2f} ms")
        if abs(ratio - 1) <= WITHIN:
            return seen
    raise AssertionError(f"{path}: known and unknown take {seen}")


WRONG = "WrongPass123+"
LOGINS = {
    "twake": (Twake, "/api/login", "login", 401, 401),
    "compass": (Compass, "/user/login", "email", 401, 404),
    "rider": (Rider, "/api/v1/user/login", "email", 401, 401),
    "captain": (Captain, "/api/v1/captain/login", "email", 401, 401),
    "contacts": (Contacts, "/api/auth/login", "email", 401, 401),
    "codes": (Codes, "/api/v1/users/login", "email", 401, 401),
}


@pytest.mark.parametrize("api", LOGINS)
def test_a_wrong_password_takes_as_long_as_an_unknown_account(documented, api):
    person, path, name, wrong, unknown = LOGINS[api]
    somebody = person(documented).sign_up()
    login = lambda who: lambda _: {name: who, "password": WRONG}
    same_time(documented.port, path, login(somebody.email), login(new_email()), expected=[wrong, unknown])


def test_a_wrong_password_of_a_pending_registration_too(uniform):
    somebody = Compass(uniform).create()
    login = lambda who: lambda _: {"email": who, "password": WRONG}
    same_time(uniform.port, "/user/login", login(somebody.email), login(new_email()), 60, [401, 401])


def alike(service, path, known, tries=TRIES):
    """Calls without a password; what is asked for an unknown address is asked for the same one each time, too."""
    strangers = new_email()
    same_time(service.port, path, lambda _: {"email": known}, lambda _: {"email": strangers}, tries)


def test_a_forgotten_password_of_contacts(documented):
    alike(documented, "/api/auth/forgot-password", Contacts(documented).sign_up().email)


UNIFORM = {
    "compass forgot-password": (lambda service: Compass(service).sign_up(), "/user/forgot-password"),
    "compass resend-otp": (lambda service: Compass(service).create(), "/user/create/resend-otp"),
    "rider forgot-password": (lambda service: Rider(service).sign_up(), "/api/v1/user/forgot-password"),
    "rider resend-otp": (lambda service: Rider(service).sign_up(), "/api/v1/user/resend-otp"),
    "captain forgot-password": (lambda service: Captain(service).sign_up(), "/api/v1/captain/forgot-password"),
    "captain resend-otp": (lambda service: Captain(service).sign_up(), "/api/v1/captain/resend-otp"),
    "codes get-code": (lambda service: Codes(service).sign_up(), "/api/v1/users/get-code"),
    "codes resend-code": (lambda service: Codes(service).sign_up(), "/api/v1/users/resend-code"),
    "contacts forgot-password": (lambda service: Contacts(service).sign_up(), "/api/auth/forgot-password"),
}


@pytest.fixture(scope="module")
def known(uniform):
    """Somebody for each call, before so many messages are on their way that theirs would wait."""
    return {call: person(uniform).email for call, (person, _) in UNIFORM.items()}


@pytest.mark.parametrize("call", UNIFORM)
def test_what_is_asked_for_an_address_takes_as_long_for_any(uniform, known, call):
    alike(uniform, UNIFORM[call][1], known[call])
