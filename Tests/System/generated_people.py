"""Hooks of schemathesis: generated requests come from people who may make them, and some of each call are right.

AUTHFCGI_TEST_HOME names the home of the service, AUTHFCGI_TEST_PORT its port, and AUTHFCGI_TEST_SEEN a file for the status of
every answer, by operation.
"""

import collections
import os
import pathlib
import sys
import threading

import schemathesis

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import apis  # noqa: E402
import people  # noqa: E402
from http_client import Client  # noqa: E402
from outbox import Outbox  # noqa: E402
from service import Service  # noqa: E402

# How many calls of each operation are right ones.
RIGHT = 2

service = Service.__new__(Service)
service.home = pathlib.Path(os.environ["AUTHFCGI_TEST_HOME"])
service.port = int(os.environ["AUTHFCGI_TEST_PORT"])
service.outbox = Outbox(service.home / "outbox")

_lock = threading.RLock()
_calls = collections.Counter()
_people = {}
_seen = open(os.environ["AUTHFCGI_TEST_SEEN"], "a", buffering=1)


def somebody(kind, anew=False):
    """One person of each API who is logged in."""
    if anew or kind not in _people:
        _people[kind] = kind(service).sign_up()
    return _people[kind]


def kind_of(path):
    for base, kind in (("/user/", apis.Compass), ("/api/v1/user/", apis.Rider), ("/api/v1/captain/", apis.Captain),
                       ("/reset-password", apis.Rider), ("/captain/", apis.Captain), ("/api/auth/", apis.Contacts),
                       ("/api/v1/users/", apis.Codes), ("/api/", apis.Twake), ("/auth/verify", apis.Contacts)):
        if path.startswith(base):
            return kind
    return None


def twake(path):
    """A body and a cookie with which a call of twake is done."""
    person = apis.Twake(service)
    bodies = {
        "/api/send-otp": {"phone": person.phone}, "/api/check-phone": {"phone": person.phone},
        "/api/check-nickname": {"nickname": person.nickname},
        "/api/suggest-nicknames": {"firstname": "Ada", "lastname": "Lovelace"},
    }
    if path in bodies:
        return bodies[path], {}
    if path == "/api/check-otp":
        person.ask()
        return {"password": service.outbox.code(person.phone)}, {people.COOKIE: person.cookie}
    if path == "/api/register":
        return {"nickname": person.nickname, "password": person.password}, {people.COOKIE: person.prove().cookie}
    person.sign_up()
    return {"login": person.nickname, "password": person.password}, {people.COOKIE: person.cookie}


def compass(path):
    person = apis.Compass(service)
    if path == "/user/create":
        return person.body(), {}
    if path in ("/user/create/verify", "/user/create/resend-otp"):
        person.create()
        return {"otp": person.mails.code(person.email), "email": person.email}, {person.cookie_name: person.cookie}
    person.sign_up()
    body = {"email": person.email, "password": person.password}
    if path == "/user/reset-password":
        person.post("/user/forgot-password", {"email": person.email})
        body = {"email": person.email, "otp": person.mails.code(person.email), "new_password": apis.NEW_PASSWORD}
    return body, {person.cookie_name: person.cookie}


def ride(kind, path):
    person = kind(service)
    if path.endswith("/register"):
        return person.body(), {}
    person.sign_up()
    body = {"email": person.email, "password": person.password, "refreshToken": person.refresh}
    if path.endswith("/verify-email"):
        body["otp"] = person.mails.code(person.email)
    if "reset-password/" in path:
        return {"password": apis.NEW_PASSWORD}, {":resetToken": person.grant()}
    return body, {"accessToken": person.access}


def contacts(path):
    person = apis.Contacts(service)
    if path.endswith("/register"):
        return person.body(), {}
    person.sign_up()
    if path.endswith("/verify-otp"):
        person.post("/api/auth/forgot-password", {"email": person.email})
        return {"email": person.email, "otp": person.mails.code(person.email)}, {}
    if path.endswith("/reset-password"):
        return {"resetToken": person.grant(), "newPassword": apis.NEW_PASSWORD}, {}
    if path.endswith("/check-registered"):
        return {"identifiers": [person.email, person.phone]}, {"bearer": person.token}
    return {"email": person.email, "password": person.password}, {"bearer": person.token}


def codes(path):
    person = apis.Codes(service)
    if path.endswith("/get-code"):
        return {"email": person.email}, {}
    if path.endswith(("/signup-verify", "/resend-code")):
        return {"email": person.email, "verificationCode": person.ask(), "password": person.password}, {}
    person.sign_up()
    return {"email": person.email, "password": person.password}, {"bearer": person.token}


def link_of_a_notice():
    """What ends a session that began elsewhere."""
    person = apis.Compass(service).sign_up()
    elsewhere = Client(service.port, {"X-Forwarded-For": "203.0.113.9"})
    assert elsewhere.post("/user/login", {"email": person.email, "password": person.password}).status == 200
    return person.mails.link(person.email).rsplit("/", 1)[1]


def right_call(kind, path):
    if kind in (apis.Rider, apis.Captain):
        return ride(kind, path)
    return {apis.Twake: twake, apis.Compass: compass, apis.Contacts: contacts, apis.Codes: codes}[kind](path)


def credentials(kind):
    """Those of somebody whose session no call ends but a right one."""
    person = somebody(kind)
    if kind is apis.Twake:
        return {people.COOKIE: person.cookie}
    if kind is apis.Compass:
        return {person.cookie_name: person.cookie}
    return {"bearer": person.access if kind in (apis.Rider, apis.Captain) else person.token}


def ends(path):
    return path.endswith(("logout", "refresh-token"))


@schemathesis.hook
def before_call(context, case, kwargs):
    path, definition = case.operation.path, case.operation.definition.raw
    kind = kind_of(path)
    if case.method.upper() != case.operation.method.upper():
        return
    if case.operation.label == "POST /end-session/{link}":
        with _lock:
            _calls[case.operation.label] += 1
            if _calls[case.operation.label] <= RIGHT:
                case.path_parameters = {"link": link_of_a_notice()}
        return
    if kind is None:
        return
    with _lock:
        _calls[case.operation.label] += 1
        is_right = _calls[case.operation.label] <= RIGHT
        if path == "/auth/verify":
            given = credentials(kind)
            if is_right:
                case.query = {"realm": kind.realm}
        elif is_right:
            body, given = right_call(kind, path)
            if "requestBody" in definition:
                wanted = definition["requestBody"]["content"]["application/json"]["schema"]["properties"]
                case.body, case.media_type = {name: body[name] for name in wanted if name in body}, "application/json"
            if ":resetToken" in given:
                case.path_parameters = {"resetToken": given.pop(":resetToken")}
            case.query, case.cookies = {}, {}
            case.headers = {}
        elif definition.get("security") and not ends(path):
            given = credentials(kind)
        else:
            return
    if bearer := given.pop("bearer", None):
        case.headers["Authorization"] = f"Bearer {bearer}"
    if given:
        case.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in given.items())


@schemathesis.hook
def after_call(context, case, response):
    _seen.write(f"{case.operation.label} {response.status_code}\n")
