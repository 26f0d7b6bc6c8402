"""What the owners of accounts are told without having asked: who logged in from elsewhere, with a link that ends that
session and nothing else; that a password was changed; that somebody tried to register with their address."""

import re
import time

import pytest

from apis import Captain, Codes, Compass, Contacts, Rider, Twake, mailbox
from http_client import Client
from service import Service, wait_until

ALL = "password-changed,new-device,registration-attempted"
APIS = ["TWAKE", "COMPASS", "RIDE", "CONTACTS", "CODES"]
ELSEWHERE, FURTHER, SIX = "203.0.113.9", "198.51.100.23", "2001:db8:7:9::1"


def running(**settings):
    with Service(
        "nginx", AUTHFCGI_SERVER_TRUSTED_PROXIES="127.0.0.1", AUTHFCGI_OTP_RESEND_AFTER="0s",
        AUTHFCGI_OTP_PER_HOUR="1000", **settings) as service:
        yield service


@pytest.fixture(scope="module")
def telling():
    yield from running(**{f"AUTHFCGI_API_{api}_NOTICES": ALL for api in APIS})


@pytest.fixture(scope="module")
def uniform():
    yield from running(AUTHFCGI_SECURITY_REVEAL_ACCOUNTS="uniform", AUTHFCGI_SECURITY_REVEAL_CODES="false")


def come(service, address, count):
    """The mails that the address has when there are so many, and a moment later no more."""
    box = mailbox(service)
    deadline = time.monotonic() + 15
    while len(box.all(address)) < count and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    mails = box.all(address)
    assert len(mails) == count, mails
    return mails


def log_in(service, path, where, **body):
    answer = Client(service.port, {"X-Forwarded-For": where}).post(path, body)
    assert answer.status == 200, answer
    return answer


def link_in(text):
    [link] = re.findall(r"https?://\S+", text)
    return link


def path_of(service, link):
    start = f"http://127.0.0.1:{service.port}"
    assert link.startswith(start + "/end-session/")
    return link[len(start):]


