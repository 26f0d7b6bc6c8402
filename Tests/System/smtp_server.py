"""A mail server for tests: aiosmtpd, with TLS, logins and faults; fetched from PyPI into .build when it is not there."""

import asyncio
import pathlib
import ssl
import subprocess
import sys
import threading

import pytest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
_packages = REPOSITORY / ".build" / "python"

try:
    import aiosmtpd  # noqa: F401
except ImportError:
    if not (_packages / "aiosmtpd").is_dir():
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--target", _packages, "aiosmtpd"], check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
    sys.path.append(str(_packages))
smtp = pytest.importorskip("aiosmtpd.smtp", reason="aiosmtpd cannot be had from PyPI")


def certificate(folder, name="localhost", days=2):
    """A self-made certificate for a host and its key: paths."""
    chain, key = folder / f"{name}.pem", folder / f"{name}.key"
    request, more = folder / f"{name}.csr", folder / f"{name}.ext"
    more.write_text(f"subjectAltName=DNS:{name}\n")
    for command in (
        ["req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-keyout", key, "-out", request],
        ["x509", "-req", "-in", request, "-signkey", key, "-days", str(days), "-extfile", more, "-out", chain],
    ):
        subprocess.run(["openssl", *command], check=True, capture_output=True)
    return chain, key


class Server:
    """Runs on a port of its own from `with` on. `faults` are for one connection each, the first first; then all is well.

    A fault is a pair: the stage (greet, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, end) and what happens there: a reply of
    the server as text, "drop" (the connection ends without a reply), "accept-drop" (after a good reply), or "slow".
    """

    def __init__(self, chain=None, key=None, at_once=False, login=None, faults=()):
        self.faults = list(faults)
        self.mails = []
        self.connections = 0
        self.logins = []
        self.commands = []
        self._login = login
        self._at_once = at_once
        self._context = None
        if chain:
            self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self._context.load_cert_chain(chain, key)

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        assert started.wait(10)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self, started):
        asyncio.set_event_loop(self._loop)
        context = self._context if self._at_once else None
        server = self._loop.run_until_complete(
            self._loop.create_server(self._connection, "127.0.0.1", 0, ssl=context))
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        self._loop.run_forever()
        server.close()

    def _connection(self):
        self.connections += 1
        stage, what = self.faults.pop(0) if self.faults else (None, None)
        house = self

        class Connection(smtp.SMTP):
            async def push(self, status):
                text = status if isinstance(status, str) else status.decode()
                now = self.stage if hasattr(self, "stage") else "greet"
                if now == stage:
                    if what == "drop":
                        self.transport.abort()
                        return
                    if what == "slow":
                        await asyncio.sleep(60)
                    elif what != "accept-drop":
                        text = what
                await super().push(text)
                if now == stage and what == "accept-drop":
                    self.transport.close()
                self.stage = "-"

            async def _call_limit(self, *_):
                return None

        class Handler:
            async def handle_DATA(self, server, session, envelope):
                server.stage = "end"
                if stage != "end" or what == "accept-drop":
                    house.mails.append((envelope.mail_from, list(envelope.rcpt_tos), bytes(envelope.original_content)))
                return "250 taken"

        for name in ("EHLO", "STARTTLS", "MAIL", "RCPT", "DATA", "AUTH"):
            def staged(self, argument, _name=name, _real=getattr(smtp.SMTP, f"smtp_{name}")):
                self.stage = _name
                if _name == stage and _name in ("DATA", "STARTTLS", "AUTH") and what[0].isdigit():
                    return self.push(what)
                house.commands.append((_name, argument, self.session.ssl is not None or house._at_once))
                return _real(self, argument)
            staged.__annotations__ = {}
            setattr(Connection, f"smtp_{name}", staged)

        def authenticate(server, session, envelope, mechanism, data):
            said = (data.login.decode(), data.password.decode())
            house.logins.append(said)
            return smtp.AuthResult(success=said == house._login, handled=False)

        return Connection(
            Handler(), loop=self._loop, hostname="localhost", enable_SMTPUTF8=False,
            tls_context=None if self._at_once else self._context,
            authenticator=authenticate if self._login else None, auth_required=self._login is not None,
            auth_require_tls=False, timeout=120,
        )
