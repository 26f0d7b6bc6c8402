"""What the web server may rely on, held against the real program: `authfcgi serve` with no database behind GET /healthz."""

import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import fcgi_client as fcgi
from lateness import Lateness
from process_table import command, descendants
from service import freeze

BINARY = os.environ.get("AUTHFCGI_BIN")
pytestmark = pytest.mark.skipif(not BINARY, reason="AUTHFCGI_BIN names no program")


_folders, _services, _loads = [], [], []


def folder():
    """A folder of a test's own, that other users may look into; it goes with the test, however that ends."""
    _folders.append(pathlib.Path(tempfile.mkdtemp(prefix="authfcgi-test-")))
    _folders[-1].chmod(0o755)
    return _folders[-1]


@pytest.fixture(autouse=True)
def nothing_stays():
    yield
    while _loads:
        _loads.pop().stop()
    while _services:
        _services.pop().stop()
    while _folders:
        shutil.rmtree(_folders.pop(), ignore_errors=True)


def eventually(condition, timeout=30.0):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return condition()


def without_database(home):
    """The rest of a configuration that needs nothing outside its home: keys are made, nothing is delivered."""
    for name in ["cookie.keys", "token.keys"]:
        subprocess.run([BINARY, "keys", "generate", f"{home}/{name}"], check=True, capture_output=True)
    return (f'[cookies]\nkeys_file = "{home}/cookie.keys"\n[tokens]\nkeys_file = "{home}/token.keys"\n[mail]\ntransport = "off"\n'
            f'[database]\nsocket = "{home}/none.sock"\n')


class Service:
    """A running `authfcgi serve` in a directory of its own."""

    def __init__(self, processes=2, threads=8, prefix=(), listen=None, settings="", ready=True):
        self.home = folder()
        self.address = str(self.home / "fcgi.sock")
        self.config = self.home / "authfcgi.toml"
        self.text = (
            f'[server]\nlisten = ["{listen or "unix:" + self.address}"]\nprocesses = {processes}\nthreads = {threads}\n'
            f'socket_mode = "0666"\n{settings}\n'
        ) + without_database(self.home)
        self.config.write_text(self.text)
        self.log = open(self.home / "log", "wb")
        self.process = subprocess.Popen(
            [*prefix, BINARY, "serve", "--config", str(self.config)],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
        )
        self.processes = processes
        _services.append(self)
        if ready:
            assert eventually(self.answers), (self.home / "log").read_text()
            assert eventually(lambda: len(self.workers()) == processes)
            time.sleep(0.1)

    def answers(self):
        try:
            with fcgi.connect(self.address, 1) as connection:
                return fcgi.exchange(connection).startswith(b"Status: 200")
        except (OSError, fcgi.Closed):
            return False

    def workers(self):
        return [child for child in descendants(self.process.pid) if "worker" in command(child)]

    def descriptors(self):
        return {worker: len(os.listdir(f"/proc/{worker}/fd")) for worker in self.workers()}

    def descriptors_at_rest(self):
        """Once they stay the same: a connection that a test before has just closed is closed here a moment later."""
        found = None
        while found != (now := self.descriptors()):
            found = now
            time.sleep(0.3)
        return found

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        shutil.rmtree(self.home, ignore_errors=True)
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


@pytest.fixture
def service():
    with Service() as running:
        yield running


@pytest.fixture(scope="module")
def standing():
    """A service for all the tests that leave it as it was."""
    running = Service()
    _services.remove(running)
    _folders.remove(running.home)
    yield running
    running.stop()


def ok(output):
    return re.match(rb"Status: 2\d\d", output) is not None


class Load:
    """Threads that send requests over kept-alive connections until told to stop, and count what fails."""

    def __init__(self, address, threads=8, reconnect=False):
        self.address, self.reconnect = address, reconnect
        self.served, self.failures, self.worst = 0, [], 0.0
        self.lock, self.running = threading.Lock(), True
        _loads.append(self)
        self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(threads)]
        for thread in self.threads:
            thread.start()

    def work(self):
        connection = None
        while self.running:
            began = time.monotonic()
            try:
                connection = connection or fcgi.connect(self.address)
                assert ok(fcgi.exchange(connection))
                with self.lock:
                    self.served += 1
                    self.worst = max(self.worst, time.monotonic() - began)
            except (OSError, fcgi.Closed, AssertionError) as error:
                with self.lock:
                    self.failures.append(repr(error))
                connection = None
                time.sleep(0.01)
            if self.reconnect and connection:
                connection.close()
                connection = None

    def stop(self):
        self.running = False
        for thread in self.threads:
            thread.join(15)
            assert not thread.is_alive()
        return self


