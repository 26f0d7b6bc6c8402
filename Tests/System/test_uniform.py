"""With reveal_accounts = "uniform" an answer is the same, octet for octet, for an address that has an account, for one
that waits for its proof, and for one that nobody has; but for what is random in every answer."""

import re

import pytest

from apis import Captain, Codes, Compass, Contacts, Rider, Twake, new_email
from http_client import Client
from people import new_nickname, new_phone
from service import Service, wait_until

OTP, WRONG = "no code", "WrongPass123+"


@pytest.fixture(scope="module", params=["nginx", "lighttpd"])
def uniform(request):
    with Service(
        request.param, AUTHFCGI_SECURITY_REVEAL_ACCOUNTS="uniform", AUTHFCGI_SECURITY_REVEAL_CODES="false",
        AUTHFCGI_OTP_RESEND_AFTER="60s") as service:
        yield service


# What differs from one answer to the next whoever is asked for.
RANDOM = [
    (rb'"(user_id|_id|id)":"[0-9a-f]{24}"', b'"id"'),
    (rb'"(token|accessToken|refreshToken)":"[\w.-]+"', b'"token"'),
    (rb'"session_token":"[^"]+"', b'"session"'),
    (rb'"session":\{"id":"[^"]+"', b'"session"'),
    (rb'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"', b'"time"'),
    (rb"p\d{11}@example\.com", b"address"),
    (rb"\+43\d{11}", b"phone"),
]
PER_ANSWER = {"date", "x-request-id", "retry-after"}


def still(text):
    for pattern, stand_in in RANDOM:
        text = re.sub(pattern, stand_in, text)
    return text


def seen(answer):
    """All of an answer that may not tell."""
    headers = [
        (name, re.sub(r"^([A-Za-z.]+)=[^;]+", r"\1=...", value) if name.lower() == "set-cookie" else value)
        for name, value in answer.headers if name.lower() not in PER_ANSWER
    ]
    cookies = [(name, len(value)) for name, (value, _) in answer.cookies.items()]
    return answer.status, headers, cookies, len(answer.body), still(answer.body), "Retry-After" in dict(answer.headers)


def same(service, path, bodies, status=None, times=1):
    """The answers to bodies that differ in whom they name, each sent `times` times, are the same each time."""
    clients = [Client(service.port) for _ in bodies]
    for _ in range(times):
        answers = [client.post(path, body, cookies={}) for client, body in zip(clients, bodies)]
        views = [seen(answer) for answer in answers]
        for view, body in zip(views[1:], bodies[1:]):
            assert view == views[0], (path, body)
        if status:
            assert views[0][0] == status, views[0]
            status = None
    return answers


def named(people, **more):
    return [{"email": email, **more} for email in people]


def aged(service):
    """Lets every interval between two messages be over."""
    service.query("DELETE FROM rate_counter; UPDATE challenge SET sent_at = sent_at - INTERVAL 2 MINUTE")


@pytest.fixture(scope="module")
def compass(uniform):
    """A verified account, a registration that waits, and nobody."""
    emails = [Compass(uniform).sign_up().email, Compass(uniform).create().email, new_email()]
    aged(uniform)
    return emails


def test_compass_logs_in(uniform, compass):
    same(uniform, "/user/login", named(compass, password=WRONG), 401)
    # The right password of a registration that waits says no more than a wrong one.
    same(uniform, "/user/login", named(compass[1:], password="SecurePass123+"), 401)


def test_compass_asks_for_a_code(uniform, compass):
    for path in ("/user/create/resend-otp", "/user/forgot-password"):
        aged(uniform)
        # And the second is as early for whom nobody knows.
        same(uniform, path, named(compass), 200)
        [again, *_] = same(uniform, path, named(compass), 429)
        assert 1 <= int(again.header("Retry-After")) <= 60


def test_compass_tells_a_code(uniform, compass):
    same(uniform, "/user/create/verify", named(compass, otp=OTP), 401, times=11)
    same(uniform, "/user/reset-password", named(compass, otp=OTP, new_password="newsecurepassword"), 401, times=11)
    same(uniform, "/user/reset-password", named(compass, otp=OTP, new_password="short"), 400)


def test_compass_tells_a_code_that_was_sent(uniform, compass):
    aged(uniform)
    same(uniform, "/user/forgot-password", named(compass), 200)
    same(uniform, "/user/reset-password", named(compass, otp="000000x", new_password="newsecurepassword"), 401, times=11)


def test_compass_signs_up(uniform, compass):
    aged(uniform)
    body = {"password": "securepassword", "first_name": "John", "last_name": "Doe"}
    fresh = [compass[0], compass[1], new_email()]
    same(uniform, "/user/create", named(fresh, **body), 200)
    same(uniform, "/user/create", named(fresh, **body), 429)


def test_compass_verifies_by_a_cookie(uniform, compass):
    """Whose cookie it is, the owner of an account's or of a registration, a wrong code is a wrong code."""
    aged(uniform)
    body = {"password": "securepassword", "first_name": "John", "last_name": "Doe"}
    clients = []
    for email in (compass[0], new_email()):
        client = Client(uniform.port)
        assert client.post("/user/create", {"email": email, **body}).status == 200
        clients.append(client)
    for _ in range(6):
        views = [seen(client.post("/user/create/verify", {"otp": OTP})) for client in clients]
        assert views[0] == views[1] and views[0][0] == 401


