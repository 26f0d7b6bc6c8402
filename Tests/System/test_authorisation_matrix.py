"""Every endpoint against every kind of credential, in every place where a credential can stand, live and in every way
that one can be over. What is not in `ADMITTED` or `TOLD` is refused exactly like a request without any credential."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from apis import Captain, Codes, Compass, Contacts, REALMS, Rider, Twake
from http_client import Answer
from people import new_phone
from service import Service
from web import Web, with_tenant

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


def over(state, kind, person, value, service):
    """Brings a credential to its state."""
    account = f"(SELECT id FROM account WHERE {person.where()})"
    address = person.phone if isinstance(person, Twake) else person.email
    whose = f"account = {account}" if kind in BY_ACCOUNT else f"address = '{address}'"
    match state:
        case "live":
            pass
        case "expired":
            # A code is good for less time than the session that asked for it.
            service.query(
                f"UPDATE challenge SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE target = '{address}';"
                f"UPDATE session SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE {whose}")
        case "ended":
            # By the call that ends it, where there is one.
            if kind == "twake registration":
                # Another phone takes the session's place.
                person.post("/api/send-otp", {"phone": new_phone()}, cookies={"twake.session": value})
            elif kind.endswith("link") or kind == "contacts reset":
                person.reset(value)
            elif kind == "twake proof":
                body = {"nickname": person.nickname, "password": person.password}
                person.post("/api/register", body, 201, cookies={"twake.session": value})
            elif kind == "compass pending":
                body = {"otp": person.mails.code(person.email)}
                person.post("/user/create/verify", body, cookies={"compass.session": value})
            elif hasattr(person, "log_out") and kind in BY_ACCOUNT:
                person.log_out()
            else:
                service.query(f"UPDATE session SET ended_at = UTC_TIMESTAMP(6) WHERE {whose}")
        case "reset":
            # What was granted before another grant was used is over as well.
            person.reset()
        case "locked":
            service.query(f"UPDATE account SET status = 'locked' WHERE {person.where()}")
        case "deleted":
            service.query(f"DELETE FROM {'account' if kind in BY_ACCOUNT else 'pending_account'} WHERE {person.where()}")
        case _:
            raise AssertionError(state)


class Line:
    """One connection that is kept."""

    def __init__(self, port):
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def send(self, endpoint, place=None, value=None, body=None):
        path, headers = endpoint.path, {}
        body = endpoint.body if body is None else body
        if place == "bearer":
            headers["Authorization"] = f"Bearer {value}"
        elif place in COOKIES:
            headers["Cookie"] = f"{place}={value}"
        elif place == "path":
            path = path.replace(TOKEN, value)
        elif place:
            body = {**(body or {}), place.split()[1]: value}
        path = path.replace(TOKEN, "A" * 43)
        octets = None
        if endpoint.method == "POST":
            octets = json.dumps({} if body is None else body).encode()
            headers["Content-Type"] = "application/json"
        for attempt in (1, 2):
            try:
                self.connection.request(endpoint.method, path, octets, headers)
                response = self.connection.getresponse()
                return Answer(response.status, response.getheaders(), response.read())
            except (http.client.RemoteDisconnected, ConnectionError):
                # The web server closes a connection after some number of requests.
                self.connection.close()
                if attempt == 2:
                    raise


def outcome(answer):
    """What of an answer tells whether somebody was let in."""
    return answer.status, answer.body, answer.all("WWW-Authenticate"), answer.all("Set-Cookie")


def told(answer):
    body = answer.json if answer.body and answer.media_type.endswith("json") else {}
    return answer.status, body.get("message", body.get("error"))


def places(endpoint):
    """Where a credential can stand in a request for the endpoint."""
    for place in PLACES:
        if place == "path" and TOKEN not in endpoint.path or place.startswith("body") and endpoint.method != "POST":
            continue
        yield place


@pytest.fixture(scope="module")
def matrix():
    service = Service("nginx", AUTHFCGI_OTP_RESEND_AFTER="1ms", AUTHFCGI_OTP_PER_HOUR="1000")
    try:
        service.start()
        yield service
    finally:
        service.remove()


@pytest.fixture(scope="module")
def nobody(matrix):
    """What every endpoint answers to who has no credential."""
    line = Line(matrix.port)
    return {
        (endpoint.name, repr(body)): outcome(line.send(endpoint, body=body))
        for endpoint in ENDPOINTS for body in (None, endpoint.further)
    }


def fault(line, endpoint, kind, state, place, value, nobody, body=None):
    """What is wrong with a cell, if anything."""
    cell = endpoint.name, kind, place
    answer = line.send(endpoint, place, value, body)
    if state == "live" and cell in ADMITTED and body is None:
        status, message = ADMITTED[cell]
        good = answer.status == status and (message is None or told(answer)[1] == message)
        return None if good else f"{cell} {state}: {answer} {answer.body!r}, and not {ADMITTED[cell]}"
    expected = TOLD_OF.get((*cell, state)) or TOLD.get(cell[::2])
    if expected:
        return None if told(answer) == expected else f"{cell} {state}: {told(answer)}, and not {expected}"
    expected = nobody[endpoint.name, repr(body)]
    seen = outcome(answer)
    same = seen[0] == expected[0] if endpoint.varies else seen == expected
    return None if same else f"{cell} {state}: {seen}, and not {expected}"


def row(port, kind, state, value, nobody, strange=False):
    """All cells of a credential but those that use it up."""
    line = Line(port)
    faults = []
    for endpoint in ENDPOINTS:
        for place in places(endpoint):
            leaves = endpoint.spends and (state == "live" or state == "locked" and endpoint.name.endswith("logout"))
            if leaves and not strange and (endpoint.name, kind, place) in ADMITTED:
                continue
            faults.append(fault(line, endpoint, kind, "other tenant" if strange else state, place, value, nobody))
            natural = any((kind, place) == cell[1:] for cell in ADMITTED)
            if endpoint.further and natural:
                faults.append(
                    fault(line, endpoint, kind, "other tenant" if strange else state, place, value, nobody, endpoint.further))
    return [text for text in faults if text]


def test_the_table_knows_every_kind_and_place():
    names = {endpoint.name for endpoint in ENDPOINTS}
    assert len(names) == len(ENDPOINTS)
    for name, kind, place in ADMITTED:
        assert name in names and kind in KINDS and place in PLACES, (name, kind, place)
    assert {kind for _, kind, _ in ADMITTED} == set(KINDS), "a credential that is good for nothing"


def test_the_table_knows_every_endpoint(matrix):
    """Every path answers `OPTIONS` with the methods of the table and no other; the description names no more."""
    client = matrix.client()
    methods = {}
    for endpoint in ENDPOINTS:
        methods.setdefault(endpoint.template, set()).add(endpoint.method)
    known = {}
    for path, named in methods.items():
        answer = client.request("OPTIONS", path.replace(TOKEN, "x"))
        if answer.status == 404 and path in ("/openapi.json", "/metrics"):
            continue
        assert answer.status == 204, path
        known[path] = named
        assert {text.strip() for text in answer.header("Allow").split(",")} - {"HEAD", "OPTIONS"} == named, path
    described = client.get("/openapi.json")
    if described.status == 200:
        paths = {
            path.replace("{", ":").replace("}", ""): {method.upper() for method in item} & {"GET", "POST", "PUT", "PATCH", "DELETE"}
            for path, item in described.json["paths"].items()
        }
        assert paths == known


@pytest.mark.parametrize("state", STATES)
def test_every_cell(matrix, nobody, state):
    def cells(kind):
        person, value = KINDS[kind](matrix)
        over(state, kind, person, value, matrix)
        return row(matrix.port, kind, state, value, nobody)

    with ThreadPoolExecutor(4) as threads:
        faults = [text for found in threads.map(cells, STATES[state]) for text in found]
    assert not faults, "\n".join(faults[:40])


@pytest.mark.parametrize(
    "cell", [cell for cell in ADMITTED if any(e.name == cell[0] and e.spends for e in ENDPOINTS)], ids=" ".join)
def test_cells_that_use_the_credential_up(matrix, nobody, cell):
    name, kind, place = cell
    [endpoint] = [endpoint for endpoint in ENDPOINTS if endpoint.name == name]
    _, value = KINDS[kind](matrix)
    assert not fault(Line(matrix.port), endpoint, kind, "live", place, value, nobody)
    if name.endswith("logout"):
        assert not fault(Line(matrix.port), endpoint, kind, "ended", place, value, nobody)
        # Who is locked out may still leave.
        person, value = KINDS[kind](matrix)
        over("locked", kind, person, value, matrix)
        assert not fault(Line(matrix.port), endpoint, kind, "live", place, value, nobody)


def test_a_tenant_s_credentials_are_nobody_s_in_another(matrix, nobody):
    with Web(matrix, lambda text: with_tenant(text, "other")) as other:
        assert outcome(Line(other.port).send(ENDPOINTS[0])) == nobody[ENDPOINTS[0].name, "None"]

        def cells(job):
            kind, home, port = job
            _, value = KINDS[kind](home)
            faults = row(port, kind, "live", value, nobody, strange=True)
            if home is other:
                # And at home it is somebody's.
                [(endpoint, place)] = [
                    (endpoint, place) for endpoint in ENDPOINTS for place in places(endpoint)
                    if (endpoint.name, kind, place) in ADMITTED][:1]
                faults += filter(None, [fault(Line(other.port), endpoint, kind, "live", place, value, nobody)])
            return faults

        jobs = [(kind, home, port) for kind in KINDS for home, port in ((matrix, other.port), (other, matrix.port))]
        with ThreadPoolExecutor(4) as threads:
            faults = [text for found in threads.map(cells, jobs) for text in found]
        assert not faults, "\n".join(faults[:40])
