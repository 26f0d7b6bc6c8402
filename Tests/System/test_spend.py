"""What messages may cost, on two hosts with two workers each: exactly the limit goes, whoever asks at once."""

from collections import Counter

import pytest

from apis import new_email
from hosts import Hosts, limits
from people import new_number
from service import wait_until

TEXTS, MAILS, JUDGED, PAUSE = 80, 30, 50, 3
DAY = 86_400


@pytest.fixture(scope="module")
def running():
    with Hosts(
        AUTHFCGI_LIMITS_SMS_PER_DAY=str(TEXTS), AUTHFCGI_LIMITS_MAIL_PER_DAY=str(MAILS),
        AUTHFCGI_LIMITS_SMS_BREAKER_AFTER=str(JUDGED), AUTHFCGI_LIMITS_SMS_BREAKER_PAUSE=f"{PAUSE}s",
        AUTHFCGI_LIMITS_SMS_COUNTRIES="43,44,1", AUTHFCGI_OTP_RESEND_AFTER="60s",
        AUTHFCGI_SECURITY_REVEAL_ACCOUNTS="uniform", AUTHFCGI_SECURITY_REVEAL_CODES="false",
    ) as hosts:
        yield hosts


@pytest.fixture
def hosts(running):
    """Nothing is counted yet, and no line of the log is old."""
    running.query("DELETE FROM rate_counter; DELETE FROM challenge; DELETE FROM outbox")
    running.old = {words: len(running.lines(words)) for words in ALARMS}
    return running


LOW, SPENT = "four fifths of the day", "the last of the day"
STOP, PROBE, RESUME = "numbers stop", "a few texts go", "numbers go on"
ALARMS = [LOW, SPENT, STOP, PROBE, RESUME]


def alarms(hosts):
    return {words: len(hosts.lines(words)) - hosts.old[words] for words in ALARMS}


def scattered(count):
    """Numbers in as many ranges."""
    return [f"+44{7_000_000_000 + new_number() % 10**5 * 10_007 % 10**5 * 10_000:010d}" for _ in range(count)]


def in_one_range(count, start=0):
    return [f"+4366012{10_000 + start + number:05d}" for number in range(count)]


def statuses(answers):
    return Counter(answer.status for answer in answers)


def waits(answers):
    return {int(answer.header("Retry-After")) for answer in answers if answer.status == 429}


def messages(hosts, medium):
    return int(hosts.query(f"SELECT COUNT(*) FROM outbox WHERE medium = '{medium}'")[0][0])


def test_of_texts_of_two_hosts_exactly_those_of_the_day_go(hosts):
    phones = list(dict.fromkeys(scattered(400)))[:200]
    refused = sum(hosts.sample("authfcgi_messages_refused_total", reason="budget"))
    answers = hosts.at_once("/api/send-otp", [{"phone": phone} for phone in phones])
    assert statuses(answers) == {200: TEXTS, 429: 200 - TEXTS}
    assert all(answer.json == {"message": "Too many requests"} for answer in answers if answer.status == 429)
    assert waits(answers) <= set(range(DAY - 30, DAY + 2))
    assert messages(hosts, "sms") == TEXTS
    wait_until(lambda: alarms(hosts) == {LOW: 1, SPENT: 1, STOP: 0, PROBE: 0, RESUME: 0}, 30)
    assert hosts.sample("authfcgi_messages_today", medium="sms") == [TEXTS, TEXTS]
    assert hosts.sample("authfcgi_messages_per_day", medium="sms") == [TEXTS, TEXTS]
    assert sum(hosts.sample("authfcgi_messages_refused_total", reason="budget")) - refused == 200 - TEXTS
    # What was refused is not counted against who asked.
    assert hosts.query("SELECT COUNT(*) FROM rate_counter WHERE name = 'messages'") == [[str(TEXTS)]]
    # The window that ends lets the next day's go.
    hosts.query("UPDATE rate_counter SET window_ends = UTC_TIMESTAMP(6) WHERE name = 'all-messages'")
    assert statuses(hosts.at_once("/api/send-otp", [{"phone": phone} for phone in list(dict.fromkeys(scattered(9)))[:4]])) == {200: 4}


def test_of_mails_exactly_those_of_the_day_go_to_anybody_and_nobody_alike(hosts):
    known = [new_email() for _ in range(10)]
    body = {"password": "SecurePass123+", "first_name": "John", "last_name": "Doe"}
    assert statuses(hosts.at_once("/user/create", [{**body, "email": email} for email in known])) == {200: 10}
    # A sign-up's code is not the one that is asked for here: both are mails.
    asked = [{"email": email} for email in known] + [{"email": new_email()} for _ in range(50)]
    answers = hosts.at_once("/user/forgot-password", asked)
    assert statuses(answers) == {200: MAILS - 10, 429: 60 - (MAILS - 10)}
    assert messages(hosts, "mail") == MAILS
    refused = [answer for answer in hosts.at_once("/user/forgot-password", [{"email": known[0]}, {"email": new_email()}])]
    assert {(answer.status, answer.body) for answer in refused} == {(429, b'{"error":"Too many requests"}')}
    # Links are mails as well, and texts are none.
    assert hosts.first.client().post("/api/v1/user/forgot-password", {"email": new_email()}).status == 429
    assert hosts.first.client().post("/api/send-otp", {"phone": scattered(1)[0]}).status == 200
    wait_until(lambda: alarms(hosts) == {LOW: 1, SPENT: 1, STOP: 0, PROBE: 0, RESUME: 0}, 30)


