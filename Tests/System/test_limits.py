"""Failed logins, counted by two hosts with two workers each: exactly the limit is compared, the wait grows, the owner gets
in, and an administrator sees why and helps."""

import re
import shlex
import time
from collections import Counter

import pytest

from apis import Compass, Twake
from hosts import Hosts, limits
from people import PASSWORD, new_nickname
from service import REPOSITORY

OWNER, STRANGER = "198.51.100.1", "203.0.113.9"
WINDOW = 2


@pytest.fixture(scope="module")
def hosts():
    with Hosts(
        AUTHFCGI_LIMITS_LOGIN_PER_ACCOUNT=f"5/{WINDOW}s", AUTHFCGI_LIMITS_LOGIN_WAIT_MAX="1h",
        AUTHFCGI_SERVER_TRUSTED_PROXIES="127.0.0.0/8",
    ) as running:
        yield running


def from_(client, host):
    return host.client(**{"X-Forwarded-For": client})


def log_in(host, login, password=PASSWORD, client=STRANGER):
    return from_(client, host).post("/api/login", {"login": login, "password": password})


def use_up(host, login, client=STRANGER):
    """Wrong passwords until one is refused: how many were compared, and how long to wait."""
    for count in range(10):
        answer = log_in(host, login, "WrongPass123+", client)
        if answer.status == 429:
            return count, int(answer.header("Retry-After"))
        assert answer.status == 401
    raise AssertionError("never refused")


@pytest.fixture
def somebody(hosts):
    return Twake(hosts.first).sign_up()


def test_of_two_hundred_wrong_passwords_at_once_on_two_hosts_five_are_compared(hosts, somebody):
    for login in (somebody.nickname, new_nickname()):
        begun = time.monotonic()
        answers = hosts.at_once("/api/login", [{"login": login, "password": f"WrongPass{n}+"} for n in range(200)], 100)
        seen = Counter(answer.status for answer in answers)
        windows = 1 + int((time.monotonic() - begun) / WINDOW)
        assert set(seen) == {401, 429} and sum(seen.values()) == 200
        assert seen[401] == 5 if windows == 1 else 5 <= seen[401] <= 5 * windows


def test_the_wait_grows_with_each_window_that_is_used_up(hosts, somebody):
    for expected in (WINDOW, 2 * WINDOW):
        compared, wait = use_up(hosts.first, somebody.nickname)
        assert compared == 5 and expected / 2 < wait <= expected
        # The answer tells the truth: not before, and then.
        assert log_in(hosts.second, somebody.nickname).status == 429
        time.sleep(wait)
    compared, wait = use_up(hosts.second, somebody.nickname)
    assert compared == 5 and 2 * WINDOW < wait <= 4 * WINDOW


def test_an_owner_is_not_locked_out_by_strangers_and_ends_the_growth_by_a_success(hosts, somebody):
    assert log_in(hosts.first, somebody.nickname, client=OWNER).status == 200
    for _ in range(2):
        time.sleep(use_up(hosts.first, somebody.nickname)[1])
    assert use_up(hosts.first, somebody.nickname)[1] > 2 * WINDOW
    for host in hosts.both:
        assert log_in(host, somebody.nickname, client=OWNER).status == 200
        assert log_in(host, somebody.nickname, client="198.51.100.2").status == 429
    # Its own failures are its own, and are made good by a success.
    compared, wait = use_up(hosts.second, somebody.nickname, OWNER)
    assert compared == 5
    time.sleep(wait)
    assert log_in(hosts.first, somebody.nickname, client=OWNER).status == 200
    compared, wait = use_up(hosts.second, somebody.nickname, OWNER)
    assert (compared, wait <= 2 * WINDOW) == (5, True)


