"""With reveal_accounts = "uniform" somebody who registers with an address that is taken gets what anybody gets: an account
that they cannot tell from a new one, in whatever they do with it. And a table of every call that takes an address."""

import pytest

from apis import Captain, Codes, Compass, Contacts, Rider, Twake, mailbox, new_email
from http_client import Client
from people import COOKIE, new_nickname, new_phone
from service import Service, wait_until
from test_uniform import OTP, aged, named, same, seen, uniform

STRONG = "AnotherPass456+"


def views(answers, status):
    """All answers are one, and of this status."""
    first, *others = [seen(answer) for answer in answers]
    assert first[0] == status, (first, others)
    assert all(other == first for other in others), (first, others)
    return answers


def pair(person, uniform):
    """Somebody with an address that is taken, and somebody with one that is not, both about to register."""
    owner = person(uniform).sign_up()
    aged(uniform)
    taken, free = person(uniform), person(uniform)
    taken.email = owner.email
    return owner, taken, free


@pytest.mark.parametrize("role", [Rider, Captain])
@pytest.mark.parametrize("what", ["email", "phone"])
def test_ride(uniform, role, what):
    owner, taken, free = pair(role, uniform)
    if what == "phone":
        taken.email, taken.phone = new_email(), owner.phone
    clients = [Client(uniform.port) for _ in range(2)]
    people = [taken, free]
    calls = lambda method, name, *bodies: [
        client.request(method, f"{role.base}/{name}", *([body] if body is not None else []))
        for client, body in zip(clients, bodies or [None, None])
    ]
    answers = views(calls("POST", "register", *[person.body() for person in people]), 201)
    assert [list(answer.cookies) for answer in answers] == [["accessToken", "refreshToken"]] * 2
    views(calls("POST", "register", *[person.body() for person in people]), 429)
    views(calls("GET", "profile"), 200)
    for _ in range(12):
        views(calls("POST", "verify-email", {"otp": OTP}, {"otp": OTP}), 400)
    # As soon as for an address that nobody has; and as seldom.
    addresses = named([taken.email, free.email, new_email()])
    same(uniform, f"{role.base}/resend-otp", addresses, 200)
    same(uniform, f"{role.base}/resend-otp", addresses, 429)
    views(calls("POST", "refresh-token"), 200)
    # Whoever has proven nothing does not log in, with the right password neither: 429 after as many tries.
    for person in people:
        person.client = Client(uniform.port)
    views([person.client.post(f"{role.base}/login", {"email": person.email, "password": person.password}) for person in people], 401)
    views(calls("GET", "profile"), 200)
    views(calls("POST", "logout"), 200)
    views(calls("GET", "profile"), 401)


@pytest.mark.parametrize("role", [Rider, Captain])
def test_a_phone_of_ride_that_is_taken_is_left_to_who_has_it(uniform, role):
    owner, other = role(uniform).sign_up(), role(uniform)
    aged(uniform)
    other.phone = owner.phone
    other.sign_up().verify()
    other.log_in()
    profile = uniform.client().get(f"{role.base}/profile", headers=other.bearer)
    assert profile.json["data"]["phone"] == owner.phone
    holders = uniform.query(f"SELECT email FROM account WHERE realm = '{role.realm}' AND phone = '{owner.phone}'")
    assert holders == [[owner.email]]


@pytest.mark.parametrize("role", [Rider, Captain])
def test_who_proves_the_address_of_a_ride_account_logs_in(uniform, role):
    person = role(uniform).sign_up()
    login = lambda: uniform.client().post(f"{role.base}/login", {"email": person.email, "password": person.password})
    assert login().status == 401
    person.verify()
    assert login().status == 200
    # The link of a reset proves as much, to whom has lost every token.
    other = role(uniform).sign_up()
    person = other
    other.reset()
    assert login().status == 200


