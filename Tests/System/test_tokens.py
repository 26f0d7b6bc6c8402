"""Signed tokens of `contacts` and `codes`: nothing but what the service issued is taken, and others can check them."""

import base64
import json
import os
import random
import secrets
import signal
import subprocess
import time

import pytest

import fcgi_client
from forgery import Original, attempts, decode, encode, flips, hs256, token
from mailbox import Mailbox
from service import Service, wait_until
from test_codes import User
from test_contacts import Contact, call
from test_contacts import failed as contacts_failed

# All but NUL, at which the service hangs up, and blanks.
CONTROLS = (*range(1, 32), 127)
ME = {"contacts": "/api/auth/me", "codes": "/api/v1/users/me"}


def me(service, api, text):
    return service.client().get(ME[api], headers={"Authorization": f"Bearer {text}"})


def refused(answer, api):
    """A token that failed: 401 in the API's words."""
    words = {
        "contacts": '{"status":false,"message":"Not authorized, token failed","data":null}',
        "codes": '{"message":"You are not logged in"}',
    }
    return (answer.status, answer.body.decode(), answer.header("WWW-Authenticate")) == (401, words[api], "Bearer")


def issued(service, api):
    return Contact(service).token if api == "contacts" else User(service).sign_up().token


def original(service, api):
    return Original(issued(service, api), service.home / "token.keys")


@pytest.fixture(params=ME)
def api(request):
    return request.param


def test_what_a_token_says(service, api):
    good = original(service, api)
    assert list(good.header) == ["alg", "kid", "typ"] and (good.header["alg"], good.header["typ"]) == ("HS256", "JWT")
    assert set(good.claims) == {"iss", "aud", "sub", "sid", "jti", "iat", "exp", "typ", "id"}
    assert good.claims["id"] == good.claims["sub"] == me(service, api, good.text).json["data"]["id"]
    assert good.claims["exp"] - good.claims["iat"] == 30 * 86400 and abs(good.claims["iat"] - time.time()) < 5
    assert (good.claims["aud"], good.claims["typ"]) == (api, "bearer")
    assert good.claims["iss"] == f"http://127.0.0.1:{service.port}"
    assert not any(character in good.text for character in "=+/ ")


def test_two_tokens_share_neither_name_nor_session(service):
    contact = Contact(service)
    file = service.home / "token.keys"
    first, second = (Original(text, file).claims for text in (contact.token, contact.log_in().json["data"]["token"]))
    assert first["jti"] != second["jti"] and first["sid"] != second["sid"] and first["sub"] == second["sub"]


def test_what_the_service_did_not_issue_is_refused(service, api):
    good = original(service, api)
    assert me(service, api, good.like()).status == 200, "a token made by hand under the service's key is taken"
    others = {"of cookies": base64.b64decode((service.home / "cookie.keys").read_text().split(":")[1])}
    realms = ["twake", "compass", "riders", {"contacts": "codes", "codes": "contacts"}[api], "tenant/" + api, api + "/" + api,
              api + ":reset", api.upper(), api + " ", "service"]
    kinds = ["reset", "access", "refresh", "Bearer", "bearer ", "JWT", "login"]
    tried = {}
    for what, text in attempts(good, others, realms, kinds):
        answer = service.client().get(ME[api], headers={"Authorization": f"Bearer {text}".encode()})
        tried[what] = answer.status if refused(answer, api) else answer
    wrong = {what: answer.status for what, answer in tried.items() if answer != 401}
    assert not wrong and len(tried) > 250, (wrong, len(tried))
    assert me(service, api, good.text).status == 200


def test_every_other_bit_makes_another_token(service, api):
    good = original(service, api)
    sample = random.Random(1).sample(list(flips(good.text)), 400)
    assert not [text for text in sample if not refused(
        service.client().get(ME[api], headers={"Authorization": f"Bearer {text}".encode("latin-1")}), api)]
    assert me(service, api, good.text).status == 200


