"""`/auth/verify`: the question of a web server whether a client is logged in, asked directly, by nginx, by lighttpd and by Apache."""

import re

import pytest

from people import COOKIE, Person
from service import Service, free_port
from web import Web, deployed

VERIFY = "/auth/verify?realm=twake"


def session_row(service, person):
    return service.query(
        f"SELECT HEX(digest), seen_at, expires_at FROM session WHERE kind = 'login' AND ended_at IS NULL AND account ="
        f" (SELECT id FROM account WHERE nickname = '{person.nickname}')")


def test_a_live_session_is_named(person, service):
    person.sign_up(recovery_email=f"{person.nickname}@Example.org")
    answer = person.client.get(VERIFY)
    assert (answer.status, answer.body) == (204, b"")
    assert re.fullmatch("[0-9a-f]{24}", answer.header("X-Auth-User"))
    assert answer.header("X-Auth-Email") == f"{person.nickname}@example.org"
    assert answer.header("X-Auth-Realm") == "twake"
    [[digest, _, _]] = session_row(service, person)
    assert answer.header("X-Auth-Session") == digest[:24].lower()
    [[account]] = service.query(f"SELECT LOWER(HEX(id)) FROM account WHERE nickname = '{person.nickname}'")
    assert answer.header("X-Auth-User") == account


def test_without_an_email_none_is_named(person):
    person.sign_up()
    answer = person.client.get(VERIFY)
    assert answer.status == 204 and answer.header("X-Auth-Email") is None


def test_who_is_not_logged_in_is_refused(person, service):
    def refused(client, path=VERIFY, **more):
        answer = client.get(path, **more)
        assert (answer.status, answer.header("WWW-Authenticate")) == (401, "Bearer")
        assert not [name for name, _ in answer.headers if name.lower().startswith("x-auth")]

    refused(service.client())
    person.verify()
    refused(person.client)
    person.register()
    cookie = person.cookies[COOKIE]
    refused(person.client, "/auth/verify?realm=nobodys")
    refused(person.client, "/auth/verify?realm=service")
    refused(service.client(), headers={"Authorization": f"Bearer {cookie}"})
    refused(service.client(), cookies={COOKIE: cookie[:-1]})
    refused(service.client(), cookies={"other.session": cookie})
    assert person.client.get(VERIFY).status == 204
    person.client.post("/api/logout")
    refused(service.client(), cookies={COOKIE: cookie})


@pytest.mark.parametrize(
    "query", ["", "?", "?realm", "?realm=", "?realm=twake&realm=twake", "?Realm=twake"])
def test_a_question_that_names_no_realm_is_malformed(person, service, query):
    answer = service.client().get("/auth/verify" + query)
    assert (answer.status, answer.media_type) == (400, "application/problem+json")


@pytest.mark.parametrize("query", ["?realm=%zz", "?realm=%ff", "?realm=twak%65%", "?realm=twake&x=%"])
def test_a_broken_escape_is_not_guessed_at(nginx, query):
    """lighttpd mends or refuses these itself."""
    answer = nginx.client().get("/auth/verify" + query)
    assert (answer.status, answer.media_type) == (400, "application/problem+json")


def test_it_neither_writes_nor_renews(person, service):
    person.sign_up()
    service.query(
        "UPDATE session SET seen_at = seen_at - INTERVAL 1 HOUR WHERE account ="
        f" (SELECT id FROM account WHERE nickname = '{person.nickname}')")
    before = session_row(service, person)
    answer = person.client.get(VERIFY)
    assert answer.status == 204 and not answer.all("Set-Cookie")
    assert session_row(service, person) == before
    person.session()
    assert session_row(service, person) != before


def page(service):
    folder = service.home / "www" / "members"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.txt").write_text("for members")


def protected(service, person, client):
    assert client.get("/members/page.txt").status == 401
    assert client.post("/members/page.txt").status == 401
    assert client.get("/members/page.txt?realm=x", cookies={COOKIE: "v1.x.y"}).status == 401
    person.sign_up()
    cookies = person.cookies
    answer = client.get("/members/page.txt", cookies=cookies)
    assert (answer.status, answer.body) == (200, b"for members")
    assert client.get("/members/nothing.txt", cookies=cookies).status == 404
    person.client.post("/api/logout")
    assert client.get("/members/page.txt", cookies=cookies).status == 401
    return answer


def test_nginx_protects_a_page(nginx):
    page(nginx)
    fragment = deployed("nginx-protect.conf", nginx)
    person = Person(nginx)
    with Web(nginx, lambda text: text.replace("location / {", fragment + "\nlocation / {", 1)) as web:
        answer = protected(nginx, person, web.client())
        assert re.fullmatch("[0-9a-f]{24}", answer.header("X-Auth-User"))
        assert web.client().get("/-/login/twake").status == 404


def test_lighttpd_protects_a_page(lighttpd):
    page(lighttpd)
    fragment = deployed("lighttpd-protect.conf", lighttpd)
    person = Person(lighttpd)
    root = f'server.document-root = "{lighttpd.home}/www"'
    with Web(lighttpd, lambda text: re.sub("(?m)^server.document-root .*", root, text) + fragment, "lighttpd") as web:
        protected(lighttpd, person, web.client())


def test_apache_protects_a_page():
    port = free_port()
    service = Service("apache")
    service.settings["AUTHFCGI_SERVER_LISTEN"] = f"unix:{service.home}/authfcgi.sock,tcp:127.0.0.1:{port}"
    with service:
        page(service)
        fragment = deployed("apache-protect.conf", service).replace("127.0.0.1:9180", f"127.0.0.1:{port}")
        provider, rest = re.fullmatch("(.*^AuthnzFcgiDefineProvider .*?\n)(.*)", fragment, re.M | re.S).groups()
        modules = "".join(f"LoadModule {name}_module modules/mod_{name}.so\n" for name in ("authnz_fcgi", "authz_user"))

        def change(text):
            text = re.sub("(?m)^ *DocumentRoot .*", f'DocumentRoot "{service.home}/www"', text)
            text = text.replace("LoadModule", modules + "LoadModule", 1)
            text = text.replace("\n<VirtualHost", "\n" + provider + "<VirtualHost")
            return text.replace("\n</VirtualHost>", "\n" + rest + "</VirtualHost>")

        with Web(service, change, "apache") as web:
            protected(service, Person(service), web.client())


def test_an_authorizer_that_is_told_no_realm_admits_nobody(lighttpd):
    page(lighttpd)
    fragment = deployed("lighttpd-protect.conf", lighttpd).replace("AUTH_REALM", "OTHER_REALM")
    person = Person(lighttpd).sign_up()
    with Web(lighttpd, lambda text: text + fragment, "lighttpd") as web:
        answer = web.client().get("/members/page.txt", cookies=person.cookies)
        assert answer.status == 500, answer
