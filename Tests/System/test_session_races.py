"""A refresh or reset token used many times at once counts once; what is ended is ended in every worker."""

from collections import Counter

import pytest

from apis import Captain, Codes, Compass, Contacts, Rider, Twake
from http_client import at_once, request_octets
from racing import PASSWORDS, ROUNDS, one_won, race, said, whose
from service import RACING, Service
from sessions import first, log_in, shown


@pytest.fixture(scope="module")
def asking():
    """A service that sends as many messages as somebody asks for."""
    with Service("nginx", AUTHFCGI_OTP_RESEND_AFTER="0s", AUTHFCGI_OTP_PER_HOUR="1000", **RACING) as service:
        yield service


@pytest.mark.parametrize("person", [Rider, Captain])
def test_one_refresh_token_has_one_successor(racing, person):
    for _ in range(max(1, ROUNDS // 2)):
        somebody = person(racing).sign_up()
        for _ in range(2):
            before = somebody.refresh
            answers = race(racing, f"{person.base}/refresh-token", [{"refreshToken": before}] * 20)
            assert {answer.status for answer in answers} == {200}, Counter(map(said, answers))
            successors = {answer.json["data"]["refreshToken"] for answer in answers}
            assert len(successors) == 1
            assert {answer.cookies["refreshToken"][0] for answer in answers} == successors
            [somebody.refresh] = successors
            assert somebody.refresh != before
            somebody.access = answers[-1].json["data"]["accessToken"]
            assert racing.client().get(f"{person.base}/profile", headers=somebody.bearer).status == 200


@pytest.mark.parametrize("person", [Rider, Captain])
def test_an_old_refresh_token_used_at_once_ends_the_session(racing, person):
    for _ in range(max(1, ROUNDS // 20)):
        somebody = person(racing).sign_up()
        data = somebody.post(f"{person.base}/refresh-token", {"refreshToken": somebody.refresh}).json["data"]
        racing.query(
            "UPDATE session SET refreshed_at = refreshed_at - INTERVAL 31 SECOND WHERE account ="
            f" (SELECT id FROM account WHERE {somebody.where()})")
        answers = race(racing, f"{person.base}/refresh-token", [{"refreshToken": somebody.refresh}] * 20)
        assert {said(answer) for answer in answers} == {(401, "Invalid or expired refresh token")}
        somebody.access = data["accessToken"]
        assert racing.client().get(f"{person.base}/profile", headers=somebody.bearer).status == 401
        somebody.post(f"{person.base}/refresh-token", {"refreshToken": data["refreshToken"]}, 401)


@pytest.mark.parametrize("person", [Rider, Captain])
def test_whoever_proves_an_email_twice_at_once_has_proven_it(racing, person):
    for _ in range(max(1, ROUNDS // 20)):
        somebody = person(racing).sign_up()
        body = {"otp": somebody.mails.code(somebody.email)}
        request = request_octets(racing.port, "POST", f"{person.base}/verify-email", body, somebody.bearer)
        answers = at_once(racing.port, [request] * 20)
        assert {answer.status for answer in answers} == {200}, Counter(map(said, answers))


def test_one_reset_token_is_used_once(asking):
    for person, path, body in (
        (Contacts, lambda grant: "/api/auth/reset-password", lambda grant, word: {"resetToken": grant, "newPassword": word}),
        (Rider, lambda grant: f"/api/v1/user/reset-password/{grant}", lambda grant, word: {"password": word}),
        (Captain, lambda grant: f"/api/v1/captain/reset-password/{grant}", lambda grant, word: {"password": word}),
    ):
        for _ in range(max(1, ROUNDS // 20)):
            somebody = person(asking).sign_up()
            grant = somebody.grant()
            answers = race(asking, path(grant), [body(grant, password) for password in PASSWORDS])
            winner = one_won(answers, 200, {(400, "Invalid or expired reset token"), (403, "Invalid or expired reset token")})
            whose(asking, f"{person.base}/login", somebody.email, winner)


def everywhere(service, somebody, credentials):
    """What each credential is worth, over so many new connections at once that every worker is asked."""
    requests = [
        request_octets(service.port, "GET", path, headers=headers)
        for credential in credentials for path, headers in [shown(somebody, credential)] for _ in range(24)
    ]
    return {answer.status for answer in at_once(service.port, requests)}


@pytest.mark.parametrize("person", [Twake, Compass, Rider, Captain])
def test_a_logout_is_one_in_every_worker(asking, person):
    somebody = person(asking).sign_up()
    somebody.refreshes = []
    other = log_in(somebody)
    assert everywhere(asking, somebody, [first(somebody), other]) == {200}
    somebody.log_out()
    assert everywhere(asking, somebody, [first(somebody)]) == {401}
    assert everywhere(asking, somebody, [other]) == {200}


@pytest.mark.parametrize("person", [Compass, Rider, Captain, Contacts])
def test_a_reset_ends_all_that_was_issued_before_in_every_worker(asking, person):
    somebody = person(asking).sign_up()
    if person is Rider or person is Captain:
        somebody.verify()
    somebody.refreshes = [somebody.refresh] if hasattr(somebody, "refresh") else []
    issued = [first(somebody), *(log_in(somebody) for _ in range(3))]
    older = somebody.grant() if hasattr(somebody, "grant") else None
    assert everywhere(asking, somebody, issued) == {200}
    somebody.reset()
    assert everywhere(asking, somebody, issued) == {401}
    for refresh in somebody.refreshes:
        answers = race(asking, f"{person.base}/refresh-token", [{"refreshToken": refresh}] * 8)
        assert {answer.status for answer in answers} == {401}
    if person is Contacts:
        somebody.post("/api/auth/reset-password", {"resetToken": older, "newPassword": "ThirdPass789+"}, 400)
    elif older:
        somebody.post(f"{person.base}/reset-password/{older}", {"password": "ThirdPass789+"}, 403)
    assert everywhere(asking, somebody, [log_in(somebody)]) == {200}


@pytest.mark.parametrize("person", [Twake, Compass, Rider, Captain, Contacts, Codes])
def test_a_deleted_account_is_gone_in_every_worker(asking, person):
    somebody = person(asking).sign_up()
    assert everywhere(asking, somebody, [first(somebody)]) == {200}
    asking.query(f"DELETE FROM account WHERE {somebody.where()}")
    assert everywhere(asking, somebody, [first(somebody)]) == {404 if person is Contacts else 401}
