"""Find the operation of a request by method and URL, and the raw path segments that its template names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from apicontract.guess import nearest
from apicontract.openapi.document import Operation
from apicontract.openapi.servers import PLACEHOLDER, Origin, Server, origin

_UNRESERVED = re.compile(r"%(?:2[Dd]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])")
"""Encoded letters, digits, `-`, `_` and `~`; a dot stays encoded, because `..` is a step up the path."""
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_KEPT = "%/:@!$&'()*+,;=~"
"""Characters that are not encoded in a path (RFC 3986, section 3.3), and the percent sign itself."""
_PLAIN = re.compile(r"[A-Za-z0-9_.\-/:@!$&'()*+,;=~]*")
"""A path in which nothing is encoded, and nothing has to be."""
_MOST_KNOWN = 4096
"""The number of URLs that are cached."""
_LONGEST_KNOWN = 200
"""The maximum length of a URL that is cached, without its query."""
_SHOWN = 3
"""The number of servers that a message lists."""
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\?([^#]*))?")
"""Scheme, authority, path and query, as `urlsplit` takes them apart, of a URL that has an authority."""


class Match(NamedTuple):
    """An operation, the raw value of each path parameter, and the raw query."""

    operation: Operation
    segments: Mapping[str, str]
    query: str
    others: tuple[Match, ...] = ()
    """Operations with the same method and path, which differ only in the fragment after `#`."""


class NoMatch(NamedTuple):
    """Why a request matches no operation: `where` is `url`, `path` or `method`; `value` has no query and no secret."""

    where: str
    message: str
    value: str
    path: str = ""
    """The path relative to the server; empty if the URL is not below a server."""


class _Template:
    """The path of an operation: a pattern for the path, and the part of the query that belongs to it.

    Some documents distinguish operations with the same path by a query after `?`, which a request must have, or a
    fragment after `#`, which is never sent.
    """

    __slots__ = ("_fixed", "_names", "_pattern", "operation", "order", "others", "path")

    def __init__(self, operation: Operation) -> None:
        path, _, query = operation.path.partition("#")[0].partition("?")
        self.operation = operation
        self.path = path or "/"
        self._fixed = [(PLACEHOLDER.findall(piece), _query_pattern(piece)) for piece in query.split("&") if piece]
        self.order = [_rank(segment) for segment in self.path.split("/")], -len(self._fixed), query.count("{")
        """The sort key: the most specific template comes first."""
        self._names = PLACEHOLDER.findall(self.path)
        self._pattern = _pattern(self.path)
        self.others: list[_Template] = []
        """The templates that match the same requests, itself among them."""

    @property
    def is_literal(self) -> bool:
        """Whether it matches only one path, and ignores the query."""
        return not self._names and not self._fixed

    @property
    def sent(self) -> tuple[object, ...]:
        """A key that is equal for templates that match the same requests."""
        return self.operation.method, self._pattern.pattern, *(pattern.pattern for _, pattern in self._fixed)

    def match(self, path: str, query: str) -> Match | None:
        """Match a request; return `None` if it does not match."""
        found = self._pattern.fullmatch(path)
        if found is None:
            return None
        segments = dict(zip(self._names, found.groups(), strict=True))
        if self._fixed:
            declared = {parameter.name for parameter in self.operation.parameters_in("query")}
            left = query.split("&")
            for names, pattern in self._fixed:
                piece = next(filter(None, map(pattern.fullmatch, left)), None)
                if piece is None:
                    return None
                segments |= zip(names, piece.groups(), strict=True)
                if piece[0].partition("=")[0] not in declared:
                    left.remove(piece[0])
            query = "&".join(left)
        return Match(self.operation, segments, query)


class _Group:
    """Operations that have the same servers."""

    def __init__(self, servers: Sequence[Server], operations: Sequence[Operation]) -> None:
        self.servers = servers
        self.templates = sorted(map(_Template, operations), key=lambda template: template.order)
        self._index: dict[tuple[str, int], list[_Template]] = {}
        for template in self.templates:
            key = (template.operation.method, template.path.count("/"))
            self._index.setdefault(key, []).append(template)
        alike: dict[tuple[object, ...], list[_Template]] = {}
        by_path: dict[tuple[str, str], list[_Template]] = {}
        for template in self.templates:
            alike.setdefault(template.sent, []).append(template)
            template.others = alike[template.sent]
            by_path.setdefault((template.operation.method, _normal(template.path)), []).append(template)
        self._literal = {key: found[0] for key, found in by_path.items() if len(found) == 1 and found[0].is_literal}
        """The templates that match one path, whatever the query is, and go before all others that match it."""

    def is_literal(self, method: str, path: str) -> bool:
        """Return whether one operation has this path, whatever the query is."""
        return (method, path) in self._literal

    def find(self, method: str, path: str, query: str) -> tuple[_Template, Match] | None:
        """Find an operation by its path relative to the server; `None` if there is none."""
        literal = self._literal.get((method, path))
        if literal is not None:
            return literal, Match(literal.operation, {}, query)
        for template in self._index.get((method, path.count("/")), ()):
            if match := template.match(path, query):
                others = (other.match(path, query) for other in template.others if other is not template)
                if len(template.others) > 1:
                    match = match._replace(others=tuple(filter(None, others)))
                return template, match
        return None

    def methods(self, path: str, query: str) -> list[str]:
        """Return the methods of a path."""
        return sorted(m for m, n in self._index if n == path.count("/") and self.find(m, path, query))


class Routes:
    """The operations of a contract by method and URL; a literal segment takes precedence over a parameter."""

    def __init__(self, operations: Sequence[Operation], servers: Sequence[Server], *, only: bool = False) -> None:
        """Index the templates by method and number of segments; `only` if the servers of operations do not count."""
        by_servers: dict[tuple[Server, ...], list[Operation]] = {tuple(servers): []}
        for operation in operations:
            own = servers if only or not operation.servers else operation.servers
            by_servers.setdefault(tuple(own), []).append(operation)
        self._groups = [_Group(own, held) for own, held in by_servers.items()]
        self._with_host = lru_cache(maxsize=32)(self._find_with_host)
        self._known: dict[tuple[str, str], Operation] = {}
        """Operations without path parameters, by method and URL up to its query."""

    def _find_with_host(self, scheme: str, netloc: str) -> tuple[Origin, list[tuple[_Group, list[Server]]]]:
        """Return an origin, and the servers of each group that have it; raise `ValueError` for an invalid host."""
        given = origin(scheme, netloc)
        hosts = [(group, [server for server in group.servers if server.has_host(given)]) for group in self._groups]
        return given, [(group, servers) for group, servers in hosts if servers]

    def match(self, method: str, url: str) -> Match | NoMatch:
        """Find the operation of a request."""
        before, _, query = url.partition("?")
        known = self._known.get((method, before))
        if known is not None and "#" not in query and " " not in query and query.isprintable():
            return Match(known, {}, query)
        if not url.isprintable() or " " in url:
            return NoMatch("url", "not a URL: it contains white space or control characters", "")
        written = _URL.fullmatch(url) if url.isascii() else None
        try:
            if written is not None and "[" not in written[2] and "]" not in written[2]:
                scheme, netloc, given_path, query = written.groups("")
                given, servers = self._with_host(scheme.lower(), netloc)
            else:
                parts = urlsplit(url)
                given_path, query = parts.path, parts.query
                given, servers = self._with_host(parts.scheme, parts.netloc)
        except ValueError as error:
            return NoMatch("url", f"not a URL: {error}", "")
        sent = _normal(given_path)
        below = [
            (group, rest or "/") for group, own in servers for server in own if (rest := server.below(sent)) is not None
        ]
        if not below:
            return NoMatch("url", self._not_below(given, given_path), f"{given}{given_path}")
        found = [(path, *one) for group, path in below if (one := group.find(method.upper(), path, query))]
        if len(found) == 1:
            path, _, match = found[0]
            alone = len(below) == 1 and below[0][0].is_literal(method.upper(), path)
            short = len(before) <= _LONGEST_KNOWN and not {"#", "@"} & {*before}
            if alone and short and len(self._known) < _MOST_KNOWN:
                self._known[method, before] = match.operation
            return match
        if found:  # if several groups have the path, the one with the most specific template
            return min((one for one in found if one[0] == found[0][0]), key=lambda one: one[1].order)[2]
        path = below[0][1]
        if others := [other for group, path in below for other in group.methods(path, query)]:
            return NoMatch("method", f"this path has {', '.join(dict.fromkeys(others))}", method, path)
        return NoMatch("path", "no operation has this path", path, path)

    def nearest(self, path: str) -> str | None:
        """Return the template of the path that was most likely meant; `None` if none is similar."""
        given = path.split("/")
        filled: dict[str, str] = {}
        for template in (template for group in self._groups for template in group.templates):
            parts = [
                given[at] if "{" in part and at < len(given) else part
                for at, part in enumerate(template.path.split("/"))
            ]
            filled.setdefault("/".join(parts), template.operation.path)
        found = nearest(path, filled, 0.75)
        return None if found is None else filled[found]

    def _not_below(self, given: Origin, path: str) -> str:
        """Describe how a URL differs from the servers, and suggest the intended URL if an operation matches it."""
        own = list(dict.fromkeys(url for group in self._groups for server in group.servers for url in server.urls()))
        more = f" or {len(own) - _SHOWN} more" if len(own) > _SHOWN else ""
        servers, differs = " or ".join(own[:_SHOWN]) + more, "host"
        for group in self._groups:
            for server in group.servers:
                if server.names_host and not server.has_host(given, any_scheme=True):
                    continue
                base = urlsplit(server.url)
                differs = "path" if server.has_host(given) else "scheme"
                for rest in (path.removeprefix(base.path), f"/{path.split('/', base.path.count('/') + 1)[-1]}"):
                    if group.methods(rest, ""):
                        return f"not below {servers}; did you mean {server.url}{rest}?"
        return f"not below {servers}: the {differs} differs"


def _rank(segment: str) -> tuple[bool, int, str]:
    """Return the sort key of a segment: literal ones first, then by the number of literal characters."""
    return "{" in segment, -len(PLACEHOLDER.sub("", segment)) if "{" in segment else 0, segment


def _pattern(template: str) -> re.Pattern[str]:
    """Compile a path template; an empty segment matches, so that an empty id is not reported as an unknown path."""
    pieces = PLACEHOLDER.split(template)
    return re.compile("".join(re.escape(_normal(p)) if i % 2 == 0 else "([^/]*)" for i, p in enumerate(pieces)))


def _query_pattern(piece: str) -> re.Pattern[str]:
    """Compile a part of the query in a path: `x=1`, `x={value}`, or a name alone, which may be sent as `name=`."""
    written = "".join(re.escape(p) if i % 2 == 0 else "([^&]*)" for i, p in enumerate(PLACEHOLDER.split(piece)))
    return re.compile(written if "=" in piece else f"{written}=?")


def _normal(path: str) -> str:
    """Normalise a path (RFC 3986, section 6.2.2): nothing is encoded needlessly, and `%c3` becomes `%C3`."""
    if "%" not in path:
        return path if _PLAIN.fullmatch(path) else quote(path, safe=_KEPT)
    path = _ESCAPE.sub(lambda found: found[0].upper(), _UNRESERVED.sub(lambda found: chr(int(found[0][1:], 16)), path))
    return quote(path, safe=_KEPT)
