"""One email registered many times in the same instant is one account; a refresh token used many times at once has one
successor; what is ended is ended in every worker. AUTHFCGI_RACE_ROUNDS sets how often each race is run, each round with
people of its own."""

import json
import os
from collections import Counter

import pytest

from apis import Captain, Codes, Compass, Contacts, Rider, Twake, mailbox, new_email
from http_client import at_once
from people import new_phone
from service import Service

ROUNDS = int(os.environ.get("AUTHFCGI_RACE_ROUNDS", "20"))
RUNNERS = 16
# Each runner has a password of its own: whose account it is shows by it.
PASSWORDS = [f"SecurePass{number:03d}+" for number in range(RUNNERS)]


@pytest.fixture(scope="module")
def racing():
    with Service("nginx") as service:
        yield service


@pytest.fixture(scope="module")
def asking():
    """A service that sends as many messages as somebody asks for."""
    with Service("nginx", AUTHFCGI_OTP_RESEND_AFTER="1ms", AUTHFCGI_OTP_PER_HOUR="1000") as service:
        yield service


def octets(service, method, path, body=None, headers=()):
    content = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{service.port}", "Connection: close"]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    lines += [f"{name}: {value}" for name, value in dict(headers).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + content


def race(service, path, bodies):
    """The answers to bodies that are sent in the same instant."""
    return at_once(service.port, [octets(service, "POST", path, body) for body in bodies])


def said(answer):
    return answer.status, answer.json.get("message", answer.json.get("error"))


def one_won(answers, good, lost):
    """Exactly one answer is good, and every other is one of those; tells which."""
    seen = Counter(map(said, answers))
    [winner] = [index for index, answer in enumerate(answers) if answer.status == good] or [None]
    assert winner is not None and set(seen) - {said(answers[winner])} <= set(lost), seen
    return winner


def accounts(service, realm, emails):
    """There is one account for each of the emails."""
    listed = ", ".join(f"'{email}'" for email in emails)
    rows = service.query(f"SELECT email, COUNT(*) FROM account WHERE realm = '{realm}' AND email IN ({listed}) GROUP BY email")
    assert sorted(rows) == sorted([email, "1"] for email in emails)


def whose(service, path, email, winner, good=200):
    """The account is the winner's and nobody else's."""
    for index in {winner, (winner + 1) % RUNNERS}:
        answer = service.client().post(path, {"email": email, "password": PASSWORDS[index]})
        assert (answer.status == good) == (index == winner), (index, winner, answer, answer.body)


@pytest.mark.parametrize("person", [Contacts, Rider, Captain])
def test_one_email_registered_at_once_is_one_account(racing, person):
    taken = {"User already exists"} if person is Contacts else {f"{person.noun} with this email already exists"}
    emails = [new_email() for _ in range(ROUNDS)]
    for turn, email in enumerate(emails):
        bodies = [person(racing, email).body(password=password) for password in PASSWORDS]
        winner = one_won(race(racing, f"{person.base}/register", bodies), 201, {(400, text) for text in taken})
        if turn % 10 == 0:
            whose(racing, f"{person.base}/login", email, winner)
    accounts(racing, person.realm, emails)


