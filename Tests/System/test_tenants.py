"""Two sites in one nginx before one service: nothing of one is visible or usable in the other."""

import pytest

from http_client import Client
from people import COOKIE, PASSWORD, Person
from web import Web, with_tenant


class Site:
    """What a person needs of a service: this site's clients, and the messages, which all sites have in common."""

    def __init__(self, service, port):
        self.port = port
        self.outbox = service.outbox

    def client(self, **headers):
        return Client(self.port, headers)


@pytest.fixture(scope="module")
def sites(nginx):
    """The site without a tenant, and two with."""
    with (
        Web(nginx, lambda text: with_tenant(text, "north")) as north,
        Web(nginx, lambda text: with_tenant(text, "south")) as south,
    ):
        yield Site(nginx, nginx.port), Site(nginx, north.port), Site(nginx, south.port)


def twin(person, site):
    """The same phone, nickname and email at another site."""
    other = Person(site)
    other.phone, other.nickname = person.phone, person.nickname
    return other


def test_one_person_has_an_account_at_each_site(sites):
    first = Person(sites[0])
    people = [first] + [twin(first, site) for site in sites[1:]]
    accounts = set()
    for person in people:
        assert person.client.post("/api/check-phone", {"phone": person.phone}).json == {"available": True}
        assert person.client.post("/api/check-nickname", {"nickname": person.nickname}).status == 200
        person.sign_up(recovery_email=f"{person.nickname}@example.org")
        assert person.client.post("/api/check-phone", {"phone": person.phone}).json == {"available": False}
        accounts.add(person.client.get("/auth/verify?realm=twake").header("X-Auth-User"))
    assert len(accounts) == len(people)


def test_a_code_is_worth_nothing_at_another_site(sites):
    one = Person(sites[1]).ask().read()
    two = twin(one, sites[2]).ask().read()
    if one.code != two.code:
        assert two.check(one.code).status == 401
    assert two.client.request(
        "POST", "/api/check-otp", {"password": one.code}, cookies=one.cookies).status == 400
    assert one.check().status == 200 and two.check().status == 200


def test_wrong_tries_and_waits_are_counted_apart(sites):
    one = Person(sites[1]).ask().read()
    for step in range(6):
        answer = one.check(one.wrong_code(step + 1))
    assert answer.status == 400
    twin(one, sites[2]).sign_up()
    twin(one, sites[0]).sign_up()


def test_a_session_is_worth_nothing_at_another_site(sites):
    one = Person(sites[1]).sign_up()
    cookies = one.cookies
    for site in (sites[0], sites[2]):
        client = site.client()
        assert client.get("/api/session", cookies=cookies).status == 401
        assert client.get("/auth/verify?realm=twake", cookies=cookies).status == 401
        assert client.get("/auth/verify?realm=north/twake", cookies=cookies).status == 401
        assert client.get("/auth/verify?realm=north%2Ftwake", cookies=cookies).status == 401
        assert client.post("/api/logout", cookies=cookies).status == 401
    assert one.session().status == 200
    answer = one.client.get("/auth/verify?realm=twake")
    assert (answer.status, answer.header("X-Auth-Realm")) == (204, "twake")


def test_a_verified_phone_of_another_site_makes_no_account(sites):
    one = Person(sites[1]).verify()
    body = {"nickname": one.nickname, "password": PASSWORD}
    assert sites[2].client().request("POST", "/api/register", body, cookies=one.cookies).status == 401
    assert one.register().status == 201


def test_a_password_is_worth_nothing_at_another_site(sites):
    one = Person(sites[1]).sign_up()
    for site, status in ((sites[0], 401), (sites[1], 200), (sites[2], 401)):
        answer = site.client().post("/api/login", {"login": one.nickname, "password": PASSWORD})
        assert answer.status == status
        assert (COOKIE in answer.cookies) == (status == 200)


@pytest.mark.parametrize("tenant", ["north/x", "a b", "n" * 65, "é"])
def test_a_tenant_that_is_no_name_serves_nobody(nginx, tenant):
    with Web(nginx, lambda text: with_tenant(text, f'"{tenant}"')) as web:
        answer = web.client().post("/api/check-phone", {"phone": "+4312345678"})
        assert (answer.status, answer.json) == (500, {"message": "Internal server error"})
        assert web.client().get("/healthz").status == 500


def test_a_client_cannot_choose_its_tenant(sites):
    one = Person(sites[1]).sign_up()
    for name in ("Auth-Tenant", "AUTH_TENANT", "X-Auth-Tenant"):
        client = sites[2].client(**{name: "north"})
        assert client.get("/api/session", cookies=one.cookies).status == 401
