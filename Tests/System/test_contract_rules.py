"""The rules that hold on every endpoint of the four APIs with tokens, in each API's own envelope."""

import json
import re
import time

import pytest

from apis import Rider
from contract import API_OF, BARE, CALLS, METHODS, in_envelope
from http_client import KeptConnection, exchange, parse
from people import Person

calls = pytest.mark.parametrize("call", CALLS, ids=lambda call: call.path.removesuffix("A" * 43))
paths = pytest.mark.parametrize("path", METHODS)



def allowed(answer):
    return {method.strip() for method in answer.header("Allow").split(",")}


def methods(path):
    """What `Allow` names: `HEAD` is where `GET` is, unless that changes something."""
    return METHODS[path] | {"OPTIONS"} | ({"HEAD"} if "GET" in METHODS[path] and path != "/user/logout" else set())


@paths
def test_methods(service, path):
    client = service.client()
    answer = client.request("OPTIONS", path, headers={"Origin": "https://elsewhere.example"})
    assert (answer.status, answer.body, allowed(answer)) == (204, b"", methods(path))
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control-")]
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - METHODS[path]:
        answer = client.request(method, path)
        in_envelope(API_OF[path], answer, 405)
        assert allowed(answer) == methods(path)
    answer = client.request("HEAD", path)
    if "HEAD" in methods(path):
        read = client.get(path)
        assert (answer.status, answer.body, answer.header("Content-Type")) == (read.status, b"", read.header("Content-Type"))
    else:
        assert (answer.status, answer.body, allowed(answer)) == (405, b"", methods(path))


@paths
def test_a_trailing_slash_is_another_path(service, path):
    for method in sorted(METHODS[path]):
        for other in (f"{path}/", f"{path}/x"):
            in_envelope(API_OF[path], service.client().request(method, other), 404)


@pytest.mark.parametrize("api, base", [
    ("compass", "/user"), ("ride", "/api/v1/user"), ("ride", "/api/v1/captain"), ("contacts", "/api/auth"),
    ("codes", "/api/v1/users")])
def test_below_its_base_path_a_404_is_the_api_s_own(service, api, base):
    for path in (base, f"{base}/", f"{base}/nothing", f"{base}/nothing/at/all", f"{base}/LOGIN", f"{base}/login;x"):
        for method in ("GET", "POST"):
            in_envelope(api, service.client().request(method, path), 404)
    for path in (f"{base}x", f"/x{base}", base.upper()):
        answer = service.client().get(path)
        assert (answer.status, answer.media_type) == (404, "application/problem+json"), path
        assert answer.json["status"] == 404 and answer.header("X-Request-Id")


