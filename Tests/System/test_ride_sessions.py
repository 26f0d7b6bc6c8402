"""Login, logout, refresh and profile of riders and captains."""

from collections import Counter

import pytest

from http_client import at_once
from riders import PASSWORD, Rider, answered, bearer, blamed, everywhere, new_email, octets, refused, sets_tokens


def test_a_login_begins_another_session(rider):
    rider.sign_up()
    answer, client = rider.log_in()
    data = answered(answer, 200, "Logged in successfully")
    assert sets_tokens(answer, rider.role) == {name: data[name] for name in ("accessToken", "refreshToken")}
    assert data[f"loggedIn{rider.noun}"] == rider.profile().json["data"] == client.get(f"{rider.base}/profile").json["data"]
    assert not {"password", "_id", "id"} & set(data[f"loggedIn{rider.noun}"])


def test_a_login_that_fails_tells_nothing_but_that(rider):
    rider.sign_up()
    for body in ({"email": rider.email, "password": PASSWORD + " "}, {"email": new_email(), "password": PASSWORD}):
        refused(rider.service.client().post(f"{rider.base}/login", body), 401, "Invalid email or password")
    assert blamed(rider.service.client().post(f"{rider.base}/login", {})) == ["email", "password"]


def test_tokens_are_for_their_use_and_their_realm(rider):
    answer, _ = rider.sign_up().log_in()
    access, refresh = answer.json["data"]["accessToken"], answer.json["data"]["refreshToken"]
    other = Rider(rider.service, "user" if rider.role == "captain" else "captain").sign_up()
    tampered = access[:-2] + ("AA" if access[-2:] != "AA" else "BB")
    for token in (refresh, tampered, access + ".", "x", other.cookies["accessToken"], other.cookies["refreshToken"]):
        for name, method in (("profile", "GET"), ("logout", "POST"), ("verify-email", "POST")):
            body = {"otp": "123456"} if name == "verify-email" else None
            for more in ({"headers": bearer(token), "cookies": {}}, {"cookies": {"accessToken": token}}):
                answer = refused(rider.client.request(method, f"{rider.base}/{name}", body, **more), 401)
                assert answer.header("WWW-Authenticate") == "Bearer"
    for token in (access, other.cookies["refreshToken"], refresh[:-2] + "AA", "", "x"):
        refused(rider.call("refresh-token", {"refreshToken": token}, cookies={}), 401, "Invalid or expired refresh token")
    assert rider.profile(access).status == 200


def test_a_logout_ends_all_tokens_of_the_session_on_every_worker_and_no_other(rider):
    rider.sign_up()
    other, _ = rider.log_in()
    kept = rider.cookies
    assert everywhere(rider, "GET", "profile", kept) == {200}
    refreshed = rider.client.request("POST", f"{rider.base}/refresh-token")
    newer = sets_tokens(refreshed, rider.role)
    answer = rider.call("logout")
    answered(answer, 200, "Logged out successfully", {})
    for name, path in (("accessToken", "/"), ("refreshToken", rider.base)):
        value, attributes = answer.cookies[name]
        assert (value, attributes["max-age"], attributes["path"]) == ("", "0", path)
    for tokens in (kept, newer):
        assert everywhere(rider, "GET", "profile", tokens) == {401}
        assert everywhere(rider, "POST", "refresh-token", tokens) == {401}
        refused(rider.call("logout", cookies=tokens), 401)
    assert rider.profile(other.json["data"]["accessToken"]).status == 200


def test_of_many_logouts_at_once_one_ends_the_session(nginx, role):
    rider = Rider(nginx, role).sign_up()
    request = octets("POST", f"{rider.base}/logout", nginx.port, rider.cookies)
    assert Counter(answer.status for answer in at_once(nginx.port, [request] * 16)) == {200: 1, 401: 15}


def test_a_refresh_token_works_once_by_cookie_or_body(rider):
    rider.sign_up()
    first = rider.cookies
    answer = rider.client.request("POST", f"{rider.base}/refresh-token")
    second = sets_tokens(answer, rider.role)
    assert answered(answer, 200, "Token refreshed successfully") == second
    assert first["refreshToken"] != second["refreshToken"] and first["accessToken"] != second["accessToken"]
    lost = rider.call("refresh-token", {"refreshToken": first["refreshToken"]}, cookies={})
    assert lost.json["data"]["refreshToken"] == second["refreshToken"]
    third = rider.call("refresh-token", {"refreshToken": second["refreshToken"]}, cookies={}).json["data"]
    assert rider.profile(third["accessToken"]).status == 200
    refused(rider.call("refresh-token", {"refreshToken": first["refreshToken"]}, cookies={}), 401, "Invalid or expired refresh token")
    for token in (first, second, third):
        refused(rider.profile(token["accessToken"]), 401)
        refused(rider.call("refresh-token", {"refreshToken": token["refreshToken"]}, cookies={}), 401)


def test_many_refreshes_at_once_have_one_successor(rider):
    rider.sign_up()
    request = octets("POST", f"{rider.base}/refresh-token", rider.service.port, rider.cookies)
    answers = at_once(rider.service.port, [request] * 20)
    assert {answer.status for answer in answers} == {200}
    assert len({answer.json["data"]["refreshToken"] for answer in answers}) == 1
    for answer in answers:
        assert rider.profile(answer.json["data"]["accessToken"]).status == 200


@pytest.mark.parametrize("header", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_page_of_another_site_cannot_use_the_cookies(rider, header):
    rider.sign_up()
    for name in ("logout", "refresh-token", "login"):
        refused(rider.call(name, headers=header), 403)
    for cookie in ("accessToken", "refreshToken"):
        refused(rider.call("logout", headers=header, cookies={cookie: rider.cookies[cookie]}), 403)
    own = {"Origin": f"http://127.0.0.1:{rider.service.port}", "Sec-Fetch-Site": "same-origin"}
    assert rider.call("refresh-token", headers=own).status == 200
    assert rider.call("logout", headers=own).status == 200
