"""The examples of the five documents: each request as printed, and the answer as printed, member for member in that
order. What a document leaves open (`<...>`) is a pattern here; what is random is one wherever it stands."""

import json
import re

import pytest

from apis import mailbox
from people import COOKIE
from service import Service


class Random:
    """A value of which only the form is known."""

    def __init__(self, pattern):
        self.pattern = pattern

    def __eq__(self, other):
        return isinstance(other, str) and re.fullmatch(self.pattern, other) is not None

    def __repr__(self):
        return f"<{self.pattern}>"


ID = Random("[0-9a-f]{24}")
JWT = Random(r"eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
OPAQUE = Random("[A-Za-z0-9_.-]{40,}")


def pairs(value):
    """A JSON text with its members as pairs in their order, so that another order is another value."""
    return json.loads(value, object_pairs_hook=lambda members: members)


def ordered(value):
    if isinstance(value, dict):
        return [(name, ordered(member)) for name, member in value.items()]
    return [ordered(member) for member in value] if isinstance(value, list) else value


def printed(answer, status, body):
    """Whether an answer is what a document prints."""
    assert (answer.status, answer.media_type) == (status, "application/json"), (answer, answer.body)
    assert pairs(answer.body) == ordered(body), answer.body.decode()
    return answer


def text(answer, status):
    assert (answer.status, answer.media_type, answer.body) == (status, "text/plain", b"ok"), (answer, answer.body)
    return answer


@pytest.fixture(scope="module", params=["nginx", "lighttpd", "apache"])
def fresh(request):
    """A service that knows nobody: the documents' people are the same in each."""
    with Service(request.param, AUTHFCGI_OTP_RESEND_AFTER="0s", AUTHFCGI_OTP_PER_HOUR="1000") as service:
        yield service


def test_twake(fresh):
    client = fresh.client()
    answer = text(client.post("/api/send-otp", {"phone": "+1234567890"}), 200)
    assert COOKIE in answer.cookies
    # The document's code is an example; codes have six digits.
    printed(client.post("/api/check-otp", {"password": "1234"}), 401, {"message": "Incorrect password"})
    text(client.post("/api/check-otp", {"password": fresh.outbox.code("+1234567890")}), 200)
    text(
        client.post("/api/register", {
            "nickname": "exampleUser123", "displayName": "John Doe", "recovery_email": "john.doe@example.com",
            "password": "SecurePass123+",
        }), 201)
    # What the document says of errors.
    stranger = fresh.client()
    printed(stranger.post("/api/send-otp", {"phone": "123"}), 400, {"message": "Invalid phone number"})
    printed(
        stranger.post("/api/send-otp", {"phone": "+1234567890"}), 400, {"message": "Phone number is already in use"})
    printed(stranger.post("/api/check-otp", {"password": "1234"}), 400, {"message": "Malformed request"})
    printed(
        stranger.post("/api/register", {"nickname": "exampleUser123", "password": "SecurePass123+"}), 401,
        {"message": "Unauthorized: phone is not verified"})


CREATED = {"message": Random(".+"), "user_id": ID, "expires_in": 600}
COMPASS_USER = {
    "id": ID, "email": "user@example.com", "phone_number": "1234567890", "first_name": "John", "last_name": "Doe",
    "verified": True,
}
MOMENT = Random(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def test_compass(fresh):
    client, mails = fresh.client(), mailbox(fresh)
    post = client.post
    printed(post("/user/create", {
        "email": "user@example.com", "phone_number": "1234567890", "password": "securepassword", "first_name": "John",
        "last_name": "Doe",
    }), 200, CREATED)
    stale = mails.code("user@example.com")
    both = {"email": "user@example.com", "phone_number": "1234567890"}
    login = {"email": "user@example.com", "password": "securepassword"}
    printed(post("/user/login", login), 403, {"error": "User is not verified"})
    printed(post("/user/create/resend-otp", both), 200, {"message": "OTP sent successfully"})
    code = mails.code("user@example.com")
    assert "123456" not in (stale, code), "one run in half a million"
    printed(post("/user/create/verify", {"otp": "123456", **both}), 401, {"error": "Invalid OTP"})
    printed(post("/user/create/verify", both), 400, {"error": "OTP is required"})
    printed(
        post("/user/create/verify", {"otp": "123456", "email": "nobody@example.com"}), 404,
        {"error": "User not found"})
    printed(post("/user/create/verify", {"otp": code, **both}), 200, {
        "message": "User verified successfully", "user_id": ID})
    printed(post("/user/create/resend-otp", both), 400, {"error": "User is already verified"})
    printed(
        fresh.client().post("/user/create/verify", {"otp": code}), 400,
        {"error": "User is already verified or does not exist"})
    answer = printed(post("/user/login", login), 200, {
        "message": "Login successful", "session_token": OPAQUE, "expires_at": MOMENT, "user": COMPASS_USER})
    assert client.cookies["compass.session"] == answer.json["session_token"]
    session = {"id": Random("[0-9a-f]+"), "created_at": MOMENT, "expires_at": MOMENT, "last_seen_at": MOMENT}
    printed(client.get("/user/session"), 200, {
        "message": "Session is active", "session": session, "user": COMPASS_USER})
    printed(client.get("/user/logout"), 200, {"message": "Successfully logged out"})
    for path in ("session", "logout"):
        printed(client.get(f"/user/{path}"), 401, {"error": "No active session found"})
    printed(post("/user/forgot-password", {"email": "user@example.com"}), 200, {"message": "OTP sent successfully"})
    printed(post("/user/forgot-password", {"email": "nobody@example.com"}), 404, {"error": "User not found"})
    reset = {"email": "user@example.com", "new_password": "newsecurepassword"}
    printed(post("/user/reset-password", reset), 400, {"error": "Missing required fields"})
    code = mails.code("user@example.com")
    assert code != "123456"
    printed(post("/user/reset-password", {"otp": "123456", **reset}), 401, {"error": "Invalid OTP"})
    printed(post("/user/reset-password", {"otp": code, **reset}), 200, {"message": "Password reset successfully"})
    printed(post("/user/login", login), 401, {"error": "Invalid credentials"})
    printed(
        post("/user/login", {"email": "nobody@example.com", "password": "securepassword"}), 404,
        {"error": "User not found"})


def rider(is_verified):
    return {
        "fullname": {"firstname": "John", "lastname": "Doe"}, "email": "john.doe@example.com", "phone": "1234567890",
        "isVerified": is_verified,
    }


def captain(is_verified):
    return {
        "fullname": {"firstname": "John", "lastname": "Doe"}, "email": "john.doe@example.com", "phone": "1234567890",
        "vehicle": {"color": "Black", "plate": "ABC-123", "capacity": 4, "vehicleType": "car"},
        "status": "active" if is_verified else "inactive", "isVerified": is_verified,
    }


PERSON = {
    "firstname": "John", "lastname": "Doe", "email": "john.doe@example.com", "phone": "1234567890",
    "password": "Secure@123",
}


@pytest.mark.parametrize(
    "noun, body, account",
    [("User", PERSON, rider), ("Captain", {**PERSON, "color": "Black", "plate": "ABC-123", "capacity": 4, "type": "car"}, captain)])
def test_ride(fresh, noun, body, account):
    mails, base = mailbox(fresh), f"/api/v1/{noun.lower()}"
    client = fresh.client()

    def done(path, body, message, data=None, **more):
        return printed(client.post(base + path, body, **more), 200, {"status": 200, "data": data or {}, "message": message})

    answer = printed(client.post(f"{base}/register", body), 201, {
        "status": 201, "data": {f"created{noun}": account(False)}, "message": f"{noun} Registered Successfully"})
    assert set(answer.cookies) == {"accessToken", "refreshToken"}
    mails.code("john.doe@example.com")
    done("/resend-otp", {"email": "john.doe@example.com"}, "New otp has been sent")
    code = mails.code("john.doe@example.com")
    assert code != "123456"
    client.cookies.clear()
    answer = done(
        "/login", {"email": "john.doe@example.com", "password": "Secure@123"}, "Logged in successfully",
        {f"loggedIn{noun}": account(False), "accessToken": JWT, "refreshToken": OPAQUE})
    assert set(answer.cookies) == {"accessToken", "refreshToken"}
    client.cookies.clear()
    bearer = {"Authorization": f"Bearer {answer.json['data']['accessToken']}"}
    printed(client.post(f"{base}/verify-email", {"otp": "123456"}, headers=bearer), 400, {
        "status": 400, "data": {}, "message": "Invalid or expired OTP"})
    done("/verify-email", {"otp": code}, "Your email has been successfully verified", headers=bearer)
    printed(client.get(f"{base}/profile", headers=bearer), 200, {
        "status": 200, "data": account(True), "message": f"{noun} fetched Successfully"})
    done("/logout", None, "Logged out successfully", headers=bearer)
    forgot, reset = {
        "User": ("Password reset instructions sent to your email", "Password has been reset successfully"),
        "Captain": ("Password reset request mail sent", "Password reset successful"),
    }[noun]
    # Users' document prints the message before the data here, captains' after it.
    def about_password(answer, message):
        members = {"status": 200, "message": message, "data": {}}
        printed(answer, 200, members if noun == "User" else {"status": 200, "data": {}, "message": message})

    email = body["email"]
    if noun == "User":
        # Here the users' document prints another address, and the link's own path.
        email = "user@example.com"
        assert client.post(f"{base}/register", {**body, "email": email, "phone": "1234567891"}).status == 201
        mails.code(email)
    about_password(client.post(f"{base}/forgot-password", {"email": email}), forgot)
    link = mails.link(email)
    prefix = "" if noun == "User" else "/captain"
    site = f"http://127.0.0.1:{fresh.port}"
    found = re.fullmatch(re.escape(f"{site}{prefix}/reset-password/") + "([A-Za-z0-9_-]{43})", link)
    assert found, link
    path = link.removeprefix(site) if noun == "User" else f"{base}/reset-password/{found[1]}"
    about_password(client.post(path, {"password": "NewSecure@123"}), reset)


def contacts(status, message, data=None):
    return {"status": status, "message": message, "data": data}


def test_contacts(fresh):
    client, mails = fresh.client(), mailbox(fresh)
    post = lambda path, body, **more: client.post(f"/api/auth/{path}", body, **more)
    user = {"_id": ID, "fullName": "John Doe", "email": "john@example.com", "token": JWT}
    john = {"fullName": "John Doe", "email": "john@example.com", "password": "yourSecurePassword123"}
    answer = printed(post("register", john), 201, contacts(True, "User registered successfully", user))
    john_id = answer.json["data"]["_id"]
    printed(post("register", john), 400, contacts(False, "User already exists"))
    printed(post("register", {"email": "john@example.com"}), 400, contacts(False, "Please add all fields"))
    login = {"email": "john@example.com", "password": "yourSecurePassword123"}
    answer = printed(post("login", login), 200, contacts(True, "Login successful", user))
    bearer = {"Authorization": f"Bearer {answer.json['data']['token']}"}
    printed(
        post("login", {**login, "password": "password123"}), 401, contacts(False, "Invalid credentials"))
    printed(client.get("/api/auth/me", headers=bearer), 200, contacts(
        True, "User data fetched successfully", {"id": john_id, "fullName": "John Doe", "email": "john@example.com"}))
    printed(client.get("/api/auth/me"), 401, contacts(False, "Not authorized, no token"))
    jane = {"fullName": "Jane Smith", "email": "jane@example.com", "password": "password123"}
    jane_token = post("register", jane).json["data"]
    asked = {"identifiers": ["john@example.com", "jane@example.com", "notregistered@test.com"]}
    printed(post("check-registered", asked, headers=bearer), 200, contacts(
        True, "Registered users fetched successfully", {"registeredUsers": [
            {"identifier": "john@example.com", "userId": john_id, "fullName": "John Doe"},
            {"identifier": "jane@example.com", "userId": jane_token["_id"], "fullName": "Jane Smith"},
        ]}))
    printed(post("check-registered", asked), 401, contacts(False, "Not authorized, no token"))
    printed(post("check-registered", {}, headers=bearer), 400, contacts(False, "Please provide identifiers array"))
    printed(post("forgot-password", {"email": "john@example.com"}), 200, contacts(True, "Success, an OTP has been sent."))
    code = mails.code("john@example.com")
    assert code != "123456"
    printed(
        post("verify-otp", {"email": "john@example.com", "otp": "123456"}), 400, contacts(False, "Invalid or expired OTP"))
    answer = printed(post("verify-otp", {"email": "john@example.com", "otp": code}), 200, contacts(
        True, "OTP verified successfully", {"resetToken": JWT}))
    reset = {"resetToken": answer.json["data"]["resetToken"], "newPassword": "newSecurePassword123"}
    printed(post("reset-password", reset), 200, contacts(True, "Password reset successfully"))
    printed(post("reset-password", reset), 400, contacts(False, "Invalid or expired reset token"))
    # An account that is gone while its token is whole.
    fresh.query("DELETE FROM account WHERE email = 'jane@example.com'")
    gone = {"Authorization": f"Bearer {jane_token['token']}"}
    printed(client.get("/api/auth/me", headers=gone), 404, contacts(False, "User not found"))


def test_contacts_by_curl(fresh):
    """The document's second set of examples, which are of another password."""
    fresh.query("DELETE FROM account WHERE realm = 'contacts'")
    client, mails = fresh.client(), mailbox(fresh)
    user = {"_id": ID, "fullName": "John Doe", "email": "john@example.com", "token": JWT}
    john = {"fullName": "John Doe", "email": "john@example.com", "password": "password123"}
    printed(client.post("/api/auth/register", john), 201, contacts(True, "User registered successfully", user))
    login = {"email": "john@example.com", "password": "password123"}
    answer = printed(client.post("/api/auth/login", login), 200, contacts(True, "Login successful", user))
    bearer = {"Authorization": f"Bearer {answer.json['data']['token']}"}
    assert client.get("/api/auth/me", headers=bearer).status == 200
    printed(
        client.post("/api/auth/forgot-password", {"email": "john@example.com"}), 200,
        contacts(True, "Success, an OTP has been sent."))
    body = {"email": "john@example.com", "otp": mails.code("john@example.com")}
    token = client.post("/api/auth/verify-otp", body).json["data"]["resetToken"]
    printed(
        client.post("/api/auth/reset-password", {"resetToken": token, "newPassword": "newpassword123"}), 200,
        contacts(True, "Password reset successfully"))


def test_codes(fresh):
    client = fresh.client()
    post = lambda path, body: client.post(f"/api/v1/users/{path}", body)
    email = {"email": "user@example.com"}
    code = {"email": "user@example.com", "verificationCode": Random("[0-9]{6}")}
    printed(post("resend-code", email), 404, {"message": "User not found"})
    signup = {**email, "verificationCode": "123456", "password": "password123"}
    printed(post("signup-verify", signup), 404, {"message": "Verification code expired or incorrect"})
    printed(post("get-code", email), 201, {"status": "success", "data": code})
    printed(post("resend-code", email), 201, {"status": "success", "message": "Verification code resent successfully"})
    answer = printed(post("get-code", email), 201, {"status": "success", "data": code})
    good = answer.json["data"]["verificationCode"]
    assert good != "123456"
    printed(post("signup-verify", signup), 400, {"message": "Verification code expired or incorrect"})
    printed(post("signup-verify", {**signup, "verificationCode": good}), 201, {
        "status": "success", "message": "Email verified successfully", "token": JWT})
    printed(post("login", {**email, "password": "password123"}), 200, {"status": "success", "token": JWT})
    printed(post("login", {**email, "password": "password124"}), 401, {"message": "Incorrect email or password"})
    printed(post("get-code", email), 400, {"message": "User already registered or invalid email"})
