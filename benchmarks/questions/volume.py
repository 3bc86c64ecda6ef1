"""What do very many payloads cost: on one core, on two, on a cluster, and in Parquet?"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import inputs
from benchmarks.model import Answer, Effort, Question, Side, Work
from benchmarks.questions.files import by_a_user, reported, write, wrong
from benchmarks.questions.generation import kept
from benchmarks.targets import TARGETS

LARGE, SMALL = 512, 0
"""Megabytes."""
PLACE = ("--operation", "tasks.retrieve", "--status", "200")
PLANTED = (2, 500, 998)
ENGINE = "jsonschema-rs + from_json"


def _files(megabytes: int) -> tuple[TemporaryDirectory[str], Path, Path]:
    """Write a file that is timed, and one of 1,000 lines, some of them wrong."""
    directory = TemporaryDirectory(prefix="bench-")
    good, bad = Path(directory.name) / "good.ndjson", Path(directory.name) / "wrong.ndjson"
    write(good, megabytes)
    lines = [wrong(inputs.task(i)) if i in PLANTED else inputs.dumped(inputs.task(i)) + b"\n" for i in range(1000)]
    bad.write_bytes(b"".join(lines))
    return directory, good, bad


def _ours(options: tuple[str, ...], megabytes: int) -> Work:
    directory, good, bad = _files(megabytes)
    command = (sys.executable, "-m", "twelvelabs_contract", "validate", *PLACE, *options)

    def answer() -> Answer:
        found = json.loads(reported((*command, "--format", "json"), bad))["findings"]
        return {"wrong lines": len({finding["line"] for finding in found})}

    return kept(directory, Work((*command, str(good)), answer))


def _by_hand(megabytes: int) -> Work:
    directory, good, bad = _files(megabytes)
    command, count = by_a_user("jsonschema-rs")
    return kept(directory, Work((*command, str(good)), lambda: {"wrong lines": count(bad)}))


def _parquet(options: tuple[str, ...], megabytes: int) -> Work:
    """Write the same lines as a column of Parquet, in row groups of 100,000."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    directory, good, bad = _files(megabytes)
    paths = [path.with_suffix(".parquet") for path in (good, bad)]
    for path, lines in zip(paths, (good, bad), strict=True):
        with lines.open("rb") as file, pq.ParquetWriter(path, pa.schema([("payload", pa.binary())])) as writer:
            while some := file.readlines(32 * 1024 * 1024):
                writer.write_table(pa.table({"payload": pa.array(some, pa.binary())}), row_group_size=100_000)
        lines.unlink()
    command = (sys.executable, "-m", "twelvelabs_contract", "validate", *PLACE, *options)

    def answer() -> Answer:
        found = json.loads(reported((*command, "--format", "json"), paths[1]))["findings"]
        return {"wrong lines": len({finding["label"] for finding in found})}

    return kept(directory, Work((*command, str(paths[0])), answer))


def _megabytes(size: int) -> tuple[float, str]:
    return float(size), "MB"


def _load(edition: str | None, _: int) -> Work:
    from twelvelabs_contract import Contract

    def run() -> Any:
        return Contract.load(edition=edition).check_payload({"page": 1}, schema="PageInfo")

    return Work(run, lambda: {"violations": len(run())})


ONE = ("--jobs", "1")
TWO = ("--jobs", "2")
EFFORT = Effort(processes=3)
COMMON: dict[str, Any] = {
    "sizes": (LARGE,),
    "expected": {"wrong lines": len(PLANTED)},
    "per": _megabytes,
    "effort": EFFORT,
    "small": (SMALL,),
    "judged": (SMALL,),
}

QUESTIONS = (
    Question(
        "lines",
        "Check half a gigabyte of NDJSON, one task a line, on one core",
        (Side("ours", partial(_ours, ONE), slow=True), Side(ENGINE, _by_hand, slow=True)),
        targets=TARGETS["lines"],
        note="Whole commands, their start included. The peer is ten lines, which say only whether a line conforms, and "
        "end at one that is no JSON.",
        **COMMON,
    ),
    Question(
        "jobs",
        "Check half a gigabyte of NDJSON on two cores",
        (
            Side("ours", partial(_ours, TWO), slow=True),
            Side("one core", partial(_ours, ONE), slow=True),
            Side("Dask local, two workers", partial(_ours, (*TWO, "--dask", "local")), slow=True),
        ),
        targets=TARGETS["jobs"],
        note="`--jobs 2` beside `--jobs 1`, and beside `--dask local`, whose start takes some seconds.",
        **COMMON,
    ),
    Question(
        "parquet",
        "Check half a gigabyte of the same tasks in a column of Parquet",
        (
            Side("ours", partial(_parquet, TWO), slow=True),
            Side("one core", partial(_parquet, ONE), slow=True),
        ),
        **COMMON,
    ),
    Question(
        "editions",
        "Load the contract, and check a first payload: of today, and of a day before",
        (
            Side("ours", partial(_load, None)),
            Side("2025-08, of the document of all days", partial(_load, "2025-08")),
        ),
        expected={"violations": 0},
    ),
)
