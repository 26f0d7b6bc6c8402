"""What is typed into names, addresses and templates stays text, for one recipient, by every way that messages leave."""

import email
import email.policy
import html.parser
import json
import re
import shutil
import subprocess
import urllib.parse

import pytest

from gateway import Gateway
from mailbox import new_email
from people import new_phone
from program import PROGRAM
from riders import Rider
from service import Service, wait_until
from smtp_server import Server

HEADER = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]
MAIL, PHONE = "somebody@example.com", "+4312345678"

# What a site may be called; the limit is 100 octets, and no control characters.
NAMES = {
    "place": "{{code}} {{link}} {{{{site}}}}",
    "open place": "{{code",
    "another template's end": "}} {{",
    "encoded word": "=?utf-8?Q?=0D=0ABcc:_eve@example.com?=",
    "encoded word, base 64": "=?utf-8?B?DQpCY2M6IGV2ZUBleGFtcGxlLmNvbQ==?=",
    "encoded word and not ASCII": "é =?utf-8?Q?=0D=0ABcc:_eve@example.com?=",
    "quoted-printable": "=0D=0ABcc: eve@example.com =\u00e9",
    "field": "Bcc: eve@example.com",
    "another address": "A <eve@example.com>, eve@example.org",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "end of an attribute": "\"'><a href=https://evil.example>",
    "character reference": "&lt;b&gt; &amp;amp; &#0;",
    "per cent": "%0d%0aBcc:%20eve %s %n %@ %1$s",
    "quotes and backslashes": "\\\" ',\"to\":\"+4399\" \\u0022 \\",
    "form": "a&to=+4399&text=b;c+d=e#f",
    "shell": "$(id) `id` ; id | id > /x & \\",
    "line separators": "a\u2028Bcc: eve@example.com\u2029b",
    "from the right": "\u202ecod\u202c \u2066x\u2069 \u200f",
    "no width": "\u200b\u2060\ufeff\u00ad",
    "dot": ".",
    "dashes": "--=_1.0--",
    "wide": "\U0001F511\U0001F511 \U00010348",
    "long": "é" * 50,
    "spaces": "  a   b  ",
}

BROKEN_NAMES = [
    "a\r\nBcc: eve@example.com", "a\nBcc: eve@example.com", "a\rBcc: eve", "a\0b", "a\x0bb", "a\x7f", "a\x85Bcc: eve",
    "x" * 101, "",
]

# None of these is one address, or is one that a mail server could take for something else.
ADDRESSES = [
    "a@example.com\r\nBcc: eve@example.com", "a@example.com\nRCPT TO:<eve@example.com>", "a@example.com, eve@example.com",
    "a@example.com;eve@example.com", "a@example.com eve@example.com", "a@example.com> RCPT TO:<eve@example.com",
    "<a@example.com>", "Ada <a@example.com>", '"a b"@example.com', '"a\\"b"@example.com', "a@example.com\0", "a@b@example.com",
    "a@exa mple.com", "a(comment)@example.com", "@eve.example:a@example.com", "a%00@example.com\x00", "é@example.com",
    "a\u2028@example.com", "a\u202e@example.com", "=?utf-8?Q?a=40?=@example .com", "a@[127.0.0.1]", "a@localhost",
    "a" * 243 + "@example.com", "a@" + "b" * 64 + ".com", "a@" + "b." * 130 + "com", "-a@-b.com", "a@b..com", "{{code}}@x\n.com",
]

# These are one address each, however odd: nothing else is made of them.
ODD_ADDRESSES = ["-f@example.com", "{{code}}@example.com", "%s%0d%0a@example.com",
                 "o'neil+$`id`|x@example.com", "a" * 242 + "@example.com"]

NUMBERS = [
    "+4312345678\r\nTo: +4399", "+4312345678,+4399999999", "+4312345678;+4399999999", "+4312345678 x +4399999999",
    "+43 123\u202845678", "--to=+4399999999", "+4312345678\0", "+43$(id)12345678", "+٤٣١٢٣٤٥٦٧٨", "\uff0b4312345678",
    "+4312345678&to=+4399999999", '+4312345678","to":"+4399999999', "+{{code}}", "+" + "4" * 300,
]

