"""Keys are rotated while people are logged in: a new key at the head, and later an old one gone, by SIGHUP alone."""

import base64
import os
import secrets
import signal
import stat
import subprocess

import pytest

from people import COOKIE, Person
from program import PROGRAM, run
from service import wait_until


def reload(service):
    before = service.processes() - {service.pid("authfcgi")}
    os.kill(service.pid("authfcgi"), signal.SIGHUP)
    # Workers and courier are new ones.
    wait_until(lambda: len(service.processes()) == len(before) + 1 and not service.processes() & before, 15)


def test_a_key_is_added_and_an_old_one_retired_and_nobody_is_logged_out(own_service):
    service = own_service
    file = service.home / "cookie.keys"
    old = file.read_text()
    member, other, asked = Person(service).sign_up(), Person(service).sign_up(), Person(service).ask().read()
    proven = Person(service).verify()
    stranger = other.cookies
    assert member.cookies[COOKIE].startswith("v1.k1.")

    file.write_text(f"k2:{base64.b64encode(secrets.token_bytes(32)).decode()}\n{old}")
    reload(service)
    for person in (member, other):
        assert person.session().status == 200
        assert person.cookies[COOKIE].startswith("v1.k2."), "it is sealed anew on the way"
    sealed = member.cookies[COOKIE]
    assert member.session().status == 200 and member.cookies[COOKIE] == sealed, "and not again"
    # Codes and proofs of before are good.
    assert asked.check().status == 200 and asked.cookies[COOKIE].startswith("v1.k2.")
    assert proven.register().status == 201
    new = Person(service).sign_up()

    file.write_text(file.read_text().splitlines()[0] + "\n")
    reload(service)
    for person in (member, other, new, proven):
        assert person.session().status == 200
    assert asked.register().status == 201
    # The old copy of a cookie went with its key.
    assert service.client().request("GET", "/api/session", headers={"Cookie": f"{COOKIE}={stranger[COOKIE]}"}).status == 401

    # A file that is no key file changes nothing.
    good = file.read_text()
    file.write_text("k3:short\n")
    workers = service.workers()
    os.kill(service.pid("authfcgi"), signal.SIGHUP)
    wait_until(lambda: "reload refused" in "".join(service.logs().values()), 15)
    assert service.workers() == workers and member.session().status == 200
    file.write_text(good)
    assert service.stop_and_start() and member.session().status == 200


def generate(*arguments):
    return subprocess.run([PROGRAM, "keys", "generate", *arguments], capture_output=True, text=True, timeout=60)


def checked(folder, algorithm):
    return run(
        folder, f'[cookies]\nkeys_file = "{folder}/cookie.keys"\n[tokens]\nkeys_file = "{folder}/token.keys"\n'
        f'algorithm = "{algorithm}"\n[mail]\ntransport = "off"\n[password]\nblocklist = ""\n', "config", "check")


@pytest.mark.parametrize("algorithm, other", [("HS256", "EdDSA"), ("EdDSA", "HS256")])
def test_the_program_makes_the_keys_that_it_asks_for(tmp_path, algorithm, other):
    file = tmp_path / "token.keys"
    assert generate(tmp_path / "cookie.keys").returncode == 0
    assert generate("--algorithm", algorithm, file).returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    done = checked(tmp_path, algorithm)
    assert done.returncode == 0, done.stderr
    refused = checked(tmp_path, other)
    assert refused.returncode == 78
    assert f"no key for {other} (authfcgi keys generate --algorithm {other} makes one)" in refused.stderr + refused.stdout
    # One of each, the new one at the head, as the README has it.
    assert generate("--id", "k2", "--algorithm", other, tmp_path / "token.new").returncode == 0
    file.write_text((tmp_path / "token.new").read_text() + file.read_text())
    assert checked(tmp_path, algorithm).returncode == checked(tmp_path, other).returncode == 0
    assert generate("--algorithm", "RS256", tmp_path / "none").returncode == 64 and not (tmp_path / "none").exists()
