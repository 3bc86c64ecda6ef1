"""A referee that nobody here wrote: schemathesis sends to `serve`, and judges what comes back.

    python -m tests.referee [--cases 10000] [--seed 1]

Every finding is either a fault of ours or has its reason in `EXPLAINED`; an explained finding that no longer occurs is
a fault of that table. Exit status 1 for any of them, or for fewer cases than were requested.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
EXPLAINED = {
    ("POST /responses", "ST108 SSE event violates schema"): (
        "it holds the fields of a server-sent event to the schema, which in OpenAPI 3.1 is that of the event's data"
    ),
    ("POST /embed-v2/tasks", "Schema Error"): "it cannot make requests for a union within a union; others do",
}
"""By operation and name of the finding."""
_HEADER = re.compile(r"_+ ([A-Z]+ /\S*) _+")
_FINDING = re.compile(r"(?:\d+\. .*|- (?P<failure>ST\d+ .+)|(?P<error>Schema Error|Internal Error|Network Error))")
_GENERATED = re.compile(r"^\s*([\d,]+) generated", re.MULTILINE)


def found(report: str) -> set[tuple[str, str]]:
    """Return the findings of a report: the operation, and the name of what is wrong."""
    operation, findings = "", set()
    for line in report.splitlines():
        if header := _HEADER.fullmatch(line):
            operation = header[1]
        elif operation and (finding := _FINDING.fullmatch(line)) and (finding["failure"] or finding["error"]):
            findings.add((operation, finding["failure"] or finding["error"]))
    return findings


def verdict(report: str, cases: int) -> list[str]:
    """Return what is wrong with a run, a line each."""
    findings = found(report)
    wrong = [f"{operation}: {name}" for operation, name in sorted(findings - EXPLAINED.keys())]
    wrong += [
        f"explained, and not found: {operation}: {name}" for operation, name in sorted(EXPLAINED.keys() - findings)
    ]
    generated = _GENERATED.search(report)
    count = int(generated[1].replace(",", "")) if generated else 0
    return [*wrong, *([f"{count:,} cases, and {cases:,} were asked for"] if count < cases else [])]


@contextmanager
def served() -> Iterator[str]:
    """Serve the newest edition, and yield its address."""
    command = [sys.executable, "-m", "twelvelabs_contract", "serve", "--port", "0", "--format", "json"]
    with (
        tempfile.TemporaryFile() as out,
        tempfile.NamedTemporaryFile("w+", suffix=".err") as err,
        subprocess.Popen(command, stdout=out, stderr=err) as process,
    ):
        try:
            address = None
            while address is None and process.poll() is None:
                address = re.search(r" at (http://\S+)", Path(err.name).read_text())
            if address is None:
                raise RuntimeError(f"the server did not start: {Path(err.name).read_text()}")
            yield address[1]
        finally:
            process.terminate()
            process.wait()


def main() -> int:
    """Run the referee."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served() as address:
        document = Path(folder) / "openapi.json"
        written = subprocess.run(
            [sys.executable, "-m", "twelvelabs_contract", "document"], capture_output=True, check=True
        )
        document.write_bytes(written.stdout)
        each = given.cases // 78 + 1  # of 99 operations, some have fewer requests than this
        command = [sys.executable, "-m", "schemathesis.cli", "run", str(document), "--url", address, "--no-color"]
        command += [
            "--header",
            "x-api-key: tlk_made_up_for_the_referee",
            "--checks",
            ",".join(CHECKS),
            "--workers",
            "2",
        ]
        command += ["--phases", "examples,fuzzing", "--mode", "all", "--continue-on-failure"]
        command += ["--max-examples", str(each), "--seed", str(given.seed)]
        report = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    wrong = verdict(report, given.cases)
    if wrong:
        sys.stderr.write(report)
    for (operation, name), why in EXPLAINED.items():
        sys.stdout.write(f"explained: {operation}: {name}: {why}\n")
    for line in wrong:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(
        f"{len(wrong)} not explained\n" if wrong else f"at least {given.cases:,} cases, all as documented\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
