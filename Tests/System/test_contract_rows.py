"""The four APIs with tokens, call by call: each field left out, empty, null and of every wrong type, what cannot be, who
is not known and what is taken."""

import pytest

from apis import Captain, Codes, Compass, Contacts, Rider, new_email
from contract import CALLS, ODD, OTP, REFUSED_EMAIL, UNKNOWN, in_envelope
from people import new_phone

calls = pytest.mark.parametrize("call", CALLS, ids=lambda call: call.path.removesuffix("A" * 43))

_tokens = {}


def headers(call, service):
    """What a call needs besides its body."""
    if call.person is None:
        return {}
    key = service.home, call.person
    if key not in _tokens:
        _tokens[key] = call.person(service).sign_up().bearer
    return _tokens[key]


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
        for value in ("4" if number else 4, 1.5, 1e300, True, False, [], ["x"], {}, {"x": "y"}):
            answer = client.post(call.path, {**call.body, name: value}, headers=headers(call, service))
            refused_for(call, answer, name, f"{name} must be {'a whole number' if number else 'a string'}")


@calls
def test_all_that_is_missing_at_once(service, call):
    if not call.missing:
        return
    answer = service.client().post(call.path, {"unknown": 1}, headers=headers(call, service))
    in_envelope(call.api, answer, 400, fields=tuple(call.missing) if call.api == "ride" else ())


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