def test_every_bit_of_the_signature_counts(nginx):
    good = original(nginx, "contacts")
    head, body, signature = good.parts
    octets = decode(signature)
    for bit in range(256):
        flipped = bytearray(octets)
        flipped[bit // 8] ^= 1 << bit % 8
        assert refused(me(nginx, "contacts", f"{head}.{body}.{encode(bytes(flipped))}"), "contacts")


@pytest.mark.parametrize("size", [8192, 8193, 9000, 20_000, 60_000])
def test_more_than_eight_kibibytes_are_no_token(service, size):
    good = original(service, "contacts")
    long = good.like(claims={"x": "y" * (size * 3 // 4 - 500)})
    long = good.like(claims={"x": "y" * (size * 3 // 4 - 500 + (size - len(long)) * 3 // 4)})
    assert abs(len(long) - size) < 8
    assert me(service, "contacts", long).status in (400, 401, 431)
    for text in (long, good.text + "." * (size - len(good.text)), "A" * size):
        with fcgi_client.connect(str(service.home / "authfcgi.sock")) as connection:
            answer = fcgi_client.exchange(
                connection, path=ME["contacts"], extra=[("HTTP_AUTHORIZATION", f"Bearer {text}")])
        status = int(answer.split(b"\r\n")[0].split()[1])
        assert status == (200 if text == long and len(text) <= 8192 else 401)


def test_control_characters_are_no_part_of_a_token(service):
    good = original(service, "contacts")
    with fcgi_client.connect(str(service.home / "authfcgi.sock")) as connection:
        for text in (*(good.text + chr(code) for code in CONTROLS), *(chr(code) + good.text for code in CONTROLS), ""):
            answer = fcgi_client.exchange(
                connection, path=ME["contacts"], extra=[("HTTP_AUTHORIZATION", f"Bearer {text}")])
            assert answer.startswith(b"Status: 401 "), repr(text[-5:])


def test_a_token_is_worth_nothing_elsewhere(service):
    tokens = {api: issued(service, api) for api in ME}
    for api in ME:
        for other, text in tokens.items():
            assert (me(service, api, text).status == 200) == (api == other)
    with fcgi_client.connect(str(service.home / "authfcgi.sock")) as connection:
        for tenant, status in (("", 200), ("contacts", 401), ("x", 401)):
            answer = fcgi_client.exchange(connection, path=ME["contacts"], extra=[
                ("HTTP_AUTHORIZATION", f"Bearer {tokens['contacts']}"), ("AUTH_TENANT", tenant)])
            assert answer.startswith(b"Status: %d " % status)


def test_a_reset_token_has_a_kind_and_an_audience_of_its_own(service):
    contact = Contact(service)
    contact.forget()
    reset = Original(contact.reset_token(Mailbox(service.home / "outbox").code(contact.email)), service.home / "token.keys")
    assert (reset.claims["typ"], reset.claims["aud"]) == ("reset", "contacts:reset")
    assert reset.claims["exp"] - reset.claims["iat"] == 900
    # Even under the service's key its session is no login, whatever the token says of itself.
    for claims in ({}, {"typ": "bearer"}, {"aud": "contacts"}, {"typ": "bearer", "aud": "contacts"}):
        assert refused(me(service, "contacts", reset.like(claims=claims)), "contacts")
    login = Original(contact.token, service.home / "token.keys")
    for claims in ({}, {"typ": "reset"}, {"aud": "contacts:reset"}, {"typ": "reset", "aud": "contacts:reset"}):
        contacts_failed(contact.reset(login.like(claims=claims), "newpassword123"), 400, "Invalid or expired reset token")
    now = int(time.time())
    for text in (reset.like(claims={"iat": now - 9, "exp": now - 1}), reset.like(key=b""), reset.text + "=",
                 token({"alg": "none"}, reset.claims, lambda signed: b"")):
        contacts_failed(contact.reset(text, "newpassword123"), 400, "Invalid or expired reset token")
    assert contact.reset(reset.text, "newpassword123").status == 200


def test_nothing_of_a_token_is_logged_or_stored(service):
    contact = Contact(service)
    contact.forget()
    reset = contact.reset_token(Mailbox(service.home / "outbox").code(contact.email))
    contact.me()
    contact.me(contact.token + "x")
    wanted = [part for text in (contact.token, reset) for part in text.split(".")[1:]]
    wanted += [Original(text, service.home / "token.keys").claims["sid"] for text in (contact.token, reset)]
    places = {**service.logs(), **service.dump()}
    assert not [(name, part) for name, text in places.items() for part in wanted if part in text]


# Keys of one's own, and another's view of the tokens.


def ed25519():
    """A new seed, and its private key as OpenSSL reads it (RFC 8410, 7)."""
    seed = secrets.token_bytes(32)
    der = bytes.fromhex("302e020100300506032b657004220420") + seed
    pem = "-----BEGIN PRIVATE KEY-----\n" + base64.b64encode(der).decode() + "\n-----END PRIVATE KEY-----\n"
    return base64.b64encode(seed).decode(), pem


class Keyed(Service):
    """A service whose keys the test writes."""

    def write_keys(self, *lines):
        file = self.home / "token.keys"
        new = self.home / "token.keys.new"
        new.touch(0o600)
        new.write_text("".join(line + "\n" for line in lines))
        new.rename(file)

    def take_keys(self, *lines, kid):
        """Writes keys and has them read; the one that is meant signs then, in all workers."""
        self.write_keys(*lines)
        before = self.processes()
        os.kill(self.pid("authfcgi"), signal.SIGHUP)
        wait_until(lambda: not (self.processes() & before) - {self.pid("authfcgi")}, 30)
        assert header(Contact(self).token)["kid"] == kid


def header(text):
    return json.loads(decode(text.split(".")[0]))


def keyed(*lines, **settings):
    service = Keyed("nginx", **settings)
    service.write_keys(*lines)
    return service


def secret():
    return base64.b64encode(secrets.token_bytes(32)).decode()


def test_old_tokens_stay_good_while_their_key_is_in_the_file():
    first, second, (seed, _) = f"a1:{secret()}", f"b2:{secret()}", ed25519()
    service = keyed(first)
    try:
        service.start()
        contact = Contact(service)
        old = contact.token
        assert header(old)["kid"] == "a1"
        service.take_keys(second, first, kid="b2")
        new = contact.log_in().json["data"]["token"]
        assert [me(service, "contacts", text).status for text in (old, new)] == [200, 200]
        service.take_keys(second, f"e3:ed25519:{seed}", kid="b2")
        assert refused(me(service, "contacts", old), "contacts") and me(service, "contacts", new).status == 200
        # A key of the same name is not the same key.
        service.take_keys(f"b2:{secret()}", kid="b2")
        assert refused(me(service, "contacts", new), "contacts")
        service.take_keys(first, second, kid="a1")
        assert [me(service, "contacts", text).status for text in (old, new)] == [200, 200]
    finally:
        service.remove()


@pytest.fixture(scope="module")
def eddsa():
    (seed, pem), mac = ed25519(), secret()
    service = keyed(f"m1:{mac}", f"e1:ed25519:{seed}", AUTHFCGI_TOKENS_ALGORITHM="EdDSA")
    (service.home / "e1.pem").write_text(pem)
    try:
        service.start()
        yield service
    finally:
        service.remove()


def openssl(service, signed, signature=None):
    """The signature of some octets by the service's Ed25519 key, or whether one is good, as OpenSSL has it."""
    (service.home / "signed").write_bytes(signed)
    command = ["openssl", "pkeyutl", "-rawin", "-inkey", service.home / "e1.pem", "-in", service.home / "signed"]
    if signature is None:
        return subprocess.run([*command, "-sign"], check=True, capture_output=True).stdout
    (service.home / "signature").write_bytes(signature)
    return subprocess.run([*command, "-verify", "-sigfile", service.home / "signature"], capture_output=True).returncode == 0


def test_eddsa_from_end_to_end(eddsa):
    contact = Contact(eddsa)
    head, body, signature = contact.token.split(".")
    assert header(contact.token) == {"alg": "EdDSA", "typ": "JWT", "kid": "e1"}
    assert openssl(eddsa, f"{head}.{body}".encode(), decode(signature))
    claims = json.loads(decode(body))
    ours = token(header(contact.token), {**claims, "jti": "another"}, lambda signed: openssl(eddsa, signed))
    for _ in range(3):
        assert me(eddsa, "contacts", contact.token).status == me(eddsa, "contacts", ours).status == 200
    contact.forget()
    reset = contact.reset_token(Mailbox(eddsa.home / "outbox").code(contact.email))
    assert header(reset)["alg"] == "EdDSA"
    assert contact.reset(reset, "newpassword123").status == 200
    assert refused(me(eddsa, "contacts", contact.token), "contacts")
    assert me(eddsa, "codes", issued(eddsa, "codes")).status == 200


def test_a_public_key_is_no_secret(eddsa):
    """The confusion of algorithms: a MAC under the public key, or under either key's name for the other."""
    contact = Contact(eddsa)
    head, body, signature = contact.token.split(".")
    claims = json.loads(decode(body))
    public = subprocess.run(
        ["openssl", "pkey", "-in", eddsa.home / "e1.pem", "-pubout", "-outform", "DER"], check=True, capture_output=True
    ).stdout
    pem = subprocess.run(["openssl", "pkey", "-in", eddsa.home / "e1.pem", "-pubout"], check=True, capture_output=True).stdout
    mac = base64.b64decode((eddsa.home / "token.keys").read_text().splitlines()[0].split(":")[1])
    mac_header = {"alg": "HS256", "kid": "m1", "typ": "JWT"}
    assert me(eddsa, "contacts", token(mac_header, claims, hs256(mac))).status == 200, "both keys check what they signed"
    forged = [token({"alg": alg, "kid": kid, "typ": "JWT"}, claims, hs256(key))
              for key in (public, public[-32:], pem, base64.b64encode(public[-32:]), b"", mac)
              for alg in ("HS256", "EdDSA", "none") for kid in ("e1", "m1") if (key, alg, kid) != (mac, "HS256", "m1")]
    forged += [token({"alg": alg, "kid": kid, "typ": "JWT"}, claims, lambda signed: openssl(eddsa, signed))
               for alg, kid in (("EdDSA", "m1"), ("HS256", "e1"), ("Ed25519", "e1"), ("EdDSA", "e2"))]
    # The order of the group, added to the second half: another signature of the same text (RFC 8032, 8.4).
    octets, order = decode(signature), 2**252 + 27742317777372353535851937790883648493
    malleable = octets[:32] + (int.from_bytes(octets[32:], "little") + order).to_bytes(32, "little")
    forged += [f"{head}.{body}.{encode(value)}" for value in (malleable, bytes(64), octets[:63], octets + b"\0", octets[::-1])]
    forged += random.Random(2).sample(list(flips(contact.token)), 300)
    for text in forged:
        answer = eddsa.client().get(ME["contacts"], headers={"Authorization": f"Bearer {text}".encode("latin-1")})
        assert refused(answer, "contacts"), text
    assert me(eddsa, "contacts", contact.token).status == 200


@pytest.fixture(scope="module")
def jwt():
    return pytest.importorskip("jwt", reason="PyJWT could not be installed")


def test_another_implementation_agrees_on_hs256(service, api, jwt):
    good = original(service, api)
    assert jwt.get_unverified_header(good.text) == good.header
    expected = {"audience": api, "issuer": f"http://127.0.0.1:{service.port}"}
    assert jwt.decode(good.text, good.key, algorithms=["HS256"], **expected) == good.claims
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(good.text, good.key[:-1] + b"\0", algorithms=["HS256"], **expected)
    claims = {**good.claims, "jti": "of-another-make", "iat": int(time.time()), "exp": int(time.time()) + 60}
    theirs = jwt.encode(claims, good.key, algorithm="HS256", headers={"kid": good.header["kid"]})
    assert theirs.split(".")[0] == good.parts[0] and theirs != good.text
    assert me(service, api, theirs).status == 200
    for other in (
        jwt.encode(claims, bytes(32), algorithm="HS256", headers={"kid": good.header["kid"]}),
        jwt.encode({**claims, "exp": claims["iat"] - 1}, good.key, headers={"kid": good.header["kid"]}),
        jwt.encode(claims, good.key, algorithm="HS384", headers={"kid": good.header["kid"]}),
        jwt.encode(claims, None, algorithm="none", headers={"kid": good.header["kid"]}),
    ):
        assert refused(me(service, api, other), api)
