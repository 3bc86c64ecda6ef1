"""Checks of recordings: excused violations, others, and exchanges without an operation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from apicontract.openapi.document import Document
from apicontract.traffic.recordings import CheckedExchange, Recorded, Unknown, check, check_all, read
from tests.support.editions import needs_editions
from twelvelabs_contract import Contract, Headers, Request, Response
from twelvelabs_contract.mock import TwelveLabsMock

URL = "https://api.twelvelabs.io/v1.3"
KEY = ("x-api-key", "a key of the tests")
LISTING = Response(200, Headers({"content-type": "application/json"}), b'{"data": []}')


def _get(url: str = f"{URL}/tasks", *headers: tuple[str, str], index: int = 1, method: str = "GET") -> Recorded:
    request = Request(method, url, Headers([("host", "a"), *headers]))
    return Recorded(index, request, LISTING, 10 * index, f"exchange {index}: {method} {url}")


def _told(verdict: CheckedExchange) -> list[tuple[str, str, str]]:
    return [(finding.side, finding.violation.where, finding.violation.rule) for finding in verdict.findings]


MISSING = ("request", "header.x-api-key", "missing")


def test_a_finding_says_where_it_was_found(contract: Contract) -> None:
    (finding,) = check(contract, _get(f"{URL}/tasks?page_limit=51", KEY, index=3), source="a.har").findings
    place = (finding.source, finding.line, finding.label, finding.side)
    assert place == ("a.har", 30, f"exchange 3: GET {URL}/tasks?page_limit=51", "request")


def test_both_sides_of_an_exchange_are_distinguished(contract: Contract) -> None:
    recorded = _get(f"{URL}/tasks?page_limit=51", KEY)
    wrong = Recorded(1, recorded.request, Response(302), None, "a")
    assert _told(check(contract, wrong)) == [
        ("request", "query.page_limit", "maximum"),
        ("response", "status", "status"),
    ]


def test_a_status_that_no_key_of_responses_stands_for_says_why(contract: Contract) -> None:
    recorded = _get(f"{URL}/tasks", KEY)
    (finding,) = check(contract, Recorded(1, recorded.request, Response(201), None, "a")).findings
    assert finding.violation.message.startswith("201 is not declared; declared are 200, 400, ")
    assert finding.violation.message.endswith(", 4XX, 5XX")


@pytest.mark.parametrize("value", ["", " ", "REDACTED", "**********"])
def test_a_key_whose_value_was_taken_out_is_a_key(contract: Contract, value: str) -> None:
    assert check(contract, _get(f"{URL}/tasks", ("X-Api-Key", value))).findings == ()


class TestMissingKeys:
    """Keys are taken out of whole recordings, so one exchange alone does not tell."""

    def test_a_key_that_one_exchange_has_another_lacks(self, contract: Contract) -> None:
        for exchanges in ([_get(), _get(index=2), _get(f"{URL}/tasks", KEY, index=3)],
                          [_get(f"{URL}/tasks", KEY), _get(index=2)]):  # fmt: skip
            verdicts = list(check_all(contract, exchanges))
            assert [verdict.index for verdict in verdicts] == list(range(1, len(exchanges) + 1))
            assert [_told(verdict) for verdict in verdicts] == [
                [] if KEY in item.request.headers.items else [MISSING] for item in exchanges
            ]

    def test_a_recording_without_any_key_may_have_lost_them(self, contract: Contract) -> None:
        exchanges = [_get(), _get("https://other.example/", index=2), _get(f"{URL}/tasks?page_limit=51", index=3)]
        verdicts = list(check_all(contract, exchanges))
        assert [verdict.index for verdict in verdicts] == [1, 2, 3]
        assert [_told(verdict) for verdict in verdicts] == [[], [], [("request", "query.page_limit", "maximum")]]
        assert [[item.where for item in verdict.unknown] for verdict in verdicts] == [
            ["header.x-api-key"], [], ["header.x-api-key"]
        ]  # fmt: skip

    def test_one_exchange_by_itself_is_judged_as_it_stands(self, contract: Contract) -> None:
        assert _told(check(contract, _get())) == [MISSING]

    def test_verdicts_come_as_soon_as_they_are_certain(self, contract: Contract) -> None:
        """A recording of any length is not held in memory: what is not in doubt is reported at once."""
        seen = []

        def exchanges() -> object:
            for index in range(1, 4):
                seen.append(index)
                yield _get(f"{URL}/tasks", KEY, index=index)

        verdicts = check_all(contract, exchanges())  # type: ignore[arg-type] # a generator, typed as any object
        assert next(verdicts).index == 1
        assert seen == [1]


class TestNoOperation:
    """Exchanges that are none of the contract's."""

    def test_another_host_is_listed_and_no_violation(self, contract: Contract) -> None:
        verdict = check(contract, _get("https://fonts.example/a.woff"))
        assert (verdict.operation, verdict.findings) == (None, ())
        assert verdict.no_operation is not None
        assert verdict.no_operation.where == "url"

    @pytest.mark.parametrize(
        ("url", "message"),
        [
            ("https://fonts.example/v1.3/tasks", f"not below {URL}: the host differs"),
            ("https://api.twelvelabs.io/v1.2/tasks/a", f"not below {URL}; did you mean {URL}/tasks/a?"),
            ("https://api.twelvelabs.io/tasks", f"not below {URL}; did you mean {URL}/tasks?"),
            ("http://api.twelvelabs.io/v1.3/tasks", f"not below {URL}; did you mean {URL}/tasks?"),
            ("http://api.twelvelabs.io/v1.3/taskz", f"not below {URL}: the scheme differs"),
            ("https://api.twelvelabs.io/taskz", f"not below {URL}: the path differs"),
        ],
    )
    def test_a_url_outside_the_servers_says_what_differs(self, contract: Contract, url: str, message: str) -> None:
        verdict = check(contract, _get(url))
        assert verdict.no_operation is not None
        assert verdict.no_operation.message.endswith(message)

    @pytest.mark.parametrize(
        "url", ["https://[/v1.3/tasks", "https://api.twelvelabs.io:x/v1.3", "https://a]b/", "//", ""]
    )
    def test_what_is_no_url_is_on_no_host(self, contract: Contract, url: str) -> None:
        verdict = check(contract, _get(url))
        assert (verdict.operation, verdict.findings) == (None, ())
        assert verdict.no_operation is not None

    @pytest.mark.parametrize("url", ["http://api.twelvelabs.io/v1.3/tasks", "https://API.twelvelabs.io/v1.2/tasks"])
    def test_another_scheme_or_version_of_the_api_is_a_violation(self, contract: Contract, url: str) -> None:
        verdict = check(contract, _get(url, KEY))
        assert _told(verdict) == [("request", "url", "undeclared")]
        (finding,) = verdict.findings
        assert finding.violation.message.startswith(f"not in this document ({contract.title}): not below {URL}; did")
        assert finding.name in ("GET /v1.3/tasks", "GET /v1.2/tasks")
        assert verdict.origin == ""
        preflight = check(contract, _get(url, method="OPTIONS"))
        assert (preflight.findings, preflight.origin) == ((), "")

    def test_where_no_host_is_known_no_other_host_is_a_violation(self) -> None:
        paths = {"/pets": {"get": {"operationId": "list", "responses": {"200": {"description": ""}}}}}
        for servers in ([], [{"url": "/v1"}]):
            pets = Contract(Document({"openapi": "3.1.0", "servers": servers, "paths": paths}))
            assert check(pets, _get("https://other.example/v2/a.js")).findings == () or not servers

    @pytest.mark.parametrize(("url", "method", "where"), [("/taskz", "GET", "path"), ("/tasks", "PUT", "method")])
    def test_below_the_contracts_own_url_it_is_a_violation(
        self, contract: Contract, url: str, method: str, where: str
    ) -> None:
        verdict = check(contract, _get(URL + url, KEY, method=method))
        assert _told(verdict) == [("request", where, "undeclared")]
        assert verdict.no_operation == verdict.findings[0].violation

    def test_a_preflight_of_a_browser_is_listed(self, contract: Contract) -> None:
        for headers in ((("Access-Control-Request-Method", "GET"),), ()):
            preflight = _get(f"{URL}/tasks", *headers, method="OPTIONS")
            assert check(contract, preflight).findings == ()
            assert check(contract, preflight).no_operation is not None

    def test_an_options_that_the_document_declares_is_checked(self) -> None:
        paths = {"/pets": {"options": {"operationId": "ask", "responses": {}}}}
        servers = [{"url": "https://p.example"}]
        pets = Contract(Document({"openapi": "3.1.0", "servers": servers, "paths": paths}))
        verdict = check(pets, _get("https://p.example/pets?x=1", method="OPTIONS"))
        assert (verdict.operation, _told(verdict)) == (
            "ask",
            [("request", "query.x", "undeclared"), ("response", "status", "status")],
        )

    def test_a_base_url_maps_another_host(self) -> None:
        local = Contract.load(base_url="http://localhost:8000/api")
        verdict = check(local, _get("http://localhost:8000/api/tasks?page_limit=51", KEY))
        assert (verdict.operation, _told(verdict)) == ("tasks.list", [("request", "query.page_limit", "maximum")])


