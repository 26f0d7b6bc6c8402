"""Texts by an HTTP gateway and by a program: what they are given, and what of their answers is a refusal."""

import json
import re
import urllib.parse

import pytest

from gateway import Gateway
from program import run

HEAD = '[site]\nname = "Bäck & \\"Co\\" {{phone}}"\npublic_url = "https://auth.example.org"\n[sms]\n'
TEXT = '123456 is your Bäck & "Co" {{phone}} code. It is valid for 10 min. Give it to nobody.\n\n@auth.example.org #123456'


def send(tmp_path, lines, *more):
    return run(tmp_path, HEAD + lines, "sms", "test", "+4312345678", *more)


def http(tmp_path, gateway, *more, body="", fields=None):
    lines = f'transport = "http"\nurl = "{gateway.url}"\n{body}'
    if fields:
        file = tmp_path / "fields"
        file.write_text(fields)
        file.chmod(0o600)
        lines += f'headers_file = "{file}"\n'
    return send(tmp_path, lines, *more)


def test_a_gateway_gets_json_and_its_secret_header(tmp_path):
    with Gateway() as gateway:
        done = http(tmp_path, gateway, fields="Authorization: Bearer geheim\nX-Other: 1\n")
    assert done.returncode == 0, done.stderr
    [(_, path, fields, body, _)] = gateway.requests
    assert path == "/send?key=1" and fields["Authorization"] == "Bearer geheim" and fields["X-Other"] == "1"
    assert fields["Content-Type"] == "application/json"
    assert json.loads(body) == {"to": "+4312345678", "text": TEXT}
    assert re.search(r"\n@auth\.example\.org #123456$", json.loads(body)["text"])


def test_a_gateway_gets_a_form_where_its_header_says_so(tmp_path):
    with Gateway() as gateway:
        done = http(
            tmp_path, gateway, body="body = 'n={{phone}}&t={{text}}&i={{id}}'\n",
            fields="Content-Type: application/x-www-form-urlencoded\n")
    assert done.returncode == 0, done.stderr
    assert urllib.parse.parse_qs(gateway.requests[0][3].decode(), strict_parsing=True) == {
        "n": ["+4312345678"], "t": [TEXT], "i": ["0"]}


@pytest.mark.parametrize("mode, status", [
    (204, 0), (299, 0), (400, 69), (422, 69), (401, 75), (403, 75), (404, 75), (429, 75), (500, 75), (503, 75),
    ((301, "Location", "/elsewhere"), 75), ((307, "Location", "/elsewhere"), 75), ("drop", 75),
])
def test_what_a_gateway_answers(tmp_path, mode, status):
    with Gateway() as gateway:
        gateway.mode = mode
        done = http(tmp_path, gateway)
    assert done.returncode == status, done.stderr
    assert all(path == "/send?key=1" for _, path, *_ in gateway.requests), "no redirection is followed"
    assert "123456" not in done.stderr and "4312345678" not in done.stderr


def test_a_gateway_that_hangs_is_left_and_one_that_is_away_is_told(tmp_path):
    with Gateway() as gateway:
        gateway.mode = "hang"
        assert http(tmp_path, gateway).returncode == 75
    assert http(tmp_path, gateway).returncode == 75


def test_a_program_gets_the_number_as_its_last_argument_and_the_text_on_its_input(tmp_path):
    out, stub = tmp_path / "out", tmp_path / "stub"
    stub.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" > {out}.args\nls /proc/self/fd > {out}.fds\ncat > {out}\n')
    stub.chmod(0o755)
    done = send(tmp_path, f'transport = "command"\ncommand = ["{stub}", "a b; $(id)", "--to"]\n')
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.args").read_text() == "3\na b; $(id)\n--to\n+4312345678\n"
    assert out.read_text() == TEXT
    # ls has the folder that it reads open as well.
    assert (tmp_path / "out.fds").read_text().split() == ["0", "1", "2", "3"]


@pytest.mark.parametrize("script, status", [
    ("exit 0", 0), ("cat > /dev/null; exit 1", 75), ("exit 75", 75), ("exit 67", 69), ("exit 65", 69), ("kill -9 $$", 75),
])
def test_how_a_program_ends_decides(tmp_path, script, status):
    stub = tmp_path / "stub"
    stub.write_text(f"#!/bin/sh\n{script}\n")
    stub.chmod(0o755)
    assert send(tmp_path, f'transport = "command"\ncommand = ["{stub}"]\n').returncode == status


def test_a_program_that_reads_nothing_decides_as_well(tmp_path):
    stub = tmp_path / "stub"
    stub.write_text("#!/bin/sh\nexit 65\n")
    stub.chmod(0o755)
    templates = tmp_path / "templates"
    templates.mkdir()
    # More than a pipe holds: it is still being written when the program ends.
    (templates / "code.en.txt").write_text("Subject: {{code}}\nText: {{code}}" + " {{site}}" * 5000 + "\n\n{{code}}\n")
    settings = f'{HEAD}transport = "command"\ncommand = ["{stub}"]\n[mail]\ntemplates = "{templates}"\n'
    done = run(tmp_path, settings, "sms", "test", "+4312345678")
    assert done.returncode == 69, done.stderr


def test_a_program_that_does_not_end_is_killed_with_its_children(tmp_path):
    stub, mark = tmp_path / "stub", tmp_path / "mark"
    stub.write_text(f"#!/bin/sh\n(sleep 25; touch {mark}) &\nwait\n")
    stub.chmod(0o755)
    assert send(tmp_path, f'transport = "command"\ncommand = ["{stub}"]\n').returncode == 75
    assert not mark.exists()


def test_a_program_that_is_not_there_is_named(tmp_path):
    done = send(tmp_path, 'transport = "command"\ncommand = ["/nowhere/stub"]\n')
    assert done.returncode == 75 and "/nowhere/stub" in done.stderr