def test_contacts(uniform):
    owner, taken, free = pair(Contacts, uniform)
    people = [taken, free]
    tokens = [
        answer.json["data"]["token"] for answer in
        views([uniform.client().post("/api/auth/register", person.body()) for person in people], 201)
    ]
    # However often: there is no second account for an address that has one.
    views([uniform.client().post("/api/auth/register", person.body()) for person in people], 201)
    me = [uniform.client().get("/api/auth/me", headers={"Authorization": f"Bearer {token}"}) for token in tokens]
    views(me, 200)
    login = lambda person: uniform.client().post("/api/auth/login", {"email": person.email, "password": person.password})
    views([login(person) for person in people], 401)
    assert uniform.query(f"SELECT COUNT(*) FROM account WHERE {owner.where()}") == [["1"]]
    # A code proves the address, to its owner alone.
    for person in (free, owner):
        wait_until(lambda: uniform.query("SELECT COUNT(*) FROM outbox WHERE outcome IS NULL") == [["0"]], 15)
        person.mails.skip(person.email)
        person.reset()
        assert login(person).status == 200
    assert login(taken).status == 401
    # Nor is an owner told of more attempts than an address has messages.
    for _ in range(9):
        uniform.client().post("/api/auth/register", taken.body())
    wait_until(lambda: uniform.query("SELECT COUNT(*) FROM outbox WHERE outcome IS NULL") == [["0"]], 15)
    assert len(owner.mails.all(owner.email)) <= 5


def test_compass_and_codes_do_as_much_by_a_session(uniform):
    owner, taken, free = pair(Compass, uniform)
    clients = [Client(uniform.port) for _ in range(2)]
    views([client.post("/user/create", person.body()) for client, person in zip(clients, (taken, free))], 200)
    for _ in range(11):
        views([client.post("/user/create/verify", {"otp": OTP}) for client in clients], 401)
    same(uniform, "/user/create/resend-otp", named([taken.email, free.email, new_email()]), 200)


def test_who_signs_up_to_compass_with_a_mailbox_learns_nothing_of_a_phone(uniform):
    """The code comes whether or not the phone is taken; and then nothing that is done with the account tells."""
    owner = Compass(uniform)
    body = owner.body(phone_number=owner.phone)
    del body["email"]
    client = uniform.client()
    assert client.post("/user/create", body).status == 200
    code = uniform.outbox.code(owner.phone)
    assert client.post("/user/create/verify", {"otp": code}).status == 200
    aged(uniform)
    people = [Compass(uniform), Compass(uniform)]
    people[0].phone = owner.phone
    clients = [Client(uniform.port) for _ in people]
    both = [{"email": person.email, "phone_number": person.phone} for person in people]
    phone = [{"phone_number": person.phone} for person in people]
    email = [{"email": person.email} for person in people]
    call = lambda path, bodies, **more: [
        client.post(f"/user/{path}", {**body, **more}) for client, body in zip(clients, bodies)]
    views(call("create", both, password=STRONG, first_name="John", last_name="Doe"), 200)
    codes = [person.mails.code(person.email) for person in people]
    told = [{"otp": code, **body} for code, body in zip(codes, phone)]
    views([client.post("/user/create/verify", body, cookies={}) for client, body in zip(clients, told)], 401)
    told = [{"otp": code, **body} for code, body in zip(codes, both)]
    views([client.post("/user/create/verify", body, cookies={}) for client, body in zip(clients, told)], 200)
    for body, status in ((phone, 401), (both, 401), (email, 200)):
        views(call("login", body, password=STRONG), status)
    views([client.get("/user/session") for client in clients], 200)
    views(call("create/resend-otp", both), 200)
    views(call("forgot-password", both), 200)
    codes = [person.mails.code(person.email) for person in people]
    reset = [{"otp": code, **body} for code, body in zip(codes, both)]
    views(call("reset-password", reset, new_password="newsecurepassword"), 200)
    views(call("login", email, password="newsecurepassword"), 200)
    # The phone is still its owner's.
    assert client.post("/user/login", {"phone_number": owner.phone, "password": owner.password}).status == 200


