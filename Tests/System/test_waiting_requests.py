"""Requests that wait for their login sessions while the database is held up: none is forgotten, whatever happens."""

import itertools
import os
import select
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

import fcgi_client as fcgi
import responder
from apis import Captain, Codes, Compass, Contacts, Rider
from lateness import Lateness
from process_table import alive
from service import freeze, wait_until
from sessions import Asker, Question, first, log_in
from test_outages import usable_within_a_second

KINDS = [Compass, Rider, Captain, Contacts, Codes]

# No statement about sessions comes to its end meanwhile. The server answers all others: a statement has five seconds.
HELD = "LOCK TABLES session WRITE"


@pytest.fixture(scope="module")
def people(_breakable):
    """Five of each kind."""
    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(lambda kind: kind(_breakable).sign_up(), KINDS * 5))


@pytest.fixture
def askers(own_service, people):
    """A connection for each of them, with the question who that is."""
    with ExitStack() as stack:
        yield [(stack.enter_context(Asker(own_service)), Question(somebody)) for somebody in people]


def ask_all(askers):
    """Returns once the service has read all questions."""
    names = [asker.ask(question) for asker, question in askers]
    wait_until(lambda: all(asker.is_read for asker, _ in askers), 4)
    return names


@contextmanager
def held_up(service, askers):
    """All have asked, and nobody is answered until the end of `with`."""
    with service.holding(HELD):
        ask_all(askers)
        yield
        assert select.select([asker.connection for asker, _ in askers], [], [], 0)[0] == []


def hear_all_within_a_second(askers):
    with Lateness() as late:
        begun = time.monotonic()
        for asker, _ in askers:
            asker.hear()
        taken = time.monotonic() - begun
    assert taken - 4 * late.worst < 1, (taken, late.worst)


def ask_by_itself(service, question):
    """The status of the answer, on a connection of its own."""
    return responder.request(service, "GET", question.path, parameters=question.parameters).status


def connections(service):
    """How many connections the service has open at its socket, which is counted, too: the system names it for each of
    them, and for none of those to the database, of which a held-up time needs more."""
    path = str(service.home / "authfcgi.sock")
    return sum(line.split()[7:] == [path] for line in Path("/proc/net/unix").read_text().splitlines())


@pytest.mark.alone
def test_who_waits_is_answered_though_nobody_else_comes(own_service, askers):
    for _ in range(3):
        with held_up(own_service, askers):
            pass
        hear_all_within_a_second(askers)


def test_who_waits_for_a_row_holds_nobody_else_up(own_service):
    """That a session is used is written down where it was not for a while, and somebody has locked the row of one."""
    somebody = Compass(own_service).sign_up()
    used, *fresh = [first(somebody)] + [log_in(somebody) for _ in range(15)]
    own_service.query(
        f"UPDATE session SET seen_at = seen_at - INTERVAL 2 MINUTE WHERE kind = 'login' AND account ="
        f" (SELECT id FROM account WHERE {somebody.where()}) ORDER BY created_at LIMIT 1")
    with ExitStack() as stack:
        one, *others = [
            (stack.enter_context(Asker(own_service)), Question(somebody, 200, token)) for token in [used, *fresh]]
        with own_service.holding("START TRANSACTION; SELECT digest FROM session FOR UPDATE"):
            ask_all([*others[:8], one, *others[8:]])
            hear_all_within_a_second(others)
        hear_all_within_a_second([one])


def test_who_waits_for_a_row_takes_nobody_along_who_waits_for_others(own_service):
    """All uses are to be written down, and the sessions are looked for together, as the accounts are locked until all have
    asked."""
    somebody = Compass(own_service).sign_up()
    tokens = [first(somebody)] + [log_in(somebody) for _ in range(15)]
    mine = f"kind = 'login' AND account = (SELECT id FROM account WHERE {somebody.where()})"
    own_service.query(f"UPDATE session SET seen_at = seen_at - INTERVAL 2 MINUTE WHERE {mine}")
    [[digest]] = own_service.query(f"SELECT HEX(digest) FROM session WHERE {mine} ORDER BY created_at LIMIT 1")
    with ExitStack() as stack:
        one, *others = [
            (stack.enter_context(Asker(own_service)), Question(somebody, 200, token)) for token in tokens]
        with own_service.holding(f"START TRANSACTION; SELECT 1 FROM session WHERE digest = x'{digest}' FOR UPDATE"):
            with own_service.holding("LOCK TABLES account WRITE"):
                ask_all([*others[:8], one, *others[8:]])
            # As long as a statement may take.
            answered = time.monotonic() + 5
            for asker, _ in others:
                asker.connection.settimeout(max(0.1, answered - time.monotonic()))
                asker.hear()