@calls
def test_what_is_not_declared_as_json(service, call):
    octets = json.dumps(call.body).encode()
    for media_type in (None, "", "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "json"):
        answer = service.client().request("POST", call.path, octets, {"Content-Type": media_type})
        in_envelope(call.api, answer, 415, "Content-Type must be application/json")


MALFORMED = [
    b"", b"{", b"[]", b"null", b'"x"', b"1", b"{}{}", b"{},", b"{'a':1}", b'{"a":1,}', b'{"a":1,"a":1}', b'{"a":"\xff"}',
    b'{"a":"\\ud800"}', b'{"a":01}', b'{"a":NaN}', b"\xef\xbb\xbf{}", b'{"a":%s%s}' % (b"[" * 16, b"]" * 16), b"{}\0",
]


@calls
def test_what_is_not_one_json_object(service, call):
    for octets in MALFORMED:
        if not octets and call.empty:
            continue
        answer = service.client().request("POST", call.path, octets, {"Content-Type": "application/json"})
        in_envelope(call.api, answer, 400, "Malformed request")


@calls
def test_more_than_64_kib(service, call):
    octets = json.dumps({**call.body, "padding": ""}).encode()
    octets = octets[:-2] + b"x" * (65537 - len(octets)) + b'"}'
    answer = service.client().request("POST", call.path, octets, {"Content-Type": "application/json"})
    in_envelope(call.api, answer, 413, "Request body is too large")


@calls
def test_more_than_the_web_server_takes(service, call):
    """Far above its own limit, too, the words are the API's."""
    answer = service.client().request("POST", call.path, b" " * 2_000_000, {"Content-Type": "application/json"})
    in_envelope(call.api, answer, 413, "Request body is too large")


@calls
@pytest.mark.parametrize("sizes", [(2_000_000,), (1_000,) * 2_000])
def test_more_than_the_web_server_takes_in_chunks(service, call, sizes):
    """Its length is nobody's to tell."""
    chunks = b"".join(b"%x\r\n%s\r\n" % (size, b" " * size) for size in sizes) + b"0\r\n\r\n"
    head = f"POST {call.path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
    head += "Transfer-Encoding: chunked\r\n\r\n"
    in_envelope(call.api, parse(exchange(service.port, head.encode() + chunks)), 413, "Request body is too large")


def test_a_slow_body_beyond_the_limit_keeps_nobody_waiting(service):
    """It is refused by what it announces, and not read to its end."""
    head = b"POST /user/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9000000\r\n\r\n{"
    started = time.monotonic()
    in_envelope("compass", KeptConnection(service.port).send(head), 413, "Request body is too large")
    assert time.monotonic() - started < 2


def odd(service, start, *lines, body=b""):
    """The answer to a request as it stands here."""
    lines = [start, b"Host: localhost", b"Connection: close", *lines, b"", body]
    return parse(exchange(service.port, b"\r\n".join(lines)))


@pytest.mark.parametrize("method", [b"TRACE", b"PROPFIND", b"PATCH"])
def test_a_method_that_the_web_server_may_refuse_itself(service, method):
    answer = odd(service, method + b" /user/login HTTP/1.1")
    in_envelope("compass", answer, 405, "Method not allowed")
    assert allowed(answer) == {"POST", "OPTIONS"}


def test_a_post_without_a_length_has_no_body(service):
    """As curl -X POST sends it."""
    person = Person(service).sign_up()
    cookie = "; ".join(f"{name}={value}" for name, value in person.client.cookies.items()).encode()
    foreign = odd(service, b"POST /api/logout HTTP/1.1", b"Cookie: " + cookie, b"Sec-Fetch-Site: cross-site")
    assert (foreign.status, person.session().status) == (403, 200)
    answer = odd(service, b"POST /api/logout HTTP/1.1", b"Cookie: " + cookie)
    assert (answer.status, answer.body, person.session().status) == (200, b"ok", 401)
    in_envelope("compass", odd(service, b"POST /user/login HTTP/1.1"), 415)
    in_envelope("compass", odd(service, b"POST /user/nothing HTTP/1.1"), 404)


def test_a_body_where_none_belongs_is_no_mistake(service):
    answer = odd(service, b"GET /user/session HTTP/1.1", b"Content-Length: 2", body=b"{}")
    in_envelope("compass", answer, 401, "No active session found")


UNREADABLE = {
    "method": [b"get /user/session HTTP/1.1"], "NUL": [b"GET /user/login%00 HTTP/1.1"], "escape": [b"GET /user/log%zz HTTP/1.1"],
    "above the root": [b"GET /../x HTTP/1.1"], "long path": [b"GET /user/" + b"a" * 20_000 + b" HTTP/1.1"],
    "long header": [b"GET /user/session HTTP/1.1", b"X: " + b"a" * 40_000],
    "space in a name": [b"GET /user/session HTTP/1.1", b"X : a"], "no request": [b"\x16\x03\x01\x02"],
}


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("server", ["nginx", "lighttpd"])
def test_what_a_web_server_cannot_read_is_refused_in_json(request, server, name):
    """Apache does that for some."""
    answer = odd(request.getfixturevalue(server), *UNREADABLE[name])
    assert answer.status in (400, 404) and answer.media_type in ("application/json", "application/problem+json"), answer
    assert answer.header("X-Request-Id") and answer.header("Cache-Control") == "no-store"
    assert answer.header("X-Content-Type-Options") == "nosniff"


def test_a_call_that_was_refused_by_its_size_does_nothing(service):
    person = Person(service).sign_up()
    for method in ("POST", "PUT"):
        assert person.client.request(method, "/api/session", b"x" * 2_000_000).status in (405, 413)
    assert person.session().status == 200


def test_what_follows_a_body_that_was_refused_is_not_taken_for_it(service):
    """What the web server did not pass on is read and forgotten: no octet of it is a request."""
    inner = b"GET /healthz HTTP/1.1\r\nHost: inner\r\n\r\n"
    body = inner * (2_000_000 // len(inner))
    last = b"GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    head = b"POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    said = exchange(service.port, head % len(body) + body + last)
    assert re.findall(rb"HTTP/1\.1 (\d+)", said) in ([b"413"], [b"413", b"404"])
    assert service.client().get("/healthz").status == 200


@pytest.mark.parametrize("api, path", [(api, path) for api, path, methods in BARE if "POST" in methods])
def test_a_call_that_takes_no_body_ignores_one(service, api, path):
    for octets, media_type in ((b"{", "application/json"), (b"x", "text/plain"), (b"x" * 70_000, "text/plain"), (b"[]", None)):
        answer = service.client().request("POST", path, octets, {"Content-Type": media_type})
        in_envelope(api, answer, 401)


def test_a_refresh_needs_no_body(service):
    somebody = Rider(service).sign_up()
    answer = service.client().request("POST", "/api/v1/user/refresh-token", cookies={"refreshToken": somebody.refresh})
    assert answer.status == 200 and set(answer.cookies) == {"accessToken", "refreshToken"}
