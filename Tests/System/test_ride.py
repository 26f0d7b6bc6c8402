"""The ride API for riders and captains: its document from end to end, and every row of its table."""

import time
from collections import Counter

import pytest

from conftest import RESEND_AFTER
from http_client import at_once
from people import new_phone
from riders import PASSWORD, ROLES, Rider, mails, new_email, octets
from service import Service
from test_rules import headers, methods

NEW = "NewSecure@123"
ENVELOPE = ["status", "data", "message"]


def answered(answer, status, message, data=None):
    """An answer in the envelope; its data."""
    assert answer.status == status, answer
    headers(answer)
    assert sorted(answer.json) == sorted(ENVELOPE), answer
    assert (answer.json["status"], answer.message) == (status, message)
    if data is not None:
        assert answer.json["data"] == data
    return answer.json["data"]


def refused(answer, status, message=None):
    headers(answer)
    assert answer.status == status, answer
    assert list(answer.json) == ENVELOPE and answer.json["status"] == status and answer.json["data"] == {}
    assert message in (None, answer.message)
    assert not answer.cookies
    return answer


def blamed(answer):
    """The fields that a validation error names."""
    assert answer.status == 400 and list(answer.json) == [*ENVELOPE, "errors"] and answer.json["data"] == {}, answer
    assert all(list(error) == ["field", "message"] and error["message"] for error in answer.json["errors"])
    headers(answer)
    return [error["field"] for error in answer.json["errors"]]


def sets_tokens(answer, role, access=900, refresh=30 * 86400):
    """Both tokens, as the answer's cookies have them."""
    assert list(answer.cookies) == ["accessToken", "refreshToken"]
    for name, path, lifetime in (("accessToken", "/", access), ("refreshToken", f"/api/v1/{role}", refresh)):
        attributes = answer.cookies[name][1]
        assert attributes == {"path": path, "max-age": str(lifetime), "httponly": "", "samesite": "lax"}
    return {name: value for name, (value, _) in answer.cookies.items()}


@pytest.fixture(params=ROLES)
def role(request):
    return request.param


@pytest.fixture
def rider(service, role):
    return Rider(service, role)


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def test_the_document_of_users_as_printed(service):
    client, base = service.client(), "/api/v1/user"
    john = {"firstname": "John", "lastname": "Doe", "email": "john.doe@example.com", "password": "Secure@123", "phone": "1234567890"}
    shown = {"fullname": {"firstname": "John", "lastname": "Doe"}, "email": "john.doe@example.com", "phone": "1234567890", "isVerified": False}
    answer = client.post(f"{base}/register", john)
    assert answer.body == (
        b'{"status":201,"data":{"createdUser":{"fullname":{"firstname":"John","lastname":"Doe"},'
        b'"email":"john.doe@example.com","phone":"1234567890","isVerified":false}},"message":"User Registered Successfully"}')
    token = sets_tokens(answer, "user")["accessToken"]
    first = mails(service).code("john.doe@example.com")
    time.sleep(RESEND_AFTER)
    answered(client.post(f"{base}/resend-otp", {"email": "john.doe@example.com"}), 200, "New otp has been sent", {})
    code = mails(service).code("john.doe@example.com")
    client = service.client()
    if first != code:
        refused(client.post(f"{base}/verify-email", {"otp": first}, headers=bearer(token)), 400, "Invalid or expired OTP")
    answered(
        client.post(f"{base}/verify-email", {"otp": code}, headers=bearer(token)), 200,
        "Your email has been successfully verified", {})
    shown["isVerified"] = True
    data = answered(
        client.post(f"{base}/login", {"email": "john.doe@example.com", "password": "Secure@123"}), 200, "Logged in successfully")
    assert list(data) == ["loggedInUser", "accessToken", "refreshToken"] and data["loggedInUser"] == shown
    answered(client.get(f"{base}/profile", headers=bearer(data["accessToken"]), cookies={}), 200, "User fetched Successfully", shown)
    answered(client.post(f"{base}/logout", headers=bearer(data["accessToken"]), cookies={}), 200, "Logged out successfully", {})
    client.post(f"{base}/register", {**john, "email": "user@example.com", "phone": "1234567891"})
    mails(service).code("user@example.com")
    answer = client.post(f"{base}/forgot-password", {"email": "user@example.com"})
    assert answer.body == b'{"status":200,"message":"Password reset instructions sent to your email","data":{}}'
    link = mails(service).link("user@example.com")
    start = f"http://127.0.0.1:{service.port}/reset-password/"
    assert link.startswith(start)
    answer = service.client().post(f"/reset-password/{link[len(start):]}", {"password": "NewSecure@123"})
    assert answer.body == b'{"status":200,"message":"Password has been reset successfully","data":{}}'


