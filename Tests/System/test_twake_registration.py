"""From a phone number to an account: send-otp, check-otp, register; every row of their table."""

import re
import time

import pytest

from conftest import RESEND_AFTER
from people import COOKIE, PASSWORD, Person, new_phone


def ok(answer, status=200):
    assert (answer.status, answer.body, answer.media_type) == (status, b"ok", "text/plain")
    common(answer)
    return answer


def refused(answer, status, message):
    assert (answer.status, answer.json) == (status, {"message": message})
    assert answer.media_type == "application/json"
    common(answer)
    return answer


def common(answer):
    assert answer.header("Cache-Control") == "no-store"
    assert answer.header("X-Content-Type-Options") == "nosniff"
    assert re.fullmatch(r"[A-Za-z0-9_-]{8,64}", answer.header("X-Request-Id"))
    assert (answer.header("Retry-After") is not None) == (answer.status in (429, 503))


def sets_cookie(answer, longest):
    value, attributes = answer.cookies[COOKIE]
    assert re.fullmatch(r"[A-Za-z0-9_.~-]+", value)
    assert {"httponly", "samesite", "path"} <= set(attributes)
    assert (attributes["samesite"], attributes["path"]) == ("lax", "/")
    assert "secure" not in attributes and "domain" not in attributes
    assert 0 < int(attributes.get("max-age", longest)) <= longest
    return value


def test_the_documented_flow_ends_in_an_account(service):
    person = Person(service)
    asked = sets_cookie(ok(person.client.post("/api/send-otp", {"phone": person.phone})), 3600)
    code = service.outbox.code(person.phone)
    checked = ok(person.client.post("/api/check-otp", {"password": code}))
    assert all(sets_cookie(checked, 3600) for _ in checked.cookies)
    answer = person.client.post(
        "/api/register",
        {"nickname": person.nickname, "displayName": "John Doe", "recovery_email": f"{person.nickname}@example.com",
         "password": PASSWORD},
    )
    registered = sets_cookie(ok(answer, 201), 30 * 86400)
    assert registered != asked
    session = person.session()
    common(session)
    assert (session.status, session.media_type) == (200, "application/json")
    assert session.json == {"nickname": person.nickname, "displayName": "John Doe", "phone": person.phone}


def test_two_cookies_of_one_state_differ(service):
    values = {Person(service).ask().cookies[COOKIE] for _ in range(20)}
    assert len(values) == 20


@pytest.mark.parametrize(
    "phone",
    ["", "+", "+1234567", "+1234567890123456", "1234567890", "0431234567", "+49 171 x", "+4917١٢٣٤٥٦٧٨", "+４９１７１２３４５６７８",
     "+4917134567890\n", "\n+4917134567890", "+49+17134567890", "+491713456789O", "++4917134567890"],
)
def test_a_phone_that_is_none_is_refused(client, phone):
    answer = refused(client.post("/api/send-otp", {"phone": phone}), 400, "Invalid phone number")
    assert not answer.cookies


def test_no_phone_is_an_invalid_phone(client):
    refused(client.post("/api/send-otp", {}), 400, "Invalid phone number")


@pytest.mark.parametrize("write", ["+{0} {1} {2}", "+{0}-{1}-{2}", "+{0} ({1}) {2}", "+{0}.{1}.{2}", "00{0}{1}{2}"])
def test_spellings_of_a_phone_are_one_phone(service, write):
    person = Person(service).sign_up()
    digits = person.phone[1:]
    spelled = write.format(digits[:2], digits[2:6], digits[6:])
    refused(service.client().post("/api/send-otp", {"phone": spelled}), 400, "Phone number is already in use")


def test_a_phone_with_an_account_is_in_use(service):
    person = Person(service).sign_up()
    answer = service.client().post("/api/send-otp", {"phone": person.phone})
    refused(answer, 400, "Phone number is already in use")
    assert not answer.cookies


def test_a_second_code_waits_for_the_interval(service):
    person = Person(service).ask()
    for client in (person.client, service.client()):
        answer = refused(client.post("/api/send-otp", {"phone": person.phone}), 429, "Too many requests")
        assert 1 <= int(answer.header("Retry-After")) <= RESEND_AFTER + 1
    # The same session, for another phone.
    refused(person.client.post("/api/send-otp", {"phone": new_phone()}), 429, "Too many requests")
    time.sleep(RESEND_AFTER + 0.2)
    person.ask()
    assert len([person.read().code, person.read().code]) == 2


def test_five_texts_an_hour_and_no_more(nginx):
    service, person = nginx, Person(nginx)
    for _ in range(5):
        person.client.cookies.clear()
        person.ask()
        time.sleep(RESEND_AFTER + 0.2)
    answer = refused(service.client().post("/api/send-otp", {"phone": person.phone}), 429, "Too many requests")
    assert int(answer.header("Retry-After")) > RESEND_AFTER + 1
    for _ in range(5):
        person.read()
    assert len(service.outbox.texts(person.phone)) == 5


