"""The programs that users of the peers write to check files, as they have no command for it.

    python -m benchmarks.by_hand CHECKER DOCUMENT FILE

DOCUMENT is the OpenAPI document as JSON. FILE is a HAR file, or has one task in each line (NDJSON). Each reads as its
users would: HAR as one document, NDJSON line by line. Exit status: 0 if everything conforms, 1 if not; the last line
says how many requests, responses or lines do not. Each imports what it needs, and nothing of the other benchmarks.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

TASK = "TasksRetrieveResponse"


def har_with_openapi_core(document: Path, path: Path) -> int:
    """Count the requests and responses of a HAR file that do not conform."""
    from openapi_core import OpenAPI
    from openapi_core.testing import MockRequest, MockResponse

    app = OpenAPI.from_dict(json.loads(document.read_bytes()))
    wrong = 0
    for entry in json.loads(path.read_bytes())["log"]["entries"]:
        sent, got = entry["request"], entry["response"]
        url, posted = urlsplit(sent["url"]), sent.get("postData", {})
        query: Any = parse_qsl(url.query)  # its type says dict, its werkzeug takes pairs, as names repeat
        request = MockRequest(
            f"{url.scheme}://{url.netloc}",
            sent["method"],
            url.path,
            args=query,
            headers={header["name"]: header["value"] for header in sent["headers"]},
            data=posted.get("text", "").encode(),
            content_type=posted.get("mimeType", ""),
        )
        content = got["content"]
        response = MockResponse(content["text"].encode(), got["status"], content_type=content["mimeType"])
        wrong += any(True for _ in app.iter_request_errors(request))
        wrong += any(True for _ in app.iter_response_errors(request, response))
    return wrong


def lines_with_openapi_core(document: Path, path: Path) -> int:
    """Check each line as the answer to a request for one task."""
    from openapi_core import OpenAPI
    from openapi_core.testing import MockRequest, MockResponse

    app = OpenAPI.from_dict(json.loads(document.read_bytes()))
    request = MockRequest("https://api.twelvelabs.io", "get", f"/v1.3/tasks/{'0' * 24}")

    def conforms(line: bytes) -> bool:
        response = MockResponse(line, 200, content_type="application/json")
        return not list(app.iter_response_errors(request, response))

    return _wrong(path, conforms)


def lines_with_jsonschema(document: Path, path: Path) -> int:
    """Check each line against the schema of a task."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(_schema(document))
    return _wrong(path, lambda line: validator.is_valid(json.loads(line)))


def lines_with_jsonschema_rs(document: Path, path: Path) -> int:
    """Check each line against the schema of a task."""
    from jsonschema_rs import Draft202012Validator
    from pydantic_core import from_json

    validator = Draft202012Validator(_schema(document))
    return _wrong(path, lambda line: validator.is_valid(from_json(line)))


def _schema(document: Path) -> dict[str, Any]:
    return {
        "$ref": f"#/components/schemas/{TASK}",
        "components": json.loads(document.read_bytes())["components"],
    }


def _wrong(path: Path, conforms: Callable[[bytes], bool]) -> int:
    with path.open("rb") as stream:
        return sum(not conforms(line) for line in stream)


PROGRAMS = {
    "har-openapi-core": har_with_openapi_core,
    "openapi-core": lines_with_openapi_core,
    "jsonschema": lines_with_jsonschema,
    "jsonschema-rs": lines_with_jsonschema_rs,
}

if __name__ == "__main__":
    found = PROGRAMS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    print(f"{found} not conforming")
    sys.exit(found > 0)