def test_the_document_of_captains_as_printed(service):
    client, base = service.client(), "/api/v1/captain"
    john = {
        "firstname": "John", "lastname": "Doe", "email": "john.doe@example.com", "phone": "1234567890", "password": "Secure@123",
        "color": "Black", "plate": "ABC-123", "capacity": 4, "type": "car"}
    answer = client.post(f"{base}/register", john)
    assert answer.body == (
        b'{"status":201,"data":{"createdCaptain":{"fullname":{"firstname":"John","lastname":"Doe"},'
        b'"email":"john.doe@example.com","phone":"1234567890",'
        b'"vehicle":{"color":"Black","plate":"ABC-123","capacity":4,"vehicleType":"car"},"status":"inactive","isVerified":false}},'
        b'"message":"Captain Registered Successfully"}')
    sets_tokens(answer, "captain")
    shown = answer.json["data"]["createdCaptain"]
    mails(service).code("john.doe@example.com")
    time.sleep(RESEND_AFTER)
    answered(client.post(f"{base}/resend-otp", {"email": "john.doe@example.com"}), 200, "New otp has been sent", {})
    code = mails(service).code("john.doe@example.com")
    answered(client.post(f"{base}/verify-email", {"otp": code}), 200, "Your email has been successfully verified", {})
    data = answered(
        client.post(f"{base}/login", {"email": "john.doe@example.com", "password": "Secure@123"}), 200, "Logged in successfully")
    assert list(data) == ["loggedInCaptain", "accessToken", "refreshToken"]
    assert data["loggedInCaptain"] == {**shown, "status": "active", "isVerified": True}
    profile = client.get(f"{base}/profile", headers=bearer(data["accessToken"]))
    answered(profile, 200, "Captain fetched Successfully", data["loggedInCaptain"])
    answered(client.post(f"{base}/logout"), 200, "Logged out successfully", {})
    answer = client.post(f"{base}/forgot-password", {"email": "john.doe@example.com"})
    assert answer.body == b'{"status":200,"data":{},"message":"Password reset request mail sent"}'
    link = mails(service).link("john.doe@example.com")
    start = f"http://127.0.0.1:{service.port}/captain/reset-password/"
    assert link.startswith(start)
    answer = service.client().post(f"{base}/reset-password/{link[len(start):]}", {"password": "NewSecure@123"})
    assert answer.body == b'{"status":200,"data":{},"message":"Password reset successful"}'


def test_every_bad_field_is_named_at_once(rider):
    fields = ["firstname", "email", "password", "phone"]
    vehicle = ["color", "plate", "capacity", "type"] if rider.role == "captain" else []
    assert blamed(rider.call("register", {})) == fields + vehicle
    bad = dict(firstname="", email="x@y", password="secure@123", phone="123", color=" ", plate="\n", capacity=0, type="ship")
    assert blamed(rider.register(**bad)) == fields + vehicle
    assert rider.service.query(f"SELECT COUNT(*) FROM account WHERE email = '{rider.email}'") == [["0"]]


