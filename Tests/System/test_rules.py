"""What holds on every endpoint: methods, media types, sizes, JSON, envelopes, headers."""

import json

import pytest

from http_client import exchange, parse
from people import new_nickname

POSTS = [
    "/api/send-otp", "/api/check-otp", "/api/register", "/api/check-nickname", "/api/check-phone",
    "/api/suggest-nicknames", "/api/login", "/api/logout",
]
WITH_BODY = [path for path in POSTS if path != "/api/logout"]


def in_envelope(answer, status):
    """The API's own form of an error, with nothing but a message in it."""
    assert (answer.status, answer.media_type) == (status, "application/json"), answer
    assert list(answer.json) == ["message"] and answer.message
    headers(answer)
    return answer


def headers(answer):
    assert answer.header("Cache-Control") == "no-store"
    assert answer.header("X-Content-Type-Options") == "nosniff"
    assert answer.header("X-Request-Id")


def methods(answer):
    return {method.strip() for method in answer.header("Allow").split(",")}


@pytest.mark.parametrize("path", ["/api/send-otp/", "/api/send-otp/x", "/api/register/", "/api/check-otp/send-otp"])
def test_an_unknown_path_below_the_api_is_its_404(client, path):
    in_envelope(client.post(path, {"phone": "+431"}), 404)
    in_envelope(client.get(path), 404)


@pytest.mark.parametrize(
    "path",
    ["/", "/nothing", "/apix/send-otp", "/send-otp", "/index.html", "/.git/config", "/api", "/api/nothing", "/api/SEND-OTP",
     "/api/send-otp;v=1", "/api/send-otp%20"],
)
def test_elsewhere_a_404_is_a_problem_document(client, path):
    answer = client.get(path)
    assert (answer.status, answer.media_type) == (404, "application/problem+json")
    assert isinstance(answer.json, dict) and answer.json.get("status", 404) == 404
    headers(answer)


@pytest.mark.parametrize("path", ["/api//session", "/api/%73ession", "/api/x/../session", "//api/session", "/api/session?a=b"])
def test_spellings_of_a_path_are_that_path(client, path):
    in_envelope(client.get(path), 401)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", POSTS)
def test_another_method_is_405_and_the_right_one_is_named(nginx, path, method):
    answer = nginx.client().request(method, path)
    assert answer.status == 405 and methods(answer) == {"POST", "OPTIONS"}
    headers(answer)
    if method != "HEAD":
        in_envelope(answer, 405)


def test_a_resource_that_is_read_allows_get_and_head(service):
    answer = service.client().post("/api/session", {})
    assert methods(in_envelope(answer, 405)) == {"GET", "HEAD", "OPTIONS"}


def test_head_is_get_without_its_body(service):
    for path, status in (("/api/session", 401), ("/healthz", 200)):
        answer = service.client().request("HEAD", path)
        assert (answer.status, answer.body) == (status, b"")
        assert answer.header("Content-Type") == service.client().get(path).header("Content-Type")
        headers(answer)


@pytest.mark.parametrize("path", POSTS + ["/api/session"])
def test_options_names_the_methods(service, path):
    answer = service.client().request("OPTIONS", path, headers={"Origin": "https://elsewhere.example"})
    assert (answer.status, answer.body) == (204, b"")
    assert methods(answer) == ({"GET", "HEAD", "OPTIONS"} if path == "/api/session" else {"POST", "OPTIONS"})
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control-")]
    headers(answer)


@pytest.mark.parametrize(
    "media_type",
    [None, "", "text/plain", "text/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
     "application/jsonx", "application/json+x", "application", "json", "text/plain; application/json"],
)
def test_what_is_not_declared_as_json_is_415(service, media_type):
    answer = service.client().request("POST", "/api/check-nickname", b'{"nickname":"abc"}', {"Content-Type": media_type})
    in_envelope(answer, 415)


