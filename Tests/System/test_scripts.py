"""The scripts a user has: safe to run twice, at the same time, and in the wrong way."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from people import Person
from process_table import alive
from service import Service, script


def pids(service):
    return [service.pid(name) for name in ("mariadbd", "authfcgi", service.server)]


def test_a_second_start_leaves_what_runs_alone(own_service):
    member, before = Person(own_service).sign_up(), pids(own_service)
    configuration = (own_service.home / "authfcgi.toml").read_bytes()
    own_service.start()
    assert pids(own_service) == before
    assert (own_service.home / "authfcgi.toml").read_bytes() == configuration
    assert member.session().status == 200


def test_a_changed_setting_starts_the_service_anew_and_keeps_what_it_knew(own_service):
    member, (database, service, web) = Person(own_service).sign_up(), pids(own_service)
    own_service.settings["AUTHFCGI_LOG_LEVEL"] = "warning"
    own_service.start()
    assert pids(own_service)[0::2] == [database, web] and own_service.pid("authfcgi") != service
    assert member.session().status == 200


def test_stop_ends_everything_and_may_be_repeated(own_service):
    member, running = Person(own_service).sign_up(), {*pids(own_service), *own_service.processes()}
    own_service.stop()
    # A web server's children, which nothing waits for, may be a moment behind it.
    deadline = time.monotonic() + 2
    while any(map(alive, running)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(map(alive, running))
    assert not list(own_service.home.glob("*.pid"))
    own_service.stop()
    own_service.server = "lighttpd"
    own_service.start()
    assert member.session().status == 200


def test_homes_start_at_the_same_time():
    services = [Service(server, empty_database=None) for server in ("nginx", "lighttpd")]
    try:
        with ThreadPoolExecutor() as threads:
            list(threads.map(Service.start, services * 2))
        for service in services:
            assert Person(service).sign_up().session().status == 200
    finally:
        for service in services:
            service.remove()


def test_the_demonstration_walks_a_sign_up_each_time(own_service):
    for _ in range(2):
        done = script("start", "--home", own_service.home, "--port", str(own_service.port), "--detach",
                      environment=own_service.settings)
        assert done.returncode == 0, done.stdout
        for part in ("/api/send-otp", "/api/check-otp", "/api/register", "/api/session", "201", f":{own_service.port}"):
            assert part in done.stdout, done.stdout


@pytest.mark.parametrize(
    "arguments", [["--port", "0"], ["--port", "http"], ["--port"], ["--server", "caddy"], ["--nonsense"], ["--home", "/" + "x" * 120]]
)
def test_a_wrong_argument_is_explained(arguments):
    done = script("start", "--detach", *arguments)
    assert done.returncode == 64 and arguments[0] in done.stdout + "--nonsense", done.stdout


def test_a_taken_port_is_named(nginx):
    home = pathlib.Path(tempfile.mkdtemp(prefix="authfcgi-"))
    try:
        done = script("start", "--home", home, "--port", str(nginx.port), "--detach", "--no-demo")
        assert done.returncode != 0 and str(nginx.port) in done.stdout and "--port" in done.stdout
    finally:
        script("stop", "--home", home)
        shutil.rmtree(home)


SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts"


def packages_wanted():
    """All that any script installs, on a machine that has none of it."""
    calls = [re.findall(r"^install_packages(.*)$", path.read_text(), re.M) for path in SCRIPTS.iterdir() if path.is_file()]
    words = " ".join(word for call in calls for word in call).replace('"$(web_package "$server")"', "nginx lighttpd apache2").split()
    bare = 'source "$0/lib/packages.sh"; program_installed() { false; }; dpkg-query() { :; }; missing_packages "$@"'
    listed = subprocess.run(["bash", "-c", bare, str(SCRIPTS), *words], capture_output=True, text=True, check=True)
    return set(listed.stdout.split())


def test_what_scripts_install_are_packages_of_debian():
    wanted = packages_wanted()
    assert {"nginx", "lighttpd", "apache2", "libfcgi-dev", "mariadb-server-core", "glewlwyd"} <= wanted
    known = lambda *names: subprocess.run(["apt-cache", "show", "--no-all-versions", *names], capture_output=True, text=True)
    if known("libfcgi-dev").returncode:
        pytest.skip("apt knows no packages here: apt-get update")
    assert wanted - set(re.findall(r"^Package: (.+)$", known(*wanted).stdout, re.M)) == set()