@pytest.mark.parametrize("value", [1, 1.5, True, [], {}])
@pytest.mark.parametrize(
    "name, field",
    [("register", "firstname"), ("register", "lastname"), ("register", "email"), ("register", "password"), ("register", "phone"),
     ("register", "color"), ("register", "type"), ("verify-email", "otp"), ("resend-otp", "email"), ("login", "email"),
     ("login", "password"), ("refresh-token", "refreshToken"), ("forgot-password", "email"), ("reset-password/x", "password")],
)
def test_a_field_of_another_type_is_named(nginx, name, field, value):
    assert blamed(Rider(nginx, "captain").call(name, {field: value})) == [field]


@pytest.mark.parametrize("capacity", ["4", 4.0, 4.5, True, [4], -1, 0, 1001, 10**30])
def test_a_capacity_is_a_whole_number_of_seats(nginx, capacity):
    assert blamed(Rider(nginx, "captain").register(capacity=capacity)) == ["capacity"]


@pytest.mark.parametrize("kind", ["car", "Bike", "AUTO"])
def test_a_vehicle_s_kind_is_printed_in_lower_case(nginx, kind):
    answer = Rider(nginx, "captain").register(type=kind, capacity=1)
    assert answer.json["data"]["createdCaptain"]["vehicle"] == {"color": "Black", "plate": "ABC-123", "capacity": 1, "vehicleType": kind.lower()}


def test_names_and_numbers_come_back_as_typed(rider):
    digits = rider.phone[1:]
    typed = f"+{digits[:2]} ({digits[2:5]}) {digits[5:]}"
    answer = rider.register(firstname="Zoë 🙂", lastname="O'Neil", phone=typed)
    shown = answer.json["data"][f"created{rider.noun}"]
    assert shown["fullname"] == {"firstname": "Zoë 🙂", "lastname": "O'Neil"} and shown["phone"] == typed
    assert rider.profile().json["data"] == shown


def test_an_email_and_a_phone_belong_to_one_account(rider):
    rider.sign_up()
    other = Rider(rider.service, rider.role)
    refused(other.register(email=rider.email.upper()), 400, f"{rider.noun} with this email already exists")
    refused(other.register(phone=rider.phone.replace("+", "00")), 400, f"{rider.noun} with this phone already exists")
    assert other.sign_up()
    elsewhere = Rider(rider.service, "user" if rider.role == "captain" else "captain")
    assert elsewhere.register(email=rider.email, phone=rider.phone).status == 201


def test_registrations_of_one_phone_at_once_make_one_account(nginx, role):
    riders, phone = [Rider(nginx, role) for _ in range(16)], new_phone()
    answers = at_once(nginx.port, [octets("POST", f"/api/v1/{role}/register", nginx.port, body=r.form(phone=phone)) for r in riders])
    assert Counter(answer.status for answer in answers) == {201: 1, 400: 15}
    assert {a.message for a in answers if a.status == 400} == {f"{role.capitalize()} with this phone already exists"}


def test_a_code_proves_the_email_once_and_then_any_is_fine(rider):
    rider.sign_up()
    code = rider.code()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    refused(rider.call("verify-email", {"otp": wrong}), 400, "Invalid or expired OTP")
    refused(rider.call("verify-email", {"otp": "x" * 65}), 400, "Invalid or expired OTP")
    assert blamed(rider.call("verify-email", {})) == ["otp"]
    assert rider.profile().json["data"]["isVerified"] is False
    for otp in (code, code, wrong):
        answered(rider.call("verify-email", {"otp": otp}), 200, "Your email has been successfully verified", {})
    assert rider.profile().json["data"]["isVerified"] is True
    assert rider.profile().json["data"].get("status") == {"captain": "active", "user": None}[rider.role]


