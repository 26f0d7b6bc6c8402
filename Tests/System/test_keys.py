"""Keys are rotated while people are logged in: a new key at the head, and later an old one gone, by SIGHUP alone."""

import base64
import os
import secrets
import signal

from people import COOKIE, Person
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
