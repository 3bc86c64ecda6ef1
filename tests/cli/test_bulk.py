"""The command line with the extra `bulk`: compressed files, URLs, Parquet, folders of finished parts, and a cluster."""

from __future__ import annotations

import errno
import gzip
import itertools
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from apicontract.bulk import inputs
from apicontract.cli import jobs, storage
from apicontract.cli import validate as validating
from apicontract.cli.jobs import Died, Here, in_order
from tests.cli.conftest import HOST, Run, entry, har

PLACE = ("--schema", "PageInfo", "--format", "json")
GOOD, BAD = b'{"page": 1}', b'{"page": "x"}'
LINES = b"\n".join([GOOD, b"", BAD, *[GOOD] * 30, BAD])


def _counted(done: Any) -> tuple[int, list[int]]:
    return json.loads(done.out)["summary"]["checked"], [finding["line"] for finding in done.findings]


@pytest.mark.parametrize("name", ["a.ndjson.gz", "a.ndjson.zst", "a.jsonl.GZ"])
@pytest.mark.parametrize("options", [(), ("--jobs", 2)])
def test_packed_lines_are_lines(cli: Run, name: str, options: tuple[Any, ...]) -> None:
    packed = zstandard.compress(LINES) if name.endswith("zst") else gzip.compress(LINES)
    Path(name).write_bytes(packed)
    assert _counted(cli("validate", name, *PLACE, *options)) == (33, [3, 34])


@pytest.mark.parametrize("options", [(), ("--jobs", 2)])
def test_a_broken_packed_file_is_told(cli: Run, options: tuple[Any, ...]) -> None:
    Path("a.ndjson.gz").write_bytes(gzip.compress(LINES)[:-9])
    Path("b.ndjson.zst").write_bytes(b"nothing")
    packed = gzip.compress(LINES)
    Path("c.ndjson.gz").write_bytes(packed[:10] + b"\xff" * 8 + packed[18:])
    names = ("a.ndjson.gz", "b.ndjson.zst", "c.ndjson.gz")
    done = cli("validate", *names, *PLACE, *options)
    assert done.status == 2
    for name in names:
        assert f"{name}: it cannot be decompressed: " in done.err


@pytest.mark.parametrize("name", ["calls.har.gz", "CALLS.HAR.GZ", "calls.har.zst", "Calls.Har.Zst"])
def test_a_packed_recording_is_a_recording(cli: Run, name: str) -> None:
    """However its suffix is written."""
    text = Path(har(entry(f"{HOST}/tasks?page_limit=51", {"data": 1}))).read_bytes()
    Path(name).write_bytes(gzip.compress(text) if name.lower().endswith("gz") else zstandard.compress(text))
    done = cli("check", name, "--format", "json")
    assert (done.status, done.findings[0]["where"]) == (1, "query.page_limit")


def test_a_url_is_read_by_fsspec(cli: Run) -> None:
    import fsspec

    with fsspec.open("memory://folder/a.ndjson", "wb") as file:
        file.write(LINES)
    done = cli("validate", "memory://folder/a.ndjson", "memory://folder/missing.ndjson", *PLACE)
    assert (done.status, _counted(done)) == (2, (33, [3, 34]))
    assert "memory://folder/missing.ndjson" in done.err


@pytest.fixture
def rows(tmp_path: Path) -> str:
    """Write a Parquet file of three row groups, with nulls."""
    texts = [GOOD.decode(), None, BAD.decode(), *[GOOD.decode()] * 5, BAD.decode()]
    pq.write_table(pa.table({"id": range(9), "payload": texts}), tmp_path / "a.parquet", row_group_size=4)
    return "a.parquet"


