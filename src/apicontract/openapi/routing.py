"""From method and URL to the operation, and to the raw path segments that its template names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from apicontract.openapi.document import Operation

_NAME = re.compile(r"\{([^{}]+)\}")


class Match(NamedTuple):
    """An operation, the raw value of each path parameter, and the raw query."""

    operation: Operation
    segments: Mapping[str, str]
    query: str


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Why a request belongs to no operation: `where` is `url`, `path` or `method`; `value` has no query, no secret."""

    where: str
    message: str
    value: str
    path: str = ""
    """The path below the server; empty for a URL that is below none."""


class Routes:
    """The operations of a contract by method and URL; a literal segment goes before a parameter."""

    def __init__(self, operations: Sequence[Operation], servers: Sequence[str]) -> None:
        """Index the templates by method and number of segments."""
        self._bases = [(_origin(p.scheme, p.netloc), p.path.rstrip("/")) for p in map(urlsplit, servers)]
        self._servers = servers
        self._index: dict[tuple[str, int], list[tuple[re.Pattern[str], list[str], Operation]]] = {}
        for operation in sorted(operations, key=lambda o: [("{" in s, s) for s in o.path.split("/")]):
            key = (operation.method, operation.path.count("/"))
            self._index.setdefault(key, []).append((_pattern(operation.path), _NAME.findall(operation.path), operation))

    def match(self, method: str, url: str) -> Match | NoMatch:
        """Find the operation of a request."""
        if not url.isprintable() or " " in url:
            return NoMatch("url", "no URL: it holds white space or control characters", "")
        try:
            parts = urlsplit(url)
            given = _origin(parts.scheme, parts.netloc)
        except ValueError as error:
            return NoMatch("url", f"no URL: {error}", "")
        below = [
            parts.path[len(path) :]
            for origin, path in self._bases
            if origin in ("", given) and f"{parts.path}/".startswith(f"{path}/")
        ]
        if not below:
            return NoMatch("url", self._not_below(given, parts.path), given + parts.path)
        for path in below:
            found = self._find(method.upper(), path)
            if found:
                return Match(found[0], found[1], parts.query)
        path = below[0]
        others = sorted(
            m for m, n in self._index if n == path.count("/") and m != method.upper() and self._find(m, path)
        )
        if others:
            return NoMatch("method", f"this path has {', '.join(others)}", method, path)
        return NoMatch("path", "no operation has this path", path, path)

    def nearest(self, path: str) -> str | None:
        """Return the template of the path that was most likely meant; `None` where none is close."""
        given = path.split("/")
        filled: dict[str, str] = {}
        for operation in (entry[2] for entries in self._index.values() for entry in entries):
            parts = [
                given[at] if "{" in part and at < len(given) else part
                for at, part in enumerate(operation.path.split("/"))
            ]
            filled.setdefault("/".join(parts), operation.path)
        found = difflib.get_close_matches(path, filled, 1, cutoff=0.75)
        return filled[found[0]] if found else None

    def _not_below(self, given: str, path: str) -> str:
        """Say what of a URL differs from the servers, and which URL was meant where an operation shows it."""
        servers, differs = " or ".join(self._servers), "host"
        for server, (origin, base) in zip(self._servers, self._bases, strict=True):
            if origin and origin.partition("://")[2] != given.partition("://")[2]:
                continue
            differs = "path" if origin in ("", given) else "scheme"
            for rest in (path.removeprefix(base), f"/{path.split('/', base.count('/') + 1)[-1]}"):
                if any(self._find(method, rest) for method, _ in self._index):
                    return f"not below {servers}; did you mean {server.rstrip('/')}{rest}?"
        return f"not below {servers}: the {differs} differs"

    def _find(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        for pattern, names, operation in self._index.get((method, path.count("/")), ()):
            if match := pattern.fullmatch(path):
                return operation, dict(zip(names, match.groups(), strict=True))
        return None


@lru_cache(maxsize=32)
def _origin(scheme: str, netloc: str) -> str:
    """Return scheme, host and port in one spelling, no port where it is the scheme's own, and never the credentials."""
    if not netloc:
        return ""
    parts = SplitResult(scheme, netloc, "", "", "")
    port = "" if parts.port in (None, {"http": 80, "https": 443}.get(parts.scheme)) else f":{parts.port}"
    return f"{parts.scheme}://{parts.hostname or ''}{port}"


def _pattern(template: str) -> re.Pattern[str]:
    """Compile a path template; an empty segment matches, so that an empty id is no unknown path."""
    pieces = _NAME.split(template)
    return re.compile("".join(re.escape(p) if i % 2 == 0 else "([^/]*)" for i, p in enumerate(pieces)))
