"""The bench's own programs: they compile, so that they follow the product."""

import json
import os
import pathlib
import subprocess

import pytest

from service import REPOSITORY

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


def test_the_references_compile(tmp_path):
    done = subprocess.run(
        ["make", "-s", "-C", REPOSITORY / "bench/reference", f"OUT={tmp_path}"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
    assert done.returncode == 0 and {"responder", "credentials", "paced"} <= {file.name for file in tmp_path.iterdir()}, done.stdout
