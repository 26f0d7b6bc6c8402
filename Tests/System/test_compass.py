"""Every row of the compass table, and what its document prints."""

import datetime
import re
import time

import pytest

from compass import COOKIE, NEW_PASSWORD, PASSWORD, CompassPerson, mailed_code, mails, new_email, new_local_phone, wrong
from conftest import RESEND_AFTER

POSTS = ["create", "create/verify", "create/resend-otp", "login", "logout", "forgot-password", "reset-password"]
WITH_BODY = [path for path in POSTS if path != "logout"]
PATHS = [f"/user/{path}" for path in WITH_BODY]


def common(answer):
    assert answer.header("Cache-Control") == "no-store"
    assert answer.header("X-Content-Type-Options") == "nosniff"
    assert answer.header("X-Request-Id")


def done(answer, *more):
    """200, a message, and those members besides."""
    common(answer)
    assert answer.status == 200 and answer.message, answer
    assert set(answer.json) == {"message", *more}
    return answer


def refused(answer, status, message=None):
    common(answer)
    assert (answer.status, answer.media_type) == (status, "application/json"), answer
    assert list(answer.json) == ["error"] and answer.json["error"]
    assert message is None or answer.json["error"] == message
    return answer


def sets_cookie(answer, lifetime):
    value, attributes = answer.cookies[COOKIE]
    assert re.fullmatch(r"[A-Za-z0-9_.-]{60,}", value)
    assert (attributes["path"], attributes["samesite"]) == ("/", "lax") and "httponly" in attributes
    assert abs(int(attributes["max-age"]) - lifetime) <= 1
    return value


def unchallenged(answer):
    return not answer.all("WWW-Authenticate")


def moment(text):
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", text), text
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def test_the_whole_way(service):
    person = CompassPerson(service)
    created = done(person.create(), "user_id", "expires_in")
    assert re.fullmatch("[0-9a-f]{24}", created.json["user_id"]) and created.json["expires_in"] == 600
    pending = sets_cookie(created, 3600)
    refused(person.session(), 401, "No active session found")
    verified = person.verify()
    assert done(verified, "user_id").json["user_id"] == created.json["user_id"]
    assert sets_cookie(verified, 30 * 86400) != pending
    session = done(person.session(), "session", "user").json
    assert session["user"] == {
        "id": created.json["user_id"], "email": person.email, "phone_number": None, "first_name": "John",
        "last_name": "Doe", "verified": True,
    }
    done(person.client.get("/user/logout"))
    login = done(person.log_in(client=person.client), "session_token", "expires_at", "user")
    assert login.json["user"] == session["user"]
    done(person.forget())
    done(person.reset(person.code(2)))
    refused(person.session(), 401, "No active session found")
    refused(person.log_in(), 401, "Invalid credentials")
    done(person.log_in(NEW_PASSWORD), "session_token", "expires_at", "user")


def test_the_document_s_examples(own_service):
    client = own_service.client()
    user = {"email": "user@example.com", "phone_number": "1234567890"}
    body = {**user, "password": "securepassword", "first_name": "John", "last_name": "Doe"}
    done(client.post("/user/create", body), "user_id", "expires_in")
    code = mailed_code(own_service, "user@example.com")
    done(own_service.client().post("/user/create/verify", {"otp": code, **user}), "user_id")
    login = {"email": "user@example.com", "password": "securepassword"}
    answer = done(client.post("/user/login", login), "session_token", "expires_at", "user")
    assert answer.json["user"]["phone_number"] == "1234567890"
    assert client.get("/user/session").json["user"] == answer.json["user"]
    done(client.get("/user/logout"))
    done(client.post("/user/forgot-password", {"email": "user@example.com"}))
    code = mailed_code(own_service, "user@example.com", 2)
    reset = {"otp": code, "email": "user@example.com", "new_password": "newsecurepassword"}
    done(client.post("/user/reset-password", reset))
    login["password"] = "newsecurepassword"
    done(client.post("/user/login", login), "session_token", "expires_at", "user")


