"""What proxies in front of the web server say, and what clients send that looks like it."""

import itertools

import pytest

from service import Service

REAL = "198.51.100.1"
NAMES = ["X_Forwarded_For", "X-Forwarded_For", "x_forwarded-for", "X.Forwarded.For"]


@pytest.fixture(scope="module", params=["nginx", "lighttpd", "apache"])
def behind_a_proxy(request):
    with Service(
        request.param, AUTHFCGI_SERVER_TRUSTED_PROXIES="127.0.0.1", AUTHFCGI_LIMITS_LOGIN_PER_IP="3/1h") as service:
        yield service


def fails_to_log_in(service, account, headers):
    return service.client(**headers).post("/api/login", {"login": f"nobody{account}", "password": "Wrong-pass-1"}).status


def test_no_client_passes_for_another(behind_a_proxy):
    """To FastCGI some web servers say names that differ in their punctuation as one."""
    forged = [(name, f"203.0.113.{n}") for n, name in enumerate(NAMES * 3)]
    real = ("X-Forwarded-For", REAL)
    statuses = [
        fails_to_log_in(behind_a_proxy, number, dict(headers))
        for number, headers in enumerate(order for line in forged for order in [(real, line), (line, real)])
    ]
    assert set(statuses) <= {400, 401, 429} and statuses.count(401) <= 3, statuses


def test_several_lines_are_one(behind_a_proxy):
    """Of those that the proxies wrote the last says who asked the first of them."""
    lines = lambda first, last: {"X-Forwarded-For": first, "x-forwarded-for": last}
    numbers = itertools.count(100)
    client = "198.51.100.2"
    statuses = [
        fails_to_log_in(behind_a_proxy, next(numbers), lines(f"203.0.113.{n}", client)) for n in range(100, 105)]
    assert statuses == [401, 401, 401, 429, 429]
    assert fails_to_log_in(behind_a_proxy, next(numbers), lines(client, "198.51.100.3")) == 401