def test_a_code_without_its_session_is_malformed(service):
    person = Person(service).ask().read()
    refused(service.client().post("/api/check-otp", {"password": person.code}), 400, "Malformed request")
    ok(person.check())


def test_a_check_without_a_code_is_malformed(service):
    person = Person(service).ask().read()
    refused(person.client.post("/api/check-otp", {}), 400, "Malformed request")
    ok(person.check())


def test_a_wrong_code_is_told_and_the_right_one_still_goes(service):
    person = Person(service).ask().read()
    for step in range(1, 5):
        refused(person.check(person.wrong_code(step)), 401, "Incorrect password")
    ok(person.check())


def test_after_five_wrong_tries_nothing_is_compared(service):
    person = Person(service).ask().read()
    for step in range(1, 6):
        refused(person.check(person.wrong_code(step)), 401, "Incorrect password")
    exhausted = "Maximum amount of wrong attempts has been reached"
    for code in (person.wrong_code(6), person.code, person.wrong_code(7)):
        refused(person.check(code), 400, exhausted)
    refused(person.register(), 401, "Unauthorized: phone is not verified")


@pytest.mark.parametrize("write", [" {}", "{} ", "+{}", "{}\n", "0{}", "{}0"])
def test_a_code_is_taken_exactly(service, write):
    person = Person(service).ask().read()
    assert person.check(write.format(person.code)).status in (400, 401)
    ok(person.check())


def test_full_width_digits_are_no_code(service):
    person = Person(service).ask().read()
    assert person.check("".join(chr(0xFF10 + int(digit)) for digit in person.code)).status in (400, 401)
    ok(person.check())


def test_register_wants_a_proven_phone(service):
    unproven = "Unauthorized: phone is not verified"
    refused(Person(service).register(), 401, unproven)
    refused(Person(service).ask().register(), 401, unproven)


@pytest.mark.parametrize(
    "fields, message",
    [
        ({"nickname": None}, "missing fields"),
        ({"password": None}, "missing fields"),
        ({"nickname": "ab"}, "invalid nickname"),
        ({"nickname": "a" * 21}, "invalid nickname"),
        ({"nickname": "john doe"}, "invalid nickname"),
        ({"nickname": "jоhndoe"}, "invalid nickname"),
        ({"nickname": "johndoe\n"}, "invalid nickname"),
        ({"nickname": "johndöe"}, "invalid nickname"),
        ({"nickname": "joh\u200bndoe"}, "invalid nickname"),
        ({"password": "Ab1+efg"}, "invalid password"),
        ({"password": "alllower1+"}, "invalid password"),
        ({"password": "ALLUPPER1+"}, "invalid password"),
        ({"password": "NoDigits++"}, "invalid password"),
        ({"password": "NoSymbols1"}, "invalid password"),
        ({"password": "Aa1+" + "x" * 253}, "invalid password"),
        ({"password": "Aa1+" + "\U0001F600" * 252 + "xxxxx"}, "invalid password"),
        ({"recovery_email": "nobody"}, "invalid recovery email"),
        ({"recovery_email": "a@b"}, "invalid recovery email"),
        ({"recovery_email": "a@b@example.com"}, "invalid recovery email"),
        ({"recovery_email": "@example.com"}, "invalid recovery email"),
        ({"recovery_email": "a" * 243 + "@example.com"}, "invalid recovery email"),
        ({"recovery_email": "a@example.com\r\nBcc: b@example.com"}, "invalid recovery email"),
    ],
)
def test_a_field_that_will_not_do_is_named_and_the_proof_is_kept(nginx, fields, message):
    person = Person(nginx).verify()
    body = {"nickname": person.nickname, "password": PASSWORD, **fields}
    body = {name: value for name, value in body.items() if value is not None}
    refused(person.client.post("/api/register", body), 400, f"Bad Request: {message}")
    ok(person.register(), 201)


def test_the_longest_password_goes_and_counts_to_its_end(service):
    person, password = Person(service), "Aa1+" + "x" * 252
    person.verify()
    ok(person.register(password=password), 201)
    refused(person.log_in(password=password[:-1]), 401, "Invalid credentials")
    ok(person.log_in(password=password))


def test_taken_identifiers_are_named(service):
    first = Person(service)
    email = f"{first.nickname}@example.com"
    first.sign_up(recovery_email=email)
    second = Person(service).verify()
    for nickname in (first.nickname, first.nickname.upper()):
        refused(second.register(nickname=nickname), 400, "Bad Request: nickname is not available")
    for address in (email, email.upper(), f"  {email} "):
        refused(second.register(recovery_email=address), 400, "Bad Request: recovery email is not available")
    ok(second.register(), 201)


def test_a_phone_proven_twice_gets_one_account(service):
    person = Person(service).verify()
    time.sleep(RESEND_AFTER + 0.2)
    other = Person(service)
    other.phone = person.phone
    other.verify()
    ok(other.register(), 201)
    # The older proof may have ended with the newer code; if it has not, the phone is taken.
    late = person.register()
    assert (late.status, late.message) in (
        (400, "Bad Request: phone is not available"), (401, "Unauthorized: phone is not verified"))
    assert other.session().status == 200
