"""The API `contacts`: every example of its document as printed, every row of its table."""

import re
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import RESEND_AFTER
from http_client import at_once, post_octets
from mailbox import Mailbox, new_email
from people import new_phone
from service import Service
from test_rules import headers, methods

BASE = "/api/auth"
PASSWORD = "password123"
ID = r"[0-9a-f]{24}"


@pytest.fixture
def mailbox(service):
    return Mailbox(service.home / "outbox")


def call(client, name, body, token=None):
    return client.post(f"{BASE}/{name}", body, headers={"Authorization": f"Bearer {token}"} if token else {})


def succeeded(answer, status, message):
    assert (answer.status, answer.media_type) == (status, "application/json"), answer
    assert list(answer.json) == ["status", "message", "data"]
    assert answer.json["status"] is True and answer.message == message
    headers(answer)
    return answer.json["data"]


def failed(answer, status, message):
    assert answer.status == status, answer
    assert answer.body.decode() == f'{{"status":false,"message":"{message}","data":null}}'
    headers(answer)
    return answer


class Contact:
    """Somebody with an account."""

    def __init__(self, service, full_name="John Doe", password=PASSWORD):
        self.client, self.email, self.full_name, self.password = service.client(), new_email(), full_name, password
        body = {"fullName": full_name, "email": self.email, "password": password}
        data = succeeded(call(self.client, "register", body), 201, "User registered successfully")
        self.id, self.token = data["_id"], data["token"]

    def log_in(self, password=None):
        return call(self.client, "login", {"email": self.email, "password": password or self.password})

    def me(self, token=None):
        return self.client.get(f"{BASE}/me", headers={"Authorization": f"Bearer {token or self.token}"})

    def forget(self):
        sent(call(self.client, "forgot-password", {"email": self.email}))

    def reset_token(self, code):
        answer = call(self.client, "verify-otp", {"email": self.email, "otp": code})
        data = succeeded(answer, 200, "OTP verified successfully")
        assert list(data) == ["resetToken"]
        return data["resetToken"]

    def reset(self, token, password):
        return call(self.client, "reset-password", {"resetToken": token, "newPassword": password})


def sent(answer):
    assert succeeded(answer, 200, "Success, an OTP has been sent.") is None
    assert answer.header("Retry-After") is None


def test_the_examples_of_the_document(service, mailbox):
    client, email = service.client(), new_email()
    body = {"fullName": "John Doe", "email": email, "password": PASSWORD}
    data = succeeded(call(client, "register", body), 201, "User registered successfully")
    assert list(data) == ["_id", "fullName", "email", "token"]
    assert re.fullmatch(ID, data["_id"]) and (data["fullName"], data["email"]) == ("John Doe", email)
    again = succeeded(call(client, "login", {"email": email, "password": PASSWORD}), 200, "Login successful")
    assert list(again) == list(data) and again["_id"] == data["_id"]
    for token in (data["token"], again["token"]):
        answer = client.get(f"{BASE}/me", headers={"Authorization": f"Bearer {token}"})
        me = succeeded(answer, 200, "User data fetched successfully")
        assert list(me.items()) == [("id", data["_id"]), ("fullName", "John Doe"), ("email", email)]
    sent(call(client, "forgot-password", {"email": email}))
    answer = call(client, "verify-otp", {"email": email, "otp": mailbox.code(email)})
    reset = succeeded(answer, 200, "OTP verified successfully")["resetToken"]
    answer = call(client, "reset-password", {"resetToken": reset, "newPassword": "newpassword123"})
    assert succeeded(answer, 200, "Password reset successfully") is None
    succeeded(call(client, "login", {"email": email, "password": "newpassword123"}), 200, "Login successful")


