"""The programs that users of the peers write to check files, as they have no command for it.

    python -m benchmarks.by_hand CHECKER FILE

FILE is a HAR file, or has one task in each line (NDJSON). Exit status: 0 if everything conforms, 1 if not. Each reads
as its users would: HAR as one document, NDJSON line by line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks import checkers, inputs
from benchmarks.checkers import ROOT, Message


def har_with_openapi_core(path: Path) -> bool:
    """Check requests and responses of a HAR file."""
    app = checkers.openapi_core()
    entries = json.loads(path.read_bytes())["log"]["entries"]
    return all([_entry(app, entry) for entry in entries])  # noqa: C419 - all of them are to be checked


def _entry(app: Any, entry: Any) -> bool:
    url = urlsplit(entry["request"]["url"])
    posted = entry["request"].get("postData", {})
    message = Message(
        entry["request"]["method"],
        url.path.removeprefix(f"/{ROOT}"),
        url.query,
        posted.get("text", "").encode(),
        posted.get("mimeType", ""),
    )
    sent = checkers.openapi_core_request(app, message)()
    return checkers.openapi_core_response(app, message, entry["response"]["content"]["text"].encode())() and sent


def lines_with_openapi_core(path: Path) -> bool:
    """Check each line as the answer to a request for one task."""
    app = checkers.openapi_core()
    message = Message("GET", f"/tasks/{inputs.ID}")
    return _lines(path, lambda line: checkers.openapi_core_response(app, message, line)())


def lines_with_jsonschema(path: Path) -> bool:
    """Check each line against the schema of a task."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(checkers.schema(TASK))
    return _lines(path, lambda line: validator.is_valid(json.loads(line)))


def lines_with_jsonschema_rs(path: Path) -> bool:
    """Check each line against the schema of a task."""
    from jsonschema_rs import Draft202012Validator
    from pydantic_core import from_json

    validator = Draft202012Validator(checkers.schema(TASK))
    return _lines(path, lambda line: validator.is_valid(from_json(line)))


def _lines(path: Path, check: Callable[[bytes], bool]) -> bool:
    conforms = True
    with path.open("rb") as stream:
        for line in stream:
            if not check(line):
                conforms = False
    return conforms


TASK = "TasksRetrieveResponse"
PROGRAMS = {
    "har-openapi-core": har_with_openapi_core,
    "openapi-core": lines_with_openapi_core,
    "jsonschema": lines_with_jsonschema,
    "jsonschema-rs": lines_with_jsonschema_rs,
}

if __name__ == "__main__":
    sys.exit(0 if PROGRAMS[sys.argv[1]](Path(sys.argv[2])) else 1)
