"""The servers of a document, an operation or a path: base URLs, in which variables can stand."""

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
"""What a value is put in place of, in the path of an operation and in the address of a server."""

PORTS = {"http": 80, "https": 443}
MOST = 32
"""The most base URLs that one server is written as, one for every choice of its variables."""
_ANY = {"scheme": r"[a-z][a-z0-9+.-]*", "host": r"[^/:?#]+?", "path": r"[^/?#]+"}
_SPLIT = re.compile(
    r"(?:(?P<scheme>(?:[A-Za-z][A-Za-z0-9+.-]*|\{[^{}]+\}):)?//(?P<host>(?:\{[^{}]*\}|[^/?#])*))?(?P<path>[^?#]*)"
)


class Server:
    """One server: a base URL without a final slash."""

    def __init__(
        self, url: str, values: Mapping[str, Sequence[str]] | None = None, default: Mapping[str, str] | None = None
    ) -> None:
        """Take the template, the values that each variable is limited to, and what each is if nobody says."""
        values, default = values or {}, default or {}
        for name, chosen in default.items():
            if name not in values and "://" in chosen:  # a base URL of which no part is known but by its default
                url = url.replace("{" + name + "}", chosen)
        self._template, self._values, self._default = _absolute(url), values, default

    def __eq__(self, other: object) -> bool:
        """Whether it is written as another: what says the same at two places is one."""
        return isinstance(other, Server) and self._written == other._written

    def __hash__(self) -> int:
        return hash(self._written)

    @cached_property
    def _written(self) -> tuple[object, ...]:
        values = ((name, tuple(listed)) for name, listed in self._values.items())
        return self._template, frozenset(values), frozenset(self._default.items())

    @cached_property
    def url(self) -> str:
        """The URL that is meant where nobody chooses."""
        return self._filled(self._default)

    def urls(self) -> Iterator[str]:
        """Yield the URL of every choice of listed values; of too many, the usual one."""
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
        """Scheme, host with port, and path, as patterns; no scheme and no host where the server names none."""
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
        """Whether it says which host; `/v1` does not."""
        return bool(self._parts[1])

    def has_host(self, origin: Origin, *, any_scheme: bool = False) -> bool:
        """Whether a URL goes to its host, by its scheme if that counts."""
        if not self.names_host:
            return True
        schemes = PORTS if any_scheme else (origin.scheme,)
        own = PORTS.get(origin.scheme)
        ports = [origin.port] if origin.port else ["", f":{own}"]
        if any_scheme and not origin.port:
            ports = ["", *(f":{port}" for port in PORTS.values())]
        return any(self._host.fullmatch(f"{scheme}:{origin.host}{port}") for scheme in schemes for port in ports)

    def below(self, path: str) -> str | None:
        """Return what of a path is below the server's own; `None` if it is not below it."""
        found = self._path.match(path)
        return None if found is None else path[found.end() :]

    def __repr__(self) -> str:
        return f"<Server {self._template}>"


class Origin:
    """Scheme, host and port of a URL in one spelling, never the credentials; no port where it is the scheme's own."""

    __slots__ = ("host", "port", "scheme")

    def __init__(self, scheme: str, netloc: str) -> None:
        """Take what `urlsplit` returns; `ValueError` for what is no host."""
        parts = SplitResult(scheme, netloc, "", "", "")
        self.scheme = scheme
        host = (parts.hostname or "").removesuffix(".")
        self.host = f"[{host}]" if ":" in host else _ascii(host)
        self.port = "" if parts.port in (None, PORTS.get(scheme)) else f":{parts.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}{self.port}" if self.host else ""


@lru_cache(maxsize=32)
def origin(scheme: str, netloc: str) -> Origin:
    """Return the origin of a URL that was split; few occur again and again."""
    return Origin(scheme, netloc)


def read(given: Any, pointer: str) -> tuple[Server, ...]:
    """Read a list of Server Objects; `DocumentInvalid` for what is none."""
    if not isinstance(given, list):
        raise DocumentInvalid(f"a list is needed, and this is {type(given).__name__}", pointer)
    return tuple(_server(server, f"{pointer}/{position}") for position, server in enumerate(given))


def _server(given: Any, pointer: str) -> Server:
    if not isinstance(given, Mapping):
        raise DocumentInvalid(f"a mapping is needed, and this is {type(given).__name__}", pointer)
    variables = given.get("variables") or {}
    if not isinstance(variables, Mapping):
        raise DocumentInvalid(f"a mapping is needed, and this is {type(variables).__name__}", f"{pointer}/variables")
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
    """Write a base URL so that a relative one begins with a slash; `//host` stays, for any scheme."""
    url = url.strip()
    if "//" in url or url[:1] in ("/", "{"):
        return url.rstrip("/")
    return urlsplit(urljoin("http://any/", url)).path.rstrip("/")


def _ascii(host: str) -> str:
    """Write a name of other letters as it is sent (RFC 3490)."""
    return host if host.isascii() else host.encode("idna").decode()