def test_check_registered_as_the_document_has_it(service):
    john, jane = Contact(service), Contact(service, "Jane Smith")
    asked = [john.email, jane.email, "notregistered@test.com"]
    data = succeeded(
        call(john.client, "check-registered", {"identifiers": asked}, john.token), 200,
        "Registered users fetched successfully")
    assert data == {"registeredUsers": [
        {"identifier": john.email, "userId": john.id, "fullName": "John Doe"},
        {"identifier": jane.email, "userId": jane.id, "fullName": "Jane Smith"},
    ]}
    assert [list(user) for user in data["registeredUsers"]] == [["identifier", "userId", "fullName"]] * 2


@pytest.mark.parametrize(
    "body, message",
    [({}, "Please add all fields"), ({"email": "a@example.com", "password": PASSWORD}, "Please add all fields"),
     ({"fullName": "J", "password": PASSWORD}, "Please add all fields"),
     ({"fullName": "J", "email": "a@example.com"}, "Please add all fields"),
     ({"fullName": "", "email": "", "password": ""}, "Please add all fields"),
     ({"fullName": "J", "email": "a.example.com", "password": PASSWORD}, "Please add a valid email"),
     ({"fullName": "J", "email": "a@localhost", "password": PASSWORD}, "Please add a valid email"),
     ({"fullName": "\x07", "email": "a@example.com", "password": PASSWORD}, "Please add a valid full name"),
     ({"fullName": "J", "email": "a@example.com", "password": "seven77"},
      "Password must have 8 to 256 characters and be hard to guess"),
     ({"fullName": "J", "email": "abcdefgh@example.com", "password": "ABCDEFGH@example.com"},
      "Password must have 8 to 256 characters and be hard to guess"),
     ({"fullName": "J", "email": "a@example.com", "password": "x" * 257},
      "Password must have 8 to 256 characters and be hard to guess")],
)
def test_what_cannot_be_registered(service, body, message):
    failed(call(service.client(), "register", body), 400, message)


def test_no_class_of_characters_is_asked_for(service):
    for password in ("correcthorsebattery", "a" * 4 + "b" * 4, "пароль-пароль", "x" * 255 + "y"):
        contact = Contact(service, password=password)
        assert contact.log_in().status == 200


def test_an_email_is_registered_once_in_any_spelling(service):
    contact = Contact(service)
    for email in (contact.email, contact.email.upper(), f" {contact.email}\t"):
        body = {"fullName": "Eve", "email": email, "password": PASSWORD}
        failed(call(service.client(), "register", body), 400, "User already exists")
    assert contact.log_in().json["data"]["fullName"] == "John Doe"


def test_one_email_registered_at_once_makes_one_account(service):
    for _ in range(10):
        email = new_email()
        requests = [
            post_octets(
                f"{BASE}/register",
                {"fullName": str(number), "email": email.upper() if number % 2 else email, "password": PASSWORD}, {},
                service.port)
            for number in range(16)
        ]
        seen = Counter((answer.status, answer.message) for answer in at_once(service.port, requests))
        assert seen == {(201, "User registered successfully"): 1, (400, "User already exists"): 15}


def test_a_login_that_fails_tells_nothing_more(service):
    contact = Contact(service)
    for body in (
        {"email": contact.email, "password": PASSWORD + " "}, {"email": contact.email, "password": PASSWORD.upper()},
        {"email": new_email(), "password": PASSWORD}, {"email": "no address", "password": PASSWORD},
        {"email": "' OR 1=1 -- @example.com", "password": PASSWORD}, {"email": contact.email, "password": "x" * 2000},
    ):
        answer = failed(call(service.client(), "login", body), 401, "Invalid credentials")
        assert answer.header("WWW-Authenticate") is None
    for body in ({}, {"email": contact.email}, {"password": PASSWORD}, {"email": "", "password": ""}):
        failed(call(service.client(), "login", body), 400, "Please add all fields")


