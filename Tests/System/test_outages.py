"""The database and the outbox folder go away in the middle of a flow, and come back."""

import os
import re
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import RESEND_AFTER
from lateness import Lateness
from people import PASSWORD, Person, new_phone
from process_table import states
from program import PROGRAM
from service import freeze, wait_until


# Messages that have not been delivered; those that were keep no text.
WAITING = "SELECT COUNT(*) FROM outbox WHERE LENGTH(payload) > 0"


def nothing_waits(service):
    wait_until(lambda: service.query(WAITING) == [["0"]], 60)


def timed(call, *arguments):
    """The answer, and the seconds it took less those by which the machine was late."""
    with Lateness() as late:
        begun = time.monotonic()
        answer = call(*arguments)
        taken = time.monotonic() - begun
    return answer, taken - 4 * late.worst


def usable_within_a_second(condition):
    with Lateness() as late:
        seconds = wait_until(condition, 30)
    assert seconds - 4 * late.worst <= 1, (seconds, late.worst)


def failed(answer):
    """The API's envelope with a generic message: nothing of the database gets out."""
    assert (answer.status, answer.media_type) == (500, "application/json"), answer
    assert list(answer.json) == ["message"]
    assert not re.search(r"mariadb|mysql|sql|socket|errno|connect", answer.message, re.I)
    assert not answer.cookies
    return answer


@pytest.mark.alone
def test_without_its_database_every_call_fails_whole_and_soon_and_recovers_by_itself(own_service):
    service = own_service
    asked, proven, member = Person(service).ask().read(), Person(service).verify(), Person(service).sign_up()
    stranger = Person(service)
    processes = service.processes()
    start_again = service.stop_database()

    calls = [
        (asked.check,), (proven.register,), (member.session,), (member.log_in,),
        (stranger.client.post, "/api/send-otp", {"phone": stranger.phone}),
        (stranger.client.post, "/api/check-nickname", {"nickname": stranger.nickname}),
    ]
    for call in calls * 2:
        answer, seconds = timed(*call)
        failed(answer)
        assert seconds <= 2, f"{call} took {seconds:.1f} s"
    assert answer.header("X-Request-Id") in "".join(service.logs().values())
    assert service.client().get("/healthz").status == 200
    ready = service.client().get("/readyz")
    assert ready.status == 503 and "database" in ready.body.decode().lower()

    start_again()
    usable_within_a_second(lambda: member.session().status == 200)
    usable_within_a_second(lambda: service.client().get("/readyz").status == 200)
    # Nothing was half done: what failed can be done now, and once.
    assert asked.check().status == 200
    assert proven.register().status == 201
    assert stranger.verify().register().status == 201
    assert len(service.outbox.texts(stranger.phone)) == 1
    assert service.processes() == processes


@pytest.mark.alone
def test_a_database_that_hangs_is_an_error_within_two_seconds(own_service):
    """SIGSTOP: the server takes connections and answers nobody."""
    service = own_service
    asked, member, stranger = Person(service).ask().read(), Person(service).sign_up(), Person(service)
    pid = service.pid("mariadbd")
    freeze(pid)
    try:
        calls = [(member.session,), (asked.check,), (member.log_in,),
                 (stranger.client.post, "/api/send-otp", {"phone": stranger.phone})]
        for _ in range(2):
            with ThreadPoolExecutor(len(calls)) as pool:
                for call, (answer, seconds) in zip(calls, pool.map(lambda call: timed(*call), calls)):
                    failed(answer)
                    assert seconds <= 2, f"{call} took {seconds:.2f} s"
        assert service.client().get("/healthz").status == 200
    finally:
        os.kill(pid, signal.SIGCONT)
    usable_within_a_second(lambda: member.session().status == 200)
    assert asked.check().status == 200
    # What was under way when it stopped happened whole or not at all.
    time.sleep(RESEND_AFTER)
    answer = stranger.client.post("/api/send-otp", {"phone": stranger.phone})
    assert answer.status in (200, 429)
    service.outbox.code(stranger.phone)


