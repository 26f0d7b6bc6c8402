"""With reveal_accounts = "uniform" nobody learns from an answer whether an address is known."""

import re
import time

import pytest

from compass import COOKIE, NEW_PASSWORD, PASSWORD, CompassPerson, mails, new_email, new_local_phone, wrong
from conftest import RESEND_AFTER
from service import Service


@pytest.fixture(scope="module")
def uniform():
    with Service(
        "nginx", AUTHFCGI_SECURITY_REVEAL_ACCOUNTS="uniform", AUTHFCGI_OTP_RESEND_AFTER=f"{RESEND_AFTER}s") as service:
        yield service


def shape(answer):
    """All of an answer but what is random or the time: ids, cookie values, the request's name."""
    body = re.sub(rb"[0-9a-f]{24}", b"<id>", answer.body)
    headers = [
        (name, re.sub(r"=[\w.-]{60,}", "=<value>", value)) for name, value in answer.headers
        if name.lower() not in ("x-request-id", "date", "retry-after")
    ]
    return answer.status, headers, body


def alike(answers, status):
    first, *rest = map(shape, answers)
    assert first[0] == status, answers
    assert all(other == first for other in rest), answers


@pytest.fixture
def verified(uniform):
    return CompassPerson(uniform, phone=new_local_phone()).verified()


def post(service, path, **fields):
    return service.client().post(f"/user/{path}", fields)


def test_signing_up_is_the_same_for_a_taken_address(uniform, verified):
    time.sleep(RESEND_AFTER)
    people = [CompassPerson(uniform, phone=new_local_phone()) for _ in range(2)]
    people[0].email = verified.email
    alike([person.create(password="anotherpassword") for person in people], 200)
    alike([person.create(password="anotherpassword") for person in people], 429)
    people[1].code()
    guess = wrong(people[1].code())
    alike([person.verify(guess) for person in people], 401)
    alike([person.verify(guess, email=person.email) for person in people], 401)
    alike([person.verify(guess, phone_number=person.phone) for person in people], 401)
    alike([post(uniform, "create/resend-otp", phone_number=person.phone) for person in people], 200)
    # A first resend is as early for an address that nobody ever asked for.
    alike([post(uniform, "create/resend-otp", email=person.email) for person in people], 200)
    alike([post(uniform, "create/resend-otp", email=person.email) for person in people], 429)
    alike([person.log_in("anotherpassword") for person in people], 401)
    alike([person.log_in("wrongpassword") for person in people], 401)
    alike([person.session() for person in people], 401)
    alike([person.forget() for person in people], 200)
    alike([person.forget() for person in people], 429)
    alike([person.reset(guess) for person in people], 401)
    time.sleep(RESEND_AFTER)
    alike([post(uniform, "create/resend-otp", email=person.email) for person in people], 200)


def test_a_taken_phone_is_the_same_as_a_free_one(uniform, verified):
    alike([CompassPerson(uniform, phone=phone).create() for phone in (verified.phone, new_local_phone())], 200)


def test_all_else_is_the_same_for_nobody(uniform, verified):
    time.sleep(RESEND_AFTER)
    named = [{"email": verified.email}, {"email": new_email()}]
    named += [{"phone_number": verified.phone}, {"phone_number": new_local_phone()}]
    named += [{"email": verified.email, "phone_number": new_local_phone()}]
    weak = {"otp": "123456", "new_password": "short"}
    fields = {"otp": "123456", "new_password": NEW_PASSWORD}
    alike([post(uniform, "create/verify", otp="123456", **who) for who in named], 401)
    alike([post(uniform, "login", password="wrongpassword", **who) for who in named], 401)
    alike([post(uniform, "create/resend-otp", **who) for who in named[:4]], 200)
    alike([post(uniform, "create/resend-otp", **who) for who in named], 429)
    alike([post(uniform, "forgot-password", **who) for who in named[:4]], 200)
    alike([post(uniform, "forgot-password", **who) for who in named], 429)
    alike([post(uniform, "reset-password", **weak, **who) for who in named], 400)
    for _ in range(7):
        alike([post(uniform, "reset-password", **fields, **who) for who in named], 401)


def test_a_password_tells_nothing_about_an_account(uniform, verified):
    assert verified.forget().status == 200
    unknown = new_email()
    assert post(uniform, "forgot-password", email=unknown).status == 200
    reset = lambda email, password: post(uniform, "reset-password", otp="12345", email=email, new_password=password)
    alike([reset(email, email) for email in (verified.email, unknown)], 400)
    phone = f"+1{verified.phone}"
    alike([reset(email, phone) for email in (verified.email, unknown)], 401)
    code = verified.code(2)
    assert verified.reset(code, phone).status == 401
    assert verified.reset(code).status == 200


def test_nothing_is_sent_to_nobody_and_no_code_to_a_known_one(uniform, verified):
    unknown = new_email()
    for path in ("create/resend-otp", "forgot-password", "create/resend-otp"):
        time.sleep(RESEND_AFTER)
        assert post(uniform, path, email=unknown).status == 200
    time.sleep(RESEND_AFTER)
    again = CompassPerson(uniform)
    again.email = verified.email
    again.created()
    CompassPerson(uniform).verified()
    assert mails(uniform, unknown) == []
    assert [bool(re.search(r"(?<!\d)\d{6}(?!\d)", text)) for text in mails(uniform, verified.email)] == [True, False]


def test_who_has_the_code_gets_on(uniform):
    person = CompassPerson(uniform).created()
    assert person.log_in().status == 401
    assert person.verify().status == 200
    assert person.session().status == 200 and COOKIE in person.client.cookies
    assert person.log_in(PASSWORD).status == 200
    assert person.forget().status == 200
    assert person.reset(person.code(2)).status == 200
    assert person.log_in(NEW_PASSWORD).status == 200