PEOPLE = ["{{code}}", "<b>Ada</b>", "=?utf-8?Q?=0D=0ABcc:_eve@example.com?=", "\u202eadA", '"; Bcc: eve@example.com', "%0d%0aBcc: x",
          "x" * 128, "Ada\r\nBcc: eve@example.com", "Ada\u2028Bcc: eve@example.com", "x" * 129]


class Words(html.parser.HTMLParser):
    """The text of a page, and its elements."""

    def __init__(self, page):
        super().__init__()
        self.text, self.elements = "", set()
        self.feed(page)
        self.close()

    def handle_starttag(self, name, _):
        self.elements.add(name)

    def handle_data(self, text):
        self.text += text


def read(octets):
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", octets) and all(octet < 128 for octet in octets)
    mail = email.message_from_bytes(octets, policy=email.policy.default)
    assert not mail.defects and sorted(mail.keys()) == sorted(HEADER)
    return mail


def checked(octets, recipient, site):
    """A mail that says what it should, to one recipient."""
    mail = read(octets)
    assert mail["To"] == recipient and mail["From"] == "no-reply@example.org"
    [plain, page] = mail.iter_parts()
    folded = " ".join(site.split())
    assert " ".join(mail["Subject"].split()) == " ".join(f"123456 is your {site} code".split()), folded
    assert f"Your code for {site}:\n\n123456\n" in plain.get_content().replace("\r\n", "\n")
    words = Words(page.get_content())
    assert f"Your code for {site}:" in words.text
    assert words.elements <= {"html", "head", "meta", "title", "body", "p", "strong"}


def toml(site, *lines):
    return f'[site]\nname = {json.dumps(site, ensure_ascii=False)}\npublic_url = "https://auth.example.org"\n' + "\n".join(lines) + "\n"


def run(folder, settings, *arguments, before=()):
    (folder / "authfcgi.toml").write_text(settings)
    return subprocess.run(
        [*before, PROGRAM, *arguments, "--config", folder / "authfcgi.toml"], capture_output=True, text=True, timeout=60,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}, stdin=subprocess.DEVNULL)


def program(folder):
    """A program that writes down what it gets: its arguments, each ended by U+0000, and its input."""
    stub = folder / "sendmail"
    stub.write_text(f'#!/bin/sh\nprintf "%s\\0" "$@" >> {folder}/arguments\n/bin/cat >> {folder}/input\n')
    stub.chmod(0o755)
    return stub


def taken(folder):
    if not (folder / "arguments").exists():
        return None, None
    return (folder / "arguments").read_text().split("\0")[:-1], (folder / "input").read_bytes()


def with_sendmail(folder):
    """What runs a command where the folder's program stands at /usr/sbin/sendmail, for that command alone."""
    (folder / "sbin").mkdir(exist_ok=True)
    program(folder).rename(folder / "sbin" / "sendmail")
    before = ["unshare", "--mount", "--map-root-user", "sh", "-c", f'mount --bind {folder}/sbin /usr/sbin && exec "$@"', "sh"]
    if not shutil.which("unshare") or subprocess.run([*before, "true"], capture_output=True).returncode:
        pytest.skip("there is no mount namespace to be had")
    return before