def test_a_database_that_is_killed_under_load_loses_nothing_it_acknowledged(own_service):
    service = own_service
    acknowledged, stop = [], threading.Event()

    def sign_people_up():
        while not stop.is_set():
            person = Person(service)
            try:
                person.ask().read().verify()
            except AssertionError:
                continue
            if person.register().status == 201:
                acknowledged.append(person)

    threads = [threading.Thread(target=sign_people_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        wait_until(lambda: len(acknowledged) >= 20, 60)
        before = list(acknowledged)
        start_again = service.stop_database(signal.SIGKILL)
        start_again()
        wait_until(lambda: len(acknowledged) >= len(before) + 10, 60)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    for person in acknowledged:
        assert person.log_in().status == 200


@pytest.mark.parametrize("who", ["authfcgi", "mariadbd", "both"])
def test_an_account_that_was_acknowledged_survives_a_crash(own_service, who):
    service = own_service
    people = [Person(service).sign_up() for _ in range(5)]
    asked = Person(service).ask().read()
    for name in ("authfcgi", "mariadbd") if who == "both" else (who,):
        service.kill(name)
    service.start()
    for person in people:
        assert person.session().status == 200
        assert person.log_in().status == 200
    assert asked.verify().register().status == 201


def test_a_worker_that_dies_is_replaced(own_service):
    service = own_service
    member = Person(service).sign_up()
    supervisor = service.pid("authfcgi")
    workers = service.workers()
    assert len(workers) == 2
    service.end(min(workers))
    wait_until(lambda: len(service.workers()) == len(workers), 30)
    assert service.pid("authfcgi") == supervisor
    assert [member.session().status for _ in range(50)] == [200] * 50


def test_a_message_that_cannot_be_delivered_is_kept_and_delivered_later(own_service):
    service = own_service
    nothing_waits(service)
    folder, aside = service.home / "outbox", service.home / "outbox.aside"
    folder.rename(aside)
    folder.write_text("in the way")
    try:
        person = Person(service).ask()
        time.sleep(2)
        assert folder.read_text() == "in the way" and service.outbox.texts(person.phone) == []
        assert service.query(WAITING) == [["1"]]
    finally:
        folder.unlink()
        aside.rename(folder)
    person.code = service.outbox.code(person.phone, patience=60)
    assert person.verify().register().status == 201
    time.sleep(RESEND_AFTER)
    assert len(service.outbox.texts(person.phone)) == 1


def test_what_was_delivered_keeps_no_text(own_service):
    service = own_service
    for _ in range(3):
        Person(service).ask().read()
    nothing_waits(service)


def test_a_stopped_service_is_a_502_and_its_return_is_seen_at_once(own_service):
    service = own_service
    member = Person(service).sign_up()
    service.kill("authfcgi")
    # The workers see the end of their supervisor a moment after it.
    wait_until(lambda: member.session().status == 502, 30)
    service.start()
    assert member.session().status == 200
    assert service.client().post("/api/send-otp", {"phone": new_phone()}).status == 200
    assert member.log_in(password=PASSWORD).status == 200


@pytest.mark.parametrize("migrate, cure", [("auto", ""), ("check", "authfcgi db migrate")])
def test_a_database_that_comes_after_the_service_gets_its_schema_then(own_service, migrate, cure):
    """As at the start of a machine that brings up everything at once."""
    service = own_service
    service.kill("authfcgi")
    service.query("DROP DATABASE authfcgi; CREATE DATABASE authfcgi")
    start_again = service.stop_database()
    variables = {**service.settings, "AUTHFCGI_DATABASE_MIGRATE": migrate, "PATH": os.environ["PATH"]}
    log = service.home / "log" / "late-database.log"
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--config", service.home / "authfcgi.toml"], env=variables, stdin=subprocess.DEVNULL,
            stdout=output, stderr=output)
    try:
        wait_until(lambda: service.client().get("/readyz").status == 503, 30)
        start_again()
        if cure:
            wait_until(lambda: cure in log.read_text(), 30)
            answer = service.client().get("/readyz")
            assert answer.status == 503 and cure in answer.body.decode()
        else:
            wait_until(lambda: service.client().get("/readyz").status == 200, 30)
            Person(service).sign_up()
            assert log.read_text().count("schema migrated") == 1
    finally:
        process.terminate()
        assert process.wait(30) == 0
    service.start()
    Person(service).sign_up()


@pytest.mark.skipif(os.cpu_count() > 8, reason="nearly all threads are on duty all the time")
def test_threads_that_only_a_held_up_time_needed_go_home(own_service):
    member = Person(own_service).sign_up()
    workers = own_service.workers()

    def threads():
        return sum(len(states(worker)) for worker in workers)

    # As many may rest as are on duty, who are all but the first one and the doorkeeper.
    usual = threads()
    most = 2 * usual - 2 * len(workers)
    database = own_service.pid("mariadbd")
    with ThreadPoolExecutor(2 * most) as clients:
        freeze(database)
        try:
            answers = [clients.submit(member.session) for _ in range(2 * most)]
            wait_until(lambda: threads() > most, 10)
        finally:
            os.kill(database, signal.SIGCONT)
        assert {answer.result().status for answer in answers} <= {200, 500}
    wait_until(lambda: threads() <= most, 30)
    assert member.session().status == 200
