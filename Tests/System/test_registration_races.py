"""One email or phone registered many times in the same instant is one account."""

from collections import Counter

import pytest

from apis import Captain, Compass, Contacts, Rider, mailbox, new_email
from people import new_phone
from racing import PASSWORDS, ROUNDS, RUNNERS, one_won, race, whose


def accounts(service, realm, emails):
    """There is one account for each of the emails."""
    listed = ", ".join(f"'{email}'" for email in emails)
    rows = service.query(f"SELECT email, COUNT(*) FROM account WHERE realm = '{realm}' AND email IN ({listed}) GROUP BY email")
    assert sorted(rows) == sorted([email, "1"] for email in emails)


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
        lost = {(400, "Verification code expired or incorrect")}
        winner = one_won(race(racing, "/api/v1/users/signup-verify", bodies), 201, lost)
        if turn % 10 == 0:
            whose(racing, "/api/v1/users/login", email, winner)
    accounts(racing, "codes", emails)
