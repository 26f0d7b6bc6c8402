"""Mails by SMTP, against a real server: TLS, logins, faults at every stage, and what arrives octet by octet."""

import concurrent.futures
import email
import email.policy
import json
import pathlib
import re
import time

import pytest

from mailbox import new_email
from process_table import command
from program import run
from service import Service, wait_until
from smtp_server import Server, certificate

LANGUAGES = ["ar", "de", "en", "es", "fr", "hi", "pt", "ru", "zh"]


@pytest.fixture(scope="session")
def identity(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"))


def settings(server, scheme="smtp", site="Example", **mail):
    lines = {"transport": "smtp", "url": f"{scheme}://localhost:{server.port}", "from": "no-reply@example.org", **mail}
    keys = [f"{key} = {'true' if value is True else chr(34) + str(value) + chr(34)}" for key, value in lines.items()]
    return f'[site]\nname = {json.dumps(site, ensure_ascii=False)}\npublic_url = "https://auth.example.org"\n[mail]\n' + "\n".join(keys) + "\n"


def send(tmp_path, server, *more, address="somebody@example.com", trust=None, libraries=None, **keys):
    variables = {"SSL_CERT_FILE": str(trust)} if trust else {}
    variables.update({"LD_LIBRARY_PATH": str(libraries)} if libraries else {})
    return run(tmp_path, settings(server, **keys), "mail", "test", address, *more, **variables)


def read(octets):
    return email.message_from_bytes(octets.replace(b"\r\n", b"\n"), policy=email.policy.default)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_arrives_whole_in_each_language(tmp_path, language):
    with Server() as server:
        done = send(tmp_path, server, "--lang", language, site="Käse & <Brot>")
    assert done.returncode == 0, done.stderr
    [(sender, recipients, octets)] = server.mails
    assert (sender, recipients) == ("no-reply@example.org", ["somebody@example.com"])
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", octets), "lines end in CR LF"
    assert max(map(len, octets.split(b"\r\n"))) <= 998
    assert all(octet < 128 for octet in octets)
    mail = read(octets)
    assert not mail.defects
    assert "123456" in mail["Subject"] and "Käse & <Brot>" in mail["Subject"]
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Date"].datetime and mail["Message-ID"]
    plain, page = mail.iter_parts()
    assert (plain.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    assert "\n123456\n" in plain.get_content() and "Käse & <Brot>" in plain.get_content()
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page.get_content()
    assert "Käse &amp; &lt;Brot&gt;" in page.get_content() and "<Brot>" not in page.get_content()


def test_starttls_is_taken_where_it_is_offered_and_the_certificate_is_checked(tmp_path, identity):
    chain, key = identity
    with Server(chain, key) as server:
        assert send(tmp_path, server, trust=chain).returncode == 0
        assert [encrypted for command, _, encrypted in server.commands if command == "MAIL"] == [True]
        refused = send(tmp_path, server)
        assert refused.returncode == 75 and "certificate" in refused.stderr.lower(), refused.stderr
    assert len(server.mails) == 1


def test_a_certificate_for_another_host_is_refused(tmp_path):
    chain, key = certificate(tmp_path, "mail.example.org")
    with Server(chain, key) as server:
        assert send(tmp_path, server, trust=chain).returncode == 75
    assert not server.mails


def test_smtps_begins_with_tls(tmp_path, identity):
    chain, key = identity
    with Server(chain, key, at_once=True) as server:
        assert send(tmp_path, server, scheme="smtps", trust=chain).returncode == 0
        assert send(tmp_path, server, scheme="smtps").returncode == 75
    assert len(server.mails) == 1


def test_require_tls_gives_nothing_to_a_server_without(tmp_path):
    with Server() as server:
        assert send(tmp_path, server, require_tls=True).returncode == 75
    assert not server.mails and "MAIL" not in [command for command, _, _ in server.commands]


def test_a_login_is_told_and_a_wrong_one_is_no_reason_to_give_a_mail_up(tmp_path, identity):
    chain, key = identity
    secret = tmp_path / "password"
    secret.write_text("geheim\n")
    secret.chmod(0o600)
    keys = {"user": "mailer", "password_file": secret, "require_tls": True, "trust": chain}
    with Server(chain, key, login=("mailer", "geheim")) as server:
        assert send(tmp_path, server, **keys).returncode == 0
    assert server.logins == [("mailer", "geheim")] and len(server.mails) == 1
    with Server(chain, key, login=("mailer", "other")) as server:
        done = send(tmp_path, server, **keys)
    assert done.returncode == 75 and not server.mails
    assert "geheim" not in done.stderr


@pytest.mark.parametrize("stage", ["greet", "EHLO", "MAIL", "RCPT", "DATA", "end"])
@pytest.mark.parametrize(
    "what", ["drop", "421 4.3.2 closing", "451 4.3.0 later", "550 5.1.1 no"], ids=["drop", "421", "451", "550"])
def test_a_fault_at_any_stage_is_told_and_only_a_refusal_of_the_mail_is_for_good(tmp_path, stage, what):
    with Server(faults=[(stage, what)] * 2) as server:
        done = send(tmp_path, server)
    is_final = what.startswith("5") and stage in ("MAIL", "RCPT", "DATA", "end")
    assert done.returncode == (69 if is_final else 75), (done.returncode, done.stderr)
    assert not server.mails
    assert "somebody" not in done.stderr and "123456" not in done.stderr


@pytest.mark.parametrize("stage", ["STARTTLS", "AUTH", "MAIL"])
@pytest.mark.parametrize("what", ["drop", "454 4.7.0 not now", "554 5.7.0 no", "what?"], ids=["drop", "454", "554", "nonsense"])
def test_a_fault_while_encrypting_or_logging_in_is_told_and_no_password_in_clear(tmp_path, identity, stage, what):
    chain, key = identity
    secret = tmp_path / "password"
    secret.write_text("geheim\n")
    secret.chmod(0o600)
    with Server(chain, key, login=("mailer", "geheim"), faults=[(stage, what)] * 3) as server:
        done = send(tmp_path, server, user="mailer", password_file=secret, trust=chain)
        assert done.returncode == (69 if stage == "MAIL" and what[0] == "5" else 75), (done.returncode, done.stderr)
        assert all(encrypted for command, _, encrypted in server.commands if command in ("AUTH", "MAIL", "RCPT", "DATA"))
        assert not server.mails and "geheim" not in done.stderr
        server.faults.clear()
        assert send(tmp_path, server, user="mailer", password_file=secret, trust=chain).returncode == 0
    assert len(server.mails) == 1


def test_a_password_is_not_told_to_a_server_without_tls(tmp_path):
    secret = tmp_path / "password"
    secret.write_text("geheim\n")
    secret.chmod(0o600)
    with Server(login=("mailer", "geheim")) as server:
        assert send(tmp_path, server, user="mailer", password_file=secret).returncode == 75
    assert not server.logins and "AUTH" not in [command for command, _, _ in server.commands]


def test_starttls_that_is_offered_and_then_refused_is_no_reason_to_keep_a_mail(tmp_path, identity):
    chain, key = identity
    with Server(chain, key, faults=[("STARTTLS", "454 4.7.0 not now")]) as server:
        assert send(tmp_path, server, trust=chain).returncode == 0
    with Server(chain, key, faults=[("STARTTLS", "454 4.7.0 not now")]) as required:
        assert send(tmp_path, required, trust=chain, require_tls=True).returncode == 75
    assert (len(server.mails), len(required.mails)) == (1, 0)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_that_is_over_is_refused(tmp_path, scheme):
    chain, key = certificate(tmp_path, days=-1)
    with Server(chain, key, at_once=scheme == "smtps") as server:
        done = send(tmp_path, server, scheme=scheme, trust=chain)
    assert done.returncode == 75 and "certificate" in done.stderr.lower() and not server.mails


def test_a_mail_that_was_accepted_before_the_server_went_is_delivered(tmp_path):
    with Server(faults=[("end", "accept-drop")]) as server:
        done = send(tmp_path, server)
    assert done.returncode == 0 and len(server.mails) == 1, done.stderr


def test_a_server_that_says_nothing_is_left(tmp_path):
    stages = ["greet", "EHLO", "MAIL", "RCPT", "DATA", "end"]

    def try_out(stage):
        (tmp_path / stage).mkdir()
        with Server(faults=[(stage, "slow")]) as server:
            begun = time.monotonic()
            return send(tmp_path / stage, server), time.monotonic() - begun

    with concurrent.futures.ThreadPoolExecutor(len(stages)) as pool:
        for stage, (done, took) in zip(stages, pool.map(try_out, stages)):
            assert done.returncode == 75 and "ime" in done.stderr and took < 37, (stage, took, done.stderr)


def test_libcurl_is_asked_for_by_who_sends_and_named_where_it_is_missing(tmp_path):
    (tmp_path / "libcurl.so.4").touch()
    with Server() as server:
        done = send(tmp_path, server, libraries=tmp_path)
        assert done.returncode == 78, done.stderr
        assert "mail.transport: smtp needs libcurl: " in done.stderr and "apt-get install libcurl4" in done.stderr
        with Service(AUTHFCGI_MAIL_TRANSPORT="smtp", AUTHFCGI_MAIL_URL=f"smtp://localhost:{server.port}",
                     AUTHFCGI_SECURITY_REVEAL_CODES="false") as service:
            loads = {command(pid)[1]: "libcurl" in pathlib.Path(f"/proc/{pid}/maps").read_text() for pid in service.processes()}
    assert loads == {"serve": False, "worker": False, "courier": True}


def test_one_bad_moment_after_the_other_and_each_mail_arrives_once():
    moments = ["greet", "EHLO", "MAIL", "RCPT", "DATA", "end"]
    faults = [(stage, what) for stage in moments for what in ("drop", "421 4.3.2 closing", "451 4.3.0 later")]
    with Server(faults=faults + [("end", "accept-drop")]) as server:
        with Service(AUTHFCGI_MAIL_TRANSPORT="smtp", AUTHFCGI_MAIL_URL=f"smtp://localhost:{server.port}",
                     AUTHFCGI_SECURITY_REVEAL_CODES="false") as service:
            people = [new_email() for _ in range(12)]
            for person in people:
                assert service.client().post("/api/v1/users/get-code", {"email": person}).status == 201
            wait_until(lambda: not server.faults and len(server.mails) >= len(people), 60)
            wait_until(lambda: service.query("SELECT COUNT(*) FROM outbox WHERE next_attempt_at IS NOT NULL") == [["0"]], 60)
            assert service.query("SELECT outcome, COUNT(*) FROM outbox GROUP BY outcome") == [["delivered", "12"]]
    assert sorted(recipients for _, recipients, _ in server.mails) == sorted([person] for person in people)


def test_a_mail_that_is_refused_for_good_is_not_tried_again():
    with Server(faults=[("RCPT", "550 5.1.1 nobody"), ("end", "554 5.7.1 spam")]) as server:
        with Service(AUTHFCGI_MAIL_TRANSPORT="smtp", AUTHFCGI_MAIL_URL=f"smtp://localhost:{server.port}",
                     AUTHFCGI_SECURITY_REVEAL_CODES="false") as service:
            for _ in range(2):
                assert service.client().post("/api/v1/users/get-code", {"email": new_email()}).status == 201
                wait_until(lambda: service.query("SELECT COUNT(*) FROM outbox WHERE outcome IS NULL") == [["0"]], 20)
            assert service.query("SELECT outcome, attempts, payload IS NULL, reason LIKE '%(55_)' FROM outbox") == [
                ["failed", "1", "1", "1"]] * 2
    assert not server.mails


@pytest.mark.parametrize("address", [
    "a@example.com\r\nBcc: b@example.com", "a@example.com, b@example.com", "a@example.com> RCPT TO:<b@example.com",
    "<a@example.com>", '"a b"@example.com', "a@example.com\n", "a@b@example.com", "a@exa mple.com", "é@example.com",
])
def test_an_address_that_is_more_than_one_is_none(tmp_path, address):
    with Server() as server:
        done = send(tmp_path, server, address=address)
    # Space around an address is dropped before it is read.
    assert done.returncode == (0 if address.strip() == "a@example.com" else 64)
    assert [recipients for _, recipients, _ in server.mails] in ([], [["a@example.com"]])


@pytest.mark.parametrize("site", [
    "Evil {{code}} {{link}}", "=?utf-8?Q?=0D=0ABcc:_b@example.com?=", ".", "Bcc: b@example.com",
    "<script>alert(1)</script>", "--=_1 \u2028 --", "\u202eltr", "x" * 100, "é" * 50,
])
def test_a_site_name_is_literal_text(tmp_path, site):
    with Server() as server:
        done = send(tmp_path, server, site=site)
    assert done.returncode == 0, done.stderr
    [(_, recipients, octets)] = server.mails
    assert recipients == ["somebody@example.com"]
    mail = read(octets)
    assert sorted(mail.keys()) == sorted([
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"])
    plain, page = mail.iter_parts()
    assert f"Your code for {site}:" in plain.get_content()
    assert "<script>" not in page.get_content()


def test_dots_at_the_beginning_of_lines_stay(tmp_path):
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "code.en.txt").write_text(
        "Subject: {{code}}\nText: {{code}}\n\n.\n..two\n.{{code}}\n\n.\n\nFrom here\n\n--\n")
    with Server() as server:
        done = send(tmp_path, server, templates=templates)
    assert done.returncode == 0, done.stderr
    plain, _ = read(server.mails[0][2]).iter_parts()
    assert plain.get_content() == ".\n..two\n.123456\n\n.\n\nFrom here\n\n--\n"


def test_templates_are_taken_file_by_file_and_tenant_by_tenant(tmp_path):
    templates = tmp_path / "templates"
    (templates / "shop").mkdir(parents=True)
    (templates / "code.de-AT.txt").write_text("Subject: Servus {{code}}\nText: {{code}}\n\n{{code}}\n")
    (templates / "shop" / "code.en.txt").write_text("Subject: Shop {{code}}\nText: {{code}}\n\n{{code}}\n")
    (templates / "code.en.html").write_text("<b>{{site}} {{code}}</b>")
    keys = f'[site]\nname = "A<B"\npublic_url = "https://auth.example.org"\n[mail]\ntemplates = "{templates}"\n'

    def preview(*arguments):
        return run(tmp_path, keys, "mail", "preview", "code", *arguments).stdout

    assert preview("--lang", "de-AT").startswith("Subject: Servus 123456\n")
    assert preview("--lang", "de-CH").startswith("Subject: 123456 ist")
    assert preview("--lang", "tlh").startswith("Subject: 123456 is your")
    assert preview("--tenant", "shop").startswith("Subject: Shop 123456\n")
    assert preview("--tenant", "shop", "--lang", "fr").startswith("Subject: 123456 : votre")
    assert preview("--html") == "<b>A&lt;B 123456</b>"
    (templates / "code.fr.txt").write_text("Subject: x\nText: x\n\nno code\n")
    refused = run(tmp_path, keys, "mail", "preview", "code")
    assert refused.returncode == 78 and "code.fr.txt" in refused.stderr
    (templates / "code.fr.txt").rename(templates / "cod.fr.txt")
    refused = run(tmp_path, keys, "mail", "preview", "code")
    assert refused.returncode == 78 and "cod.fr.txt" in refused.stderr


