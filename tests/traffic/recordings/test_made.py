"""Recordings that tools made themselves (`made/record.py`): the two planted violations are found, and nothing else."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from apicontract.traffic.recordings import CheckedExchange, Recorded, check_all, read
from twelvelabs_contract import Contract

MADE = Path(__file__).parent / "made"
BASE = "http://127.0.0.1:8765/v1.3"
PLANTED = [("request", "query.page_limit", "maximum"), ("response", "body.page_info.total_results", "type")]
LOST = {
    "playwright.har": "the recording does not have the body",
    "playwright.zip": "the recording does not have the body",
    "polly.har": "the recording does not have the body",
    "axios-har-tracker.har": "the recorder wrote an object in place of the form's bytes",
}
"""The tools that do not keep a form with a file, and what is said of it."""
NAMES = sorted(path.name for path in MADE.iterdir() if not path.name.startswith(("record.", "__")))


@pytest.fixture(scope="module")
def newest() -> Contract:
    """Return the contract of what was recorded."""
    return Contract.load(base_url=BASE)


def _checked(contract: Contract, path: Path) -> list[CheckedExchange]:
    return list(check_all(contract, read(path), source=path.name))


@pytest.mark.parametrize("name", NAMES)
def test_a_recording_is_read_and_what_was_planted_is_found(name: str, newest: Contract) -> None:
    """Five exchanges: packed answers, a body of JSON, a form with bytes that are no text."""
    checked = _checked(newest, MADE / name)
    assert [(f.side, f.violation.where, f.violation.rule) for one in checked for f in one.findings] == PLANTED
    assert [one.operation for one in checked if one.operation] == [
        *("tasks.list", "tasks.list", "indexes.list", "indexes.create", "search.create")
    ]
    lost = [item.why for one in checked for item in one.unknown if item.side == "request" and item.where == "body"]
    assert lost == ([LOST[name]] if name in LOST else [])


def test_there_is_a_recording_of_each_tool_that_can_be_had() -> None:
    tools = {Path(name).stem for name in NAMES}
    assert tools == {"axios-har-tracker", "curl", "mitmproxy", "nock", "playwright", "polly", "vcrpy"}


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_has_the_line_of_its_entry(name: str, newest: Contract) -> None:
    """Of a HAR in a zip, that of the file in it; one that a tool wrote on one line has one line."""
    data = (MADE / name).read_bytes()
    if name.endswith(".zip"):
        with zipfile.ZipFile(MADE / name) as archive:
            data = archive.read("har.har")
    lines = data.decode().splitlines()
    found = [finding for one in _checked(newest, MADE / name) for finding in one.findings]
    for finding, target in zip(found, ("page_limit=51", "/indexes"), strict=True):
        assert finding.line is not None
        ahead = "\n".join(lines[finding.line - 1 : finding.line + 60])
        assert target in ahead


def test_a_har_of_several_lines_in_a_zip_has_the_lines_of_the_file_in_it(tmp_path: Path, newest: Contract) -> None:
    text = json.dumps(json.loads((MADE / "playwright.har").read_text()), indent=1)
    with zipfile.ZipFile(tmp_path / "calls.zip", "w") as archive:
        archive.writestr("calls.har", text)
    plain = tmp_path / "calls.har"
    plain.write_text(text)
    found = [one.line for one in _checked(newest, tmp_path / "calls.zip")]
    assert found == [one.line for one in _checked(newest, plain)]
    assert len(set(found)) == 6


def test_a_list_of_parts_in_base64_is_joined() -> None:
    """Polly.JS writes what is packed as JSON of its parts; a list that is none is said to be none."""
    raw = json.loads((MADE / "polly.har").read_text())
    content = raw["log"]["entries"][0]["response"]["content"]
    (part,) = json.loads(content["text"])
    content["text"] = json.dumps([part[:8], part[8:]])
    (first, *_) = read(json.dumps(raw).encode())
    assert isinstance(first, Recorded)
    assert first.response is not None
    assert json.loads(first.response.body)["data"] == []
    content["text"] = '["%"]'
    (broken, *rest) = read(json.dumps(raw).encode())
    assert not isinstance(broken, Recorded)
    assert "not base64" in broken.reason
    assert len(rest) == 4


@pytest.mark.parametrize(("body", "expected"), [("cafe", b"\xca\xfe"), ("6869", b"6869"), ("abc", b"abc"), ("", b"")])
def test_only_a_request_that_was_no_text_is_in_hexadecimal(body: str, expected: bytes) -> None:
    """`cafe` is no UTF-8 as bytes, so nock wrote it in hexadecimal; `6869` would be `hi`, which it writes as it is."""
    definition = {
        "scope": "http://a.example",
        "method": "POST",
        "path": "/",
        "body": body,
        "status": 200,
        "response": "",
    }
    (one,) = read(json.dumps([definition]).encode())
    assert isinstance(one, Recorded)
    assert one.request.body == expected