def test_by_phone_alone(service):
    client, phone = service.client(), new_local_phone()
    body = {"phone_number": phone, "password": PASSWORD, "first_name": "John", "last_name": "Doe"}
    done(client.post("/user/create", body), "user_id", "expires_in")
    code = service.outbox.code(f"+1{phone}")
    refused(client.post("/user/create/verify", {"otp": wrong(code), "phone_number": phone}), 401, "Invalid OTP")
    done(service.client().post("/user/create/verify", {"otp": code, "phone_number": f"+1 {phone}"}), "user_id")
    refused(client.post("/user/create/resend-otp", {"phone_number": phone}), 400, "User is already verified")
    answer = done(
        client.post("/user/login", {"phone_number": f"001{phone}", "password": PASSWORD}),
        "session_token", "expires_at", "user")
    assert (answer.json["user"]["phone_number"], answer.json["user"]["email"]) == (phone, None)
    done(client.post("/user/forgot-password", {"phone_number": phone}))
    reset = {"otp": service.outbox.code(f"+1{phone}"), "phone_number": phone, "new_password": NEW_PASSWORD}
    done(client.post("/user/reset-password", reset))


def test_a_phone_that_was_never_proven_resets_nothing_by_itself(service):
    person = CompassPerson(service, phone=new_local_phone()).verified()
    done(service.client().post("/user/forgot-password", {"phone_number": person.phone}))
    reset = {"otp": person.code(2), "phone_number": person.phone, "new_password": NEW_PASSWORD}
    assert service.outbox.texts(f"+1{person.phone}") == []
    done(service.client().post("/user/reset-password", reset))
    done(person.log_in(NEW_PASSWORD), "session_token", "expires_at", "user")


def test_the_code_goes_to_the_email_where_there_is_one(service):
    person = CompassPerson(service, phone=new_local_phone()).created()
    person.code()
    assert service.outbox.texts(f"+1{person.phone}") == []


def test_a_phone_is_echoed_as_it_was_typed_and_an_email_compared_without_regard_to_case(service):
    person = CompassPerson(service, phone="+1 (555) " + new_local_phone()[-7:])
    person.verified()
    assert person.session().json["user"]["phone_number"] == person.phone
    answer = service.client().post("/user/login", {"email": f"  {person.email.upper()} ", "password": PASSWORD})
    assert answer.status == 200