def test_who_resets_a_password_gets_in_from_where_that_was_done(hosts):
    person = Compass(hosts.first).sign_up()
    login = lambda client, password: from_(client, hosts.second).post(
        "/user/login", {"email": person.email, "password": password}).status
    while login(STRANGER, "WrongPass123+") != 429:
        pass
    hosts.query("UPDATE rate_counter SET window_ends = window_ends + INTERVAL 1 HOUR WHERE name = 'failed-logins'")
    assert login(OWNER, PASSWORD) == 429
    from_(OWNER, hosts.first).post("/user/forgot-password", {"email": person.email})
    body = {"email": person.email, "otp": person.mails.code(person.email), "new_password": "AnotherPass456+"}
    assert from_(OWNER, hosts.first).post("/user/reset-password", body).status == 200
    assert login(OWNER, "AnotherPass456+") == 200
    assert login(STRANGER, "AnotherPass456+") == 429


@pytest.mark.parametrize("name", ["nickname", "phone", "email", "id"])
def test_an_administrator_sees_why_somebody_is_refused_and_lets_them_in(hosts, somebody, name):
    [[account]] = hosts.query(f"SELECT LOWER(HEX(id)) FROM account WHERE {somebody.where()}")
    address = account if name == "id" else getattr(somebody, name)
    for _ in range(2):
        time.sleep(use_up(hosts.first, somebody.nickname)[1])
    use_up(hosts.first, somebody.nickname)
    shown, _ = limits(hosts.second, "show", address, "--json", "--realm", "twake")
    refused = [entry for entry in shown if entry["refused"]]
    assert [(e["counter"], e["realm"], e["whom"], e["count"], e["limit"], e["window"]) for e in refused] == [
        ("failed-logins", "twake", f"account {account}", 5, 5, f"{4 * WINDOW}s")]
    text, _ = limits(hosts.second, "show", address)
    assert any("\trefused\t" in line and "5/5" in line and account in line for line in text.splitlines())
    elsewhere, _ = limits(hosts.second, "show", address, "--json", "--realm", "compass")
    assert not [entry for entry in elsewhere if entry["realm"] or entry["refused"]]
    assert log_in(hosts.first, somebody.nickname).status == 429
    _, log = limits(hosts.first, "clear", address)
    audit = [line for line in log.splitlines() if "limits cleared" in line]
    assert len(audit) == 1 and "counters=" in audit[0] and "by_uid=0" in audit[0]
    assert name == "id" or str(address) not in audit[0]
    # The growth is gone, too.
    compared, wait = use_up(hosts.second, somebody.nickname)
    assert compared == 5 and wait <= WINDOW


def test_a_client_is_shown_and_cleared_by_its_network_address(hosts, somebody):
    client = "2001:db8:7:7::1"
    for _ in range(3):
        log_in(hosts.first, new_nickname(), client=client)
    shown, _ = limits(hosts.first, "show", "2001:db8:7:7:ffff::9", "--json")
    assert [(e["counter"], e["whom"], e["count"], e["refused"]) for e in shown] == [
        ("client-failed-logins", "client 2001:db8:7:7::/64", 3, False)]
    cleared, _ = limits(hosts.first, "clear", client, "--json")
    assert [entry["counter"] for entry in cleared] == ["client-failed-logins"]
    assert limits(hosts.first, "show", client)[0] == f"nothing is counted of {client}\n"


def test_codes_and_messages_are_shown_and_a_code_without_tries_is_cleared(hosts):
    person = Twake(hosts.first).ask()
    code = hosts.first.outbox.code(person.phone)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(5):
        person.post("/api/check-otp", {"password": wrong}, 401, cookies={"twake.session": person.cookie})
    shown, _ = limits(hosts.first, "show", person.phone, "--json")
    seen = {entry["counter"]: (entry["count"], entry["limit"], entry["refused"]) for entry in shown}
    assert seen["code"] == (5, 5, True) and seen["wrong-codes"] == (5, 10, False) and seen["messages"] == (1, 5, False)
    assert seen["resend"] == (1, 1, True)
    cleared, _ = limits(hosts.first, "clear", person.phone, "--json")
    assert {entry["counter"] for entry in cleared} == {"code", "wrong-codes", "messages"}
    person.prove()
    assert not [e for e in limits(hosts.first, "show", person.phone, "--json")[0] if e["counter"] == "wrong-codes" and e["count"]]


