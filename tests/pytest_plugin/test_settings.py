"""Settings of a run: known violations, excluded tests, other hosts, another document; and invalid values."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from apicontract.pytest_plugin.settings import marker_arguments
from apicontract.traffic.ignores import IgnoreEntry, ignore_entries
from tests.support.running import Consumer
from twelvelabs_contract import Contract, Violation

TWO = """
def test_it():
    client().get("/tasks?page_limit=51&page=x")
"""
LIMIT, NUMBER = "query.page_limit: the value is greater", 'query.page: the value is not of type "integer"'


ENTRIES = {
    "tasks.list": "passed",
    "tasks.list query.*": "passed",
    "* query.page* *": "passed",
    "tasks.list query.page_limit maximum": "failed",
    "tasks.list query.page_limi? *": "failed",
    "* * maximum": "failed",
    "tasks": "failed",
}
"""An entry of an allow list, and what becomes of a test that breaks `query.page_limit` and `query.page`."""


def test_a_known_violation_passes(consumer: Consumer) -> None:
    text = TWO.replace("test_it()", "test_it(self=None)").replace("\n", "\n    ")
    classes = [
        f"class Test{i}:\n    @pytest.mark.contract(ignore=[{entry!r}]){text}" for i, entry in enumerate(ENTRIES)
    ]
    consumer.tests("\n".join(classes))
    run = consumer.run()
    assert list(run.outcomes().values()) == list(ENTRIES.values())
    for entry, reported in zip(ENTRIES, run.tests.values(), strict=True):
        assert (NUMBER in reported.failure) == (ENTRIES[entry] == "failed")
        assert (LIMIT in reported.failure) == (entry == "tasks")
    assert run.summary() == "test_it.py::Test6::test_it: 'tasks' matched nothing; it can be removed, if every test ran"


def test_known_violations_of_the_whole_run(consumer: Consumer) -> None:
    entries = "\n    # known\n    tasks.list query.page_limit\n    tasks\n    *  query.page   type\n"
    consumer.write("pytest.ini", f"[pytest]\ncontract = true\ncontract_ignore ={entries}")
    consumer.tests(TWO)
    run = consumer.run()
    assert run.one().outcome == "passed"
    assert run.summary() == "contract_ignore: 'tasks' matched nothing; it can be removed, if every test ran"


def test_brackets_are_themselves_and_words_left_out_are_any(contract: Contract) -> None:
    (entry,) = ignore_entries(contract, "", ["search.create form.search_options[1] *"])
    assert entry.matches(Violation("search.create", "form.search_options[1]", "enum", "", ""))
    assert not entry.matches(Violation("search.create", "form.search_options1", "enum", "", ""))
    (nothing,) = ignore_entries(contract, "", ["- *"])
    assert nothing.matches(Violation(None, "path", "undeclared", "", ""))
    for text, matches in (("-", True), ("POST /assets path", True), ("POST *", True), ("GET /assets", False)):
        (named,) = ignore_entries(contract, "", [text])
        assert named.matches(Violation(None, "path", "undeclared", "", ""), "POST /assets") is matches, text
    assert not nothing.matches(Violation("tasks.list", "path", "undeclared", "", ""))


BOTH = """
@pytest.mark.contract(ignore=[{entry!r}])
def test_it():
    answer = httpx.Response(201, content="{{}}", headers={{"content-type": "text/plain"}})
    with httpx.Client(transport=httpx.MockTransport(lambda request: answer), headers={{"x-api-key": KEY}}) as http:
        http.post(URL + "/indexes", content="{{}}", headers={{"content-type": "text/plain"}})
