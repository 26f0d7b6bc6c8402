"""The cookie names a state in the database and carries none: old copies, foreign ones and damaged ones."""

import time

import pytest

from conftest import RESEND_AFTER
from people import COOKIE, PASSWORD, Person
from test_twake_registration import ok, refused


def test_an_old_copy_gives_no_tries_back(service):
    person = Person(service).ask().read()
    old = person.cookies
    for step in range(1, 6):
        refused(person.check(person.wrong_code(step)), 401, "Incorrect password")
    answer = person.client.post("/api/check-otp", {"password": person.code}, cookies=old)
    refused(answer, 400, "Maximum amount of wrong attempts has been reached")


def test_a_used_code_stays_used(service):
    person = Person(service).ask().read()
    old = person.cookies
    person.verify()
    for cookies in (old, person.cookies):
        answer = person.client.post("/api/check-otp", {"password": person.code}, cookies=cookies)
        refused(answer, 400, "Malformed request")
    ok(person.register(), 201)


def test_a_code_is_worth_nothing_once_a_newer_one_was_sent(service):
    person = Person(service).ask().read()
    first, old = person.code, person.cookies
    time.sleep(RESEND_AFTER + 0.2)
    person.ask().read()
    if first != person.code:
        assert person.check(first).status in (400, 401)
        assert person.client.post("/api/check-otp", {"password": first}, cookies=old).status in (400, 401)
    ok(person.check())


def test_more_codes_give_no_more_than_ten_wrong_tries_a_day(nginx):
    person = Person(nginx).ask().read()
    for _ in range(2):
        for step in range(1, 4):
            refused(person.check(person.wrong_code(step)), 401, "Incorrect password")
        time.sleep(RESEND_AFTER + 0.2)
        person.ask().read()
    seen = [person.check(person.wrong_code(step)).status for step in range(1, 6)]
    time.sleep(RESEND_AFTER + 0.2)
    person.ask().read()
    seen += [person.check(person.wrong_code(step)).status for step in range(1, 6)]
    assert seen.count(401) <= 4 and set(seen) <= {400, 401}
    assert person.check().status == 400
    refused(person.register(), 401, "Unauthorized: phone is not verified")


def test_a_proof_is_good_for_one_account(service):
    person = Person(service).verify()
    proof = person.cookies
    ok(person.register(), 201)
    second = Person(service)
    body = {"nickname": second.nickname, "password": PASSWORD}
    for cookies in (proof, person.cookies):
        answer = service.client().post("/api/register", body, cookies=cookies)
        refused(answer, 401, "Unauthorized: phone is not verified")
    assert service.client().get("/api/session", cookies=proof).status == 401
    ok(service.client().post("/api/check-nickname", {"nickname": second.nickname}))


def test_a_proof_is_never_of_another_phone(service):
    person = Person(service).verify()
    proven, proof = person.phone, person.cookies
    time.sleep(RESEND_AFTER + 0.2)
    other = Person(service)
    person.phone = other.phone
    person.ask().read()
    refused(person.register(), 401, "Unauthorized: phone is not verified")
    answer = person.client.post("/api/register", {"nickname": person.nickname, "password": PASSWORD}, cookies=proof)
    assert answer.status in (201, 401)
    if answer.status == 201:
        assert person.session().json["phone"] == proven


def absent(service, value):
    """Whether a value is treated as no cookie at all, by every call that reads it."""
    client, cookies = service.client(), {COOKIE: value}
    refused(client.post("/api/check-otp", {"password": "123456"}, cookies=cookies), 400, "Malformed request")
    body = {"nickname": Person(service).nickname, "password": PASSWORD}
    refused(client.post("/api/register", body, cookies=cookies), 401, "Unauthorized: phone is not verified")
    assert client.get("/api/session", cookies=cookies).status == 401
    assert client.post("/api/logout", cookies=cookies).status == 401


def test_one_changed_character_anywhere_is_no_cookie(nginx):
    person = Person(nginx).sign_up()
    value = person.cookies[COOKIE]
    for index, character in enumerate(value):
        for other in {"A" if character != "A" else "B", chr(ord(character) ^ 1)} - {";", ",", '"', "\\", " ", "\x7f"}:
            changed = value[:index] + other + value[index + 1 :]
            answer = nginx.client().get("/api/session", cookies={COOKIE: changed})
            assert answer.status == 401, f"position {index} of {len(value)}: {character} as {other}"
    assert person.session().status == 200


@pytest.mark.parametrize(
    "value",
    ["", "x", "=", "....", "v1", "v1.", "null", "0" * 64, "A" * 4000, "%00", "%s%n", "../../etc/passwd", '"quoted"', "{}", "é"],
)
def test_rubbish_is_no_cookie(service, value):
    absent(service, value.encode().decode("latin-1"))


def test_a_part_of_a_cookie_is_none(service):
    value = Person(service).verify().cookies[COOKIE]
    for part in (value[:-1], value[1:], value[: len(value) // 2], value + "A", value + "=", value + value, value.swapcase()):
        absent(service, part)


def test_a_cookie_of_another_installation_is_none(nginx, lighttpd):
    absent(nginx, Person(lighttpd).verify().cookies[COOKIE])


def test_a_cookie_under_another_name_is_none(service):
    person = Person(service).sign_up()
    for name in ("compass.session", "twake.sessio", "twake.session2", "Twake.session", "__Host-twake.session"):
        assert service.client().get("/api/session", cookies={name: person.cookies[COOKIE]}).status == 401
