"""The authorisation of every endpoint as a table: who is let in, by what, and where it stands in the request."""

from dataclasses import dataclass

from apis import Captain, Codes, Compass, Contacts, REALMS, Rider, Twake

GUEST, TOKEN = "nobody@example.com", ":resetToken"
NOT_A_PASSWORD = "x"


@dataclass(frozen=True)
class Endpoint:
    """A call, and a body by which it tells who is let in from who is not, without changing more than it must."""

    method: str
    path: str
    body: object = None
    # A second body that a call for everybody looks further into.
    further: object = None
    # Whether its answers differ from one time to the next.
    varies: bool = False
    # Whether letting somebody in uses up the credential.
    spends: bool = False

    @property
    def name(self):
        return f"{self.method} {self.path}"

    @property
    def template(self):
        return self.path.partition("?")[0]


def role(base, link):
    return [
        Endpoint("POST", f"{base}/register", {}),
        Endpoint("POST", f"{base}/verify-email", {"otp": "no code"}),
        Endpoint("POST", f"{base}/resend-otp", {}, {"email": GUEST}),
        Endpoint("POST", f"{base}/login", {}, {"email": GUEST, "password": "no password of anybody"}),
        Endpoint("GET", f"{base}/profile"),
        Endpoint("POST", f"{base}/logout", spends=True),
        Endpoint("POST", f"{base}/refresh-token", {}, spends=True),
        Endpoint("POST", f"{base}/forgot-password", {}, {"email": GUEST}),
        Endpoint("POST", f"{base}/reset-password/{TOKEN}", {"password": NOT_A_PASSWORD}),
        Endpoint("POST", f"{link}/{TOKEN}", {"password": NOT_A_PASSWORD}),
        Endpoint("GET", f"{link}/{TOKEN}"),
    ]


LOGIN = {"email": GUEST, "password": "no password of anybody"}
ENDPOINTS = [
    Endpoint("POST", "/api/send-otp", {}, {"phone": "+1"}),
    Endpoint("POST", "/api/check-otp", {"password": "no code"}),
    Endpoint("POST", "/api/register", {"nickname": "?", "password": "SecurePass123+"}),
    Endpoint("POST", "/api/check-nickname", {}, {"nickname": "nobodyhasthis"}),
    Endpoint("POST", "/api/check-phone", {}, {"phone": "+4399999999999"}),
    Endpoint("POST", "/api/suggest-nicknames", {}),
    Endpoint("POST", "/api/login", {}, {"login": "nobodyhasthis", "password": "no password of anybody"}),
    Endpoint("GET", "/api/session"),
    Endpoint("POST", "/api/logout", spends=True),
    Endpoint("POST", "/user/create", {}, {"email": GUEST}),
    Endpoint("POST", "/user/create/verify", {"otp": "no code"}, {"otp": "no code", "email": GUEST}),
    Endpoint("POST", "/user/create/resend-otp", {}, {"email": GUEST}),
    Endpoint("POST", "/user/login", {}, LOGIN),
    Endpoint("GET", "/user/logout", spends=True),
    Endpoint("POST", "/user/logout", spends=True),
    Endpoint("POST", "/user/forgot-password", {}, {"email": GUEST}),
    Endpoint("POST", "/user/reset-password", {}, {"otp": "no code", "email": GUEST, "new_password": NOT_A_PASSWORD}),
    Endpoint("GET", "/user/session"),
    *role("/api/v1/user", "/reset-password"),
    *role("/api/v1/captain", "/captain/reset-password"),
    Endpoint("POST", "/api/auth/register", {}),
    Endpoint("POST", "/api/auth/login", {}, LOGIN),
    Endpoint("GET", "/api/auth/me"),
    Endpoint("POST", "/api/auth/forgot-password", {}, {"email": GUEST}),
    Endpoint("POST", "/api/auth/verify-otp", {}, {"email": GUEST, "otp": "no code"}),
    Endpoint("POST", "/api/auth/reset-password", {"newPassword": NOT_A_PASSWORD}),
    Endpoint("POST", "/api/auth/check-registered", {"identifiers": []}),
    Endpoint("POST", "/api/v1/users/get-code", {}, {"email": "no email"}),
    Endpoint("POST", "/api/v1/users/signup-verify", {}),
    Endpoint("POST", "/api/v1/users/resend-code", {}, {"email": GUEST}),
    Endpoint("POST", "/api/v1/users/login", {}, LOGIN),
    Endpoint("GET", "/api/v1/users/me"),
    *(Endpoint("GET", f"/auth/verify?realm={realm}") for realm in REALMS),
    Endpoint("GET", "/reset-password"),
    Endpoint("GET", "/end-session/:link"),
    Endpoint("POST", "/end-session/:link"),
    Endpoint("GET", "/.well-known/jwks.json"),
    Endpoint("GET", "/.well-known/change-password"),
    Endpoint("GET", "/openapi.json"),
    Endpoint("GET", "/healthz"),
    Endpoint("GET", "/readyz"),
    Endpoint("GET", "/metrics", varies=True),
]