def test_twake(uniform):
    owner = Twake(uniform).sign_up()
    aged(uniform)
    phones = [owner.phone, new_phone()]
    same(uniform, "/api/check-phone", [{"phone": phone} for phone in phones], 200)
    clients = [Client(uniform.port) for _ in phones]
    views([client.post("/api/send-otp", {"phone": phone}) for client, phone in zip(clients, phones)], 200)
    for status in [401] * 5 + [400]:
        views([client.post("/api/check-otp", {"password": "0000000"}) for client in clients], status)
    views([client.post("/api/send-otp", {"phone": phone}) for client, phone in zip(clients, phones)], 429)
    people = [Twake(uniform).prove() for _ in phones]
    people[0].email = owner.email
    answers = [
        uniform.client().post(
            "/api/register", {"nickname": person.nickname, "password": person.password, "recovery_email": person.email},
            cookies={COOKIE: person.cookie}) for person in people
    ]
    views(answers, 201)
    # The email stays its owner's, and what is not proven logs nobody in.
    log_in = lambda login, who: uniform.client().post("/api/login", {"login": login, "password": who.password})
    for person in [owner, *people]:
        assert log_in(person.nickname, person).status == log_in(person.phone, person).status == 200
    views([log_in(person.email, person) for person in [owner, *people]], 401)
    assert uniform.query(f"SELECT COUNT(*) FROM account WHERE realm = 'twake' AND email = '{owner.email}'") == [["1"]]


@pytest.mark.parametrize("person, path", [(Codes, "/api/v1/users/resend-code"), (Rider, "/api/v1/user/resend-otp")])
def test_a_second_resend_for_nobody_sends_nothing_either(uniform, person, path):
    stranger = new_email()
    for _ in range(3):
        aged(uniform)
        assert uniform.client().post(path, {"email": stranger}).status in (200, 201)
    wait_until(lambda: uniform.query("SELECT COUNT(*) FROM outbox WHERE outcome IS NULL") == [["0"]], 15)
    assert mailbox(uniform).all(stranger) == []


def test_a_code_that_nobody_got_makes_no_account(uniform):
    stranger = new_email()
    uniform.client().post("/api/v1/users/resend-code", {"email": stranger})
    assert uniform.query(f"SELECT is_withheld FROM challenge WHERE target = '{stranger}'") == [["1"]]
    body = {"email": stranger, "verificationCode": "000000", "password": "securepassword"}
    assert uniform.client().post("/api/v1/users/signup-verify", body).status == 400


def test_the_tries_of_an_email_and_of_a_phone_are_not_those_of_one_account():
    """Else a phone that has no tries left as soon as an email has none would belong to the same account."""
    with Service(
        "nginx", AUTHFCGI_SECURITY_REVEAL_ACCOUNTS="uniform", AUTHFCGI_LIMITS_LOGIN_PER_ACCOUNT="3/15m",
        AUTHFCGI_SECURITY_REVEAL_CODES="false") as service:
        owner = Compass(service)
        client = service.client()
        assert client.post("/user/create", owner.body(phone_number=owner.phone)).status == 200
        code = owner.mails.code(owner.email)
        assert client.post("/user/create/verify", {"otp": code}).status == 200
        for known, unknown in ((owner.email, new_email()), (owner.phone, new_phone())):
            name = "email" if "@" in known else "phone_number"
            bodies = [{name: address, "password": STRONG} for address in (known, unknown)]
            same(service, "/user/login", bodies, 401, times=3)
            same(service, "/user/login", bodies, 429)


def test_shadows_are_swept_when_their_session_is_over(uniform):
    owner, taken, _ = pair(Rider, uniform)
    taken.sign_up()
    shadows = "SELECT COUNT(*) FROM account WHERE shadow_since IS NOT NULL AND email_typed = '%s'" % owner.email
    assert uniform.query(shadows) == [["1"]]
    assert uniform.query(f"SELECT COUNT(*) FROM account WHERE {owner.where()}") == [["1"]]
    taken.log_out()
    assert uniform.client().get("/api/v1/user/profile", headers=owner.bearer).status == 200


