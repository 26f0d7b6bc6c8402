import os
from pathlib import Path

import pytest

from people import Person
from riders import ROLES, Rider
from service import RACING, Service

# Files that take longest go first, so that at the end no process waits for another's.
LONGEST = ["registration_races", "delivery", "races", "session_races", "smtp", "compass", "limits", "sms", "openapi"]

# One interval for every test that asks twice: short enough to be waited for, long enough to be seen.
RESEND_AFTER = 2


# Where scripts/test wants a line for each test: `passed`, `skipped` or `failed`, and its name.
OUTCOMES = None if "PYTEST_XDIST_WORKER" in os.environ else os.environ.get("AUTHFCGI_TEST_OUTCOMES")
GRAVITY = ["passed", "skipped", "failed"]
outcomes = {}


def pytest_configure(config):
    config.addinivalue_line("markers", "alone: measures time, and is run with next to nothing beside it")


def pytest_runtest_logreport(report):
    """A test has three reports, of its preparation, itself and its end: the gravest is its outcome."""
    outcomes[report.nodeid] = max(outcomes.get(report.nodeid, "passed"), report.outcome, key=GRAVITY.index)


def pytest_sessionfinish():
    if OUTCOMES:
        Path(OUTCOMES).write_text("".join(f"{outcome} {name}\n" for name, outcome in outcomes.items()))


def pytest_collection_modifyitems(items):
    names = [f"test_{name}" for name in LONGEST]
    items.sort(key=lambda item: names.index(item.path.stem) if item.path.stem in names else len(names))


def _running(server):
    with Service(server, AUTHFCGI_OTP_RESEND_AFTER=f"{RESEND_AFTER}s") as service:
        yield service


@pytest.fixture(scope="session")
def nginx():
    yield from _running("nginx")


@pytest.fixture(scope="session")
def lighttpd():
    yield from _running("lighttpd")


@pytest.fixture(scope="session")
def apache():
    yield from _running("apache")


@pytest.fixture(params=["nginx", "lighttpd", "apache"])
def service(request):
    """The same test behind each web server."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def racing():
    """A service whose requests wait for one another at the database only."""
    with Service("nginx", **RACING) as service:
        yield service


@pytest.fixture(scope="module")
def _breakable():
    yield from _running("nginx")


@pytest.fixture
def own_service(_breakable):
    """A service that a test may break: whatever the one before did to it, it runs again."""
    _breakable.server = "nginx"
    _breakable.start()
    return _breakable


@pytest.fixture
def client(service):
    return service.client()


@pytest.fixture
def person(service):
    return Person(service)


@pytest.fixture(params=ROLES)
def role(request):
    """The same test for either kind of account."""
    return request.param


@pytest.fixture
def rider(service, role):
    """Somebody new, as a rider and as a captain."""
    return Rider(service, role)
