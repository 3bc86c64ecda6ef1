"""The recorder: its calls, its recordings, and that it gives the same bytes again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, Literal, Optional, Union

import pydantic
import pytest
from twelvelabs.version import __version__

from tests.witnesses import RELEASES, Recorded
from tests.witnesses.calls import calls
from tests.witnesses.store import BOUNDARY, load, merged, neutral_headers, path_of, with_fixed_boundary, write
from tests.witnesses.values import NoValue, alternatives, built

ROOT = Path(__file__).parents[2]


def test_every_release_is_recorded() -> None:
    assert {path.name for path in path_of("").parent.glob("*.jsonl.gz")} == {path_of(name).name for name in RELEASES}


def test_the_release_that_is_installed_gives_the_same_bytes_again(tmp_path: Path) -> None:
    release = f"python-{__version__}"
    driver = [sys.executable, "-m", "tests.witnesses.drive", release, str(tmp_path / "again")]
    subprocess.run(driver, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    assert (tmp_path / "again").read_bytes() == path_of(release).read_bytes()


def test_what_is_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    requests = [
        Recorded("a.b", ("",), "POST", "https://example.com/a", (("accept", "*/*"),), "à".encode()),
        Recorded("a.b", ("c=1",), "POST", "https://example.com/a", (), b"\xff\x00"),
        Recorded("a.d", ("",), error="ValueError: no"),
    ]
    write(tmp_path / "release", requests)
    monkeypatch.setattr("tests.witnesses.store.path_of", lambda name: tmp_path / name)
    assert list(load("release")) == requests


def test_equal_requests_of_a_method_are_one() -> None:
    first = Recorded("a", ("",), "GET", "https://example.com/a")
    again = Recorded("a", ("page=1",), "GET", "https://example.com/a")
    other = Recorded("b", ("",), "GET", "https://example.com/a")
    assert merged([first, again, other]) == [Recorded("a", ("", "page=1"), "GET", "https://example.com/a"), other]


def test_what_another_machine_would_send_otherwise_is_left_out() -> None:
    headers = [
        ("User-Agent", "python-httpx/1"),
        ("Host", "h"),
        ("X-Fern-Runtime-Version", "3"),
        ("X-Fern-Language", "P"),
    ]
    assert neutral_headers(headers) == (("x-fern-language", "P"),)
    form = Recorded("a", ("",), "POST", "u", (("content-type", "multipart/form-data; boundary=random"),), b"--random--")
    fixed = with_fixed_boundary(form)
    assert fixed.headers == (("content-type", f"multipart/form-data; boundary={BOUNDARY[:6]}"),)
    assert fixed.body == f"--{BOUNDARY[:6]}--".encode()


class Source(pydantic.BaseModel):
    type: Literal["url"] = "url"
    url: str


class Thing(pydantic.BaseModel):
    source: Source
    size: Optional[Literal["big", "small"]] = None  # noqa: UP045 - as the SDK writes it


def test_each_literal_and_each_field_is_an_alternative() -> None:
    url = {"type": "url", "url": "https://media.example.com/clip.mp4"}
    found = {one.label: one.value for one in alternatives(Thing, "thing")}
    assert found == {
        "Thing": {"source": url},
        "size.big": {"source": url, "size": "big"},
        "size.small": {"source": url, "size": "small"},
    }
    assert built(Thing, found["size.big"]) == Thing(source=Source(url=url["url"]), size="big")


def test_a_list_has_each_item_alone_and_all_together() -> None:
    hint = Union[Literal["a", "b"], Any, list[Union[Literal["a", "b"], Any]]]  # noqa: UP007 - as the SDK writes it
    assert [one.value for one in alternatives(hint, "kind")] == ["a", "b", ["a"], ["b"], ["a", "b"]]


def test_a_name_without_a_value_is_reported() -> None:
    with pytest.raises(NoValue, match=r"no value is known for thing\.create\.colour"):
        alternatives(str, "colour", "thing.create")


def test_a_call_for_each_value_of_each_argument() -> None:
    def method(index_id: str, *, page: int | None = None, force: bool | None = None) -> None: ...

    found = list(calls("things.delete", method, (1, 3, 6)))
    assert [one.given for one in found] == ["", "page=1", "page=2", "force=true", "force=false"]
    assert all(len(one.positional) == 1 for one in found)
    assert found[1].named == {"page": 1}