"""


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ("indexes.create header.content-type", []),
        ("indexes.create request.header.content-type media_type", ["response"]),
        ("indexes.create response.header.content-type", ["request"]),
        ("* response.*", ["request"]),
        ("* request.*type", ["response"]),
        ("tasks.list", ["request", "response"]),
    ],
)
def test_an_entry_can_name_the_side(consumer: Consumer, entry: str, left: list[str], tmp_path: Path) -> None:
    """In a run and in its coverage: both messages have the field."""
    consumer.tests(BOTH.format(entry=entry))
    report = tmp_path / "coverage.json"
    failure = consumer.run(f"--contract-report={report}").one().failure
    assert failure.count("indexes.create: header.content-type: ") == len(left)
    counted = json.loads(report.read_text())["findings"]
    assert [one["side"] for one in counted if one["where"] == "header.content-type"] == left


def test_an_operation_without_an_id_can_be_known(consumer: Consumer) -> None:
    """Whatever the failure says to write can be written: its name has a space."""
    shop = json.loads(json.dumps(SHOP).replace('"operationId": "toys.list", ', ""))
    consumer.write("shop.json", json.dumps(shop))
    test = "def test_it():\n    client([]).get('https://shop.example/v2/toys?size=6')\n"
    consumer.tests(test)
    failure = consumer.run("--contract", "--contract-spec=shop.json").one().failure
    hint = re.search(r"@pytest.mark.contract\(ignore=\[.*\]\)", failure)
    assert hint
    assert 'ignore=["GET /toys query.size maximum"]' in hint[0]

    consumer.tests(f"{hint[0]}\n{test}")
    assert consumer.run("--contract", "--contract-spec=shop.json").one().outcome == "passed"
    consumer.tests(test)
    consumer.write("pytest.ini", "[pytest]\ncontract_ignore =\n    GET /toys query.size maximum\n")
    assert consumer.run("--contract", "--contract-spec=shop.json").one().outcome == "passed"


NAMES = {
    "GET /toys": True,
    "GET /toys query.size": True,
    "GET *": True,
    "* query.* maximum": True,
    "POST /toys query.size maximum": False,
    "GET": False,
    "* maximum": False,
    "GET /toys maximum": False,
    "GET /toys query.size type": False,
}
"""An entry, and whether it lets `GET /toys query.size maximum` pass."""


@pytest.mark.parametrize(("entry", "passes"), NAMES.items())
def test_a_name_with_a_space_is_one_name(entry: str, passes: bool) -> None:
    assert IgnoreEntry("", entry).matches(Violation("GET /toys", "query.size", "maximum", "", "")) == passes


def test_an_entry_is_of_use_if_any_test_below_its_marker_needs_it(consumer: Consumer) -> None:
    consumer.tests(
        """
        pytestmark = pytest.mark.contract(ignore=["tasks.list query.page_limit", "tasks.create"])

        def test_known():
            client().get("/tasks?page_limit=51")

        @pytest.mark.contract(ignore=["tasks.list query.page"])
        @pytest.mark.parametrize("page", ["1", "x"])
        def test_good(page):
            client().get(f"/tasks?page={page}")

        @pytest.mark.contract(ignore=["tasks.list query.page", "tasks.list query.sort_by"])
        class TestIt:
            def test_known(self):
                client().get("/tasks?page=x")

            def test_good(self):
                client().get("/tasks")
        """
    )
    run = consumer.run()
    assert set(run.outcomes().values()) == {"passed"}
    assert run.summary().splitlines() == [
        "test_it.py: 'tasks.create' matched nothing; it can be removed, if every test ran",
        "test_it.py::TestIt: 'tasks.list query.sort_by' matched nothing; it can be removed, if every test ran",
    ]


def test_the_nearest_marker_decides_and_every_marker_lets_pass(consumer: Consumer) -> None:
    consumer.tests(
        """
        pytestmark = pytest.mark.contract(ignore="tasks.list query.page_limit")

        @pytest.mark.contract(ignore=["tasks.list query.page"])
        def test_both():
            client().get("/tasks?page_limit=51&page=x")

        @pytest.mark.contract(False)
        def test_out():
            client().get("/nowhere")

        @pytest.mark.contract(False)
        class TestOut:
            @pytest.mark.contract
            def test_in(self):
                client().get("/nowhere")

            def test_out(self):
                client().get("/nowhere")
        """
    )
    assert consumer.run().outcomes() == {
        "test_both": "passed",
        "test_out": "passed",
        "TestOut::test_in": "failed",
        "TestOut::test_out": "passed",
    }


@pytest.mark.parametrize("options", [(), ("--contract",)])
def test_what_an_unchecked_test_would_let_pass_is_not_missed(consumer: Consumer, options: tuple[str, ...]) -> None:
    """Only that of tests that are checked, by whichever marker."""
    consumer.tests(
        """
        @pytest.mark.contract(False, ignore=["tasks.list query.page_limit maximum"])
        def test_out():
            client().get("/tasks?page_limit=50")

        @pytest.mark.contract(ignore="tasks.create")
        class TestOut:
            @pytest.mark.contract(False, ignore="tasks.list query.page")
            def test_out(self):
                client().get("/tasks?page=1")

        @pytest.mark.contract(False, ignore="tasks.list")
        class TestIn:
            @pytest.mark.contract(ignore="tasks.list query.sort_by")
            def test_in(self):
                client().get("/tasks?page=x")
        """
    )
    run = consumer.run(*options)
    assert set(run.outcomes().values()) == {"passed"}
    line = (
        "test_it.py::TestIn::test_in: 'tasks.list query.sort_by' matched nothing; it can be removed, if every test ran"
    )
    assert run.summary() == line


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            "'tasks.list'",
            "the first argument must be True or False, not 'tasks.list'; did you mean ignore='tasks.list'?",
        ),
        ("ignore=['a b c d']", "'a b c d' is not OPERATION WHERE RULE, such as 'tasks.list query.page_limit maximum'"),
        ("ignore=[5]", "ignore is a list of strings, not [5]"),
        ("ignore=5", "ignore is a list of strings, not 5"),
        ("ignore=['']", "an entry of ignore is empty; write OPERATION WHERE RULE, or * for any violation"),
        ("True, ['tasks.list']", "not ['tasks.list']; did you mean ignore?"),
        ("ignored=[]", "contract(...) takes True or False, and ignore=[...], not ignored=; did you mean ignore?"),
    ],
)
def test_a_wrong_marker_is_an_error_of_its_test(consumer: Consumer, arguments: str, message: str) -> None:
    consumer.tests(f"@pytest.mark.contract({arguments})" + TWO)
    reported = consumer.run("--contract").one()
    assert reported.outcomes == {"setup": "failed", "teardown": "passed"}
    assert reported.failure.startswith("@pytest.mark.contract: ")
    assert message in reported.failure


@pytest.mark.parametrize(
    ("args", "ini", "message"),
    [
        ((), "contract_ignore = a b c d", "contract_ignore: 'a b c d' is not OPERATION WHERE RULE"),
        ((), "contract_spec = nowhere.yaml", "contract_spec: nowhere.yaml cannot be used: "),
        (("--contract-spec", "tests.py"), "", "contract_spec: tests.py cannot be used: "),
        (("--contract-base-url", "localhost:8000"), "", "contract_base_url: a base URL is needed, such as http://"),
        (("--contract-base-url", "http://localhost:port"), "", "http://localhost:8000/v1, not 'http://localhost:port'"),
        (("--contract-spec", "unknown.yaml", "-k", "marked"), "", "contract_spec: unknown.yaml cannot be used: "),
        (("--contract-spec", "hostless.json"), "", "names no server with a host: name one by contract_base_url"),
    ],
)
def test_a_wrong_setting_is_an_error_of_the_run(
    consumer: Consumer, args: tuple[str, ...], ini: str, message: str
) -> None:
    consumer.write("pytest.ini", f"[pytest]\n{ini}\n")
    consumer.write("tests.py", "def")
    consumer.write("hostless.json", json.dumps(SHOP | {"servers": [{"url": "/v2"}]}))
    consumer.tests("@pytest.mark.contract\ndef test_marked(): pass\n" + TWO)
    run = consumer.run(*([] if "marked" in args else ["--contract"]), *args)
    assert run.code == pytest.ExitCode.USAGE_ERROR
    assert message in run.output
    assert "Traceback" not in run.output


SHOP = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "servers": [{"url": "https://shop.example:443/v2"}],
    "paths": {
        "/toys": {
            "get": {
                "operationId": "toys.list",
                "parameters": [{"name": "size", "in": "query", "schema": {"type": "integer", "maximum": 5}}],
                "responses": {
                    "200": {"description": "", "content": {"application/json": {"schema": {"type": "array"}}}}
                },
            }
        }
    },
}


def test_another_document(consumer: Consumer) -> None:
    consumer.write("shop.json", json.dumps(SHOP))
    consumer.write("pytest.ini", "[pytest]\ncontract = true\ncontract_spec = shop.json\n")
    consumer.tests(
        """
        @pytest.mark.parametrize("url", ["https://shop.example/v2/toys?size=5", URL + "/nowhere"])
        def test_right(url):
            client([]).get(url)

        @pytest.mark.parametrize("url", ["https://shop.example/v2/toys?size=6", "https://shop.example/v2/toy"])
        def test_wrong(url):
            client([]).get(url)
        """
    )
    outcomes = consumer.run().outcomes()
    assert {(name.partition("[")[0], outcome) for name, outcome in outcomes.items()} == {
        ("test_right", "passed"),
        ("test_wrong", "failed"),
    }


def test_what_of_a_document_cannot_be_checked_is_reported_once(consumer: Consumer) -> None:
    broken = json.loads(json.dumps(SHOP).replace('{"type": "array"}', '{"pattern": "(Nowhere"}'))
    consumer.write("shop.json", json.dumps(broken))
    consumer.tests(
        """
        def test_it():
            client([]).get("https://shop.example/v2/toys")
        """
    )
    done = consumer.run("--contract", "--contract-spec", "shop.json")
    assert done.one().outcome == "passed"
    assert done.output.count("application~1json/schema/pattern: not a pattern that can be checked") == 1


@pytest.fixture
def server() -> Iterator[str]:
    """Run a stand-in for the API, which answers with a wrong type below one path and with a right one elsewhere."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"data": [], "page_info": {"page": "1" if "wrong" in self.path else 1}}).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


