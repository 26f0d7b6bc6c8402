"""Who may send a browser here, and what the web server alone decides: HTTPS, tenants, single parameters."""

import json

import pytest

import responder
from people import COOKIE, PASSWORD, Person, new_phone
from service import Service
from test_rules import in_envelope


def foreign(service):
    return [
        {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"},
        {"Origin": f"http://127.0.0.1:{service.port}.evil.example"}, {"Origin": f"http://127.0.0.1:{service.port + 1}"},
        {"Origin": f"https://127.0.0.1:{service.port}"},
        {"Origin": f"http://127.0.0.1:{service.port}", "Sec-Fetch-Site": "cross-site"},
    ]


def test_a_page_of_another_site_changes_nothing(service):
    person = Person(service).sign_up()
    for headers in foreign(service):
        in_envelope(person.client.post("/api/logout", headers=headers), 403)
    assert person.session().status == 200


def test_a_page_of_another_site_registers_nobody(service):
    person = Person(service).verify()
    for headers in foreign(service):
        body = {"nickname": person.nickname, "password": PASSWORD}
        in_envelope(person.client.post("/api/register", body, headers=headers), 403)
    assert person.register().status == 201


def test_reading_is_no_change(service):
    person = Person(service).sign_up()
    assert person.client.get("/api/session", headers={"Sec-Fetch-Site": "cross-site"}).status == 200


@pytest.mark.parametrize("site", ["same-origin", "none", None])
def test_own_pages_may(service, site):
    person = Person(service).sign_up()
    headers = {"Origin": f"http://127.0.0.1:{service.port}", "Sec-Fetch-Site": site}
    assert person.client.post("/api/logout", headers=headers).status == 200


def send_code(service, **parameters):
    return responder.request(service, "POST", "/api/send-otp", json.dumps({"phone": new_phone()}).encode(), parameters)


def test_an_allowed_origin_s_page_reads_what_it_is_told():
    """When to try again, and by which id to ask; to others no field says anything."""
    app = "https://app.example.org"
    with Service("nginx", AUTHFCGI_SITE_ALLOWED_ORIGINS=app) as service:
        body = {"phone": new_phone()}
        answers = [service.client(Origin=app).post("/api/send-otp", body) for _ in range(2)]
        assert [answer.status for answer in answers] == [200, 429]
        for answer in answers:
            assert answer.header("Access-Control-Allow-Origin") == app
            exposed = answer.header("Access-Control-Expose-Headers").split(", ")
            assert exposed == ["Retry-After", "X-Request-Id"]
        assert all(answers[1].header(name) for name in exposed)
        other = service.client(Origin="https://evil.example").post("/api/send-otp", body)
        assert not [name for name, _ in other.headers if name.lower().startswith("access-control-")]


def test_cookies_are_secure_when_the_request_came_over_https(nginx):
    for parameters, secure in (({"HTTPS": "on", "REQUEST_SCHEME": "https"}, True), ({}, False)):
        answer = send_code(nginx, **parameters)
        assert (answer.status, answer.body) == (200, b"ok")
        _, attributes = answer.cookies[COOKIE]
        assert ("secure" in attributes) == secure
        assert attributes["samesite"] == "lax" and "httponly" in attributes


def test_a_client_cannot_claim_https(service):
    for headers in ({"X-Forwarded-Proto": "https"}, {"HTTPS": "on"}, {"Forwarded": "proto=https"}):
        answer = service.client(**headers).post("/api/send-otp", {"phone": new_phone()})
        assert "secure" not in answer.cookies[COOKIE][1]


def test_a_client_cannot_choose_a_tenant(service):
    person = Person(service).sign_up()
    for name in ("AUTH_TENANT", "Auth-Tenant", "AUTH-TENANT"):
        answer = service.client(**{name: "other"}).post("/api/check-nickname", {"nickname": person.nickname})
        assert (answer.status, answer.message) == (400, "Nickname already taken")


def test_tenants_share_nothing(nginx):
    person = Person(nginx).sign_up()
    body = json.dumps({"nickname": person.nickname}).encode()
    ask = lambda **parameters: responder.request(nginx, "POST", "/api/check-nickname", body, parameters)
    assert ask().status == 400
    assert (ask(AUTH_TENANT="other").status, ask(AUTH_TENANT="other").body) == (200, b"ok")
    cookie = f"{COOKIE}={person.cookies[COOKIE]}"
    assert responder.request(nginx, "GET", "/api/session", parameters={"HTTP_COOKIE": cookie}).status == 200
    stranger = {"HTTP_COOKIE": cookie, "AUTH_TENANT": "other"}
    assert responder.request(nginx, "GET", "/api/session", parameters=stranger).status == 401


@pytest.mark.parametrize("name", ["CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_ORIGIN", "REMOTE_ADDR", "REQUEST_METHOD", "HTTP_HOST"])
def test_a_parameter_that_comes_twice_is_refused(nginx, name):
    body = b'{"nickname":"abcdef"}'
    value = {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)), "REQUEST_METHOD": "POST"}.get(name, "a")
    assert responder.request(nginx, "POST", "/api/check-nickname", body, [(name, value), (name, value)]).status == 400


def test_a_path_in_two_parts_is_one_path(nginx):
    for script, rest in (("", "/api/session"), ("/api", "/session"), ("/api/session", "")):
        answer = responder.request(nginx, "GET", "/", parameters={"SCRIPT_NAME": script, "PATH_INFO": rest})
        assert answer.status == 401


@pytest.mark.parametrize("length", ["-1", "abc", "99999999999999999999", "0x10", "1e3", "100"])
def test_a_length_that_is_not_the_body_s_changes_nothing(nginx, length):
    phone = new_phone()
    body = json.dumps({"phone": phone}).encode()
    answer = responder.request(nginx, "POST", "/api/send-otp", body, {"CONTENT_LENGTH": length})
    assert answer.status in (400, 413) and not answer.cookies
    assert nginx.client().post("/api/send-otp", {"phone": phone}).status == 200
