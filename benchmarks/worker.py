"""A worker process: measure one side of one question at its sizes, with pyperf, and write the runs to a file.

    python -m benchmarks.worker QUESTION SIDE --loops-of '{"10": 4}' --sizes '[10]' --worker --loops 1 … -o FILE
    python -m benchmarks.worker QUESTION --agree
    python -m benchmarks.worker QUESTION --remarks

pyperf's own manager measures one benchmark to its end before it begins the next, so a machine that slows down meanwhile
changes their ratio. Here `rounds` starts the workers, the sides in turn; all else (loops, warm-ups, clock, metadata)
is pyperf's. What was made ready before is not looked at by the collector of garbage while something is timed.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from dataclasses import asdict

import pyperf

from benchmarks.catalogue import question
from benchmarks.model import Disagreement, Question, Remarks, Side, agree


def main() -> int:
    """Run the command line and return the exit status: 1 if the sides disagree."""
    if sys.argv[2:3] == ["--agree"]:
        return _agree(sys.argv[1])
    if sys.argv[2:3] == ["--remarks"]:
        remarks = question(sys.argv[1]).remarks
        print(json.dumps(asdict(remarks() if remarks else Remarks((), {}))))
        return 0
    runner = pyperf.Runner()
    runner.argparser.add_argument("question")
    runner.argparser.add_argument("side")
    runner.argparser.add_argument("--loops-of", type=json.loads, default={})
    runner.argparser.add_argument("--sizes", type=json.loads)
    arguments = runner.parse_args()
    asked = question(arguments.question)
    side = asked.side(arguments.side)
    if side.slow:
        _warm(asked, side)
    for size in arguments.sizes or asked.sizes_of(side):
        if str(size) in arguments.loops_of:
            arguments.loops = arguments.loops_of[str(size)]  # pyperf reads it anew for each benchmark
        name, run = f"{asked.name}/{side.name}/{size}", side.setup(size).run
        gc.collect()
        gc.freeze()
        if isinstance(run, tuple):
            runner.bench_command(name, list(run))
        elif side.asynchronous:
            runner.bench_async_func(name, run)
        else:
            runner.bench_func(name, run)
    return 0


def _warm(asked: Question, side: Side) -> None:
    """Run a slow side once on the small size, if the question has one."""
    for size in (asked.small or ())[:1]:
        run = side.setup(size).run
        if isinstance(run, tuple):
            subprocess.run(run, check=True, capture_output=True)
        else:
            run()


def _agree(name: str) -> int:
    asked = question(name)
    try:
        for size in asked.sizes if asked.judged is None else asked.judged:
            agree(asked, size)
    except Disagreement as disagreement:
        print(disagreement, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
