"""How long an answer takes tells nobody whether an account exists: the medians of many interleaved tries, one known and
one unknown in turn, on one kept connection, with password hashes as expensive as in production."""

import gc
import http.client
import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from apis import Captain, Codes, Compass, Contacts, Rider, Twake, new_email
from people import new_phone
from service import Service

pytestmark = pytest.mark.alone

TRIES = 200
WITHIN = 0.10
# A noisy machine may be asked again.
CHANCES = 3


def running(**settings):
    with Service(
        "nginx", AUTHFCGI_PASSWORD_MEMORY="19MiB", AUTHFCGI_PASSWORD_PASSES="2", AUTHFCGI_OTP_RESEND_AFTER="0s",
        AUTHFCGI_OTP_PER_HOUR="1000", **settings) as service:
        yield service


@pytest.fixture(scope="module")
def documented():
    yield from running()


@pytest.fixture(scope="module")
def uniform():
    yield from running(AUTHFCGI_SECURITY_REVEAL_ACCOUNTS="uniform", AUTHFCGI_SECURITY_REVEAL_CODES="false")


def timed(connection, path, body, headers=None):
    """How long one answer takes, and what it is."""
    octets = json.dumps(body).encode()
    begun = time.perf_counter()
    connection.request("POST", path, octets, {"Content-Type": "application/json", **(headers or {})})
    response = connection.getresponse()
    content = response.read()
    return time.perf_counter() - begun, (response.status, content)


def measured(port, path, bodies, turns, headers, times, answers):
    """Adds the time of each body, in turn with the others, and the answers that came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    gc.disable()
    try:
        for turn in turns:
            # Who is first changes, so that none is always the one after the other.
            for which in range(len(bodies)) if turn % 2 else reversed(range(len(bodies))):
                body = bodies[which](turn)
                seconds, (status, content) = timed(connection, path, body, headers and headers[which])
                times[which].append(seconds)
                # Some answers name the address that was asked for.
                answers[which].add((status, content.replace(body.get("email", "\0").encode(), b"")))
            if turn % 100 == 99:
                connection.close()
    finally:
        gc.enable()
        connection.close()


def medians(port, path, bodies, tries, headers=None):
    """The median time of each body, and the answers that came. A quarter of the tries is enough where it brings the
    medians within a quarter of what is allowed, and half where it brings them within half: a difference that is to be
    found does not hide so."""
    times, answers = [[] for _ in bodies], [set() for _ in bodies]
    done = 0
    for part in (1 / 4, 1 / 2, 1):
        turns = range(done, done := int(tries * part))
        measured(port, path, bodies, turns, headers, times, answers)
        seen = [statistics.median(sample) for sample in times]
        if max(seen) <= min(seen) * (1 + WITHIN * part):
            break
    return seen, answers


def same_time(port, path, known, unknown, tries=TRIES, expected=None, headers=None, differing=False):
    """`differing`: each answer names something new, and only its status and length are the same."""
    seen = []
    for _ in range(CHANCES):
        (first, second), answers = medians(port, path, [known, unknown], tries, headers)
        if differing:
            answers = [{(status, len(content)) for status, content in some} for some in answers]
            assert answers[0] == answers[1], answers
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


# How many addresses take turns. What is asked for one again and again leaves the database more to step over each time; the
# limits stop that after a few times an hour, and here they are set so high that they do not.
ADDRESSES = 20


def addresses(person, service):
    """Somebody with each of the addresses that take turns."""
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(lambda _: person(service).email, range(ADDRESSES)))


def alike(service, path, known, tries=TRIES):
    """Calls without a password; what is asked for unknown addresses is asked for as many of them."""
    strangers = [new_email() for _ in known]
    asking = lambda emails: lambda turn: {"email": emails[turn % len(emails)]}
    same_time(service.port, path, asking(known), asking(strangers), tries)


def test_a_forgotten_password_of_contacts(documented):
    alike(documented, "/api/auth/forgot-password", addresses(lambda service: Contacts(service).sign_up(), documented))


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
    return {call: addresses(person, uniform) for call, (person, _) in UNIFORM.items()}


@pytest.mark.parametrize("call", UNIFORM)
def test_what_is_asked_for_an_address_takes_as_long_for_any(uniform, known, call):
    alike(uniform, UNIFORM[call][1], known[call])


FEW = 100
REGISTRATIONS = {
    "compass create": (Compass, "/user/create", 200), "rider register": (Rider, "/api/v1/user/register", 201),
    "captain register": (Captain, "/api/v1/captain/register", 201), "contacts register": (Contacts, "/api/auth/register", 201),
}


@pytest.mark.parametrize("call", REGISTRATIONS)
def test_a_registration_takes_as_long_with_an_address_that_is_taken(uniform, call):
    person, path, status = REGISTRATIONS[call]
    owner = person(uniform).sign_up()
    taken = lambda _: person(uniform).body(email=owner.email)
    free = lambda _: person(uniform).body()
    same_time(uniform.port, path, taken, free, FEW, [status, status], differing=True)


def registered(person, service):
    """Somebody with an address that is taken, and somebody with one that is not, as they registered."""
    owner, taken = person(service).sign_up(), person(service)
    taken.email = owner.email
    register = Compass.create if person is Compass else person.sign_up
    return register(taken), register(person(service))


@pytest.mark.parametrize("person", [Rider, Captain])
def test_a_wrong_code_and_a_login_take_as_long_for_who_has_a_shadow(uniform, person):
    taken, free = registered(person, uniform)
    code = lambda _: {"otp": "no code"}
    same_time(
        uniform.port, f"{person.base}/verify-email", code, code, FEW, [400, 400], [taken.bearer, free.bearer])
    login = lambda who: lambda _: {"email": who.email, "password": who.password}
    same_time(uniform.port, f"{person.base}/login", login(taken), login(free), FEW, [401, 401])


def test_a_login_of_contacts_takes_as_long_for_who_has_a_shadow(uniform):
    taken, free = registered(Contacts, uniform)
    login = lambda who: lambda _: {"email": who.email, "password": who.password}
    same_time(uniform.port, "/api/auth/login", login(taken), login(free), FEW, [401, 401])


def test_a_wrong_code_takes_as_long_in_a_session_of_compass(uniform):
    taken, free = registered(Compass, uniform)
    code = lambda _: {"otp": "no code"}
    cookies = [{"Cookie": f"compass.session={who.cookie}"} for who in (taken, free)]
    same_time(uniform.port, "/user/create/verify", code, code, FEW, [401, 401], cookies)


def test_a_wrong_code_of_codes_takes_as_long(uniform):
    owner, free = Codes(uniform).sign_up().email, new_email()
    for email in (owner, free):
        assert uniform.client().post("/api/v1/users/get-code", {"email": email}).status == 201
    body = lambda who: lambda _: {"email": who, "verificationCode": "no code", "password": "AnotherPass456+"}
    same_time(uniform.port, "/api/v1/users/signup-verify", body(owner), body(free), FEW, [400, 400])


@pytest.mark.parametrize("path", ["/api/send-otp", "/api/check-phone"])
def test_a_phone_of_twake_takes_as_long(uniform, path):
    taken, free = Twake(uniform).sign_up().phone, new_phone()
    same_time(uniform.port, path, lambda _: {"phone": taken}, lambda _: {"phone": free}, FEW, [200, 200])
