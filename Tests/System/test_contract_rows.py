"""The four APIs with tokens, call by call: each field left out, empty, null and of every wrong type, and the rules that
hold on every endpoint, in each API's own envelope."""

import json
from dataclasses import dataclass

import pytest

from apis import Captain, Codes, Compass, Contacts, Rider, new_email
from http_client import Client
from people import new_phone

WEAK = "Password must have 8 to 256 characters and be hard to guess"
CLASSES = ("must have at least 8 characters, among them upper and lower case letters, digits and symbols, "
           "and be neither common nor the email or phone")


@dataclass(frozen=True)
class Call:
    """A call with a body: `body` is whole, `missing` has each field it needs with what its absence is told by."""

    api: str
    path: str
    body: dict
    missing: dict
    # Fields that may stay away.
    optional: tuple = ()
    # Whose token it takes.
    person: type | None = None
    # Fields whose value may be of any type as far as the envelope's rules go.
    judged: tuple = ()
    # Whether a body may stay away altogether, as no field of it must be there by itself.
    empty: bool = False


ADDRESS, OTP, NEW = "Missing required fields", "123456", "AnotherPass456+"
MAIL = "nobody@example.com"


def role(base, link, person):
    email = {"email": "email is required"}
    password = {"password": "password is required"}
    register = {name: f"{name} is required" for name in ("firstname", "email", "password", "phone", *person.vehicle)}
    body = {"firstname": "John", "lastname": "Doe", "email": MAIL, "password": "Secure@123", "phone": "1234567890"}
    return [
        Call("ride", f"{base}/register", {**body, **person.vehicle}, register, ("lastname",)),
        Call("ride", f"{base}/verify-email", {"otp": OTP}, {"otp": "otp is required"}, person=person),
        Call("ride", f"{base}/resend-otp", {"email": MAIL}, email),
        Call("ride", f"{base}/login", {"email": MAIL, "password": "Secure@123"}, email | password),
        Call("ride", f"{base}/refresh-token", {"refreshToken": "x"}, {}, ("refreshToken",), empty=True),
        Call("ride", f"{base}/forgot-password", {"email": MAIL}, email),
        Call("ride", f"{base}/reset-password/{'A' * 43}", {"password": "NewSecure@123"}, password),
        Call("ride", f"{link}/{'A' * 43}", {"password": "NewSecure@123"}, password),
    ]


