"""`python -m tests.fuzz`: try each target for a number of seconds; exit status 1 if one failed."""

from __future__ import annotations

import argparse
import faulthandler
import sys
import time
import traceback
from pathlib import Path

from tests.fuzz.targets import TARGETS, Target

LONGEST = 5.0
"""Seconds of CPU that one small input may take."""
FOUND = Path(".fuzz")


def run(target: Target, seed: str, seconds: float, most: int) -> int:
    """Try inputs until the time is over; return how many faults of different kinds were found."""
    kinds: set[tuple[str, ...]] = set()
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end and number < most:
        number += 1
        data = target.input(seed, number)
        faulthandler.dump_traceback_later(60, exit=True)
        (FOUND / "last").write_bytes(data)  # what is left if the process dies
        began = time.process_time()
        try:
            target.read(data)
            assert time.process_time() - began < LONGEST, "this input takes too long"
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault, and is reported
            frames = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
            kind = (type(error).__name__, *frames[-2:])
            if kind not in kinds:
                kinds.add(kind)
                place = FOUND / f"{target.name}-{seed}-{number}"
                place.write_bytes(data)
                print(f"{target.name}: {place}\n{''.join(traceback.format_exception(error))}", flush=True)
        finally:
            faulthandler.cancel_dump_traceback_later()
    print(f"{target.name}: {number} inputs, {len(kinds)} faults", flush=True)
    return len(kinds)


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="for each target (default: 20)")
    parser.add_argument("--most", type=int, default=1_000_000, help="inputs for each target")
    parser.add_argument("--seed", default="0", help="another seed, other inputs (default: 0)")
    parser.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)} (default: all)")
    options = parser.parse_args()
    FOUND.mkdir(exist_ok=True)
    names = options.targets or TARGETS
    return int(sum(run(TARGETS[name], options.seed, options.seconds, options.most) for name in names) > 0)


if __name__ == "__main__":
    sys.exit(main())
