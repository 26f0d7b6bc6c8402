"""`/metrics`: one account of all workers, that a worker's end does not falsify."""

import re

import pytest

from service import wait_until
from web import Web

SAMPLE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="[^"\\\n]*",?)+)\})? ([0-9.e+-]+)')


def read(service):
    """Samples by name and labels; the format is checked on the way."""
    answer = service.client().get("/metrics")
    assert answer.status == 200 and answer.header("Content-Type").startswith("text/plain; version=0.0.4")
    samples, declared = {}, set()
    for line in answer.body.decode().splitlines():
        if line.startswith("# "):
            _, what, name, rest = line.split(" ", 3)
            if what == "TYPE":
                assert name not in declared and rest in ("counter", "gauge", "histogram")
                declared.add(name)
            continue
        name, labels, value = SAMPLE.fullmatch(line).groups()
        assert name in declared or re.sub("_(bucket|sum|count)$", "", name) in declared, line
        key = name, frozenset(re.findall(r'([a-z]+)="([^"]*)"', labels or ""))
        assert key not in samples, f"twice: {line}"
        samples[key] = float(value)
    return samples


def sample(samples, metric, **labels):
    return samples.get((metric, frozenset(labels.items())), 0)


def requests(samples, route, status, api="twake"):
    return sample(samples, "authfcgi_requests_total", api=api, route=route, status=str(status))


def test_requests_are_counted_by_route_and_status(service):
    before = read(service)
    for _ in range(30):
        assert service.client().get("/api/session").status == 401
    service.client().get("/api/nothing-here")
    after = read(service)
    assert requests(after, "/api/session", 401) - requests(before, "/api/session", 401) == 30
    assert requests(after, "-", 404, "service") - requests(before, "-", 404, "service") == 1
    assert requests(after, "/metrics", 200, "service") - requests(before, "/metrics", 200, "service") == 1


def test_durations_are_a_histogram(nginx):
    nginx.client().get("/api/session")
    samples = read(nginx)
    name = "authfcgi_request_duration_seconds"
    labels = {"api": "twake", "route": "/api/session"}
    buckets = sorted(
        (float(dict(key[1])["le"].replace("+Inf", "inf")), value) for key, value in samples.items()
        if key[0] == f"{name}_bucket" and set(labels.items()) <= key[1])
    counts = [count for _, count in buckets]
    assert len(buckets) == 14 and counts == sorted(counts) and buckets[-1][0] == float("inf")
    assert counts[-1] == sample(samples, f"{name}_count", **labels) > 0
    assert 0 < sample(samples, f"{name}_sum", **labels) < 60


def test_the_state_of_the_service_is_told(person, service):
    person.ask().read()
    wait_until(lambda: sample(read(service), "authfcgi_outbox_messages") == 0, 10)
    samples = read(service)
    assert sample(samples, "authfcgi_workers") == 2
    assert sample(samples, "authfcgi_worker_starts_total") >= 2
    assert sample(samples, "authfcgi_database_up") == 1
    assert sample(samples, "authfcgi_database_connections") >= 1
    assert sample(samples, "authfcgi_password_hashes", state="running") == 0
    assert sample(samples, "authfcgi_password_hashes", state="waiting") == 0
    assert sample(samples, "authfcgi_outbox_oldest_seconds") == 0
    [[connections]] = service.query(
        "SELECT COUNT(*) FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND user NOT LIKE 'system%'")
    # The courier's is not a worker's.
    assert sample(samples, "authfcgi_database_connections") <= int(connections)


def test_a_killed_worker_takes_its_gauges_and_leaves_the_totals(own_service):
    for _ in range(40):
        own_service.client().get("/api/session")
    # The service is ready with its first worker.
    wait_until(lambda: sample(read(own_service), "authfcgi_workers") == 2, 10)
    before = read(own_service)
    assert requests(before, "/api/session", 401) >= 40
    starts = lambda samples: sample(samples, "authfcgi_worker_starts_total") - sample(before, "authfcgi_worker_starts_total")
    for worker in own_service.workers():
        own_service.end(worker)
    wait_until(lambda: starts(read(own_service)) >= 2, 10)
    wait_until(lambda: sample(read(own_service), "authfcgi_workers") == 2, 10)
    after = read(own_service)
    assert requests(after, "/api/session", 401) == requests(before, "/api/session", 401)
    assert starts(after) == 2
    assert sample(after, "authfcgi_database_connections") <= 4


def test_without_its_database_the_service_still_tells(own_service):
    start_again = own_service.stop_database()
    try:
        samples = read(own_service)
        assert sample(samples, "authfcgi_database_up") == 0
        assert sample(samples, "authfcgi_database_errors_total") > 0
        assert not [name for name, _ in samples if name.startswith("authfcgi_outbox")]
    finally:
        start_again()
    wait_until(lambda: sample(read(own_service), "authfcgi_database_up") == 1, 10)


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1", "unix:", "", "127.0.0.1, 192.0.2.1"])
def test_who_is_no_monitor_reads_nothing(nginx, address):
    with Web(nginx, lambda text: text.replace("$remote_addr;", f'"{address}";')) as web:
        answer = web.client().get("/metrics")
        assert (answer.status, answer.media_type) == (403, "application/problem+json")
        assert b"authfcgi_" not in answer.body
        answer = web.client().get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
        assert answer.status == 403


@pytest.mark.parametrize("address", ["127.0.0.9", "::1", "::ffff:127.0.0.1"])
def test_a_monitor_is_known_by_its_address(nginx, address):
    with Web(nginx, lambda text: text.replace("$remote_addr;", f'"{address}";')) as web:
        assert web.client().get("/metrics").status == 200