def test_five_wrong_codes_are_all_there_are(rider):
    code = rider.sign_up().code()
    attempts = [
        octets("POST", f"{rider.base}/verify-email", rider.service.port, rider.cookies, {"otp": f"{(int(code) + step) % 10**6:06d}"})
        for step in range(1, 21)]
    assert {answer.status for answer in at_once(rider.service.port, attempts)} == {400}
    refused(rider.call("verify-email", {"otp": code}), 400, "Invalid or expired OTP")


def test_another_code_has_to_wait_and_is_for_the_unverified(rider):
    rider.sign_up()
    answer = refused(rider.call("resend-otp", {"email": rider.email}), 429)
    assert 1 <= int(answer.header("Retry-After")) <= RESEND_AFTER
    rider.verify()
    time.sleep(RESEND_AFTER)
    refused(rider.call("resend-otp", {"email": rider.email}), 400, f"{rider.noun} is already verified")
    refused(rider.call("resend-otp", {"email": new_email()}), 404, f"{rider.noun} not found")
    assert blamed(rider.call("resend-otp", {})) == ["email"]


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


def everywhere(rider, method, name, cookies, count=48):
    """The statuses of one call made so often at once that every worker answers some."""
    request = octets(method, f"{rider.base}/{name}", rider.service.port, cookies)
    return {answer.status for answer in at_once(rider.service.port, [request] * count)}


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


def token_of(rider):
    """The token of the link that is sent next."""
    answer = rider.call("forgot-password", {"email": rider.email})
    assert answer.status == 200, answer
    start = f"http://127.0.0.1:{rider.service.port}{'/captain' if rider.role == 'captain' else ''}/reset-password/"
    link = rider.link()
    assert link.startswith(start)
    return link[len(start):]


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


@pytest.mark.parametrize(
    "path",
    ["/api/v1/user", "/api/v1/user/", "/api/v1/user/nothing", "/api/v1/user/login/", "/api/v1/captain/x/y", "/reset-password",
     "/reset-password/", "/reset-password/a/b", "/captain/reset-password/", "/api/v1/captain/reset-password"],
)
def test_an_unknown_path_is_the_api_s_404(client, path):
    refused(client.post(path, {}), 404)
    refused(client.get(path), 404)


def test_methods_types_and_sizes_in_the_envelope(rider):
    for name in ("register", "verify-email", "resend-otp", "login", "logout", "refresh-token", "forgot-password", "reset-password/x"):
        assert methods(refused(rider.client.get(f"{rider.base}/{name}"), 405)) == {"POST", "OPTIONS"}
        assert rider.client.request("OPTIONS", f"{rider.base}/{name}").status == 204
        if name != "logout":
            json = {"Content-Type": "application/json"}
            refused(rider.client.request("POST", f"{rider.base}/{name}", b"{}", {"Content-Type": "text/plain"}), 415)
            refused(rider.client.request("POST", f"{rider.base}/{name}", b"[]", json), 400)
            refused(rider.client.request("POST", f"{rider.base}/{name}", b'{"a":"' + b"x" * 65536 + b'"}', json), 413)
    assert methods(refused(rider.client.post(f"{rider.base}/profile"), 405)) == {"GET", "HEAD", "OPTIONS"}
    rider.sign_up()
    assert rider.client.request("HEAD", f"{rider.base}/profile").status == 200


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


def test_a_database_that_does_not_answer_is_500_in_the_envelope(own_service):
    rider = Rider(own_service, "captain").sign_up()
    start_again = own_service.stop_database()
    try:
        for answer in (rider.profile(), rider.call("login", {"email": rider.email, "password": PASSWORD}), rider.call("refresh-token")):
            refused(answer, 500, "Internal server error")
    finally:
        start_again()
    assert rider.profile().status == 200


@pytest.fixture(scope="module")
def uniform():
    service = Service("nginx", AUTHFCGI_OTP_RESEND_AFTER=f"{RESEND_AFTER}s", AUTHFCGI_SECURITY_REVEAL_ACCOUNTS="uniform")
    try:
        service.start()
        yield service
    finally:
        service.remove()


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