@pytest.mark.parametrize("options", [(), ("--jobs", 2), ("--column", "payload")])
def test_a_column_of_parquet_is_checked_row_by_row(cli: Run, rows: str, options: tuple[Any, ...]) -> None:
    done = cli("validate", rows, *PLACE, *options, "--findings", "found.parquet")
    assert [finding["label"] for finding in done.findings] == ["row group 0, row 2", "row group 2, row 0"]
    assert json.loads(done.out)["summary"]["checked"] == 8
    found = pq.read_table("found.parquet").to_pylist()
    assert [(row["file"], row["line"], row["row_group"], row["row"], row["where"]) for row in found] == [
        (rows, None, 0, 2, "body.page"),
        (rows, None, 2, 0, "body.page"),
    ]


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_rows_are_numbered_through_a_group_however_many_are_read_at_once(
    cli: Run, rows: str, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(inputs, "_ROWS", at_once)
    done = cli("validate", rows, *PLACE)
    assert [finding["label"] for finding in done.findings] == ["row group 0, row 2", "row group 2, row 0"]


def test_every_row_is_a_case_of_junit(cli: Run, rows: str) -> None:
    out = cli("validate", rows, *PLACE[:2], "--format", "junit").out
    assert out.count("<testcase ") == 8
    assert 'name="row group 0, row 3"' in out


def test_what_is_no_parquet_or_has_not_the_column_is_told(cli: Run, rows: str) -> None:
    for name in ("d.pq", "d.PARQUET"):
        pq.write_table(pa.table({"payload": ["{}", "{}"]}), name)
        assert json.loads(cli("validate", name, *PLACE).out)["summary"]["checked"] == 2
    Path("b.parquet").write_bytes(b"nothing")
    done = cli("validate", "b.parquet", rows, *PLACE, "--column", "other")
    assert done.status == 2
    assert "it has no column 'other'; it has id, payload" in done.err
    assert "b.parquet: " in done.err
    pq.write_table(pa.table({"id": [1], "row": ["{}"]}), "c.parquet")
    assert "which column holds the payloads? give --column, one of id, row" in cli("validate", "c.parquet", *PLACE).err


def test_findings_have_their_line(cli: Run) -> None:
    Path("a.ndjson").write_bytes(LINES)
    cli("validate", "a.ndjson", *PLACE, "--findings", "found.parquet")
    assert pq.read_table("found.parquet").column("line").to_pylist() == [3, 34]


class Stopped(Exception):
    """A run was broken off."""


def test_a_run_goes_on_from_what_is_finished(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost and nothing is told twice, whatever was broken off."""
    Path("a.ndjson").write_bytes(LINES)
    calls = har(entry(f"{HOST}/tasks?page_limit=51", {"data": 1}), name="bad.har")
    monkeypatch.setattr(validating, "SLICE", 64)
    wanted = cli("validate", "a.ndjson", "missing.ndjson", *PLACE)
    given = ("validate", "a.ndjson", "missing.ndjson", *PLACE, "--jobs", 2, "--finished", "parts")
    real, done = in_order, [0]

    def breaks(pool: Any, parts: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
        for part, result in real(pool, parts):
            done[0] += not isinstance(part, Here)
            if done[0] == 4:
                raise KeyboardInterrupt
            yield part, result

    monkeypatch.setattr(jobs, "in_order", breaks)
    assert json.loads(cli(*given).out)["summary"]["interrupted"]
    assert len(list(Path("parts").glob("0*.json"))) == 3
    monkeypatch.setattr(jobs, "in_order", real)
    assert cli(*given) == wanted
    assert cli(*given) == wanted
    assert (cli("check", calls, "--finished", "calls").status, cli("check", calls, "--finished", "calls").status) == (
        1,
        1,
    )
    with Path("a.ndjson").open("ab") as file:
        file.write(b"\n")
    assert "the folder of another run" in cli(*given).err
    Path("other").mkdir()
    Path("other", "x").touch()
    assert "not the folder of a run" in cli(*given[:-1], "other").err


@pytest.mark.parametrize("failing", [2, 3])
def test_a_part_whose_result_was_written_in_part_is_checked_again(
    cli: Run, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """As on a full disk; the first file of the folder names the run, and the others are results."""
    for name in ("a.ndjson", "b.ndjson"):
        Path(name).write_bytes(LINES)
    given = ("validate", "a.ndjson", "b.ndjson", *PLACE)
    real, calls = Path.write_text, itertools.count(1)

    def full(path: Path, text: str, **named: Any) -> int:
        if next(calls) == failing:
            real(path, text[: len(text) // 2], **named)
            raise OSError(errno.ENOSPC, "The disk is full", str(path))
        return real(path, text, **named)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        done = cli(*given, "--finished", "parts")
    assert (done.status, done.err.endswith(": the disk is full\n")) == (2, True)
    assert len(list(Path("parts").glob("0*.json"))) == failing - 2
    assert cli(*given, "--finished", "parts") == cli(*given)


def test_what_the_extra_brings_is_named_where_it_is_missing(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import apicontract

    monkeypatch.delattr(apicontract, "bulk", raising=False)  # it is there once a test before has imported it
    monkeypatch.setitem(__import__("sys").modules, "apicontract.bulk", None)
    Path("a.ndjson").write_bytes(LINES)
    for options in (("a.parquet",), ("s3://a/b",), ("a.ndjson", "--dask", "local"), ("a.ndjson", "--findings", "f")):
        assert cli("validate", *options, *PLACE).status == 2


def test_no_scheduler_is_told(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import dask
    import distributed  # noqa: F401 - its first import adds to what `set` puts back

    Path("a.ndjson").write_bytes(LINES)
    with dask.config.set({"distributed.comm.timeouts.connect": "200ms"}):
        done = cli("validate", "a.ndjson", *PLACE, "--dask", "tcp://127.0.0.1:1")
    assert done.status == 2
    assert "no scheduler answers at tcp://127.0.0.1:1" in done.err


@pytest.mark.deep
def test_a_cluster_finds_what_one_process_finds_though_a_worker_dies(
    cli: Run, rows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apicontract.bulk import cluster

    monkeypatch.setattr(validating, "SLICE", 64)
    Path("a.ndjson").write_bytes(LINES)
    Path("b.ndjson.gz").write_bytes(gzip.compress(LINES))
    files = ("a.ndjson", rows, "b.ndjson.gz", "missing.ndjson")
    killed: list[int] = []
    submit = cluster.Cluster.submit

    def kills(self: Any, part: Any) -> Any:
        if not killed:
            pid = next(iter(self._client.run(os.getpid).values()))
            killed.append(pid)
            os.kill(pid, signal.SIGKILL)
            time.sleep(0.2)
        return submit(self, part)

    wanted = cli("validate", *files, *PLACE)
    assert cli("validate", *files, *PLACE, "--dask", "local", "--jobs", 2) == wanted
    monkeypatch.setattr(cluster.Cluster, "submit", kills)
    assert cli("validate", *files, *PLACE, "--dask", "local", "--jobs", 2) == wanted
    assert killed


def test_what_a_cluster_could_not_do_is_told() -> None:
    class Fake:
        ahead = 2
        broken: tuple[type[Exception], ...] = ()

        def submit(self, part: int) -> Any:
            return self

        def again(self, waiting: Any) -> Any:
            return waiting

        def result(self) -> Any:
            raise Died

        def close(self) -> None:
            pass

    assert [isinstance(result, Died) for _, result in in_order(Fake(), [1, 2])] == [True, True]


def test_a_file_is_another_once_it_was_written_to(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}", encoding="utf-8")
    before = storage.state(str(path))
    assert storage.state(str(path)) == before
    for size, seconds in ((2, 1), (3, 0)):
        path.write_text("{}"[:size].ljust(size), encoding="utf-8")
        os.utime(path, (seconds, seconds))
        assert storage.state(str(path)) not in (before, None)
    assert storage.state(str(tmp_path / "none.json")) is None


def test_a_long_reason_is_cut() -> None:
    said = storage._said(ValueError("why  \n" * 200))
    assert (len(said), said[:8]) == (300, "why why ")