def test_no_token_and_a_bad_one_are_told_apart(service):
    contact = Contact(service)
    requests = [lambda headers: service.client().get(f"{BASE}/me", headers=headers),
                lambda headers: service.client().post(f"{BASE}/check-registered", {"identifiers": ["x"]}, headers=headers)]
    for request in requests:
        for value, message in (
            (None, "no token"), ("", "no token"), ("Bearer", "no token"), ("Bearer ", "no token"),
            (f"Basic {contact.token}", "no token"), (contact.token, "no token"), (f"JWT {contact.token}", "no token"),
            ("Bearer x", "token failed"), (f"Bearer {contact.token}x", "token failed"),
            (f"Bearer Bearer {contact.token}", "token failed"), (f'Bearer "{contact.token}"', "token failed"),
        ):
            answer = failed(request({"Authorization": value}), 401, f"Not authorized, {message}")
            assert answer.header("WWW-Authenticate") == "Bearer"
        for scheme in ("bearer", "BEARER"):
            assert request({"Authorization": f"{scheme} {contact.token}"}).status == 200


def test_a_token_is_taken_from_its_header_and_nowhere_else(service):
    contact = Contact(service)
    for cookies in ({"token": contact.token}, {"accessToken": contact.token}, {"contacts.session": contact.token}):
        failed(service.client().get(f"{BASE}/me", cookies=cookies), 401, "Not authorized, no token")
    for name in ("token", "access_token"):
        failed(service.client().get(f"{BASE}/me?{name}={contact.token}"), 401, "Not authorized, no token")


def test_a_token_whose_account_is_gone_is_told_so(service):
    contact = Contact(service)
    service.query(f"DELETE FROM session WHERE account = UNHEX('{contact.id}')")
    failed(contact.me(), 401, "Not authorized, token failed")
    service.query(f"DELETE FROM account WHERE id = UNHEX('{contact.id}')")
    failed(contact.me(), 404, "User not found")
    answer = call(contact.client, "check-registered", {"identifiers": ["x"]}, contact.token)
    failed(answer, 401, "Not authorized, token failed")


def test_a_locked_account_has_no_session(service):
    contact = Contact(service)
    service.query(f"UPDATE account SET status = 'locked' WHERE id = UNHEX('{contact.id}')")
    failed(contact.me(), 401, "Not authorized, token failed")
    failed(contact.log_in(), 401, "Invalid credentials")


def test_asking_for_a_code_answers_the_same_whatever_happens(service, mailbox):
    contact, nobody = Contact(service), new_email()
    answers = [
        call(service.client(), "forgot-password", {"email": email})
        for email in (contact.email, contact.email.upper(), nobody, nobody, "no address", "a@b@c", "' --")
    ]
    for answer in answers:
        sent(answer)
    assert len({answer.body for answer in answers}) == 1
    mailbox.code(contact.email)
    assert len(mailbox.all(contact.email)) == 1 and not mailbox.all(nobody)
    failed(call(service.client(), "forgot-password", {}), 400, "Please add all fields")


def test_the_sixth_mail_of_an_hour_is_not_sent_and_nobody_is_told(service, mailbox):
    contact = Contact(service)
    service.query(
        "INSERT INTO rate_counter (name, subject, count, window_ends) VALUES "
        f"('messages', 'contacts {contact.email}', 5, UTC_TIMESTAMP() + INTERVAL 1 HOUR)")
    contact.forget()
    time.sleep(1)
    assert not mailbox.all(contact.email)


def test_known_and_unknown_addresses_cost_the_same_time(nginx):
    with ThreadPoolExecutor(4) as threads:
        known = [contact.email for contact in threads.map(lambda _: Contact(nginx), range(60))]
    client, times = nginx.client(), ([], [])
    for number, email in enumerate(known):
        for kind, address in ((0, email), (1, new_email()))[:: 1 if number % 2 else -1]:
            begun = time.perf_counter()
            sent(call(client, "forgot-password", {"email": address}))
            times[kind].append(time.perf_counter() - begun)
    known_time, unknown_time = map(statistics.median, times)
    assert 0.6 < known_time / unknown_time < 1.6, (known_time, unknown_time)