REFUSED_EMAIL, REFUSED_CODE = "User already registered or invalid email", "Verification code expired or incorrect"
ALL = "Please add all fields"
CALLS = [
    Call("compass", "/user/create", {"email": MAIL, "password": "securepassword", "first_name": "John", "last_name": "Doe"},
         dict.fromkeys(("email", "password", "first_name", "last_name"), ADDRESS), ("phone_number",)),
    Call("compass", "/user/create/verify", {"otp": OTP, "email": MAIL},
         {"otp": "OTP is required", "email": "User is already verified or does not exist"}, ("phone_number",)),
    Call("compass", "/user/create/resend-otp", {"email": MAIL}, {"email": ADDRESS}, ("phone_number",), empty=True),
    Call("compass", "/user/login", {"email": MAIL, "password": "securepassword"},
         dict.fromkeys(("email", "password"), ADDRESS), ("phone_number",)),
    Call("compass", "/user/forgot-password", {"email": MAIL}, {"email": ADDRESS}, ("phone_number",), empty=True),
    Call("compass", "/user/reset-password", {"otp": OTP, "email": MAIL, "new_password": "newsecurepassword"},
         dict.fromkeys(("otp", "email", "new_password"), ADDRESS), ("phone_number",)),
    *role("/api/v1/user", "/reset-password", Rider),
    *role("/api/v1/captain", "/captain/reset-password", Captain),
    Call("contacts", "/api/auth/register", {"fullName": "John Doe", "email": MAIL, "password": "password123"},
         dict.fromkeys(("fullName", "email", "password"), ALL)),
    Call("contacts", "/api/auth/login", {"email": MAIL, "password": "password123"}, dict.fromkeys(("email", "password"), ALL)),
    Call("contacts", "/api/auth/forgot-password", {"email": MAIL}, {"email": ALL}),
    Call("contacts", "/api/auth/verify-otp", {"email": MAIL, "otp": OTP}, dict.fromkeys(("email", "otp"), ALL)),
    Call("contacts", "/api/auth/reset-password", {"resetToken": "x", "newPassword": "newpassword123"},
         dict.fromkeys(("resetToken", "newPassword"), ALL)),
    Call("contacts", "/api/auth/check-registered", {"identifiers": [MAIL]},
         {"identifiers": "Please provide identifiers array"}, person=Contacts, judged=("identifiers",)),
    Call("codes", "/api/v1/users/get-code", {"email": MAIL}, {"email": REFUSED_EMAIL}),
    Call("codes", "/api/v1/users/signup-verify", {"email": MAIL, "verificationCode": OTP, "password": "password123"},
         {"email": REFUSED_EMAIL, "verificationCode": REFUSED_CODE, "password": WEAK}),
    Call("codes", "/api/v1/users/resend-code", {"email": MAIL}, {"email": REFUSED_EMAIL}),
    Call("codes", "/api/v1/users/login", {"email": MAIL, "password": "password123"},
         dict.fromkeys(("email", "password"), "Please provide email and password")),
]
# The calls without a body: the API, the path, its methods.
BARE = [
    ("compass", "/user/logout", {"GET", "POST"}), ("compass", "/user/session", {"GET"}),
    ("ride", "/api/v1/user/profile", {"GET"}), ("ride", "/api/v1/user/logout", {"POST"}),
    ("ride", "/api/v1/captain/profile", {"GET"}), ("ride", "/api/v1/captain/logout", {"POST"}),
    ("contacts", "/api/auth/me", {"GET"}), ("codes", "/api/v1/users/me", {"GET"}),
]
# Where a page stands at the path of a call.
PAGES = ("/reset-password/", "/captain/reset-password/")
METHODS = {call.path: {"POST", *(["GET"] if call.path.startswith(PAGES) else [])} for call in CALLS} | {
    path: methods for _, path, methods in BARE}
API_OF = {call.path: call.api for call in CALLS} | {path: api for api, path, _ in BARE}

calls = pytest.mark.parametrize("call", CALLS, ids=lambda call: call.path.removesuffix("A" * 43) if call else None)
paths = pytest.mark.parametrize("path", METHODS)

_tokens = {}


def headers(call, service):
    """What a call needs besides its body."""
    if call.person is None:
        return {}
    key = service.home, call.person
    if key not in _tokens:
        _tokens[key] = call.person(service).sign_up().bearer
    return _tokens[key]


def in_envelope(api, answer, status, message=None, fields=()):
    """An error in the API's form, with nothing in it but what belongs there."""
    assert (answer.status, answer.media_type) == (status, "application/json"), (answer, answer.body)
    body = answer.json
    match api:
        case "compass":
            assert list(body) == ["error"]
            told = body["error"]
        case "ride":
            assert list(body) == ["status", "data", "message", *(["errors"] if fields else [])], body
            assert (body["status"], body["data"]) == (status, {})
            assert [(list(error), error["field"]) for error in body.get("errors", [])] == [
                (["field", "message"], name) for name in fields], body
            told = body["message"]
        case "contacts":
            assert list(body) == ["status", "message", "data"] and body["status"] is False and body["data"] is None
            told = body["message"]
        case "codes":
            assert list(body) == ["message"]
            told = body["message"]
    assert told and (message is None or told == message), (told, message)
    assert answer.header("Cache-Control") == "no-store" and answer.header("X-Request-Id")
    assert answer.header("X-Content-Type-Options") == "nosniff"
    assert not answer.all("Set-Cookie")
    return body


def refused_for(call, answer, name, message):
    """400 for one field."""
    if call.api != "ride":
        return in_envelope(call.api, answer, 400, message)
    body = in_envelope("ride", answer, 400, None, (name,))
    assert body["errors"] == [{"field": name, "message": message}]
    return body