def test_what_is_counted_by_what_was_typed_is_shown_and_cleared():
    """Where no answer tells who is known: tries by each name, of strangers and of known clients, and each call's messages."""
    with Hosts(
        AUTHFCGI_LIMITS_LOGIN_PER_ACCOUNT="5/1h", AUTHFCGI_SERVER_TRUSTED_PROXIES="127.0.0.0/8",
        AUTHFCGI_SECURITY_REVEAL_ACCOUNTS="uniform", AUTHFCGI_SECURITY_REVEAL_CODES="false",
        AUTHFCGI_OTP_RESEND_AFTER="10m",
    ) as hosts:
        person = Compass(hosts.first).sign_up()
        login = lambda client, password=PASSWORD: from_(client, hosts.second).post(
            "/user/login", {"email": person.email, "password": password}).status
        forget = lambda: hosts.first.client().post("/user/forgot-password", {"email": person.email}).status
        for client in (OWNER, STRANGER):
            if client == OWNER:
                assert login(client) == 200
            for _ in range(5):
                assert login(client, "WrongPass123+") == 401
            assert login(client) == 429
        assert (forget(), forget()) == (200, 429)
        [[account]] = hosts.query(f"SELECT LOWER(HEX(id)) FROM account WHERE {person.where()}")
        for address in (person.email, account):
            shown, _ = limits(hosts.second, "show", address, "--json", "--realm", "compass")
            seen = sorted((entry["counter"], entry["whom"], entry["count"]) for entry in shown if entry["refused"])
            assert seen == [("asks", person.email, 1), ("asks", person.email, 1)] + [("failed-logins", person.email, 5)] * 2
            assert {"asks-per-hour", "messages"} <= {entry["counter"] for entry in shown}
        limits(hosts.second, "clear", account)
        assert [login(client) for client in (OWNER, STRANGER)] == [200, 200] and forget() == 200
        assert [entry["counter"] for entry in limits(hosts.first, "show", account, "--json")[0] if entry["refused"]] == ["asks"]


def test_the_commands_of_the_document_work(hosts):
    text = (REPOSITORY / "docs/limits.md").read_text()
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S)
    commands = [shlex.split(line) for block in blocks for line in block.splitlines()]
    assert len(commands) >= 5
    for program, command, *arguments in commands:
        assert (program, command) == ("authfcgi", "limits")
        limits(hosts.first, *arguments)
    for name in set(re.findall(r"authfcgi_[a-z_]+", text)):
        assert f"# TYPE {name} " in hosts.first.client().get("/metrics").body.decode(), name


def test_mistakes_end_as_sysexits_says(hosts, tmp_path):
    limits(hosts.first, "show", "no such thing", status=64)
    limits(hosts.first, "show", status=64)
    limits(hosts.first, "clear", "a@example.org", "--realm", "a/b/c", status=64)
    limits(hosts.first, "show", "a@example.org", status=69, AUTHFCGI_DATABASE_SOCKET=str(tmp_path / "none"))
    limits(hosts.first, "show", "a@example.org", status=78, AUTHFCGI_LIMITS_LOGIN_WAIT_MAX="never")


def test_a_monitor_behind_a_proxy_is_known_by_its_own_address(hosts):
    for client, status in [(STRANGER, 403), ("127.0.0.1", 200), (f"127.0.0.1, {STRANGER}", 403)]:
        answer = from_(client, hosts.first).get("/metrics")
        assert (answer.status, b"authfcgi_" in answer.body) == (status, status == 200)


def test_the_log_has_the_clients_address(hosts, somebody):
    log_in(hosts.first, somebody.nickname, client="198.51.100.77")
    assert len(hosts.lines("remote=198.51.100.77")) == 1
