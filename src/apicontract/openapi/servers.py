"""The servers of a document, an operation or a path: base URLs, which can have variables."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from apicontract.openapi.problems import DocumentInvalid

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
"""A variable, in the path of an operation or in the URL of a server."""

PORTS = {"http": 80, "https": 443}
MOST = 32
"""The maximum number of base URLs that one server expands to, one for each combination of its variables."""
_ANY = {"scheme": r"[a-z][a-z0-9+.-]*", "host": r"[^/:?#]+?", "path": r"[^/?#]+"}
_SPLIT = re.compile(
    r"(?:(?P<scheme>(?:[A-Za-z][A-Za-z0-9+.-]*|\{[^{}]+\}):)?//(?P<host>(?:\{[^{}]*\}|[^/?#])*))?(?P<path>[^?#]*)"
)


class Server:
    """One server: a base URL without a final slash."""

    def __init__(
        self, url: str, values: Mapping[str, Sequence[str]] | None = None, default: Mapping[str, str] | None = None
    ) -> None:
        """Take the template, the listed values of each variable, and the default of each."""
        values, default = values or {}, default or {}
        for name, chosen in default.items():
            if name not in values and "://" in chosen:  # the variable is a whole base URL, known only by its default
                url = url.replace("{" + name + "}", chosen)
        self._template, self._values, self._default = _absolute(url), values, default

    def __eq__(self, other: object) -> bool:
        """Return whether both are written the same: equal servers at two places are one."""
        return isinstance(other, Server) and self._written == other._written

    def __hash__(self) -> int:
        return hash(self._written)

    @cached_property
    def _written(self) -> tuple[object, ...]:
        values = ((name, tuple(listed)) for name, listed in self._values.items())
        return self._template, frozenset(values), frozenset(self._default.items())

    @cached_property
    def url(self) -> str:
        """The URL with the default of each variable."""
        return self._filled(self._default)

    def urls(self) -> Iterator[str]:
        """Yield the URL for each combination of listed values; if there are too many, only the default one."""
        names = [name for name in PLACEHOLDER.findall(self._template) if name in self._values]
        if math.prod(len(self._values[name]) for name in names) > MOST:
            yield self.url
            return
        for chosen in itertools.product(*(self._values[name] for name in names)):
            yield self._filled({**self._default, **dict(zip(names, chosen, strict=True))})

    def _filled(self, values: Mapping[str, str]) -> str:
        return PLACEHOLDER.sub(lambda found: values.get(found[1], ""), self._template).rstrip("/")

    @cached_property
    def _parts(self) -> tuple[str, str, str]:
        """Scheme, host with port, and path, as patterns; no scheme and no host if the server names none."""
        found = _SPLIT.match(self._template)
        held = found.groupdict() if found else {}
        scheme = (held.get("scheme") or "").removesuffix(":")
        host, path = (held.get("host") or "").removesuffix("."), (held.get("path") or "").rstrip("/")
        scheme = self._pattern(scheme.lower(), "scheme") if scheme else "https?"
        return scheme if host else "", self._pattern(_ascii(host), "host") if host else "", self._pattern(path, "path")

    def _pattern(self, template: str, part: str) -> str:
        pieces = PLACEHOLDER.split(template)
        written = [re.escape(piece) for piece in pieces[::2]]
        for position, name in enumerate(pieces[1::2]):
            listed = self._values.get(name)
            known = [re.escape(value.strip("/") if part == "path" else value) for value in listed or ()]
            default = self._default.get(name, "")
            if not known:
                known = [re.escape(default), _ANY[part]] if default and "/" in default else [_ANY[part]]
            written[position] += f"(?:{'|'.join(known)})"
        return "".join(written)

    @cached_property
    def _host(self) -> re.Pattern[str]:
        scheme, host, _ = self._parts
        return re.compile(f"(?:{scheme}):{host}", re.IGNORECASE)

    @cached_property
    def _path(self) -> re.Pattern[str]:
        return re.compile(f"{self._parts[2]}(?=/|$)")

    @property
    def names_host(self) -> bool:
        """Whether the URL has a host; `/v1` has none."""
        return bool(self._parts[1])

    def has_host(self, origin: Origin, *, any_scheme: bool = False) -> bool:
        """Return whether a URL has this host, and this scheme unless `any_scheme` is true.

        A server without a host has those of every URL.
        """
        if not self.names_host:
            return True
        schemes = PORTS if any_scheme else (origin.scheme,)
        own = PORTS.get(origin.scheme)
        ports = [origin.port] if origin.port else ["", f":{own}"]
        if any_scheme and not origin.port:
            ports = ["", *(f":{port}" for port in PORTS.values())]
        return any(self._host.fullmatch(f"{scheme}:{origin.host}{port}") for scheme in schemes for port in ports)

    def below(self, path: str) -> str | None:
        """Return the part of a path below the server's own; `None` if it is not below it."""
        found = self._path.match(path)
        return None if found is None else path[found.end() :]

    def __repr__(self) -> str:
        return f"<Server {self._template}>"


class Origin:
    """Scheme, host and port of a URL, normalised, without credentials; no port if it is the default of the scheme."""

    __slots__ = ("host", "port", "scheme")

    def __init__(self, scheme: str, netloc: str) -> None:
        """Take what `urlsplit` returns; raise `ValueError` for an invalid host."""
        parts = SplitResult(scheme, netloc, "", "", "")
        self.scheme = scheme
        host = (parts.hostname or "").removesuffix(".")
        self.host = f"[{host}]" if ":" in host else _ascii(host)
        self.port = "" if parts.port in (None, PORTS.get(scheme)) else f":{parts.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}{self.port}" if self.host else ""


@lru_cache(maxsize=32)
def origin(scheme: str, netloc: str) -> Origin:
    """Return the origin of a split URL; cached, because the same few occur again and again."""
    return Origin(scheme, netloc)


def read(given: Any, pointer: str) -> tuple[Server, ...]:
    """Read a list of Server Objects; raise `DocumentInvalid` if it is not one."""
    if not isinstance(given, list):
        raise DocumentInvalid(f"a list is needed, not {type(given).__name__}", pointer)
    return tuple(_server(server, f"{pointer}/{position}") for position, server in enumerate(given))


def _server(given: Any, pointer: str) -> Server:
    if not isinstance(given, Mapping):
        raise DocumentInvalid(f"a mapping is needed, not {type(given).__name__}", pointer)
    variables = given.get("variables") or {}
    if not isinstance(variables, Mapping):
        raise DocumentInvalid(f"a mapping is needed, not {type(variables).__name__}", f"{pointer}/variables")
    held = {str(name): value for name, value in variables.items() if isinstance(value, Mapping)}
    listed = {
        name: [str(v) for v in value["enum"]] for name, value in held.items() if isinstance(value.get("enum"), list)
    }
    return Server(
        str(given.get("url", "/")),
        {name: values for name, values in listed.items() if values},
        {name: str(value.get("default", next(iter(listed.get(name, ())), ""))) for name, value in held.items()},
    )


def _absolute(url: str) -> str:
    """Return a base URL in which a relative one begins with a slash; `//host` is unchanged and matches any scheme."""
    url = url.strip()
    if "//" in url or url[:1] in ("/", "{"):
        return url.rstrip("/")
    return urlsplit(urljoin("http://any/", url)).path.rstrip("/")


def _ascii(host: str) -> str:
    """Encode an internationalised host name (RFC 3490)."""
    return host if host.isascii() else host.encode("idna").decode()