@calls
def test_a_field_that_is_not_there(service, call):
    """Absent, null and empty are one."""
    for name, message in call.missing.items():
        rest = {other: value for other, value in call.body.items() if other != name}
        # The type of a number is not a text, and an empty one is of another type.
        nothing = [rest, {**rest, name: None}]
        if isinstance(call.body[name], str):
            nothing.append({**rest, name: ""})
        for body in nothing:
            answer = service.client().post(call.path, body, headers=headers(call, service))
            told = refused_for(call, answer, name, message)
            assert call.api != "ride" or told["message"] == "Validation failed"


@calls
def test_a_field_of_another_type_is_named(service, call):
    client = service.client()
    for name in {**call.missing, **dict.fromkeys(call.optional)}:
        if name in call.judged:
            continue
        number = isinstance(call.body.get(name), int)
        for value in ("4", 1.5, 1e300, True, [], ["x"], {}, {"x": "y"}) if number else (0, 1, 1.5, True, False, [], ["x"], {}, {"x": "y"}):
            answer = client.post(call.path, {**call.body, name: value}, headers=headers(call, service))
            refused_for(call, answer, name, f"{name} must be {'a whole number' if number else 'a string'}")


@calls
def test_all_that_is_missing_at_once(service, call):
    if not call.missing:
        return
    answer = service.client().post(call.path, {"unknown": 1}, headers=headers(call, service))
    in_envelope(call.api, answer, 400, fields=tuple(call.missing) if call.api == "ride" else ())


ODD = [
    ("compass", "/user/create", {"email": "no email"}, "Invalid email"),
    ("compass", "/user/create", {"phone_number": "12"}, "Invalid phone number"),
    ("compass", "/user/create", {"password": "short"}, "Password is too weak"),
    ("compass", "/user/create", {"password": MAIL}, "Password is too weak"),
    ("compass", "/user/create", {"first_name": "\n"}, "Invalid first name"),
    ("compass", "/user/create", {"last_name": "x" * 129}, "Invalid last name"),
    ("compass", "/user/login", {"email": "no email"}, "Invalid email"),
    ("compass", "/user/forgot-password", {"email": "no email"}, "Invalid email"),
    ("compass", "/user/create/resend-otp", {"phone_number": "12"}, "Invalid phone number"),
    ("contacts", "/api/auth/register", {"email": "no email"}, "Please add a valid email"),
    ("contacts", "/api/auth/register", {"password": "short"}, WEAK),
    ("contacts", "/api/auth/register", {"password": MAIL}, WEAK),
    ("contacts", "/api/auth/register", {"fullName": " "}, "Please add a valid full name"),
    ("contacts", "/api/auth/verify-otp", {"otp": "x" * 65}, "Invalid or expired OTP"),
    ("contacts", "/api/auth/verify-otp", {"email": "no email"}, "Invalid or expired OTP"),
    ("contacts", "/api/auth/check-registered", {"identifiers": []}, "Please provide identifiers array"),
    ("contacts", "/api/auth/check-registered", {"identifiers": "a@example.com"}, "Please provide identifiers array"),
    ("contacts", "/api/auth/check-registered", {"identifiers": [1]}, "Please provide identifiers array"),
    ("contacts", "/api/auth/check-registered", {"identifiers": ["a", None]}, "Please provide identifiers array"),
    ("contacts", "/api/auth/check-registered", {"identifiers": {"a": "b"}}, "Please provide identifiers array"),
    ("contacts", "/api/auth/check-registered", {"identifiers": ["a@example.com"] * 1001}, "Please provide identifiers array"),
    ("codes", "/api/v1/users/get-code", {"email": "no email"}, REFUSED_EMAIL),
    ("codes", "/api/v1/users/resend-code", {"email": "no email"}, REFUSED_EMAIL),
]
for path in ("/api/v1/user", "/api/v1/captain"):
    ODD += [
        ("ride", f"{path}/register", {name: value}, f"{name} {message}") for name, values, message in (
            ("firstname", (" ", "x" * 129, "a\nb"), "must be 1 to 128 printable characters"),
            ("lastname", (" ", "x" * 129), "must be 1 to 128 printable characters"),
            ("email", ("no email", "a@b", "a@b@example.com", "x" * 250 + "@example.com"), "must be a valid email address"),
            ("password", ("Short@1", "secure@123", "SECURE@123", "Secure@abc", "Secure1234", "Aa1!" * 65), CLASSES),
            ("phone", ("12", "phone", "+1234567", "1" * 16), "must be a valid phone number"),
        ) for value in values
    ]
    ODD += [
        ("ride", f"{path}/{call}", {"email": "no email"}, "email must be a valid email address")
        for call in ("login", "resend-otp", "forgot-password")
    ]