@pytest.mark.parametrize("media_type", ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"])
def test_json_is_taken_with_a_charset_and_in_any_case(service, media_type):
    body = json.dumps({"nickname": new_nickname()}).encode()
    answer = service.client().request("POST", "/api/check-nickname", body, {"Content-Type": media_type})
    assert (answer.status, answer.body) == (200, b"ok")


def padded(size):
    start, end = b'{"nickname":"' + new_nickname().encode() + b'","padding":"', b'"}'
    return start + b"x" * (size - len(start) - len(end)) + end


@pytest.mark.parametrize("size", [65537, 2_000_000])
@pytest.mark.parametrize("path", WITH_BODY)
def test_more_than_64_kib_is_413(nginx, path, size):
    in_envelope(nginx.client().request("POST", path, padded(size), {"Content-Type": "application/json"}), 413)


@pytest.mark.parametrize("size, status", [(65536, 200), (65537, 413), (200_000, 413), (1_000_000, 413), (2_000_000, 413)])
def test_the_limit_is_exact(service, size, status):
    answer = service.client().request("POST", "/api/check-nickname", padded(size), {"Content-Type": "application/json"})
    assert answer.status == status
    if status == 413:
        in_envelope(answer, 413)


@pytest.mark.parametrize("size, status", [(1000, 200), (70_000, 413)])
def test_a_body_in_chunks_is_a_body(service, size, status):
    body = padded(size)
    half = len(body) // 2
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:])) + b"0\r\n\r\n"
    answer = parse(exchange(
        service.port,
        b"POST /api/check-nickname HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks))
    assert answer.status == status


def nested(depth):
    return b'{"nickname":"%s","x":%s%s}' % (new_nickname().encode(), b"[" * (depth - 1), b"]" * (depth - 1))


def test_sixteen_levels_are_enough_and_seventeen_too_many(service):
    send = lambda body: service.client().request("POST", "/api/check-nickname", body, {"Content-Type": "application/json"})
    assert send(nested(16)).status == 200
    in_envelope(send(nested(17)), 400)
    in_envelope(send(b'{"a":' * 17 + b"1" + b"}" * 17), 400)
    in_envelope(send(b'{"x":' + b"[" * 30_000), 400)


@pytest.mark.parametrize(
    "body",
    [b"", b" ", b"{", b"}", b"null", b"true", b"1", b'"text"', b"[]", b'[{"nickname":"abc"}]', b'{"nickname":"abc"}x',
     b'{"nickname":"abc"}{}', b'{"nickname":"abc",}', b'{"nickname":"abc" "a":1}', b"{'nickname':'abc'}", b'{nickname:"abc"}',
     b'{"nickname":"abc","nickname":"abc"}', b'{"nickname":"abc","a":1,"a":1}', b'{"nickname":"abc","nick\\u006eame":"abd"}',
     b'{"nickname":"abc","x":{"a":1,"a":2}}', b'\xef\xbb\xbf{"nickname":"abc"}', '{"nickname":"abc"}'.encode("utf-16"),
     '{"nickname":"abc"}'.encode("utf-16-le"), '{"nickname":"abc"}'.encode("utf-32"), b'{"nickname":"a\xffbc"}',
     b'{"nickname":"a\xc0\x80bc"}', b'{"nickname":"\xed\xa0\x80abc"}', b'{"nickname":"\\ud800abc"}', b'{"nickname":"abc"}\x00',
     b'\x00{"nickname":"abc"}', b'{"nickname":"a\x00bc"}', b'{"nickname":"a\nbc"}', b'{"nickname":"a\\x62c"}',
     b'{"nickname":"abc","x":NaN}', b'{"nickname":"abc","x":Infinity}', b'{"nickname":"abc","x":01}', b'{"nickname":"abc","x":1.}',
     b'{"nickname":"abc","x":+1}', b'{"nickname":"abc"/**/}', b'{"nickname":"abc"}//', b"nickname=abc", b'{"nickname":"abc"'],
)
@pytest.mark.parametrize("path", ["/api/check-nickname", "/api/send-otp"])
def test_what_is_no_json_object_is_400(nginx, path, body):
    answer = nginx.client().request("POST", path, body, {"Content-Type": "application/json"})
    in_envelope(answer, 400)


@pytest.mark.parametrize("value", [1, 1.5, True, [], {}, ["abc"], {"a": "abc"}])
@pytest.mark.parametrize(
    "path, field",
    [("/api/send-otp", "phone"), ("/api/check-otp", "password"), ("/api/check-nickname", "nickname"),
     ("/api/check-phone", "phone"), ("/api/suggest-nicknames", "firstname"), ("/api/suggest-nicknames", "lastname"),
     ("/api/login", "login"), ("/api/login", "password"), ("/api/register", "nickname"), ("/api/register", "password"),
     ("/api/register", "displayName"), ("/api/register", "recovery_email")],
)
def test_a_field_of_another_type_is_named(nginx, path, field, value):
    assert field in in_envelope(nginx.client().post(path, {field: value}), 400).message


def test_unknown_fields_are_ignored(service):
    body = {"nickname": new_nickname(), "Nickname": 1, "x": {"nickname": None}, "": [1, 2.5e3, "\u00e9\U0001F600"]}
    assert service.client().post("/api/check-nickname", body).status == 200


def test_every_answer_has_an_id_of_its_own(service):
    ids = {service.client().get("/healthz").header("X-Request-Id") for _ in range(50)}
    assert len(ids) == 50


def test_the_service_says_that_it_serves_and_that_it_is_ready(service):
    for path in ("/healthz", "/readyz"):
        answer = service.client().get(path)
        assert answer.status == 200
        headers(answer)