@pytest.mark.parametrize(
    ("place", "where", "covered"),
    [
        ("body", "body", True), ("body", "body.a", True), ("body", "form.a[0]", True), ("body", "event[3].text", True),
        ("body", "header.content-type", False), ("header", "header.a", True), ("form.a", "form.a", True),
        ("form.a", "form.a[1]", True), ("form.a", "form.ab", False), ("", "body", False),
    ],
)  # fmt: skip
def test_what_is_not_known_covers_its_own_place_and_below(place: str, where: str, covered: bool) -> None:
    assert Unknown("request", place, "why").covers(where) is covered


def test_a_file_that_is_not_there_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        next(read(tmp_path / "none.har"))


@needs_editions
def test_an_event_of_a_webhook_is_checked_wherever_it_was_sent() -> None:
    """By its payload: a recording holds no secret."""
    newest, hook = Contract.load(), TwelveLabsMock()
    found = []
    for forgery in (None, "stale", "wrong_key", "unknown_type"):
        event = hook.webhook("analyze.task.ready", secret="whsec_0123456789", forgery=forgery)
        request = Request("POST", "https://my.example/hook", Headers(list(event.headers.items())), event.content)
        verdict = check(newest, Recorded(1, request, Response(200), None, "a"))
        assert [(item.side, item.why) for item in verdict.unknown][-1] == (
            "request",
            "the signature: a recording has no secret",
        )
        found.append(_told(verdict))
        untold = replace(request, headers=Headers([]))
        assert check(newest, Recorded(1, untold, Response(200), None, "a")).no_operation
    assert found == [[], [], [], [("request", "body.type", "undeclared")]]
    half = Recorded(1, request, Response(200), None, "a", (Unknown("request", "body", "cut"),))
    assert _told(check(newest, half)) == []
