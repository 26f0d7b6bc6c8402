"""Every endpoint against every kind of credential, in every place where a credential can stand, live and in every way
that one can be over. What is not in `ADMITTED` or `TOLD` is refused exactly like a request without any credential."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from apis import Twake
from authorisation import ADMITTED, BY_ACCOUNT, COOKIES, ENDPOINTS, KINDS, PLACES, STATES, TOKEN, TOLD, TOLD_OF
from http_client import KeptConnection, request_octets
from people import new_phone
from service import Service
from web import Web, with_tenant


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
        self.connection = KeptConnection(port)

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
        if endpoint.method == "POST":
            body = {} if body is None else body
        else:
            body = None
        return self.connection.send(request_octets(self.port, endpoint.method, path, body, headers, kept=True))


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
    with Service("nginx", AUTHFCGI_OTP_RESEND_AFTER="0s", AUTHFCGI_OTP_PER_HOUR="1000") as service:
        yield service


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
    met = "other tenant" if strange else state
    faults = []
    for endpoint in ENDPOINTS:
        for place in places(endpoint):
            leaves = endpoint.spends and (state == "live" or state == "locked" and endpoint.name.endswith("logout"))
            if leaves and not strange and (endpoint.name, kind, place) in ADMITTED:
                continue
            faults.append(fault(line, endpoint, kind, met, place, value, nobody))
            natural = any((kind, place) == cell[1:] for cell in ADMITTED)
            if endpoint.further and natural:
                faults.append(fault(line, endpoint, kind, met, place, value, nobody, endpoint.further))
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
        verbs = {"get", "post", "put", "patch", "delete"}
        paths = {
            path.replace("{", ":").replace("}", ""): {verb.upper() for verb in verbs & set(item)}
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
