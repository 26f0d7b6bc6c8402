"""What the sign-up form asks on its way, login, session and logout; every row of their table."""

import pytest

from people import COOKIE, PASSWORD, Person, new_nickname, new_phone
from test_twake_registration import common, ok, refused, sets_cookie


def test_a_free_nickname_is_ok(client):
    ok(client.post("/api/check-nickname", {"nickname": new_nickname()}))


def test_a_taken_nickname_is_taken_in_any_case(service):
    person = Person(service).sign_up()
    for nickname in (person.nickname, person.nickname.upper()):
        refused(service.client().post("/api/check-nickname", {"nickname": nickname}), 400, "Nickname already taken")


@pytest.mark.parametrize("nickname", ["", "ab", "a" * 21, "a b c", "аbc", "abc\n", "ａｂｃ", "a/b", "abc'--"])
def test_what_is_no_nickname_is_refused(client, nickname):
    refused(client.post("/api/check-nickname", {"nickname": nickname}), 400, "Invalid nickname")


def test_no_nickname_is_an_invalid_one(client):
    refused(client.post("/api/check-nickname", {}), 400, "Invalid nickname")


@pytest.mark.parametrize("nickname", ["abc", "A.b-c_d", "a" * 20, "123"])
def test_all_that_the_pattern_allows_is_a_nickname(client, nickname):
    ok(client.post("/api/check-nickname", {"nickname": nickname}))


def test_phones_are_available_until_they_are_taken(service):
    person = Person(service)
    answer = service.client().post("/api/check-phone", {"phone": person.phone})
    common(answer)
    assert (answer.status, answer.json) == (200, {"available": True})
    person.sign_up()
    assert service.client().post("/api/check-phone", {"phone": person.phone}).json == {"available": False}


@pytest.mark.parametrize("body", [{}, {"phone": ""}, {"phone": "0123456789"}, {"phone": "+12"}, {"phone": "+49171234567890123"}])
def test_what_is_no_phone_is_refused(client, body):
    refused(client.post("/api/check-phone", body), 400, "Invalid phone")


@pytest.mark.parametrize(
    "first, last", [("Ada", "Lovelace"), ("Zoë", "Ångström"), ("李", "小龙"), ("X", "Y"), ("a" * 200, "b" * 200), ("'; --", "%_")]
)
def test_suggested_nicknames_are_free_and_valid(client, first, last):
    answer = client.post("/api/suggest-nicknames", {"firstname": first, "lastname": last})
    common(answer)
    assert answer.status == 200
    suggested = answer.json
    assert isinstance(suggested, list) and len(suggested) <= 5 and len(set(suggested)) == len(suggested)
    if first.isascii() and first.isalpha():
        assert suggested
    for nickname in suggested:
        ok(client.post("/api/check-nickname", {"nickname": nickname}))


@pytest.mark.parametrize("body", [{}, {"firstname": "Ada"}, {"lastname": "Lovelace"}, {"firstname": "", "lastname": ""}])
def test_suggestions_want_both_names(client, body):
    refused(client.post("/api/suggest-nicknames", body), 400, "missing firstname or lastname")


def test_login_by_nickname_phone_and_email(service):
    person = Person(service)
    email = f"{person.nickname}@example.com"
    person.sign_up(recovery_email=email)
    digits = person.phone[1:]
    for login in (person.nickname, person.nickname.upper(), person.phone, f"+{digits[:2]} {digits[2:]}", email, email.upper()):
        client = service.client()
        sets_cookie(ok(client.post("/api/login", {"login": login, "password": PASSWORD})), 30 * 86400)
        assert client.get("/api/session").json["nickname"] == person.nickname


def test_login_tells_nothing_but_that_it_failed(service):
    person = Person(service).sign_up()
    for body in (
        {"login": person.nickname, "password": PASSWORD + " "},
        {"login": person.nickname, "password": PASSWORD.lower()},
        {"login": new_nickname(), "password": PASSWORD},
        {"login": new_phone(), "password": PASSWORD},
        {"login": "", "password": ""},
        {"login": person.nickname},
        {"password": PASSWORD},
        {},
        {"login": f"{person.nickname}%", "password": PASSWORD},
        {"login": "' OR 1=1 -- ", "password": PASSWORD},
    ):
        answer = refused(service.client().post("/api/login", body), 401, "Invalid credentials")
        assert not answer.cookies


def test_a_session_without_a_display_name(service):
    answer = Person(service).sign_up().session()
    assert set(answer.json) == {"nickname", "displayName", "phone"}


def test_no_session_is_401(service):
    for client in (service.client(), Person(service).ask().client, Person(service).verify().client):
        for answer in (client.get("/api/session"), client.post("/api/logout")):
            common(answer)
            assert answer.status == 401 and list(answer.json) == ["message"]


def test_logout_ends_this_session_at_once_and_no_other(service):
    person = Person(service).sign_up()
    other = service.client()
    ok(other.post("/api/login", {"login": person.nickname, "password": PASSWORD}))
    kept = person.cookies
    answer = ok(person.client.post("/api/logout"))
    value, attributes = answer.cookies[COOKIE]
    assert attributes.get("max-age") == "0" or "1970" in attributes.get("expires", "")
    assert attributes["path"] == "/"
    assert person.client.get("/api/session", cookies=kept).status == 401
    assert person.client.post("/api/logout", cookies=kept).status == 401
    assert other.get("/api/session").status == 200


@pytest.mark.parametrize("body, media_type", [(b"", None), (b"rubbish", "text/plain"), (b"{", "application/json")])
def test_logout_ignores_a_body(service, body, media_type):
    person = Person(service).sign_up()
    ok(person.client.request("POST", "/api/logout", body, headers={"Content-Type": media_type}))


def test_the_session_names_the_phone_as_typed(service):
    person = Person(service)
    digits = person.phone[1:]
    typed = f"+{digits[:2]} ({digits[2:5]}) {digits[5:]}"
    ok(person.client.post("/api/send-otp", {"phone": typed}))
    person.read().verify()
    ok(person.register(), 201)
    assert person.session().json["phone"] == typed
