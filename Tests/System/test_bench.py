"""The bench's own programs: they compile, so that they follow the product."""

import json
import os
import pathlib
import subprocess
import sys
import types

import pytest

from service import REPOSITORY

sys.path.append(str(REPOSITORY / "bench"))

from driver.nginx import Nginx

# The program as the unit tests have it, beside which lie its modules.
CHECKING = os.environ.get("AUTHFCGI_TEST_CHECKING_BIN")


@pytest.mark.skipif(not CHECKING, reason="only scripts/test says where the unit tests' modules are")
def test_the_micro_benchmarks_are_of_this_product(tmp_path):
    """Checked as a part of the module that the unit tests were built with; nothing is generated."""
    commands = json.loads((pathlib.Path(CHECKING).parent / "description.json").read_text())["swiftCommands"]
    [module] = [command for command in commands.values() if command["moduleName"] == "AuthFCGI"]
    arguments = [argument for argument in module["otherArguments"] if argument != "-parseable-output"]
    sources = sorted((REPOSITORY / "bench/micro/Target/Micro").glob("*.swift"))
    assert sources
    done = subprocess.run(
        [module["executable"], "-typecheck", *arguments, "-parse-as-library", "-module-name", "Micro", "-I", module["importPath"],
         "-Xfrontend", "-testable-import-module", "-Xfrontend", module["moduleName"], *sources],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
    assert done.returncode == 0, done.stdout


def test_its_nginx_is_the_example_once_for_each_contender(tmp_path):
    """With parameters of a contender's own, without kept connections, and with a proxy's words."""
    (tmp_path / "log").mkdir()
    (tmp_path / "tmp").mkdir()
    contenders = [("own", "fastcgi", True, {}), ("other", "fastcgi", False, {"SCRIPT_FILENAME": "/a b.php"}), ("proxy", "http", True, {})]
    nginx = Nginx(types.SimpleNamespace(repo=REPOSITORY, home=tmp_path))
    for number, (name, protocol, keeps, parameters) in enumerate(contenders):
        nginx.add(types.SimpleNamespace(
            name=name, protocol=protocol, keeps=keeps, parameters=parameters, port=9000 + number, address=f"unix:{tmp_path}/{name}"))
    text = nginx.configuration()
    own, other, proxy = text.split("server {\n")[1:]
    assert "fastcgi_pass own;" in own and "fastcgi_keep_conn on;" in own and "SCRIPT_FILENAME" not in own
    # A location that has a parameter of its own has none of the others.
    before, location = other.split("location / {")
    assert 'fastcgi_param SCRIPT_FILENAME "/a b.php";' in before and "SCRIPT_NAME" in before and "fastcgi_param" not in location
    assert "keep_conn" not in other and "proxy_pass http://proxy;" in proxy and "fastcgi_pass" not in proxy
    (tmp_path / "conf").write_text(text)
    path = {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin"}
    done = subprocess.run(["nginx", "-t", "-p", tmp_path, "-c", tmp_path / "conf"], env=path, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr


def test_the_references_compile(tmp_path):
    done = subprocess.run(
        ["make", "-s", "-C", REPOSITORY / "bench/reference", f"OUT={tmp_path}"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
    assert done.returncode == 0 and {"responder", "credentials", "paced"} <= {file.name for file in tmp_path.iterdir()}, done.stdout
