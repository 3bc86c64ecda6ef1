"""All questions by name, in the order of the table; only the module of the one that is asked for is imported."""

from __future__ import annotations

import difflib
from importlib import import_module

from benchmarks.model import Question

NAMES = {
    "imports": ("import", "import-call"),
    "calls": ("call", "call-post", "call-async"),
    "listing": ("listing",),
    "ndjson": ("ndjson", "ndjson-event", "ndjson-chunk"),
    "streams": ("sse", "jsonl"),
    "requests": ("request", "search", "search-picture"),
    "responses": ("page", "embedding", "embedding-client"),
    "taps": tuple(f"tap-{name}" for name in ("httpx", "httpx2", "requests", "urllib3", "aiohttp", "http.client")),
    "recordings": ("har",),
    "files": ("file",),
    "volume": ("lines", "jobs", "parquet", "editions"),
    "large": ("document", "server"),
    "generated_cases": ("cases",),
    "generation": ("codegen", "codegen-nothing"),
    "growth": (
        *("scale-load", "scale-first", "scale-codegen", "scale-parameters", "scale-parts"),
        *("scale-page", "scale-items", "scale-events"),
    ),
    "uploads": ("upload", "upload-async"),
    "suite": ("tests",),
}
"""The questions of each module of `questions`; a test holds them against the modules."""
ALL = tuple(name for names in NAMES.values() for name in names)


def question(name: str) -> Question:
    """Return a question by its name."""
    module = next(module for module, names in NAMES.items() if name in names)
    found: tuple[Question, ...] = import_module(f"benchmarks.questions.{module}").QUESTIONS
    return next(one for one in found if one.name == name)


def chosen(only: str) -> tuple[str, ...]:
    """Return the names that a text asks for: names or their beginnings before a dash, with commas; empty for all.

    `LookupError` for a name that there is not.
    """
    if not only:
        return ALL
    wanted = [part.strip() for part in only.split(",") if part.strip()]
    for part in wanted:
        if not any(_asked(part, name) for name in ALL):
            close = difflib.get_close_matches(part, ALL, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(ALL)}"
            raise LookupError(f"no question {part!r}; {hint}")
    return tuple(name for name in ALL if any(_asked(part, name) for part in wanted))


def _asked(part: str, name: str) -> bool:
    return name == part or name.startswith(f"{part}-")
