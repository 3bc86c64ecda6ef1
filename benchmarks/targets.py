"""What must hold of our figures: all targets, by question. A target is of the first size of its question."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.model import Target

_RAW = Target(
    "raw httpx",
    times=1.3,
    why="Sending, the same for both, is the larger half of either. Ours writes its request for less than httpx's "
    "`build_request`; what it adds is to check and encode the arguments, to bound what is read, and a model.",
)
_ENGINE = "jsonschema-rs + from_json"

TARGETS: Mapping[str, tuple[Target, ...]] = {
    "import": (Target("httpx", times=1, plus=0.1),),
    "call": (_RAW,),
    "call-post": (_RAW,),
    "call-async": (_RAW,),
    "ndjson": (
        Target(
            "SDK",
            times=1 / 100,
            why="Bare pydantic itself, which knows no order of events and has all bytes at once, was measured at "
            "65 to 160 times the speed of the SDK on this machine.",
        ),
        Target("pydantic TypeAdapter per line", times=1 / 0.8),
        Target(
            "pydantic SchemaValidator per line",
            times=1 / 0.9,
            why="This side only calls pydantic's compiled code, once a line. Ours calls it too, and besides cuts lines "
            "out of chunks, holds events to the order of the stream, and counts their keys, in compiled code as well.",
        ),
    ),
    "sse": (
        Target(
            "httpx-sse and pydantic",
            times=1,
            why="It checks nothing besides; what ours checks must cost no more than what it is faster at.",
        ),
    ),
    "jsonl": (
        Target(
            "pydantic TypeAdapter per line",
            times=1 / 0.8,
            why="Ours reads a model of more alternatives, which takes pydantic itself 1.3 times as long as that of "
            "this side, and counts the keys of three objects a line.",
        ),
    ),
    "request": (Target("openapi-core", times=1 / 200),),
    "search": (
        Target(
            "openapi-core",
            times=1 / 200,
            why="Half of what is left is cutting and decoding seven parts in Python.",
        ),
    ),
    "page": (
        Target("openapi-core", times=1 / 50),
        Target(
            _ENGINE,
            times=1 / 0.8,
            why="The engine is given the schema and the bytes. Ours finds the operation by the URL, and reads the "
            "headers, in Python.",
        ),
    ),
    "embedding": (Target("pydantic_core.from_json", times=1.5),),
    "embedding-client": (Target("raw httpx, from_json", times=1.5),),
    **{
        f"tap-{library}": (Target("not watched", times=1.0, plus=0.001),)
        for library in ("httpx", "httpx2", "requests", "urllib3", "aiohttp", "http.client")
    },
    "har": (
        Target(
            "openapi-core",
            times=1 / 30,
            why="About half of the time is the start of the command, which does not grow with the recording; of the "
            "rest the largest part is reading its JSON with the line of each exchange.",
        ),
    ),
    "lines": (Target(_ENGINE, times=1.0),),
    "jobs": (
        Target(
            "one core",
            times=1 / 1.8,
            why="Two processes need two idle cores, and each starts anew.",
        ),
    ),
    "cases": (
        Target(
            "schemathesis",
            times=1 / 5,
            why="Hypothesis's own engine is where the time is, which both run on: a case of as many choices and "
            "nothing else takes four fifths of ours.",
        ),
    ),
    "upload": (Target("vendor's SDK 1.3.6", times=1 / 1.5),),
    "upload-async": (Target("vendor's SDK 1.3.6, async", times=1 / 1.5),),
    "codegen": (Target("datamodel-code-generator", times=2),),
    "codegen-nothing": (Target(None, plus=0.3),),
    "tests": (Target(None, plus=120),),
}
