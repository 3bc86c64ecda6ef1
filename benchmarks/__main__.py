"""The command line: measure the questions, print the table, and write it if the run was a whole one.

Exit status: 0 if every question was measured, whether or not its targets are met; 1 if the sides of one disagree or it
could not be measured; 2 if the arguments are wrong.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import catalogue, machine, plots, tell
from benchmarks.model import QUICK, Disagreement, Effort, Remarks
from benchmarks.report import Entry, Report
from benchmarks.rounds import ROOT, Unmeasured, last_line, measure, worker

HERE = Path(__file__).parent
DONE, FAILED, WRONG = 0, 1, 2
COMPILED = ("src", "generated", "codegen", "benchmarks")


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure this project against its peers.")
    parser.add_argument("--only", default="", metavar="NAMES", help="questions by name, such as ndjson or call,page")
    parser.add_argument("--quick", action="store_true", help="measure little, to see that everything works")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write RESULTS.md and plots/ here, even for a part")
    parser.add_argument("--list", action="store_true", help="name the questions and measure nothing")
    options = parser.parse_args(arguments)
    try:
        names = catalogue.chosen(options.only)
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return WRONG
    if options.list:
        print(*(f"{name:<20}{catalogue.question(name).title}" for name in names), sep="\n")
        return DONE
    whole = not options.only and not options.quick
    out = options.out or (HERE if whole else None)
    report = _measured(names, out, quick=options.quick)
    if not whole:
        report.scope = f"A part of a run: {options.only or 'all questions'}{', quick' * options.quick}."
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "RESULTS.md").write_text(report.text())
        print(f"wrote RESULTS.md and {sum(bool(entry.plot) for entry in report.entries)} plots")
    else:
        print("a part of a run: nothing was written")
    print(f"{report.summary()}, in {report.seconds / 60:.1f} minutes")
    return FAILED if any(entry.failure for entry in report.entries) else DONE


def _measured(names: Sequence[str], out: Path | None, *, quick: bool) -> Report:
    started = time.monotonic()
    today = time.strftime("%Y-%m-%d", time.gmtime())
    report = Report(machine.described(), machine.versions(), today, os.cpu_count() or 1, machine.commit())
    for directory in COMPILED:
        compileall.compile_dir(ROOT / directory, quiet=2)
    for name in names:
        load = machine.load(time.monotonic() - started)
        unsteadiness = machine.unsteadiness()
        report.entries.append(_entry(name, out, quick=quick))
        report.entries[-1].load, report.entries[-1].unsteadiness = load, unsteadiness
    report.seconds = time.monotonic() - started
    return report


def _entry(name: str, out: Path | None, *, quick: bool) -> Entry:
    question = catalogue.question(name)
    entry = Entry(name, question.title, question.note)
    started = time.monotonic()
    print(f"{name}: {question.title} ", end="", flush=True)
    try:
        entry.results = measure(question, _effort(question.effort, quick=quick), _say)
        if question.remarks is not None:
            remarks = _remarks(name)
            entry.remarks, entry.results = remarks.lines, replace(entry.results, worth=remarks.worth)
    except (Disagreement, Unmeasured) as error:
        entry.failure = str(error).replace(str(ROOT), ".")
        print(f"\n  {entry.failure}")
        return entry
    print(f" {time.monotonic() - started:.0f} s")
    for row in tell.rows(entry.results):
        size = row.question.removeprefix(name).strip()
        line = f"  {size:>8} {row.side:<26} {row.median:>9} {row.spread:>11}  {row.ratio:<24} {row.rate}"
        print(f"{line.rstrip()}{f'  [{row.target}: {row.verdict}]' if row.target else ''}")
    for line in (*tell.growth(entry.results), *entry.remarks):
        print(f"  {line}")
    if out is not None:
        entry.plot = plots.draw(entry.results, out / "plots")
    return entry


def _effort(effort: Effort, *, quick: bool) -> Effort:
    return Effort(min(effort.processes, QUICK.processes), QUICK.values, QUICK.min_time) if quick else effort


def _say(text: str) -> None:
    print(text, end="", flush=True)


def _remarks(name: str) -> Remarks:
    done = worker(name, "--remarks")
    if done.returncode:
        raise Unmeasured(last_line(done.stderr))
    return Remarks(**json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
