"""The calls of the four APIs with tokens as tables: their fields, what is told of each, and the form of their errors."""

from dataclasses import dataclass

from apis import Captain, Contacts, Rider

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
