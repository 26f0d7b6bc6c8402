"""The API `codes`: every example of its document as printed, every row of its table."""

import re
import time
from collections import Counter

import pytest

from conftest import RESEND_AFTER
from http_client import at_once, post_octets
from mailbox import Mailbox, new_email
from service import Service
from test_rules import headers, in_envelope, methods

BASE = "/api/v1/users"
PASSWORD = "password123"
REFUSED_EMAIL = "User already registered or invalid email"
REFUSED_CODE = "Verification code expired or incorrect"
REFUSED_PASSWORD = "Password must have 8 to 256 characters and be hard to guess"


@pytest.fixture
def mailbox(service):
    return Mailbox(service.home / "outbox")


def call(client, name, body):
    return client.post(f"{BASE}/{name}", body)


def failed(answer, status, message):
    in_envelope(answer, status)
    assert answer.body.decode() == f'{{"message":"{message}"}}'
    return answer


def wrong(code, step=1):
    return f"{(int(code) + step) % 10**6:06d}"


class User:
    """Somebody who signs up."""

    def __init__(self, service):
        self.service, self.client, self.email = service, service.client(), new_email()

    def ask(self):
        answer = call(self.client, "get-code", {"email": self.email})
        headers(answer)
        assert (answer.status, answer.json["status"]) == (201, "success")
        self.code = answer.json["data"]["verificationCode"]
        return self

    def body(self, code=None, password=PASSWORD):
        return {"email": self.email, "verificationCode": code or self.code, "password": password}

    def complete(self, code=None, password=PASSWORD):
        return call(self.client, "signup-verify", self.body(code, password))

    def sign_up(self):
        answer = self.ask().complete()
        assert answer.status == 201, answer
        self.token = answer.json["token"]
        return self

    def log_in(self, password=PASSWORD):
        return call(self.client, "login", {"email": self.email, "password": password})

    def me(self, token=None):
        return self.client.get(f"{BASE}/me", headers={"Authorization": f"Bearer {token or self.token}"})


def test_the_examples_of_the_document(service, mailbox):
    client, email = service.client(), new_email()
    answer = call(client, "get-code", {"email": email})
    headers(answer)
    code = mailbox.code(email)
    assert answer.status == 201
    assert answer.body.decode() == f'{{"status":"success","data":{{"email":"{email}","verificationCode":"{code}"}}}}'
    answer = call(client, "signup-verify", {"email": email, "verificationCode": code, "password": "password123"})
    headers(answer)
    assert (answer.status, list(answer.json)) == (201, ["status", "message", "token"])
    assert (answer.json["status"], answer.message) == ("success", "Email verified successfully")
    again = call(client, "login", {"email": email, "password": "password123"})
    headers(again)
    assert (again.status, list(again.json), again.json["status"]) == (200, ["status", "token"], "success")
    for token in (answer.json["token"], again.json["token"]):
        me = client.get(f"{BASE}/me", headers={"Authorization": f"Bearer {token}"})
        headers(me)
        assert me.status == 200 and list(me.json) == ["status", "data"] and me.json["status"] == "success"
        assert list(me.json["data"]) == ["id", "email", "isVerified"]
        assert re.fullmatch("[0-9a-f]{24}", me.json["data"]["id"])
        assert (me.json["data"]["email"], me.json["data"]["isVerified"]) == (email, True)


def test_a_code_is_sent_again_and_only_the_newest_is_good(service, mailbox):
    user = User(service).ask()
    old = mailbox.code(user.email)
    answer = failed(call(user.client, "resend-code", {"email": user.email}), 429, "Too many requests")
    assert 1 <= int(answer.header("Retry-After")) <= RESEND_AFTER
    assert call(user.client, "get-code", {"email": user.email.upper()}).status == 429
    time.sleep(RESEND_AFTER)
    answer = call(user.client, "resend-code", {"email": user.email})
    headers(answer)
    assert answer.status == 201
    assert answer.body == b'{"status":"success","message":"Verification code resent successfully"}'
    new = mailbox.code(user.email)
    if old != new:
        failed(user.complete(old), 400, REFUSED_CODE)
    assert user.complete(new).status == 201