ODD += [
    ("ride", "/api/v1/captain/register", {name: value}, f"{name} {message}") for name, values, message in (
        ("color", (" ", "x" * 129), "must be 1 to 128 printable characters"),
        ("plate", ("\t", "x" * 129), "must be 1 to 128 printable characters"),
        ("capacity", (0, -1, 1001), "must be a whole number from 1 to 1000"),
        ("type", ("boat", "car ", "cars"), "must be car, bike, auto"),
    ) for value in values
]


@pytest.mark.parametrize("api", ["compass", "ride", "contacts", "codes"])
def test_a_value_that_cannot_be(service, api):
    by_path = {call.path: call for call in CALLS}
    for of, path, change, message in ODD:
        if of == api:
            call = by_path[path]
            answer = service.client().post(path, {**call.body, **change}, headers=headers(call, service))
            [name] = change
            refused_for(call, answer, name, message)


def test_every_field_of_a_captain_that_cannot_stay_is_told_at_once(service):
    body = {"firstname": " ", "email": "x", "password": "y", "phone": "z", "color": "", "capacity": 0, "type": "boat"}
    answer = service.client().post("/api/v1/captain/register", body)
    fields = ("firstname", "email", "password", "phone", "color", "plate", "capacity", "type")
    body = in_envelope("ride", answer, 400, "Validation failed", fields)
    missing = [error["field"] for error in body["errors"] if error["message"].endswith("is required")]
    assert missing == ["color", "plate"]


@pytest.mark.parametrize("kind", ["CAR", "Bike", "auto"])
def test_a_vehicle_s_kind_is_known_in_any_case(service, kind):
    captain = Captain(service)
    answer = captain.post("/api/v1/captain/register", captain.body(type=kind), 201)
    assert answer.json["data"]["createdCaptain"]["vehicle"]["vehicleType"] == kind.lower()


@pytest.mark.parametrize("person", [Rider, Captain])
@pytest.mark.parametrize("lastname", [None, ""])
def test_who_has_no_last_name_has_none(service, person, lastname):
    somebody = person(service)
    answer = somebody.post(f"{somebody.base}/register", somebody.body(lastname=lastname), 201)
    assert answer.json["data"][f"created{somebody.noun}"]["fullname"] == {"firstname": "John"}


def test_unknown_fields_are_ignored(service):
    contact = Contacts(service)
    contact.post("/api/auth/register", contact.body(admin=True, _id="0" * 24, x=[{}]), 201)