def test_a_wrong_password_and_an_unknown_address_cost_the_same_time(nginx):
    contact, client, times = Contact(nginx), nginx.client(), ([], [])
    for number in range(60):
        for kind, address in ((0, contact.email), (1, new_email()))[:: 1 if number % 2 else -1]:
            begun = time.perf_counter()
            assert call(client, "login", {"email": address, "password": "wrong password"}).status == 401
            times[kind].append(time.perf_counter() - begun)
    known_time, unknown_time = map(statistics.median, times)
    assert 0.6 < known_time / unknown_time < 1.6, (known_time, unknown_time)


def test_a_reset_ends_every_token_and_works_once(service, mailbox):
    contact = Contact(service)
    other = contact.log_in().json["data"]["token"]
    contact.forget()
    token = contact.reset_token(mailbox.code(contact.email))
    for password in ("short", contact.email.upper(), "x" * 257):
        failed(contact.reset(token, password), 400, "Password must have 8 to 256 characters and be hard to guess")
    assert contact.me().status == 200
    assert succeeded(contact.reset(token, "newpassword123"), 200, "Password reset successfully") is None
    failed(contact.reset(token, "newpassword124"), 400, "Invalid or expired reset token")
    for old in (contact.token, other):
        failed(contact.me(old), 401, "Not authorized, token failed")
    failed(contact.log_in(), 401, "Invalid credentials")
    assert contact.me(contact.log_in("newpassword123").json["data"]["token"]).status == 200


def test_one_reset_token_used_at_once_sets_one_password(service, mailbox):
    contact = Contact(service)
    contact.forget()
    token = contact.reset_token(mailbox.code(contact.email))
    passwords = [f"newpassword{number}" for number in range(16)]
    answers = at_once(service.port, [
        post_octets(f"{BASE}/reset-password", {"resetToken": token, "newPassword": password}, {}, service.port)
        for password in passwords
    ])
    assert Counter(answer.status for answer in answers) == {200: 1, 400: 15}
    won = passwords[[answer.status for answer in answers].index(200)]
    assert [password for password in passwords if contact.log_in(password).status == 200] == [won]


def test_one_code_told_at_once_gives_one_reset_token(service, mailbox):
    contact = Contact(service)
    contact.forget()
    body = {"email": contact.email, "otp": mailbox.code(contact.email)}
    answers = at_once(service.port, [post_octets(f"{BASE}/verify-otp", body, {}, service.port)] * 32)
    seen = Counter((answer.status, answer.message) for answer in answers)
    assert seen == {(200, "OTP verified successfully"): 1, (400, "Invalid or expired OTP"): 31}


def test_codes_that_are_none_are_refused_in_one_way(service, mailbox):
    contact, other = Contact(service), Contact(service)
    contact.forget()
    code = mailbox.code(contact.email)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for email, otp in (
        (contact.email, wrong), (other.email, code), (new_email(), code), ("no address", code),
        (contact.email, code + "0"), (contact.email, " " + code), (contact.email, "1" * 65),
    ):
        failed(call(contact.client, "verify-otp", {"email": email, "otp": otp}), 400, "Invalid or expired OTP")
    for body in ({}, {"email": contact.email}, {"otp": code}):
        failed(call(contact.client, "verify-otp", body), 400, "Please add all fields")
    contact.reset_token(code)
    failed(call(contact.client, "verify-otp", {"email": contact.email, "otp": code}), 400, "Invalid or expired OTP")


def test_five_wrong_codes_are_compared(service, mailbox):
    contact = Contact(service)
    contact.forget()
    code = mailbox.code(contact.email)
    for step in range(1, 6):
        body = {"email": contact.email, "otp": f"{(int(code) + step) % 10**6:06d}"}
        failed(call(contact.client, "verify-otp", body), 400, "Invalid or expired OTP")
    failed(call(contact.client, "verify-otp", {"email": contact.email, "otp": code}), 400, "Invalid or expired OTP")