def test_who_never_asked_gets_no_second_code(service):
    failed(call(service.client(), "resend-code", {"email": new_email()}), 404, "User not found")
    failed(User(service).complete("123456"), 404, REFUSED_CODE)


@pytest.mark.parametrize("body", [{}, {"email": ""}, {"email": None}, {"email": "no address"}, {"email": "a@localhost"},
                                  {"email": "a@b@example.com"}, {"email": f"{'a' * 243}@example.com"}])
def test_what_is_no_email_gets_no_code(service, body):
    for name in ("get-code", "resend-code"):
        failed(call(service.client(), name, body), 400, REFUSED_EMAIL)
    failed(call(service.client(), "signup-verify", {**body, "verificationCode": "1", "password": PASSWORD}), 400, REFUSED_EMAIL)


def test_a_registered_email_gets_no_code(service):
    user = User(service).sign_up()
    for email in (user.email, user.email.upper(), f" {user.email} "):
        for name in ("get-code", "resend-code"):
            failed(call(service.client(), name, {"email": email}), 400, REFUSED_EMAIL)


def test_wrong_used_and_exhausted_codes_are_refused_in_one_way(service):
    user, other = User(service).ask(), User(service).ask()
    for code in (wrong(user.code), user.code + "0", " " + user.code, "x", "1" * 65):
        failed(user.complete(code), 400, REFUSED_CODE)
    if user.code != other.code:
        failed(other.complete(user.code), 400, REFUSED_CODE)
    assert other.complete().status == 201
    failed(other.complete(), 400, REFUSED_CODE)


def test_five_wrong_codes_are_compared(service):
    user = User(service).ask()
    for step in range(1, 6):
        failed(user.complete(wrong(user.code, step)), 400, REFUSED_CODE)
    failed(user.complete(), 400, REFUSED_CODE)


def test_an_expired_code_is_refused(service):
    user = User(service).ask()
    service.query(f"UPDATE challenge SET expires_at = UTC_TIMESTAMP(6) WHERE realm = 'codes' AND target = '{user.email}'")
    failed(user.complete(), 400, REFUSED_CODE)


@pytest.mark.parametrize("password", [None, "", "seven77", "x" * 257, "x" * 1025])
def test_a_refused_password_does_not_use_the_code_up(service, password):
    user = User(service).ask()
    for _ in range(7):
        failed(call(user.client, "signup-verify", {**user.body(), "password": password}), 400, REFUSED_PASSWORD)
    failed(user.complete(password=user.email.upper()), 400, REFUSED_PASSWORD)
    assert user.complete().status == 201


def test_no_class_of_characters_is_asked_for(service):
    for password in ("correcthorsebattery", "пароль-пароль", "aaaabbbb"):
        user = User(service).ask()
        assert user.complete(password=password).status == 201
        assert user.log_in(password).status == 200


def test_without_a_code_the_request_is_not_complete(service):
    user = User(service).ask()
    for code in (None, ""):
        failed(call(user.client, "signup-verify", {**user.body(), "verificationCode": code}), 400, REFUSED_CODE)


def test_a_login_that_fails_tells_nothing_more(service):
    user, pending = User(service).sign_up(), User(service).ask()
    for body in (
        {"email": user.email, "password": PASSWORD + " "}, {"email": user.email, "password": PASSWORD.upper()},
        {"email": new_email(), "password": PASSWORD}, {"email": pending.email, "password": PASSWORD},
        {"email": "no address", "password": PASSWORD}, {"email": user.email, "password": "x" * 2000},
    ):
        failed(call(service.client(), "login", body), 401, "Incorrect email or password")
    for body in ({}, {"email": user.email}, {"password": PASSWORD}, {"email": "", "password": ""}):
        failed(call(service.client(), "login", body), 400, "Please provide email and password")


def test_without_a_good_token_nobody_is_told_who_they_are(service):
    user = User(service).sign_up()
    for value in (None, "", "Bearer", "Bearer x", f"Basic {user.token}", user.token, f"Bearer {user.token}x"):
        answer = failed(service.client().get(f"{BASE}/me", headers={"Authorization": value}), 401, "You are not logged in")
        assert answer.header("WWW-Authenticate") == "Bearer"
    service.query(f"DELETE FROM account WHERE realm = 'codes' AND email = '{user.email}'")
    failed(user.me(), 401, "You are not logged in")


