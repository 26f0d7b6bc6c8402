"""What a provider would write by hand: the session look-up and the login of the service, on FastAPI and uvicorn."""

import asyncio
import base64
import datetime
import hashlib
import json
import os
import secrets
from contextlib import asynccontextmanager

import argon2
import asyncmy
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from fastapi import FastAPI, Request
from fastapi.responses import ORJSONResponse

REALM = "bench"
COOKIE = "compass.session"
FIND = """
SELECT session.created_at, session.seen_at, session.expires_at, account.id, email_typed, phone_typed, first_name,
  last_name, phone_verified_at, email_verified_at
FROM session JOIN account ON account.id = session.account
WHERE session.digest = %s AND session.realm = %s AND session.kind = 'login' AND session.ended_at IS NULL
  AND session.expires_at > %s AND session.seen_at > %s AND account.status = 'active'
"""


def first_key() -> tuple[str, AESGCM]:
    with open(os.environ["BENCH_COOKIE_KEYS"]) as file:
        identity, secret = file.readline().strip().split(":")
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"authfcgi cookie v1")
    return identity, AESGCM(kdf.derive(base64.b64decode(secret)))


KEY_ID, KEY = first_key()
CONTEXT = b"".join(len(t).to_bytes(4, "big") + t.encode() for t in ("v1", KEY_ID, COOKIE, REALM))
HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.pool = await asyncmy.create_pool(
        unix_socket=os.environ["BENCH_DATABASE"], db=os.environ["BENCH_NAME"], user=os.environ["BENCH_USER"],
        autocommit=True, minsize=1, maxsize=16, charset="utf8mb4")
    yield
    app.state.pool.close()


app = FastAPI(lifespan=lifespan, default_response_class=ORJSONResponse)


def opened(text: str | None) -> bytes | None:
    parts = (text or "").split(".", 2)
    if len(parts) != 3 or parts[:2] != ["v1", KEY_ID]:
        return None
    try:
        octets = base64.urlsafe_b64decode(parts[2] + "=" * (-len(parts[2]) % 4))
        return KEY.decrypt(octets[:12], octets[12:], CONTEXT)
    except Exception:
        return None


def rfc3339(moment: datetime.datetime) -> str:
    return moment.isoformat(timespec="milliseconds") + "Z"


@app.get("/healthz")
async def healthz():
    return {"status": "ok"}


@app.get("/user/session")
async def session(request: Request):
    secret = opened(request.cookies.get(COOKIE))
    if secret is None:
        return ORJSONResponse({"error": "No active session found"}, 401)
    digest = hashlib.sha256(secret).digest()
    now = datetime.datetime.utcnow()
    async with request.app.state.pool.acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(FIND, (digest, REALM, now, now - datetime.timedelta(days=1)))
        row = await cursor.fetchone()
    if row is None:
        return ORJSONResponse({"error": "No active session found"}, 401)
    return {
        "message": "Session is active",
        "session": {
            "id": digest[:12].hex(), "created_at": rfc3339(row[0]), "expires_at": rfc3339(row[2]),
            "last_seen_at": rfc3339(row[1]),
        },
        "user": {
            "id": row[3].hex(), "email": text(row[4]), "phone_number": text(row[5]), "first_name": row[6],
            "last_name": row[7], "verified": row[8] is not None or row[9] is not None,
        },
    }


def text(value: bytes | str | None) -> str | None:
    return value.decode() if isinstance(value, bytes) else value


def is_right(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except argon2.exceptions.VerifyMismatchError:
        return False


@app.post("/user/login")
async def login(request: Request):
    body = json.loads(await request.body())
    async with request.app.state.pool.acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(
            "SELECT id, password FROM account WHERE realm = %s AND email = %s AND status = 'active'",
            (REALM, body.get("email", "").lower()))
        row = await cursor.fetchone()
    if row is None or not await asyncio.to_thread(is_right, text(row[1]), body.get("password", "")):
        return ORJSONResponse({"error": "Invalid credentials"}, 401)
    secret = secrets.token_bytes(32)
    now = datetime.datetime.utcnow()
    async with request.app.state.pool.acquire() as connection, connection.cursor() as cursor:
        await cursor.execute(
            "INSERT INTO session (digest, realm, kind, account, created_at, seen_at, expires_at)"
            " VALUES (%s, %s, 'login', %s, %s, %s, %s)",
            (hashlib.sha256(secret).digest(), REALM, row[0], now, now, now + datetime.timedelta(days=30)))
    nonce = secrets.token_bytes(12)
    sealed = base64.urlsafe_b64encode(nonce + KEY.encrypt(nonce, secret, CONTEXT)).decode().rstrip("=")
    answer = ORJSONResponse({"message": "Login successful"})
    answer.set_cookie(COOKIE, f"v1.{KEY_ID}.{sealed}", max_age=2592000, httponly=True, samesite="lax")
    return answer