@pytest.mark.parametrize("left_out", ["password", "first_name", "last_name", "email"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_sign_up_without_a_field_is_refused(service, left_out, value):
    refused(CompassPerson(service).create(**{left_out: value}), 400, "Missing required fields")


@pytest.mark.parametrize(
    "field, value, message",
    [("email", "nobody", "Invalid email"), ("phone_number", "12", "Invalid phone number"),
     ("phone_number", "abcdefghij", "Invalid phone number"), ("password", "short", "Password is too weak"),
     ("password", "x" * 257, "Password is too weak"),
     ("first_name", "a\nb", "Invalid first name"), ("last_name", "x" * 129, "Invalid last name")],
)
def test_a_sign_up_with_an_invalid_field_is_refused(service, field, value, message):
    refused(CompassPerson(service).create(**{field: value}), 400, message)


@pytest.mark.parametrize("field", ["email", "phone_number", "password", "first_name", "last_name"])
def test_a_field_of_another_type_is_named(service, field):
    answer = refused(CompassPerson(service).create(**{field: 12}), 400)
    assert field in answer.json["error"]


def test_a_password_that_is_the_email_is_refused(service):
    person = CompassPerson(service)
    refused(person.create(password=person.email.upper()), 400, "Password is too weak")


def test_what_a_verified_account_has_is_taken(service):
    person = CompassPerson(service, phone=new_local_phone()).verified()
    for taken in ({"email": person.email.upper()}, {"phone_number": f"+1{person.phone}"}):
        refused(CompassPerson(service).create(**taken), 400, "User already exists")


def test_a_newer_registration_takes_the_place_of_an_unproven_one(service):
    first = CompassPerson(service).created()
    old = first.code()
    again = CompassPerson(service)
    again.email, again.password = first.email, "anotherpassword"
    assert int(refused(again.create(), 429, "Too many requests").header("Retry-After")) <= RESEND_AFTER
    time.sleep(RESEND_AFTER)
    again.created()
    new = again.code(2)
    refused(first.verify(old), 400, "User is already verified or does not exist")
    if old != new:
        nobodys = {"otp": old, "email": first.email}
        refused(service.client().post("/user/create/verify", nobodys), 401, "Invalid OTP")
    assert again.verify(new).status == 200
    refused(first.log_in(PASSWORD), 401, "Invalid credentials")
    assert again.log_in().status == 200


def test_who_began_a_registration_does_not_prove_its_address_for_a_strangers(service):
    owner, stranger = CompassPerson(service).created(), CompassPerson(service)
    stranger.email, stranger.password = owner.email, "anotherpassword"
    time.sleep(RESEND_AFTER)
    stranger.created()
    newest = owner.code(2)
    nobody = "User is already verified or does not exist"
    refused(owner.client.post("/user/create/verify", {"otp": newest}), 400, nobody)
    refused(owner.client.post("/user/create/verify", {"otp": newest, "email": owner.email}), 401, "Invalid OTP")
    refused(stranger.log_in(), 403, "User is not verified")


@pytest.mark.parametrize("otp", [None, ""])
def test_a_verification_needs_a_code(service, otp):
    for client in (service.client(), CompassPerson(service).created().client):
        refused(client.post("/user/create/verify", {"otp": otp}), 400, "OTP is required")
        refused(client.post("/user/create/verify", {"otp": otp, "email": new_email()}), 400, "OTP is required")


def test_a_verification_of_nobody(service):
    for named in ({"email": new_email()}, {"phone_number": new_local_phone()}):
        refused(service.client().post("/user/create/verify", {"otp": "123456", **named}), 404, "User not found")
    nobody = "User is already verified or does not exist"
    refused(service.client().post("/user/create/verify", {"otp": "123456"}), 400, nobody)
    forged = {COOKIE: "x" * 100}
    refused(service.client().post("/user/create/verify", {"otp": "123456"}, cookies=forged), 400, nobody)


def test_a_code_is_used_once(service):
    person = CompassPerson(service).created()
    pending, code = dict(person.client.cookies), person.code()
    assert person.verify(code).status == 200
    for cookies in (pending, dict(person.client.cookies)):
        answer = person.client.post("/user/create/verify", {"otp": code}, cookies=cookies)
        refused(answer, 400, "User is already verified or does not exist")
    refused(service.client().post("/user/create/verify", {"otp": code, "email": person.email}), 401, "Invalid OTP")
    assert person.session().status == 200


def test_five_wrong_codes_end_the_code(service):
    person = CompassPerson(service).created()
    code = person.code()
    for _ in range(5):
        assert unchallenged(refused(person.verify(wrong(code)), 401, "Invalid OTP"))
    refused(person.verify(code), 401, "Invalid OTP")
    refused(person.verify(code, email=person.email), 401, "Invalid OTP")


def test_what_cannot_be_a_code_is_a_wrong_one(service):
    person = CompassPerson(service).created()
    for otp in ("12345", "abcdef", "1234567", "１２３４５６"):
        refused(person.verify(otp), 401, "Invalid OTP")
    assert person.verify().status == 200


def test_a_code_is_sent_again(service):
    person = CompassPerson(service).created()
    old = person.code()
    resend = lambda **named: service.client().post("/user/create/resend-otp", named)
    refused(resend(email=person.email), 429, "Too many requests")
    time.sleep(RESEND_AFTER)
    done(resend(email=person.email))
    new = person.code(2)
    if old != new:
        refused(person.verify(old), 401, "Invalid OTP")
    assert person.verify(new).status == 200
    refused(resend(email=person.email), 400, "User is already verified")
    refused(resend(email=new_email()), 404, "User not found")
    refused(resend(), 400, "Missing required fields")


def test_a_phone_of_a_verified_account_gets_no_code_for_it(service):
    person = CompassPerson(service, phone=new_local_phone()).verified()
    answer = service.client().post("/user/create/resend-otp", {"phone_number": person.phone})
    refused(answer, 400, "User is already verified")


def test_a_login(service):
    person = CompassPerson(service).verified()
    client = service.client()
    begun = time.time()
    answer = done(person.log_in(client=client), "session_token", "expires_at", "user")
    assert answer.json["session_token"] == sets_cookie(answer, 30 * 86400)
    assert abs(moment(answer.json["expires_at"]) - begun - 30 * 86400) < 30
    assert client.get("/user/session").status == 200


def test_a_login_that_fails(service):
    person = CompassPerson(service).verified()
    login = lambda **fields: service.client().post("/user/login", fields)
    refused(person.log_in("wrongpassword"), 401, "Invalid credentials")
    refused(login(email=new_email(), password=PASSWORD), 404, "User not found")
    refused(login(phone_number=new_local_phone(), password=PASSWORD), 404, "User not found")
    for fields in ({}, {"email": person.email}, {"password": PASSWORD}, {"email": person.email, "password": ""}):
        refused(login(**fields), 400, "Missing required fields")


def test_who_is_not_verified_is_told_to_who_has_the_password(service):
    person = CompassPerson(service).created()
    assert not refused(person.log_in(), 403, "User is not verified").cookies
    refused(person.log_in("wrongpassword"), 401, "Invalid credentials")
    assert person.verify().status == 200
    assert person.log_in().status == 200


def test_email_and_phone_must_be_of_one_account(service):
    one, other = (CompassPerson(service, phone=new_local_phone()).verified() for _ in range(2))
    post = lambda path, **fields: service.client().post(f"/user/{path}", fields)
    mixed = {"email": one.email, "phone_number": other.phone}
    refused(post("login", password=PASSWORD, **mixed), 404, "User not found")
    refused(post("forgot-password", **mixed), 404, "User not found")
    refused(post("reset-password", otp="123456", new_password=NEW_PASSWORD, **mixed), 404, "User not found")
    refused(post("create/resend-otp", **mixed), 404, "User not found")
    refused(post("create/verify", otp="123456", **mixed), 404, "User not found")
    assert post("login", email=one.email, phone_number=one.phone, password=PASSWORD).status == 200


def test_two_pending_registrations_are_not_one(service):
    one, other = (CompassPerson(service, phone=new_local_phone()).created() for _ in range(2))
    mixed = {"email": one.email, "phone_number": other.phone}
    refused(service.client().post("/user/create/resend-otp", mixed), 404, "User not found")
    refused(service.client().post("/user/create/verify", {"otp": one.code(), **mixed}), 404, "User not found")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_logout_ends_this_session_and_no_other(service, method):
    person = CompassPerson(service).verified()
    other = service.client()
    person.log_in(client=other)
    kept = dict(person.client.cookies)
    answer = done(person.client.request(method, "/user/logout"))
    assert answer.cookies[COOKIE][1]["max-age"] == "0" and COOKIE not in person.client.cookies
    refused(person.session(cookies=kept), 401, "No active session found")
    again = refused(person.client.request(method, "/user/logout", cookies=kept), 401, "No active session found")
    assert again.header("WWW-Authenticate") == "Bearer"
    assert other.get("/user/session").status == 200


@pytest.mark.parametrize("path", ["/user/logout", "/user/session"])
def test_no_session(service, path):
    pending = CompassPerson(service).created().client
    for client in (service.client(), pending, service.client(Authorization="Bearer rubbish")):
        answer = refused(client.get(path), 401, "No active session found")
        assert answer.header("WWW-Authenticate") == "Bearer"


def test_the_token_is_taken_as_a_bearer_token(service):
    person = CompassPerson(service).verified()
    bearer = service.client(Authorization=f"Bearer {person.token}")
    assert bearer.get("/user/session").json == person.session().json
    rubbish = person.session(headers={"Authorization": "Bearer rubbish"})
    refused(rubbish, 401, "No active session found")
    done(bearer.get("/user/logout", headers={"Sec-Fetch-Site": "cross-site"}))
    refused(person.session(), 401, "No active session found")


def test_the_session_tells_about_itself(service):
    person = CompassPerson(service).verified()
    session = person.session().json["session"]
    assert set(session) == {"id", "created_at", "expires_at", "last_seen_at"}
    assert re.fullmatch("[0-9a-f]{24}", session["id"])
    created, expires = moment(session["created_at"]), moment(session["expires_at"])
    assert abs(created - time.time()) < 60 and abs(expires - created - 30 * 86400) <= 1
    assert created <= moment(session["last_seen_at"]) <= time.time() + 1
    other = service.client()
    person.log_in(client=other)
    assert other.get("/user/session").json["session"]["id"] != session["id"]


def foreign(service):
    return [
        {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"},
        {"Origin": f"https://127.0.0.1:{service.port}"},
    ]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_of_another_site_logs_nobody_out(service, method):
    person = CompassPerson(service).verified()
    prefetches = [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}]
    for headers in foreign(service) + prefetches:
        refused(person.client.request(method, "/user/logout", headers=headers), 403)
    assert person.session(headers={"Sec-Fetch-Site": "cross-site"}).status == 200
    done(person.client.request(method, "/user/logout", headers={"Sec-Fetch-Site": "same-origin"}))


def test_a_page_of_another_site_verifies_nobody(service):
    person = CompassPerson(service).created()
    code = person.code()
    for headers in foreign(service):
        refused(person.client.post("/user/create/verify", {"otp": code}, headers=headers), 403)
    assert person.verify(code).status == 200


def test_a_forgotten_password(service):
    person = CompassPerson(service).verified()
    others = [service.client() for _ in range(2)]
    for client in others:
        assert person.log_in(client=client).status == 200
    done(person.forget())
    assert int(refused(person.forget(), 429, "Too many requests").header("Retry-After")) >= 1
    code = person.code(2)
    refused(person.reset(wrong(code)), 401, "Invalid OTP")
    refused(person.reset(code, "short"), 400, "Password is too weak")
    refused(person.reset(code, person.email), 400, "Password is too weak")
    done(person.reset(code))
    refused(person.reset(code, "thirdpassword"), 401, "Invalid OTP")
    for client in [person.client, *others]:
        refused(client.get("/user/session"), 401, "No active session found")


def test_a_reset_of_nobody_or_with_nothing(service):
    person = CompassPerson(service).verified()
    post = lambda path, **fields: service.client().post(f"/user/{path}", fields)
    refused(post("forgot-password"), 400, "Missing required fields")
    refused(post("forgot-password", email=new_email()), 404, "User not found")
    whole = {"otp": "123456", "email": person.email, "new_password": NEW_PASSWORD}
    refused(post("reset-password", **whole), 401, "Invalid OTP")
    refused(post("reset-password", **{**whole, "email": new_email()}), 404, "User not found")
    for left_out in whole:
        rest = {key: value for key, value in whole.items() if key != left_out}
        refused(post("reset-password", **rest), 400, "Missing required fields")


def test_an_unproven_registration_has_no_password_to_forget(service):
    refused(CompassPerson(service).created().forget(), 404, "User not found")


def test_a_code_is_for_one_purpose(service):
    person = CompassPerson(service).verified()
    done(person.forget())
    answer = service.client().post("/user/create/verify", {"otp": person.code(2), "email": person.email})
    refused(answer, 401, "Invalid OTP")
    other = CompassPerson(service).created()
    refused(other.reset(other.code()), 404, "User not found")


def test_the_sixth_message_of_an_hour_is_refused(service):
    person = CompassPerson(service).created()
    for _ in range(4):
        time.sleep(RESEND_AFTER)
        done(service.client().post("/user/create/resend-otp", {"email": person.email}))
    time.sleep(RESEND_AFTER)
    answer = refused(service.client().post("/user/create/resend-otp", {"email": person.email}), 429)
    assert int(answer.header("Retry-After")) > 3000
    person.code(5)
    assert len(mails(service, person.email)) == 5


@pytest.mark.parametrize("path", ["/user", "/user/", "/user/create/", "/user/nothing", "/user/session/", "/user/create/verify/x"])
def test_an_unknown_path_is_this_api_s_404(service, path):
    refused(service.client().get(path), 404)
    refused(service.client().post(path, {}), 404)


@pytest.mark.parametrize("path", ["/users", "/userx/create"])
def test_another_path_is_not_this_api_s(client, path):
    answer = client.get(path)
    assert (answer.status, answer.media_type) == (404, "application/problem+json")


def test_another_method_is_405(service):
    for path in PATHS:
        for method in ("GET", "PUT", "DELETE"):
            answer = refused(service.client().request(method, path), 405)
            assert answer.header("Allow") == "OPTIONS, POST"
    assert refused(service.client().post("/user/session", {}), 405).header("Allow") == "GET, HEAD, OPTIONS"


def test_head_does_not_log_out(service):
    person = CompassPerson(service).verified()
    answer = person.client.request("HEAD", "/user/logout")
    assert (answer.status, answer.header("Allow"), answer.body) == (405, "GET, OPTIONS, POST", b"")
    answer = person.client.request("HEAD", "/user/session")
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize("path", PATHS)
def test_what_is_no_json_object_is_refused(service, path):
    client = service.client()
    refused(client.request("POST", path, b"{}", {"Content-Type": "text/plain"}), 415)
    refused(client.request("POST", path, b"{}"), 415)
    refused(client.request("POST", path, b" " * 65537, {"Content-Type": "application/json"}), 413)
    for body in (b"", b"{", b"[]", b'"text"', b'{"email":"a@example.com","email":"b@example.com"}', b'{"email":"\xff"}'):
        refused(client.request("POST", path, body, {"Content-Type": "application/json"}), 400)


@pytest.mark.parametrize("body, media_type", [(b"", None), (b"rubbish", "text/plain"), (b"{", "application/json")])
def test_logout_ignores_a_body(service, body, media_type):
    person = CompassPerson(service).verified()
    done(person.client.request("POST", "/user/logout", body, headers={"Content-Type": media_type}))
