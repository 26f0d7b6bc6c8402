"""Every call with what no honest client sends: a documented refusal, nothing changed, no process lost."""

import json
import random
import re
import socket

import pytest

import responder
from http_client import exchange, parse
from people import COOKIE, PASSWORD, Person, new_nickname, new_phone
from test_rules import POSTS, in_envelope

FIELDS = ["phone", "password", "nickname", "displayName", "recovery_email", "login", "firstname", "lastname"]

TEXTS = [
    "", " ", "\t\r\n", "\x00", "a\x00b", "\x1b[31m", "\x7f", "\u0085", "\u200b", "\u202eabc", "\ufeffabc", "\uffff",
    "ａｄｍｉｎ", "аdmin", "ɑdmin", "adm\u0131n", "ADM\u0130N", "ſtrasse", "\u212aelvin", "e\u0301e\u0301e\u0301", "\U0001F600" * 300,
    "x" * 1025, "x" * 60_000, "+" + "4" * 1000, "+４３１２３４５６７８９", "+43١٢٣٤٥٦٧٨", "+43\x0012345678", "+4312345678\n", "+43 (0) x",
    "a@b@c.example", "a@b\x00.example", "a@b.example\r\nBcc: c@d.example", "\"a b\"@c.example", "a@[127.0.0.1]", "a@b..example",
    "' OR '1'='1", "\"; DROP TABLE account; --", "\\", "%s%n%x", "%00", "{{code}}", "${jndi:ldap://x}", "<script>", "../../etc/passwd",
    "\xbf'", "0", "-1", "1e400", "NaN", "null", "true",
]
VALUES = [None, 0, -1, 1e400, 10**40, True, False, [], [[]], {}, {"": ""}, ["+4312345678"], {"$ne": None}]


@pytest.fixture
def unharmed(service):
    """Whatever a test sends, no process may end, and an account is what it was."""
    member, processes = Person(service).sign_up(), service.processes()
    before = member.session().json
    yield service
    assert service.processes() == processes
    assert member.session().json == before
    assert member.log_in().status == 200


def refused(answer, accepted=(400, 401)):
    in_envelope(answer, answer.status)
    assert answer.status in accepted, answer


@pytest.mark.parametrize("path", ["/api/send-otp", "/api/check-otp", "/api/register", "/api/check-phone", "/api/login"])
def test_rubbish_in_any_field_is_a_documented_refusal(unharmed, path):
    proven = Person(unharmed).verify()
    for value in TEXTS + VALUES:
        for field in FIELDS:
            body = json.dumps({field: value}).encode()
            answer = proven.client.request("POST", path, body, {"Content-Type": "application/json"})
            refused(answer, (400, 401))
    assert proven.register().status == 201


NO_NICKNAMES = [text for text in TEXTS if not re.fullmatch(r"[A-Za-z0-9._-]{3,20}", text)]


@pytest.mark.parametrize("value", NO_NICKNAMES + VALUES, ids=lambda value: ascii(value)[:24])
def test_rubbish_beside_good_fields_registers_nobody(nginx, rubbish_proof, value):
    good = {"nickname": new_nickname(), "password": PASSWORD}
    for field in ("nickname", "password"):
        body = json.dumps({**good, field: value}).encode()
        refused(rubbish_proof.client.request("POST", "/api/register", body, {"Content-Type": "application/json"}), (400,))
    assert nginx.client().post("/api/check-nickname", {"nickname": good["nickname"]}).status == 200


@pytest.fixture(scope="module")
def rubbish_proof(nginx):
    person = Person(nginx).verify()
    yield person
    assert person.register().status == 201


@pytest.mark.parametrize("password", ["Aa1+" + "x" * 253, "Aa1+" + "x" * 1021, "Aa1+" + "é" * 511, "Aa1+" + "\U0001F600" * 256])
def test_a_password_past_the_limit_is_refused_and_never_cut(service, password):
    person = Person(service).verify()
    refused(person.register(password=password), (400,))
    longest = "Aa1+" + "\U0001F600" * 252
    assert person.register(password=longest).status == 201
    refused(person.log_in(password=longest + "x"), (401,))
    refused(person.log_in(password=longest[:-1]), (401,))
    refused(person.log_in(password=password), (401,))
    assert person.log_in(password=longest).status == 200


@pytest.mark.parametrize("password", ["Pässw0rd+e\u0301", "Pass word1+", " Passw0rd+ ", "Passw0rd+\t", "Пароль-Aa1", "Aa1+\u200b\u200b\u200b\u200b",
                                      "Passw0rd+\0", "Passw0rd+\0b"])
