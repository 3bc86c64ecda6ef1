"""A change of the SDK is found, each as what it is, and nothing else."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from apicontract.changes.drift import known_drift
from tests.witnesses import drift as tool
from twelvelabs_contract import Contract


@pytest.fixture
def sdk(tmp_path: Path) -> Path:
    """Return a folder with a copy of the vendor's SDK 1.0.0."""
    found = find_spec("twelvelabs")
    assert found is not None
    assert found.origin is not None
    shutil.copytree(Path(found.origin).parent, tmp_path / "twelvelabs", ignore=shutil.ignore_patterns("types", "*.pyc"))
    return tmp_path


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_the_sdk_of_an_edition_has_what_the_edition_has(sdk: Path, contract: Contract) -> None:
    assert list(tool.drift(sdk, contract)) == []


def test_what_was_added_and_removed_is_found(sdk: Path, contract: Contract) -> None:
    """An operation and a parameter more, and one less of each."""
    tasks = sdk / "twelvelabs" / "tasks" / "raw_client.py"
    _edit(tasks, '"page_limit": page_limit,', '"page_limit": page_limit, "colour": page_limit,')
    _edit(tasks, '                "filename": filename,\n', "")
    search = sdk / "twelvelabs" / "search" / "raw_client.py"
    _edit(search, '"search",', '"searches",')
    assert {(one.operation, one.where, one.message) for one in tool.drift(sdk, contract)} == {
        ("GET /tasks", "query.colour", "only they have it"),
        ("GET /tasks", "query.filename", "only we have it"),
        ("POST /search", "path", "only we have it"),
        ("POST /searches", "path", "only they have it"),
    }


def test_every_known_drift_says_why() -> None:
    known_drift(tool.KNOWN.read_text())


def test_the_report_counts_what_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.report([], ["python-1.3.6"]) == 0
    assert tool.report([], ["python-9.9.9"]) == 1
    assert "python-9.9.9: a release that is not recorded" in capsys.readouterr().out