@pytest.mark.parametrize("site", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("way", ["smtp", "sendmail", "json", "form", "command"])
def test_a_name_is_literal_text_for_one_recipient(tmp_path, way, site):
    text = f"123456 is your {site} code. It is valid for 10 min. Give it to nobody.\n\n@auth.example.org #123456"
    if way == "smtp":
        with Server() as server:
            done = run(tmp_path, toml(
                site, "[mail]", 'transport = "smtp"', f'url = "smtp://localhost:{server.port}"', 'from = "no-reply@example.org"'),
                "mail", "test", MAIL)
        assert done.returncode == 0, done.stderr
        [(sender, recipients, octets)] = server.mails
        assert (sender, recipients) == ("no-reply@example.org", [MAIL])
        checked(octets, MAIL, site)
    elif way == "sendmail":
        done = run(tmp_path, toml(site, "[mail]", 'transport = "sendmail"', 'from = "no-reply@example.org"'),
                   "mail", "test", MAIL, before=with_sendmail(tmp_path))
        assert done.returncode == 0, done.stderr
        arguments, octets = taken(tmp_path)
        assert arguments == ["-i", "-f", "no-reply@example.org", "--", MAIL]
        checked(octets.replace(b"\n", b"\r\n"), MAIL, site)
    elif way == "command":
        done = run(tmp_path, toml(site, "[sms]", 'transport = "command"', f'command = ["{program(tmp_path)}", "--to"]'),
                   "sms", "test", PHONE)
        assert done.returncode == 0, done.stderr
        assert taken(tmp_path) == (["--to", PHONE], text.encode())
    else:
        lines = ["[sms]", 'transport = "http"']
        if way == "form":
            (tmp_path / "fields").write_text("Content-Type: application/x-www-form-urlencoded\n")
            (tmp_path / "fields").chmod(0o600)
            lines += [f'headers_file = "{tmp_path}/fields"', "body = 'to={{phone}}&text={{text}}'"]
        with Gateway() as gateway:
            done = run(tmp_path, toml(site, *lines, f'url = "{gateway.url}"'), "sms", "test", PHONE)
        assert done.returncode == 0, done.stderr
        [(_, path, _, body, _)] = gateway.requests
        assert path == "/send?key=1"
        if way == "json":
            assert json.loads(body, object_pairs_hook=list) == [("to", PHONE), ("text", text)]
        else:
            pairs = urllib.parse.parse_qsl(body.decode("ascii"), strict_parsing=True, keep_blank_values=True)
            assert pairs == [("to", PHONE), ("text", text)]


@pytest.mark.parametrize("site", BROKEN_NAMES, ids=[ascii(name)[:20] for name in BROKEN_NAMES])
def test_a_name_with_control_characters_is_no_name(tmp_path, site):
    with Server() as server:
        done = run(tmp_path, toml(
            site, "[mail]", 'transport = "smtp"', f'url = "smtp://localhost:{server.port}"', 'from = "no-reply@example.org"'),
            "mail", "test", MAIL)
    assert done.returncode == 78 and not server.mails, (done.returncode, done.stderr)


@pytest.mark.parametrize("template", ids=range(13), argvalues=[
    "Subject: a\rBcc: eve@example.com {{code}}\nText: {{code}}\n\n{{code}}\n",
    "Subject: a\x0bBcc: eve {{code}}\nText: {{code}}\n\n{{code}}\n",
    "Subject: a\x85Bcc: eve {{code}}\nText: {{code}}\n\n{{code}}\n",
    "Subject: a\u2028Bcc: eve {{code}}\nText: {{code}}\n\n{{code}}\n",
    "Subject: =?utf-8?Q?=0D=0ABcc:_eve?= {{code}}\nText: {{code}}\n\n{{code}}\n",
    "Subject: " + "long words " * 200 + "\nText: {{code}}\n\n{{code}}\n",
    "Subject: " + "é" * 2000 + "\nText: {{code}}\n\n{{code}}\n",
    "Subject: s\nText: {{code}}\n\nBcc: eve@example.com\n\n{{code}}\n\n.\n\n--=_1.0--\n\n" + "x" * 2000 + "\n",
    "Subject: s\nText: {{code}}\n\n{{code}}\n\n\rlone\r.\r\rBcc: eve\n",
    "Subject: s\r\nText: {{code}}\r\n\r\n{{code}}\r\n\r\nlines of another system\r\n",
    "Subject: s\nBcc: eve@example.com\nText: {{code}}\n\n{{code}}\n",
    "Subject: s\n Bcc: eve@example.com\nText: {{code}}\n\n{{code}}\n",
    "\ufeffSubject: s\nText: {{code}}\n\n{{code}}\n",
])
def test_a_template_makes_no_field_and_no_recipient(tmp_path, template):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "code.en.txt").write_text(template, newline="")
    with Server() as server:
        done = run(tmp_path, toml(
            "Site", "[mail]", 'transport = "smtp"', f'url = "smtp://localhost:{server.port}"', 'from = "no-reply@example.org"',
            f'templates = "{tmp_path}/templates"'), "mail", "test", MAIL)
    if not template.startswith("Subject: s\r") and re.match("(?!Subject: )|.*\n(?!Text: )", template):
        assert done.returncode == 78 and "code.en.txt" in done.stderr and not server.mails
        return
    assert done.returncode == 0, done.stderr
    [(_, recipients, octets)] = server.mails
    assert recipients == [MAIL]
    assert max(map(len, octets.split(b"\r\n"))) <= 998
    [plain, _] = read(octets).iter_parts()
    assert "123456" in plain.get_content()