# What a call is sent for an address, by `METHOD path`, and what it answers for any. Calls that make something or that end
# in another answer for the second time have tests of their own above, and stand here for the completeness of the table.
EMAIL, PHONE = "email", "phone"
JOHN = {"password": STRONG, "first_name": "John", "last_name": "Doe"}
ROUTE = {"user": {}, "captain": Captain.vehicle}
CALLS = {
    "/api/send-otp": (Twake, PHONE, lambda a: {"phone": a}, 200),
    "/api/check-phone": (Twake, PHONE, lambda a: {"phone": a}, 200),
    "/api/login": (Twake, PHONE, lambda a: {"login": a, "password": STRONG}, 401),
    "/api/register": (Twake, EMAIL, lambda a: {"nickname": new_nickname(), "password": STRONG, "recovery_email": a}, 401),
    "/user/create": (Compass, EMAIL, lambda a: {"email": a, **JOHN}, 200),
    "/user/create/verify": (Compass, EMAIL, lambda a: {"email": a, "otp": OTP}, 401),
    "/user/create/resend-otp": (Compass, EMAIL, lambda a: {"email": a}, 200),
    "/user/login": (Compass, EMAIL, lambda a: {"email": a, "password": STRONG}, 401),
    "/user/forgot-password": (Compass, EMAIL, lambda a: {"email": a}, 200),
    "/user/reset-password": (Compass, EMAIL, lambda a: {"email": a, "otp": OTP, "new_password": STRONG}, 401),
    "/api/auth/register": (Contacts, EMAIL, lambda a: {"fullName": "John Doe", "email": a, "password": STRONG}, 201),
    "/api/auth/login": (Contacts, EMAIL, lambda a: {"email": a, "password": STRONG}, 401),
    "/api/auth/forgot-password": (Contacts, EMAIL, lambda a: {"email": a}, 200),
    "/api/auth/verify-otp": (Contacts, EMAIL, lambda a: {"email": a, "otp": OTP}, 400),
    "/api/v1/users/get-code": (Codes, EMAIL, lambda a: {"email": a}, 201),
    "/api/v1/users/signup-verify": (
        Codes, EMAIL, lambda a: {"email": a, "verificationCode": "no code", "password": STRONG}, 400),
    "/api/v1/users/resend-code": (Codes, EMAIL, lambda a: {"email": a}, 201),
    "/api/v1/users/login": (Codes, EMAIL, lambda a: {"email": a, "password": STRONG}, 401),
}
for _role, _person in (("user", Rider), ("captain", Captain)):
    _base = f"/api/v1/{_role}"
    CALLS |= {
        f"{_base}/register": (
            _person, EMAIL, lambda a, more=ROUTE[_role]: {
                "firstname": "John", "lastname": "Doe", "email": a, "password": STRONG, "phone": new_phone(), **more}, 201),
        f"{_base}/resend-otp": (_person, EMAIL, lambda a: {"email": a}, 200),
        f"{_base}/login": (_person, EMAIL, lambda a: {"email": a, "password": STRONG}, 401),
        f"{_base}/forgot-password": (_person, EMAIL, lambda a: {"email": a}, 200),
    }

# What tells by its purpose, and whom: docs/decisions has why.
TELLING = {"/api/auth/check-registered"}
ADDRESSES = {"email", "phone", "phone_number", "login", "recovery_email", "identifiers"}


def test_the_table_has_every_call_that_takes_an_address(uniform):
    description = uniform.client().get("/openapi.json").json
    takes = set()
    for path, item in description["paths"].items():
        schema = item.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        if ADDRESSES & set(schema.get("properties", {})):
            takes.add(path)
    assert takes == set(CALLS) | TELLING


@pytest.mark.parametrize("path", CALLS)
def test_a_call_answers_the_same_for_any_address(uniform, path):
    person, kind, body, status = CALLS[path]
    owner = person(uniform).sign_up()
    if person in (Rider, Captain):
        proven = person(uniform).sign_up().verify()
    else:
        proven = person(uniform).sign_up()
    aged(uniform)
    new = {EMAIL: new_email, PHONE: new_phone}[kind]
    addresses = [getattr(owner, kind), getattr(proven, kind), new(), new()]
    for _ in range(3):
        same(uniform, path, [body(address) for address in addresses], status)
        status = None
