"""The hosted pages, and what clients look for at agreed places."""

import base64
import hashlib
import re

import pytest

from service import Service

PAGES = ["/reset-password", "/reset-password/some.token-1", "/captain/reset-password/some.token-1"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_runs_nothing_but_itself(service, path):
    answer = service.client().get(path)
    assert (answer.status, answer.media_type) == (200, "text/html")
    assert answer.header("Referrer-Policy") == "no-referrer"
    assert answer.header("Cache-Control") == "no-store"
    policy = dict(part.strip().split(" ", 1) for part in answer.header("Content-Security-Policy").split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == "'none'"
    html = answer.body.decode()
    for kind in ("style", "script"):
        inline = re.findall(f"<{kind}>(.*?)</{kind}>", html, re.DOTALL)
        hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline]
        assert policy.get(f"{kind}-src", "") == " ".join(hashes)
    assert not re.search(r"\b(src|href|style|on[a-z]+)=", html) and "http:" not in html and "https:" not in html
    assert "some.token" not in html
    for field in re.findall(r'<input id="([^"]+)"', html):
        assert f'<label for="{field}">' in html


def test_a_page_is_read_only(service):
    for path in PAGES[1:]:
        assert service.client().request("HEAD", path).status == 200
        allowed = service.client().request("DELETE", path).header("Allow")
        assert {"GET", "HEAD", "OPTIONS"} <= set(allowed.split(", "))
    for path in ("/reset-password/", "/reset-password/a/b", "/captain/reset-password", "/captain/reset-password/"):
        assert service.client().get(path).status == 404


def test_a_password_is_changed_where_browsers_are_told(service):
    answer = service.client().get("/.well-known/change-password")
    assert (answer.status, answer.header("Location")) == (302, "/reset-password")
    assert service.client().get(answer.header("Location")).status == 200


def test_a_shared_secret_is_no_public_key(service):
    answer = service.client().get("/.well-known/jwks.json")
    assert (answer.status, answer.media_type, answer.json) == (200, "application/json", {"keys": []})


def test_no_page_is_there_whose_form_nobody_takes():
    with Service("nginx", AUTHFCGI_API_RIDE_ENABLED="false") as service:
        for path in PAGES[1:]:
            assert service.client().get(path).status == service.client().post(path, {"password": "x"}).status == 404
        assert service.client().get(PAGES[0]).status == 200
        assert [path for path in service.client().get("/openapi.json").json["paths"] if "reset-password/" in path] == []
