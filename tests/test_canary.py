"""A key is in every possible place of an exchange, and no output shows it."""

from __future__ import annotations

import json
import logging
import pickle
from pathlib import Path
from typing import Any

import httpx
import pytest

from apicontract.cli.formats import FORMATS
from apicontract.cli.main import run
from apicontract.traffic.watch import watch
from apicontract.transport import ContractTransport, ContractViolated, Finding
from tests.support.canary import DOCUMENT, EXCHANGES, KEY, Exchange, har, shows
from tests.support.running import Consumer
from twelvelabs_contract import Contract
from twelvelabs_contract.product import PRODUCT

everywhere = pytest.mark.parametrize("place", EXCHANGES)


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the document, as a file."""
    path = tmp_path_factory.mktemp("canary") / "canary.json"
    path.write_text(json.dumps(DOCUMENT))
    return path


@pytest.fixture(scope="module")
def contract(canary: Path) -> Contract:
    return Contract.load(canary)


def test_the_places_are_many_and_the_key_is_in_each() -> None:
    assert len(EXCHANGES) >= 40
    for place, (request, response) in EXCHANGES.items():
        message = (
            request.url + str(request.headers.items) + request.body.decode("latin-1") + str(response.headers.items)
        )
        assert shows(message + response.body.decode("latin-1")), place


@everywhere
def test_no_violation_shows_it(place: str, contract: Contract) -> None:
    request, response = EXCHANGES[place]
    found = contract.check_exchange(request, response)
    assert found or place in ("content coding", "boundary"), place
    for shown in (*map(str, found), repr(found), pickle.dumps(found).decode("latin-1"), repr(request), repr(response)):
        assert not shows(shown)


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_of_the_command_line_shows_it(
    form: str, canary: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "canary.har").write_bytes(har())
    assert run(PRODUCT, ["check", "--spec", str(canary), "--format", form, str(tmp_path / "canary.har")]) == 1
    out, err = capsys.readouterr()
    assert len(out) > 5000
    assert not shows(out)
    assert not shows(err)


def test_no_baseline_shows_it(canary: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "canary.har").write_bytes(har())
    known = tmp_path / "known.json"
    run(
        PRODUCT,
        ["check", "--spec", str(canary), "--baseline", str(known), "--update-baseline", str(tmp_path / "canary.har")],
    )
    assert len(written := known.read_text()) > 500
    assert not shows(written + "".join(capsys.readouterr()))


def _sent(place: str, contract: Contract, policy: Any) -> Exception | None:
    (request, response) = EXCHANGES[place]
    inner = httpx.MockTransport(
        lambda _: httpx.Response(response.status, headers=response.headers.items, content=response.body)
    )
    with httpx.Client(transport=ContractTransport(inner, contract=contract, on_violation=policy)) as client:
        headers = [(name.encode(), value.encode()) for name, value in request.headers.items]
        try:
            client.request(request.method, request.url, headers=headers, content=request.body)
        except (ContractViolated, httpx.HTTPError) as error:
            return error
    return None


@everywhere
def test_no_guard_shows_it(place: str, contract: Contract, caplog: pytest.LogCaptureFixture) -> None:
    found: list[Finding] = []
    error = _sent(place, contract, "raise")
    _sent(place, contract, found.append)
    caplog.set_level(logging.WARNING, "apicontract")
    with watch(contract, unknown="warn") as watched:
        _sent(place, contract, "log")
    assert found or place in ("content coding", "boundary")
    for shown in (
        str(error),
        repr(error),
        pickle.dumps(error).decode("latin-1"),
        repr(found),
        str(watched),
        repr(watched),
    ):
        assert not shows(shown)
    assert not shows(
        caplog.text + "".join(repr(record.args) for record in caplog.records if record.name == "apicontract")
    )


def test_no_report_of_the_plugin_shows_it(
    canary: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every report that it can write, of a run in which a test for each place fails."""
    consumer = Consumer(pytester, monkeypatch)
    (pytester.path / "exchanges.json").write_text(json.dumps([_plain(exchange) for exchange in EXCHANGES.values()]))
    consumer.tests(
        """
        import json, pathlib
        SENT = json.loads(pathlib.Path("exchanges.json").read_text())
        @pytest.mark.parametrize("number", range(len(SENT)))
        def test_it(number):
            request, response = SENT[number]
            made = httpx.Response(response[0], headers=response[1], content=response[2].encode("latin-1"))
            with httpx.Client(transport=httpx.MockTransport(lambda _: made)) as client:
                headers = [(name.encode(), value.encode()) for name, value in request[2]]
                client.request(request[0], request[1], headers=headers, content=request[3].encode("latin-1"))
        """
    )
    reports = ["-", "canary.json", "canary.html", "canary.xml"]
    options = [f"--contract-report={name}" for name in reports]
    done = consumer.run("--contract", f"--contract-spec={canary}", "--junit-xml=junit.xml", *options)
    outcomes = list(done.outcomes().values())
    assert outcomes.count("failed") >= len(EXCHANGES) - 2
    assert "[secret]" in done.output
    assert not shows(done.output)
    for name in (*reports[1:], "junit.xml"):
        assert not shows((pytester.path / name).read_text("utf-8"))


def _plain(exchange: Exchange) -> Any:
    request, response = exchange
    return [
        [request.method, request.url, request.headers.items, request.body.decode("latin-1")],
        [response.status, response.headers.items, response.body.decode("latin-1")],
    ]


def test_what_is_looked_for_would_be_found() -> None:
    assert shows(f"x{KEY[:8]}")
    assert not shows(KEY[:7])
