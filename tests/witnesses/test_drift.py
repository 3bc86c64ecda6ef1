"""Each change of the SDK is found, with its kind, and nothing else."""

from __future__ import annotations

import json
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from apicontract.changes.drift import known_drift, unknown
from tests.support.copies import copied
from tests.witnesses import drift as tool
from twelvelabs_contract import Contract


@pytest.fixture
def sdk(tmp_path: Path) -> Path:
    """Return a folder with a copy of the vendor's SDK 1.0.0."""
    found = find_spec("twelvelabs")
    assert found is not None
    assert found.origin is not None
    copied(Path(found.origin).parent, tmp_path / "twelvelabs", "types", "*.pyc")
    return tmp_path


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_the_sdk_of_an_edition_has_what_the_edition_has(sdk: Path, contract: Contract) -> None:
    assert _found(sdk, contract) == set()


def test_what_was_added_and_removed_is_found(sdk: Path, contract: Contract) -> None:
    """An operation and a parameter more, and one less of each: exactly these."""
    tasks = sdk / "twelvelabs" / "tasks" / "raw_client.py"
    _edit(tasks, '"page_limit": page_limit,', '"page_limit": page_limit, "colour": page_limit,')
    _edit(tasks, '                "filename": filename,\n', "")
    search = sdk / "twelvelabs" / "search" / "raw_client.py"
    _edit(search, '"search",', '"searches",')
    assert _found(sdk, contract) == {
        "GET /tasks: query.colour: only the other source has it [parameter]",
        "GET /tasks: query.filename: only this document has it [parameter]",
        "POST /search: path: only this document has it [operation]",
        "POST /searches: path: only the other source has it [operation]",
    }


def test_what_is_said_of_a_parameter_otherwise_is_found(sdk: Path, contract: Contract) -> None:
    """A bound, a value, a type and a default: exactly these."""
    tasks = sdk / "twelvelabs" / "tasks" / "raw_client.py"
    _edit(tasks, "**Default**: `10`.\n            **Max**: `50`.", "**Default**: `20`.\n            **Max**: `40`.")
    _edit(tasks, "page : typing.Optional[int]", "page : int")
    _edit(tasks, "width : typing.Optional[int]", "width : typing.Optional[str]")
    embed = sdk / "twelvelabs" / "embed" / "tasks" / "raw_client.py"
    _edit(embed, "- `clip`", "- `clip` or `scene`")
    assert _found(sdk, contract) == {
        "GET /tasks: page: the SDK has True, this document False [required]",
        "GET /tasks: page_limit: the SDK has 20, this document 10 [default]",
        "GET /tasks: page_limit: the SDK has 40, this document 50 [maximum]",
        "GET /tasks: width: the SDK has 'str', this document 'integer' [type]",
        "POST /embed/tasks: video_embedding_scope:"
        " the SDK has ['clip', 'scene', 'video'], this document ['clip', 'video'] [values]",
    }


def test_a_status_that_only_one_side_has_is_found(sdk: Path, contract: Contract) -> None:
    _edit(sdk / "twelvelabs" / "search" / "raw_client.py", "status_code == 429", "status_code == 402")
    assert _found(sdk, contract) == {
        "POST /search: 402: only the other source has it [status]",
        "POST /search: 429: only this document has it [status]",
    }


def _found(sdk: Path, contract: Contract) -> set[str]:
    known = known_drift(tool.KNOWN.read_text())
    return {str(one) for one in unknown(tool.drift(sdk, contract), known)[0]}


def test_a_document_of_the_vendor_and_a_recording_are_compared_too(
    sdk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the ledger explains of its documents is left out, what it does not is reported, and recordings are read."""
    monkeypatch.setattr(tool, "drift", lambda *_: [])
    theirs = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://api.twelvelabs.io/v1.3"}],
        "paths": {"/colours": {"get": {"responses": {"200": {"description": "All."}}}}},
    }
    (tmp_path / "vendor.json").write_text(json.dumps(theirs))
    request = {"method": "GET", "url": "https://api.twelvelabs.io/v1.3/tasks?colour=red", "headers": []}
    recording = {"log": {"version": "1.2", "entries": [{"request": request, "response": {"status": 0}}]}}
    (tmp_path / "calls.har").write_text(json.dumps(recording))
    assert tool.main([str(sdk), str(tmp_path / "vendor.json"), str(tmp_path / "calls.har")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "GET /colours: path: theirs, requests wider: GET /colours is new [operation]" in lines
    assert "GET /tasks: path: theirs, requests narrower: GET /tasks is gone [operation]" in lines
    assert any(line.startswith("GET /tasks: query.colour: 'colour' is not declared") for line in lines)


def test_what_is_known_of_the_newest_sdk_is_in_the_ledger() -> None:
    """Nothing that its source says is new, and nothing that is known is gone; `make setup` installs it."""
    found = list(tool.drift(Path(__file__).parents[2] / ".venv" / "sdk-1.3.6", Contract.load()))
    assert unknown(found, known_drift(tool.KNOWN.read_text())) == ([], [])


def test_the_newest_sdk_is_asked_for_whatever_is_pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`make` pins the SDK 1.0.0 for pip, which is not what is asked for here."""
    monkeypatch.setenv("PIP_CONSTRAINT", "constraints.txt")
    asked: list[str] = []

    def run(command: list[str], *, check: bool, env: dict[str, str]) -> None:
        asked.append(env["PIP_CONSTRAINT"])
        with zipfile.ZipFile(tmp_path / "twelvelabs-9.8.7-py3-none-any.whl", "w") as wheel:
            wheel.writestr("twelvelabs/__init__.py", "")

    monkeypatch.setattr("tests.witnesses.drift.subprocess.run", run)
    assert tool._fetched(tmp_path) == "9.8.7"
    assert asked == [""]
    assert (tmp_path / "twelvelabs" / "__init__.py").exists()


def test_every_known_drift_says_why() -> None:
    known_drift(tool.KNOWN.read_text())


def test_the_report_counts_what_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.report([], ["python-1.3.6"]) == 0
    assert tool.report([], ["python-9.9.9"]) == 1
    assert "python-9.9.9: a release that is not recorded" in capsys.readouterr().out
