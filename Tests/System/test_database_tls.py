"""The database over TCP: encrypted where that is wanted, with a server that is who it should be, or not at all."""

import getpass
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import time

import pytest

from program import run
from service import free_port, wait_until

PASSWORD = "a password of the database"
# CLIENT_SSL, in the lower two octets of the capabilities.
CLIENT_SSL = 0x0800


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


class Authority:
    """Vouches for hosts."""

    def __init__(self, folder, name):
        folder.mkdir()
        self.folder, self.chain, self.key = folder, folder / "ca.pem", folder / "ca.key"
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3", "-subj", f"/CN={name}", "-keyout", self.key,
                "-out", self.chain)

    def certificate(self, name, alternatives, days=2):
        """A host's certificate and its key."""
        request, chain, key, more = (self.folder / f"{name}.{end}" for end in ("csr", "pem", "key", "ext"))
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-keyout", key, "-out", request)
        more.write_text(f"subjectAltName={alternatives}\n")
        openssl("x509", "-req", "-in", request, "-CA", self.chain, "-CAkey", self.key, "-CAcreateserial", "-out", chain,
                "-extfile", more, "-days", str(days))
        return chain, key


class MariaDB:
    """A server of one's own, on a port of 127.0.0.1."""

    def __init__(self, chain=None, key=None):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="authfcgi-tls-"))
        (self.home / "tmp").mkdir()
        subprocess.run(
            ["mariadb-install-db", "--no-defaults", f"--user={getpass.getuser()}", f"--datadir={self.home}/data",
             f"--tmpdir={self.home}/tmp", "--skip-test-db", "--skip-name-resolve", "--innodb-log-file-size=4M",
             "--auth-root-authentication-method=normal"], check=True, capture_output=True)
        self.port = free_port()
        self.start(chain, key)
        self.query(f"CREATE DATABASE authfcgi; CREATE USER authfcgi IDENTIFIED BY '{PASSWORD}';"
                   "GRANT ALL ON authfcgi.* TO authfcgi")

    def start(self, chain, key):
        tls = [f"--ssl-cert={chain}", f"--ssl-key={key}"] if chain else ["--skip-ssl"]
        self.process = subprocess.Popen(
            ["mariadbd", "--no-defaults", f"--user={getpass.getuser()}", f"--datadir={self.home}/data", f"--socket={self.home}/s",
             "--bind-address=127.0.0.1", f"--port={self.port}", "--skip-name-resolve", "--innodb-buffer-pool-size=16M",
             "--innodb-log-file-size=4M", f"--tmpdir={self.home}/tmp", *tls],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: self.query("SELECT 1", check=False).returncode == 0, 60)

    def query(self, statement, check=True):
        return subprocess.run(["mariadb", "--no-defaults", f"--socket={self.home}/s", "--user=root", "-e", statement],
                              check=check, capture_output=True)

    def present(self, chain, key):
        """Has another certificate from now on."""
        self.process.terminate()
        self.process.wait(60)
        self.start(chain, key)

    def remove(self):
        self.process.kill()
        self.process.wait(60)
        shutil.rmtree(self.home, ignore_errors=True)


class Middle:
    """Somebody between a client and a server, who listens, and may deny that the server can encrypt, or pass on its first
    answer after the greeting late."""

    def __init__(self, port, denies=False, late=0):
        self.server, self.denies, self.late, self.heard = port, denies, late, bytearray()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.server))
            greeting = bytearray(server.recv(65536))
            if self.denies:
                # The capabilities follow the version's text, the session's number and eight octets of a challenge.
                place = greeting.index(0, 5) + 1 + 4 + 8 + 1
                capabilities = int.from_bytes(greeting[place:place + 2], "little") & ~CLIENT_SSL
                greeting[place:place + 2] = capabilities.to_bytes(2, "little")
            client.sendall(greeting)
            for one, other, late in ((client, server, 0), (server, client, self.late)):
                threading.Thread(target=self._pass, args=(one, other, late), daemon=True).start()

    def _pass(self, one, other, late):
        try:
            one.recv(1, socket.MSG_PEEK)
            time.sleep(late)
            while octets := one.recv(65536):
                self.heard += octets
                other.sendall(octets)
        except OSError:
            pass
        one.close()
        other.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listener.close()


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("ca") / "ours", "Ours")