def test_one_code_told_at_once_makes_one_account(service):
    for _ in range(5):
        user = User(service).ask()
        answers = at_once(service.port, [post_octets(f"{BASE}/signup-verify", user.body(), {}, service.port)] * 16)
        seen = Counter(answer.status for answer in answers)
        assert seen[201] == 1 and set(seen) <= {201, 400}, seen
        assert {answer.message for answer in answers if answer.status != 201} == {REFUSED_CODE}


def test_one_address_asked_for_at_once_gets_one_mail(service, mailbox):
    email = new_email()
    answers = at_once(service.port, [post_octets(f"{BASE}/get-code", {"email": email}, {}, service.port)] * 16)
    assert Counter(answer.status for answer in answers) == {201: 1, 429: 15}
    mailbox.code(email)
    assert len(mailbox.all(email)) == 1


@pytest.mark.parametrize("path", [BASE, f"{BASE}/", f"{BASE}/nothing", f"{BASE}/me/", f"{BASE}/get-code/x"])
def test_what_lies_under_its_base_is_refused_in_its_envelope(service, path):
    failed(service.client().get(path), 404, "Not found")


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/usersx", "/api/v1/userss/me"])
def test_what_only_begins_like_its_base_is_not_its_own(service, path):
    assert service.client().get(path).media_type == "application/problem+json"


def test_other_methods_are_named(service):
    for name in ("get-code", "signup-verify", "resend-code", "login"):
        answer = in_envelope(service.client().get(f"{BASE}/{name}"), 405)
        assert methods(answer) == {"POST", "OPTIONS"}
    assert methods(in_envelope(service.client().post(f"{BASE}/me", {}), 405)) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("value", [1, True, [], {}])
@pytest.mark.parametrize(
    "name, field",
    [("get-code", "email"), ("resend-code", "email"), ("signup-verify", "email"), ("signup-verify", "verificationCode"),
     ("signup-verify", "password"), ("login", "email"), ("login", "password")])
def test_a_field_of_another_type_is_named(nginx, name, field, value):
    assert field in in_envelope(call(nginx.client(), name, {field: value}), 400).message


@pytest.fixture(scope="module")
def discreet():
    """A service that tells neither codes nor accounts."""
    with Service("nginx", AUTHFCGI_SECURITY_REVEAL_CODES="false", AUTHFCGI_SECURITY_REVEAL_ACCOUNTS="uniform",
                      AUTHFCGI_OTP_RESEND_AFTER=f"{RESEND_AFTER}s") as service:
        yield service


def test_what_is_not_to_be_revealed_is_not(discreet):
    mailbox, client = Mailbox(discreet.home / "outbox"), discreet.client()
    known, unknown = new_email(), new_email()
    answer = call(client, "get-code", {"email": known})
    assert answer.body.decode() == f'{{"status":"success","data":{{"email":"{known}"}}}}'
    body = {"email": known, "verificationCode": mailbox.code(known), "password": PASSWORD}
    assert call(client, "signup-verify", body).status == 201
    time.sleep(RESEND_AFTER)
    for name in ("get-code", "resend-code"):
        answers = [call(client, name, {"email": email}) for email in (known, unknown)]
        assert [answer.status for answer in answers] == [201, 201]
        assert answers[0].body.replace(known.encode(), b"") == answers[1].body.replace(unknown.encode(), b"")
        time.sleep(RESEND_AFTER)
    answers = [call(client, "signup-verify", {**body, "email": email}) for email in (known, new_email())]
    for answer in answers:
        failed(answer, 400, REFUSED_CODE)
    # And who has an account is told so, in place of a code.
    assert [len(re.findall(r"(?<!\d)\d{6}(?!\d)", text)) for text in mailbox.all(known)] == [1, 0] and "without effect" not in "".join(
        line for line in "".join(discreet.logs().values()).splitlines() if "[security]" in line)