def test_a_password_is_taken_exactly_as_sent(service, password):
    person = Person(service).verify()
    assert person.register(password=password).status == 201
    for other in {password.strip(), password + " ", password.replace("e\u0301", "é"), password.upper(),
                  password.split("\0")[0], password.replace("\0", "\0c")} - {password}:
        refused(person.log_in(password=other), (401,))
    assert person.log_in(password=password).status == 200


def test_a_password_that_is_the_nickname_or_the_phone_is_refused(service):
    person = Person(service).verify()
    person.nickname = "Aa1_" + person.nickname[-12:]
    refused(person.register(password=person.nickname), (400,))
    refused(person.register(password=person.phone), (400,))
    assert person.register().status == 201


@pytest.mark.parametrize("of", ["{}\u200b", "\u202e{}", "ｎ{}", "п{}", "{}\u0301", " {}", "{} ", "{}\n", "{}%00"])
def test_a_nickname_that_looks_like_another_is_none(service, of):
    person = Person(service).sign_up()
    other = Person(service).verify()
    refused(other.register(nickname=of.format(person.nickname)), (400,))
    refused(service.client().post("/api/check-nickname", {"nickname": of.format(person.nickname)}), (400,))
    refused(service.client().post("/api/login", {"login": of.format(person.nickname) + "x", "password": PASSWORD}), (401,))


def test_random_octets_to_every_call(unharmed):
    chance = random.Random(20260101)
    whole = json.dumps({field: "abc" for field in FIELDS}).encode()
    for path in POSTS[:-1] + ["/api/session", "/healthz", "/nothing"]:
        for _ in range(60):
            body = bytearray(whole)
            for _ in range(chance.randint(1, 8)):
                body[chance.randrange(len(body))] = chance.randrange(256)
            if chance.random() < 0.3:
                del body[chance.randrange(len(body)) :]
            answer = unharmed.client().request("POST", path, bytes(body), {"Content-Type": "application/json"})
            assert answer.status in (200, 400, 401, 404, 405), answer


@pytest.mark.parametrize(
    "head",
    [b"GET /api/session HTTP/1.1\r\nHost: a\r\nCookie: " + b"twake.session=x; " * 200 + b"\r\n",
     b"GET /api/session HTTP/1.1\r\nHost: a\r\nCookie: ;;==;=;a=b=c;twake.session\r\n",
     b"GET /api/session HTTP/1.1\r\nHost: a\r\nCookie: twake.session=\xff\xfe\r\n",
     b"GET /api/session?" + b"a" * 3000 + b" HTTP/1.1\r\nHost: a\r\n",
     b"GET /api/%00session HTTP/1.1\r\nHost: a\r\n", b"GET /api/%ff%fe HTTP/1.1\r\nHost: a\r\n",
     b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n", b"BREW /api/session HTTP/1.1\r\nHost: a\r\n",
     b"GET /api/session HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + b"a" * 3000 + b"\r\n",
     b"GET http://evil.example/api/session HTTP/1.1\r\nHost: a\r\n", b"GET /api/session HTTP/1.0\r\n",
     b"POST /api/logout HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nOrigin: \xff\r\n"],
)
def test_odd_requests_are_refused(unharmed, head):
    answer = parse(exchange(unharmed.port, head + b"Connection: close\r\n\r\n"))
    assert 400 <= answer.status < 500 or answer.status == 501


def test_rubbish_on_the_socket_itself_costs_its_connection_only(nginx):
    member, processes = Person(nginx).sign_up(), nginx.processes()
    chance = random.Random(7)
    for size in (1, 7, 8, 9, 64, 5000):
        for start in (b"", b"\x01", b"\x01\x01\x00\x01\x00\x08\x00\x00", b"\x01\x09\x00\x00\x00\x20\x00\x00"):
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(nginx.home / "authfcgi.sock"))
                try:
                    connection.sendall(start + chance.randbytes(size))
                except BrokenPipeError:
                    pass
    assert member.session().status == 200
    cookie = f"{COOKIE}={member.cookies[COOKIE]}"
    assert responder.request(nginx, "GET", "/api/session", parameters={"HTTP_COOKIE": cookie}).status == 200
    assert nginx.client().post("/api/send-otp", {"phone": new_phone()}).status == 200
    assert nginx.processes() == processes