def test_a_thousand_numbers_of_one_range_stop_at_the_breaker(hosts):
    phones = in_one_range(1000)
    answers = hosts.at_once("/api/send-otp", [{"phone": phone} for phone in phones])
    # The pause may end while they are sent: then a few more go.
    pauses = alarms(hosts)[STOP] - 1
    assert 0 <= pauses <= 5
    assert statuses(answers) == {200: JUDGED + pauses * 5, 429: 1000 - JUDGED - pauses * 5}
    assert messages(hosts, "sms") == JUDGED + pauses * 5
    # The time that a request spent waiting for its turn comes on top.
    assert waits(answers) <= set(range(1, PAUSE + 10))
    # However long all of them took.
    hosts.query("UPDATE rate_counter SET window_ends = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR WHERE name = 'ranges' AND subject = '+4366012'")
    assert hosts.sample("authfcgi_sms_ranges_stopped") == [1, 1]
    # The neighbours are texted.
    answers = hosts.at_once("/api/send-otp", [{"phone": "+436601312345"}, {"phone": "+447911123456"}])
    assert statuses(answers) == {200: 2}


def test_after_the_pause_a_few_go_and_a_code_that_is_used_lets_texts_go_on(hosts):
    first = hosts.at_once("/api/send-otp", [{"phone": phone} for phone in in_one_range(60, 2000)])
    assert statuses(first)[200] >= JUDGED and alarms(hosts)[STOP] >= 1
    hosts.query("UPDATE rate_counter SET window_ends = UTC_TIMESTAMP(6) WHERE name = 'ranges'")
    agent = hosts.first.client()
    phone = in_one_range(1, 3000)[0]
    assert agent.post("/api/send-otp", {"phone": phone}).status == 200
    wait_until(lambda: alarms(hosts)[PROBE] >= 1, 30)
    again = hosts.at_once("/api/send-otp", [{"phone": phone} for phone in in_one_range(8, 4000)])
    assert statuses(again) == {200: 4, 429: 4}
    assert agent.post("/api/check-otp", {"password": hosts.first.outbox.code(phone)}).status == 200
    wait_until(lambda: alarms(hosts)[RESUME] == 1, 30)
    more = hosts.at_once("/api/send-otp", [{"phone": phone} for phone in in_one_range(8, 5000)])
    assert statuses(more) == {200: 8}


def test_an_administrator_lets_texts_to_a_range_go_again(hosts):
    hosts.at_once("/api/send-otp", [{"phone": phone} for phone in in_one_range(60, 6000)])
    hosts.query("UPDATE rate_counter SET window_ends = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR WHERE name = 'ranges'")
    phone = in_one_range(1, 7000)[0]
    assert hosts.second.client().post("/api/send-otp", {"phone": phone}).status == 429
    shown, _ = limits(hosts.second, "show", phone, "--json")
    assert [entry["whom"] for entry in shown if entry["refused"]] == ["+4366012"]
    limits(hosts.second, "clear", phone)
    assert hosts.first.client().post("/api/send-otp", {"phone": phone}).status == 429
    limits(hosts.second, "clear", phone, "--range")
    assert hosts.first.client().post("/api/send-otp", {"phone": phone}).status == 200
    assert hosts.query("SELECT COUNT(*) FROM rate_counter WHERE name = 'all-messages'") == [["1"]]


def test_a_country_that_is_not_texted_is_refused_and_nothing_is_written(hosts):
    person = {"password": "SecurePass123+", "first_name": "John", "last_name": "Doe"}
    calls = [
        ("/api/send-otp", {"phone": "+33612345678"}, {"message": "Invalid phone number"}),
        ("/api/send-otp", {"phone": "0033 6 12 34 56 78"}, {"message": "Invalid phone number"}),
        ("/user/create", {"phone_number": "+33612345678", **person}, {"error": "Invalid phone number"}),
        ("/user/create/resend-otp", {"phone_number": "+33612345678"}, {"error": "Invalid phone number"}),
        ("/user/forgot-password", {"phone_number": "+33612345678"}, {"error": "Invalid phone number"}),
    ]
    before = hosts.first.dump()
    for path, body, expected in calls:
        answer = hosts.second.client().post(path, body)
        assert (answer.status, answer.json) == (400, expected), path
    assert hosts.first.dump() == before
    # The phone beside an email is not texted, and who may be asked for is not told.
    answer = hosts.first.client().post("/user/create", {"phone_number": "+33612345678", "email": new_email(), **person})
    assert answer.status == 200
    for path, body in [("/api/check-phone", {"phone": "+33612345678"}), ("/api/send-otp", {"phone": "+12125550123"})]:
        assert hosts.first.client().post(path, body).status == 200
    shown, _ = limits(hosts.first, "show", "+33612345678", "--json")
    assert ("countries", "+33") in [(entry["counter"], entry["whom"]) for entry in shown if entry["refused"]]