def test_a_kept_connection_serves_one_request_after_another(standing):
    with fcgi.connect(standing.address) as connection:
        for request_id in (1, 2, 300):
            assert ok(fcgi.exchange(connection, request_id=request_id))


def test_a_connection_not_kept_is_closed_after_the_answer(standing):
    with fcgi.connect(standing.address) as connection:
        assert ok(fcgi.exchange(connection, keep=False))
        assert fcgi.is_closed(connection)


@pytest.mark.parametrize("size", [1, 8000, 32768, 65536, 65537, 300_000, 3_000_000])
@pytest.mark.parametrize("piece", [65528, 1000])
def test_a_body_of_any_size_is_answered(standing, size, piece):
    with fcgi.connect(standing.address) as connection:
        output = fcgi.exchange(connection, body=b"x" * size, piece=piece)
        assert output.startswith(b"Status: ")
        assert ok(fcgi.exchange(connection))


@pytest.mark.parametrize("pause", [1, 7, 500])
def test_a_request_in_small_pieces_is_answered(standing, pause):
    octets = fcgi.request(body=b"x" * 1500)
    with fcgi.connect(standing.address) as connection:
        for at in range(0, len(octets), pause):
            connection.sendall(octets[at : at + pause])
        assert fcgi.answer(connection).startswith(b"Status: ")
        assert ok(fcgi.exchange(connection))