# A code that nobody was sent, and people whom nobody knows.
UNKNOWN = [
    ("compass", "/user/create/verify", {"otp": OTP}, 404, "User not found"),
    ("compass", "/user/create/resend-otp", {}, 404, "User not found"),
    ("compass", "/user/login", {"password": "securepassword"}, 404, "User not found"),
    ("compass", "/user/forgot-password", {}, 404, "User not found"),
    ("compass", "/user/reset-password", {"otp": OTP, "new_password": "newsecurepassword"}, 404, "User not found"),
    ("ride", "/api/v1/user/resend-otp", {}, 404, "User not found"),
    ("ride", "/api/v1/user/login", {"password": "Secure@123"}, 401, "Invalid email or password"),
    ("ride", "/api/v1/user/forgot-password", {}, 404, "User not found"),
    ("ride", "/api/v1/captain/resend-otp", {}, 404, "Captain not found"),
    ("ride", "/api/v1/captain/login", {"password": "Secure@123"}, 401, "Invalid email or password"),
    ("ride", "/api/v1/captain/forgot-password", {}, 404, "Captain not found"),
    ("contacts", "/api/auth/login", {"password": "password123"}, 401, "Invalid credentials"),
    ("contacts", "/api/auth/verify-otp", {"otp": OTP}, 400, "Invalid or expired OTP"),
    ("codes", "/api/v1/users/signup-verify", {"verificationCode": OTP, "password": "password123"}, 404, REFUSED_CODE),
    ("codes", "/api/v1/users/resend-code", {}, 404, "User not found"),
    ("codes", "/api/v1/users/login", {"password": "password123"}, 401, "Incorrect email or password"),
]


@pytest.mark.parametrize("api, path, body, status, message", UNKNOWN, ids=lambda value: value if isinstance(value, str) else "")
def test_nobody(service, api, path, body, status, message):
    answer = service.client().post(path, {"email": new_email(), **body})
    in_envelope(api, answer, status, message)


@pytest.mark.parametrize("path", ["create/verify", "create/resend-otp", "login", "forgot-password", "reset-password"])
def test_nobody_by_phone(service, path):
    body = {"otp": OTP, "password": "securepassword", "new_password": "newsecurepassword", "phone_number": new_phone()}
    in_envelope("compass", service.client().post(f"/user/{path}", body), 404, "User not found")


# What is taken, by a second registration with the same email.
@pytest.mark.parametrize("person, path, message", [
    (Compass, "/user/create", "User already exists"),
    (Rider, "/api/v1/user/register", "User with this email already exists"),
    (Captain, "/api/v1/captain/register", "Captain with this email already exists"),
    (Contacts, "/api/auth/register", "User already exists"),
    (Codes, "/api/v1/users/get-code", REFUSED_EMAIL),
])
def test_what_is_taken(service, person, path, message):
    first = person(service).sign_up()
    api = {Compass: "compass", Contacts: "contacts", Codes: "codes"}.get(person, "ride")
    for email in (first.email, first.email.upper(), f"  {first.email}\t"):
        body = {"email": email} if person is Codes else person(service).body(email=email)
        in_envelope(api, service.client().post(path, body), 400, message)


def unauthorised(answer, api, message, bearer=True):
    in_envelope(api, answer, 401, message)
    assert answer.all("WWW-Authenticate") == (["Bearer"] if bearer else [])


def test_without_a_token(service):
    client = service.client()
    for method in ("GET", "POST"):
        unauthorised(client.request(method, "/user/logout"), "compass", "No active session found")
    unauthorised(client.get("/user/session"), "compass", "No active session found")
    for base in ("/api/v1/user", "/api/v1/captain"):
        unauthorised(client.get(f"{base}/profile"), "ride", "Unauthorized")
        unauthorised(client.post(f"{base}/logout"), "ride", "Unauthorized")
        unauthorised(client.post(f"{base}/verify-email", {"otp": OTP}), "ride", "Unauthorized")
        unauthorised(client.post(f"{base}/refresh-token"), "ride", "Invalid or expired refresh token", bearer=False)
        answer = client.post(f"{base}/reset-password/x", {"password": "NewSecure@123"})
        in_envelope("ride", answer, 403, "Invalid or expired reset token")
    unauthorised(client.get("/api/auth/me"), "contacts", "Not authorized, no token")
    unauthorised(client.post("/api/auth/check-registered"), "contacts", "Not authorized, no token")
    unauthorised(client.get("/api/v1/users/me"), "codes", "You are not logged in")


# The rules that hold on every endpoint.


def allowed(answer):
    return {method.strip() for method in answer.header("Allow").split(",")}


def methods(path):
    """What `Allow` names: `HEAD` is where `GET` is, unless that changes something."""
    return METHODS[path] | {"OPTIONS"} | ({"HEAD"} if "GET" in METHODS[path] and path != "/user/logout" else set())


