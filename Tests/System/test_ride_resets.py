"""Links for a new password, and what nobody may learn of riders and captains."""

import time
from collections import Counter

import pytest

from conftest import RESEND_AFTER
from http_client import at_once
from riders import PASSWORD, ROLES, Rider, blamed, everywhere, mails, new_email, octets, refused, token_of
from service import Service

NEW = "NewSecure@123"


@pytest.mark.parametrize("is_link", [True, False])
def test_a_link_sets_a_new_password_once_and_ends_every_session_on_every_worker(rider, is_link):
    rider.sign_up().code()
    answer, client = rider.log_in()
    sessions = [rider.cookies, dict(client.cookies)]
    token = token_of(rider)
    path = {"user": "", "captain": "/captain"}[rider.role] if is_link else rider.base
    for password in ("short", "", "nodigits@Here", "NODIGITS1@", rider.email):
        assert blamed(rider.client.post(f"{path}/reset-password/{token}", {"password": password})) == ["password"]
    for cookies in sessions:
        assert everywhere(rider, "GET", "profile", cookies) == {200}
    requests = [octets("POST", f"{path}/reset-password/{token}", rider.service.port, body={"password": f"{NEW}{n}"}) for n in range(16)]
    answers = at_once(rider.service.port, requests)
    assert Counter(answer.status for answer in answers) == {200: 1, 403: 15}
    for cookies in sessions:
        assert everywhere(rider, "GET", "profile", cookies) == {401}
        assert everywhere(rider, "POST", "refresh-token", cookies) == {401}
    assert rider.log_in()[0].status == 401
    winner = [answer.status for answer in answers].index(200)
    assert rider.log_in(f"{NEW}{winner}")[0].status == 200
    refused(rider.client.post(f"{path}/reset-password/{token}", {"password": NEW}), 403, "Invalid or expired reset token")


def test_what_is_no_reset_token_is_403(rider):
    rider.sign_up().code()
    token = token_of(rider)
    other = "captain" if rider.role == "user" else "user"
    for path in ("x", "A" * 43, token + "A", token[:-1], "%00", "..%2f" + token, ":"):
        assert rider.call(f"reset-password/{path}", {"password": NEW}).status in (403, 404, 400)
    refused(rider.client.post(f"/api/v1/{other}/reset-password/{token}", {"password": NEW}), 403)
    assert rider.log_in()[0].status == 200


def test_a_newer_link_takes_the_place_of_the_one_before(rider):
    rider.sign_up().code()
    first = token_of(rider)
    answer = refused(rider.call("forgot-password", {"email": rider.email}), 429)
    assert 1 <= int(answer.header("Retry-After")) <= RESEND_AFTER
    time.sleep(RESEND_AFTER)
    second = token_of(rider)
    refused(rider.call(f"reset-password/{first}", {"password": NEW}), 403)
    assert rider.call(f"reset-password/{second}", {"password": NEW}).status == 200
    refused(rider.call("forgot-password", {"email": new_email()}), 404, f"{rider.noun} not found")
    assert blamed(rider.call("forgot-password", {"email": "x"})) == ["email"]


def test_no_secret_of_ride_is_in_a_log_or_a_table(own_service):
    secrets, codes = [], []
    for role in ROLES:
        rider = Rider(own_service, role).sign_up()
        codes.append(rider.code())
        secrets += [PASSWORD, *rider.cookies.values()]
        assert rider.call("verify-email", {"otp": codes[-1]}).status == 200
        secrets.append(token_of(rider))
        assert rider.call(f"reset-password/{secrets[-1]}", {"password": "weak"}).status == 400
        answer, client = rider.log_in()
        secrets += client.cookies.values()
        secrets += rider.client.request("POST", f"{rider.base}/refresh-token").json["data"].values()
        assert rider.client.get(f"/reset-password/{secrets[-1]}").status in (200, 405)
    logs = {name: text for name, text in own_service.logs().items() if not name.endswith("access.log")}
    assert "reset-password/:resetToken" in "".join(logs.values())
    for name, text in {**logs, **own_service.dump()}.items():
        for secret in secrets:
            assert secret not in text, f"a secret is in {name}"


@pytest.fixture(scope="module")
def uniform():
    with Service("nginx", AUTHFCGI_OTP_RESEND_AFTER=f"{RESEND_AFTER}s", AUTHFCGI_SECURITY_REVEAL_ACCOUNTS="uniform") as service:
        yield service


def told(answer):
    """All of an answer but what differs by time and chance."""
    changing = {"date", "x-request-id"}
    return answer.status, answer.body, [(name, value) for name, value in answer.headers if name.lower() not in changing]


@pytest.mark.parametrize("name", ["resend-otp", "forgot-password"])
def test_where_nothing_is_revealed_known_and_unknown_are_told_alike(uniform, role, name):
    rider, unknown = Rider(uniform, role).sign_up(), new_email()
    rider.code()
    time.sleep(RESEND_AFTER)
    for status in (200, 429):
        answers = [rider.call(name, {"email": address}) for address in (rider.email, unknown)]
        assert told(answers[0]) == told(answers[1]) and answers[0].status == status
    assert mails(uniform).next(rider.email)
    if name == "resend-otp":
        time.sleep(RESEND_AFTER)
        rider.call("resend-otp", {"email": rider.email})
        rider.verify()
        time.sleep(RESEND_AFTER)
        answers = [rider.call(name, {"email": address}) for address in (rider.email, new_email())]
        assert told(answers[0]) == told(answers[1]) and answers[0].status == 200
    assert not mails(uniform).all(unknown)