@pytest.mark.alone
def test_idle_silent_and_half_sent_connections_delay_nobody(service):
    before = service.descriptors_at_rest()
    alone = Load(service.address, threads=4)
    time.sleep(1)
    alone.stop()
    kept = [fcgi.connect(service.address) for _ in range(200)]
    for connection in kept:
        assert ok(fcgi.exchange(connection))
    silent = [fcgi.connect(service.address) for _ in range(100)]
    half = [fcgi.connect(service.address) for _ in range(100)]
    octets = fcgi.request(body=b"x" * 100)
    for index, connection in enumerate(half):
        connection.sendall(octets[: 1 + index * (len(octets) - 2) // 100])
    with Lateness() as late:
        load = Load(service.address, threads=4)
        time.sleep(2)
        assert eventually(lambda: load.served > 500)
        load.stop()
    assert load.failures == []
    # What a busy machine makes of a service without such company, it makes of one with it.
    assert load.worst < max(0.1 + 4 * late.worst, 2 * alone.worst), (load.worst, alone.worst, late.worst)
    for connection in kept:
        assert ok(fcgi.exchange(connection))
    time.sleep(4)
    for connection in half:
        assert fcgi.is_closed(connection, 2)
    for connection in silent:
        assert ok(fcgi.exchange(connection))
    for connection in kept + silent + half:
        connection.close()
    assert eventually(lambda: service.descriptors() == before), (before, service.descriptors())


@pytest.mark.parametrize(
    "octets",
    [
        fcgi.record(fcgi.GET_VALUES, fcgi.pairs([("FCGI_MPXS_CONNS", "")] * 4), 0),
        fcgi.record(11, b"", 0),
        fcgi.record(fcgi.ABORT),
        fcgi.begin(role=3) + fcgi.stream(fcgi.PARAMS, b"") + fcgi.stream(fcgi.STDIN, b""),
        fcgi.record(fcgi.BEGIN, bytes([0, 1, 1, 0, 0, 0, 0, 0]), version=2),
        fcgi.begin() + fcgi.begin(),
        fcgi.begin() + fcgi.record(fcgi.GET_VALUES, fcgi.pairs([("FCGI_MPXS_CONNS", "")] * 4), 0),
        fcgi.begin() + fcgi.record(fcgi.STDIN, b"x"),
        fcgi.begin() + fcgi.stream(fcgi.PARAMS, b"\xff\xff\xff\xff\xff\xff\xff\xff") + fcgi.stream(fcgi.STDIN, b""),
        fcgi.begin() + fcgi.stream(fcgi.PARAMS, b"\x01\x05AB") + fcgi.stream(fcgi.STDIN, b""),
        fcgi.begin() + fcgi.stream(fcgi.PARAMS, b"A\0" * 40000, piece=30000) + fcgi.stream(fcgi.STDIN, b""),
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
    ids=["get-values", "unknown", "abort", "filter", "version", "second-begin", "management-inside", "stdin-early",
         "huge-lengths", "short-pair", "large-parameters", "http"],
)
def test_what_is_no_request_is_dropped_without_a_word(standing, octets):
    workers = standing.workers()
    for _ in range(5):
        with fcgi.connect(standing.address) as connection:
            connection.sendall(octets)
            assert fcgi.is_closed(connection)
    assert standing.answers()
    assert standing.workers() == workers


def test_no_prefix_of_a_request_does_harm(standing):
    workers, before = standing.workers(), standing.descriptors_at_rest()
    octets = fcgi.request(body=b"{}")
    for end in range(len(octets)):
        with fcgi.connect(standing.address) as connection:
            connection.sendall(octets[:end])
            if end % 20 == 0:
                assert not fcgi.is_closed(connection, 0.01)
            connection.shutdown(socket.SHUT_WR)
            assert fcgi.is_closed(connection)
    assert standing.answers()
    assert standing.workers() == workers
    assert eventually(lambda: standing.descriptors() == before)


def test_no_mutation_of_a_request_does_harm(standing):
    workers, chance = standing.workers(), random.Random(20)
    octets = fcgi.request(body=b"{}")
    for _ in range(1000):
        mutant = bytearray(octets)
        for _ in range(chance.randint(1, 4)):
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        with fcgi.connect(standing.address) as connection:
            try:
                connection.sendall(mutant)
            except OSError:
                continue
    assert eventually(standing.answers)
    assert standing.workers() == workers


def test_an_authorizer_is_answered_though_standard_input_follows(standing):
    for tail in (b"", fcgi.stream(fcgi.STDIN, b""), fcgi.stream(fcgi.STDIN, b"x" * 100)):
        with fcgi.connect(standing.address) as connection:
            connection.sendall(fcgi.request(role=fcgi.AUTHORIZER) + tail)
            assert fcgi.answer(connection).startswith(b"Status: ")
            assert fcgi.is_closed(connection)


def test_a_foreign_user_is_dropped(standing):
    probe = "import sys; sys.path.insert(0, sys.argv[1]); import fcgi_client as f; f.exchange(f.connect(sys.argv[2]))"
    tests = folder()
    shutil.copy(pathlib.Path(__file__).parent / "fcgi_client.py", tests)
    attempt = lambda *who: subprocess.run(
        [*who, sys.executable, "-B", "-c", probe, str(tests), standing.address], capture_output=True, text=True)
    if os.geteuid() != 0:
        pytest.skip("needs root")
    foreign = attempt("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    own = attempt()
    assert own.returncode == 0, own.stderr
    assert "Closed" in foreign.stderr, foreign.stderr


def refusals(service):
    """The log's lines about peers that were refused."""
    return [line for line in (service.home / "log").read_text().splitlines() if "peer refused" in line]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_a_foreign_user_is_named_in_the_log_with_the_cure_and_once_only():
    with Service(processes=1) as service:
        probe = ("import socket, sys; s = socket.socket(socket.AF_UNIX); s.settimeout(10); s.connect(sys.argv[1]);"
                 "print(len(s.recv(1)))")
        for _ in range(3):
            done = subprocess.run(
                ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-c", probe, service.address],
                capture_output=True, text=True)
            assert done.stdout == "0\n", done.stderr
        [line] = refusals(service)
        assert "warning" in line and 'peer="user 65534"' in line and "server.socket_group" in line


def own_address():
    """An address of this machine that is not loopback; None where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.99", 9))
        except OSError:
            return None
        return probe.getsockname()[0]


def test_a_web_server_on_another_host_is_named_in_the_log_and_admitted_once_it_is_named(monkeypatch):
    if not (host := own_address()):
        pytest.skip("this machine has no address but the loopback one")
    with socket.socket() as probe:
        probe.bind((host, 0))
        port = probe.getsockname()[1]
    with Service(processes=1, listen=f"tcp:{host}:{port}", ready=False) as service:
        service.address = (host, port)
        assert eventually(lambda: "msg=ready" in (service.home / "log").read_text())
        for _ in range(3):
            assert not service.answers()
        [line] = refusals(service)
        assert "warning" in line and f"peer={host}" in line and "FCGI_WEB_SERVER_ADDRS" in line
    monkeypatch.setenv("FCGI_WEB_SERVER_ADDRS", f"203.0.113.1, {host}")
    with Service(processes=1, listen=f"tcp:{host}:{port}", ready=False) as service:
        service.address = (host, port)
        assert eventually(service.answers)
        assert refusals(service) == []


@pytest.mark.alone
def test_sigterm_ends_an_idle_service_at_once():
    service = Service()
    with fcgi.connect(service.address) as idle:
        assert ok(fcgi.exchange(idle))
        with Lateness() as late:
            began = time.monotonic()
            service.process.send_signal(signal.SIGTERM)
            assert service.process.wait(5) == 0
            took = time.monotonic() - began
        assert took < 0.2 + 4 * late.worst, (took, late.worst)
        assert fcgi.is_closed(idle)
    assert not os.path.exists(service.address)
    service.stop()


def test_sigterm_loses_no_request_in_flight():
    service = Service(threads=4)
    connections = [fcgi.connect(service.address) for _ in range(50)]
    for round in range(3):
        for connection in connections:
            assert ok(fcgi.exchange(connection))
    for connection in connections:
        connection.sendall(fcgi.request())
    service.process.send_signal(signal.SIGTERM)
    for connection in connections:
        assert ok(fcgi.answer(connection))
    assert service.process.wait(5) == 0
    service.stop()


def test_sigterm_loses_no_request_that_waits_for_a_thread():
    service = Service(processes=1, threads=1)
    connections = [fcgi.connect(service.address) for _ in range(400)]
    for connection in connections:
        assert ok(fcgi.exchange(connection))
    worker = service.workers()[0]
    freeze(worker)
    for connection in connections:
        connection.sendall(fcgi.request(extra=[(f"HTTP_X_{n}", "x" * 40) for n in range(250)]))
    service.process.send_signal(signal.SIGTERM)
    time.sleep(0.1)
    os.kill(worker, signal.SIGCONT)
    for connection in connections:
        assert ok(fcgi.answer(connection))
        assert fcgi.is_closed(connection)
    assert service.process.wait(5) == 0
    service.stop()


def test_sigterm_answers_connections_that_wait_to_be_accepted():
    service = Service(processes=1, threads=1)
    connections = [fcgi.connect(service.address) for _ in range(50)]
    for connection in connections:
        connection.sendall(fcgi.request())
    service.process.send_signal(signal.SIGTERM)
    for connection in connections:
        assert ok(fcgi.answer(connection))
    assert service.process.wait(5) == 0
    service.stop()


@pytest.mark.parametrize("reconnect", [False, True], ids=["kept", "not-kept"])
def test_a_reload_under_load_fails_no_request(service, reconnect):
    load = Load(service.address, reconnect=reconnect)
    generations = [service.workers()]
    for _ in range(5):
        time.sleep(0.3)
        service.process.send_signal(signal.SIGHUP)
        assert eventually(lambda: len(service.workers()) == 2 and not set(service.workers()) & set(generations[-1]))
        generations.append(service.workers())
    assert eventually(lambda: load.served > 500)
    load.stop()
    assert load.failures == []


def test_a_reload_keeps_idle_connections(service):
    connections = [fcgi.connect(service.address) for _ in range(300)]
    for connection in connections:
        assert ok(fcgi.exchange(connection))
    old = service.workers()
    service.process.send_signal(signal.SIGHUP)
    assert eventually(lambda: len(service.workers()) == 2 and not set(service.workers()) & set(old))
    for connection in connections:
        assert ok(fcgi.exchange(connection))


def test_a_reload_leaves_nobody_waiting(service):
    """One request at a time, so that no later one wakes who slept through it."""
    kept = fcgi.connect(service.address, 5)
    for _ in range(15):
        old = set(service.workers())
        service.process.send_signal(signal.SIGHUP)
        end = time.monotonic() + 60
        while len(service.workers()) != 2 or set(service.workers()) & old:
            assert time.monotonic() < end, (old, service.workers())
            assert ok(fcgi.exchange(kept))
            assert service.answers()


def test_a_reload_that_is_asked_for_before_the_first_workers_are_ready_comes_after_them():
    with Service(ready=False) as service:
        assert eventually(lambda: len(service.workers()) == 2)
        first = service.workers()
        for worker in first:
            freeze(worker)
        service.process.send_signal(signal.SIGHUP)
        time.sleep(0.2)
        for worker in first:
            os.kill(worker, signal.SIGCONT)
        assert eventually(lambda: len(service.workers()) == 2 and not set(service.workers()) & set(first))


def test_a_reload_of_a_bad_file_changes_nothing(service):
    workers = service.workers()
    service.config.write_text("[server\n")
    service.process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert service.answers() and service.workers() == workers
    service.config.write_text(service.text)
    service.process.send_signal(signal.SIGHUP)
    assert eventually(lambda: len(service.workers()) == 2 and not set(service.workers()) & set(workers))


def test_a_killed_worker_is_replaced_and_the_others_serve_on(service):
    load = Load(service.address, threads=8)
    for _ in range(5):
        time.sleep(0.2)
        victim = service.workers()[0]
        os.kill(victim, signal.SIGKILL)
        assert eventually(lambda: len(service.workers()) == 2 and victim not in service.workers())
    assert eventually(lambda: load.served > 500)
    load.stop()
    # A connection has one request in flight; all of them may have been the victim's.
    assert len(load.failures) <= 5 * 8, load.failures


def resident_code(process):
    """Which part of its code, and of that of its libraries, a process has in memory."""
    sizes, resident, is_code = 0, 0, False
    for line in open(f"/proc/{process}/smaps"):
        fields = line.split()
        if "-" in fields[0] and not fields[0].endswith(":"):
            is_code = fields[1] == "r-xp" and fields[-1].startswith("/")
        elif is_code and fields[0] == "Size:":
            sizes += int(fields[1])
        elif is_code and fields[0] == "Rss:":
            resident += int(fields[1])
    return resident / sizes


def test_code_that_only_the_start_needed_does_not_stay_in_memory(service):
    assert service.answers()
    shares = {process: resident_code(process) for process in (service.process.pid, *service.workers())}
    assert max(shares.values()) < 0.4, shares


def test_no_worker_outlives_its_supervisor(service):
    workers = service.workers()
    service.process.kill()
    service.process.wait()
    assert eventually(lambda: not any(os.path.exists(f"/proc/{worker}") for worker in workers), 10)


def test_a_live_socket_is_not_replaced_and_a_stale_one_is(service):
    start = lambda: subprocess.Popen(
        [BINARY, "serve", "--config", str(service.config)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert start().wait(10) != 0
    assert service.answers()
    workers = service.workers()
    service.process.kill()
    service.process.wait()
    assert eventually(lambda: not any(os.path.exists(f"/proc/{worker}") for worker in workers), 10)
    assert os.path.exists(service.address)
    service.process = start()
    assert eventually(service.answers)


# Root that may not give files away is refused a group that it is no member of, as any other user is.
NO_CHOWN = ("setpriv", "--bounding-set=-chown", "--inh-caps=-chown") if os.geteuid() == 0 else ()


def refused(**how):
    """A service that does not start, and what it says."""
    service = Service(ready=False, **how)
    assert service.process.wait(30) == 78
    return service, (service.home / "log").read_text().splitlines()[-1].removeprefix("authfcgi: ")


def test_a_socket_that_was_not_finished_does_not_stay():
    service, _ = refused(prefix=NO_CHOWN, settings='socket_group = "mail"')
    assert not os.path.exists(service.address)


def test_a_listener_that_fails_takes_those_before_it_along():
    first = folder() / "first.sock"
    refused(listen=f'unix:{first}", "unix:/nowhere/fcgi.sock')
    assert not first.exists()


@pytest.mark.parametrize(
    "how, says",
    [
        ({"listen": "unix:/nowhere/fcgi.sock"},
         "server.listen: unix:/nowhere/fcgi.sock: bind: No such file or directory; "
         "cure: make its folder, as RuntimeDirectory= of systemd does"),
        ({"listen": "tcp:203.0.113.99:9180"}, "server.listen: tcp:203.0.113.99:9180: bind: Cannot assign requested address"),
        ({"listen": "tcp:nobody.invalid:9180"},
         "server.listen: tcp:nobody.invalid:9180: no address to listen at has this name"),
        ({"listen": "systemd"},
         "server.listen: systemd: no socket was passed; cure: start its socket unit, or name another address, "
         "such as unix:/run/authfcgi/authfcgi.sock"),
        ({"listen": "fd:0"}, "server.listen: descriptor 0 is not a listening socket"),
        ({"settings": 'socket_group = "nosuch"'}, "server.socket_group: no group has the name nosuch"),
        ({"prefix": NO_CHOWN, "settings": 'socket_group = "mail"'},
         "server.listen: unix:{home}/fcgi.sock: chown: Operation not permitted; "
         "cure: make the service's user a member of server.socket_group"),
    ],
    ids=["no-folder", "foreign-address", "unknown-name", "not-passed", "not-listening", "no-group", "no-member"],
)
def test_a_listener_that_cannot_be_opened_is_told_with_its_cure(how, says):
    service, said = refused(**how)
    assert said == says.replace("{home}", str(service.home))


def test_an_address_that_is_taken_is_told_with_its_cure(service):
    start = lambda: subprocess.run(
        [BINARY, "serve", "--config", service.config], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30)
    says = lambda reason: start().stderr.splitlines()[-1] == f"authfcgi: server.listen: unix:{reason}"
    assert says(f"{service.address}: another process listens there")
    file = service.home / "file"
    file.write_text("")
    service.config.write_text(service.text.replace(service.address, str(file)))
    assert says(f"{file}: a file that is no socket is in the way; cure: remove it")
    assert file.exists()


def test_a_socket_that_may_not_be_asked_stays():
    path = folder() / "fcgi.sock"
    with socket.socket(socket.AF_UNIX) as owner:
        owner.bind(str(path))
    path.chmod(0)
    plain = ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override") if os.geteuid() == 0 else ()
    _, said = refused(prefix=plain, listen=f"unix:{path}")
    assert said == f"server.listen: unix:{path}: connect: Permission denied; cure: remove the file, if no process listens there"
    assert path.exists()


def test_too_few_descriptors_do_not_stop_the_service():
    with Service(processes=1, threads=4, prefix=("prlimit", "--nofile=64:64")) as service:
        worker = service.workers()[0]
        many = []
        for _ in range(150):
            connection = fcgi.connect(service.address)
            connection.sendall(fcgi.request())
            many.append(connection)
        time.sleep(0.5)
        ticks = lambda: sum(map(int, pathlib.Path(f"/proc/{worker}/stat").read_text().rsplit(")", 1)[1].split()[11:13]))
        before = ticks()
        time.sleep(1)
        assert ticks() - before < 30, "it spins"
        answered = 0
        for connection in many:
            assert ok(fcgi.answer(connection))
            connection.close()
        assert service.workers() == [worker] and eventually(service.answers)


@pytest.mark.parametrize("how", ["systemd", "fd:0"])
def test_an_inherited_socket_is_served(how):
    home = str(folder())
    path = os.path.join(home, "inherited.sock")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(128)
    number = 3 if how == "systemd" else 0
    starter = (
        "import os, sys; n = int(sys.argv[1]); os.dup2(int(sys.argv[2]), n); os.set_inheritable(n, True);"
        "os.environ.update({'LISTEN_PID': str(os.getpid()), 'LISTEN_FDS': '1'} if n else {});"
        "os.execv(sys.argv[3], sys.argv[3:])"
    )
    config = os.path.join(home, "authfcgi.toml")
    pathlib.Path(config).write_text(
        f'[server]\nlisten = ["{how}"]\nprocesses = 1\nthreads = 2\n' + without_database(home))
    process = subprocess.Popen(
        [sys.executable, "-c", starter, str(number), str(listener.fileno()), BINARY, "serve", "--config", config],
        pass_fds=[listener.fileno()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with fcgi.connect(path) as connection:
        assert ok(fcgi.exchange(connection))
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) == 0
    assert os.path.exists(path)


def test_the_service_manager_is_told(tmp_path):
    path = str(tmp_path / "notify")
    manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    manager.bind(path)
    manager.settimeout(5)
    os.environ["NOTIFY_SOCKET"] = path
    try:
        service = Service()
    finally:
        del os.environ["NOTIFY_SOCKET"]
    assert manager.recv(100) == b"READY=1"
    service.process.send_signal(signal.SIGHUP)
    assert re.fullmatch(rb"RELOADING=1\nMONOTONIC_USEC=\d+", manager.recv(100))
    assert manager.recv(100) == b"READY=1"
    service.process.send_signal(signal.SIGTERM)
    assert manager.recv(100) == b"STOPPING=1"
    assert service.stop() == 0


NGINX = """
daemon off; worker_processes 2; pid {home}/nginx.pid; error_log {home}/error.log info;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {home}/t1; proxy_temp_path {home}/t2; fastcgi_temp_path {home}/t3; uwsgi_temp_path {home}/t4;
    scgi_temp_path {home}/t5;
    upstream authfcgi {{ server unix:{address}; keepalive 16; }}
    server {{
        listen unix:{home}/http.sock;
        client_max_body_size 8m;
        location / {{
            fastcgi_pass authfcgi; fastcgi_keep_conn on; include /etc/nginx/fastcgi_params;
        }}
    }}
}}
"""


@pytest.fixture
def nginx(service):
    if not shutil.which("nginx"):
        pytest.skip("no nginx")
    configuration = service.home / "nginx.conf"
    configuration.write_text("user root;" * (os.geteuid() == 0) + NGINX.format(home=service.home, address=service.address))
    process = subprocess.Popen(["nginx", "-c", str(configuration), "-e", str(service.home / "error.log")])
    assert eventually(lambda: (service.home / "http.sock").exists())
    yield str(service.home / "http.sock")
    process.terminate()
    process.wait(10)


def http(address, body=b""):
    connection = fcgi.connect(address)
    head = f"{'POST' if body else 'GET'} /healthz HTTP/1.0\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body)
    output = b""
    while piece := connection.recv(65536):
        output += piece
    connection.close()
    return int(output.split()[1])


def test_a_reload_under_nginx_fails_no_request(service, nginx):
    statuses, running = [], True

    def work():
        while running:
            try:
                statuses.append(http(nginx))
            except (OSError, IndexError) as error:
                statuses.append(repr(error))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        time.sleep(0.3)
        old = service.workers()
        service.process.send_signal(signal.SIGHUP)
        assert eventually(lambda: len(service.workers()) == 2 and not set(service.workers()) & set(old))
    running = False
    for thread in threads:
        thread.join()
    assert len(statuses) > 200 and set(statuses) == {200}


def test_nginx_gets_an_answer_to_a_body_of_any_size(nginx):
    for size in (10, 60_000, 100_000, 4_000_000):
        assert http(nginx, b"x" * size) not in (502, 504)
        assert http(nginx) == 200


def test_tcp_on_loopback_is_served():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    service = Service(listen=f"tcp:127.0.0.1:{port}", ready=False)
    service.address = ("127.0.0.1", port)
    assert eventually(service.answers)
    with fcgi.connect(service.address) as connection:
        for size in (10, 60_000, 200_000):
            assert fcgi.exchange(connection, body=b"x" * size).startswith(b"Status: ")
    with fcgi.connect(service.address) as connection:
        connection.sendall(fcgi.request(role=fcgi.AUTHORIZER) + fcgi.stream(fcgi.STDIN, b"x" * 1000))
        assert fcgi.answer(connection).startswith(b"Status: ")
    load = Load(service.address)
    service.process.send_signal(signal.SIGHUP)
    time.sleep(1)
    assert load.stop().failures == []
    assert service.stop() == 0