# Every kind of credential: who has it, and the steps to it. "pending" and "proof" are cookies of a registration.
KINDS = {
    "twake registration": lambda service: (person := Twake(service).ask(), person.cookie),
    "twake proof": lambda service: (person := Twake(service).prove(), person.cookie),
    "twake login": lambda service: (person := Twake(service).sign_up(), person.cookie),
    "compass pending": lambda service: (person := Compass(service).create(), person.cookie),
    "compass login": lambda service: (person := Compass(service).sign_up(), person.cookie),
    "rider access": lambda service: (person := Rider(service).sign_up(), person.access),
    "rider refresh": lambda service: (person := Rider(service).sign_up(), person.refresh),
    "rider link": lambda service: (person := Rider(service).sign_up(), person.grant()),
    "captain access": lambda service: (person := Captain(service).sign_up(), person.access),
    "captain refresh": lambda service: (person := Captain(service).sign_up(), person.refresh),
    "captain link": lambda service: (person := Captain(service).sign_up(), person.grant()),
    "contacts bearer": lambda service: (person := Contacts(service).sign_up(), person.token),
    "contacts reset": lambda service: (person := Contacts(service).sign_up(), person.grant()),
    "codes bearer": lambda service: (person := Codes(service).sign_up(), person.token),
}

# Where a credential may stand. "session" is a cookie that no API has.
COOKIES = ["twake.session", "compass.session", "accessToken", "refreshToken", "session"]
PLACES = ["bearer", *COOKIES, "body refreshToken", "body resetToken", "path"]

# Who is let in: the endpoint, the live credential, its place -> the answer.
ADMITTED = {
    ("POST /api/check-otp", "twake registration", "twake.session"): (401, "Incorrect password"),
    ("POST /api/register", "twake proof", "twake.session"): (400, "Bad Request: invalid nickname"),
    ("GET /api/session", "twake login", "twake.session"): (200, None),
    ("POST /api/logout", "twake login", "twake.session"): (200, None),
    ("GET /auth/verify?realm=twake", "twake login", "twake.session"): (204, None),
    ("POST /user/create/verify", "compass pending", "compass.session"): (401, "Invalid OTP"),
}
for place in ("compass.session", "bearer"):
    for call in ("GET /user/logout", "POST /user/logout", "GET /user/session"):
        ADMITTED[call, "compass login", place] = (200, None)
    ADMITTED["GET /auth/verify?realm=compass", "compass login", place] = (204, None)
for who, base, link, realm in (
    ("rider", "/api/v1/user", "/reset-password", "riders"),
    ("captain", "/api/v1/captain", "/captain/reset-password", "captains"),
):
    for place in ("accessToken", "bearer"):
        ADMITTED[f"POST {base}/verify-email", f"{who} access", place] = (400, "Invalid or expired OTP")
        ADMITTED[f"GET {base}/profile", f"{who} access", place] = (200, None)
        ADMITTED[f"POST {base}/logout", f"{who} access", place] = (200, None)
        ADMITTED[f"GET /auth/verify?realm={realm}", f"{who} access", place] = (204, None)
    for place in ("refreshToken", "body refreshToken"):
        ADMITTED[f"POST {base}/refresh-token", f"{who} refresh", place] = (200, None)
    for path in (f"{base}/reset-password", link):
        ADMITTED[f"POST {path}/{TOKEN}", f"{who} link", "path"] = (400, "Validation failed")
ADMITTED |= {
    ("GET /api/auth/me", "contacts bearer", "bearer"): (200, None),
    ("POST /api/auth/check-registered", "contacts bearer", "bearer"): (400, "Please provide identifiers array"),
    ("GET /auth/verify?realm=contacts", "contacts bearer", "bearer"): (204, None),
    ("POST /api/auth/reset-password", "contacts reset", "body resetToken"):
        (400, "Password must have 8 to 256 characters and be hard to guess"),
    ("GET /api/v1/users/me", "codes bearer", "bearer"): (200, None),
    ("GET /auth/verify?realm=codes", "codes bearer", "bearer"): (204, None),
}

# Who is refused in other words than who has no credential: the endpoint and the place, whatever stands there.
TOLD = {
    ("GET /api/auth/me", "bearer"): (401, "Not authorized, token failed"),
    ("POST /api/auth/check-registered", "bearer"): (401, "Not authorized, token failed"),
    ("POST /api/auth/reset-password", "body resetToken"): (400, "Invalid or expired reset token"),
}
# And by what became of the credential.
TOLD_OF = {("GET /api/auth/me", "contacts bearer", "bearer", "deleted"): (404, "User not found")}

BY_ACCOUNT = [kind for kind in KINDS if kind not in ("twake registration", "twake proof", "compass pending")]
# In which ways each kind can be over.
STATES = {
    "live": list(KINDS),
    "expired": list(KINDS),
    "ended": list(KINDS),
    "reset": [kind for kind in BY_ACCOUNT if not kind.startswith(("twake", "codes"))],
    "locked": BY_ACCOUNT,
    "deleted": [*BY_ACCOUNT, "compass pending"],
}