@pytest.mark.alone
def test_who_waits_for_a_database_that_hangs_is_told_within_two_seconds(own_service, askers):
    pid = own_service.pid("mariadbd")
    freeze(pid)
    try:
        with ThreadPoolExecutor(len(askers)) as threads, Lateness() as late:
            begun = time.monotonic()
            names = ask_all(askers)

            def hear(asker):
                asker.hear(status=500)
                return time.monotonic() - begun

            answers = [threads.submit(hear, asker) for asker, _ in askers]
            while not all(answer.done() for answer in answers):
                assert responder.request(own_service, "GET", "/healthz").status == 200
                time.sleep(0.02)
            taken = max(answer.result() for answer in answers)
        assert taken - 4 * late.worst <= 2, (taken, late.worst)
    finally:
        os.kill(pid, signal.SIGCONT)
    [(_, question), *_] = askers
    usable_within_a_second(lambda: ask_by_itself(own_service, question) == 200)
    for asker, question in askers:
        asker.ask(question)
        asker.hear()
    lines = own_service.logs()["authfcgi.log"].splitlines()
    for name in names:
        told = [line for line in lines if f"rid={name}" in line and "msg=database" in line]
        assert len(told) == 1 and "error=" in told[0], told


def test_who_hangs_up_while_waiting_takes_nobody_along(own_service, askers):
    before = connections(own_service)
    for half in itertools.islice(itertools.cycle([0, 1]), 6):
        with ExitStack() as stack:
            leaving = [(stack.enter_context(Asker(own_service)), question) for _, question in askers]
            with own_service.holding(HELD):
                # In turns: one look at the database is for some of both.
                ask_all([pair for both in zip(leaving, askers) for pair in (both if half else reversed(both))])
                for asker, _ in leaving:
                    asker.connection.close()
            hear_all_within_a_second(askers)
    wait_until(lambda: connections(own_service) <= before, 10)


def test_who_asks_again_while_waiting_is_answered_in_order(own_service, askers):
    for _ in range(3):
        with held_up(own_service, askers):
            # The next question of each is another one, and stays unread until the first is answered.
            for (asker, _), (_, question) in zip(askers, askers[1:] + askers[:1]):
                asker.ask(question)
        hear_all_within_a_second(askers)
        hear_all_within_a_second(askers)


def test_a_stop_answers_who_waits(own_service, askers):
    supervisor = own_service.pid("authfcgi")
    idle = [fcgi.connect(str(own_service.home / "authfcgi.sock")) for _ in range(8)]
    for connection in idle:
        assert fcgi.exchange(connection).startswith(b"Status: 200")
    with held_up(own_service, askers):
        os.kill(supervisor, signal.SIGTERM)
        for connection in idle:
            assert fcgi.is_closed(connection)
            connection.close()
        # Longer than for whoever has nothing to answer.
        time.sleep(1)
        assert alive(supervisor)
    hear_all_within_a_second(askers)
    assert all(fcgi.is_closed(asker.connection) for asker, _ in askers)
    wait_until(lambda: not alive(supervisor), 10)


def test_a_reload_answers_who_waits_and_keeps_the_connections(own_service, askers):
    before = own_service.workers()
    with held_up(own_service, askers):
        os.kill(own_service.pid("authfcgi"), signal.SIGHUP)
        wait_until(lambda: len(own_service.workers() - before) == len(before), 4)
        # The old ones are told once the new ones are there; who has nothing to answer ends.
        time.sleep(0.2)
        assert before & own_service.workers()
    hear_all_within_a_second(askers)
    wait_until(lambda: not before & own_service.workers(), 10)
    for asker, question in askers:
        asker.ask(question)
    hear_all_within_a_second(askers)