@pytest.fixture(scope="module")
def house():
    """A service, its mail server and its gateway."""
    with Gateway() as gateway, Server() as server:
        service = Service(
            AUTHFCGI_MAIL_TRANSPORT="smtp", AUTHFCGI_MAIL_URL=f"smtp://localhost:{server.port}", AUTHFCGI_SMS_TRANSPORT="http",
            AUTHFCGI_SMS_URL=gateway.url, AUTHFCGI_MAIL_FROM="no-reply@example.org", AUTHFCGI_SECURITY_REVEAL_CODES="false")
        service.start()
        try:
            yield service, server, gateway
        finally:
            service.remove()


def everything_is_out(service):
    wait_until(lambda: service.query("SELECT COUNT(*) FROM outbox WHERE next_attempt_at IS NOT NULL") == [["0"]], 20)


@pytest.mark.parametrize("address", ADDRESSES, ids=[ascii(address)[:40] for address in ADDRESSES])
def test_what_is_no_address_gets_no_mail(house, address):
    service, server, _ = house
    before = len(server.mails)
    client = service.client()
    answers = [
        client.post("/api/v1/users/get-code", {"email": address}),
        client.post("/user/create", {
            "email": address, "password": "SecurePass123+", "first_name": "Ada", "last_name": "Lovelace"}),
        Rider(service).register(email=address),
        client.post("/api/v1/user/forgot-password", {"email": address, "client_url": "http://localhost"}),
    ]
    # Space around an address is dropped before it is read; this one is another's mail all the same.
    assert all(400 <= answer.status < 500 for answer in answers), answers
    everything_is_out(service)
    assert len(server.mails) == before


@pytest.mark.parametrize("address", ODD_ADDRESSES)
def test_an_odd_address_is_one_recipient(house, address):
    service, server, _ = house
    assert service.client().post("/api/v1/users/get-code", {"email": address}).status == 201
    everything_is_out(service)
    [(sender, recipients, octets)] = [mail for mail in server.mails if address in mail[1]]
    assert recipients == [address] and read(octets)["To"].replace(" ", "") == address


@pytest.mark.parametrize("number", NUMBERS, ids=[ascii(number)[:40] for number in NUMBERS])
def test_what_is_no_number_gets_no_text(house, number):
    service, _, gateway = house
    before = len(gateway.requests)
    assert service.client().post("/api/send-otp", {"phone": number}).status == 400
    everything_is_out(service)
    assert len(gateway.requests) == before


@pytest.mark.parametrize("language", ids=range(9), argvalues=[
    "en\u2028fr", "../../../etc/passwd", "en/../fr", "{{code}}", "en;q=%0d%0aBcc:eve", "x" * 4000, "*", "\u202een", "en,,,,;;=",
])
def test_a_language_is_no_way_in(house, language):
    service, _, gateway = house
    phone = new_phone()
    answer = service.client().post("/api/send-otp", {"phone": phone}, headers={"Accept-Language": language.encode().decode("latin-1")})
    assert answer.status == 200, answer
    everything_is_out(service)
    [body] = [json.loads(body) for _, body in gateway.taken if phone.encode() in body]
    assert re.fullmatch(r"\d{6} is your AuthFCGI code\. .*\n\n@\S+ #\d{6}", body["text"]), body


@pytest.mark.parametrize("name", PEOPLE, ids=[ascii(name)[:40] for name in PEOPLE])
def test_what_people_call_themselves_is_in_no_header(house, name):
    service, server, _ = house
    rider, other = Rider(service), new_email()
    registered = rider.register(firstname=name, lastname=name)
    created = service.client().post("/user/create", {
        "email": other, "password": "SecurePass123+", "first_name": name, "last_name": name})
    is_name = len(name) <= 128 and not re.search("[\r\n\u2028]", name)
    assert (registered.status, created.status) == ((201, 200) if is_name else (400, 400)), (registered, created)
    everything_is_out(service)
    mails = [(recipients, octets) for _, recipients, octets in server.mails if {rider.email, other} & set(recipients)]
    assert sorted(recipients for recipients, _ in mails) == (sorted([[rider.email], [other]]) if is_name else [])
    for [recipient], octets in mails:
        mail = read(octets)
        assert mail["To"] == recipient and re.fullmatch(r"\d{6} is your AuthFCGI code", mail["Subject"])
        assert name not in mail.get_body(("plain",)).get_content()
