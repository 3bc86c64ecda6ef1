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
            why="This side only calls pydantic's compiled code, once a line. Ours calls it too, and then holds each "
            "event to the order of the stream, its number and its keys, in Python.",
        ),
    ),
    "sse": (
        Target(
            "httpx-sse and pydantic",
            times=1,
            why="It checks nothing besides; what ours checks must cost no more than what it is faster at.",
        ),
    ),
    "jsonl": (Target("pydantic TypeAdapter per line", times=1 / 0.8),),
    "request": (Target("openapi-core", times=1 / 200),),
    "search": (
        Target(
            "openapi-core",
            times=1 / 200,
            why="Most of what is left is decoding seven parts in Python; openapi-core itself needs 2.7 to 3.1 ms "
            "here, and the target comes from requests that take it twice as long.",
        ),
    ),
    "page": (
        Target("openapi-core", times=1 / 50),
        Target(
            _ENGINE,
            times=1 / 0.8,
            why="The engine is given the schema and the bytes. Ours finds the operation by the URL, reads the headers, "
            "and chooses the media type, in Python.",
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
            why="About half of the time is the start of the command, which does not grow with the recording.",
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
            why="Hypothesis's own engine is where the time is, which both run on; none of the costliest functions "
            "is ours.",
        ),
    ),
    "codegen": (Target("datamodel-code-generator", times=2),),
    "codegen-nothing": (Target(None, plus=0.3),),
    "tests": (Target(None, plus=120),),
}
