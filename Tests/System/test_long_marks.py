"""Long runs of combining marks, which Unicode has put in order before texts are compared: that takes the square of a run's
length, and must not be done with what a client sends."""

import json
import time

import pytest

import fcgi_client as fcgi
from lateness import Lateness
from test_contacts import Contact

# Falling combining classes: the longest way to their order.
MARKS = (0x35D, 0x315, 0x301, 0x316, 0x321, 0x334)


def marks(octets):
    return "a" + "".join(chr(mark) * (octets // 12) for mark in MARKS)


LONG, FIELD = marks(60_000), marks(24_000)


def prompt(service, path, body=b"", method="GET", **fields):
    """Asks without a web server, which would let no such field through, and gives the answer if it comes soon."""
    parameters = {"REQUEST_METHOD": method, "SCRIPT_NAME": path, "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost",
                  "CONTENT_TYPE": "application/json" if body else "", "CONTENT_LENGTH": str(len(body)), **fields}
    octets = fcgi.begin() + fcgi.stream(fcgi.PARAMS, fcgi.pairs(parameters.items())) + fcgi.stream(fcgi.STDIN, body)
    with fcgi.connect(str(service.home / "authfcgi.sock"), timeout=30) as connection, Lateness() as late:
        begun = time.monotonic()
        answer = fcgi.exchange(connection, octets)
        taken = time.monotonic() - begun
    assert taken - 4 * late.worst < 0.3, f"{method} {ascii(path)[:60]} {ascii(body)[:60]} {ascii(fields)[:60]} took {taken:.1f} s"
    return answer


@pytest.fixture(scope="module")
def posts(nginx):
    """Every call that has a body, and the names of its fields."""
    paths = nginx.client().get("/openapi.json").json["paths"]
    return {
        path.replace("{", "").replace("}", ""): list(
            call["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"])
        for path, call in paths.items() if "requestBody" in call.get("post", {})}


def test_in_a_body(nginx, posts):
    token = Contact(nginx).token
    assert len(posts) > 25
    for path, fields in posts.items():
        for body in [{LONG: 1}, {"x": LONG}] + [{field: LONG} for field in fields] + [
            {**dict.fromkeys(fields, "x"), field: LONG} for field in fields] + [
            {**dict.fromkeys(fields, "ada@example.org"), field: f"{LONG}@{LONG}.example"} for field in fields] + [
            {field: [LONG, LONG + "b"]} for field in fields]:
            octets = json.dumps(body, ensure_ascii=False).encode()[:65536]
            for text in (octets, json.dumps(body).encode()[:65536]):
                prompt(nginx, path, text, "POST", HTTP_AUTHORIZATION=f"Bearer {token}")


def test_in_a_path(nginx):
    for path in ["/" + FIELD, "/api/" + FIELD, "/user/" + FIELD, "/reset-password/" + FIELD, f"/{FIELD}/{FIELD}",
                 "/end-session/riders." + FIELD, f"/end-session/{FIELD}.x", "/api/v1/user/reset-password/" + FIELD]:
        for method in ("GET", "POST", "OPTIONS"):
            answer = prompt(nginx, path, b"{}" if method == "POST" else b"", method)
            assert method != "POST" or not answer.startswith(b"Status: 2"), ascii(path)[:60]


@pytest.mark.parametrize("name", [
    "CONTENT_TYPE", "REQUEST_METHOD", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_AUTHORIZATION", "HTTP_COOKIE", "HTTP_HOST", "HTTP_ORIGIN",
    "HTTP_PURPOSE", "HTTP_SEC_FETCH_SITE", "HTTP_SEC_PURPOSE", "HTTP_X_FORWARDED_FOR", "QUERY_STRING", "REQUEST_ID",
])
def test_in_a_field(nginx, name):
    escaped = "".join(f"%{octet:02x}" for octet in FIELD[:4000].encode())
    for value in [FIELD, "Bearer " + FIELD, f"twake.session={FIELD}; accessToken={FIELD}", f"realm={FIELD}&{FIELD}=x", f"{FIELD}, {FIELD}",
                  f"{FIELD};q=1", f"https://{FIELD}", f"realm={escaped}", f"{escaped}=x"]:
        for path, method, body in [("/api/login", "POST", b'{"login":"a","password":"b"}'), ("/auth/verify", "GET", b""),
                                   ("/api/auth/me", "GET", b""), ("/api/v1/user/profile", "GET", b""), ("/user/logout", "GET", b""),
                                   ("/end-session/riders.x", "GET", b"")]:
            prompt(nginx, path, body, method, **{name: value})
