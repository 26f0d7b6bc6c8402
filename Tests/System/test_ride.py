"""The ride API for riders and captains: its document from end to end, registration, and what holds on all its calls."""

import time
from collections import Counter

import pytest

from conftest import RESEND_AFTER
from http_client import at_once
from people import new_phone
from riders import PASSWORD, Rider, answered, bearer, blamed, mails, new_email, octets, refused, sets_tokens
from test_rules import methods


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


@pytest.mark.parametrize(
    "path",
    ["/api/v1/user", "/api/v1/user/", "/api/v1/user/nothing", "/api/v1/user/login/", "/api/v1/captain/x/y",
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


def test_a_database_that_does_not_answer_is_500_in_the_envelope(own_service):
    rider = Rider(own_service, "captain").sign_up()
    start_again = own_service.stop_database()
    try:
        for answer in (rider.profile(), rider.call("login", {"email": rider.email, "password": PASSWORD}), rider.call("refresh-token")):
            refused(answer, 500, "Internal server error")
    finally:
        start_again()
    assert rider.profile().status == 200