@pytest.mark.parametrize("person", [Rider, Captain])
def test_one_phone_registered_at_once_is_one_account(racing, person):
    for _ in range(max(1, ROUNDS // 10)):
        phone = new_phone()
        bodies = [person(racing).body(phone=phone) for _ in PASSWORDS]
        one_won(race(racing, f"{person.base}/register", bodies), 201, {(400, f"{person.noun} with this phone already exists")})


def test_one_email_signed_up_and_verified_at_once_is_one_account(racing):
    """The one whose registration was taken down has the account, whoever tells its code."""
    emails = {new_email(): None for _ in range(ROUNDS)}
    for email in emails:
        bodies = [Compass(racing, email).body(password=password) for password in PASSWORDS]
        emails[email] = one_won(race(racing, "/user/create", bodies), 200, {(429, "Too many requests")})
    for turn, (email, winner) in enumerate(emails.items()):
        body = {"otp": mailbox(racing).code(email), "email": email}
        one_won(race(racing, "/user/create/verify", [body] * RUNNERS), 200, {(401, "Invalid OTP")})
        if turn % 10 == 0:
            whose(racing, "/user/login", email, winner)
    assert all(len(mailbox(racing).all(email)) == 1 for email in emails)
    accounts(racing, "compass", emails)


def test_one_email_s_code_asked_for_and_told_at_once_is_one_account(racing):
    emails = [new_email() for _ in range(ROUNDS)]
    for turn, email in enumerate(emails):
        answers = race(racing, "/api/v1/users/get-code", [{"email": email}] * RUNNERS)
        seen = Counter(answer.status for answer in answers)
        assert seen == {201: 1, 429: RUNNERS - 1}
        [code] = [answer.json["data"]["verificationCode"] for answer in answers if answer.status == 201]
        bodies = [{"email": email, "verificationCode": code, "password": password} for password in PASSWORDS]
        # Once the code is used none is asked for, until somebody asks again.
        lost = {(status, "Verification code expired or incorrect") for status in (400, 404)}
        winner = one_won(race(racing, "/api/v1/users/signup-verify", bodies), 201, lost)
        if turn % 10 == 0:
            whose(racing, "/api/v1/users/login", email, winner)
    accounts(racing, "codes", emails)


@pytest.mark.parametrize("person", [Rider, Captain])
def test_one_refresh_token_has_one_successor(racing, person):
    for _ in range(max(1, ROUNDS // 2)):
        somebody = person(racing).sign_up()
        for _ in range(2):
            before = somebody.refresh
            answers = race(racing, f"{person.base}/refresh-token", [{"refreshToken": before}] * 20)
            assert {answer.status for answer in answers} == {200}, Counter(map(said, answers))
            successors = {answer.json["data"]["refreshToken"] for answer in answers}
            assert len(successors) == 1
            assert {answer.cookies["refreshToken"][0] for answer in answers} == successors
            [somebody.refresh] = successors
            assert somebody.refresh != before
            somebody.access = answers[-1].json["data"]["accessToken"]
            assert racing.client().get(f"{person.base}/profile", headers=somebody.bearer).status == 200


@pytest.mark.parametrize("person", [Rider, Captain])
def test_an_old_refresh_token_used_at_once_ends_the_session(racing, person):
    for _ in range(max(1, ROUNDS // 20)):
        somebody = person(racing).sign_up()
        data = somebody.post(f"{person.base}/refresh-token", {"refreshToken": somebody.refresh}).json["data"]
        racing.query(
            "UPDATE session SET refreshed_at = refreshed_at - INTERVAL 31 SECOND WHERE account ="
            f" (SELECT id FROM account WHERE {somebody.where()})")
        answers = race(racing, f"{person.base}/refresh-token", [{"refreshToken": somebody.refresh}] * 20)
        assert {said(answer) for answer in answers} == {(401, "Invalid or expired refresh token")}
        somebody.access = data["accessToken"]
        assert racing.client().get(f"{person.base}/profile", headers=somebody.bearer).status == 401
        somebody.post(f"{person.base}/refresh-token", {"refreshToken": data["refreshToken"]}, 401)


def test_one_reset_token_is_used_once(asking):
    for person, path, body in (
        (Contacts, lambda grant: "/api/auth/reset-password", lambda grant, word: {"resetToken": grant, "newPassword": word}),
        (Rider, lambda grant: f"/api/v1/user/reset-password/{grant}", lambda grant, word: {"password": word}),
        (Captain, lambda grant: f"/api/v1/captain/reset-password/{grant}", lambda grant, word: {"password": word}),
    ):
        for _ in range(max(1, ROUNDS // 20)):
            somebody = person(asking).sign_up()
            grant = somebody.grant()
            answers = race(asking, path(grant), [body(grant, password) for password in PASSWORDS])
            winner = one_won(answers, 200, {(400, "Invalid or expired reset token"), (403, "Invalid or expired reset token")})
            whose(asking, f"{person.base}/login", somebody.email, winner)


# How somebody who is logged in shows it, and where.
def shown(somebody, credential):
    match somebody:
        case Twake():
            return "/api/session", {"Cookie": f"twake.session={credential}"}
        case Compass():
            return "/user/session", {"Cookie": f"compass.session={credential}"}
        case Rider():
            return f"{somebody.base}/profile", {"Authorization": f"Bearer {credential}"}
        case Contacts():
            return "/api/auth/me", {"Authorization": f"Bearer {credential}"}
        case Codes():
            return "/api/v1/users/me", {"Authorization": f"Bearer {credential}"}


def everywhere(service, somebody, credentials):
    """What each credential is worth, over so many new connections at once that every worker is asked."""
    requests = [
        octets(service, "GET", path, headers=headers)
        for credential in credentials for path, headers in [shown(somebody, credential)] for _ in range(24)
    ]
    return {answer.status for answer in at_once(service.port, requests)}


def log_in(somebody):
    """Another session of the same account."""
    body = {"email": somebody.email, "password": somebody.password}
    match somebody:
        case Twake():
            return somebody.post("/api/login", {"login": somebody.email, "password": somebody.password}).cookies["twake.session"][0]
        case Compass():
            return somebody.post("/user/login", body).json["session_token"]
        case Rider():
            data = somebody.post(f"{somebody.base}/login", body).json["data"]
            somebody.refreshes.append(data["refreshToken"])
            return data["accessToken"]
        case Contacts():
            return somebody.post("/api/auth/login", body).json["data"]["token"]
        case Codes():
            return somebody.post("/api/v1/users/login", body).json["token"]


def first(somebody):
    return getattr(somebody, "access", None) or getattr(somebody, "token", None) or somebody.cookie


@pytest.mark.parametrize("person", [Twake, Compass, Rider, Captain])
def test_a_logout_is_one_in_every_worker(asking, person):
    somebody = person(asking).sign_up()
    somebody.refreshes = []
    other = log_in(somebody)
    assert everywhere(asking, somebody, [first(somebody), other]) == {200}
    somebody.log_out()
    assert everywhere(asking, somebody, [first(somebody)]) == {401}
    assert everywhere(asking, somebody, [other]) == {200}


@pytest.mark.parametrize("person", [Compass, Rider, Captain, Contacts])
def test_a_reset_ends_all_that_was_issued_before_in_every_worker(asking, person):
    somebody = person(asking).sign_up()
    if person is Rider or person is Captain:
        somebody.verify()
    somebody.refreshes = [somebody.refresh] if hasattr(somebody, "refresh") else []
    issued = [first(somebody), *(log_in(somebody) for _ in range(3))]
    older = somebody.grant() if hasattr(somebody, "grant") else None
    assert everywhere(asking, somebody, issued) == {200}
    somebody.reset()
    assert everywhere(asking, somebody, issued) == {401}
    for refresh in somebody.refreshes:
        answers = race(asking, f"{person.base}/refresh-token", [{"refreshToken": refresh}] * 8)
        assert {answer.status for answer in answers} == {401}
    if person is Contacts:
        somebody.post("/api/auth/reset-password", {"resetToken": older, "newPassword": "ThirdPass789+"}, 400)
    elif older:
        somebody.post(f"{person.base}/reset-password/{older}", {"password": "ThirdPass789+"}, 403)
    assert everywhere(asking, somebody, [log_in(somebody)]) == {200}


@pytest.mark.parametrize("person", [Twake, Compass, Rider, Captain, Contacts, Codes])
def test_a_deleted_account_is_gone_in_every_worker(asking, person):
    somebody = person(asking).sign_up()
    assert everywhere(asking, somebody, [first(somebody)]) == {200}
    asking.query(f"DELETE FROM account WHERE {somebody.where()}")
    assert everywhere(asking, somebody, [first(somebody)]) == {404 if person is Contacts else 401}