@paths
def test_methods(service, path):
    client = service.client()
    answer = client.request("OPTIONS", path, headers={"Origin": "https://elsewhere.example"})
    assert (answer.status, answer.body, allowed(answer)) == (204, b"", methods(path))
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control-")]
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - METHODS[path]:
        answer = client.request(method, path)
        in_envelope(API_OF[path], answer, 405)
        assert allowed(answer) == methods(path)
    answer = client.request("HEAD", path)
    if "HEAD" in methods(path):
        read = client.get(path)
        assert (answer.status, answer.body, answer.header("Content-Type")) == (read.status, b"", read.header("Content-Type"))
    else:
        assert (answer.status, answer.body, allowed(answer)) == (405, b"", methods(path))


@paths
def test_a_trailing_slash_is_another_path(service, path):
    for method in sorted(METHODS[path]):
        for other in (f"{path}/", f"{path}/x"):
            in_envelope(API_OF[path], service.client().request(method, other), 404)


@pytest.mark.parametrize("api, base", [
    ("compass", "/user"), ("ride", "/api/v1/user"), ("ride", "/api/v1/captain"), ("contacts", "/api/auth"),
    ("codes", "/api/v1/users")])
def test_below_its_base_path_a_404_is_the_api_s_own(service, api, base):
    for path in (base, f"{base}/", f"{base}/nothing", f"{base}/nothing/at/all", f"{base}/LOGIN", f"{base}/login;x"):
        for method in ("GET", "POST"):
            in_envelope(api, service.client().request(method, path), 404)
    for path in (f"{base}x", f"/x{base}", base.upper()):
        answer = service.client().get(path)
        assert (answer.status, answer.media_type) == (404, "application/problem+json"), path
        assert answer.json["status"] == 404 and answer.header("X-Request-Id")


@calls
def test_what_is_not_declared_as_json(service, call):
    octets = json.dumps(call.body).encode()
    for media_type in (None, "", "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "json"):
        answer = service.client().request("POST", call.path, octets, {"Content-Type": media_type})
        in_envelope(call.api, answer, 415, "Content-Type must be application/json")


MALFORMED = [
    b"", b"{", b"[]", b"null", b'"x"', b"1", b"{}{}", b"{},", b"{'a':1}", b'{"a":1,}', b'{"a":1,"a":1}', b'{"a":"\xff"}',
    b'{"a":"\\ud800"}', b'{"a":01}', b'{"a":NaN}', b"\xef\xbb\xbf{}", b'{"a":%s%s}' % (b"[" * 16, b"]" * 16), b"{}\0",
]


@calls
def test_what_is_not_one_json_object(service, call):
    for octets in MALFORMED:
        if not octets and call.empty:
            continue
        answer = service.client().request("POST", call.path, octets, {"Content-Type": "application/json"})
        in_envelope(call.api, answer, 400, "Malformed request")


@calls
def test_more_than_64_kib(service, call):
    octets = json.dumps({**call.body, "padding": ""}).encode()
    octets = octets[:-2] + b"x" * (65537 - len(octets)) + b'"}'
    answer = service.client().request("POST", call.path, octets, {"Content-Type": "application/json"})
    in_envelope(call.api, answer, 413, "Request body is too large")


@pytest.mark.parametrize("api, path", [(api, path) for api, path, methods in BARE if "POST" in methods])
def test_a_call_that_takes_no_body_ignores_one(service, api, path):
    for octets, media_type in ((b"{", "application/json"), (b"x", "text/plain"), (b"x" * 70_000, "text/plain"), (b"[]", None)):
        answer = service.client().request("POST", path, octets, {"Content-Type": media_type})
        in_envelope(api, answer, 401)


def test_a_refresh_needs_no_body(service):
    somebody = Rider(service).sign_up()
    client = Client(service.port)
    answer = client.request("POST", "/api/v1/user/refresh-token", cookies={"refreshToken": somebody.refresh})
    assert answer.status == 200 and set(answer.cookies) == {"accessToken", "refreshToken"}
