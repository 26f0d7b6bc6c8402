"""What must never be written down: codes, passwords, cookies, keys."""

import os
import pathlib
import re
import time

from people import COOKIE, Person


def test_no_secret_is_in_a_log_or_a_table(own_service):
    service, secrets, codes = own_service, [], []
    for index in range(5):
        person, password = Person(service), f"Canary-{index}-Xq7+zw"
        secrets.append(password)
        person.ask().read()
        codes.append(person.code)
        secrets.append(person.cookies[COOKIE])
        codes += [person.wrong_code(step) for step in (1, 2)]
        assert [person.check(code).status for code in codes[-2:]] == [401, 401]
        assert person.verify().register(password=password).status == 201
        secrets.append(person.cookies[COOKIE])
        assert person.log_in(password=password + "wrong").status == 401
        answer = person.log_in(password=password)
        secrets.append(answer.cookies[COOKIE][0])
        person.client.get(f"/api/session?password={password}x")
        person.client.request("POST", "/api/login", f'{{"password":"{password}",'.encode(), {"Content-Type": "application/json"})
        person.client.post("/api/register", {"nickname": person.nickname, "password": password})
        secrets += [line.split(":", 1)[1] for name in ("cookie.keys", "token.keys")
                    for line in (service.home / name).read_text().splitlines() if ":" in line]
    start_again = service.stop_database()
    assert person.log_in(password=password).status == 500
    start_again()
    time.sleep(1)
    ours = {name: text for name, text in service.logs().items() if name.startswith("authfcgi")}
    assert "".join(ours.values()), "the service logs nothing at all"
    for name, text in {**service.logs(), **service.dump()}.items():
        if not name.endswith("access.log"):
            for secret in secrets:
                assert secret not in text, f"a secret is in {name}"
    for name, text in {**ours, **service.dump()}.items():
        # A code in digits of its own; those that a time or a number happens to hold do not count.
        for code in codes:
            assert not re.search(rf"(?<![0-9A-Za-z.:]){code}(?![0-9A-Za-z])", text), f"a code is in {name}"


def test_what_is_secret_on_disk_is_its_owner_s(own_service):
    home = own_service.home
    assert home.stat().st_mode & 0o077 == 0
    for name in ("cookie.keys", "token.keys", "authfcgi.toml"):
        assert (home / name).stat().st_mode & 0o077 == 0, name


def test_no_process_leaves_an_image_of_its_memory(own_service):
    """Keys and passwords are in it (core(5))."""
    processes = own_service.processes()
    assert len(processes) >= 3, "the supervisor, a worker and the courier"
    for pid in processes:
        [limit] = [line.split() for line in pathlib.Path(f"/proc/{pid}/limits").read_text().splitlines() if "core file" in line]
        assert limit[4:6] == ["0", "0"], (pid, limit)


def test_who_starts_it_as_root_is_told(own_service):
    """Whoever broke into it would be root."""
    log = (own_service.home / "log" / "authfcgi.log").read_text()
    assert ("runs as root" in log) == (os.geteuid() == 0), log


def test_two_installations_have_different_keys(nginx, lighttpd):
    for name in ("cookie.keys", "token.keys"):
        assert (nginx.home / name).read_bytes() != (lighttpd.home / name).read_bytes()


def test_no_link_is_in_the_web_servers_log(service):
    """A link to set a new password holds its secret in the path, which web servers write down."""
    secret = "Canary-link-9f2c7aVd0Qe1"
    client = Person(service).client
    for base in ("/api/v1/user", "/api/v1/captain", "", "/captain"):
        client.post(f"{base}/reset-password/{secret}", {"password": "Secure@123"})
        client.get(f"{base}/reset-password/{secret}?from=mail")
    for _ in range(100):
        logged = [text for name, text in service.logs().items() if name.endswith("access.log")]
        if any("/reset-password/..." in text or '"POST - ' in text for text in logged):
            break
        time.sleep(0.1)
    else:
        raise AssertionError("the web server logs nothing")
    for name, text in service.logs().items():
        assert secret not in text, f"a link's secret is in {name}"


def test_no_link_is_in_the_web_servers_log_when_the_service_is_away(nginx, lighttpd, apache):
    """Web servers write the request down that they could not serve."""
    secret = "Canary-link-8e1b6bUc9Pf2"
    too_large = b"x" * (2 << 20)
    for service in (nginx, lighttpd, apache):
        service.kill("authfcgi")
        try:
            paths = [f"{base}/reset-password/{secret}" for base in ("/api/v1/user", "/api/v1/captain", "", "/captain")]
            for path in [*paths, f"/end-session/{secret}"]:
                assert service.client().get(path).status >= 500
                assert service.client().post(path, {"password": "Secure@123"}).status >= 500
                assert service.client().request("POST", path, too_large).status in (413, 500, 502, 503)
            assert service.client().get("/healthz").status >= 500
            time.sleep(0.5)
            for name, text in service.logs().items():
                assert secret not in text, f"a link's secret is in {name}"
        finally:
            service.start()
    assert "/healthz" in "".join(text for name, text in nginx.logs().items() if name.endswith("error.log"))