def test_a_login_from_elsewhere_is_told_once_and_its_link_ends_it(telling):
    person = Compass(telling).sign_up()
    body = {"email": person.email, "password": person.password}
    log_in(telling, "/user/login", "127.0.0.1", **body)
    come(telling, person.email, 1)
    other = log_in(telling, "/user/login", ELSEWHERE, **body).cookies["compass.session"][0]
    log_in(telling, "/user/login", ELSEWHERE, **body)
    notice = come(telling, person.email, 2)[1]
    assert ELSEWHERE in notice and "compass" not in notice.replace("/end-session/compass.", "")
    path = path_of(telling, link_in(notice))
    client = telling.client()
    lives = lambda cookie: client.get("/user/session", cookies={"compass.session": cookie}).status == 200
    # Who looks at links, as scanners of mails do, ends nothing.
    for method in ("GET", "HEAD", "OPTIONS"):
        answer = client.request(method, path)
        assert answer.status in (200, 204)
    page = client.get(path)
    assert page.media_type == "text/html" and b'<form method="post">' in page.body
    assert "form-action 'self'" in page.header("Content-Security-Policy") and lives(other)
    for wrong in (path[:-1] + ("A" if path[-1] != "A" else "E"), path.replace("compass.", "riders."), "/end-session/x", "/end-session/x.y"):
        assert client.request("POST", wrong).status == 403 and lives(other)
    ended = client.request("POST", path, b"", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert ended.status == 200 and ended.media_type == "text/html"
    assert not lives(other) and lives(person.cookie)
    assert client.request("POST", path).media_type == "application/problem+json"
    again = client.request("POST", path, headers={"Accept": "text/html,*/*"})
    assert again.status == 403 and again.media_type == "text/html"
    # What was sent is nowhere in the database.
    secret = path.rsplit(".", 1)[1]
    assert not any(secret in rows for rows in telling.dump().values())


def test_a_link_expires(telling):
    person = Codes(telling).sign_up()
    token = log_in(telling, "/api/v1/users/login", FURTHER, email=person.email, password=person.password).json["token"]
    path = path_of(telling, link_in(come(telling, person.email, 2)[1]))
    telling.query("UPDATE session SET expires_at = created_at WHERE kind = 'end'")
    assert telling.client().request("POST", path).status == 403
    assert telling.client().get("/api/v1/users/me", headers={"Authorization": f"Bearer {token}"}).status == 200


@pytest.mark.parametrize("person", [Compass, Rider, Captain, Contacts, Codes])
def test_every_api_tells_of_logins(telling, person):
    somebody = person(telling).sign_up()
    before = 0 if person is Contacts else 1
    # The first is from where the sign-up was, and not told.
    for where in ("127.0.0.1", SIX):
        log_in(telling, f"{person.base}/login", where, email=somebody.email, password=somebody.password)
    notice = come(telling, somebody.email, before + 1)[-1]
    assert "2001:db8:7:9::/64" in notice
    assert telling.client().request("POST", path_of(telling, link_in(notice))).status == 200


def test_a_phone_is_told_where_no_email_is_proven(telling):
    person = Twake(telling).sign_up()
    log_in(telling, "/api/login", ELSEWHERE, login=person.nickname, password=person.password)
    deadline = time.monotonic() + 15
    while len(texts := telling.outbox.texts(person.phone)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(texts) == 2 and "/end-session/twake." in texts[1] and len(texts[1].strip()) < 200


@pytest.mark.parametrize("person", [Compass, Rider, Captain, Contacts])
def test_a_new_password_is_told(telling, person):
    somebody = person(telling).sign_up()
    somebody.mails.all(somebody.email)
    if person in (Rider, Captain):
        somebody.mails.next(somebody.email)
    somebody.reset()
    mails = come(telling, somebody.email, 2 if person is Contacts else 3)
    assert "password" in mails[-1] and "127.0.0.1" in mails[-1] and "http" not in mails[-1]
    assert not re.search(r"(?<!\d)\d{6}(?!\d)", mails[-1])


def test_nothing_of_it_is_told_by_default(service):
    person = Compass(service).sign_up()
    person.post("/user/login", {"email": person.email, "password": person.password})
    service.query("DELETE FROM rate_counter")
    person.post("/user/login", {"email": person.email, "password": person.password})
    taken = person.post("/user/create", person.body(), 400)
    assert taken.json == {"error": "User already exists"}
    come(service, person.email, 1)
    assert service.query("SELECT COUNT(*) FROM session WHERE kind = 'end'") == [["0"]]


ATTEMPTS = {
    "compass": (Compass, "/user/create", 200, 1), "rider": (Rider, "/api/v1/user/register", 201, 1),
    "captain": (Captain, "/api/v1/captain/register", 201, 1), "contacts": (Contacts, "/api/auth/register", 201, 0),
    "codes": (Codes, "/api/v1/users/get-code", 201, 1),
}


@pytest.mark.parametrize("api", ATTEMPTS)
def test_an_owner_is_told_of_a_registration_with_their_address(uniform, api):
    person, path, status, before = ATTEMPTS[api]
    owner, other = person(uniform).sign_up(), person(uniform)
    body = other.body(email=owner.email) if person is not Codes else {"email": owner.email}
    other.post(path, body, status)
    notice = come(uniform, owner.email, before + 1)[-1]
    assert "127.0.0.1" in notice and not re.search(r"(?<!\d)\d{6}(?!\d)", notice) and "http" not in notice
    assert uniform.query(f"SELECT COUNT(*) FROM account WHERE {owner.where()}") == [["1"]]


def test_an_owner_of_a_phone_is_told_by_a_text(uniform):
    owner = Twake(uniform).sign_up()
    assert uniform.client().post("/api/send-otp", {"phone": owner.phone}).status == 200
    deadline = time.monotonic() + 15
    while len(texts := uniform.outbox.texts(owner.phone)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(texts) == 2 and not re.search(r"(?<!\d)\d{6}(?!\d)", texts[1])


def test_an_owner_is_not_told_more_often_than_an_address_has_messages():
    with Service(
        "nginx", AUTHFCGI_SECURITY_REVEAL_ACCOUNTS="uniform", AUTHFCGI_OTP_RESEND_AFTER="0s",
        AUTHFCGI_SECURITY_REVEAL_CODES="false") as service:
        owner = Compass(service).sign_up()
        statuses = [service.client().post("/user/create", owner.body()).status for _ in range(6)]
        assert statuses == [200] * 4 + [429] * 2
        # With the four notices and the first code the hour is full: what else is asked for is answered, and not sent.
        assert service.client().post("/user/forgot-password", {"email": owner.email}).status == 200
        wait_until(lambda: service.query("SELECT COUNT(*) FROM outbox WHERE outcome = 'nobody'") == [["1"]], 15)
        assert len(owner.mails.all(owner.email)) <= 5


def test_notices_are_messages_of_the_day_and_no_call_fails_for_want_of_one():
    with Service(
        "nginx", AUTHFCGI_SERVER_TRUSTED_PROXIES="127.0.0.1", AUTHFCGI_API_COMPASS_NOTICES=ALL,
        AUTHFCGI_LIMITS_MAIL_PER_DAY="2", AUTHFCGI_OTP_RESEND_AFTER="0s") as service:
        person = Compass(service).sign_up()
        body = {"email": person.email, "password": person.password}
        for where in (ELSEWHERE, FURTHER, SIX):
            log_in(service, "/user/login", where, **body)
        assert ELSEWHERE in come(service, person.email, 2)[1]
        assert service.query("SELECT count FROM rate_counter WHERE name = 'all-messages'") == [["2"]]
        assert 'authfcgi_messages_refused_total{reason="budget"} 2' in service.client().get("/metrics").body.decode()
        assert service.client().post("/user/forgot-password", {"email": person.email}).status == 429
