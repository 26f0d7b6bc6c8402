"""Many ask at once who they are: each is told about nobody else, and whatever happens to their sessions meanwhile."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import pytest

import fcgi_client as fcgi
from apis import Captain, Codes, Compass, Contacts, Rider, Twake
from sessions import Asker, Question, Verification, first, log_in

KINDS = [Twake, Compass, Rider, Captain, Contacts, Codes]
CLIENTS, CONNECTIONS, TURNS = 32, 4, 80


def about(somebody, account, status=200, credential=None):
    """All the questions who somebody is."""
    verified = 204 if status == 200 else status
    return [
        Question(somebody, status, credential),
        Verification(somebody, account, verified, credential),
        Verification(somebody, account, status, credential, role=fcgi.AUTHORIZER),
    ]


@pytest.fixture(scope="module")
def people(racing):
    """Seven of each kind."""
    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(lambda kind: kind(racing).sign_up(), KINDS * 7))


@pytest.fixture(scope="module")
def questions(racing, people):
    """What all of them ask; the sessions of the last of each kind have ended, and some credentials never were any."""
    questions = []
    for number, somebody in enumerate(people):
        [[account]] = racing.query(f"SELECT LOWER(HEX(id)) FROM account WHERE {somebody.where()}")
        is_over = number >= len(people) - len(KINDS)
        if is_over:
            racing.query(f"UPDATE session SET ended_at = seen_at WHERE account = x'{account}'")
        questions += about(somebody, account, 401 if is_over else 200)
        if number % 7 == 0:
            questions += about(somebody, account, 401, first(somebody)[:-8] + "AAAAAAAA")
    return questions


def test_every_answer_is_its_askers_own(racing, questions):
    """Several connections for each client, so that many questions wait for the same look at the database."""
    def ask_around(number):
        chance = random.Random(number)
        with ExitStack() as stack:
            askers = [stack.enter_context(Asker(racing)) for _ in range(CONNECTIONS)]
            for _ in range(TURNS):
                for asker in askers:
                    asker.ask(chance.choice(questions))
                for asker in askers:
                    asker.hear()

    with ThreadPoolExecutor(CLIENTS) as threads:
        list(threads.map(ask_around, range(CLIENTS)))


def come_and_go(people, is_over):
    """One after the other logs in, looks at the new session and logs out, until it is over; how often."""
    count = 0
    with Asker(people[0].service) as asker:
        while not is_over.is_set():
            somebody = people[count % len(people)]
            token = log_in(somebody)
            for _ in range(4):
                asker.ask(Question(somebody, 200, token))
                asker.hear()
            somebody.post("/user/logout", headers={"Authorization": f"Bearer {token}"})
            asker.ask(Question(somebody, 401, token))
            asker.hear()
            count += 1
    return count


def age(service, statements, is_over):
    """Runs statements by which sessions were last used a while ago, until it is over; a deadlock may cost them, too."""
    while not is_over.is_set():
        with suppress(AssertionError):
            service.query(statements)


def test_that_sessions_are_used_is_written_for_all_of_them_while_others_begin_and_end(racing):
    """Somebody at the database writes the same rows in the other order: who is given up for that tries again."""
    with ThreadPoolExecutor(8) as threads:
        people = list(threads.map(lambda _: Compass(racing).sign_up(), range(8)))
    mine = [(somebody, token) for somebody in people for token in (first(somebody), log_in(somebody), log_in(somebody))]
    where = " OR ".join(f"({somebody.where()})" for somebody in people)
    rows = racing.query(
        f"SELECT HEX(digest) FROM session WHERE kind = 'login' AND account IN (SELECT id FROM account WHERE {where})")
    assert len(rows) == len(mine)
    digests = sorted((f"x'{digest}'" for [digest] in rows), reverse=True)
    ago = "UTC_TIMESTAMP(6) - INTERVAL 2 MINUTE"
    updates = [f"UPDATE session SET seen_at = {ago} WHERE digest = {digest};" for digest in digests]
    # A deadlock costs whoever has written less.
    backwards = f"START TRANSACTION; {updates[0] * 30} {''.join(updates)} COMMIT;"
    unseen = (f"SELECT COUNT(*) FROM session WHERE digest IN ({', '.join(digests)})"
              " AND seen_at < UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE")
    racing.query(backwards)
    assert racing.query(unseen) == [[str(len(mine))]]
    is_over = threading.Event()
    # Two logins of one account at once are none of this: with cheap hashes each has the password hashed anew.
    with ExitStack() as stack:
        askers = [(stack.enter_context(Asker(racing)), Question(somebody, 200, token)) for somebody, token in mine]
        others = stack.enter_context(ThreadPoolExecutor(4))
        stack.callback(is_over.set)
        comings = [others.submit(come_and_go, people[number::3], is_over) for number in range(3)]
        ageing = others.submit(age, racing, backwards * 4, is_over)

        def ask_all():
            # While nobody finds any session, they gather.
            with racing.holding("LOCK TABLES session WRITE"):
                for asker, question in askers:
                    asker.ask(question)
            for asker, _ in askers:
                asker.hear()

        for _ in range(100):
            ask_all()
        is_over.set()
        ageing.result()
        for _ in range(10):
            racing.query(backwards)
            ask_all()
            assert racing.query(unseen) == [["0"]]
    assert all(coming.result() for coming in comings)
