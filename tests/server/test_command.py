"""The commands `serve` and `proxy` over a socket: their output, how they stop, and the exit status."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from apicontract.cli.main import run
from apicontract.cli.serve import elsewhere
from apicontract.server import Application
from apicontract.server import run as serve
from tests.server.conftest import KEY, contract_of, started, stopped
from tests.support.patience import PATIENCE
from twelvelabs_contract.product import PRODUCT


@pytest.fixture
def other_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name a proxy in the environment that nothing may be sent through: it is not there."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("other_proxy")
@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_a_job_that_ends_sends_its_event_to_the_address_that_was_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as receiver:
        address = f"http://127.0.0.1:{receiver.getsockname()[1]}/hook"
        events = ("--webhook", address, "--webhook-secret", "whsec_made_up")
        with started("serve", "--state", "--job-seconds", "0", *events) as (server, base):
            body = {"video": {"type": "asset_id", "asset_id": "a"}, "prompt": "p"}
            with httpx.Client(headers={"x-api-key": KEY}, timeout=PATIENCE, trust_env=False) as client:
                made = client.post(f"{base}/analyze/tasks", json=body).json()
            receiver.settimeout(PATIENCE)
            connection, _ = receiver.accept()
            connection.settimeout(PATIENCE)
            with connection, connection.makefile("rb") as stream:
                lines = list(iter(lambda: stream.readline().decode().strip(), ""))
                fields = dict(line.split(": ", 1) for line in lines[1:])
                event = stream.read(int(fields["Content-Length"]))
                connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
            out, err = stopped(server)
    assert lines[0] == "POST /hook HTTP/1.1"
    assert contract_of().check_webhook((fields, event), secret="whsec_made_up") == []
    assert json.loads(event)["data"]["id"] == made["task_id"]
    assert "whsec_made_up" not in out + err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--webhook", "http://localhost:1"], "--webhook belongs to --state"),
        (["--job-seconds", "3"], "--job-seconds belongs to --state"),
        (["--allow-origin", "foo"], "an origin is scheme and host, such as https://app.example.com, or *, not 'foo'"),
        (["--allow-origin", "https://app.example.com/"], "--allow-origin: an origin is"),
        (["--allow-origin", "https://app.example.com:http"], "--allow-origin: an origin is"),
        (["--state", "--webhook", "http://localhost:1"], "the events are signed: give the secret"),
        (["--state", "--webhook", "hook"], "a base URL is needed"),
    ],
)
def test_an_option_that_cannot_be_meant_is_said_at_once(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WEBHOOK_SECRET", raising=False)
    assert run(PRODUCT, ["serve", "--port", "0", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("http://localhost:1/v1.3/", ""),
        ("http://localhost:1", "/v1.3… is forwarded to /… of the API"),
        ("http://localhost:1/api", "/v1.3… is forwarded to /api… of the API"),
    ],
)
def test_another_base_path_of_the_api_is_said(to: str, said: str) -> None:
    assert elsewhere(contract_of(), to).startswith(said)
    assert bool(elsewhere(contract_of(), to)) == bool(said)


@pytest.mark.usefixtures("other_proxy")
@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_both_commands_answer_report_and_stop_on_a_signal(tmp_path: Path) -> None:
    """A client of the proxy before the server."""
    record = str(tmp_path / "calls.ndjson")
    with started("serve", "--fail-on-violation", "--format", "json") as (server, address):
        with started("proxy", "--to", address, "--record", record) as (proxy, before):
            with httpx.Client(base_url=before, headers={"x-api-key": KEY}, timeout=PATIENCE, trust_env=False) as client:
                assert client.get("/indexes").status_code == 200
                assert client.get("/indexes", params={"page_limit": 51}).status_code == 400
                with pytest.raises(httpx.RemoteProtocolError):
                    client.get("/indexes", headers={"x-contract-fault": "cut=5"})
            forwarded = stopped(proxy)
        served = stopped(server)
    assert (server.returncode, proxy.returncode) == (1, 0), "only the server was told to fail"
    found = json.loads(served[0])
    assert [(one["operation"], one["rule"], one["label"][:12]) for one in found["findings"]] == [
        ("indexes.list", "maximum", "exchange 2: ")
    ]
    assert found["summary"]["checked"] == 3
    for out, err in (served, forwarded):
        assert "indexes.list: query.page_limit:" in err, "printed as it came"
        assert KEY not in out + err
        assert "Traceback" not in err
    lines = [json.loads(line) for line in Path(record).read_text().splitlines()]
    assert [(line["response"]["status"], line["complete"]) for line in lines] == [
        (200, True),
        (400, True),
        (200, False),
    ]


def test_an_address_that_is_taken_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "twelvelabs_contract", "serve", "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 2
    assert f"cannot listen on 127.0.0.1, port {port}" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_comes_as_soon_as_it_listens_stops_it(number: signal.Signals) -> None:
    """And not only one that comes once uvicorn has begun."""
    late = threading.Timer(PATIENCE, os.kill, (os.getpid(), number))
    late.start()
    before = signal.getsignal(number)
    try:
        serve(Application(contract_of(), report=print), listening=lambda _: signal.raise_signal(number))
        assert late.is_alive(), "the first signal was lost"
    finally:
        late.cancel()
    assert signal.getsignal(number) is before