def test_compass_knows_phones_no_better(uniform):
    owner = Compass(uniform)
    client = uniform.client()
    phones = [owner.phone, new_phone()]
    body = owner.body(phone_number=owner.phone)
    del body["email"]
    assert client.post("/user/create", body).status == 200
    code = uniform.outbox.code(owner.phone)
    assert client.post("/user/create/verify", {"otp": code, "phone_number": owner.phone}).status == 200
    aged(uniform)
    by_phone = lambda **more: [{"phone_number": phone, **more} for phone in phones]
    same(uniform, "/user/login", by_phone(password=WRONG), 401)
    same(uniform, "/user/create/resend-otp", by_phone(), 200)
    same(uniform, "/user/forgot-password", by_phone(), 200)
    same(uniform, "/user/create/verify", by_phone(otp=OTP), 401)
    same(uniform, "/user/reset-password", by_phone(otp=OTP, new_password="newsecurepassword"), 401)
    aged(uniform)
    same(uniform, "/user/create", by_phone(password="securepassword", first_name="John", last_name="Doe"), 200)


@pytest.mark.parametrize("person", [Rider, Captain])
def test_ride(uniform, person):
    people = [person(uniform).sign_up().email, person(uniform).sign_up().verify().email, new_email()]
    base = person.base
    same(uniform, f"{base}/login", named(people, password=WRONG), 401)
    for path in ("resend-otp", "forgot-password"):
        aged(uniform)
        same(uniform, f"{base}/{path}", named(people), 200)
        same(uniform, f"{base}/{path}", named(people), 429)


@pytest.mark.parametrize("person", [Rider, Captain])
def test_no_address_is_told_to_a_web_server_before_it_is_proven(uniform, person):
    owner = person(uniform).sign_up().verify()
    aged(uniform)
    stranger, newcomer = person(uniform, owner.email).sign_up(), person(uniform).sign_up()
    for who, email in [(owner, owner.email), (stranger, None), (newcomer, None)]:
        answer = uniform.client().get(f"/auth/verify?realm={person.realm}", headers=who.bearer)
        assert (answer.status, answer.header("X-Auth-Email")) == (204, email)


def test_contacts(uniform):
    people = [Contacts(uniform).sign_up().email, new_email()]
    same(uniform, "/api/auth/login", named(people, password=WRONG), 401)
    # More often than a message is sent, too.
    same(uniform, "/api/auth/forgot-password", named(people), 200, times=7)
    same(uniform, "/api/auth/verify-otp", named(people, otp=OTP), 400, times=11)


def test_contacts_by_default(service):
    """The document promises as much without the setting."""
    people = [Contacts(service).sign_up().email, new_email()]
    same(service, "/api/auth/login", named(people, password=WRONG), 401)
    same(service, "/api/auth/forgot-password", named(people), 200, times=7)
    same(service, "/api/auth/verify-otp", named(people, otp=OTP), 400, times=11)


def test_codes(uniform):
    asked = Codes(uniform)
    asked.ask()
    people = [Codes(uniform).sign_up().email, asked.email, new_email()]
    base = "/api/v1/users"
    same(uniform, f"{base}/login", named(people, password=WRONG), 401)
    for path in ("resend-code", "get-code"):
        aged(uniform)
        same(uniform, f"{base}/{path}", named(people), 201)
        same(uniform, f"{base}/{path}", named(people), 429)
    same(uniform, f"{base}/signup-verify", named(people, verificationCode=OTP, password="password123"), 400, times=11)


def test_twake_logs_in(service):
    """No setting lets this tell: who is known by the nickname, the phone, the email, and who is not."""
    known = Twake(service).sign_up()
    logins = [known.email, new_email()], [known.nickname, new_nickname()], [known.phone, new_phone()]
    for pair in logins:
        same(service, "/api/login", [{"login": login, "password": WRONG} for login in pair], 401)


def test_nobody_gets_a_message(uniform):
    def ended(outcome):
        """How many messages came to this, once none waits: a courier has to look at one to know that it is for nobody."""
        wait_until(lambda: uniform.query("SELECT COUNT(*) FROM outbox WHERE payload IS NOT NULL") == [["0"]], 30)
        return int(uniform.query(f"SELECT COUNT(*) FROM outbox WHERE outcome = '{outcome}'")[0][0])

    delivered, discarded = ended("delivered"), ended("nobody")
    stranger = {"email": new_email()}
    paths = ("/user/create/resend-otp", "/user/forgot-password", "/api/v1/user/resend-otp", "/api/v1/captain/resend-otp",
             "/api/v1/user/forgot-password", "/api/v1/captain/forgot-password", "/api/auth/forgot-password",
             "/api/v1/users/resend-code")
    for path in paths:
        assert Client(uniform.port).post(path, stranger).status in (200, 201), path
    assert (ended("delivered"), ended("nobody")) == (delivered, discarded + len(paths))