def test_a_newer_code_takes_the_place_of_the_one_before(service, mailbox):
    contact = Contact(service)
    contact.forget()
    old = mailbox.code(contact.email)
    time.sleep(RESEND_AFTER)
    contact.forget()
    new = mailbox.code(contact.email)
    if old != new:
        body = {"email": contact.email, "otp": old}
        failed(call(contact.client, "verify-otp", body), 400, "Invalid or expired OTP")
    contact.reset_token(new)


def test_a_reset_token_is_no_login_and_a_login_none_to_reset_with(service, mailbox):
    contact = Contact(service)
    contact.forget()
    token = contact.reset_token(mailbox.code(contact.email))
    failed(contact.me(token), 401, "Not authorized, token failed")
    for other in (contact.token, "x", token + "x", token[:-1], token.upper()):
        failed(contact.reset(other, "newpassword123"), 400, "Invalid or expired reset token")
    for body in ({}, {"resetToken": token}, {"newPassword": "newpassword123"}, {"resetToken": "", "newPassword": ""}):
        failed(call(contact.client, "reset-password", body), 400, "Please add all fields")


@pytest.mark.parametrize(
    "body", [{}, *({"identifiers": value} for value in (None, [], "x@example.com", 1, True, {}, {"0": "x"}, [1], ["x", None],
                                                        [["x"]], ["x"] * 1001))])
def test_what_is_no_list_of_texts_is_refused_in_the_documents_words(service, body):
    contact = Contact(service)
    failed(call(contact.client, "check-registered", body, contact.token), 400, "Please provide identifiers array")


def test_matches_come_in_the_order_asked_for_each_once_as_written(service):
    contacts = [Contact(service, f"Person {number}") for number in range(5)]
    others = [new_email() for _ in range(5)] + ["", "x", "@", "' OR 1=1 -- ", "%", "_", "\U0001F600@example.com", "a" * 300]
    asked = [contacts[3].email.upper(), *others, f" {contacts[1].email} ", contacts[3].email, contacts[0].email, contacts[0].email]
    data = call(contacts[0].client, "check-registered", {"identifiers": asked}, contacts[0].token).json["data"]
    assert [(user["identifier"], user["userId"]) for user in data["registeredUsers"]] == [
        (contacts[3].email.upper(), contacts[3].id), (f" {contacts[1].email} ", contacts[1].id),
        (contacts[0].email, contacts[0].id),
    ]


def test_phones_are_found_too(service):
    contact, phone = Contact(service), new_phone()
    service.query(f"UPDATE account SET phone = '{phone}', phone_typed = '{phone}' WHERE id = UNHEX('{contact.id}')")
    typed = f"{phone[:3]} ({phone[3:6]}) {phone[6:]}"
    data = call(contact.client, "check-registered", {"identifiers": [typed, contact.email]}, contact.token).json["data"]
    assert [user["identifier"] for user in data["registeredUsers"]] == [typed]


def test_a_thousand_are_asked_for_at_once(service):
    contact = Contact(service)
    asked = [f"n{number}@example.com" for number in range(999)] + [contact.email]
    begun = time.monotonic()
    data = call(contact.client, "check-registered", {"identifiers": asked}, contact.token).json["data"]
    assert [user["userId"] for user in data["registeredUsers"]] == [contact.id]
    assert time.monotonic() - begun < 2


def test_the_twenty_first_question_of_a_minute_has_to_wait(service):
    contact, other = Contact(service), Contact(service)
    second = contact.log_in().json["data"]["token"]
    for number in range(20):
        answer = call(contact.client, "check-registered", {"identifiers": ["x"]}, second if number % 2 else contact.token)
        assert answer.status == 200
    for token in (contact.token, second):
        answer = failed(
            call(contact.client, "check-registered", {"identifiers": ["x"]}, token), 429, "Too many requests")
        assert 1 <= int(answer.header("Retry-After")) <= 60
    assert call(other.client, "check-registered", {"identifiers": ["x"]}, other.token).status == 200
    assert contact.me().status == 200


