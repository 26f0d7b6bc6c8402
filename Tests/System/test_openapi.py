"""`/openapi.json`: valid, and true: what the service answers is what it says."""

import json
import os
import pathlib
import re
import subprocess

import pytest

from service import Service

# A folder with openapi-spec-validator and schemathesis, made by scripts/test where the package index can be reached.
TOOLS = pathlib.Path(os.environ.get("AUTHFCGI_TEST_TOOLS", "/nonexistent"))

# The program as the unit tests have it: it looks each of its answers up in the description, and logs what is not there.
CHECKING = os.environ.get("AUTHFCGI_TEST_CHECKING_BIN")

# Every call of the five APIs, and the service's own.
COUNTS = {"twake": 9, "compass": 9, "ride": 20, "contacts": 7, "codes": 5, "service": 12}


@pytest.fixture(scope="module")
def document(nginx):
    answer = nginx.client().get("/openapi.json")
    assert (answer.status, answer.media_type) == (200, "application/json")
    return answer.json


def operations(document):
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def test_every_call_is_in_it(document):
    found = {}
    for _, _, operation in operations(document):
        [tag] = operation["tags"]
        found[tag] = found.get(tag, 0) + 1
    assert found == COUNTS


def test_its_structure_is_sound(document):
    """The part of OpenAPI 3.1 that it uses, checked without other software."""
    assert re.fullmatch(r"3\.1\.\d+", document["openapi"]) and document["info"]["title"] and document["info"]["version"]
    components, names = document["components"], set()
    for path, method, operation in operations(document):
        where = f"{method} {path}"
        assert method in ("get", "post") and operation["summary"], where
        assert operation["operationId"] not in names, where
        names.add(operation["operationId"])
        variables = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
        assert variables == set(re.findall(r"{(\w+)}", path)), where
        assert {"200", "201", "204", "302"} & set(operation["responses"]), where
        for status, response in operation["responses"].items():
            assert response["description"], where
            for content in response.get("content", {}).values():
                assert "example" in content, where
                reference = content["schema"].get("$ref")
                if int(status) >= 400:
                    assert reference and reference.rsplit("/", 1)[1] in components["schemas"], where
        for requirement in operation.get("security", []):
            assert set(requirement) <= set(components["securitySchemes"]), where
        if "requestBody" in operation:
            content = operation["requestBody"]["content"]["application/json"]
            assert set(content["schema"].get("required", [])) <= set(content["schema"]["properties"]), where
            assert set(content["example"]) == set(content["schema"]["properties"]), where


def test_every_operation_is_there_and_nothing_else_at_its_path(nginx, document):
    for path, item in document["paths"].items():
        answer = nginx.client().request("OPTIONS", re.sub(r"{\w+}", "abc", path))
        allowed = {method.strip().lower() for method in answer.header("Allow").split(",")}
        assert allowed - {"options", "head"} == set(item), path


def test_an_api_that_is_off_is_not_described():
    with Service("nginx", AUTHFCGI_API_TWAKE_ENABLED="false") as service:
        tags = {tag for _, _, o in operations(service.client().get("/openapi.json").json) for tag in o["tags"]}
        assert tags == set(COUNTS) - {"twake"}


@pytest.mark.skipif(not (TOOLS / "bin/openapi-spec-validator").exists(), reason="openapi-spec-validator is not there")
def test_a_validator_finds_nothing_wrong(document, tmp_path):
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    done = subprocess.run(
        [TOOLS / "bin/openapi-spec-validator", tmp_path / "openapi.json"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


# Codes that are sent however soon a machine asks again, and notices with a link.
GENEROUS = {
    "AUTHFCGI_OTP_RESEND_AFTER": "0s", "AUTHFCGI_SERVER_TRUSTED_PROXIES": "127.0.0.1",
    "AUTHFCGI_API_COMPASS_NOTICES": "new-device",
}


@pytest.mark.skipif(not (TOOLS / "bin/schemathesis").exists(), reason="schemathesis is not there")
def test_generated_requests_get_described_answers(tmp_path):
    """From nobody, and from people with every credential, of whom some make each call as it should be made."""
    service = Service("nginx", **GENEROUS, **({"AUTHFCGI_BIN": CHECKING} if CHECKING else {}))
    service.start()
    seen = tmp_path / "seen"
    try:
        described = service.client().get("/openapi.json").json
        for hooks, examples, phases in (("", 2, "examples,fuzzing"), ("generated_people", 4, "examples,coverage,fuzzing")):
            done = subprocess.run(
                [TOOLS / "bin/schemathesis", "run", f"http://127.0.0.1:{service.port}/openapi.json", "--max-examples", str(examples),
                 "--phases", phases, "--seed", "1", "--workers", "1", "--max-redirects", "0", "--checks",
                 "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"],
                capture_output=True, text=True, timeout=300, cwd=tmp_path, env={
                    **os.environ, **({"SCHEMATHESIS_HOOKS": hooks} if hooks else {}), "PYTHONPATH": str(pathlib.Path(__file__).parent),
                    "AUTHFCGI_TEST_HOME": str(service.home), "AUTHFCGI_TEST_PORT": str(service.port), "AUTHFCGI_TEST_SEEN": str(seen)})
            assert done.returncode == 0, done.stdout[-20000:] + done.stderr[-2000:]
            assert re.search(r"Tested: [1-9]", done.stdout), done.stdout[-2000:]
        log = service.logs()["authfcgi.log"]
    finally:
        service.remove()
    assert "undescribed answer" not in log
    met = {tuple(line.rsplit(" ", 1)) for line in seen.read_text().splitlines()}
    wanted = {
        (f"{method.upper()} {path}", status) for path, method, operation in operations(described)
        for status in operation["responses"] if status[0] in "23"
    } - {("GET /openapi.json", "200")}  # The description itself is read once, and not tried.
    print(f"\n{len(seen.read_text().splitlines())} requests, {len(met)} kinds of answers, {len(wanted & met)} good ones of {len(wanted)}")
    assert wanted <= met, f"never got: {sorted(wanted - met)}"