@pytest.fixture(scope="module")
def identities(authority, tmp_path_factory):
    """What a server may show, by what is wrong with it."""
    other = Authority(tmp_path_factory.mktemp("ca") / "other", "Ours")
    right = "DNS:localhost,IP:127.0.0.1"
    return {
        "nothing": authority.certificate("localhost", right),
        "the authority": other.certificate("localhost", right),
        "the name": authority.certificate("db.example.org", "DNS:db.example.org,IP:192.0.2.1"),
        "the time": authority.certificate("late", right, days=-1),
    }


@pytest.fixture(scope="module")
def server(identities):
    server = MariaDB(*identities["nothing"])
    yield server
    server.remove()


def migrate(folder, port, tls, authority=None, host="localhost", user="authfcgi", settings=""):
    """Makes the schema, or looks for it; the end of the program."""
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o600)
    variables = {"SSL_CERT_FILE": str(authority.chain)} if authority else {}
    return run(
        folder, f'[database]\nhosts = ["{host}:{port}"]\nuser = "{user}"\npassword_file = "{secret}"\ntls = "{tls}"\n'
        f'{settings}\n',
        "db", "migrate", **variables)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_verified_is_whose_name_and_authority_are_right(tmp_path, server, authority, host):
    done = migrate(tmp_path, server.port, "verify", authority, host)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("wrong", ["the authority", "the name", "the time"])
@pytest.mark.parametrize("tls, is_let_in", [("verify", False), ("required", True)])
def test_only_a_verified_server_has_to_be_the_right_one(tmp_path, server, identities, authority, wrong, tls, is_let_in):
    server.present(*identities[wrong])
    try:
        for host in ("localhost", "127.0.0.1"):
            done = migrate(tmp_path, server.port, tls, authority, host)
            assert (done.returncode == 0) == is_let_in, (host, done.stderr)
            assert is_let_in or (done.returncode == 69 and "ertificate" in done.stderr), done.stderr
            assert PASSWORD not in done.stderr
    finally:
        server.present(*identities["nothing"])


def test_verified_is_nobody_whose_authority_the_system_does_not_know(tmp_path, server):
    assert migrate(tmp_path, server.port, "verify").returncode == 69


@pytest.mark.parametrize("tls", ["required", "verify"])
def test_nothing_goes_in_clear(tmp_path, server, authority, tls):
    server.query("ALTER USER authfcgi REQUIRE SSL")
    try:
        with Middle(server.port) as middle:
            done = migrate(tmp_path, middle.port, tls, authority)
            assert done.returncode == 0, done.stderr
            assert middle.heard and b"migration" not in middle.heard and b"authfcgi" not in middle.heard
            assert migrate(tmp_path, middle.port, "off").returncode == 69
            assert b"authfcgi" in middle.heard, "what goes in clear is heard"
    finally:
        server.query("ALTER USER authfcgi REQUIRE NONE")


@pytest.mark.parametrize("tls, status", [("required", 69), ("verify", 69), ("off", 0)])
def test_somebody_between_cannot_talk_it_out_of_encryption(tmp_path, server, authority, tls, status):
    with Middle(server.port, denies=True) as middle:
        done = migrate(tmp_path, middle.port, tls, authority)
        assert done.returncode == status, done.stderr
        assert (b"sql_mode" in middle.heard) == (status == 0), "no statement is sent"


@pytest.mark.parametrize("tls, status", [("required", 69), ("verify", 69), ("off", 0)])
def test_a_server_that_cannot_encrypt_is_refused_where_it_must(tmp_path, server, identities, authority, tls, status):
    server.present(None, None)
    try:
        assert migrate(tmp_path, server.port, tls, authority).returncode == status
    finally:
        server.present(*identities["nothing"])


@pytest.mark.parametrize("tls", ["off", "required"])
def test_a_slow_server_is_waited_for_where_that_is_configured(tmp_path, server, authority, tls):
    with Middle(server.port, late=2.5) as middle:
        done = migrate(tmp_path, middle.port, tls, authority, settings='connect_timeout = "20s"')
        assert done.returncode == 0, done.stderr
        assert migrate(tmp_path, middle.port, tls, authority).returncode == 69