def test_accounts_of_other_realms_are_not_found(service):
    contact, email = Contact(service), new_email()
    client = service.client()
    code = client.post("/api/v1/users/get-code", {"email": email}).json["data"]["verificationCode"]
    body = {"email": email, "verificationCode": code, "password": PASSWORD}
    assert client.post("/api/v1/users/signup-verify", body).status == 201
    answer = call(contact.client, "check-registered", {"identifiers": [email]}, contact.token)
    assert answer.json["data"] == {"registeredUsers": []}


@pytest.mark.parametrize("path", [BASE, f"{BASE}/", f"{BASE}/nothing", f"{BASE}/me/", f"{BASE}/me/x"])
def test_what_lies_under_its_base_is_refused_in_its_envelope(service, path):
    failed(service.client().get(path), 404, "Not found")


def test_other_methods_are_named(service):
    for name in ("register", "login", "forgot-password", "verify-otp", "reset-password", "check-registered"):
        answer = service.client().get(f"{BASE}/{name}")
        assert answer.status == 405 and methods(answer) == {"POST", "OPTIONS"}
        assert list(answer.json) == ["status", "message", "data"]
    answer = service.client().post(f"{BASE}/me", {})
    assert answer.status == 405 and methods(answer) == {"GET", "HEAD", "OPTIONS"}
    assert service.client().request("HEAD", f"{BASE}/me").status == 401


@pytest.mark.parametrize("value", [1, True, [], {}])
@pytest.mark.parametrize(
    "name, field",
    [("register", "fullName"), ("register", "email"), ("register", "password"), ("login", "email"), ("login", "password"),
     ("forgot-password", "email"), ("verify-otp", "otp"), ("reset-password", "resetToken"), ("reset-password", "newPassword")])
def test_a_field_of_another_type_is_named(nginx, name, field, value):
    answer = call(nginx.client(), name, {field: value})
    assert answer.status == 400 and field in answer.message and answer.json["data"] is None


@pytest.fixture(scope="module")
def spare():
    """A service with other numbers than the default."""
    with Service("nginx", AUTHFCGI_SESSIONS_PER_ACCOUNT="2", AUTHFCGI_TOKENS_RESET_TTL="60s",
                      AUTHFCGI_TOKENS_BEARER_TTL="1h", AUTHFCGI_API_CODES_ENABLED="false",
                      AUTHFCGI_API_CONTACTS_REALM="people") as service:
        yield service


def test_settings_are_in_force(spare):
    contact = Contact(spare)
    assert spare.query(f"SELECT realm FROM account WHERE id = UNHEX('{contact.id}')") == [["people"]]
    second, third = (contact.log_in().json["data"]["token"] for _ in range(2))
    failed(contact.me(), 401, "Not authorized, token failed")
    assert contact.me(second).status == contact.me(third).status == 200
    lifetimes = spare.query("SELECT DISTINCT TIMESTAMPDIFF(SECOND, created_at, expires_at) FROM session WHERE kind = 'login'")
    assert lifetimes == [["3600"]]
    contact.forget()
    contact.reset_token(Mailbox(spare.home / "outbox").code(contact.email))
    lifetimes = spare.query("SELECT TIMESTAMPDIFF(SECOND, created_at, expires_at) FROM session WHERE kind = 'reset'")
    assert lifetimes == [["60"]]
    assert spare.client().get("/api/v1/users/me").media_type == "application/problem+json"
    ineffective = [line for line in "".join(spare.logs().values()).splitlines() if "without effect" in line]
    assert not [line for line in ineffective if re.search(r"\[(sessions|tokens|security|api\.co[nd]\w+)\]", line)]