def test_another_host_stands_for_the_api(consumer: Consumer, server: str) -> None:
    """Only below its base URL; and what a real server on this machine answers is a fixture's answer."""
    consumer.tests(
        f"""
        @pytest.mark.parametrize("path", ["/api/v9/tasks?page_limit=51", "/wrong/tasks", "/api/v9/", "/wrong"])
        def test_wrong(path):
            with httpx.Client(trust_env=False, timeout=60) as http:
                http.get({server!r} + path, headers={{"x-api-key": KEY}})

        @pytest.mark.parametrize("path", ["/tasks?page_limit=51", "/api/v99", "/api/v9/tasks"])
        def test_right(path):
            with httpx.Client(trust_env=False, timeout=60) as http:
                http.get({server!r} + path, headers={{"x-api-key": KEY}})
        """
    )
    run = consumer.run(
        "--contract", "--contract-base-url", f"{server}/api/v9/", "--contract-base-url", f"{server}/wrong"
    )
    assert {(name.partition("[")[0], outcome) for name, outcome in run.outcomes().items()} == {
        ("test_right", "passed"),
        ("test_wrong", "failed"),
    }
    assert (
        f": GET {server}/api/v9/tasks\n  the CODE is wrong"
        in run.tests["test_wrong[/api/v9/tasks?page_limit=51]"].failure
    )
    assert f": GET {server}/wrong/tasks, status 200\n  the FIXTURE" in run.tests["test_wrong[/wrong/tasks]"].failure


@pytest.mark.parametrize("marker", ["contract('users service')", "contract(provider='users')"])
def test_a_marker_of_the_same_name_that_is_another_plugins_changes_nothing(consumer: Consumer, marker: str) -> None:
    """Installing this package must not turn the tests of somebody with contracts of his own red."""
    consumer.tests(f"@pytest.mark.{marker}" + TWO)
    run = consumer.run()
    assert (run.one().outcome, run.summary()) == ("passed", "")


def test_a_marker_is_read_as_it_is_documented() -> None:
    assert marker_arguments().enabled
    assert not marker_arguments(False).enabled
    assert marker_arguments(ignore="a").ignore == marker_arguments(ignore=["a"]).ignore == ("a",)
