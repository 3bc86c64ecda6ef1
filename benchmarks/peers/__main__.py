"""Compare, print the tables, and write `benchmarks/PEERS.md` if the run was a whole one."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

import httpx

from benchmarks import machine
from benchmarks.peers import checkers
from benchmarks.peers.exchanges import Exchanged, exchanges
from benchmarks.peers.requests import REQUESTS
from benchmarks.peers.servers import HERE, SERVERS, free_port, install, seconds, started

RESULTS = HERE.parent / "PEERS.md"
ROUNDS, LENGTH, WARM = 3, 5.0, 2.0
"""Rounds in which every server has its turn, seconds of load in each, and seconds before that."""
TARGET = 5.0
"""How often as fast as Prism ours is to be."""
Verdict = bool | None


class Speed(NamedTuple):
    """What one turn of a server was."""

    rate: float
    """Answers a second."""
    cost: float
    """Seconds of processor time for an answer."""


def verdicts(port: int) -> list[Verdict]:
    """Send each request to a server, and say whether it takes it; `None` for what is no verdict."""
    found: list[Verdict] = []
    with httpx.Client(timeout=30) as client:
        for sent in REQUESTS:
            try:
                status = client.send(sent.request(f"http://127.0.0.1:{port}")).status_code
            except httpx.HTTPError:
                status = 0
            found.append({2: True, 4: False}.get(status // 100))
    return found


def speed(port: int, process: object, length: float) -> Speed:
    """Put load on a server."""

    def load(of: float) -> tuple[float, int]:
        command = [sys.executable, "-m", "benchmarks.peers.load", str(port), str(of)]
        done = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        return done["rate"], sum(done["statuses"].values())

    load(min(WARM, length))
    before = seconds(process)
    rate, count = load(length)
    return Speed(rate, (seconds(process) - before) / count)


def right(found: Sequence[Verdict], wanted: Sequence[bool]) -> int:
    """Count the verdicts that are right."""
    return sum(a is b for a, b in zip(found, wanted, strict=True))


def _mark(found: Verdict, wanted: bool) -> str:
    if found is wanted:
        return "right"
    return "no verdict" if found is None else "takes it" if found else "refuses it"


def _rows(names: Sequence[tuple[str, str]], sides: Mapping[str, Sequence[Verdict]]) -> list[str]:
    """Write a table of verdicts: what is asked for, the keyword that it breaks, and what each side says."""
    wanted = [not wrong for _, wrong in names]
    rows = [f"| | breaks | {' | '.join(sides)} |", f"| --- | --- |{' --- |' * len(sides)}"]
    for at, (name, wrong) in enumerate(names):
        marks = [_mark(found[at], wanted[at]) for found in sides.values()]
        rows.append(f"| {name} | {f'`{wrong}`' if wrong else ''} | {' | '.join(marks)} |")
    counts = [f"**{right(found, wanted)} of {len(names)}**" for found in sides.values()]
    return [*rows, f"| **right** | | {' | '.join(counts)} |"]


def main(arguments: Sequence[str]) -> int:
    """Compare; return 1 if a verdict of ours is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="measure little, to see that everything works")
    parser.add_argument("--packages", type=Path, help="a folder in which package.json is installed already")
    options = parser.parse_args(arguments)
    rounds, length = (1, 1.0) if options.quick else (ROUNDS, LENGTH)
    judged: dict[str, Sequence[Verdict]] = {}
    speeds: dict[str, list[Speed]] = {name: [] for name in SERVERS}
    with tempfile.TemporaryDirectory(prefix="peers-") as held:
        folder = options.packages or Path(held)
        if not options.packages:
            install(folder)
        for number in range(rounds):
            for name in SERVERS:
                port = free_port()
                with started(name, folder, port) as process:
                    if not number:
                        judged[name] = verdicts(port)
                    speeds[name].append(speed(port, process, length))
                print(f"{name}: {speeds[name][-1].rate:,.0f} answers a second", flush=True)
        judged["openapi-core"] = checkers.openapi_core_requests()
        known = exchanges()
        seen: dict[str, Sequence[Verdict]] = {
            "check": checkers.ours(known),
            "openapi-core": checkers.openapi_core(known),
            "redocly drift": checkers.redocly(known, folder),
        }
    lines = _text(judged, known, seen, speeds)
    print("\n".join(lines))
    if not options.quick:
        RESULTS.write_text("\n".join(lines) + "\n")
    wrong = len(REQUESTS) - right(judged["serve"], [not sent.wrong for sent in REQUESTS])
    return int(wrong + len(known) - right(seen["check"], [not one.wrong for one in known]) > 0)


def _text(
    judged: Mapping[str, Sequence[Verdict]],
    known: Sequence[Exchanged],
    seen: Mapping[str, Sequence[Verdict]],
    speeds: Mapping[str, Sequence[Speed]],
) -> list[str]:
    pinned = json.loads((HERE / "package.json").read_text())["dependencies"]
    packages = [f"`{name}` {number}" for name, number in pinned.items()] + [f"openapi-core {version('openapi-core')}"]
    described = ", ".join(f"{name} {value}" for name, value in machine.described().items())
    prism = median(one.cost for one in speeds["Prism"])
    rows = [
        f"| {name} | {median(one.rate for one in turns):,.0f} | {median(one.cost for one in turns) * 1e6:,.0f} |"
        f" {prism / median(one.cost for one in turns):.1f} |"
        for name, turns in speeds.items()
    ]
    times = prism / median(one.cost for one in speeds["serve"])
    return [
        "# Beside mock servers and checkers",
        "",
        f"Written by `make bench ONLY=peers` on {time.strftime('%Y-%m-%d', time.gmtime())}, {described}.",
        f"The peers: {', '.join(packages)}. What is right follows from the document alone.",
        "",
        f"## {len(REQUESTS)} requests",
        "",
        *_rows([(sent.name, sent.wrong) for sent in REQUESTS], judged),
        "",
        f"## {len(known)} exchanges",
        "",
        *_rows([(one.name, one.wrong) for one in known], seen),
        "",
        "## Requests a second",
        "",
        "Those of the requests that are right, in turn, over 16 connections that are kept; one process a server, the",
        f"load from the other core, medians of {len(speeds['serve'])}. Processor time is what other programs on the",
        f"machine do not change: by it, ours is {times:.1f} times as fast as Prism, and is to be {TARGET:g} times.",
        "",
        "| | answers a second | microseconds of processor time for one | times Prism |",
        "| --- | ---: | ---: | ---: |",
        *rows,
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
